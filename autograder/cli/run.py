"""`gradecheck run`: one file graded behind the wall, and what went wrong explained."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click
import msgspec

from autograder.cli import other_ways
from autograder.cli.completion import EXERCISE
from autograder.cli.endings import FAILED, PASSED, Misuse
from autograder.cli.session import Session, with_session
from autograder.cli.waiting import Waiting
from autograder.cli.workplace import meant, no_file, nothing_in, renamed, shown_path, started_file
from autograder.language import later, tr
from autograder.machine import ONE_THREAD
from autograder.whole_file import write_whole

if TYPE_CHECKING:
    from autograder.course import Exercise
    from autograder.feedback.html import Beside
    from autograder.feedback.wording import Occasion
    from autograder.grading.explaining.effort import Name
    from autograder.grading.report import Report
    from autograder.grading.submission import Submission

_CURE = later("Name another file.")


class _Order(msgspec.Struct, frozen=True):
    """What was typed behind the exercise and the file, by the options' names."""

    as_json: bool
    html: Path | None
    junit: Path | None
    watch: bool
    everything: bool
    verbose: bool
    form: str | None
    no_pager: bool
    explain: Name | None
    unsandboxed: bool

    @property
    def show(self) -> str:
        """As what a report is printed."""
        if self.as_json:
            return "json"
        return self.form or ("verbose" if self.verbose else "all" if self.everything else "screen")


@click.command("run")
@click.argument("exercise_id", metavar="[EXERCISE]", required=False, type=EXERCISE)
@click.argument("file", required=False, type=click.Path(readable=False, path_type=Path))
@click.option("--json", "as_json", is_flag=True, help="Print the report as JSON (schema 1) and nothing else.")
@click.option("--html", type=click.Path(path_type=Path), metavar="FILE", help="Also write the report as one page.")
@click.option("--junit", type=click.Path(path_type=Path), metavar="FILE", help="Also write it as JUnit XML.")
@click.option("--watch", is_flag=True, help="Grade again each time you save, until Ctrl-C.")
@click.option(
    "--all", "everything", is_flag=True, help="Show every check and every mistake, not just the first screen."
)
@click.option("--verbose", "-v", is_flag=True, help="Like --all, with messages and the program's output in full.")
@click.option("--format", "form", type=click.Choice(["github"]), help="Print annotations for GitHub Actions instead.")
@click.option("--no-pager", is_flag=True, help="Print a long report at once, without a pager.")
@click.option("--explain", type=click.Choice(["fast", "thorough"]), help="How long to look for reasons.")
@click.option("--unsandboxed", is_flag=True, help="Run without bubblewrap. Only for your own code.")
@with_session
def command(session: Session, /, exercise_id: str | None, file: Path | None, **typed: Any) -> int:
    """Grade your file (the one you started, unless you name another), and say what went wrong and why.

    EXERCISE can be an id, a number or the path of a file; in the exercise's own folder you can leave it out. A
    notebook is graded like a program. If an exercise has several files, FILE is the folder they are in. One
    screen shows what matters most; --all shows the rest. Exits with 0 if all checks passed, and with 1 if any
    failed.

    \b
    Examples:
      gradecheck run exercise-04
      gradecheck run 4 my_try.ipynb
      gradecheck run exercise-04/my_try.py
      gradecheck run exercise-04 my_try.py --html report.html
      gradecheck run exercise-04 --watch
      gradecheck run exercise-04 --json
    """
    exercise, file = meant(session, exercise_id, file, Path.cwd())
    order = _Order(**typed)
    telling = _Telling(session, exercise, _file_to_grade(session, exercise, file), _again(exercise, file), order)
    passed = False
    # Read once, by numpy when it is imported: threads of it here would take from what warms up meanwhile.
    os.environ.update(ONE_THREAD)
    try:
        with Waiting(wanted=not order.as_json) as waiting:
            for submission, report in _reports(session, exercise, telling.file, order, waiting):
                waiting.end()
                passed = report.nothing_failed
                previous = previous_report(session, exercise)
                _record(session, report)
                telling.write_pages(submission, report)
                telling.tell(report, previous)
    except KeyboardInterrupt:
        if not order.watch:
            raise
    return PASSED if passed else FAILED


def _again(exercise: Exercise, file: Path | None) -> str:
    """Return what to type to have this file graded again."""
    from autograder import shell_words

    return f"gradecheck run {exercise.id}" + (f" {shell_words.word(str(file))}" if file is not None else "")


def previous_report(session: Session, exercise: Exercise) -> Report | None:
    """Return the last report on the exercise; None where there is none that can be read."""
    from autograder.grading.report import Report

    last = session.progress.last_report(exercise.id)
    try:
        return Report.from_json(last) if last else None
    except msgspec.DecodeError:
        return None


def _file_to_grade(session: Session, exercise: Exercise, named: Path | None) -> Path:
    file = named or started_file(exercise, session.progress, Path.cwd())
    if file is None:
        if other := renamed(exercise, Path.cwd()):
            from autograder import shell_words

            said = later("There is no {file} here. If it is {other}: `{command}`.")
            command = f"gradecheck run {exercise.id} {shell_words.word(shown_path(other))}"
            raise Misuse(tr(said, file=exercise.file, other=other.name, command=command))
        said = (
            later("There is no {file} here. Begin with `{command}`, or name the folder to grade.")
            if exercise.files
            else later("There is no {file} here. Begin with `{command}`, or name the file to grade.")
        )
        raise Misuse(tr(said, file=exercise.file, command=f"gradecheck start {exercise.id}"))
    if not file.exists() and not file.is_symlink():
        raise no_file(file, exercise.id)
    return file.parent if exercise.files and file.is_file() and not _is_archive(file) else file


def _is_archive(file: Path) -> bool:
    if file.suffix == ".py":  # so are nearly all, and the intake is much to import
        return False
    from autograder.intake.packed import ARCHIVES

    return file.suffix.lower() in ARCHIVES and file.is_file()


def _submissions(session: Session, exercise: Exercise, file: Path, watch: bool) -> Iterator[Submission]:
    """Yield the file, or each save of it; it is read when it is asked for, which is when a program can be started."""
    if watch:
        from autograder.cli.watching import saves

        works = saves(file, session.say, exercise.files)
    else:
        from autograder.grading.submission import read_work

        found = _found_in(session, exercise, file)
        works = iter([read_work(file, exercise.files) if found is None else found])
    for work in works:
        yield _with_its_owner(session, exercise, work)


def _found_in(session: Session, exercise: Exercise, place: Path) -> Submission | None:
    """What a batch finds in a folder where not all lies as it should, or in an archive; None where nothing is sought.

    Raises Misuse where an exercise of one file has nothing there.
    """
    if exercise.kind == "drill" or not (place.is_dir() or _is_archive(place)):
        return None
    if exercise.files and all((place / name).is_file() for name in exercise.files):
        return None
    from autograder.course.tasks import Task, course_tasks
    from autograder.intake import one_hand_in

    found, notes = one_hand_in(place, Task.of(exercise), course_tasks(session.course))
    if not exercise.files and not _holds_work(exercise, found.submission):
        raise nothing_in(place, exercise, notes)
    return found.submission and replace(found.submission, remarks=(*found.remarks, *notes))


def _holds_work(exercise: Exercise, work: Submission | None) -> bool:
    """Whether anything that was asked for is in a file, as far as it can be read."""
    names = exercise.required_names
    return work is not None and (work.problem is not None or not names or any(name in work.source for name in names))


def _with_its_owner(session: Session, exercise: Exercise, work: Submission) -> Submission:
    """Add a remark to a program that is another exercise's."""
    if exercise.kind == "drill" or any(name in work.source for name in exercise.required_names):
        return work
    from autograder.course.tasks import Task, course_tasks
    from autograder.intake.matching import of_another

    told = of_another(work.source, Task.of(exercise), course_tasks(session.course))
    return replace(work, remarks=(*work.remarks, told)) if told else work


def _reports(
    session: Session, exercise: Exercise, file: Path, order: _Order, waiting: Waiting
) -> Iterator[tuple[Submission, Report]]:
    """Grade the file, or each save of it."""
    from autograder.grading.grade import grade
    from autograder.sandbox.layers import ALL, WITHOUT_BUBBLEWRAP

    graded: list[Submission] = []

    def as_they_come() -> Iterator[Submission]:
        for submission in _submissions(session, exercise, file, order.watch):
            waiting.begin()
            graded[:] = [submission]
            yield submission

    reports = grade(
        session.course,
        exercise,
        as_they_come(),
        layers=WITHOUT_BUBBLEWRAP if order.unsandboxed else ALL,
        fall_back=True,
        effort=order.explain or "usual",
        meanwhile=_import_what_tells,
        on_check=lambda number, count: waiting.say(
            tr("Grading: {number} of {count} checks …", number=number, count=count)
            if number <= count
            else tr("Looking for the reasons …")
        ),
        on_missing=lambda sentence: click.echo(
            f"{sentence} " + tr("Grading without it, as is fine for your own program; `gradecheck doctor` tells more."),
            err=True,
        ),
    )
    for report in reports:
        yield graded[0], report


def _import_what_tells() -> None:
    """Import what records and shows a report, which then needn't wait for it."""
    from rich import console  # noqa: F401

    from autograder import progress  # noqa: F401
    from autograder.cli import overview  # noqa: F401
    from autograder.feedback import first_screen, formula  # noqa: F401


def _record(session: Session, report: Report) -> None:
    session.progress.record_run(
        report.exercise,
        score=report.score,
        points=report.points,
        passed=report.passed,
        misconceptions=[each.id for each in report.misconceptions],
        sha256=report.submission.sha256,
        report=report.to_json().decode(),
    )


class _Telling(msgspec.Struct, frozen=True):
    """How a report is told: of which file, what to type to have it again, and as what."""

    session: Session
    exercise: Exercise
    file: Path
    again: str
    order: _Order

    def tell(self, report: Report, previous: Report | None) -> None:
        session = self.session
        if self.order.show == "json":
            session.write_json(report.to_json(), one_line=self.order.watch)
            return
        if self.order.show == "github":
            from autograder.feedback import annotations

            for line in annotations.lines(report, shown_path(self.file)):
                session.say(line)
            return
        if self.order.watch:
            self._begin_again(report)
        self._write(report, self._occasion(report, previous))
        if self.order.watch:
            session.say(tr("Watching: save the file to have it graded again; Ctrl-C ends."))

    def _begin_again(self, report: Report) -> None:
        """On a terminal the report before is taken away: what stands there is of the last save."""
        if self.session.console.is_terminal and not self.session.console.is_dumb_terminal:
            click.echo("\x1b[2J\x1b[H", nl=False)
        else:
            at = time.strftime("%H:%M:%S")
            said = tr("{file} as saved at {time}", file=report.submission.name, time=at)
            self.session.say(f"\n{'─' * 8} {said} {'─' * 8}")

    def _occasion(self, report: Report, previous: Report | None) -> Occasion:
        from autograder.feedback.sanitize import one_line
        from autograder.feedback.wording import Occasion

        file, again = one_line(shown_path(self.file)), one_line(self.again)
        if not report.passed:
            return Occasion(file, again, previous)
        then = after_pass(self.session, self.exercise)
        return Occasion(file, again, previous, then, self.exercise.takeaway, ways_to_see(self.session, self.exercise))

    def _write(self, report: Report, occasion: Occasion) -> None:
        """The report on the terminal; after a pass, what the exercise showed and where to go on."""
        session = self.session
        if self.order.show == "screen":
            from autograder.feedback import first_screen

            height = (session.console.height if session.console.is_terminal else first_screen.HEIGHT) - self.order.watch
            first_screen.render(report, session.console, ascii=session.ascii, height=height, occasion=occasion)
            return
        from autograder.feedback import terminal

        with session.pager(wanted=not (self.order.no_pager or self.order.watch)):
            verbose = self.order.show == "verbose"
            terminal.render(report, session.console, ascii=session.ascii, verbose=verbose, occasion=occasion)

    def write_pages(self, submission: Submission, report: Report) -> None:
        if self.order.html is not None:
            from autograder.feedback import html

            write_whole(self.order.html, [html.render(report, beside=self._beside(submission, report))], tr(_CURE))
        if self.order.junit is not None:
            from autograder.feedback import junit

            write_whole(self.order.junit, [junit.render([report])], tr(_CURE))

    def _beside(self, submission: Submission, report: Report) -> Beside:
        """Return what the page shows beside the report: program, engine and time, and after a pass how to go on."""
        from autograder.batch import fingerprint
        from autograder.feedback import wording
        from autograder.feedback.html import Beside
        from autograder.grading.submission import listings

        course, exercise = self.session.course, self.exercise
        beside = Beside(
            program=listings(submission.source),
            graded_at=datetime.now(UTC).isoformat(timespec="seconds"),
            engine=fingerprint.engine_version(),
            exercise_version=fingerprint.exercise_digest(course, exercise.id)[:12],
        )
        if not report.passed:
            return replace(beside, next_steps=[wording.next_step(report, self.again)])
        ways = other_ways.offered(course, exercise, submission.source)
        then = after_pass(self.session, exercise)
        return replace(beside, takeaway=exercise.takeaway, other_ways=ways, next_steps=then)


def ways_to_see(session: Session, exercise: Exercise) -> str:
    """Say that other ways can be seen, where they can."""
    shown = other_ways.there(session.course, exercise)
    return tr("Other ways to do it: {command}", command=f"gradecheck solution {exercise.id}") if shown else ""


def after_pass(session: Session, exercise: Exercise) -> Sequence[str]:
    """Return the commands to go on with after a passed exercise."""
    from autograder.cli.overview import overview

    return overview(session)[0].steps_after(exercise.id) or ["gradecheck progress"]
