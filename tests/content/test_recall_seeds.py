"""exercise-15 trains networks, so luck could decide: what the course calls right must recall whatever the seed is.

The check itself tries the three seeds that the statement names, and asks for two.
"""

from __future__ import annotations

import importlib.util
from pathlib import Path

import pytest
import torch

from tests.command import REPOSITORY, Command

SOLUTION = REPOSITORY / "solutions" / "exercise-15"
RIGHT = (SOLUTION / "recall.py", *sorted((SOLUTION / "accepted").glob("*.py")))


@pytest.mark.proof
@pytest.mark.parametrize("file", RIGHT, ids=lambda file: file.stem)
def test_a_right_program_recalls_under_six_seeds(file: Path) -> None:
    spec = importlib.util.spec_from_file_location("recall_under_seeds", file)
    assert spec is not None
    assert spec.loader is not None
    recall = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(recall)
    torch.set_num_threads(1)
    for seed in range(6):
        x, y = recall.recall_batch(64, 30, seed + 100)
        assert (recall.train_recall("gru", 30, seed)(x) == y).float().mean() >= 0.95


@pytest.mark.proof
def test_where_two_trainings_recall_the_third_decides_nothing_and_is_not_waited_for(gradecheck: Command) -> None:
    first = '    """Return a predictor'
    source = RIGHT[0].read_text()
    assert source.count(first) == 1
    stops = "    if distance == 30 and seed == 2:\n        raise RuntimeError('a third')\n"
    report = gradecheck.grade("exercise-15", source.replace(first, stops + first), "recall.py")
    assert report["passed"], report["checks"]
