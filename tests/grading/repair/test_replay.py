"""A check's own function that is given a version's answers: it can't harm the judge that runs it."""

from __future__ import annotations

import resource
from contextlib import closing
from typing import Any

import numpy as np
import pytest

from autograder.grading.asking import Asked, tried
from autograder.grading.explaining.evidence import Part
from autograder.grading.explaining.repair.replay import replayed
from autograder.sandbox.bench import Came
from autograder.sandbox.linux.zygote import Zygote
from autograder.sandbox.program import Allowance, Program


def test_what_a_check_makes_of_a_strange_answer_has_bounded_memory(zygote: Zygote) -> None:
    bounds = []

    def products(program: Any) -> Any:
        row = program.ones(3)
        bounds.append(resource.getrlimit(resource.RLIMIT_AS)[0])
        return row.T @ row

    source = "import numpy as np\ndef ones(n):\n    return np.ones((n, 1))\n"
    with closing(Program(zygote, "a.py", source, Allowance(60.0))) as model:
        asked = Asked(products, tried(products, model))
        ((call, question),) = replayed(model, Part("square", asked, passed=False))
        assert call.name == "ones"
        assert question.accepts(Came(np.ones((3, 1)))) == (True,)
        assert question.accepts(Came(np.ones((1, 3)))) == (False,)
    assert resource.RLIM_INFINITY not in bounds[2:]
    assert resource.getrlimit(resource.RLIMIT_AS)[0] not in bounds[2:]


def test_a_check_that_a_strange_answer_keeps_busy_for_ever_is_ended(
    zygote: Zygote, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("autograder.grading.endless.LONGEST", 0.2)

    def counted(program: Any) -> int:
        found = 0
        for _ in range(program.many(3)):
            found += 1
        return found

    source = "def many(n):\n    return n\n"
    with closing(Program(zygote, "a.py", source, Allowance(60.0))) as model:
        asked = Asked(counted, tried(counted, model))
        ((_, question),) = replayed(model, Part("counted", asked, passed=False))
        assert question.accepts(Came(3)) == (True,)
        assert question.accepts(Came(1 << 60)) == (False,)


def test_a_call_that_comes_twice_is_asked_once_and_answered_alike_in_both_places(zygote: Zygote) -> None:
    source = "def drawn(seed):\n    return seed * 3 % 7\n"
    with closing(Program(zygote, "a.py", source, Allowance(60.0))) as model:

        def ask(program: Any) -> tuple[int, int, int]:
            return program.drawn(1), program.drawn(2), program.drawn(1)

        asked = Asked(ask, tried(ask, model), accept=lambda each: each[0] == each[2] != each[1])
        found = [(call.arguments, question) for call, question in replayed(model, Part("seeds", asked, passed=False))]
        assert [arguments for arguments, _ in found] == [(1,), (2,)]
        assert found[0][1].accepts(Came(5)) == (True,)
        assert found[0][1].accepts(Came(6)) == (False,)
