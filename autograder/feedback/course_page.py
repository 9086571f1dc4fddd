"""A student's course as a page: what is done, what is open, and the misconceptions met. Plain data in, HTML out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from autograder.feedback import html


@dataclass(frozen=True)
class Line:
    """An exercise or a quiz: how far it is in words, its points, and its page if there is one."""

    id: str
    title: str
    state: str
    done: bool
    score: float
    points: float
    page: str = ""


@dataclass(frozen=True)
class UnitPart:
    """A unit with its exercises and quizzes, in their order."""

    title: str
    lines: Sequence[Line]


@dataclass(frozen=True)
class Belief:
    """A misconception that was met: its title and concept, how often, where, and which exercises practise it."""

    title: str
    concept: str
    times: int
    where: Sequence[str]
    practise: Sequence[str]


@dataclass(frozen=True)
class CoursePage:
    """A page that the course itself brings: its title, and the file beside this page."""

    title: str
    file: str


@dataclass(frozen=True)
class CourseSoFar:
    """All that the page tells."""

    title: str
    units: Sequence[UnitPart]
    beliefs: Sequence[Belief]
    next_step: str | None
    pages: Sequence[CoursePage] = ()

    @property
    def score(self) -> float:
        return sum(line.score for unit in self.units for line in unit.lines)

    @property
    def points(self) -> float:
        return sum(line.points for unit in self.units for line in unit.lines)


def render(course: CourseSoFar) -> str:
    """Return the page."""
    return html.environment().get_template("course.html").render(course=course)
