"""The first command on a bare machine: a fresh copy of the tree, no bwrap, chromium or tmux to be found, `make run`.

An ordinary user types it and root does, in one copy: whoever is first installs everything anew, and who comes second
finds it installed. That saves a minute and proves the same, for pip does the same for both; what differs between them
is how bubblewrap is started. Each must see the sample graded behind every layer.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.attacks.users import ORDINARY, names
from tests.fresh.tree import clone, pip_environment
from tests.hiding import without

pytestmark = pytest.mark.fresh
NOT_THERE = ("bwrap", "chromium", "tmux")
EVERY_LAYER = "Graded behind: bubblewrap, landlock, seccomp, rlimits"
IS_ROOT = os.geteuid() == 0


@pytest.fixture(scope="module")
def tree() -> Iterator[Path]:
    """The copy; where this is root it belongs to the ordinary user. All can read it, unlike pytest's own folders."""
    with tempfile.TemporaryDirectory(prefix="gradecheck-fresh-") as folder:
        tree = clone(Path(folder) / "tree")
        for place in (Path(folder), tree, *tree.rglob("*")) if IS_ROOT else ():
            os.chown(place, ORDINARY, ORDINARY, follow_symlinks=False)
        yield tree


@pytest.mark.parametrize("name", sorted(names()))
def test_make_run_confines_the_sample(name: str, tree: Path) -> None:
    uid = 0 if name == "root" else ORDINARY if IS_ROOT else os.geteuid()
    bare = without(*NOT_THERE)  # root hides them, and then becomes the user
    if IS_ROOT and uid:
        bare = [*bare, "setpriv", f"--reuid={uid}", f"--regid={uid}", "--clear-groups", "--no-new-privs"]
    home = tree.parent / f"home of {name}"
    environment = pip_environment(os.environ) | {
        "PATH": "/usr/local/bin:/usr/bin:/bin", "LANG": "C.UTF-8", "HOME": str(home), "PYTHON": _python(),
        "PIP_NO_COMPILE": "1",
    }  # fmt: skip

    def run(*command: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [*bare, *command], cwd=tree, env=environment, capture_output=True, text=True, timeout=900, check=False
        )

    assert run("sh", "-c", f"id -u; mkdir '{home}'; command -v {' '.join(NOT_THERE)}").stdout == f"{uid}\n"
    done = run("make", "run")
    assert done.returncode == 0, done.stdout + done.stderr
    again = run(".venv/bin/gradecheck", "run", "exercise-04", "docs/sample/tanh_jacobian.py", "--all")
    assert EVERY_LAYER in again.stdout.splitlines(), again.stdout + again.stderr
    packages = {path.name for path in tree.glob(".venv/lib/python3*/site-packages/*")}
    assert "numpy" in packages
    assert not {"torch", "playwright"} & packages, "the first command installs what it needs, and no gigabytes"


def _python() -> str:
    """The interpreter of these tests; the system's where others can't read that one."""
    own = Path(sys.executable).resolve()
    return str(own) if all(place.stat().st_mode & 0o001 for place in own.parents) else "/usr/bin/python3"
