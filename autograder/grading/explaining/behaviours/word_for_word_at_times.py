"""One answer of a few stands at times where another would be right, and nothing simple tells when."""

from __future__ import annotations

from collections.abc import Iterator

from autograder.grading.explaining.behaviours.probe import Case, Claim, Probe
from autograder.grading.explaining.behaviours.word_for_word import swapped


def claims(probe: Probe) -> Iterator[Claim]:
    swaps = swapped(probe)

    def holds(case: Case) -> bool | None:
        return (case.right.value, case.answer.value) in swaps if case.wrong and case.both_answered else None

    if len(swaps) == 1:
        ((right, answer),) = swaps
        title = f"at times it answers {answer!r} where {right!r} is right"
        yield Claim(title, "No other answer was wrong, in every question that was asked.", holds)
