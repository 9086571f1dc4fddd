"""grades.csv, of the exercises that are named."""

from __future__ import annotations

from collections.abc import Iterable

from autograder.export.sheet import write_lines
from autograder.export.subcommand import GradebookRequest, of_gradebook
from autograder.gradebook import grades


@of_gradebook()
def subcommand(request: GradebookRequest) -> Iterable[str]:
    """grades.csv: a line for every student and exercise."""
    wanted = {task.id for task in request.tasks}
    return write_lines(grades.lines(row for row in request.gradebook.results() if row.exercise in wanted))
