"""What stops grading by the course's fault, not the submission's: told at the line of the author's that went wrong.

It must not know how checks are run.
"""

from __future__ import annotations

import ast
import linecache
import re
import traceback
from collections.abc import Iterator
from pathlib import Path

from autograder.course import CourseError, Problem
from autograder.course.problems import nearest
from autograder.course.program_files import read_program
from autograder.grading.checking import OFFERED
from autograder.language import tr
from autograder.sandbox.failures import ProgramError, ProgramFailure


class BrokenCourse(CourseError):
    """The exercise's own checks can't be read."""


class BrokenCheck(CourseError):
    """A check failed on its own account: with the reference in the submission's place it raised too."""


def unreadable(checks: Path, raised: BaseException) -> BrokenCourse:
    """Return what to raise where `checks`, or what stands beside it, raised this when it was read."""
    (file, line, text), cause = _place(raised, checks), _cause(raised)
    quoted = _quoted(text)
    beside = checks.with_name(f"{cause.name}.py") if isinstance(cause, ModuleNotFoundError) else None
    sentence = tr("The checks can't be read: {what}{quoted}.", what=_described(cause), quoted=quoted)
    if beside and beside.is_file():
        sentence += " " + tr("Checks don't import the reference: they ask it, as agree does.")
    return BrokenCourse([Problem(file, line, sentence)])


def unloadable(reference: Path, failure: ProgramFailure) -> BrokenCourse:
    """Return what to raise where the file of the reference can't be run: whatever it would answer, nobody knows."""
    what = f"{failure.type}: {failure.message}" if isinstance(failure, ProgramError) else str(failure)
    sentence = tr(
        "The reference can't be loaded: {what}. The course is at fault, and nothing was graded.", what=what.rstrip(".")
    )
    if isinstance(failure, ProgramError) and failure.type == "ModuleNotFoundError":
        sentence += " " + tr("A library that programs import is named under 'needs' in exercise.yaml.")
    return BrokenCourse([Problem(reference, failure.file_line or 1, sentence)])


def broken_check(check_id: str, file: Path, line: int, raised: BaseException) -> BrokenCheck:
    """Return what to raise where the check that begins at this line raised this, whichever program it asked."""
    at_file, at_line, text = _place(raised, file)
    if not text:
        at_file, at_line = file, line
    sentence = tr(
        "The check {check!r} is broken, whatever is handed in: {what}{quoted}. The course is at fault, and nothing was"
        " graded.",
        check=check_id, what=_described(raised), quoted=_quoted(text),
    )  # fmt: skip
    return BrokenCheck([Problem(at_file, at_line, sentence)])


def _quoted(text: str) -> str:
    return " " + tr("at `{text}`", text=text) if text else ""


def at_its_line(file: Path, line: int, raised: Exception) -> Problem:
    """Return the exception's text, at the author's line on the way to it; else where its check begins."""
    at_file, at_line, text = _place(raised, file)
    return Problem(at_file, at_line, str(raised)) if text else Problem(file, line, str(raised))


def is_authored(raised: BaseException, folder: Path) -> bool:
    """Say whether it came through a line of a file in `folder`."""
    return _authored(raised, folder) is not None


def _authored(raised: BaseException, folder: Path) -> traceback.FrameSummary | None:
    """Return the innermost line of a file in `folder` on the way to the exception."""
    frames = traceback.extract_tb(raised.__traceback__)
    return next((frame for frame in reversed(frames) if Path(frame.filename).is_relative_to(folder)), None)


def _place(raised: BaseException, checks: Path) -> tuple[Path, int, str]:
    """Return file, line and text of the author's line that raised; the top of `checks`, without a text, if none is."""
    for problem in _chain(raised):
        if isinstance(problem, SyntaxError) and problem.filename and problem.lineno:
            text = (problem.text or linecache.getline(problem.filename, problem.lineno)).strip()
            return Path(problem.filename), problem.lineno, text
        frame = _authored(problem, checks.parent)
        if frame is not None:
            return Path(frame.filename), frame.lineno or 1, (frame.line or "").strip()
    return checks, _line_of_named(raised, checks), ""


def _line_of_named(raised: BaseException, checks: Path) -> int:
    """Return where the function begins that an exception of pytest's own names; 1 where it names none."""
    tree = read_program(checks).tree
    begins = {node.name: node.lineno for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)} if tree else {}
    return next((begins[word] for word in re.findall(r"\w+", str(raised)) if word in begins), 1)


def _chain(raised: BaseException) -> Iterator[BaseException]:
    """Yield the exception that began it first: what pytest makes of it quotes no line."""
    if raised.__cause__ is not None:
        yield from _chain(raised.__cause__)
    yield raised


def _cause(raised: BaseException) -> BaseException:
    return next(_chain(raised))


def _described(raised: BaseException) -> str:
    name = getattr(raised, "argname", None)
    if name is not None:  # pytest's own exception has no text
        offered = tr("offered are {names}, and the author's own", names=", ".join(sorted(OFFERED)))
        meant = nearest(name, OFFERED).strip() or offered
        return tr("there is no fixture {name!r} ({meant})", name=name, meant=meant)
    if type(raised).__module__.startswith("autograder."):  # which says so itself
        return str(raised).rstrip(".")
    return f"{type(raised).__name__}: {raised}"
