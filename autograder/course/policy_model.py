"""The form of policy.yaml: when what is due, what lateness costs, which attempt counts, and what makes a total.

Instructors write it. What its words mean is here, what follows from them for a student is in `gradebook.policy`.
"""

import math
import re
from collections.abc import Iterator
from datetime import datetime
from typing import Annotated, Literal, TypeAlias

from msgspec import Meta, field

from autograder.course.authored import Authored, Fault, OwnText
from autograder.course.model import KebabId
from autograder.course.source import Plain
from autograder.language import tr

Count: TypeAlias = Literal["latest", "best", "last-before-due"]
SECONDS = {
    **dict.fromkeys(("s", "sec", "second"), 1), **dict.fromkeys(("min", "minute"), 60),
    **dict.fromkeys(("h", "hour"), 3600), **dict.fromkeys(("d", "day"), 86400), "week": 604800,
}  # fmt: skip
_DURATION = re.compile(rf"([0-9]+(?:\.[0-9]+)?) ?({'|'.join(SECONDS)})s?")
_PERCENT = re.compile(r"([0-9]+(?:\.[0-9]+)?) ?%")


class Moment(OwnText):
    """A date and time, `2026-12-01T18:00+01:00`; without an offset it is this machine's time."""

    __slots__ = ()

    @classmethod
    def of(cls, value: Plain) -> "Moment":
        try:
            if len(str(value)) <= len("2026-12-01"):
                raise ValueError(tr("a day is no moment: some mean its beginning, and most its end"))
            cls(value).moment()
        except (ValueError, OverflowError):
            raise ValueError(tr("is no date and time; write it as 2026-12-01T18:00+01:00")) from None
        return cls(value)

    def moment(self) -> datetime:
        """Return what is meant. Raises ValueError."""
        return datetime.fromisoformat(self).astimezone()


class Duration(OwnText):
    """A length of time: `15min`, `2 h` or `1 day`."""

    __slots__ = ()

    @classmethod
    def of(cls, value: Plain) -> "Duration":
        if not isinstance(value, str) or not _DURATION.fullmatch(value.strip()):
            raise ValueError(tr("is no length of time; write '15min', '2h' or '1 day'"))
        return cls(value.strip())

    def seconds(self) -> float:
        """Return it in seconds."""
        match = _DURATION.fullmatch(self)
        return float(match[1]) * SECONDS[match[2]] if match else 0.0


class Amount(OwnText):
    """An amount of points: `10 %` of a task's, or a number of them."""

    __slots__ = ()

    @classmethod
    def of(cls, value: Plain) -> "Amount":
        written = str(value).strip()
        try:
            amount = cls(written).points(1.0)
            fine = isinstance(value, str | int | float) and 0 <= amount < math.inf
            fine = fine and (amount <= 1 or not _PERCENT.fullmatch(written))
        except ValueError:
            fine = False
        if not fine or isinstance(value, bool):
            raise ValueError(tr("is no amount; write '10 %' of the points, at most 100 %, or a number of points"))
        return cls(written)

    def points(self, of: float) -> float:
        """Return what it comes to, where the task is worth `of` points. Raises ValueError."""
        match = _PERCENT.fullmatch(self)
        return float(match[1]) / 100 * of if match else float(self)


class SectionRule(Authored, frozen=True, kw_only=True):
    """What one section has for itself."""

    due: Annotated[Moment, Meta(description="When it is due for them: 2026-12-01T18:00+01:00.")]


class TaskRule(Authored, frozen=True, kw_only=True):
    """When one exercise or quiz is due: for a student's extension, else for their section, else for all."""

    due: Annotated[Moment | None, Meta(description="When it is due: 2026-12-01T18:00+01:00.")] = None
    sections: Annotated[dict[str, SectionRule], Meta(description="By a section's name as in grades.csv.")] = field(
        default_factory=dict
    )
    extensions: Annotated[
        dict[str, Moment], Meta(description="By a student's id, login, e-mail or name as in grades.csv.")
    ] = field(default_factory=dict)


class LateRule(Authored, frozen=True, kw_only=True):
    """What lateness costs: `take` for each day or hour that has begun since the task was due, down to `floor`."""

    per: Annotated[Literal["day", "hour"], Meta(description="For each begun one, 'take' is taken off.")]
    take: Annotated[Amount, Meta(description="'10 %' of the task's points, or a number of points.")]
    grace: Annotated[Duration | None, Meta(description="How late is not late yet: '15min', '2h', '1 day'.")] = None
    floor: Annotated[Amount | None, Meta(description="No penalty brings a score below this one.")] = None

    def forgives(self, seconds: float) -> bool:
        """Return whether so little lateness counts as none."""
        return seconds <= (self.grace.seconds() if self.grace else 0.0)

    def least(self, points: float) -> float:
        """Return below what no penalty brings a score of a task that is worth so many points."""
        return self.floor.points(points) if self.floor else 0.0


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
    late: Annotated[LateRule | None, Meta(description="What lateness costs; without it nothing.")] = None
    total: Annotated[TotalRule | None, Meta(description="What makes a total; without it the points add up.")] = None

    def faults(self) -> Iterator[Fault]:
        if self.count == "last-before-due" and not self.tasks:
            yield ("count",), tr("is last-before-due, and no task has a due date; name them under 'tasks'")
