"""Raises its own limits and its rank among processes, and empties the machine of descriptors and signals.

status: failed
"""

import ctypes
import os
import resource

libc = ctypes.CDLL(None, use_errno=True)
for name in dir(resource):
    if name.startswith("RLIMIT_"):
        which = getattr(resource, name)
        soft, hard = resource.getrlimit(which)
        for wanted in ((resource.RLIM_INFINITY, resource.RLIM_INFINITY), (soft, hard)):
            try:
                resource.setrlimit(which, wanted)
                print("BREACH: set", name)
            except (OSError, ValueError):
                pass
for which, most in (("AS", 4 << 30), ("CPU", 60), ("NPROC", 64), ("NOFILE", 64), ("FSIZE", 0), ("CORE", 0), ("MEMLOCK", 0)):
    soft, hard = resource.getrlimit(getattr(resource, f"RLIMIT_{which}"))
    if hard == -1 or hard > most:
        print("BREACH: the limit of", which, "is", hard)
for name, call in {"nice": lambda: os.nice(-5), "priority": lambda: os.setpriority(0, 0, -20),
                   "scheduler": lambda: os.sched_setscheduler(0, os.SCHED_FIFO, os.sched_param(1)),
                   "affinity": lambda: os.sched_setaffinity(0, {0})}.items():  # fmt: skip
    try:
        call()
        print("BREACH:", name)
    except OSError:
        pass
opened = []
try:
    while len(opened) < 5000:
        opened.append(os.dup(0))
    print("BREACH: opened", len(opened))
except OSError:
    pass
for descriptor in opened:
    os.close(descriptor)


def tanh_jacobian(h_prev, x, W_hh, W_xh, b):
    return None
