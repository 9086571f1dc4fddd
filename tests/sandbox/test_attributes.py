"""Setting attributes of what stays behind the wall: sent to the object, or refused aloud."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pytest

from autograder.grading.agree import Agree, Recorded
from autograder.sandbox.failures import ProgramError
from autograder.sandbox.linux.zygote import Zygote
from autograder.sandbox.module import module
from autograder.sandbox.program import Allowance, Program, ProgramProxy

DIAL = """
class Dial:
    __slots__ = ("_level", "other")

    @property
    def level(self):
        return self._level

    @level.setter
    def level(self, value):
        if value is None:
            raise ValueError("a number, please")
        self._level = value
"""


@pytest.fixture(scope="module")
def program(zygote: Zygote) -> Iterator[Program]:
    program = Program(zygote, "dial.py", DIAL, Allowance(60.0))
    yield program
    program.close()


def test_what_is_set_arrives_where_the_object_is(program: Program) -> None:
    one, two = (ProgramProxy(program).Dial() for _ in range(2))
    one.level = 5
    one.level += 2
    two.level = np.arange(3.0)
    two.other = one
    assert one.level == 7
    assert two.level.tolist() == [0, 1, 2]
    assert two.other.level == 7


@pytest.mark.parametrize(("name", "value", "kind"), [("level", None, "ValueError"), ("another", 1, "AttributeError")])
def test_what_setting_raises_is_raised_here(program: Program, name: str, value: object, kind: str) -> None:
    dial = ProgramProxy(program).Dial()
    with pytest.raises(ProgramError) as raised:
        setattr(dial, name, value)
    assert raised.value.type == kind


def test_nothing_that_is_set_is_dropped(program: Program) -> None:
    proxy = ProgramProxy(program)
    for level, owner in enumerate((proxy, Recorded(Agree(program, None), program))):
        owner.level = level
        assert owner.level == level
        with pytest.raises(AttributeError):
            owner.__level = 5
    with pytest.raises(AttributeError):
        module(proxy.Dial).level = 5
    proxy.Dial.other_level = 5
    assert proxy.Dial.other_level == 5
