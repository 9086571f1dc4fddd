"""What a shell is told: the script that it reads once, and what it may put at the cursor."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

from tests.command import GRADECHECK, Command


@pytest.mark.parametrize(
    ("words", "offered"),
    [
        ("gradecheck va", {"validate"}),
        ("gradecheck run exercise-1", {f"exercise-1{number}" for number in range(9)}),
        ("gradecheck quiz ga", {"gates"}),
        ("gradecheck validate ga", {"gates"}),
        ("gradecheck run exercise-04 --ht", {"--html"}),
    ],
)
def test_commands_flags_and_ids_are_offered(tmp_path: Path, words: str, offered: set[str]) -> None:
    place = str(len(words.split()) - 1)
    done = Command(tmp_path)(COMP_WORDS=words, COMP_CWORD=place, _GRADECHECK_COMPLETE="bash_complete")
    assert {line.partition(",")[2] for line in done.out.split()} == offered
    assert not done.err


def test_a_broken_course_is_no_reason_to_print_into_a_command_line(tmp_path: Path) -> None:
    (tmp_path / "course.yaml").write_text("units: [")
    (tmp_path / "exercises").mkdir()
    asked = {"COMP_WORDS": "gradecheck run ex", "COMP_CWORD": "2", "_GRADECHECK_COMPLETE": "bash_complete"}
    done = Command(tmp_path)(GRADECHECK_COURSE=str(tmp_path), **asked)
    assert (done.out.strip(), done.err) == ("", "")


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_the_script_names_the_program(tmp_path: Path, shell: str) -> None:
    done = Command(tmp_path)("completion", shell)
    assert done.code == 0
    assert "_GRADECHECK_COMPLETE" in done.out


def test_bash_reads_the_script(tmp_path: Path) -> None:
    bash = shutil.which("bash")
    assert bash is not None
    script = f'eval "$({GRADECHECK} completion bash)"; complete -p gradecheck'
    done = subprocess.run([bash, "-c", script], capture_output=True, text=True)
    assert "complete -o nosort -F _gradecheck_completion gradecheck" in done.stdout, done.stderr
