"""What a class has come to: scores, pass rates, beliefs held, and what needs a look; counted in one walk over the rows.

Memory grows with the course, not with the class: of students only a few examples are kept. It must not know how a page
looks. Exercises and quizzes are counted alike: whatever has a row in the gradebook, and names a belief in it.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from typing import Literal

from autograder.course.policy_model import PolicyFile
from autograder.gradebook.book import Gradebook
from autograder.gradebook.explanation import shares
from autograder.gradebook.policy import total
from autograder.gradebook.rows import GradebookStudent, GradebookTask, Result
from autograder.grading.report import Report, Status
from autograder.language import later, lookup, tr

BINS = 10
#: Students named in a list of those that need a look; of the others it says how many.
_MOST_NAMED = 60
#: Beliefs that a class page begins with.
_MOST_SHARED = 5
#: Different behaviours that are counted: memory stays flat, and what many share comes early.
_MOST_BEHAVIOURS = 2000

#: What needs a look, the most urgent first.
Trouble = Literal[
    "crashed", "outdated", "unreadable", "unfit", "not loaded", "timeout", "program crashed", "stub", "zero", "lower",
    "late", "several files",
]  # fmt: skip
_STOPPED: tuple[tuple[Status, Trouble], ...] = (("timeout", "timeout"), ("crashed", "program crashed"))
#: What a remark says of a hand-in, each with what its holes hold.
_SEVERAL = later("{n} files fit {task}; {file} counts."), ".+"
_NOTHING = later("Nothing fits {file}."), r"\S+"
_Row = tuple[Result, Report | None]


@dataclass(frozen=True)
class Place:
    """One student's row for one task."""

    student: GradebookStudent
    task: GradebookTask


@dataclass(frozen=True)
class Example:
    """One check in which a belief showed; the message can quote the student's program."""

    place: Place
    check: str
    message: str


@dataclass
class Belief:
    """A misconception, by how many students it is held, and in which tasks it showed, each with its students."""

    id: str
    title: str
    explanation: str = ""
    students: int = 0
    tasks: Counter[str] = field(default_factory=Counter)
    example: Example | None = None


@dataclass
class Behaviour:
    """What programs do that no misconception of the course explains: one title, in one task, with an example."""

    task: str
    title: str
    text: str
    students: int = 0
    example: Place | None = None


@dataclass
class CheckTally:
    """One check: its verdicts over all graded submissions."""

    title: str
    points: float
    statuses: Counter[str] = field(default_factory=Counter)

    @property
    def asked(self) -> int:
        return self.statuses.total()

    @property
    def passed(self) -> int:
        return self.statuses["passed"]

    @property
    def stopped(self) -> int:
        """How often it timed out or crashed."""
        return self.statuses["timeout"] + self.statuses["crashed"]


@dataclass
class TaskTally:
    """One task: what came in, the scores, and its checks in the order in which they are run."""

    task: GradebookTask
    handed_in: int = 0
    passed: int = 0
    late: int = 0
    never_ran: int = 0
    scores: Counter[float] = field(default_factory=Counter)
    checks: dict[str, CheckTally] = field(default_factory=dict)

    @property
    def mean(self) -> float:
        return sum(score * count for score, count in self.scores.items()) / max(1, self.scores.total())

    @property
    def median(self) -> float:
        return median(self.scores)


@dataclass
class Troubles:
    """Rows of one kind of trouble: how many, and the first of them with a sentence each."""

    count: int = 0
    named: list[tuple[Place, str]] = field(default_factory=list)

    def add(self, place: Place, sentence: str) -> None:
        self.count += 1
        if self.count <= _MOST_NAMED:
            self.named.append((place, sentence))


@dataclass
class ClassSummary:
    """The class: of its `students`, those are `active` who handed in anything. `shares` counts, by tenths, whoever has
    a score: 0–10 %, …, 90–100 %. Where the policy weighs (`weighed`), totals are in percent.
    """

    title: str
    tasks: dict[str, TaskTally]
    weighed: bool = False
    beliefs: dict[str, Belief] = field(default_factory=dict)
    behaviours: dict[tuple[str, str], Behaviour] = field(default_factory=dict)
    troubles: dict[Trouble, Troubles] = field(default_factory=dict)
    shares: list[int] = field(default_factory=lambda: [0] * BINS)
    totals: Counter[float] = field(default_factory=Counter)
    students: int = 0
    active: int = 0
    late: int = 0
    latest: str = ""

    @property
    def scored(self) -> int:
        """Students who have a score, if only one that was set by hand."""
        return sum(self.shares)

    @property
    def median(self) -> float:
        """The median of their totals."""
        return median(self.totals)

    @property
    def points(self) -> float:
        """What all tasks are worth together, as totals are counted."""
        return 100.0 if self.weighed else sum(tally.task.points for tally in self.tasks.values())

    def shared_behaviours(self) -> list[Behaviour]:
        """What the programs of several students do, the most common first; the title begins with the function."""
        shared = [each for each in self.behaviours.values() if each.students > 1]
        return sorted(shared, key=lambda each: (-each.students, each.task, each.title))

    def shared_beliefs(self) -> list[Belief]:
        """Return the beliefs that most of the class hold, at most five; what one student believes isn't the class's."""
        return [belief for belief in self.held() if belief.students > 1][:_MOST_SHARED]

    def held(self) -> list[Belief]:
        """Return the beliefs, the most common first."""
        return sorted(self.beliefs.values(), key=lambda belief: (-belief.students, belief.id))


def summarise(gradebook: Gradebook) -> ClassSummary:
    """Count everything in one walk over the gradebook."""
    policy = gradebook.policy
    tasks = {task.id: TaskTally(task) for task in gradebook.tasks()}
    summary = ClassSummary(gradebook.course[1], tasks, policy.total is not None)
    for student, rows in by_student(gradebook.students(), gradebook.reports()):
        summary.students += 1
        _count_student(summary, student, rows, policy)
    return summary


def by_student(
    students: Iterable[GradebookStudent], rows: Iterable[_Row]
) -> Iterator[tuple[GradebookStudent, list[_Row]]]:
    """Yield each student with their rows, both in the order of the students' keys; a batch may be adding to both."""
    groups = groupby(rows, key=lambda row: row[0].student)
    key, group = next(groups, (None, iter(())))
    for student in students:
        while key is not None and key < student.student:
            key, group = next(groups, (None, iter(())))
        yield student, list(group) if key == student.student else []


def median(counts: Counter[float]) -> float:
    """Return the median of counted numbers, 0 of none."""
    total, below = counts.total(), 0
    middle: list[float] = []
    for number in sorted(counts):
        spots = range(below, below + counts[number])
        middle += [number for spot in ((total - 1) // 2, total // 2) if spot in spots]
        below += counts[number]
    return sum(middle) / 2 if middle else 0.0


def total_of(results: Sequence[Result], policy: PolicyFile) -> float:
    """Return a student's total: the policy's, in percent, or else the sum of the points on today's scale."""
    weighed = total(shares(results), policy)
    return sum(each.score for each in results if not each.outdated) if weighed is None else round(100 * weighed, 2)


def _count_student(summary: ClassSummary, student: GradebookStudent, rows: Sequence[_Row], policy: PolicyFile) -> None:
    held: set[str] = set()
    for result, report in rows:
        tally = summary.tasks.get(result.exercise)
        if tally is None:
            continue
        place = Place(student, tally.task)
        _count_troubles(summary, place, result, report)
        if result.status == "missing" or result.outdated:
            continue
        _count_result(tally, result, report)
        _count_beliefs(summary, place, result, report)
        _count_behaviours(summary, place, report)
        held.update(result.misconceptions)
        summary.late += result.late
        summary.latest = max(summary.latest, result.graded_at)
    for belief in held:
        summary.beliefs[belief].students += 1
    summary.active += any(result.came_in for result, _ in rows)
    if any(result.status != "missing" for result, _ in rows):
        score = total_of([result for result, _ in rows if result.exercise in summary.tasks], policy)
        summary.totals[round(score, 6)] += 1
        summary.shares[tenth(score, summary.points)] += 1


def tenth(score: float, points: float) -> int:
    """Return which tenth of the points a score is in, from 0 to 9; rounding errors of sums don't count."""
    share = score / points if points else 0.0
    return min(BINS - 1, max(0, int(share * BINS + 1e-9)))


def _count_result(tally: TaskTally, result: Result, report: Report | None) -> None:
    tally.handed_in += result.came_in
    tally.late += result.late
    if result.status == "crashed":
        return
    tally.passed += result.passed and not result.late_penalty  # full marks are those of the table, too
    tally.scores[round(result.score, 6)] += 1
    if report is not None and report.never_ran:
        tally.never_ran += 1
        return
    for check in report.checks if report and result.status == "graded" else ():
        counted = tally.checks.setdefault(check.id, CheckTally(check.title, check.points))
        counted.statuses[check.status] += 1


def _count_beliefs(summary: ClassSummary, place: Place, result: Result, report: Report | None) -> None:
    named = {each.id: each for each in (report.misconceptions if report else ())}
    alone_last = sorted(report.checks if report else (), key=lambda check: not check.faults)
    shown = {check.misconception.id: check for check in alone_last if check.misconception}
    for name in dict.fromkeys(result.misconceptions):
        belief = summary.beliefs.setdefault(name, Belief(name, name))
        belief.tasks[result.exercise] += 1
        if name in named and belief.example is None:
            belief.title, belief.explanation = named[name].title, named[name].explanation
        if name in shown and belief.example is None:
            belief.example = Example(place, shown[name].title, shown[name].message)


def _count_behaviours(summary: ClassSummary, place: Place, report: Report | None) -> None:
    for each in report.explanations if report else ():
        key = place.task.id, each.title
        if each.kind == "belief" or (key not in summary.behaviours and len(summary.behaviours) >= _MOST_BEHAVIOURS):
            continue
        behaviour = summary.behaviours.setdefault(key, Behaviour(place.task.id, each.title, each.text, 0, place))
        behaviour.students += 1


def _count_troubles(summary: ClassSummary, place: Place, result: Result, report: Report | None) -> None:
    for trouble, sentence in _troubles(result, report):
        summary.troubles.setdefault(trouble, Troubles()).add(place, sentence)


def _troubles(result: Result, report: Report | None) -> Iterator[tuple[Trouble, str]]:
    """Yield what needs a look in one row, each with a sentence: why it has no score first, then what else there is."""
    remark = result.remarks[-1] if result.remarks else ""
    if result.outdated:  # it counts nowhere
        yield "outdated", tr("{score:g} of {points:g} points then.", score=result.score, points=result.points)
        return
    if result.override is not None:  # somebody has looked
        if result.late:
            yield "late", tr("Set by hand.")
        return
    if result.status == "crashed":
        yield "crashed", remark
    elif result.status == "unreadable":
        yield "unreadable", report.note if report else ""
    elif result.status == "missing":
        if not all(_is_said(_NOTHING, each) for each in result.remarks):
            yield "unfit", remark
    elif report is not None:
        yield from _of_report(result, report)
    yield from _of_history(result)


def _is_said(message: tuple[str, str], remark: str) -> bool:
    """Whether a remark is that message and no more: in English, or in the language spoken."""
    text, held = message
    forms = (re.sub(r"\\\{\w+\\\}", lambda _: held, re.escape(each)) for each in (text, lookup(text)))
    return any(re.fullmatch(form, remark) for form in forms)


def _of_report(result: Result, report: Report) -> Iterator[tuple[Trouble, str]]:
    stopped = False
    for status, trouble in _STOPPED:
        found = [check for check in report.checks if check.status == status]
        if found:
            stopped = True
            yield trouble, found[0].message
    if stopped:
        return
    if report.not_started:
        yield "stub", ""
    elif report.never_ran:
        yield "not loaded", report.checks[0].message
    elif not result.score:
        yield "zero", ""


def _of_history(result: Result) -> Iterator[tuple[Trouble, str]]:
    if result.fell_from is not None:
        yield "lower", tr("{score:g} now, {before:g} before.", score=result.score, before=result.fell_from)
    if result.late:
        off = result.late_penalty
        yield "late", tr("{points:g} taken off.", points=off) if off else ""
    several = next((each for each in result.remarks if _is_said(_SEVERAL, each)), None)
    if several is not None:
        yield "several files", several
