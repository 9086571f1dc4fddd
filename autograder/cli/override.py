"""`gradecheck override`: a score set by hand, with its reason; it is kept whatever is graded again."""

from __future__ import annotations

import math
import re
from pathlib import Path

import click

from autograder.cli.endings import Misuse
from autograder.cli.session import Session, with_session
from autograder.language import tr, tr_n


def _points(_context: click.Context, _parameter: click.Parameter, written: str | None) -> float | None:
    """Read points as people write them: with a decimal comma, too."""
    try:
        return None if written is None else float(written.strip().replace(",", "."))
    except ValueError:
        said = tr("{written!r} is no score: give a number of points, such as 8.5.", written=written)
        raise click.BadParameter(said) from None


class _Override(click.Command):
    """Takes a number below 0 for the score that it is, and not for an option, so that it can be refused as one."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        # With a blank before it, which is stripped from a score, it begins with no dash.
        return super().parse_args(ctx, [f" {each}" if re.fullmatch(r"-[\d.,]+", each) else each for each in args])


@click.command("override", cls=_Override)
@click.argument("gradebook", type=click.Path(path_type=Path))
@click.argument("student")
@click.argument("task")
@click.argument("score", callback=_points, required=False)
@click.option("--reason", metavar="TEXT", default="", help="Why: it stands wherever the score does.")
@click.option("--clear", is_flag=True, help="Take back what was set: the checks decide again.")
@with_session
def command(
    session: Session, gradebook: Path, student: str, task: str, score: float | None, reason: str, clear: bool
) -> None:
    """Set a score by hand, with its reason. It stays when the task is graded again, and is shown and exported.

    GRADEBOOK is what `gradecheck batch --out DIR` made. STUDENT is an id, e-mail or name as in grades.csv.

    \b
    Examples:
      gradecheck override grades ada exercise-04 8.5 --reason 'Right, but for a typo in the name'
      gradecheck override grades ada exercise-04 --clear
    """
    from autograder.gradebook.book import Gradebook
    from autograder.gradebook.explanation import explain
    from autograder.gradebook.pages import Pages
    from autograder.gradebook.tables import write_tables

    _refuse_misuse(score, reason, clear)
    with Gradebook.change(gradebook) as opened:
        key, of = opened.student(student).student, opened.task(task)
        if score is not None and score > of.points:
            said = tr_n("{task} is worth {n:g} point: {score:g} is more, and counts as such.",
                        "{task} is worth {n:g} points: {score:g} is more, and counts as such.",
                        of.points, task=task, score=score)  # fmt: skip
            session.warn(said)
        opened.override(key, of.id, score, reason.strip())
        out = opened.path.parent
        Pages(out).write(opened, key, of.id)
        write_tables(opened, out, session.warn)
        row = opened.result(key, of.id)
        if row is not None:
            session.say(f"{key}, {of.id}: {explain(opened, row)}")


def _refuse_misuse(score: float | None, reason: str, clear: bool) -> None:
    if clear and score is not None:
        raise Misuse(tr("Give a score, or --clear to take one back: not both."))
    if clear:
        return
    if score is None:
        raise Misuse(tr("Give the score, or --clear to take back what was set."))
    if not math.isfinite(score) or score < 0:
        raise Misuse(tr("{score:g} is no score: give a number of points from 0 up.", score=score))
    if not reason.strip():
        raise Misuse(tr("Say why with --reason 'TEXT': it stands wherever the score does."))
