"""A softer word where nothing explains a mistake: one check's answers are exactly those of a known-wrong program.

What the program answers is certain, and said; what else is wrong isn't known. So it is no explanation, names nobody's
belief, and is counted nowhere. It must not know how it is shown.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import numpy as np
import numpy.typing as npt

from autograder.grading.asking import Outcome, leaves, tried
from autograder.grading.explaining.behaviours.answer_numbers import as_numbers
from autograder.grading.explaining.beliefs import Belief, answered, question_key
from autograder.grading.explaining.evidence import Evidence, Mistake, Part
from autograder.grading.tolerance import STANDARD, Array

#: Draws of a check's questions that are asked besides; to the first every belief's answers are known.
_DRAWS = ("", "1")
#: Numbers of an answer that are looked at.
_MOST_NUMBERS = 10_000
#: How far apart, relatively, two numbers can be that are the same.
_CLOSE = 1e-6
#: Different questions whose answers have to tell: of one alone, as a worked example is, two mistakes can say the same.
_LEAST = 2
#: Digits after which a number is no round one, which many programs give.
_ROUND = 2


class Resemblances:
    """The known-wrong programs that answer some failed check of a mistake just as the submission does. Asked once."""

    def __init__(self) -> None:
        self._found: dict[tuple[object, ...], list[tuple[str, Belief]]] = {}

    def checks(self, evidence: Evidence, mistake: Mistake) -> list[tuple[str, Belief]]:
        """Each such check, with the belief; where several answer it alike, none is meant."""
        key = mistake.functions, mistake.refusals, mistake.entry
        if key not in self._found:
            self._found[key] = list(_resembled(evidence, mistake))
        return self._found[key]

    def beliefs(self, evidence: Evidence, mistake: Mistake) -> list[Belief]:
        """The beliefs of all these checks."""
        return list({belief.misconception.id: belief for _, belief in self.checks(evidence, mistake)}.values())


def _resembled(evidence: Evidence, mistake: Mistake) -> Iterator[tuple[str, Belief]]:
    for check in () if mistake.of_arguments or mistake.aside or evidence.is_free(mistake) else mistake.checks_of_calls:
        if not any(_tells(evidence, part) for part in mistake.wrong if part.check == check):
            continue
        alike = [belief for belief in evidence.judge.diagnosis.beliefs if not belief.keeps_state]
        telling = set[bytes]()
        for part, key in _questions(evidence, mistake, check):
            alike = [belief for belief in alike if belief.fits(_strictly(part), key)]
            if not alike or evidence.seconds_left <= 0:
                break
            telling |= {question_key(part)} if _tells(evidence, part) else set()
        else:
            if len({belief.misconception.id for belief in alike}) == 1 and len(telling) >= _LEAST:
                yield check, alike[0]


def _questions(evidence: Evidence, mistake: Mistake, check: str) -> Iterator[tuple[Part, bytes]]:
    """All questions of a check, drawn anew and as they were, with the submission's answers; and what tells those apart
    that everybody is asked."""
    for draw in _DRAWS:
        for place, asked in enumerate(evidence.drawn(check, draw)):
            for part in answered(evidence, mistake, Part(f"{check} {place} {draw}", asked)):
                yield part, question_key(part)
    yield from ((part, b"") for part in evidence.about(mistake) if part.check == check)


def _strictly(part: Part) -> Part:
    """The same, compared as exactly as numbers can be, however tolerant its check is."""
    return replace(part, asked=replace(part.asked, tolerance=replace(STANDARD, equal=part.asked.tolerance.equal)))


def _tells(evidence: Evidence, part: Part) -> bool:
    """Whether a wrong answer is one that nobody gives by chance: it has a number of several digits that isn't right."""
    reference = evidence.judge.reference
    if reference is None or part.asked.accept is not None or part.asked.outcome.failure is not None:
        return False
    return _telling_number(part.asked.outcome, tried(part.asked.ask, reference))


def _telling_number(mine: Outcome, right: Outcome) -> bool:
    answer, expected = _numbers(mine.value), _numbers(right.value)
    if max(answer.size, expected.size) > _MOST_NUMBERS:
        return False
    unlike = answer[~_among(answer, expected)]
    with np.errstate(all="ignore"):
        unit = 10.0 ** (np.floor(np.log10(np.abs(unlike))) - _ROUND + 1)
        digits = np.abs(unlike / unit - np.round(unlike / unit))
    return bool((digits > 10.0**-_ROUND).any())


def _numbers(value: Any) -> Array:
    """All finite numbers in an answer, one after the other."""
    found = [as_numbers(leaf) for leaf in leaves(value)]
    flat = np.concatenate([np.zeros(0), *(each.ravel() for each in found if each is not None)])
    return np.asarray(flat[np.isfinite(flat)], dtype=float)


def _among(values: Array, others: Array) -> npt.NDArray[np.bool_]:
    """Which values are close to any of the others, with either sign."""
    if not others.size:
        return np.zeros(values.shape, dtype=bool)
    sizes = np.sort(np.abs(others))
    place = np.searchsorted(sizes, np.abs(values))
    near = np.minimum(*[np.abs(np.abs(values) - sizes[np.clip(place + step, 0, sizes.size - 1)]) for step in (-1, 0)])
    close: npt.NDArray[np.bool_] = near <= _CLOSE * np.abs(values)
    return close
