"""Arguments that a shell can complete: the ids of the course's exercises and quizzes.

A shell asks in the middle of a line, so that nothing may be printed and no mistake in a course may be told here.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING

import click
from click.shell_completion import CompletionItem

from autograder.cli.session import Session

if TYPE_CHECKING:
    from autograder.course import Course


class CourseId(click.types.StringParamType):
    """A text that names something of the course; what it names is looked up by the command."""

    def __init__(self, ids: Callable[[Course], Iterable[str]]) -> None:
        self._ids = ids

    def shell_complete(self, ctx: click.Context, param: click.Parameter, incomplete: str) -> list[CompletionItem]:
        group = ctx.find_root()
        try:
            session = Session.begin(group.params.get("course"), ascii=False)
            return [CompletionItem(each) for each in self._ids(session.course) if each.startswith(incomplete)]
        except Exception:
            return []


EXERCISE = CourseId(lambda course: course.exercise_ids)
QUIZ = CourseId(lambda course: course.quiz_ids)
EITHER = CourseId(lambda course: (*course.exercise_ids, *course.quiz_ids))
