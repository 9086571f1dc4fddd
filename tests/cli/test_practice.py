"""Practice: what is due is asked again with other numbers, and a belief met in an exercise brings its questions."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from autograder.progress import Answered
from autograder.quiz.spacing import due_dates
from tests.command import Command, Finished

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)
Typing = Callable[..., Finished]


@pytest.fixture
def typing(tmp_path: Path, small_course: Path) -> Typing:
    """Runs a command of the small course with what is typed into it."""

    def run(*arguments: str | Path, typed: str = "") -> Finished:
        return Command(tmp_path)(*arguments, course=small_course, typed=typed)

    return run


def age(folder: Path, days: int) -> None:
    """Make all answers so many days older."""
    with sqlite3.connect(folder / "data" / "progress.db") as db:
        for number, at in db.execute("SELECT id, at FROM answers").fetchall():
            earlier = datetime.fromisoformat(at) - timedelta(days=days)
            db.execute("UPDATE answers SET at = ? WHERE id = ?", (earlier.isoformat(), number))


def answered(days_ago: float, mark: float) -> Answered:
    at = (NOW - timedelta(days=days_ago)).isoformat()
    return Answered("products", 1, 7, "two-steps", ("power",), mark, 1.0, (), 20.0, at)


def test_what_was_right_comes_later_than_what_was_missed_and_later_still_the_next_time() -> None:
    def due(*answers: Answered) -> datetime:
        return due_dates(answers)["products", "two-steps"]

    missed, right, twice = answered(0, 0.0), answered(0, 1.0), answered(5, 1.0)
    assert NOW < due(missed) < due(right) < due(twice, right)
    assert due(twice, missed) < due(twice, right)


def test_nothing_is_due_at_first_and_what_was_answered_comes_again(typing: Typing, tmp_path: Path) -> None:
    fresh = typing("practice")
    assert (fresh.code, fresh.out.splitlines()[-1]) == (0, "Next: gradecheck next")
    assert fresh.out.startswith("There is nothing to practise yet.")
    typing("quiz", "products", "--seed", "7", typed="a\na\n1\n")
    assert typing("practice").out.startswith("Nothing is due today. The next question is due on ")
    age(tmp_path, 60)
    due = typing("practice", typed="a\na\n1\n")
    assert "Question 3 of 3" in due.out
    assert "many-steps" not in due.out
    assert "Practised: " in due.out
    assert "That is all for today. Next: gradecheck next" in due.out
    assert typing("practice").out.startswith("Nothing is due today.")


def test_its_numbers_are_others_and_its_time_is_bounded(typing: Typing, tmp_path: Path) -> None:
    typing("quiz", "products", typed="a\na\n1\n")
    age(tmp_path, 60)
    with sqlite3.connect(tmp_path / "data" / "progress.db") as db:
        db.execute("UPDATE answers SET seconds = 50")
    short = typing("practice", "--minutes", "1", typed="a\n")
    assert "Question 1 of 1" in short.out
    assert "Next: gradecheck practice, for 2 more" in short.out
    with sqlite3.connect(tmp_path / "data" / "progress.db") as db:
        assert len(set(db.execute("SELECT seed FROM sittings").fetchall())) == 2


def test_a_belief_that_an_exercise_has_shown_brings_its_questions(typing: Typing, tmp_path: Path) -> None:
    (tmp_path / "answers.yaml").write_text("norm_after_20: 14\n")
    run = typing("run", "exercise-01", "answers.yaml")
    assert "A product 0.7 · 20 taken for a power" in run.out
    asked = typing("practice", typed="q\n")
    assert "Question 1 of " in asked.out
    assert "Practised" not in asked.out
    assert asked.out.endswith("\n\nNext: gradecheck practice, for 3 more\n")
    assert asked.code == 1


def test_practice_counts_only_for_what_the_quiz_has_asked(typing: Typing, tmp_path: Path) -> None:
    """Neither is a quiz begun by it, nor is what was practised the first answer that a class counts."""
    (tmp_path / "answers.yaml").write_text("norm_after_20: 14\n")
    typing("run", "exercise-01", "answers.yaml")
    assert "Practised: " in typing("practice", typed="a\na\n1\n").out
    assert "products" in typing("list").out
    assert "begun" not in typing("list").out
    saved = typing("quiz", "products", "--save", "mine.json", typed="a\nq\n")
    assert "Your answers to 1 of 3 questions are in mine.json." in saved.out
    assert "begun 1/3" in typing("list").out
