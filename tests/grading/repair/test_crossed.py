"""Questions that are made of others keep to what these ask: what a word allows isn't asked of another word."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from autograder.grading.asking import Asked, Outcome
from autograder.grading.explaining.repair.crossed import crossed
from autograder.sandbox.program import Called


def made_of(*calls: tuple[Any, ...]) -> set[tuple[Any, ...]]:
    return {each.call.arguments for each in crossed([*map(_asked, calls)]) if each.call is not None}


def _asked(arguments: Sequence[Any]) -> Asked:
    call = Called("slope", tuple(arguments), {})
    return Asked(call.ask, Outcome(0.0), call=call)


def test_each_argument_comes_from_another_call() -> None:
    assert made_of((1.0, 5), (2.0, 6)) == {(1.0, 6), (2.0, 5)}


def test_what_is_asked_with_one_word_is_not_asked_with_another() -> None:
    assert made_of(("relu", 1.0), ("relu", 2.0), ("tanh", 0.0), ("tanh", 3.0)) == set()
    found = made_of(("relu", 1.0, 5), ("relu", 2.0, 6), ("tanh", 0.0, 7), ("tanh", 3.0, 8))
    assert ("relu", 1.0, 6) in found
    assert {name for name, z, _ in found if z in (0.0, 3.0)} == {"tanh"}


def test_words_that_come_once_are_asked_with_what_belongs_to_others() -> None:
    assert made_of(("banana", 1), ("xyz", 2)) == {("banana", 2), ("xyz", 1)}


def test_an_array_comes_from_another_call_where_it_fits_the_other_arguments() -> None:
    matrix, vector = np.full((2, 2), 1.0), np.full(2, 3.0)
    assert len(made_of_arrays((matrix, vector), (2 * matrix, 2 * vector))) == 4  # each of two, with two others
    larger, halves = np.ones((3, 3)), np.ones(3)
    assert made_of_arrays(({"W": matrix}, vector), ({"W": larger}, halves)) == []
    assert made_of_arrays((larger, halves), (larger, 2 * halves.astype("float32"))) == []


def made_of_arrays(*calls: tuple[Any, ...]) -> list[Asked]:
    return [*crossed([*map(_asked, calls)])]
