"""A handed-in file as it is: its bytes, its text, and in one sentence what keeps it from being graded.

Whatever a file turns out to be (a notebook, UTF-16, no text at all) is decided here, for one file and for a class
alike. Reading never follows a link and never runs anything. It must not know about exercises beyond the stub's text.
"""

from __future__ import annotations

import codecs
import hashlib
import io
import os
import stat
import tokenize
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from autograder.grading import notebooks, other_formats
from autograder.grading.modules import modules
from autograder.grading.notebooks import NoProgram
from autograder.grading.report import SubmissionFile
from autograder.language import later, series, tr, tr_n
from autograder.machine import READ_WARILY
from autograder.sandbox.cells import cells
from autograder.several_files import File, files, joined

#: As UTF-8 it must fit into one frame of the wire, whatever its encoding is.
MAX_BYTES = 256 << 10
#: The only ones that a file may declare: some of Python's codecs are slow or expand what they read.
_ENCODINGS = ("utf-8", "utf-8-sig", "ascii", "iso-8859-1", "iso-8859-15", "cp1252")
#: What PowerShell and older editors write, by its first bytes; the longer ones first.
_WIDE = {
    codecs.BOM_UTF32_LE: "UTF-32", codecs.BOM_UTF32_BE: "UTF-32", codecs.BOM_UTF16_LE: "UTF-16",
    codecs.BOM_UTF16_BE: "UTF-16",
}  # fmt: skip


@dataclass(frozen=True)
class Submission:
    """A file's name and bytes; `source` is its text, empty where `problem` says why it has none.

    The name can be encoded: what a file system allows in a name and UTF-8 doesn't is written as Python escapes. A
    notebook's source is the text of its code cells (see `sandbox.cells`). `modules` are the texts of files beside it
    that it imports, by module name; `remarks` are sentences about how it was found and read.
    """

    name: str
    data: bytes
    source: str
    problem: str | None = None
    modules: Mapping[str, str] = field(default_factory=dict)
    remarks: tuple[str, ...] = ()

    @property
    def file(self) -> SubmissionFile:
        return SubmissionFile(self.name, hashlib.sha256(self.data).hexdigest())


def listings(source: str) -> list[File]:
    """Return a submission's text as the student knows it: one program, or several files, or a notebook's cells."""
    parts = files(source)
    for cell in cells(source):
        parts.append(File(tr("code cell {number}", number=cell.number), cell.first_line, cell.text))
    return parts or [File("", 1, source)] * bool(source.strip())


def read_submission(path: Path) -> Submission:
    """The submission in a file; whatever the file is, this returns."""
    try:
        data = _read(path)
    except _Unreadable as problem:
        return Submission(encodable(path.name), b"", "", str(problem))
    submission = from_bytes(path.name, data)
    if submission.problem is not None:
        return submission
    return replace(submission, modules=modules(submission.source, lambda name: _text_beside(path, name)))


def read_work(place: Path, names: Sequence[str]) -> Submission:
    """The submission at a place: a file, or the folder of several where `names` are theirs."""
    return read_folder(place, names) if names else read_submission(place)


def read_folder(folder: Path, names: Sequence[str]) -> Submission:
    """The submission of several files in a folder; whatever the folder is, this returns."""
    name = encodable(folder.resolve().name)
    if not folder.is_dir():
        problem = tr("{name} is no folder. Name the folder that holds {files}.", name=name, files=series(names))
        return Submission(name, b"", "", problem)
    return of_files(
        name, {each: read_submission(folder / each) for each in names if os.path.lexists(folder / each)}, names
    )


def of_files(name: str, parts: Mapping[str, Submission], names: Sequence[str]) -> Submission:
    """One submission of several, by the names that the files should have; `names` are all that there should be."""
    data = b"".join(parts[each].data for each in names if each in parts)
    missing = [each for each in names if each not in parts]
    if missing:
        problem = tr_n(
            "{missing} is missing: hand in {files} together, in one folder.",
            "{missing} are missing: hand in {files} together, in one folder.",
            len(missing),
            missing=series(missing),
            files=series(names),
        )
        return Submission(name, data, "", problem)
    unread = next((part.problem for part in parts.values() if part.problem is not None), None)
    if unread is not None:
        return Submission(name, data, "", unread)
    source = joined({each: parts[each].source for each in names})
    beside = {key: text for part in parts.values() for key, text in part.modules.items() if f"{key}.py" not in names}
    remarks = tuple(remark for part in parts.values() for remark in part.remarks)
    try:
        return _bounded(Submission(name, data, source, modules=beside, remarks=remarks))
    except NoProgram as problem:
        return Submission(name, data, "", f"{name} {problem}")


def _text_beside(path: Path, name: str) -> str | None:
    """The text of a file that lies beside another; None if there is none, or if it is the file itself."""
    beside = path.parent / name
    try:
        return None if name == path.name else from_bytes(beside.name, _read(beside)).source or None
    except _Unreadable:
        return None


def largest(name: str) -> int:
    """How many bytes a file of this name may have."""
    return notebooks.MAX_BYTES if is_notebook(name) else MAX_BYTES


def is_notebook(name: str) -> bool:
    """Whether a file of this name is a notebook; a browser may have put `.txt` behind it."""
    return name.lower().removesuffix(".txt").endswith(notebooks.SUFFIX)


def from_bytes(name: str, data: bytes) -> Submission:
    """The submission in bytes, wherever they were read; whatever they are, this returns."""
    name = encodable(name)
    try:
        if len(data) > largest(name):
            raise NoProgram(
                tr("is larger than {size}.", size=_size(largest(name))) + f" {tr(_SMALLER[is_notebook(name)])}"
            )
        if not data.strip():
            raise NoProgram(tr("is empty. Save your work in it, then run again."))
        if (is_notebook(name) and not notebooks.is_program(data)) or notebooks.looks_so(data):
            return _bounded(Submission(name, data, notebooks.program(data)))
        return _bounded(_from_text(name, data))
    except NoProgram as problem:
        return Submission(name, data, "", f"{name} {problem}")


#: Bytes from which on it can be told where the zeros of a text are.
_ENOUGH = 16
_SMALLER = {
    True: later("Clear its outputs (in Jupyter: Edit, Clear Outputs of All Cells), save it, and hand it in again."),
    False: later("Hand in the source file alone."),
}


def _bounded(submission: Submission) -> Submission:
    """As UTF-8 its text must fit into one frame, however it came."""
    if len(submission.source.encode()) > MAX_BYTES:
        raise NoProgram(
            tr("holds more than {size} of program. Hand in what the exercise asks for alone.", size=_size(MAX_BYTES))
        )
    return submission


def _from_text(name: str, data: bytes) -> Submission:
    wide = _wide(data)
    if wide is not None:
        return _from_wide(name, data, wide)
    if b"\0" in data:
        raise NoProgram(other_formats.of_bytes(data) or _binary(data.partition(b"\0")[0].count(b"\n")))
    try:
        return _plain(Submission(name, data, data.decode(_encoding(data))))
    except UnicodeDecodeError as problem:
        if known := other_formats.of_bytes(data):
            raise NoProgram(known) from None
        line = data[: problem.start].count(b"\n") + 1
        raise NoProgram(
            tr("is not UTF-8 text: see line {line}. Save it as UTF-8, then run again.", line=line)
        ) from None


def _binary(above: int) -> str:
    """What to say of text with NUL bytes, the first of which has so many lines above it."""
    return tr(
        "is not a text file: it holds NUL bytes, the first in line {line}. Hand in the source file, saved as UTF-8.",
        line=above + 1,
    )


def _wide(data: bytes) -> str | None:
    """The encoding of a text whose characters take two or four bytes each: by its mark, else by where its zeros are."""
    marked = next((kind for mark, kind in _WIDE.items() if data.startswith(mark)), None)
    if marked is not None or b"\0" not in data[:2] or len(data) < _ENOUGH:
        return marked
    second = data.startswith(b"\0")
    mostly_zero = data[1 - second :: 2].count(0) > len(data) // 3
    return ("UTF-16BE" if second else "UTF-16LE") if mostly_zero else None


def _from_wide(name: str, data: bytes, kind: str) -> Submission:
    """A text of two or four bytes a character, which Python itself would not read."""
    try:
        source = data.decode(kind)
    except UnicodeDecodeError:
        raise NoProgram(
            tr("begins as {kind} text and goes on as something else. Save it as UTF-8.", kind=kind)
        ) from None
    if "\0" in source:
        raise NoProgram(other_formats.of_bytes(data) or _binary(source.partition("\0")[0].count("\n")))
    remark = tr(
        "{name} is {kind} text, as PowerShell writes it, and was read as that. Python wants UTF-8: save it so.",
        name=name,
        kind=kind,
    )
    return _plain(Submission(name, data, source, remarks=(remark,)))


def _plain(submission: Submission) -> Submission:
    """A text that isn't of another kind than its name says."""
    if known := other_formats.of_text(submission.source):
        raise NoProgram(known)
    return submission


def _size(count: int) -> str:
    return f"{count >> 20} MiB" if count >= 1 << 20 else f"{count >> 10} KiB"


def encodable(text: str) -> str:
    """Return `text` with lone surrogates, which UTF-8 can't hold, written as Python escapes; all else is kept."""
    return text.encode("utf-8", "backslashreplace").decode("utf-8")


def is_stub(source: str, stub: str) -> bool:
    """Whether a program is the stub but for its remarks and blanks: a name at the top is no beginning yet.

    Remarks are comments, docstrings and what the stub's NotImplementedError says: each may be in another language.
    """
    if source.split() == stub.split():
        return True
    if "NotImplementedError" in stub and "NotImplementedError" not in source:
        return False  # telling tokens apart takes longer than all else that is read of a file
    try:
        return _tokens(source) == _tokens(stub)
    except (tokenize.TokenError, SyntaxError):  # what else it is, loading it will tell
        return False


def _tokens(source: str) -> list[str]:
    """The words of a program. It is a stranger's: nothing here may be deep where it is."""
    words: list[str] = []
    begins = True
    for word in tokenize.generate_tokens(io.StringIO(source).readline):
        if word.type in (tokenize.COMMENT, tokenize.NL):
            continue
        remark = word.type == tokenize.STRING and (begins or words[-2:] == ["NotImplementedError", "("])
        begins = word.type in (tokenize.NEWLINE, tokenize.INDENT, tokenize.DEDENT)
        if not remark and word.type != tokenize.NEWLINE:
            words.append(word.string)
    return words


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
        descriptor = os.open(path, READ_WARILY)
    except FileNotFoundError:
        raise _Unreadable(
            tr("There is no file {name}. Check the name, or start with `gradecheck start`.", name=name)
        ) from None
    except PermissionError:
        if path.is_dir():  # Windows opens none
            raise _Unreadable(tr("{name} is a folder. Name the file in it.", name=name)) from None
        raise _Unreadable(tr("{name} can't be read: its permissions forbid it.", name=name)) from None
    except OSError:
        if path.is_symlink():
            raise _Unreadable(tr("{name} is a symbolic link. Hand in the file itself.", name=name)) from None
        raise _Unreadable(tr("{name} can't be opened. Hand in the file itself.", name=name)) from None
    try:
        kind = os.fstat(descriptor).st_mode
        if stat.S_ISDIR(kind):
            raise _Unreadable(tr("{name} is a folder. Name the file in it.", name=name))
        if not stat.S_ISREG(kind):
            raise _Unreadable(tr("{name} is not a regular file.", name=name))
        with open(descriptor, "rb", closefd=False) as file:
            return file.read(largest(name) + 1)
    finally:
        os.close(descriptor)
