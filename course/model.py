"""FlightDesk's model, which says how likely a flight is to arrive 15 minutes late or more.

One recipe for every table: categories are one-hot encoded, numbers are filled
and scaled, and a logistic regression gives the probability. It is fast enough
to be trained while a learner waits, and gives the same answer everywhere.
"""

from __future__ import annotations

import numpy as np
from sklearn.compose import make_column_selector, make_column_transformer
from sklearn.impute import SimpleImputer
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import Pipeline, make_pipeline
from sklearn.preprocessing import FunctionTransformer, OneHotEncoder, StandardScaler

RARE = 50  # flights; a destination served less often than that shares one column with its like


def make_model() -> Pipeline:
    """Return FlightDesk's model, not yet trained.

    It takes any table: columns of dtype ``category`` are treated as categories
    (one that was never seen in training counts as a rare one), all others as
    numbers (a missing one counts as the training median).

    Returns
    -------
    sklearn.pipeline.Pipeline
        A classifier with ``fit(X, y)`` and ``predict_proba(X)``, for ``X`` of
        shape (flights, columns) and ``y`` of shape (flights,), 1 for late.

    Examples
    --------
    >>> import pandas as pd
    >>> X = pd.DataFrame({"origin": pd.Categorical(["JFK", "LGA"] * 100),
    ...                   "time_of_day": [8.0, 20.0] * 100})
    >>> model = make_model().fit(X, [0, 1] * 100)
    >>> model.predict_proba(X)[:2, 1].round()
    array([0., 1.])
    """
    categories = make_pipeline(
        # Counting fixed-width strings is ten times as fast as counting Python objects.
        FunctionTransformer(np.asarray, kw_args={"dtype": "U"}, feature_names_out="one-to-one"),
        OneHotEncoder(min_frequency=RARE, handle_unknown="infrequent_if_exist"),
    )
    numbers = make_pipeline(SimpleImputer(strategy="median"), StandardScaler())
    columns = make_column_transformer(
        (categories, make_column_selector(dtype_include="category")),
        (numbers, make_column_selector(dtype_exclude="category")),
    )
    # Newton's method needs five steps where the default solver needs seventy, and forms only a
    # small matrix, as there are many flights and few columns.
    return make_pipeline(columns, LogisticRegression(solver="newton-cholesky"))
