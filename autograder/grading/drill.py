"""Grading a drill: the numbers in a student's YAML file against the key. No program runs, so nothing needs a wall.

The file is a stranger's text: it is read as the course's own files are, without aliases, tags or deep nesting.
"""

from __future__ import annotations

import difflib
import time
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import msgspec

from autograder.course import AnswerKey, Course, Exercise
from autograder.course.answers import Answer, Consistency, Trap
from autograder.course.source import parse_yaml
from autograder.grading.expressions import NotANumber, evaluate, holds
from autograder.grading.report import CheckResult, Misconception, Report
from autograder.grading.submission import Submission

_MAX_BYTES = 64 << 10


def grade_drill(course: Course, exercise: Exercise, key: AnswerKey, submission: Submission) -> Report:
    """The report on one file of answers, whatever is in it."""
    started = time.monotonic()
    try:
        given = _read(submission)
        note = (
            _not_started(exercise) if not any(value is not None for value in given.values()) else _misspelt(key, given)
        )
    except _Unreadable as problem:
        given, note = {}, str(problem)
    numbers = {name: given.get(name) for name in key.answers}
    blocked = note if not any(value is not None for value in numbers.values()) else None
    checks = [_answer(course, name, answer, numbers[name], blocked) for name, answer in key.answers.items()]
    checks += [_consistency(check, numbers, blocked) for check in key.consistency]
    return Report(
        exercise=exercise.id,
        title=exercise.title,
        score=sum(check.score for check in checks),
        points=sum(check.points for check in checks),
        passed=all(check.status == "passed" for check in checks),
        seconds=round(time.monotonic() - started, 4),
        isolation=[],
        submission=submission.file,
        checks=checks,
        note=note,
    )


class _Unreadable(Exception):
    """Why the file gives no answers, in one sentence."""


def _read(submission: Submission) -> dict[str, Any]:
    if submission.problem is not None:
        raise _Unreadable(submission.problem)
    name = submission.name
    if len(submission.data) > _MAX_BYTES:
        raise _Unreadable(f"{name} is too large for a few numbers: hand in the answers alone.")
    given = parse_yaml(submission.source, Path(name))
    if given.problems:
        first = given.problems[0]
        raise _Unreadable(f"{name}, line {first.line}: {first.sentence}")
    if given.data is None:
        return {}
    if not isinstance(given.data, dict):
        raise _Unreadable(f"{name} must hold lines such as `norm_after_20: 0.5`: a name, a colon and a number.")
    return dict(given.data)


def _not_started(exercise: Exercise) -> str:
    return f"Not started yet: no answer is filled in. `gradecheck show {exercise.id}` says what is asked."


def _misspelt(key: AnswerKey, given: Mapping[str, Any]) -> str:
    unknown = [name for name in given if name not in key.answers]
    if not unknown:
        return ""
    near = difflib.get_close_matches(unknown[0], list(key.answers), 1, 0.6)
    meant = f" Did you mean {near[0]}?" if near else f" The names are {', '.join(key.answers)}."
    return f"There is no answer named {unknown[0][:60]!r}.{meant}"


def _number(value: Any) -> float:
    """The number in a YAML value; PyYAML reads `8e-4` and every expression as text. Raises NotANumber."""
    if isinstance(value, bool) or not isinstance(value, int | float | str):
        raise NotANumber(f"a {type(value).__name__} is not a number")
    if isinstance(value, int) and abs(value) > 10**300:
        raise NotANumber("the number is too large")
    return evaluate(value if isinstance(value, str) else repr(value))


def _answer(course: Course, name: str, answer: Answer, value: Any, blocked: str | None) -> CheckResult:
    result = CheckResult(
        id=name, title=answer.title, points=answer.points, score=0.0, status="failed", hint=answer.hint
    )
    if blocked or value is None:
        return _with(result, message=blocked or f"No answer is given for {name}.")
    try:
        number = _number(value)
    except NotANumber as problem:
        return _with(result, status="error", message=f"{name} can't be read: {problem}.")
    if answer.accepts(number, evaluate(answer.key)):
        return _with(result, score=answer.points, status="passed", hint=None)
    message = f"{name}: {number:.6g} is not the right number."
    trap = next((trap for trap in answer.traps if trap.accepts(number, evaluate(trap.value))), None)
    return _with(result, message=message, misconception=None if trap is None else _misconception(course, trap))


def _misconception(course: Course, trap: Trap) -> Misconception:
    return Misconception(trap.misconception, course.misconceptions[trap.misconception].title, trap.why)


def _consistency(check: Consistency, values: Mapping[str, Any], blocked: str | None) -> CheckResult:
    result = CheckResult(id=check.id, title=check.title, points=check.points, score=0.0, status="failed")
    if blocked:
        return _with(result, message=blocked)
    try:
        numbers = {name: _number(value) for name, value in values.items() if value is not None}
        if holds(check.holds, numbers):
            return _with(result, score=check.points, status="passed")
    except NotANumber:
        return _with(result, message="The numbers that this compares are not all there.")
    return _with(result, message=check.message.strip())


def _with(result: CheckResult, **changes: Any) -> CheckResult:
    return msgspec.structs.replace(result, **changes)
