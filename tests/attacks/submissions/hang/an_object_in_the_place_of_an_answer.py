"""Answers with objects whose items never end, whose fields hang, and whose class says that they are data.

status: [failed, timeout, error, skipped]
"""

import dataclasses
import itertools


@dataclasses.dataclass
class Deep:
    value: object = None

    def __getattribute__(self, name):
        return Deep() if name == "value" else object.__getattribute__(self, name)


class Endless(list):
    def __iter__(self):
        return itertools.repeat(Endless())

    def tricks(self):
        return self


class Slow:
    def __iter__(self):
        return self

    def __next__(self):
        for _ in itertools.repeat(None):
            pass


KINDS = itertools.cycle([Deep, Endless, lambda: itertools.repeat(itertools.count()), Slow])


def tanh_jacobian(h_prev, x, W_hh, W_xh, b):
    return next(KINDS)()
