"""A zip for Gradescope: `setup.sh`, `run_autograder`, this engine and the course, so that it grades as `batch` does.

The zip holds solutions/ and is for Gradescope alone. What the environment needs is pinned to what is installed here.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from importlib.metadata import PackageNotFoundError, requires, version
from pathlib import Path
from typing import TYPE_CHECKING

import autograder
from autograder.course import load_exercise
from autograder.export.bundle import BundledFile, Refused, tree
from autograder.export.subcommand import KitRequest, of_course

if TYPE_CHECKING:
    from autograder.course import Course

_TEMPLATES = Path(__file__).with_name("templates")
_REQUIREMENT = re.compile(r"^(?P<name>[A-Za-z0-9._-]+)[^;]*(?:;(?P<marker>.*))?$")
#: Extras that grading a hand-in can need.
_EXTRAS = ("notebooks",)
#: Not needed where no program is graded that uses it; torch alone is larger than all the rest.
_HEAVY = "torch"


def files(course: Course, exercises: Sequence[str]) -> Iterator[BundledFile]:
    """Yield every file of the zip. Raises CourseError, or Refused where something can't be packed."""
    root = course.root
    if root.solutions is None:
        raise Refused(f"{root.root} has no solutions/, as a student's kit: nothing can be graded with it.")
    loaded = [load_exercise(root, exercise) for exercise in exercises]
    for name in ("setup.sh", "run_autograder"):
        yield BundledFile.of_text(name, (_TEMPLATES / name).read_text(encoding="utf-8"), executable=True)
    yield BundledFile.of_text("exercises.txt", "".join(f"{exercise.id}\n" for exercise in loaded))
    with_torch = any(_HEAVY in exercise.needs for exercise in loaded)
    yield BundledFile.of_text("requirements.txt", "".join(f"{line}\n" for line in requirements(with_torch)))
    yield from _engine()
    yield BundledFile("course/course.yaml", root.file.read_bytes())
    for folder in (root.root / "exercises", root.solutions, root.root / "quizzes"):
        if folder.is_dir():
            yield from tree(folder, f"course/{folder.name}")


def _engine() -> Iterator[BundledFile]:
    """Return our own package; an installed one has the course that ships with it beside its code."""
    packed = tree(Path(autograder.__file__).parent, "engine/autograder")
    return (file for file in packed if not file.path.startswith("engine/autograder/_course/"))


def requirements(with_torch: bool) -> list[str]:
    """Return what the engine needs, each at the version that is installed here. Raises Refused if nothing tells it."""
    try:
        declared = requires("gradecheck") or []
    except PackageNotFoundError as error:
        raise Refused("gradecheck isn't installed here: `pip install .` in its checkout, then try again.") from error
    pinned = (_pinned(line) for line in declared)
    return [line for line in pinned if line and (with_torch or not line.startswith(f"{_HEAVY}=="))]


def _pinned(requirement: str) -> str | None:
    """`name==version`; None for an extra that grading doesn't need, or that isn't installed."""
    match = _REQUIREMENT.match(requirement)
    marker = (match["marker"] or "") if match else ""
    extra = re.search(r"extra\s*==\s*['\"]([^'\"]+)", marker)
    if match is None or (extra and extra[1] not in _EXTRAS):
        return None
    try:
        public, _, _ = version(match["name"]).partition("+")  # 2.13.0+cpu is 2.13.0 to a package index
    except PackageNotFoundError:
        return None
    return f"{match['name']}=={public}"


@of_course("zip", exercises=True)
def subcommand(request: KitRequest) -> Iterable[BundledFile]:
    """A zip to upload to Gradescope as the autograder of one assignment.

    The assignment's points are those of the exercises named, of all exercises without --exercise. The zip holds
    solutions/: keep it to yourself. Without an exercise that needs torch, torch isn't installed, and building is quick.
    """
    return files(request.course, request.exercises or request.course.exercise_ids)
