"""What every layout answers: whose an entry is. One module a layout; `detection` chooses.

A layout must not know what the files are for.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from autograder.course.tasks import Task
from autograder.intake.files import Entry, Tree


@dataclass(frozen=True, slots=True)
class Student:
    """Who handed in. `key` is unique in a class and names the student in the gradebook.

    `system` says which system's id `system_id` is, for exports back to it; the rest is what that system told.
    """

    key: str
    name: str
    system: str = ""
    system_id: str = ""
    email: str = ""


@dataclass(frozen=True, slots=True)
class HandedFile:
    """One file of a student's: `path` below the student's own place.

    `attempt`: the system's own count of attempts, which grows; 0 where it tells none. `named_for_student`: the file has
    the student's name and can't have the task's. `depth`: how many folders of `path` the system itself put there.
    `archive`: the file's zip, where it lies in one.
    """

    entry: Entry
    path: tuple[str, ...]
    attempt: float = 0.0
    late: bool = False
    named_for_student: bool = False
    depth: int = 0
    archive: HandedFile | None = None

    @property
    def modified(self) -> float:
        """When it was last changed, only good for comparing: in a zip that day is written otherwise."""
        return self.entry.modified if self.archive is None else self.archive.modified


Place = Callable[[Entry], Iterable[tuple[Student, HandedFile | None]]]


@dataclass(frozen=True)
class Layout:
    """`place` gives the students that an entry belongs to (a group has several), with what they handed in.

    An entry that only shows that a student is there comes with None. `own_files` are the system's, not a student's.
    """

    name: str
    place: Place
    own_files: frozenset[str] = frozenset()


Recognise = Callable[[Tree, Sequence[Task]], Layout | None]
