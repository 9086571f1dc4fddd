"""Looks for the mark that the submission before it left.

status: failed
"""

import builtins
import ctypes
import os
import sys

import numpy as np

MARK = "gradecheck-breach"
libc = ctypes.CDLL(None)
libc.getenv.restype = ctypes.c_char_p
found = [hasattr(np, "mark"), hasattr(builtins, "mark"), hasattr(sys, "mark"), "MARK" in os.environ, MARK in sys.modules,
         "/" + MARK in sys.path, libc.getenv(b"MARK") is not None, libc.syscall(29, 4321, 0, 0) >= 0,
         libc.syscall(64, 4321, 0, 0) >= 0, any(os.path.exists(f"{place}/{MARK}") for place in ("/tmp", "/dev/shm", "/", "."))]  # fmt: skip
if any(found):
    print("BREACH: the mark is still there", found)


def tanh_jacobian(h_prev, x, W_hh, W_xh, b):
    return np.zeros_like(W_hh)
