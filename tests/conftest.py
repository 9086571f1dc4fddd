"""What tests of several folders share: `gradecheck` as a user starts it, on the real course or on a small one."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from hypothesis import settings

from tests.command import REPOSITORY, Command
from tests.small_course import small_course

__all__ = ["small_course"]

# Hundreds of processes import the engine: without bytecode each compiles it anew, a fifth of all CPU.
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
# A busy machine makes nothing wrong.
settings.register_profile("patient", deadline=None)
settings.load_profile("patient")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Whatever asks for a browser is marked so, and can be left out by `-m "not browser"`."""
    for item in items:
        if "browser" in getattr(item, "fixturenames", ()):
            item.add_marker(pytest.mark.browser)


@pytest.fixture
def gradecheck(tmp_path: Path) -> Command:
    """The command line in a folder and with a record of its own."""
    return Command(tmp_path)


@pytest.fixture(scope="module")
def module_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("class")


@pytest.fixture
def right_jacobian() -> str:
    return (REPOSITORY / "solutions/exercise-04/tanh_jacobian.py").read_text()
