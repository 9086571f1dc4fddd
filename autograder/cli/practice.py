"""`gradecheck practice`: the questions that are due today, a few minutes of them.

Due is what was answered long enough ago to be half forgotten, and what asks about a belief that an exercise has shown.
Imports neither numpy, torch, pytest nor jinja2.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from statistics import median
from typing import TYPE_CHECKING

import click

from autograder.cli.endings import FAILED, PASSED, STOPPED
from autograder.cli.session import Session, with_session
from autograder.language import ENGLISH, spoken, tr

if TYPE_CHECKING:
    from autograder.course import Quiz
    from autograder.course.quiz_model import AnyQuestion
    from autograder.progress import Answered

#: Seconds that a question takes whose answering was never timed, and the bounds of what one is taken to take.
_USUAL, _QUICKEST, _SLOWEST = 45.0, 15.0, 180.0


@dataclass(frozen=True)
class _Due:
    """A question to ask; `at` is None where it was never answered, and a belief that was met brings it."""

    quiz: Quiz
    question: AnyQuestion
    at: datetime | None


@click.command("practice")
@click.option(
    "--minutes",
    type=click.IntRange(1, 120),
    default=5,
    show_default=True,
    metavar="N",
    help="About how long to practise.",
)
@click.option("--plain", is_flag=True, help="Plain lines from top to bottom, for a screen reader.")
@with_session
def command(session: Session, minutes: int, plain: bool) -> int:
    """Practise what is due today, from all quizzes: questions that you would soon forget, and those about
    misconceptions that you have met.

    A question that you got right comes back after days, then weeks; one that you missed comes back sooner, with
    other numbers. Stop with q whenever you like. Exits with 0 if everything was right or nothing is due, 1 if
    not.

    \b
    Examples:
      gradecheck practice
      gradecheck practice --minutes 15
    """
    session.plain = plain
    answers = session.progress.quizzes.answers()
    due, later = _due(session, answers)
    if not due:
        session.tell(_nothing(later, bool(answers)))
        session.say(f"{tr('Next')}: gradecheck next")
        return PASSED
    chosen = due[: _how_many(answers, minutes)]
    asked, right, stopped = _ask(session, chosen, answers)
    session.say("\n" + tr("Practised: {right} of {asked} right.", right=right, asked=asked) if asked else "")
    left = len(due) - asked
    following = f"{tr('Next')}: gradecheck next"
    more = tr("gradecheck practice, for {n} more", n=left)
    session.say(f"{tr('Next')}: {more}" if left else tr("That is all for today.") + f" {following}")
    return STOPPED if stopped else PASSED if right == len(chosen) else FAILED


def _due(session: Session, answers: list[Answered]) -> tuple[list[_Due], datetime | None]:
    """Return what is due until midnight, the longest overdue first, then what is new; and when the next one is due."""
    from autograder.quiz.spacing import due_dates, end_of_day

    dates = due_dates(answers)
    until = end_of_day(datetime.now().astimezone())
    beliefs = {met.misconception for met in session.progress.misconceptions_met() if met.exercises}
    found = list(_questions(session, dates, beliefs))
    due = [each for each in found if each.at is None or each.at < until]
    due.sort(key=lambda each: (each.at is None, each.at.timestamp() if each.at else 0.0))
    return due, min((each.at for each in found if each.at is not None and each.at >= until), default=None)


def _questions(session: Session, dates: dict[tuple[str, str], datetime], beliefs: set[str]) -> Iterator[_Due]:
    for quiz_id in session.course.quiz_ids:
        quiz = session.as_asked(session.quiz(quiz_id))
        for question in quiz.questions:
            at = dates.get((quiz_id, question.id))
            if at is not None or beliefs & {belief for _, belief in question.beliefs()}:
                yield _Due(quiz, question, at)


def _nothing(later: datetime | None, answered: bool) -> str:
    if later is not None:
        day = f"{later.astimezone():%Y-%m-%d}" if spoken() != ENGLISH else f"{later.astimezone():%-d %B}"
        return tr("Nothing is due today. The next question is due on {day}.", day=day)
    again = tr("Nothing is due.") if answered else tr("There is nothing to practise yet.")
    why = tr("Questions come here once you have answered them in a quiz, or an exercise has shown a misconception.")
    return f"{again} {why}"


def _how_many(answers: list[Answered], minutes: int) -> int:
    """As many questions as fit, at the pace of the answers so far."""
    pace = median(answer.seconds for answer in answers) if answers else _USUAL
    return max(1, round(60 * minutes / min(max(pace, _QUICKEST), _SLOWEST)))


def _ask(session: Session, chosen: list[_Due], answers: list[Answered]) -> tuple[int, int, bool]:
    """Ask quiz by quiz; return how many were answered, how many of these rightly, and whether Ctrl-C ended it."""
    from autograder.cli.quiz import sit_down

    asked = right = 0
    chosen = sorted(chosen, key=lambda each: session.course.quiz_ids.index(each.quiz.id))
    for _, group in groupby(chosen, key=lambda each: each.quiz.id):
        due, record = list(group), session.progress.quizzes
        sitting = record.sit(due[0].quiz.id, (record.seed() + len(answers)) % 2**63, "practice")  # with other numbers
        conversation = sit_down(session, due[0].quiz, [each.question for each in due], sitting)
        try:
            complete, interrupted = conversation.run(), False
        except KeyboardInterrupt:
            complete, interrupted = False, True
        given = conversation.answers.values()
        asked, right = asked + len(given), right + sum(answer.mark >= answer.points for answer in given)
        if not complete:
            return asked, right, interrupted
    return asked, right, False
