"""A change to a program's text, and where the text of each part of its syntax tree lies.

It must not know why a change is tried, or what comes of it.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

_LINE_END = re.compile(rb"\r\n|\r|\n")
_UNPARENTHESIZED = ast.Name | ast.List | ast.Dict | ast.Set | ast.ListComp | ast.SetComp | ast.DictComp
_WITH_LINES_OF_THEIR_OWN = (
    ast.If, ast.For, ast.While, ast.With, ast.Try, ast.Match, ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef,
)  # fmt: skip


@dataclass(frozen=True, order=True)
class Splice:
    """Bytes `start` to `end` of a source become `text`."""

    start: int
    end: int
    text: str


@dataclass(frozen=True)
class Change:
    """One edit. `what` says in a phrase what is otherwise then ("with another operation there").

    Lines are 1-based, both included.

    `effort` orders changes: the likelier one that a person would make has less. `lines`: those of a change at several
    places, where that isn't all between.
    """

    splices: tuple[Splice, ...]
    what: str
    line: int
    last_line: int
    effort: float = 1.0
    lines: tuple[int, ...] = ()

    def overlaps(self, other: Change) -> bool:
        spans = sorted((splice.start, splice.end) for splice in (*self.splices, *other.splices))
        return any(left_end > right_start for (_, left_end), (right_start, _) in pairwise(spans))

    def told_before(self, splice: Splice, source: bytes) -> Change:
        """Return a change of what a splice has made of a source, with the lines that the source has there."""
        first = _line_ends(source[: splice.start]) + 1
        last = first + _line_ends(source[splice.start : splice.end])
        end = first + _line_ends(splice.text.encode())

        def earlier(line: int, within: int) -> int:
            return line if line < first else line - end + last if line > end else within

        lines = tuple(dict.fromkeys(earlier(line, first) for line in self.lines))
        return replace(self, line=earlier(self.line, first), last_line=earlier(self.last_line, last), lines=lines)


def _line_ends(source: bytes) -> int:
    return sum(1 for _ in _LINE_END.finditer(source))


def changed(source: bytes, splices: Sequence[Splice]) -> str:
    """Return the text with all splices made; they don't overlap."""
    parts, end = [], 0
    for splice in sorted(splices):
        parts += [source[end : splice.start], splice.text.encode()]
        end = splice.end
    return b"".join([*parts, source[end:]]).decode()


def last_line(node: ast.expr | ast.stmt) -> int:
    """Return the line on which a node ends: of what a parser made, that is known."""
    return node.end_lineno or node.lineno


class Text:
    """A source, its tree, and what makes changes of nodes."""

    def __init__(self, source: str) -> None:
        """Raises SyntaxError, or ValueError for a source that no parser takes."""
        self.source = source.encode()
        self.tree = ast.parse(source)
        self._starts = [0, *(match.end() for match in _LINE_END.finditer(self.source))]

    @classmethod
    def of(cls, source: str) -> Text | None:
        """Return the text of a source; None for one that no parser takes."""
        try:
            return cls(source)
        except (SyntaxError, ValueError, RecursionError):
            return None

    def start(self, node: ast.expr | ast.stmt) -> int:
        return self._starts[node.lineno - 1] + node.col_offset

    def end(self, node: ast.expr | ast.stmt) -> int:
        assert node.end_col_offset is not None
        return self._starts[last_line(node) - 1] + node.end_col_offset

    def segment(self, node: ast.expr | ast.stmt) -> str:
        return self.source[self.start(node) : self.end(node)].decode()

    def indent(self, node: ast.stmt) -> str:
        """Return the blanks before a statement; those of its block where it shares its line."""
        line = self.source[self._starts[node.lineno - 1] :]
        return line[: len(line) - len(line.lstrip(b" \t"))].decode()

    def before(self, node: ast.stmt, statement: str) -> Splice:
        """Put another statement in front of one; before an `elif`, that is no program at all."""
        start = self.start(node)
        between = f"\n{self.indent(node)}" if isinstance(node, _WITH_LINES_OF_THEIR_OWN) else "; "
        return Splice(start, start, f"{statement}{between}")

    def expression(self, node: ast.expr, text: str, what: str, effort: float = 1.0) -> Change:
        """Put another expression in a node's place."""
        return self.put(node, node, f"({text})", f"with {what} there", effort)

    def variant(self, node: ast.expr, other: ast.expr, what: str, effort: float = 1.0) -> Change:
        text = ast.unparse(other)
        text = text if isinstance(other, _UNPARENTHESIZED) else f"({text})"
        return self.put(node, node, text, f"with {what} there", effort)

    def put(
        self, first: ast.expr | ast.stmt, last: ast.expr | ast.stmt, text: str, what: str, effort: float = 1.0
    ) -> Change:
        """Put other text from the start of one node to the end of another."""
        splice = Splice(self.start(first), self.end(last), text)
        return Change((splice,), what, first.lineno, last_line(last), effort)

    def block(self, statements: Sequence[ast.stmt] | str, indent: str) -> str:
        """Return statements as text, the first without its indentation."""
        text = statements if isinstance(statements, str) else "\n".join(map(ast.unparse, statements))
        return f"\n{indent}".join(text.split("\n"))
