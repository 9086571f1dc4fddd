"""What the comments of a statement's listing promise is what the reference prints."""

from __future__ import annotations

import contextlib
import io
import re

import pytest

from tests.command import REPOSITORY

LISTED = re.compile(r"```python\n(.*?)```", re.DOTALL)
NUMBER = re.compile(r"(?<![\w.])-?\d+\.?\d*")
#: Their listings promise numbers in words ("about twenty times"), which tests/content/test_claims.py holds, or none.
IN_WORDS = {"exercise-15", "exercise-16", "exercise-17", "exercise-18"}
LISTINGS = [
    (file.parent.name, code)
    for file in sorted((REPOSITORY / "exercises").glob("*/statement*.md"))
    if file.parent.name not in IN_WORDS
    for code in LISTED.findall(file.read_text(encoding="utf-8"))
]


def promised(code: str) -> list[str]:
    """The numbers in comments, without those beside a line that prints nothing."""
    lines = [line for line in code.splitlines() if line.startswith(("#", "print"))]
    return [number for line in lines for number in NUMBER.findall(line.partition("#")[2])]


def test_there_are_listings() -> None:
    assert len(LISTINGS) > 10


@pytest.mark.parametrize(("exercise_id", "code"), LISTINGS)
def test_a_listing_prints_what_its_comments_say(exercise_id: str, code: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.syspath_prepend(str(REPOSITORY / "solutions" / exercise_id))
    screen = io.StringIO()
    with contextlib.redirect_stdout(screen):
        exec(code, {})
    printed = [float(number) for number in NUMBER.findall(screen.getvalue())]
    for number in promised(code):
        half = 0.5 * 10.0 ** -len(number.partition(".")[2])
        assert any(abs(found - float(number)) <= half * 1.001 for found in printed), number
