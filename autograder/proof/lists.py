"""Reads the lists that stand beside a solution: figures, and mutants that may survive. Knows no particular list."""

from __future__ import annotations

from pathlib import Path
from typing import TypeVar

from autograder.course import Problem
from autograder.course.authored import Authored
from autograder.course.source import Source, read_yaml
from autograder.course.validation import validate

Entry = TypeVar("Entry", bound=Authored)


def read_list(model: type[Entry], path: Path) -> tuple[list[tuple[int, Entry]], list[Problem]]:
    """The readable entries of a YAML list with their lines, and all problems. No file: no entries."""
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
