"""Canvas's gradebook, as it is exported: where students, assignments and the points possible stand in it.

Columns are found by what Canvas always writes in English (`Title (8801)`, `ID`), and else by place and content.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from autograder.language import tr
from autograder.roster.people import Person, is_shortened, marks, squeeze, undressed
from autograder.roster.sheet import Row, Sheet, UnusableSheet

ASSIGNMENT = re.compile(r"^(?P<title>.+) \((?P<id>\d+)\)$", re.DOTALL)
_ID = re.compile(r"\d+(?:~\d+)?")
_POINTS = "points possible"
_MARKED = ("SIS User ID", "SIS Login ID", "Integration ID")
_KNOWN = (*_MARKED, "Root Account", "Section")


@dataclass(frozen=True)
class CanvasGradebook:
    """A sheet, the column of Canvas's own ids, and the columns that tell who a student is."""

    sheet: Sheet
    id: int
    about: range

    @cached_property
    def students(self) -> list[Row]:
        """The rows that bear an id; Canvas's test student bears none, nor do the points, whatever fills empty cells."""
        ids = (self.id, *self._marked)
        rows = (row for row in self.sheet.rows if _POINTS not in row[0].casefold())
        return [row for row in rows if any(row[at].strip() for at in ids)]

    @cached_property
    def people(self) -> list[Person]:
        """The students as people, in the same order."""
        return [self._person(row) for row in self.students]

    @cached_property
    def points_row(self) -> Row | None:
        """The row with the points possible; in another language, the last one above the students."""
        first = min((row.number for row in self.students), default=0)
        above = [row for row in self.sheet.rows if row.number < first]
        named = [row for row in above if _POINTS in row[0].casefold()]
        return next(iter(named or [row for row in above if row[0].strip()][-1:]), None)

    def name(self, row: Row) -> str:
        return ", ".join(part for at in range(self.id) if (part := row[at].strip()))

    def assignments(self) -> Iterator[tuple[int, str]]:
        """Yield each assignment's column and title."""
        for at, column in enumerate(self.sheet.columns):
            match = ASSIGNMENT.match(column)
            if match and at not in self.about:
                yield at, match["title"]

    @cached_property
    def _section(self) -> int | None:
        named = self.sheet.find("Section")
        last = self.about.stop - 1
        return named if named is not None else last if last > self.id else None

    @cached_property
    def _marked(self) -> list[int]:
        named = [at for at in map(self.sheet.find, _MARKED) if at is not None]
        return named or [at for at in self.about if at > self.id and at != self._section]

    def _person(self, row: Row) -> Person:
        section = "" if self._section is None else row[self._section].strip()
        number, name = undressed(row[self.id]), self.name(row)
        marked = [row[at].strip() for at in self._marked]
        handles = (f"{squeeze(name)}_{number}", *marked, name)
        systems = frozenset({("canvas", number)} if not is_shortened(number) else ())
        return Person((name,) if name else (), systems, marks(*marked), section=section, handles=handles)

    def refuse_shortened(self) -> None:
        """Raise UnusableSheet for an id that Canvas, which looks for students by it first, could not find again."""
        row = next((row for row in self.students if is_shortened(row[self.id])), None)
        if row is not None:
            raise UnusableSheet(
                tr(
                    "{where}: the ID is {id!r}, as a spreadsheet shortens a long number, and Canvas finds nobody by"
                    " that. Give the file as Canvas exported it, not as a spreadsheet saved it.",
                    where=self.sheet.where(row), id=row[self.id].strip(),
                )
            )  # fmt: skip


def read(sheet: Sheet) -> CanvasGradebook:
    """Find the columns. Raises UnusableSheet where they aren't Canvas's."""
    at = sheet.find("ID")
    if at not in (1, 2) or not any(_ID.fullmatch(undressed(row[at])) or is_shortened(row[at]) for row in sheet.rows):
        at = next((column for column in (1, 2) if _are_ids(sheet, column)), None)
    if at is None and _has_nobody(sheet):
        raise UnusableSheet(tr("{where}: there is nobody in this gradebook.", where=sheet.where(sheet.header)))
    if at is None:
        raise UnusableSheet(
            tr(
                "{where}: this is no gradebook of Canvas: behind the names there is no column with "
                "Canvas's ids. Give what Canvas writes under Grades, Export.",
                where=sheet.where(sheet.header),
            )
        )
    known = [place for place in map(sheet.find, _KNOWN) if place is not None]
    first = next((n for n, column in enumerate(sheet.columns) if ASSIGNMENT.match(column)), len(sheet.columns))
    return CanvasGradebook(sheet, at, range(max(known, default=first - 1) + 1))


def _has_nobody(sheet: Sheet) -> bool:
    """Whether a sheet has nothing but the points and, perhaps, Canvas's test student."""
    ids = [at for at in map(sheet.find, ("ID", *_MARKED)) if at is not None]
    rows = [row for row in sheet.rows if _POINTS not in row[0].casefold()]
    return len(rows) < len(sheet.rows) and not any(row[at].strip() for row in rows for at in ids or (0,))


def is_one(sheet: Sheet) -> bool:
    """Whether a sheet is surely Canvas's: other lists have names and ids too."""
    marked = any(sheet.find(name) is not None for name in ("SIS User ID", "SIS Login ID"))
    titled = any(ASSIGNMENT.match(column) for column in sheet.columns)
    pointed = any(_POINTS in row[0].casefold() for row in sheet.rows[:3])
    return (marked or titled or pointed) and any(_are_ids(sheet, at) for at in (1, 2))


def _are_ids(sheet: Sheet, column: int) -> bool:
    ids = [text for row in sheet.rows if (text := undressed(row[column]))]
    return column < len(sheet.columns) and bool(ids) and all(map(_ID.fullmatch, ids)) and len(set(ids)) == len(ids)
