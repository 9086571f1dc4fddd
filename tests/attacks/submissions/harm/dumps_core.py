"""Crashes with much memory in hand, so that a core file is left.

status: [crashed, timeout, skipped]
"""

import ctypes
import os


def tanh_jacobian(h_prev, x, W_hh, W_xh, b):
    held = bytearray(os.urandom(1 << 20)) * 50
    ctypes.string_at(len(held) - len(held))
    return None
