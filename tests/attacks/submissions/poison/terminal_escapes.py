"""Writes escape sequences wherever text of its own is shown: output, message, type, function name, source line.

status: error
"""

CLEAR = "\x1b[2J\x1b[H\x1b]0;owned\x07\x1b]8;;https://evil.example\x1b\\click\x1b]8;;\x1b\\\x9b31m\x1bP+q\x1b\\\x07\x08\x7f\r"
print(CLEAR + "All 9 checks passed.")
Coloured = type("\x1b[31mValueError\x1b[0m", (Exception,), {})


def raising():
    raise Coloured(CLEAR + "10 of 10 points")  # \x1b[2J [2J in the source line


raising.__code__ = raising.__code__.replace(co_name="\x1b[1Araising", co_qualname="\x1b[1A")


def tanh_jacobian(h_prev, x, W_hh, W_xh, b):
    raising()
