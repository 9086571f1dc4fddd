"""A course as it was when a batch began: judges read it now and then, and an author may go on writing meanwhile.

Without a copy, what is read while a file is being changed is kept as decided by another course than it was. It must not
know what is graded.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import msgspec

from autograder.batch import fingerprint
from autograder.batch.course_folder import course_folder
from autograder.course import Course, CourseError, CourseRoot, Problem, load_course
from autograder.course.tasks import Task
from autograder.folder_walk import files_below
from autograder.language import tr


@dataclass(frozen=True)
class FrozenCourse:
    """A copy of what decides some tasks of a course; `origin` is the folder that it was copied from."""

    course: Course
    origin: Path

    def at_origin(self, sentence: str) -> str:
        """Return a sentence with the places that it names where their author knows them."""
        return sentence.replace(str(self.course.root.root), str(self.origin))


@contextmanager
def frozen(root: CourseRoot, tasks: Sequence[Task]) -> Iterator[FrozenCourse]:
    """Lend a copy that nobody else can read or write. Raises OSError; CourseError with the places of the original."""
    with course_folder() as copy:
        try:
            _copy(root, copy, tasks)
            yield FrozenCourse(load_course(CourseRoot.at(copy)), root.root)
        except CourseError as error:
            raise CourseError(_moved(each, copy, root.root) for each in error.problems) from error


def _moved(problem: Problem, copy: Path, origin: Path) -> Problem:
    if not problem.file.is_relative_to(copy):
        return problem
    return msgspec.structs.replace(problem, file=origin / problem.file.relative_to(copy))


def _copy(root: CourseRoot, copy: Path, tasks: Sequence[Task]) -> None:
    files = {*root.root.glob("course*.yaml")}
    for place in (place for task in tasks for place in fingerprint.places(root, task)):
        files.update([place] if place.is_file() else files_below(place))
    for path in sorted(path for path in files if path.is_file() and path.parent.name != "__pycache__"):
        target = copy / path.relative_to(root.root)
        target.parent.mkdir(parents=True, exist_ok=True)
        _copy_file(path, target)
    for folder in (copy / "exercises", copy / "solutions", copy / "quizzes", copy):  # the last makes links of the rest
        if folder.is_dir():
            _link_rest(root.root / folder.relative_to(copy), folder)


def _copy_file(path: Path, target: Path) -> None:
    try:
        shutil.copyfile(path, target)
    except OSError as error:
        if error.filename is not None and Path(error.filename) == path:
            said = tr("This file can't be read: {reason}.", reason=error.strerror)
            raise CourseError([Problem(path, 1, said)]) from error
        raise OSError(error.errno, error.strerror, str(target)) from error


def _link_rest(folder: Path, copy: Path) -> None:
    """Link to all that decides no task by itself: what several exercises share is found from the copy as from there."""
    for path in folder.iterdir():
        if not (copy / path.name).exists():
            (copy / path.name).symlink_to(path)
