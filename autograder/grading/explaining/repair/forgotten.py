"""What a function is given or sets and never reads: put in as one more term or factor, or in place of something else.

A bias that stands in no sum, or a query that is computed while the scores are made of something else. It must not know
what comes of a change.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from itertools import islice, product

from autograder.grading.explaining.repair.change import Change, Text
from autograder.grading.explaining.repair.names import Names
from autograder.grading.explaining.repair.places import Place, places
from autograder.language import later

#: Names that are tried: where many are never read, that isn't what is wrong.
_MOST_FORGOTTEN = 4
#: Attributes that belong together, as `self.W_z` and `self.b_z` do.
_FAMILY = re.compile(r"(self\.\w+_)([^\W_]+)")
_REPLACED = ast.Name | ast.Subscript | ast.Attribute | ast.Call
_JOINED = ast.Name | ast.Subscript | ast.Attribute | ast.Call | ast.BinOp


def forgotten(text: Text, function: ast.FunctionDef, names: Names) -> Iterator[Change]:
    """Yield what reads them."""
    added = [*islice(_never_read(text.tree, function, names), _MOST_FORGOTTEN)]
    for place in places(function) if added else ():
        node, segment = place.node, text.segment(place.node)
        if place.role == "func" or segment in names.not_values:
            continue
        for name in _with_a_value(added, node, names):
            if isinstance(node, _JOINED) and _is_whole(place):
                yield text.expression(node, f"{segment} + {name}", later("one more term"), 0.3)
                yield text.expression(node, f"({segment}) * {name}", later("one more factor"), 0.5)
            if isinstance(node, _REPLACED):
                named, what = later("with another name there"), f"with {later('another expression')} there"
                yield text.put(node, node, name, named if isinstance(node, ast.Name) else what, 0.5)


def _with_a_value(added: list[str], node: ast.expr, names: Names) -> list[str]:
    """Those that can have a value where a node is evaluated."""
    known = names.set_before(node)
    return [name for name in added if name.startswith("self.") or name in known]


def _never_read(tree: ast.Module, function: ast.FunctionDef, names: Names) -> Iterator[str]:
    yield from (name for name in names.own if name not in names.read and not name.startswith("_"))
    if names.parameters[:1] != ["self"] or function.name == "__init__":
        return
    parts = [match.groups() for each in names.attributes if (match := _FAMILY.fullmatch(each))]
    firsts, lasts = (dict.fromkeys(each) for each in zip(*parts, strict=True)) if parts else ({}, {})
    family = (f"{first}{last}" for first, last in product(firsts, lasts))
    everywhere = {ast.unparse(node) for node in ast.walk(tree) if isinstance(node, ast.Attribute)}
    set_up = (each for each in sorted(everywhere) if _FAMILY.fullmatch(each))
    yield from (each for each in dict.fromkeys([*family, *set_up]) if each not in names.attributes)


def _is_whole(place: Place) -> bool:
    """Whether an expression is all that a call gets, or a variable, or a factor of a product."""
    return not isinstance(place.parent, ast.BinOp | ast.Attribute | ast.Subscript) or (
        isinstance(place.parent, ast.BinOp) and not isinstance(place.parent.op, ast.Add | ast.Sub)
    )
