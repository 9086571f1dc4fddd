"""Fills the judge's ear: stops reading questions, while a thread goes on writing replies without end.

status: [failed, timeout, crashed, skipped]
"""

import sys
import threading

outer = sys._getframe()
while outer.f_code.co_name != "serve":
    outer = outer.f_back
connection = outer.f_locals["self"].channel


def shout():
    while True:
        connection.sendall(bytes(1 << 16))


def tanh_jacobian(h_prev, x, W_hh, W_xh, b):
    threading.Thread(target=shout).start()
    threading.Event().wait()
