"""Named files put into a new folder or a zip: the same files give the same bytes, wherever and whenever.

It must not know what the files are for.
"""

from __future__ import annotations

import tempfile
import zipfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from autograder.language import tr
from autograder.misuse import Misuse

#: Left behind by systems, editors and interpreters; nobody's content.
_RUBBISH = ("__pycache__", "*.pyc", "*.orig", "*~", ".*")
_EPOCH = (1980, 1, 1, 0, 0, 0)  # the earliest that a zip can tell


class Refused(Misuse):
    """What was asked for can't be written; the text says why and what to do."""


@dataclass(frozen=True)
class BundledFile:
    """One file: its path in the bundle, with forward slashes, and its bytes."""

    path: str
    data: bytes
    executable: bool = False

    @classmethod
    def of_text(cls, path: str, text: str, *, executable: bool = False) -> BundledFile:
        return cls(path, text.encode(), executable)


def tree(folder: Path, below: str) -> Iterator[BundledFile]:
    """Yield the files of a folder, as they are, under the path `below`. Raises Refused for what isn't a plain file."""
    for path in sorted(folder.iterdir()):
        if any(path.match(pattern) for pattern in _RUBBISH):
            continue
        name = str(PurePosixPath(below) / path.name)
        if path.is_symlink() or not (path.is_file() or path.is_dir()):
            raise Refused(
                tr(
                    "{path} is a link or no plain file: what it leads to may be secret. Put the file itself there.",
                    path=path,
                )
            )
        if path.is_dir():
            yield from tree(path, name)
        else:
            yield BundledFile(name, path.read_bytes())


def write(files: Iterable[BundledFile], out: Path) -> None:
    """Write a zip if `out` ends with .zip, else a folder, which must be new or empty. Raises Refused.

    Nothing half-written is ever seen under the name `out`.
    """
    out = out.absolute()
    if out.is_dir() and (out.suffix == ".zip" or any(out.iterdir())):
        raise Refused(tr("{out} is there already. Name a new folder, or a file that ends with .zip.", out=out))
    if out.exists() and not out.is_dir() and out.suffix != ".zip":
        raise Refused(tr("{out} is a file. Name a new folder, or a file that ends with .zip.", out=out))
    try:
        out.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(prefix=f".{out.name}.", dir=out.parent) as stage:
            made = Path(stage) / out.name
            (_write_zip if out.suffix == ".zip" else _write_folder)(files, made)
            made.replace(out)
    except OSError as error:
        said = tr("{out} can't be written: {reason}. Name another place with --out.", out=out, reason=error.strerror)
        raise Refused(said) from error


def _write_zip(files: Iterable[BundledFile], out: Path) -> None:
    with zipfile.ZipFile(out, "x", zipfile.ZIP_DEFLATED) as archive:
        for file in files:
            entry = zipfile.ZipInfo(file.path, _EPOCH)
            entry.external_attr = (0o100000 | _mode(file)) << 16
            entry.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(entry, file.data)


def _write_folder(files: Iterable[BundledFile], out: Path) -> None:
    out.mkdir()
    for file in files:
        place = out / file.path
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(file.data)
        place.chmod(_mode(file))


def _mode(file: BundledFile) -> int:
    return 0o755 if file.executable else 0o644
