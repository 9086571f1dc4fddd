"""The right numbers in the wrong form: type, container, shape, dtype; or a dict without some of its keys."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import numpy as np

from autograder.course.program_files import parsed
from autograder.grading.explaining.behaviours.answer_numbers import numeric_pairs, only_pair
from autograder.grading.explaining.behaviours.answer_parts import are_alike
from autograder.grading.explaining.behaviours.claim import Case, Claim, of_wrong
from autograder.grading.explaining.behaviours.probe import Probe
from autograder.grading.kinds import describe, type_name
from autograder.language import tr


def claims(probe: Probe) -> Iterator[Claim]:
    case = probe.wrong[0]
    if not case.both_answered:
        return
    if missing := _missing(case):
        yield _lacking(case, missing)
    if kind := _wrapped(case):
        title = tr("the right answer comes inside {what}", what=describe(case.answer.value))
        yield Claim(title, _how_wrapped(probe, kind), of_wrong(lambda other: _wrapped(other) == kind))
    if _members_elsewhere(case):
        kinds = {"mine": type(case.answer.value).__name__, "right": type(case.right.value).__name__}
        title = tr("the members are right, but they come as a {mine}, and a {right} is asked for", **kinds)
        text = tr("Compared as a set, the answer is the right one: only its type isn't.")
        yield Claim(title, text, _members_elsewhere)
    if numeric_pairs(case) is not None:
        yield _numbers_in_other_form(case)
    if shape := _repeats(case):
        title = tr("one entry comes back for several that are alike")
        text = tr(
            "Repeated to the shape {shape} it would be right. Every entry is to be there, also if all are alike.",
            shape=shape,
        )
        yield Claim(title, text, of_wrong(lambda other: bool(_repeats(other))))
    text = tr("Its entries are the right ones, in their order, but in another shape.")
    yield Claim(tr("the entries are right, but the shape is not"), text, _right_entries, of_parts=True)


def _lacking(case: Case, missing: list[str]) -> Claim:
    mine, right = _keys(case.answer.value), _keys(case.right.value)
    return Claim(
        tr("the answer lacks {keys}", keys=", ".join(missing)),
        tr("It has {keys}; expected are {expected}.", keys=mine, expected=right),
        lambda other: _missing(other) == missing if other.wrong or other.both_answered else None,
        of_what_is_seen=True,
    )


def _numbers_in_other_form(case: Case) -> Claim:
    title = tr("the numbers are right, but not their form")
    if (clause := _form(case)) is not None:
        title = tr("the numbers are right, but they come as {form}", form=clause)
    place, answer, right = _differing(case, "", case.answer.value, case.right.value)
    told = _told(answer, right)
    text = tr(
        "The numbers are right. But {answer} came back, where {right} was expected.",
        answer=f"{tr('at {place}', place=place)} {told}" if place else told,
        right=_told(right, answer),
    )
    return Claim(title, text, _right_numbers)


def _missing(case: Case) -> list[str]:
    """Return the keys that a dict of the answer should have, and hasn't."""
    answer, right = case.answer.value, case.right.value
    if not (case.both_answered and isinstance(answer, dict) and isinstance(right, dict)):
        return []
    return [f"{key!r}" for key in right if key not in answer]


def _wrapped(case: Case) -> str:
    """Return `tuple` or `list` where the right answer is the only thing in one."""
    answer = case.answer.value
    inside = isinstance(answer, list | tuple) and len(answer) == 1 and not isinstance(case.right.value, list | tuple)
    alone = case.both_answered and inside and are_alike(case, answer[0], case.right.value)
    return type(answer).__name__ if alone else ""


def _how_wrapped(probe: Probe, kind: str) -> str:
    """Say what makes a tuple or a list of one thing, if the source shows it, and else what is to be returned."""
    returned = _returned(probe)
    alone = isinstance(returned, ast.Tuple | ast.List) and len(returned.elts) == 1
    if alone and isinstance(returned, ast.Tuple) and kind == "tuple":
        return tr("A comma behind what is returned makes a tuple of it.")
    if alone and isinstance(returned, ast.List) and kind == "list":
        return tr("Square brackets around what is returned make a list of it.")
    if kind == "tuple" and (call := _tells_places(returned)):
        return tr("`{call}` gives a tuple: an array of places for each axis.", call=call)
    return tr("What is asked for is its entry at `[0]`.")


def _returned(probe: Probe) -> ast.expr | None:
    """Return what a function returns, if it returns at one place alone, and what a name there is given at one alone."""
    tree = parsed(probe.source)
    own = [each for each in (tree.body if tree is not None else []) if getattr(each, "name", None) == probe.function]
    nodes = [*ast.walk(own[-1])] if own else []
    returned = [each.value for each in nodes if isinstance(each, ast.Return)]
    if len(returned) == 1 and isinstance(returned[0], ast.Name):
        name = returned[0].id
        stored = [each for each in nodes if isinstance(each, ast.Name) and isinstance(each.ctx, ast.Store)]
        if [each.id for each in stored].count(name) == 1:
            given = [each for each in nodes if isinstance(each, ast.Assign)]
            returned = [each.value for each in given if ast.unparse(each.targets[0]) == name] or returned
    return returned[0] if len(returned) == 1 else None


def _tells_places(node: ast.expr | None) -> str:
    """Return what is called where numpy tells places as a tuple of arrays: `np.where` with a condition alone, say."""
    if not isinstance(node, ast.Call) or ast.unparse(node.func) not in ("np.where", "np.nonzero", "numpy.where"):
        return ""
    return ast.unparse(node.func) if len(node.args) == 1 and not node.keywords else ""


@of_wrong
def _members_elsewhere(case: Case) -> bool:
    """Return whether the right members came in a list or a tuple for a set, or the other way round."""
    answer: Any = case.answer.value if case.both_answered else None
    right: Any = case.right.value
    kinds = {type(answer), type(right)}
    if len(kinds) < 2 or not kinds <= {list, tuple, set, frozenset} or kinds <= {list, tuple}:
        return False
    try:
        return frozenset(answer) == frozenset(right)
    except TypeError:
        return False


def _keys(values: dict[Any, Any]) -> str:
    return tr("the keys {keys}", keys=", ".join(map(repr, values))) if values else tr("no keys")


def _form(case: Case) -> str | None:
    kind = type(case.answer.value).__name__
    if kind != type(case.right.value).__name__:
        return {
            "list": tr("a list"),
            "tuple": tr("a tuple"),
            "ndarray": tr("a numpy array"),
            "Tensor": tr("a tensor"),
        }.get(kind)
    dtype = getattr(case.answer.value, "dtype", None)
    return None if dtype is None else f"{dtype}"


def _differing(case: Case, place: str, answer: Any, right: Any) -> tuple[str, Any, Any]:
    """Return the innermost place where two values have another form, and what stands there."""
    pairs: list[tuple[str, Any, Any]] = []
    if isinstance(answer, dict) and isinstance(right, dict):
        pairs = [(f"[{key!r}]", answer[key], right[key]) for key in right if key in answer]
    elif isinstance(answer, list | tuple) and isinstance(right, list | tuple):
        pairs = [(f"[{number}]", *pair) for number, pair in enumerate(zip(answer, right, strict=False))]
    if describe(answer) != describe(right):
        return place, answer, right
    for inside, *pair in pairs:
        if not are_alike(case, *pair):
            return _differing(case, place + inside, *pair)
    return place, answer, right


def _told(value: Any, other: Any) -> str:
    """Return a value in words, with its type where the other one, which differs from it, would be told alike."""
    words = describe(value)
    alike = words == describe(other)
    return tr("{what} of the type {type}", what=words, type=type_name(value)) if alike else words


@of_wrong
def _right_numbers(case: Case) -> bool:
    pairs = numeric_pairs(case) if not case.right_but_for_side_effects else None
    return pairs is not None and all(pair.agrees for pair in pairs)


def _repeats(case: Case) -> str:
    """Return the shape in which an answer would be right, if only repeating it to that shape makes it so."""
    pair = only_pair(case) if isinstance(case.right.value, np.ndarray) else None
    if pair is None or pair.answer.size >= pair.right.size:
        return ""
    try:
        repeated = np.broadcast_to(pair.answer, pair.right.shape)
    except ValueError:
        return ""
    return str(pair.right.shape) if replace(pair, answer=repeated).agrees else ""


@of_wrong
def _right_entries(case: Case) -> bool:
    pairs = numeric_pairs(case)
    if pairs is None or all(pair.answer.shape == pair.right.shape for pair in pairs):
        return False
    return all(replace(pair, answer=pair.answer.ravel(), right=pair.right.ravel()).agrees for pair in pairs)
