"""The proof of a quiz: each of its questions is sound for every student, and each figure in it is computed."""

from __future__ import annotations

from bisect import bisect

from autograder.course import Quiz
from autograder.proof.findings import Findings, Tally
from autograder.proof.quoted import quoted_outside_holes
from autograder.quiz.soundness import examine


def prove_quiz(quiz: Quiz) -> Findings:
    """Draw every question many times, and read it as a student would."""
    examined = examine(quiz)
    problems = (*examined.problems, *quoted_outside_holes(quiz))
    begins = [quiz.source.line(("questions", index)) for index in range(len(quiz.questions))]
    faulty = {bisect(begins, problem.line) for problem in problems}
    sound = Tally(len(quiz.questions) - len(faulty), len(quiz.questions))
    return Findings({"questions": sound}, problems, examined.warnings)
