"""What tests of the wall start with: the program that a module writes into SOURCE."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from autograder.sandbox.linux.zygote import Zygote
from autograder.sandbox.program import Allowance, Program, ProgramProxy


@pytest.fixture
def loaded(request: pytest.FixtureRequest, zygote: Zygote) -> Iterator[Program]:
    """The module's SOURCE, called FILE; a call of it has the time that a busy machine may need."""
    program = Program(zygote, request.module.FILE, request.module.SOURCE, Allowance(call=60))
    yield program
    program.close()


@pytest.fixture
def hanging(request: pytest.FixtureRequest, zygote: Zygote) -> Iterator[ProgramProxy]:
    """The same for what never ends: nobody need wait for it long."""
    program = Program(zygote, request.module.FILE, request.module.SOURCE, Allowance(call=5))
    yield ProgramProxy(program)
    program.close()


@pytest.fixture
def program(loaded: Program) -> ProgramProxy:
    return ProgramProxy(loaded)
