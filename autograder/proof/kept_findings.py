"""What was found before, and need not be found again: the findings of each job, kept with a hash of all they rest on,
and those of the course as a whole.

What failed isn't kept by whoever asks, and is proved anew each time. It must not know what a job does.
"""

from __future__ import annotations

import hashlib
import os
import platform
import sys
from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property
from pathlib import Path
from typing import NamedTuple, TypeVar

import msgspec

from autograder.course import CourseRoot
from autograder.course.kept import Stamp, stamps
from autograder.folder_walk import files_below
from autograder.language import spoken
from autograder.machine import user_folder
from autograder.proof.findings import Findings, encode, read_as
from autograder.proof.jobs import Job
from autograder.sandbox.starter import confined_by
from autograder.whole_file import replacing

_ENGINE = Path(__file__).resolve().parents[1]
_WHOLE = "whole.json"

Found = TypeVar("Found")


def usual_place() -> Path:
    """Return the folder for proofs: in GRADECHECK_DATA where that is set, else where this system keeps caches."""
    return user_folder("cache") / "proofs"


class _Entry(msgspec.Struct):
    key: str
    findings: msgspec.Raw


class _Asked(NamedTuple):
    """What is asked for: a hash of all that it rests on, and what tells whether these files were written since.

    To a file that was changed and put back the hash is blind.
    """

    key: str
    files: list[Stamp]


class Kept:
    """The findings on one course. Each course has a folder of its own below `place`."""

    def __init__(self, place: Path, root: CourseRoot) -> None:
        self._root = root
        self._folder = place / hashlib.sha256(os.fsencode(root.root)).hexdigest()[:16]
        self._asked: dict[Job, _Asked] = {}
        self._whole = _Asked("", [])

    def findings(self, job: Job) -> Findings | None:
        """Return what was found of a job, if nothing that it rests on has changed since."""
        asked = self._asked[job] = self._ask(self._places(job))
        return _read(self._file(job), asked.key, Findings)

    def keep(self, job: Job, findings: Findings) -> None:
        """Keep what was found, unless it is a problem, or a file was changed while it was looked for."""
        asked = self._asked[job]
        if not findings.problems and stamps(self._places(job)) == asked.files:
            self._write(self._file(job), asked.key, findings)

    def whole(self, asked: str, kind: type[Found]) -> Found | None:
        """Return what came of `asked`, if no file of the course has changed since, nor what is kept of its jobs."""
        self._whole = self._ask(files_of_course(self._root))
        return _read(self._folder / _WHOLE, self._whole_key(asked), kind)

    def keep_whole(self, asked: str, found: object) -> None:
        """Keep what came of `asked`, unless a file was changed since `whole` was asked for it."""
        if stamps(files_of_course(self._root)) == self._whole.files:
            self._write(self._folder / _WHOLE, self._whole_key(asked), found)

    def _write(self, file: Path, key: str, found: object) -> None:
        entry = msgspec.json.encode(_Entry(key, msgspec.Raw(encode(found))))
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            with replacing(file) as place:
                place.write_bytes(entry)
        except OSError:  # it is only proved again next time
            return

    def _ask(self, places: Sequence[Path]) -> _Asked:
        files = stamps(places)  # before they are read: a change in between is noticed
        return _Asked(self._hashed(places), files)

    def _whole_key(self, asked: str) -> str:
        notes = sorted(path for path in self._folder.glob("*.json") if path.name != _WHOLE)
        return hashlib.sha256(f"{asked} {self._whole.key} {self._hashed(notes)}".encode()).hexdigest()

    def _file(self, job: Job) -> Path:
        return self._folder / f"{job.id}-{job.kind}.json"

    def _hashed(self, places: Iterable[Path]) -> str:
        whole = hashlib.sha256(self._machine)
        for path in _files(places):
            whole.update(os.fsencode(path) + b"\0" + hashlib.sha256(_content(path)).digest())
        return whole.hexdigest()

    def _places(self, job: Job) -> list[Path]:
        if job.kind == "questions":
            quizzes = sorted(files_below(self._root.root / "quizzes"))
            return [self._root.file, *(each for each in quizzes if each.name == f"{job.id}.yaml")]
        solutions = [self._root.solutions / job.id] if self._root.solutions else []
        return [self._root.file, self._root.root / "exercises" / job.id, *solutions]

    @cached_property
    def _machine(self) -> bytes:
        """The engine's sources, everything installed beside it, the system, what it confines with, the language."""
        whole = hashlib.sha256()
        for path in _files([_ENGINE]):
            whole.update(path.read_bytes())
        # Named after what they are of and its version: to read them all takes longer than all else here.
        installed = sorted(folder.name for place in sys.path for folder in Path(place).glob("*-info"))
        system = sys.version, platform.platform(), confined_by()
        whole.update(repr((installed, system, spoken())).encode())
        return whole.digest()


def _content(path: Path) -> bytes:
    """Return what a file holds, nothing where it was just removed: whoever proves something tells what is wrong."""
    try:
        return path.read_bytes()
    except OSError:
        return b""


def _read(file: Path, key: str, kind: type[Found]) -> Found | None:
    """Return what is kept in a file, if it was kept under this key."""
    try:
        entry = msgspec.json.decode(file.read_bytes(), type=_Entry)
        return read_as(kind, bytes(entry.findings)) if entry.key == key else None
    except (OSError, msgspec.MsgspecError):
        return None


def files_of_course(root: CourseRoot) -> list[Path]:
    """Return the places of all that a proof of a course reads: files, and folders with all in them."""
    parts = (root.root / part for part in ("exercises", "solutions", "quizzes", "pages"))
    return [*sorted(root.root.glob("course*.yaml")), *parts]


def _files(places: Iterable[Path]) -> Iterator[Path]:
    for place in places:
        found = [place] if place.is_file() else sorted(files_below(place))
        yield from (path for path in found if path.is_file() and path.suffix != ".pyc")
