"""What every layout answers: whose an entry is. One module a layout; `detection` chooses.

A layout must not know what the files are for.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass

from autograder.course.tasks import Task
from autograder.intake.files import Entry, Tree


@dataclass(frozen=True, slots=True)
class Student:
    """Who handed in. `key` is unique in a class and names the student in the gradebook.

    `system` says which system's id `system_id` is, for exports back to it; the rest is what that system told. `section`
    is the folder of a section that they lie in.
    """

    key: str
    name: str
    system: str = ""
    system_id: str = ""
    email: str = ""
    section: str = ""


@dataclass(frozen=True, slots=True)
class HandedFile:
    """One file of a student's: `path` below the student's own place.

    `attempt`: the system's own count of attempts, which grows; 0 where it tells none. `named_for_student`: the file has
    the student's name and can't have the task's. `depth`: how many folders of `path` the system itself put there.
    `archive`: the file's zip, where it lies in one. `typed`: what was typed into the system instead, as a page.
    `system`: the one that named it, whoever it turns out to be of. `came`: when it was handed in (UTC, ISO 8601), where
    the system tells that beside the files.
    """

    entry: Entry
    path: tuple[str, ...]
    attempt: float = 0.0
    late: bool = False
    named_for_student: bool = False
    depth: int = 0
    archive: HandedFile | None = None
    typed: bool = False
    system: str = ""
    came: str = ""

    @property
    def modified(self) -> float:
        """When it was last changed, only good for comparing: in a zip that day is written otherwise."""
        return self.entry.modified if self.archive is None else self.archive.modified

    @property
    def tells_attempt(self) -> bool:
        """Whether files of another `attempt` were handed in another time: Canvas numbers those of one attempt."""
        return (self.archive or self).system != "canvas"


Place = Callable[[Entry], Iterable[tuple[Student, HandedFile | None]]]


@dataclass(frozen=True)
class Layout:
    """`place` gives the students that an entry belongs to (a group has several), with what they handed in.

    An entry that only shows that a student is there comes with None, or is a folder. `own_files` are the system's, not
    a student's. `explains`: the share of the names at the top that it explains; `notes` are sentences for the
    instructor. `doubt` asks which of two readings is meant, where it isn't sure.
    """

    name: str
    place: Place
    own_files: frozenset[str] = frozenset()
    explains: float = 1.0
    notes: tuple[str, ...] = ()
    doubt: str = ""


def top_names(tree: Tree) -> set[str]:
    """The names at the top of a tree."""
    return {entry.path[0] for entry in tree.entries}


def top_folders(tree: Tree) -> set[str]:
    """The names of the folders at the top of a tree; an archive may list what is in one alone."""
    return {entry.path[0] for entry in tree.entries if entry.is_folder or len(entry.path) > 1}


def common_start(names: Collection[str]) -> str:
    """What some names begin with, all of them."""
    first, last = min(names), max(names)
    same = next((at for at, (a, b) in enumerate(zip(first, last, strict=False)) if a != b), min(len(first), len(last)))
    return first[:same]


#: What an instructor keeps beside hand-ins; where no layout explains it, it speaks against none.
_BESIDE = (".csv", ".xls", ".xlsx", ".ods", ".md", ".txt", ".pdf", ".docx", ".html")


def files_beside(tree: Tree) -> set[str]:
    """The names of such files at the top of a tree."""
    tops = {entry.path[0] for entry in tree.entries if len(entry.path) == 1 and not entry.is_folder}
    return {name for name in tops if name.lower().endswith(_BESIDE)}


def share(names: Collection[str], explained: Callable[[str], object]) -> float:
    """The share of names that are explained, from 0 to 1."""
    fitting = sum(bool(explained(name)) for name in names)
    others = sum(not explained(name) and not name.lower().endswith(_BESIDE) for name in names)
    return fitting / (fitting + others) if fitting else 0.0


Recognise = Callable[[Tree, Sequence[Task]], Layout | None]
"""The layout as which a tree can be read, None if nothing in it looks like that."""
