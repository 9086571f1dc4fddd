"""The files of a tar, compressed or not: unpacked once into a temporary file of its own, then read one at a time."""

from __future__ import annotations

import bz2
import gzip
import lzma
import tarfile
import tempfile
import zlib
from collections.abc import Callable, Iterator
from typing import IO, Any, cast

from autograder.intake import packed
from autograder.intake.files import IntakeError, describe_path, spelled
from autograder.language import tr

_OPENERS: dict[bytes, Callable[[Any], Any]] = {b"\x1f\x8b": gzip.open, b"BZh": bz2.open, b"\xfd7z": lzma.open}
_DAMAGE = (tarfile.TarError, zlib.error, lzma.LZMAError, EOFError, OSError, ValueError)
_CHUNK = 1 << 20


class TarTree(packed.PackedTree):
    """A tar's files. Raises IntakeError if it can't be opened or breaks its bounds."""

    def __init__(self, file: IO[bytes], name: str, bounds: packed.Bounds) -> None:
        label = describe_path([spelled(name)])
        try:
            self._file = _unpacked(file, bounds, label)
            self._tar = tarfile.open(fileobj=self._file, mode="r:")  # noqa: SIM115 - closed with the tree
            members = list(_members(self._tar, bounds, label))
        except _DAMAGE as damage:
            raise packed.damaged(label, damage) from None
        finally:
            file.close()
        super().__init__(name, members)

    def read(self, handle: tarfile.TarInfo, limit: int) -> bytes:
        try:
            file = self._tar.extractfile(handle)
            return b"" if file is None else file.read(limit + 1)
        except _DAMAGE as damage:
            raise packed.damaged_file(handle.name, damage) from None

    def close(self) -> None:
        self._tar.close()
        self._file.close()


def _unpacked(file: IO[bytes], bounds: packed.Bounds, label: str) -> IO[bytes]:
    """The tar itself. Raises IntakeError for one that grows beyond what text does."""
    taken = file.seek(0, 2)
    file.seek(0)
    start = file.read(3)
    file.seek(0)
    opener = next((opener for mark, opener in _OPENERS.items() if start.startswith(mark)), None)
    source = file if opener is None else cast(IO[bytes], opener(file))
    most = min(bounds.memory * packed.MIB, max(packed.MIB, packed.RATIO * taken))
    written = 0
    whole: IO[bytes] = tempfile.TemporaryFile()  # noqa: SIM115 - closed with the tree
    while chunk := source.read(_CHUNK):
        written += len(chunk)
        if written > most:
            whole.close()
            raise IntakeError(
                tr(
                    "{label} would unpack to more than {most:,} MiB. Unpack it and name the folder.",
                    label=label,
                    most=most // packed.MIB,
                )
            )
        whole.write(chunk)
    whole.seek(0)
    return whole


def _members(tar: tarfile.TarFile, bounds: packed.Bounds, label: str) -> Iterator[packed.Member]:
    for number, info in enumerate(tar, start=1):
        packed.refuse_many(number, bounds, label)
        name = packed.base(info.name)
        problem = None
        if info.issym() or info.islnk():
            problem = packed.link(name)
        elif not (info.isfile() or info.isdir()):
            problem = tr("{name} is not a regular file.", name=name)
        yield packed.Member(
            info.name, info, float(info.mtime), info.isdir(), problem or packed.too_large(name, info.size, bounds)
        )
