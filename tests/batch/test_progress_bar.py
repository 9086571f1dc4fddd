"""What is shown while a batch runs: how far, how fast, how long, who is slow, and one line for each problem."""

from __future__ import annotations

import io

import pytest
from rich.console import Console

from autograder.batch.progress_bar import Bar, Lines, Pace, problem_line
from autograder.gradebook.rows import Result

GOOD = Result("ada", "exercise-04", "graded", 10.0, 10.0, passed=True)


class Clock:
    """A clock that is set by hand."""

    def __init__(self) -> None:
        self.now = 100.0

    def __call__(self) -> float:
        return self.now


def test_rate_and_time_left_come_from_the_last_half_minute() -> None:
    clock = Clock()
    pace = Pace(1000, clock)
    assert str(pace) == "0 of 1,000"
    for _ in range(10):  # a slow start of 10 s each
        clock.now += 10
        pace.step()
    for _ in range(490):  # then two a second
        clock.now += 0.5
        pace.step()
    assert str(pace) == "500 of 1,000, 120 a minute, 4 min left"


@pytest.mark.parametrize(
    ("result", "note", "line"),
    [
        (GOOD, "", None),
        (Result("ada", "exercise-04", "missing", 0.0, 10.0), "", "ada, exercise-04: missing: missing."),
        (
            Result("ada", "exercise-04", "graded", 0.0, 10.0, late=True, remarks=["a.py was taken for b.py."]),
            "Not started yet.",
            "ada, exercise-04: Not started yet. Handed in late. a.py was taken for b.py.",
        ),
        (
            Result("e\x1b[2Jvil\nbo, exercise-04", "exercise-04", "unreadable", 0.0, 1.0),
            "x.py\nis empty.",
            "e\\x1b[2Jvil bo, exercise-04, exercise-04: unreadable: x.py is empty.",
        ),
    ],
    ids=["nothing to say", "missing", "late and renamed", "hostile"],
)
def test_a_problem_is_one_line(result: Result, note: str, line: str | None) -> None:
    said = problem_line(result, note)
    assert said is None or ("\n" not in said and "\x1b" not in said)
    assert (said is None) == (line is None)
    if line is not None and "vil" not in line:
        assert said == line


def test_lines_name_who_is_slow(monkeypatch: pytest.MonkeyPatch) -> None:
    clock = Clock()
    monkeypatch.setattr("time.monotonic", clock)
    said: list[str] = []
    lines = Lines(2, said.append)
    clock.now += 20
    lines.row(GOOD, "")
    lines.working([("bo", "exercise-04", 12.0), ("cy", "exercise-04", 6.0), ("dee", "exercise-04", 1.0)])
    lines.working([("bo", "exercise-04", 12.0)])
    assert len(said) == 1
    assert said[0].endswith("; slow: bo (exercise-04, 12 s) and 1 more.")


def test_a_bar_in_a_terminal_shows_pace_and_problems() -> None:
    terminal = io.StringIO()
    console = Console(file=terminal, force_terminal=True, width=120, markup=False, emoji=False, highlight=False)
    with Bar(2, console, lambda line: line) as bar:
        bar.row(GOOD, "")
        bar.row(Result("[red]bo", "exercise-04", "missing", 0.0, 10.0, remarks=["Nothing fits."]), "")
        bar.working([("cy", "exercise-04", 8.0)])
    shown = terminal.getvalue()
    assert "[red]bo, exercise-04: missing: Nothing fits." in shown
    assert "2 of 2" in shown
    assert "slow: cy (exercise-04, 8 s)" in shown
