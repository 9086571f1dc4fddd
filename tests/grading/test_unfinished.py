"""What counts as still to be written, of a class whose parts a source shows."""

from __future__ import annotations

import pytest

from autograder.grading.unfinished import unwritten

LATER = "raise NotImplementedError('Write it.')"
EMPTY = "    def play(self, place):\n        ...\n"
PLAYS = "    def play(self, place):\n        self.cells[place] = 'X'\n"


@pytest.mark.parametrize(
    ("written", "left"),
    [
        (f"class Board:\n    cells = [''] * 9\n\n    def __init__(self):\n        pass\n\n{PLAYS}", []),
        (f"class Board:\n    def __init__(self):\n        {LATER}\n\n{PLAYS}", ["Board"]),
        (
            f"class Board:\n    def __init__(self):\n        pass\n\n{EMPTY}",
            ["Board"],
        ),
        (
            f"class Board:\n    def __init__(self):\n        self.cells = []\n\n{EMPTY}",
            ["Board"],
        ),
        ("class Board:\n    def __init__(self):\n        pass\n", ["Board"]),
    ],
)
def test_an_init_with_nothing_to_do_is_written_where_other_methods_work(written: str, left: list[str]) -> None:
    stub = f"class Board:\n    def __init__(self):\n        {LATER}\n\n    def play(self, place):\n        {LATER}\n"
    assert unwritten(written, stub, ["Board"]) == left
    assert unwritten(written, stub.replace(LATER, "pass"), ["Board"]) == left
