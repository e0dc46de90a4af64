"""The matrix of a job: the values that each of its runs has."""

from collections.abc import Mapping
from itertools import product
from typing import Any

MAX_VARIANTS = 64


def variants(job: Mapping[str, Any]) -> list[dict[str, str]]:
    """Return the values that each run of a job's matrix has; one without values if it has none.

    Examples
    --------
    >>> variants({"strategy": {"matrix": {"stage": ["lint", "test"]}}})
    [{'matrix.stage': 'lint'}, {'matrix.stage': 'test'}]
    """
    strategy = job.get("strategy")
    matrix = strategy.get("matrix") if isinstance(strategy, dict) else None
    if not isinstance(matrix, dict):
        return [{}]
    axes = {k: v for k, v in matrix.items() if k not in ("include", "exclude")}
    if not all(isinstance(values, list) for values in axes.values()):
        return [{}]
    combined = (
        [
            dict(zip(axes, values, strict=True))
            for values, _ in zip(product(*axes.values()), range(MAX_VARIANTS), strict=False)
        ]
        if axes
        else []
    )
    for excluded in _mappings(matrix.get("exclude")):
        combined = [one for one in combined if not excluded.items() <= one.items()]
    for included in _mappings(matrix.get("include")):
        own = {key: value for key, value in included.items() if key in axes}
        fitting = [one for one in combined if own and own.items() <= one.items()]
        for one in fitting:
            one.update(included)
        if not fitting:
            combined.append(dict(included))
    return [{f"matrix.{key}": str(value) for key, value in one.items()} for one in combined]


def _mappings(value: Any) -> list[dict[str, Any]]:
    items = value if isinstance(value, list) else []
    return [item for item in items if isinstance(item, dict)]
