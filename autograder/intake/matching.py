"""Which of a student's files is meant for a task, and what to say where its name isn't the one that was asked for.

A name decides if it can; then the folder; then what the file defines, seen by its text and never by running it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import PurePath

from autograder.course.tasks import Task
from autograder.grading.submission import MAX_BYTES
from autograder.intake import records
from autograder.intake.files import Unreadable, shown
from autograder.intake.layout import HandedFile
from autograder.intake.spelling import canonical, without_copy_suffix, without_number

NOTEBOOK = ".ipynb"
MAX_NOTEBOOK = 16 << 20
_SUFFIXES = {".py": (".py", NOTEBOOK), ".yaml": (".yaml", ".yml"), ".json": (".json", records.SUFFIX)}
_DEFINITIONS = {
    ".py": re.compile(r"^(?:async[ \t]+def|def|class)[ \t]+(\w+)", re.MULTILINE),
    NOTEBOOK: re.compile(r'(?:"|\\n)(?:async[ \t]+def|def|class)[ \t]+(\w+)'),
    ".yaml": re.compile(r"^(\w+)[ \t]*:", re.MULTILINE),
    ".json": re.compile(r'"quiz"\s*:\s*"([\w-]{1,100})"'),
}
_DEFINITIONS[".yml"] = _DEFINITIONS[".yaml"]
#: How well a name fits; the last two say that it doesn't.
_EXACT, _RESPELLED, _COPIED, _BY_ID, _BY_FOLDER, _NOT_AT_ALL = range(6)


@dataclass(frozen=True, slots=True)
class Match:
    """The file that counts for a task, and what should be said about that."""

    file: HandedFile
    remarks: tuple[str, ...] = ()


@dataclass
class Matcher:
    """Matches one student's files. `tasks` are all of the course, `sought` those of this batch."""

    tasks: Sequence[Task]
    sought: Sequence[Task]
    latest_first: bool
    _defined: dict[int, tuple[HandedFile, frozenset[str]]] = field(default_factory=dict)  # the file keeps its id alive

    def match(self, files: Sequence[HandedFile], task: Task) -> Match | None:
        candidates = [file for file in files if suffix_of(file) in _SUFFIXES.get(task.suffix, (task.suffix,))]
        fits = {id(file): _fit(file, task) for file in candidates}
        named = [file for file in candidates if fits[id(file)] < _NOT_AT_ALL and not self._elsewhere(file, task, fits)]
        if named:
            return self._best(named, fits, task)
        return self._by_content([file for file in candidates if not self._elsewhere(file, task, fits)], task)

    def _elsewhere(self, file: HandedFile, task: Task, fits: dict[int, int]) -> bool:
        """Whether the file is another task's: by its name where ours fits worse, else by its folder."""
        fit = fits[id(file)]
        for other in self.tasks:
            if other.id == task.id:
                continue
            same_name = canonical(other.stem) == canonical(task.stem)
            if _in_folder_of(file, other) and (same_name or fit > _BY_ID):
                return True
            if not same_name and other.suffix == task.suffix and _fit(file, other) < min(fit, _BY_FOLDER):
                return True
        return False

    def _best(self, named: Sequence[HandedFile], fits: dict[int, int], task: Task) -> Match:
        best = min(named, key=lambda file: self._preference(file, fits[id(file)], task))
        remarks = []
        if fits[id(best)] != _EXACT:
            remarks.append(f"{shown(best.path[-1:])} was taken for {task.file}.")
        elif best.path[best.depth : -1] and not _in_folder_of(best, task):
            remarks.append(f"{shown(best.path)} was taken: it lies in a folder.")
        if len(named) > 1:
            remarks.append(f"{len(named)} files fit {task.file}; {shown(best.path)} counts.")
        return Match(best, tuple(remarks))

    def _preference(self, file: HandedFile, fit: int, task: Task) -> tuple[object, ...]:
        """Sorts the file that counts to the front."""
        notebook = suffix_of(file) == NOTEBOOK
        place = (not _in_folder_of(file, task), len(file.path))
        if self.latest_first and fit <= _COPIED:
            return (0, -file.order, notebook, fit, *place, file.path)
        return (fit, notebook, *place, -file.order, file.path)

    def _by_content(self, unnamed: Sequence[HandedFile], task: Task) -> Match | None:
        programs = [(file, self._definitions(file)) for file in unnamed]
        programs = [(file, defined) for file, defined in programs if not self._defines_other(defined, task)]
        complete = [file for file, defined in programs if task.names <= defined]
        partial = [file for file, defined in programs if task.names & defined]
        found = complete or partial
        if not found and len(self.sought) == 1 and len(programs) == 1 and task.kind == "exercise":
            found, why = [programs[0][0]], "it is the only program handed in"
        elif found:
            why = f"it defines {', '.join(sorted(task.names & self._definitions(found[0])))}"
        if not found:
            return None
        best = max(found, key=lambda file: (file.order, file.path))
        remarks = () if best.named_for_student else (f"{shown(best.path)} was taken for {task.file}: {why}.",)
        more = (f"{len(found)} files fit {task.file}; {shown(best.path)} counts.",) if len(found) > 1 else ()
        return Match(best, remarks + more)

    def _defines_other(self, defined: frozenset[str], task: Task) -> bool:
        """Whether what is defined is all that another task asks for, and not all that this one does."""
        return not task.names <= defined and any(other.names <= defined for other in self.tasks if other.id != task.id)

    def _definitions(self, file: HandedFile) -> frozenset[str]:
        if id(file) not in self._defined:
            self._defined[id(file)] = file, _definitions(file)
        return self._defined[id(file)][1]


def suffix_of(file: HandedFile) -> str:
    """The suffix that tells what the file is; `.txt` is what browsers and mail put after it."""
    return _name(file).suffix.lower()


def largest(suffix: str) -> int:
    """How many bytes of a file with this suffix are read."""
    return {NOTEBOOK: MAX_NOTEBOOK, records.SUFFIX: records.MAX_RECORD}.get(suffix, MAX_BYTES)


def _name(file: HandedFile) -> PurePath:
    return _without_txt(file.path[-1]) if file.path else PurePath()


@lru_cache(maxsize=4096)
def _without_txt(written: str) -> PurePath:
    name = PurePath(written)
    bare = PurePath(name.stem)
    return bare if name.suffix.lower() == ".txt" and bare.suffix.lower() in _DEFINITIONS else name


def _fit(file: HandedFile, task: Task) -> int:
    name = _name(file)
    if file.path[-1] == task.file:
        return _EXACT
    wanted = canonical(task.stem)
    bare = without_copy_suffix(name.stem)
    if canonical(name.stem) == wanted:
        return _RESPELLED
    if wanted in (canonical(bare), canonical(without_number(bare))):
        return _COPIED
    if canonical(task.id) in (canonical(bare), canonical(name.stem)):
        return _BY_ID
    return _BY_FOLDER if _in_folder_of(file, task) else _NOT_AT_ALL


def _in_folder_of(file: HandedFile, task: Task) -> bool:
    return any(canonical(part) == canonical(task.id) for part in file.path[:-1])


def _definitions(file: HandedFile) -> frozenset[str]:
    """The names that a file defines at its top level, by its text alone: it may be broken, or hostile to parsers."""
    suffix = suffix_of(file)
    try:
        data = file.entry.read(largest(suffix))
    except Unreadable:
        return frozenset()
    if suffix == records.SUFFIX:
        return records.quizzes_in(data)
    text = data.decode("utf-8", "replace")
    return frozenset(_DEFINITIONS[suffix].findall(text)) if suffix in _DEFINITIONS else frozenset()


def listed(paths: Iterable[tuple[str, ...]], most: int = 5) -> str:
    """The names of files, for a sentence."""
    names = [shown(path) for path in paths]
    return ", ".join(names[:most]) + (f" and {len(names) - most} more" if len(names) > most else "")
