"""What goes wrong with files in a real class: each gets a row and a clear line, and none stops the batch."""

from __future__ import annotations

import json
import os
import time
from pathlib import Path

import pytest

from tests.command import Command, Finished
from tests.handing_in import BELIEF, FILE, HALF, RIGHT, STUB, Row, right, rows, write, wrong
from tests.notebooks import notebook


def in_r(written: str) -> str:
    """A notebook as it says of itself that it is one in R."""
    kernel = {"kernelspec": {"name": "ir", "language": "R"}, "language_info": {"name": "R", "version": "4.3"}}
    return json.dumps(json.loads(written) | {"metadata": kernel})


FILES: dict[str, str | bytes] = {
    f"plain/{FILE}": right("plain"),
    f"belief/{FILE}": wrong("belief"),
    "copy/tanh_jacobian (1).py": right("copy"),
    "capitals/Tanh-Jacobian.PY": right("capitals"),
    f"deeper/week 3/final/{FILE}": right("deeper"),
    "other name/assignment.py": right("other name"),
    "mail/tanh_jacobian.py.txt": right("mail"),
    "notebook/work.ipynb": notebook("%matplotlib inline\nimport math\n!pip install numpy", RIGHT, "help?"),
    "broken notebook/work.ipynb": '{"cells": [',
    "empty notebook/work.ipynb": notebook(),
    "empty cells/work.ipynb": notebook("", "\n"),
    "cells of text/work.ipynb": notebook("").replace("My *answer*.", json.dumps(f"\n{right('text')}")[1:-1]),
    "R/work.ipynb": in_r(notebook("f <- function(x) { x }")),
    "mislabelled/work.ipynb": in_r(notebook(right("mislabelled"))),
    f"bom/{FILE}": b"\xef\xbb\xbf" + right("bom").encode(),
    f"latin/{FILE}": right("latin").encode() + b"# caf\xe9\n",
    f"declared/{FILE}": b"# -*- coding: latin-1 -*-\n" + right("declared").encode() + b"# caf\xe9\n",
    f"utf16/{FILE}": RIGHT.encode("utf-16"),
    f"empty/{FILE}": "",
    f"blank/{FILE}": "\n  \n",
    f"stub/{FILE}": STUB + "\n",
    f"half/{FILE}": HALF,
    f"binary/{FILE}": b"\x7fELF\0\0\0",
    f"huge/{FILE}": RIGHT + "#" * (300 << 10),
    "nothing/photo.jpg": b"\xff\xd8",
    "windowed/tanh_jacobian.pyw": right("windowed"),
    f"backup/{FILE}.bak": right("backup"),
    f"tilde/{FILE}~": right("tilde"),
    "quarto/tanh_jacobian.qmd": f"---\ntitle: Mine\n---\n```{{python}}\n{RIGHT}```\n",
    f"twice/old/{FILE}": "old = 1\n",
    f"twice/new/{FILE}": right("twice"),
    f"folder/{FILE}/notes.txt": "",
    f"rubbish/{FILE}": right("rubbish"),
    f"rubbish/__MACOSX/._{FILE}": b"\0\5\x16\7",
    "rubbish/.DS_Store": b"\0\0\0\1Bud1",
    f"rubbish/__pycache__/{FILE}": "raise SystemExit",
}

#: student: (status, score of 10 or None for any, what the line about it says or None for no line).
EXPECTED: dict[str, tuple[str, float | None, str | None]] = {
    "plain": ("graded", 10, None),
    "belief": ("graded", None, None),
    "copy": ("graded", 10, f"tanh_jacobian (1).py was taken for {FILE}."),
    "capitals": ("graded", 10, f"Tanh-Jacobian.PY was taken for {FILE}."),
    "deeper": ("graded", 10, f"week 3/final/{FILE} was taken: it lies in a folder."),
    "other name": ("graded", 10, f"assignment.py was taken for {FILE}: it defines tanh_jacobian."),
    "mail": ("graded", 10, f"tanh_jacobian.py.txt was taken for {FILE}."),
    "notebook": ("graded", 10, f"work.ipynb was taken for {FILE}: it defines tanh_jacobian."),
    "broken notebook": ("unreadable", 0, "work.ipynb is not a notebook that can be read."),
    "empty notebook": ("unreadable", 0, "work.ipynb has no code cells."),
    "empty cells": ("unreadable", 0, "work.ipynb has nothing in its code cells."),
    "cells of text": ("unreadable", 0, "work.ipynb has its program in cells of text, which are not run."),
    "R": ("unreadable", 0, "work.ipynb is a notebook in R. Write it in Python."),
    "mislabelled": ("graded", 10, f"work.ipynb was taken for {FILE}: it defines tanh_jacobian."),
    "bom": ("graded", 10, None),
    "latin": ("unreadable", 0, f"{FILE} is not UTF-8 text: see line"),
    "declared": ("graded", 10, None),
    "utf16": ("graded", 10, f"{FILE} is UTF-16 text"),
    "empty": ("unreadable", 0, f"{FILE} is empty."),
    "blank": ("unreadable", 0, f"{FILE} is empty."),
    "stub": ("graded", 0, "Not started yet"),
    "half": ("graded", 0, None),
    "binary": ("unreadable", 0, "is a compiled program, not its source"),
    "huge": ("unreadable", 0, "is larger than 256 KiB"),
    "nothing": ("missing", 0, f"Nothing fits {FILE}. There is photo.jpg."),
    "windowed": ("graded", 10, f"tanh_jacobian.pyw was taken for {FILE}."),
    "backup": ("missing", 0, f"There is {FILE}.bak. That is an editor's backup"),
    "tilde": ("missing", 0, f"There is {FILE}~. That is an editor's backup"),
    "quarto": ("missing", 0, "There is tanh_jacobian.qmd. That is a document: the program in it is needed"),
    "twice": ("graded", 10, f"2 files fit {FILE}; new/{FILE} counts."),
    "folder": ("missing", 0, f"Nothing fits {FILE}."),
    "rubbish": ("graded", 10, None),
    "fifo": ("unreadable", 0, f"{FILE} is not a regular file."),
}


@pytest.fixture(scope="module")
def graded(module_folder: Path) -> tuple[Finished, dict[str, Row]]:
    """The class, graded once."""
    folder = write(module_folder / "in", FILES)
    (folder / "fifo").mkdir()
    os.mkfifo(folder / "fifo" / FILE)
    earlier = time.time() - 3600
    os.utime(folder / "twice" / "old" / FILE, (earlier, earlier))
    done = Command(module_folder)("batch", folder, "--out", "out", "--exercise", "exercise-04")
    return done, {student: row for (student, _), row in rows(module_folder / "out").items()}


def test_everyone_has_one_row(graded: tuple[Finished, dict[str, Row]]) -> None:
    done, found = graded
    assert set(found) == set(EXPECTED)
    assert done.code == 1
    assert "Traceback" not in done.err


@pytest.mark.parametrize("student", EXPECTED)
def test_each_mishap_is_named_in_one_line(student: str, graded: tuple[Finished, dict[str, Row]]) -> None:
    done, found = graded
    status, score, sentence = EXPECTED[student]
    row = found[student]
    assert row.status == status
    assert score is None or row.score == score
    lines = [line for line in done.err.splitlines() if line.startswith(f"{student}, exercise-04: ")]
    assert len(lines) == (sentence is not None)
    assert sentence is None or sentence in lines[0]


def test_a_wrong_program_is_told_its_belief(graded: tuple[Finished, dict[str, Row]], module_folder: Path) -> None:
    assert graded[1]["belief"].beliefs == (BELIEF,)
    page = (module_folder / "out" / "reports" / "belief" / "exercise-04.html").read_text()
    assert "ransposed" in page


def test_a_page_for_everyone_who_handed_in(graded: tuple[Finished, dict[str, Row]], module_folder: Path) -> None:
    reports = module_folder / "out" / "reports"
    with_page = {path.parent.name for path in reports.glob("*/exercise-04.html")}
    expected = {name.replace(" ", "_") for name, (status, *_) in EXPECTED.items() if status != "missing"}
    assert with_page == expected
    assert not list(reports.glob("*/.*"))
