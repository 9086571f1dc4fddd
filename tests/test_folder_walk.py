"""Every file below a folder is found, behind links too, and no link leads in a circle."""

from __future__ import annotations

import shutil
from pathlib import Path

from autograder.folder_walk import files_below
from tests.files import write


def test_files_behind_links_are_found_and_a_circle_ends(tmp_path: Path) -> None:
    write(tmp_path / "in", {"b.txt": "", "a/c.txt": ""})
    write(tmp_path / "out", {"d.txt": ""})
    (tmp_path / "in/linked").symlink_to(tmp_path / "out")
    (tmp_path / "out/back").symlink_to(tmp_path / "in")
    found = [path.relative_to(tmp_path).as_posix() for path in files_below(tmp_path / "in")]
    assert found == ["in/b.txt", "in/a/c.txt", "in/linked/d.txt"]
    assert not [*files_below(tmp_path / "nowhere")]


def test_what_two_links_lead_to_is_found_by_both(tmp_path: Path) -> None:
    write(tmp_path, {"in/a/x.txt": "", "out/y.txt": ""})
    for name, there in (("b", "a"), ("c", "../out"), ("d", "../out")):
        (tmp_path / "in" / name).symlink_to(there)
    found = [path.relative_to(tmp_path / "in").as_posix() for path in files_below(tmp_path / "in")]
    assert found == ["a/x.txt", "b/x.txt", "c/y.txt", "d/y.txt"]


def test_a_folder_that_is_removed_meanwhile_has_no_files(tmp_path: Path) -> None:
    write(tmp_path, {"a/x.txt": "", "b/deep/x.txt": "", "c/x.txt": ""})
    found = files_below(tmp_path)
    assert next(found) == tmp_path / "a" / "x.txt"
    shutil.rmtree(tmp_path / "b")
    assert [*found] == [tmp_path / "c" / "x.txt"]
