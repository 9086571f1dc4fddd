"""Answers with whole and complex numbers that no float holds, and texts of digits, to break the comparison.

exercise: exercise-02
status: [failed, error]
"""

import itertools

turn = itertools.cycle([10**400, -(10**5000), 2**1020, {10**5000: 1}, complex(1e308, 1e308), complex("nan"), "9" * 5000,
                        float("inf"), 2**1019, True, [10**400]])  # fmt: skip


def decay_table(rhos, horizons):
    return next(turn)


def horizon(rho, eps=1e-3):
    return next(turn)
