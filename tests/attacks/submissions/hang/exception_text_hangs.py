"""Raises an exception whose text is never finished.

status: [timeout, skipped]
"""


class Endless(Exception):
    def __str__(self):
        while True:
            pass


def tanh_jacobian(h_prev, x, W_hh, W_xh, b):
    raise Endless
