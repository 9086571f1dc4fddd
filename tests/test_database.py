"""Both databases are opened, migrated and written by one module: all or nothing, and never another program's."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest

from autograder.database import Schema, UnusableDatabase, migrate, numbered, transaction, version
from autograder.gradebook.migrations import SCHEMA as GRADEBOOK
from autograder.progress.migrations import SCHEMA as RECORD


def opened(path: Path) -> sqlite3.Connection:
    return sqlite3.connect(path, isolation_level=None)


def test_a_migration_that_fails_leaves_the_file_as_it_was(tmp_path: Path) -> None:
    connection = opened(tmp_path / "some.db")
    migrate(connection, Schema(7, ("CREATE TABLE kept (x INT) STRICT; INSERT INTO kept VALUES (1)",)))
    broken = Schema(7, ("", "CREATE TABLE added (x INT) STRICT; DROP TABLE nowhere"))
    with pytest.raises(sqlite3.OperationalError):
        migrate(connection, broken)
    assert connection.execute("SELECT name FROM sqlite_schema").fetchall() == [("kept",)]
    assert version(connection, broken) == 1
    connection.execute("INSERT INTO kept VALUES (2)")  # nothing is left open
    assert opened(tmp_path / "some.db").execute("SELECT count(*) FROM kept").fetchone() == (2,)


def test_a_transaction_that_fails_leaves_nothing(tmp_path: Path) -> None:
    connection = opened(tmp_path / "some.db")
    connection.execute("CREATE TABLE kept (x)")
    with pytest.raises(sqlite3.ProgrammingError), transaction(connection):
        connection.executemany("INSERT INTO kept VALUES (?)", [(1,), (2, 3)])
    assert connection.execute("SELECT count(*) FROM kept").fetchone() == (0,)


def test_the_two_databases_are_never_taken_for_each_other(tmp_path: Path) -> None:
    for own, other in ((GRADEBOOK, RECORD), (RECORD, GRADEBOOK)):
        connection = opened(tmp_path / f"{own.application}.db")
        migrate(connection, own)
        with pytest.raises(UnusableDatabase, match="another program's"):
            migrate(connection, other)
        assert version(connection, own) == len(own.migrations)


def test_numbered_values_are_found_by_their_numbers() -> None:
    with sqlite3.connect(":memory:") as connection:
        found = connection.execute("SELECT ?2, ?1, ?2", numbered("one", "two")).fetchone()
    assert found == ("two", "one", "two")
