"""A check's own arithmetic has bounded memory, and what comes after it has not."""

from __future__ import annotations

import resource

import numpy as np
import pytest

from autograder.grading.bounded_memory import bounded_memory

MEBIBYTE = 1 << 20


def test_more_than_the_room_is_refused_and_the_bound_goes_away() -> None:
    before = resource.getrlimit(resource.RLIMIT_AS)
    with bounded_memory(64 * MEBIBYTE):
        assert np.ones(MEBIBYTE).sum() == MEBIBYTE
        with pytest.raises(MemoryError):
            np.ones((50_000, 1)) - np.ones((1, 50_000))
    assert resource.getrlimit(resource.RLIMIT_AS) == before
    assert len(bytearray(200 * MEBIBYTE)) == 200 * MEBIBYTE


def test_the_bound_goes_away_after_an_error() -> None:
    before = resource.getrlimit(resource.RLIMIT_AS)
    with pytest.raises(ZeroDivisionError), bounded_memory():
        1 / 0  # noqa: B018
    assert resource.getrlimit(resource.RLIMIT_AS) == before


def test_a_stricter_bound_stays() -> None:
    before, most = resource.getrlimit(resource.RLIMIT_AS)
    strict = 64 << 30
    resource.setrlimit(resource.RLIMIT_AS, (strict, most))
    try:
        with bounded_memory(128 << 30):
            assert resource.getrlimit(resource.RLIMIT_AS)[0] == strict
    finally:
        resource.setrlimit(resource.RLIMIT_AS, (before, most))
