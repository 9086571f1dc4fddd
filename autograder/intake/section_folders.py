"""Sections: `section/student/…` or `section/student.py`; what lies in a section is as in a plain folder.

A section is told from a student's own folder by what is in it: no file of the task itself, but several folders that
each hold one, under names that no other section has too (`old` and `new` are in many students' folders). Where some
names are in several, it is asked; and where folders hold several files each, of names of their own.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import PurePath

from autograder.course.tasks import Task
from autograder.intake.file_spelling import canonical
from autograder.intake.files import Entry, Tree, describe_path
from autograder.intake.layout import HandedFile, Layout, Student
from autograder.intake.packed import ARCHIVES
from autograder.intake.plain_folder import below
from autograder.language import tr

#: The share of names of their own above which folders are people's, and above which they may be.
_SURE, _UNSURE = 0.8, 0.5
#: So many files a folder, and they may be people's.
_SEVERAL = 1.5
_PROGRAMS = (".py", ".ipynb", ".yaml", ".yml", ".json", *ARCHIVES)


def recognise(tree: Tree, tasks: Sequence[Task]) -> Layout | None:
    stems, ids = {canonical(task.stem) for task in tasks}, {canonical(task.id) for task in tasks}
    people: defaultdict[str, set[str]] = defaultdict(set)
    files: defaultdict[str, set[str]] = defaultdict(set)
    students: set[str] = set()
    for entry in tree.entries:
        if entry.is_folder or len(entry.path) < 2:
            continue
        own = len(entry.path) == 2
        work = canonical(PurePath(entry.path[-1]).stem) in stems
        if own and work:
            students.add(entry.path[0])
        elif PurePath(entry.path[-1]).suffix.lower() in _PROGRAMS:
            (files if own else people)[entry.path[0]].add(entry.path[1])
    if not people and not students and _may_hold_files_of_people(files, {*stems, *ids}):
        people = files
    sections = {top: names for top, names in people.items() if top not in students}
    crowds = [len(names) > 1 for names in sections.values()]
    unshared = _share_of_own(list(sections.values()), ids)
    is_sure = unshared > _SURE
    may_be = is_sure or (unshared > _UNSURE and all(crowds))
    if not (any(crowds) and may_be) or any(canonical(top) in ids for top in sections):
        return None
    layout = _layout(tree, tasks, len(sections) / len({*people, *students}))
    if is_sure and people is not files and (len(sections) > 1 or students):
        return layout
    top, names = min(sections.items(), key=lambda each: (len(each[1]) < 2, each[0]))
    doubt = tr(
        "Is {folder} one student, or are {folders} students in it? Say --layout plain for the first, --layout"
        " sections for the second.",
        folder=describe_path([top]),
        folders=describe_path([tr(" and ").join(sorted(names))]),
    )
    return replace(layout, doubt=doubt if not is_sure or people is files or len(names) == 2 else "")


def _may_hold_files_of_people(files: Mapping[str, set[str]], words: set[str]) -> bool:
    """Whether folders have several files, and none begins as a task is called."""
    names = [canonical(name) for each in files.values() for name in each]
    several = len(files) > 1 and len(names) >= _SEVERAL * len(files)
    return several and not any(name.startswith(word) for name in names for word in words)


def every_folder(tree: Tree, tasks: Sequence[Task]) -> Layout:
    """Every folder at the top as a section, as an instructor can say."""
    return _layout(tree, tasks, 1.0)


def _layout(tree: Tree, tasks: Sequence[Task], explains: float) -> Layout:
    found: defaultdict[str, set[str]] = defaultdict(set)
    for entry in tree.entries:
        for student, _ in below(entry, 1, tasks):
            found[student.key].add(entry.path[0])
    shared = {key for key, sections in found.items() if len(sections) > 1}
    return Layout(tr("sections with students in them"), lambda e: _place(e, shared, tasks), explains=explains)


def _share_of_own(sections: Sequence[set[str]], ids: set[str]) -> float:
    """How many of the folders in sections have a name of their own, from 0 to 1; 0 if one is called as an exercise."""
    names = [name for each in sections for name in each]
    return 0.0 if any(canonical(name) in ids for name in names) else len(set(names)) / max(1, len(names))


def _place(entry: Entry, shared: set[str], tasks: Sequence[Task]) -> Iterator[tuple[Student, HandedFile | None]]:
    section = entry.path[0]
    for student, handed in below(entry, 1, tasks):
        key = f"{student.key} ({section})" if student.key in shared else student.key
        yield Student(key, student.name, section=section), handed and replace(handed, path=handed.path[1:])
