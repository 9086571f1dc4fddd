"""What authors write: the models, the loader and the lint of a course.

It must not run any program, nor import numpy, torch or pytest.
"""

from .answers import AnswerKey
from .discovery import CourseRoot, find_course
from .kit import ListedCheck, load_listed_checks
from .lint import Everything, load_everything
from .loader import (
    Course,
    Exercise,
    KnownWrong,
    Quiz,
    UnknownExercise,
    UnknownQuiz,
    load_answer_key,
    load_course,
    load_exercise,
    load_hidden_checks,
    load_misconceptions,
    load_quiz,
)
from .model import CatalogueEntry, Limits, PublicCheck, Unit
from .problems import CourseError, Problem
from .programs import HiddenCheck
from .schema import schema

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
