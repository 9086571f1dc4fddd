"""Reads, peeks and seeks in every open descriptor, for what the judge or the zygote left there.

status: [failed, crashed, timeout, skipped]
"""

import fcntl
import os
import stat

known = 0
for descriptor in range(1024):
    try:
        mode = os.fstat(descriptor).st_mode
    except OSError:
        continue
    known += 1
    if stat.S_ISREG(mode) or stat.S_ISDIR(mode) or stat.S_ISBLK(mode):
        print("BREACH: a file or folder is open at", descriptor, mode)
    for read in (lambda: os.pread(descriptor, 999, 0), lambda: os.listdir(descriptor)):
        try:
            if found := read():
                print("BREACH: reads", descriptor, found)
        except OSError:
            pass
    try:
        fcntl.fcntl(descriptor, fcntl.F_SETFL, os.O_NONBLOCK)
        if stat.S_ISFIFO(mode) and os.read(descriptor, 999):
            print("BREACH: reads the pipe", descriptor)
    except OSError:
        pass
if known > 7:
    print("BREACH: there are", known, "descriptors, more than input, output, trace and connection")


def tanh_jacobian(h_prev, x, W_hh, W_xh, b):
    return None
