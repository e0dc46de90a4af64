"""Judge a GitHub Actions workflow, given as text, by schema, by zizmor and by structure."""

from course.workflow.finding import Finding, broken, report
from course.workflow.reading import UnreadableError, read
from course.workflow.structure import by_structure
from course.workflow.tools import by_schema, by_zizmor

BOM = "\ufeff"  # a byte order mark: GitHub passes over it, zizmor stumbles

__all__ = ["Finding", "judge", "report"]


def judge(text: str) -> list[Finding]:
    r"""Say what is wrong with a workflow that gates a model.

    It is read as GitHub reads it (rule "yaml"), then judged by GitHub's schema (rule "schema").
    What passes both is judged by zizmor (rule "zizmor") and by our own rules:

    - "trigger-push", "trigger-pull-request": a push to main and a pull request to main start it.
    - "stages": every stage is run: lint, test, validate-data, train, gate, register, deploy. A
      job is known by the nox sessions that its steps run, and not by its name. It may run many.
    - "needs": train stands on test and validate-data, gate on train, register on lint and gate,
      deploy on register, through `needs`, however many jobs lie between, or as an earlier step of
      the same job. ``nox -s A B`` goes on after A failed, unless it is told ``-x``.
    - "failure-ignored": a stage that fails makes its step fail. It has no `continue-on-error`, no
      ``|| true`` or other way to go on, no pipe without `pipefail`; no `set +e` stands before it,
      and no `true` or `exit 0` ends its script, nor a trap that says `exit 0`.
    - "permissions": at the top or in each job; they write only in a job that registers, deploys,
      or runs no stage.
    - "pinned-actions": an action is named by the 40 digits of a commit, or is of this repository.
    - "secret-echoed", "secret-in-command", "secret-in-text": a secret goes to a program through
      `env`, or into its standard input.
    - "deploy-only-main": events and `if:` let deploy run for main, and for nothing else.
    - "deploy-after-gate": deploy runs only if gate succeeded.

    A rule about a stage that is missing cannot be broken: ask for "stages" first.

    These forms of a stage are read: ``nox -s A B``, ``--session A``, ``--sessions=A``, ``-e A``, by
    a launcher too (``python -m nox``, ``uv run nox``, ``pipx run nox``). The name may come from
    ``${{ matrix.x }}``, from `env` as ``$X``, ``${X}`` or ``${{ env.X }}`` (the `env` of a job or
    a step may hold ``${{ matrix.x }}``), and from ``for x in a b; do``. Lists, pipes, `if`, `case`,
    loops, subshells, functions and ``&`` with `wait` are followed; what a test like ``[ ... ]``
    says is not known, so it may say both. Not read: `nox` without sessions, with ``-k`` or ``-t``,
    or with another noxfile (what runs hangs on that file), a name that the script makes, scripts
    that it calls, here-documents, what stands behind an alias, and `shell` other than GitHub's own.

    Parameters
    ----------
    text : str
        The workflow, such as the content of ``.github/workflows/ci.yml``. Nothing in it is run.

    Returns
    -------
    list of Finding
        What is wrong; empty where the workflow is accepted.

    Examples
    --------
    >>> for finding in judge("on: push\njobs: {lint: {steps: [{run: nox -s lint}]}}"):
    ...     print(finding.message)
    Line 2, jobs.lint: 'runs-on' is missing.
    """
    try:
        document = read(text)
    except UnreadableError as error:
        return [broken("yaml", str(error))]
    return by_schema(document) or [*by_zizmor(text.removeprefix(BOM)), *by_structure(document)]
