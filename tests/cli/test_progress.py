"""`gradecheck progress`: what was done, on one screen; and `list` with the quizzes in it."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from autograder.progress import Answered, Progress, open_progress
from tests.command import REPOSITORY, Command


@pytest.fixture
def record(tmp_path: Path) -> Progress:
    return open_progress("a-small-course", {"GRADECHECK_DATA": str(tmp_path / "data")})


def answer(record: Progress, question: str, mark: float, *beliefs: str, points: float = 1.0) -> None:
    sitting = record.quizzes.sit("products", 7)
    assert sitting.id is not None
    record.quizzes.add(Answered("products", sitting.id, 7, question, ("x",), mark, points, beliefs, seconds=1))


def run(record: Progress, exercise: str, score: float, *beliefs: str) -> None:
    record.record_run(exercise, score=score, points=3, passed=score == 3, misconceptions=beliefs, sha256="0")


def test_a_beginner_is_told_where_to_begin(gradecheck: Command, small_course: Path) -> None:
    done = gradecheck("progress", course=small_course)
    assert done.code == 0
    assert done.out == (
        "A small course\n"
        "──────────────\n"
        "0 of 6 points in exercises, 0 of 4 in quizzes.\n"
        "Unit 1. First: ρ^T\n"
        "  to do  exercise-01, exercise-02, products\n"
        "\n"
        "Next: gradecheck show exercise-01, then gradecheck start exercise-01\n"
    )
    assert not (gradecheck.folder / "data" / "progress.db").exists()


def test_what_was_done_is_shown_with_the_beliefs_met(gradecheck: Command, small_course: Path, record: Progress) -> None:
    run(record, "exercise-01", 3)
    run(record, "exercise-02", 1, "added-not-doubled")
    answer(record, "two-steps", 0, "product-for-power", "added-not-doubled")
    answer(record, "several", 1, points=2)
    out = gradecheck("progress", course=small_course).out
    assert "4 of 6 points in exercises, 1 of 4 in quizzes." in out
    assert "  done   exercise-01\n  begun  exercise-02 (1 of 3), products (2 of 3 answered)\n" in out
    assert "• Two added, not multiplied by two (exercise-02, products; twice)\n" in out
    assert "• A product 0.7 · 20 taken for a power (products)\n" in out
    assert out.endswith("Next: gradecheck quiz products\n")


def test_the_quiz_is_next_when_the_exercises_are_done(
    gradecheck: Command, small_course: Path, record: Progress
) -> None:
    run(record, "exercise-01", 3)
    run(record, "exercise-02", 3)
    assert gradecheck("progress", course=small_course).out.endswith("Next: gradecheck quiz products\n")
    for question, points in (("two-steps", 1.0), ("several", 2.0), ("many-steps", 1.0)):
        answer(record, question, points, points=points)
    out = gradecheck("progress", course=small_course).out
    assert "  done   exercise-01, exercise-02, products (4 of 4)\n" in out
    assert "Next: everything is done" in out


def test_json_has_every_belief(gradecheck: Command, small_course: Path, record: Progress) -> None:
    answer(record, "two-steps", 0, "product-for-power")
    found = gradecheck("progress", "--json", course=small_course).report
    assert (found["schema"], found["points"], found["quizzes"]) == (1, 6, {"score": 0.0, "points": 4.0})
    (quiz,) = found["units"][0]["quizzes"]
    assert (quiz["answered"], quiz["questions"], quiz["missed"]) == (1, 3, ["two-steps"])
    (belief,) = found["misconceptions"]
    assert (belief["id"], belief["answers"], belief["quizzes"], belief["revise"]) == (
        "product-for-power", 1, ["products"], "powers",
    )  # fmt: skip
    assert (found["next"], found["last"], found["quiz_left"]) == ("gradecheck quiz products", "", "products")


def test_all_misconceptions_are_named_for_a_person_too(gradecheck: Command) -> None:
    course = yaml.safe_load((REPOSITORY / "course.yaml").read_text(encoding="utf-8"))
    record = open_progress(course["id"], {"GRADECHECK_DATA": str(gradecheck.folder / "data")})
    for belief in list(course["misconceptions"])[:5]:
        run(record, "exercise-01", 1, belief)
    shown = gradecheck("progress").out
    assert (shown.count("• "), "and 2 more: gradecheck progress --all\n" in shown) == (3, True)
    everything = gradecheck("progress", "--all").out
    assert (everything.count("• "), "more: " in everything) == (5, False)


def test_ascii_is_ascii(gradecheck: Command, small_course: Path, record: Progress) -> None:
    answer(record, "two-steps", 0, "product-for-power")
    out = gradecheck("--ascii", "progress", course=small_course).out
    assert out.isascii()
    assert "* A product 0.7 * 20 taken for a power (products)" in out


def test_reset_forgets_this_course(gradecheck: Command, small_course: Path, record: Progress) -> None:
    answer(record, "two-steps", 0, "product-for-power")
    assert gradecheck("progress", "--reset", course=small_course).out == (
        "It is forgotten. Begin with: gradecheck list\n"
    )
    assert "Misconceptions" not in gradecheck("progress", course=small_course).out
    assert record.quizzes.answers("products") == []


def test_the_whole_course_fits_on_one_screen(gradecheck: Command, tmp_path: Path) -> None:
    done = gradecheck("progress", COLUMNS="80")
    assert len(done.out.splitlines()) <= 24
    assert all(len(line) <= 80 for line in done.out.splitlines())


def test_list_shows_how_far_each_quiz_is(gradecheck: Command, small_course: Path, record: Progress) -> None:
    answer(record, "two-steps", 1)
    assert "  products         begun 1/3  quiz       Products of ρ\n" in gradecheck("list", course=small_course).out
