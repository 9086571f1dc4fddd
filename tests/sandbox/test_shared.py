"""Known-wrong programs that share one worker behind the wall: each as if it were alone, and none with a submission."""

from __future__ import annotations

import pytest

from autograder.sandbox.failures import ProgramCrashed, ProgramTimeout
from autograder.sandbox.linux.shared import OneOfSeveral
from autograder.sandbox.linux.socket_connection import SocketConnection
from autograder.sandbox.linux.zygote import Zygote
from autograder.sandbox.program import Allowance, Program, ProgramProxy

SOURCE = """
import os, sys
import numpy as np
NAME = "one"
kept = []
def keep(x):
    kept.append(x)
    return len(kept)
def hang():
    while True:
        pass
def leave():
    os._exit(3)
def settings():
    import program
    return program.NAME, np.geterr()["over"], np.random.rand(), np.random.normal()
def name():
    return NAME
def modules():
    return sorted(name for name in sys.modules if name.startswith("answers"))
"""
STRICT = SOURCE.replace('"one"', '"two"').replace("kept = []", "kept = []\nnp.seterr(all='raise')\nnp.random.seed(1)")


def ask(zygote: Zygote, source: str = SOURCE, *, shares: bool = True, call: float = 30.0) -> ProgramProxy:
    return ProgramProxy(Program(zygote, "program.py", source, Allowance(call, trusted=shares, shares=shares)))


def process_of(program: ProgramProxy) -> int:
    """The pid, as the zygote sees it, of the worker that a program is in."""
    worker = program._program._worker
    assert worker is not None
    connection = worker._connection
    assert isinstance(connection, SocketConnection | OneOfSeveral)
    return (connection if isinstance(connection, SocketConnection) else connection._process.whole).process.pid


def test_each_finds_its_own_module_settings_and_random_numbers(zygote: Zygote) -> None:
    one, two, alone = ask(zygote), ask(zygote, STRICT), ask(zygote, shares=False)
    rounds = [(one.settings(), two.settings(), one.name()) for _ in range(4)]
    mine, theirs, _ = zip(*rounds, strict=True)
    assert [each[:2] for each in theirs] == [("two", "raise")] * 4
    assert theirs[0][2] == pytest.approx(0.417022004702574)
    # Of two normal numbers that numpy draws at a time, the second waits for the next question.
    assert list(mine) == [alone.settings() for _ in range(4)]
    alone_too = ask(zygote, STRICT, shares=False)
    assert list(theirs) == [alone_too.settings() for _ in range(4)]


def test_they_are_in_one_process_and_a_submission_is_not(zygote: Zygote) -> None:
    one, two, submission, reference = ask(zygote), ask(zygote), ask(zygote, shares=False), ask(zygote, shares=False)
    for program in (one, two, submission, reference):
        program.keep(1)
    assert process_of(one) == process_of(two)
    assert len({process_of(one), process_of(submission), process_of(reference)}) == 3


def test_it_has_taken_on_every_layer(zygote: Zygote) -> None:
    one, alone = ask(zygote), ask(zygote, shares=False)
    assert one.keep(1) == alone.keep(1)
    assert one._program.layers == alone._program.layers
    assert "seccomp" in one._program.layers


def test_one_that_dies_or_hangs_costs_the_others_nothing_but_a_new_start(zygote: Zygote) -> None:
    one, two = ask(zygote), ask(zygote, call=5.0)
    assert (one.keep(1), one.keep(1), two.keep(1)) == (1, 2, 1)
    with pytest.raises(ProgramCrashed, match="ended its own process"):
        two.leave()
    assert (one.keep(1), two.keep(1)) == (1, 1)
    with pytest.raises(ProgramTimeout) as ended:
        two.hang()
    assert ended.value.line in (10, 11)
    assert (one.keep(1), two.keep(1), one.keep(1)) == (1, 1, 2)


def test_one_that_is_closed_begins_anew_and_leaves_the_others_alone(zygote: Zygote) -> None:
    one, two = ask(zygote), ask(zygote)
    assert (one.keep(1), two.keep(1)) == (1, 1)
    one._program.close()
    assert (two.keep(1), one.keep(1)) == (2, 1)


def test_a_script_has_a_process_of_its_own(zygote: Zygote) -> None:
    one = ask(zygote, "import sys\nprint(input())\nsys.exit(1)\n")
    two = ask(zygote)
    assert two.keep(1) == 1
    assert one._program.script("hello", [], {}, []).text.splitlines() == ["hello"]
    assert two.keep(1) == 2
