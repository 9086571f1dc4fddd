"""What `gradecheck validate --again` spends its time on: the CPU seconds of each job, by exercise, in one run.

Run with `python -m benchmarks.validate [EXERCISE …]` (default: the whole course). Each job is done by a
process of its own, one after the other. What the interpreter and its imports take is measured once and subtracted;
what a job's judge and programs take to start is not, though `validate` keeps some of it warm from one job to the next.
"""

from __future__ import annotations

import sys

import click
import msgspec

from autograder.course import CourseRoot, load_course, load_exercise, load_quiz
from autograder.proof.jobs import Job, jobs_of, perform
from autograder.sandbox.starter import Starters
from benchmarks import measuring
from benchmarks.classes import ROOT

_PART = [sys.executable, "-m", "benchmarks.validate", "part"]


@click.command(help=__doc__)
@click.argument("exercises", nargs=-1)
def main(exercises: tuple[str, ...]) -> None:
    start, spent = measuring.run(_PART).cpu, dict[str, float]()
    for job in _jobs(exercises):
        cost = measuring.run([*_PART, msgspec.json.encode(job).decode()])
        spent[job.id] = spent.get(job.id, 0) + max(0, cost.cpu - start)
        print(f"{cost.cpu - start:8.2f}  {job.id}, {job.kind} ({job.steps})", flush=True)
    print("In all, CPU seconds:")
    for name, seconds in sorted(spent.items(), key=lambda each: -each[1]):
        print(f"{seconds:8.2f}  {name}")
    print(f"{sum(spent.values()):8.2f}")


def _jobs(wanted: tuple[str, ...]) -> list[Job]:
    """Return those that `validate --again` has, in the course's order."""
    course = load_course(CourseRoot.at(ROOT))
    exercises = [load_exercise(course.root, name) for name in wanted or course.exercise_ids]
    quizzes = [] if wanted else [load_quiz(course, name) for name in course.quiz_ids]
    return sorted(jobs_of(course, exercises, quizzes, mutants=True, left_out=False), key=lambda job: job.id)


def do(job: str) -> None:
    """Do one job in this process, which ends with 2 if it doesn't hold."""
    with Starters() as starters:
        if (found := perform(msgspec.json.decode(job, type=Job), lambda: None, starters)).problems:
            print(*found.problems, sep="\n", file=sys.stderr)
            sys.exit(2)  # what breaks off would look fast


if __name__ == "__main__":
    if sys.argv[1:2] == ["part"]:
        for each in sys.argv[2:]:
            do(each)
    else:
        main()
