"""What a proof yields: counts for a table, and every problem as a place and a sentence. Plain data that can be sent
between processes; it must not know what was proved, or how.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeVar

import msgspec

from autograder.course import Problem
from autograder.course.model import Demands

Kind = TypeVar("Kind")


@dataclass(frozen=True)
class Tally:
    """How many of how many are as they must be."""

    right: int = 0
    of: int = 0

    @property
    def complete(self) -> bool:
        return self.right == self.of


@dataclass(frozen=True)
class Findings:
    """Of one subject, or several: tallies by what they count, problems that fail the proof, warnings that don't.

    `demanded` holds what is a problem, a warning or nothing by how strict the course is, by the key of its demand.
    `broken`: the checks can't be run, so every job that runs them would find the same.
    """

    tallies: dict[str, Tally] = field(default_factory=dict)
    problems: tuple[Problem, ...] = ()
    warnings: tuple[Problem, ...] = ()
    demanded: dict[str, tuple[Problem, ...]] = field(default_factory=dict)
    broken: bool = False


def judged(findings: Findings, demands: Demands) -> Findings:
    """Return the findings with all that is demanded among the problems or the warnings, or left out."""
    at: dict[str, list[Problem]] = {"strict": [*findings.problems], "warn": [*findings.warnings], "off": []}
    for key, problems in findings.demanded.items():
        at[getattr(demands, key)] += problems
    return Findings(findings.tallies, tuple(at["strict"]), tuple(at["warn"]), broken=findings.broken)


def together(several: Iterable[Findings]) -> Findings:
    """Return all findings on one subject as one; each counts different things."""
    several = list(several)
    return Findings(
        {name: tally for each in several for name, tally in each.tallies.items()},
        tuple(sorted({problem for each in several for problem in each.problems})),
        tuple(sorted({warning for each in several for warning in each.warnings})),
    )


def encode(findings: object) -> bytes:
    """As one line of JSON; so is what consists of findings."""
    return msgspec.json.encode(findings, enc_hook=str)


def read_as(kind: type[Kind], line: str | bytes) -> Kind:
    """Return what `encode` wrote of something of this kind. Raises msgspec.DecodeError."""
    return msgspec.json.decode(line, type=kind, dec_hook=_path)


def _path(wanted: type, value: Any) -> Path:
    assert wanted is Path
    return Path(value)
