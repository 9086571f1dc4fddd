"""`gradecheck completion`: the lines that make a shell complete commands, flags, exercises and quizzes.

Arguments that name something of the course have a type of this module. A shell asks in the middle of a line: nothing
may be printed then, nor may a mistake in a course be reported.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING

import click
from click.shell_completion import CompletionItem, get_completion_class

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


@click.command("completion")
@click.argument("shell", type=click.Choice(["bash", "zsh", "fish"]))
@click.pass_context
def command(ctx: click.Context, shell: str) -> None:
    """Print what a shell must read to complete `gradecheck`.

    \b
    Once and for all:
      bash  echo 'eval "$(gradecheck completion bash)"' >> ~/.bashrc
      zsh   echo 'eval "$(gradecheck completion zsh)"' >> ~/.zshrc
      fish  gradecheck completion fish > ~/.config/fish/completions/gradecheck.fish
    """
    kind = get_completion_class(shell)
    assert kind is not None
    click.echo(kind(ctx.find_root().command, {}, "gradecheck", "_GRADECHECK_COMPLETE").source())
