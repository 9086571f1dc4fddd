"""What the tests of this folder share."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.command import Command
from tests.small_course import small_course

__all__ = ["small_course"]


@pytest.fixture
def gradecheck(tmp_path: Path) -> Command:
    """The command line in a folder and with a record of its own."""
    return Command(tmp_path)
