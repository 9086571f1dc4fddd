"""Ends its process in every call, so that a fresh one must be made each time.

status: crashed
"""

import os


def tanh_jacobian(h_prev, x, W_hh, W_xh, b):
    os._exit(7)
