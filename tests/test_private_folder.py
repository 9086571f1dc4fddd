"""Files that only this user can have written: a folder in which another has a say is neither read nor written."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from autograder import private_folder


def test_what_was_written_is_read(tmp_path: Path) -> None:
    folder = tmp_path / "a" / "b"
    private_folder.write(folder, "x.json", b"one")
    private_folder.write(folder, "x.json", b"two")
    assert private_folder.read(folder, "x.json") == b"two"
    assert [path.name for path in folder.iterdir()] == ["x.json"]
    assert folder.stat().st_mode & 0o077 == 0
    assert (folder / "x.json").stat().st_mode & 0o077 == 0


def test_nothing_is_made_by_reading(tmp_path: Path) -> None:
    with pytest.raises(OSError, match="No such file"):
        private_folder.read(tmp_path / "there", "x.json")
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize("mode", [0o770, 0o707])
def test_a_folder_that_others_may_write_to_is_not_believed(tmp_path: Path, mode: int) -> None:
    private_folder.write(tmp_path / "shared", "x.json", b"one")
    (tmp_path / "shared").chmod(mode)
    with pytest.raises(PermissionError):
        private_folder.read(tmp_path / "shared", "x.json")
    with pytest.raises(PermissionError):
        private_folder.write(tmp_path / "shared", "x.json", b"two")
    with pytest.raises(PermissionError):
        private_folder.write(tmp_path / "shared" / "below", "x.json", b"two")


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can give a folder away")
def test_root_neither_believes_nor_writes_a_students_folder(tmp_path: Path) -> None:
    private_folder.write(tmp_path / "home", "x.json", b"forged")
    os.chown(tmp_path / "home", 65534, 65534)
    with pytest.raises(PermissionError):
        private_folder.read(tmp_path / "home", "x.json")
    with pytest.raises(PermissionError):
        private_folder.write(tmp_path / "home" / "cache", "x.json", b"mine")
    assert not (tmp_path / "home" / "cache").exists()


def test_a_link_in_place_of_the_folder_is_not_followed(tmp_path: Path) -> None:
    private_folder.write(tmp_path / "elsewhere", "x.json", b"one")
    (tmp_path / "link").symlink_to("elsewhere")
    with pytest.raises(OSError, match=r"Not a directory|Too many levels"):
        private_folder.read(tmp_path / "link", "x.json")
