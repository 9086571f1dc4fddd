"""Dual numbers by hand: each value carries its derivative with respect to the whole previous state."""

from dataclasses import dataclass

import numpy as np


@dataclass
class Dual:
    value: np.ndarray
    by_state: np.ndarray  # (d, d)

    def tanh(self):
        h = np.tanh(self.value)
        return Dual(h, self.by_state - (h**2)[:, None] * self.by_state)


def affine(W, dual, shift):
    return Dual(W @ dual.value + shift, W @ dual.by_state)


def tanh_jacobian(h_prev, x, W_hh, W_xh, b):
    state = Dual(h_prev, np.eye(len(h_prev)))
    return affine(W_hh, state, W_xh @ x + b).tanh().by_state
