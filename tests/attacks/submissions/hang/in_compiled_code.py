"""Spends years in compiled code that holds the interpreter's lock: a huge power.

status: [timeout, skipped, crashed]
"""


def tanh_jacobian(h_prev, x, W_hh, W_xh, b):
    return pow(3, 10**9, 10 ** (10**7) + 1)
