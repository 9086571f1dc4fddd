"""Raises exceptions whose text is huge, raises, recurses or isn't text, with odd names, causes and places.

status: error
"""

import itertools


class Raising(Exception):
    def __str__(self):
        raise self

    __repr__ = __str__


class Recursing(Exception):
    def __str__(self):
        return str(self)


class NoText(Exception):
    def __str__(self):
        return b"bytes"


class Meta(type):
    @property
    def __name__(cls):
        return 10**99

    def mro(cls):
        return [cls, ValueError, Exception, BaseException, object]


Nameless = type("\ud800" * 1000, (Exception,), {})
Named = type("x" * 10**6, (Exception,), {"__module__": 7})


def far(offset, line, text):
    problem = SyntaxError("far", ("tanh_jacobian.py", line, offset, text))
    problem.filename = "tanh_jacobian.py"
    return problem


def chained():
    problem = ValueError("\ud800 lone")
    problem.__cause__ = problem.__context__ = problem
    return problem


def grouped():
    group = ValueError("leaf")
    for _ in range(500):
        group = ExceptionGroup("g" * 1000, [group])
    return group


turn = itertools.cycle([
    lambda: ValueError("x" * 10**7), Raising, Recursing, NoText, lambda: Nameless("a"), lambda: Named("b"),
    lambda: far(10**9, 10**9, "x" * 10**6), lambda: far("one", None, 7), lambda: far(-5, -5, None), chained, grouped,
    lambda: Meta("Odd", (Exception,), {})("odd"),
])  # fmt: skip


def tanh_jacobian(h_prev, x, W_hh, W_xh, b):
    raise next(turn)()
