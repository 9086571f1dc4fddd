"""Grades the programs of exercises, all or some, and prints their reports as JSON, without what depends on the machine.

A program of its own, so that it can be on another system: `python -m tests.elsewhere.grading win32 exercise-04 …`. The
system `linux` is this one, with its wall. What stands before an exercise's name is the folder of its course. After the
name `:N` takes every Nth of its accepted and known-wrong programs.
"""

from __future__ import annotations

import json
import sys
from typing import Any

from tests.elsewhere import REPOSITORY, take_away


def main(system: str, wanted: list[str]) -> None:
    if system != "linux":
        take_away(system)
    from tests.unhurried import lend_time

    lend_time()
    print(json.dumps({path: report for each in wanted for path, report in reports(each)}))


def reports(wanted: str) -> list[tuple[str, dict[str, Any]]]:
    """The reports on an exercise's stubs, reference, accepted and known-wrong programs, with their files."""
    from autograder.course import CourseRoot, load_course, load_exercise
    from autograder.grading.grade import grade
    from autograder.proof.programs import cases

    folder, _, rest = wanted.rpartition("/")
    name, _, every = rest.partition(":")
    course = load_course(CourseRoot.at(REPOSITORY / folder))
    exercise = load_exercise(course.root, name)
    listed = cases(course, exercise)
    files = [case for case in listed if case.role in ("accepted", "known_wrong")]
    chosen = [case for case in listed if case not in files] + files[:: int(every or 1)]
    found = []
    graded = grade(course, exercise, [case.submission for case in chosen], fall_back=True)
    for case, report in zip(chosen, graded, strict=True):
        told = json.loads(report.to_json()) | {"seconds": 0}
        told["checks"] = [check | {"seconds": 0} for check in told["checks"]]
        found.append((f"{case.role} {case.belief} {case.submission.file.sha256}", told))
    return found


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2:])
