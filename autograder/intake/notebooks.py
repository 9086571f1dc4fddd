"""A notebook as a program: its code cells one after the other, without what only IPython understands.

nbformat reads it (an extra: few classes hand in notebooks). The notebook is a stranger's: its size was bounded before,
and nothing of it is run.
"""

from __future__ import annotations

import dataclasses
import logging
import re
from pathlib import Path

from autograder import distribution
from autograder.grading.submission import Submission, from_bytes, read_submission

_WHOLE_CELL = re.compile(r"^%%(?!time\b|timeit\b|capture\b|prun\b)")
_MAGIC = re.compile(r"^(?P<indent>\s*)(?:%|!|\?)|^[\w.]+\?{1,2}\s*$")


def read_program(path: Path) -> Submission:
    """The submission in a file, which may be a notebook; whatever the file is, this returns."""
    submission = read_submission(path)
    if path.suffix.lower() != ".ipynb" or submission.problem is not None:
        return submission
    return from_notebook(path.name, submission.data)


def from_notebook(name: str, data: bytes) -> Submission:
    """The submission in a notebook's bytes; whatever they are, this returns."""
    try:
        import nbformat
    except ImportError:
        sentence = (
            f"{name} is a notebook, and nbformat, which reads it, is missing: {distribution.install('notebooks')}."
        )
        return Submission(name, data, "", sentence)
    logging.getLogger("traitlets").setLevel(logging.CRITICAL)  # nbformat reports small faults there
    try:
        notebook = nbformat.reads(data.decode("utf-8-sig"), as_version=4)  # type: ignore[no-untyped-call]
        cells = [str(cell.source) for cell in notebook.cells if cell.cell_type == "code"]
    except (ValueError, LookupError, TypeError, AttributeError, RecursionError, nbformat.ValidationError):
        return Submission(
            name, data, "", f"{name} is not a notebook that can be read. Export it as .py and hand that in."
        )
    if not any(cell.strip() for cell in cells):
        return Submission(name, data, "", f"{name} has no code cells. Write your program in it, then hand it in again.")
    program = from_bytes(name, "\n\n".join(_cell(number, cell) for number, cell in enumerate(cells, 1)).encode())
    return dataclasses.replace(program, data=data)


def _cell(number: int, source: str) -> str:
    """One cell as Python, headed by its number so that a line in a message can be found."""
    lines = source.splitlines()
    if lines and _WHOLE_CELL.match(lines[0]):
        lines = [f"# left out: {lines[0][:60]}"]
    return "\n".join([f"# code cell {number}", *map(_line, lines)])


def _line(line: str) -> str:
    match = _MAGIC.match(line)
    return line if match is None else f"{match['indent'] or ''}pass  # left out: {line.strip()[:60]}"
