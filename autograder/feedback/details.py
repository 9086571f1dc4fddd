"""What stands below a message's first sentence, taken apart for a page: a grid of marks, arrays by name, plain lines.

It reads what `grading/array_difference.py` and `grading/showing.py` write. What it doesn't know stays a plain line, for
a student's program can be quoted here; plain lines are escaped by whoever shows them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from html import escape

from autograder.language import decimal, power_of_ten, tr

#: An array of one row with more entries than this is folded.
_WIDEST = 7
#: How many signs, and columns of a grid, fit into the narrowest phone.
_SIGNS_ON_A_PHONE, _GRID_ON_A_PHONE = 26, 8
#: How wide a sign of a matrix is, and what stands around an entry on a phone, in its own size of type.
_SIGN, _AROUND = 0.56, 0.6
_HEADING = re.compile(r" *0(?: +\d{1,2})+")
_MARKS = re.compile(r" *(?:\d{1,2}  +)?[.xs](?: +[.xs])*")
_NUMBER = r"[-+]?(?:\d+(?:\.\d*)?|\.\d+)(?:e[-+]?\d+)?|[-+]?(?:nan|inf)"
#: It gives back nothing that it has read: a program's text would else be split in all ways that there are.
_ARRAY = re.compile(rf"(?:tensor\()?(\[[\[\]\s,]*+(?:(?>\.\.\.|{_NUMBER})[\[\]\s,]++)*+(?<=\]))\)?", re.IGNORECASE)
_NAMED = re.compile(r"([A-Za-z_]\w{0,40}) = ")
#: What stands between the arguments of a call that fits one line, its rows, and its layers.
_APART = re.compile(r", (?=[A-Za-z_]\w{0,40} = )")
_BETWEEN_ROWS = re.compile(r"\],?\s*(?:(\.\.\.),?\s*)?\[")
_BETWEEN_LAYERS = re.compile(r"\]\s*\],?\s*\[\s*\[")
_LAYERS_LEFT_OUT = re.compile(r"\]\s*\],\s*\.\.\.")
#: What stands for the middle of a row, and of a column, that numpy left out.
_LEFT_OUT, _ROWS_LEFT_OUT = "⋯", "⋮"
#: Prose begins at the margin, has several words, and ends as a sentence does.
_PROSE = re.compile(r"[A-ZÁÉÍÓÚ¿¡][^\[\]= ]* [^\[\]=]*[.:?]")
_ALIGNED = re.compile(r"^ *(?:\[|\d+  )|\[\[|\S {3,}\S", re.MULTILINE)
_ONE_NUMBER = re.compile(_NUMBER, re.IGNORECASE)
_POWER = re.compile(r"e([-+]?)0*(\d+)$", re.IGNORECASE)


@dataclass(frozen=True)
class Lines:
    """Plain lines, as they were written."""

    text: str
    kind: str = "lines"

    @property
    def is_aligned(self) -> bool:
        """Whether something stands below something: such lines aren't folded."""
        return _ALIGNED.search(self.text) is not None


@dataclass(frozen=True)
class Sentence:
    """A line of prose among the others."""

    text: str
    kind: str = "sentence"


@dataclass(frozen=True)
class Pointed:
    """A line of the program with a caret below it: what stands `before` it, `at` it, and `after` it."""

    before: str
    at: str
    after: str
    kind: str = "pointed"


@dataclass(frozen=True)
class Grid:
    """Which entries are right ("."), wrong ("x"), or right but for their sign ("s"); `rows` of a vector are one."""

    rows: Sequence[Sequence[str]]
    is_vector: bool
    kind: str = "grid"


@dataclass(frozen=True)
class Array:
    """An array of one or two axes, each entry as it is set; `marks` are a grid's, none where nobody can tell them.

    One of three axes has `layers` in place of rows. Of another value there are neither, and `text` is what was written.
    """

    name: str
    rows: Sequence[Sequence[str]] = ()
    marks: Sequence[Sequence[str]] = ()
    text: str = ""
    layers: Sequence[Sequence[Sequence[str]]] = ()


@dataclass(frozen=True)
class Arrays:
    """Arrays to stand beside one another."""

    heading: str
    arrays: Sequence[Array] = ()
    kind: str = "arrays"


@dataclass(frozen=True)
class Places:
    """Entries of two large arrays: where each is, what it is, and what it should be."""

    entries: Sequence[tuple[str, str, str]]
    kind: str = "places"


Part = Lines | Sentence | Pointed | Grid | Arrays | Places


def parts(sentence: str, details: str) -> list[Part]:
    """Return the parts of a message's details in their order; `sentence` is what stands before them."""
    found: list[Part] = []
    lines: Sequence[str] = details.split("\n") if details else ()
    none_agrees = tr("no entry agrees") in sentence
    while lines:
        part: Part
        known = _grid(lines) or _arrays(lines, none_agrees) or _places(lines) or _pointed(lines) or _sentence(lines)
        part, lines = known or (Lines(lines[0]), lines[1:])
        if isinstance(part, Lines) and found and isinstance(found[-1], Lines):
            found[-1] = Lines(f"{found[-1].text}\n{part.text}")
        else:
            found.append(part)
    return _laid_over(found)


def _laid_over(found: list[Part]) -> list[Part]:
    """A grid of the answer that stands below it is laid over that, so that each number has its colour."""
    grid = next((part for part in found if isinstance(part, Grid)), None)
    for place, part in enumerate(found):
        if grid and isinstance(part, Arrays) and not part.heading and _shape(part.arrays[0].rows) == _shape(grid.rows):
            mine, right = part.arrays
            found[place] = Arrays("", (replace(mine, marks=grid.rows), right))
            return [part for part in found if part is not grid]
    return found


def _shape(rows: Sequence[Sequence[str]]) -> tuple[int, int]:
    return len(rows), len(rows[0]) if rows else 0


def _places(lines: Sequence[str]) -> tuple[Part, Sequence[str]] | None:
    entry = re.compile(rf"  (\[[\d, ]+\]): {re.escape(tr('it gave'))} (\S+), {re.escape(tr('expected'))} (\S+)")
    entries = []
    for line in lines:
        if not (match := entry.fullmatch(line)):
            break
        entries.append((match[1], match[2], match[3]))
    return (Places(entries), lines[len(entries) :]) if entries else None


def _pointed(lines: Sequence[str]) -> tuple[Part, Sequence[str]] | None:
    if len(lines) < 2 or lines[1].strip() != "^" or not lines[0].strip():
        return None
    code = lines[0].lstrip()
    column = max(0, lines[1].index("^") - (len(lines[0]) - len(code)))
    return Pointed(code[:column], code[column : column + 1], code[column + 1 :]), lines[2:]


def _sentence(lines: Sequence[str]) -> tuple[Part, Sequence[str]] | None:
    return (Sentence(lines[0]), lines[1:]) if _PROSE.fullmatch(lines[0]) else None


def _grid(lines: Sequence[str]) -> tuple[Part, Sequence[str]] | None:
    if not _HEADING.fullmatch(lines[0]):
        return None
    columns = len(lines[0].split())
    rows = []
    for line in lines[1:]:
        marks = [sign for sign in line.split() if not sign.isdigit()]
        if not _MARKS.fullmatch(line) or len(marks) != columns:
            break
        rows.append(marks)
    after = lines[1 + len(rows) :]
    if not rows or not after or not after[0].startswith(tr("x wrong, . right")):
        return None
    return Grid(rows, is_vector=not lines[1].split()[0].isdigit()), after[1:]


def _arrays(lines: Sequence[str], none_agrees: bool) -> tuple[Part, Sequence[str]] | None:
    """What was asked, or what came of it beside what should have."""
    called, gave, expected = (f"{tr(heading)}:" for heading in ("called with", "it gave", "expected"))
    if lines[0] == called:
        arrays, rest = [], lines[1:]
        while rest and (named := _NAMED.match(rest[0])):
            array, rest = _array(named[1], rest, named.end())
            arrays.append(array)
        return (Arrays(called[:-1], arrays), rest) if arrays else None
    if lines[0].startswith(f"{called} ") and _NAMED.match(lines[0], len(called) + 1):
        each = (_NAMED.match(one) for one in _APART.split(lines[0][len(called) + 1 :]))
        arrays = [_array(named[1], [named.string], named.end())[0] for named in each if named]
        return Arrays(called[:-1], arrays), lines[1:]
    if not lines[0].startswith(f"{gave} "):
        return None
    mine, rest = _array(gave[:-1], lines, len(gave) + 1)
    if not rest or not rest[0].startswith(f"{expected} "):
        return None
    right, rest = _array(expected[:-1], rest, len(expected) + 1)
    whole = not any(entry in (_LEFT_OUT, _ROWS_LEFT_OUT) for row in mine.rows for entry in row)
    if none_agrees and whole and mine.rows and _shape(mine.rows) == _shape(right.rows):
        mine = replace(mine, marks=[["x"] * len(row) for row in mine.rows])
    return Arrays("", (mine, right)), rest


def _array(name: str, lines: Sequence[str], start: int) -> tuple[Array, Sequence[str]]:
    """Read a value that begins at `start` of the first line; its other rows are indented."""
    end = 1
    while end < len(lines) and (lines[end][:1] == " " or not lines[end]):
        end += 1
    below = (line[min(start, len(line) - len(line.lstrip())) :] for line in lines[1:end])  # the name stands apart
    text = "\n".join([lines[0][start:], *below])
    match = _ARRAY.fullmatch(text)
    layers = _layers(match[1]) if match else []
    fits = [rows and rows[0] and all(len(row) == len(rows[0]) for row in rows) for rows in layers]
    if not layers or not all(fits):
        return Array(name, text=text), lines[end:]
    return Array(name, rows=layers[0]) if len(layers) == 1 else Array(name, layers=layers), lines[end:]


def _layers(text: str) -> list[list[list[str]]]:
    """Return the rows of each matrix of a printed array: of one, or of several if it has three axes; else none."""
    depth = len(text) - len(text.lstrip("["))
    if depth > 3 or _LAYERS_LEFT_OUT.search(text):
        return []
    blocks = _BETWEEN_LAYERS.split(text) if depth == 3 else [text]
    return [[list(map(number, row)) for row in _rows(block)] for block in blocks]


def _rows(text: str) -> Iterator[list[str]]:
    columns = 0
    for number, row in enumerate(_BETWEEN_ROWS.split(text)):
        if number % 2 == 0:
            entries = row.strip("[] \n").replace(",", " ").split()
            columns = len(entries)
            yield entries
        elif row:
            yield [_ROWS_LEFT_OUT] * columns


def number(written: str) -> str:
    """Return a number of a program as one is set: 1.6e+02 as 1.6·10², -3. as −3."""
    if written == "...":
        return _LEFT_OUT
    text = written.removesuffix(".")
    if match := _POWER.search(text):
        text = f"{text[: match.start()].removesuffix('.')}·{power_of_ten(int(match[1] + match[2]))}"
    return decimal(text.replace("-", "−"))


_SIGNS = {".": ("right", "✓"), "x": ("wrong", "×"), "s": ("sign", "±")}


def grid_to_html(grid: Grid) -> str:
    """Return a grid as a coloured table. Whoever can't see its colours sees its signs, or hears the words below it."""
    columns = "".join(f"<td>{number}</td>" for number in range(len(grid.rows[0])))
    rows = "".join(
        f"<tr><td>{'' if grid.is_vector else number}</td>{''.join(map(_sign, row))}</tr>"
        for number, row in enumerate(grid.rows)
    )
    words = escape(_in_words(grid.rows))
    table = f'<table class="matrix grid" role="presentation"><tr><td></td>{columns}</tr>{rows}</table>'
    scrolls = ' tabindex="0"' if len(grid.rows[0]) > _GRID_ON_A_PHONE else ""
    return f'<div class="array"{scrolls} role="img" aria-label="{words}">{table}</div><p class="aside">{words}</p>'


def arrays_to_html(arrays: Arrays) -> str:
    """Return arrays beside one another, each with its name."""
    heading = f'<p class="aside">{escape(arrays.heading)}</p>' if arrays.heading else ""
    tag = "code" if arrays.heading else "span"
    return f'<div class="arrays">{heading}{"".join(_array_to_html(array, tag) for array in arrays.arrays)}</div>'


def places_to_html(places: Places) -> str:
    """Return entries of two arrays as a table."""
    names = "".join(f'<th scope="col">{escape(tr(name))}</th>' for name in ("it gave", "expected"))
    rows = "".join(
        f'<tr><th scope="row"><code>{place}</code></th><td>{_plain(mine)}</td><td>{_plain(right)}</td></tr>'
        for place, mine, right in places.entries
    )
    return f'<table class="places"><thead><tr><td></td>{names}</tr></thead><tbody>{rows}</tbody></table>'


def _plain(written: str) -> str:
    return number(written) if _ONE_NUMBER.fullmatch(written) else escape(written)


def _array_to_html(array: Array, tag: str) -> str:
    """Return one array; it can be reached with the keyboard if it may be wider than a phone."""
    name, wrong = escape(array.name), f'<span class="unseen">{escape(tr("wrong"))}: </span>'
    layers = array.layers or ([array.rows] if array.rows else [])
    tables = [_table(rows, array.marks, wrong) for rows in layers]
    shown = "".join(tables) if tables else _value(array.text)
    said = f" · {escape(_in_words(array.marks))}" if array.marks else ""
    width = max((_width(rows) for rows in layers if not _folds(rows)), default=0)
    scrolls = ' tabindex="0"' if width > _SIGNS_ON_A_PHONE or "\n" in array.text else ""
    opening = f'<div class="array"{scrolls} role="group" aria-label="{name}">'
    return f"{opening}<p><{tag}>{name}</{tag}>{said}</p>{shown}</div>"


def _table(rows: Sequence[Sequence[str]], marks: Sequence[Sequence[str]], wrong: str) -> str:
    marked = marks or [[""] * len(row) for row in rows]
    tag = "span" if _folds(rows) else "td"
    shown = [
        "".join(_entry(number, mark, wrong, tag) for number, mark in zip(*each, strict=True))
        for each in zip(rows, marked, strict=True)
    ]
    if _folds(rows):
        return f'<p class="matrix folded">{shown[0]}</p>'
    ems = sum(_SIGN * max(map(len, column)) + _AROUND for column in zip(*rows, strict=True))
    wide = f' style="--ems: {ems:.0f}"' if _width(rows) > _SIGNS_ON_A_PHONE else ""
    return f'<table class="matrix" role="presentation"{wide}><tr>{"</tr><tr>".join(shown)}</tr></table>'


def _width(rows: Sequence[Sequence[str]]) -> int:
    """How many signs wide a matrix is, with what parts its columns."""
    return max((sum(map(len, row)) + 2 * len(row) for row in rows), default=0)


def _folds(rows: Sequence[Sequence[str]]) -> bool:
    return len(rows) == 1 and len(rows[0]) > _WIDEST


def _value(text: str) -> str:
    """Return what is no array: a number as one is set, else what was written; what stands in lines keeps them."""
    if _ONE_NUMBER.fullmatch(text):
        return f'<p class="value">{number(text)}</p>'
    folded = "" if "\n" in text else ' class="folded"'
    return f"<pre{folded}>\n{escape(text)}</pre>"


def _in_words(marks: Sequence[Sequence[str]]) -> str:
    """Say how many entries are right and how many wrong."""
    right, wrong, sign = (sum(row.count(mark) for row in marks) for mark in ".xs")
    said = tr("{right} right, {wrong} wrong", right=right, wrong=wrong)
    return f"{said}, {tr('{n} right but for the sign', n=sign)}" if sign else said


def _sign(mark: str) -> str:
    name, sign = _SIGNS[mark]
    return f'<td class="{name}">{sign}</td>'


def _entry(number: str, mark: str, wrong: str, tag: str) -> str:
    if not mark:
        return f"<{tag}>{number}</{tag}> "
    return f'<{tag} class="{_SIGNS[mark][0]}">{wrong if mark != "." else ""}{number}</{tag}> '
