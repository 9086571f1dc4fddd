"""Answers in torch are right, and their gradient is not: on the way to it something leaves autograd.

It is looked for only where no plain answer is wrong.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

import numpy as np

from autograder.grading.asking import agrees
from autograder.grading.explaining.behaviours.answer_numbers import as_numbers
from autograder.grading.explaining.behaviours.answer_parts import are_alike
from autograder.grading.explaining.behaviours.claim import Case, Claim, of_wrong
from autograder.grading.explaining.behaviours.exception_raised import raised_at
from autograder.grading.explaining.behaviours.probe import Probe
from autograder.language import later, series, tr
from autograder.sandbox.program import Called
from autograder.sandbox.values import Tensor

#: Whose value has no gradient, as a method, an attribute or a function of torch.
_LEAVES_AUTOGRAD = frozenset(
    {".detach", ".detach_", ".data", ".item", ".tolist", ".numpy", "tensor", "no_grad", "inference_mode"}
)
_MOST_LINES = 4
#: What is said where a gradient is wrong and not 0, by what it is by.
_INCOMPLETE = {
    "state": (
        later("the gradient by the state isn't complete"),
        later(
            "Its answers are right, but on some of the ways from the state to the answer there is no gradient, or a "
            "wrong one."
        ),
    ),
    "inputs": (
        later("the gradient by its arguments isn't complete"),
        later(
            "Its answers are right, but on some of the ways from its arguments to the answer there is no gradient, or "
            "a wrong one."
        ),
    ),
}
#: Steps of a sequence whose answers are looked at.
_MOST_STEPS = 6


def of_right_answers(probe: Probe) -> Probe:
    """The same for those gradients alone whose plain answers are right, where other answers are wrong."""
    return replace(probe, cases=[case for case in probe.gradients if not case.wrong or _answers_rightly(probe, case)])


def claims(probe: Probe) -> Iterator[Claim]:
    yield from _raised(probe)
    lost = _lost_everywhere(probe)
    if lost:
        yield _nothing_reaches(probe, lost)
    for by, (title, text) in _INCOMPLETE.items():

        def is_incomplete(case: Case, by: str = by) -> bool:
            return _is_by(by, case) and not _lost(probe, case) and _answers_rightly(probe, case)

        yield Claim(tr(title), tr(text) + _where(probe), of_wrong(is_incomplete), _line(probe))


def _raised(probe: Probe) -> Iterator[Claim]:
    raised = probe.wrong[0].raised
    if raised is None or probe.wrong[0].refusal is not None:
        return
    line = raised.lines[-1].number if raised.lines else 0
    text = tr(
        "Its answers are right, but where their gradient is asked for, {type} is raised: {message}",
        type=raised.type,
        message=raised.message.strip() or tr("(no text)"),
    )

    @of_wrong
    def holds(case: Case) -> bool:
        same = case.raised is not None and case.raised.type == raised.type and _answers_rightly(probe, case)
        return same and (not line or raised_at(case, raised))

    title = tr("its gradient can't be computed: {type} is raised", type=raised.type)
    yield Claim(title, text if text.endswith(".") else f"{text}.", holds, line or None)


def _nothing_reaches(probe: Probe, lost: Sequence[str]) -> Claim:
    def holds(case: Case) -> bool | None:
        if not case.wrong:
            return None
        if not case.both_answered or not _answers_rightly(probe, case):
            return False
        return True if set(_lost(probe, case)) & set(lost) else None

    names = _named(probe, lost)
    title = tr("no gradient reaches {names}", names=names)
    text = tr("Its answers are right, but their gradient by {names} is 0, where it should not be.", names=names)
    if any(case.call.weights is not None for case in probe.wrong):  # which can leave a part of the answer out
        title = tr("no gradient of the check's loss reaches {names}", names=names)
        text = tr(
            "Its answers are right, but the gradient of the check's loss by {names} is 0, where it should not be.",
            names=names,
        )
    others = any(_is_by("state", case) and not set(_lost(probe, case)) & set(lost) for case in probe.wrong)
    text += " " + tr("Of the gradient by the state a part is missing, too.") if others else ""
    return Claim(title, text + _where(probe), holds, _line(probe))


def _named(probe: Probe, lost: Sequence[str]) -> str:
    """Name these in few words where they are all that there are."""
    named: list[str] = []
    of_all = {"state": tr("the state"), "inputs": tr("any of its arguments"), "parameters": tr("any of its parameters")}
    for by, all_of_them in of_all.items():
        parts = _all_parts(probe, by)
        found = [name for name in lost if name in parts]
        named += [all_of_them] if len(found) == len(parts) > 1 else found
    return series(named, tr(" or "))


def _all_parts(probe: Probe, gradient: str) -> list[str]:
    cases = [case for case in probe.cases if case.call.gradient == gradient and case.both_answered]
    return list(dict.fromkeys(name for case in cases for name in _parts(probe, case, case.right.value)))


def _lost_everywhere(probe: Probe) -> list[str]:
    """By what the gradient is 0 in every wrong case that has it, and should not be."""
    wrong = probe.wrong
    everywhere = [name for case in wrong for name in _lost(probe, case)]
    kept = {
        name
        for case in probe.cases
        for name in _parts(probe, case, case.answer.value)
        if name not in _lost(probe, case)
    }
    return [name for name in dict.fromkeys(everywhere) if name not in kept]


def _lost(probe: Probe, case: Case) -> list[str]:
    """By what the gradient is 0, and should not be."""
    if not case.both_answered:
        return []
    answer, right = _parts(probe, case, case.answer.value), _parts(probe, case, case.right.value)
    return [
        name
        for name, part in right.items()
        if name in answer and _is_zero(answer[name]) and not are_alike(case, answer[name], part)
    ]


def _parts(probe: Probe, case: Case, gradient: Any) -> Mapping[str, Any]:
    """A gradient by what it is by, in words."""
    if case.call.gradient == "parameters" and isinstance(gradient, dict):
        return {f"`{name}`": part for name, part in gradient.items()}
    if case.call.gradient == "inputs" and isinstance(gradient, tuple):
        named = [tr("the argument `{name}`", name=name) for name in probe.parameters[: len(gradient)]]
        unnamed = [tr("argument {number}", number=number + 1) for number in range(len(named), len(gradient))]
        return {name: part for name, part in zip([*named, *unnamed], gradient, strict=True) if part is not None}
    if isinstance(gradient, tuple):
        return {tr("part {number} of the state", number=number): part for number, part in enumerate(gradient, 1)}
    return {tr("the state"): gradient}


def _is_zero(part: Any) -> bool:
    numbers = as_numbers(part)
    return numbers is not None and not numbers.any()


def _is_by(by: str, case: Case) -> bool:
    return case.call.gradient == by and case.both_answered


def _answers_rightly(probe: Probe, case: Case) -> bool:
    """Whether the plain answers of which a gradient was asked are right; of a long sequence the first ones."""
    call = case.call
    if call.gradient != "state":
        return _is_right(probe, case, replace(call, gradient="", weights=None))[0]
    sequence, state = call.arguments
    for x in _sequence(sequence)[:_MOST_STEPS]:
        right, after = _is_right(probe, case, replace(call, arguments=(x, state), gradient="", weights=None))
        if not right:
            return False
        state = after
    return True


def _is_right(probe: Probe, case: Case, plain: Called) -> tuple[bool, Any]:
    right = probe.rightly(plain)
    return agrees(replace(case.asked, outcome=probe.again(plain)), right), right.value


def _sequence(values: Any) -> list[Any]:
    """The entries of an array, a tensor or a list along its first axis."""
    if isinstance(values, Tensor):
        return [Tensor(np.ascontiguousarray(each), values.dtype) for each in values.values]
    return list(values)


def _where(probe: Probe) -> str:
    """Say which lines have something that has no gradient; only that they have it is known."""
    found = _leaving(probe)
    if not found or len(found) > _MOST_LINES:
        return " " + tr(
            "So something on the way leaves autograd, as `.detach()`, `.data`, `.item()`, `torch.tensor(…)` and "
            "`torch.no_grad()` do."
        )
    lines = ", ".join(
        tr("`{name}` at line {line}", name=name if name.startswith(".") else f"torch.{name}", line=line)
        for line, name in found
    )
    return " " + tr("What goes through this has no gradient: {lines}.", lines=lines)


def _line(probe: Probe) -> int | None:
    found = _leaving(probe)
    return found[0][0] if len({line for line, _ in found}) == 1 else None


def _leaving(probe: Probe) -> list[tuple[int, str]]:
    """The lines with a name whose value has no gradient, each with it."""
    found = [
        (node.lineno, node.attr if _is_torch(node.value) else f".{node.attr}")
        for node in ast.walk(ast.parse(probe.source))
        if isinstance(node, ast.Attribute) and not (isinstance(node.value, ast.Name) and node.value.id == "self")
    ]
    return sorted({(line, name) for line, name in found if name in _LEAVES_AUTOGRAD})


def _is_torch(node: ast.expr) -> bool:
    return isinstance(node, ast.Name) and node.id == "torch"
