"""Where submissions lie: a tree of files, in a folder or in an archive, read one file at a time.

It must not know whose a file is or what it is for.
"""

from __future__ import annotations

import os
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Any, Protocol

from autograder.feedback.sanitize import listed, one_line
from autograder.grading.submission import encodable
from autograder.language import tr
from autograder.machine import READ_WARILY
from autograder.misuse import Misuse

#: What lies beside submissions and is nobody's work; hidden files are left out too.
_RUBBISH = frozenset({"__macosx", "__pycache__", "thumbs.db", "desktop.ini", "node_modules", "site-packages"})
_ENVIRONMENTS = frozenset({"venv", "env"})
#: Names so near the top can be students'.
_NEAR = 2
_PROGRAMS = (".py", ".ipynb", ".zip")
#: Tools' own folders, in which programs can lie: drafts, versions, environments.
_OF_TOOLS = frozenset(
    (".git", ".github", ".history", ".idea", ".ipynb_checkpoints", ".venv", ".virtual_documents", ".vscode")
)
_DEEPEST = 12
#: Entries below one top-level folder: a clone that carries its libraries along is not searched to its end.
_MOST = 2_000


class IntakeError(Misuse):
    """What was named can't be taken in at all; the text says why and what to do."""


class Unreadable(Exception):
    """Why a file gives no bytes, in one sentence for the student."""


class Tree(Protocol):
    """Files below one place. `notes` are sentences about what was left out; `clones` are top-level Git clones."""

    name: str
    entries: list[Entry]
    notes: list[str]
    clones: frozenset[str]

    def read(self, handle: Any, limit: int) -> bytes:
        """At most `limit` + 1 bytes of a file. Raises Unreadable."""

    def close(self) -> None: ...


@dataclass(frozen=True, slots=True)
class Entry:
    """One file, or a folder that was seen; `problem` is why a file is not read (a link, say).

    `path` holds the names from the top of the tree down, fit to be shown and stored; `modified` is only good for
    comparing.
    """

    tree: Tree
    handle: Any
    path: tuple[str, ...]
    modified: float = 0.0
    is_folder: bool = False
    problem: str | None = None

    def read(self, limit: int) -> bytes:
        if self.problem is not None:
            raise Unreadable(self.problem)
        return self.tree.read(self.handle, limit)


#: What an instructor lays beside the submissions, for `batch`.
POLICY = "policy.yaml"


def is_rubbish(path: Iterable[str]) -> bool:
    """Whether a path leads to what systems and tools leave behind, or the instructor, and no student wrote."""
    path = tuple(path)
    if path == (POLICY,):
        return True
    for depth, name in enumerate(path):
        lower = name.lower()
        if name.startswith(".") or lower in _RUBBISH or (depth > 1 and lower in _ENVIRONMENTS):
            return True
    return False


def hidden_folder(path: tuple[str, ...]) -> str:
    """The hidden folder near the top in which a program lies, or the program that is hidden there; else nothing.

    A tool's own folder is nobody; macOS lays a `._` file beside each.
    """
    is_program = path[-1].lower().endswith(_PROGRAMS) and not path[-1].startswith("._")
    hidden = [at for at, name in enumerate(path[:_NEAR]) if name.startswith(".") and name not in _OF_TOOLS]
    return "/".join(path[: hidden[0] + 1]) if is_program and hidden and len(path) <= hidden[0] + 2 else ""


def tell_hidden(names: Iterable[str]) -> list[str]:
    """Say what is left out for its name alone."""
    told = list(dict.fromkeys(describe_path([name]) for name in names if name))
    said = tr("Left out, for their names begin with a dot: {names}. Rename what is a student's.", names=listed(told))
    return [said] if told else []


def spelled(name: str) -> str:
    """A name as it is kept: composed (macOS decomposes), without surrogates that no database takes."""
    return unicodedata.normalize("NFC", encodable(name))


def describe_path(path: Iterable[str]) -> str:
    """A path as it can be shown on one line."""
    return one_line("/".join(path), width=120)


class FolderTree:
    """The files of a folder. Links are listed, with their problem, and never followed."""

    def __init__(self, root: Path) -> None:
        self.name = spelled(root.resolve().name)
        self.notes: list[str] = []
        self._clones: set[str] = set()
        self._hidden: list[str] = []
        self.entries = list(self._walk(os.fspath(root)))
        self.clones = frozenset(self._clones)

    def read(self, handle: str, limit: int) -> bytes:
        try:
            with os.fdopen(os.open(handle, READ_WARILY), "rb") as file:
                return file.read(limit + 1)
        except OSError as error:
            raise Unreadable(
                tr("{file} can't be read: {reason}.", file=describe_path([Path(handle).name]), reason=error.strerror)
            ) from None

    def close(self) -> None:
        """Nothing is held open."""

    def _walk(self, root: str) -> Iterator[Entry]:
        """Yield what lies there, of each folder at the top what lies highest first: only so much of it is taken."""
        crowded = list[str]()
        for top in self._listed(root, ()):
            found = list(islice(self._below(top), _MOST + 1))
            yield from found[:_MOST]
            crowded += [spelled(top.name)] if len(found) > _MOST else []
        self.notes += tell_hidden(self._hidden)
        self.notes += [
            tr("{file} holds more than {most} files: the rest was left out.", file=describe_path([name]), most=_MOST)
            for name in crowded
        ]

    def _below(self, top: os.DirEntry[str]) -> Iterator[Entry]:
        """Yield an entry at the top, and what lies below it, level by level."""
        level: list[tuple[os.DirEntry[str], tuple[str, ...]]] = [(top, (spelled(top.name),))]
        while level:
            kept = [(found, path) for found, path in level if not is_rubbish(path)]
            self._hidden += [name for found, path in level if len(path) <= _NEAR for name in self._hiding(found, path)]
            self._clones |= {path[0] for found, path in level if found.name == ".git" and len(path) == 2}
            yield from (self._entry(found, path) for found, path in kept)
            folders = ((found.path, path) for found, path in kept if found.is_dir(follow_symlinks=False))
            level = [
                (each, (*path, spelled(each.name)))
                for folder, path in folders
                if len(path) < _DEEPEST
                for each in self._listed(folder, path)
            ]

    def _hiding(self, found: os.DirEntry[str], path: tuple[str, ...]) -> list[str]:
        """The name of what is hidden, once for each program in it."""
        if not found.name.startswith("."):
            return []
        below = self._listed(found.path, path) if found.is_dir(follow_symlinks=False) else []
        return [hidden_folder(each) for each in (path, *((*path, spelled(each.name)) for each in below))]

    def _listed(self, folder: str, above: tuple[str, ...]) -> list[os.DirEntry[str]]:
        try:
            with os.scandir(folder) as found:
                return sorted(found, key=lambda each: each.name)
        except OSError as error:
            if not above:
                raise IntakeError(
                    tr("{folder} can't be read: {reason}.", folder=folder, reason=error.strerror)
                ) from None
            self.notes.append(
                tr("{file} can't be read: {reason}. Skipped.", file=describe_path(above), reason=error.strerror)
            )
            return []

    def _entry(self, found: os.DirEntry[str], path: tuple[str, ...]) -> Entry:
        problem = None
        if found.is_symlink():
            problem = tr("{file} is a symbolic link. Hand in the file itself.", file=describe_path(path[-1:]))
        elif not found.is_dir() and not found.is_file():
            problem = tr("{file} is not a regular file.", file=describe_path(path[-1:]))
        try:
            modified = found.stat(follow_symlinks=False).st_mtime
        except OSError:  # gone since it was listed
            modified = 0.0
        return Entry(self, found.path, path, modified, found.is_dir(follow_symlinks=False), problem)
