"""Takes memory outside the heap: shared and private maps, memfd, System V, POSIX shared memory, message queues, pipes.

status: [failed, error, crashed, timeout, skipped]
"""

import ctypes
import fcntl
import mmap
import os

libc = ctypes.CDLL(None, use_errno=True)
held = []


def tried(what, call, *arguments):
    try:
        if (made := call(*arguments)) is None or made >= 0:
            print("BREACH:", what, made)
    except (OSError, AttributeError):
        pass


def take(flags):
    total = 0
    try:
        while total < 4 << 30:
            piece = mmap.mmap(-1, 64 << 20, flags=flags)
            for page in range(0, 64 << 20, 4096):
                piece[page] = 1
            held.append(piece)
            total += 64 << 20
        print("BREACH: holds", total)
    except OSError:
        pass


tried("memfd", os.memfd_create, "gradecheck-breach")
tried("memfd_secret", libc.syscall, 447, 0)
tried("shmget", libc.syscall, 29, 0, 1 << 30, 0o1666)
tried("semget", libc.syscall, 64, 0, 100, 0o1666)
tried("msgget", libc.syscall, 68, 0, 0o1666)
tried("mq_open", libc.syscall, 240, b"gradecheck-breach", 66, 0o666, 0)
tried("mlock", libc.syscall, 151, 3)
tried("userfaultfd", libc.syscall, 323, 0)
take(mmap.MAP_SHARED)
held.clear()
take(mmap.MAP_PRIVATE)
held.clear()
pipes = 0
try:
    while True:
        held.append(os.pipe())
        pipes += 1
        try:
            fcntl.fcntl(held[-1][1], 1031, 1 << 20)
            print("BREACH: a pipe grew")
        except OSError:
            pass
        os.set_blocking(held[-1][1], False)
        os.write(held[-1][1], bytes(1 << 20))
except OSError:
    if pipes > 64:
        print("BREACH:", pipes, "pipes are full")
for pair in held:
    for end in pair:
        os.close(end)


def tanh_jacobian(h_prev, x, W_hh, W_xh, b):
    return None
