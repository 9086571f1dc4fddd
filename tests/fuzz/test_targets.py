"""The targets that are fuzzed hold for what fuzzing starts from, and for every part and change of it that is cheap."""

from __future__ import annotations

import random

import pytest

from tests.fuzz.targets import SEEDS, TARGETS, wire


@pytest.mark.parametrize("name", TARGETS)
def test_seeds_cut_and_changed(name: str) -> None:
    random_numbers = random.Random(name)
    for seed in SEEDS[name]:
        TARGETS[name](seed)
        for _ in range(8):
            start = random_numbers.randrange(len(seed) + 1)
            TARGETS[name](seed[:start])
            TARGETS[name](seed[:start] + random_numbers.randbytes(3) + seed[start + 2 :])


def test_a_target_raises_where_there_is_a_fault(monkeypatch: pytest.MonkeyPatch) -> None:
    def faulty(*arguments: object) -> None:
        raise KeyError

    monkeypatch.setattr("tests.fuzz.targets.parse", faulty)
    with pytest.raises(KeyError):
        wire(SEEDS["wire"][0])
