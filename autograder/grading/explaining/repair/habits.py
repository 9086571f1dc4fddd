"""Slips that come from another language or from half a formula, each at all places of a function where it is made.

`*` for the product of matrices and `^` for a power, as in MATLAB; the shares of the numbers for those of their
exponentials; a cosine for the dot product. It must not know what comes of a change.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator, Sequence
from itertools import groupby

from autograder.grading.explaining.repair.change import Change, Splice, Text, last_line
from autograder.language import later

#: What is a matrix by its name, or by what is done to it.
_MATRIX = re.compile(r"(self\.)?[A-Z]\w*(\[.*\])?|.*\.(T|t\(\)|transpose\(.*\))|(np|torch)\.(diag|eye)\(.*\)")
_LIBRARIES = ("torch", "numpy")
_COSINE = frozenset({"cosine_similarity", "CosineSimilarity"})


def habits(text: Text, function: ast.FunctionDef, *, numeric: bool) -> Iterator[Change]:
    """Yield what undoes them."""
    operations = [node for node in ast.walk(function) if isinstance(node, ast.BinOp)]
    yield from _all_and_by_line(
        text, [node for node in operations if isinstance(node.op, ast.BitXor)], "**", later("a power")
    )
    if not numeric:
        return
    products = [node for node in operations if isinstance(node.op, ast.Mult)]
    of_matrices = [node for node in products if any(_is_matrix(text, each) for each in (node.left, node.right))]
    for each in (of_matrices, products) if len(products) > len(of_matrices) else (products,):
        yield from _all_and_by_line(text, each, "@", later("a matrix product"))
    library = _library(text.tree)
    for node in operations if library else ():
        yield from _exponentials(text, node, library)
    for call in ast.walk(function):
        if isinstance(call, ast.Call):
            yield from _dot_product(text, call)


def _is_matrix(text: Text, node: ast.expr) -> bool:
    return _MATRIX.fullmatch(text.segment(node)) is not None


def _all_and_by_line(text: Text, nodes: Sequence[ast.BinOp], sign: str, what: str) -> Iterator[Change]:
    """Yield another sign at all these places, and at those of each line: the sign alone, so that what binds first is
    what its author meant to.
    """
    ordered = sorted({splice: node for node in nodes if (splice := _of_sign(text, node, sign))}.items())
    lines = [list(group) for _, group in groupby(ordered, key=lambda each: each[1].lineno)]
    for some in (ordered, *(lines if len(lines) > 1 else ())):
        if some:
            numbers = tuple(dict.fromkeys(node.lineno for _, node in some))
            splices = tuple(splice for splice, _ in some)
            yield Change(splices, f"with {what} there", numbers[0], last_line(some[-1][1]), 1.0, numbers)


def _of_sign(text: Text, node: ast.BinOp, sign: str) -> Splice | None:
    """What puts another sign between two operands."""
    end, start = text.end(node.left), text.start(node.right)
    between = re.fullmatch(rb"[\s)]*([*^])[\s(]*", text.source[end:start])
    return Splice(end + between.start(1), end + between.end(1), sign) if between else None


def _library(tree: ast.Module) -> str:
    """What a program calls the library whose `exp` takes its arrays."""
    imports = [each for node in tree.body if isinstance(node, ast.Import) for each in node.names]
    imported = {each.name: each.asname or each.name for each in imports}
    return next((imported[name] for name in _LIBRARIES if name in imported), "")


def _exponentials(text: Text, node: ast.BinOp, library: str) -> Iterator[Change]:
    """Yield `exp(s) / exp(s).sum()` for `s / s.sum()`."""
    numbers, total = text.segment(node.left), text.segment(node.right)
    whole = re.compile(rf"(?<![\w.]){re.escape(numbers)}(?!\w)")
    if isinstance(node.op, ast.Div) and "sum" in total and whole.search(total):
        powers = f"{library}.exp({numbers})"
        put = f"{powers} / ({whole.sub(lambda _: powers, total)})"
        yield text.expression(node, put, later("the exponentials of these numbers"), 0.9)


def _dot_product(text: Text, call: ast.Call) -> Iterator[Change]:
    """Yield the product itself for one that is divided by both lengths."""
    name = call.func.attr if isinstance(call.func, ast.Attribute) else getattr(call.func, "id", "")
    if name in _COSINE and len(call.args) >= 2:
        one, other = map(text.segment, call.args[:2])
        axes = [each.value for each in call.keywords if each.arg in ("dim", "axis")] or call.args[2:3]
        axis = text.segment(axes[0]) if axes else "1"
        put = f"(({one}) * ({other})).sum({axis})"
        yield text.expression(call, put, later("the product, not divided by the lengths"), 0.9)
