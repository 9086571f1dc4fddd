"""Takes memory on the heap until there is none, in large and in small pieces, and holds it while it answers.

status: [failed, error, crashed, timeout, skipped]
"""

held = []


def tanh_jacobian(h_prev, x, W_hh, W_xh, b):
    size = 1 << 30
    while size >= 1 << 12:
        try:
            held.append(bytearray(size))
            if sum(map(len, held)) > 1 << 30:
                print("BREACH: holds more than 1 GiB")
                break
        except MemoryError:
            size >>= 1
    return None
