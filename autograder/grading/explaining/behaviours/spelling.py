"""The right word comes back, but not letter for letter: capital letters, blanks, a full stop."""

from __future__ import annotations

import re
from collections.abc import Iterator

from autograder.grading.explaining.behaviours.claim import Case, Claim, of_wrong
from autograder.grading.explaining.behaviours.probe import Probe
from autograder.language import tr


def claims(probe: Probe) -> Iterator[Claim]:
    case = probe.wrong[0]
    if _misspelt(case):
        text = tr(
            "It answers {answer!r} where {right!r} is right: capital letters, blanks and punctuation count, too.",
            answer=case.answer.value,
            right=case.right.value,
        )
        yield Claim(tr("its words are right, but not letter for letter"), text, _misspelt)


@of_wrong
def _misspelt(case: Case) -> bool:
    answer, right = case.answer.value, case.right.value
    return case.both_answered and isinstance(answer, str) and isinstance(right, str) and _bare(answer) == _bare(right)


def _bare(word: str) -> str:
    return re.sub(r"[\W_]+", "", word).casefold()
