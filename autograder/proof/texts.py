"""The files of an exercise: its texts, which quote figures and may have been left unfinished, and the lists beside its
solution (figures, and mutants that may survive). Knows no particular list.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TypeVar

from autograder.course import Exercise, Problem
from autograder.course.authored import Authored
from autograder.course.source import Source, read_yaml
from autograder.course.validation import validate
from autograder.feedback import mathematics

Entry = TypeVar("Entry", bound=Authored)

#: What a scaffold writes where its author must write.
LEFT = "TODO"
FIGURES = "figures.yaml"
_KINDS = frozenset({".md", ".yaml", ".py"})


def files_of(exercise: Exercise) -> list[Path]:
    """Return every authored file of an exercise, its solution included."""
    folders = [exercise.folder, *([exercise.solution] if exercise.solution else [])]
    found = (path for folder in folders for path in folder.rglob("*") if path.suffix in _KINDS)
    return sorted(path for path in found if path.is_file() and "__pycache__" not in path.parts)


def quoting_text(exercise: Exercise) -> str:
    """Return all texts of an exercise but its list of figures, with every run of blanks as one blank."""
    texts = (_read(path) for path in files_of(exercise) if path.name != FIGURES)
    return "\n".join(one_spaced(text) for text in texts)


def one_spaced(text: str) -> str:
    return " ".join(text.split())


def left_to_write(files: Iterable[Path]) -> Iterator[Problem]:
    """Yield a problem for each line that still says TODO."""
    for path in files:
        for number, line in enumerate(_read(path).splitlines(), start=1):
            found = re.search(rf"\b{LEFT}\b:?\s*(.*?)([\"'](?!\w).*)?$", line)
            if found:
                yield Problem(path, number, f"{LEFT}: {found[1] or 'this is still to be written'}")


def unreadable_formulas(statements: Iterable[Path]) -> Iterator[Problem]:
    """Yield a problem for each formula of a statement that would be shown as LaTeX, at its line."""
    for path in statements:
        text = _read(path)
        for offset, sentence in mathematics.faults(text):
            yield Problem(path, text.count("\n", 0, offset) + 1, sentence)


def read_list(model: type[Entry], path: Path) -> tuple[list[tuple[int, Entry]], list[Problem]]:
    """Return the readable entries of a YAML list with their lines, and all problems. No file: no entries."""
    if not path.is_file():
        return [], []
    source = read_yaml(path)
    problems = list(source.problems)
    if source.data is not None and not isinstance(source.data, list):
        return [], [*problems, Problem(path, 1, "This file must be a list: each entry begins with a hyphen.")]
    entries: list[tuple[int, Entry]] = []
    for index, item in enumerate(source.data or []):
        inside = {location[1:]: line for location, line in source.lines.items() if location[:1] == (index,)}
        entry, faults = validate(model, Source(path, item, inside))
        problems += faults
        if entry is not None:
            entries.append((source.line((index,)), entry))
    return entries, problems


def _read(path: Path) -> str:
    return path.read_text(encoding="utf-8", errors="replace")
