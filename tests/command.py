"""`gradecheck` as a user starts it: a process of its own, on the real course, with a record of its own."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.warm import WarmInterpreter

REPOSITORY = Path(__file__).resolve().parents[1]
GRADECHECK = Path(sys.executable).with_name("gradecheck")
#: Where the proofs of whole courses are kept: what hasn't changed since an earlier run is not proved again.
PROOFS = Path(sys.prefix) / "proofs-of-tests"
WARM = WarmInterpreter()
#: After which a command is taken to hang.
_SECONDS = 900


@dataclass(frozen=True)
class Finished:
    """A finished command: exit code and what it printed."""

    code: int
    out: str
    err: str

    @property
    def report(self) -> dict[str, Any]:
        loaded: dict[str, Any] = json.loads(self.out)
        return loaded


class Command:
    """Runs gradecheck as a user would, with a record of its own; forked from a warm interpreter where that can be."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def __call__(
        self, *arguments: str | Path, course: Path = REPOSITORY, typed: str = "", **environment: str
    ) -> Finished:
        """Run it to its end. It reads what is `typed`, and then the end of the file."""
        command = [str(each) for each in (GRADECHECK, "--course", course, *arguments)]
        environment = {**os.environ, "GRADECHECK_DATA": str(self.folder / "data"), **environment}
        if WARM.can_give(environment):
            done = WARM.run(command, self.folder, environment, typed, _SECONDS)
        else:
            done = subprocess.run(
                command, cwd=self.folder, env=environment, input=typed, capture_output=True, text=True, timeout=_SECONDS
            )
        return Finished(done.returncode, done.stdout, done.stderr)

    def grade(self, exercise: str, source: str | bytes, name: str | None = None) -> dict[str, Any]:
        """The JSON report on a source that is written to a file first."""
        names = {"exercise-01": "answers.yaml", "exercise-04": "tanh_jacobian.py", "exercise-12": "gru_cell.py"}
        file = self.folder / (name or names[exercise])
        file.write_bytes(source if isinstance(source, bytes) else source.encode())
        done = self("run", exercise, file, "--json")
        assert done.code in (0, 1), done.err
        report = done.report
        assert report["passed"] == (done.code == 0)
        return report
