"""What authors write: the models, the loader and the lint of a course.

It must not run any program, nor import numpy, torch or pytest.
"""

from autograder.course.discovery import CourseRoot, find_course
from autograder.course.drill_key import AnswerKey
from autograder.course.kit import ListedCheck, load_listed_checks
from autograder.course.lint import Everything, load_everything
from autograder.course.loader import (
    Course,
    Exercise,
    KnownWrong,
    Quiz,
    UnknownExercise,
    UnknownQuiz,
    language_of,
    load_answer_key,
    load_course,
    load_exercise,
    load_hidden_checks,
    load_misconceptions,
    load_quiz,
)
from autograder.course.model import CatalogueEntry, Limits, PublicCheck, Unit
from autograder.course.problems import CourseError, Problem
from autograder.course.program_files import HiddenCheck
from autograder.course.schema import schema

__all__ = [
    "AnswerKey",
    "CatalogueEntry",
    "Course",
    "CourseError",
    "CourseRoot",
    "Everything",
    "Exercise",
    "HiddenCheck",
    "KnownWrong",
    "Limits",
    "ListedCheck",
    "Problem",
    "PublicCheck",
    "Quiz",
    "Unit",
    "UnknownExercise",
    "UnknownQuiz",
    "find_course",
    "language_of",
    "load_answer_key",
    "load_course",
    "load_everything",
    "load_exercise",
    "load_hidden_checks",
    "load_listed_checks",
    "load_misconceptions",
    "load_quiz",
    "schema",
]
