"""The plugin by which pytest's own command line runs an exercise's checks, for their author:

    pytest solutions/exercise-04/checks.py --submission FILE -k slope --pdb

Every pytest that runs where gradecheck is installed loads this module, so it imports nothing of gradecheck's until a
checks.py of a course is named. It must not know how the judge collects checks; both offer them the same fixtures.
"""

from __future__ import annotations

import os
from collections.abc import Generator, Iterable
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from autograder.grading.authored_run import AuthoredRun

_RUN: pytest.StashKey[AuthoredRun] = pytest.StashKey()


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add an option, where a user of pytest looks for options."""
    parser.getgroup("gradecheck").addoption(
        "--submission",
        metavar="FILE",
        help="put the checks in solutions/ID/checks.py of a gradecheck course to this program, not to the reference",
    )


@pytest.hookimpl(wrapper=True)
def pytest_load_initial_conftests(early_config: pytest.Config) -> Generator[None]:
    """Let a conftest.py import what stands beside it, whatever pytest's import mode."""
    files = list(_checks(early_config, early_config.known_args_namespace.file_or_dir))
    with ExitStack() as stack:
        if files:
            from autograder.grading.authored_run import AuthoredRun

            early_config.stash[_RUN] = run = AuthoredRun(early_config, files)
            stack.enter_context(run.beside())
        yield


def pytest_configure(config: pytest.Config) -> None:
    """Let the run take part from here on, if there is one."""
    run = config.stash.get(_RUN, None)
    if run is not None:
        from autograder.grading import fixtures

        config.pluginmanager.register(fixtures)
        config.pluginmanager.register(run)


def _checks(config: pytest.Config, arguments: Iterable[str]) -> Iterable[Path]:
    """Yield the files among the arguments that are checks of a course."""
    for argument in arguments:
        named = config.invocation_params.dir / argument.partition("::")[0]
        file = Path(os.path.abspath(named))  # noqa: PTH100 - as pytest names it, links unresolved
        exercise = file.parents[2] / "exercises" / file.parent.name / "exercise.yaml" if len(file.parents) > 2 else file
        if file.name == "checks.py" and file.parent.parent.name == "solutions" and exercise.is_file():
            yield file
