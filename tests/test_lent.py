"""A judge that is lent a warm zygote grades as one that started its own, and leaves nothing of its programs there."""

from __future__ import annotations

import json
import os
import signal
from collections.abc import Iterator
from contextlib import ExitStack, closing
from pathlib import Path
from typing import Any

import pytest

from autograder.course import CourseRoot, load_exercise
from autograder.grading.judge import Judge
from autograder.sandbox.inside.warmth import Warmth
from autograder.sandbox.layers import ALL, WITHOUT_BUBBLEWRAP
from autograder.sandbox.program import Allowance, Program, ProgramProxy
from tests.command import GRADECHECK, REPOSITORY
from tests.lent import Kept, Kind, lending
from tests.warm import OWN_ZYGOTE, WarmInterpreter

STARTS_ITS_OWN = True
COUNTS = "count = 0\n\n\ndef counted():\n    global count\n    count += 1\n    return count\n"


@pytest.fixture
def kept() -> Iterator[Kept]:
    with closing(Kept()) as zygotes, lending(zygotes.find, os.environ["PATH"]):
        yield zygotes


def judge(**how: Any) -> Judge:
    return Judge(load_exercise(CourseRoot.at(REPOSITORY), "exercise-04"), [], **how)


def test_the_next_judge_gets_the_same_zygote_and_none_of_its_programs(kept: Kept) -> None:
    of_each = []
    for _ in range(2):
        with judge() as one:
            one.warm_up()
            assert ALL.missing(one.layers) == []
            starter = one._starter(Warmth.NUMPY)
            of_each.append(starter._process.pid)  # type: ignore[attr-defined]
            with closing(Program(starter, "program.py", COUNTS, Allowance(60.0))) as program:
                assert [ProgramProxy(program).counted() for _ in range(2)] == [1, 2]
    assert of_each[0] == of_each[1]


def test_where_it_has_died_another_is_started(kept: Kept) -> None:
    zygote = kept.find(Kind(Warmth.NUMPY))
    zygote._process.send_signal(signal.SIGKILL)
    zygote._process.wait()
    with judge() as one:
        one.warm_up()
        assert one.layers


def test_other_layers_and_another_path_get_one_of_their_own(kept: Kept, monkeypatch: pytest.MonkeyPatch) -> None:
    lent = kept.find(Kind(Warmth.NUMPY))._process.pid
    with ExitStack() as judges:
        others = [judges.enter_context(judge(layers=WITHOUT_BUBBLEWRAP))]
        monkeypatch.setenv("PATH", f"{os.environ['PATH']}:/nowhere")
        others.append(judges.enter_context(judge()))
        pids = {each._starter(Warmth.NUMPY)._process.pid for each in others}  # type: ignore[attr-defined]
        assert len({lent, *pids}) == 3


def test_a_command_that_is_lent_one_says_the_same(tmp_path: Path) -> None:
    warm, said = WarmInterpreter(), []
    file = REPOSITORY / "docs/sample/tanh_jacobian.py"
    command = [str(GRADECHECK), "--course", str(REPOSITORY), "run", "exercise-04", str(file), "--json"]
    for own in ({OWN_ZYGOTE: "yes"}, {}, {}, {}):  # the first that wants one has it kept for those that follow
        environment = {**os.environ, "GRADECHECK_DATA": str(tmp_path), **own}
        report = json.loads(warm.run(command, tmp_path, environment, "", 120).stdout)
        for check in report["checks"]:
            check["seconds"] = 0
        said.append({**report, "seconds": 0})
    assert said[0]["isolation"] == ["bubblewrap", "landlock", "seccomp", "rlimits"]
    assert said[1:] == said[:1] * 3
