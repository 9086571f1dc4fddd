"""Becomes a daemon in every way, with a thread that goes on after the answer and writes later.

status: [failed, error, crashed, timeout, skipped]
"""

import os
import signal
import threading
import time

for number in range(1, 65):
    try:
        signal.signal(number, signal.SIG_IGN)
    except (OSError, ValueError):
        pass
try:
    os.daemon = os.fork() == 0
    print("BREACH: forked")
    if os.daemon:
        os.setsid()
        time.sleep(60)
except OSError:
    pass


def linger():
    while True:
        try:
            open("/tmp/gradecheck-breach", "w").write("still here")
            print("BREACH: wrote")
        except OSError:
            time.sleep(0.05)


for _ in range(8):
    threading.Thread(target=linger).start()


def tanh_jacobian(h_prev, x, W_hh, W_xh, b):
    return None
