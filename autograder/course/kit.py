"""What a student's kit holds in place of solutions/: which checks only the instructor runs, by title and points.

`gradecheck export student-kit` writes it beside each exercise. It must hold nothing else that solutions/ knows.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from types import MappingProxyType
from typing import TYPE_CHECKING, Annotated

from msgspec import Meta

from autograder.course.authored import Authored, Fault
from autograder.course.loader import load_answer_key, load_hidden_checks
from autograder.course.model import INSTRUCTOR_FILE, Points, SnakeId, Text, known_format
from autograder.course.problems import CourseError
from autograder.course.source import read_yaml
from autograder.course.translation import in_language
from autograder.course.validation import validate
from autograder.language import spoken

if TYPE_CHECKING:
    from autograder.course.loaded import Exercise


class ListedCheck(Authored, frozen=True, kw_only=True):
    """A check that is not run here: its id, its title and what it is worth."""

    id: Annotated[SnakeId, Meta(description="The check's id; in a drill, the name of the number.")]
    title: Annotated[Text, Meta(description="One behaviour in one line (Markdown with LaTeX).")]
    points: Annotated[Points, Meta(description="What the check is worth.")]


class Listing(Authored, frozen=True, kw_only=True):
    """instructor.yaml: the checks of one exercise that only the instructor can run."""

    format: Annotated[int, Meta(description="The version of this format: 1.")]
    checks: Annotated[tuple[ListedCheck, ...], Meta(description="The checks, in the order in which they are run.")]

    def faults(self) -> Iterator[Fault]:
        if self.format != 1:
            yield ("format",), known_format(self.format)


def listing(exercise: Exercise, totals: Mapping[str, float] = MappingProxyType({})) -> Listing:
    """Return what a kit says of an exercise whose solutions are here. Raises CourseError.

    `totals`: by id what the cases of a check are worth together, where checks.py doesn't tell how many it has.
    """
    if exercise.kind == "drill":
        key = load_answer_key(exercise)
        checks = [ListedCheck(id=name, title=each.title, points=each.points) for name, each in key.answers.items()]
        checks += [ListedCheck(id=each.id, title=each.title, points=each.points) for each in key.consistency]
    else:
        hidden = [each for each in load_hidden_checks(exercise) if not each.extra]
        worth = ((each, totals[each.id] if each.total is None else each.total) for each in hidden)
        checks = [ListedCheck(id=each.id, title=each.title, points=points) for each, points in worth]
    return Listing(format=1, checks=tuple(checks))


def load_listed_checks(exercise: Exercise) -> tuple[ListedCheck, ...]:
    """Return the checks that the instructor runs, as this kit lists them; none if the solutions are here, or no list.

    Raises CourseError with all of the list's problems.
    """
    file = exercise.folder / INSTRUCTOR_FILE
    if exercise.solution is not None or not file.is_file():
        return ()
    source, unreadable = in_language(read_yaml(file), spoken())
    found, problems = validate(Listing, source)
    problems += unreadable
    if found is None or problems:
        raise CourseError(problems)
    return found.checks
