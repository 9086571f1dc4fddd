"""Functions of a check's that a program calls: they stay with the judge, and whoever misuses them gets nothing."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
import pytest

from autograder.grading.agree import Agree
from autograder.sandbox.failures import ForeignObject, ProgramError, ProgramFailure, ProgramRefused, ProgramTimeout
from autograder.sandbox.linux.zygote import Zygote
from autograder.sandbox.program import Allowance, Program, ProgramProxy

FILE = "callers.py"
SOURCE = """
import functools

kept = []

def bisect(f, low, high):
    for _ in range(60):
        middle = (low + high) / 2
        low, high = (middle, high) if f(low) * f(middle) > 0 else (low, middle)
    return low

def apply(f, *arguments, **keywords):
    return f(*arguments, **keywords)

def twice(f):
    return lambda x: f(f(x))

def inc(x):
    return x + 1

def same(f):
    return f

def each(functions, x):
    return [f(x) for f in functions]

def logged(f):
    @functools.wraps(f)
    def inner(x):
        kept.append(x)
        return f(x)
    return inner

def tried(f, x):
    try:
        return f(x)
    except ZeroDivisionError as problem:
        return f"refused: {problem}"

def keep(f):
    kept.append(f)

def call_kept():
    return kept[-1](1)

def endless(f):
    f(1)
    return endless(f)

def again(f):
    while True:
        f(1)

def nested(f, depth):
    return f(depth)

def large(f):
    return f(bytearray(1 << 30))

def deep(f):
    value = []
    for _ in range(200):
        value = [value]
    return f(value)

def threads(f):
    from concurrent.futures import ThreadPoolExecutor
    with ThreadPoolExecutor(4) as pool:
        return sorted(pool.map(f, range(20)))
"""


def test_a_function_of_the_check_is_called_with_data_and_answers_with_it(program: ProgramProxy) -> None:
    assert program.bisect(lambda x: x * x * x - 5, 1.0, 2.0) == pytest.approx(5 ** (1 / 3))
    assert program.apply(math.hypot, 3.0, 4.0) == 5
    assert program.apply(np.cumsum, np.arange(4.0)).tolist() == [0, 1, 3, 6]
    assert program.apply(lambda a, *, b: {a, b}, 1, b=2) == {1, 2}
    assert program.each([abs, lambda x: x - 1, program.inc], -3) == [3, -4, -2]


def test_a_function_that_comes_back_can_be_called(program: ProgramProxy) -> None:
    def square(x: float) -> float:
        return x * x

    assert program.twice(square)(3) == 81
    assert program.twice(program.inc)(3) == 5
    assert program.logged(square).__name__ == "square"
    assert program.same(square) is square


def test_what_it_raises_is_raised_where_it_was_called(program: ProgramProxy) -> None:
    assert program.tried(lambda x: 1 / (x - 2), 2) == "refused: division by zero"
    with pytest.raises(ProgramError) as raised:
        program.apply(lambda x: [1, 2][x], 7)
    assert (raised.value.type, raised.value.message) == ("IndexError", "list index out of range")
    assert raised.value.lines[-1].text.strip() == "return f(*arguments, **keywords)"

    class Odd(ValueError):
        pass

    def refuse(x: float) -> float:
        raise Odd("not this one")

    with pytest.raises(ProgramError) as raised:
        program.apply(refuse, 1)
    assert raised.value.type == "Odd"
    assert "ValueError" in raised.value.bases


def test_a_function_may_ask_the_program_itself(program: ProgramProxy, loaded: Program) -> None:
    assert program.apply(lambda x: program.inc(x) * 2, 4) == 10
    loaded.remarks.calls.clear()
    program.apply(lambda x: program.inc(x), 1)
    assert [call.name for call in loaded.remarks.calls] == ["apply"]


def test_a_function_may_be_called_from_threads(program: ProgramProxy) -> None:
    assert program.threads(lambda x: x * 2) == [2 * x for x in range(20)]


def test_it_may_be_kept_until_it_is_forgotten(program: ProgramProxy, loaded: Program) -> None:
    program.keep(lambda x: x + 41)
    assert program.call_kept() == 42
    loaded.forget()
    with pytest.raises(ProgramFailure):
        program.call_kept()


def test_the_function_of_one_program_is_no_argument_of_another(program: ProgramProxy, zygote: Zygote) -> None:
    other = Program(zygote, "callers.py", SOURCE, Allowance(60.0))
    with pytest.raises(ForeignObject):
        program.twice(ProgramProxy(other).inc)
    other.close()


def test_endless_callbacks_end_in_time_and_cost_the_next_question_nothing(hanging: ProgramProxy) -> None:
    with pytest.raises(ProgramFailure) as ended:
        hanging.again(lambda x: x)
    assert isinstance(ended.value, ProgramTimeout | ProgramRefused)
    assert hanging.inc(1) == 2


def test_a_function_that_never_ends_for_what_it_is_given_is_ended(hanging: ProgramProxy) -> None:
    def halve(x: float) -> float:
        while x != 1:
            x = x / 2 if x > 1 else x
        return x

    with pytest.raises(ProgramTimeout):
        hanging.apply(halve, -1.0)
    assert hanging.inc(1) == 2


def test_calls_within_calls_end_before_the_judge_does(program: ProgramProxy) -> None:
    def down(depth: int) -> Any:
        return program.nested(down, depth + 1)

    with pytest.raises(ProgramError) as raised:
        program.nested(down, 0)
    assert raised.value.type == "RecursionError"
    assert program.apply(lambda n: program.nested(lambda k: k, n), 5) == 5


def test_recursion_that_ends_in_a_call_of_the_checks_breaks_no_exchange(program: ProgramProxy) -> None:
    for given in (1, [1.0] * 5, {"a": (1, 2)}):
        with pytest.raises(ProgramError) as raised:
            program.endless(lambda x, given=given: given)
        assert raised.value.type == "RecursionError"
        assert program.inc(1) == 2


@pytest.mark.parametrize("name", ["large", "deep"])
def test_arguments_that_are_too_much_never_reach_it(program: ProgramProxy, name: str) -> None:
    called = []
    with pytest.raises(ProgramFailure):
        getattr(program, name)(called.append)
    assert not called


def test_a_slip_in_a_function_of_the_check_is_no_agreement(zygote: Zygote) -> None:
    program = Program(zygote, "callers.py", SOURCE, Allowance(60.0))
    with pytest.raises(NameError, match="missing_name"):
        Agree(program, program)("apply", lambda x: missing_name + x, 1)  # type: ignore[name-defined]  # noqa: F821
    Agree(program, program)("tried", lambda x: 1 / x, 0)
    program.close()


def test_agree_asks_both_with_the_same_function(zygote: Zygote) -> None:
    programs = [
        Program(zygote, "steps.py", f"def step(f, x):\n    return x - {factor} * f(x)\n", Allowance(60.0))
        for factor in ("1", "1.0", "2")
    ]
    right, alike, wrong = programs
    Agree(alike, right)("step", lambda x: x / 4, x=8.0)
    with pytest.raises(AssertionError, match="4, and that is not the right number"):
        Agree(wrong, right)("step", lambda x: x / 4, x=8.0)
    for each in programs:
        each.close()
