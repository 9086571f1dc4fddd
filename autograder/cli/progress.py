"""`gradecheck progress`: the course on one screen. Imports neither numpy, torch, pytest nor jinja2."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any

import click
import msgspec

from autograder.cli.endings import MISUSE, Misuse
from autograder.cli.overview import overview
from autograder.cli.session import Session, with_session
from autograder.feedback.wording import format_number, points

if TYPE_CHECKING:
    from autograder.feedback.course_page import CourseSoFar, UnitSoFar
    from autograder.feedback.page import Page
    from autograder.progress import Met

#: As many misconceptions fit on the screen beside the course.
_SHOWN = 3


@click.command("progress")
@click.option("--json", "as_json", is_flag=True, help="Write one JSON object instead, with all misconceptions met.")
@click.option("--reset", is_flag=True, help="Forget all of it: runs, answers, hints shown. Your files stay.")
@with_session
def command(session: Session, as_json: bool, reset: bool) -> int:
    """What you did, your points, the misconceptions that you met, and what is next.

    --reset forgets this course alone. On a terminal it asks first.

    \b
    Examples:
      gradecheck progress
      gradecheck progress --json
    """
    if reset:
        return _reset(session)
    found, problems = overview(session)
    met = [one for one in session.progress.misconceptions_met() if one.misconception in session.course.misconceptions]
    if as_json:
        beliefs = [_belief(session, one) for one in met]
        session.write_json({**msgspec.to_builtins(found), "misconceptions": beliefs, "next": found.next_step})
    else:
        _write(session, found, met)
    for problem in problems:
        click.echo(str(problem), err=True)
    return MISUSE if problems else 0


def _reset(session: Session) -> int:
    question = f"Forget all runs, answers and hints of {session.text(session.course.title)!r}? Your files stay"
    if sys.stdin.isatty() and not click.confirm(question, default=False):
        session.say("Nothing was forgotten.")
        return 0
    if not session.progress.reset():
        raise Misuse("There is no record that could be forgotten.")
    session.say("It is forgotten. Begin with: gradecheck list")
    return 0


def _belief(session: Session, met: Met) -> dict[str, Any]:
    entry = session.course.misconceptions[met.misconception]
    return {
        "id": met.misconception,
        "title": entry.title,
        "revise": entry.concept,
        "runs": met.runs,
        "exercises": list(met.exercises),
        "answers": met.answers,
        "quizzes": list(met.quizzes),
        "last": met.last,
    }


def _write(session: Session, found: CourseSoFar, met: list[Met]) -> None:
    from autograder.feedback import terminal_markdown
    from autograder.feedback.page import Page

    page = Page(session.console, ascii=session.ascii)
    page.underlined(terminal_markdown.title(page, found.course.title, "bold"))
    page.paragraph(
        f"Exercises {points(found.score, found.points)}, "
        f"quizzes {format_number(found.quizzes.score)} of {format_number(found.quizzes.points)}."
    )
    for number, unit in enumerate(found.units, start=1):
        page.paragraph(terminal_markdown.title(page, unit.title, "bold"), first=f"Unit {number}. ", rest="  ")
        for word, names in _by_state(unit).items():
            if names:
                page.paragraph(", ".join(names), first=f"  {word:6} ", rest=" " * 9)
    _write_beliefs(session, page, met)
    page.blank()
    page.paragraph(f"Next: {found.next_step or 'everything is done; gradecheck report shows it as pages.'}")


def _by_state(unit: UnitSoFar) -> dict[str, list[str]]:
    states: dict[str, list[str]] = {"done": [], "begun": [], "to do": []}
    for exercise in unit.exercises:
        state = "done" if exercise.done else "begun" if exercise.runs else "to do"
        states[state].append(exercise.id + (f" ({_of(exercise.score, exercise.points)})" if state == "begun" else ""))
    for quiz in unit.quizzes:
        state = "to do" if not quiz.answered else "done" if quiz.done else "begun"
        far = {"done": f" ({_of(quiz.score, quiz.points)})", "begun": f" ({quiz.state})", "to do": ""}
        states[state].append(quiz.id + far[state])
    return states


def _of(score: float | None, points: float) -> str:
    return f"{format_number(score or 0)} of {format_number(points)}"


def _write_beliefs(session: Session, page: Page, met: list[Met]) -> None:
    from autograder.feedback import terminal_markdown

    if not met:
        return
    page.blank()
    page.paragraph("Misconceptions met, the most frequent first:")
    for one in met[:_SHOWN]:
        title = terminal_markdown.title(page, session.course.misconceptions[one.misconception].title)
        times = one.runs + one.answers
        where = ", ".join((*one.exercises, *one.quizzes)) + (f"; {times} times" if times > 1 else "")
        page.paragraph(title.append(f" ({where})"), first="* " if page.ascii else "• ", rest="  ")
    if len(met) > _SHOWN:
        page.paragraph(f"and {len(met) - _SHOWN} more: gradecheck progress --json", first="  ")
