"""A handed-in file as it is: its bytes, its text, and in one sentence what keeps it from being graded.

Reading never follows a link and never runs anything. It must not know about exercises beyond the stub's text.
"""

from __future__ import annotations

import hashlib
import io
import os
import stat
import tokenize
from dataclasses import dataclass
from pathlib import Path

from autograder.grading.report import SubmissionFile

#: As UTF-8 it must fit into one frame of the wire, whatever its encoding is.
MAX_BYTES = 256 << 10
#: The only ones that a file may declare: some of Python's codecs are slow or expand what they read.
_ENCODINGS = ("utf-8", "utf-8-sig", "ascii", "iso-8859-1", "iso-8859-15", "cp1252")


@dataclass(frozen=True)
class Submission:
    """A file's name and bytes; `source` is its text, empty where `problem` says why it has none.

    The name can be encoded: what a file system allows in a name and UTF-8 doesn't is written as Python escapes.
    """

    name: str
    data: bytes
    source: str
    problem: str | None = None

    @property
    def file(self) -> SubmissionFile:
        return SubmissionFile(self.name, hashlib.sha256(self.data).hexdigest())


def read_submission(path: Path) -> Submission:
    """The submission in a file; whatever the file is, this returns."""
    try:
        data = _read(path)
    except _Unreadable as problem:
        return Submission(encodable(path.name), b"", "", str(problem))
    return from_bytes(path.name, data)


def from_bytes(name: str, data: bytes) -> Submission:
    """The submission in bytes that were read elsewhere (an archive, say)."""
    name = encodable(name)
    if len(data) > MAX_BYTES:
        return Submission(
            name, data, "", f"{name} is larger than {MAX_BYTES >> 10} KiB. Hand in the source file alone."
        )
    if not data.strip():
        return Submission(name, data, "", f"{name} is empty. Save your program in it, then run again.")
    if b"\0" in data:
        return Submission(name, data, "", f"{name} is not a text file: it holds NUL bytes. Hand in the source file.")
    try:
        return Submission(name, data, data.decode(_encoding(data)))
    except UnicodeDecodeError as problem:
        line = data[: problem.start].count(b"\n") + 1
        sentence = f"{name} is not UTF-8 text: see line {line}. Save it as UTF-8, then run again."
        return Submission(name, data, "", sentence)


def encodable(text: str) -> str:
    """Return `text` with lone surrogates, which UTF-8 can't hold, written as Python escapes; all else is kept."""
    return text.encode("utf-8", "backslashreplace").decode("utf-8")


def is_stub(source: str, stub: str) -> bool:
    """Whether a program is the stub but for comments and blanks: a name at the top is no beginning yet."""
    if source.split() == stub.split():
        return True
    if "NotImplementedError" not in source:  # telling tokens apart takes longer than all else that is read of a file
        return False
    try:
        return _tokens(source) == _tokens(stub)
    except (tokenize.TokenError, SyntaxError):  # what else it is, loading it will tell
        return False


def _tokens(source: str) -> list[str]:
    """The words of a program. It is a stranger's: nothing here may be deep where it is."""
    silent = (tokenize.COMMENT, tokenize.NL, tokenize.NEWLINE)
    return [word.string for word in tokenize.generate_tokens(io.StringIO(source).readline) if word.type not in silent]


def _encoding(data: bytes) -> str:
    """The encoding that Python itself would use: by BOM or by a comment in the first two lines, else UTF-8."""
    try:
        declared, _ = tokenize.detect_encoding(io.BytesIO(data).readline)
    except SyntaxError:
        return "utf-8-sig"
    return declared if declared in _ENCODINGS else "utf-8-sig"


class _Unreadable(Exception):
    """Why a path can't be read, in one sentence."""


def _read(path: Path) -> bytes:
    name = encodable(path.name)
    try:
        # O_NONBLOCK: opening a FIFO would wait for ever for a writer.
        descriptor = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC)
    except FileNotFoundError:
        raise _Unreadable(f"There is no file {name}. Check the name, or start with `gradecheck start`.") from None
    except PermissionError:
        raise _Unreadable(f"{name} can't be read: its permissions forbid it.") from None
    except OSError:
        what = "is a symbolic link" if path.is_symlink() else "can't be opened"
        raise _Unreadable(f"{name} {what}. Hand in the file itself.") from None
    try:
        kind = os.fstat(descriptor).st_mode
        if stat.S_ISDIR(kind):
            raise _Unreadable(f"{name} is a folder. Name the file in it.")
        if not stat.S_ISREG(kind):
            raise _Unreadable(f"{name} is not a regular file.")
        with open(descriptor, "rb", closefd=False) as file:
            return file.read(MAX_BYTES + 1)
    finally:
        os.close(descriptor)
