"""grades.csv, of the exercises that are named."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import chain

from autograder.export.scores import write_lines
from autograder.export.subcommand import GradebookRequest, of_gradebook
from autograder.gradebook import grades


@of_gradebook()
def subcommand(request: GradebookRequest) -> Iterable[str]:
    """grades.csv: a line for every student and exercise."""
    wanted = {task.id for task in request.tasks}
    return chain([grades.BOM], write_lines(grades.lines(request.gradebook, wanted)))
