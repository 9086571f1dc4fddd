"""What authors write: the models, the loader and the lint of a course.

A name is imported from its module when it is first asked for: who lists a course needs no model of a quiz. It must not
run any program, nor import numpy, torch or pytest.
"""

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from autograder.course.content import Course as Course
    from autograder.course.content import Exercise as Exercise
    from autograder.course.content import KnownWrong as KnownWrong
    from autograder.course.content import Quiz as Quiz
    from autograder.course.discovery import CourseRoot as CourseRoot
    from autograder.course.discovery import find_course as find_course
    from autograder.course.drill_key import AnswerKey as AnswerKey
    from autograder.course.kit import ListedCheck as ListedCheck
    from autograder.course.kit import load_listed_checks as load_listed_checks
    from autograder.course.lint import Everything as Everything
    from autograder.course.lint import load_everything as load_everything
    from autograder.course.loader import UnknownExercise as UnknownExercise
    from autograder.course.loader import UnknownQuiz as UnknownQuiz
    from autograder.course.loader import load_answer_key as load_answer_key
    from autograder.course.loader import load_course as load_course
    from autograder.course.loader import load_exercise as load_exercise
    from autograder.course.loader import load_hidden_checks as load_hidden_checks
    from autograder.course.loader import load_misconceptions as load_misconceptions
    from autograder.course.loader import load_quiz as load_quiz
    from autograder.course.model import CatalogueEntry as CatalogueEntry
    from autograder.course.model import Limits as Limits
    from autograder.course.model import PublicCheck as PublicCheck
    from autograder.course.model import Unit as Unit
    from autograder.course.problems import CourseError as CourseError
    from autograder.course.problems import Problem as Problem
    from autograder.course.program_files import HiddenCheck as HiddenCheck

#: The names that each module has, as above.
_MODULES = {
    "content": "Course Exercise KnownWrong Quiz",
    "discovery": "CourseRoot find_course",
    "drill_key": "AnswerKey",
    "kit": "ListedCheck load_listed_checks",
    "lint": "Everything load_everything",
    "loader": "UnknownExercise UnknownQuiz load_answer_key load_course load_exercise load_hidden_checks"
    " load_misconceptions load_quiz",
    "model": "CatalogueEntry Limits PublicCheck Unit",
    "problems": "CourseError Problem",
    "program_files": "HiddenCheck",
}
_MODULE_OF = {name: module for module, names in _MODULES.items() for name in names.split()}


def __getattr__(name: str) -> object:
    if name not in _MODULE_OF:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_MODULE_OF[name]}"), name)
