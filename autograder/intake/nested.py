"""The archives that a student hands in: what lies in them, one level deep, and why one, or a file in it, isn't read."""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import PurePath

from autograder.course.tasks import Task
from autograder.grading.notebooks import SUFFIX as NOTEBOOK
from autograder.intake.detection import detect, is_of_a_system
from autograder.intake.files import IntakeError, Tree, Unreadable
from autograder.intake.layout import HandedFile
from autograder.intake.matching import describe_paths, label, suffix_of
from autograder.intake.packed import CLASS, HAND_IN, PackedTree, open_archive
from autograder.intake.wrapping import unwrapped
from autograder.language import tr

_ARCHIVES = (".zip", ".7z", ".tar", ".gz", ".tgz", ".bz2", ".xz", ".rar")
_MAX_ARCHIVE = 64 << 20
#: Archives of one student that are looked into.
_MOST_ARCHIVES = 5
#: So few archives are looked into for a class: more are students' own.
_MOST_DOWNLOADS = 10
_OF_A_PROGRAM = (".py", NOTEBOOK, ".yaml", ".yml", ".json", ".zip", "")


@dataclass
class Inside:
    """The files in a student's archives; what to say about them; and the first that can't be had, with the reason."""

    files: list[HandedFile] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)
    fault: tuple[HandedFile, str] | None = None


def within_archives(files: Sequence[HandedFile]) -> Inside:
    """What lies in a student's archives, the latest archive first."""
    archives = [file for file in files if suffix_of(file) in _ARCHIVES and file.entry.problem is None]
    inside = Inside()
    for archive in sorted(archives, key=lambda file: (file.attempt, file.modified), reverse=True)[:_MOST_ARCHIVES]:
        try:
            tree = _opened(archive)
        except (IntakeError, Unreadable) as problem:
            inside.remarks.append(str(problem))
            inside.fault = inside.fault or (archive, str(problem))
            continue
        _add(inside, archive, tree)
    return inside


def refuse_classes(tree: Tree, tasks: Sequence[Task]) -> None:
    """Raise IntakeError where an archive among hand-ins is a class, as a system packs it: it is no one student's."""
    near = [entry for entry in tree.entries if len(entry.path) <= 2 and not entry.is_folder and entry.problem is None]
    archives = [entry for entry in near if PurePath(entry.path[-1]).suffix.lower() in _ARCHIVES]
    for entry in archives if len(archives) <= _MOST_DOWNLOADS else ():
        try:
            packed = open_archive(io.BytesIO(entry.read(_MAX_ARCHIVE)), entry.path[-1], CLASS)
        except (IntakeError, Unreadable):
            continue
        inside = unwrapped(packed, tasks, archive=True)
        if not is_of_a_system(inside, tasks):
            continue
        layout = detect(inside, tasks)
        if len({student.key for each in inside.entries for student, _ in layout.place(each)}) > 1:
            raise IntakeError(
                tr(
                    "{file} holds the hand-ins of several students, as {layout} packs them. Unpack what it lies in, and"
                    " grade such an archive by itself: `gradecheck batch` with its own name.",
                    file=describe_paths([entry.path]), layout=layout.name,
                )
            )  # fmt: skip


def unreadable(files: Sequence[HandedFile], inside: Inside) -> tuple[HandedFile, str] | None:
    """The file that was meant, probably, and what keeps it from being read."""
    for file in (*files, *inside.files):
        if file.entry.problem is not None and suffix_of(file) in _OF_A_PROGRAM:
            return file, file.entry.problem
    return inside.fault


def _add(inside: Inside, archive: HandedFile, tree: Tree) -> None:
    inside.remarks += tree.notes
    found = [
        HandedFile(entry, (*archive.path[:-1], *entry.path), archive.attempt, archive.late, archive=archive)
        for entry in tree.entries
        if not entry.is_folder
    ]
    inside.files += found
    sentences = [*(tree.refused if isinstance(tree, PackedTree) else ())]
    if nested := [file.path for file in found if suffix_of(file) in _ARCHIVES]:
        sentences.append(tr("{files} is an archive in an archive: not opened.", files=describe_paths(nested)))
        inside.remarks.append(sentences[-1])
    for sentence in sentences:
        inside.fault = inside.fault or (archive, sentence)


def _opened(archive: HandedFile) -> Tree:
    """The archive that a student handed in, in memory. Raises IntakeError or Unreadable."""
    data = archive.entry.read(_MAX_ARCHIVE)
    if len(data) > _MAX_ARCHIVE:
        raise Unreadable(
            tr(
                "{file} is larger than {size} MiB. Hand in the file alone.",
                file=label(archive),
                size=_MAX_ARCHIVE >> 20,
            )
        )
    return open_archive(io.BytesIO(data), label(archive), HAND_IN)
