"""Which layout a tree has; the most particular is asked first, and `plain` takes what is left."""

from __future__ import annotations

from collections.abc import Sequence

from autograder.batch.intake import canvas, github_classroom, gradescope, moodle, nbgrader, plain
from autograder.batch.intake.files import Tree
from autograder.batch.intake.layout import Layout, Recognise
from autograder.batch.tasks import Task

_PARTICULAR: tuple[Recognise, ...] = (
    gradescope.recognise,
    moodle.recognise,
    canvas.recognise,
    nbgrader.recognise,
    github_classroom.recognise,
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
    return plain.recognise(tree, tasks)
