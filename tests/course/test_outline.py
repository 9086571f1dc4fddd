"""The outline of a course: the same whether it was kept or read anew, and read anew as soon as anything has changed."""

from __future__ import annotations

import os
import re
import time
from pathlib import Path
from types import SimpleNamespace

import pytest

from autograder.course import CourseError, CourseRoot, outline
from autograder.course import kept as kept_files
from autograder.course.outline import Outline, read_outline
from tests.files import write


@pytest.fixture(autouse=True)
def _nothing_is_too_fresh(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(kept_files, "_TOO_FRESH", -3600.0)


def read(course: Path, place: Path) -> Outline:
    found, problems = read_outline(CourseRoot.at(course), place)
    assert not problems
    return found


def kept(place: Path) -> bytes:
    return b"".join(file.read_bytes() for file in place.glob("*.msgpack"))


def test_a_kept_outline_is_the_one_that_was_read(small_course: Path, tmp_path: Path) -> None:
    first = read(small_course, tmp_path / "place")
    assert kept(tmp_path / "place")
    assert read(small_course, tmp_path / "place") == first


def test_it_is_not_read_again(small_course: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    first = read(small_course, tmp_path / "place")
    monkeypatch.setattr(outline, "_outline", lambda root: pytest.fail("The course was read again."))
    assert read(small_course, tmp_path / "place") == first


def test_a_change_of_the_same_length_and_time_is_seen(small_course: Path, tmp_path: Path) -> None:
    read(small_course, tmp_path / "place")
    file = small_course / "exercises/exercise-02/exercise.yaml"
    before, text = file.stat(), file.read_text()
    file.write_text(re.sub(r"(?m)^(title: \W?)\w", r"\1Z", text))
    os.utime(file, ns=(before.st_atime_ns, before.st_mtime_ns))
    assert file.stat().st_size == before.st_size
    titles = [each.title for unit in read(small_course, tmp_path / "place").units for each in unit.exercises]
    assert [title[0] for title in titles].count("Z") == 1


def test_a_translation_that_is_added_is_seen(small_course: Path, tmp_path: Path) -> None:
    first = read(small_course, tmp_path / "place")
    (small_course / "exercises/exercise-02/exercise.en.yaml").write_text("title: Another title\n")
    second = read(small_course, tmp_path / "place")
    assert second != first
    assert "Another title" in str(second)


def test_an_edit_in_a_linked_folder_and_of_the_courses_translation_is_seen(small_course: Path, tmp_path: Path) -> None:
    folder = small_course / "exercises/exercise-02"
    (tmp_path / "place").mkdir()
    folder.rename(tmp_path / "elsewhere")
    folder.symlink_to(tmp_path / "elsewhere")
    before = kept_files.stamps([small_course / "exercises"])
    (tmp_path / "elsewhere" / "exercise.en.yaml").write_text("title: Another title\n")
    assert kept_files.stamps([small_course / "exercises"]) != before
    read(small_course, tmp_path / "place")
    (small_course / "course.es.yaml").write_text("title: Un curso\n")
    assert (
        kept_files.recall(
            tmp_path / "place", kept_files.name(small_course), Outline, outline._files(CourseRoot.at(small_course))
        )
        is None
    )


def test_a_course_with_a_problem_is_not_kept(small_course: Path, tmp_path: Path) -> None:
    (small_course / "exercises/exercise-02/statement.md").write_text("")
    for _ in range(2):
        _, problems = read_outline(CourseRoot.at(small_course), tmp_path / "place")
        assert [problem.sentence for problem in problems] == ["The statement is empty; write what to do and why."]
    assert not kept(tmp_path / "place")


def test_a_broken_course_file_is_told_as_ever(small_course: Path, tmp_path: Path) -> None:
    read(small_course, tmp_path / "place")
    (small_course / "course.yaml").write_text("title: [\n")
    with pytest.raises(CourseError):
        read_outline(CourseRoot.at(small_course), tmp_path / "place")


@pytest.mark.parametrize("damage", [b"", b"{}", b"\xff\x00", b'{"language": 1}'])
def test_a_damaged_file_is_as_none(small_course: Path, tmp_path: Path, damage: bytes) -> None:
    first = read(small_course, tmp_path / "place")
    for file in (tmp_path / "place").glob("*.msgpack"):
        file.write_bytes(damage)
    assert read(small_course, tmp_path / "place") == first
    assert damage != kept(tmp_path / "place")


def test_a_place_that_is_no_folder_is_as_none(small_course: Path, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("mine")
    assert read(small_course, tmp_path / "file") == read(small_course, tmp_path / "file" / "below")
    assert (tmp_path / "file").read_text() == "mine"


def test_what_was_just_written_is_not_kept(small_course: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(kept_files, "_TOO_FRESH", 3600.0)
    (small_course / "course.yaml").touch()
    assert time.time() - (small_course / "course.yaml").stat().st_mtime < 3600
    read(small_course, tmp_path / "place")
    assert not kept(tmp_path / "place")


def test_folders_that_take_each_others_place_are_seen(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """To rename a folder writes none of its files, and where clocks tick slowly those of both have the same times."""
    exact = Path.stat

    def by_a_slow_clock(self: Path, *, follow_symlinks: bool = True) -> object:
        found = exact(self, follow_symlinks=follow_symlinks)
        told = {name: getattr(found, name) for name in ("st_mode", "st_size", "st_dev", "st_ino")}
        return SimpleNamespace(**told, st_mtime_ns=0, st_ctime_ns=0)

    write(tmp_path, {"one/a.yaml": "7", "two/a.yaml": "8"})
    monkeypatch.setattr(Path, "stat", by_a_slow_clock)
    before = kept_files.stamps([tmp_path / "one"])
    assert kept_files.stamps([tmp_path / "one"]) == before
    (tmp_path / "one").rename(tmp_path / "aside")
    (tmp_path / "two").rename(tmp_path / "one")
    assert kept_files.stamps([tmp_path / "one"]) != before
