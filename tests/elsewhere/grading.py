"""Grades the programs of exercises, all or some, and prints their reports as JSON, without what depends on the machine.

A program of its own, so that it can be on another system: `python -m tests.elsewhere.grading win32 exercise-04 …`. The
system `linux` is this one, with its wall. After an exercise's name `:N` takes every Nth of its known-wrong programs.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

from tests.elsewhere import REPOSITORY, take_away


def main(system: str, wanted: list[str]) -> None:
    if system != "linux":
        take_away(system)
    from autograder.course import CourseRoot, load_course, load_exercise
    from autograder.grading.grade import grade
    from autograder.grading.submission import read_submission

    root = CourseRoot.at(REPOSITORY)
    course = load_course(root)
    found = {}
    for name, every in ((each.partition(":")[0], int(each.partition(":")[2] or 1)) for each in wanted):
        exercise = load_exercise(root, name)
        paths = programs(name, exercise.file, every)
        reports = grade(course, exercise, map(read_submission, paths), fall_back=True)
        for path, report in zip(paths, reports, strict=True):
            found[path.relative_to(REPOSITORY).as_posix()] = told = json.loads(report.to_json())
            told["seconds"] = 0
            for check in told["checks"]:
                check["seconds"] = 0
    print(json.dumps(found))


def programs(exercise: str, file: str, every: int) -> list[Path]:
    folder = REPOSITORY / "solutions" / exercise
    wrong = sorted(folder.glob("misconceptions/*.py"))
    return [folder / file, *sorted(folder.glob("accepted/*.py")), *wrong[::every]]


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2:])
