"""Checks that must fail: whoever makes all checks pass makes these pass, too.

A learner's code runs in the same kernel as the checks, so it can change how cells are run: drop
`assert` from their syntax trees, rewrite their text, or report every cell as a success. A canary
looks like the check that it stands beside, and is false whatever the answer. One that passes shows
that checks no longer mean anything in this kernel.
"""

import ast
import random
import re

FILLERS = (  # true, and made of nothing that a notebook could have given another meaning
    "{small} < {large}",
    "[{small}, {large}][0] == {small}",
    "{small} + {large} == {sum}",
    "{small}.5 < {large}.5",
    "[value * 2 for value in ({small}, {large})] == [{small} * 2, {large} * 2]",
    "(lambda value: value + {small})({large}) == {sum}",
    "{{'{word}': {small}}}['{word}'] == {small}",
    "f'{{{small}}}' == '{small}'",
    "'{word}'.upper() != '{word}'",
)
ASSERTIONS = (
    "assert {small} == {large}, {question}",
    "assert {large} < {small}, {question}",
    "assert not {small} < {large}, {question}",
    "assert {small}.5 == {large}.5, {question}",
    "assert [value for value in ({small}, {large})] == [{large}, {small}], {question}",
    "assert (lambda value: value - {small})({large}) == {large}, {question}",
    "assert '{word}' in {{'{word}s': {small}}}, {question}",
    "assert ({name},) == (), {question}",
    "assert [{name}, {small}] == [{small}], {question}",
)
ERRORS = (
    "if {small} < {large}:\n    raise AssertionError({question})",
    "{{'{word}': {small}}}[{question}]",
    "[{small}][{large}]",
    "{small} / ({large} - {large})",
    "'{word}'.{word}",
)
QUESTION = "Is it what you expect?"


def canary(check: str, rng: random.Random) -> str:
    """Return the source of a cell that must end with an error.

    Parameters
    ----------
    check : str
        The source of the check that it stands beside, which decides by what it may fail: by an
        assertion if there is one, and by any error if there is none. Nothing of the check is
        executed, unless somebody has taken the failure out.
    rng : random.Random
        Decides the shape; a `random.SystemRandom` in earnest, so that nobody can know it.

    Returns
    -------
    str

    Examples
    --------
    >>> check = 'assert double([1]) == [2], "Is every value doubled?"'
    >>> try:
    ...     exec(canary(check, random.Random(5)), {"double": lambda values: values})
    ... except Exception as error:
    ...     print("it failed")
    it failed
    """
    claim, names, questions = _parts(check)
    small = rng.randint(2, 40)
    large = small + rng.randint(1, 40)
    values = {
        "small": small,
        "large": large,
        "sum": small + large,
        "word": "".join(rng.choices("abcdefghijklmnopqrstuvwxyz", k=rng.randint(7, 10))),
        "name": rng.choice(names or [str(small)]),
    }

    def asked() -> str:
        return repr(rng.choice(questions or [QUESTION]))

    fillers = [
        f"assert {rng.choice(FILLERS).format(**values)}, {asked()}"
        for _ in range(rng.randint(0, 3))
    ]
    shapes = ASSERTIONS if "assert" in check else ASSERTIONS + ERRORS
    failing = rng.choice(shapes).format(**values, question=asked())
    return "\n".join([*([repr(claim)] if claim else []), *fillers, failing, _plain(check)])


def _parts(check: str) -> tuple[str, list[str], list[str]]:
    """Return a check's claim, the names that it reads, and the questions that it asks."""
    try:
        module = ast.parse(check)
    except (SyntaxError, ValueError):
        return "", [], []
    bound = {node.id for node in ast.walk(module) if isinstance(node, ast.Name) and _binds(node)}
    read = {node.id for node in ast.walk(module) if isinstance(node, ast.Name)} - bound
    messages = [node.msg for node in ast.walk(module) if isinstance(node, ast.Assert)]
    questions = [m.value for m in messages if isinstance(m, ast.Constant)]
    return (
        ast.get_docstring(module) or "",
        sorted(read),
        [question for question in questions if isinstance(question, str)],
    )


def _binds(node: ast.Name) -> bool:
    return not isinstance(node.ctx, ast.Load)


def _plain(check: str) -> str:
    """Return a check that may stand below other lines: without a cell magic."""
    return "" if re.match(r"\s*%%", check) else check
