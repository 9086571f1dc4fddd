"""Answers at once, wrongly, and hangs only when it is asked again to explain the answer, watched by a tracer.

status: failed
"""

import sys
import time


def tanh_jacobian(h_prev, x, W_hh, W_xh, b):
    while sys.gettrace() is not None:
        time.sleep(0.01)
    return None
