"""Where a student works, and which exercise and file are meant by what they type: `4`, a path, nothing at all."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from autograder.cli.endings import Misuse
from autograder.language import tr

if TYPE_CHECKING:
    from autograder.cli.session import Session
    from autograder.course import Exercise
    from autograder.progress import Progress

_NOTEBOOK = ".ipynb"


def usual_folder(exercise_id: str, cwd: Path) -> Path:
    """Return the folder that `start` makes when none is named; who stands in it is there."""
    return cwd if cwd.name == exercise_id else cwd / exercise_id


def started_file(exercise: Exercise, progress: Progress, cwd: Path) -> Path | None:
    """Return the file to grade when none is named: here, else where it was started. None if there is none."""
    recorded = progress.started(exercise.id)
    if exercise.files:
        folders = [usual_folder(exercise.id, cwd), cwd, *([recorded] if recorded else [])]
        return next((folder for folder in folders if _holds_any(folder, exercise)), None)
    places = [usual_folder(exercise.id, cwd) / exercise.file, cwd / exercise.file, *([recorded] if recorded else [])]
    return next((place for place in places if place.is_file()), None)


def renamed(exercise: Exercise, cwd: Path) -> Path | None:
    """Return the only file in an exercise's folder that can be its program under another name, if there is one."""
    suffixes = (Path(exercise.file).suffix, _NOTEBOOK) if exercise.kind != "drill" else (".yaml", ".yml")
    folder = usual_folder(exercise.id, cwd)
    files = [path for path in sorted(folder.glob("[!._]*")) if path.suffix in suffixes and path.is_file()]
    return files[0] if len(files) == 1 and not exercise.files else None


def shown_path(file: Path) -> str:
    """Write a path as an editor that works here finds it."""
    return str(file.relative_to(Path.cwd()) if file.is_relative_to(Path.cwd()) else file)


def meant(session: Session, named: str | None, file: Path | None, cwd: Path) -> tuple[Exercise, Path | None]:
    """The exercise that is meant, and the file if one was named. Raises Misuse.

    `named` is an exercise's id, its number, a path to a file or a folder, or None: then it is the folder's exercise,
    else the last one.
    """
    exercise, file = _meant(session, named, file, cwd)
    return as_drawn(session, exercise, file, cwd), file


def as_drawn(session: Session, exercise: Exercise, file: Path | None = None, cwd: Path | None = None) -> Exercise:
    """The exercise with this student's numbers, where it draws some: those of the file, else those of the record."""
    if not exercise.draws:
        return exercise
    from autograder.course import drawn

    file = file or started_file(exercise, session.progress, cwd or Path.cwd())
    seed = drawn.seed_in(file) if file is not None else None
    return drawn.as_drawn(exercise, session.progress.quizzes.seed() if seed is None else seed)


def _meant(session: Session, named: str | None, file: Path | None, cwd: Path) -> tuple[Exercise, Path | None]:
    if named is None:
        return session.exercise(_of_folder(session, cwd)), None
    path = Path(named).expanduser()
    if file is None and named not in session.course.exercise_ids and _is_path(named, path):
        return _of_path(session, path, cwd)
    if path.is_file() and named not in session.course.exercise_ids:
        raise _two_names(session, path, file)
    exercise = session.exercise(_of_number(named, session.course.exercise_ids))
    if file is not None and file.is_dir() and not exercise.files:
        file = _file_in(file, exercise) or file
        if file.is_dir() and exercise.kind == "drill":
            raise nothing_in(file, exercise)
    return exercise, file


def nothing_in(folder: Path, exercise: Exercise, notes: Sequence[str] = ()) -> Misuse:
    """Return what to raise where nothing in a folder or an archive that was named is the exercise's.

    `notes`: what was left out of it.
    """
    said = tr("There is no {file} in {folder!r}. Name the file to grade.", file=exercise.file, folder=str(folder))
    return Misuse(" ".join((said, *notes)))


def _two_names(session: Session, path: Path, other: Path | None) -> Misuse:
    """Return what to raise where the first of two names is a file's: the second may be the exercise's."""
    exercise_id = _of_number(str(other), session.course.exercise_ids)
    if exercise_id in session.course.exercise_ids:
        command = f"gradecheck run {exercise_id} {path}"
        return Misuse(tr("The exercise comes first, then its file: `{command}`.", command=command))
    return Misuse(tr("One file is graded at a time: `{command}`.", command=f"gradecheck run {path}"))


def named_exercise(session: Session, named: str | None) -> Exercise:
    """The exercise that is meant by an id, a number, a path, or nothing. Raises Misuse."""
    return meant(session, named, None, Path.cwd())[0]


def _is_path(named: str, path: Path) -> bool:
    return path.exists() or "/" in named or "\\" in named or path.suffix.lower() in (".py", ".yaml", ".yml", _NOTEBOOK)


def _of_number(named: str, ids: Sequence[str]) -> str:
    """`exercise-04` for `4` and `04`; any other name as it is."""
    if not (named.isascii() and named.isdigit()):
        return named
    of_number = [each for each in ids if (match := re.search(r"(\d+)$", each)) and int(match[1]) == int(named)]
    return of_number[0] if len(of_number) == 1 else named


def _of_folder(session: Session, cwd: Path) -> str:
    """The exercise in whose folder one stands, or whose file alone is in it; else the one worked on last."""
    ids = session.course.exercise_ids
    around = next((folder.name for folder in (cwd, *cwd.parents) if folder.name in ids), None)
    here = [each for each in ids if _holds_any(cwd, session.exercise(each))] if around is None else []
    if around is not None or len(here) == 1:
        return around or here[0]
    last = session.progress.last_exercise()
    if last is None or last not in (here or ids):
        example = f"gradecheck run {next(iter(ids), 'EXERCISE')}"
        raise Misuse(tr("Which exercise? Name it, as in `{example}`, or stand in its folder.", example=example))
    return last


def _of_path(session: Session, path: Path, cwd: Path) -> tuple[Exercise, Path | None]:
    """The exercise to which a file belongs: by where it was started, by its folder, by its name."""
    if not path.exists() and not path.is_symlink():
        raise no_file(path, "EXERCISE")
    place = cwd / path
    folders = [place.name, *(folder.name for folder in place.parents)]
    ids = session.course.exercise_ids
    of_folder = next((name for name in folders if name in ids), None)
    if of_folder is not None:
        exercise = session.exercise(of_folder)
        if exercise.files:
            return exercise, path if path.is_dir() else path.parent
        return exercise, _file_in(path, exercise) if path.is_dir() else path
    stem = place.name.removesuffix(_NOTEBOOK).removesuffix(".py")
    names = {place.name, f"{stem}.py"}
    named = [each for each in ids if names & session.exercise(each).given.keys()]
    if path.is_dir():
        named = [each for each in ids if session.exercise(each).files and _holds_any(place, session.exercise(each))]
    if len(named) != 1:
        example = f"gradecheck run {next(iter(ids), 'EXERCISE')} {path}"
        raise Misuse(tr("Which exercise is {file} for? Name it first, as in `{example}`.", file=path, example=example))
    exercise = session.exercise(named[0])
    return exercise, path.parent if exercise.files and not path.is_dir() else path


def no_file(path: Path, exercise_id: str) -> Misuse:
    """Return what to raise where there is no such file, though it was named."""
    begin = f"gradecheck start {exercise_id}"
    return Misuse(tr("There is no file {file}. Check its name, or begin with `{command}`.", file=path, command=begin))


def _holds_any(folder: Path, exercise: Exercise) -> bool:
    """Whether a folder holds an exercise's file, or one of its files."""
    return any((folder / name).is_file() for name in exercise.given)


def _file_in(folder: Path, exercise: Exercise) -> Path | None:
    """The exercise's file in a folder that was named; None leaves it to where it was started."""
    file = folder / exercise.file
    return file if file.is_file() else None
