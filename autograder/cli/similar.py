"""`gradecheck similar`: pairs of hand-ins that share more than the stub and the class do."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from autograder.cli.endings import Misuse
from autograder.cli.session import Session, with_session
from autograder.language import series, tr, tr_n
from autograder.whole_file import hide_from_others, write_whole

if TYPE_CHECKING:
    from autograder.gradebook.book import Gradebook
    from autograder.gradebook.rows import GradebookTask
    from autograder.gradebook.similarity import Pair

_MOST_LISTED = 15


@click.command("similar")
@click.argument("gradebook", type=click.Path(path_type=Path))
@click.option("--html", type=click.Path(path_type=Path), metavar="FILE", help="Write the pairs side by side.")
@with_session
def command(session: Session, gradebook: Path, html: Path | None) -> None:
    """Pairs of programs that share passages which few others have: what is shared, and how rare it is.

    It accuses nobody. Names, comments and spacing don't count; what is in the stub, in a right program of the course,
    or in more than a tenth of the class is left out. Two who worked from the same source look alike, too.

    \b
    Examples:
      gradecheck similar grades
      gradecheck similar grades --html similar.html
    """
    from autograder.gradebook.book import Gradebook

    try:
        import copydetect  # noqa: F401
    except ModuleNotFoundError as missing:
        from autograder import distribution

        said = tr("similar needs the package copydetect: {command}.", command=distribution.install("similar"))
        raise Misuse(said) from missing
    with Gradebook.read(gradebook) as opened:
        found = [(task, _pairs(session, opened, task)) for task in opened.tasks() if task.file.endswith(".py")]
        shared = [line for task in opened.tasks() for line in _same_numbers(session, opened, task)]
        if html is not None:
            from autograder.gradebook import similar_page

            names = {each.student: each.name or each.student for each in opened.students()}
            page = similar_page.render([(task.id, task.title, pairs) for task, pairs in found], names)
            write_whole(html, [page], tr("Name another place with --html."))
            hide_from_others(html)
    for line in [*_lines(found), *shared]:
        session.say(line)


def _pairs(session: Session, gradebook: Gradebook, task: GradebookTask) -> list[Pair]:
    from autograder.gradebook.similarity import Program, similar_pairs

    programs = [Program(student, text) for student, text in _texts(gradebook, task)]
    return similar_pairs(programs, list(_known(session, task.id)))


def _texts(gradebook: Gradebook, task: GradebookTask) -> Iterator[tuple[str, str]]:
    """Yield each student with the text of the latest hand-in."""
    for student in gradebook.students():
        attempts = gradebook.history.attempts(student.student, task.id)
        text = gradebook.history.text(attempts[-1]) if attempts else None
        if text:
            yield student.student, text


def _same_numbers(session: Session, gradebook: Gradebook, task: GradebookTask) -> Iterator[str]:
    """Say who handed in a drill with the same numbers, where everybody draws some: one file began as the other."""
    if task.id not in session.course.exercise_ids or not session.exercise(task.id).draws:
        return
    from autograder.course.drawn import seed_of
    from autograder.feedback.sanitize import one_line

    by_seed: dict[int, list[str]] = {}
    for student, text in _texts(gradebook, task):
        if (seed := seed_of(text)) is not None:
            by_seed.setdefault(seed, []).append(one_line(student, width=40))
    for seed, students in by_seed.items():
        if len(students) > 1:
            names = series(students)
            yield tr(
                "{task}: {students}: the same numbers (seed {seed}), which everybody draws alone.",
                task=task.id, students=names, seed=seed,
            )  # fmt: skip


def _known(session: Session, task: str) -> Iterator[str]:
    """Yield what anybody may have: the stub, the reference, and what the course accepts beside it."""
    if task not in session.course.exercise_ids:
        return
    exercise = session.exercise(task)
    yield exercise.stub
    if exercise.solution is not None:
        for path in (exercise.solution / exercise.file, *sorted(exercise.solution.glob("accepted/*.py"))):
            yield path.read_text(encoding="utf-8")


def _lines(found: list[tuple[GradebookTask, list[Pair]]]) -> Iterator[str]:
    from autograder.feedback.sanitize import one_line

    if not any(pairs for _, pairs in found):
        yield tr("No two programs share more than the stub, the course and the class do.")
    for task, pairs in found:
        for pair in pairs[:_MOST_LISTED]:
            names = tr(" and ").join(one_line(each.student, width=40) for each in (pair.first, pair.second))
            yield f"{task.id}: {names}: {describe(pair)}"
        if len(pairs) > _MOST_LISTED:
            yield tr_n(
                "{task}: and one more pair; --html FILE has them all.",
                "{task}: and {n:,} more pairs; --html FILE has them all.",
                len(pairs) - _MOST_LISTED, task=task.id,
            )  # fmt: skip


def describe(pair: Pair) -> str:
    """Return what two programs share, as a sentence."""
    if pair.identical and not any(pair.spans):
        return tr("the same file; the class, the stub or a right program has all of it.")
    rare = tr("in nobody else's") if pair.others <= 0 else tr_n("in one more", "in {n} more", pair.others)
    first, second = pair.shares
    share = tr("{first:.0%} and {second:.0%} of what is their own, {rare}.", first=first, second=second, rare=rare)
    return tr("the same file:") + f" {share}" if pair.identical else share
