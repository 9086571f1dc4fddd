"""Sends its answer one byte at a time, always just in time for the next.

status: [timeout, skipped]
"""

import sys
import time

import numpy as np

from autograder.sandbox.wire import ArrayNode, Returned, frame

outer = sys._getframe()
while outer.f_code.co_name != "serve":
    outer = outer.f_back
connection = outer.f_locals["self"].channel


def tanh_jacobian(h_prev, x, W_hh, W_xh, b):
    number = sys._getframe(1).f_locals["request"].number
    answer = frame(Returned(number, ArrayNode("array", "float64", [4, 4], 0, 128)), np.zeros(16).tobytes())
    for place in range(len(answer)):
        connection.sendall(answer[place : place + 1])
        time.sleep(0.05)
