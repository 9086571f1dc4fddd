"""How gradecheck ends, what it may import, and what it writes where little can be shown: in processes of its own."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import click
import pytest

from autograder.cli import endings
from tests.command import REPOSITORY
from tests.small_course import change

ROOT = REPOSITORY
ENTRY = "from autograder.cli import main; main(prog_name='gradecheck')"
IMPORTED = f"import atexit, sys; atexit.register(lambda: print(*sys.modules, file=sys.stderr)); {ENTRY}"
HEAVY = {"numpy", "torch", "pytest", "jinja2", "rich"}


@pytest.fixture
def environment(tmp_path: Path, small_course: Path) -> dict[str, str]:
    """The small course, a record of its own, and a terminal that takes UTF-8."""
    own = {"GRADECHECK_DATA": str(tmp_path / "data"), "GRADECHECK_COURSE": str(small_course)}
    return {**os.environ, **own, "PYTHONPATH": str(ROOT), "PYTHONIOENCODING": "utf-8", "COLUMNS": "80"}


def gradecheck(
    environment: dict[str, str], *arguments: str, program: str = ENTRY
) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(
        [sys.executable, "-c", program, *arguments], env=environment, capture_output=True, timeout=300
    )


def test_help_imports_next_to_nothing(environment: dict[str, str]) -> None:
    result = gradecheck(environment, "--help", program=IMPORTED)
    assert not {"pydantic", "yaml", "sqlite3", "autograder.course", *HEAVY} & set(result.stderr.decode().split())
    assert result.returncode == 0


@pytest.mark.parametrize("arguments", [["list"], ["list", "--json"]])
def test_list_imports_no_heavy_library(environment: dict[str, str], arguments: list[str]) -> None:
    result = gradecheck(environment, *arguments, program=IMPORTED)
    assert not HEAVY & set(result.stderr.decode().split())
    assert result.returncode == 0


@pytest.mark.parametrize(
    "arguments", [["list"], ["show", "exercise-02"], ["hint", "exercise-01"], ["start", "exercise-01"]]
)
@pytest.mark.parametrize("encoding", ["ascii", "latin-1"])
def test_a_terminal_without_unicode_gets_ascii(
    environment: dict[str, str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, arguments: list[str], encoding: str
) -> None:
    monkeypatch.chdir(tmp_path)
    result = gradecheck({**environment, "PYTHONIOENCODING": encoding}, *arguments)
    assert result.returncode == 0
    assert result.stdout.isascii()
    assert b"\x1b" not in result.stdout


def test_json_is_escaped_where_unicode_cannot_be_shown(environment: dict[str, str], small_course: Path) -> None:
    change(small_course, "course.yaml", "A small course", "Une leçon: ‖W‖")
    result = gradecheck({**environment, "PYTHONIOENCODING": "ascii"}, "list", "--json")
    assert json.loads(result.stdout.decode("ascii"))["course"]["title"] == "Une leçon: ‖W‖"
    assert "Une lecon: ||W||" in gradecheck(environment, "--ascii", "list").stdout.decode("ascii")


def test_ascii_can_be_asked_for(environment: dict[str, str]) -> None:
    assert "First: rho^T" in gradecheck(environment, "--ascii", "list").stdout.decode("ascii")
    assert "First: ρ^T" in gradecheck(environment, "list").stdout.decode()


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["lst"], "There is no command 'lst'. Did you mean 'list'?"),
        (["frobnicate"], "There is no command 'frobnicate'."),
        (["list", "--jsn"], "No such option '--jsn'. Did you mean '--json'?"),
        (["--curse", "x", "list"], "'--curse'"),
        (["start"], "Missing argument 'EXERCISE'."),
        (["schema", "exercice"], "'exercice' is not one of"),
        (["--course", "absent", "list"], "--course names a folder without course.yaml"),
    ],
)
def test_misuse_is_code_2_and_says_what_was_meant(
    environment: dict[str, str], arguments: list[str], sentence: str
) -> None:
    result = gradecheck(environment, *arguments)
    assert result.returncode == 2
    assert sentence in result.stderr.decode()
    assert b"Traceback" not in result.stderr


def test_a_broken_course_is_code_2_and_every_problem_a_line(environment: dict[str, str], small_course: Path) -> None:
    change(small_course, "course.yaml", "format: 1\ntitle:", "formt: 1\ntitel:")
    result = gradecheck(environment, "list")
    assert result.returncode == 2
    assert result.stdout == b""
    assert len(result.stderr.splitlines()) == 2
    assert all(line.startswith(f"{small_course}/course.yaml:") for line in result.stderr.decode().splitlines())


FAULTY = "import autograder.cli.listing as l; l.overview = lambda *_: 1 / 0; " + ENTRY


def test_a_fault_of_ours_is_code_3_and_a_sentence(environment: dict[str, str]) -> None:
    result = gradecheck(environment, "list", program=FAULTY)
    assert result.returncode == 3
    first, second = result.stderr.decode().splitlines()
    assert first.startswith("gradecheck itself failed (ZeroDivisionError: division by zero).")
    assert "GRADECHECK_DEBUG=1" in second


def test_a_fault_of_ours_shows_its_traceback_on_demand(environment: dict[str, str]) -> None:
    result = gradecheck({**environment, "GRADECHECK_DEBUG": "1"}, "list", program=FAULTY)
    assert result.returncode == 3
    assert b"Traceback (most recent call last)" in result.stderr


@pytest.mark.parametrize("arguments", [["list"], ["schema", "exercise"], ["show", "exercise-02"]])
@pytest.mark.parametrize("unbuffered", ["", "1"])
def test_a_reader_that_goes_away_is_no_news(environment: dict[str, str], arguments: list[str], unbuffered: str) -> None:
    environment["PYTHONUNBUFFERED"] = unbuffered
    reading, writing = os.pipe()
    os.close(reading)
    result = subprocess.run(
        [sys.executable, "-c", ENTRY, *arguments], env=environment, stdout=writing, stderr=subprocess.PIPE, timeout=300
    )
    os.close(writing)
    assert result.stderr == b""
    assert result.returncode == 141


def test_ctrl_c_is_one_line_and_130(environment: dict[str, str]) -> None:
    slow = "import autograder.cli.listing as l, time; "
    slow += "l.overview = lambda *_: print('at it', flush=True) or time.sleep(60); "
    process = subprocess.Popen(
        [sys.executable, "-c", slow + ENTRY, "list"], env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    )
    assert process.stdout
    assert process.stdout.readline() == b"at it\n"
    time.sleep(0.1)
    process.send_signal(signal.SIGINT)
    _, errors = process.communicate(timeout=300)
    assert process.returncode == 130
    assert errors.decode().strip() == "Stopped."


def test_version_is_one_line(environment: dict[str, str]) -> None:
    result = gradecheck(environment, "--version")
    assert result.returncode == 0
    assert result.stdout.startswith(b"gradecheck")
    assert len(result.stdout.splitlines()) == 1


@pytest.mark.parametrize(("outcome", "code"), [(None, 0), (0, 0), (1, 1), (3, 3), ("text", 0)])
def test_what_a_command_returns_is_its_code(outcome: object, code: int) -> None:
    assert endings.exit_code(lambda: outcome) == code


def test_every_failure_of_click_is_misuse(capsys: pytest.CaptureFixture[str]) -> None:
    def refuse() -> None:
        raise click.FileError("a.py", "not there")

    assert endings.exit_code(refuse) == 2
    assert "a.py" in capsys.readouterr().err


@pytest.mark.parametrize("closed", ["0", "1", "2"])
def test_a_stream_that_is_closed_is_no_failure(environment: dict[str, str], closed: str) -> None:
    shell = f'exec {closed}>&-; exec "$0" -c "$1" list'
    result = subprocess.run(
        ["sh", "-c", shell, sys.executable, ENTRY], env=environment, capture_output=True, timeout=60
    )
    assert (result.returncode, result.stderr) == (0, b"")
    assert bool(result.stdout) is (closed != "1")
