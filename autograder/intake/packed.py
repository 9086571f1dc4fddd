"""What every archive has in common: names that strangers chose, bounds, and an opener that looks at the first bytes.

An archive can lie about everything: names that lead elsewhere, links, sizes, counts. What may be taken from it is
bounded before memory is; what can't be taken is named in one sentence.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import IO, Any

from autograder.intake.files import (
    Entry,
    IntakeError,
    Tree,
    Unreadable,
    describe_path,
    hidden_folder,
    is_rubbish,
    spelled,
    tell_hidden,
)
from autograder.language import tr

#: What archives are called; what one is, its first bytes tell.
ARCHIVES = (".zip", ".7z", ".tar", ".gz", ".tgz", ".bz2", ".xz", ".rar")
MIB = 1 << 20
#: zlib at its best makes 1 of 1,032; source text stays below 1 of 20.
RATIO = 200
_DRIVE = re.compile(r"^[A-Za-z]:")
_DEEPEST, _LONGEST = 24, 1024


@dataclass(frozen=True)
class Bounds:
    """What an archive may hold: entries, MiB of directory, MiB that all entries would unpack to, MiB of one file.

    `memory`: MiB that may be unpacked at once, where a format can't give its files one by one.
    """

    entries: int
    directory: int
    total: int
    file: int = 64
    memory: int = 128


CLASS = Bounds(entries=100_000, directory=32, total=256 * 1024, memory=2048)
#: A student's project can lie in it with all libraries, which are left out.
HAND_IN = Bounds(entries=50_000, directory=8, total=1024)


@dataclass(frozen=True)
class Member:
    """One entry as an archive tells it: `problem` is why a file is not read."""

    name: str
    handle: Any
    modified: float
    is_folder: bool
    problem: str | None = None


class PackedTree:
    """An archive's files. `refused` are sentences about entries that are not listed because of their names."""

    clones: frozenset[str] = frozenset()

    def __init__(self, name: str, members: Iterable[Member]) -> None:
        self.name = spelled(name)
        self.notes: list[str] = []
        self.refused: list[str] = []
        self._hidden: list[str] = []
        self.entries = self._unrepeated(members)
        self.notes += [*self.refused, *tell_hidden(self._hidden)]

    def read(self, handle: Any, limit: int) -> bytes:
        raise NotImplementedError

    def close(self) -> None:
        raise NotImplementedError

    def _unrepeated(self, members: Iterable[Member]) -> list[Entry]:
        """The last of those of one name, which is also what unpacking would leave."""
        last: dict[tuple[str, ...], Entry] = {}
        spellings: dict[tuple[str, ...], tuple[str, ...]] = {}
        for entry in filter(None, map(self._entry, members)):
            if entry.path in last and not entry.is_folder:
                self.notes.append(
                    tr(
                        "{file} is in {archive} twice: the last one counts.",
                        file=describe_path(entry.path),
                        archive=describe_path([self.name]),
                    )
                )
            other = spellings.setdefault(tuple(part.casefold() for part in entry.path), entry.path)
            if other != entry.path:
                self.notes.append(
                    tr(
                        "{file} and {other} differ in capitals alone: both are kept.",
                        file=describe_path(entry.path),
                        other=describe_path(other),
                    )
                )
            last.pop(entry.path, None)
            last[entry.path] = entry
        return list(last.values())

    def _entry(self, member: Member) -> Entry | None:
        name = member.name.replace("\\", "/")
        if refusal := _refusal(name):
            self.refused.append(
                tr(
                    "{file} in {archive} {refusal}. Skipped.",
                    file=describe_path([name]),
                    archive=describe_path([self.name]),
                    refusal=refusal,
                )
            )
            return None
        path = tuple(spelled(part) for part in name.split("/") if part not in ("", "."))
        if not path or is_rubbish(path):
            self._hidden.append(hidden_folder(path) if path else "")
            return self._folder_of_rubbish(path, member)
        return Entry(self, member.handle, path, member.modified, member.is_folder, member.problem)

    def _folder_of_rubbish(self, path: tuple[str, ...], member: Member) -> Entry | None:
        """The folder that rubbish lies in: a zip that lists no folders would lose whoever has nothing else."""
        above = next((path[:depth] for depth in range(len(path) - 1, 0, -1) if not is_rubbish(path[:depth])), None)
        return Entry(self, member.handle, above, member.modified, is_folder=True) if above else None


def open_archive(file: IO[bytes], name: str, bounds: Bounds, known: Collection[str] = ()) -> Tree:
    """An archive of any kind that is read here, told by its first bytes; see ArchiveTree. Raises IntakeError."""
    start = file.read(300)
    file.seek(0)
    if start.startswith(b"Rar!"):
        file.close()
        raise IntakeError(
            tr(
                "{file} is a rar archive, which isn't read here: unpack it, or zip it anew.",
                file=describe_path([spelled(name)]),
            )
        )
    if start.startswith(b"7z\xbc\xaf\x27\x1c"):
        from autograder.intake.seven_zip import SevenZipTree

        return SevenZipTree(file, name, bounds)
    if start[257:262] == b"ustar" or start.startswith((b"\x1f\x8b", b"BZh", b"\xfd7zXZ")):
        from autograder.intake.tar_archive import TarTree

        return TarTree(file, name, bounds)
    from autograder.intake.archive import ArchiveTree

    return ArchiveTree(file, name, bounds, known)


def size_told(count: int) -> str:
    """A number of bytes, for a sentence."""
    for unit in ("bytes", "KB", "MB", "GB"):
        if count < 1000:
            return f"{count:.0f} {unit}"
        count //= 1000
    return f"{count:,} TB"


def damaged(label: str, damage: BaseException) -> IntakeError:
    """What to raise where an archive as a whole can't be read."""
    reason = _reason(damage)
    return IntakeError(tr("{label} is damaged or no archive that is read here ({reason}).", label=label, reason=reason))


def damaged_file(name: str, damage: BaseException) -> Unreadable:
    """What to raise where one file of an archive can't be read."""
    said = tr("{name} is damaged in the archive ({reason}). Hand it in again.", name=base(name), reason=_reason(damage))
    return Unreadable(said)


def refuse_many(count: int, bounds: Bounds, label: str) -> None:
    """Raise IntakeError where an archive has more entries than it may hold."""
    if count > bounds.entries:
        raise IntakeError(
            tr(
                "{label} holds more than {entries:,} entries. Split it, or name a folder instead.",
                label=label,
                entries=bounds.entries,
            )
        )


def link(name: str) -> str:
    """Why a link in an archive is not read."""
    return tr("{name} is a link. Hand in the file itself.", name=name)


def base(path: str) -> str:
    """The last name of a path in an archive, for a sentence."""
    return describe_path([path.rpartition("/")[2]])


def _reason(damage: BaseException) -> str:
    """What a library says of a damaged archive, on one line."""
    return describe_path([" ".join(str(damage).split())[:80] or type(damage).__name__])


def too_large(name: str, bytes_: int, bounds: Bounds) -> str | None:
    """Why a file of an archive is not read, by its size alone."""
    if bytes_ > bounds.file * MIB:
        return tr("{name} is larger than {size} MiB. Hand in the source file alone.", name=name, size=bounds.file)
    return None


def _refusal(name: str) -> str | None:
    """What is wrong with a name that no honest archive has."""
    if name.startswith("/") or _DRIVE.match(name):
        return tr("has an absolute path")
    if ".." in name.split("/"):
        return tr("leads out of the archive")
    if name.count("/") > _DEEPEST or len(name) > _LONGEST:
        return tr("has a path that is too long")
    return None
