"""`gradecheck start`: puts an exercise's stub where the student works, and loses nothing that is there."""

from __future__ import annotations

import errno
import itertools
import os
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import click

from autograder.cli.completion import EXERCISE
from autograder.cli.endings import Misuse
from autograder.cli.session import Session, with_session
from autograder.cli.workplace import named_exercise, shown_path, started_file, usual_folder
from autograder.language import tr

if TYPE_CHECKING:
    from autograder.course import Exercise


@click.command("start")
@click.argument("exercise_id", metavar="EXERCISE", type=EXERCISE)
@click.option("--dir", "folder", type=click.Path(path_type=Path), metavar="DIR", help="Where to put the file.")
@click.option("--notebook", is_flag=True, help="Write a notebook: the statement, the stub, and a cell that grades it.")
@click.option("--force", is_flag=True, help="Start over; a file that is already there is kept under another name.")
@with_session
def command(session: Session, exercise_id: str, folder: Path | None, notebook: bool, force: bool) -> None:
    """Copy an exercise's starting file to where you work: into a folder named after the exercise, here, unless
    you name another.

    \b
    Examples:
      gradecheck start exercise-04
      gradecheck start exercise-04 --dir ~/homework
      gradecheck start exercise-04 --notebook
    """
    exercise = named_exercise(session, exercise_id)
    where = folder.expanduser() if folder else Path(os.path.relpath(usual_folder(exercise.id, Path.cwd())))
    _refuse_the_course_itself(session, where)
    places = {where / name: text for name, text in (_notebook(exercise) if notebook else exercise.given).items()}
    begun = where if exercise.files else next(iter(places))
    grading = partial(_grading, session, exercise, begun)
    kept = _write(places, force, grading)
    session.progress.record_start(exercise.id, begun.absolute())
    for earlier in kept:
        session.tell(tr("Your earlier file is now {place}.", place=earlier))
    _tell_ready(session, exercise, list(places), notebook)
    if not notebook:
        _tell_next_steps(session, exercise, grading())


def _write(places: dict[Path, str], force: bool, grading: Callable[[], str]) -> list[Path]:
    """Write all files or, where one is there already, none; return the new names of earlier ones. Raises Misuse."""
    kept: list[Path] = []
    place = next(iter(places))
    try:
        for place in places:
            if os.path.lexists(place) and not force:
                raise FileExistsError(errno.EEXIST, "it is there already")
        for place, text in places.items():
            kept += _create(text, place, force)
    except OSError as error:
        if os.path.lexists(place) and not force:
            said = tr(
                "{place} is there already. Go on with it: `{command}`. Or begin anew with --force.",
                place=place, command=grading(),
            )  # fmt: skip
            raise Misuse(said) from error
        said = tr(
            "{place} can't be written: {reason}. Name another folder with --dir.", place=place, reason=error.strerror
        )
        raise Misuse(said) from error
    return kept


def _tell_ready(session: Session, exercise: Exercise, places: list[Path], notebook: bool) -> None:
    if exercise.files:
        written = tr(" and ").join(map(str, places))
        session.tell(tr("{places} are ready. Open them in your editor.", places=written))
    elif notebook:
        said = tr("{place} is ready. Open it in Jupyter, VS Code or Colab; its cells say what to do.", place=places[0])
        session.tell(said)
    else:
        session.tell(tr("{place} is ready. Open it in your editor.", place=places[0]))


def _tell_next_steps(session: Session, exercise: Exercise, grading: str) -> None:
    next_steps = {
        tr("Read what is asked"): f"gradecheck show {exercise.id}",
        tr("Grade it"): grading,
        tr("If you are stuck"): f"gradecheck hint {exercise.id}",
    }
    width = max(map(len, next_steps)) + 1
    for what, command in next_steps.items():
        session.say(f"{what + ':':{width}} {command}")


def _refuse_the_course_itself(session: Session, where: Path) -> None:
    """Raise Misuse where the file would come among those that authors write: over a stub, or a reference."""
    place, root = where.resolve(), session.root.root.resolve()
    own = next((part for part in ("exercises", "solutions") if place.is_relative_to(root / part)), None)
    if own is not None:
        raise Misuse(
            tr(
                "{place} is in {own}/ of the course itself: nothing is begun there. Stand elsewhere, or name another"
                " folder with --dir.",
                place=shown_path(place), own=own,
            )
        )  # fmt: skip


def _grading(session: Session, exercise: Exercise, place: Path) -> str:
    """What to type to have `place` graded: named, where without a name another one is meant."""
    from autograder import shell_words

    meant = started_file(exercise, session.progress, Path.cwd())
    is_meant = meant is not None and place.exists() and meant.samefile(place)
    return f"gradecheck run {exercise.id}" + ("" if is_meant else f" {shell_words.word(str(place))}")


def _notebook(exercise: Exercise) -> dict[str, str]:
    """The exercise as a notebook, by the name of its file. Raises Misuse where one can't hold it."""
    from autograder.course.worksheet import SUFFIX, worksheet

    if exercise.files:
        raise Misuse(
            tr("{exercise} is of several files, which a notebook can't hold. Begin it as files: {command}",
               exercise=exercise.id, command=f"gradecheck start {exercise.id}")
        )  # fmt: skip
    return {f"{Path(exercise.file).stem}{SUFFIX}": worksheet(exercise)}


def _create(text: str, place: Path, force: bool) -> list[Path]:
    """Write `text` to a new file; with `force` an earlier one is moved aside, and its new name returned."""
    place.parent.mkdir(parents=True, exist_ok=True)
    kept = [_move_aside(place)] if force and os.path.lexists(place) else []
    with place.open("x", encoding="utf-8", newline="\n") as file:
        file.write(text)
    return kept


def _move_aside(place: Path) -> Path:
    """Give a file its new name; that is taken first, for another `start` may be at it at the same moment."""
    for number in itertools.count(1):
        aside = place.with_name(f"{place.name}.{number}.old")
        try:
            aside.touch(exist_ok=False)
        except FileExistsError:
            continue
        try:
            return place.replace(aside)
        except OSError:
            aside.unlink()
            raise
    raise AssertionError
