"""The sentences that tell a student what happened when their program gave no usable answer.

They quote only the student's own lines, never ours.
"""

from __future__ import annotations

import difflib

from autograder.course import Exercise, ListedCheck, PublicCheck
from autograder.grading import at_loading
from autograder.grading.report import CheckResult, Status
from autograder.sandbox.failures import ProgramCrashed, ProgramError, ProgramFailure, ProgramMissing, ProgramTimeout

_MAX_SHOWN_LINES = 6


def by_instructor(check: ListedCheck | PublicCheck) -> CheckResult:
    """What a student's kit says of a check that it can't run."""
    message = "Your instructor runs this check."
    return CheckResult(check.id, check.title, check.points, 0.0, "skipped", message, by_instructor=True)


def not_started(exercise: Exercise) -> str:
    what = f"{exercise.file} is the stub as it was given"
    return f"Not started yet: {what}. `gradecheck show {exercise.id}` says what to do."


def load_failure(failure: ProgramFailure, exercise: Exercise) -> tuple[Status, str]:
    """Status and message of every check of a file that can't be loaded."""
    file = exercise.file
    if isinstance(failure, ProgramTimeout):
        return (
            "timeout",
            f"{file} did not finish loading: {_lower(str(failure))} Code outside functions runs at loading.",
        )
    if isinstance(failure, ProgramCrashed):
        return "crashed", f"{file} ended while it was loaded. {failure}"
    if isinstance(failure, ProgramError) and failure.column:
        return "error", _syntax_error(failure, file) + _indented(at_loading.cause(failure, exercise))
    if isinstance(failure, ProgramError):
        cause = _indented(at_loading.cause(failure, exercise))
        return "error", f"{file} could not be loaded: {_raised(failure)}{cause}"
    return "failed", f"{file} could not be loaded. {failure}"


def failure(failure: ProgramFailure, exercise: Exercise) -> str:
    """The message of one check whose question got no answer."""
    if isinstance(failure, ProgramMissing):
        return _missing(failure, exercise)
    if isinstance(failure, ProgramError):
        if unwritten(failure):
            return "Not started yet: this still raises NotImplementedError, as in the stub." + _lines(failure)
        return _raised(failure)
    return str(failure)


def unwritten(raised: BaseException) -> bool:
    """Whether a question met a part of the stub: nobody's belief, only work to come."""
    return isinstance(raised, ProgramError) and raised.type == "NotImplementedError"


def _raised(failure: ProgramError) -> str:
    message = failure.message.strip() or "(no text)"
    return f"Your program raised {failure.type}: {message}{_lines(failure)}"


def _lines(failure: ProgramError) -> str:
    """The student's own lines on the way to the exception, innermost last."""
    shown = list(zip(failure.places, failure.lines, strict=True))[-_MAX_SHOWN_LINES:]
    return "".join(
        f"\n  {place}{f', in {line.function}' if line.function else ''}\n    {line.text.strip()}"
        for place, line in shown
    )


def _syntax_error(failure: ProgramError, file: str) -> str:
    place, text = (failure.places[-1], failure.lines[-1].text) if failure.lines else ("line 0", "")
    indent = len(text) - len(text.lstrip())
    caret = " " * max(0, failure.column - 1 - indent) + "^"
    shown = f"\n    {text.strip()}\n    {caret}" if text.strip() else ""
    return f"{file} has a syntax error at {place}: {failure.message}.{shown}"


def _missing(failure: ProgramMissing, exercise: Exercise) -> str:
    if failure.name in exercise.required_names:
        others = [name for name in failure.found if name not in exercise.required_names]
        near = difflib.get_close_matches(failure.name.lower(), [name.lower() for name in others], 1, 0.6)
        found = [name for name in others if [name.lower()] == near] or others[:5]
        has = f"It has {', '.join(found)}: rename it." if near else f"It has {', '.join(found) or 'none'}."
        return f"Your file has no function or class named {failure.name}. {has}"
    found = failure.found[:12]
    if failure.module:
        without = "It has none: a tensor that is assigned to self is only an attribute."
        has = f"Its parameters are {', '.join(found)}." if found else without
        return f"Your {failure.module} has no parameter {failure.name}. {has}"
    return f"There is no {failure.name}. These names are there: {', '.join(found) or 'none'}."


def _indented(sentence: str) -> str:
    return f"\n{sentence}" if sentence else ""


def _lower(sentence: str) -> str:
    return sentence[:1].lower() + sentence[1:]
