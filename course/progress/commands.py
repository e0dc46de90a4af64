"""The commands `mlops-course progress`, `progress export` and `progress import`."""

from pathlib import Path
from typing import Annotated

import typer

progress = typer.Typer(invoke_without_command=True, add_completion=False)


@progress.callback()
def show(context: typer.Context) -> None:
    """Show how far you have got, or carry your work to another machine.

    Binder keeps nothing: export before you leave, and import when you come back.
    """
    if context.invoked_subcommand:
        return
    from rich.console import Console
    from rich.table import Table

    from course.progress.carry import place_of_notebooks
    from course.progress.standing import standings

    table = Table("Lesson", "Claims that hold", "Last checked", box=None, pad_edge=False)
    for standing in standings(place_of_notebooks()):
        table.add_row(standing.name, standing.held, standing.when)
    Console(highlight=False).print(table)


@progress.command("export")
def export(
    file: Annotated[Path, typer.Argument(help="The file to make, such as my-progress.json.")],
    force: Annotated[bool, typer.Option("--force", help="Replace a file of that name.")] = False,
) -> None:
    """Write your answers and results into one small file.

    It holds what you have written in the lessons' notebooks, as you last saved them: answers,
    notes, cells that you have added or changed; and how your last checks ended. Download it: in
    JupyterLab, right-click it in the file browser.
    """
    from course.progress.carry import export as write
    from course.progress.carry import place_of_notebooks

    parcel = write(place_of_notebooks(), file, force)
    for lesson, work in parcel.work.items():
        typer.echo(f"{lesson}: {_counted(len(work.cells), 'cell')} of yours")
    typer.echo(f"{_counted(len(parcel.results), 'result')}; all of it is in {file}.")


@progress.command("import")
def import_(
    file: Annotated[Path, typer.Argument(help="A file that `progress export` has made.")],
    force: Annotated[
        bool,
        typer.Option("--force", help="Replace other work in a notebook; a copy of it is kept."),
    ] = False,
) -> None:
    """Put the answers and results of a file back into the lessons' notebooks.

    Nothing of the file is run, and nothing is changed unless all of it can be. Exit status: 0 if
    all is here again, 1 if the file holds lessons that are not here, 2 if it was refused.
    """
    from course.progress.carry import import_ as take
    from course.progress.carry import place_of_notebooks

    done = take(place_of_notebooks(), file, force)
    for lesson, placed in done.placed.items():
        typer.echo(f"{lesson}: {_counted(len(placed.changed), 'cell')} put back")
        for name in placed.homeless:
            typer.echo(f"{lesson}: {name} is no exercise any more; its answer is in a plain cell.")
    for backup in done.backups:
        typer.echo(f"What was there before is in {backup}.")
    typer.echo(f"{_counted(done.results, 'result')} taken over. Reload notebooks that are open.")
    if done.absent:
        typer.echo(
            f"{', '.join(done.absent)} is not here: fetch it, then import the file again.", err=True
        )
        raise typer.Exit(1)


def _counted(number: int, what: str) -> str:
    return f"{number} {what}{'' if number == 1 else 's'}"
