"""Workflows of GitHub Actions: one that proves a course at each push, one that grades what students push.

The texts are in scaffolds/ci/. It must not know how a command line is read.
"""

from __future__ import annotations

import shlex
from collections.abc import Collection, Iterator
from pathlib import Path
from typing import Literal

from autograder.course import Course, load_exercise
from autograder.course.discovery import repository_of
from autograder.proof.scaffold import text_of
from autograder.sandbox.libraries import CPU_BUILDS, installed_as

Audience = Literal["course", "students"]
_NAMES: dict[Audience, str] = {"course": "course.yml", "students": "grade.yml"}
_INDENT = " " * 10


def place(course: Course, audience: Audience) -> Path:
    """Return where the workflow belongs: in the repository that holds the course."""
    return repository_of(course.root.root) / ".github" / "workflows" / _NAMES[audience]


def workflow(course: Course, audience: Audience, install: str) -> str:
    """Return the workflow; `install` is what pip installs gradecheck from. Raises CourseError."""
    exercises = [load_exercise(course.root, each) for each in course.exercise_ids]
    needs = {name for exercise in exercises for name in exercise.needs}
    below = course.root.root.relative_to(repository_of(course.root.root)).as_posix()
    begun = [f"{exercise.id} {'.' if exercise.files else exercise.file}" for exercise in exercises]
    holes = {
        "@INSTALL@": _indented(_installing(install, needs)),
        "@COURSE@": "" if below == "." else f" --course {shlex.quote(below)}",
        "@EXERCISES@": _indented(begun),
    }
    text = text_of(f"ci/{audience}.yml")
    for hole, words in holes.items():
        text = text.replace(hole, words)
    return text


def _installing(install: str, needs: Collection[str]) -> Iterator[str]:
    pip = ("python", "-m", "pip", "install")
    yield shlex.join([*pip, install])
    if "torch" in needs:
        yield shlex.join([*pip, "torch", "--index-url", CPU_BUILDS])
    if others := sorted(set(needs) - {"torch", "numpy"}):
        yield shlex.join([*pip, *map(installed_as, others)])


def _indented(lines: Collection[str] | Iterator[str]) -> str:
    return "\n".join(f"{_INDENT}{line}" for line in lines)
