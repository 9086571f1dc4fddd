"""The files of an exercise as text: where figures are quoted, and where something was left to be written.

Knows no format: it reads what a student may come to see as it stands in the files.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from pathlib import Path

from autograder.course import Exercise, Problem

LEFT = "TODO"
"""What a scaffold writes where its author must write."""
FIGURES = "figures.yaml"
_KINDS = frozenset({".md", ".yaml", ".py"})


def files_of(exercise: Exercise) -> list[Path]:
    """Every authored file of an exercise, its solution included."""
    folders = [exercise.folder, *([exercise.solution] if exercise.solution else [])]
    found = (path for folder in folders for path in folder.rglob("*") if path.suffix in _KINDS)
    return sorted(path for path in found if path.is_file() and "__pycache__" not in path.parts)


def quoting_text(exercise: Exercise) -> str:
    """All texts of an exercise but its list of figures, with every run of blanks as one blank."""
    texts = (_read(path) for path in files_of(exercise) if path.name != FIGURES)
    return "\n".join(one_spaced(text) for text in texts)


def one_spaced(text: str) -> str:
    return " ".join(text.split())


def left_to_write(files: Iterable[Path]) -> Iterator[Problem]:
    """A problem for each line that still says TODO."""
    for path in files:
        for number, line in enumerate(_read(path).splitlines(), start=1):
            found = re.search(rf"\b{LEFT}\b:?\s*(.*?)([\"'](?!\w).*)?$", line)
            if found:
                yield Problem(path, number, f"{LEFT}: {found[1] or 'this is still to be written'}")


def _read(path: Path) -> str:
    return path.read_text(encoding="utf-8", errors="replace")
