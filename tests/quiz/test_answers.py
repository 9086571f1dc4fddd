"""Answers that come back in a file: judged again, whatever the file says, and the first ones count."""

from __future__ import annotations

import sqlite3
from pathlib import Path
from typing import Any

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from autograder.course import Course, CourseRoot, Quiz, load_course, load_quiz
from autograder.grading.report import Report
from autograder.grading.submission import Submission
from autograder.quiz.answers import LARGEST, UnreadableAnswers, check_answers, encode, grade_answers, read_answers
from autograder.quiz.progress_file import answer_files
from autograder.quiz.variant import variant
from tests.command import Command
from tests.small_course import write_course

SEED = 7


@pytest.fixture(scope="module")
def course(tmp_path_factory: pytest.TempPathFactory) -> Course:
    return load_course(CourseRoot.at(write_course(tmp_path_factory.mktemp("course"))))


@pytest.fixture(scope="module")
def quiz(course: Course) -> Quiz:
    return load_quiz(course, "products")


def answers(*given_answers: dict[str, Any], **more: Any) -> bytes:
    listed = [{"seed": SEED, "attempt": 1, **each} for each in given_answers]
    return msgspec.json.encode(
        {"schema": 1, "course": "a-small-course", "quiz": "products", "answers": listed, **more}
    )  # fmt: skip


def graded(course: Course, quiz: Quiz, data: bytes) -> Report:
    report = grade_answers(course, quiz, check_answers(Submission("products.json", data, ""), course, quiz))
    assert [check.id for check in report.checks] == ["two-steps", "several", "many-steps"]
    assert report.score == sum(check.score for check in report.checks)
    assert report.points == 4
    assert all(check.message.isprintable() for check in report.checks)
    return report


def all_right(quiz: Quiz) -> list[dict[str, Any]]:
    return [
        {"question": "two-steps", "answer": ["power"]},
        {"question": "several", "answer": ["tenth", "half"]},
        {"question": "many-steps", "answer": repr(variant(quiz.questions[2], SEED, "products").key)},
    ]


def test_right_answers_pass(course: Course, quiz: Quiz) -> None:
    report = graded(course, quiz, answers(*all_right(quiz)))
    assert report.passed
    assert report.score == 4
    assert report.checks[1].answered == ["tenth", "half"]


def test_a_mark_in_the_file_is_not_believed(course: Course, quiz: Quiz) -> None:
    forged = {"question": "two-steps", "answer": ["sum"], "mark": 1.0, "points": 1.0, "correct": True}
    report = graded(course, quiz, answers(forged, score=4, passed=True))
    assert report.score == 0
    assert report.checks[0].misconception is not None
    assert report.checks[0].misconception.id == "product-for-power"
    assert report.checks[0].misconception.explanation == "That is the sum of two."
    assert "1.4" in report.checks[0].message


def test_the_first_attempt_counts_wherever_it_stands(course: Course, quiz: Quiz) -> None:
    second = {"question": "two-steps", "answer": ["power"], "attempt": 2}
    first = {"question": "two-steps", "answer": ["none"]}
    for listed in ((first, second), (second, first)):
        assert graded(course, quiz, answers(*listed)).checks[0].answered == ["none"]


def test_what_was_not_answered_is_skipped(course: Course, quiz: Quiz) -> None:
    report = graded(course, quiz, answers({"question": "two-steps", "answer": ["power"]}))
    assert [check.status for check in report.checks] == ["passed", "skipped", "skipped"]
    assert report.checks[1].message == "Not answered."
    assert not report.passed


@pytest.mark.parametrize(
    ("answer", "message"),
    [
        ({"question": "two-steps", "answer": ["nothing"]}, "There is no choice 'nothing'"),
        ({"question": "two-steps", "answer": ["power", "sum"]}, "One choice is expected, and 2 were made"),
        ({"question": "two-steps", "answer": "1"}, "Choices are expected"),
        ({"question": "many-steps", "answer": ["power"]}, "A number is expected, and choices were made"),
        ({"question": "many-steps", "answer": "9**9**9**9"}, "can't be evaluated"),
        ({"question": "many-steps", "answer": "\x1b[31m"}, "is not a number"),
    ],
)
def test_an_impossible_answer_is_an_error_of_that_question(
    course: Course, quiz: Quiz, answer: dict[str, Any], message: str
) -> None:
    report = graded(course, quiz, answers(answer))
    check = next(check for check in report.checks if check.id == answer["question"])
    assert (check.status, check.score) == ("error", 0)
    assert message in check.message


@pytest.mark.parametrize(
    ("data", "note"),
    [
        (b"", "This is not JSON."),
        (b"\xff\xfe", "This is not JSON."),
        (b"[" * 100_000, "This is no file of answers (Expected `object`, got `array`). Hand in the file that"),
        (b" " * (LARGEST + 1), "too large"),
        (b"{}", "This is no file of answers (Object missing required field `schema`). Hand in"),
        (answers(schema=2), "has schema 2, and this gradecheck reads 1"),
        (answers(quiz="gates"), "These are answers to the quiz 'gates', not to 'products'."),
        (
            answers({"question": "gate", "answer": ["open"]}, course="another"),
            "These are answers of the course 'another', not of 'a-small-course', and to other questions.",
        ),
        (answers(), "There are no answers in this file."),
        (answers({"question": "two-steps", "answer": ["power"], "seed": -1}), "This is no file of answers"),
    ],
)
def test_a_file_that_is_no_file_of_answers_gives_a_report_that_says_so(
    course: Course, quiz: Quiz, data: bytes, note: str
) -> None:
    report = graded(course, quiz, data)
    assert note in report.note
    assert {check.status for check in report.checks} == {"skipped"}


def test_answers_to_all_that_this_quiz_asks_are_scored_whatever_the_course_was_called(
    course: Course, quiz: Quiz
) -> None:
    """Its title may have been mended since, where it had no id."""
    report = graded(course, quiz, answers(*all_right(quiz), course="a-smal-course"))
    assert (report.score, report.note) == (4, "")
    assert "The answers name the course 'a-smal-course'" in report.remarks[0]


@settings(max_examples=150, deadline=None)
@given(st.data())
def test_whatever_is_in_the_file_gives_a_report(course: Course, quiz: Quiz, data: st.DataObject) -> None:
    whole = answers(*all_right(quiz))
    start = data.draw(st.integers(0, len(whole)))
    end = data.draw(st.integers(start, min(len(whole), start + 20)))
    report = graded(course, quiz, whole[:start] + data.draw(st.binary(max_size=12)) + whole[end:])
    assert 0 <= report.score <= 4


@pytest.fixture
def progress_file(gradecheck: Command, course: Course, quiz: Quiz) -> bytes:
    """What a student's own record holds after a sitting in which the second question was wrong."""
    letters = "abcd"
    typed = []
    for question, wanted in zip(quiz.questions[:2], ({"power"}, {"double", "triple"}), strict=True):
        choices = variant(question, SEED, quiz.id).choices
        typed.append("".join(letters[place] for place, choice in enumerate(choices) if choice.id in wanted))
    gradecheck("quiz", "products", "--seed", str(SEED), course=course.root.root, typed="\n".join(typed))
    return (gradecheck.folder / "data" / "progress.db").read_bytes()


def test_a_progress_file_holds_the_same_answers(course: Course, quiz: Quiz, progress_file: bytes) -> None:
    (file,) = answer_files(progress_file)
    assert (file.course, file.quiz) == ("a-small-course", "products")
    assert read_answers(encode(file)) == file
    report = graded(course, quiz, encode(file))
    assert [(check.status, check.score) for check in report.checks] == [
        ("passed", 1.0), ("failed", 0.0), ("skipped", 0.0),
    ]  # fmt: skip


def test_marks_in_a_progress_file_are_not_believed(
    course: Course, quiz: Quiz, progress_file: bytes, tmp_path: Path
) -> None:
    path = tmp_path / "forged.db"
    path.write_bytes(progress_file)
    with sqlite3.connect(path) as db:
        db.execute("PRAGMA journal_mode = DELETE")
        db.execute("UPDATE answers SET mark = points")
    (file,) = answer_files(path.read_bytes())
    assert graded(course, quiz, encode(file)).score == 1


def test_a_view_in_place_of_a_table_is_not_asked(tmp_path: Path) -> None:
    path = tmp_path / "view.db"
    with sqlite3.connect(path) as db:
        db.execute("CREATE TABLE sittings (id, course, quiz, seed)")
        db.execute(
            "CREATE VIEW answers AS WITH RECURSIVE forever(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM forever)"
            " SELECT n AS id, n AS sitting, n AS question, n AS given, n AS seconds, n AS at FROM forever"
        )
    with pytest.raises(UnreadableAnswers, match="holds no answers to quizzes"):
        answer_files(path.read_bytes())


@settings(max_examples=150, deadline=None)
@given(st.data())
def test_a_damaged_progress_file_has_answers_or_is_unreadable(data: st.DataObject) -> None:
    damaged = bytearray(SMALL_RECORD)
    for _ in range(data.draw(st.integers(1, 8))):
        damaged[data.draw(st.integers(0, len(damaged) - 1))] = data.draw(st.integers(0, 255))
    try:
        files = answer_files(bytes(damaged))
    except UnreadableAnswers as error:
        files, sentence = [], str(error)
        assert_sentence(sentence)
    for file in files:
        assert read_answers(encode(file)) == file


def assert_sentence(text: str) -> None:
    assert text.isprintable()
    assert text.endswith(".")


def _small_record() -> bytes:
    db = sqlite3.connect(":memory:")
    db.execute("CREATE TABLE sittings (id INTEGER PRIMARY KEY, course, quiz, seed)")
    db.execute("CREATE TABLE answers (id INTEGER PRIMARY KEY, sitting, question, given, seconds, at)")
    db.execute("INSERT INTO sittings VALUES (1, 'a-small-course', 'products', 7)")
    db.execute("INSERT INTO answers VALUES (1, 1, 'two-steps', '[\"power\"]', 1.5, '2026-01-01T00:00:00+00:00')")
    db.commit()
    return db.serialize()


SMALL_RECORD = _small_record()
