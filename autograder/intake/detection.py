"""Which layout a tree has: the one that explains most of its names, else sections, else `plain`, which takes the rest.

A layout is believed if it explains more than half; two that explain as much are asked about.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace
from pathlib import PurePath

from autograder.course.tasks import Task
from autograder.intake import (
    blackboard_zip,
    brightspace_zip,
    canvas_zip,
    classroom_clones,
    gradescope_zip,
    ilias_zip,
    layout_pattern,
    moodle_zip,
    nbgrader_folder,
    plain_folder,
    sakai_zip,
    section_folders,
)
from autograder.intake.files import IntakeError, Tree, describe_path
from autograder.intake.layout import Layout, Recognise
from autograder.language import tr
from autograder.roster.people import bare_words

_PARTICULAR: dict[str, Recognise] = {
    "github-classroom": classroom_clones.recognise,
    "nbgrader": nbgrader_folder.recognise,
    "canvas": canvas_zip.recognise,
    "moodle": moodle_zip.recognise,
    "gradescope": gradescope_zip.recognise,
    "blackboard": blackboard_zip.recognise,
    "brightspace": brightspace_zip.recognise,
    "sakai": sakai_zip.recognise,
    "ilias": ilias_zip.recognise,
}
SYSTEMS = frozenset(_PARTICULAR)
NAMES: dict[str, Recognise] = {
    "plain": plain_folder.recognise,
    "sections": section_folders.every_folder,
    **_PARTICULAR,
    "github-classroom": classroom_clones.every_folder,
}
_BELIEVED = 0.5


def is_of_a_system(tree: Tree, tasks: Sequence[Task]) -> bool:
    """Whether a tree has a layout that only one system makes."""
    return bool(_believed(tree, tasks))


def has_sections(tree: Tree, tasks: Sequence[Task]) -> bool:
    """Whether a tree's folders look like sections."""
    return _sections(tree, tasks) is not None


def detect(tree: Tree, tasks: Sequence[Task], known: Collection[str] = ()) -> Layout:
    """The layout of a tree that is not empty; who is `known` can decide. Raises IntakeError where two fit equally."""
    believed = _believed(tree, tasks)
    if not believed:
        layout = _sections(tree, tasks) or plain_folder.recognise(tree, tasks)
        if layout.doubt:
            layout = _as_people_are_called(tree, tasks, known) or layout
        if layout.doubt:
            raise IntakeError(layout.doubt)
        return replace(layout, notes=(*layout.notes, *filter(None, [classroom_clones.question(tree)])))
    most = max(layout.explains for layout in believed.values())
    best = [name for name, layout in believed.items() if layout.explains == most]
    if len(best) > 1:
        raise IntakeError(
            tr(
                "{file} can be read as {names}. Say which: --layout {best}.",
                file=describe_path([tree.name]),
                names=tr(" or as ").join(best),
                best=best[0],
            )
        )
    return believed[best[0]]


def _as_people_are_called(tree: Tree, tasks: Sequence[Task], known: Collection[str]) -> Layout | None:
    """Plain where only folders at the top are called as people are, sections where only what lies in them is."""
    people = {bare_words(name) for name in known if any(map(str.isalpha, name))}  # sections are numbers, too
    tops = {entry.path[0] for entry in tree.entries if len(entry.path) > 1}
    below = {part for entry in tree.entries for part in entry.path[1:2]}
    of_tops, of_below = (
        any({bare_words(name), bare_words(PurePath(name).stem)} & people for name in names) for names in (tops, below)
    )
    if of_tops == of_below:
        return None
    return (plain_folder.recognise if of_tops else section_folders.every_folder)(tree, tasks)


def chosen(name: str, tree: Tree, tasks: Sequence[Task]) -> Layout:
    """The layout that an instructor names, or gives a pattern for. Raises IntakeError."""
    if "{" in name or "/" in name or "*" in name:
        return layout_pattern.layout(name)
    if name not in NAMES:
        raise IntakeError(
            tr(
                "There is no layout {name!r}. It is one of {names}, or a pattern such as '{{student}}/*'.",
                name=name,
                names=", ".join(NAMES),
            )
        )
    layout = NAMES[name](tree, tasks)
    if layout is None:
        raise IntakeError(
            tr(
                "Nothing in {file} is named as {name} names it. Give a pattern to --layout.",
                file=describe_path([tree.name]),
                name=name,
            )
        )
    return layout


def _believed(tree: Tree, tasks: Sequence[Task]) -> dict[str, Layout]:
    found = {name: recognise(tree, tasks) for name, recognise in _PARTICULAR.items()}
    return {name: layout for name, layout in found.items() if layout is not None and layout.explains > _BELIEVED}


def _sections(tree: Tree, tasks: Sequence[Task]) -> Layout | None:
    layout = section_folders.recognise(tree, tasks)
    return layout if layout is not None and layout.explains > _BELIEVED else None
