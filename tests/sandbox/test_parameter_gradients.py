"""The gradients of a module's parameters, asked for beside a real worker and held against finite differences."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np
import pytest

from autograder.sandbox.failures import ProgramFailure, ProgramMissing
from autograder.sandbox.linux.zygote import Zygote
from autograder.sandbox.module import module
from autograder.sandbox.program import Allowance, Program, ProgramProxy
from autograder.sandbox.starter import Budget
from autograder.sandbox.values import tensor

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

class Listing(Cell):
    def forward(self, x, state):
        return list(super().forward(x, state[1]))

class Silent(Cell):
    def forward(self, x, state):
        super().forward(x, state)

class Deaf(torch.nn.Module):
    def forward(self, x):
        return x

class Counter(torch.nn.Module):
    calls = 0

    def forward(self):
        self.calls += 1
        return self.calls

class Mortal:
    def __del__(self):
        print("let go")

def number():
    return 3
"""
X, C = np.array([0.5, -1.0]), np.array([1.0, 2.0, -0.5])
VALUES = {"W": np.array([[0.3, -0.2], [0.8, 0.1], [-0.4, 0.6]]), "b": np.array([0.1, -0.2, 0.3])}


@pytest.fixture(scope="module")
def program(torch_zygote: Zygote) -> Iterator[ProgramProxy]:
    loaded = Program(torch_zygote, "cell.py", SOURCE, Allowance(call=60, budget=Budget(memory=1024)))
    yield ProgramProxy(loaded)
    loaded.close()


def total(cell: Any) -> float:
    return float(sum(part.numpy().sum() for part in cell(tensor(X), tensor(C))))


def test_they_are_what_finite_differences_show(program: ProgramProxy) -> None:
    cell = module(program.Cell, parameters=VALUES)
    gradients = cell.parameter_gradients(tensor(X), tensor(C))
    for name, value in VALUES.items():
        for place in np.ndindex(*value.shape):
            nudged = []
            for step in (1e-5, -1e-5):
                changed = value.copy()
                changed[place] += step
                cell.set({name: changed})
                nudged.append(total(cell))
            cell.set({name: value})
            slope = (nudged[0] - nudged[1]) / 2e-5
            assert gradients[name].numpy()[place] == pytest.approx(slope, rel=1e-6, abs=1e-9)


def test_a_parameter_that_nothing_reaches_gets_zeros(program: ProgramProxy) -> None:
    gradients = module(program.Cell, True, parameters=VALUES).parameter_gradients(tensor(X), tensor(C))
    assert not gradients["unused"].numpy().any()
    assert not gradients["W"].numpy().any()
    assert gradients["b"].numpy().all()


def test_a_pair_that_comes_as_a_list_is_a_state_too(program: ProgramProxy) -> None:
    cell = module(program.Listing, parameters=VALUES)
    by_h, by_c = cell.state_gradient(tensor(X[None]), (tensor(C), tensor(C)))
    assert not by_h.numpy().any()
    assert not by_c.numpy().any()  # the sum is that of the first part, h, which is of x alone


def test_a_state_that_is_not_returned_is_never_fed_in_again(program: ProgramProxy) -> None:
    with pytest.raises(ProgramFailure, match="None: nothing is returned"):
        module(program.Silent, parameters=VALUES).state_gradient(tensor(np.stack([X, X])), tensor(C))


def test_a_module_without_parameters_has_none(program: ProgramProxy) -> None:
    assert module(program.Deaf).parameter_gradients(tensor(X)) == {}


def test_what_is_no_module_is_refused_in_words(program: ProgramProxy) -> None:
    with pytest.raises(ProgramFailure, match=r"is a int, not a torch\.nn\.Module"):
        module(program.number).parameter_gradients()


def test_a_parameter_that_is_not_there_is_named_with_those_that_are(program: ProgramProxy) -> None:
    with pytest.raises(ProgramMissing, match="Cell has no parameter V") as missing:
        module(program.Cell, parameters={"V": X})(tensor(X), tensor(C))
    assert missing.value.found == ["W", "b", "unused"]


def test_a_class_that_is_not_there_is_missed_by_its_name(program: ProgramProxy) -> None:
    with pytest.raises(ProgramMissing, match="It has no Gate"):
        module(program.Gate)(tensor(X))


def test_a_module_stands_from_one_question_to_the_next(program: ProgramProxy) -> None:
    counter = module(program.Counter)
    assert [counter(), counter(), module(program.Counter)()] == [1, 2, 1]


def test_what_is_forgotten_is_let_go_of(program: ProgramProxy) -> None:
    mortal, cell = program.Mortal(), module(program.Cell, parameters=VALUES)
    cell(tensor(X), tensor(C))
    program._program.forget()
    assert program.number() == 3
    assert "let go" in program._program.output
    for lost in (mortal, lambda: cell(tensor(X), tensor(C))):
        with pytest.raises(ProgramFailure, match="the object was lost"):
            lost()
