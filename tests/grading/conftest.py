"""What grading tests share."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.command import REPOSITORY, Command


@pytest.fixture
def gradecheck(tmp_path: Path) -> Command:
    return Command(tmp_path)


@pytest.fixture
def right_jacobian() -> str:
    return (REPOSITORY / "solutions/exercise-04/tanh_jacobian.py").read_text()
