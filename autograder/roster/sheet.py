"""An instructor's table: a CSV as a system or a spreadsheet wrote it, changed cell by cell and written back as it came.

Delimiter, byte order mark, encoding, line ends and decimal sign are found, and a cell that isn't put anew keeps its
bytes, quotes and all. It must not know what a table is about.
"""

from __future__ import annotations

import codecs
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

from autograder.language import tr
from autograder.misuse import Misuse
from autograder.roster import old_encodings

_MAX_BYTES = 64 << 20
#: How archives begin, among them the files of newer spreadsheets, and what these hold; and how older ones begin.
_ARCHIVE, _SHEETS, _OLD_WORKBOOK = b"PK\x03\x04", (b"xl/", b"opendocument.spreadsheet"), b"\xd0\xcf\x11\xe0"
_DELIMITERS = (",", ";", "\t", "|")
#: What Excel is told its delimiter by, in a line of its own before all others.
_SEP = re.compile(r'"?sep=(?P<delimiter>.)"?[^\r\n\w]*(?:\r\n|\r|\n|\Z)', re.IGNORECASE)
_MARKS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))
_CELLS = {
    sign: re.compile(rf'(?:"[^"]*(?:""[^"]*)*"|(?!")[^{sign}\r\n]*)(?P<end>[{sign}]|\r\n|\r|\n|\Z)')
    for sign in _DELIMITERS
}
_NUMBER = re.compile(
    r"(?P<whole>[-+]?(?:\d{1,3}(?P<part>[.,'’ \u00a0\u2007\u2009\u202f])\d{3}(?:(?P=part)\d{3})*|\d+))"
    r"(?:(?P<sign>[.,])(?P<decimals>\d+))?"
)
#: Lines that tell how many cells a line has, and those of them above which a title can stand.
_TELLING, _MOST_TITLES = 50, 10


class UnusableSheet(Misuse):
    """The table can't be used; the text says where, why, and what to do."""


@dataclass
class Row:
    """One line of a table: its number in the file, and its cells as they are written there."""

    number: int
    written: list[str]
    end: str
    delimiter: str

    def __getitem__(self, column: int) -> str:
        """What a cell says; a line that is too short ends in empty cells."""
        return _unquoted(self.written[column]) if column < len(self) else ""

    def __len__(self) -> int:
        return len(self.written)

    def write(self, column: int, text: str) -> None:
        """Write a cell, unless it says so already."""
        if self[column] == text:
            return
        self.written += [""] * (column + 1 - len(self.written))
        self.written[column] = _quoted(text, self.delimiter)

    @property
    def is_blank(self) -> bool:
        return not any(cell.strip() for cell in self.written)


@dataclass
class Sheet:
    """A table: its header, what stands `above` it, the lines that say the header `again`, where several tables were
    pasted below each other, and its rows without those that are blank.
    """

    path: Path
    delimiter: str
    encoding: str
    mark: bytes
    lines: list[Row]
    above: list[Row] = field(default_factory=list)
    again: list[Row] = field(default_factory=list)
    columns: list[str] = field(init=False)

    def __post_init__(self) -> None:
        self.columns = [self.header[at].strip() for at in range(len(self.header))]

    @property
    def header(self) -> Row:
        return self.lines[0]

    @cached_property
    def rows(self) -> list[Row]:
        return [row for row in self.lines[1:] if not row.is_blank]

    def remark(self) -> str:
        """Say in which encoding the table was read, where that had to be guessed, and what of it is left out."""
        text = " ".join(cell for row in self.lines for cell in row.written)
        said = [old_encodings.told(self.path.name, self.encoding, text)]
        said += [tr("{where}: the header stands here once more; this line is left out.", where=self.where(row))
                 for row in self.again]  # fmt: skip
        return " ".join(filter(None, said))

    def find(self, name: str) -> int | None:
        """The place of the first column of this name, whatever its capitals."""
        wanted = name.casefold()
        return next((at for at, column in enumerate(self.columns) if column.casefold() == wanted), None)

    def where(self, row: Row) -> str:
        """A row's place, as messages begin."""
        return f"{self.path}:{row.number}"

    def encoded(self, columns: Sequence[int] | None = None, rows: Iterable[Row] | None = None) -> bytes:
        """The table as it came, with what was put; only these columns and rows, if they are given.

        What stood above the header isn't written: who reads a table back takes its first line for the header, and each
        other one for a student.
        """
        chosen = self.lines if rows is None else [self.header, *rows]
        text = "".join(self._line(row, columns) for row in chosen)
        try:
            return self.mark + text.encode(self.encoding)
        except UnicodeEncodeError:  # what we put can't be said in the old encoding
            return codecs.BOM_UTF8 + text.encode()

    def _line(self, row: Row, columns: Sequence[int] | None) -> str:
        cells = row.written
        if columns is not None:
            cells = [row.written[at] if at < len(row) else "" for at in columns]
        return self.delimiter.join(cells) + (row.end or (self.header.end if columns is not None else ""))


def read_sheet(path: Path) -> Sheet:
    """Read a table of at least one line. Raises UnusableSheet."""
    try:
        if path.stat().st_size > _MAX_BYTES:
            raise UnusableSheet(tr("{path} is larger than 64 MiB: that is no table of a class.", path=path))
        data = path.read_bytes()
    except OSError as error:
        raise UnusableSheet(tr("{path} can't be read: {reason}.", path=path, reason=error.strerror)) from error
    text, encoding, mark = _decoded(path, data)
    delimiter = _delimiter(text)
    lines = list(_rows(path, text, delimiter))
    titles = _titles([row.written for row in lines[: _MOST_TITLES + 1]])
    above, lines = lines[:titles], lines[titles:]
    if not lines or lines[0].is_blank:
        raise UnusableSheet(tr("{path}:1: there is no header. Give the file as it was downloaded.", path=path))
    wide = next((row for row in lines if any(cell.strip() for cell in row.written[len(lines[0]) :])), None)
    if wide is not None:
        raise UnusableSheet(
            tr(
                "{path}:{number}: there are more cells than in line {header}, which is read as the header. Delete what"
                " stands above the header, or put quotes around a cell with {delimiter!r} in it.",
                path=path,
                number=wide.number,
                header=lines[0].number,
                delimiter=delimiter,
            )
        )
    again = [row for row in lines[1:] if _is_header(path, lines[0], row)]
    numbers = {row.number for row in again}
    kept = [row for row in lines if row.number not in numbers]
    return Sheet(path, delimiter, encoding, mark, kept, above, again)


def _is_header(path: Path, header: Row, row: Row) -> bool:
    """Whether a line says the header again. Raises UnusableSheet where it is the header of another table."""
    titles, cells = ([each[at].strip().casefold() for at in range(len(header))] for each in (header, row))
    given = {*cells} - {""}
    shared = given & {*titles}
    if cells != titles and len(shared) > 1 and 2 * len(shared) >= len(given):
        raise UnusableSheet(
            tr(
                "{path}:{number}: here another table begins, with other columns than in line {header}. Give the tables"
                " one at a time, or put them into the same columns.",
                path=path,
                number=row.number,
                header=header.number,
            )
        )
    return cells == titles


def decimal_sign(texts: Iterable[str]) -> str:
    """The sign before decimals in these cells, which most of those have that show one; "" if none does."""
    matches = (_NUMBER.fullmatch(text.strip()) for text in texts)
    signs = Counter(match["sign"] for match in matches if match and match["sign"] not in (None, match["part"]))
    return signs.most_common(1)[0][0] if signs else ""


def number(text: str, sign: str) -> float | None:
    """What a cell's number is, where `sign` is what its table has before decimals; None if it is none.

    `1,000` is no number in a table that shows no sign: it could be one, or a thousand.
    """
    match = _NUMBER.fullmatch(text.strip())
    if match is None or match["part"] == (match["sign"] or ""):
        return None
    whole, part, decimals = match["whole"], match["part"], match["decimals"] or ""
    if part in (".", ",") and not decimals and whole.count(part) == 1:
        if not sign:
            return None
        if part == sign:
            return float(whole.replace(part, "."))
    return float(f"{whole.replace(part, '') if part else whole}.{decimals or 0}")


def format_number(value: float, sign: str) -> str:
    """A number to a hundredth, as short as can be."""
    text = f"{value:.2f}".rstrip("0").rstrip(".").replace(".", sign or ".")
    return "0" if text == "-0" else text


def _decoded(path: Path, data: bytes) -> tuple[str, str, bytes]:
    mark, encoding = next(((mark, name) for mark, name in _MARKS if data.startswith(mark)), (b"", "utf-8"))
    is_archive = data.startswith(_ARCHIVE)
    if is_archive and not any(name in data for name in _SHEETS):
        raise UnusableSheet(tr("{path} is an archive, not a CSV. Unpack it, and name the table in it.", path=path))
    if is_archive or data.startswith(_OLD_WORKBOOK):
        raise UnusableSheet(
            tr("{path} is a workbook, not a CSV. Save the table as CSV, or give the file as downloaded.", path=path)
        )
    unmarked = _wide_encoding(data) if not mark else ""
    with suppress(UnicodeDecodeError):
        text = data[len(mark) :].decode(unmarked or encoding)
        if "\0" not in text:
            return text, unmarked or encoding, mark
    if not mark and (old := old_encodings.decoded(data)) is not None:
        return *old, mark
    raise UnusableSheet(tr("{path} isn't text. Give a CSV, as it was downloaded.", path=path))


def _wide_encoding(data: bytes) -> str:
    """UTF-16 without its mark, told by the zeros in every other byte of what is mostly plain text; else nothing."""
    low, high = data[::2].count(0), data[1::2].count(0)
    name = "utf-16-le" if high > low else "utf-16-be"
    return name if low + high and {"\n", "\r"} & set(data.decode(name, "replace")) else ""


def _delimiter(text: str) -> str:
    """The sign that parts every line into as many cells, and into most; else the one that parts the header best.

    A header is looked for below a title only if no sign parts the first line, or if a blank line ends the title.
    """
    if (told := _SEP.match(text)) and told["delimiter"] in _DELIMITERS:
        return told["delimiter"]
    best, most = ",", (False, False, 0, 1)
    for delimiter in _DELIMITERS:
        lines = [cells for _, (cells, _, _) in zip(range(_TELLING), _parted(text, delimiter), strict=False)]
        at = _titles(lines)
        counts = [len(cells) for cells in lines[at:] if _width(cells)]
        merit = (at == 0 or not _width(lines[at - 1]), len(set(counts)) == 1, -at, counts[0] if counts else 0)
        if merit[-1] > 1 and merit > most:
            best, most = delimiter, merit
    return best


def _titles(lines: Sequence[Sequence[str]]) -> int:
    """How many lines stand above the header: blank ones and those of one cell, or all down to a blank line.

    A header is wider than what stands above it, and none of its cells is a number, as some of a student's are.
    """
    widest = 0
    for at, cells in enumerate(lines[: _MOST_TITLES + 1]):
        parted = widest <= 1 or not _width(lines[at - 1])
        if at and parted and _width(cells) > max(widest, 1) and not any(map(_is_number, cells)):
            return at
        widest = max(widest, _width(cells))
    return 0


def _width(cells: Sequence[str]) -> int:
    """How many cells a line has, without empty ones at its end."""
    return max((at for at, cell in enumerate(cells, 1) if _unquoted(cell).strip()), default=0)


def _is_number(written: str) -> bool:
    return _NUMBER.fullmatch(_unquoted(written).strip()) is not None


def _rows(path: Path, text: str, delimiter: str) -> Iterator[Row]:
    number, start = 1, 0
    if told := _SEP.match(text):
        number, start = 2, told.end()
    for cells, end, reached in _parted(text[start:], delimiter):
        if reached < 0:
            raise UnusableSheet(
                tr(
                    "{path}:{number}: a cell in quotes doesn't end. Save the table as CSV anew.",
                    path=path,
                    number=number,
                )
            )
        yield Row(number, cells, end, delimiter)
        number += len(re.findall(r"\r\n|\r|\n", "".join(cells))) + 1


def _parted(text: str, delimiter: str) -> Iterator[tuple[list[str], str, int]]:
    """Yield each line's cells as they are written, how it ends, and where; -1 where no cell can be read further."""
    pattern, at, cells = _CELLS[delimiter], 0, list[str]()
    while at < len(text) or cells:
        match = pattern.match(text, at)
        if match is None:
            yield [*cells, text[at:]], "", -1
            return
        cells.append(text[at : match.start("end")])
        at = match.end()
        if match["end"] != delimiter:
            yield cells, match["end"], at
            cells = []


def _unquoted(written: str) -> str:
    return written[1:-1].replace('""', '"') if written.startswith('"') else written


def _quoted(text: str, delimiter: str) -> str:
    needs = any(sign in text for sign in (delimiter, '"', "\r", "\n")) or text != text.strip()
    return '"' + text.replace('"', '""') + '"' if needs else text
