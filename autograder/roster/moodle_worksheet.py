"""Moodle's grading worksheet in whatever language: its columns are known by their place and by what is in them.

The first holds `Participant 301`, a word and a number; grade and maximum are the last two neighbours of which the right
one is the same number in every row; behind them stands whether a grade can be changed, perhaps after the state of the
marking, then dates, and then the comments.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from autograder.language import tr
from autograder.roster.people import Person, marks
from autograder.roster.sheet import Row, Sheet, UnusableSheet, decimal_sign, number

_IDENTIFIER = re.compile(r"(?P<word>.*\D)(?P<number>\d+)", re.DOTALL)
_TIME = re.compile(r"\d{1,2}[:.h]\d{2}")
_NONE = ("", "-")
#: Moodle's word for "no" in its languages.
_NO = frozenset({
    "ei", "ez", "na", "ne", "nee", "nei", "nein", "nej", "nem", "nie", "nil", "no", "non", "nu", "nē", "não", "hayır",
    "không", "tidak", "όχι", "не", "нет", "ні", "ոչ", "არა", "לא", "لا", "نه", "خیر", "नहीं", "না", "ไม่", "否", "いいえ",
    "아니오", "아니요",
})  # fmt: skip


@dataclass(frozen=True)
class MoodleWorksheet:
    """A sheet, the columns of grade and comments (None where there are none), and the sign before its decimals.

    `dates` are the columns from the first date to the last: what students typed in can lie between.
    """

    sheet: Sheet
    grade: int
    comments: int | None
    sign: str
    dates: range

    @property
    def maximum(self) -> float:
        value = number(self.sheet.rows[0][self.grade + 1], self.sign)
        assert value is not None
        return value

    @cached_property
    def about(self) -> range:
        """The columns between identifier and grade: the name, what else the site shows of people, status, group."""
        return range(1, self.grade)

    @cached_property
    def people(self) -> list[Person]:
        """The rows as people, in the same order."""
        rows = self.sheet.rows
        marked = [at for at in self.about if _are_marks([text for row in rows if (text := row[at].strip())], at)]
        return [self._person(row, marked) for row in rows]

    def is_locked(self, row: Row) -> bool:
        """Whether Moodle lets nobody change the grade, and skips it in an upload."""
        return any(row[self.grade + behind].strip().casefold() in _NO for behind in (2, 3))

    def name(self, row: Row) -> str:
        """The full name; where names are hidden only the status stands there, and the identifier is the name."""
        return row[1 if len(self.about) > 1 else 0].strip()

    def _person(self, row: Row, marked: list[int]) -> Person:
        match = _IDENTIFIER.fullmatch(row[0].strip())
        word, digits = (match["word"].strip(), match["number"]) if match else ("", "")
        # Where names are hidden, a download has the identifier's word for a name.
        names = tuple(name for name in (self.name(row), word) if name and "@" not in name)
        groups = frozenset(
            text
            for at in self.about[1:]
            if (text := row[at].strip()) and "@" not in text and (at not in marked or any(map(str.isalpha, text)))
        )
        numbers, ids = frozenset({digits} - {""}), [row[at].strip() for at in marked]
        handles = (self.name(row), *ids)
        return Person(names, marks=marks(*ids), numbers=numbers, groups=groups, handles=handles)


def read(sheet: Sheet, grade: int | None = None) -> MoodleWorksheet:
    """Find the columns; `grade` is given where somebody named it. Raises UnusableSheet with the true reason."""
    if not sheet.rows:
        raise UnusableSheet(tr("{where}: there is nobody in this worksheet.", where=sheet.where(sheet.header)))
    _demand_identifiers(sheet)
    dates = [at for at in range(1, len(sheet.columns)) if _is_of_dates(sheet, at)]
    found = grade if grade is not None else _grade(sheet, max(dates, default=len(sheet.columns)))
    sign = decimal_sign(row[at] for row in sheet.rows for at in (found, found + 1))
    _demand_points(sheet, (found, found + 1), sign)
    behind = [at for at in dates if at > found + 1]
    written = range(behind[0], behind[-1] + 1) if behind else range(0)
    comments = written.stop if written and written.stop < len(sheet.columns) else None
    return MoodleWorksheet(sheet, found, comments, sign, written)


def _demand_identifiers(sheet: Sheet) -> None:
    """Raise UnusableSheet at the first line that doesn't begin as Moodle begins one."""
    odd = next((row for row in sheet.rows if not _IDENTIFIER.fullmatch(row[0].strip())), None)
    if odd is not None and odd is not sheet.rows[0]:
        raise UnusableSheet(
            tr(
                "{where}: this line begins with {odd!r}, not with a word and a number as those above it. Delete it if"
                " it is about no student.",
                where=sheet.where(odd),
                odd=odd[0][:40],
            )
        )
    if odd is not None:
        raise UnusableSheet(
            tr(
                "{where}: this is no grading worksheet of Moodle: its first cell is {odd!r}, not a word "
                "and a number as `Participant 301`. Give what Moodle writes under Download grading "
                "worksheet.",
                where=sheet.where(odd),
                odd=odd[0][:40],
            )
        )


def _demand_points(sheet: Sheet, columns: Sequence[int], sign: str) -> None:
    """Raise UnusableSheet where something else than points stands in these columns."""
    for row in sheet.rows:
        for at in columns:
            if row[at].strip() not in _NONE and number(row[at], sign) is None:
                raise UnusableSheet(
                    tr(
                        "{where}: {columns} is {row!r}, which can't be read as points.",
                        where=sheet.where(row),
                        columns=sheet.columns[at],
                        row=row[at],
                    )
                )


def is_one(sheet: Sheet) -> bool:
    """Whether a sheet is surely Moodle's: logins can be a word and a number too, but no list has both its dates."""
    firsts = [match for row in sheet.rows if (match := _IDENTIFIER.fullmatch(row[0].strip()))]
    dates = sum(_is_of_dates(sheet, at) for at in range(1, len(sheet.columns)))
    return len(firsts) == len(sheet.rows) and len({match["word"] for match in firsts}) == 1 and dates > 1


def _grade(sheet: Sheet, end: int) -> int:
    for at in range(end - 2, 0, -1):
        right = {row[at + 1].strip() for row in sheet.rows}
        left = {row[at].strip() for row in sheet.rows} - set(_NONE)
        sign = decimal_sign([*left, *right])
        if len(right) == 1 and all(number(text, sign or ".") is not None for text in (*left, *right)):
            return at
    for at in range(end - 2, 0, -1):
        right = {row[at + 1] for row in sheet.rows}
        items = [item.strip() for item in re.split(r"[,\n]", min(right))]
        if len(right) == 1 and len(items) > 1 and {row[at].strip() for row in sheet.rows} <= {*items, *_NONE}:
            raise UnusableSheet(
                f"{sheet.where(sheet.rows[0])}: "
                + tr("this assignment is graded on a scale ({steps}), and points are no step of it. Give it points in"
                     " Moodle, and download the worksheet again.", steps=", ".join(items)[:80])
            )  # fmt: skip
    raise UnusableSheet(
        tr(
            "{where}: grade and maximum grade can't be found: of two neighbours the right one must "
            "hold the same number in every row. Is the assignment graded in points? `--column "
            "TASK=TITLE` names the column of the grade.",
            where=sheet.where(sheet.header),
        )
    )


def _are_marks(cells: list[str], column: int) -> bool:
    """Whether a column tells each apart, and not by a name."""
    return len(cells) == len(set(cells)) and (column > 1 or any("@" in cell for cell in cells))


def _is_of_dates(sheet: Sheet, column: int) -> bool:
    cells = [row[column].strip() for row in sheet.rows]
    return all(cell == "-" or (len(cell) > 8 and _TIME.search(cell)) for cell in cells)
