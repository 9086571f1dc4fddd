"""nbgrader's grades as its own `nbgrader export` writes them: a line for each student and assignment.

As there, what was not handed in has no timestamp and scores 0. The gradebook doesn't know when a file was handed in:
the other timestamps are those of the grading. A name is split at its comma; where it has none, all is the last name.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from autograder.export.scores import cell, rows_of, tell_of_old_scales, write_lines
from autograder.export.subcommand import GradebookRequest, of_gradebook
from autograder.gradebook.book import Gradebook
from autograder.gradebook.rows import GradebookStudent, GradebookTask, Result

COLUMNS = (
    "assignment",
    "duedate",
    "timestamp",
    "student_id",
    "last_name",
    "first_name",
    "email",
    "raw_score",
    "late_submission_penalty",
    "score",
    "max_score",
)


def lines(gradebook: Gradebook, tasks: Sequence[GradebookTask]) -> Iterator[Sequence[str]]:
    """Yield the header, then a line for each student and task; none where nothing on today's scale was decided."""
    yield COLUMNS
    for student, results in rows_of(gradebook, tasks):
        for task in tasks:
            result = results.get(task.id)
            if result is not None and (result.status == "crashed" or result.outdated):
                continue
            score, raw, penalty = _scores(result)
            timestamp = result.graded_at if result is not None and result.came_in else ""
            yield (task.id, "", timestamp, *_person(student), raw, penalty, score, f"{task.points:g}")


def _scores(result: Result | None) -> tuple[str, str, str]:
    """Return the score that counts, that of the checks, and what lateness took off."""
    if result is None:
        return "0", "0", "0"
    raw = result.score if result.raw is None or result.override is not None else result.raw
    return f"{result.score:g}", f"{raw:g}", f"{result.late_penalty:g}"


def _person(student: GradebookStudent) -> tuple[str, str, str, str]:
    own = student.system == "nbgrader"
    last, _, first = student.name.partition(",")
    identifier = student.system_id if own else cell(student.student)
    return identifier, cell(last.strip()), cell(first.strip()), cell(student.email)


@of_gradebook()
def subcommand(request: GradebookRequest) -> Iterable[str]:
    """nbgrader's grades CSV: a line for every student and assignment."""
    tell_of_old_scales(request.gradebook, request.tasks, request.tell)
    return write_lines(lines(request.gradebook, request.tasks))
