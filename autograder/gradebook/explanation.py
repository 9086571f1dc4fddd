"""Why a score is what it is, in a sentence or two: from the attempt that counts, lateness, and what was set by hand.

It says what `book` and `policy` decide, and decides nothing itself.
"""

from __future__ import annotations

from collections.abc import Iterable

from autograder.course.policy_model import PolicyFile
from autograder.feedback.sanitize import one_line
from autograder.gradebook.book import Gradebook
from autograder.gradebook.policy import total
from autograder.gradebook.rows import Result
from autograder.language import decimal, later, tr, tr_n

_COUNTS = {"latest": later("the latest attempt counts"), "best": later("the best attempt counts")}
#: What became of a hand-in, in words.
STATUSES = {
    "graded": later("graded"),
    "missing": later("missing"),
    "unreadable": later("unreadable"),
    "crashed": later("crashed"),
}


def out_of(score: float, points: float) -> str:
    """Say how many points of how many."""
    return tr("{score:g} of {points:g}", score=score, points=points)


def explain(gradebook: Gradebook, row: Result) -> str:
    """Return how the score of a row came about."""
    policy = gradebook.policy
    if row.override is not None:
        reason = one_line(row.reason, width=500).rstrip(".")
        said = [tr("{score}, set by hand: {reason}.", score=out_of(row.score, row.points), reason=reason)]
        said += [tr("The checks came to {raw:g}.", raw=row.raw)] if row.attempt and row.raw is not None else []
        return " ".join(said)
    if row.status == "missing":
        return tr("nothing was handed in.")
    if row.status == "crashed":
        return tr("nothing is decided: the grader itself failed. Run the batch again, or use `gradecheck override`.")
    said = [
        tr(
            "{score}: attempt {number}, for {rule}.",
            score=out_of(row.score, row.points), number=row.attempt, rule=_counting(policy),
        )
    ]  # fmt: skip
    if row.late_penalty:
        said.append(tr("{raw:g} less {penalty:g} for lateness.", raw=row.raw, penalty=row.late_penalty))
    due_at = gradebook.due(row.student, row.exercise)
    if row.late and due_at is not None and row.handed_in:
        said.append(tr("It was due {moment}.", moment=f"{due_at:%Y-%m-%d %H:%M%z}"))
    elif row.late:
        said.append(tr("It was late; by how much isn't known.") if policy.late else tr("It was late."))
    if row.outdated:
        said.append(tr("An older exercise decided it, and it can't be graded again."))
    return " ".join(said)


def explain_total(gradebook: Gradebook, student: str) -> str:
    """Return a student's total in percent, and what it is made of; empty where the policy makes none."""
    policy = gradebook.policy
    share = share_of_all(gradebook, student)
    if share is None or policy.total is None:
        return ""
    weighed = policy.total.weights.items()
    weights = ", ".join(tr("{task} weighs {weight:g}", task=task, weight=float(weight)) for task, weight in weighed)
    lowest = policy.total.drop_lowest
    dropped = tr_n("without the lowest", "without the lowest {n}", lowest) if lowest else ""
    about = "; ".join(filter(None, (weights, dropped)))
    return decimal(f"{100 * share:.2f} %") + (f" ({about})" if about else "")


def share_of_all(gradebook: Gradebook, student: str) -> float | None:
    """Return a student's total as the policy makes it, from 0 to 1; None where it makes none."""
    return total(shares(gradebook.results_of(student)), gradebook.policy)


def shares(rows: Iterable[Result]) -> list[tuple[str, float]]:
    """Return each task with the share of its points; what the grader could not decide is left out."""
    return [
        (row.exercise, row.score / row.points if row.points else 0.0)
        for row in rows
        if row.status != "crashed" and not row.outdated
    ]


def _counting(policy: PolicyFile) -> str:
    return tr(_COUNTS.get(policy.count, later("the last attempt before the due date counts, or else the latest")))
