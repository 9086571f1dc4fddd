"""Every file below a folder is found, behind links too, and no link leads in a circle."""

from __future__ import annotations

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
