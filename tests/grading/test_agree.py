"""`agree` gives no verdict where the reference itself gives no answer."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing, nullcontext
from fractions import Fraction
from typing import Any

import numpy as np
import pytest

from autograder.grading.accidents import Accident, WaryAgree
from autograder.grading.agree import Agree, Disagreement, ReferenceFailed
from autograder.grading.asking import ask_program
from autograder.grading.compare import by_place, difference
from autograder.grading.tolerance import Tolerance
from autograder.sandbox.failures import ProgramFailure
from autograder.sandbox.linux.zygote import Zygote
from autograder.sandbox.program import Allowance, Program, ProgramProxy

Started = Callable[[str, float], Program]


@pytest.fixture
def started(zygote: Zygote) -> Iterator[Started]:
    with ExitStack() as stack:
        yield lambda source, call: stack.enter_context(closing(Program(zygote, "f.py", source, Allowance(call=call))))


ENDS = "import os\ndef f():\n    os._exit(0)\n"


HANGS = "def f(x):\n    while x < 0:\n        pass\n    return x\n"
REFUSES = "def f(x):\n    if x < 0:\n        raise ValueError(x)\n    return x\n"


def test_who_hangs_where_it_should_refuse_is_told_what_was_expected(started: Started) -> None:
    submission, reference = started(HANGS, 0.5), started(REFUSES, 60)
    with pytest.raises(
        AssertionError, match=r"longer than 0\.5 s .* line [23] of your file\. It should have raised a ValueError\."
    ):
        Agree(submission, reference, show=False)("f", -1)


def test_a_part_of_an_answer_is_never_told_as_all_of_it(started: Started) -> None:
    twice = "def f():\n    return [2.0 * np.arange(1.0, 4.0), 5]\n"
    once = "def f():\n    return [np.arange(1.0, 4.0), 4]\n"
    sources = (f"import numpy as np\n{each}" for each in (twice, once))
    submission, reference = (started(each, 60) for each in sources)
    with pytest.raises(AssertionError, match=r"at \[0\], .*; it is the right one times 2 throughout"):
        Agree(submission, reference, show=False)("f")


@pytest.mark.parametrize(
    ("body", "said"),
    [
        ("return 7", ""),
        ("return None", r"The arguments were left alone; the answer is what differs\. f: it returned None"),
        ("x[0] = 5.0\n    return 1", r"\AIt changed x in place\.\Z"),
        ("raise ValueError", "ValueError"),
    ],
)
def test_a_check_of_the_arguments_alone_takes_any_answer_but_none(started: Started, body: str, said: str) -> None:
    sources = (f"def f(x):\n    {each}\n" for each in (body, "return 1"))
    submission, reference = (started(each, 60) for each in sources)
    with pytest.raises((AssertionError, ProgramFailure), match=said) if said else nullcontext():
        Agree(submission, reference)("f", np.zeros(2), keep_arguments="only")


def test_what_is_kept_of_the_arguments_is_said_in_one_of_three_words() -> None:
    with pytest.raises(ValueError, match=r"keep_arguments='onyl'.*: it is True, False"):
        Agree(None, None)("f", keep_arguments="onyl")  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("answers", "said"),
    [
        ("[0, 9][:n]", r"\AIn the second value: 1 of 2 entries differ"),  # the first call is right but for its form
        ("[7, 9][:n]", r"\AIn the first value: largest difference 7"),  # whole numbers are as good, but not these
        ("[[1.0 * each] for each in range(n)]", r"\Af: .*shape"),
    ],
)
def test_a_form_that_a_check_leaves_free_is_never_what_is_wrong(started: Started, answers: str, said: str) -> None:
    sources = (f"import numpy as np\ndef f(n):\n    return {each}\n" for each in (answers, "1.0 * np.arange(n)"))
    submission, reference = (started(each, 60) for each in sources)
    with pytest.raises(AssertionError, match=said):
        Agree(submission, reference, show=False)(
            lambda program: tuple(np.asarray(program.f(n), dtype=float)[-2:] for n in (1, 2))
        )


@pytest.mark.parametrize(
    ("diagonal", "said"),
    [
        ((0.786448, 0.335979), "; only the diagonal agrees"),
        ((0.7864483, 0.3359786), "; only the diagonal agrees"),  # rounded, they are what is written
        ((0.786084, 0.335979), r"\Alargest difference 0\.61 at \[0, 1\], relative 1\.5\Z"),  # it passes, and isn't that
    ],
)
def test_what_is_said_of_entries_holds_of_the_digits_that_are_shown(diagonal: tuple[float, float], said: str) -> None:
    written = np.array([[0.786448, -0.393224], [0.16799, 0.335979]])
    answer = np.where(np.eye(2) > 0, np.diag(diagonal), 1.0 * (written > 0) * 0.5 - (written < 0))
    assert re.search(said, difference(answer, written, Tolerance(1e-3, 1e-6)) or "")


@pytest.mark.parametrize("answer", [[5.0, 4.0, 0.0, 0.0, 0.0], [5.0, 4.0, 2.0, 4.0, 6.0]])
@pytest.mark.filterwarnings("error::RuntimeWarning")
def test_what_is_said_of_all_entries_is_so_where_the_right_one_is_0(answer: list[float]) -> None:
    said = difference(np.array(answer), np.array([0.0, 0.0, 1.0, 2.0, 3.0]), Tolerance(1e-3, 1e-6))
    assert said
    assert "throughout" not in said


@pytest.mark.parametrize("expected", [1.0, np.inf, -np.inf, np.nan, 1e308])
@pytest.mark.parametrize("answer", [1.0, np.inf, -np.inf, np.nan, -1e308])
@pytest.mark.parametrize("tolerance", [Tolerance(), Tolerance(0.0, 0.0), Tolerance(10.0, 1.0)])
@pytest.mark.filterwarnings("error::RuntimeWarning")
def test_what_is_no_number_agrees_with_itself_alone(answer: float, expected: float, tolerance: Tolerance) -> None:
    agrees = difference(np.array([answer, 2.0]), np.array([expected, 2.0]), tolerance) is None
    with np.errstate(all="ignore"):
        assert agrees is bool(np.isclose(answer, expected, *tolerance.within("float64"), equal_nan=True))


def test_a_reference_that_crashes_as_the_submission_does_is_no_agreement(started: Started) -> None:
    submission, reference = (started(ENDS, 60) for _ in range(2))
    with pytest.raises(ReferenceFailed, match="ended its own process"):
        Agree(submission, reference, show=False)("f")


@pytest.mark.parametrize(
    ("made", "said"),
    [
        ("class V:\n    pass\ndef f():\n    return 1, V()\n", "type V, which equals .* within the question"),
        ("class V:\n    pass\ndef f():\n    return {(1, V())}\n", "type tuple, which equals .* within the question"),
        ("class V:\n    pass\ndef f():\n    return {V(): 1}\n", "type V, which equals .* within the question"),
        ("async def f():\n    return 1\n", "type coroutine, .*A check awaits nothing"),
    ],
)
def test_a_question_that_nobody_can_answer_is_the_course_s_fault(started: Started, made: str, said: str) -> None:
    for right, expected in ((made, None), ("def f():\n    return 1\n", started(made, 5))):
        submission, reference = started("def f():\n    return 1\n", 5), started(right, 5)
        given = {} if expected is None else {"expected": ProgramProxy(expected).f()}
        with pytest.raises(ReferenceFailed, match=said):
            Agree(submission, reference, show=False)("f", **given)


@pytest.mark.parametrize(
    ("clause", "value", "said"),
    [
        ("at [1], it is 3", [1, 3], "In the second value: it is 3"),
        ("at [4][0], it is 3", (0,) * 8, "In value 5 of 8: at [0], it is 3"),
        ('at ["relu, (3, 4)"], it is 3', {}, "For relu, (3, 4): it is 3"),
        ('at ["norm"][1], it is 3', {}, "For norm: at [1], it is 3"),
        ("it holds 2 values, expected 3", [1, 2], "It holds 2 values, expected 3"),
    ],
)
def test_a_value_that_a_check_put_together_with_others_is_named(clause: str, value: object, said: str) -> None:
    assert by_place(clause, value) == said


KEYED = """
import dataclasses
import enum


class Color(enum.Enum):
    RED = 1
    BLUE = 2


@dataclasses.dataclass(frozen=True)
class Place:
    x: int


class Sly:
    __hash__ = lambda self: hash(2)
    __eq__ = lambda self, other: True


def f():
    return {answer}
"""


@pytest.mark.parametrize(
    ("right", "wrong"),
    [
        ("{Color.RED: 1}", "{Color.BLUE: 1}"),
        ("{Color.RED: 1, Color.BLUE: 1}", "{Color.RED: 1}"),
        ("{Color.RED, 3}", "{Color.BLUE, 3}"),
        ("frozenset([Place(1)])", "frozenset([Place(2)])"),
        ("[{(1, Color.RED): Place(3)}]", "[{(1, Color.BLUE): Place(3)}]"),
        ("{2}", "{Sly()}"),
        ("{(1, 2)}", "{(1, Sly())}"),
        ("{(1, 2): 3}", "{(1, Sly()): 3}"),
        ("{Place(2)}", "{Place(Sly())}"),
        ("{frozenset([2])}", "{frozenset([Sly()])}"),
    ],
)
def test_objects_as_keys_and_members_count_by_what_they_are(started: Started, right: str, wrong: str) -> None:
    reference, same, other = (started(KEYED.replace("{answer}", answer), 5) for answer in (right, right, wrong))
    Agree(same, reference)("f")
    with pytest.raises(Disagreement):
        Agree(other, reference)("f")


def test_a_question_that_is_never_awaited_is_told_as_that(started: Started) -> None:
    program = started("async def f():\n    yield 1\n", 5)

    async def ask(program: ProgramProxy) -> list[object]:
        return [each async for each in program.f()]

    with pytest.raises(Accident, match=r"type coroutine, .*A check awaits nothing"):
        WaryAgree(program, program, show=False)(ask)


def test_a_question_of_a_loop_is_asked_again_as_it_was_asked(started: Started) -> None:
    program = started("def f(n):\n    return n\n", 60)
    agree = Agree(program, program)

    def of(program: ProgramProxy, times: int = 2) -> int:
        return n * times * program.f(n)

    for n in (1, 3, 5):
        agree(lambda program: of(program))
        agree.that(lambda program: program.f(n), lambda answer: answer == n, "It is n.")  # noqa: B023
    assert [ask_program(each.ask, program).value for each in agree.asked[::2]] == [2, 18, 50]
    assert [each.accept(each.outcome.value) for each in agree.asked[1::2] if each.accept] == [True] * 3


def test_questions_of_one_check_share_what_they_count(started: Started) -> None:
    program = started("def f(g):\n    return g() + g()\n", 60)
    agree, calls = Agree(program, program), 0

    def counted() -> int:
        nonlocal calls
        calls += 1
        return 1

    agree.that(lambda program: (program.f(counted), calls), lambda pair: pair == (2, 2), "It calls twice.")
    assert calls == 2
    assert ask_program(agree.asked[0].ask, program).value == (2, 2)


def test_a_list_in_a_generators_place_is_told_by_its_items_where_a_check_goes_through_them(started: Started) -> None:
    sources = ("def f():\n    return [1, 2]\n", "def f():\n    yield from (1, 2, 3)\n")
    submission, reference = (started(each, 60) for each in sources)
    with pytest.raises(AssertionError, match=r"2 values, expected 3"):
        Agree(submission, reference)(lambda program: sorted(program.f()))
    with pytest.raises(AssertionError, match="expected a generator"):
        Agree(submission, reference)("f")


@pytest.mark.parametrize("size", [Fraction(1, 100), np.float32(0.01), np.int64(1)])
def test_a_tolerance_is_any_kind_of_number(started: Started, size: Any) -> None:
    sources = (f"import numpy as np\ndef f():\n    return np.array([{each}])\n" for each in (1.001, 1.0))
    submission, reference = (started(each, 60) for each in sources)
    Agree(submission, reference)("f", rtol=size)
