"""What all programs of one process share beside their modules: settings of libraries, and their random numbers.

Where programs take turns in a process, each finds it as it left it itself. It must not know whose turn it is.
"""

from __future__ import annotations

import ctypes
import random
import sys
import warnings
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Any

import numpy as np

#: Puts one thing back as it was.
Restore = Callable[[], object]
#: Bytes of the state of numpy's own generator: 624 numbers and the place of the next.
_STATE = 625 * 4


@dataclass(frozen=True)
class _Numbers:
    """numpy's random numbers: the generator's memory, and its state in numpy's words, which take 0.2 ms to be had."""

    memory: bytes
    state: Any

    @property
    def keeps_one(self) -> bool:
        """Whether there is a normal number that was drawn in advance: it can be taken, and the memory is as it was."""
        return not self.memory or self.state[3] != 0

    @staticmethod
    def now(before: _Numbers | None) -> _Numbers:
        """Return them as they are; the same ones if none was drawn since `before`."""
        generator = np.random.get_bit_generator()  # type: ignore[attr-defined]  # it is there since numpy 1.24
        known = isinstance(generator, np.random.MT19937)
        memory = ctypes.string_at(generator.ctypes.state_address, _STATE) if known else b""
        if before is not None and memory == before.memory and not before.keeps_one:
            return before
        return _Numbers(memory, np.random.get_state())


@dataclass(frozen=True)
class Taken:
    """What programs share, as one of them left it."""

    numbers: _Numbers
    others: list[Restore]

    def put_back(self, now: Taken) -> None:
        """Restore it where it is as in `now`."""
        if self.numbers is not now.numbers or self.numbers.keeps_one:
            np.random.set_state(self.numbers.state)
        for restore in self.others:
            restore()


def taken(before: Taken | None) -> Taken:
    """Return all of it as it is now; `before`: as it was put back last."""
    filters = list(warnings.filters)
    others: list[Restore] = [
        partial(np.seterr, **np.geterr()),
        partial(np.set_printoptions, **np.get_printoptions()),
        partial(random.setstate, random.getstate()),
        partial(sys.setrecursionlimit, sys.getrecursionlimit()),
        partial(setattr, warnings, "filters", filters),
        *_of_torch(),
    ]
    return Taken(_Numbers.now(before.numbers if before is not None else None), others)


def _of_torch() -> list[Restore]:
    torch = sys.modules.get("torch")
    if torch is None:
        return []
    return [
        partial(torch.set_default_dtype, torch.get_default_dtype()),
        partial(torch.set_rng_state, torch.get_rng_state()),
        partial(torch.set_grad_enabled, torch.is_grad_enabled()),
    ]
