"""Stops itself and others: SIGSTOP by kill and raise, job control of a terminal, a debugger's stop.

status: failed
"""

import ctypes
import os
import signal

libc = ctypes.CDLL(None, use_errno=True)


def tanh_jacobian(h_prev, x, W_hh, W_xh, b):
    for target in (os.getpid(), os.getppid(), 0, -1):
        if libc.kill(target, signal.SIGSTOP) == 0:
            print("BREACH: stopped", target)
    libc.raise_(signal.SIGSTOP) if hasattr(libc, "raise_") else getattr(libc, "raise")(signal.SIGSTOP)
    libc.ptrace(0, 0, 0, 0)
    for call in (lambda: os.tcsetpgrp(0, 1), lambda: os.setpgid(0, 0), lambda: os.setsid()):
        try:
            call()
            print("BREACH: job control")
        except OSError:
            pass
    return None
