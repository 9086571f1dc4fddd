"""The proof of an exercise's programs: a stub scores nothing, right ones score all, known-wrong ones are named.

Each is a case, whose verdict is known before the real grader gives one, as it would to a student's file.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from autograder.course import (
    Course,
    CourseError,
    Exercise,
    Problem,
    load_answer_key,
    load_hidden_checks,
    load_misconceptions,
)
from autograder.course.drawn import as_drawn, seed_line, values_of
from autograder.course.filled import filled
from autograder.course.lint import wrong_sum
from autograder.course.source import read_text, read_yaml
from autograder.course.template import Value, fill
from autograder.grading import messages
from autograder.grading.drill import not_started
from autograder.grading.grade import grade, grading
from autograder.grading.report import CheckResult, Report
from autograder.grading.submission import Submission, from_bytes, read_work
from autograder.language import later, tr, tr_n
from autograder.proof.drawn_numbers import draw_faults
from autograder.proof.findings import Findings, Tally
from autograder.quiz.soundness import with_values

if TYPE_CHECKING:
    from autograder.grading.grader import Grader
    from autograder.sandbox.starter import Starters

#: What a fair and sharp exercise has at least; fewer are warned of.
_CHECKS, _ACCEPTED, _BELIEFS = 6, 3, 8
_ROUNDING = 1e-9
#: As many students hand in each program of a drill whose numbers are drawn.
_STUDENTS = 5


Role = Literal["stub", "begun", "reference", "accepted", "known_wrong"]


@dataclass(frozen=True)
class Case:
    """A submission whose verdict is known before it is graded; `belief` is the misconception of a known-wrong one.

    `values` are those that its student has drawn.
    """

    role: Role
    place: Path
    line: int
    submission: Submission
    belief: str = ""
    values: Mapping[str, Value] = field(default_factory=dict)

    def problem(self, sentence: str) -> Problem:
        return Problem(self.place, self.line, with_values(sentence, self.values))


def cases(course: Course, exercise: Exercise) -> list[Case]:
    """Return all cases of an exercise whose solution is here, the reference and the stubs first.

    An accepted or a known-wrong program that can't be read is left out: the lint tells.
    """
    assert exercise.solution is not None
    assert exercise.reference is not None
    if exercise.kind == "drill":
        return [*_stubs(exercise), *_of_key(exercise), *_of_files(course, exercise)]
    return [_case(exercise, "reference", exercise.reference), *_stubs(exercise), *_of_files(course, exercise)]


def known_wrong(course: Course, exercise: Exercise) -> list[Case]:
    """Return the known-wrong programs of an exercise. A drill has traps in their place, which are left out."""
    return [] if exercise.kind == "drill" else [case for case in cases(course, exercise) if case.role == "known_wrong"]


def _stubs(exercise: Exercise) -> Iterator[Case]:
    """Yield the stub as it is, which the grader knows by its text, and with a remark that a student has added.

    Then one that is run: a student has begun it, with a name that nothing uses.
    """
    path = exercise.folder if exercise.files else exercise.folder / exercise.file
    if exercise.draws:
        exercise = as_drawn(exercise, 0)
        yield Case("stub", path, 1, from_bytes(exercise.file, exercise.stub.encode()))
        yield Case("stub", path, 1, from_bytes(exercise.file, f"{exercise.stub}\n# begun\n".encode()))
        return
    given = _case(exercise, "stub", path)
    yield given
    begun = exercise.stub if exercise.files else given.submission.data.decode(errors="replace")
    yield Case("stub", path, 1, from_bytes(exercise.file, f"{begun}\n# begun\n".encode()))
    if exercise.kind != "drill":
        yield Case("begun", path, 1, from_bytes(exercise.file, f"{begun}\n_ = None\n".encode()))


def _case(exercise: Exercise, role: Role, path: Path, belief: str = "") -> Case:
    submission = read_work(path, exercise.files)
    return Case(role, path, 1, submission, belief)


def _of_files(course: Course, exercise: Exercise) -> Iterator[Case]:
    assert exercise.solution is not None
    for path in exercise.programs(exercise.solution / "accepted"):
        if exercise.kind == "drill" or not exercise.program(path).problems:
            yield from _of_file(exercise, "accepted", path)
    readable = [] if exercise.kind == "drill" else [each.path for each in load_misconceptions(exercise, course)]
    for path in exercise.programs(exercise.solution / "misconceptions"):
        belief = path.stem.split("--")[0]
        if belief in course.misconceptions if exercise.kind == "drill" else path in readable:
            yield from _of_file(exercise, "known_wrong", path, belief)


def _of_file(exercise: Exercise, role: Role, path: Path, belief: str = "") -> Iterator[Case]:
    """Yield a program as it stands; where numbers are drawn, with those of several students in its holes."""
    if not exercise.draws:
        yield _case(exercise, role, path, belief)
        return
    text, _ = read_text(path)
    for seed, values in _drawn(exercise):
        given = f"{seed_line(seed)}\n{fill(text, values, plain=True)}"
        yield Case(role, path, 1, from_bytes(exercise.file, given.encode()), belief, values)


def _drawn(exercise: Exercise) -> Iterator[tuple[int, dict[str, Value]]]:
    """Yield the seeds whose students hand in everything that is graded, with what they draw."""
    for seed in range(_STUDENTS):
        yield seed, values_of(exercise, seed)


def _of_key(exercise: Exercise) -> Iterator[Case]:
    """Yield a drill's key as a submission, and each trap in it: one wrong number, and all others right."""
    assert exercise.solution is not None
    key, source = load_answer_key(exercise), read_yaml(exercise.solution / exercise.file)
    keys = [("", key, dict[str, Value]())]
    if exercise.draws:
        keys = [(seed_line(seed), filled(key, values), values) for seed, values in _drawn(exercise)]
    for first, own, values in keys:
        right = {name: answer.key for name, answer in own.answers.items()}
        yield Case("reference", source.path, 1, _answers(exercise, first, right), values=values)
        for name, answer in own.answers.items():
            for index, trap in enumerate(answer.traps):
                line = source.line(("answers", name, "traps", index))
                given = _answers(exercise, first, {**right, name: trap.value})
                yield Case("known_wrong", source.path, line, given, trap.misconception, values)


def _answers(exercise: Exercise, first: str, expressions: Mapping[str, str]) -> Submission:
    text = f"{first}\n" + "".join(f"{name}: '{expression}'\n" for name, expression in expressions.items())
    return from_bytes(exercise.file, text.encode())


def prove_programs(
    course: Course, exercise: Exercise, on_step: Callable[[], None] = lambda: None, starters: Starters | None = None
) -> Findings:
    """Grade every program of an exercise in one session, and tell of each. Raises what `grade` raises."""
    if faults := draw_faults(exercise):
        return Findings(problems=tuple(faults))
    listed = cases(course, exercise)
    reports, (problems, doubts), unconfined, twins = _graded(course, exercise, listed, on_step, starters)
    outcomes: list[tuple[str, bool]] = []
    wrong_reference = False
    for case, report in zip(listed, reports, strict=True):
        faults = [case.problem(said) for said in _faults(case, report, exercise, twins.get(case.place, []))]
        wrong_reference = wrong_reference or (case.role == "reference" and bool(faults))
        told = [] if wrong_reference and case.role == "accepted" else faults
        problems += [each for each in told if each not in problems]  # one slip, told once
        if case.values:
            problems = list({(each.file, each.line): each for each in reversed(problems)}.values())[::-1]
        # One that a student has begun counts among the stubs where it scores.
        outcomes.append(("stub" if case.role == "begun" and faults else case.role, not faults))
    if abs(reports[0].points - exercise.points) > _ROUNDING:
        problems.append(_wrong_sum(exercise, reports[0].points))
    warnings = [listed[0].problem(tr("{reason} Its programs ran without it.", reason=reason)) for reason in unconfined]
    return Findings(_tallies(outcomes), tuple(problems), (*warnings, *doubts, *_too_few(exercise, listed)))


def _graded(
    course: Course, exercise: Exercise, listed: list[Case], on_step: Callable[[], None], starters: Starters | None
) -> tuple[list[Report], tuple[list[Problem], list[Problem]], list[str], dict[Path, list[str]]]:
    """Return the report on each case; where a check asks amiss, surely and perhaps; which layers were missing.

    And by the places of known-wrong programs the beliefs that answer as they do, where that is why none is named.
    """
    if exercise.kind == "drill":
        return list(grade(course, exercise, [case.submission for case in listed])), ([], []), [], {}
    reports: list[Report] = []
    unconfined: list[str] = []
    twins: dict[Path, list[str]] = {}
    beliefs = sorted({case.belief for case in listed} - {""})
    with grading(
        course, exercise, fall_back=True, on_missing=unconfined.append, many=True, simplest_once=True, starters=starters
    ) as grader:
        amiss, doubts = grader.accidents()
        for case in listed:
            reports.append(_report(grader, case, amiss))
            if case.role == "reference" and any(check.status == "timeout" for check in reports[-1].checks):
                raise CourseError([*amiss, *map(case.problem, _faults(case, reports[-1], exercise, []))])
            if case.belief and not reports[-1].passed and not _named(reports[-1]):
                twins[case.place] = _twins(grader, case, [each for each in beliefs if each != case.belief])
            on_step()
    return reports, (amiss, doubts), unconfined, twins


def _report(grader: Grader, case: Case, amiss: list[Problem]) -> Report:
    """Return the report on a case. Raises CourseError where a check breaks; what is amiss at its line says more."""
    try:
        return grader.grade(case.submission)
    except CourseError as error:
        told = {(each.file, each.line) for each in amiss}
        raise CourseError([*amiss, *(each for each in error.problems if (each.file, each.line) not in told)]) from None


def _twins(grader: Grader, case: Case, others: list[str]) -> list[str]:
    """Return the beliefs beside each of which a program's own isn't named, though alone it is."""

    def is_named(*beside: str) -> bool:
        with grader.without(*(each for each in others if each not in beside)):
            return case.belief in _named(grader.grade(case.submission))

    return [other for other in others if not is_named(other)] if is_named() else []


def _named(report: Report) -> dict[str, list[str]]:
    """Return the beliefs that a report names, each with its checks."""
    named: dict[str, list[str]] = {}
    for check in report.checks:
        if check.misconception is not None:
            named.setdefault(check.misconception.id, []).append(check.id)
    return named


def _wrong_sum(exercise: Exercise, worth: float) -> Problem:
    """Return the problem that the checks, run, aren't worth what exercise.yaml says. The lint can't count all."""
    return wrong_sum(exercise, read_yaml(exercise.folder / "exercise.yaml"), worth)


def _tallies(outcomes: list[tuple[str, bool]]) -> dict[str, Tally]:
    grouped = groupby(sorted(outcomes), key=lambda outcome: outcome[0])
    by_role = {role: [right for _, right in each] for role, each in grouped}
    roles = ("stub", "reference", "accepted", "known_wrong")
    return {role: Tally(sum(by_role.get(role, [])), len(by_role.get(role, []))) for role in roles}


#: What quotes a verdict, or may, is said in the verdict's language, the course's: no line is in two.
_GETS_LESS = {
    "reference": later("This reference program gets {score:g} of {points:g} points: {failure}"),
    "accepted": later("This accepted program gets {score:g} of {points:g} points: {failure}"),
}


def _faults(case: Case, report: Report, exercise: Exercise, alike: list[str]) -> Iterator[str]:
    if case.role == "stub":
        yield from _stub_faults(report, exercise)
    elif case.role == "begun":
        yield from _scores(report)
    elif case.role == "known_wrong":
        yield from _known_wrong_faults(case, report, alike)
    elif not (report.passed and report.score == report.points):
        points, failure = exercise.points, _first_failure(report)
        said = tr(_GETS_LESS[case.role], score=report.score, points=points, failure=failure)
        place = _place(exercise, report) if case.role == "reference" else ""
        yield f"{said} {tr('(Asked at {place}: mend the one or the other.)', place=place)}" if place else said


def _scores(report: Report) -> Iterator[str]:
    if report.score:
        yield tr_n(
            "The stub scores {n:g} point, and must score none: without any work it passes {checks}.",
            "The stub scores {n:g} points, and must score none: without any work it passes {checks}.",
            report.score,
            checks=", ".join(repr(check.id) for check in report.checks if check.score),
        )


def _stub_faults(report: Report, exercise: Exercise) -> Iterator[str]:
    if report.score:
        yield from _scores(report)
    elif {messages.not_started(exercise), not_started(exercise)}.isdisjoint(
        (report.note, *(check.message for check in report.checks))
    ):
        yield tr("The report on the stub doesn't say that it was not started.")


def _known_wrong_faults(case: Case, report: Report, alike: list[str]) -> Iterator[str]:
    belief = case.belief
    if report.passed and case.line > 1:  # of a key, where a belief is a trap
        yield tr("This trap counts as the key: narrow the tolerance, or delete it.")
        return
    if report.passed:
        yield tr("This known-wrong program passes every check: add one that {belief!r} fails.", belief=belief)
        return
    named = _named(report)
    if alike:
        yield tr_n(
            "This program answers every question as one of {twins} does, so neither is named: ask a question on which"
            " they differ, or make them one belief, this being {variant}.",
            "This program answers every question as those of {twins} do, so none is named: ask a question on which"
            " they differ, or make them one belief, this being {variant}.",
            len(alike), twins=tr(" and ").join(map(repr, alike)), variant=f"{alike[0]}--{case.place.name}",
        )  # fmt: skip
    elif belief not in named:
        yield tr(
            "This program fails ({failure}), but no failed check names {belief!r}.",
            failure=_first_failure(report), belief=belief,
        )  # fmt: skip
    for other, checks in named.items():
        if other != belief:
            yield tr(
                "The check {check!r} names {other!r} for this program, not {belief!r}: add a question to it that tells"
                " the two apart.",
                check=checks[0], other=other, belief=belief,
            )  # fmt: skip


def _failed(report: Report) -> CheckResult | None:
    return next((check for check in report.checks if check.status != "passed"), None)


def _place(exercise: Exercise, report: Report) -> str:
    """Return where the first check begins that a reference fails: it may be the one that is wrong."""
    assert exercise.solution is not None
    failed = None if report.note else _failed(report)
    if failed is None:
        return ""
    wanted = failed.id.partition("[")[0]
    places = {each.id: (exercise.solution / "checks.py", each.line) for each in load_hidden_checks(exercise)}
    authored = read_yaml(exercise.folder / "exercise.yaml"), "checks", [each.id for each in exercise.public_checks]
    if exercise.kind == "drill":
        relations = load_answer_key(exercise).consistency
        authored = read_yaml(exercise.solution / exercise.file), "consistency", [each.id for each in relations]
    source, listed, ids = authored
    places |= {each: (source.path, source.line((listed, index))) for index, each in enumerate(ids)}
    file, line = places.get(wanted, (None, 0))
    return f"{file.relative_to(exercise.solution.parents[1])}:{line}" if file else ""


def _first_failure(report: Report) -> str:
    if report.note:
        return report.note
    failed = _failed(report)
    return f"{failed.id}: {failed.message.partition(chr(10))[0]}" if failed else tr("no check failed.")


def _too_few(exercise: Exercise, listed: list[Case]) -> Iterator[Problem]:
    accepted = sum(case.role == "accepted" for case in listed)
    beliefs = len({case.belief for case in listed} - {""})
    checks = len(load_hidden_checks(exercise))
    counts = [(tr("accepted styles"), accepted, _ACCEPTED), (tr("misconceptions"), beliefs, _BELIEFS)]
    if exercise.kind != "drill":
        counts.append((tr("hidden checks"), checks, _CHECKS))
    for what, count, least in counts:
        if count < least:
            said = tr("Number of {what}: {count}; aim at {least} or more.", what=what, count=count, least=least)
            yield Problem(exercise.folder / "exercise.yaml", 1, said)
