"""A quiz and the course around it, as they are asked, kept until a file of either changes.

To read them takes longer than all else before the first question. It must not know how a quiz is asked.
"""

from pathlib import Path

import msgspec

from autograder.course import kept
from autograder.course.authored import convert
from autograder.course.content import Course, Quiz
from autograder.course.discovery import CourseRoot
from autograder.course.model import CatalogueEntry, Demands, Unit
from autograder.course.quiz_model import AnyQuestion, Pool
from autograder.course.source import Source


class _Course(msgspec.Struct, frozen=True):
    """All of a Course but where it is."""

    id: str
    title: str
    units: tuple[Unit, ...]
    misconceptions: dict[str, CatalogueEntry]
    named: bool
    former_ids: tuple[str, ...]
    language: str
    shows_solutions: bool
    demands: Demands


class _Quiz(msgspec.Struct, frozen=True):
    """All of a Quiz but on which line what stands."""

    id: str
    title: str
    intro: str | None
    questions: tuple[AnyQuestion, ...]
    pools: tuple[Pool, ...]


class _Both(msgspec.Struct, frozen=True):
    course: _Course
    quiz: _Quiz
    file: str


def read_quiz(root: CourseRoot, quiz_id: str, place: Path) -> tuple[Course, Quiz]:
    """Return a quiz with its course; they are kept in the folder `place`. Raises what loading them raises.

    The quiz has no lines: it is for asking, not for telling its author what is wrong.
    """
    name = kept.name(root.root, quiz_id)
    files = _files(root)
    both = kept.recall(place, name, _Both, files, convert)
    if both is None or both.quiz.id != quiz_id:  # the names of two quizzes' notes can be alike
        from autograder.course.loader import load_course, load_quiz

        course = load_course(root)
        quiz = load_quiz(course, quiz_id)
        kept.keep(place, name, _to_keep(course, quiz), files, lambda: _files(root))
        return course, quiz
    return (
        Course(root, **msgspec.structs.asdict(both.course)),
        Quiz(source=Source(Path(both.file)), **msgspec.structs.asdict(both.quiz)),
    )


def _files(root: CourseRoot) -> list[kept.Stamp]:
    return kept.stamps([*root.root.glob("course*.yaml"), root.root / "quizzes"])


def _to_keep(course: Course, quiz: Quiz) -> _Both:
    parts = {name: getattr(course, name) for name in _Course.__struct_fields__}
    parts["misconceptions"] = dict(course.misconceptions)
    questions = _Quiz(**{name: getattr(quiz, name) for name in _Quiz.__struct_fields__})
    return _Both(_Course(**parts), questions, str(quiz.source.path))
