"""Sends and receives urgent data on the judge's socket, where kernels have had holes, and passes descriptors along.

status: failed
"""

import os
import socket
import sys

found = sys._getframe()
while found.f_code.co_name != "serve":
    found = found.f_back
connection = found.f_locals["self"].channel
for name, call in {
    "urgent data": lambda: connection.send(b"!", socket.MSG_OOB),
    "reading urgent data": lambda: connection.recv(1, socket.MSG_OOB),
    "peeking": lambda: connection.recv(1, socket.MSG_PEEK | socket.MSG_DONTWAIT),
    "a descriptor": lambda: socket.send_fds(connection, [b"!"], [0]),
    "receiving descriptors": lambda: socket.recv_fds(connection, 1, 1),
    "an option": lambda: connection.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, 1 << 26),
    "shutting down": lambda: connection.shutdown(socket.SHUT_RDWR),
    "listening": lambda: connection.listen(),
}.items():
    try:
        call()
        print("BREACH:", name)
    except OSError:
        pass


def tanh_jacobian(h_prev, x, W_hh, W_xh, b):
    return None
