"""What the tests of this folder share."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests import gradebooks


@pytest.fixture(scope="session")
def gradebook(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The made-up gradebook's folder; nobody changes it."""
    folder = tmp_path_factory.mktemp("grades")
    gradebooks.write_gradebook(folder)
    return folder
