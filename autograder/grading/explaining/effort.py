"""How long reasons are looked for: what may be spent on one submission. It must not know on what, or what is found."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Name = Literal["fast", "usual", "thorough"]


@dataclass(frozen=True)
class Effort:
    """What the reasons of one submission may cost, and within it the search for a line.

    `calls`: seconds of the submission's calls, more on a busy machine; `computing`: of the judge's own CPU. `singles`
    and `pairs` are how many versions with one change, and with two, are tried at most; `cpu`: seconds of what judge and
    worker compute for them, the worker by its own word; `clock`: seconds that pass, which hold for a worker that lies,
    too, and are more on a busy machine.
    """

    calls: float = 2.0
    computing: float = 2.5
    singles: int = 4000
    pairs: int = 1500
    cpu: float = 1.5
    clock: float = 3.0


EFFORTS: dict[Name, Effort] = {
    "fast": Effort(calls=0.5, computing=0.5, singles=400, pairs=0, cpu=0.2, clock=0.5),
    "usual": Effort(),
    "thorough": Effort(calls=20.0, computing=25.0, singles=40_000, pairs=40_000, cpu=15.0, clock=40.0),
}
