"""Running a program from its start: as a whole, or cell by cell as a notebook; what fails costs what depends on it.

What students leave around a right function (a scratch cell, a plot, `exit()`, a call with wrong arguments) must not
cost them the function. So where the top level of a program raises, the statements below go on, as a notebook's next
cell does; and if anything that was asked for is there in the end, what was raised is told beside the answers.
"""

from __future__ import annotations
import __future__

import ast
import functools
import importlib
import importlib.machinery
import operator
import sys
import types
from collections.abc import Collection, Iterator

from autograder.sandbox.cells import Cell, cells
from autograder.sandbox.inside import notebook
from autograder.several_files import File, files

#: The flags of a module's code that its `from __future__` lines set.
_FUTURE = functools.reduce(
    operator.or_, (getattr(__future__, name).compiler_flag for name in __future__.all_feature_names)
)


def run(module: types.ModuleType, filename: str, source: str, asked: Collection[str]) -> list[BaseException]:
    """Run a program in `module`; what its top level raised, if it still has one of the names `asked`.

    Raises the first of these if it has none, and everything if nothing is asked.
    """
    own, parts = cells(source), files(source)
    if parts:
        raised = list(_run_files(module, filename, parts, asked))
    else:
        raised = list(_run_cells(module, filename, own) if own else _run_whole(module, filename, source, asked))
    if raised and not any(hasattr(module, name) for name in asked):
        raise raised[0]
    return raised


class _Files:  # see standins.py on its base
    """The files of a program as modules that import each other; `raised` is what their top levels raised."""

    def __init__(self, filename: str, parts: list[File], asked: Collection[str]) -> None:
        self.raised: list[BaseException] = []
        self._filename, self._asked = filename, asked
        self._parts = {part.module: part for part in parts}

    def find_spec(self, name: str, path: object = None, target: object = None) -> importlib.machinery.ModuleSpec | None:
        if name not in self._parts:
            return None
        return importlib.machinery.ModuleSpec(name, self)  # type: ignore[arg-type]

    def create_module(self, spec: importlib.machinery.ModuleSpec) -> types.ModuleType | None:
        return None

    def exec_module(self, module: types.ModuleType) -> None:
        module.__file__ = self._filename
        self.raised += _run_whole(module, self._filename, self._parts[module.__name__].in_place, self._asked)


def _run_files(
    module: types.ModuleType, filename: str, parts: list[File], asked: Collection[str]
) -> Iterator[BaseException]:
    """Run every file; `module` has the names of all. Where it is `__main__`, the last file is that, as a script is."""
    importer = _Files(filename, parts, asked)
    for part in parts:
        sys.modules.pop(part.module, None)
    sys.meta_path[:] = [importer, *(each for each in sys.meta_path if not isinstance(each, _Files))]
    if module.__name__ == "__main__":
        yield from _run_whole(module, filename, parts[-1].in_place, asked)
        return
    made = []
    for part in parts:
        try:
            made.append(importlib.import_module(part.module))
        except BaseException as problem:
            yield problem
    yield from importer.raised
    vars(module)[PARTS] = made
    vars(module)["__getattr__"] = functools.partial(_of_any, made)


#: Under which a program of several files keeps their modules.
PARTS = "__files__"


def _of_any(modules: list[types.ModuleType], name: str) -> object:
    """What one of the modules has under a name: the one that defines it before those that import it."""
    having = [module for module in modules if name in vars(module)]
    own = [module for module in having if getattr(vars(module)[name], "__module__", None) == module.__name__]
    for module in [*own, *having]:
        return vars(module)[name]
    raise AttributeError(name)


def give(module: types.ModuleType, name: str, value: object) -> None:
    """Give a name of a program another value, in each of its files that has it."""
    having = [part for part in vars(module).get(PARTS, ()) if name in vars(part)]
    for each in having or [module]:
        setattr(each, name, value)


def _run_cells(module: types.ModuleType, filename: str, own: list[Cell]) -> Iterator[BaseException]:
    notebook.begin(own)
    for cell in own:
        try:
            notebook.run(cell, vars(module), filename)
        except BaseException as problem:
            yield problem


def _run_whole(module: types.ModuleType, filename: str, source: str, asked: Collection[str]) -> Iterator[BaseException]:
    source, code = _compiled(source, filename)
    try:
        exec(code, vars(module))
        return
    except BaseException as problem:
        if not asked:
            raise
        last = problem
    yield last
    for statement in ast.parse(source).body:
        if statement.lineno <= _line_at_top(last, code):
            continue
        if isinstance(last, SystemExit) and all(name in vars(module) for name in asked):
            return  # below `exit()` is what the author wanted left out
        try:
            part = compile(ast.Module([statement], []), filename, "exec", code.co_flags & _FUTURE, dont_inherit=True)
            exec(part, vars(module))
        except BaseException as problem:
            last, code = problem, part
            yield problem


def _compiled(source: str, filename: str) -> tuple[str, types.CodeType]:
    """A program, and what it is compiled to; one with a notebook's lines among its own, without them."""
    try:
        return source, compile(source, filename, "exec", dont_inherit=True)
    except SyntaxError as problem:
        if not notebook.has_magics(source):
            raise
        try:
            source = notebook.as_python(source)
        except ModuleNotFoundError:  # nobody here can read a notebook's lines: then they are told as what they are
            raise problem from None
    return source, compile(source, filename, "exec", dont_inherit=True)


def _line_at_top(problem: BaseException, code: types.CodeType) -> int:
    """The last line of the top level that was run."""
    trace = problem.__traceback__
    while trace is not None and trace.tb_frame.f_code is not code:
        trace = trace.tb_next
    return trace.tb_lineno if trace is not None else 0
