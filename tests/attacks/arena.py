"""Where attacks are run for real: a copied course with short limits and secrets in it, honest students, and a user.

It runs one command under the warden and tells what went wrong whatever was graded. It must not know what an attack is
worth.
"""

from __future__ import annotations

import contextlib
import json
import os
import re
import secrets
import shutil
import subprocess
import sys
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from autograder.machine import crowding
from autograder.sandbox.linux.bubblewrap import UNPRIVILEGED
from tests.attacks.users import ORDINARY, REPOSITORY, User

LAYERS = ["bubblewrap", "landlock", "seccomp", "rlimits"]
#: Seconds for all calls of a submission, by exercise: short, so that what hangs doesn't cost the tests much.
LIMITS = {"exercise-01": 0.0, "exercise-02": 2.0, "exercise-04": 2.0, "exercise-12": 4.0}
#: Seconds that starting the command and its zygote may take on a busy machine, beside what is measured.
START_UP = 25.0
#: MiB that no process of a run may reach: a worker's budget, and what torch takes, are well below.
_MOST_MEMORY = 1200
_CANARY = re.compile(r"canary-[0-9a-f]{16}")


@dataclass(frozen=True)
class Outcome:
    """What came of one command: how it ended, what it printed and what it left."""

    code: int
    seconds: float
    late: bool
    left: list[str]
    peak: int
    out: str
    err: str
    changed: list[str]

    def problems(self, canaries: Iterable[str], seconds: float) -> list[str]:
        """What went wrong whatever was graded."""
        printed = self.out + self.err
        found = [f"left a process: {command}" for command in self.left]
        found += [f"left or changed a file: {name}" for name in self.changed]
        found += ["a secret is in the output"] if any(secret in canaries for secret in _CANARY.findall(printed)) else []
        found += re.findall("BREACH.{0,200}", printed)
        if self.late or self.seconds > seconds + 1 + START_UP * crowding():
            found.append(f"took {self.seconds:.1f} s")
        if self.peak > _MOST_MEMORY:
            found.append(f"a process took {self.peak} MiB")
        return found


@dataclass
class Arena:
    """A copied course, students and secrets, for one user who grades."""

    folder: Path
    user: User
    course: Path = field(init=False)
    secrets: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.course = self.folder / "course"
        _copy_course(self.course, self._secret)
        for name in ("ada", "bob"):
            home = self.folder / "students" / name
            home.mkdir(parents=True)
            (home / "private.txt").write_text(self._secret())
            for exercise in LIMITS:
                self.honest_file(exercise, home / exercise)
        self.user.own(self.folder)
        self._before, self._not_ours = self._untouchable(), _strays()  # a daemon of this machine may be nobody, too

    def _secret(self) -> str:
        self.secrets.append(f"canary-{secrets.token_hex(8)}")
        return self.secrets[-1]

    def honest_file(self, exercise: str, folder: Path) -> None:
        """Hand in the right program of an honest student, with a secret of their own in it."""
        folder.mkdir(parents=True)
        reference = reference_file(REPOSITORY, exercise)
        (folder / reference.name).write_text(f"{reference.read_text()}\n# {self._secret()}\n")

    def start(
        self, place: Path, command: Sequence[str | Path], seconds: float = 300.0, patience: float = 60.0
    ) -> Outcome:
        """Run a command in place/work as the user, under the warden, with a secret in its environment.

        What it makes may stand in place/data alone. What it leaves has `patience` seconds to be gone.
        """
        for name in ("tmp", "home", "data"):
            (place / name).mkdir(exist_ok=True)
            self.user.own(place / name)
        environment = {
            "PATH": os.environ["PATH"], "LANG": "C.UTF-8", "HOME": f"{place}/home", "TMPDIR": f"{place}/tmp",
            "GRADECHECK_DATA": f"{place}/data", "CANARY": self._secret(), "COLUMNS": "100",
        }  # fmt: skip
        before = _snapshot(place, "data")
        warden = [sys.executable, "-ISB", Path(__file__).with_name("warden.py"), place / "warden.json"]
        with (place / "out").open("wb") as out, (place / "err").open("wb") as err:
            subprocess.run(
                [*warden, str(self.user.uid), str(seconds), str(patience), *command],
                cwd=place / "work", env=environment, stdin=subprocess.DEVNULL, stdout=out, stderr=err, check=True,
            )  # fmt: skip
        told = json.loads((place / "warden.json").read_text())
        texts = [(place / name).read_text(errors="replace") for name in ("out", "err")]
        for name in ("out", "err", "warden.json"):
            (place / name).unlink()
        changed = [*_differences(before, _snapshot(place, "data")), *sorted(_strays() - self._not_ours)]
        changed += _differences(self._before, self._untouchable())
        changed += [f"a secret in {path.name}" for path in (place / "data").rglob("*") if self._tells(path)]
        return Outcome(**told, out=texts[0], err=texts[1], changed=changed)

    def _tells(self, path: Path) -> bool:
        kept = path.read_text(errors="replace") if path.is_file() else ""
        return any(secret in self.secrets for secret in _CANARY.findall(kept))

    def _untouchable(self) -> dict[str, tuple[int, int, int]]:
        """The course, and what other students keep."""
        return _snapshot(self.folder / "course") | _snapshot(self.folder / "students")

    def gradecheck(self, *arguments: str | Path) -> list[str | Path]:
        """The installed entry point, with the user's interpreter."""
        return [self.user.python, self.user.gradecheck, "--course", self.course, *arguments]


def _copy_course(course: Path, secret: Any) -> None:
    course.mkdir(parents=True)
    # So that nobody gets a word of solutions/, not even in the page of a program that passed.
    settings = (REPOSITORY / "course.yaml").read_text(encoding="utf-8")
    assert "\nsolutions:" not in settings
    (course / "course.yaml").write_text(f"{settings}\nsolutions: never\n", encoding="utf-8")
    for room in ("exercises", "solutions"):
        for exercise in LIMITS:
            shutil.copytree(REPOSITORY / room / exercise, course / room / exercise, ignore=lambda *_: ["__pycache__"])
    (course / "solutions/notes.txt").write_text(secret())
    for exercise, total in LIMITS.items():
        for file in (course / "solutions" / exercise).rglob("*.py"):
            file.write_text(f"{file.read_text()}\n# {secret()}\n")
        if not total:  # a drill, where no program runs
            continue
        settings = course / "exercises" / exercise / "exercise.yaml"
        limits = f"limits: {{call: {total / 2:g}, total: {total:g}, memory: 256}}"
        settings.write_text(re.sub(r"(?m)^limits:.*$", limits, settings.read_text()))


def reference_file(root: Path, exercise: str) -> Path:
    """The reference; a drill's is an accepted file of answers."""
    folder = root / "solutions" / exercise
    programs = [path for path in folder.glob("*.py") if path.name != "checks.py"]
    return programs[0] if programs else sorted(folder.glob("accepted/*.yaml"))[0]


def _snapshot(folder: Path, leave_out: str = "") -> dict[str, tuple[int, int, int]]:
    """Every path below a folder, with its mode, size and time of change."""
    found = {}
    for path in folder.rglob("*"):
        if path.relative_to(folder).parts[0] not in (leave_out, "out", "err", "warden.json"):
            state = path.lstat()
            # What a folder holds is looked at itself; its time changes for files that come and go.
            found[str(path)] = (state.st_mode, *((0, 0) if path.is_dir() else (state.st_size, state.st_mtime_ns)))
    return found


def _differences(before: dict[str, tuple[int, int, int]], after: dict[str, tuple[int, int, int]]) -> list[str]:
    return sorted(name for name in before.keys() | after.keys() if before.get(name) != after.get(name))


def _strays() -> set[str]:
    """What was left where anyone may write: by the name that every attack gives to its files, or by its owner."""
    places = [Path(name) for name in ("/", "/tmp", "/var/tmp", "/dev/shm", "/run", "/root", "/home", REPOSITORY)]
    paths = [path for place in places if place.is_dir() for path in place.iterdir()]
    return {str(path) for path in paths if "gradecheck-breach" in path.name or _belongs_to_graders(path)}


def _belongs_to_graders(path: Path) -> bool:
    with contextlib.suppress(FileNotFoundError):
        return path.lstat().st_uid in (ORDINARY, UNPRIVILEGED)
    return False
