"""A handed-in file is a name and bytes; whatever the file system allows in a name, the name can be written down."""

from __future__ import annotations

import os
import pickle
from pathlib import Path

import pytest

from autograder.grading.submission import from_bytes, is_stub, read_submission
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


@pytest.mark.parametrize(
    ("data", "told"),
    [
        (b"%PDF-1.4\n%\xe2\xe3\xcf\xd3\n", "a PDF document"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(90), "a document of Word or another Office program"),
        (b"PK\x03\x04\x14\0\0\0[Content_Types].xml word/document.xml", "a Word document"),
        (b"PK\x03\x04\x14\0\0\0tanh_jacobian.py", "a zip archive under another name"),
        (b"{\\rtf1\\ansi import numpy as np}", "formatted text (RTF)"),
        (b"\n<!DOCTYPE html>\n<title>GitHub</title>", "a web page (HTML)"),
        ("<html><body>é</body></html>".encode("utf-16"), "a web page (HTML)"),
        (pickle.dumps({"weights": bytes(20)}), "a pickle"),
        (b"\x89PNG\r\n\x1a\n" + bytes(20), "a picture"),
        (b"\xa7\r\r\n\0\0\0\0" + bytes(20), "a compiled program"),
        (b"version https://git-lfs.github.com/spec/v1\noid sha256:4d\n", "only a pointer of Git LFS"),
        (b"https://colab.research.google.com/drive/1\n", "only a link"),
        (b"--- a/x.py\n+++ b/x.py\n@@ -1 +1 @@\n-x = 1\n+x = 2\n", "a patch"),
        (b'{"nbformat": 4, "cells": []}', "no code cells"),
        (b'{"nbformat": 4,\n<<<<<<< HEAD\n=======\n>>>>>>> ours\n}', "A merge conflict of Git begins at line 2"),
    ],
)
def test_what_is_no_program_is_called_what_it_is(data: bytes, told: str) -> None:
    problem = from_bytes("program.py", data).problem
    assert told in (problem or "")


@pytest.mark.parametrize("text", ["MZ = 1\n", "--x\n", "x = 'https://a'\n", "# <html>\n", "https = 1\n", "{1: 2}\n"])
def test_a_program_that_begins_strangely_is_one(text: str) -> None:
    assert from_bytes("program.py", text.encode()).source == text


@pytest.mark.parametrize("body", ["pass", "...", "yield", "return 0", "raise NotImplementedError"])
def test_a_stub_is_one_whatever_stands_in_its_body(body: str) -> None:
    stub = f'def f(x):\n    """What is asked for."""\n    {body}\n'
    assert is_stub(f"# begun\n{stub}", stub)
    assert not is_stub(stub.replace(body, "return x"), stub)
