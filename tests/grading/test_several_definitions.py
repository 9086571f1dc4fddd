"""What is said where a function stands several times in a file, or where it isn't run."""

from __future__ import annotations

import json

import pytest

from autograder.grading.several_definitions import remarks
from autograder.grading.submission import from_bytes
from autograder.sandbox.failures import ProgramError
from autograder.sandbox.wire import Line

ONE, TWO = "def decay(x):\n    return x\n", "def decay(x):\n    return x / 2\n"
OPEN = "def decay(x):\n    raise NotImplementedError\n"


def said(*cells: str | tuple[str, str], failed: int = 0) -> list[str]:
    """The remarks on a notebook, whose cells are of code if nothing is said of their kind."""
    parts = [("code", each) if isinstance(each, str) else each for each in cells]
    data = json.dumps({"cells": [{"cell_type": kind, "source": text} for kind, text in parts]}).encode()
    stumbles = [ProgramError("AssertionError", "", [], [Line(failed, "", "")])] if failed else []
    return remarks(from_bytes("decay.ipynb", data), ["decay"], stumbles)


@pytest.mark.parametrize("between", ["", "x = 1", "%matplotlib inline\nx = 1", "%%bash\ndecay() { echo; }", "decay?"])
def test_a_function_of_several_cells_is_told_with_the_first_and_the_last_place(between: str) -> None:
    assert said(ONE, between, f"\n{TWO}") == [
        "decay is defined 2 times, first at code cell 1, line 1, and last at code cell 3, line 2: the last one counts."
    ]


def test_a_file_is_told_by_its_lines() -> None:
    submission = from_bytes("decay.py", f"{ONE}\n{TWO}\n{OPEN}".encode())
    assert remarks(submission, ["decay", "other"], []) == [
        "decay is defined 3 times, first at line 1, and last at line 7: the last one counts."
    ]


@pytest.mark.parametrize(
    "cells",
    [
        (ONE,),
        (ONE, ONE),
        (OPEN, TWO),
        (ONE, "def other(x):\n    return 1\n", "def other(x):\n    return 2\n"),
        (ONE, TWO, "first = decay\ndecay = abs\n"),
        (ONE, TWO, "from math import *"),
        (ONE, "@cache\n" + TWO),
        (ONE, "if True:\n    def decay(x):\n        return 3\n"),
        (ONE, f"x = (\n{TWO}"),
    ],
)
def test_what_is_one_version_or_not_sure_is_not_told(cells: tuple[str, ...]) -> None:
    assert said(*cells) == []


def test_a_version_in_a_cell_that_failed_need_not_count() -> None:
    assert said(ONE, f"assert False\n{TWO}", failed=5) == []
    assert said(f"assert False\n{ONE}", TWO, failed=2) != []


@pytest.mark.parametrize("kind", ["markdown", "raw"])
def test_a_function_in_a_cell_of_text_is_told_where_no_code_has_it(kind: str) -> None:
    told = ["decay is defined in a cell of text, and only code cells are run: make it a code cell."]
    assert said((kind, f"My answer:\n\n{ONE}"), "print(decay(2) == 4)") == told
    assert said((kind, ONE), TWO) == []
    assert said((kind, ONE), "decay = abs") == []
    assert said((kind, f"Write this:\n```python\n{ONE}```\n"), "x = 1") == []
