"""Small changes to a program, one at a time: what a slip of the keyboard or of the mind could have made of it.

Works on the syntax tree and on nothing else; whether a change matters is not known here. Names, annotations, decorators
and docstrings stay as they are. (The kept libraries, mutmut and cosmic-ray, run a test suite over changed files in the
suite's own process; here a changed program is a submission, behind the wall like any other.)
"""

from __future__ import annotations

import ast
from collections.abc import Iterator, MutableMapping, MutableSequence
from dataclasses import dataclass
from typing import Any

from autograder.grading.explaining.repair.slips import slips
from autograder.sandbox.cells import place

_NOT_PROGRAM = frozenset({"annotation", "returns", "decorator_list", "type_params"})
_MAX_SHOWN = 70


@dataclass(frozen=True)
class Mutant:
    """A changed program; `description` reads `line 12: Mult->Div: a * b`, with the text before the change."""

    line: int
    description: str
    source: str


def mutants(source: str) -> Iterator[Mutant]:
    """Yield every mutant of a program, each text once, in the order of the program."""
    tree = ast.parse(source)
    seen = {ast.unparse(tree)}
    for site in list(_sites(tree)):
        for what, replacement in slips(site.node):
            changed = site.changed_to(replacement, tree)
            if changed not in seen:
                seen.add(changed)
                line = getattr(site.node, "lineno", 1)
                shown = " ".join(ast.unparse(site.node).split())[:_MAX_SHOWN].rstrip()
                yield Mutant(line, f"{place(source, line)}: {what}: {shown}", changed)


@dataclass(frozen=True)
class _Site:
    """A place in the tree: a node, and where its parent keeps it."""

    node: ast.AST
    shelf: MutableMapping[str, Any] | MutableSequence[Any]
    key: Any

    def changed_to(self, replacement: ast.AST, tree: ast.Module) -> str:
        """Return the program's text with another node here; the tree itself is as it was afterwards."""
        self.shelf[self.key] = ast.fix_missing_locations(ast.copy_location(replacement, self.node))
        try:
            return ast.unparse(tree)
        finally:
            self.shelf[self.key] = self.node


def _sites(parent: ast.AST) -> Iterator[_Site]:
    for name, value in ast.iter_fields(parent):
        if name in _NOT_PROGRAM:
            continue
        kept: Any = value if isinstance(value, list) else vars(parent)
        for key, child in list(enumerate(value)) if isinstance(value, list) else [(name, value)]:
            if isinstance(child, ast.AST) and not _is_text(child):
                yield _Site(child, kept, key)
                yield from _sites(child)


def _is_text(node: ast.AST) -> bool:
    """Return whether a statement is a constant alone: a docstring, or `...`."""
    return isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
