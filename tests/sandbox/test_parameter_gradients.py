"""The gradients of a module's parameters, asked for beside a real worker and held against finite differences."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np
import pytest

from autograder.sandbox.failures import ProgramFailure
from autograder.sandbox.program import Allowance, Program, ProgramProxy, parameter_gradients, set_parameters
from autograder.sandbox.values import tensor
from autograder.sandbox.zygote import Budget, Zygote

SOURCE = """
import torch

class Cell(torch.nn.Module):
    def __init__(self, cut=False):
        super().__init__()
        self.cut = cut
        self.W = torch.nn.Parameter(torch.zeros(3, 2))
        self.b = torch.nn.Parameter(torch.zeros(3))
        self.unused = torch.nn.Parameter(torch.zeros(1))

    def forward(self, x, c):
        W = self.W.data if self.cut else self.W
        h = torch.tanh(x @ W.T + self.b)
        return h, c * h

class Deaf(torch.nn.Module):
    def forward(self, x):
        return x

def number():
    return 3
"""
X, C = np.array([0.5, -1.0]), np.array([1.0, 2.0, -0.5])
VALUES = {"W": np.array([[0.3, -0.2], [0.8, 0.1], [-0.4, 0.6]]), "b": np.array([0.1, -0.2, 0.3])}


@pytest.fixture(scope="module")
def program() -> Iterator[ProgramProxy]:
    with Zygote("torch") as zygote:
        loaded = Program(zygote, "cell.py", SOURCE, Allowance(call=20, budget=Budget(memory=1024)))
        yield ProgramProxy(loaded)
        loaded.close()


def total(cell: Any) -> float:
    return float(sum(part.numpy().sum() for part in cell(tensor(X), tensor(C))))


def test_they_are_what_finite_differences_show(program: ProgramProxy) -> None:
    cell = program.Cell()
    set_parameters(cell, VALUES)
    gradients = parameter_gradients(cell, tensor(X), tensor(C))
    for name, value in VALUES.items():
        for place in np.ndindex(*value.shape):
            nudged = []
            for step in (1e-5, -1e-5):
                changed = value.copy()
                changed[place] += step
                set_parameters(cell, {name: changed})
                nudged.append(total(cell))
            set_parameters(cell, {name: value})
            slope = (nudged[0] - nudged[1]) / 2e-5
            assert gradients[name].numpy()[place] == pytest.approx(slope, rel=1e-6, abs=1e-9)


def test_a_parameter_that_nothing_reaches_gets_zeros(program: ProgramProxy) -> None:
    cell = program.Cell(cut=True)
    set_parameters(cell, VALUES)
    gradients = parameter_gradients(cell, tensor(X), tensor(C))
    assert not gradients["unused"].numpy().any()
    assert not gradients["W"].numpy().any()
    assert gradients["b"].numpy().all()


def test_a_module_without_parameters_has_none(program: ProgramProxy) -> None:
    assert parameter_gradients(program.Deaf(), tensor(X)) == {}


def test_what_is_no_module_is_refused_in_words(program: ProgramProxy) -> None:
    with pytest.raises(ProgramFailure, match=r"It is a int, not a torch\.nn\.Module"):
        parameter_gradients(program.number())
