"""Hangs, and drips single bytes where the judge listens for the line at which it hangs, so that the judge waits on.

status: [timeout, skipped]
"""

import faulthandler
import os
import signal
import stat
import threading
import time

faulthandler.unregister(signal.SIGUSR1)
signal.signal(signal.SIGUSR1, signal.SIG_IGN)


def pipes():
    for descriptor in range(3, 12):
        try:
            if stat.S_ISFIFO(os.fstat(descriptor).st_mode):
                yield descriptor
        except OSError:
            pass


found = list(pipes())


def drip():
    while True:
        for descriptor in found:
            os.write(descriptor, b".")
        time.sleep(0.0001)


def tanh_jacobian(h_prev, x, W_hh, W_xh, b):
    threading.Thread(target=drip).start()
    while True:
        time.sleep(1)
