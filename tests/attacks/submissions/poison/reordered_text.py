"""Writes text that reads in another order than it stands: bidirectional overrides, isolates, zero-width and stacked marks.

status: error
"""

TURNED = "\u202e01 fo 01\u202c \u2066\u2067\u2069 \u200b\u200f\ufeff\u061c" + "a" + "\u0301" * 5000 + "\u2028\u2029\x85"
print(TURNED * 20)
Turned = type("Error\u202e", (Exception,), {})


def tanh_jacobian(h_prev, x, W_hh, W_xh, b):
    raise Turned(TURNED)
