"""What the tests of the proof share: one course that is right, to be copied and spoilt, and its proof."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tests.command import Command
from tests.proof.filled import Proved, begin_and_fill_in


@pytest.fixture(scope="session")
def right_course(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Never changed by a test."""
    return begin_and_fill_in(tmp_path_factory.mktemp("right"))


@pytest.fixture(scope="session")
def proved(right_course: Path, tmp_path_factory: pytest.TempPathFactory) -> Proved:
    """What was proved is kept by its path, so it stays where it is."""
    folder = tmp_path_factory.mktemp("proved")
    command = Command(folder / "here")
    shutil.copytree(right_course, folder / "here/course")
    first = command("validate", "--json", course=folder / "here/course")
    return Proved(command, first, Path(shutil.copytree(folder / "here", folder / "copy")))


@pytest.fixture
def course(right_course: Path, tmp_path: Path) -> Path:
    """A copy of the right course."""
    return Path(shutil.copytree(right_course, tmp_path / "course"))
