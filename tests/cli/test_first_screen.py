"""What stands on a terminal of 80 × 24 after typical mistakes: each read by a person before it was agreed.

`screens/NAME.py` (or `.yaml`) is handed in, its first line says to which exercise; `screens/NAME.txt` is the screen.
After a change that is meant, look at what `python -m tests.cli.test_first_screen` writes there.
"""

from __future__ import annotations

import os
import re
import shutil
import tempfile
from pathlib import Path

import pytest

from tests.command import GRADECHECK, REPOSITORY
from tests.terminal import Terminal

SCREENS = Path(__file__).with_name("screens")
MISTAKES = sorted(file for file in SCREENS.iterdir() if file.suffix in (".py", ".yaml"))


def screen_of(mistake: Path, folder: Path, *options: str) -> str:
    """What a terminal of 80 × 24 shows at the end, when one hands in the file from a folder of one's own."""
    file = Path(shutil.copy(mistake, folder))
    exercise = file.read_text(encoding="utf-8").splitlines()[0].removeprefix("# ")
    terminal = Terminal(80, 24)
    try:
        environment = {**os.environ, "TERM": "xterm", "GRADECHECK_DATA": str(folder / "data")}
        os.chdir(folder)
        terminal.start([GRADECHECK, "--course", REPOSITORY, "run", exercise, file.name, *options], environment)
        assert terminal.ended(120) == 1
        assert terminal.everything.strip() == terminal.screen.strip(), "something has scrolled away"
        return terminal.screen.rstrip() + "\n"
    finally:
        terminal.close()


@pytest.mark.parametrize("mistake", MISTAKES, ids=lambda file: file.stem)
def test_a_typical_mistake_reads_as_agreed_and_is_whole_on_one_screen(
    mistake: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    screen = screen_of(mistake, tmp_path)
    assert screen == mistake.with_suffix(".txt").read_text(encoding="utf-8")
    assert len(screen.splitlines()) <= 23  # the last line is the prompt's
    assert re.fullmatch(r"Next: gradecheck .+", screen.splitlines()[-1])


if __name__ == "__main__":
    for each in MISTAKES:
        with tempfile.TemporaryDirectory() as scratch:
            each.with_suffix(".txt").write_text(screen_of(each, Path(scratch)), encoding="utf-8")
