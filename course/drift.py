"""Has a feature moved? Statistics that compare two samples, and what can be said without labels.

Four statistics answer four questions. PSI: how much of the sample is in other bins now? KS: is
there any difference at all, and by how much at most? Chi-squared: the same of categories.
Wasserstein: how far did the values move, in their own unit?
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt
import pandas as pd
from pandas.api.types import is_bool_dtype, is_numeric_dtype
from scipy import stats

Sample = pd.Series | npt.NDArray[np.float64] | Sequence[float]

EMPTY = 1e-6  # a bin without rows counts as this share, so that its logarithm is finite
MODERATE, LARGE = 0.1, 0.25  # PSI; others put LARGE at 0.2: both are habit, and neither is a test


class Comparison(NamedTuple):
    """The answer of a test whether two samples come from one distribution.

    Attributes
    ----------
    statistic : float
        How far apart the samples are.
    p_value : float
        How often samples from one distribution are at least as far apart.
    """

    statistic: float
    p_value: float


def psi(reference: Sample, current: Sample, bins: int = 10) -> float:
    """Return the population stability index of a feature.

    Numbers are cut at the quantiles of the reference, so that each bin holds as many of its rows
    as ties allow; a value that fills a bin is one, and so is a category, a truth value, or any
    other word. Missing values are left out.
    With the shares p of the reference and q of the current sample it is the sum of
    (q - p) ln(q / p), the symmetric form of Kullback and Leibler's divergence (Kullback and
    Leibler, 1951; as an index in Siddiqi, *Credit Risk Scorecards*, 2006).

    Parameters
    ----------
    reference, current : array-like, shape (n_rows,)
        The two samples, of numbers or of categories.
    bins : int, default 10
        Bins of numbers.

    Returns
    -------
    float
        0 where nothing moved. An empty bin counts as a share of 1e-6, so where the samples do not
        meet at all it is about 13.

    Raises
    ------
    ValueError
        If a sample has no value that is not missing.

    Examples
    --------
    >>> rng = np.random.default_rng(0)
    >>> winter, summer = rng.normal(0, 1, 5000), rng.normal(1, 1, 5000)
    >>> f"{psi(winter, winter[::2]):.2f} {psi(winter, summer):.2f}"
    '0.00 0.96'
    """
    return Bins(reference, bins).psi(current)


class Tally(NamedTuple):
    """A sample as `Bins` need it, made once to be compared with many references.

    Attributes
    ----------
    values : numpy.ndarray, shape (n_values,)
        The values that are there, each once.
    rows : numpy.ndarray, shape (n_values,)
        How often each is there.
    """

    values: npt.NDArray[Any]
    rows: npt.NDArray[np.int64]


def tally(sample: Sample) -> Tally:
    """Count the values of a sample; missing ones are left out.

    Parameters
    ----------
    sample : array-like, shape (n_rows,)
        Numbers or categories.

    Returns
    -------
    Tally
        The values and their rows.

    Raises
    ------
    ValueError
        If the sample has no value that is not missing.

    Examples
    --------
    >>> tally([20.0, 10.0, 20.0, None]).rows
    array([1, 2])
    """
    known = _known(sample)
    if _is_number(known):
        return Tally(*np.unique(known.to_numpy(), return_counts=True))
    named = known.astype("category").cat
    return Tally(
        named.categories.to_numpy(), np.bincount(named.codes, minlength=len(named.categories))
    )


class Bins:
    """The bins of a reference sample, made once to compare many batches with it by `psi`.

    Parameters
    ----------
    reference : array-like, shape (n_rows,)
        Numbers or categories.
    bins : int, default 10
        Bins of numbers.

    Raises
    ------
    ValueError
        If the sample has no value that is not missing.

    Examples
    --------
    >>> bins = Bins([10.0, 20.0, 30.0, 40.0], bins=2)
    >>> bins.psi([10.0, 40.0]), round(bins.psi([10.0, 20.0, 20.0, 40.0]), 3)
    (0.0, 0.275)
    """

    def __init__(self, reference: Sample, bins: int = 10) -> None:
        known = _known(reference)
        self._inner: npt.NDArray[np.float64] | None = None
        if _is_number(known):
            quantiles = np.quantile(known, np.linspace(0, 1, bins + 1)[1:-1])
            edges, times = np.unique(quantiles, return_counts=True)
            # Cut behind it too, or a rain gauge that reads 0 on most days could fail unseen.
            behind = np.nextafter(edges[times > 1], np.inf)
            self._inner = np.sort(np.concatenate([edges, behind]))
        self._rows = self._filled(known)

    def psi(self, current: Sample | Tally) -> float:
        """Return the population stability index of a batch: see `psi`."""
        counts = _side_by_side(self._rows, self._filled(current))
        p, q = np.clip(counts / counts.sum(axis=1, keepdims=True), EMPTY, None)
        return float(np.sum((q - p) * np.log(q / p)))

    def _filled(self, sample: Sample | Tally) -> dict[str, float]:
        if self._inner is None:
            return _by_name(sample if isinstance(sample, Tally) else tally(sample))
        values, times = sample if isinstance(sample, Tally) else (_known(sample), None)
        rows = np.bincount(np.searchsorted(self._inner, values, "right"), times)
        return {str(number): count for number, count in enumerate(rows.tolist())}


def ks(reference: Sample, current: Sample) -> Comparison:
    """Compare numbers by the test of Kolmogorov and Smirnov (`scipy.stats.ks_2samp`).

    Parameters
    ----------
    reference, current : array-like, shape (n_rows,)
        The two samples; missing values are left out.

    Returns
    -------
    Comparison
        The largest distance of the two cumulative distributions, 0 to 1, and its asymptotic
        p-value.

    Raises
    ------
    ValueError
        If a sample has no value that is not missing.

    Examples
    --------
    >>> result = ks([1, 2, 3, 4], [3, 4, 5, 6])
    >>> f"{result.statistic:.2f} {result.p_value:.2f}"
    '0.50 0.50'
    """
    found = stats.ks_2samp(_known(reference), _known(current), method="asymp")
    return Comparison(float(found.statistic), float(found.pvalue))


def chi_squared(reference: Sample, current: Sample) -> Comparison:
    """Compare categories by Pearson's chi-squared test (`scipy.stats.chi2_contingency`).

    Parameters
    ----------
    reference, current : array-like, shape (n_rows,)
        The two samples of categories; missing values are left out.

    Returns
    -------
    Comparison
        Pearson's statistic, which grows with the number of rows, and its p-value: 0 and 1 where
        there is one category only.

    Raises
    ------
    ValueError
        If a sample has no value that is not missing.

    Examples
    --------
    >>> result = chi_squared(["EWR"] * 60 + ["JFK"] * 40, ["EWR"] * 40 + ["JFK"] * 60)
    >>> f"{result.statistic:.1f} {result.p_value:.4f}"
    '8.0 0.0047'
    """
    counts = _side_by_side(_by_name(tally(reference)), _by_name(tally(current)))
    counts = counts[:, counts.any(axis=0)]
    if counts.shape[1] < 2:
        return Comparison(0.0, 1.0)
    found = stats.chi2_contingency(counts, correction=False)
    return Comparison(float(found.statistic), float(found.pvalue))


def wasserstein(reference: Sample, current: Sample) -> float:
    """Return how far the values moved on average (`scipy.stats.wasserstein_distance`).

    Parameters
    ----------
    reference, current : array-like, shape (n_rows,)
        The two samples of numbers; missing values are left out.

    Returns
    -------
    float
        The earth mover's distance, in the unit of the feature.

    Raises
    ------
    ValueError
        If a sample has no value that is not missing.

    Examples
    --------
    >>> wasserstein([30.0, 40.0, 50.0], [35.0, 45.0, 55.0])
    5.0
    """
    return float(stats.wasserstein_distance(_known(reference), _known(current)))


def bonferroni(p_values: Sample) -> npt.NDArray[np.float64]:
    """Return p-values that may be compared with the level of all tests together.

    Each is multiplied by the number of tests (Bonferroni, 1936; Dunn, 1961). Below a level of 5 %,
    at most 5 % of the batches in which nothing moved raise any alarm.

    Parameters
    ----------
    p_values : array-like, shape (n_tests,)
        One for each test, 0 to 1.

    Returns
    -------
    numpy.ndarray, shape (n_tests,)
        The adjusted p-values, 1 at most.

    Examples
    --------
    >>> bonferroni([0.25, 0.5, 0.03125, 1.0])
    array([1.   , 1.   , 0.125, 1.   ])
    """
    p = np.asarray(p_values, dtype=float)
    adjusted: npt.NDArray[np.float64] = np.minimum(p * len(p), 1.0)
    return adjusted


def benjamini_hochberg(p_values: Sample) -> npt.NDArray[np.float64]:
    """Return p-values that bound the share of false alarms among the alarms.

    The procedure of Benjamini and Hochberg (1995), by `scipy.stats.false_discovery_control`: below
    a level of 5 %, at most 5 % of the features that are called moved did not move, on average.

    Parameters
    ----------
    p_values : array-like, shape (n_tests,)
        One for each test, 0 to 1.

    Returns
    -------
    numpy.ndarray, shape (n_tests,)
        The adjusted p-values, 1 at most.

    Raises
    ------
    ValueError
        If a p-value is not between 0 and 1.

    Examples
    --------
    >>> benjamini_hochberg([0.25, 0.5, 0.03125, 1.0]).round(3)
    array([0.5  , 0.667, 0.125, 1.   ])
    """
    adjusted: npt.NDArray[np.float64] = stats.false_discovery_control(p_values, method="bh")
    return adjusted


CORRECTIONS = {
    "none": lambda p_values: np.asarray(p_values, dtype=float),
    "bonferroni": bonferroni,
    "benjamini-hochberg": benjamini_hochberg,
}


def compare(
    reference: pd.DataFrame, current: pd.DataFrame, correction: str = "bonferroni"
) -> pd.DataFrame:
    """Compare every column of a batch with the same column of a reference.

    Parameters
    ----------
    reference, current : pandas.DataFrame, shape (n_rows, n_columns)
        The two tables. Numbers are compared by KS, everything else as categories by chi-squared;
        columns that only `current` has are left out.
    correction : {"bonferroni", "benjamini-hochberg", "none"}
        How the p-values of many columns are adjusted.

    Returns
    -------
    pandas.DataFrame, shape (n_columns, 5)
        For each column of `reference`: `psi`; `test`, its name; the test's `statistic`; `p_value`,
        adjusted; and `distance`, the Wasserstein distance in standard deviations of the reference,
        NaN for categories.

    Raises
    ------
    ValueError
        If `current` lacks a column, a column has no known value or turned from numbers to words,
        or the correction is unknown.

    Examples
    --------
    >>> rng = np.random.default_rng(0)
    >>> winter = pd.DataFrame({"temp": rng.normal(40, 10, 2000), "wind": rng.normal(10, 4, 2000)})
    >>> spring = winter.assign(temp=winter["temp"] + 10)
    >>> compare(winter, spring)[["psi", "statistic", "distance"]].round(2)
           psi  statistic  distance
    temp  0.93       0.39       1.0
    wind  0.00       0.00       0.0
    """
    if correction not in CORRECTIONS:
        raise ValueError(f"correction is one of {', '.join(CORRECTIONS)}: not {correction!r}.")
    missing = [str(column) for column in reference if column not in current]
    if missing:
        raise ValueError(f"The batch lacks {', '.join(missing)}: compare tables of one feed.")
    rows = []
    for name in reference:
        try:
            rows.append(_compared(reference[name], current[name]))
        except ValueError as error:
            raise ValueError(f"{name}: {error}") from error
    columns = ["psi", "test", "statistic", "p_value", "distance"]
    table = pd.DataFrame(rows, index=list(reference), columns=columns)
    table["p_value"] = CORRECTIONS[correction](table["p_value"])
    return table


def estimated_confusion(probability: Sample, threshold: float) -> dict[str, float]:
    """Estimate the confusion matrix of a batch whose labels have not arrived.

    Confidence-based performance estimation (CBPE, as NannyML calls it): of flights that a
    *calibrated* model gives 30 %, 30 % will be late. It sees what comes of other inputs. It cannot
    see a changed concept, for then the probabilities themselves are wrong.

    Parameters
    ----------
    probability : array-like, shape (n_rows,)
        Probabilities of the positive class, 0 to 1, from a calibrated classifier.
    threshold : float
        Rows at this probability or above are predicted positive.

    Returns
    -------
    dict of str to float
        The expected number of rows: `tp`, `fp`, `fn`, `tn`. They add up to n_rows.

    Raises
    ------
    ValueError
        If a probability is missing or not between 0 and 1.

    Examples
    --------
    >>> {name: round(rows, 2) for name, rows in estimated_confusion([0.9, 0.6, 0.2], 0.5).items()}
    {'tp': 1.5, 'fp': 0.5, 'fn': 0.2, 'tn': 0.8}
    """
    p = _probabilities(probability)
    warned = p >= threshold
    return {
        "tp": float(p[warned].sum()),
        "fp": float((1 - p[warned]).sum()),
        "fn": float(p[~warned].sum()),
        "tn": float((1 - p[~warned]).sum()),
    }


def estimated_auc(probability: Sample) -> float:
    """Estimate the area under the ROC curve of a batch whose labels have not arrived.

    Each row counts as positive with its probability, and as negative with the rest (CBPE, see
    `estimated_confusion`).

    Parameters
    ----------
    probability : array-like, shape (n_rows,)
        Probabilities of the positive class, 0 to 1, from a calibrated classifier.

    Returns
    -------
    float
        0.5 where the model tells no row from another.

    Raises
    ------
    ValueError
        If a probability is missing or not between 0 and 1.

    Examples
    --------
    >>> round(estimated_auc([0.9, 0.9, 0.1, 0.1]), 2), estimated_auc([0.3, 0.3, 0.3])
    (0.9, 0.5)
    """
    p, rows = np.unique(_probabilities(probability), return_counts=True)
    if len(p) == 1:
        return 0.5  # no row is told from another
    positive, negative = rows * p, rows * (1 - p)
    below = np.cumsum(negative) - negative / 2  # those of the same probability count half
    return float(positive @ below / (positive.sum() * negative.sum()))


def _compared(old: pd.Series, new: pd.Series) -> tuple[float, str, float, float, float]:
    if not _is_number(old):
        return psi(old, new), "chi-squared", *chi_squared(old, new), np.nan
    if not _is_number(new):
        raise ValueError("numbers in the reference, words in the batch: mend its feed.")
    spread = old.std()
    distance = wasserstein(old, new) / spread if spread > 0 else np.nan
    return psi(old, new), "KS", *ks(old, new), distance


def _is_number(sample: pd.Series) -> bool:
    return is_numeric_dtype(sample) and not is_bool_dtype(sample)


def _known(sample: Sample) -> pd.Series:
    series = sample if isinstance(sample, pd.Series) else pd.Series(sample)
    missing = series.isna().to_numpy()
    if missing.all():
        raise ValueError("A sample has no known value: take out the column, or mend its feed.")
    return series[~missing] if missing.any() else series


def _by_name(counted: Tally) -> dict[str, float]:
    return dict(zip(map(str, counted.values), counted.rows.tolist(), strict=True))


def _side_by_side(old: dict[str, float], new: dict[str, float]) -> npt.NDArray[np.float64]:
    """Return the rows of each bin: one row for each sample."""
    names = dict.fromkeys([*old, *new])  # and not a set, whose order differs between processes
    return np.array([[rows.get(name, 0) for name in names] for rows in (old, new)])


def _probabilities(probability: Sample) -> npt.NDArray[np.float64]:
    p = np.asarray(probability, dtype=float)
    if not (p.size and np.all((p >= 0) & (p <= 1))):
        raise ValueError("Each probability is a number from 0 to 1: one is missing or outside.")
    return p
