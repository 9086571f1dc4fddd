"""What only a terminal shows: a sign of life in a long wait, a new screen at each save, a pager for what is long."""

from __future__ import annotations

import os
import re
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.command import GRADECHECK, REPOSITORY, Command
from tests.handing_in import FILE, RIGHT, STUB, WRONG
from tests.terminal import Terminal

SLOW = RIGHT.replace("    return ", "    import time; time.sleep(0.12)\n    return ")


@pytest.fixture
def typed(tmp_path: Path) -> Iterator[Callable[..., Terminal]]:
    """Starts gradecheck on a terminal of 80 × 24, or as high as is told."""
    opened: list[Terminal] = []

    def start(*arguments: str | Path, width: int = 80, height: int = 24, **environment: str) -> Terminal:
        opened.append(Terminal(width, height, drawn=120))
        own = {**os.environ, "GRADECHECK_DATA": str(tmp_path / "data"), "TERM": "xterm", **environment}
        opened[-1].start([GRADECHECK, "--course", REPOSITORY, *arguments], own)
        return opened[-1]

    yield start
    for each in opened:
        each.close()


def test_a_long_wait_says_how_far_it_is_and_leaves_no_trace(typed: Callable[..., Terminal], tmp_path: Path) -> None:
    (tmp_path / FILE).write_text(SLOW)
    terminal = typed("run", "4", tmp_path / FILE)
    assert terminal.ended() == 0
    assert "Grading" not in terminal.everything
    assert re.search(r"Grading: \d of 9 checks ….*exercise-04: The Jacobian", terminal.came.decode(), re.DOTALL)
    assert terminal.everything.startswith("exercise-04: The Jacobian")


def test_a_pipe_sees_no_sign_of_life(gradecheck: Command) -> None:
    (gradecheck.folder / FILE).write_text(SLOW)
    done = gradecheck("run", "4", FILE)
    assert (done.code, done.err) == (0, "")
    assert "Grading" not in done.out
    assert "\x1b" not in done.out


def test_each_save_makes_the_screen_new_and_says_what_changed(typed: Callable[..., Terminal], tmp_path: Path) -> None:
    file = tmp_path / FILE
    file.write_text(WRONG)
    terminal = typed("run", "4", file, "--watch")
    terminal.wait_for(re.compile("Watching: "))
    assert "Misconception: A Jacobian on its side" in terminal.screen
    assert terminal.screen.startswith("exercise-04: ")
    file.write_text(RIGHT)
    _until(terminal, "0 → 10 of 10 points")
    terminal.wait_for(re.compile("Watching: "))
    assert "Misconception" not in terminal.screen
    assert "Now right: " in terminal.screen
    terminal.press("\x03")
    assert terminal.ended() == 0


def test_a_high_terminal_shows_more(typed: Callable[..., Terminal], tmp_path: Path) -> None:
    (tmp_path / FILE).write_text(WRONG)
    low, high = typed("run", "4", tmp_path / FILE), typed("run", "4", tmp_path / FILE, height=60)
    assert low.ended() == high.ended() == 1
    assert "called with:" not in low.everything
    assert "called with:" in high.screen


@pytest.mark.parametrize(
    ("command", "to_copy"),
    [
        (["run", "4", "a-name-of-a-file-that-is-not-there.py"], "`gradecheck start exercise-04`."),
        (["solution", "4", "--language=es"], "\ngradecheck hint exercise-04\n"),
        (["quiz", "vanishing-or-exploding", "--missed"], "\ngradecheck quiz vanishing-or-exploding\n"),
        (["start", "4", "--notebook", "--dir", "{folder}"], ""),
        (["practice"], "\nNext: gradecheck next\n"),
        (["run", "4", "{stub}"], "\n`gradecheck show exercise-04` says"),
        (["quiz"], "\nTake one: gradecheck quiz products\n"),
    ],
)
def test_nothing_is_wider_than_the_terminal_and_no_command_is_broken(
    typed: Callable[..., Terminal], tmp_path: Path, command: list[str], to_copy: str
) -> None:
    (tmp_path / FILE).write_text(STUB)
    language = [each for each in command if each.startswith("--language")]
    said = [each.format(stub=tmp_path / FILE, folder=tmp_path) for each in command if each not in language]
    terminal = typed(*language, *said)
    terminal.ended()
    assert all(len(line) <= 80 for line in terminal.everything.splitlines() if " " in line)  # a long path is one word
    assert to_copy in f"\n{terminal.everything}\n"


@pytest.mark.parametrize("command", ["list", "quiz"])
def test_a_narrow_terminal_has_each_title_below_its_row(typed: Callable[..., Terminal], command: str) -> None:
    terminal = typed(command, width=40)
    terminal.ended()
    *lines, _ = terminal.everything.rstrip().splitlines()  # the last one has a command in one piece
    assert max(map(len, lines)) <= 40
    row = next(place for place, line in enumerate(lines) if line.split()[:1] == ["vanishing-or-exploding"])
    assert "    Vanishing or exploding: silent or" in lines[row + 1 : row + 3]


def test_a_terminal_that_knows_nothing_is_as_wide_as_it_is(typed: Callable[..., Terminal], tmp_path: Path) -> None:
    (tmp_path / FILE).write_text(WRONG)
    terminal = typed("run", "4", tmp_path / FILE, width=60, TERM="dumb")
    assert terminal.ended() == 1
    lines = terminal.everything.splitlines()
    assert 40 < max(map(len, lines)) <= 60
    assert len(lines) <= 24


def test_what_is_longer_than_the_terminal_goes_through_the_pager(
    typed: Callable[..., Terminal], tmp_path: Path
) -> None:
    pager = tmp_path / "pager"
    pager.write_text("#!/bin/sh\nsed 's/^/paged: /'\n")
    pager.chmod(0o755)
    (tmp_path / FILE).write_text(WRONG)
    for command in (["show", "4"], ["run", "4", tmp_path / FILE, "--all"]):
        paged, at_once = typed(*command, PAGER=str(pager)), typed(*command, "--no-pager", PAGER=str(pager))
        assert paged.ended() == at_once.ended()
        assert paged.everything.startswith("paged: ")
        assert "paged: " not in at_once.everything
    short = typed("run", "4", tmp_path / FILE, PAGER=str(pager))
    short.ended()
    assert "paged: " not in short.everything


def _until(terminal: Terminal, words: str) -> None:
    end = time.monotonic() + 300
    while words not in terminal.screen:
        assert time.monotonic() < end, terminal.screen
        time.sleep(0.1)


def test_what_is_asked_before_all_is_forgotten_fits_the_terminal(typed: Callable[..., Terminal]) -> None:
    terminal = typed("progress", "--reset")
    terminal.wait_for(re.compile(r"\[y/N\]"))
    terminal.press("n\n")
    assert terminal.ended() == 0
    assert "Nothing was forgotten." in terminal.everything
    assert max(map(len, terminal.everything.splitlines())) <= 80
