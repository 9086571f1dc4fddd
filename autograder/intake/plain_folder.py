"""Plain: a folder of folders or of files, each named after a student; or one student's own folder."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from pathlib import PurePath

from autograder.course.tasks import Task
from autograder.grading.submission import MAX_BYTES, from_bytes
from autograder.intake.file_spelling import canonical, without_copy_suffix
from autograder.intake.files import Entry, Tree, Unreadable
from autograder.intake.layout import HandedFile, Layout, Place, Student, top_folders, top_names
from autograder.intake.matching import TEXTS, defined_names
from autograder.intake.packed import ARCHIVES
from autograder.intake.records import MAX_RECORD, SUFFIX, quizzes_in
from autograder.language import tr

_HAND_INS = (".py", ".ipynb", ".yaml", ".yml", *ARCHIVES)


def recognise(tree: Tree, tasks: Sequence[Task]) -> Layout:
    """Whatever no other layout recognises is this."""
    folders = top_folders(tree)
    files = top_names(tree) - folders
    wanted = {name for task in tasks for name in task.file_names}
    if files & wanted and not any(entry.path[-1] in wanted for entry in tree.entries if len(entry.path) > 1):
        return Layout(tr("the files of one student, {name}", name=tree.name), _all_of(Student(tree.name, tree.name)))
    if folders and not files and folders <= {task.id for task in tasks}:
        name = tr("folders named after exercises, with students in them")
        return Layout(name, lambda entry: below(entry, 1, tasks))
    return Layout(tr("folders and files named after students"), lambda entry: below(entry, 0, tasks))


def _all_of(student: Student) -> Place:
    return lambda entry: [(student, HandedFile(entry, entry.path))]


def below(entry: Entry, depth: int, tasks: Sequence[Task]) -> Iterator[tuple[Student, HandedFile | None]]:
    """The student whose name stands at `depth` of the path; what stands above it stays part of the file's path."""
    above, own = entry.path[:depth], entry.path[depth:]
    if len(own) > 1 or (own and entry.is_folder):
        yield Student(own[0], own[0]), HandedFile(entry, (*above, *own[1:]))
    elif own and own[0] in {name for task in tasks for name in task.file_names}:
        return  # beside students' folders: the instructor's own copy
    elif own and (
        PurePath(own[0]).suffix.lower() in _HAND_INS or _is_file_of_answers(entry) or _is_program(entry, tasks)
    ):
        name = _student_of(own[0], tasks)
        yield Student(name, name), HandedFile(entry, entry.path, named_for_student=True)
    elif own and entry.problem is not None:
        yield Student(own[0], own[0]), HandedFile(entry, entry.path)


def _is_file_of_answers(entry: Entry) -> bool:
    """Whether a file holds somebody's answers to a quiz: lists and settings are JSON too."""
    suffix = PurePath(entry.path[-1]).suffix.lower()
    if suffix not in (".json", SUFFIX):
        return False
    try:
        return bool(quizzes_in(entry.read(MAX_RECORD))) if suffix == SUFFIX else b'"quiz"' in entry.read(MAX_BYTES)
    except Unreadable:
        return True


def _is_program(entry: Entry, tasks: Sequence[Task]) -> bool:
    """Whether plain text, as an editor or a browser saves a program, defines what a task asks for."""
    if PurePath(entry.path[-1]).suffix.lower() not in TEXTS:
        return False
    try:
        defined = defined_names(".py", from_bytes(entry.path[-1], entry.read(MAX_BYTES)))
    except Unreadable:
        return False
    return any(task.names and task.names <= defined for task in tasks)


def _student_of(file: str, tasks: Sequence[Task]) -> str:
    """`alice` of `alice.py`, `alice (1).py`, `alice - tanh_jacobian.py` and `exercise-04-alice.py`."""
    bare = PurePath(PurePath(file).stem)
    while bare.suffix.lower() in _HAND_INS:  # `alice.tar.gz`, `alice.py.txt`
        bare = bare.with_suffix("")
    stem = without_copy_suffix(bare.name)
    for task in tasks:
        for word in (task.id, PurePath(task.file).stem):
            for pattern in (rf"(?P<name>.+?)[-_ ]+{re.escape(word)}", rf"{re.escape(word)}[-_ ]+(?P<name>.+)"):
                match = re.fullmatch(pattern, stem, re.IGNORECASE)
                if match and canonical(match["name"]):
                    return match["name"]
    return stem
