"""`gradecheck report`: the student's course as pages, made from the record alone. Nothing is graded again."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from autograder.cli.overview import overview
from autograder.cli.session import Session, with_session
from autograder.language import tr
from autograder.whole_file import write_whole

if TYPE_CHECKING:
    from autograder.feedback.course_page import Belief, CourseSoFar

_INDEX = "index.html"
_PAGES = "pages"  # in a course: pages of its own, each one file


@click.command("report")
@click.option(
    "--out", type=click.Path(path_type=Path), default=Path("gradecheck-report"), metavar="DIR", show_default=True,
    help="Where the pages are put.",
)  # fmt: skip
@with_session
def command(session: Session, out: Path) -> None:
    """Your course as pages to read: progress, your last report on each exercise, and what else the course brings.

    \b
    Examples:
      gradecheck report
      gradecheck report --out pages
    """
    from autograder.feedback import course_page

    reports, pages = dict(_reports(session)), dict(_pages(session))
    places = {exercise_id: f"reports/{exercise_id}.html" for exercise_id in reports}
    titles = {name: _title(name, page) for name, page in pages.items()}
    written = {places[exercise_id]: page for exercise_id, page in reports.items()} | pages
    written[_INDEX] = course_page.render(_so_far(session), list(_beliefs(session)), places, titles)
    for name, page in written.items():
        write_whole(out / name, [page], tr("Name another folder with --out."), parents=True)
    session.say(tr("Open {page} in a browser.", page=out / _INDEX))


def _pages(session: Session) -> Iterator[tuple[str, str]]:
    """The pages that the course brings, as they are. One that can't be read is left out."""
    for path in sorted((session.course.root.root / _PAGES).glob("*.html")):
        if path.name == _INDEX:
            session.warn(
                tr("{path} is left out: {index} is the name of the course's own page.", path=path, index=_INDEX)
            )
            continue
        try:
            yield path.name, path.read_text(encoding="utf-8")
        except (OSError, UnicodeDecodeError) as error:
            session.warn(tr("{path} can't be read and is left out: {reason}.", path=path, reason=error))


def _title(name: str, page: str) -> str:
    """The <title> of a page, or where it has none its file's name."""
    import html
    import re

    found = re.search(r"<title[^>]*>(.*?)</title>", page, re.IGNORECASE | re.DOTALL)
    return (" ".join(html.unescape(found[1]).split()) if found else "") or Path(name).stem


def _reports(session: Session) -> Iterator[tuple[str, str]]:
    """Yield the page of each exercise's last report. One that this version can't read is left out."""
    import msgspec

    from autograder.feedback import html
    from autograder.grading.report import Report

    for exercise_id in session.course.exercise_ids:
        text = session.progress.last_report(exercise_id)
        try:
            if text is not None:
                yield exercise_id, html.render(Report.from_json(text), home="../index.html")
        except (msgspec.DecodeError, UnicodeDecodeError):
            said = tr(
                "The last report on {exercise} can't be read. Run it again to have its page.", exercise=exercise_id
            )
            session.warn(said)


def _so_far(session: Session) -> CourseSoFar:
    found, problems = overview(session)
    for problem in problems:
        session.warn(str(problem))
    return found


def _beliefs(session: Session) -> Iterator[Belief]:
    from autograder.course.practice import exercises_that_practise
    from autograder.feedback.course_page import Belief

    for met in session.progress.misconceptions_met():
        entry = session.course.misconceptions.get(met.misconception)
        if entry is not None:
            practise = exercises_that_practise(session.course, met.misconception, next(iter(met.quizzes), None))
            where = (*met.exercises, *met.quizzes)
            yield Belief(
                entry.title, entry.concept, met.runs + met.answers, where, [e for e in practise if e not in where]
            )
