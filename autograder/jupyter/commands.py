"""`gradecheck` as a process of its own, started from a notebook; and its commands as one types them in a cell."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import autograder
from autograder import shell_words

#: The folder that holds the package comes last on the path: what lies beside the notebook must not stand in its way.
_START = "import sys; sys.path.append({root!r}); from autograder.cli import main; main(prog_name='gradecheck')"


@dataclass(frozen=True)
class Ended:
    """A command that has ended: its exit code, what it printed, and what it complained of."""

    code: int
    out: str
    err: str


def run(arguments: Sequence[str]) -> Ended:
    """Run `gradecheck` with these arguments, here and with nobody to type. An interrupt ends it, too."""
    start = _START.format(root=str(Path(autograder.__file__).resolve().parents[1]))
    process = subprocess.Popen(
        [sys.executable, "-P", "-c", start, *arguments],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env={**os.environ, "PYTHONIOENCODING": "utf-8"},
        encoding="utf-8",
        errors="replace",
    )
    try:
        out, err = process.communicate()
    except BaseException:
        process.terminate()
        process.communicate()
        raise
    return Ended(process.returncode, out, err)


def in_a_cell(text: str) -> str:
    """Return a text of ours with its commands as a cell takes them: `%hint exercise-04`, `%gradecheck list`, `%pip`."""
    text = text.replace(f"{shell_words.program(sys.executable)} -m pip ", "%pip ")
    text = re.sub(r"\bgradecheck (hint|quiz)\b", r"%\1", text)
    text = re.sub(r"\bgradecheck start (?!--)(\S+)", r"%gradecheck start \1 --notebook", text)
    text = re.sub(r"\bgradecheck run ", "%gradecheck ", text)
    return re.sub(r"(?<![%\w-])gradecheck (?=[a-z])", "%gradecheck ", text)
