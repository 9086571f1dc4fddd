"""Where a course is: asked for by name, around the working directory, or the one that ships with the package.

Knows one file name, course.yaml. It must not read it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from autograder.course.problems import CourseError, Problem

MARK = "course.yaml"
VARIABLE = "GRADECHECK_COURSE"


@dataclass(frozen=True)
class CourseRoot:
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
    if explicit is not None:
        return _named(cwd / explicit, "--course")
    if environment.get(VARIABLE):
        return _named(cwd / environment[VARIABLE], VARIABLE)
    for folder in (cwd, *cwd.parents):
        if (folder / MARK).is_file():
            return CourseRoot.at(folder)
    for folder in packaged_places():
        if (folder / MARK).is_file():
            return replace(CourseRoot.at(folder), by_fallback=True)
    raise CourseError([Problem(cwd / MARK, 1, "There is no course here; name its folder with --course DIR.")])


def packaged_places() -> tuple[Path, Path]:
    """Return where the course that ships with the package can be: in the wheel, and in a checkout."""
    package = Path(__file__).resolve().parents[1]
    return package / "_course", package.parent


def repository_of(folder: Path) -> Path:
    """Return the top of the Git repository that holds a folder; the folder itself where it is in none."""
    return next((each for each in (folder, *folder.parents) if (each / ".git").exists()), folder)


def _named(place: Path, said_by: str) -> CourseRoot:
    folder = place.parent if place.name == MARK else place
    if not (folder / MARK).is_file():
        sentence = f"{said_by} names a folder without {MARK}; name the folder that holds it."
        raise CourseError([Problem(folder / MARK, 1, sentence)])
    return CourseRoot.at(folder)
