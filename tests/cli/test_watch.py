"""`run --watch` in a process of its own: every way in which an editor saves, and files that are broken or gone."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import threading
from collections.abc import Iterator
from pathlib import Path
from queue import Queue
from typing import Any

import pytest

from tests.command import GRADECHECK, REPOSITORY

EXERCISE = "exercise-04"
RIGHT = (REPOSITORY / "solutions" / EXERCISE / "tanh_jacobian.py").read_text()
WRONG = RIGHT.replace("return ", "return 2 * ")
PATIENCE = 300.0


class Watched:
    """A running `gradecheck run --watch --json` and the reports that it prints."""

    def __init__(self, file: Path) -> None:
        self.file = file
        self.process = subprocess.Popen(
            [GRADECHECK, "--course", REPOSITORY, "run", EXERCISE, file, "--watch", "--json"],
            cwd=file.parent.parent,
            env={**os.environ, "GRADECHECK_DATA": str(file.parent.parent / "data")},
            stdout=subprocess.PIPE,
            text=True,
            start_new_session=True,
        )
        self.lines: Queue[str] = Queue()
        threading.Thread(target=self._read, daemon=True).start()

    def _read(self) -> None:
        assert self.process.stdout is not None
        for line in self.process.stdout:
            self.lines.put(line)

    def report(self) -> dict[str, Any]:
        """The next one that isn't of a file that is just being written: a busy machine may leave it empty for long."""
        while True:
            line = self.lines.get(timeout=PATIENCE)
            assert line.startswith("{"), line
            loaded: dict[str, Any] = json.loads(line)
            if " is empty. " not in loaded["checks"][0]["message"]:
                return loaded

    def put_in_place(self, text: str) -> None:
        """Save it as editors do that rename a new file over the old one, which is never half written."""
        new = self.file.with_name(f".{self.file.name}.swp")
        new.write_text(text)
        new.replace(self.file)

    def interrupt(self) -> int:
        """Ctrl-C, as a terminal sends it to the whole group."""
        os.killpg(self.process.pid, signal.SIGINT)
        return self.process.wait(PATIENCE)


@pytest.fixture
def watched(tmp_path: Path) -> Iterator[Watched]:
    folder = tmp_path / "work"
    folder.mkdir()
    file = folder / "tanh_jacobian.py"
    file.write_text(WRONG)
    running = Watched(file)
    yield running
    running.process.kill()
    running.process.wait()


def test_each_save_is_graded_whatever_the_editor_does(watched: Watched) -> None:
    assert not watched.report()["passed"]
    watched.file.write_text(RIGHT)
    assert watched.report()["passed"]
    watched.file.write_text("def tanh_jacobian(:\n")
    assert "syntax" in watched.report()["note"].lower()
    watched.put_in_place(RIGHT)
    assert watched.report()["passed"]
    watched.file.unlink()
    assert "is gone" in watched.lines.get(timeout=PATIENCE)
    watched.file.write_text(WRONG)
    assert not watched.report()["passed"]
    assert watched.interrupt() == 1


def test_a_save_that_changes_nothing_is_not_graded_and_ctrl_c_tells_the_last_result(watched: Watched) -> None:
    watched.report()
    watched.put_in_place(WRONG)
    (watched.file.parent / "notes.txt").write_text("another file")
    watched.put_in_place(RIGHT)
    assert watched.report()["passed"]
    assert watched.interrupt() == 0
    assert watched.lines.empty()
