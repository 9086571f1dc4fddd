"""Matches a regular expression that backtracks for longer than the sun will shine.

status: [timeout, skipped]
"""

import re


def tanh_jacobian(h_prev, x, W_hh, W_xh, b):
    return re.match(r"(a+)+$", "a" * 64 + "b")
