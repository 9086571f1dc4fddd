"""Who grades: root, as in many a container, and an ordinary user, each with an interpreter that they can read."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import sysconfig
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeAlias

from tests.command import REPOSITORY

#: A user that this machine doesn't know: nothing here belongs to them.
ORDINARY = 54321
GRADECHECK = Path(sys.executable).with_name("gradecheck")
Done: TypeAlias = subprocess.CompletedProcess[str]


@dataclass(frozen=True)
class User:
    """Someone who grades: their name in reports, uid, interpreter with all packages, and gradecheck's files."""

    name: str
    uid: int
    python: Path = Path(sys.executable)
    repository: Path = REPOSITORY
    gradecheck: Path = GRADECHECK

    def run(self, command: list[str | Path], cwd: str | Path, timeout: float, **environment: str) -> Done:
        """Run a command as them, with nothing of this process's environment, and wait for it."""
        drop: dict[str, Any] = {}
        if os.geteuid() == 0 and self.uid != 0:
            drop = {"user": self.uid, "group": self.uid, "extra_groups": []}
        plain = {"PATH": os.environ["PATH"], "LANG": "C.UTF-8", "HOME": str(cwd), "TMPDIR": str(cwd)}
        return subprocess.run(
            command, cwd=cwd, env=plain | environment, stdin=subprocess.DEVNULL, capture_output=True, text=True,
            timeout=timeout, check=False, **drop,
        )  # fmt: skip

    def own(self, folder: Path) -> None:
        """Give them a folder and all that is in it."""
        for path in (folder, *folder.rglob("*")):
            os.chown(path, self.uid, self.uid, follow_symlinks=False)


def names() -> list[str]:
    """As whom tests can run: root can be anyone, everybody else only themselves."""
    return ["root", "ordinary"] if os.geteuid() == 0 else ["ordinary"]


def user(name: str, folder: Path) -> User:
    """One of `names`. `folder` is world-readable, and takes what the user can't read where it is."""
    if name == "root" or os.geteuid() != 0:
        return User(name, os.geteuid())
    packages = Path(sysconfig.get_path("purelib"))
    repository, gradecheck = REPOSITORY, GRADECHECK
    if not (_others_reach(REPOSITORY) and _others_reach(packages)):
        repository, packages, gradecheck = (_copy(path, folder) for path in (REPOSITORY, packages, gradecheck))
    return User(name, ORDINARY, _interpreter(folder, repository, packages), repository, gradecheck)


def _interpreter(folder: Path, repository: Path, packages: Path) -> Path:
    """This interpreter if others can read it; else the system's of the same version, with the same packages."""
    if _others_reach(Path(sys.executable).resolve()) and packages.is_relative_to(sys.prefix):
        return Path(sys.executable)
    system = Path("/usr/bin/python3")
    why = f"others can't read {sys.executable}, so no test can run as an ordinary user"
    assert system.exists(), f"{why}: install the system's Python (apt install python3)"
    asked = "import sys; print(*sys.version_info[:2])"
    version = subprocess.run([system, "-c", asked], capture_output=True, text=True, check=True).stdout.split()
    wanted = [str(part) for part in sys.version_info[:2]]
    assert version == wanted, f"{why}: {system} is {version}, and its packages are for {wanted}"
    subprocess.run([system, "-m", "venv", "--without-pip", folder / "venv"], check=True)
    (links,) = folder.glob("venv/lib/python3*/site-packages")
    (links / "same-packages.pth").write_text(f"{packages}\n{repository}\n")
    return folder / "venv/bin/python"


def _copy(path: Path, folder: Path) -> Path:
    """A copy that others can read."""
    copy = folder / "copies" / path.name
    copy.parent.mkdir(exist_ok=True)
    if path.is_file():
        shutil.copy(path, copy)
    else:
        unwanted = shutil.ignore_patterns("__pycache__", ".*", "node_modules")
        shutil.copytree(path, copy, ignore=unwanted, symlinks=True)
    for place in (copy, *copy.rglob("*")):
        if not place.is_symlink():
            place.chmod(place.stat().st_mode | (0o555 if place.is_dir() else 0o444))
    return copy


def _others_reach(path: Path) -> bool:
    """Whether a file or folder, and every folder above it, is open to others."""
    return all(place.stat().st_mode & 0o001 for place in (path, *path.parents))
