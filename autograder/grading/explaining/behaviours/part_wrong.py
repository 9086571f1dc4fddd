"""Of several parts of an answer, the same ones are wrong each time, and the others right."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from autograder.grading.explaining.behaviours.answer_parts import are_alike, parts_of
from autograder.grading.explaining.behaviours.claim import Case, Claim, of_wrong
from autograder.grading.explaining.behaviours.probe import Probe
from autograder.language import tr, tr_n


def claims(probe: Probe) -> Iterator[Claim]:
    case = probe.wrong[0]
    parts = parts_of(case.right.value) if case.both_answered else {}
    wrong = [name for name in parts if _is_wrong(case, name)]
    if 0 < len(wrong) < len(parts):
        named = tr(" and ").join(wrong)
        title = tr_n("of its answer, {parts} is wrong", "of its answer, {parts} are wrong", len(wrong), parts=named)
        text = tr(
            "The rest of the answer is right: {parts}.",
            parts=tr(" and ").join(name for name in parts if name not in wrong),
        )
        yield Claim(title, text, _only(wrong))


def _only(names: list[str]) -> Callable[[Case], bool | None]:
    @of_wrong
    def holds(case: Case) -> bool:
        parts = parts_of(case.right.value) if case.both_answered else {}
        if not parts or parts.keys() != parts_of(case.answer.value).keys():
            return False
        return not any(_is_wrong(case, name) for name in parts if name not in names)

    return holds


def _is_wrong(case: Case, name: str) -> bool:
    answer = parts_of(case.answer.value)
    return name not in answer or not are_alike(case, answer[name], parts_of(case.right.value)[name])
