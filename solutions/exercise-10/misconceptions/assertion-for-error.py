r"""A bad argument does stop your program, but with an `AssertionError`, as an `assert` raises it. The contract promises a `ValueError`.

A training loop that catches `ValueError`, to skip a bad batch, isn't helped. And if it is an `assert`, `python -O` leaves it out, and NaN gets through after all.
An `assert` is a note to yourself that something *can't* happen, and gradients that aren't finite do happen.
"""

import math

import torch


def clip_by_global_norm(grads, max_norm):
    assert max_norm > 0, "max_norm must be positive."
    norm = math.sqrt(sum(g.double().square().sum().item() for g in grads))
    assert math.isfinite(norm), "The gradient holds NaN or infinity."
    if norm <= max_norm:
        return list(grads), norm
    return [g * (max_norm / norm) for g in grads], norm
