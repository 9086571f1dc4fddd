"""The sentences that tell a student what happened when their program gave no usable answer.

They quote only the student's own lines, never ours.
"""

from __future__ import annotations

import ast
import difflib

from autograder.course import Exercise, ListedCheck, PublicCheck
from autograder.grading import at_loading
from autograder.grading.report import CheckResult, Status
from autograder.grading.unfinished import misspelt, unwritten
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
        return "error", _syntax_error(failure) + _indented(at_loading.cause(failure, exercise))
    if isinstance(failure, ProgramError):
        cause = _indented(at_loading.cause(failure, exercise))
        return "error", f"{file} could not be loaded: {_raised(failure, exercise)}{cause}"
    return "failed", f"{file} could not be loaded. {failure}"


def failure(failure: ProgramFailure, exercise: Exercise, source: str) -> str:
    """The message of one check whose question got no answer; `source` is the submission's."""
    if isinstance(failure, ProgramMissing):
        return _missing(failure, exercise)
    if isinstance(failure, ProgramError):
        if failure.type == "NotImplementedError":
            return _not_implemented(failure, source)
        return _raised(failure, exercise)
    return str(failure)


def _not_implemented(failure: ProgramError, source: str) -> str:
    """A part of the stub that is left, or a method that torch looks for in vain."""
    if failure.lines:
        return "This part isn't written yet: it raises NotImplementedError." + _lines(failure)
    methods = [node.name for node in ast.walk(ast.parse(source)) if isinstance(node, ast.FunctionDef)]
    near = difflib.get_close_matches("forward", methods, 1, 0.6) if "forward" in failure.message else []
    if near:
        return f"Your module has no method forward. It has {near[0]}: rename it."
    return f"A method is missing: {failure.message.strip()}"


def _raised(failure: ProgramError, exercise: Exercise) -> str:
    message = failure.message.strip() or "(no text)"
    return f"Your program raised {failure.type}: {message}{_lines(failure)}{_advice(failure, exercise)}"


def _advice(failure: ProgramError, exercise: Exercise) -> str:
    """What to do about an exception that says nothing of how programs run here."""
    if "ModuleNotFoundError" in (failure.type, *failure.bases):
        libraries = ", ".join(sorted(exercise.needs))
        allowed = f"{libraries} and Python's own library" if libraries else "Python's own library, and no other,"
        return f"\nThis exercise allows {allowed} to be imported. Take the import out, and do without."
    if failure.type == "EOFError":
        return "\nNobody can type anything here: take what you need from the function's arguments, not from input()."
    return ""


def _lines(failure: ProgramError) -> str:
    """The student's own lines on the way to the exception, innermost last."""
    shown = list(zip(failure.places, failure.lines, strict=True))[-_MAX_SHOWN_LINES:]
    return "".join(
        f"\n  {place}{f', in {line.function}' if line.function else ''}\n    {line.text.strip()}"
        for place, line in shown
    )


def _syntax_error(failure: ProgramError) -> str:
    place, text = (failure.places[-1], failure.lines[-1].text) if failure.lines else ("line 0", "")
    indent = len(text) - len(text.lstrip())
    caret = " " * max(0, failure.column - 1 - indent) + "^"
    shown = f"\n    {text.strip()}\n    {caret}" if text.strip() else ""
    return f"There is a syntax error at {place}: {failure.message}.{shown}"


def _missing(failure: ProgramMissing, exercise: Exercise) -> str:
    if failure.name in exercise.required_names:
        near = misspelt(failure.name, [name for name in failure.found if name not in exercise.required_names])
        found = near or failure.found[:5]
        has = f"It has {', '.join(found)}{': rename it' if near else ''}." if found else "No name is defined in it."
        return f"Your file has no function or class named {failure.name}. {has}"
    found = failure.found[:12]
    if failure.module:
        without = "It has none: a tensor that is assigned to self is only an attribute."
        has = f"Its parameters are {', '.join(found)}." if found else without
        return f"Your {failure.module} has no parameter {failure.name}. {has}"
    return f"There is no {failure.name}. These names are there: {', '.join(found) or 'none'}."


def _indented(sentence: str) -> str:
    return f"\n{sentence}" if sentence else ""


def sentence(clause: str) -> str:
    """A clause, with lines below it or without, as a sentence that ends in a full stop."""
    first, line, below = clause.partition("\n")
    return first.removesuffix(".") + "." * bool(first) + line + below


def unfinished(exercise: Exercise, source: str) -> str:
    """One sentence on how much is written; empty where all is, or nothing can be told."""
    names = sorted(exercise.required_names)
    left = unwritten(source, exercise.stub, names)
    if not left:
        return ""
    still = f"{' and '.join(left)} {'is' if len(left) == 1 else 'are'} still to come"
    return f"{len(names) - len(left)} of {len(names)} written: {still}."


def still_to_come(name: str) -> str:
    """What a check of a function that isn't written says."""
    return f"{name} isn't written yet."


def _lower(sentence: str) -> str:
    return sentence[:1].lower() + sentence[1:]
