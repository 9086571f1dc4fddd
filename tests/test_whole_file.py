"""A file is replaced in one step or stays as it was; what is no file is written to as it is."""

from __future__ import annotations

import os
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from autograder.misuse import Misuse
from autograder.whole_file import write_whole


def test_what_fails_in_the_middle_leaves_the_old_file_and_nothing_else(tmp_path: Path) -> None:
    file = tmp_path / "grades.csv"
    file.write_text("old")

    def breaks() -> Iterator[str]:
        yield "new"
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        write_whole(file, breaks(), "")
    assert [(each.name, each.read_text()) for each in tmp_path.iterdir()] == [("grades.csv", "old")]


def test_a_link_stays_a_link(tmp_path: Path) -> None:
    (tmp_path / "link").symlink_to("file")
    write_whole(tmp_path / "link", ["a", "b"], "")
    assert (tmp_path / "link").is_symlink()
    assert (tmp_path / "file").read_text() == "ab"


def test_a_pipe_gets_what_is_written(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    read: list[str] = []
    reader = threading.Thread(target=lambda: read.append((tmp_path / "pipe").read_text()))
    reader.start()
    write_whole(tmp_path / "pipe", b"whole", "")
    reader.join()
    assert read == ["whole"]


def test_what_cannot_be_written_is_said_with_its_cure(tmp_path: Path) -> None:
    with pytest.raises(Misuse, match=r"x.csv can't be written: No such file or directory. Name another place."):
        write_whole(tmp_path / "no" / "x.csv", ["a"], "Name another place.")
    write_whole(tmp_path / "no" / "x.csv", ["a"], "", parents=True)
    assert (tmp_path / "no" / "x.csv").read_text() == "a"
