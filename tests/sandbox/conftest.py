"""What tests of the wall start with: the program that a module writes into SOURCE."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from autograder.sandbox.linux.zygote import Zygote
from autograder.sandbox.program import Allowance, Program, ProgramProxy


@pytest.fixture
def loaded(request: pytest.FixtureRequest, zygote: Zygote) -> Iterator[Program]:
    """The module's SOURCE, called FILE; a call of it may take SECONDS."""
    module = request.module
    program = Program(zygote, module.FILE, module.SOURCE, Allowance(call=module.SECONDS))
    yield program
    program.close()


@pytest.fixture
def program(loaded: Program) -> ProgramProxy:
    return ProgramProxy(loaded)
