"""Answers the question where it hangs with a trace of its own making: other files, control characters, huge lines.

status: [timeout, skipped]
"""

import faulthandler
import os
import signal


def forge(*arguments):
    for descriptor in range(3, 12):
        for line in ("99999999999999999999", "1\x1b[2J", "7", "\u0661" * 5000):
            try:
                os.write(descriptor, f'  File "/etc/passwd", line {line} in secret\n  File "<script>", line 3 in x\n'.encode())
            except OSError:
                pass


def tanh_jacobian(h_prev, x, W_hh, W_xh, b):
    faulthandler.unregister(signal.SIGUSR1)
    signal.signal(signal.SIGUSR1, forge)
    while True:
        pass
