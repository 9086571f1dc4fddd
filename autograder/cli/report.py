"""`gradecheck report`: the student's course as pages, made from the record alone. Nothing is graded again."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import click

from autograder.cli import other_ways
from autograder.cli.overview import overview
from autograder.cli.session import Session, with_session
from autograder.cli.workplace import as_drawn
from autograder.course.course_pages import INDEX, pages, title
from autograder.course.loader import read_exercise
from autograder.feedback.course_page import Places
from autograder.language import tr
from autograder.whole_file import write_whole

if TYPE_CHECKING:
    from autograder.course import Exercise
    from autograder.feedback.course_page import Belief, CourseSoFar
    from autograder.feedback.html import Beside
    from autograder.grading.report import Report

_STATEMENTS, _QUIZZES, _REPORTS = "exercises", "quizzes", "reports"


@click.command("report")
@click.option(
    "--out", type=click.Path(path_type=Path), default=Path("gradecheck-report"), metavar="DIR", show_default=True,
    help="The folder to write the pages to.",
)  # fmt: skip
@with_session
def command(session: Session, out: Path) -> None:
    """Write your course as web pages: progress, statements, quizzes to play, your latest reports, and whatever
    else comes with the course.

    \b
    Examples:
      gradecheck report
      gradecheck report --out pages
    """
    from autograder.feedback import course_page

    so_far, brought, reports = _so_far(session), dict(_pages(session)), dict(_reports(session))
    made = {
        _STATEMENTS: dict(_statements(session, so_far, reports)),
        _QUIZZES: dict(_quizzes(session)),
        _REPORTS: reports,
    }
    at = {folder: {name: f"{folder}/{name}.html" for name in of_kind} for folder, of_kind in made.items()}
    titles = {name: title(page) or Path(name).stem for name, page in brought.items()}
    places = Places(at[_STATEMENTS], at[_QUIZZES], at[_REPORTS], titles)
    written = brought | {at[folder][name]: page for folder, of_kind in made.items() for name, page in of_kind.items()}
    written[INDEX] = course_page.render(so_far, list(_beliefs(session)), places)
    for name, page in written.items():
        write_whole(out / name, [page], tr("Name another folder with --out."), parents=True)
    session.say(tr("Open {page} in a browser.", page=out / INDEX))


def _statements(session: Session, so_far: CourseSoFar, reports: Collection[str]) -> Iterator[tuple[str, str]]:
    """Yield the page of each exercise that can be read."""
    from autograder.cli.show import facts
    from autograder.feedback import statement_page
    from autograder.feedback.statement_page import Statement

    for entry in (entry for unit in so_far.units for entry in unit.exercises):
        exercise = as_drawn(session, session.exercise(entry.id))
        begin = [] if session.progress.started(exercise.id) else [f"gradecheck start {exercise.id}"]
        statement = Statement(
            id=exercise.id, title=exercise.title, text=exercise.statement, hints=exercise.hints,
            facts=facts(exercise), stub="\n".join(exercise.given.values()),
            commands=[*begin, f"gradecheck run {exercise.id}"],
            report=f"../{_REPORTS}/{exercise.id}.html" if exercise.id in reports else "",
        )  # fmt: skip
        yield exercise.id, statement_page.render(statement, home=f"../{INDEX}")


def _quizzes(session: Session) -> Iterator[tuple[str, str]]:
    """Yield the page of each quiz that can be read."""
    from autograder.course.loader import read_quiz
    from autograder.quiz import quiz_page

    read = (read_quiz(session.course, quiz_id) for quiz_id in session.course.quiz_ids)
    whole = [quiz for quiz, faults in read if quiz is not None and not faults]
    return quiz_page.pages(session.course, whole, home=f"../{INDEX}")


def _pages(session: Session) -> Iterator[tuple[str, str]]:
    """The pages that the course brings, as they are. One that can't be read is left out."""
    for name, path in pages(session.course.root.root).items():
        if name == INDEX:
            said = tr("{path} is left out: {index} is the name of the course's own page.", path=path, index=INDEX)
            session.warn(said)
            continue
        try:
            yield name, path.read_text(encoding="utf-8")
        except (OSError, UnicodeDecodeError) as error:
            session.warn(tr("{path} can't be read and is left out: {reason}.", path=path, reason=error))


def _reports(session: Session) -> Iterator[tuple[str, str]]:
    """Yield the page of each exercise's last report. One that this version can't read is left out."""
    import msgspec

    from autograder.feedback import html
    from autograder.grading.report import Report

    best = session.progress.best()
    for exercise_id in session.course.exercise_ids:
        text = session.progress.last_report(exercise_id)
        try:
            if text is not None:
                report = Report.from_json(text)
                graded_at = best[exercise_id].last if exercise_id in best else ""
                yield exercise_id, html.render(report, beside=_beside(session, report, graded_at))
        except (msgspec.DecodeError, UnicodeDecodeError):
            said = tr(
                "The last report on {exercise} can't be read. Run it again to have its page.", exercise=exercise_id
            )
            session.warn(said)


def _beside(session: Session, report: Report, graded_at: str) -> Beside:
    """Return what is shown beside a report that the record keeps: the program only if it is still the graded one."""
    from autograder.feedback.html import Beside
    from autograder.grading.submission import listings

    exercise_id = report.exercise
    beside = Beside(graded_at=graded_at, home=f"../{INDEX}", statement=f"../{_STATEMENTS}/{exercise_id}.html")
    draft = read_exercise(session.course.root, exercise_id)
    if draft.exercise is None or draft.problems:
        return beside
    source = _graded(session, draft.exercise, report.submission.sha256)
    beside = replace(beside, program=listings(source))
    if not report.passed:
        return beside
    ways = other_ways.offered(session.course, draft.exercise, source)
    return replace(beside, takeaway=as_drawn(session, draft.exercise).takeaway, other_ways=ways)


def _graded(session: Session, exercise: Exercise, sha256: str) -> str:
    """Return the text of the student's file if it is still the one of this hash, else nothing."""
    from autograder.grading.submission import read_work

    path = session.progress.started(exercise.id)
    if path is None:
        return ""
    submission = read_work(path.parent if exercise.files else path, exercise.files)
    return submission.source if submission.file.sha256 == sha256 else ""


def _so_far(session: Session) -> CourseSoFar:
    found, problems = overview(session)
    for problem in problems:
        session.warn(str(problem))
    return found


def _beliefs(session: Session) -> Iterator[Belief]:
    from autograder.course.practice import Practice
    from autograder.feedback.course_page import Belief

    practice = Practice(session.course)
    for met in session.progress.misconceptions_met():
        entry = session.course.misconceptions.get(met.misconception)
        if entry is not None:
            practise = practice.of(met.misconception, next(iter(met.quizzes), None))
            where = (*met.exercises, *met.quizzes)
            yield Belief(
                entry.title, entry.concept, met.runs + met.answers, where, [e for e in practise if e not in where]
            )
