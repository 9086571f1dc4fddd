"""Answers with terabytes: a broadcast array, a long list, a long text, an int of a million digits, in turn.

status: [failed, error, crashed, timeout, skipped]
"""

import itertools

import numpy as np

turn = itertools.cycle([
    lambda: np.broadcast_to(np.zeros(1), (10**6, 10**6)),
    lambda: np.zeros(4 << 20),
    lambda: [0.5] * 10**6,
    lambda: "x" * 10**8,
    lambda: 1 << 10**6,
    lambda: {number: None for number in range(10**5)},
    lambda: np.zeros((0, 10**15)),
    lambda: [np.zeros(1 << 19)] * 100,
])  # fmt: skip


def tanh_jacobian(h_prev, x, W_hh, W_xh, b):
    return next(turn)()
