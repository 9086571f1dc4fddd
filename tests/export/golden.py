"""What an export must be, byte by byte: the files in golden/, which a person has looked at."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

_FOLDER = Path(__file__).with_name("golden")
WRITE = "GRADECHECK_WRITE_GOLDEN"


def check(name: str, text: str) -> None:
    """Compare with golden/`name`; with GRADECHECK_WRITE_GOLDEN=1 write it instead, and fail until it was looked at."""
    file = _FOLDER / name
    if os.environ.get(WRITE) == "1":
        file.write_bytes(text.encode())
        pytest.fail(f"{file} is written. Look at it, then run without {WRITE}.")
    assert text == file.read_bytes().decode()
