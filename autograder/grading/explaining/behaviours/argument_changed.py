"""An argument is changed: seen from outside, or while the function still needs it (right when it reads copies)."""

from __future__ import annotations

import ast
import builtins
from collections.abc import Iterator, Sequence

import numpy as np

from autograder.course.program_files import parsed
from autograder.grading.asking import tried
from autograder.grading.explaining.behaviours.claim import Case, Claim, of_wrong
from autograder.grading.explaining.behaviours.probe import Probe
from autograder.grading.explaining.behaviours.signatures import own_function
from autograder.language import tr, tr_n
from autograder.sandbox.values import Tensor

_COPY = "_copy_of_the_argument"
_MOST_ASKED = 6  # wrong answers that copies have to mend


def claims(probe: Probe) -> Iterator[Claim]:
    changed = next((case.answer.remarks.changed for case in probe.wrong if case.answer.remarks.changed), [])
    if changed:
        found = [f"`{name}`" for name in dict.fromkeys(changed)]
        names = tr(" and ").join(found)
        text = tr_n(
            "Its values are right, but after the call {names} isn't what it was before.",
            "Its values are right, but after the call {names} aren't what they were before.",
            len(found),
            names=names,
        )
        title = tr_n("it changes its argument {names}", "it changes its arguments {names}", len(found), names=names)
        yield Claim(title, text, _only_changes)
    if (source := reading_copies(probe.source, probe.function)) is not None:
        asked = probe.wrong[:_MOST_ASKED]
        # What chance, or an earlier call, makes wrong may be right in a new process without any copies.
        if asked and all(_rightly(probe, source, asked)) and not any(_rightly(probe, probe.source, asked)):
            those = {*map(id, asked)}
            title = tr("it changes an argument that it still needs")
            said = tr(
                "When every use of an argument gets a copy of its own, the answers are right. So something changes an "
                "argument in place: {names}.",
                names=_same(probe),
            )
            yield Claim(title, said, lambda case: id(case) in those or None)


def _rightly(probe: Probe, source: str, asked: Sequence[Case]) -> Iterator[bool]:
    """For each of some cases, whether the program of a source, in a process of its own, answers it rightly."""
    with probe.variant(source) as program:
        yield from (case.answered_rightly(tried(case.call.ask, program)) for case in asked)


def _same(probe: Probe) -> str:
    """Say what is no copy, of the kind of thing that the arguments are."""
    given = [each for case in probe.wrong for each in (*case.call.arguments, *case.call.keywords.values())]
    if any(isinstance(each, np.ndarray | Tensor) for each in given):
        return tr("a second name for an array, or a slice of it, is the same array")
    return tr("a second name for a list or a dict stands for the same one")


@of_wrong
def _only_changes(case: Case) -> bool:
    return bool(case.answer.remarks.changed) and case.asked.keep_arguments and case.right_but_for_side_effects


def reading_copies(source: str, function: str) -> str | None:
    """The source with every use of a parameter replaced by a copy; None where nothing in it is changed in place, or a
    loop waits for a change.
    """
    tree = parsed(source)
    if tree is None:
        return None
    found = own_function(tree, function)
    if found is None or not any(map(_changes_in_place, ast.walk(found))):
        return None
    names = {each.arg for each in (*found.args.posonlyargs, *found.args.args, *found.args.kwonlyargs)}
    assigned = {node.id for node in ast.walk(found) if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store)}
    if not names - assigned or any(_goes_on(node, names - assigned) for node in ast.walk(found)):
        return None
    found.body = [_Copying(names - assigned).visit(statement) for statement in found.body]
    keep = ", ".join(f"{name}={_COPY}({name})" for name in sorted(names - assigned))
    found.body.insert(0, ast.parse(f"{_COPY}_kept = dict({keep})").body[0])
    start = 1 if tree.body and isinstance(tree.body[0], ast.Expr) else 0
    while start < len(tree.body) and isinstance(tree.body[start], ast.ImportFrom):
        start += 1
    tree.body.insert(start, ast.parse(f"from copy import deepcopy as {_COPY}").body[0])
    return ast.unparse(ast.fix_missing_locations(tree))


class _Copying(ast.NodeTransformer):
    def __init__(self, names: set[str]) -> None:
        self._names = names

    def visit_Name(self, node: ast.Name) -> ast.expr:
        if node.id not in self._names or not isinstance(node.ctx, ast.Load):
            return node
        return ast.parse(f"{_COPY}({_COPY}_kept[{node.id!r}])", mode="eval").body


def _goes_on(node: ast.AST, copied: set[str]) -> bool:
    """Whether nothing ends a loop whose condition reads copied names and no other of the function's."""
    if not isinstance(node, ast.While) or any(isinstance(each, ast.Break | ast.Return) for each in ast.walk(node)):
        return False
    names = {each.id for each in ast.walk(node.test) if isinstance(each, ast.Name)}
    return bool(names & copied) and not names - copied - {*dir(builtins)}


def _changes_in_place(node: ast.AST) -> bool:
    """Whether a statement may change an object that somebody else holds too."""
    if isinstance(node, ast.AugAssign):
        return True
    if isinstance(node, ast.Assign):
        return any(isinstance(target, ast.Subscript) for target in node.targets)
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
        name = node.func.attr
        return name in ("sort", "reverse", "append", "pop", "insert", "fill", "clear") or name.endswith("_")
    return False
