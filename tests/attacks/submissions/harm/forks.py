"""Forks in every way there is: fork, vfork, clone, clone3, spawn, subprocess, multiprocessing, without an end.

status: failed
"""

import ctypes
import multiprocessing
import os
import subprocess
import sys

libc = ctypes.CDLL(None, use_errno=True)


def tried(what, call, *arguments):
    try:
        if (made := call(*arguments)) == 0 and os.getppid() != 1:
            os._exit(0)
        if not isinstance(made, int) or made >= 0:
            print("BREACH:", what, made)
    except OSError:
        pass


def attack():
    tried("fork", os.fork)
    tried("fork", libc.fork)
    tried("raw fork", libc.syscall, 57)
    tried("raw vfork", libc.syscall, 58)
    for flags in (17, 0, 0x100 | 17, 0x4000 | 17, 0x10000000 | 17, 0x20000000 | 17, 0x50F00 & ~0x10000):
        tried(f"clone {flags:x}", libc.syscall, 56, flags, 0, 0, 0, 0)
    tried("clone3", libc.syscall, 435, ctypes.create_string_buffer(88), 88)
    tried("forkpty", os.forkpty)
    tried("spawn", os.posix_spawn, sys.executable, ["python"], {})
    tried("subprocess", lambda: subprocess.Popen([sys.executable, "-c", "1"]))
    tried("shell", lambda: -1 if os.system("true") else 0)
    tried("multiprocessing", lambda: multiprocessing.Process(target=print).start())


attack()


def tanh_jacobian(h_prev, x, W_hh, W_xh, b):
    attack()
    return None
