"""Every command that the documents show is run as they show it, in one folder and in the order of the text."""

from __future__ import annotations

import os
import re
import shlex
import signal
import subprocess
import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from tests.command import GRADECHECK, WARM
from tests.docs.checkout import check_out, write_what_is_left
from tests.docs.reading import DOCUMENTS, REPOSITORY, Step, has_commands, steps, tokens, unprinted

#: Seconds after which a command is taken to hang.
_PATIENCE = 300.0
#: What is not run here, and why.
NOT_RUN = {
    r"git clone\b": "needs the network",
    r"\S+ -m pip install torch\b": "needs the network; tests/fresh/test_wheel.py installs it",
    r"make\b": "installs a virtual environment, or runs all tests; CI runs `make check` and `make test-all`",
    r"(\S*/)?(python -m )?pytest\b": "would run this test again",
    r"python -m tests\.attacks\b": "takes minutes; tests/attacks/test_attacks.py grades them all",
    r"gradecheck batch\b.*--dask\b": "needs a cluster; tests/batch starts one",
    r"gradecheck validate$": "takes minutes; tests/content/test_proof.py runs it, and compares README.md's table",
}
#: Its commands are started as a shell starts them; those of the others, where a line is nothing else, are forked.
STARTED = "README.md"
#: What a person does with files before a command, where the text only tells it.
BEFORE: dict[str, Callable[[Path], None]] = {
    "gradecheck validate leaky-step": write_what_is_left,
    "gradecheck validate leaks": write_what_is_left,
}


@dataclass(frozen=True)
class Printed:
    """How a command ended, and what it printed."""

    code: int
    out: str
    err: str = ""

    def lacks(self, step: Step) -> str | None:
        """The quoted line that isn't there, or None. A page may leave out what goes to standard error."""
        if step.writes:
            return None
        views = (self.out, f"{self.err}{self.out}", f"{self.out}{self.err}")
        lacking = [unprinted(step.quoted, view.splitlines()) for view in views]
        return None if None in lacking else lacking[0]


@dataclass
class Shell:
    """A terminal whose folder and environment are a reader's own; `cd` lasts. `warm`: gradecheck alone is forked."""

    folder: Path
    warm: bool = True
    environment: dict[str, str] = field(init=False)

    def __post_init__(self) -> None:
        self._where = self.folder / ".where"
        self._here = self.folder
        self.environment = {
            **os.environ,
            "GRADECHECK_DATA": str(self.folder / "data"),
            "EDITOR": str(self.folder / "editor"),
            "HOME": str(self.folder),
            "COLUMNS": "80",
        }

    def run(self, step: Step) -> Printed:
        """Type a command, and whatever it asks for."""
        BEFORE.get(step.command, lambda here: None)(self._here)
        if self.warm and (words := _words(step.command)):
            command = [str(GRADECHECK), *words[1:]]
            done = WARM.run(command, self._here, self.environment, step.typed, _PATIENCE)
            return Printed(done.returncode, done.stdout, done.stderr)
        started = {
            "PATH": f"{GRADECHECK.parent}:{os.environ['PATH']}",
            "PYTHONPATH": str(REPOSITORY),
            "PYTHONUTF8": "1",
        }
        process = subprocess.Popen(
            ["bash", "-c", f"trap 'pwd > {self._where}' EXIT; {step.command}"],
            cwd=self._here,
            env=self.environment | started,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            encoding="utf-8",
            start_new_session=True,
        )
        if " --watch" in step.command:
            return _watch(process)
        out, err = process.communicate(step.typed, timeout=_PATIENCE)
        self._here = Path(self._where.read_text().strip())
        return Printed(process.returncode, out, err)


@pytest.mark.docs
@pytest.mark.parametrize("document", list(filter(has_commands, DOCUMENTS)))
def test_commands_do_what_the_document_says(document: str, tmp_path: Path) -> None:
    shell = Shell(check_out(tmp_path / "checkout"), warm=document != STARTED)
    for step in steps(document):
        if _reason(step.command) is None:
            printed = shell.run(step)
            said = f"{step.place}: {step.command}\n{printed.out}{printed.err}"
            assert printed.code == step.code, f"exits with {printed.code}, not {step.code}: {said}"
            lacking = printed.lacks(step)
            assert lacking is None, f"isn't printed there: {lacking}\n{said}"


@pytest.mark.parametrize("document", DOCUMENTS)
def test_commands_stand_in_fences(document: str) -> None:
    indented = [token.content for token in tokens(document) if token.type == "code_block"]
    unmarked = [token.content for token in tokens(document) if token.type == "fence" and not token.info.strip()]
    assert [text for text in indented + unmarked if re.search(r"^\$ |^(gradecheck|python) ", text, re.MULTILINE)] == []


def test_every_exception_is_needed() -> None:
    commands = [step.command for document in DOCUMENTS for step in steps(document)]
    assert [pattern for pattern in NOT_RUN if not any(re.match(pattern, command) for command in commands)] == []
    assert set(BEFORE) <= set(commands)
    assert any(_words(step.command) for step in steps(STARTED))


def test_a_line_that_is_not_printed_is_found() -> None:
    printed = ["one", "two, 3 s", "three", "four"]
    assert unprinted(["one", "two, … s", "…", "four"], printed) is None
    assert unprinted(["one", "two, 0.5 s", "…"], printed) is None
    assert unprinted(["one", "two, 3 m", "…"], printed) == "two, 3 m"
    assert unprinted(["…", "three", "four"], printed) is None
    assert unprinted(["one", "three", "…"], printed) == "three"
    assert unprinted(["four", "…"], printed) == "four"
    assert unprinted(["one", "two, 3 s"], printed) is not None
    assert unprinted(["…", "four", "one"], printed) == "one"


def _reason(command: str) -> str | None:
    return next((reason for pattern, reason in NOT_RUN.items() if re.match(pattern, command)), None)


def _words(command: str) -> list[str]:
    """The words of a line that is gradecheck and its arguments alone, and ends by itself; else none."""
    if not command.startswith("gradecheck ") or "--watch" in command or set(command) & set("|&;<>$`~"):
        return []
    return shlex.split(command, comments=True)


def _watch(process: subprocess.Popen[str]) -> Printed:
    """A command that watches is given Ctrl-C after its first report."""
    assert process.stdout is not None
    first = ""
    patience = threading.Timer(_PATIENCE, process.kill)
    patience.start()
    for line in process.stdout:
        first += line
        if "Ctrl-C ends" in line:
            os.killpg(process.pid, signal.SIGINT)
            break
    rest, err = process.communicate(timeout=_PATIENCE)
    patience.cancel()
    return Printed(process.returncode, first + rest, err)
