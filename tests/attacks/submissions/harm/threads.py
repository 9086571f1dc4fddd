"""Starts threads until no more can be had, and leaves them all running when it answers.

status: [failed, error, crashed, timeout, skipped]
"""

import threading


def spin():
    while True:
        pass


def tanh_jacobian(h_prev, x, W_hh, W_xh, b):
    started = 0
    try:
        while started < 10_000:
            threading.Thread(target=spin, daemon=True).start()
            started += 1
            if started > 200:
                print("BREACH:", started, "threads run")
                break
    except RuntimeError:
        pass
    return None
