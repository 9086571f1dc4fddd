"""How known-wrong programs are explained where the course doesn't know them: each is graded without its own belief.

So it stands for a mistake that no author has thought of. Another belief that is named then would be a false one, and is
a problem. What else explains it is counted.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable

from autograder.course import Course, Exercise, Problem
from autograder.grading.grade import grading
from autograder.grading.report import Report
from autograder.language import tr
from autograder.proof.findings import Findings, Tally
from autograder.proof.programs import known_wrong
from autograder.sandbox.starter import Starters

#: What explains a program, by what says most.
KINDS = ("belief", "behaviour", "line", "nothing")


def prove_left_out(
    course: Course, exercise: Exercise, on_step: Callable[[], None] = lambda: None, starters: Starters | None = None
) -> Findings:
    """Grade each without its own belief, and tell of each. Raises what `grade` raises."""
    listed = known_wrong(course, exercise)
    counted: Counter[str] = Counter()
    problems: list[Problem] = []
    with grading(course, exercise, fall_back=True, many=True, simplest_once=True, starters=starters) as grader:
        for case in listed:
            with grader.without(case.belief):
                report = grader.grade(case.submission)
            kind = _kind(report)
            counted[kind] += 1
            if kind == "belief":
                problems.append(case.problem(_false(report)))
            on_step()
    return Findings({f"left_out_{kind}": Tally(counted[kind], len(listed)) for kind in KINDS}, tuple(problems))


def _kind(report: Report) -> str:
    found = {each.kind for each in report.explanations}
    return next((kind for kind in KINDS if kind in found), "nothing")


def _false(report: Report) -> str:
    named = next(each.misconception for each in report.explanations if each.kind == "belief")
    return tr(
        "Without its own belief this program is explained by {named!r}, which it doesn't hold: add a question"
        " that tells the two apart.",
        named=named,
    )
