"""The files of a zip, read one at a time into memory and never unpacked.

A zip that strangers made can lie about everything: names that lead elsewhere, links, sizes, counts, its own end. What
may be taken from it is bounded before memory is; what can't be taken is named in one sentence.
"""

from __future__ import annotations

import stat
import struct
import zipfile
import zlib
from collections.abc import Collection, Iterator
from typing import IO

from autograder.intake import packed
from autograder.intake.files import IntakeError, describe_path, spelled
from autograder.intake.zip_names import is_latin, name_of, page_of, page_of_known
from autograder.language import tr

_METHODS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)  # others can ask for gigabytes of memory, or cost much time
_DAMAGE = (zipfile.BadZipFile, zlib.error, struct.error, EOFError, OSError, RuntimeError, ValueError)


class ArchiveTree(packed.PackedTree):
    """A zip's files; names that are `known` help to read those in it.

    Raises IntakeError if it can't be opened or breaks its bounds.
    """

    def __init__(self, file: IO[bytes], name: str, bounds: packed.Bounds, known: Collection[str] = ()) -> None:
        self._file, self._bounds = file, bounds
        label = describe_path([spelled(name)])
        try:
            _refuse_large_directory(file, bounds, label)
            self._zip = zipfile.ZipFile(file)
            _refuse_large_total(self._zip, bounds, label)
        except IntakeError:
            file.close()
            raise
        except (*_DAMAGE, NotImplementedError) as damage:
            file.close()
            raise packed.damaged(label, damage) from None
        told = page_of_known(self._zip.infolist(), known)
        self._page = told or page_of(self._zip.infolist())
        super().__init__(name, self._members())
        if bounds is packed.CLASS and not told and not is_latin(self._page):
            self.notes.append(_unsure(self._page, label))

    def read(self, handle: zipfile.ZipInfo, limit: int) -> bytes:
        try:
            with self._zip.open(handle) as file:
                return file.read(limit + 1)
        except (*_DAMAGE, NotImplementedError) as damage:
            raise packed.damaged_file(handle.filename, damage) from None

    def close(self) -> None:
        self._zip.close()
        self._file.close()

    def _members(self) -> Iterator[packed.Member]:
        for info in self._zip.infolist():
            name = name_of(info, self._page).replace("\\", "/")
            problem = None if name.endswith("/") else self._problem(info, packed.base(name))
            yield packed.Member(name, info, _moment(info), name.endswith("/"), problem)

    def _problem(self, info: zipfile.ZipInfo, name: str) -> str | None:
        """Why a file of the archive is not read, judged by its header alone."""
        kind = stat.S_IFMT(info.external_attr >> 16)
        if kind == stat.S_IFLNK:
            return tr("{name} is a symbolic link. Hand in the file itself.", name=name)
        if kind not in (0, stat.S_IFREG):
            return tr("{name} is not a regular file.", name=name)
        if info.flag_bits & 0x1:
            return tr("{name} is encrypted. Hand it in without a password.", name=name)
        if info.compress_type not in _METHODS:
            return tr("{name} is compressed by a method that isn't read here. Zip it the ordinary way.", name=name)
        if info.file_size > packed.MIB and info.file_size > packed.RATIO * max(1, info.compress_size):
            return tr(
                "{name} would unpack from {packed} to {size}: a zip bomb.",
                name=name,
                packed=packed.size_told(info.compress_size),
                size=packed.size_told(info.file_size),
            )
        return packed.too_large(name, info.file_size, self._bounds)


def _unsure(page: str | None, label: str) -> str:
    """What to say of names whose encoding was found, or wasn't."""
    if page is not None:
        return tr(
            "{label} doesn't say how its names are written: they were read as {page}, in which all of them are names."
            " Look at them.",
            label=label,
            page=page.upper(),
        )
    return tr(
        "{label} doesn't say how its names are written, and they can't be told: they come out garbled, each apart from"
        " all others. Unpack it where it was zipped, and name the folder.",
        label=label,
    )


def _moment(info: zipfile.ZipInfo) -> float:
    """When the file was last changed, as a number only good for comparing: the date can be an impossible one."""
    year, *rest = info.date_time
    moment = float(year)
    for part in rest:
        moment = moment * 100 + part
    return moment


def _refuse_large_directory(file: IO[bytes], bounds: packed.Bounds, label: str) -> None:
    """zipfile reads the whole directory before it can be asked how large it is; this looks first."""
    end = file.seek(0, 2)
    start, size = _directory(file, end)
    if size > bounds.directory * packed.MIB:
        raise IntakeError(
            tr(
                "The directory of {label} takes {size}: more than a hand-in needs. Not opened.",
                label=label,
                size=packed.size_told(size),
            )
        )
    file.seek(max(0, start))
    packed.refuse_many(file.read(size).count(b"PK\x01\x02"), bounds, label)
    file.seek(0)


def _refuse_large_total(archive: zipfile.ZipFile, bounds: packed.Bounds, label: str) -> None:
    total = sum(info.file_size for info in archive.infolist())
    if total > bounds.total * packed.MIB:
        raise IntakeError(
            tr(
                "{label} would unpack to {size}: a zip bomb, or not a hand-in. Not opened.",
                label=label,
                size=packed.size_told(total),
            )
        )


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
