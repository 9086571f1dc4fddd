"""What was handed in, kept beside its results, so that it can be read, and graded again, a year later.

Equal hand-ins are kept once. It must not know what becomes of them.
"""

from __future__ import annotations

import hashlib
import sqlite3
import zlib
from collections.abc import Mapping
from dataclasses import replace

import msgspec

from autograder.grading.report import SubmissionFile
from autograder.grading.submission import MAX_BYTES, Submission, from_bytes

_decode_modules = msgspec.json.Decoder(dict[str, str]).decode


def keep(connection: sqlite3.Connection, submission: Submission) -> str | None:
    """Keep a hand-in, and return its name here; None where there are no bytes to keep, or too many.

    A notebook with large outputs is kept without them: as the program that is in it.
    """
    small = len(submission.data) <= MAX_BYTES
    if not submission.data or (submission.problem is not None and not small):
        return None
    modules, sha256 = _modules(submission.modules), submission.file.sha256
    kept = hashlib.sha256(b"\0".join([submission.name.encode(), sha256.encode(), modules])).hexdigest()
    data = zlib.compress(submission.data) if small else None
    source = None if small else zlib.compress(submission.source.encode())
    connection.execute(
        "INSERT OR IGNORE INTO kept VALUES (?, ?, ?, ?, ?, ?, ?)",
        (kept, submission.name, sha256, data, source, modules.decode(), submission.problem),
    )
    return kept


def read(connection: sqlite3.Connection, kept: str) -> tuple[Submission, SubmissionFile] | None:
    """Return a kept hand-in as it was read then, and the name and hash of the file that it came in."""
    query = "SELECT name, sha256, data, source, modules FROM kept WHERE kept = ?"
    row = connection.execute(query, (kept,)).fetchone()
    if row is None:
        return None
    name, sha256, data, source, modules = row
    if data is not None:
        submission = from_bytes(name, zlib.decompress(data))
    else:
        program = zlib.decompress(source)
        submission = Submission(name, program, program.decode())
    beside = _decode_modules(modules)
    return replace(submission, modules=beside), SubmissionFile(name, sha256)


def text(connection: sqlite3.Connection, kept: str | None) -> str | None:
    """Return the text of a kept hand-in; None where it isn't kept, or has none."""
    found = read(connection, kept) if kept else None
    return (found[0].source or None) if found else None


def forget_unused(connection: sqlite3.Connection) -> None:
    """Drop what no result names any more."""
    connection.execute("DELETE FROM kept WHERE kept NOT IN (SELECT kept FROM decided WHERE kept IS NOT NULL)")


def _modules(modules: Mapping[str, str]) -> bytes:
    return msgspec.json.encode(dict(sorted(modules.items())))
