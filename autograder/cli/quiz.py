"""`gradecheck quiz`: a quiz in the terminal. Imports neither numpy, torch, pytest nor jinja2."""

from __future__ import annotations

import gc
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from autograder.cli.completion import QUIZ
from autograder.cli.endings import FAILED, PASSED, STOPPED, in_part
from autograder.cli.session import Session, with_session
from autograder.feedback import points
from autograder.language import tr, tr_n
from autograder.whole_file import write_whole

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from autograder.course import Quiz
    from autograder.course.quiz_model import AnyQuestion
    from autograder.feedback.course_page import QuizSoFar
    from autograder.progress import Answered, Sitting
    from autograder.quiz.conversation import Conversation
    from autograder.quiz.presentation import Presentation


@click.command("quiz")
@click.argument("quiz_id", metavar="[NAME]", required=False, type=QUIZ)
@click.option(
    "--seed", type=click.IntRange(0, 2**63 - 1), metavar="N", help="Use other numbers in the questions, this once."
)
@click.option("--plain", is_flag=True, help="Plain lines from top to bottom, for a screen reader.")
@click.option("--missed", is_flag=True, help="Ask again only what you missed.")
@click.option("--review", is_flag=True, help="Show all questions with their explanations, without asking any.")
@click.option("--save", type=click.Path(path_type=Path), metavar="FILE", help="Write your answers to a file, as JSON.")
@with_session
def command(
    session: Session,
    quiz_id: str | None,
    seed: int | None,
    plain: bool,
    missed: bool,
    review: bool,
    save: Path | None,
) -> int:
    """Take a quiz: type a letter (or letters, or a number) and press Enter. After each answer, every choice is
    explained.

    Each answer is kept at once: stop with q or Ctrl-C whenever you like, and the same command picks up where
    you stopped. Without a NAME it lists the quizzes. Exits with 0 if everything was right, 1 if not.

    \b
    Examples:
      gradecheck quiz
      gradecheck quiz products
      gradecheck quiz products --missed
      gradecheck quiz products --save products.json
    """
    gc.disable()  # a sitting is too short to need it, and the first question is there a tenth sooner
    session.plain = plain
    if quiz_id is None:
        return _list(session)
    quiz = session.as_asked(session.quiz_to_ask(quiz_id))
    if review:
        return _review(session, quiz, seed, missed)
    answers = session.progress.quizzes.counted(quiz.id)
    if save is not None and not missed and seed is None and _is_done(quiz, answers):
        _save(session, quiz, answers, save)
        return PASSED
    return _sit(session, quiz, seed, missed, save)


def _list(session: Session) -> int:
    """List the quizzes and how far each is; name what can't be read, and list the others."""
    from autograder.cli.listing import write_row
    from autograder.cli.overview import overview

    found, problems = overview(session)
    rows = [(each, _standing(each)) for unit in found.units for each in unit.quizzes]
    width = max((len(quiz.id) for quiz, _ in rows), default=0)
    widest = max((len(far) for _, far in rows), default=0)
    for quiz, far in rows:
        questions = tr_n("{n:3} question ", "{n:3} questions", quiz.questions)
        write_row(session, f"{quiz.id:{width}}  {questions}  {far:{widest}}  ", quiz.title)
    code = in_part(problems)
    if rows:
        take = f"quiz {found.next_quiz.id}" if found.next_quiz is not None else "practice"
        session.say("\n" + tr("Take one: {command}", command=f"gradecheck {take}"))
    return code


def _standing(quiz: QuizSoFar) -> str:
    from autograder.feedback.course_page import state_in_words

    return points.points(quiz.score or 0, quiz.points) if quiz.done else state_in_words(quiz)


def _presentation(session: Session) -> Presentation:
    from autograder.feedback.page import Page
    from autograder.quiz.presentation import Presentation

    page = Page(session.console, ascii=session.ascii)
    return Presentation(page, session.course.misconceptions, plain=session.plain)


def _review(session: Session, quiz: Quiz, seed: int | None, missed: bool) -> int:
    from autograder.progress import latest_answers
    from autograder.quiz.conversation import review

    record = session.progress.quizzes
    latest = latest_answers(record.answers(quiz.id))
    chosen = missed_questions(quiz, latest) if missed else frozenset(question.id for question in quiz.questions)
    if missed and not chosen:
        return _nothing_missed(session, quiz, latest)
    begun = any(question.id in latest for question in quiz.questions)
    question = tr("You haven't begun {quiz}, and this shows all answers. Show them", quiz=quiz.id)
    if not begun and not _agreed(question):
        session.say(f"{tr('Next')}: gradecheck quiz {quiz.id}")
        return PASSED
    review(quiz, latest, record.seed() if seed is None else seed, _presentation(session), chosen)
    return PASSED


def missed_questions(quiz: Quiz, latest: dict[str, Answered]) -> frozenset[str]:
    """Return questions whose latest answer fell short."""
    known = {question.id for question in quiz.questions}
    return frozenset(name for name, answer in latest.items() if name in known and answer.mark < answer.points)


def _nothing_missed(session: Session, quiz: Quiz, latest: dict[str, Answered]) -> int:
    """Say why there is nothing to ask again: all was right, or nothing was answered yet."""
    answered = sum(question.id in latest for question in quiz.questions)
    if not answered:
        begin = f"gradecheck quiz {quiz.id}"
        session.tell(tr("You have answered nothing of {quiz} yet. Begin: {command}", quiz=quiz.id, command=begin))
        return PASSED
    left = len(quiz.questions) - answered
    more = tr_n("{n} question is left.", "{n} questions are left.", left).rstrip(".") + f": gradecheck quiz {quiz.id}"
    again = tr("See all of it: {command}", command=f"gradecheck quiz {quiz.id} --review")
    missed = tr("You missed nothing of the {n} that you answered.", n=answered)
    session.tell(f"{missed} {more if left else again}")
    return PASSED


def _agreed(question: str) -> bool:
    """Ask a person; whoever sends a script has said what it wants."""
    from autograder.cli.keyboard import Keyboard

    return not Keyboard().is_a_person or click.confirm(question, default=False)


def sit_down(session: Session, quiz: Quiz, questions: Sequence[AnyQuestion], sitting: Sitting) -> Conversation:
    """Return a conversation about questions of a quiz, on this terminal."""
    from autograder.cli.keyboard import Keyboard
    from autograder.quiz.conversation import Conversation

    keyboard = Keyboard()
    return Conversation(
        session.course, quiz, questions, sitting, session.progress.quizzes, keyboard.read_line,
        _presentation(session), pause=keyboard.is_a_person,
    )  # fmt: skip


def _sit(session: Session, quiz: Quiz, seed: int | None, missed: bool, save: Path | None) -> int:
    from autograder.progress import latest_answers

    record = session.progress.quizzes
    latest = latest_answers(record.answers(quiz.id))
    chosen = missed_questions(quiz, latest) if missed else None
    if chosen is not None and not chosen:
        return _nothing_missed(session, quiz, latest)
    if chosen is None and record.finished(quiz.id, seed) and _is_done(quiz, latest.values()):
        earned = points.points(sum(latest[question.id].mark for question in quiz.questions), quiz.points)
        if not _agreed(tr("You finished {quiz}: {points}. Begin it anew", quiz=quiz.id, points=earned)):
            rest = "--missed" if missed_questions(quiz, latest) else "--review"
            session.say(f"{tr('Next')}: gradecheck quiz {quiz.id} {rest}")
            return PASSED
    questions = [question for question in quiz.questions if chosen is None or question.id in chosen]
    conversation = sit_down(session, quiz, questions, record.sit(quiz.id, seed, "all" if chosen is None else "missed"))
    try:
        complete = conversation.run()
    except KeyboardInterrupt:
        session.say("\n")
        _close(session, conversation, complete=False, save=save)
        return STOPPED
    _close(session, conversation, complete=complete, save=save)
    score = conversation.score
    return PASSED if complete and score.mark == score.points else FAILED


def _close(session: Session, conversation: Conversation, *, complete: bool, save: Path | None) -> None:
    """The summary, what to do next, and the file of answers."""
    show, quiz, score = conversation.show, conversation.quiz, conversation.score
    if score.answered:
        conversation.summarize()
    if not complete:
        left = len(conversation.questions) - score.answered
        kept = tr("Your answers are kept.") + " " if conversation.sitting.id is not None and score.answered else ""
        show.blank()
        show.say(kept + tr_n("{n} question is left.", "{n} questions are left.", left))
    if save is not None:
        kept_answers = session.progress.quizzes.counted(quiz.id) or list(conversation.answers.values())
        _save(session, quiz, kept_answers, save)
    show.next_steps(next_steps(conversation, complete=complete))


def next_steps(conversation: Conversation, *, complete: bool) -> Iterable[tuple[str, str]]:
    """Yield what there is to do after a sitting, and the command for it."""
    quiz, score = conversation.quiz, conversation.score
    missed = conversation.sitting.part == "missed"
    if not complete:
        yield tr("Go on"), f"gradecheck quiz {quiz.id}{' --missed' if missed else ''}"
        return
    if score.mark < score.points:
        yield tr("Try again what you missed"), f"gradecheck quiz {quiz.id} --missed"
        yield tr("Read it all"), f"gradecheck quiz {quiz.id} --review"
    else:
        yield tr("See how far you are"), "gradecheck progress"


def _is_done(quiz: Quiz, answers: Iterable[Answered]) -> bool:
    answered = {answer.question for answer in answers}
    return all(question.id in answered for question in quiz.questions)


def _save(session: Session, quiz: Quiz, answers: list[Answered], path: Path) -> None:
    """Write the file of answers whole or not at all."""
    from autograder.quiz.answers import write_answers

    now = datetime.now(UTC).isoformat(timespec="seconds")
    data = write_answers(session.course, quiz, session.progress.quizzes.seed(), answers, now)
    write_whole(path, data, tr("Name another file with --save."))
    number = len({answer.question for answer in answers})
    said = {"number": number, "total": len(quiz.questions), "file": path}
    session.say(tr("Your answers to {number} of {total} questions are in {file}.", **said))
