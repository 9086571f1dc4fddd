"""`gradecheck run`: one file graded behind the wall, and what went wrong explained."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from .failure import FAILED, PASSED, Misuse
from .session import Session, with_session
from .workplace import started_file

if TYPE_CHECKING:
    from autograder.course import Exercise
    from autograder.grading.report import Report


@click.command("run")
@click.argument("exercise_id", metavar="EXERCISE")
@click.argument("file", required=False, type=click.Path(path_type=Path))
@click.option("--json", "as_json", is_flag=True, help="Print the report as JSON (schema 1) and nothing else.")
@click.option("--html", type=click.Path(path_type=Path), metavar="FILE", help="Also write the report as one page.")
@click.option("--junit", type=click.Path(path_type=Path), metavar="FILE", help="Also write it as JUnit XML.")
@click.option("--verbose", "-v", is_flag=True, help="Show messages and the program's output in full.")
@click.option("--unsandboxed", is_flag=True, help="Do without bubblewrap. For your own code only.")
@with_session
def command(
    session: Session,
    exercise_id: str,
    file: Path | None,
    as_json: bool,
    html: Path | None,
    junit: Path | None,
    verbose: bool,
    unsandboxed: bool,
) -> int:
    """Grades one file (by default the started one), and says what went wrong and why.

    Exits with 0 if all checks passed, 1 if one failed.

    \b
    Examples:
      gradecheck run exercise-04
      gradecheck run exercise-04 my_try.py --html report.html
      gradecheck run exercise-04 --json
    """
    exercise = session.exercise(exercise_id)
    report = _grade(session, exercise, _file_to_grade(session, exercise, file), unsandboxed)
    _record(session, report)
    if as_json:
        from autograder.feedback import json_report

        session.write_json(json_report.render(report))
    else:
        _show(session, exercise, report, verbose)
    _write_pages(report, html, junit)
    return PASSED if report.passed else FAILED


def _file_to_grade(session: Session, exercise: Exercise, named: Path | None) -> Path:
    file = named or started_file(exercise, session.progress, Path.cwd())
    if file is None:
        raise Misuse(
            f"There is no {exercise.file} here. Begin with `gradecheck start {exercise.id}`, or name the file to grade."
        )
    if not file.exists() and not file.is_symlink():
        raise Misuse(f"There is no file {file}. Check its name, or begin with `gradecheck start {exercise.id}`.")
    return file


def _grade(session: Session, exercise: Exercise, file: Path, unsandboxed: bool) -> Report:
    from autograder.grading.grade import grade
    from autograder.grading.submission import read_submission
    from autograder.sandbox.layers import ALL, WITHOUT_BUBBLEWRAP

    reports: list[Report] = []
    grade(
        session.course,
        exercise,
        [read_submission(file)],
        reports.append,
        layers=WITHOUT_BUBBLEWRAP if unsandboxed else ALL,
        fall_back=True,
        on_fall_back=lambda reason: click.echo(
            f"{reason} Graded without it; `gradecheck doctor` tells more.", err=True
        ),
    )
    return reports[0]


def _record(session: Session, report: Report) -> None:
    session.progress.record_run(
        report.exercise,
        score=report.score,
        points=report.points,
        passed=report.passed,
        misconceptions=[check.misconception.id for check in report.checks if check.misconception is not None],
        sha256=report.submission.sha256,
    )


def _show(session: Session, exercise: Exercise, report: Report, verbose: bool) -> None:
    """The report on the terminal; after a pass, what the exercise showed and where to go on."""
    from autograder.feedback import terminal

    next_step = _after(session, exercise) if report.passed else None
    terminal.render(report, session.console, ascii=session.ascii, verbose=verbose, next_step=next_step)
    if report.passed:
        session.say()
        session.page(exercise.takeaway)


def _after(session: Session, exercise: Exercise) -> str:
    """The quiz that goes with a passed exercise, and the next exercise that isn't passed."""
    quizzes = [exercise.quiz] if exercise.quiz in session.course.quiz_ids else []
    done = session.progress.best()
    order = session.course.exercise_ids
    place = order.index(exercise.id) + 1 if exercise.id in order else 0
    ahead = [other for other in (*order[place:], *order[:place]) if other not in done or not done[other].passed]
    steps = [f"gradecheck quiz {quiz}" for quiz in quizzes] + [f"gradecheck start {other}" for other in ahead[:1]]
    return ", then ".join(steps) or "gradecheck progress"


def _write_pages(report: Report, html: Path | None, junit: Path | None) -> None:
    if html is not None:
        from autograder.feedback import html as page

        _write(html, page.render(report))
    if junit is not None:
        from autograder.feedback import junit as xml

        _write(junit, xml.render([report]))


def _write(path: Path, text: str) -> None:
    try:
        path.write_text(text, encoding="utf-8")
    except OSError as error:
        raise Misuse(f"{path} can't be written: {error.strerror}. Name another file.") from error
