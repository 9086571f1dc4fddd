"""Pieces of another program of the exercise as edits: its expressions, statements and blocks, in the student's names.

A variable of the piece becomes the one of the student's function that is used most alike: bound by the same kind of
loop, indexed, appended to, returned. What comes of it is not known here.
"""

from __future__ import annotations

import ast
import builtins
import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from difflib import SequenceMatcher
from itertools import islice, product

from autograder.grading.explaining.repair.change import Change, Splice, Text
from autograder.grading.explaining.repair.edits import Names, Place, places
from autograder.language import later

#: What a change says that puts another block in the place of one.
BLOCK = later("with another block there")

_MOST_NAMINGS = 6
_MOST_ALIKE = 3
_LONGEST_RUN = 3
#: How much less effort a piece is that looks just like what it replaces.
_NEARER = 1.2
_LOOPS = (ast.For, ast.While)
_NAME = re.compile(r"(?<![.\w])[^\W\d]\w*")
_BUILTINS = frozenset(dir(builtins))
_WHAT = {
    "test": later("another condition"),
    "iter": later("another thing to loop over"),
    "return": later("another value to return"),
    "value": later("another value"),
    "argument": later("another argument"),
    "side": later("another expression"),
    "index": later("another index"),
}


def borrowed_edits(text: Text, function: ast.FunctionDef, names: Names, other: ast.Module) -> Iterator[Change]:
    """Yield every edit that puts a piece of another program's function of the same name into this one."""
    theirs = next(
        (each for each in other.body if isinstance(each, ast.FunctionDef) and each.name == function.name), None
    )
    if theirs is None:
        return
    namings = _Namings(function, names, theirs, Names(other, theirs))
    yield from _expressions(text, function, theirs, namings)
    yield from _statements(text, function, theirs, namings)


class _Alone:
    """Makes a function of nothing but a piece."""

    def __init__(self, text: Text, function: ast.FunctionDef) -> None:
        body = function.body
        self._start, self._end, self._indent = text.start(body[0]), text.end(body[-1]), text.indent(body[0])
        self._text = text

    def of(self, change: Change, piece: str) -> Change:
        return replace(change, alone=Splice(self._start, self._end, self._text.block(piece, self._indent)))


def _expressions(text: Text, function: ast.FunctionDef, theirs: ast.FunctionDef, namings: _Namings) -> Iterator[Change]:
    alone = _Alone(text, function)
    by_role: dict[str, dict[str, float]] = defaultdict(dict)
    for place in places(theirs):
        role = _role(place)
        if role and not isinstance(place.node, ast.Slice | ast.Starred):
            for rank, piece in enumerate(namings.expression(place.node)):
                by_role[role].setdefault(piece, 2.0 + rank / 10)
    for place in places(function):
        role = _role(place)
        mine = ast.unparse(place.node) if role else ""
        for piece, effort in by_role.get(role, {}).items():
            if piece != mine:
                effort = effort - _NEARER * _nearness(mine, piece)
                yield alone.of(text.expression(place.node, piece, _WHAT[role], effort), f"return {piece}")
    # One more condition beside the student's own.
    for place in places(function):
        if _role(place) == "test":
            mine = text.segment(place.node)
            for piece, effort in by_role["test"].items():
                for word in ("and", "or"):
                    change = text.expression(
                        place.node, f"({mine}) {word} ({piece})", later("one more condition"), effort + 0.4
                    )
                    yield alone.of(change, f"return {piece}")


def _role(place: Place) -> str:
    """Say what an expression is for; nothing for a part of a larger one that is taken whole."""
    parent, role = place.parent, place.role
    if role in ("test", "ifs"):
        return "test"
    if role == "iter":
        return "iter"
    if role == "value":
        return (
            "return"
            if isinstance(parent, ast.Return)
            else "value"
            if isinstance(parent, ast.Assign | ast.AugAssign)
            else ""
        )
    if role == "args":
        return "argument"
    if role == "slice" and not isinstance(place.node, ast.Slice):
        return "index"
    return "side" if role in ("left", "right", "comparators", "elt", "lower", "upper") else ""


@dataclass(frozen=True)
class _Run:
    """Some neighbouring statements; `size` counts them and those inside, `loops` tells whether a loop is among them."""

    statements: tuple[ast.stmt, ...]
    size: int
    loops: bool

    def may_stand_for(self, other: _Run) -> bool:
        """Return whether it may: loops for loops, and not much more than was there."""
        return self.loops == other.loops and self.size <= other.size + 1


def _statements(text: Text, function: ast.FunctionDef, theirs: ast.FunctionDef, namings: _Namings) -> Iterator[Change]:
    pieces = [(run, piece) for block in _blocks(theirs) for run in _runs(block) for piece in namings.statements(run)]
    small = [(run, piece) for run, piece in pieces if len(run.statements) == 1 and not run.loops]
    alone = _Alone(text, function)
    for block in _blocks(function):
        whole = block[-1] is function.body[-1]
        for mine in _runs(block):
            if whole and len(mine.statements) == len(block):
                continue
            for run, (piece, effort) in pieces:
                if run.may_stand_for(mine):
                    other_kind = type(run.statements[0]) is not type(mine.statements[0])
                    more = effort + (mine.size + run.size) / 10 + other_kind / 2
                    yield alone.of(_put(text, mine, piece, more), piece)
        for statement in block:
            for run, (piece, effort) in small:
                more = effort + 0.2 + run.size / 10
                for change in _inserted(text, statement, piece, more, first=statement is block[0]):
                    yield alone.of(change, piece)


def _blocks(function: ast.FunctionDef) -> Iterator[list[ast.stmt]]:
    """Yield every block of statements, without docstrings and `...`."""
    for node in ast.walk(function):
        for name in ("body", "orelse"):
            block = getattr(node, name, None)
            if isinstance(block, list) and block and isinstance(block[0], ast.stmt):
                kept = [
                    each for each in block if not (isinstance(each, ast.Expr) and isinstance(each.value, ast.Constant))
                ]
                if kept:
                    yield kept


def _runs(block: Sequence[ast.stmt]) -> Iterator[_Run]:
    """Yield every run of a few neighbours."""
    sizes = [sum(isinstance(node, ast.stmt) for node in ast.walk(each)) for each in block]
    loops = [isinstance(each, _LOOPS) for each in block]
    for length in range(1, min(_LONGEST_RUN, len(block)) + 1):
        for start in range(len(block) - length + 1):
            part = slice(start, start + length)
            yield _Run(tuple(block[part]), sum(sizes[part]), any(loops[part]))


def _put(text: Text, mine: _Run, piece: str, effort: float) -> Change:
    first, last = mine.statements[0], mine.statements[-1]
    what = later("with another statement there") if mine.size == 1 else BLOCK
    if mine.size == 1:
        effort -= _NEARER * _nearness(text.segment(first), piece)
    return text.put(first, last, text.block(piece, text.indent(first)), what, effort)


def _inserted(text: Text, statement: ast.stmt, piece: str, effort: float, *, first: bool) -> Iterator[Change]:
    indent = text.indent(statement)
    block = text.block(piece, indent)
    end, start = text.end(statement), text.start(statement)
    last = statement.end_lineno or statement.lineno
    yield Change(
        (Splice(end, end, f"\n{indent}{block}"),), later("with one more statement after it"), last, last, effort
    )
    if first:
        splice = Splice(start, start, f"{block}\n{indent}")
        yield Change((splice,), later("with one more statement before it"), statement.lineno, statement.lineno, effort)


class _Namings:
    """How the names of another function can be told in the student's."""

    def __init__(self, function: ast.FunctionDef, names: Names, theirs: ast.FunctionDef, their_names: Names) -> None:
        self._names = names
        self._parameters = dict(zip(their_names.parameters, names.parameters, strict=False))
        self._missing = set(their_names.parameters) - set(self._parameters)
        self._locals = [name for name in their_names.own if name not in their_names.parameters]
        mine, other = _uses(function), _uses(theirs)
        self._alike = {
            name: sorted(names.own, key=lambda own: -_likeness(other[name], mine[own]))[:_MOST_ALIKE]
            for name in self._locals
        }

    def expression(self, node: ast.expr) -> Iterator[str]:
        return self._renamed(node, frozenset())

    def statements(self, run: _Run) -> Iterator[tuple[str, float]]:
        module = ast.Module(list(run.statements), [])
        bound = frozenset(
            node.id for node in ast.walk(module) if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store)
        )
        for rank, renamed in enumerate(self._renamed(module, bound)):
            yield renamed, 2.0 + rank / 10

    def _renamed(self, node: ast.AST, bound: frozenset[str]) -> Iterator[str]:
        """Yield its text under each naming. Names that it binds itself can stay, if they are nobody else's."""
        used = list(dict.fromkeys(each.id for each in ast.walk(node) if isinstance(each, ast.Name)))
        inner = {
            each.id
            for part in ast.walk(node)
            if isinstance(part, ast.comprehension)
            for each in ast.walk(part.target)
            if isinstance(each, ast.Name)
        }
        if any(name in self._missing or not self._can_say(name) for name in used if name not in inner):
            return
        free = [name for name in used if name in self._locals and name not in inner]
        options = [self._options(name, name in bound) for name in free]
        fixed = {name: self._parameters[name] for name in used if name in self._parameters}
        text = ast.unparse(node)
        for chosen in islice(product(*options), _MOST_NAMINGS):
            if len(set(chosen)) == len(chosen):
                yield _with_names(text, fixed | dict(zip(free, chosen, strict=True)))

    def _can_say(self, name: str) -> bool:
        return name in self._parameters or name in self._locals or name in _BUILTINS or name in self._names.known

    def _options(self, name: str, bound: bool) -> list[str]:
        fresh = name if name not in self._names.own else f"{name}_"
        if not bound:
            return self._alike[name]
        return [*(own for own in self._alike[name] if own not in self._names.parameters), fresh]


def _with_names(text: str, names: Mapping[str, str]) -> str:
    """Return a text under other names. A word of a string may be caught too: then it is one try in vain."""
    return _NAME.sub(lambda match: names.get(match[0], match[0]), text)


def _uses(function: ast.FunctionDef) -> dict[str, set[str]]:
    """Say what is done with each name in a function, in a few words."""
    uses: dict[str, set[str]] = defaultdict(set)
    for node in ast.walk(function):
        for use, part in _used(node):
            for each in ast.walk(part) if use.startswith(("for", "in ")) else [part]:
                if isinstance(each, ast.Name):
                    uses[each.id].add(use)
    return uses


def _used(node: ast.AST) -> Iterator[tuple[str, ast.AST]]:
    if isinstance(node, ast.For):
        yield f"for {_called(node.iter)}", node.target
        yield "for", node.target
        yield "iterated", node.iter
    elif isinstance(node, ast.Assign):
        for target in node.targets:
            yield f"= {type(node.value).__name__} {_called(node.value)}", target
            yield "=", target
    elif isinstance(node, ast.AugAssign):
        yield "+=", node.target
    elif isinstance(node, ast.Subscript):
        yield "indexed", node.value
        yield "in index", node.slice
    elif isinstance(node, ast.Attribute):
        yield f".{node.attr}", node.value
    elif isinstance(node, ast.Compare):
        for side in (node.left, *node.comparators):
            yield "compared", side
        if isinstance(node.ops[0], ast.In | ast.NotIn):
            yield "searched", node.comparators[0]
    elif isinstance(node, ast.Return) and node.value is not None:
        yield "returned", node.value
        yield "in return", node.value
    elif isinstance(node, ast.Call):
        for argument in node.args:
            yield f"to {_called(node)}", argument
    elif isinstance(node, ast.BinOp):
        yield "operand", node.left
        yield "operand", node.right


def _nearness(one: str, other: str) -> float:
    """Return how much two texts have in common, from 0 to 1."""
    return SequenceMatcher(None, one, other, autojunk=False).quick_ratio()


def _called(node: ast.AST) -> str:
    if not isinstance(node, ast.Call):
        return ""
    return (
        node.func.id
        if isinstance(node.func, ast.Name)
        else node.func.attr
        if isinstance(node.func, ast.Attribute)
        else ""
    )


def _likeness(one: set[str], other: set[str]) -> float:
    return len(one & other) / (len(one | other) or 1)
