"""What authors write: the models, the loader and the lint of a course.

A name is imported from its module when it is first asked for: who lists a course needs no model of a quiz. It must not
run any program, nor import numpy, torch or pytest.
"""

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from autograder.course.discovery import CourseRoot, find_course, language_of
    from autograder.course.drill_key import AnswerKey
    from autograder.course.kit import ListedCheck, load_listed_checks
    from autograder.course.lint import Everything, load_everything
    from autograder.course.loaded import Course, Exercise, KnownWrong, Quiz
    from autograder.course.loader import (
        UnknownExercise,
        UnknownQuiz,
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
]

#: Where each name is; of the loader what isn't here.
_ELSEWHERE = {
    "AnswerKey": "drill_key",
    "CatalogueEntry": "model",
    "Course": "loaded",
    "CourseError": "problems",
    "CourseRoot": "discovery",
    "Everything": "lint",
    "Exercise": "loaded",
    "HiddenCheck": "program_files",
    "KnownWrong": "loaded",
    "Limits": "model",
    "ListedCheck": "kit",
    "Problem": "problems",
    "PublicCheck": "model",
    "Quiz": "loaded",
    "Unit": "model",
    "find_course": "discovery",
    "language_of": "discovery",
    "load_everything": "lint",
    "load_listed_checks": "kit",
}


def __getattr__(name: str) -> object:
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_ELSEWHERE.get(name, 'loader')}"), name)
