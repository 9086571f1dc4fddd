"""What the tests need of the system: installed where that is possible, else named in one line before any test runs."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

import pytest

from tests.command import GRADECHECK, REPOSITORY
from tests.hiding import without

BROWSERS = ("chromium", "chromium-browser", "google-chrome")


def ask(folder: Path, *hidden: str, browser: bool = True) -> subprocess.CompletedProcess[str]:
    """Run tests/system.sh where `hidden` can't be found; what lies in `folder` is found first."""
    environment = {name: value for name, value in os.environ.items() if name != "CHROMIUM"}
    environment |= {"BIN": str(GRADECHECK.parent), "PATH": f"{folder}:{os.environ['PATH']}"}
    command = [*without(*hidden), "sh", REPOSITORY / "tests/system.sh", *(["browser"] if browser else [])]
    return subprocess.run(command, env=environment, capture_output=True, text=True, timeout=300, check=False)


@pytest.mark.browser
def test_nothing_is_said_where_nothing_is_missing(tmp_path: Path) -> None:
    done = ask(tmp_path, "apt-get")
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")


@pytest.mark.browser
def test_the_bubblewrap_from_pypi_is_enough(tmp_path: Path) -> None:
    assert ask(tmp_path, "apt-get", "bwrap").returncode == 0


def test_what_cannot_be_installed_is_named_in_one_line_with_what_to_type(tmp_path: Path) -> None:
    done = ask(tmp_path, *BROWSERS, "apt-get")
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.startswith("The tests need, and can't install from here: chromium. Type: ")
    assert done.stderr.count("\n") == 1


def test_who_runs_no_test_of_pages_needs_no_browser(tmp_path: Path) -> None:
    assert ask(tmp_path, *BROWSERS, "apt-get", browser=False).returncode == 0


@pytest.mark.parametrize("works", [True, False])
def test_apt_installs_it_where_it_may(works: bool, tmp_path: Path) -> None:
    """A recorder stands where apt-get and sudo are: the tests don't change the machine that they run on."""
    install = f'cp /bin/true "{tmp_path}/chromium"' if works else "exit 0"  # apt ends well, and brings nothing
    recorders = {
        "apt-get": f'echo apt-get "$@" >> "{tmp_path}/asked"; [ "$1" = update ] || {install}',
        "sudo": '[ "$1" != -n ] || shift; exec "$@"',
    }
    for name, script in recorders.items():
        (tmp_path / name).write_text(f"#!/bin/sh\n{script}\n")
        (tmp_path / name).chmod(0o755)
    done = ask(tmp_path, *BROWSERS)
    asked = (tmp_path / "asked").read_text().splitlines()
    assert asked[0] == "apt-get update -qq"
    if works:
        assert done.returncode == 0, done.stderr
        assert asked[1] == "apt-get install -y -qq --no-install-recommends chromium"
    else:
        assert done.returncode == 1
        assert done.stderr.rstrip().endswith(
            "apt-get install -y chromium (any Chrome will do; CHROMIUM=PROGRAM names it)"
        )
