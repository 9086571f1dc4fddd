"""Prints and raises what is no text: lone surrogates, invalid UTF-8, NULs, noncharacters, private signs.

status: error
"""

import os

os.write(1, b"\xff\xfe\x00\xc0\x80\xed\xa0\x80\xf5" * 99)
print("\ud800 \udfff \x00 \ufffe \uffff \U0010ffff \ue000")


def tanh_jacobian(h_prev, x, W_hh, W_xh, b):
    raise ValueError("\ud800 \x00 \uffff \ue000 \x1a")
