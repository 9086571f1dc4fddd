"""Loops for ever in every call, catching all that could end it.

status: [timeout, skipped]
"""


def tanh_jacobian(h_prev, x, W_hh, W_xh, b):
    while True:
        try:
            while True:
                pass
        except BaseException:
            continue
