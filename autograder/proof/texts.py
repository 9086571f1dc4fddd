"""The files of an exercise: its texts, which quote figures and may have been left unfinished or hold what no page can
show, and the lists beside its solution (figures, and mutants that may survive). Knows no particular list.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TypeVar

from autograder.course import Course, Exercise, Problem, load_hidden_checks, merge_conflict
from autograder.course.authored import Authored
from autograder.course.drawn import values_of
from autograder.course.draws import CannotDraw
from autograder.course.expressions import NotANumber
from autograder.course.program_files import hints_of_checks, read_program
from autograder.course.source import Source, read_yaml
from autograder.course.template import fill
from autograder.course.translation import TEXTS, texts_in
from autograder.course.validation import validate
from autograder.feedback import markdown
from autograder.language import tr

Entry = TypeVar("Entry", bound=Authored)

#: What a scaffold writes where its author must write.
LEFT = "TODO"
FIGURES = "figures.yaml"
_FENCED = re.compile(r"^ {0,3}(`{3,}|~{3,}).*?(?:^ {0,3}\1|\Z)", re.MULTILINE | re.DOTALL)
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
    """Yield a problem for each line that still says TODO, and for a merge that was left half done in a text."""
    for path in files:
        if path.suffix == ".md" and (unmerged := merge_conflict.problem(path, _without_fences(_read(path)))):
            yield unmerged
        for number, line in enumerate(_read(path).splitlines(), start=1):
            found = re.search(rf"\b{LEFT}\b:?\s*(.*?)([\"'](?!\w).*)?$", line)
            if found:
                yield Problem(path, number, f"{LEFT}: {found[1] or tr('this is still to be written')}")


def _without_fences(text: str) -> str:
    """Return Markdown without what it shows as it is, on as many lines."""
    return _FENCED.sub(lambda fenced: "\n" * fenced[0].count("\n"), text)


@dataclass(frozen=True)
class StudentText:
    """Markdown that students read: the file in which it stands, and the line where it begins or its key does."""

    path: Path
    line: int
    text: str

    def line_of(self, offset: int) -> int:
        """Return the line of what stands at an offset; of its beginning, where the file spells it otherwise."""
        words = self.text[offset:].split("\n", 1)[0].strip()[:40]
        lines = _read(self.path).splitlines()
        return next((at for at, line in enumerate(lines[self.line - 1 :], self.line) if words in line), self.line)


def as_read(exercise: Exercise) -> Iterator[StudentText]:
    """Yield every text of an exercise as a student reads it: with numbers, where some are drawn."""
    if not exercise.draws:
        yield from texts_of(exercise)
        return
    try:
        values = values_of(exercise, 0)
        yield from [replace(text, text=fill(text.text, values)) for text in texts_of(exercise)]
    except (CannotDraw, NotANumber):  # which is a problem of its own
        return


def texts_of(exercise: Exercise) -> Iterator[StudentText]:
    """Yield every text of an exercise that a student may read, as its author wrote it."""
    yield StudentText(exercise.folder / "statement.md", 1, exercise.statement)
    for path in sorted(exercise.folder.glob("statement.*.md")):
        yield StudentText(path, 1, _read(path))
    for path in sorted(exercise.folder.glob("exercise*.yaml")):
        yield from _in_yaml(path)
    if exercise.solution is None:
        return
    if exercise.kind == "drill":
        for path in sorted(exercise.solution.glob(f"{Path(exercise.file).stem}*.yaml")):
            yield from _in_yaml(path)
    else:
        checks = exercise.solution / "checks.py"
        yield from (StudentText(checks, check.line, check.title) for check in load_hidden_checks(exercise))
        yield from (StudentText(checks, line, hint) for _, line, hint in hints_of_checks(read_program(checks)))
        for path in sorted(exercise.solution.glob("checks.*.yaml")):
            yield from _in_yaml(path)
        for path in sorted(exercise.solution.glob("misconceptions/*.md")):
            yield StudentText(path, 1, _read(path))
        for path in exercise.programs(exercise.solution / "misconceptions"):
            for file in [path / name for name in exercise.files] or [path]:
                yield StudentText(file, 1, read_program(file).docstring)


def texts_of_course(course: Course) -> Iterator[StudentText]:
    """Yield every text of course.yaml that a student may read."""
    for path in sorted(course.root.root.glob("course*.yaml")):
        yield from _in_yaml(path)


def _in_yaml(path: Path) -> Iterator[StudentText]:
    return (StudentText(path, line, text) for line, text in texts_in(read_yaml(path), TEXTS).values())


def unshowable(texts: Iterable[StudentText]) -> Iterator[Problem]:
    """Yield a problem for each formula that would be shown as LaTeX and each picture that is not shown, at its line."""
    for text in texts:
        for offset, sentence in markdown.faults(text.text):
            yield Problem(text.path, text.line_of(offset), sentence)


def read_list(model: type[Entry], path: Path) -> tuple[list[tuple[int, Entry]], list[Problem]]:
    """Return the readable entries of a YAML list with their lines, and all problems. No file: no entries."""
    if not path.is_file():
        return [], []
    source = read_yaml(path)
    problems = list(source.problems)
    if source.data is not None and not isinstance(source.data, list):
        return [], [*problems, Problem(path, 1, tr("This file must be a list: each entry begins with a hyphen."))]
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
