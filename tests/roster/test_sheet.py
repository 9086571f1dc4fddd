"""A table comes back as it came, whoever wrote it, but for the cells that were put."""

from __future__ import annotations

import codecs
import csv
import io
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from autograder.roster.sheet import Sheet, UnusableSheet, decimal_sign, format_number, number, read_sheet

ENCODINGS = {"utf-8": b"", "utf-8-sig": codecs.BOM_UTF8, "utf-16-le": codecs.BOM_UTF16_LE, "utf-16-be": b""}
texts = st.text(st.characters(exclude_categories=("Cs", "Cc")), max_size=12)
cells = st.one_of(texts, texts.map(lambda text: f'a "{text}", {text}\n{text};\t'))
tables = st.integers(2, 5).flatmap(
    lambda width: st.lists(st.lists(cells, min_size=width, max_size=width), min_size=1, max_size=6)
)


def written(rows: list[list[str]], delimiter: str, end: str, quoting: int) -> str:
    buffer = io.StringIO()
    csv.writer(buffer, delimiter=delimiter, lineterminator=end, quoting=quoting).writerows(rows)  # type: ignore[arg-type]
    return buffer.getvalue()


def read(data: bytes, folder: Path) -> Sheet:
    path = folder / "table.csv"
    path.write_bytes(data)
    return read_sheet(path)


@given(
    tables,
    st.sampled_from([",", ";", "\t", "|"]),
    st.sampled_from(["\n", "\r\n"]),
    st.sampled_from([csv.QUOTE_ALL, csv.QUOTE_MINIMAL]),
    st.sampled_from(sorted(ENCODINGS)),
    st.data(),
)
def test_every_cell_that_is_not_put_keeps_its_bytes(
    tmp_path_factory: pytest.TempPathFactory,
    rows: list[list[str]],
    delimiter: str,
    end: str,
    quoting: int,
    encoding: str,
    data: st.DataObject,
) -> None:
    rows[0] = [f"column {at}" for at in range(len(rows[0]))]
    text = written(rows, delimiter, end, quoting)
    content = ENCODINGS[encoding] + text.encode(encoding.removesuffix("-sig"))
    sheet = read(content, tmp_path_factory.getbasetemp())
    assert sheet.encoded() == content
    assert [[row[at] for at in range(len(rows[0]))] for row in sheet.lines] == rows
    place = data.draw(st.integers(0, len(rows) - 1)), data.draw(st.integers(0, len(rows[0]) - 1))
    put = data.draw(cells if place[0] else cells.filter(str.strip))  # of a header without names nobody can tell a title
    sheet.lines[place[0]].write(place[1], put)
    before, after = [row.written for row in sheet.lines], read(sheet.encoded(), tmp_path_factory.getbasetemp())
    assert after.lines[place[0]][place[1]] == put
    assert [row.written for row in after.lines] == before
    assert (after.delimiter, after.mark) == (delimiter, ENCODINGS[encoding])


def test_what_is_put_is_quoted_where_it_must_be(tmp_path: Path) -> None:
    sheet = read(b'\xef\xbb\xbfName;Grade\r\n"M\xc3\xbcller; J";"7,50"\r\nAnn;\r\n', tmp_path)
    sheet.rows[1].write(1, 'a;"b"')
    assert sheet.encoded() == b'\xef\xbb\xbfName;Grade\r\n"M\xc3\xbcller; J";"7,50"\r\nAnn;"a;""b"""\r\n'


@pytest.mark.parametrize(
    ("text", "delimiter", "header"),
    [
        ("sep=;\nname;login\nLovelace, Ada;ada\n", ";", 2),
        ('"sep=|"\r\nname|login\r\nLovelace, Ada|ada\r\n', "|", 2),
        ("Homework 4,Points\n\nname,login,grade\nAda,ada,9\nAlan,alan,8\n", ",", 3),
        ("Maths 101\nname;login\nLovelace, Ada;ada\nTuring, Alan;alan\n", ";", 2),
        ("Maths 101;;\nWinter\n\nname;login;grade\nLovelace, Ada;ada;\n", ";", 4),
        ("Maths, 101\n\nname;login\nAda;ada\n", ";", 3),
        ("\nname\tlogin\nAda\tada\n", "\t", 2),
        # No title: nobody's row is taken for the header.
        ("name;login;note\nLovelace, Ada;ada\nTuring, Alan;alan\n", ";", 1),
        ("name\nAda\nAlan\n", ",", 1),
    ],
)
def test_a_header_is_found_below_a_title(text: str, delimiter: str, header: int, tmp_path: Path) -> None:
    sheet = read(text.encode(), tmp_path)
    assert (sheet.delimiter, sheet.header.number) == (delimiter, header)
    assert sheet.columns[0] == "name"
    assert sheet.rows[0].number == header + 1
    assert sheet.encoded().decode().startswith(f"name{'' if len(sheet.columns) == 1 else delimiter}")


def test_a_row_with_a_cell_too_many_is_never_the_header(tmp_path: Path) -> None:
    with pytest.raises(UnusableSheet, match=":2: there are more cells than in line 1"):
        read(b"name,id\nLovelace, Ada,101\nTuring, Alan,102\n", tmp_path)


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
def test_utf_16_is_read_and_written_without_its_mark(encoding: str, tmp_path: Path) -> None:
    content = "Name;Grade\r\nMüller, Жанна;\r\n".encode(encoding)
    sheet = read(content, tmp_path)
    assert (sheet.columns, sheet.rows[0][0]) == (["Name", "Grade"], "Müller, Жанна")
    assert sheet.encoded() == content


def test_a_header_that_was_pasted_with_a_second_table_is_nobody_and_said(tmp_path: Path) -> None:
    sheet = read(b"login;Name\r\nann;Ann\r\n\r\nLogin; name\r\nbo;Bo\r\n", tmp_path)
    assert [row[0] for row in sheet.rows] == ["ann", "bo"]
    assert sheet.remark() == f"{sheet.path}:4: the header stands here once more; this line is left out."
    assert sheet.encoded() == b"login;Name\r\nann;Ann\r\n\r\nbo;Bo\r\n"


def test_a_table_that_goes_on_with_other_columns_is_refused_where_they_begin(tmp_path: Path) -> None:
    with pytest.raises(UnusableSheet, match=r":3: here another table begins, with other columns than in line 1\."):
        read(b"login,name,section\nann,Ann,A\nname,login,section\nBo,bo,B\n", tmp_path)
    sheet = read(b"login,name,section\nann,Section,A\n", tmp_path)  # one word is no header
    assert [row[1] for row in sheet.rows] == ["Section"]


def test_an_old_encoding_stays_until_it_cannot_say_what_is_put(tmp_path: Path) -> None:
    sheet = read("Name,Note\nJörg,\n".encode("cp1252"), tmp_path)
    assert sheet.rows[0][0] == "Jörg"
    assert sheet.encoded() == "Name,Note\nJörg,\n".encode("cp1252")
    sheet.rows[0].write(1, "1 − tanh²")
    assert sheet.encoded() == "\ufeffName,Note\nJörg,1 − tanh²\n".encode()


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"PK\x03\x04rest xl/workbook.xml", "is a workbook"),
        (b"PK\x03\x04rest", "is an archive"),
        (b"\xd0\xcf\x11\xe0rest", "is a workbook"),
        (b"a\x00b\x81", "isn't text"),
        (b"a,b\n\x00\x00\x00\n", "isn't text"),
        (b"", ":1: there is no header"),
        (b'a,b\n1,"two\n', ":2: a cell in quotes doesn't end"),
    ],
)
def test_what_is_no_table_is_refused_with_its_place(content: bytes, sentence: str, tmp_path: Path) -> None:
    with pytest.raises(UnusableSheet, match=sentence):
        read(content, tmp_path)


@pytest.mark.parametrize(
    ("text", "sign", "value"),
    [
        ("20,00", "", 20.0),
        ("1.234,50", "", 1234.5),
        ("1,234.50", "", 1234.5),
        ("1'234.50", "", 1234.5),
        ("1\u202f234,5", "", 1234.5),
        ("7,125", ",", 7.125),
        ("7,125", ".", 7125.0),
        ("7,125", "", None),
        ("1, 2, 3", ".", None),
        ("(read only)", ".", None),
        ("", ".", None),
    ],
)
def test_a_number_is_what_its_table_means(text: str, sign: str, value: float | None) -> None:
    assert number(text, sign) == value


@given(st.floats(-1e6, 1e6), st.sampled_from([".", ","]))
def test_a_number_is_read_as_it_was_written(value: float, sign: str) -> None:
    text = format_number(value, sign)
    assert number(text, sign) == pytest.approx(round(value, 2), abs=0.005)
    assert decimal_sign([text]) in ("", sign)


@pytest.mark.parametrize(
    ("encoding", "name", "called"),
    [
        ("cp1252", "O’Brien, Zoë", "Western Europe"),
        ("cp1250", "Świątek, Łukasz", "Central Europe"),
        ("iso-8859-2", "Šťastný, Jiří", "Latin-2"),
        ("mac-roman", "Françoise, René", "Mac Roman"),
        ("cp1251", "Иванова, Анна", "Cyrillic"),
        ("cp1253", "Παπαδόπουλος, Ελένη", "Greek"),
        ("cp1252", "Núñez, Mª Carmen", "Western Europe"),
        ("cp1252", "Muñoz, MªJosé", "Western Europe"),
        ("cp1250", "Dragoş, Ileana", "Central Europe"),
        ("cp1250", "Szűcs, Gergő Ödön", "Central Europe"),
        ("cp1250", "Žižka, Ž", "Western Europe"),  # which has these two letters at the same places
        ("cp1254", "Yıldız, Gülşah", "Turkish"),
        ("cp1254", "Erdoğan, İbrahim", "Turkish"),
        ("cp1252", "Guðrún, Þórdís", "Western Europe"),
        ("cp1252", "Søren, José, Müller, François, Zoë", "Western Europe"),
        ("cp1257", "Kazlauskienė, Šarūnė", "Baltic"),
        ("cp1257", "Bērziņš, Jānis", "Baltic"),
        ("cp1255", "כהן, שרה", "Hebrew"),
        ("cp1256", "محمد, فاطمة", "Arabic"),
        ("cp1251", "Ющенко, Яна", "Cyrillic"),
        ("cp1251", "ИВАНОВ, ОЛЕГ", "Cyrillic"),
        ("gbk", "李小龙, 王芳", "simplified Chinese"),
        ("big5", "陳怡君, 林志明", "traditional Chinese"),
        ("cp932", "山田花子, さくら", "Japanese"),
        ("cp949", "김민준, 이서연, 박지훈, 최수빈", "Korean"),
    ],
)
def test_an_old_encoding_is_told_by_its_letters_and_said(encoding: str, name: str, called: str, tmp_path: Path) -> None:
    content = f'login;Name\r\nann;"{name}"\r\n'.encode(encoding)
    sheet = read(content, tmp_path)
    assert sheet.rows[0][1] == name
    assert sheet.encoded() == content
    assert called in sheet.remark()
    assert name.split(",")[0] in sheet.remark() or name.split()[1] in sheet.remark()


@pytest.mark.parametrize(
    ("encoding", "names", "shown"),
    [
        ("cp1250", "Kovács Gergő", "'Gergõ'"),  # no letter of these tells the encoding: Kovács is right in both
        ("cp1250", "Świątek, Cúc", "'Świątek'"),
        ("cp1252", "Kovács", "'Kovács'"),
    ],
)
def test_the_word_by_which_a_person_sees_it_is_one_that_another_encoding_spells_otherwise(
    encoding: str, names: str, shown: str, tmp_path: Path
) -> None:
    assert shown in read(f"login;Name\nann;{names}\n".encode(encoding), tmp_path).remark()


def test_nothing_is_said_of_an_encoding_that_is_known(tmp_path: Path) -> None:
    """Neither where a mark or UTF-8 tells it, nor where no letter depends on it."""
    for data in ("Name\nJörg\n".encode(), "Name\nJörg\n".encode("utf-16"), "Name,%\nJo,5 £\n".encode("cp1252")):
        assert read(data, tmp_path).remark() == ""
