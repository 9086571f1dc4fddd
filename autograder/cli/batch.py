"""`gradecheck batch`: a folder or an archive of submissions graded into one gradebook."""

from __future__ import annotations

import json
import signal
import sys
from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager, ExitStack, closing, contextmanager, nullcontext, suppress
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from autograder.cli.endings import BROKEN, FAILED, MISUSE, PASSED, Misuse
from autograder.cli.session import Session, with_session
from autograder.language import later, tr, tr_n

if TYPE_CHECKING:
    from autograder.batch.frozen_course import FrozenCourse
    from autograder.batch.pool import Executor
    from autograder.batch.progress_bar import Lines
    from autograder.batch.recording import Summary
    from autograder.course.policy_model import PolicyFile
    from autograder.course.tasks import Task
    from autograder.gradebook.book import Gradebook
    from autograder.grading.explaining.effort import Name
    from autograder.intake import Intake
    from autograder.roster.people import Person


#: Of what has changed, so many are named; `gradecheck history` has them all.
_MOST_LISTED = 10


@dataclass(frozen=True)
class _Order:
    """What was typed, by the options' names."""

    path: Path
    out: Path
    exercises: Sequence[str]
    quizzes: Sequence[str]
    layout: str | None
    policy: Path | None
    students: Sequence[str]
    anonymous: bool
    roster: Path | None
    jobs: int | None
    regrade: bool
    dask: str | None
    as_json: bool
    explain: Name | None
    unsandboxed: bool


@click.command("batch")
@click.argument("path", type=click.Path(path_type=Path))
@click.option("--out", type=click.Path(path_type=Path), required=True, metavar="DIR", help="Where results are kept.")
@click.option("--exercise", "exercises", multiple=True, metavar="ID", help="Grade this one; can be given repeatedly.")
@click.option("--quiz", "quizzes", multiple=True, metavar="ID", help="Score the answers to this quiz.")
@click.option(
    "--layout", metavar="NAME|PATTERN", help="How PATH is laid out: a system's name, or a pattern: '{student}/*'."
)
@click.option("--policy", type=click.Path(path_type=Path), metavar="FILE", help="Due dates, penalties, what counts.")
@click.option("--student", "students", multiple=True, metavar="ID", help="Grade this one again, and nobody else.")
@click.option("--anonymous", is_flag=True, help="Make class.html without names, links and remarks.")
@click.option(
    "--roster",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="Everyone in the class: Canvas's gradebook, Moodle's worksheet, or a CSV with id, login, email, name, section"
    " or group.",
)
@click.option(
    "--jobs",
    type=click.IntRange(1, 256),
    metavar="N",
    help="Judges at work at once (default: one a core, for drills one).",
)
@click.option("--regrade", is_flag=True, help="Grade everything again, also what hasn't changed.")
@click.option("--dask", metavar="ADDRESS", help="Grade on the Dask cluster with this scheduler.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON line a submission, then a summary line.")
@click.option("--explain", type=click.Choice(["fast", "thorough"]), help="How long reasons are looked for.")
@click.option(
    "--unsandboxed", is_flag=True, help="Do without bubblewrap. At your own risk: these are others' programs."
)
@with_session
def command(session: Session, /, **typed: Any) -> int:
    """Grade a folder or a zip of submissions into a gradebook.

    PATH is a folder of folders or of files named after students, sections with such folders, GitHub Classroom clones,
    nbgrader's tree, or what Canvas, Moodle, Gradescope, Blackboard, Brightspace, Sakai or ILIAS export; --layout says
    which, or how paths look. Without --exercise and --quiz, all is graded for which anyone handed in a file; to a quiz
    that is the file which `gradecheck quiz NAME --save FILE` writes.
    With --roster everyone in it has a row, and is known by one name over all downloads.
    Running it again goes on where it stopped and grades only what changed; every result stays in the gradebook's
    history. A policy.yaml beside PATH holds like one named by --policy: `gradecheck schema policy` says what is in it.

    \b
    Examples:
      gradecheck batch submissions.zip --out grades --exercise exercise-04
      gradecheck batch clones/ --out grades --jobs 8
      gradecheck batch term/ --out grades --layout '{section}/{student}/{exercise}/*'
      gradecheck batch submissions.zip --out grades --roster class.csv
      gradecheck batch clones/ --out grades --dask tcp://login-node:8786
    """
    from autograder.batch.whole_class import BatchStopped

    order = _Order(**typed)
    _refuse_misuse(session, order.path, order.out)
    try:
        with _ended_in_order():
            summary = _grade(session, order)
    except BatchStopped as stopped:
        click.echo(str(stopped), err=True)
        # What stops a batch on this machine its user can mend: the course, or a layer that is missing.
        return MISUSE if stopped.fault_of_course or order.dask is None else BROKEN
    _summarize(session, summary, order.out, as_json=order.as_json)
    return BROKEN if summary.crashed else PASSED if summary.passed == summary.rows else FAILED


@contextmanager
def _ended_in_order() -> Iterator[None]:
    """Let go of all that is lent, a copy of the solutions too, also when told to end: by a job's time limit, a closed
    terminal. Whoever ignores that, as nohup does, still does.
    """
    endings = [signal.SIGTERM]
    if sys.platform != "win32":
        endings.append(signal.SIGHUP)
    ours = [number for number in endings if signal.getsignal(number) is signal.SIG_DFL]
    for number in ours:
        signal.signal(number, lambda number, _: sys.exit(128 + number))
    try:
        yield
    finally:
        for number in ours:
            signal.signal(number, signal.SIG_DFL)


def _grade(session: Session, order: _Order) -> Summary:
    """Open all that a batch needs, run it and show it."""
    from autograder.batch.enrolment import enrol
    from autograder.batch.frozen_course import frozen
    from autograder.batch.progress_bar import JsonLines
    from autograder.batch.recording import Recorder
    from autograder.batch.whole_class import Batch, Terms
    from autograder.course.tasks import course_tasks
    from autograder.gradebook.book import Gradebook
    from autograder.gradebook.pages import Pages
    from autograder.gradebook.tables import write_tables
    from autograder.intake import open_intake

    rules = _policy(session, order.path, order.policy)
    people = _class(session, order.roster)
    known = _known(people, order.out)
    with ExitStack() as opened:
        intake = opened.enter_context(open_intake(order.path, course_tasks(session.course), order.layout, known))
        tasks = _tasks(session, intake, order)
        course = opened.enter_context(frozen(session.root, tasks))
        executor = opened.enter_context(closing(_executor(session, course, tasks, order)))
        gradebook = opened.enter_context(Gradebook.open(order.out / "gradebook.db"))
        gradebook.hide_names(order.anonymous)
        other_rules = rules is not None and gradebook.adopt(rules)
        enrolment = enrol(intake, gradebook, people, order.roster.name if order.roster else "")
        chosen = _chosen(intake, gradebook, order.students)
        terms = Terms(not order.unsandboxed, order.regrade, chosen, order.explain or "usual")
        total = len(intake.students) * len(tasks)
        display = opened.enter_context(_display(session, total))
        display.note(tr("Read as {layout}.", layout=intake.layout))
        for note in (*intake.notes, *enrolment.notes, *_left_out(session, tasks)):
            display.note(note)
        recorder = Recorder(gradebook, Pages(order.out), JsonLines(display, click.echo) if order.as_json else display)
        with _telling_what_is_kept(recorder.summary, total, display):
            Batch(course, executor, recorder, terms, enrolment.people).run(intake, tasks)
        for result in gradebook.results() if other_rules else ():  # of what isn't graded, too
            recorder.show(result.student, result.exercise)
        _tell_gone(session, gradebook, display)
        write_tables(gradebook, order.out, display.note)
        _tell_unclear(gradebook, display)
    return recorder.summary


def _refuse_misuse(session: Session, path: Path, out: Path) -> None:
    if sys.platform != "linux":
        from autograder.sandbox.starter import NO_WALL

        raise Misuse(tr("A batch needs Linux.") + f" {tr(NO_WALL)}")
    if session.root.solutions is None:
        raise Misuse(tr("This course has no solutions/ here, as in a student's kit: a class can't be graded with it."))
    if out.exists() and not out.is_dir():
        raise Misuse(tr("{out} is a file. Name a folder with --out.", out=out))
    if path.is_dir() and out.resolve() == path.resolve():
        raise Misuse(tr("{out} is the folder of the submissions. Name another folder with --out.", out=out))
    if path.is_dir() and out.resolve().is_relative_to(path.resolve()):
        said = tr("{out} lies within {path}, and would be taken for a submission. Name another folder with --out.",
                  out=out, path=path)  # fmt: skip
        raise Misuse(said)
    from autograder.gradebook.grades import is_foreign

    for table in (out / "grades.csv", out / "totals.csv"):
        try:
            foreign = is_foreign(table)
        except OSError as error:
            raise Misuse(tr("{path} can't be read: {reason}.", path=table, reason=error.strerror)) from error
        if foreign:
            raise Misuse(tr("{table} is no table of a batch, and would be written over. Name another folder with --out,"
                            " or move it away.", table=table))  # fmt: skip


def _class(session: Session, roster: Path | None) -> list[Person]:
    """Everyone in the roster, which is read before anything is graded."""
    if roster is None:
        return []
    from autograder.roster.class_list import read_class

    return read_class(roster, session.warn)


def _known(people: Sequence[Person], out: Path) -> list[str]:
    """Return what people of the class are called, and their logins: in the roster, and in an earlier gradebook."""
    from autograder.gradebook.book import Gradebook, UnusableGradebook

    names = [name for each in people for name in (*each.names, *filter(None, each.handles))]
    with suppress(UnusableGradebook), Gradebook.read(out) as gradebook:  # what is wrong is said when it is opened
        names += [name for each in gradebook.students() for name in (each.name, each.student) if name]
    return names


def _tasks(session: Session, intake: Intake, order: _Order) -> list[Task]:
    """Return what was asked for, in the order of the course; else what came in."""
    from autograder.course.tasks import Task, in_full

    asked = [Task.of(session.exercise(name)) for name in _in_order(order.exercises, session.course.exercise_ids)]
    asked += [Task.of_quiz(session.quiz(name)) for name in _in_order(order.quizzes, session.course.quiz_ids)]
    tasks = asked or in_full(session.course, intake.came_in())
    if not tasks:
        raise Misuse(tr("No file there fits an exercise of this course. Name the exercise with --exercise."))
    return tasks


def _in_order(names: Sequence[str], order: Sequence[str]) -> list[str]:
    """Return each of `names` once, those of `order` first and in that order."""
    return [name for name in order if name in names] + sorted(set(names) - set(order))


def _policy(session: Session, path: Path, named: Path | None) -> PolicyFile | None:
    """Return the policy that is named, or lies beside the submissions, and say which; None if there is none."""
    from autograder.gradebook.policy import FILE, load_policy

    places = [named] if named else [place for place in (path / FILE, path.parent / FILE) if place.is_file()]
    if not places:
        return None
    policy = load_policy(places[0], [*session.course.exercise_ids, *session.course.quiz_ids])
    session.warn(tr("The policy is that of {file}.", file=places[0]))
    return policy


def _chosen(intake: Intake, gradebook: Gradebook, names: Sequence[str]) -> frozenset[str] | None:
    """Return the keys of the students that were named: of those who handed in, else of the gradebook's."""
    if not names:
        return None
    chosen = set()
    for name in names:
        mine = [
            each.key
            for each in intake.students
            if name.casefold() in (mark.casefold() for mark in (each.key, each.system_id, each.email, each.name))
        ]
        chosen.add(mine[0] if len(mine) == 1 else gradebook.student(name).student)
    return frozenset(chosen)


def _executor(session: Session, course: FrozenCourse, tasks: Sequence[Task], order: _Order) -> Executor:
    exercises = [task for task in tasks if task.kind == "exercise"]
    if order.dask is not None and exercises:
        return _cluster(course, order.dask)
    from autograder.batch.pool import LocalPool
    from autograder.sandbox.layers import SandboxUnavailable
    from autograder.sandbox.libraries import require
    from autograder.sandbox.starter import require_wall

    loaded = [session.exercise(task.id) for task in exercises]
    for exercise in loaded:
        require(exercise.id, exercise.needs)
    # Whether every layer is in force is what each judge finds out, of the very programs that it will ask.
    if not order.unsandboxed and any(exercise.kind != "drill" for exercise in loaded):
        try:
            require_wall()
        except SandboxUnavailable as missing:
            raise Misuse(str(missing)) from missing
    # A judge is done with a drill before the page on it is written: a second one would only have to start.
    return LocalPool(order.jobs or (1 if all(exercise.kind == "drill" for exercise in loaded) else None))


def _cluster(course: FrozenCourse, address: str) -> Executor:
    try:
        from autograder.batch.dask import DaskPool
    except ModuleNotFoundError as missing:
        from autograder import distribution

        said = tr("--dask needs the package distributed: {command}.", command=distribution.install("dask"))
        raise Misuse(said) from missing
    return DaskPool(address, course)


@contextmanager
def _telling_what_is_kept(summary: Summary, total: int, display: Lines) -> Iterator[None]:
    """Say how far a batch was, if something stops it."""
    try:
        yield
    except BaseException as ending:
        if summary.rows or not isinstance(ending, Misuse):
            display.note(
                tr(
                    "{done:,} of {total:,} are done and kept. Run the same command again to go on.",
                    done=summary.rows, total=total,
                )
            )  # fmt: skip
        raise


def _left_out(session: Session, tasks: Sequence[Task]) -> Iterator[str]:
    """Yield what is wrong with each known-wrong program that is left out."""
    from autograder.course import load_exercise
    from autograder.course.loader import read_misconceptions

    for task in tasks:
        exercise = load_exercise(session.root, task.id) if task.kind == "exercise" else None
        if exercise is not None and exercise.kind != "drill":
            for problem in read_misconceptions(exercise, session.course)[1]:
                yield tr("{problem} It is left out, and its belief named to nobody.", problem=problem)


def _tell_unclear(gradebook: Gradebook, display: Lines) -> None:
    """Say what of the policy may be meant otherwise: amounts, and names that are nobody's, or several people's."""
    from autograder.gradebook.policy import in_points, namesakes, strangers

    for key, amount, worth in in_points(gradebook.policy, gradebook.tasks()):
        display.note(
            tr_n(
                "{key} of the policy is {amount} points, and {tasks} is worth no more: write '{amount} %' if that is"
                " meant.",
                "{key} of the policy is {amount} points, and {tasks} are worth no more: write '{amount} %' if that is"
                " meant.",
                len(worth), key=key, amount=amount, tasks=", ".join(worth[:10]),
            )
        )  # fmt: skip

    everybody = list(gradebook.students()) if gradebook.policy.tasks else []
    if unknown := strangers(gradebook.policy, everybody):
        names = ", ".join(unknown[:10])
        display.note(tr("The policy names what the gradebook doesn't know: {names}.", names=names))
    if several := namesakes(gradebook.policy, everybody):
        names = "; ".join(several[:10])
        display.note(tr("An extension reaches several students, so name one by id: {names}.", names=names))


def _tell_gone(session: Session, gradebook: Gradebook, display: Lines) -> None:
    """Say what was graded and is in the course no more: an exercise under a new id counts beside the old one."""
    there = {*session.course.exercise_ids, *session.course.quiz_ids}
    gone = [task.id for task in gradebook.tasks() if task.id not in there]
    if gone:
        display.note(
            tr_n(
                "{ids} is no longer in the course: its results stay, and count in the totals.",
                "{ids} are no longer in the course: their results stay, and count in the totals.",
                len(gone), ids=", ".join(gone),
            )
        )  # fmt: skip


def _changes(summary: Summary) -> Iterator[tuple[str, Sequence[str]]]:
    """Yield what is otherwise than before, each kind with its clauses."""
    kinds = {
        later("Another scale:"): summary.rescaled,
        later("Graded again from the kept file, for the exercise has changed:"): summary.again,
        later("Of the older exercise, and the file isn't kept; no score of these is exported:"): summary.outdated,
        later("Set by hand when the points were others, and counted as that share:"): summary.by_hand,
        later("Lower than before:"): summary.lower,
        later("Handed in before, and not there this time; the earlier result stays:"): summary.vanished,
        later("Missing before, and handed in now:"): summary.arrived,
        later("New in this gradebook:"): summary.new,
    }
    # They come as judges are done with them.
    yield from ((heading, sorted(clauses)) for heading, clauses in kinds.items() if clauses)


def _display(session: Session, total: int) -> AbstractContextManager[Lines]:
    from autograder.batch.progress_bar import Bar, Lines

    if not sys.stderr.isatty():
        return nullcontext(Lines(total, session.warn))
    from rich.console import Console

    console = Console(stderr=True, markup=False, emoji=False, highlight=False)
    return Bar(total, console, session.spell)


def _summarize(session: Session, summary: Summary, out: Path, *, as_json: bool) -> None:
    from autograder.feedback.sanitize import listed

    if as_json:
        click.echo(json.dumps({"schema": 1, "type": "summary", "out": str(out), **asdict(summary)}))
        return
    said = [
        tr_n("{n:,} graded", "{n:,} graded", summary.graded) if summary.graded else "",
        tr_n("{n:,} missing", "{n:,} missing", summary.missing) if summary.missing else "",
        tr_n("{n:,} unreadable", "{n:,} unreadable", summary.unreadable) if summary.unreadable else "",
        tr_n("{n:,} crashed", "{n:,} crashed", summary.crashed) if summary.crashed else "",
    ]
    session.say(
        tr(
            "{students}, {rows}: {counts}; {passed:,} passed.",
            students=tr_n("{n:,} student", "{n:,} students", summary.students),
            rows=tr_n("{n:,} row", "{n:,} rows", summary.rows),
            counts=", ".join(filter(None, said)), passed=summary.passed,
        )
    )  # fmt: skip
    if summary.unchanged:
        session.say(tr_n("{n:,} stood as they were.", "{n:,} stood as they were.", summary.unchanged))
    for heading, clauses in _changes(summary):
        session.say(f"{tr(heading)} {listed(clauses, width=200, most=_MOST_LISTED)}.")
    if summary.undated:
        session.say(
            tr(
                "When {n:,} of them were handed in isn't known, so nothing is taken off but by hand: {command}.",
                n=summary.undated, command="`gradecheck override`",
            )
        )  # fmt: skip
    for name in ("gradebook.db", "grades.csv", "totals.csv", "class.html", "reports"):
        if (out / name).exists():
            session.say(f"  {out / name}")
