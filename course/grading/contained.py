"""Run a submission in a kernel that is contained, and watch that its checks mean something."""

import builtins
import json
import random
import sys
from dataclasses import dataclass, field
from queue import Empty
from typing import Any

from nbclient.util import ensure_async, run_sync
from nbformat import NotebookNode
from nbformat.v4 import new_output
from nbformat.validator import NotebookValidationError
from traitlets import Integer

from course.grading.canary import canary
from course.grading.compared import NothingShownError
from course.grading.counted import counts
from course.grading.execute import SKIPPED, ExecuteAll, error_output
from course.grading.flood import held
from course.grading.given import bound, given, used
from course.grading.integrity import imported_inside, imported_names, names_bound, names_read
from course.grading.kernel.manager import ContainedKernelManager
from course.grading.kernel.settings import size
from course.grading.kernel.warm import FROM_OUTSIDE
from course.grading.limit import ENVELOPE
from course.grading.notebook import grade_id, is_check

# The compiler looks for the first by its name; the others are the kernel's, or for a terminal.
ELSEWHERE = {"super", "exit", "help", "input", "open", "quit"}

ODD = (LookupError, TypeError, AttributeError, ValueError, RecursionError)
SLOW = ("ran longer", "used more")
SENT = "does it use the kernel's own sockets?"

OFTEN = 0.25  # of the checks, one has a canary behind it as well as before it

CHANGED = "A check that cannot pass was reported as passed: the notebook changes how cells are run."

FORGED = "The notebook answered in the place of the kernel that a check had passed."

CUT = "The check was passed before its last line had run."

GONE = "The kernel ended before it was shown that checks can fail in it."

SILENT = "The kernel stopped answering the grader: the notebook changes how it works."


@dataclass
class Ran:
    """What there is to say of a notebook that has run, beside the outputs of its cells.

    Parameters
    ----------
    sandboxed : bool
        Whether its kernel was contained.
    lost : str
        How the kernel was lost; empty if it was not.
    flags : dict of str to str
        For checks that may not be trusted, by `grade_id`: why.
    by_chance : bool
        Whether it was lost for no fault of the notebook: another run may have more luck.
    """

    sandboxed: bool = True
    lost: str = ""
    flags: dict[str, str] = field(default_factory=dict)
    by_chance: bool = False


class ExecuteContained(ExecuteAll):
    """nbgrader's way of running a notebook, in a sandbox, with canaries among its checks.

    What it finds stands in the resources afterwards, as `ran` beside nbgrader's own names.
    """

    output_bytes = Integer(
        10_000_000,
        min=0,
        help="How many bytes the cells of a notebook may print and show in all.",
    ).tag(config=True)

    memory = Integer(
        1024**3,
        min=64 * 1024**2,
        help="How many bytes of the grader's memory what the kernel of a notebook sends may take.",
    ).tag(config=True)

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(kernel_manager_class=ContainedKernelManager, **kwargs)
        self._random = random.SystemRandom()

    def preprocess(
        self, nb: NotebookNode, resources: dict[str, Any]
    ) -> tuple[NotebookNode, dict[str, Any]]:
        """Run the cells of `nb` in place, unless the resources say why it cannot be run."""
        names = resources["nbgrader"]
        self._ran = names["ran"] = Ran()
        cells, answers = names["code"]
        self._imports = imported_names(cells)
        self._defined = given(cells, answers)
        self._modules = [path.stem for path in names["source"].parent.glob("*.py")]
        self._bound = bound([*cells, *answers])
        self._packages = sorted({module.partition(".")[0] for module, _ in self._imports.values()})
        self._unproven: list[str] = []  # checks that ran since a canary last failed as it should
        self._tampering = ""
        self._looked: set[str] = set()  # packages that were looked into since a cell could touch
        self._last_check = ""
        self._output = 0
        self._flooded = False
        if names["refused"]:
            self._ran.lost = names["refused"]
            for cell in filter(_is_code_check, nb.cells):
                cell.outputs = [error_output(SKIPPED, names["refused"])]
            return nb, resources
        with held(self.memory, self._end_flood):
            nb, resources = super().preprocess(nb, resources)
        self._ran.lost = self.lost
        return nb, resources

    def cause_of_death(self) -> tuple[str, str]:
        """Return what the sandbox ended the kernel for, or else how it ended by itself."""
        if self._output > self.output_bytes:
            return f"printed more than {self.output_bytes:,} bytes", "is there a loop that prints?"
        if self._flooded:
            return f"sent the grader more than {size(self.memory)}", "what is it that sends?"
        what, ask = super().cause_of_death()
        what = self.km.provisioner.ended_because or what
        self._ran.by_chance = what == FROM_OUTSIDE
        return what, "what takes so long?" if what.startswith(SLOW) else ask

    def preprocess_cell(
        self, cell: NotebookNode, resources: dict[str, Any], index: int
    ) -> tuple[NotebookNode, dict[str, Any]]:
        """Run one cell in place; where it is a check, see to it that it can fail."""
        self._ran.sandboxed = self.km.provisioner.sandboxed
        try:
            if not _is_code_check(cell):
                self._looked.clear()
                super().preprocess_cell(cell, resources, index)
            else:
                self._check(cell, resources, index)
        except ODD as error:  # made by what the kernel sends, which may be anything
            self.log.debug("What the kernel sent could not be read.", exc_info=True)
            self._lose(cell, index, f"sent what no kernel sends ({type(error).__name__})", SENT)
            run_sync(self.km.provisioner.kill)()
        if index == len(self.nb.cells) - 1 and not self.lost:
            self._prove(self._last_check, store_history=True)
            if not self._alive():
                self._flag_unproven(GONE)
        return cell, resources

    def _check(self, cell: NotebookNode, resources: dict[str, Any], index: int) -> None:
        """Run a check between canaries, and between looks into the kernel."""
        name = grade_id(cell) or ""
        self._last_check = cell.source
        rebound: list[str] = []
        if not self.lost:
            self._prove(cell.source)
            rebound = self._inspect(cell.source, is_check=True).get("rebound", [])
        self._reply: tuple[str, str] | None = None
        super().preprocess_cell(cell, resources, index)
        self._looked.clear()  # a check calls what the notebook defines
        self._unproven.append(name)
        if not self.lost and not self._reply:
            cell.outputs.append(error_output(SKIPPED, "did not run: the kernel gave no reply."))
        elif not self.lost and not has_error(cell):
            answer = self._inspect(cell.source, is_check=False)
            if not answer and not self._tampering:  # whether it passed, nobody can say any more
                self._lose(cell, index, *self.cause_of_death())
            elif answer and tuple(answer.get("ended", ())) != self._reply:
                self._tampered(FORGED)
            _show_points(cell, answer.get("points"))
            if rebound or answer.get("rebound"):
                names = ", ".join(dict.fromkeys([*rebound, *answer.get("rebound", [])]))
                self._ran.flags[name] = f"The notebook defines anew what this check uses: {names}."
            elif answer and not answer["whole"]:
                self._ran.flags[name] = CUT
            elif answer.get("odd"):
                self._ran.flags[name] = "The check ended with an object of the notebook's own."
            elif answer and answer["points"] is None and counts(cell.source):
                self._ran.flags[name] = f"The check ended with no number but a {answer['kind']}."
        if not self.lost and self._random.random() < OFTEN:
            self._prove(cell.source)
        if self._tampering:
            self._ran.flags.setdefault(name, self._tampering)

    def on_cell_executed(self, **kwargs: Any) -> None:
        """Note what the kernel replied, and show an error that only the reply tells of."""
        reply = kwargs["execute_reply"]["content"]
        asked = kwargs["execute_reply"]["parent_header"].get("msg_id", "")
        self._reply = (asked, str(reply.get("status")))
        trace = reply.get("traceback")
        if not isinstance(trace, list) or not all(isinstance(line, str) for line in trace):
            reply["traceback"] = []  # no notebook can hold what a class has said that it is
        reply.update({name: str(reply.get(name, "")) for name in ("ename", "evalue")})
        if reply.get("ename") == NothingShownError.__name__ and _is_code_check(kwargs["cell"]):
            self._ran.flags[str(grade_id(kwargs["cell"]))] = str(reply["evalue"])
        super().on_cell_executed(**kwargs)

    def process_message(self, msg: dict[str, Any], cell: NotebookNode, cell_index: int) -> Any:
        """Take an output, unless there were too many: then the kernel is ended."""
        if not isinstance(msg["content"].get("execution_count", 0), int) or (
            msg["content"].get("execution_count", 0) < 0
        ):
            msg["content"]["execution_count"] = None
        before, self._output = self._output, self._output + self._size(msg)
        if self._output <= self.output_bytes:
            try:
                return super().process_message(msg, cell, cell_index)
            except (NotebookValidationError, *ODD):  # no notebook can hold it
                return None
        if before <= self.output_bytes:
            run_sync(self.km.provisioner.kill)()
        return None

    def _end_flood(self) -> None:
        """End the kernel of a notebook that fills this process's memory."""
        self._flooded = True
        if self.km is not None and self.km.provisioner.has_process:
            self.km.provisioner.kernel.end()

    def _size(self, msg: dict[str, Any]) -> int:
        """Return about how many bytes a message adds to what is kept of the notebook."""
        text = json.dumps(msg["content"], default=str, ensure_ascii=False)
        size = ENVELOPE + len(text.encode(errors="replace")) + sum(map(len, msg.get("buffers", ())))
        transient = msg["content"].get("transient")
        display = transient.get("display_id") if isinstance(transient, dict) else None
        known = self._display_id_map.get(display, {}) if isinstance(display, str) else {}
        return size * (1 + sum(map(len, known.values())))  # it is shown anew wherever it stands

    def _prove(self, check: str, store_history: bool = False) -> None:
        """Run a canary: if it passes, no check since the last one has shown anything."""
        if self._tampering:
            return
        try:
            status = self._ask(canary(check, self._random), store_history)
        except (Empty, RuntimeError):
            self._unanswered()
            return
        if status == "error":
            self._unproven.clear()
        else:
            self._tampered(CHANGED if status == "ok" else SILENT)

    def _inspect(self, check: str, is_check: bool) -> dict[str, Any]:
        """Ask the kernel what the notebook has put in the place of something else."""
        if self._tampering:
            return {}
        defined = used(self._defined, check)
        # What the check itself reads of Python's own it finds, whatever has these names by now;
        # what the course's functions read must be what it was.
        read = names_read(check)
        python = sorted(filter(_is_pythons, read - self._bound - names_bound(check)))
        inside = set().union(*map(names_read, defined.functions.values()))
        imports: dict[str, tuple[str, str | None]] = {
            key: ("builtins", key) for key in filter(_is_pythons, inside - self._bound)
        }
        imports |= {key: value for key, value in self._imports.items() if key in read | inside}
        modules = imported_inside(check)
        libraries = {module.partition(".")[0] for module in modules}
        libraries |= {module.partition(".")[0] for module, _ in imports.values()}
        # What a check does not name matters to it too, as a library that it calls may call it; but
        # Python's own library is full of what notebooks honestly replace, as `warnings.warn`.
        wanted = libraries | {
            name for name in self._packages if name not in sys.stdlib_module_names
        }
        packages = sorted(wanted - self._looked)
        self._looked |= wanted
        request = {
            "imports": imports,
            "python": python,
            "modules": sorted(modules),
            "packages": packages,
            "given": self._modules,
            "functions": defined.functions,
            "things": sorted(defined.things),
            "is_check": is_check,
        }
        try:
            answer: dict[str, Any] = self._look(request)
        except (Empty, RuntimeError):
            self._unanswered()
            return {}
        if answer["found"]:
            found = "; ".join(list(dict.fromkeys(answer["found"]))[:3])
            self._tampered(f"Checks show nothing here: {found}.")
        return answer

    def _unanswered(self) -> None:
        """Make of silence what it is; of a kernel that is gone, the next cell tells."""
        if self._alive():
            self._tampered(SILENT)

    def _alive(self) -> bool:
        return bool(run_sync(self.km.is_alive)())

    def _tampered(self, reason: str) -> None:
        self._tampering = reason
        self._flag_unproven(reason)

    def _flag_unproven(self, reason: str) -> None:
        for name in self._unproven:
            self._ran.flags.setdefault(name, reason)

    async def _async_ask(self, code: str, store_history: bool) -> str:
        """Run code that belongs to no cell, and return the status of the reply."""
        sent = self.kc.execute(code, store_history=store_history, stop_on_error=False)
        while True:
            reply = await ensure_async(self.kc.shell_channel.get_msg(timeout=self.iopub_timeout))
            if reply["parent_header"].get("msg_id") == sent:
                return str(reply["content"]["status"])

    async def _async_look(self, content: dict[str, Any]) -> dict[str, Any]:
        """Return what the kernel says of its integrity."""
        request = self.kc.session.msg("integrity_request", content)
        self.kc.control_channel.send(request)
        while True:
            reply = await ensure_async(self.kc.control_channel.get_msg(timeout=self.iopub_timeout))
            if reply["parent_header"].get("msg_id") == request["header"]["msg_id"]:
                return dict(reply["content"])

    _ask = run_sync(_async_ask)
    _look = run_sync(_async_look)


def _is_pythons(name: str) -> bool:
    """Tell whether a name is that of a function or a class of Python's own, wherever it is read."""
    known = callable(getattr(builtins, name, None))
    return known and not name.startswith("_") and name not in ELSEWHERE


def has_error(cell: NotebookNode) -> bool:
    """Return whether a cell ended with an error."""
    return any(output.output_type == "error" for output in cell.outputs)


def _show_points(cell: NotebookNode, points: str | None) -> None:
    """Let a check have the result that the kernel kept, whatever the notebook has shown as one."""
    for output in cell.outputs:
        if output.output_type == "execute_result":
            output.output_type = "display_data"
            output.pop("execution_count", None)
    if points is not None and not cell.source.rstrip().endswith(";"):
        data = {"text/plain": points}
        cell.outputs.append(new_output("execute_result", data, execution_count=None))


def _is_code_check(cell: NotebookNode) -> bool:
    return cell.cell_type == "code" and is_check(cell)
