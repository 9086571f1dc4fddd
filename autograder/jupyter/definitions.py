"""What a notebook defines of what is graded: the statements of its cells that a function, or a cell, can't do without.

A cell is graded as if it stood alone with what it uses: the imports, functions and values of earlier cells, each as it
was defined last. Cells are read by their syntax and never run. It must not know what a notebook is made of.
"""

from __future__ import annotations

import ast
import builtins
import symtable
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

#: Stands for the names that `from module import *` binds.
_STAR = "*"
_BUILTIN = frozenset([*dir(builtins), "__name__", "__file__", "__doc__", "get_ipython", "display"])


@dataclass(frozen=True)
class RanCell:
    """A cell that ran: its number, its text as Python, and how many of its lines ran (None: all)."""

    number: int
    text: str
    ran: int | None = None


@dataclass(frozen=True)
class Part:
    """What of a cell is graded: its text, blank where a line is left out, and the names that it defines."""

    number: int
    text: str
    names: tuple[str, ...]


@dataclass(frozen=True)
class _Statement:
    """One statement at the top of a cell, and the names that it binds, reads at once, and reads when it is called."""

    cell: int
    first: int
    last: int
    binds: frozenset[str]
    at_once: frozenset[str]
    later: frozenset[str]


def of_names(names: Iterable[str], cells: Sequence[RanCell]) -> list[Part]:
    """Return what defines these names, cell by cell; a name that no cell defines is left out."""
    statements = [each for cell in cells for each in _statements(cell)]
    places = _needed(statements, [(name, len(statements)) for name in names])
    return _parts(statements, places, {cell.number: cell.text for cell in cells})


def of_cell(cell: RanCell, earlier: Sequence[RanCell]) -> list[Part]:
    """Return what of earlier cells a cell uses, and then the cell itself, whole."""
    before = [each for other in earlier for each in _statements(other)]
    own = list(_statements(cell))
    statements = [*before, *own]
    wanted = []
    for place, statement in enumerate(own, start=len(before)):
        wanted += [(name, place) for name in statement.at_once]
        wanted += [(name, len(statements)) for name in statement.later]
    used = {place for place in _needed(statements, wanted) if place < len(before)}
    parts = _parts(statements, used, {other.number: other.text for other in earlier})
    defined = tuple(dict.fromkeys(name for each in own for name in sorted(each.binds)))
    return [*parts, Part(cell.number, cell.text, defined)]


def _needed(statements: Sequence[_Statement], wanted: list[tuple[str, int]]) -> set[int]:
    """Return the places of what binds the names wanted, and of what that needs in turn.

    A name is wanted as it is before a place. One that nobody binds may come from any `import *`.
    """
    stars = [place for place, each in enumerate(statements) if _STAR in each.binds]
    needed: set[int] = set()
    while wanted:
        name, before = wanted.pop()
        place = next((at for at in reversed(range(before)) if name in statements[at].binds), None)
        found = [place] if place is not None else [] if name in _BUILTIN else [at for at in stars if at < before]
        for at in set(found) - needed:
            needed.add(at)
            wanted += [(other, at) for other in statements[at].at_once]
            wanted += [(other, len(statements)) for other in statements[at].later]
    return needed


def _parts(statements: Sequence[_Statement], places: Collection[int], texts: Mapping[int, str]) -> list[Part]:
    parts = []
    for number in sorted({statements[place].cell for place in places}):
        of_cell = [statements[place] for place in sorted(places) if statements[place].cell == number]
        kept = {line for each in of_cell for line in range(each.first, each.last + 1)}
        lines = texts[number].split("\n")
        text = "\n".join(line if at in kept else "" for at, line in enumerate(lines, start=1)).rstrip()
        parts.append(Part(number, text, tuple(dict.fromkeys(name for each in of_cell for name in sorted(each.binds)))))
    return parts


def _statements(cell: RanCell) -> Iterator[_Statement]:
    """Yield a cell's statements as far as it ran; none of what is no Python."""
    try:
        tree = ast.parse(cell.text)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return
    for node in tree.body:
        first = min([node.lineno, *(each.lineno for each in getattr(node, "decorator_list", ()))])
        last = node.end_lineno or node.lineno
        if cell.ran is None or last <= cell.ran:
            yield _statement(cell.number, node, first, last)


def _statement(cell: int, node: ast.stmt, first: int, last: int) -> _Statement:
    table = symtable.symtable(ast.unparse(node), "<cell>", "exec")
    symbols = table.get_symbols()
    binds = {each.get_name() for each in symbols if each.is_assigned() or each.is_imported() or each.is_namespace()}
    at_once = {each.get_name() for each in symbols if each.is_referenced()}
    if isinstance(node, ast.ImportFrom) and node.names[0].name == _STAR:
        binds.add(_STAR)
    changed = set(_changed(node))
    return _Statement(
        cell, first, last, frozenset(binds | changed), frozenset(at_once | changed), frozenset(_global_names(table))
    )


def _changed(node: ast.stmt) -> Iterator[str]:
    """Yield the names of what a statement changes in place: `x += 1`, `x[0] = 1`, `x.y = 1`."""
    targets = node.targets if isinstance(node, ast.Assign) else [getattr(node, "target", None)]
    for target in targets:
        inner = target
        while isinstance(inner, ast.Subscript | ast.Attribute):
            inner = inner.value
        if isinstance(inner, ast.Name) and (inner is not target or isinstance(node, ast.AugAssign)):
            yield inner.id


def _global_names(table: symtable.SymbolTable) -> Iterator[str]:
    """Yield the module's names that functions and classes within read: when they are called, or a class is made."""
    for inner in table.get_children():
        yield from (each.get_name() for each in inner.get_symbols() if each.is_global())
        yield from _global_names(inner)
