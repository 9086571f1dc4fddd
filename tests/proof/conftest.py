"""What the tests of the proof share: one course that is right, to be copied and spoilt."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tests.command import Command
from tests.proof.filled import begin, fill_in


@pytest.fixture(scope="session")
def right_course(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Never changed by a test."""
    folder = tmp_path_factory.mktemp("right")
    begin(Command(folder), folder / "course")
    fill_in(folder / "course")
    return folder / "course"


@pytest.fixture
def course(right_course: Path, tmp_path: Path) -> Path:
    """A copy of the right course."""
    return Path(shutil.copytree(right_course, tmp_path / "course"))
