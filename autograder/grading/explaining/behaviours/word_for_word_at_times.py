"""One answer of a few stands at times where another would be right, and nothing simple tells when."""

from __future__ import annotations

from collections.abc import Iterator

from autograder.grading.explaining.behaviours.claim import Case, Claim
from autograder.grading.explaining.behaviours.probe import Probe
from autograder.grading.explaining.behaviours.word_for_word import swapped
from autograder.language import tr


def claims(probe: Probe) -> Iterator[Claim]:
    swaps = swapped(probe)

    def holds(case: Case) -> bool | None:
        return (case.right.value, case.answer.value) in swaps if case.wrong and case.both_answered else None

    rights, answers = ({swap[side] for swap in swaps} for side in (0, 1))
    if len(rights) == 1 or len(answers) == 1:
        right, answer = (repr(*side) if len(side) == 1 else tr("something else") for side in (rights, answers))
        title = tr("at times it answers {answer} where {right} is right", answer=answer, right=right)
        yield Claim(title, tr("No other answer was wrong, in every question that was asked."), holds)
