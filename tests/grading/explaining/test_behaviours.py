"""Each behaviour is found in a program that has it, and not claimed of one that only looks so."""

from __future__ import annotations

import ast
import re
from collections import defaultdict
from collections.abc import Callable

import numpy as np
import pytest

from autograder.course import CourseRoot, load_course, load_exercise
from autograder.grading.asking import Asked, Outcome
from autograder.grading.explaining.behaviours import (
    arguments_permuted,
    entries_reordered,
    exception_raised,
    parts_misplaced,
    word_for_word,
)
from autograder.grading.explaining.behaviours.answer_numbers import has_several_numbers
from autograder.grading.explaining.behaviours.argument_changed import reading_copies
from autograder.grading.explaining.behaviours.choosing import _still_confirmed
from autograder.grading.explaining.behaviours.claim import Case, Claim
from autograder.grading.explaining.behaviours.probe import Probe
from autograder.grading.explaining.behaviours.scope import values
from autograder.grading.explaining.effort import Effort
from autograder.grading.grade import grade
from autograder.grading.grader import Grader
from autograder.grading.judge import Judge
from autograder.grading.report import Report
from autograder.grading.submission import from_bytes
from autograder.sandbox.failures import ProgramError
from autograder.sandbox.program import Called
from autograder.sandbox.wire import Line
from tests.command import REPOSITORY, Command
from tests.small_course import write_course

REFERENCE = """import numpy as np


def affine(W, x, b):
    return W @ x + b


def products(x):
    return np.cumprod(x)


def power(rate, steps):
    if steps < 0:
        raise ValueError("steps must not be negative")
    return float(rate**steps)


def slope(name, z):
    return 1 - np.tanh(z) ** 2 if name == "tanh" else np.exp(-z * z)


def gram(A):
    return A @ A.T + np.arange(len(A))


def both(x):
    return {"sum": x.sum(), "largest": x.max()}


def pair(x):
    return x.sum(), x.max()


def radius(A):
    return float(np.abs(np.linalg.eigvals(A)).max())


def size(x):
    total = np.abs(x).sum()
    return "small" if total < 2 else "large" if total > 4 else "middling"


def positive(x):
    return bool(x[0] > 0)


def signs(x):
    return {int(each) for each in np.sign(np.round(x))}


def count(x):
    return len(x)


def scaled(x, by=3):
    return by * x


def depth(nested):
    return 1 + max((depth(each) for each in nested), default=0) if isinstance(nested, list) else 0


def place(x, values):
    return sum(each < x for each in values)


def weighed(weights, x):
    return weights["W"] * x + np.cos(weights["b"])


def cell(x, state):
    h, c = state
    new = np.sin(c) + x * h
    return np.tanh(new) - h, new


def halves(x):
    return x / 2


def apart(x, y):
    return {"x": x.sum(), "y": y.sum()}


def repeated(x, times):
    return [x] * times


def common(a, b):
    return a & b


def ones(x):
    return np.ones(len(x))
"""
CHECKS = '''import numpy as np

from autograder.checks import points


@points(1)
def test_affine(agree, rng):
    """Affine."""
    for d, n in ((3, 3), (2, 4), (4, 3)):
        agree("affine", rng.normal(size=(d, n)), rng.normal(size=n), rng.normal(size=d))


@points(1)
def test_affine_leaves_its_arguments(agree, rng):
    """The arguments are left alone."""
    arguments = rng.normal(size=(3, 3)), rng.normal(size=3), rng.normal(size=3)
    agree("affine", *arguments, keep_arguments="only", quiet=True)


@points(1)
def test_products(agree, rng):
    """Products."""
    for T in (4, 6, 5):
        agree("products", rng.uniform(0.5, 2.0, size=T))


@points(1)
def test_power(agree, rng):
    """Powers."""
    for steps in (0, 1, 3, 5, 2):
        agree("power", rng.uniform(0.5, 2.0), steps)


@points(1)
def test_refused(agree, rng):
    """A negative number of steps is refused."""
    for steps in (-1, -2, -3):
        agree("power", rng.uniform(0.5, 2.0), steps)


@points(1)
def test_slope(agree, rng):
    """Slopes."""
    for name in ("tanh", "gauss", "tanh", "gauss"):
        agree("slope", name, rng.normal(size=4))


@points(1)
def test_gram(agree, rng):
    """Gram."""
    for d, n in ((3, 2), (2, 4), (4, 4)):
        agree("gram", rng.normal(size=(d, n)))


@points(1)
def test_both(agree, rng):
    """Both."""
    for n in (3, 5, 4):
        agree("both", rng.normal(size=n))


@points(1)
def test_pair(agree, rng):
    """A pair."""
    for n in (3, 5, 4):
        agree("pair", rng.normal(size=n))


@points(1)
def test_radius(agree, rng):
    """Radii."""
    for d in (3, 2, 4, 3):
        agree("radius", rng.normal(size=(d, d)))


@points(1)
def test_halves(agree, rng):
    """Halves."""
    for shape in ((3,), (2, 3), (4, 2)):
        agree("halves", rng.normal(size=shape))


@points(1)
def test_halves_leaves_its_argument(agree, rng):
    """The argument is left alone."""
    agree("halves", rng.normal(size=4), keep_arguments=True)


@points(1)
def test_apart(agree, rng):
    """Each by itself."""
    for n in (3, 5, 4):
        agree("apart", rng.normal(size=n), rng.normal(size=n))


@points(1)
def test_common(agree):
    """Sets of words."""
    for a, b in (("red", "blue"), ("grey", "green"), ("pink", "black")):
        agree("common", {*a}, {*b})


@points(1)
def test_repeated(agree):
    """Times that begin at none, with gaps."""
    for x, times in ((7, 0), (8, 0), (9, 3), (7, 5), (8, 6)):
        agree("repeated", x, times)


@points(1)
def test_ones(agree, rng):
    """Ones."""
    for n in (3, 5, 4):
        agree("ones", rng.normal(size=n))


@points(1)
def test_size(agree, rng):
    """Sizes."""
    for n in (1, 3, 9, 3, 3, 8, 3, 3, 1, 3):
        agree("size", rng.uniform(0.5, 1.5, size=n))


@points(1)
def test_count(agree, rng):
    """Counts."""
    for n in (1, 3, 9, 2, 8, 7):
        agree("count", rng.normal(size=n))


@points(1)
def test_scaled(agree, rng):
    """Multiples."""
    for _ in range(3):
        agree("scaled", rng.normal(size=3), 2)
        agree("scaled", rng.normal(size=3))


@points(1)
def test_positive(agree, rng):
    """Signs."""
    for _ in range(8):
        agree("positive", rng.normal(size=3))


@points(1)
def test_signs(agree, rng):
    """Sets."""
    for n in (1, 3, 9, 4):
        agree("signs", rng.normal(size=n))


@points(1)
def test_depth(agree):
    """Depths, of numbers as well."""
    for nested in ([], [[]], [1, [2, [3]], 4], 7):
        agree("depth", nested)


@points(1)
def test_place(agree):
    """Places, each question as it is."""
    for x, values in ((100, []), (100, []), (5, [1, 5, 10]), (3, [1, 5]), (10, [2, 9, 11])):
        agree("place", x, values)


@points(1)
def test_weighed(agree, rng):
    """Weights by name."""
    for n in (3, 5, 4):
        agree("weighed", {"W": rng.normal(size=n), "b": rng.normal(size=n)}, rng.normal(size=n))


@points(1)
def test_cell(agree, rng):
    """Two states."""
    for n in (3, 5, 4):
        agree("cell", rng.normal(size=n), (rng.normal(size=n), rng.normal(size=n)))
'''


def _line(number: int) -> int:
    """Return the line of a file that one of what is put at the end of the reference comes to stand in."""
    return len(REFERENCE.splitlines()) + 2 + number


#: What is put at the end of the reference, and what must be said of it.
FOUND = {
    "what leads to it, not what goes with it": (
        "_place = place\ndef place(x, values):\n    return 0 if x < values[0] else _place(x, values)",
        f"place: it raises IndexError at line {_line(3)}, where values is empty",
    ),
    "with one entry as with more": (
        "def place(x, values):\n    count = 0\n    for each in values:\n        count += each < y\n    return count",
        f"place: it raises NameError at line {_line(4)}, where values isn't empty",
    ),
    "with two entries or more, not with one": (
        "def place(x, values):\n    return y if len(values) > 1 else sum(each < x for each in values)",
        f"place: it raises NameError at line {_line(2)}, where values has two entries or more",
    ),
    "parts of an argument": (
        "_cell = cell\ndef cell(x, state):\n    return _cell(x, state[::-1])",
        "cell: the first value and the second value of `state` are exchanged",
    ),
    "parts of an argument, given back so": (
        "_cell = cell\ndef cell(x, state):\n    return _cell(x, state[::-1])[::-1]",
        "cell: the first value and the second value of `state` are exchanged, and so are those of the answer",
    ),
    "with something else": (
        "_radius = radius\ndef radius(A):\n    return A.sum(), _radius(A)",
        "radius: the right answer comes with something else: it is part 2 of 2",
    ),
    "other letters": (
        "_size = size\ndef size(x):\n    return _size(x).title() + '.'",
        "size: its words are right, but not letter for letter",
    ),
    "parts exchanged": (
        "def both(x):\n    return {'sum': x.max(), 'largest': x.sum()}",
        "both: parts of the answer have changed places: `sum`, `largest`",
    ),
    "one part alone": ("def both(x):\n    return x.max()", "both: one part of the answer is given alone: `largest`"),
    "parts without names": (
        "def both(x):\n    return x.sum(), x.max()",
        "both: the parts of the answer are right, but come without their names",
    ),
    "nothing in it, ever": ("def products(x):\n    return x[:0]", "products: the answer is always empty"),
    "other words, one for each": (
        "_size = size\ndef size(x):\n    return _size(x)[0]",
        "size: it answers by other words than those that are asked for",
    ),
    "another default": (
        "def scaled(x, by=2):\n    return by * x",
        "scaled: where `by` isn't given, it takes another value than 3",
    ),
    "no default": ("def scaled(x, by):\n    return by * x", "scaled: it can't be called without `by`"),
    "an argument, as a column": (
        "def products(x):\n    return x[:, None]",
        "products: the answer is nothing but the entries of `x`",
    ),
    "nondeterministic": (
        "def products(x):\n    return np.cumprod(x) + np.random.normal()",
        "the same question gets different",
    ),
    "remembered": (
        "_seen = []\ndef products(x):\n    _seen.append(0)\n    return np.cumprod(x) * (1 if len(_seen) == 1 else 1.5)",
        "products: an answer depends on earlier calls",
    ),
    "remembered, and it raises": (
        "def products(x, _seen=[]):\n    _seen.append(x)\n    return np.cumprod(x if len(_seen) < 3 else _seen[9999])",
        "products: an answer depends on earlier calls",
    ),
    "exception returned": (
        "_power = power\ndef power(rate, steps):\n    return ValueError('no') if steps < 0 else _power(rate, steps)",
        "power: it returns a ValueError instead of raising it",
    ),
    "another exception": (
        "_power = power\ndef power(rate, steps):\n    assert steps >= 0\n    return _power(rate, steps)",
        "power: it raises AssertionError and not ValueError",
    ),
    "another exception at times": (
        "_power = power\ndef power(rate, steps):\n    assert steps >= 0 or steps < -2\n    return _power(rate, steps)",
        "power: for some arguments it raises AssertionError and not ValueError",
    ),
    "not refused": (
        "def power(rate, steps):\n    return float(rate**steps)",
        "power: it answers where it should refuse",
    ),
    "nothing where it should refuse": (
        "def power(rate, steps):\n    if steps < 0:\n        return None\n    return float(rate**steps)",
        "power: it returns None where it should refuse",
    ),
    "refuses some only": (
        "_power = power\ndef power(rate, steps):\n"
        "    return 1.0 if steps < 0 and rate * 1000 % 1 < 0.6 else _power(rate, steps)",
        "power: it answers some arguments that it should refuse",
    ),
    "refuses few": (
        "_power = power\ndef power(rate, steps):\n"
        "    return 1.0 if steps < 0 and rate * 777 % 1 < 0.9 else _power(rate, steps)",
        "power: it answers some arguments that it should refuse",
    ),
    "refuses some, some by another exception": (
        "_power = power\ndef power(rate, steps):\n    if steps == -3:\n        raise TypeError\n"
        "    return 1.0 if steps == -2 else _power(rate, steps)",
        "power: of what it should refuse, it answers some and raises another exception for others",
    ),
    "another kind of thing, and wrong": (
        "def products(x):\n    return (np.sin(np.cumprod(x) * 3 + 0.7) - x[0]).tolist()",
        "products: it returns a list and not a numpy array",
    ),
    "two at once": (
        "def power(rate, steps):\n    return float(steps)",
        "power: the answer is its argument `steps`, unchanged, where an answer is promised",
    ),
    "nothing refused, and wrong": (
        "def power(rate, steps):\n    return np.sin(rate * 3 + steps * 7.1) - rate",
        "power: it answers where it should refuse",
    ),
    "raises": ("def products(x):\n    return np.cumprodd(x)", "products: it raises AttributeError at line"),
    "raises in part": (
        "def gram(A):\n    np.linalg.det(A)\n    return A @ A.T + np.arange(len(A))",
        f"gram: it raises LinAlgError at line {_line(2)}, where A isn't square",
    ),
    "raises at times": (
        "def products(x):\n    return np.cumprod(x) if len(x) != 6 else x[99]",
        f"products: for some arguments it raises IndexError at line {_line(2)}",
    ),
    "raises here, wrong there": (
        "def products(x):\n    return np.sin(np.cumprod(x) * 3 + 0.7) - x[0] if len(x) == 4 else x[99]",
        f"products: for some arguments it raises IndexError at line {_line(2)}",
    ),
    "returns nothing": ("def products(x):\n    np.cumprod(x)", "products: it returns nothing"),
    "a list": (
        "def products(x):\n    return np.cumprod(x).tolist()",
        "products: the numbers are right, but they come as a list",
    ),
    "float32": (
        "def products(x):\n    return (np.cumprod(x) * (1 + 3e-6)).astype('float32').astype(float)",
        "products: the answer has the digits of single precision only",
    ),
    "another shape": (
        "def affine(W, x, b):\n    return (W @ x + b)[:, None]",
        "affine: the entries are right, but the shape is not",
    ),
    "another shape, of some parts": (
        "def both(x):\n    return {'sum': np.array([x.sum()]), 'largest': x.max()}",
        "both: the entries are right, but the shape is not, in `sum`",
    ),
    "another shape, inside a part": (
        "_cell = cell\ndef cell(x, state):\n    h, c = _cell(x, state)\n    return h, c[:, None]",
        "cell: the entries are right, but the shape is not, in the second value",
    ),
    "a factor that isn't given, twice": (
        "def scaled(x, by=3):\n    return by * by * x",
        "scaled: the answer is the right one times `by`",
    ),
    "changes two arguments": (
        "def affine(W, x, b):\n    b += W @ x\n    x *= 2\n    return b.copy()",
        "affine: it changes its arguments `x` and `b`",
    ),
    "changes its argument": (
        "def affine(W, x, b):\n    b += W @ x\n    return b.copy()",
        "affine: it changes its argument `b`",
    ),
    "still needs": (
        "def affine(W, x, b):\n    y = x\n    y *= 2\n    return W @ x + b",
        "affine: it changes an argument that it still needs",
    ),
    "warned": (
        "def affine(W, x, b):\n    np.log(np.array(-1.0))\n    return W @ x + b",
        "affine: numpy warns on the way to the answer",
    ),
    "always": ("def products(x):\n    return 0 * x", "products: the answer is always 0"),
    "its argument": ("def products(x):\n    return x", "products: the answer is its argument `x`, unchanged"),
    "rounded": (
        "def products(x):\n    return np.round(np.cumprod(x), 3)",
        "products: the answer is rounded to 3 decimals",
    ),
    "rounded in one part": (
        "def apart(x, y):\n    return {'x': np.round(x.sum(), 3), 'y': y.sum()}",
        "apart: the answer is rounded to 3 decimals, in `x`",
    ),
    "rounded at times": (
        "def products(x):\n    return np.cumprod(x).round(3) if len(x) % 2 else np.cumprod(x)",
        "products: at times the answer is rounded or cut off to 3 decimals",
    ),
    "approximate": (
        "_slope = slope\ndef slope(name, z):\n    return _slope(name, z + 3e-5)",
        "slope: the answer is right to about",
    ),
    "at random, and something is kept": (
        "kept = []\ndef products(x):\n    kept.append(x)\n"
        "    return np.cumprod(x) + (len(kept) > 1) * np.random.rand()",
        "products: the same question gets different answers",
    ),
    "exchanged": (
        "def power(steps, rate):\n    if steps < 0:\n        raise ValueError\n    return float(rate**steps)",
        "power:",
    ),
    "permuted": (
        "_affine = affine\ndef affine(W, b, x):\n    return _affine(W, x, b)",
        "affine: `x` and `b` are exchanged",
    ),
    "sign": ("def products(x):\n    return -np.cumprod(x)", "products: the answer has the wrong sign"),
    "factor": ("def products(x):\n    return np.cumprod(x) * 2", "products: the answer is the right one times 2"),
    "a length": (
        "def products(x):\n    return np.cumprod(x) / len(x)",
        "products: the answer is the right one divided by the length of `x`",
    ),
    "added": ("def products(x):\n    return np.cumprod(x) + 1", "products: the answer is 1 too large"),
    "identity": ("_gram = gram\ndef gram(A):\n    return _gram(A) - np.eye(len(A))", "gram: the identity is missing"),
    "columns sorted": (
        "_gram = gram\ndef gram(A):\n    return np.sort(_gram(A), axis=0)",
        "gram: the answer is the right one with each column sorted",
    ),
    "transposed": ("_gram = gram\ndef gram(A):\n    return _gram(A).T", "gram: the answer is the right one transposed"),
    "reversed": (
        "def products(x):\n    return np.cumprod(x)[::-1]",
        "products: the answer is the right one in reverse order",
    ),
    "first missing": (
        "def products(x):\n    return np.cumprod(x)[1:]",
        "products: the answer is the right one without its first entry",
    ),
    "square": (
        "def products(x):\n    return np.cumprod(x) ** 2",
        "products: the answer is the square of the right one",
    ),
    "first entry ignored": (
        "_radius = radius\ndef radius(A):\n    return _radius(A[1:].T @ A[1:])",
        "radius: the first entry of `A` has no effect on the answer",
    ),
    "a set that it was given": (
        "def common(a, b):\n    return a and b",
        "common: the answer is its argument `b`, unchanged",
    ),
    "raises from one on": (
        "def repeated(x, times):\n    y = []\n    for _ in range(times):\n        y += x\n    return y",
        "where times is 1 or above",
    ),
    "only the first row": (
        "def gram(A):\n    return np.outer(np.sin(A[0, :1]), np.ones(len(A) ** 2)).reshape(len(A), len(A))",
        "gram: only the first entry of `A` has an effect on the answer",
    ),
    "other keys": (
        "def both(x):\n    return {'Sum': x.sum(), 'largest': x.max()}",
        "both: the answer lacks 'sum'",
    ),
    "a part of the answer alone": (
        "def both(x):\n    return {'sum': x.sum(), 'largest': -x.max()}",
        "both: the answer has the wrong sign, in `largest`",
    ),
    "a list for a set": (
        "_signs = signs\ndef signs(x):\n    return list(_signs(x))",
        "signs: the members are right, but they come as a list, and a set is asked for",
    ),
    "a comma too many": (
        "def products(x):\n    return (np.cumprod(x),)",
        "products: the right answer comes inside a tuple of 1",
    ),
    "never a word": (
        "def size(x):\n    total = np.abs(x).sum()\n    return 'small' if total < 3 else 'large'",
        "size: it never answers 'middling' where that is right",
    ),
    "one thing here, another there": (
        "def slope(name, z):\n    return np.tanh(z) if name == 'tanh' else np.sinh(z + 0.3) * z - 0.7",
        "slope: the answer is the tanh of `z`, where name is 'tanh'",
    ),
    "cube": (
        "def products(x):\n    return np.cumprod(x) ** 3",
        "products: the answer is the cube of the right one",
    ),
    "normalised": (
        "def products(x):\n    return np.cumprod(x) / np.cumprod(x).sum()",
        "products: the answer is the right one divided by its sum",
    ),
    "trace": ("def radius(A):\n    return float(np.trace(A))", "radius: the answer is the trace of `A`"),
    "another norm": (
        "def radius(A):\n    return float(np.linalg.norm(A, 2))",
        "radius: the answer is the largest singular value of `A`",
    ),
    "the function, not its slope": (
        "_slope = slope\ndef slope(name, z):\n    return np.tanh(z) if name == 'tanh' else _slope(name, z)",
        "slope: the answer is the tanh of `z`, where name is 'tanh'",
    ),
    "one word for another": (
        "_size = size\ndef size(x):\n    return 'small' if _size(x) == 'middling' else _size(x)",
        "size: it answers 'small' wherever 'middling' is right",
    ),
    "no word at all": (
        "_size = size\ndef size(x):\n    return _size(x) if _size(x) != 'large' else None",
        "size: it answers None wherever 'large' is right",
    ),
    "two words exchanged": (
        "def positive(x):\n    return bool(x[0] < 0)",
        "positive: it exchanges False and True",
    ),
    "a word at times": (
        "def size(x):\n    total = np.abs(x).sum()\n    if total > 4:\n        return 'large'\n"
        "    return 'small' if total * 0.9 < 3.2 + 1.3 * np.sin(total * 37) else 'middling'",
        "size: at times it answers 'small' where 'middling' is right",
    ),
    "to one side": (
        "_radius = radius\ndef radius(A):\n    return _radius(A) + abs(float(np.sin(1000 * A[0, 0]))) + 0.1",
        "radius: every number that is wrong is too large",
    ),
    "a step too many": (
        "_power = power\ndef power(rate, steps):\n    return _power(rate, steps + 1 if steps >= 0 else steps)",
        "power:",
    ),
    "as if zero": ("def affine(W, x, b):\n    return W @ x", "affine: it answers as if `b` were 0"),
    "ignored": ("def affine(W, x, b):\n    return np.tanh(W @ x)", "affine: `b` has no effect on the answer"),
    "ignored but for how many there are": (
        "def products(x):\n    return np.full(len(x), len(x) * 1.0)",
        "products: the values in `x` have no effect on the answer",
    ),
    "only the first and the last row": (
        "_radius = radius\ndef radius(A):\n    return _radius(A[[0, -1]].T @ A[[0, -1]])",
        "radius: only the first and the last entry of `A` have an effect on the answer",
    ),
    "an entry that has a name, ignored": (
        "def weighed(weights, x):\n    return np.tanh(weights['W'] * x)",
        'weighed: `weights["b"]` has no effect on the answer',
    ),
    "as if an entry that has a name were zero": (
        "def weighed(weights, x):\n    return weights['W'] * x + 1",
        'weighed: it answers as if `weights["b"]` were 0',
    ),
    "an axis missing": (
        "def gram(A):\n    return np.sin(3 * A.sum(axis=1)) - A[0, 0]",
        "gram: the number of axes of the answer is 1, and should be 2",
    ),
    "another factor each time": (
        "def products(x):\n    return np.cumprod(x) * (np.sin(1000 * x[0]) + 1.5) / x.mean() * (x[-1] + 2)",
        "products: the answer is the right one times a number, which isn't the same in all questions",
    ),
    "another power of the argument": (
        "def radius(A):\n    return float(np.abs(np.linalg.det(A @ A.T)) ** (1 / len(A)))",
        "radius: with `A` doubled, the answer is four times as large",
    ),
    "in one scope": (
        "def slope(name, z):\n    return np.sinh(z + 0.3) * z - 0.7 if name == 'tanh' else np.exp(-z * z)",
        "slope: the answers are wrong, where name is 'tanh'",
    ),
    "sign in one scope": (
        "def slope(name, z):\n    return np.tanh(z) ** 2 - 1 if name == 'tanh' else np.exp(-z * z)",
        "slope: the answer has the wrong sign, where name is 'tanh'",
    ),
    "an argument without effect, and another mistake": (
        "def scaled(x, by=3):\n    y = np.sin(3 * x + 0.3)\n    return y - y.mean() + x[0] ** 3",
        "scaled: `by` has no effect on the answer, where by is given",
    ),
    "up to a bound": (
        "def count(x):\n    return {1: 1, 2: 2, 3: 3}.get(len(x), 0)",
        "count: the answer is always 0, where the right answer is 7 or above",
    ),
    "up to a bound, of fractions": (
        "_radius = radius\ndef radius(A):\n    return _radius(A) if _radius(A) < 1.7 else 0.0",
        "radius: the answer is always 0, where the right answer is",
    ),
    "from a bound on": (
        "_power = power\ndef power(rate, steps):\n    return 0.0 if _power(rate, steps) < 0.9 else _power(rate, steps)",
        "power: the answer is always 0, where the right answer is 0.87 or below, not where it is",
    ),
    "one part": (
        "def both(x):\n    return {'sum': x.sum(), 'largest': np.sin(x * 1.7 + 0.3).min() - x[0]}",
        "both: of its answer, `largest` is wrong",
    ),
    "one value": (
        "def pair(x):\n    return x.sum(), np.sin(x * 1.7 + 0.3).min() - x[0]",
        "pair: of its answer, the second value is wrong",
    ),
    "a shape here, and an argument changed there": (
        "def halves(x):\n    y = x.ravel() / 2\n    x *= 3\n    return y",
        "halves: it changes its argument `x`, where the answer itself is right",
    ),
    "an argument changed here, and a shape there": (
        "def halves(x):\n    y = x.ravel() / 2\n    x *= 2\n    return y",
        "halves: the entries are right, but the shape is not, where the answer itself is wrong",
    ),
    "one for several": ("def ones(x):\n    return 1.0", "ones: one entry comes back for several that are alike"),
    "nothing off the diagonal, and more on it": (
        "_gram = gram\ndef gram(A):\n    return np.diag(np.diag(_gram(A)) + (A[0, 0] > 0) * A.sum())",
        "gram: all entries off the diagonal of the answer are 0",
    ),
    "an argument times a number": (
        "_halves = halves\ndef halves(x):\n    return x * np.sin(3 * x.sum() + 0.4)",
        "halves: the answer is",
    ),
    "an argument times a number that it isn't of": (
        "def affine(W, x, b):\n    return b * np.sin(W.sum() + 2 * x.sum() + b.sum())",
        "affine: the answer is `b` times one number",
    ),
    "one entry": (
        "def products(x):\n    return np.append(np.cumprod(x)[:-1], np.sin(x.sum() * 2 + 0.3))",
        "products: the last entry of the answer is wrong",
    ),
}
#: Programs that only look so, and what must not be said of them.
NOT_CLAIMED = {
    "one number that is off, and small beside the others": (
        "def affine(W, x, b):\n    y = W @ x + b\n    y[np.argmin(np.abs(y))] += 2e-3\n    return y",
        "right to about",
    ),
    "the same for those that were asked": (
        "_power = power\ndef power(rate, steps):\n"
        "    return 1.0 if steps >= 0 and rate * 57 % 1 < 0.85 else _power(rate, steps)",
        "always 1",
    ),
    "wrong for some of the longer ones": (
        "_place = place\ndef place(x, values):\n    return -1 if sum(values) > 11 or x == 3 else _place(x, values)",
        "where values has two entries or more",
    ),
    "one of two sets, now this, now that": (
        "def common(a, b):\n    return max(a, b, key=lambda s: sorted(s)[-1])",
        "unchanged",
    ),
    "raises from two on, and nobody asked for one": (
        "def repeated(x, times):\n    y = []\n    for _ in range(times - 1):\n        y += x\n    return y",
        "where times is",
    ),
    "an entry without effect, and another part wrong": (
        "def apart(x, y):\n    return {'x': x[1:].sum(), 'y': np.sin(3 * y.sum())}",
        "the first entry of `x` has no effect",
    ),
    "an entry without effect, and others wrong": (
        "def halves(x):\n    y = x / 2\n    y[0] = 3\n    y[-1] = 4\n    return y",
        "no effect on the answer",
    ),
    "an entry without effect, but far away": (
        "def halves(x):\n    y = x / 2\n    y[0] = np.trunc(np.tanh(x[0] / 20))\n    return y",
        "the first entry of `x` has no effect on the answer",
    ),
    "the same for all that are equally long": (
        "def scaled(x, by=3):\n    return np.full(len(x), float(len(x)))",
        "always 3",
    ),
    "parts of an argument at times": (
        "_cell = cell\ndef cell(x, state):\n    return _cell(x, state[::-1] if x[0] > x[1] else state)",
        "are exchanged",
    ),
    "parts of the answer alone": (
        "_cell = cell\ndef cell(x, state):\n    return _cell(x, state)[::-1]",
        "of `state` are exchanged",
    ),
    "other letters, and another word": (
        "_size = size\ndef size(x):\n    return _size(x).upper() if _size(x) != 'large' else 'huge'",
        "letter for letter",
    ),
    "parts that are equal at times": (
        "def both(x):\n    return {'sum': x.max(), 'largest': x.sum() + 0.1}",
        "changed places",
    ),
    "a wrong number, and numpy's": (
        "def radius(A):\n    return np.abs(np.linalg.eigvals(A)).max() + np.sin(A.sum() * 3 + 0.7)",
        "it returns a float64",
    ),
    "one for several, and wrong": ("def ones(x):\n    return 1.1", "for several"),
    "a shape, and an argument left alone": (
        "def halves(x):\n    y = x.ravel() / 2\n    z = x.copy()\n    z *= 2\n    return y",
        "changes its argument",
    ),
    "little off the diagonal": (
        "_gram = gram\ndef gram(A):\n    return np.diag(np.diag(_gram(A)) + (A[0, 0] > 0) * A.sum()) + 1e-3",
        "off the diagonal",
    ),
    "an argument times numbers": (
        "def affine(W, x, b):\n    return b * np.sin(W.sum() + 2 * x.sum() + b)",
        "times one number",
    ),
    "one word a list, another wrong": (
        "def slope(name, z):\n    return [*(1 - np.tanh(z) ** 2)] if name == 'tanh' else np.exp(-z)[:, None]",
        "where name is 'gauss'",
    ),
    "another part alone": ("def both(x):\n    return x.min()", "alone"),
    "another default, and another mistake": ("def scaled(x, by=2):\n    return by * x + x[0] ** 2", "isn't given"),
    "no default, but a value that is taken": ("def scaled(x, by):\n    return by * x", "another value"),
    "a default that is right": ("def scaled(x, by=3):\n    return by * x if by == 2 else x - 1.3", "isn't given"),
    "one operation, for a word as for any": (
        "def slope(name, z):\n    return 1 - z * (z if name == 'tanh' else z + 1)",
        "where name is",
    ),
    "right when asked again, by chance": ("def products(x):\n    return np.cumprod(x) + x.sum()", "the same question"),
    "state that changes nothing": (
        "_seen = []\ndef products(x):\n    _seen.append(x)\n    return np.cumprod(x) + x.sum()",
        "earlier calls",
    ),
    "refuses some": (
        "_power = power\ndef power(rate, steps):\n    return 1.0 if rate * 1000 % 1 < 0.4 else _power(rate, steps)",
        "power: it answers where it should refuse",
    ),
    "refuses some by another exception": (
        "_power = power\ndef power(rate, steps):\n    if steps == -3:\n        raise TypeError\n"
        "    return 1.0 if steps == -2 else _power(rate, steps)",
        "where it answers at all",
    ),
    "numbers that lie apart by chance": (
        "def power(rate, steps):\n    if steps < 0:\n        raise ValueError\n"
        "    return 1.0 if rate * 1000 % 1 < 0.4 else float(rate**steps)",
        "where the right answer is",
    ),
    "numbers that lie apart by chance, and wrong refusals": (
        "def power(rate, steps):\n    if steps < -1:\n        raise ValueError\n"
        "    return 1.0 if steps < 0 or rate * 1000 % 1 < 0.4 else float(rate**steps)",
        "where the right answer is",
    ),
    "raises at two lines": (
        "def products(x):\n    if len(x) > 4:\n        raise KeyError\n    return x[99]",
        "products: it raises",
    ),
    "raises at times": (
        "def products(x):\n    return np.cumprod(x) if len(x) != 6 else x[99]",
        "products: it raises",
    ),
    "another shape, and another order": (
        "_cell = cell\ndef cell(x, state):\n    h, c = _cell(x, state)\n    return h, c[::-1, None]",
        "entries are right",
    ),
    "a list of wrong numbers": ("def products(x):\n    return np.sin(np.cumprod(x)).tolist()", "numbers are right"),
    "rounded and wrong": ("def products(x):\n    return np.round(np.sin(np.cumprod(x)), 3)", "rounded"),
    "not quite constant": ("def products(x):\n    return np.full(len(x), len(x) * 1.0)", "always"),
    "an argument at times": ("def products(x):\n    return x if len(x) < 6 else 3 + np.sin(x)", "unchanged"),
    "a factor at times": (
        "def products(x):\n    return np.cumprod(x) * (2 if len(x) > 4 else 3)",
        "the right one times 3",
    ),
    "a sign at times": ("def products(x):\n    return np.cumprod(x) * (-1 if len(x) == 4 else 2)", "wrong sign"),
    "more added at times": ("def products(x):\n    return np.cumprod(x) + (1 if len(x) > 4 else 2)", "2 too large"),
    "transposed at times": (
        "_gram = gram\ndef gram(A):\n    return _gram(A).T if A[0, 0] > 0 else np.sin(_gram(A))",
        "transposed",
    ),
    "almost no effect": ("def affine(W, x, b):\n    return W @ x + 1e-3 * b", "no effect"),
    "wrong once, whatever is copied": (
        "def place(x, values):\n    vars(np)['asked'] = vars(np).get('asked', 0) + 1\n"
        "    return sum(y < x for y in values) + (vars(np)['asked'] == 5)",
        "it changes an argument that it still needs",
    ),
    "raises for one word, but not of nothing": (
        "def slope(name, z):\n    if name == 'tanh':\n        return z[99] if len(z) else z\n    return np.exp(-z * z)",
        "where name is 'tanh'",
    ),
    "one number that goes with what is wrong": (
        "def place(x, values):\n    return sum(y < x for y in values) + (len(values) == 2)",
        "where x is 3",
    ),
    "so by how the lists of the checks end": (
        "def place(x, values):\n    return sum(y < x for y in values) + (sum(values) in (16, 6, 22))",
        "where values isn't empty",
    ),
    "so by what the checks happen to ask": (
        "def place(x, values):\n    return sum(y < x for y in values) + (len(values) > 2 and x < 9)",
        "it answers as if",
    ),
    "no effect but by a comparison": ("def affine(W, x, b):\n    return W @ x + (b < -3).any()", "no effect"),
    "no effect but of a number that others have": (
        "def power(rate, steps):\n    return 1.7 * rate if steps > 0 else 1.0",
        "`steps` has no effect",
    ),
    "no effect but by how many there are": (
        "def affine(W, x, b):\n    return W @ x + len(b) ** 1.3",
        "`b` has no effect",
    ),
    "almost zero": ("def affine(W, x, b):\n    return W @ x + 1e-3 * b", "were 0"),
    "exchanged at times": (
        "_affine = affine\ndef affine(W, x, b):\n    return W @ b + x if len(W) == len(W.T) else np.sin(W @ x) + b",
        "exchanged",
    ),
    "squares of something else": ("def products(x):\n    return np.cumprod(x) ** 2.001", "square"),
    "both parts": (
        "def both(x):\n    return {'sum': x.sum() + (x[0] > 0), 'largest': np.sin(x).max()}",
        "of its answer, `largest` is wrong",
    ),
    "the rows between count a little": (
        "_radius = radius\ndef radius(A):\n    return _radius(A[[0, -1]].T @ A[[0, -1]]) + 1e-3 * A[1, 0]",
        "only the first and the last",
    ),
    "almost no effect of an entry that has a name": (
        "def weighed(weights, x):\n    return np.tanh(weights['W'] * x) + 1e-3 * weights['b']",
        "no effect",
    ),
    "an axis missing at times": (
        "def gram(A):\n    y = np.sin(3 * A.sum(axis=1)) - A[0, 0]\n    return y if y[0] > 0 else y + y[:, None]",
        "the number of axes",
    ),
    "another factor, but not of all entries": (
        "def products(x):\n    y = np.cumprod(x) * (np.sin(1000 * x[0]) + 1.5) / x.mean() * (x[-1] + 2)\n"
        "    return np.append(y[:-1], y[-1] + 0.01)",
        "times a number",
    ),
    "a power of the argument, and a constant": (
        "def radius(A):\n    return float(np.abs(np.linalg.det(A @ A.T)) ** (1 / len(A))) + 0.01",
        "doubled",
    ),
    "the same power as the right one": (
        "def radius(A):\n    return float(np.abs(A[0]).sum() * 1.3 + np.abs(A).min())",
        "doubled",
    ),
    "another entry at times": (
        "def products(x):\n    y = np.cumprod(x)\n    y[-1 if x[0] > 1 else 0] += 0.5\n    return y",
        "the last entry of the answer is wrong",
    ),
    "the second entry is right, too": (
        "def products(x):\n    y = np.cumprod(x)\n    y[2:] = np.sin(3 * y[2:] + 0.7)\n    return y",
        "all but the first entry",
    ),
    "the trace at times": (
        "_radius = radius\ndef radius(A):\n"
        "    return float(np.trace(A)) if A[0, 0] * 1000 % 1 > 0.5 else _radius(A) + 0.3",
        "trace",
    ),
    "one word for two": (
        "_size = size\ndef size(x):\n    return 'small' if _size(x) != 'large' else 'middling'",
        "wherever 'large' is right and",
    ),
    "no effect only as long as it is small": (
        "def products(x):\n    y = x.copy()\n    y[-1] = 1.0 if x[-1] < 2 else x[-1]\n    return np.sin(np.cumprod(y))",
        "no effect",
    ),
    "an object that nobody can compare": ("def products(x):\n    y = ...\n    return y", "different answers"),
    "to both sides": (
        "_radius = radius\ndef radius(A):\n    return _radius(A) + float(np.sin(1000 * A[0, 0]))",
        "every number that is wrong",
    ),
    "words at random": (
        "def size(x):\n    return ('small', 'large', 'middling')[int(x[0] * 1000) % 3]",
        "wherever",
    ),
    "numbers in one question, lists in lists in another": (
        "def depth(nested):\n    return 1 + max(map(depth, nested)) if isinstance(nested, list) and nested else 0",
        "no effect",
    ),
    "changed, but after use": (
        "def products(x):\n    y = np.sin(np.cumprod(x))\n    x[0] = 0\n    return y",
        "still needs",
    ),
}


@pytest.fixture(scope="module")
def said(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """What is said of each program, by its source: one judge grades all that change the same functions.

    No line is looked for: one that is found says less of a behaviour, and here all that may be claimed must be seen.
    """
    root = write_course(tmp_path_factory.mktemp("course"))
    folder, solution = root / "exercises/exercise-02", root / "solutions/exercise-02"
    spec = (folder / "exercise.yaml").read_text().partition("checks:")[0]
    calls = ("affine(W, x, b)", "products(x)", "power(rate, steps)", "slope(name, z)", "gram(A)", "both(x)")
    calls += ("pair(x)", "radius(A)", "size(x)", "positive(x)", "count(x)", "scaled(x, by=3)", "depth(nested)")
    calls += ("weighed(weights, x)", "place(x, values)", "cell(x, state)", "signs(x)", "halves(x)", "ones(x)")
    calls += ("apart(x, y)", "repeated(x, times)", "common(a, b)")
    stub = "".join(f"def {call}:\n    raise NotImplementedError\n" for call in calls)
    (folder / "twice.py").write_text(stub)
    (solution / "twice.py").write_text(REFERENCE)
    for path in (solution / "misconceptions").iterdir():
        path.unlink()
    alike = defaultdict(list)
    for source, _ in (*FOUND.values(), *NOT_CLAIMED.values()):
        alike[_checks_of(source)].append(source)
    said = dict[str, str]()
    for checks, sources in alike.items():
        (folder / "exercise.yaml").write_text(spec.replace("points: 3", f"points: {len(checks)}"))
        (solution / "checks.py").write_text("@points".join((CHECKS.partition("@points")[0], *checks)))
        with Judge(load_exercise(CourseRoot.at(root), "exercise-02"), []) as judge:
            grader = Grader(judge.exercise, judge, effort=Effort(singles=0, pairs=0))
            for source in sources:
                program = f"{REFERENCE}\n\n{source}\n".encode()
                said[source] = _titles(source, grader.grade(from_bytes("twice.py", program)))
    return said


def _checks_of(source: str) -> tuple[str, ...]:
    """The checks of the functions that it changes: what is asked of another is answered as the reference does."""
    changed = re.findall(r"^(?:def )?(\w+)", source, re.MULTILINE)
    _, *checks = CHECKS.split("@points")
    return tuple(check for check in checks if any(f'agree("{name}"' in check for name in changed))


def _titles(source: str, report: Report) -> str:
    assert not report.passed, source
    assert all(each.text and each.checks for each in report.explanations)
    return " | ".join(each.title for each in report.explanations if each.kind == "behaviour")


@pytest.mark.parametrize("name", FOUND)
def test_a_behaviour_is_found(name: str, said: dict[str, str]) -> None:
    source, title = FOUND[name]
    assert title in said[source]


def test_a_bound_tells_few_digits_of_what_is_right(said: dict[str, str]) -> None:
    said_of_it = said[FOUND["up to a bound, of fractions"][0]]
    found = re.search(r"the right answer is ([\d.]+) or above, not where it is ([\d.]+) or below", said_of_it)
    assert found is not None
    assert all(len(bound) <= 4 for bound in found.groups())
    assert float(found[1]) > float(found[2])


@pytest.mark.parametrize("name", NOT_CLAIMED)
def test_what_only_looks_so_is_not_claimed(name: str, said: dict[str, str]) -> None:
    source, title = NOT_CLAIMED[name]
    assert title not in said[source]


def test_of_another_kind_of_thing_with_wrong_numbers_both_are_said() -> None:
    source = (REPOSITORY / "solutions/exercise-05/jacobian_product.py").read_text()
    source = source.replace("    return product", "    return (np.sin(product) + jacobians.sum()).tolist()")
    submission = from_bytes("jacobian_product.py", source.encode())
    course = CourseRoot.at(REPOSITORY)
    (report,) = grade(load_course(course), load_exercise(course, "exercise-05"), [submission])
    (said,) = report.explanations
    assert said.title == "jacobian_product: it returns a list and not a numpy array"
    assert said.text == "That is so in every question that was asked. Nor are the numbers in it the right ones."


def test_two_mistakes_with_two_words_are_told_of_each() -> None:
    """Once one is told, the other isn't forgotten, nor a check that both fail."""
    source = (
        (REPOSITORY / "solutions/exercise-03/activations.py").read_text().replace("def derivative(", "def _unused(")
    )
    source += """

def derivative(name, z):
    if name == "sigmoid":
        small = np.exp(-np.abs(z))
        return small / (1 + small) ** 2
    if name == "tanh":
        return 1 - np.tanh(z) ** 2
    if name == "relu":
        return (z > 0) * 1
    if name == "identity":
        return 1.0
    raise ValueError(f"no activation is named {name!r}")
"""
    submission = from_bytes("activations.py", source.encode())
    course = CourseRoot.at(REPOSITORY)
    (report,) = grade(load_course(course), load_exercise(course, "exercise-03"), [submission])
    told = {each.title: each.checks for each in report.explanations}
    ints = "derivative: the numbers are right, but they come as int64, where name is 'relu'"
    one = "derivative: one entry comes back for several that are alike, where name is 'identity'"
    assert told.keys() == {ints, one}
    assert ("relu" in told[ints], "relu" in told[one]) == (True, False)
    assert ("identity" in told[ints], "identity" in told[one]) == (False, True)
    assert {each.id for each in report.checks if each.status == "failed"} == {*told[ints], *told[one]}


def test_where_only_an_argument_is_changed_no_answer_is_called_wrong() -> None:
    source = "import numpy as np\n\ndef jacobian_product(jacobians):\n    P = jacobians[0]\n"
    source += "    for J in jacobians[1:]:\n        P[:] = J @ P\n    return P.copy()\n\n"
    source += "def norm_bound(W_hh, steps, slope=1.0):\n    return float((slope * np.linalg.norm(W_hh, 2)) ** steps)\n"
    course = CourseRoot.at(REPOSITORY)
    submission = from_bytes("jacobian_product.py", source.encode())
    (report,) = grade(load_course(course), load_exercise(course, "exercise-05"), [submission])
    raised, changed = report.explanations
    assert (raised.misconception, raised.checks) == ("product-without-a-start", ["no_step"])
    assert (changed.misconception, changed.checks) == ("argument-changed", ["arguments_are_left_alone"])


def test_what_is_not_refused_explains_no_wrong_answer() -> None:
    course = CourseRoot.at(REPOSITORY)
    source = (REPOSITORY / "solutions/exercise-11/initialization.py").read_text()
    refuses_nothing = source.replace("radius == 0", "False").replace("W * (rho / radius)", "W * (rho / (W**2).sum())")
    submission = from_bytes("initialization.py", refuses_nothing.encode())
    (report,) = grade(load_course(course), load_exercise(course, "exercise-11"), [submission])
    said = [each.checks for each in report.explanations if "zero_matrix" in each.checks]
    assert said == [["zero_matrix"]]


@pytest.mark.parametrize(
    ("exercise", "file", "right", "wrong"),
    [
        ("exercise-11", "initialization.py", "W * (rho / radius)", "W * (rho / radius + np.sin(9 * W.sum()))"),
        ("exercise-18", "truncated_bptt.py", '"b": np.zeros(len(W_hh))', '"b": np.zeros((len(W_hh), 1))'),
    ],
)
def test_a_right_refusal_is_no_answer_elsewhere(exercise: str, file: str, right: str, wrong: str) -> None:
    """Where all answers are wrong, what the refused arguments have in common makes no difference."""
    course = CourseRoot.at(REPOSITORY)
    source = (REPOSITORY / "solutions" / exercise / file).read_text()
    assert right in source
    submission = from_bytes(file, source.replace(right, wrong).encode())
    (report,) = grade(load_course(course), load_exercise(course, exercise), [submission])
    assert report.explanations
    assert not any(", where" in each.title for each in report.explanations)


def test_a_line_is_found_beside_another_function_that_the_same_checks_ask_for() -> None:
    source = (REPOSITORY / "solutions/exercise-05/jacobian_product.py").read_text()
    source = source.replace("jacobian @ product\n", "jacobian * product\n").replace("slope * np", "slope / np")
    course = CourseRoot.at(REPOSITORY)
    submission = from_bytes("jacobian_product.py", source.encode())
    (report,) = grade(load_course(course), load_exercise(course, "exercise-05"), [submission])
    belief, line = sorted(report.explanations, key=lambda each: each.kind)
    assert belief.misconception == "elementwise-for-matrix-product"
    assert line.text.endswith("norm_bound would answer every question rightly.")  # its checks fail for the other still
    assert set(line.checks) & set(belief.checks)


def test_a_form_that_some_checks_leave_free_is_told_by_those_that_do_not() -> None:
    source = (REPOSITORY / "solutions/exercise-03/misconceptions/boolean-for-number.py").read_text()
    exercise = load_exercise(CourseRoot.at(REPOSITORY), "exercise-03")
    with Judge(exercise, []) as judge:
        report = Grader(exercise, judge).grade(from_bytes(exercise.file, source.encode()))
    assert "where name is 'relu'" in " ".join(each.title for each in report.explanations)


@pytest.mark.parametrize(
    ("assigned", "read", "said"),
    [
        ("kept = kept.append(x)", "if x in kept:", "`kept.append(x)` at line 3 is None"),
        ("kept = best.get(x)", "if x in kept:", ""),  # nobody knows what that gives
        ("kept = [].sort()", "if x in best:", ""),  # another name is read
        ("import numpy as np\n    kept = np.append(x, 1)", "if x in kept:", ""),
        ("kept = kept.append(x)\n    kept = None", "if x in kept:", ""),
        ("best = x\ndef g(x):\n    kept = [].append(x)", "if x in kept:", ""),  # a name of another function
        ("kept = kept.append(x)\ndef append(x):\n    pass", "if x in kept:", ""),  # a method of the program's own
    ],
)
def test_the_calls_that_may_have_given_none_are_found(assigned: str, read: str, said: str) -> None:
    source = f"def f(x):\n    kept = []\n    {assigned}\n"
    line = Line(9, "f", read)
    raised = ProgramError("TypeError", "argument of type 'NoneType' is not iterable", [], [line])
    told = " ".join(told for _, told in exception_raised.suspected(raised, source))
    assert said in told
    assert bool(told) is bool(said)


def test_whoever_says_refuse_is_not_followed_by_where_it_should_refuse() -> None:
    found = []
    for file in (REPOSITORY / "autograder/grading/explaining/behaviours").glob("*.py"):
        for call in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            claims = isinstance(call, ast.Call) and getattr(call.func, "id", "") == "Claim"
            if claims and isinstance(call, ast.Call) and "should refuse" in ast.unparse(call.args[0]):
                found.append("says_refused" in {each.arg for each in call.keywords})
    assert len(found) >= 3
    assert all(found)


def test_parts_that_are_exchanged_in_some_answers_are_not_said_to_be_so_in_all() -> None:
    def case(mine: list[float], right: list[float]) -> Case:
        values = [dict(zip(("near", "far"), each, strict=True)) for each in (mine, right)]
        return Case(Asked(lambda program: None, Outcome(values[0])), Called("parts", (), {}), Outcome(values[1]))

    wrong, right, alike = case([1.0, 2.0], [2.0, 1.0]), case([1.0, 2.0], [1.0, 2.0]), case([3.0, 3.0], [3.0, 3.0])

    def unasked(call: Called) -> Outcome:
        raise AssertionError(call)

    probe = Probe("parts", "", [wrong], [], unasked, unasked, unasked, lambda source: pytest.fail(source))
    (claim,) = [each for each in parts_misplaced.claims(probe) if "changed places" in each.title]
    assert [claim.holds(each) for each in (wrong, right, alike)] == [True, False, None]


def test_of_one_number_that_is_wrong_nobody_tells_a_factor() -> None:
    def case(answer: dict[str, int], right: dict[str, int]) -> Case:
        return Case(Asked(lambda program: None, Outcome(answer)), Called("words", (), {}), Outcome(right))

    one, other = case({"a": 1, "b": 1}, {"a": 2, "b": 1}), case({"c": 1}, {"c": 2})
    assert not has_several_numbers([one, other])
    assert has_several_numbers([one, case({"c": 2}, {"c": 4})])


def test_an_answer_of_fewer_parts_than_another_is_none_of_them() -> None:
    def case(answer: dict[str, int], right: dict[str, int]) -> Case:
        return Case(Asked(lambda program: None, Outcome(answer)), Called("words", (), {}), Outcome(right))

    cases = [case({"The": 1, "a": 1}, {"the": 1, "a": 1}), case({"B": 1}, {"b": 1})]
    probe = Probe("words", "", cases, [], *3 * (lambda call: Outcome(),), lambda source: pytest.fail(source))
    assert not [claim for claim in parts_misplaced.claims(probe) if all(map(claim.holds, cases))]


def test_of_one_question_no_rule_is_made() -> None:
    def case(text: str, answer: bool, right: bool) -> Case:
        call = Called("said", (text,), {})
        return Case(Asked(lambda program: None, Outcome(answer)), call, Outcome(right))

    def unasked(call: Called) -> Outcome:
        raise AssertionError(call)

    def claims(*cases: Case) -> list[str]:
        probe = Probe("said", "", cases, ["text"], unasked, unasked, unasked, lambda source: pytest.fail(source))
        any_claim = Claim("", "", lambda case: True)
        in_words = [each.text for each in values(probe) if each.stands(probe, any_claim)]
        return [*in_words, *(each.title for each in word_for_word.claims(probe))]

    anna, once_more, otto = case("Anna", False, True), case("Anna", False, True), case("Otto", False, True)
    assert claims(anna, once_more) == []
    assert claims(anna, otto) == ["it answers False wherever True is right"]


@pytest.mark.parametrize("form", [list, np.array])
def test_right_entries_in_another_order_are_told_and_no_others(form: type) -> None:
    def case(answer: list[int], right: list[int]) -> Case:
        values = Outcome(form(answer)), Outcome(form(right))
        return Case(Asked(lambda program: None, values[0]), Called("once", (), {}), values[1])

    def unasked(call: Called) -> Outcome:
        raise AssertionError(call)

    moved, other, right = case([3, 5, 1], [5, 1, 3]), case([5, 5, 1], [5, 1, 1]), case([5, 1], [5, 1])
    probe = Probe("once", "", [moved], [], unasked, unasked, unasked, lambda source: pytest.fail(source))
    (claim,) = entries_reordered.claims(probe)
    assert [claim.holds(each) for each in (moved, other, right)] == [True, False, None]
    assert claim.text == "That is so of every wrong answer, as far as was asked."


@pytest.mark.parametrize(
    ("program", "exchanged"),
    [
        (lambda x, low, high: min(x, high), []),
        (lambda x, low, high: min(max(high, low), x), ["`x` and `high` are exchanged"]),
    ],
)
def test_arguments_are_exchanged_only_if_they_are_so_either_way(
    program: Callable[..., float], exchanged: list[str]
) -> None:
    def again(call: Called) -> Outcome:
        return Outcome(program(*call.arguments))

    def right(call: Called) -> Outcome:
        x, low, high = call.arguments
        return Outcome(min(max(x, low), high))

    calls = [Called("clip", (x, 1.0, 5.0), {}) for x in (-2.0, 0.5, 3.0, 7.0)]
    cases = [Case(Asked(lambda program: None, again(call)), call, right(call)) for call in calls]
    cases.sort(key=lambda case: not case.wrong)
    probe = Probe("clip", "", cases, ["x", "low", "high"], again, again, right, lambda source: pytest.fail(source))
    numbered = enumerate(arguments_permuted.claims(probe))
    claims = [each for number, each in numbered if _still_confirmed(each, probe, (arguments_permuted, number))]
    assert [each.title for each in claims][:1] == exchanged


def test_a_text_that_is_made_of_another_is_none_of_a_few_words() -> None:
    def case(word: str, count: int, answer: str | None, right: str) -> Case:
        call = Called("plural", (word, count), {})
        return Case(Asked(lambda program: None, Outcome(answer)), call, Outcome(right))

    def unasked(call: Called) -> Outcome:
        raise AssertionError(call)

    def claims(*cases: Case) -> list[str]:
        probe = Probe("plural", "", cases, [], unasked, unasked, unasked, lambda source: pytest.fail(source))
        return [each.title for each in word_for_word.claims(probe)]

    assert claims(case("city", 2, None, "cities"), case("city", 5, None, "cities")) == []
    assert claims(case("city", 2, None, "many"), case("city", 5, None, "many")) == [
        "it answers None wherever 'many' is right"
    ]


def test_arguments_are_exchanged_where_one_is_left_to_its_default_too(graded: Callable[..., Report]) -> None:
    source = (REPOSITORY / "solutions/exercise-02/decay.py").read_text(encoding="utf-8")
    exchanged = source.replace("horizon(rho: float, eps: float = 1e-3)", "horizon(eps: float, rho: float = 1e-3)")
    assert exchanged != source
    (found,) = graded("exercise-02", exchanged, known=False).explanations
    assert found.title == "horizon: `rho` and `eps` are exchanged"


def test_no_copies_are_made_where_a_loop_waits_for_a_change() -> None:
    taking = "def f(lst, k):\n    while CONDITION:\n        lst.pop()\n    return lst\n"
    for endless in ("lst", "len(lst) > k", "k < max(lst)"):
        assert reading_copies(taking.replace("CONDITION", endless), "f") is None
    assert reading_copies(taking.replace("CONDITION", "count < k"), "f") is not None
    assert reading_copies(taking.replace("CONDITION", "lst").replace("lst.pop()", "lst.pop(); break"), "f") is not None


def test_what_a_case_refutes_is_not_asked_again_in_a_scope_with_it() -> None:
    asked: list[Case] = []

    def case(answer: float) -> Case:
        return Case(Asked(lambda program: None, Outcome(answer)), Called("f", (), {}), Outcome(1.0))

    def holds(case: Case) -> bool:
        asked.append(case)
        return case.answer.value != 3.0

    def unasked(call: Called) -> Outcome:
        raise AssertionError(call)

    two, three = case(2.0), case(3.0)
    probe = Probe("f", "", [two, three], [], unasked, unasked, unasked, lambda source: pytest.fail(source))
    claim = Claim("it is so", "", holds)
    which = arguments_permuted, 0
    assert not _still_confirmed(claim, probe, which)
    assert asked == [two, three]
    assert not _still_confirmed(claim, probe.within([three]), which)
    assert asked == [two, three]
    assert _still_confirmed(claim, probe.within([two]), which)
    assert not _still_confirmed(claim, probe.within([three]), (arguments_permuted, 1))
    assert asked == [two, three, two, three]


def test_a_count_that_is_one_off_is_no_approximation(gradecheck: Command) -> None:
    """Of 52731 for 52730 four digits are right; but nothing on the way was only nearly right."""
    file = gradecheck.folder / "decay.py"
    file.write_text("""\
import numpy as np


def decay_table(rhos, horizons):
    return rhos[:, None] ** horizons[None, :]


def horizon(rho, eps=1e-3):
    if rho <= 0 or rho >= 1 or eps <= 0:
        raise ValueError("no")
    t = int(np.log(eps) / np.log(rho)) + 1
    if t > 1000:
        t = t + 1
    return max(t, 0)
""")
    report = gradecheck("run", "exercise-02", file, "--json", "--explain", "thorough").report
    assert [(each["kind"], each["line"]) for each in report["explanations"]] == [("line", 13)]
