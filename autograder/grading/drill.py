"""Grading a drill: the numbers in a student's YAML file against the key. No program runs, so nothing needs a wall.

The file is a stranger's text: it is read as the course's own files are, without aliases, tags or deep nesting.
"""

from __future__ import annotations

import difflib
import time
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from msgspec.structs import replace

from autograder.course import AnswerKey, Course, Exercise, ListedCheck
from autograder.course.drawn import LARGEST_SEED, SEED, values_of, without_numbers
from autograder.course.draws import CannotDraw
from autograder.course.drill_key import Answer, Consistency, Trap
from autograder.course.expressions import NotANumber, evaluate, holds, names_in
from autograder.course.filled import filled
from autograder.course.source import parse_yaml
from autograder.course.template import Value, fill, numbers_in, without_holes
from autograder.course.written_numbers import meanings
from autograder.grading import messages
from autograder.grading.report import CheckResult, Draw, Misconception, Report
from autograder.grading.submission import Submission
from autograder.language import decimal, tr

_MAX_BYTES = 64 << 10


def grade_drill(course: Course, exercise: Exercise, key: AnswerKey, submission: Submission) -> Report:
    """The report on one file of answers, whatever is in it."""
    started = time.monotonic()
    given = _given(exercise, submission, key.answers)
    key, given = _with_numbers(exercise, key, given)
    numbers = {name: given.answers.get(name) for name in key.answers}
    blocked = given.note if not any(value is not None for value in numbers.values()) else None
    checks = [_answer(course, name, answer, numbers[name], blocked) for name, answer in key.answers.items()]
    checks += [_consistency(check, key.answers, numbers, given.drawn, blocked) for check in key.consistency]
    return _report(exercise, submission, checks, given, started)


def read_drill(exercise: Exercise, listed: Sequence[ListedCheck], submission: Submission) -> Report:
    """The report in a student's kit, which has no key: which numbers can be read. What they are worth is not told."""
    started = time.monotonic()
    asked = [check.id for check in listed if check.id in exercise.required_names]
    given = _given(exercise, submission, asked)
    listed = [replace(check, title=_filled(exercise, check.title, given)) for check in listed]
    blocked = given.note if not any(given.answers.get(name) is not None for name in asked) else None
    checks = [_read_number(check, given.answers.get(check.id), blocked) for check in listed if check.id in asked]
    checks += [messages.by_instructor(check) for check in listed if check.id not in asked]
    return _report(exercise, submission, checks, given, started)


@dataclass(frozen=True)
class _Given:
    """The file's answers by name, one sentence on what is wrong with it as a whole, and what was drawn for it."""

    answers: Mapping[str, Any]
    note: str
    draw: Draw | None = None

    @property
    def drawn(self) -> Mapping[str, Value]:
        return self.draw.values if self.draw is not None else {}


def _given(exercise: Exercise, submission: Submission, names: Collection[str]) -> _Given:
    try:
        given = _read(submission)
    except _Unreadable as problem:
        return _Given({}, str(problem))
    draw = _draw(exercise, given.pop(SEED, None)) if exercise.draws else None
    if not any(value is not None for value in given.values()):
        return _Given(given, not_started(exercise), draw)
    if exercise.draws and draw is None:
        return _Given({}, _whose(exercise))
    return _Given(given, _misspelt(names, given), draw)


def _draw(exercise: Exercise, seed: Any) -> Draw | None:
    """What was drawn for a student's seed; None where it is no seed."""
    if isinstance(seed, bool) or not isinstance(seed, int) or not 0 <= seed <= LARGEST_SEED:
        return None
    try:
        return Draw(seed, values_of(exercise, seed))
    except (CannotDraw, NotANumber):
        return None


def _whose(exercise: Exercise) -> str:
    """What is said of answers whose numbers nobody knows."""
    return tr(
        "Whose numbers these are isn't known: the line `seed: …` is missing, or isn't as it was. `{show}` has it;"
        " put it at the top of the file.",
        show=f"gradecheck show {exercise.id}",
    )  # fmt: skip


def _with_numbers(exercise: Exercise, key: AnswerKey, given: _Given) -> tuple[AnswerKey, _Given]:
    """The key with what was drawn, where anything is."""
    if not exercise.draws:
        return key, given
    if given.draw is None:
        return without_numbers(key), given
    try:
        return filled(key, given.drawn), given
    except NotANumber:
        sentence = tr("There is no key to the numbers of this seed, which is the course's fault. Tell your instructor.")
        return without_numbers(key), _Given({}, sentence, given.draw)


def _filled(exercise: Exercise, title: str, given: _Given) -> str:
    if not exercise.draws:
        return title
    return fill(title, given.drawn) if given.draw is not None else without_holes(title)


def _report(
    exercise: Exercise, submission: Submission, checks: list[CheckResult], given: _Given, started: float
) -> Report:
    note = given.note
    here = [check for check in checks if not check.by_instructor]
    return Report(
        exercise=exercise.id,
        title=exercise.title,
        score=sum(check.score for check in here),
        points=sum(check.points for check in here),
        passed=bool(here) and all(check.status == "passed" for check in here),
        seconds=round(time.monotonic() - started, 4),
        isolation=[],
        submission=submission.file,
        checks=checks,
        note=note,
        kind="drill",
        untouched=note == not_started(exercise),
        remarks=list(submission.remarks),
        draw=given.draw,
    )


class _Unreadable(Exception):
    """Why the file gives no answers, in one sentence."""


def _read(submission: Submission) -> dict[str, Any]:
    if submission.problem is not None:
        raise _Unreadable(submission.problem)
    name = submission.name
    if len(submission.data) > _MAX_BYTES:
        raise _Unreadable(tr("{name} is too large for a few numbers: hand in the answers alone.", name=name))
    given = parse_yaml(submission.source, Path(name))
    if given.problems:
        first = given.problems[0]
        raise _Unreadable(tr("Line {line}: {reason}", line=first.line, reason=first.sentence))
    if given.data is None:
        return {}
    if not isinstance(given.data, dict):
        raise _Unreadable(tr("{name} must hold lines such as `mean: 0.5`: a name, a colon and a number.", name=name))
    return dict(given.data)


def not_started(exercise: Exercise) -> str:
    """Return what is said of a file in which nothing is filled in."""
    return tr(
        "Not started yet: no answer is filled in. `{show}` says what is asked.", show=f"gradecheck show {exercise.id}"
    )


def _misspelt(names: Collection[str], given: Mapping[str, Any]) -> str:
    unknown = [name for name in given if name not in names]
    if not unknown:
        return ""
    near = difflib.get_close_matches(unknown[0], list(names), 1, 0.6)
    names_there = tr("The names are {names}.", names=", ".join(names))
    meant = tr("Did you mean {name}?", name=near[0]) if near else names_there
    return tr("There is no answer named {name!r}.", name=unknown[0][:60]) + f" {meant}"


def _numbers(value: Any) -> tuple[float, ...]:
    """What a YAML value can mean; PyYAML reads `8e-4` and every expression as text. Raises NotANumber."""
    if isinstance(value, list) and len(value) == 1:
        return _numbers(value[0])
    if isinstance(value, bool):
        raise NotANumber(tr("true and false are no numbers: write one"))
    if not isinstance(value, int | float | str):
        raise NotANumber(tr("something other than one number stands there: write the number alone"))
    if isinstance(value, int) and abs(value) > 10**300:
        raise NotANumber(tr("the number is too large"))
    return meanings(value if isinstance(value, str) else repr(value))


def _meant(value: Any, answer: Answer) -> float:
    """The one of a value's meanings that is right, else the first. Raises NotANumber."""
    numbers, key = _numbers(value), evaluate(answer.key)
    return next((number for number in numbers if answer.accepts(number, key)), numbers[0])


def _written(numbers: Iterable[float]) -> str:
    return tr(" or ").join(decimal(f"{number:.6g}") for number in numbers)


def _read_value(
    result: CheckResult, name: str, value: Any, blocked: str | None
) -> tuple[CheckResult, tuple[float, ...]]:
    """What a value can mean; none where it is no number, and then the result says so."""
    if blocked or value is None:
        return replace(result, status="failed", message=blocked or tr("No answer is given for {name}.", name=name)), ()
    try:
        return result, _numbers(value)
    except NotANumber as problem:
        said = tr("{name} can't be read: {reason}.", name=name, reason=problem)
        return replace(result, status="error", message=said), ()


def _answer(course: Course, name: str, answer: Answer, value: Any, blocked: str | None) -> CheckResult:
    result = CheckResult(
        id=name, title=answer.title, points=answer.points, score=0.0, status="failed", hint=answer.hint
    )
    result, numbers = _read_value(result, name, value, blocked)
    if not numbers:
        return result
    if answer.accepts(_meant(value, answer), evaluate(answer.key)):
        return replace(result, score=answer.points, status="passed", hint=None)
    message = tr("{name}: {number} is not the right number.", name=name, number=_written(numbers))
    for trap in answer.traps:
        if any(trap.accepts(number, evaluate(trap.value)) for number in numbers):
            return replace(result, message=message, misconception=_misconception(course, trap), hint=None)
    return replace(result, message=message)


def _read_number(check: ListedCheck, value: Any, blocked: str | None) -> CheckResult:
    result, numbers = _read_value(messages.by_instructor(check), check.id, value, blocked)
    if not numbers:
        return result
    said = tr("{name} reads as {number}. Your instructor checks whether it is right.",
              name=check.id, number=_written(numbers))  # fmt: skip
    return replace(result, message=said)


def _misconception(course: Course, trap: Trap) -> Misconception:
    return Misconception(trap.misconception, course.misconceptions[trap.misconception].title, trap.why)


def _consistency(
    check: Consistency,
    answers: Mapping[str, Answer],
    values: Mapping[str, Any],
    drawn: Mapping[str, Value],
    blocked: str | None,
) -> CheckResult:
    result = CheckResult(id=check.id, title=check.title, points=check.points, score=0.0, status="failed")
    if blocked:
        return replace(result, message=blocked)
    numbers = {}
    for name in (each for each in names_in(check.holds) if each in answers):
        try:
            numbers[name] = _meant(values[name], answers[name])
        except NotANumber:
            missing = values[name] is None
            said = (
                tr("No answer is given for {name}, and this compares it.", name=name)
                if missing
                else tr("{name} can't be read, and this compares it.", name=name)
            )
            return replace(result, status="failed" if missing else "error", message=said)
    given = ", ".join(f"{name} = {_written([number])}" for name, number in numbers.items())
    try:
        if holds(check.holds, {**numbers_in(drawn), **numbers}):
            return replace(result, score=check.points, status="passed")
    except NotANumber:
        return replace(
            result, message=tr("This can't be worked out with {given}.", given=given), hint=check.message.strip()
        )
    said = tr("This doesn't hold for what you gave: {given}.", given=given)
    return replace(result, message=said, hint=check.message.strip())
