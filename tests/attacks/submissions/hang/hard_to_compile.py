"""Is loaded by compiling programs that compilers choke on: deep nesting, huge constants, a million names.

status: [failed, error, crashed, timeout, skipped]
"""

for source in ("(" * 10**5, "-" * 10**6 + "1", "x = " + "[" * 99 + "]" * 99, "a" * 10**7, "1 + " * 10**5 + "1",
               "(lambda: " * 3000 + "1" + ")" * 3000, "9" * 10**6, "\n".join(f"x{k} = {k}" for k in range(10**5))):  # fmt: skip
    try:
        compile(source, "x", "exec")
    except (SyntaxError, MemoryError, RecursionError, ValueError):
        pass


def tanh_jacobian(h_prev, x, W_hh, W_xh, b):
    return None
