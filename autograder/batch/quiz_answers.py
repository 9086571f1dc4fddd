"""Answers to a quiz in a batch: scored here at once, for nothing of a student's runs.

It must not know where the file of answers was found, nor where its Report goes.
"""

from __future__ import annotations

import dataclasses

import msgspec

from autograder.course import Course, Quiz
from autograder.grading.report import Report
from autograder.grading.submission import Submission
from autograder.quiz.answers import UnreadableAnswers, grade_answers, read_answers


def check(submission: Submission) -> Submission:
    """Return the submission; with a `problem` if it is no file of answers."""
    if submission.problem is not None:
        return submission
    try:
        read_answers(submission.data)
    except UnreadableAnswers as problem:
        return dataclasses.replace(submission, problem=f"{submission.name}: {problem}")
    return submission


def grade(course: Course, quiz: Quiz, submission: Submission) -> Report:
    """Return the report on a checked submission: one check a question, by the first answer to each."""
    report = grade_answers(course, quiz, submission.data, submission.file)
    if submission.problem is None:
        return report
    checks = [msgspec.structs.replace(check, message=submission.problem) for check in report.checks]
    return msgspec.structs.replace(report, checks=checks, note=submission.problem)
