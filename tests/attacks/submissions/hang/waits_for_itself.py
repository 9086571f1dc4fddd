"""Waits for a lock that it holds, in threads that wait for each other.

status: [timeout, skipped]
"""

import threading

lock = threading.Lock()
lock.acquire()
for _ in range(3):
    threading.Thread(target=lock.acquire).start()


def tanh_jacobian(h_prev, x, W_hh, W_xh, b):
    lock.acquire()
