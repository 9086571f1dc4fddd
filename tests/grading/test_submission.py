"""A handed-in file is a name and bytes; whatever the file system allows in a name, the name can be written down."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from autograder.grading.submission import from_bytes, read_submission

NO_TEXT = os.fsdecode(b"half \xff name.py")


@pytest.mark.parametrize("data", [b"x = 1\n", b"", b"\0", b"# \xff\n"])
def test_a_name_that_is_no_text_can_be_encoded(data: bytes) -> None:
    submission = from_bytes(NO_TEXT, data)
    assert submission.name == "half \\udcff name.py"
    assert (submission.problem or "").isascii()


def test_a_name_that_is_no_text_is_read_from_a_folder(tmp_path: Path) -> None:
    file = tmp_path / NO_TEXT
    file.write_bytes(b"x = 1\n")
    assert read_submission(file).file.name == "half \\udcff name.py"
    assert read_submission(file).source == "x = 1\n"
    file.unlink()
    assert (read_submission(file).problem or "").startswith("There is no file half \\udcff name.py.")
