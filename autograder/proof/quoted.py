"""Which numbers the texts of an exercise or a quiz quote that nothing computes.

A number counts from three significant digits and a decimal point on: one that somebody worked out, in all likelihood.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator

from autograder.course import Exercise, Problem, Quiz
from autograder.course.template import holes, without_holes
from autograder.language import tr
from autograder.proof.texts import texts_of

_NUMBER = re.compile(r"(?<![\w.])\d+\.\d+(?![\d.]*\d)")
_FEWEST_DIGITS = 3


def quoted_but_not_computed(exercise: Exercise, claims: Collection[str]) -> Iterator[Problem]:
    """Yield a problem for each number that is no claim, in whichever text quotes it first."""
    known = {_bare(claim) for claim in claims}
    for text in texts_of(exercise):
        for number in _worked_out(without_holes(text.text) if exercise.draws else text.text):
            if _bare(number) not in known:
                known.add(_bare(number))
                sentence = tr(
                    "The text quotes {number}, which figures.yaml doesn't compute: add it there.", number=number
                )
                line = text.line_of(text.text.index(number))
                yield Problem(text.path, line, f"{sentence} " + tr("A number that is given is its own expression."))


def quoted_outside_holes(quiz: Quiz) -> Iterator[Problem]:
    """Yield a problem for each number in a quiz's text, unless a hole of that text computes with it."""
    for question in quiz.questions:
        for place, text in question.texts():
            given = " ".join(hole.expression for hole in holes(text))
            for hole in holes(text):
                text = text.replace(hole.written, "", 1)
            for number in dict.fromkeys(_worked_out(text)):
                if number not in _NUMBER.findall(given):
                    sentence = tr(
                        "The text quotes {number} as it is: write what computes it, such as @{{0.9**10:.3f}}.",
                        number=number,
                    )
                    yield quiz.problem(question, place, sentence)


def _worked_out(text: str) -> list[str]:
    """Return the numbers in a text that have the digits of a result."""
    return [each for each in _NUMBER.findall(text) if _digits(each) >= _FEWEST_DIGITS and "." in _bare(each)]


def _bare(number: str) -> str:
    """Return the digits that say something: neither sign nor exponent, nor zeros at the end of a decimal fraction."""
    digits = re.sub(r"[eE].*", "", number).lstrip("-−+")
    return digits.rstrip("0").rstrip(".") if "." in digits else digits


def _digits(number: str) -> int:
    return len(_bare(number).replace(".", "").lstrip("0"))
