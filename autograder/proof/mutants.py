"""The proof that an exercise's checks are sharp: every small change to the reference that matters fails one of them.

A change that doesn't matter survives every fair check; solutions/<id>/equivalent-mutants.yaml lists it with the reason.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Sequence
from pathlib import Path

import msgspec

from autograder.course import Course, Exercise, Problem
from autograder.course.list_models import Equivalent
from autograder.course.problems import nearest
from autograder.grading.checking import Check
from autograder.grading.grade import grading
from autograder.grading.report import Report
from autograder.grading.submission import Submission, from_bytes
from autograder.language import tr
from autograder.proof.findings import Findings, Tally
from autograder.proof.mutation import Mutant, mutants
from autograder.proof.programs import known_wrong
from autograder.proof.texts import read_list
from autograder.sandbox.starter import Starters
from autograder.several_files import placed

EQUIVALENT = "equivalent-mutants.yaml"
#: Seconds that a call gets at least, where the exercise itself allows more.
_SHORTEST_CALL = 1.0


def mutants_of(exercise: Exercise) -> list[Mutant]:
    """Return every mutant of the reference. A drill has none."""
    if exercise.kind == "drill" or exercise.reference is None:
        return []
    return list(mutants(exercise.program(exercise.reference).source))


def prove_mutants(
    course: Course, exercise: Exercise, on_step: Callable[[], None] = lambda: None, starters: Starters | None = None
) -> Findings:
    """Grade every mutant up to its first failed check, and tell of each. Raises what `grade` raises."""
    changed = mutants_of(exercise)
    if not changed or exercise.reference is None or exercise.solution is None:
        return Findings()
    file = exercise.solution / EQUIVALENT
    listed, problems = read_list(Equivalent, file)
    graded, dull = _graded(course, exercise, changed, on_step, starters)
    survivors = [mutant for mutant, report in graded if report.passed]
    unlisted, unneeded = _compare(listed, survivors)
    unnoticed = tuple(_survivor(exercise, mutant) for mutant in unlisted)
    in_doubt = {mutant.description for mutant, report in graded if _timed_out(report)}
    possible = {mutant.description for mutant in changed}
    problems += [_stale(file, line, entry, possible) for line, entry in unneeded if entry.mutant not in in_doubt]
    equivalent = len(survivors) - len(unlisted)
    tallies = {
        "mutants": Tally(len(graded) - len(survivors), len(graded) - equivalent),
        "equivalent": Tally(equivalent, equivalent),
    }
    return Findings(tallies, tuple(problems), tuple(map(_never_fails, dull)), {"equivalent_mutants": unnoticed})


def _graded(
    course: Course,
    exercise: Exercise,
    changed: Sequence[Mutant],
    on_step: Callable[[], None],
    starters: Starters | None,
) -> tuple[list[tuple[Mutant, Report]], list[Check]]:
    """Return each mutant with its report, and the hidden checks that no answer of theirs or of a known-wrong fails."""
    graded: list[tuple[Mutant, Report]] = []
    with grading(
        course, _hurried(exercise), fall_back=True, stop_at_first_failure=True, many=True, starters=starters
    ) as grader:
        for mutant in changed:
            graded.append((mutant, grader.grade(_submission(exercise, mutant))))
            on_step()
        for case in known_wrong(course, exercise) if grader.never_failed else ():
            grader.try_never_failed(case.submission)
        for mutant, report in graded:
            if grader.never_failed and not report.passed:
                grader.try_never_failed(_submission(exercise, mutant), report)
    return graded, [*grader.never_failed.values()]


def _submission(exercise: Exercise, mutant: Mutant) -> Submission:
    return from_bytes(exercise.file, mutant.source.encode())


def _hurried(exercise: Exercise) -> Exercise:
    """Return the exercise with a short limit for one call: every mutant that never ends costs as much as that."""
    call = min(exercise.limits.call, max(_SHORTEST_CALL, exercise.limits.call / 10))
    return msgspec.structs.replace(exercise, limits=msgspec.structs.replace(exercise.limits, call=call))


def _timed_out(report: Report) -> bool:
    """Return whether what killed a mutant was the short limit, which a busy machine makes shorter."""
    return any(check.status == "timeout" for check in report.checks)


def _compare(
    listed: Sequence[tuple[int, Equivalent]], survivors: Sequence[Mutant]
) -> tuple[list[Mutant], list[tuple[int, Equivalent]]]:
    """Survivors that no entry is left for, and entries that no survivor needs. One entry stands for one survivor."""
    entries = Counter(entry.mutant for _, entry in listed)
    alive = Counter(mutant.description for mutant in survivors)
    unlisted = []
    for mutant in survivors:
        if entries[mutant.description] > 0:
            entries[mutant.description] -= 1
        else:
            unlisted.append(mutant)
    unneeded = []
    for line, entry in listed:
        if alive[entry.mutant] > 0:
            alive[entry.mutant] -= 1
        else:
            unneeded.append((line, entry))
    return unlisted, unneeded


def _never_fails(check: Check) -> Problem:
    sentence = tr(
        "No known-wrong program and no change to the reference fails the check {id!r} by what it answers. If no answer"
        " can fail it, its points are a present.",
        id=check.id,
    )
    return Problem(check.file, check.line, sentence)


def _survivor(exercise: Exercise, mutant: Mutant) -> Problem:
    assert exercise.reference is not None
    file, line = exercise.reference, mutant.line
    if (of_file := placed(exercise.program(file).source, line)) is not None:
        file, line = file / of_file[0], of_file[1]
    sentence = tr(
        "No check fails after this change: '{change}'. Add a check that it fails, or list it in {list} with the reason"
        " why it is as right.",
        change=mutant.description,
        list=EQUIVALENT,
    )
    return Problem(file, line, sentence)


def _stale(file: Path, line: int, entry: Equivalent, changed: Collection[str]) -> Problem:
    if entry.mutant in changed:
        said = tr("A check fails after '{mutant}', so it is not equivalent; delete this entry.", mutant=entry.mutant)
        return Problem(file, line, said)
    more = nearest(entry.mutant, changed)
    said = tr(
        "The reference has no such mutant as '{mutant}'; delete this entry.{more}", mutant=entry.mutant, more=more
    )
    return Problem(file, line, said)
