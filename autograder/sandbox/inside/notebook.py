"""A notebook's cell as Jupyter runs it: Python, or what IPython makes Python of.

A cell that is Python already is run as it is. Anything else goes through IPython's own input transformer, which costs
a few milliseconds where it is wanted; it is done here, behind the wall and on the clock, for a cell of four hundred
magics keeps it busy for minutes. Nothing that a magic does is done, but for running the Python that stands in it.
"""

from __future__ import annotations

import ast
import importlib
import re
import sys
import types
from collections.abc import Iterable
from typing import Any

from autograder.sandbox.cells import Cell
from autograder.sandbox.inside import beside
from autograder.sandbox.inside.standins import Nothing

#: Magics of which the rest is Python that runs in the notebook.
_PYTHON = frozenset({"time", "capture", "prun"})

#: `inspect.CO_COROUTINE`, which is slow to import.
_COROUTINE = 0x80
_IMPORT = re.compile(r"^[ \t]*(?:import|from)[ \t]+(\w+)", re.MULTILINE)
_MAGIC = re.compile(r"^[ \t]*(?:!|%%?)[a-z]", re.MULTILINE)


def begin(cells: Iterable[Cell]) -> None:
    """Look which modules the cells of a notebook import."""
    shell.imported = frozenset(name for cell in cells for name in _IMPORT.findall(cell.text))


def run(cell: Cell, namespace: dict[str, Any], filename: str) -> None:
    """Run one cell. Raises what it raises; lines are those of the whole notebook."""
    shell.namespace, shell.filename, shell.line = namespace, filename, cell.first_line
    above = "\n" * (cell.first_line - 1)
    try:
        code = compile(above + cell.text, filename, "exec", dont_inherit=True)
    except SyntaxError:
        _run_waiting(above + as_python(cell.text), namespace, filename)
    else:
        exec(code, namespace)


def _run_waiting(source: str, namespace: dict[str, Any], filename: str) -> None:
    """Run a cell that may hold `await` outside of functions, statement by statement as soon as it does.

    What waits for Jupyter's loop, which isn't here, is left out, and raised once all else of the cell has run.
    """
    flags = ast.PyCF_ALLOW_TOP_LEVEL_AWAIT
    code = compile(source, filename, "exec", flags, dont_inherit=True)
    if not code.co_flags & _COROUTINE:
        exec(code, namespace)
        return
    unmet = []
    for statement in ast.parse(source).body:
        waiting = eval(compile(ast.Module([statement], []), filename, "exec", flags, dont_inherit=True), namespace)
        try:
            while waiting is not None:
                waiting.send(None)
        except StopIteration:
            continue
        except RuntimeError as problem:
            unmet.append(problem)
    if unmet:
        raise unmet[0]


def has_magics(source: str) -> bool:
    """Whether a line of a program begins as IPython's do: Colab leaves `!pip install` in what it exports as .py."""
    return _MAGIC.search(source) is not None


def as_python(cell: str) -> str:
    """A cell, or a program that holds IPython's lines, as Python of as many lines."""
    above = cell[: len(cell) - len(cell.lstrip())].count("\n")  # blank lines, which it leaves out
    return "\n" * above + str(_transformer().transform_cell(cell))


def _transformer() -> Any:
    """IPython's transformer of cells, without importing the rest of IPython, which has no use here."""
    package = types.ModuleType("IPython")
    package.__path__ = _folders("IPython")
    before = {name: sys.modules.pop(name) for name in list(sys.modules) if name.partition(".")[0] == "IPython"}
    sys.modules["IPython"] = package
    try:
        return importlib.import_module("IPython.core.inputtransformer2").TransformerManager()
    finally:
        for name in [name for name in sys.modules if name.partition(".")[0] == "IPython"]:
            del sys.modules[name]
        sys.modules.update(before)


def _folders(package: str) -> list[str]:
    """Return where a package is, whoever finds it here; a stand-in for it is nowhere."""
    for finder in sys.meta_path:
        spec = finder.find_spec(package, None)
        if spec is not None and spec.submodule_search_locations:
            return list(spec.submodule_search_locations)
    raise ModuleNotFoundError(f"a cell that isn't plain Python needs {package} to be read, which isn't installed here")


class Shell:
    """What `get_ipython()` gives: enough for what Jupyter itself writes into a program, and nothing else."""

    def __init__(self) -> None:
        self.namespace: dict[str, Any] = {}
        self.filename, self.line = "", 1
        self.imported: frozenset[str] = frozenset()

    def run_line_magic(self, name: str, line: str, *rest: Any) -> Any:
        if name not in _PYTHON or not line.strip():
            return None
        try:
            code = compile(line, self.filename, "eval", dont_inherit=True)
        except SyntaxError:
            self._run(line, self.line)
            return None
        return eval(code, self.namespace)

    def run_cell_magic(self, name: str, line: str, cell: str) -> None:
        if name in ("writefile", "file"):
            self._write(beside.module_of(line.split()[-1] if line.split() else ""), cell)
        elif name in _PYTHON:
            self._run(as_python(cell), self.line + 1)

    def _write(self, module: str, text: str) -> None:
        """A file that can be imported; one that has the program's own name is part of it, if a cell imports that."""
        if module and module == self.namespace.get("__name__"):
            if module in self.imported:
                self._run(text, self.line + 1)
        elif module:
            beside.add(module, text)

    def getoutput(self, *command: Any, **how: Any) -> list[str]:
        return []

    def _run(self, source: str, line: int) -> None:
        exec(compile("\n" * (line - 1) + source, self.filename, "exec", dont_inherit=True), self.namespace)

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        return Nothing()


shell = Shell()
