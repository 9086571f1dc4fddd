"""The form of policy.yaml: when what is due, what lateness costs, which attempt counts, and what makes a total.

Instructors write it. What its words mean is here, what follows from them for a student is in `gradebook.policy`.
"""

import re
from collections.abc import Iterator
from datetime import datetime
from typing import Annotated, Literal, TypeAlias

from msgspec import Meta, field

from autograder.course.authored import Authored, Fault
from autograder.course.model import KebabId

Count: TypeAlias = Literal["latest", "best", "last-before-due"]
Moment: TypeAlias = Annotated[
    str, Meta(description="A date and time, 2026-12-01T18:00+01:00; without an offset it is this machine's time.")
]
Amount: TypeAlias = Annotated[str | float, Meta(description="'10 %' of the task's points, or a number of points.")]

SECONDS = {"s": 1, "min": 60, "h": 3600, "hour": 3600, "d": 86400, "day": 86400}
_DURATION = re.compile(r"([0-9]+(?:\.[0-9]+)?) ?(s|min|h|hour|d|day)s?")
_PERCENT = re.compile(r"([0-9]+(?:\.[0-9]+)?) ?%")


def moment(text: str) -> datetime:
    """Return the moment that is meant. Raises ValueError."""
    return datetime.fromisoformat(text).astimezone()


def duration(text: str) -> float:
    """Return the seconds of '15min', '2 h' or '1 day'. Raises ValueError."""
    match = _DURATION.fullmatch(text.strip())
    if match is None:
        raise ValueError(text)
    return float(match[1]) * SECONDS[match[2]]


def amount(written: str | float, points: float) -> float:
    """Return what '10 %' of `points`, or a number of points, comes to. Raises ValueError."""
    if not isinstance(written, str):
        return float(written)
    match = _PERCENT.fullmatch(written.strip())
    if match is None:
        raise ValueError(written)
    return float(match[1]) / 100 * points


class SectionRule(Authored, frozen=True, kw_only=True):
    """What one section has for itself."""

    due: Moment

    def faults(self) -> Iterator[Fault]:
        yield from _moment_faults(("due",), self.due)


class TaskRule(Authored, frozen=True, kw_only=True):
    """When one exercise or quiz is due: for a student's extension, else for their section, else for all."""

    due: Moment | None = None
    sections: dict[str, SectionRule] = field(default_factory=dict)
    extensions: Annotated[
        dict[str, Moment], Meta(description="By a student's id, login, e-mail or name as in grades.csv.")
    ] = field(default_factory=dict)

    def faults(self) -> Iterator[Fault]:
        if self.due is not None:
            yield from _moment_faults(("due",), self.due)
        for student, due in self.extensions.items():
            yield from _moment_faults(("extensions", student), due)


class LateRule(Authored, frozen=True, kw_only=True):
    """What lateness costs: `take` for each day or hour that has begun since the task was due, down to `floor`."""

    per: Annotated[Literal["day", "hour"], Meta(description="For each begun one, 'take' is taken off.")]
    take: Amount
    grace: Annotated[str, Meta(description="How late is not late yet: '15min', '2h', '1 day'.")] = "0min"
    floor: Annotated[Amount, Meta(description="No penalty brings a score below this one.")] = 0.0

    def faults(self) -> Iterator[Fault]:
        try:
            duration(self.grace)
        except ValueError:
            yield ("grace",), "is no length of time; write '15min', '2h' or '1 day'"
        for name, written in (("take", self.take), ("floor", self.floor)):
            try:
                negative = amount(written, 1.0) < 0
            except ValueError:
                yield (name,), "is no amount; write '10 %' of the points, or a number of points"
            else:
                if negative:
                    yield (name,), "is below zero; write how much is meant without a sign"


class TotalRule(Authored, frozen=True, kw_only=True):
    """What makes a total: each task's share of its points, weighted, without the lowest ones."""

    weights: Annotated[
        dict[KebabId, Annotated[float, Meta(ge=0)]], Meta(description="A task that isn't named weighs 1.")
    ] = field(default_factory=dict)
    drop_lowest: Annotated[int, Meta(ge=0, description="So many of a student's lowest shares don't count.")] = 0


class PolicyFile(Authored, frozen=True, kw_only=True):
    """policy.yaml: how results become grades. Without it the latest attempt counts, and nothing is taken off."""

    count: Annotated[Count, Meta(description="Which attempt counts.")] = "latest"
    tasks: Annotated[dict[KebabId, TaskRule], Meta(description="By the id of an exercise or a quiz.")] = field(
        default_factory=dict
    )
    late: LateRule | None = None
    total: TotalRule | None = None

    def faults(self) -> Iterator[Fault]:
        if self.count == "last-before-due" and not self.tasks:
            yield ("count",), "is last-before-due, and no task has a due date; name them under 'tasks'"


def _moment_faults(place: tuple[str, ...], text: str) -> Iterator[Fault]:
    try:
        moment(text)
    except (ValueError, OverflowError):
        yield place, "is no date and time; write it as 2026-12-01T18:00+01:00"
