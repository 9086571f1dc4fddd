"""The archives that a student hands in, and those that lie in them: what they hold, and why one isn't read."""

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
from autograder.intake.packed import ARCHIVES, CLASS, HAND_IN, PackedTree, open_archive
from autograder.intake.wrapping import unwrapped
from autograder.language import tr

#: Bytes of an archive, and of one that lies in another.
_MAX_ARCHIVE, _MAX_NESTED = 64 << 20, 16 << 20
#: Files of an archive, without libraries.
_MOST_FILES = 2_000
#: Archives of one student that are looked into, and of those that lie in these.
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
    archives = [file for file in files if suffix_of(file) in ARCHIVES and file.entry.problem is None]
    inside = Inside()
    for archive in sorted(archives, key=lambda file: (file.attempt, file.modified), reverse=True)[:_MOST_ARCHIVES]:
        _look_into(inside, archive)
    opened = [file for file in inside.files if suffix_of(file) in ARCHIVES and file.entry.problem is None]
    opened = opened[:_MOST_ARCHIVES]
    for file in opened:
        _look_into(inside, file)
    if deeper := [file for file in inside.files if suffix_of(file) in ARCHIVES and file not in opened]:
        sentence = tr(
            "{files} is an archive in an archive: not opened. Hand in the file itself.",
            files=describe_paths([file.path for file in deeper]),
        )
        inside.remarks.append(sentence)
        inside.fault = inside.fault or (deeper[0].archive or deeper[0], sentence)
    return inside


def _look_into(inside: Inside, archive: HandedFile) -> None:
    """Add what lies in an archive, or why it can't be had."""
    try:
        tree = _opened(archive)
    except (IntakeError, Unreadable) as problem:
        inside.remarks.append(str(problem))
        inside.fault = inside.fault or (archive.archive or archive, str(problem))
    else:
        _add(inside, archive, tree)


def refuse_classes(tree: Tree, tasks: Sequence[Task]) -> None:
    """Raise IntakeError where an archive among hand-ins is a class, as a system packs it: it is no one student's."""
    near = [entry for entry in tree.entries if len(entry.path) <= 2 and not entry.is_folder and entry.problem is None]
    archives = [entry for entry in near if PurePath(entry.path[-1]).suffix.lower() in ARCHIVES]
    for entry in archives if len(archives) <= _MOST_DOWNLOADS else ():
        try:
            packed = open_archive(io.BytesIO(entry.read(_MAX_ARCHIVE)), entry.path[-1], CLASS)
        except (IntakeError, Unreadable):
            continue
        refuse_class(packed, tasks, describe_paths([entry.path]))


def refuse_class(tree: Tree, tasks: Sequence[Task], name: str) -> None:
    """Raise IntakeError where what is taken for one student's is a class, as a system packs it."""
    inside = unwrapped(tree, tasks, archive=True)
    if not is_of_a_system(inside, tasks):
        return
    layout = detect(inside, tasks)
    if len({student.key for each in inside.entries for student, _ in layout.place(each)}) > 1:
        raise IntakeError(
            tr(
                "{file} holds the hand-ins of several students, as {layout} packs them. Grade that alone, with"
                " `gradecheck batch`; if it lies within an archive, unpack this first.",
                file=name, layout=layout.name,
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
    outermost = archive.archive or archive
    inside.files += [
        HandedFile(entry, (*archive.path[:-1], *entry.path), archive.attempt, archive.late, archive=outermost)
        for entry in tree.entries
        if not entry.is_folder
    ]
    for sentence in tree.refused if isinstance(tree, PackedTree) else ():
        inside.fault = inside.fault or (outermost, sentence)


def _opened(archive: HandedFile) -> Tree:
    """The archive that a student handed in, in memory. Raises IntakeError or Unreadable."""
    most = _MAX_ARCHIVE if archive.archive is None else _MAX_NESTED
    data = archive.entry.read(most)
    if len(data) > most:
        raise Unreadable(
            tr(
                "{file} is larger than {size} MiB. Hand in the file alone.",
                file=label(archive),
                size=most >> 20,
            )
        )
    tree = open_archive(io.BytesIO(data), label(archive), HAND_IN)
    if len(tree.entries) > _MOST_FILES:
        said = tr(
            "{file} holds more than {most:,} files. Hand in your program alone.", file=label(archive), most=_MOST_FILES
        )
        raise Unreadable(said)
    return tree
