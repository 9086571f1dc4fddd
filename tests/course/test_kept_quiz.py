"""A kept quiz: the same as the one that was read, and read anew as soon as anything has changed."""

from __future__ import annotations

from pathlib import Path

import pytest
from msgspec.structs import replace

from autograder.course import Course, CourseError, CourseRoot, Quiz, UnknownQuiz, kept, load_course, load_quiz
from autograder.course.kept_quiz import read_quiz
from tests.command import REPOSITORY

ROOT = CourseRoot.at(REPOSITORY)


@pytest.fixture(autouse=True)
def _nothing_is_too_fresh(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(kept, "_TOO_FRESH", -3600.0)


def read(course: Path, place: Path, quiz: str = "products") -> tuple[Course, Quiz]:
    return read_quiz(CourseRoot.at(course), quiz, place)


@pytest.mark.parametrize("name", load_course(ROOT).quiz_ids)
def test_a_kept_quiz_is_the_one_that_was_read(tmp_path: Path, name: str) -> None:
    """Every kind of question and of parameter, with its type; only lines aren't kept."""
    read_quiz(ROOT, name, tmp_path)
    assert list(tmp_path.glob("*.msgpack"))
    course, quiz = read_quiz(ROOT, name, tmp_path)
    written = load_quiz(load_course(ROOT), name)
    assert quiz.source.path == written.source.path
    assert replace(quiz, source=written.source) == written
    assert list(map(repr, quiz.questions)) == list(map(repr, written.questions))
    assert course == replace(load_course(ROOT), misconceptions=course.misconceptions)
    assert course.misconceptions == dict(load_course(ROOT).misconceptions)


def test_another_quiz_whose_note_has_the_same_name_is_never_asked(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(kept, "name", lambda *parts: "note.msgpack")
    assert [read_quiz(ROOT, name, tmp_path)[1].id for name in ("gates", "beyond", "gates")] == [
        "gates",
        "beyond",
        "gates",
    ]


def test_it_is_not_read_again(small_course: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    read(small_course, tmp_path / "place")
    monkeypatch.setattr("autograder.course.loader.load_quiz", lambda *_: pytest.fail("The quiz was read again."))
    assert read(small_course, tmp_path / "place")[1].id == "products"


@pytest.mark.parametrize("file", ["course.yaml", "quizzes/products.yaml"])
def test_a_change_is_seen(small_course: Path, tmp_path: Path, file: str) -> None:
    before = read(small_course, tmp_path / "place")
    path = small_course / file
    path.write_text(path.read_text().replace("title: ", "title: New ", 1).replace("title: New '", "title: 'New ", 1))
    assert read(small_course, tmp_path / "place") != before


def test_a_quiz_that_is_wrong_now_is_told_as_ever(small_course: Path, tmp_path: Path) -> None:
    read(small_course, tmp_path / "place")
    (small_course / "quizzes/products.yaml").write_text("title: [")
    with pytest.raises(CourseError):
        read(small_course, tmp_path / "place")
    with pytest.raises(UnknownQuiz):
        read(small_course, tmp_path / "place", "no-such-quiz")


def test_what_others_could_have_written_is_not_believed(small_course: Path, tmp_path: Path) -> None:
    read(small_course, tmp_path / "place")
    (note,) = (tmp_path / "place").glob("*.msgpack")
    note.write_bytes(note.read_bytes().replace(b"Products", b"Forgery!"))
    assert "Forgery!" in str(read(small_course, tmp_path / "place"))
    (tmp_path / "place").chmod(0o777)
    assert "Forgery!" not in str(read(small_course, tmp_path / "place"))
