"""Right to some digits only: rounded, computed in single precision, or an approximation."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import numpy as np

from autograder.grading.explaining.behaviours.answer_numbers import numeric_pairs
from autograder.grading.explaining.behaviours.claim import Case, Claim
from autograder.grading.explaining.behaviours.probe import Probe
from autograder.grading.tolerance import Array
from autograder.language import tr, tr_n

_MOST_DIGITS = 8
#: How far, relatively, a number is from one that was computed in another way.
_EXACT = 1e-12


def claims(probe: Probe) -> Iterator[Claim]:
    for digits in range(_MOST_DIGITS):
        places = tr_n("{n} decimal", "{n} decimals", digits) if digits else tr("whole numbers")
        text = tr(
            "Every number that comes back is rounded to {places}. Round what is shown, not what is returned.",
            places=places,
        )
        title = tr("the answer is rounded to {places}", places=places)
        yield Claim(title, text, _rounded_up_too(digits), of_parts=True)
        yield Claim(
            tr("the answer is rounded or cut off to {places}", places=places),
            tr(
                "Every number that comes back is rounded or cut off to {places}. Round what is shown, not what is "
                "returned.",
                places=places,
            ),
            _each(_rounded(digits), _is_short(digits)),
            of_parts=True,
        )
        yield Claim(
            tr("at times the answer is rounded or cut off to {places}", places=places),
            tr(
                "Every number that is wrong is rounded or cut off to {places}, and others aren't. Round what is shown, "
                "not what is returned.",
                places=places,
            ),
            _each(_rounded(digits)),
            of_parts=True,
        )
    yield Claim(
        tr("the answer has the digits of single precision only"),
        tr(
            "Its numbers are right to about 7 digits, and all are numbers of float32: "
            "on the way half the digits are lost."
        ),
        _each(lambda answer, right: _is_single(answer) and _apart(answer, right) < 1e-5, _is_single),
        of_parts=True,
    )
    for digits in (6, 5, 4, 3, 2):
        text = tr(
            "Every answer that is wrong is an approximation: right to about {digits} digits, and more are asked for.",
            digits=digits,
        )
        yield Claim(
            tr("the answer is right to about {digits} digits only", digits=digits),
            text,
            _each(_approximate(digits)),
            of_parts=True,
        )


def _approximate(digits: int) -> Callable[[Array, Array], bool]:
    """Whether numbers are near the right ones: no count that is one off, and no right numbers but for a small one."""

    def test(answer: Array, right: Array) -> bool:
        if _apart(answer, right) >= 10.0**-digits or bool((np.round((answer, right)) == (answer, right)).all()):
            return False
        off = np.abs(answer - right)[right != 0] > _EXACT * np.abs(right[right != 0])
        return bool(2 * off.sum() > off.size)

    return test


def _rounded(digits: int) -> Callable[[Array, Array], bool]:
    is_short = _is_short(digits)

    def test(answer: Array, right: Array) -> bool:
        near = bool((np.abs(answer - right) <= 0.5000001 * 10.0**-digits).all())
        return near and is_short(answer)

    return test


def _is_short(digits: int) -> Callable[[Array], bool]:
    """Whether no number has more decimals than so many."""
    return lambda answer: bool(np.isclose(np.round(answer, digits), answer, rtol=1e-15, atol=1e-15).all())


def _is_single(answer: Array) -> bool:
    """Whether all numbers are numbers of float32."""
    return bool((answer.astype("float32") == answer).all())


def _rounded_up_too(digits: int) -> Callable[[Case], bool | None]:
    """The same; where all of a case's numbers could as well be cut off there, it tells nothing."""
    rounded = _each(_rounded(digits), _is_short(digits))

    def holds(case: Case) -> bool | None:
        verdict = rounded(case)
        pairs = numeric_pairs(case) if verdict else None
        cut = pairs is not None and all((np.abs(pair.answer) <= np.abs(pair.right)).all() for pair in pairs)
        return None if cut else verdict

    return holds


def _apart(answer: Array, right: Array) -> float:
    """The largest difference, by the largest number of the right answer."""
    size = float(np.abs(right).max(initial=0.0))
    return float(np.abs(answer - right).max(initial=0.0)) / size if size > 0 else float("inf")


def _each(
    test: Callable[[Array, Array], bool], of_right: Callable[[Array], bool] | None = None
) -> Callable[[Case], bool | None]:
    """Whether all numbers that are wrong pass a test, and right answers, if they have no parts, another one."""

    def holds(case: Case) -> bool | None:
        pairs = numeric_pairs(case)
        if pairs is None:
            return False if case.wrong else None
        if any(pair.answer.shape != pair.right.shape for pair in pairs):
            return False
        wrong = [pair for pair in pairs if not pair.agrees]
        if not wrong:
            return False if of_right is not None and len(pairs) == 1 and not of_right(pairs[0].answer) else None
        return all(np.isfinite(pair.right).all() and test(pair.answer, pair.right) for pair in wrong)

    return holds
