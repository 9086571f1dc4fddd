"""`gradecheck stats`: item analysis of quizzes and checks, from a gradebook. Needs no numpy."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from autograder.cli.session import Session, with_session

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from autograder.course import Quiz
    from autograder.gradebook.book import Gradebook
    from autograder.quiz.analysis import Analysis, Item, Option


@click.command("stats")
@click.argument("gradebook", type=click.Path(path_type=Path), required=False)
@click.option("--json", "as_json", is_flag=True, help="Write one JSON object instead.")
@with_session
def command(session: Session, gradebook: Path | None, as_json: bool) -> int:
    """Item analysis: how hard every question and check is, whether it tells students apart, and what distracts.

    GRADEBOOK is what `gradecheck batch` wrote: the file, or the folder that holds gradebook.db (default: this folder).
    First answers count; what was not answered counts as 0. Of fewer than 10 students only counts are shown.

    \b
    Examples:
      gradecheck stats grades/
      gradecheck stats grades/gradebook.db --json
    """
    from autograder.gradebook.book import Gradebook
    from autograder.quiz.analysis import ENOUGH

    with Gradebook.read(gradebook or Path()) as opened:
        analyses = list(_analyses(session, opened))
        where = opened.path
    if as_json:
        session.write_json(_json(analyses, where, ENOUGH))
        return 0
    if not analyses:
        session.say(f"{where} holds no graded answers yet.")
    for kind, analysis in analyses:
        _write(session, kind, analysis)
    if analyses:
        _legend(session, quizzes=any(kind == "quiz" for kind, _ in analyses))
    return 0


def _analyses(session: Session, gradebook: Gradebook) -> Iterator[tuple[str, Analysis]]:
    """Yield every task that somebody handed in, in the order of the course."""
    from autograder.quiz.analysis import analyse

    for task in gradebook.tasks():
        reports = (report for result, report in gradebook.reports(task.id) if report and result.status == "graded")
        analysis = analyse(reports, _quiz(session, task.id) if task.kind == "quiz" else None)
        if analysis is not None:
            yield task.kind, analysis


def _quiz(session: Session, quiz_id: str) -> Quiz | None:
    """Return the quiz, if the course still has it; its figures are given without, too."""
    from autograder.course.loader import read_quiz

    return read_quiz(session.course, quiz_id)[0] if quiz_id in session.course.quiz_ids else None


def _json(analyses: Iterable[tuple[str, Analysis]], where: Path, enough: int) -> dict[str, Any]:
    import msgspec

    tasks: list[dict[str, Any]] = [{"kind": kind, **msgspec.to_builtins(analysis)} for kind, analysis in analyses]
    return {"schema": 1, "gradebook": str(where), "enough": enough, "tasks": tasks}


def _write(session: Session, kind: str, analysis: Analysis) -> None:
    session.say(f"{analysis.id}: {session.text(analysis.title)}")
    students = f"{analysis.n} student{'' if analysis.n == 1 else 's'}"
    if analysis.withheld:
        session.say(f"  {students}: too few for figures, so only counts are shown.")
    else:
        session.say(
            f"  {students}, mean {analysis.mean:.2f} of {analysis.points:g} points (s {analysis.deviation:.2f}), "
            f"alpha {_figure(analysis.alpha)}, SEM {_figure(analysis.sem)}"
        )
    if analysis.complete < analysis.n:
        session.say(f"  {analysis.complete} of them met every item: mean, alpha and SEM are theirs.")
    for item in analysis.items:
        _write_item(session, item, kind)
    session.say()


def _write_item(session: Session, item: Item, kind: str) -> None:
    session.say(f"\n  {item.id}: {session.text(' '.join(item.title.split()))}")
    figures = f"    n {item.n}"
    if kind == "quiz" and item.answered < item.n:
        figures += f" ({item.answered} answered)"
    if item.facility is not None:
        weak = item.efficiency is not None and item.efficiency < 0.15
        figures += (
            f"  facility {item.facility:.2f}  r_rest {_figure(item.discrimination)}"
            f"  efficiency {_figure(item.efficiency)}  D27 {_figure(item.d27)}{'  <- tells few apart' if weak else ''}"
        )
    session.say(figures)
    width = max((len(option.id) for option in item.options), default=0)
    for option in item.options:
        session.say(_option(session, option, width))


def _option(session: Session, option: Option, width: int) -> str:
    mark = "*" if option.key else "-"
    line = f"    {mark} {option.id:{width}} {option.count:5}"
    if option.share is not None:
        line += f" {option.share:6.1%}  r {_figure(option.correlation):>5}"
    entry = session.course.misconceptions.get(option.misconception or "")
    if entry is not None and not option.key:
        line += f"  {session.text(entry.title)}"
    return line + ("  <- does no work" if option.works is False else "")


def _figure(value: float | None) -> str:
    return "-" if value is None else f"{value:.2f}"


def _legend(session: Session, *, quizzes: bool) -> None:
    session.say(
        "r_rest and r: correlation with the rest of the test. Efficiency: share of the possible discrimination\n"
        "(below 0.15 is weak). D27: facility of the best 27 % minus that of the worst. Alpha from 0.75 is satisfactory."
    )
    if quizzes:
        session.say("* marks a key. A distractor does no work if fewer than 5 % pick it, or the better students do.")
