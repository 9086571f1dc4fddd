"""Blocks and ignores every signal, the one that asks for its line included, then sleeps without end in pieces.

status: [timeout, skipped]
"""

import faulthandler
import signal
import time


def tanh_jacobian(h_prev, x, W_hh, W_xh, b):
    faulthandler.unregister(signal.SIGUSR1)
    signal.pthread_sigmask(signal.SIG_BLOCK, range(1, 65))
    for number in set(range(1, 65)) - {9, 19, 32, 33}:
        signal.signal(number, signal.SIG_IGN)
    while True:
        time.sleep(0.01)
