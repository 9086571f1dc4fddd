"""A zip for Gradescope: `setup.sh`, `run_autograder`, this engine and the course, so that it grades as `batch` does.

The zip holds solutions/ and is for Gradescope alone. What the environment needs is pinned to what is installed here.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from importlib.metadata import PackageNotFoundError, packages_distributions, version
from pathlib import Path
from typing import TYPE_CHECKING

from autograder.course import load_exercise
from autograder.export import engine
from autograder.export.bundle import BundledFile, Refused, tree
from autograder.export.subcommand import KitRequest, of_course
from autograder.language import tr
from autograder.sandbox.libraries import require

if TYPE_CHECKING:
    from autograder.course import Course

_TEMPLATES = Path(__file__).with_name("templates")
#: Extras that grading a hand-in can need.
_EXTRAS = ("archives",)
#: Not needed where no program is graded that uses it; torch alone is larger than all the rest.
_HEAVY = "torch"


def files(course: Course, exercises: Sequence[str]) -> Iterator[BundledFile]:
    """Yield every file of the zip. Raises CourseError, LibraryMissing, or Refused where something can't be packed."""
    root = course.root
    if root.solutions is None:
        said = tr("{course} has no solutions/, as a student's kit: nothing can be graded with it.", course=root.root)
        raise Refused(said)
    loaded = [load_exercise(root, exercise) for exercise in exercises]
    for exercise in loaded:
        require(exercise.id, exercise.needs)  # its version is that of here
    for name in ("setup.sh", "run_autograder"):
        yield BundledFile.of_text(name, (_TEMPLATES / name).read_text(encoding="utf-8"), executable=True)
    yield BundledFile.of_text("exercises.txt", "".join(f"{exercise.id}\n" for exercise in loaded))
    with_torch = any(_HEAVY in exercise.needs for exercise in loaded)
    others = pinned({name for exercise in loaded for name in exercise.needs} - {_HEAVY, "numpy"})
    lines = list(dict.fromkeys([*requirements(with_torch), *others]))
    yield BundledFile.of_text("requirements.txt", "".join(f"{line}\n" for line in lines))
    yield from engine.package("engine/")
    for file in (root.file, *sorted(root.root.glob("course.??.yaml"))):
        yield BundledFile(f"course/{file.name}", file.read_bytes())
    for folder in (root.root / "exercises", root.solutions, root.root / "quizzes"):
        if folder.is_dir():
            yield from tree(folder, f"course/{folder.name}")


def requirements(with_torch: bool) -> list[str]:
    """Return what the engine needs, at the versions that are installed here. Raises Refused where nothing tells."""
    extras = ("", *_EXTRAS, *([_HEAVY] if with_torch else []))
    pinned = [_pinned(each) for each in engine.requirements() if each.extra in extras]
    return [line for line in pinned if line]


def pinned(libraries: Collection[str]) -> list[str]:
    """Return what brings these libraries, at the versions that are installed here."""
    owners = packages_distributions() if libraries else {}
    names = sorted({owner for name in libraries for owner in owners.get(name, ())})
    return [line for name in names if (line := _pinned(engine.Requirement(name, "", "", ""))) is not None]


def _pinned(requirement: engine.Requirement) -> str | None:
    """`name==version`; None for one that isn't installed."""
    try:
        public, _, _ = version(requirement.name).partition("+")  # 2.13.0+cpu is 2.13.0 to a package index
    except PackageNotFoundError:
        return None
    return f"{requirement.name}=={public}"


@of_course("zip", exercises=True)
def subcommand(request: KitRequest) -> Iterable[BundledFile]:
    """A zip to upload to Gradescope as the autograder of one assignment.

    The assignment's points are those of the exercises named, of all exercises without --exercise. The zip holds
    solutions/: keep it to yourself. Without an exercise that needs torch, torch isn't installed, and building is quick.
    """
    return files(request.course, request.exercises or request.course.exercise_ids)
