"""A gradebook's scores as the cells of another system's table.

Two rules hold for every format. What was not handed in, or could not be decided because the grader itself failed, has
no score: the cell is empty, or keeps what stood there. And a cell that a student can have written never begins like a
formula: a single quote is put before it. Only the ids by which a system finds its own students stay as that system gave
them, because its import would not find the student otherwise.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterable, Iterator, Sequence

from autograder.feedback.sanitize import listed
from autograder.gradebook.book import Gradebook
from autograder.gradebook.grades import cell
from autograder.gradebook.rows import GradebookStudent, GradebookTask, Result
from autograder.gradebook.summary import by_student
from autograder.language import tr
from autograder.roster.sheet import format_number

__all__ = ["Tell", "cell", "is_decided", "points", "rows_of", "scaled", "tell_of_old_scales", "write_lines"]

Tell = Callable[[str], None]


def write_lines(lines: Iterable[Sequence[str]]) -> Iterator[str]:
    """Yield the lines as CSV, one by one."""
    buffer = io.StringIO()
    writer = csv.writer(buffer, lineterminator="\n")
    for line in lines:
        writer.writerow(line)
        yield buffer.getvalue()
        buffer.seek(0)
        buffer.truncate()


def rows_of(
    gradebook: Gradebook, tasks: Sequence[GradebookTask]
) -> Iterator[tuple[GradebookStudent, dict[str, Result]]]:
    """Yield every student with their results for these tasks, one student at a time."""
    wanted = {task.id for task in tasks}
    for student, rows in by_student(gradebook.students(), ((result, None) for result in gradebook.results())):
        yield student, {result.exercise: result for result, _ in rows if result.exercise in wanted}


def is_decided(result: Result | None) -> bool:
    """Whether there is a score on today's scale: something was handed in, and the grader did not fail over it."""
    return result is not None and result.status not in ("missing", "crashed") and not result.outdated


def points(result: Result | None, possible: float, sign: str = ".") -> str:
    """Return the score as a cell, out of `possible` points."""
    return format_number(scaled(result, possible), sign) if result is not None and is_decided(result) else ""


def scaled(result: Result, possible: float) -> float:
    """Return the score out of `possible` points, to a hundredth. Its own points can be those of an older exercise."""
    return round(result.score * possible / result.points, 2) if result.points else result.score


def tell_of_old_scales(gradebook: Gradebook, tasks: Sequence[GradebookTask], tell: Tell) -> None:
    """Name whose scores are of an older exercise: they have no cell on today's scale."""
    for task in tasks:
        old = [result.student for result in gradebook.results(task.id) if result.outdated]
        if old:
            tell(
                tr(
                    "{task}: left out, for they were graded by an older version of it: {names}. Grade them again.",
                    task=task.id,
                    names=listed(old),
                )
            )
