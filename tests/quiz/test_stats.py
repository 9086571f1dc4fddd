"""`gradecheck stats`: from a gradebook of a real class's answer files to the figures on the screen."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import msgspec
import numpy as np
import pytest

from autograder.course import CourseRoot, load_course, load_quiz
from autograder.course.tasks import Task
from autograder.gradebook.book import Gradebook
from autograder.grading.report import CheckResult, Misconception, Report, SubmissionFile
from autograder.grading.submission import Submission
from autograder.quiz.answers import grade_answers
from autograder.quiz.variant import variant
from tests.command import Command
from tests.gradebooks import record


def answer_file(course: Path, student: int) -> bytes:
    """One student's answers: the better ones know the power, the others take the sum."""
    quiz = load_quiz(load_course(CourseRoot.at(course)), "products")
    good = student % 3 != 0
    one = variant(quiz.questions[2], student, "products")
    number = one.key if good and student % 5 else one.traps[0].number
    answers = [
        ("two-steps", ["power"] if good else ["sum"]),
        ("several", ["half", "tenth"] if student % 2 else ["half", "double"]),
        ("many-steps", repr(number)),
    ]
    return msgspec.json.encode(
        {
            "schema": 1,
            "course": "a-small-course",
            "quiz": "products",
            "answers": [{"question": name, "answer": given, "seed": student} for name, given in answers],
        }
    )


def exercise(student: int) -> Report:
    belief = Misconception("added-not-doubled", "Two added", "Why.")
    checks = [
        CheckResult(name, name.title(), points, points if passed else 0.0, "passed" if passed else "failed",
                    misconception=None if passed else belief)
        for name, points, passed in (("worked_example", 1.0, student % 4 != 0), ("negative", 2.0, student % 3 != 0))
    ]  # fmt: skip
    score = sum(check.score for check in checks)
    return Report("exercise-02", "Twice $x$", score, 3, score == 3, 0.1, [], SubmissionFile("twice.py", "0"), checks)


def write(path: Path, course: Path, students: int) -> list[Report]:
    loaded = load_course(CourseRoot.at(course))
    quiz = load_quiz(loaded, "products")
    tasks = [
        Task("exercise-02", "exercise", "Twice $x$", "twice.py", frozenset(), 3.0),
        Task("products", "quiz", quiz.title, "products.json", frozenset(), 4.0),
    ]
    with Gradebook.open(path) as gradebook:
        gradebook.describe(loaded.id, loaded.title, enumerate(tasks))
        gradebook.enrol((f"student-{number}", "", "", "", "") for number in range(students + 1))
        reports = []
        for number in range(students):
            report = grade_answers(loaded, quiz, Submission("products.json", answer_file(course, number), ""))
            reports.append(report)
            record(gradebook, f"student-{number}", report)
            record(gradebook, f"student-{number}", exercise(number))
        record(gradebook, f"student-{students}", exercise(0), status="unreadable")
        gradebook.complete()
    return reports


def test_the_figures_are_those_of_the_answers(gradecheck: Command, small_course: Path) -> None:
    reports = write(gradecheck.folder / "grades" / "gradebook.db", small_course, 30)
    done = gradecheck("stats", "grades", "--json", course=small_course)
    assert (done.code, done.err) == (0, "")
    found = done.report
    assert (found["schema"], found["enough"]) == (1, 10)
    task, quiz = found["tasks"]
    assert [(each["kind"], each["id"], each["n"]) for each in found["tasks"]] == [
        ("exercise", "exercise-02", 30), ("quiz", "products", 30),
    ]  # fmt: skip
    table = np.array([[check.score for check in report.checks] for report in reports])
    for column, item in enumerate(quiz["items"]):
        rest = table.sum(axis=1) - table[:, column]
        assert item["facility"] == pytest.approx(table[:, column].mean() / item["points"])
        assert item["discrimination"] == pytest.approx(np.corrcoef(table[:, column], rest)[0, 1])
    assert [(each["id"], each["count"]) for each in quiz["items"][0]["options"]] == [
        ("power", 20), ("sum", 10), ("none", 0),
    ]  # fmt: skip
    assert quiz["items"][2]["options"][0]["misconception"] == "product-for-power"
    assert task["items"][1]["options"] == [
        {
            "id": "added-not-doubled",
            "count": 10,
            "key": False,
            "misconception": "added-not-doubled",
            "share": pytest.approx(1 / 3),
            "correlation": pytest.approx(task["items"][1]["options"][0]["correlation"]),
            "works": None,  # nobody offered it to choose
        }
    ]


def test_the_page_names_figures_distractors_and_beliefs(gradecheck: Command, small_course: Path) -> None:
    write(gradecheck.folder / "gradebook.db", small_course, 30)
    done = gradecheck("stats", "--all", course=small_course)
    assert done.code == 0
    assert "products: Products of ρ\n  30 students, mean " in done.out
    assert "\n  two-steps: powers\n    n 30  facility 0.67  r_rest " in done.out
    assert "\n    * power    20  66.7%  r " in done.out
    assert "A product 0.7 · 20 taken for a power" in done.out
    assert "\n    - none      0   0.0%  r     -  Two added, not multiplied by two  <- does no work\n" in done.out
    assert "D27: facility of the best 27 % minus that of the worst." in done.out


def test_a_rare_mistake_in_a_program_is_no_weak_distractor(gradecheck: Command, small_course: Path) -> None:
    path = gradecheck.folder / "gradebook.db"
    write(path, small_course, 30)
    with sqlite3.connect(path) as database:
        database.execute("DELETE FROM result WHERE task = 'products'")
    out = gradecheck("stats", course=small_course).out
    assert "added-not-doubled" in out
    assert "does no work" not in out
    assert "distractor" not in out


def test_scores_that_are_not_what_the_checks_gave_are_counted(gradecheck: Command, small_course: Path) -> None:
    path = gradecheck.folder / "gradebook.db"
    write(path, small_course, 30)
    with Gradebook.open(path) as gradebook:
        for number, score in ((0, 0.5), (1, 0.5), (30, 1.0)):
            gradebook.override(f"student-{number}", "exercise-02", score, "Shown orally")
    out = gradecheck("stats", course=small_course).out
    said = "  Scores by hand and lateness don't count here: 2 have another score in the gradebook.\n"
    assert out.count(said) == 1
    assert len(out.splitlines()) <= 23
    found = gradecheck("stats", "--json", course=small_course).report
    assert [each["scored_otherwise"] for each in found["tasks"]] == [2, 0]


def test_a_class_that_is_too_small_is_told_so(gradecheck: Command, small_course: Path) -> None:
    write(gradecheck.folder / "gradebook.db", small_course, 9)
    out = gradecheck("stats", "gradebook.db", "--all", course=small_course).out
    assert out.count("9 students: too few for figures, so only counts are shown.") == 2
    assert "facility 0" not in out
    assert "%  r" not in out
    assert "    * power     6\n" in out


def test_without_all_it_fits_a_screen_and_says_what_can_be_mended(gradecheck: Command, small_course: Path) -> None:
    write(gradecheck.folder / "gradebook.db", small_course, 30)
    out = gradecheck("stats", course=small_course).out
    assert len(out.splitlines()) <= 23
    assert "  two-steps: none does no work as a distractor.\n" in out
    assert "  Hardest: worked_example" in out or "  Hardest: negative" in out
    assert out.endswith("`gradecheck stats --all` shows every question and check.\n")


def test_programs_that_never_ran_are_counted_apart(gradecheck: Command, small_course: Path) -> None:
    path = gradecheck.folder / "gradebook.db"
    write(path, small_course, 30)
    failed = [
        msgspec.structs.replace(check, status="error", score=0.0, message="twice.py has a syntax error.", seconds=0.0)
        for check in exercise(0).checks
    ]
    with Gradebook.open(path) as gradebook:
        for number in range(5):
            record(gradebook, f"student-{number}", msgspec.structs.replace(exercise(1), score=0.0, checks=failed))
    out = gradecheck("stats", course=small_course)
    assert "25 students, mean " in out.out
    assert "; 5 more never ran and are left out\n" in out.out
    assert gradecheck("stats", "--json", course=small_course).report["tasks"][0]["never_ran"] == 5


def test_no_gradebook_is_misuse_in_one_line(gradecheck: Command, small_course: Path) -> None:
    done = gradecheck("stats", course=small_course)
    assert (done.code, done.out) == (2, "")
    assert done.err == "Error: There is no gradebook gradebook.db. `gradecheck batch` makes one.\n"


def test_an_empty_gradebook_says_so(gradecheck: Command, small_course: Path) -> None:
    with Gradebook.open(gradecheck.folder / "gradebook.db"):
        pass
    assert gradecheck("stats", course=small_course).out == "gradebook.db holds no graded answers yet.\n"
