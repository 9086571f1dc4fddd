"""GitHub Classroom: clones named `assignment-username`, often in a folder `assignment-submissions`."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence

from autograder.course.tasks import Task
from autograder.intake.files import Entry, Tree, describe_path
from autograder.intake.layout import HandedFile, Layout, Student, common_start, top_folders
from autograder.language import tr

_SUFFIX = "-submissions"


def recognise(tree: Tree, tasks: Sequence[Task]) -> Layout | None:
    return _layout(tree, tasks, is_said=False)


def every_folder(tree: Tree, tasks: Sequence[Task]) -> Layout | None:
    """The same where an instructor says that it is this: clones may have lost what makes them Git's."""
    return _layout(tree, tasks, is_said=True)


def question(tree: Tree) -> str:
    """Ask whether folders are clones whose names begin alike and that have lost what makes them Git's; empty if not."""
    folders = top_folders(tree)
    assignment = common_start(folders).rpartition("-")[0] if len(folders) > 1 else ""
    if not assignment or all(folder.removeprefix(f"{assignment}-").isdecimal() for folder in folders):
        return ""
    return tr(
        "The names of all folders begin with {start}. If they are GitHub Classroom's, say --layout github-classroom:"
        " what follows is the student then.",
        start=describe_path([f"{assignment}-"]),
    )


def _layout(tree: Tree, tasks: Sequence[Task], *, is_said: bool) -> Layout | None:
    folders = top_folders(tree)
    assignment = _assignment(tree, folders, tasks, is_said=is_said)
    if not assignment:
        return None
    prefix = f"{assignment}-"

    def place(entry: Entry) -> Iterator[tuple[Student, HandedFile | None]]:
        top = entry.path[0]
        if top in folders:
            user = top.removeprefix(prefix)
            yield Student(user, user, "github", user), HandedFile(entry, entry.path[1:])

    return Layout(tr("GitHub Classroom, assignment {assignment}", assignment=assignment), place)


def _assignment(tree: Tree, folders: Collection[str], tasks: Sequence[Task], *, is_said: bool) -> str | None:
    """The assignment that every folder's name begins with.

    Both assignment and user may hold hyphens, so what is surest is asked first: the folder's own name, a task's id, and
    then, for Git clones alone or where somebody says what they are, what all the names have in common.
    """
    known = [tree.name.removesuffix(_SUFFIX)] if tree.name.endswith(_SUFFIX) else []
    for name in (*known, *(task.id for task in tasks)):
        if folders and all(len(folder) > len(name) + 1 and folder.startswith(f"{name}-") for folder in folders):
            return name
    if len(folders) > 1 and (is_said or set(folders) <= tree.clones):
        return common_start(folders).rpartition("-")[0] or None
    return None
