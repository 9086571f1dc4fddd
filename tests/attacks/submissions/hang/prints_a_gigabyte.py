"""Prints a gigabyte in the call, from C, and from threads that go on printing between the calls.

status: [failed, timeout, skipped, crashed]
"""

import os
import threading


def flood():
    while True:
        os.write(1, b"x" * (1 << 16))


def tanh_jacobian(h_prev, x, W_hh, W_xh, b):
    for _ in range(3):
        threading.Thread(target=flood).start()
    for _ in range(1 << 14):
        os.write(2, b"y" * (1 << 16))
    return None
