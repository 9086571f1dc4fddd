"""The files of a zip, read one at a time into memory and never unpacked.

A zip that strangers made can lie about everything: names that lead elsewhere, links, sizes, counts, its own end. What
may be taken from it is bounded before memory is; what can't be taken is named in one sentence.
"""

from __future__ import annotations

import contextlib
import re
import stat
import struct
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import IO

from autograder.intake.files import Entry, IntakeError, Unreadable, is_rubbish, shown, spelled

_MIB = 1 << 20
_DRIVE = re.compile(r"^[A-Za-z]:")
_DEEPEST, _LONGEST = 24, 1024
#: zlib at its best makes 1 of 1,032; source text stays below 1 of 20.
_RATIO = 200
_METHODS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)  # others can ask for gigabytes of memory, or cost much time
_DAMAGE = (zipfile.BadZipFile, zlib.error, struct.error, EOFError, OSError, RuntimeError, ValueError)


@dataclass(frozen=True)
class Bounds:
    """What an archive may hold: entries, MiB of directory, MiB that all entries would unpack to, MiB of one file."""

    entries: int
    directory: int
    total: int
    file: int = 16


CLASS = Bounds(entries=100_000, directory=32, total=256 * 1024)
HAND_IN = Bounds(entries=2_000, directory=1, total=1024)


class ArchiveTree:
    """A zip's files. Raises IntakeError if it can't be opened or breaks its bounds.

    `refused` are sentences about entries that are not listed because of their names.
    """

    clones: frozenset[str] = frozenset()

    def __init__(self, file: IO[bytes], name: str, bounds: Bounds) -> None:
        self.name, self._file, self._bounds = spelled(name), file, bounds
        self.notes: list[str] = []
        self.refused: list[str] = []
        label = shown([self.name])
        try:
            _refuse_large_directory(file, bounds, label)
            self._zip = zipfile.ZipFile(file)
            _refuse_large_total(self._zip, bounds, label)
        except IntakeError:
            file.close()
            raise
        except (*_DAMAGE, NotImplementedError) as damage:
            file.close()
            raise IntakeError(f"{label} is damaged or no zip archive ({_reason(damage)}).") from None
        self.entries = self._unrepeated(self._entries())
        self.notes += self.refused

    def read(self, handle: zipfile.ZipInfo, limit: int) -> bytes:
        try:
            with self._zip.open(handle) as file:
                return file.read(limit + 1)
        except (*_DAMAGE, NotImplementedError) as damage:
            name = shown([handle.filename.rpartition("/")[2]])
            raise Unreadable(f"{name} is damaged in the archive ({_reason(damage)}). Hand it in again.") from None

    def close(self) -> None:
        self._zip.close()
        self._file.close()

    def _entries(self) -> Iterator[Entry]:
        for info in self._zip.infolist():
            name = _name(info)
            refusal = _refusal(name)
            if refusal:
                self.refused.append(f"{shown([name])} in {shown([self.name])} {refusal}. Skipped.")
                continue
            path = tuple(spelled(part) for part in name.split("/") if part not in ("", "."))
            if path and not is_rubbish(path):
                problem = None if info.is_dir() else self._problem(info, shown(path[-1:]))
                yield Entry(self, info, path, _moment(info), name.endswith("/"), problem)

    def _problem(self, info: zipfile.ZipInfo, name: str) -> str | None:
        """Why a file of the archive is not read, judged by its header alone."""
        kind = stat.S_IFMT(info.external_attr >> 16)
        if kind == stat.S_IFLNK:
            return f"{name} is a symbolic link. Hand in the file itself."
        if kind not in (0, stat.S_IFREG):
            return f"{name} is not a regular file."
        if info.flag_bits & 0x1:
            return f"{name} is encrypted. Hand it in without a password."
        if info.compress_type not in _METHODS:
            return f"{name} is compressed by a method that isn't read here. Zip it the ordinary way."
        if info.file_size > _MIB and info.file_size > _RATIO * max(1, info.compress_size):
            return f"{name} would unpack from {_size(info.compress_size)} to {_size(info.file_size)}: a zip bomb."
        if info.file_size > self._bounds.file * _MIB:
            return f"{name} is larger than {self._bounds.file} MiB. Hand in the source file alone."
        return None

    def _unrepeated(self, entries: Iterator[Entry]) -> list[Entry]:
        """The last of those of one name, which is also what unpacking would leave."""
        last: dict[tuple[str, ...], Entry] = {}
        spellings: dict[tuple[str, ...], tuple[str, ...]] = {}
        for entry in entries:
            if entry.path in last and not entry.is_folder:
                self.notes.append(f"{shown(entry.path)} is in {shown([self.name])} twice: the last one counts.")
            other = spellings.setdefault(tuple(part.casefold() for part in entry.path), entry.path)
            if other != entry.path:
                self.notes.append(f"{shown(entry.path)} and {shown(other)} differ in capitals alone: both are kept.")
            last.pop(entry.path, None)
            last[entry.path] = entry
        return list(last.values())


def _name(info: zipfile.ZipInfo) -> str:
    """The name with slashes; macOS writes UTF-8 without saying so, which zipfile reads as an old DOS encoding."""
    name = info.filename
    if not info.flag_bits & 0x800 and not name.isascii():
        with contextlib.suppress(UnicodeError):
            name = name.encode("cp437").decode("utf-8")
    return name.replace("\\", "/")


def _moment(info: zipfile.ZipInfo) -> float:
    """When the file was last changed, as a number only good for comparing: the date can be an impossible one."""
    year, *rest = info.date_time
    moment = float(year)
    for part in rest:
        moment = moment * 100 + part
    return moment


def _refusal(name: str) -> str | None:
    """What is wrong with a name that no honest archive has."""
    if name.startswith("/") or _DRIVE.match(name):
        return "has an absolute path"
    if ".." in name.split("/"):
        return "leads out of the archive"
    if name.count("/") > _DEEPEST or len(name) > _LONGEST:
        return "has a path that is too long"
    return None


def _refuse_large_directory(file: IO[bytes], bounds: Bounds, label: str) -> None:
    """zipfile reads the whole directory before it can be asked how large it is; this looks first."""
    end = file.seek(0, 2)
    start, size = _directory(file, end)
    if size > bounds.directory * _MIB:
        raise IntakeError(f"The directory of {label} takes {_size(size)}: more than a hand-in needs. Not opened.")
    file.seek(max(0, start))
    if file.read(size).count(b"PK\x01\x02") > bounds.entries:
        raise IntakeError(f"{label} holds more than {bounds.entries:,} entries. Split it, or name a folder instead.")
    file.seek(0)


def _refuse_large_total(archive: zipfile.ZipFile, bounds: Bounds, label: str) -> None:
    total = sum(info.file_size for info in archive.infolist())
    if total > bounds.total * _MIB:
        raise IntakeError(f"{label} would unpack to {_size(total)}: a zip bomb, or not a hand-in. Not opened.")


def _directory(file: IO[bytes], end: int) -> tuple[int, int]:
    """Where zipfile will look for the directory, and its size: both from the record at the end of the file."""
    tail_start = max(0, end - (1 << 16) - 22)
    file.seek(tail_start)
    tail = file.read()
    plain = len(tail) - 22
    at = plain if tail[plain : plain + 4] == b"PK\x05\x06" and tail[-2:] == b"\0\0" else tail.rfind(b"PK\x05\x06")
    if at < 0 or at + 22 > len(tail):
        raise zipfile.BadZipFile("its end is missing")
    size, record = struct.unpack("<L", tail[at + 12 : at + 16])[0], tail_start + at
    locator = tail[max(0, at - 20) : at]
    if locator[:4] == b"PK\x06\x07":  # a zip64: the true size stands in a record of 56 bytes before its locator
        file.seek(max(0, record - 20 - 56))
        true_end = file.read(56)
        if true_end[:4] == b"PK\x06\x06":
            size, record = struct.unpack("<Q", true_end[40:48])[0], record - 20 - 56
    return record - size, size


def _size(count: int) -> str:
    for unit in ("bytes", "KB", "MB", "GB"):
        if count < 1000:
            return f"{count:.0f} {unit}"
        count //= 1000
    return f"{count:,} TB"


def _reason(damage: BaseException) -> str:
    return shown([" ".join(str(damage).split())[:80] or type(damage).__name__])
