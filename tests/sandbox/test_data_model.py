"""Objects behind the wall, used as a check uses its own: operations, data types, and what a program lies about."""

from __future__ import annotations

import copy
import datetime
import itertools
from collections.abc import Callable
from decimal import Decimal
from fractions import Fraction
from typing import Any

import numpy as np
import pytest

from autograder.grading.agree import Agree
from autograder.grading.asking import ask_program
from autograder.grading.compare import difference
from autograder.grading.tolerance import Equal, Tolerance
from autograder.sandbox import written
from autograder.sandbox.failures import ProgramError, ProgramFailure, ProgramMissing, ProgramRefused
from autograder.sandbox.linux.zygote import Zygote
from autograder.sandbox.program import Allowance, Program, ProgramProxy
from autograder.sandbox.values import Unpacking
from autograder.sandbox.wire import WireError, WrittenNode

FILE = "things.py"
SOURCE = """
import collections, dataclasses, enum, functools

LIMIT = 40
NAMES = ["ann", "bob"]
Pair = collections.namedtuple("Pair", "left right")

@dataclasses.dataclass
class Point:
    x: float
    y: float
    def norm(self):
        return (self.x ** 2 + self.y ** 2) ** 0.5

class Colour(enum.Enum):
    RED = 1

@functools.total_ordering
class Money:
    made = 0
    def __init__(self, cents):
        self.cents = cents
        Money.made += 1
    def __add__(self, other):
        return Money(self.cents + (other.cents if isinstance(other, Money) else other))
    __radd__ = __add__
    def __iadd__(self, other):
        self.cents += other
        return self
    def __mul__(self, k): return Money(self.cents * k)
    __rmul__ = __mul__
    def __neg__(self): return Money(-self.cents)
    def __abs__(self): return Money(abs(self.cents))
    def __eq__(self, other): return isinstance(other, Money) and self.cents == other.cents
    def __lt__(self, other): return self.cents < other.cents
    def __hash__(self): return hash(self.cents)
    def __bool__(self): return self.cents != 0
    def __str__(self): return f"{self.cents} ct"
    def __repr__(self): return f"Money({self.cents})"
    def __format__(self, spec): return f"<{spec}>"
    def __float__(self): return self.cents / 100
    @staticmethod
    def parse(text): return Money(int(text))
    @classmethod
    def nothing(cls): return cls(0)

class Shelf:
    def __init__(self): self.items, self.log = {}, []
    def __len__(self): return len(self.items)
    def __getitem__(self, key): return self.items[key]
    def __setitem__(self, key, value): self.items[key] = value
    def __delitem__(self, key): del self.items[key]
    def __contains__(self, key): return key in self.items
    def __iter__(self): return iter(self.items)
    def __enter__(self):
        self.log.append("in")
        return self
    def __exit__(self, kind, problem, trace):
        self.log.append(kind.__name__ if kind else "out")
        return kind is KeyError

class Liar:
    def __len__(self): return -1
    def __bool__(self): return 3
    def __str__(self): return 4
    def __hash__(self): return "x"
    def __eq__(self, other):
        while True: pass
    def __iter__(self):
        while True: yield 1

class Row(list):
    "Numbers."

    def total(self): return sum(self)

class Wide(Row):
    def total(self): return 2 * super().total()

class Spot(collections.namedtuple("Spot", "x y")):
    def moved(self): return Spot(self.x + 1, self.y)

def count(n):
    while n:
        yield n
        n -= 1

def forever():
    n = 0
    while True:
        yield n
        n += 1

def same(value): return value
def call(f, *arguments): return f(*arguments)
def red(): return Colour.RED
def kind(value): return type(value).__name__
def pair(a, b): return Pair(a, b)
"""


def test_operators_are_the_programs_own(program: ProgramProxy) -> None:
    five, two = program.Money(5), program.Money(2)
    assert (five + two).cents == 7
    assert (1 + five).cents == (five + 1).cents == 6
    assert (3 * five).cents == (np.int64(3) * five).cents == 15
    assert ((-five).cents, abs(-five).cents) == (-5, 5)
    assert five == program.Money(5)
    assert five != two
    assert two < five >= two
    assert [money.cents for money in sorted([five, two])] == [2, 5]
    assert max(two, five).cents == 5
    assert not program.Money(0)
    assert (str(five), repr(five), f"{five:x}", float(five)) == ("5 ct", "Money(5)", "<x>", 0.05)
    assert len({five, program.Money(5), two}) == 2
    five += 4
    assert five.cents == 9
    with pytest.raises(ProgramError) as raised:
        five @ two
    assert raised.value.type == "TypeError"


def test_a_container_is_used_as_one(program: ProgramProxy) -> None:
    shelf = program.Shelf()
    shelf["a"], shelf["b"] = [1], (2,)
    assert len(shelf) == 2
    assert shelf["b"] == (2,)
    assert "a" in shelf
    assert list(shelf) == ["a", "b"]
    del shelf["a"]
    assert [*shelf] == ["b"]
    with pytest.raises(ProgramError) as raised:
        shelf["z"]
    assert raised.value.type == "KeyError"


def test_slices_ranges_copies_and_classes(program: ProgramProxy) -> None:
    assert program.Row([1, 2, 3, 4])[1:3] == [2, 3]
    assert program.Row([1, 2, 3, 4])[::-2] == [4, 2]
    assert program.kind(range(3)) == "range"
    assert program.same(range(1, 9, 3)) == range(1, 9, 3)
    one = program.Shelf()
    other = copy.deepcopy(one)
    one["a"] = 1
    assert (len(one), len(other), len(copy.copy(one))) == (1, 0, 1)
    assert isinstance(program.Wide([1]), program.Row)
    assert not isinstance(one, program.Row)
    assert issubclass(program.Wide, program.Row)
    assert type(one).__name__ == "Shelf"
    assert type(one) is type(other)
    assert program.Wide([1, 2]).total() == 6
    assert program.Spot(1, 2).moved() == (2, 2)
    assert program.Row.__doc__ == "Numbers."


def test_with_enters_and_leaves(program: ProgramProxy) -> None:
    with program.Shelf() as shelf:
        shelf["a"] = 1
    with shelf:
        shelf["z"]
    with pytest.raises(ZeroDivisionError), shelf:
        1 / 0  # noqa: B018 - what it raises is the point
    assert shelf.log == ["in", "out", "in", "KeyError", "in", "ZeroDivisionError"]


def test_constants_statics_and_attributes_of_classes(program: ProgramProxy) -> None:
    assert program.LIMIT == 40
    assert isinstance(program.LIMIT, int)
    assert program.NAMES == ["ann", "bob"]
    assert program.Money.parse("12").cents == 12
    assert program.Money.nothing().cents == 0
    program.Money.made = 0
    program.Money(1)
    assert program.Money.made == 1
    with pytest.raises(ProgramMissing):
        program.CEILING + 1
    assert not hasattr(program.Money(1), "euros")


def test_what_is_raised_there_is_caught_as_ones_own(program: ProgramProxy) -> None:
    with pytest.raises(KeyError) as raised:
        program.Shelf()["z"]
    assert isinstance(raised.value, ProgramError)
    assert str(raised.value) == "It raised KeyError: 'z'"
    with pytest.raises(ValueError, match="invalid literal"):
        program.Money.parse("ten")


def test_items_are_taken_one_by_one(program: ProgramProxy) -> None:
    numbers = program.count(3)
    assert next(numbers) == 3
    assert list(numbers) == [2, 1]
    assert list(itertools.islice(program.forever(), 3)) == [0, 1, 2]
    with pytest.raises(StopIteration):
        next(numbers)


@pytest.mark.parametrize(
    ("value", "kind"),
    [
        ({1, "a", (2, 3)}, "set"),
        (frozenset({1.5}), "frozenset"),
        (b"\x00\xff", "bytes"),
        (bytearray(b"ab"), "bytearray"),
        (Fraction(-1, 3), "Fraction"),
        (Decimal("1.50"), "Decimal"),
        (datetime.date(2026, 2, 28), "date"),
        (datetime.datetime(2026, 2, 28, 1, 2, 3, 4, datetime.UTC), "datetime"),
        (datetime.timedelta(-1, 5, 7), "timedelta"),
        (datetime.time(1, 2), "time"),
        ({frozenset({1}): b"x", Fraction(1, 2): {2}}, "dict"),
    ],
)
def test_everyday_data_crosses_both_ways(program: ProgramProxy, value: Any, kind: str) -> None:
    assert program.kind(value) == kind
    back = program.same(value)
    assert (type(back), back) == (type(value), value)


def test_what_is_built_in_is_the_programs_own_there(program: ProgramProxy, capfd: pytest.CaptureFixture[str]) -> None:
    assert program.kind(ValueError) == "type"
    assert program.same(int) == int  # noqa: E721 - it stands for the type, and is none
    assert program.same(int)("42") == 42
    assert program.call(print, "to nobody here") is None
    assert "nobody" not in capfd.readouterr().out


@pytest.mark.parametrize("name", ["exec", "int"])
def test_nothing_built_in_comes_back_to_be_called(name: str) -> None:
    with pytest.raises(WireError):
        Unpacking(memoryview(b""), lambda node: node).value(WrittenNode(written.BUILT_IN, name))


def test_a_named_tuple_keeps_its_name(program: ProgramProxy) -> None:
    pair = program.pair(1, 2)
    assert (pair.left, pair[1], len(pair)) == (1, 2, 2)
    assert program.kind(pair) == "Pair"


@pytest.mark.parametrize(
    ("kind", "text"),
    [
        ("Fraction", "1e999999999"), ("Fraction", "1/0"), ("Fraction", "1" * 400 + "/1"), ("Decimal", "1E+999999999"),
        ("Decimal", "sNaN"), ("date", "yesterday"), ("builtin", "exex"), ("eval", "1"), ("bytes", "€"),
        ("timedelta", "9999999999,0,0"), ("timedelta", "999999999,99999,999999"),
    ],
)  # fmt: skip
def test_a_text_that_is_no_such_value_is_refused(kind: str, text: str) -> None:
    with pytest.raises(WireError):
        written.read(WrittenNode(kind, text))


@pytest.mark.parametrize("use", [len, bool, str, hash, list, lambda liar: liar == 1])
def test_an_object_that_lies_or_hangs_costs_its_own_question(
    hanging: ProgramProxy, use: Callable[[Any], object]
) -> None:
    with pytest.raises(ProgramFailure):
        use(hanging.Liar())
    assert hanging.same(1) == 1


def test_what_a_tampered_worker_gives_for_a_length_is_no_length(zygote: Zygote) -> None:
    source = (
        "from autograder.sandbox.inside import operations\n"
        "operations._OPERATIONS.update(len=lambda v: 1 << 80, bool=lambda v: 'yes', iter=lambda v: 5)\n"
        "class Thing: pass\n"
    )
    tampered = Program(zygote, "tampered.py", source, Allowance(60.0))
    for use in (len, bool, list):
        with pytest.raises(ProgramRefused):
            use(ProgramProxy(tampered).Thing())
    tampered.close()


def answers(zygote: Zygote, *sources: str) -> list[Any]:
    found = []
    for source in sources:
        program = Program(zygote, "answers.py", f"{SOURCE}\n{source}\n", Allowance(60.0))
        found.append(ask_program(lambda program: program.answer(), program).value)
        program.close()
    return found


@pytest.mark.parametrize(
    ("right", "alike", "wrong", "words"),
    [
        ("return {1, 2}", "return {2, 1}", "return [1, 2]", "it is a list of 2, expected a set"),
        ("return {0.3}", "return {0.1 + 0.2}", "return {0.4}", "lacks 1 of 1 members and has 1 that does not belong"),
        ("return count(3)", "yield from (3, 2, 1)", "yield from (3, 2)", "it gives 2 items, expected 3"),
        ("return forever()", "return forever()", "yield from (0, 2)", "in item 2"),
        ("return Point(1.0, 2)", "return Point(1, 2)", "return Point(1, 3)", "in its y, it is 3"),
        ("return [Point(1, 2)]", "return [Point(1, 2)]", "return [(1, 2)]", "expected a Point"),
        ("return Pair(1, 2)", "return Pair(1, 2)", "return (1, 2)", "expected a named tuple of the type Pair"),
        ("return Colour.RED", "return Colour(1)", "return 1", "it is the int 1, expected a Colour"),
        ("return range(3)", "return range(0, 3)", "return [0, 1, 2]", "it is a list of 3, expected a range"),
        ("return Wide([1, 2])", "return Row([1, 2])", "return [1, 3]", "at [1], it is 3"),
        ("return int", "return int", "return float", "in its __name__, it is the text"),
        ("return b'ab'", "return b'ab'", "return 'ab'", "it is the text 'ab', expected a bytes"),
    ],
)
def test_answers_are_compared_by_type_and_value(zygote: Zygote, right: str, alike: str, wrong: str, words: str) -> None:
    expected, same, other = answers(zygote, *(f"def answer():\n    {body}" for body in (right, alike, wrong)))
    assert difference(same, expected) is None
    assert words in (difference(other, expected) or "")


@pytest.mark.parametrize(
    ("answer", "expected", "verdicts"),
    [
        ([1, 2], (1, 2), {"usual", "lenient"}),
        (1, 1.0, {"usual", "lenient"}),
        (1.0, 1, {"lenient"}),
        (False, 0, {"lenient"}),
        (Fraction(1, 2), 0.5, {"lenient"}),
        (np.float64(2.0), 2.0, {"usual", "lenient"}),
        (np.arange(3), [0, 1, 2], {"lenient"}),
        (np.arange(3), np.arange(3.0), {"lenient"}),
        ({1}, frozenset({1}), {"lenient"}),
        ([1, (2,)], [1, (2,)], {"usual", "lenient", "strict"}),
        ([1, (2,)], [1, [2]], {"usual", "lenient"}),
        ("1", 1, set()),
        (float("nan"), float("nan"), {"usual", "lenient", "strict"}),
    ],
)
def test_the_one_rule_has_a_strict_and_a_lenient_form(answer: Any, expected: Any, verdicts: set[Equal]) -> None:
    forms: list[Equal] = ["usual", "lenient", "strict"]
    assert {form for form in forms if difference(answer, expected, Tolerance(equal=form)) is None} == verdicts


def test_agree_takes_the_form(zygote: Zygote) -> None:
    right, mine = (
        Program(zygote, "a.py", f"def numbers():\n    return {text}\n", Allowance(60.0))
        for text in ("(1, 2)", "[1, 2]")
    )
    Agree(mine, right)("numbers")
    with pytest.raises(AssertionError, match="its type is list, expected tuple"):
        Agree(mine, right)("numbers", equal="strict")
    right.close()
    mine.close()
