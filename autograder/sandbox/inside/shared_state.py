"""What all programs of one process share beside their modules: settings of libraries, and their random numbers.

Where programs take turns in a process, each finds it as it left it itself. It must not know whose turn it is.
"""

from __future__ import annotations

import random
import sys
import warnings
from collections.abc import Callable
from functools import partial

import numpy as np

#: Puts one thing back as it was.
Restore = Callable[[], object]


def taken() -> list[Restore]:
    """Return what puts all of it back as it is now."""
    filters = list(warnings.filters)
    return [
        partial(np.seterr, **np.geterr()),
        partial(np.set_printoptions, **np.get_printoptions()),
        partial(np.random.set_state, np.random.get_state()),
        partial(random.setstate, random.getstate()),
        partial(sys.setrecursionlimit, sys.getrecursionlimit()),
        partial(setattr, warnings, "filters", filters),
        *_of_torch(),
    ]


def _of_torch() -> list[Restore]:
    torch = sys.modules.get("torch")
    if torch is None:
        return []
    return [
        partial(torch.set_default_dtype, torch.get_default_dtype()),
        partial(torch.set_rng_state, torch.get_rng_state()),
        partial(torch.set_grad_enabled, torch.is_grad_enabled()),
    ]
