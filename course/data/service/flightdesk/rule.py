"""The rule of the promotion gate."""

import pandas as pd


def may_promote(champion: pd.DataFrame, challenger: pd.DataFrame) -> bool:
    """Tell whether the challenger is better than the champion.

    Both are tables of metrics: a row for "all" and one for each airport, with "auc" and "rows".
    """
    return challenger.loc["all", "auc"] > champion.loc["all", "auc"]
