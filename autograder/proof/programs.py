"""The proof of an exercise's programs: a stub scores nothing, right ones score all, known-wrong ones are named.

Each is graded as a student's file is, by the real grader behind the wall.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import groupby

from autograder.course import Course, Exercise, Problem, load_hidden_checks
from autograder.grading.grade import grade
from autograder.grading.report import CheckResult, Report
from autograder.proof.cases import Case, cases
from autograder.proof.findings import Findings, Tally

#: What a fair and sharp exercise has at least; fewer are warned of.
_CHECKS, _ACCEPTED, _BELIEFS = 6, 3, 8


def prove_programs(course: Course, exercise: Exercise, on_step: Callable[[], None] = lambda: None) -> Findings:
    """Grade every program of an exercise in one session, and tell of each. Raises what `grade` raises."""
    listed = cases(exercise)
    reports: list[Report] = []
    unconfined: list[str] = []

    def keep(report: Report) -> None:
        reports.append(report)
        on_step()

    submissions = (case.submission for case in listed)
    grade(course, exercise, submissions, keep, fall_back=True, on_missing=unconfined.append)
    problems: list[Problem] = []
    outcomes: list[tuple[str, bool]] = []
    for case, report in zip(listed, reports, strict=True):
        faults = [case.problem(sentence) for sentence in _faults(case, report, exercise)]
        problems += faults
        outcomes.append((case.role, not faults))
    warnings = [listed[0].problem(f"{reason} Its programs ran without it.") for reason in unconfined]
    return Findings(_tallies(outcomes), tuple(problems), (*warnings, *_too_few(exercise, listed)))


def _tallies(outcomes: list[tuple[str, bool]]) -> dict[str, Tally]:
    grouped = groupby(sorted(outcomes), key=lambda outcome: outcome[0])
    by_role = {role: [right for _, right in each] for role, each in grouped}
    roles = ("stub", "reference", "accepted", "known_wrong")
    return {role: Tally(sum(by_role.get(role, [])), len(by_role.get(role, []))) for role in roles}


def _faults(case: Case, report: Report, exercise: Exercise) -> Iterator[str]:
    if case.role == "stub":
        yield from _stub_faults(report)
    elif case.role == "known_wrong":
        yield from _known_wrong_faults(case.belief, report)
    elif not (report.passed and report.score == report.points == exercise.points):
        yield f"This {case.role} program gets {report.score:g} of {exercise.points:g} points: {_first_failure(report)}"


def _stub_faults(report: Report) -> Iterator[str]:
    if report.score:
        yield f"The stub scores {report.score:g} points, and must score none: a check passes without any work."
    elif not any(said.startswith("Not started") for said in (report.note, *(each.message for each in report.checks))):
        yield "The report on the stub doesn't say that it was not started."


def _known_wrong_faults(belief: str, report: Report) -> Iterator[str]:
    if report.passed:
        yield f"This known-wrong program passes every check: add one that {belief!r} fails."
        return
    named: dict[str, list[str]] = {}
    for check in report.checks:
        if check.misconception is not None:
            named.setdefault(check.misconception.id, []).append(check.id)
    if belief not in named:
        yield f"This program fails ({_first_failure(report)}), but no failed check names {belief!r}."
    for other, checks in named.items():
        if other != belief:
            yield (
                f"The check {checks[0]!r} names {other!r} for this program, not {belief!r}: "
                "add a question to it that tells the two apart."
            )


def _first_failure(report: Report) -> str:
    if report.note:
        return report.note
    failed: CheckResult | None = next((check for check in report.checks if check.status != "passed"), None)
    return f"{failed.id}: {failed.message.partition(chr(10))[0]}" if failed else "no check failed."


def _too_few(exercise: Exercise, listed: list[Case]) -> Iterator[Problem]:
    accepted = sum(case.role == "accepted" for case in listed)
    beliefs = len({case.belief for case in listed} - {""})
    checks = len(load_hidden_checks(exercise))
    counts = [("accepted styles", accepted, _ACCEPTED), ("misconceptions", beliefs, _BELIEFS)]
    if exercise.kind != "drill":
        counts.append(("hidden checks", checks, _CHECKS))
    for what, count, least in counts:
        if count < least:
            yield Problem(exercise.folder / "exercise.yaml", 1, f"Number of {what}: {count}; aim at {least} or more.")
