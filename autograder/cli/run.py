"""`gradecheck run`: one file graded behind the wall, and what went wrong explained."""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from autograder.cli.completion import EXERCISE
from autograder.cli.endings import FAILED, PASSED, Misuse
from autograder.cli.session import Session, with_session
from autograder.cli.workplace import meant, started_file
from autograder.whole_file import write_whole

if TYPE_CHECKING:
    from autograder.course import Exercise
    from autograder.grading.report import Report
    from autograder.grading.submission import Submission

_CURE = "Name another file."


@click.command("run")
@click.argument("exercise_id", metavar="[EXERCISE]", required=False, type=EXERCISE)
@click.argument("file", required=False, type=click.Path(readable=False, path_type=Path))
@click.option("--json", "as_json", is_flag=True, help="Print the report as JSON (schema 1) and nothing else.")
@click.option("--html", type=click.Path(path_type=Path), metavar="FILE", help="Also write the report as one page.")
@click.option("--junit", type=click.Path(path_type=Path), metavar="FILE", help="Also write it as JUnit XML.")
@click.option("--watch", is_flag=True, help="Grade at every save, with everything kept warm, until Ctrl-C.")
@click.option("--verbose", "-v", is_flag=True, help="Show messages and the program's output in full.")
@click.option("--unsandboxed", is_flag=True, help="Do without bubblewrap. For your own code only.")
@with_session
def command(
    session: Session,
    exercise_id: str | None,
    file: Path | None,
    as_json: bool,
    html: Path | None,
    junit: Path | None,
    watch: bool,
    verbose: bool,
    unsandboxed: bool,
) -> int:
    """Grade one file (by default the started one), and say what went wrong and why.

    EXERCISE may be its number, or the path of a file; in the exercise's own folder it can be left out. A notebook is
    graded as a program is; of an exercise of several files it is their folder. Exits with 0 if all checks passed, 1 if
    one failed.

    \b
    Examples:
      gradecheck run exercise-04
      gradecheck run 4 my_try.ipynb
      gradecheck run exercise-04/tanh_jacobian.py
      gradecheck run exercise-04 my_try.py --html report.html
      gradecheck run exercise-04 --watch
      gradecheck run exercise-04 --json
    """
    exercise, file = meant(session, exercise_id, file, Path.cwd())
    named = _file_to_grade(session, exercise, file)
    passed = False
    try:
        for report in _reports(session, exercise, _submissions(session, exercise, named, watch), unsandboxed):
            passed = report.nothing_failed
            _record(session, report)
            _write_pages(report, html, junit)
            _tell(session, exercise, report, as_json=as_json, watch=watch, verbose=verbose)
    except KeyboardInterrupt:
        if not watch:
            raise
    return PASSED if passed else FAILED


def _file_to_grade(session: Session, exercise: Exercise, named: Path | None) -> Path:
    file = named or started_file(exercise, session.progress, Path.cwd())
    if file is None:
        raise Misuse(
            f"There is no {exercise.file} here. Begin with `gradecheck start {exercise.id}`, or name the "
            f"{'folder' if exercise.files else 'file'} to grade."
        )
    if not file.exists() and not file.is_symlink():
        raise Misuse(f"There is no file {file}. Check its name, or begin with `gradecheck start {exercise.id}`.")
    return file.parent if exercise.files and file.is_file() else file


def _submissions(session: Session, exercise: Exercise, file: Path, watch: bool) -> Iterable[Submission]:
    if watch:
        from autograder.cli.watching import saves

        return saves(file, session.say, exercise.files)
    from autograder.grading.submission import read_folder, read_submission

    return [read_folder(file, exercise.files) if exercise.files else read_submission(file)]


def _reports(
    session: Session, exercise: Exercise, submissions: Iterable[Submission], unsandboxed: bool
) -> Iterator[Report]:
    from autograder.grading.grade import grade
    from autograder.sandbox.layers import ALL, WITHOUT_BUBBLEWRAP

    return grade(
        session.course,
        exercise,
        submissions,
        layers=WITHOUT_BUBBLEWRAP if unsandboxed else ALL,
        fall_back=True,
        on_missing=lambda sentence: click.echo(
            f"{sentence} Grading without it, as is fine for your own program; `gradecheck doctor` tells more.",
            err=True,
        ),
    )


def _record(session: Session, report: Report) -> None:
    session.progress.record_run(
        report.exercise,
        score=report.score,
        points=report.points,
        passed=report.passed,
        misconceptions=[check.misconception.id for check in report.checks if check.misconception is not None],
        sha256=report.submission.sha256,
        report=report.to_json().decode(),
    )


def _tell(session: Session, exercise: Exercise, report: Report, *, as_json: bool, watch: bool, verbose: bool) -> None:
    if as_json:
        session.write_json(report.to_json(), one_line=watch)
        return
    if watch:
        session.say(f"\n{'─' * 8} {report.submission.name} as saved at {time.strftime('%H:%M:%S')} {'─' * 8}")
    _show(session, exercise, report, verbose)
    if watch:
        session.say("Watching: save the file to have it graded again; Ctrl-C ends.")


def _show(session: Session, exercise: Exercise, report: Report, verbose: bool) -> None:
    """The report on the terminal; after a pass, what the exercise showed and where to go on."""
    from autograder.feedback import terminal

    next_step = _after(session, exercise) if report.passed else None
    terminal.render(report, session.console, ascii=session.ascii, verbose=verbose, next_step=next_step)
    if report.passed:
        session.say()
        session.page(exercise.takeaway)


def _after(session: Session, exercise: Exercise) -> str:
    """Return the quiz that a passed exercise is the last to prepare for, and the next exercise that isn't passed."""
    from autograder.course.practice import exercises_of_quiz

    quiz = exercise.quiz if exercise.quiz in session.course.quiz_ids else None
    quizzes = [quiz] if quiz and exercises_of_quiz(session.course, quiz)[-1:] == (exercise.id,) else []
    done = session.progress.best()
    order = session.course.exercise_ids
    place = order.index(exercise.id) + 1 if exercise.id in order else 0
    ahead = [other for other in (*order[place:], *order[:place]) if other not in done or not done[other].passed]
    steps = [f"gradecheck quiz {quiz}" for quiz in quizzes] + [f"gradecheck start {other}" for other in ahead[:1]]
    return ", then ".join(steps) or "gradecheck progress"


def _write_pages(report: Report, html: Path | None, junit: Path | None) -> None:
    if html is not None:
        from autograder.feedback import html as page

        write_whole(html, [page.render(report)], _CURE)
    if junit is not None:
        from autograder.feedback import junit as xml

        write_whole(junit, [xml.render([report])], _CURE)
