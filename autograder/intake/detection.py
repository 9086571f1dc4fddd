"""Which layout a tree has; the most particular is asked first, and `plain` takes what is left."""

from __future__ import annotations

from collections.abc import Sequence

from autograder.course.tasks import Task
from autograder.intake import canvas_zip, classroom_clones, gradescope_zip, moodle_zip, nbgrader_folder, plain_folder
from autograder.intake.files import Tree
from autograder.intake.layout import Layout, Recognise

_PARTICULAR: tuple[Recognise, ...] = (
    gradescope_zip.recognise,
    moodle_zip.recognise,
    canvas_zip.recognise,
    nbgrader_folder.recognise,
    classroom_clones.recognise,
)


def is_particular(tree: Tree, tasks: Sequence[Task]) -> bool:
    """Whether a tree has a layout that only one system makes."""
    return any(recognise(tree, tasks) is not None for recognise in _PARTICULAR)


def detect(tree: Tree, tasks: Sequence[Task]) -> Layout:
    """The layout of a tree that is not empty."""
    for recognise in _PARTICULAR:
        layout = recognise(tree, tasks)
        if layout is not None:
            return layout
    return plain_folder.recognise(tree, tasks)
