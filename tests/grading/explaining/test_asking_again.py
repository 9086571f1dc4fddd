"""A check's question that is asked again computes within bounds, whatever a program answers to it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from typing import Any

import numpy as np
import pytest

from autograder.grading.asking import Ask, Unusable, is_same
from autograder.grading.explaining.asking_again import accepted, tried_again
from autograder.sandbox.linux.zygote import Zygote
from autograder.sandbox.program import Allowance, Program

SOURCE = "import numpy as np\ndef many(n):\n    return n\ndef column(n):\n    return np.ones((n, 1))\n"


@pytest.fixture(scope="module")
def program(zygote: Zygote) -> Iterator[Program]:
    with closing(Program(zygote, "a.py", SOURCE, Allowance(60.0))) as program:
        yield program


def endless(answer: int) -> bool:
    found = 0
    for _ in range(answer):
        found += 1
    return found > 0


def test_a_question_without_an_end_is_of_no_use(program: Program, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("autograder.grading.endless.LONGEST", 0.2)
    assert isinstance(tried_again(lambda each: endless(each.many(1 << 60)), program).failure, Unusable)
    assert tried_again(lambda each: endless(each.many(3)), program).value is True
    assert not accepted(endless, 1 << 60)
    assert accepted(endless, 3)


def test_a_question_that_fills_the_machine_is_of_no_use(program: Program) -> None:
    def squared(each: Any) -> float:
        column = each.column(60_000)
        return float((column - column.T).sum())

    assert isinstance(tried_again(squared, program).failure, Unusable)
    assert not accepted(lambda column: bool((column == column.T).all() or True), np.ones((60_000, 1)))


def asked_with(value: Any) -> Ask:
    def inner(each: Any) -> Any:
        return each.many(value)

    return lambda each: [inner(each)]


def asked_otherwise(value: Any) -> Ask:
    return lambda each: each.column(value)


def around_itself() -> Ask:
    def again(each: Any) -> Any:
        return again(each)

    return again


def test_two_questions_are_one_where_their_code_and_all_around_it_are_alike() -> None:
    assert is_same(asked_with(np.arange(3)), asked_with(np.arange(3)))
    assert is_same(asked_with({"a": [1.5]}), asked_with({"a": [1.5]}))
    assert not is_same(asked_with(np.arange(3)), asked_with(np.arange(3.0)))
    assert not is_same(asked_with(np.arange(3)), asked_with(np.arange(4)))
    assert not is_same(asked_with(1), asked_otherwise(1))
    assert not is_same(asked_with(iter(n for n in "ab")), asked_with(iter(n for n in "ab")))
    assert is_same(asked_with(asked_with(2)), asked_with(asked_with(2)))
    assert not is_same(asked_with(asked_with(2)), asked_with(asked_with(3)))
    assert not is_same(around_itself(), around_itself())
