"""Why a score is what it is, in a sentence or two: from the attempt that counts, lateness, and what was set by hand.

It says what `book` and `policy` decide, and decides nothing itself.
"""

from __future__ import annotations

from autograder.course.policy_model import PolicyFile
from autograder.feedback.sanitize import one_line
from autograder.gradebook.book import Gradebook, Result
from autograder.gradebook.policy import total

_COUNTS = {"latest": "the latest attempt counts", "best": "the best attempt counts"}


def explain(gradebook: Gradebook, row: Result) -> str:
    """Return how the score of a row came about."""
    policy = gradebook.policy
    if row.override is not None:
        checks = f" The checks came to {row.raw:g}." if row.attempt and row.raw is not None else ""
        reason = one_line(row.reason, width=500).rstrip(".")
        return f"{row.score:g} of {row.points:g}, set by hand: {reason}.{checks}"
    if row.status == "missing":
        return "nothing was handed in."
    if row.status == "crashed":
        return "nothing is decided: the grader itself failed. Run the batch again, or use `gradecheck override`."
    said = f"{row.score:g} of {row.points:g}: attempt {row.attempt}, for {_counting(policy)}."
    said += f" {row.raw:g} less {row.late_penalty:g} for lateness." if row.late_penalty else ""
    due_at = gradebook.due(row.student, row.exercise)
    if row.late and due_at is not None and row.handed_in:
        said += f" It was due {due_at:%Y-%m-%d %H:%M%z}."
    elif row.late:
        said += " It was late; by how much isn't known." if policy.late else " It was late."
    return said + (" An older exercise decided it, and it can't be graded again." if row.outdated else "")


def explain_total(gradebook: Gradebook, student: str) -> str:
    """Return a student's total in percent, and what it is made of; empty where the policy makes none."""
    policy = gradebook.policy
    share = share_of_all(gradebook, student)
    if share is None or policy.total is None:
        return ""
    weights = ", ".join(f"{task} weighs {weight:g}" for task, weight in policy.total.weights.items())
    dropped = f"without the lowest {policy.total.drop_lowest}" if policy.total.drop_lowest else ""
    about = "; ".join(filter(None, (weights, dropped)))
    return f"{100 * share:.2f} %" + (f" ({about})" if about else "")


def share_of_all(gradebook: Gradebook, student: str) -> float | None:
    """Return a student's total as the policy makes it, from 0 to 1; None where it makes none."""
    rows = [gradebook.result(student, task.id) for task in gradebook.tasks()]
    return total(shares([row for row in rows if row is not None]), gradebook.policy)


def shares(rows: list[Result]) -> list[tuple[str, float]]:
    """Return each task with the share of its points; what the grader could not decide is left out."""
    return [
        (row.exercise, row.score / row.points if row.points else 0.0)
        for row in rows
        if row.status != "crashed" and not row.outdated
    ]


def _counting(policy: PolicyFile) -> str:
    return _COUNTS.get(policy.count, "the last attempt before the due date counts, or else the latest")
