"""A command that is forked from the warm interpreter is one that a shell starts: it says the same, and ends alike."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

import pytest

from tests.command import GRADECHECK, REPOSITORY, WARM
from tests.handing_in import DRILL_ANSWERS
from tests.warm import WarmInterpreter


@pytest.fixture(scope="module")
def warm() -> WarmInterpreter:
    return WarmInterpreter()


@pytest.mark.parametrize(
    ("arguments", "typed", "code"),
    [
        (["list"], "", 0),
        (["run", "exercise-02", "nowhere.py"], "", 2),
        (["quiz", "products", "--seed", "7"], "a\n", 1),
        (["--lista"], "", 2),
    ],
)
def test_it_says_the_same_and_ends_alike(
    warm: WarmInterpreter, small_course: Path, arguments: list[str], typed: str, code: int
) -> None:
    command = [str(GRADECHECK), "--course", "course", *arguments]
    folder = small_course.parent
    ended = []
    for record in ("forked", "started"):
        environment = {**os.environ, "GRADECHECK_DATA": str(folder / record), "COLUMNS": "70"}
        assert warm.can_give(environment)
        if record == "forked":
            done = warm.run(command, folder, environment, typed, 120)
        else:
            done = subprocess.run(command, cwd=folder, env=environment, input=typed, capture_output=True, text=True)
        ended.append((done.returncode, done.stdout, done.stderr, (folder / record / "progress.db").exists()))
    assert ended[0] == ended[1]
    assert ended[0][0] == code


def test_the_tests_own_commands_are_forked() -> None:
    """Also where the shell that started pytest sets what conftest.py takes away."""
    assert WARM.can_give(os.environ)


def test_one_that_takes_too_long_is_ended(warm: WarmInterpreter, tmp_path: Path) -> None:
    (tmp_path / "answers.yaml").write_text(DRILL_ANSWERS)
    command = [str(GRADECHECK), "--course", str(REPOSITORY), "run", "exercise-01", "answers.yaml", "--watch"]
    environment = {**os.environ, "GRADECHECK_DATA": str(tmp_path / "data")}
    with pytest.raises(subprocess.TimeoutExpired):
        warm.run(command, tmp_path, environment, "", 0.1)


def test_what_an_interpreter_reads_at_its_start_can_not_be_given(warm: WarmInterpreter) -> None:
    assert not warm.can_give({**os.environ, "PYTHONIOENCODING": "cp1252"})
    assert not warm.can_give({**os.environ, "LC_ALL": "de_DE.UTF-8"})
