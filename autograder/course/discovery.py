"""Where a course is: asked for by name, around the working directory, or the one that ships with the package.

Knows one file name, course.yaml. It must read no more of it than the language.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import msgspec

from autograder.course.problems import CourseError, Problem, other_spelling
from autograder.course_place import MARK as MARK
from autograder.course_place import VARIABLE as VARIABLE
from autograder.course_place import around, named
from autograder.course_place import packaged_places as packaged_places
from autograder.language import tr


class CourseRoot(msgspec.Struct, frozen=True):
    """The folder that holds course.yaml, and its solutions/ (None in a student's kit, which has none).

    `by_fallback`: nobody named it or stands in it; it is the course that ships with the package.
    """

    root: Path
    solutions: Path | None
    by_fallback: bool = False

    @classmethod
    def at(cls, folder: Path) -> CourseRoot:
        """Return the course in `folder`, which is taken to be one."""
        solutions = folder / "solutions"
        return cls(folder, solutions if solutions.is_dir() else None)

    @property
    def file(self) -> Path:
        """course.yaml itself."""
        return self.root / MARK


def find_course(explicit: Path | None, environment: Mapping[str, str], cwd: Path) -> CourseRoot:
    """Return the course to work with: --course, else GRADECHECK_COURSE, else from `cwd` upward, else the packaged one.

    Raises CourseError with one problem where the place that was named holds no course.
    """
    if (chosen := named(explicit, environment, cwd)) is not None:
        folder, said_by = chosen
        if not (folder / MARK).is_file():
            sentence = tr(
                "{said_by} names a folder without {mark}; name the folder that holds it.", said_by=said_by, mark=MARK
            )
            raise CourseError([Problem(folder / MARK, 1, sentence)])
        return CourseRoot.at(folder)
    for folder in around(cwd):
        if (folder / MARK).is_file():
            return msgspec.structs.replace(CourseRoot.at(folder), by_fallback=folder not in (cwd, *cwd.parents))
    raise CourseError([Problem(cwd / MARK, 1, tr("There is no course here; name its folder with --course DIR."))])


def misspelt(cwd: Path) -> str:
    """Return a sentence on what was surely meant to be course.yaml, from `cwd` upward; empty where nothing was."""
    for folder in (cwd, *cwd.parents):
        if other := other_spelling(MARK, [path.name for path in folder.glob("[cC]*")]):
            return tr("{other} is there: rename it to {name}.", other=folder / other, name=MARK)
    return ""


def repository_of(folder: Path) -> Path:
    """Return the top of the Git repository that holds a folder; the folder itself where it is in none."""
    return next((each for each in (folder, *folder.parents) if (each / ".git").exists()), folder)
