"""How many wrong programs are explained, by what, at which cost, and how many of the explanations are false.

Run with `python -m benchmarks.explain [EXERCISE …]` for the course's own exercises: their known-wrong programs, each
graded while its own belief is left out (a belief that is named then is false); the mutants of their references that the
checks kill; pairs of mutants; and neighbours of known-wrong programs, of which one function alone is wrong (what is
said of a right one, and a belief that answers otherwise, is false). `--class DIR [EXERCISE …]` takes another course,
`DIR/course`, and the wrong programs that its students wrote, `DIR/in/EXERCISE/wrong-*/`. `--every N` takes one program
in N, `--verbose` names those that aren't explained. Every program is graded as `run` grades it; its CPU is that of the
judge and of every process below it, checks and explanations together.
"""

from __future__ import annotations

import os
import random
import time
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import click

from autograder.course import Course, Exercise, KnownWrong, load_course, load_exercise, load_misconceptions
from autograder.course.discovery import CourseRoot
from autograder.grading.grader import Grader
from autograder.grading.judge import Judge
from autograder.grading.report import Report
from autograder.grading.submission import Submission, from_bytes
from autograder.proof.mutation import Mutant, mutants
from benchmarks.measuring import below
from benchmarks.neighbours import Neighbour, falsehoods, neighbours

ROOT = Path(__file__).resolve().parents[1]
_TICK = os.sysconf("SC_CLK_TCK")
_PAIRS = 100


@dataclass(frozen=True)
class How:
    """One program in `every`; `verbose`: name what isn't explained."""

    every: int
    verbose: bool


@dataclass
class Tally:
    """What became of some wrong programs. `unexplained` and `false` hold the names of those to look at."""

    programs: int = 0
    passed: int = 0
    kinds: Counter[str] = field(default_factory=Counter)
    cpu: float = 0.0
    slowest: float = 0.0
    unexplained: list[str] = field(default_factory=list)
    false: list[str] = field(default_factory=list)

    def add(self, name: str, report: Report, cpu: float, false: Sequence[str] = ()) -> None:
        if report.passed:
            self.passed += 1
            return
        self.programs += 1
        self.cpu += cpu
        self.slowest = max(self.slowest, cpu)
        kind = _kind(report)
        self.kinds[kind] += 1
        if kind == "nothing":
            self.unexplained.append(name)
        self.false += [f"{name}: {said}" for said in false]

    def __str__(self) -> str:
        count = max(1, self.programs)
        shares = ", ".join(f"{kind} {100 * self.kinds[kind] / count:.0f} %" for kind in _KINDS if self.kinds[kind])
        return (
            f"{self.programs} wrong programs: {shares}; {1000 * self.cpu / count:.0f} ms of CPU each, at most"
            f" {1000 * self.slowest:.0f}; false: {len(self.false)}"
        )


#: An explanation's kind; a line's is told by what it rests on: one place, or two. Of a function that isn't written it
#: is told that it is still to come, which needs no reason.
_KINDS = ("belief", "behaviour", "line", "two lines", "unwritten", "nothing")


def _kind(report: Report) -> str:
    """Name what explains a program: that of its explanations which says most."""
    found = {each.kind: each for each in report.explanations}
    if not found and all(check.unwritten for check in report.checks if check.status != "passed"):
        return "unwritten"
    if "belief" in found or "behaviour" in found:
        return "belief" if "belief" in found else "behaviour"
    if "line" not in found:
        return "nothing"
    line = found["line"]
    return "two lines" if "With both" in line.text else "line"


def grade(
    exercise: Exercise, known_wrong: Iterable[KnownWrong], programs: Sequence[Submission]
) -> list[tuple[Report, float]]:
    """Return the report of each program, and the CPU seconds that it took."""
    found: list[tuple[Report, float]] = []
    with Judge(exercise, known_wrong) as judge:
        judge.warm_up()
        grader = Grader(exercise, judge, stop_at_first_failure=False)
        for program in programs:
            before = _cpu()
            report = grader.grade(program)
            found.append((report, _cpu() - before))
    return found


def _cpu() -> float:
    """Return the CPU seconds of this process and of all below it, those included that have ended."""
    return time.process_time() + sum(_cpu_of(pid) for pid in below(os.getpid())[1:])


def _cpu_of(pid: int) -> float:
    try:
        fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    except OSError:
        return 0.0
    return sum(map(int, fields[11:15])) / _TICK


# A class


def measure_class(folder: Path, wanted: Sequence[str], how: How) -> None:
    course = load_course(CourseRoot.at(folder / "course"))
    whole = Tally()
    for exercise in _exercises(course, wanted):
        paths = sorted((folder / "in" / exercise.id).glob("wrong-*/*.py"))[:: how.every]
        tally = Tally()
        programs = [from_bytes(exercise.file, path.read_bytes()) for path in paths]
        for path, (report, cpu) in zip(paths, grade(exercise, [], programs), strict=True):
            tally.add(path.parent.name, report, cpu)
            whole.add(path.parent.name, report, cpu)
        _print(exercise.id, tally, verbose=how.verbose)
    _print("all", whole, verbose=False)


def _exercises(course: Course, wanted: Sequence[str]) -> Iterator[Exercise]:
    if unknown := set(wanted).difference(course.exercise_ids):
        raise click.UsageError(f"The course has no {' and no '.join(sorted(unknown))}.")
    return (load_exercise(course.root, each) for each in course.exercise_ids if not wanted or each in wanted)


def _print(what: str, tally: Tally, *, verbose: bool) -> None:
    print(f"{what}: {tally}", flush=True)
    if verbose:
        for name in tally.unexplained:
            print(f"  not explained: {name}")
    for name in tally.false:
        print(f"  FALSE: {name}")


# The course


def measure_course(wanted: Sequence[str], how: How) -> None:
    course = load_course(CourseRoot.at(ROOT))
    whole: dict[str, Tally] = {}
    for exercise in _exercises(course, wanted):
        if exercise.kind == "drill" or exercise.reference is None:
            continue
        for what, tally in _measured(course, exercise, how, whole):
            _print(f"{exercise.id}, {what}", tally, verbose=how.verbose)
    for what, tally in whole.items():
        _print(f"all, {what}", tally, verbose=False)


def _measured(course: Course, exercise: Exercise, how: How, whole: dict[str, Tally]) -> Iterator[tuple[str, Tally]]:
    known = load_misconceptions(exercise, course)
    assert exercise.reference is not None
    reference = exercise.reference.read_text(encoding="utf-8")
    yield "left out", _left_out(exercise, known, how, whole.setdefault("left out", Tally()))
    single = list(mutants(reference))
    yield "mutants", _changed(exercise, known, single[:: how.every], whole.setdefault("mutants", Tally()))
    pairs = _pairs(single, max(1, _PAIRS // how.every))
    yield "pairs of mutants", _changed(exercise, known, pairs, whole.setdefault("pairs of mutants", Tally()))
    if len(exercise.required_names) > 1:
        beside = list(neighbours(known, reference, exercise.required_names))[:: how.every]
        yield "neighbours", _beside(exercise, known, beside, whole.setdefault("neighbours", Tally()))


def _left_out(exercise: Exercise, known: Sequence[KnownWrong], how: How, whole: Tally) -> Tally:
    """Grade known-wrong programs without their own belief: another one that is named is false."""
    tally = Tally()
    for belief in list(dict.fromkeys(each.id for each in known))[:: how.every]:
        own = [each for each in known if each.id == belief]
        others = [each for each in known if each.id != belief]
        programs = [from_bytes(exercise.file, each.source.encode()) for each in own]
        for each, (report, cpu) in zip(own, grade(exercise, others, programs), strict=True):
            false = [each.title for each in report.explanations if each.kind == "belief"]
            for some in (tally, whole):
                some.add(f"{exercise.id} {each.path.stem}", report, cpu, false)
    return tally


def _beside(exercise: Exercise, known: Sequence[KnownWrong], beside: Sequence[Neighbour], whole: Tally) -> Tally:
    tally = Tally()
    with Judge(exercise, known) as judge:
        judge.warm_up()
        grader = Grader(exercise, judge)
        for each in beside:
            program, before = from_bytes(exercise.file, each.source.encode()), _cpu()
            report = grader.grade(program)
            cpu, false = _cpu() - before, falsehoods(each, program, report, grader, judge)
            for some in (tally, whole):
                some.add(f"{exercise.id} {each.name}", report, cpu, false)
    return tally


def _changed(exercise: Exercise, known: Sequence[KnownWrong], changed: Sequence[Mutant], whole: Tally) -> Tally:
    tally = Tally()
    programs = [from_bytes(exercise.file, mutant.source.encode()) for mutant in changed]
    for mutant, (report, cpu) in zip(changed, grade(exercise, known, programs), strict=True):
        for some in (tally, whole):
            some.add(f"{exercise.id} {mutant.description}", report, cpu)
    return tally


def _pairs(single: Sequence[Mutant], count: int) -> list[Mutant]:
    """Draw mutants of mutants by chance, the same ones each time."""
    chance, found = random.Random(0), list[Mutant]()
    while single and len(found) < count:
        first = chance.choice(single)
        again = list(mutants(first.source))
        if again:
            second = chance.choice(again)
            found.append(Mutant(second.line, f"{first.description}; {second.description}", second.source))
    return found


@click.command(help=__doc__)
@click.argument("exercises", nargs=-1)
@click.option("--class", "folder", type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.option("--every", type=click.IntRange(1), default=1)
@click.option("--verbose", is_flag=True, help="Name each program that isn't explained.")
def main(exercises: tuple[str, ...], folder: Path | None, every: int, verbose: bool) -> None:
    how = How(every, verbose=verbose)
    if folder is not None:
        measure_class(folder, exercises, how)
    else:
        measure_course(exercises, how)


if __name__ == "__main__":
    main()
