"""The kernel that submissions run in: it doubts what checks compare, and tells what was changed."""

import builtins
import inspect
import os
import sys
from collections.abc import Iterator
from types import MethodType, TracebackType
from typing import Any

from ipykernel.compiler import XCachingCompiler
from ipykernel.ipkernel import IPythonKernel
from ipykernel.zmqshell import ZMQInteractiveShell
from traitlets import Type

from course.grading import doubt, integrity
from course.grading.given import Given, redefined
from course.grading.integrity import is_made_here

TRANSFORMERS = ("ast_transformers", "input_transformers_cleanup", "input_transformers_post")
ANSWERED = """\
from course.grading.compared import NothingShownError
raise NothingShownError("The notebook answers the grader in the place of the kernel.")"""
FRAMES = 12  # of an endless recursion that are shown; to look all of them up takes half a minute


class Compiler(XCachingCompiler):
    """IPython's compiler, which also tells that a cell is part of the notebook.

    Who shows a traceback asks for the module of each line. Without an answer he looks through all
    modules that are loaded, which are thousands in a fork of the warm process.
    """

    def get_code_name(self, raw_code: str, code: str, number: int) -> str:
        """Return the name of a cell's file."""
        name: str = super().get_code_name(raw_code, code, number)  # type: ignore[no-untyped-call]
        inspect.modulesbyfile[name] = "__main__"
        return name


class Shell(ZMQInteractiveShell):
    """IPython's shell, which works out once and not twice how an error is shown."""

    def _format_exception_for_storage(
        self, exception: BaseException, *args: Any, **kwargs: Any
    ) -> dict[str, Any]:
        """Return what `%notebook` writes of an error, which has just been shown."""
        return {
            "ename": type(exception).__name__,
            "evalue": str(exception),
            "traceback": self._last_traceback or [],
        }


class WatchedKernel(IPythonKernel):
    """A Python kernel that says, when asked, what its notebook has tampered with."""

    compiler_class = Type(Compiler)
    shell_class = Type(Shell)

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)  # type: ignore[no-untyped-call]
        if not integrity.noted()[0]:
            integrity.take_baseline()
        self._noted = integrity.noted()
        self._home = os.environ.get("HOME") or os.getcwd()  # noqa: PTH109
        self.control_handlers["integrity_request"] = self.integrity_request
        self._doubt = doubt.Doubt()
        self.shell.ast_transformers.append(self._doubt)
        self.shell.set_custom_exc((RecursionError,), _shortened)
        self._first = {name: list(getattr(self.shell, name)) for name in TRANSFORMERS}
        self._kinds = [(thing, type(thing)) for thing in self._own_things()]
        self._streams = (sys.stdout, sys.stderr)
        self._interactivity = self.shell.ast_node_interactivity
        self._traced = False
        self._depth = sys.getrecursionlimit()
        self._is_check_next = False
        self._asked, self._ended = "", ("", "")  # a request, and the last one that ended, and how

    async def integrity_request(self, stream: Any, ident: Any, parent: dict[str, Any]) -> None:
        """Answer with a clause for everything that is not as it was.

        The request names the top-level `packages` to look into; for the names in `imports` the
        module and the attribute that they should stand for; names that mean `python`'s own
        functions in the next cell; the `modules` that the check imports
        itself; those that are `given` with the notebook; of what its course's cells define, the
        `functions` and the `things` that the check uses; and whether the next cell `is_check`. The
        reply has `ended`, the request that was the last to end, and its status; `whole`, whether
        the last check came to its last line; `points`, what it ended with as text if it was a
        number; its `kind`; and `odd`, whether the notebook made an object of it.
        """
        content = parent["content"]
        imports = content["imports"]
        modules = [*content["modules"], *(module for module, _ in imports.values())]
        kept = next(
            (
                each
                for number, each in sorted(self._doubt.kept.items())
                if number >= 0 and each is not None
            ),
            None,
        )
        reply = {
            "status": "ok",
            "found": [
                *self._transformers(),
                *self._own(),
                *integrity.changes(content["packages"]),
                *integrity.strangers(modules, self._home, content["given"]),
            ],
            "rebound": [
                *integrity.rebound(imports, self.shell.user_ns),
                *redefined(Given(content["functions"], set(content["things"])), self.shell.user_ns),
            ],
            "ended": self._ended,
            "whole": 0 in self._doubt.kept,
            "points": _points(kept),
            "kind": type(kept).__name__,
            "odd": is_made_here(kept),
        }
        self._is_check_next = content["is_check"]
        self._doubt.python = frozenset(content["python"])
        self.session.send(stream, "integrity_reply", reply, parent, ident=ident)

    async def execute_request(self, stream: Any, ident: Any, parent: dict[str, Any]) -> None:
        """Run a cell; one that the grader has announced is a check."""
        # Set here and not at the end, which may come after the grader has announced the next cell.
        self._doubt.begin(self._is_check_next)
        self._is_check_next = False
        if self._doubt.active:
            self._traced = self._traced or bool(sys.gettrace() or sys.getprofile())
            self.shell.ast_node_interactivity = self._interactivity
        if self.control_handlers["integrity_request"] != self.integrity_request:
            parent["content"]["code"] = ANSWERED
        self._asked = parent["header"]["msg_id"]
        # Who has lowered it would have the next cells, and what watches over them, fail by it.
        sys.setrecursionlimit(max(sys.getrecursionlimit(), self._depth))
        await super().execute_request(stream, ident, parent)  # type: ignore[no-untyped-call]

    async def do_execute(self, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Run a cell, and note that it has ended: of a reply, anybody in here can send one."""
        asked = self._asked
        reply: dict[str, Any] = await super().do_execute(*args, **kwargs)  # type: ignore[no-untyped-call]
        self._ended = (asked, reply["status"])
        if not all(map(_is_usable, (sys.stdout, sys.stderr))):  # or no cell would come to its end
            sys.stdout, sys.stderr = self._streams
        return reply

    def _transformers(self) -> Iterator[str]:
        """Yield what rewrites the cells before they run."""
        for name in TRANSFORMERS:
            for transformer in getattr(self.shell, name):
                known = any(transformer is each for each in self._first[name])
                if not known and is_made_here(transformer):
                    yield f"the notebook rewrites the cells that follow ({name})"

    def _own_things(self) -> Iterator[Any]:
        """Yield what runs the cells, and what looks at them."""
        shell = self.shell
        yield from (self, shell, self.session, shell.displayhook, shell.compile, self._doubt)

    def _own(self) -> Iterator[str]:
        """Yield what stands in the way of this kernel, its shell, and what looks at them."""
        for thing, kind in self._kinds:
            if type(thing) is not kind:
                yield f"the notebook replaces {kind.__name__}"
            for name, value in {**getattr(thing, "_trait_values", {}), **vars(thing)}.items():
                if hasattr(type(thing), name) and is_made_here(value):
                    yield f"the notebook replaces {type(thing).__name__}.{name}"
        watching = any(each is self._doubt for each in self.shell.ast_transformers)
        if not watching or type(self._doubt.kept) is not dict:
            yield "the notebook takes away what watches over its checks"
        for handlers in (self.shell_handlers, self.control_handlers):
            if any(is_made_here(handler) for handler in handlers.values()):
                yield "the notebook answers the grader in the place of the kernel"
        for event, callbacks in self.shell.events.callbacks.items():
            if any(is_made_here(callback) for callback in callbacks):
                yield f"the notebook does something of its own at every cell ({event})"
        if any(
            name in self.shell.user_ns or not _is(vars(builtins).get(name), value)
            for name, value in self._doubt.names.items()
        ):
            yield "the notebook changes how checks compare"
        if self.shell.user_ns.get("__builtins__", builtins) not in (builtins, vars(builtins)):
            yield "the notebook replaces Python's own functions"
        if self._traced:
            yield "the notebook traces what checks do"
        if integrity.noted() < self._noted:
            yield "the notebook wipes out what was noted of the libraries"


def _is(one: Any, other: Any) -> bool:
    """Tell whether two things are one; a method is made anew whenever somebody asks for it."""
    if isinstance(other, MethodType):
        return (
            isinstance(one, MethodType)
            and one.__self__ is other.__self__
            and one.__func__ is other.__func__
        )
    return one is other


def _is_usable(stream: Any) -> bool:
    """Tell whether a kernel can print there, which it does around each cell."""
    try:
        return not stream.closed and callable(stream.write) and callable(stream.flush)
    except Exception:
        return False


def _points(kept: Any) -> str | None:
    """Return the number that a check ended with as Python shows it; None if it is none.

    NumPy shows its own as `np.float64(0.0)`, which nbgrader would not take for a number. An array
    of one is none, as for nbgrader.
    """
    if type(kept).__module__ == "numpy" and type(kept).__name__ != "ndarray":
        kept = kept.item() if hasattr(kept, "item") else kept
    return repr(kept) if type(kept) in (int, float) else None


def _shortened(
    shell: Any,
    kind: type[BaseException],
    error: BaseException,
    trace: TracebackType | None,
    tb_offset: int | None = None,
) -> Any:
    """Return the traceback of an endless recursion without the thousand calls in its middle."""
    last = trace
    for _ in range(FRAMES):
        last = last and last.tb_next
    if last is not None:
        last.tb_next = None
    return shell.InteractiveTB.structured_traceback(kind, error, trace, tb_offset=tb_offset)
