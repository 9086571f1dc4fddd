"""A handed-in file is a name and bytes; whatever the file system allows in a name, the name can be written down."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from autograder.grading.submission import from_bytes, read_submission
from tests.notebooks import notebook

NOTEBOOK = b'{"cells": [{"cell_type": "code", "source": ["x = 1"]}], "nbformat": 4}'
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


def test_a_notebook_under_a_programs_name_is_read_as_one() -> None:
    assert from_bytes("decay.py", NOTEBOOK).source == from_bytes("decay.ipynb", NOTEBOOK).source
    assert "x = 1" in from_bytes("decay.py", b"\xef\xbb\xbf" + NOTEBOOK).source
    program = "{'cell_type': 1}\n"
    assert from_bytes("decay.py", program.encode()).source == program


def test_a_file_that_a_cell_writes_is_the_program_where_no_other_cell_has_it() -> None:
    def read(*cells: str) -> str:
        return from_bytes("decay.ipynb", notebook(*cells).encode()).source

    written = "%%writefile ./decay.py\ndef decay(x):\n    return x\n"
    assert "\n\ndef decay" in read("import math", written)
    assert "%%writefile" not in read(written, "!python decay.py")
    assert "%%writefile" in read(written, "from decay import decay")
    assert "%%writefile" in read(written, "def decay(x):\n    return 2 * x\n")
    assert "%%writefile" in read("%%writefile notes.txt\ndef decay")
