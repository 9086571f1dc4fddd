"""Answers wrongly, and hangs for whoever looks for the smallest input that goes wrong: by the number of calls so far.

exercise: exercise-02
status: [failed, timeout, skipped]
"""

import itertools
import time

calls = itertools.count(1)


def decay_table(rhos, horizons):
    return None


def horizon(rho, eps=1e-3):
    if next(calls) > 4:
        time.sleep(100)
    return -1
