"""Which numbers the texts of an exercise or a quiz quote that nothing computes.

A number counts from three significant digits and a decimal point on: one that somebody worked out, in all likelihood.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from pathlib import Path

from autograder.course import Exercise, Problem, Quiz, load_answer_key, load_hidden_checks
from autograder.course.program_files import read_program
from autograder.course.template import holes

_NUMBER = re.compile(r"(?<![\w.])\d+\.\d+(?![\d.]*\d)")
_FEWEST_DIGITS = 3


def quoted_but_not_computed(exercise: Exercise, claims: Collection[str]) -> Iterator[Problem]:
    """Yield a problem for each number that is no claim, in whichever text quotes it first."""
    known = {_bare(claim) for claim in claims}
    for path, text in _texts(exercise):
        for number in _worked_out(text):
            if _bare(number) not in known:
                known.add(_bare(number))
                sentence = f"The text quotes {number}, which figures.yaml doesn't compute: add it there."
                yield Problem(path, _line(path, number), f"{sentence} A number that is given is its own expression.")


def quoted_outside_holes(quiz: Quiz) -> Iterator[Problem]:
    """Yield a problem for each number in a quiz's text, unless a hole of that text computes with it."""
    for question in quiz.questions:
        for place, text in question.texts():
            given = " ".join(hole.expression for hole in holes(text))
            for hole in holes(text):
                text = text.replace(hole.written, "", 1)
            for number in dict.fromkeys(_worked_out(text)):
                if number not in _NUMBER.findall(given):
                    sentence = f"The text quotes {number} as it is: write what computes it, such as @{{0.9**10:.3f}}."
                    yield quiz.problem(question, place, sentence)


def _worked_out(text: str) -> list[str]:
    """Return the numbers in a text that have the digits of a result."""
    return [each for each in _NUMBER.findall(text) if _digits(each) >= _FEWEST_DIGITS and "." in _bare(each)]


def _texts(exercise: Exercise) -> Iterator[tuple[Path, str]]:
    """Yield every text that a student may read, with the file that it stands in."""
    assert exercise.solution is not None
    yield exercise.folder / "statement.md", exercise.statement
    public = [text for check in exercise.public_checks for text in (check.title, check.hint or "")]
    for text in (exercise.title, exercise.takeaway, *exercise.hints, *public):
        yield exercise.folder / "exercise.yaml", text
    for check in load_hidden_checks(exercise):
        yield exercise.solution / "checks.py", check.title
    for path in exercise.programs(exercise.solution / "misconceptions") if exercise.kind != "drill" else ():
        files = [path / name for name in exercise.files] or [path]
        yield from ((file, read_program(file).docstring) for file in files)
    if exercise.kind == "drill":
        yield from ((exercise.solution / exercise.file, text) for text in _of_key(exercise))


def _of_key(exercise: Exercise) -> Iterator[str]:
    key = load_answer_key(exercise)
    for answer in key.answers.values():
        yield from (answer.title, answer.right, answer.hint or "", *(trap.why for trap in answer.traps))
    for check in key.consistency:
        yield from (check.title, check.message)


def _bare(number: str) -> str:
    """Return the digits that say something: neither sign nor exponent, nor zeros at the end of a decimal fraction."""
    digits = re.sub(r"[eE].*", "", number).lstrip("-−+")
    return digits.rstrip("0").rstrip(".") if "." in digits else digits


def _digits(number: str) -> int:
    return len(_bare(number).replace(".", "").lstrip("0"))


def _line(path: Path, number: str) -> int:
    lines = path.read_text(encoding="utf-8", errors="replace").splitlines()
    return next((at for at, line in enumerate(lines, start=1) if number in line), 1)
