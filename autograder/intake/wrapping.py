"""A tree that lies in one folder of its own, as zipping a folder makes it: what it looks like from inside that folder.

It must not know what the layouts are, beyond asking them.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence
from pathlib import PurePath
from typing import Any

from autograder.course.tasks import Task
from autograder.intake.detection import has_sections, is_of_a_system
from autograder.intake.files import Entry, Tree
from autograder.intake.layout import files_beside, top_names
from autograder.language import tr

_COLLECTIONS = frozenset({"submissions", "submitted", "students", "handins", "hand-ins", "submitted files"})
#: Teams' folder of what is handed in, and of drafts beside it.
_SUBMITTED, _DRAFTS = "Submitted files", "Working files"


class _Inside:
    """The tree below one of its folders."""

    def __init__(self, tree: Tree, folder: str) -> None:
        self.name, self.notes, self._tree = folder, tree.notes, tree
        deeper = [entry for entry in tree.entries if len(entry.path) > 1 and entry.path[0] == folder]
        self.entries: list[Entry] = [dataclasses.replace(entry, path=entry.path[1:]) for entry in deeper]
        self.clones: frozenset[str] = frozenset()

    def read(self, handle: Any, limit: int) -> bytes:
        return self._tree.read(handle, limit)

    def close(self) -> None:
        self._tree.close()


def unwrapped(tree: Tree, tasks: Sequence[Task], *, archive: bool) -> Tree:
    """The tree, or what lies in its only folder where that folder is plainly not a student's.

    What an instructor keeps beside it makes no difference to a folder in which a system's hand-ins lie.
    """
    tops = top_names(tree)
    if tops == {_SUBMITTED, _DRAFTS}:
        tree.notes.append(tr("Left out, for they are drafts: {folder}.", folder=_DRAFTS))
        tops = {_SUBMITTED}
    if len(alone := tops - files_beside(tree)) != 1 or is_of_a_system(tree, tasks):
        return tree
    if alone != tops:
        further = unwrapped(_Inside(tree, *alone), tasks, archive=archive)
        return further if is_of_a_system(further, tasks) else tree
    inside = _Inside(tree, next(iter(tops)))
    further = unwrapped(inside, tasks, archive=archive)
    if further is not inside or (is_of_a_system(inside, tasks) or has_sections(inside, tasks)):
        return further
    return inside if _is_collection(inside, tree.name, tasks, archive=archive) else tree


def _is_collection(inside: Tree, above: str, tasks: Sequence[Task], *, archive: bool) -> bool:
    tops = top_names(inside)
    files = {entry.path[0] for entry in inside.entries if len(entry.path) == 1 and not entry.is_folder}
    if files & {name for task in tasks for name in task.file_names} or tops <= {task.id for task in tasks}:
        return False
    if inside.name.lower() in _COLLECTIONS or (archive and inside.name == above):
        return True
    if not archive:
        return False
    programs = [name for name in files if PurePath(name).suffix.lower() in (".py", ".ipynb", ".zip")]
    return len(tops - files) > 1 or len(programs) > 1
