"""`gradecheck progress`: the course on one screen. Imports neither numpy, torch, pytest nor jinja2."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any

import click
import msgspec

from autograder.cli.endings import Misuse, in_part
from autograder.cli.fitting import fitted
from autograder.cli.overview import overview
from autograder.cli.session import Session, with_session
from autograder.feedback import wording
from autograder.feedback.course_page import points_in_words, state_in_words
from autograder.language import later, tr

if TYPE_CHECKING:
    from autograder.feedback.course_page import CourseSoFar, UnitSoFar
    from autograder.feedback.page import Page
    from autograder.progress import Met

#: As many misconceptions fit on the screen beside the course.
_SHOWN = 3


@click.command("progress")
@click.option("--json", "as_json", is_flag=True, help="Write one JSON object instead, with all misconceptions met.")
@click.option("--all", "everything", is_flag=True, help="Name every misconception that you have met.")
@click.option("--reset", is_flag=True, help="Forget everything: runs, answers, hints shown. Your files stay.")
@with_session
def command(session: Session, as_json: bool, everything: bool, reset: bool) -> int:
    """Show what you have done, your points, the misconceptions you have met, and what comes next.

    --reset forgets this course only. On a terminal it asks first.

    \b
    Examples:
      gradecheck progress
      gradecheck progress --all
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
        _write(session, found, met, shown=len(met) if everything else _SHOWN)
    return in_part(problems)


def _reset(session: Session) -> int:
    title = session.text(session.course.title)
    question = tr("Forget all runs, answers and hints of {title!r}? Your files stay", title=title)
    if sys.stdin.isatty() and not click.confirm("\n".join(fitted(question, sys.stdout)), default=False):
        session.say(tr("Nothing was forgotten."))
        return 0
    if not session.progress.reset():
        raise Misuse(tr("There is no record that could be forgotten."))
    session.say(tr("It is forgotten. Begin with: gradecheck list"))
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


def _write(session: Session, found: CourseSoFar, met: list[Met], *, shown: int) -> None:
    from autograder.feedback import terminal_markdown
    from autograder.feedback.page import Page

    page = Page(session.console, ascii=session.ascii)
    page.underlined(terminal_markdown.title(page, found.course.title, "bold"))
    page.paragraph(f"{points_in_words(found)}.")
    for number, unit in enumerate(found.units, start=1):
        first = tr("Unit {number}.", number=number) + " "
        page.paragraph(terminal_markdown.title(page, unit.title, "bold"), first=first, rest="  ")
        states = _by_state(unit)
        width = max(len(tr(word)) for word in states)
        for word, names in states.items():
            if names:
                page.paragraph(", ".join(names), first=f"  {tr(word):{width}}  ", rest=" " * (width + 4))
    _write_beliefs(session, page, met, shown)
    page.blank()
    done = tr("everything is done; gradecheck report shows it as pages.")
    page.paragraph(f"{tr('Next')}: {found.next_step or done}")


def _by_state(unit: UnitSoFar) -> dict[str, list[str]]:
    states: dict[str, list[str]] = {later("done"): [], later("begun"): [], later("to do"): []}
    for exercise in unit.exercises:
        state = "done" if exercise.done else "begun" if exercise.runs else "to do"
        far = f" ({_share(exercise.score or 0, exercise.points)})" if state == "begun" else ""
        states[state].append(exercise.id + far)
    for quiz in unit.quizzes:
        state = "to do" if not quiz.answered else "done" if quiz.done else "begun"
        done, begun = f" ({_share(quiz.score or 0, quiz.points)})", f" ({state_in_words(quiz)})"
        states[state].append(quiz.id + {"done": done, "begun": begun, "to do": ""}[state])
    return states


def _share(score: float, of: float) -> str:
    return tr("{score} of {of}", score=wording.format_number(score), of=wording.format_number(of))


def _write_beliefs(session: Session, page: Page, met: list[Met], shown: int) -> None:
    from autograder.feedback import terminal_markdown

    if not met:
        return
    page.blank()
    page.paragraph(tr("Misconceptions met, the most frequent first:"))
    for one in met[:shown]:
        title = terminal_markdown.title(page, session.course.misconceptions[one.misconception].title)
        times = one.runs + one.answers
        where = ", ".join((*one.exercises, *one.quizzes))
        where += "; " + (tr("twice") if times == 2 else tr("{n} times", n=times)) if times > 1 else ""
        page.paragraph(title.append(f" ({where})"), first="* " if page.ascii else "• ", rest="  ")
    if len(met) > shown:
        page.paragraph(tr("and {n} more: gradecheck progress --all", n=len(met) - shown), first="  ")
