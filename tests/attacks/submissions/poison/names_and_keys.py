"""Hides poison in names of types, keys of dicts, names of functions that are suggested, and warnings.

status: failed
"""

import warnings

POISON = "\x1b[2J<script>alert('poison')</script>\u202e"
globals()["tanh_jacobiam" + POISON] = lambda: None
Odd = type(POISON, (), {})
turn = [lambda: {POISON: POISON, Odd(): 1, (POISON, POISON): 2}, lambda: Odd(), lambda: POISON * 99, lambda: [POISON]] * 5


def tanh_jacobian(h_prev, x, W_hh, W_xh, b):
    warnings.warn(POISON, RuntimeWarning)
    warnings.warn(POISON)
    return turn.pop()()
