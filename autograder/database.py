"""SQLite files of our own: recognised by their application id, migrated, and written to all or nothing.

It must not know what the tables hold.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import Any

import msgspec

from autograder.language import later, tr

#: Rows that are read at once.
_PAGE = 200
#: What an error of SQLite means, by the start of its name, as a clause with its cure.
_CURABLE = {
    "SQLITE_FULL": later(
        "the disk is full; make room, and run the same command again: what was written before is kept"
    ),
    "SQLITE_READONLY": later(
        "the disk or the folder is read-only; copy it to where you may write, or have it made writable"
    ),
    "SQLITE_CANTOPEN": later("its folder can't be written to; name one where you may write"),
    "SQLITE_IOERR": later("the disk failed, or is full; what was written before is kept"),
    "SQLITE_PERM": later("its permissions forbid it"),
}


class UnusableDatabase(Exception):
    """The file is there, and can't be used; the text is the reason, a sentence without its full stop."""


class Schema(msgspec.Struct, frozen=True):
    """A kind of database: the application id that marks its files, and one SQL script a version.

    To change the tables, append a migration; never change one that has been released.
    """

    application: int
    migrations: tuple[str, ...]


def prepare(connection: sqlite3.Connection, schema: Schema) -> None:
    """Bring an open file to the newest version, and set how it is written. Raises UnusableDatabase, sqlite3.Error."""
    migrate(connection, schema)
    connection.execute("PRAGMA foreign_keys = ON")
    with suppress(sqlite3.OperationalError):  # another program is just doing it, or this file system can't
        connection.execute("PRAGMA journal_mode = WAL")


def migrate(connection: sqlite3.Connection, schema: Schema) -> None:
    """Bring the file to the newest version; safe when two programs do it at once. Raises UnusableDatabase."""
    if version(connection, schema) == len(schema.migrations):
        return
    with transaction(connection):
        applied = version(connection, schema)
        for script in schema.migrations[applied:]:
            for statement in script.split(";"):
                connection.execute(statement)
        connection.execute(f"PRAGMA user_version = {len(schema.migrations)}")
        connection.execute(f"PRAGMA application_id = {schema.application}")


def version(connection: sqlite3.Connection, schema: Schema) -> int:
    """Return how many migrations the file has had. Raises UnusableDatabase if it is another's, or newer than this."""
    # One statement, so that another program's migration is seen whole or not at all.
    application, applied, tables = connection.execute(
        "SELECT application_id, user_version, (SELECT count(*) FROM sqlite_schema)"
        " FROM pragma_application_id, pragma_user_version"
    ).fetchone()
    if application != schema.application and (applied or tables):
        raise UnusableDatabase(tr("it is another program's database; name another folder"))
    if applied > len(schema.migrations):
        raise UnusableDatabase(tr("it was written by a newer gradecheck; update this one"))
    return int(applied)


@contextmanager
def transaction(connection: sqlite3.Connection) -> Iterator[None]:
    """All or nothing, and nobody else writes meanwhile."""
    connection.execute("BEGIN IMMEDIATE")
    try:
        yield
        connection.execute("COMMIT")
    except BaseException:
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        raise


def pages(connection: sqlite3.Connection, query: str, asked: dict[str, Any], *after: str) -> Iterator[tuple[Any, ...]]:
    """Yield what a query finds, some at a time, so that memory stays flat and nobody is kept from writing meanwhile.

    The first columns are those by which it is ordered: the query asks for what comes `after` them, by these names.
    """
    while rows := connection.execute(f"{query} LIMIT {_PAGE}", asked).fetchall():
        yield from rows
        asked |= zip(after, rows[-1], strict=False)


def numbered(*values: object) -> dict[str, object]:
    """Return the values of `?1`, `?2`, … in a statement: from Python 3.14 on these are found by their names alone."""
    return {str(number): value for number, value in enumerate(values, 1)}


def is_damaged(problem: Exception) -> bool:
    """Whether a file can't be used for what is in it."""
    name = getattr(problem, "sqlite_errorname", "")
    return name.startswith(("SQLITE_NOTADB", "SQLITE_CORRUPT")) or "malformed" in str(problem)


def describe(problem: Exception, *, patience: float) -> str:
    """Return why a file can't be used, as a clause; `patience` is how many seconds another program was waited for."""
    name = getattr(problem, "sqlite_errorname", "")
    if is_damaged(problem):
        return tr("it is damaged, or no database; put a copy in its place, or move it away, and a new one is begun")
    if name.startswith("SQLITE_BUSY"):
        return tr("it has been in use by another program for {patience:g} seconds", patience=patience)
    for start, reason in _CURABLE.items():
        if name.startswith(start):
            return tr(reason)
    return str(problem)
