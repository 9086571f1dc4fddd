"""A notebook as Jupyter keeps it, and an exercise as one to work in: the statement, the stub, and a cell that grades.

It must not know how a cell is run or graded.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Literal, TypeAlias

from autograder.course.loaded import Exercise
from autograder.language import tr

#: A cell's kind and its text.
Cell: TypeAlias = tuple[Literal["markdown", "code"], str]
SUFFIX = ".ipynb"


def worksheet(exercise: Exercise) -> str:
    """Return an exercise as a notebook: its statement as Markdown with LaTeX, its stub, cells that grade and hint."""
    first = tr("# Run this cell first: it brings %gradecheck, %hint and %quiz.")
    missing = tr("# Where it finds no autograder, choose the Python that has gradecheck as this notebook's kernel.")
    load = f"{first}\n{missing}\n%load_ext autograder"
    hint: Cell = ("code", f"%hint {exercise.id}")
    if exercise.kind == "drill" or not exercise.required_names:  # numbers, or a whole program: graded as it stands
        work: list[Cell] = [("code", f"%%gradecheck {exercise.id}\n{exercise.stub.rstrip()}")]
    else:
        work = [("code", exercise.stub.rstrip()), ("code", f"%gradecheck {exercise.id}")]
    return as_json([("markdown", exercise.statement.rstrip()), ("code", load), *work, hint])


def as_json(cells: Iterable[Cell]) -> str:
    """Return cells as the text of a notebook of format 4.5."""
    written = [_written(number, kind, text) for number, (kind, text) in enumerate(cells, start=1)]
    python = {"kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"}}
    content = {"cells": written, "metadata": python, "nbformat": 4, "nbformat_minor": 5}
    return json.dumps(content, indent=1, ensure_ascii=False) + "\n"


def _written(number: int, kind: str, text: str) -> dict[str, object]:
    lines = text.splitlines(keepends=True)
    cell: dict[str, object] = {"cell_type": kind, "id": f"cell-{number}", "metadata": {}, "source": lines}
    return cell if kind == "markdown" else {**cell, "execution_count": None, "outputs": []}
