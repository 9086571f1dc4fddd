"""What a failed `assert` of an author's says to the student: the author's own words, and no value that is kept back.

pytest rewrites the asserts of checks.py, so that a failed one tells the values in it. Those are for the author, and for
the students of a check that shows its values. It must not know how checks are run.
"""

from __future__ import annotations

import traceback
from pathlib import Path

from autograder.grading.asking import Asked
from autograder.grading.kinds import describe
from autograder.language import tr
from autograder.sandbox.failures import ProgramError, ProgramFailure

_ENGINE = Path(__file__).resolve().parents[1]
_MAX_LINES = 12


def failed_assertion(raised: AssertionError, folder: Path, asked: list[Asked], *, show: bool) -> str:
    """Return the message of a check that failed by this. `folder` holds the author's files.

    Without words of the author's, the title speaks; then, of a check that shows its values, the values that pytest
    found in the assertion, and of any other what the program answered last, which is its own.
    """
    message, values = _taken_apart(raised, folder)
    if message:
        return message
    if show and values:
        first, *more = values.removeprefix("assert ").splitlines()[:_MAX_LINES]
        return "\n".join([f"{_title()}: {first}", *more])
    return title_fails(asked[-1] if asked else None)


def _title() -> str:
    return tr("What the title says does not hold")


def title_fails(asked: Asked | None) -> str:
    """Say that the title doesn't hold, and what came of the program last: unlike the check's value, that is its own."""
    last = asked.outcome.remarks.last if asked is not None else None
    if last is None:
        return f"{_title()}."
    name, came = last
    if isinstance(came, ProgramError):
        return f"{_title()}. " + tr("Asked last by name, {name} raised {type}.", name=name, type=came.type)
    if isinstance(came, ProgramFailure):
        return f"{_title()}."
    return f"{_title()}. " + tr("Asked last by name, {name} gave {answer}.", name=name, answer=describe(came))


def _taken_apart(raised: AssertionError, folder: Path) -> tuple[str, str]:
    """Return the author's words, and the values that pytest or a library such as numpy.testing added to them."""
    text, file = str(raised), _raised_in(raised)
    if file is None or file.is_relative_to(_ENGINE):
        return text, ""
    return _rewritten(text) if file.is_relative_to(folder) else ("", text)


def _raised_in(raised: BaseException) -> Path | None:
    files = [frame.f_code.co_filename for frame, _ in traceback.walk_tb(raised.__traceback__)]
    return Path(files[-1]) if files else None


def _rewritten(text: str) -> tuple[str, str]:
    """Part words and values: pytest's part begins with the last line on `assert`; it indents all others."""
    lines = text.split("\n")
    begins = next((n for n in range(len(lines) - 1, -1, -1) if lines[n].startswith("assert ")), None)
    if begins is None:  # nobody rewrote it: these are the author's words alone
        return text, ""
    words = [line.removeprefix("  ") if n else line for n, line in enumerate(lines[:begins])]
    return "\n".join(words), "\n".join(lines[begins:])
