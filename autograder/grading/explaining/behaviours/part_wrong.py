"""Of several parts of an answer, the same ones are wrong each time, and the others right."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from autograder.grading.explaining.behaviours.probe import Case, Claim, Probe, are_alike
from autograder.language import tr, tr_n


def claims(probe: Probe) -> Iterator[Claim]:
    case = probe.wrong[0]
    parts = _parts(case.right.value) if case.both_answered else {}
    wrong = [name for name in parts if _is_wrong(case, name)]
    if 0 < len(wrong) < len(parts):
        title = tr_n(
            "{parts} of the answer is wrong", "{parts} of the answer are wrong", len(wrong), parts=", ".join(wrong)
        )
        text = tr(
            "What else is in the answer is right: {parts}.",
            parts=", ".join(name for name in parts if name not in wrong),
        )
        yield Claim(title, text, _only(wrong))


def _only(names: list[str]) -> Callable[[Case], bool | None]:
    def holds(case: Case) -> bool | None:
        if not case.wrong:
            return None
        parts = _parts(case.right.value) if case.both_answered else {}
        if not parts or parts.keys() != _parts(case.answer.value).keys():
            return False
        return not any(_is_wrong(case, name) for name in parts if name not in names)

    return holds


def _parts(value: Any) -> dict[str, Any]:
    if isinstance(value, dict):
        return {f"`{name}`": part for name, part in value.items()}
    if isinstance(value, tuple):
        return {
            tr("part {number} of {total}", number=number, total=len(value)): part
            for number, part in enumerate(value, 1)
        }
    return {}


def _is_wrong(case: Case, name: str) -> bool:
    answer = _parts(case.answer.value)
    return name not in answer or not are_alike(case, answer[name], _parts(case.right.value)[name])
