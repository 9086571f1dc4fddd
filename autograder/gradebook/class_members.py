"""What a gradebook knows of its students from rosters: ids, logins, addresses, names, section and team.

They are one identity over all assignments and downloads. Its tables are its own; a gradebook that is older than they
are knows nothing of the kind.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping
from functools import cached_property

from autograder.database import numbered, transaction
from autograder.roster.people import Person

#: The migration that makes room for it; `kind`: mark, name, group, or the system whose id `value` is.
TABLES = """
    CREATE TABLE member (        -- the team of a student, empty where nothing tells, as the section is in `student`
        student TEXT PRIMARY KEY REFERENCES student, team TEXT NOT NULL
    ) STRICT;
    CREATE TABLE identity (      -- every mark by which a roster knows a student: kind is mark, name, group, or a system
        student TEXT NOT NULL REFERENCES student, kind TEXT NOT NULL, value TEXT NOT NULL,
        PRIMARY KEY (student, kind, value)
    ) STRICT;
    """


class ClassMembers:
    """The members of an open gradebook's class."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    def remember(self, people: Mapping[str, Person]) -> None:
        """Keep what is told of enrolled students; what an earlier table told and this one doesn't stays, but groups."""
        with transaction(self._connection):
            for student, person in people.items():
                self._connection.execute(
                    "INSERT INTO member VALUES (?1, ?2) ON CONFLICT DO UPDATE"
                    " SET team = coalesce(nullif(?2, ''), team)",
                    numbered(student, person.team),
                )
                if person.section:
                    self._connection.execute(
                        "UPDATE student SET section = ? WHERE student = ?", (person.section, student)
                    )
                if person.groups:  # who was in one, and is in another now, is in that alone
                    self._connection.execute("DELETE FROM identity WHERE student = ? AND kind = 'group'", (student,))
                known = [("group", group) for group in person.groups]
                known += [("mark", mark) for mark in person.marks] + [("name", name) for name in person.names]
                self._connection.executemany(
                    "INSERT OR IGNORE INTO identity VALUES (?, ?, ?)",
                    [(student, *each) for each in (*known, *person.systems)],
                )

    def find(self, student: str) -> Person:
        """All that rosters say of a student."""
        teams = self._rows("SELECT team, '' FROM member WHERE student = ?", student)
        sections = self._rows("SELECT section, '' FROM student WHERE student = ?", student)
        team, section = (found[0][0] if found else "" for found in (teams, sections))
        rows = self._rows("SELECT kind, value FROM identity WHERE student = ? ORDER BY rowid", student)
        names = tuple(value for kind, value in rows if kind == "name")
        marks = frozenset(value for kind, value in rows if kind == "mark")
        groups = frozenset(value for kind, value in rows if kind == "group")
        systems = frozenset((kind, value) for kind, value in rows if kind not in ("name", "mark", "group"))
        return Person(names, systems, marks, groups=groups, team=team, section=section)

    def _rows(self, query: str, student: str) -> list[tuple[str, str]]:
        return self._connection.execute(query, (student,)).fetchall() if self._exists else []

    @cached_property
    def _exists(self) -> bool:
        query = "SELECT count(*) FROM sqlite_schema WHERE name = 'member'"
        return bool(self._connection.execute(query).fetchone()[0])
