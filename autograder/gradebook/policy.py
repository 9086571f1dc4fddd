"""What a policy makes of results: which attempt counts, what lateness takes off, and what the total is.

All of it is arithmetic on values: nothing is read, written or remembered. Without a policy nothing changes.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from math import ceil
from pathlib import Path
from typing import TypeAlias

from autograder.course.policy_model import SECONDS, LateRule, Moment, PolicyFile, TaskRule
from autograder.course.problems import nearest, sound
from autograder.course.source import read_yaml
from autograder.course.validation import validate
from autograder.gradebook.history import Decision
from autograder.gradebook.rows import GradebookStudent, GradebookTask, Result
from autograder.language import tr

FILE = "policy.yaml"
NO_POLICY = PolicyFile()
#: Canvas writes the sections of a student who is in several as a sentence: `A, B, and C`.
_AND = re.compile(r",\s*(?:and\s+)?|\s+(?:and|und|et|y)\s+")


#: One result that may count.
Attempt: TypeAlias = Decision | Result


@dataclass(frozen=True)
class Lateness:
    """How late an attempt is: `seconds` is None where it is late by the system's word, and nobody knows how much.

    `put_back`: by how many seconds this machine's clock was put back meanwhile; negative where it was put forward.
    """

    late: bool
    seconds: float | None = 0.0
    put_back: float = 0.0


def load_policy(path: Path, tasks: Collection[str]) -> PolicyFile:
    """Read policy.yaml, for the `tasks` of a course. Raises CourseError with every problem and its line."""
    source = read_yaml(path)
    policy, problems = validate(PolicyFile, source)
    if policy is not None:
        named: list[tuple[str, ...]] = [("tasks", name) for name in policy.tasks]
        named += [("total", "weights", name) for name in (policy.total.weights if policy.total else ())]
        problems += [
            source.problem(
                place,
                tr("The course has no exercise or quiz {name!r}.", name=place[-1]) + nearest(place[-1], tasks),
            )
            for place in named
            if place[-1] not in tasks
        ]
    return sound(policy, problems)


def strangers(policy: PolicyFile, people: Collection[GradebookStudent]) -> list[str]:
    """Return whom the policy names, and nobody is: students with an extension, sections with a date."""
    marks = {mark for each in people for mark in _marks(each)}
    there = {section for each in people for section in _sections(each)}
    unknown = [tr("the student {name!r}", name=name) for name in _extended(policy) if _same(name) not in marks]
    sections = {name for rule in policy.tasks.values() for name in rule.sections}
    return unknown + [tr("the section {name!r}", name=name) for name in sorted(sections) if _same(name) not in there]


def namesakes(policy: PolicyFile, people: Collection[GradebookStudent]) -> list[str]:
    """Return which extensions reach several students, and whom."""
    reached = {
        name: sorted(each.student for each in people if _same(name) in _marks(each)) for name in _extended(policy)
    }
    return [
        tr("{name!r} is {students}", name=name, students=", ".join(students))
        for name, students in reached.items()
        if len(students) > 1
    ]


def in_points(policy: PolicyFile, tasks: Collection[GradebookTask]) -> Iterator[tuple[str, str, list[str]]]:
    """Yield the amounts that are points, each with its key, and the tasks that aren't worth more: percent may be meant.

    Such a floor lets nothing be taken off, and such a penalty leaves nothing.
    """
    late = policy.late
    for key, amount in (("take", late.take), ("floor", late.floor)) if late is not None else ():
        if amount is not None and not amount.endswith("%"):
            small = [each.id for each in tasks if 0 < each.points <= amount.points(each.points)]
            if small:
                yield f"late.{key}", amount, small


def due(policy: PolicyFile, task: str, person: GradebookStudent) -> datetime | None:
    """Return when a task is due for somebody: their extension, else their section's date, else everybody's.

    Who is in several sections has the latest of their dates.
    """
    rule = policy.tasks.get(task)
    if rule is None:
        return None
    extension = _extension(rule, person)
    if extension is not None:
        return extension.moment()
    dates = {_same(name): section.due.moment() for name, section in rule.sections.items()}
    own = [dates[section] for section in _sections(person) if section in dates]
    return max(own, default=None) or (None if rule.due is None else rule.due.moment())


def _extension(rule: TaskRule, person: GradebookStudent) -> Moment | None:
    return next((date for name, date in rule.extensions.items() if _same(name) in _marks(person)), None)


def _extended(policy: PolicyFile) -> list[str]:
    return sorted({name for rule in policy.tasks.values() for name in rule.extensions})


def _marks(person: GradebookStudent) -> set[str]:
    return {_same(mark) for mark in (person.student, person.system_id, person.email, person.name) if mark}


def _sections(person: GradebookStudent) -> set[str]:
    return {_same(part) for part in (person.section, *_AND.split(person.section)) if part.strip()}


def _same(name: str) -> str:
    """Return what two spellings of a name share: capitals and the bytes of an accent are no difference."""
    return unicodedata.normalize("NFC", name).casefold().strip()


def lateness(attempt: Attempt, due_at: datetime | None, late: LateRule | None) -> Lateness:
    """Return how late an attempt is. A due date and a known time decide; else what the system said."""
    if due_at is None or not attempt.handed_in:
        return Lateness(attempt.late, None if attempt.late else 0.0)
    handed_in = datetime.fromisoformat(attempt.handed_in)
    seconds = (handed_in - due_at).total_seconds()
    if seconds <= 0 or (late is not None and late.forgives(seconds)):
        return Lateness(False)
    return Lateness(True, seconds, _ahead(due_at) - _ahead(handed_in))


def _ahead(moment: datetime) -> float:
    """By how many seconds this machine's clock is ahead of UTC then."""
    offset = moment.astimezone().utcoffset()
    return offset.total_seconds() if offset else 0.0


def penalty(score: float, points: float, late: Lateness, rule: LateRule | None) -> float:
    """Return what is taken off a score: never more than down to the floor, and nothing where the time isn't known.

    A day ends when the clock shows the due time again, so one in the year has 25 hours, and one 23.
    """
    if rule is None or not late.seconds or rule.forgives(late.seconds):
        return 0.0
    seconds = late.seconds - (late.put_back if rule.per == "day" else 0.0)
    begun = max(1, ceil(seconds / SECONDS[rule.per]))
    room = max(0.0, score - rule.least(points))
    return min(begun * rule.take.points(points), room)


def choose(attempts: Sequence[Attempt], policy: PolicyFile, due_at: datetime | None) -> int:
    """Return the place of the attempt that counts. A later one wins a tie, and one that crashed never beats another."""
    decided = [place for place, each in enumerate(attempts) if each.status != "crashed"]
    places = decided if policy.count != "latest" and decided else range(len(attempts))
    latest = max(places, key=lambda place: attempts[place].attempt)
    if policy.count == "latest":
        return latest
    if policy.count == "best":
        return max(places, key=lambda place: (_share(attempts[place], policy, due_at), attempts[place].attempt))
    in_time = [place for place in places if not lateness(attempts[place], due_at, policy.late).late]
    return max(in_time, key=lambda place: attempts[place].attempt, default=latest)


def _share(attempt: Attempt, policy: PolicyFile, due_at: datetime | None) -> float:
    """Return the share of its points that an attempt comes to, with what lateness takes off."""
    late = lateness(attempt, due_at, policy.late)
    off = penalty(attempt.score, attempt.points, late, policy.late)
    return (attempt.score - off) / attempt.points if attempt.points else 0.0


def total(shares: Iterable[tuple[str, float]], policy: PolicyFile) -> float | None:
    """Return the total as a share from 0 to 1, of (task, share of its points); None without a rule or a weight."""
    rule = policy.total
    if rule is None:
        return None
    listed = sorted(((share, rule.weights.get(task, 1.0)) for task, share in shares), key=lambda each: each[0])
    counted = [each for each in listed if each[1] > 0]
    counted = counted[min(rule.drop_lowest, max(0, len(counted) - 1)) :]
    weight = sum(each[1] for each in counted)
    return sum(share * each for share, each in counted) / weight if weight else None
