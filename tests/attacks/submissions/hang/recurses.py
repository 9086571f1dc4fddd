"""Recurses without a limit, in Python and in C, until the stack is gone.

status: [crashed, error]
"""

import sys

sys.setrecursionlimit(10**9)


class Deep:
    def __repr__(self):
        return repr(self)


def tanh_jacobian(h_prev, x, W_hh, W_xh, b):
    return repr(Deep())
