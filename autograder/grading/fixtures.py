"""What an author's check may ask for, as pytest's fixtures: each hands out a part of the item's trial."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    import numpy as np

    from autograder.grading.agree import Agree, Recorded
    from autograder.grading.checking import Trial
    from autograder.sandbox.program import ProgramProxy

#: Where whoever runs an item puts its trial.
TRIAL: pytest.StashKey[Trial] = pytest.StashKey()


@pytest.fixture
def agree(request: pytest.FixtureRequest) -> Agree:
    """Lend what puts one question to the submission and to the reference, and fails where they differ."""
    return request.node.stash[TRIAL].agree  # type: ignore[no-any-return]  # a node is Any to pytest


@pytest.fixture
def submission(request: pytest.FixtureRequest) -> Recorded:
    """Lend the program that is graded."""
    return request.node.stash[TRIAL].submission  # type: ignore[no-any-return]


@pytest.fixture
def reference(request: pytest.FixtureRequest) -> ProgramProxy:
    """Lend the program that is right."""
    return request.node.stash[TRIAL].reference  # type: ignore[no-any-return]


@pytest.fixture
def rng(request: pytest.FixtureRequest) -> np.random.Generator:
    """Lend random numbers, drawn anew for each check and submission, and alike for the same."""
    return request.node.stash[TRIAL].rng  # type: ignore[no-any-return]
