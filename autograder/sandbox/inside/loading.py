"""Running a program from its start: as a whole, or cell by cell as a notebook; what fails costs what depends on it.

What students leave around a right function (a scratch cell, a plot, `exit()`, a call with wrong arguments) must not
cost them the function. So where the top level of a program raises, the statements below go on, as a notebook's next
cell does; and if anything that was asked for is there in the end, what was raised is told beside the answers.
"""

from __future__ import annotations
import __future__

import ast
import functools
import operator
import types
from collections.abc import Collection, Iterator

from autograder.sandbox.cells import Cell, cells
from autograder.sandbox.inside import notebook

#: The flags of a module's code that its `from __future__` lines set.
_FUTURE = functools.reduce(
    operator.or_, (getattr(__future__, name).compiler_flag for name in __future__.all_feature_names)
)


def run(module: types.ModuleType, filename: str, source: str, asked: Collection[str]) -> list[BaseException]:
    """Run a program in `module`; what its top level raised, if it still has one of the names `asked`.

    Raises the first of these if it has none, and everything if nothing is asked.
    """
    own = cells(source)
    raised = list(_run_cells(module, filename, own) if own else _run_whole(module, filename, source, asked))
    if raised and not any(name in vars(module) for name in asked):
        raise raised[0]
    return raised


def _run_cells(module: types.ModuleType, filename: str, own: list[Cell]) -> Iterator[BaseException]:
    for cell in own:
        try:
            notebook.run(cell, vars(module), filename)
        except BaseException as problem:
            yield problem


def _run_whole(module: types.ModuleType, filename: str, source: str, asked: Collection[str]) -> Iterator[BaseException]:
    code = compile(source, filename, "exec", dont_inherit=True)
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


def _line_at_top(problem: BaseException, code: types.CodeType) -> int:
    """The last line of the top level that was run."""
    trace = problem.__traceback__
    while trace is not None and trace.tb_frame.f_code is not code:
        trace = trace.tb_next
    return trace.tb_lineno if trace is not None else 0
