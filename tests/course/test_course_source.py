"""Reading YAML: every broken text is a line and a sentence, and every key knows where it stands."""

from __future__ import annotations

import math
from pathlib import Path

import pytest

from autograder.course.source import LARGEST, Source, parse_yaml, read_text, read_yaml

FILE = Path("exercise.yaml")
BOMB = "a: &a [x, x]\n" + "".join(
    f"{new}: &{new} [*{old}, *{old}]\n" for old, new in zip("abcdefg", "bcdefgh", strict=True)
)


def only_problem(source: Source) -> tuple[int, str]:
    assert len(source.problems) == 1, source.problems
    return source.problems[0].line, source.problems[0].sentence


@pytest.mark.parametrize(
    ("text", "line", "words"),
    [
        ('title: "1 - \\tanh(z)"', 1, "a tab"),
        ('a: 1\ntitle: "\\rho"', 2, "a carriage return"),
        ('title: "\\frac12"', 1, "a form feed"),
        ('title: "\\beta"', 1, "a backspace"),
        ('title: "\\Lambda"', 1, "U+2028"),
        ('title: "the \\nabla"', 1, "a line break"),
        ('title: "\\sigma"', 1, "this one isn't any"),
        ('title: "\\upsilon"', 1, "this one isn't any"),
        ("hints:\n  - |\n    a\tb", 2, "write spaces"),
    ],
)
def test_mathematics_in_double_quotes_is_told_to_use_single_quotes(text: str, line: int, words: str) -> None:
    found, sentence = only_problem(parse_yaml(text, FILE))
    assert found == line
    assert words in sentence
    assert "use single quotes" in sentence


@pytest.mark.parametrize(
    ("text", "line", "words"),
    [
        ("a: 1\nb: 2\na: 3", 3, "The key 'a' stands here a second time (first on line 1)"),
        ("a: &x 1\nb: *x", 2, "'*x' repeats an earlier value"),
        ("a: !!python/object/apply:os.system [ls]", 1, "The tag 'tag:yaml.org,2002:python/object/apply:os.system'"),
        ("a: 1\n---\nb: 1", 2, "A second document"),
        ("? [a, b]\n: 1", 1, "A key must be one word"),
        ("a: [" * 50, 1, "more than 40 levels"),
        ("[" * 500_000, 1, "more than 40 levels"),
        ("- " * 400_000, 1, "more than 40 levels"),
        ("a:\n  - b\n c: d", 3, "This is not YAML"),
        ("a: 'open", 1, "This is not YAML: a quotation mark opens here"),
        ("a: 1\nb: [1,\nc: 3\n", 2, "a bracket opens here, and either it isn't closed or a comma is missing."),
        ("a: {x: 1\nb: 3\n", 1, "a brace opens here"),
        ("a: 1\nb\nc: 2\n", 2, "a key stands here without its colon."),
        ("a: 1\nb: c: d\n", 2, "a colon stands here where no key can end."),
        ("a: - 1", 1, "an item of a list stands here where none can begin."),
        ("a:\n   b: 1\n  c: 2\n", 3, "this fits none of the keys above."),
        ("- a\nb: 1\n", 2, "this fits none of the items above."),
        ("a: 1\nb: ]\n", 2, "a value should stand here."),
        ("a: 1\nb: *\n", 2, "Text without quotes can't begin with '*'; put it in quotes."),
        ("a:\n\tb: 1", 2, "A tab stands here, and YAML is indented by spaces alone; write spaces."),
        ("a: @b", 1, "Text without quotes can't begin with '@'; put it in quotes."),
        ("a: 1\nb: {x: 1,5, y: 2}", 2, "In braces a comma ends the value 1; write 1.5, with a point."),
        ("b: {x: 0,5 %}", 1, "write 0.5 %, with a point."),
        ("a: 1\nb:7\nc: 2\n", 2, "A key's colon needs a blank behind it: write 'b: 7'."),
        (
            "a:\n<<<<<<< HEAD\n  - b\n=======\n  - c\n>>>>>>> other\n",
            2,
            "A merge conflict of Git begins at line 2: keep",
        ),
        ("<<<<<<< HEAD\na: 1\n=======\na: 2\n>>>>>>> other\n", 1, "A merge conflict of Git begins at line 1: keep"),
        ("%YAML 9.9\n---\na: 1", 1, "This is not YAML"),
        ("a: \ud800", 1, "an unusual character"),
    ],
)
def test_a_broken_text_is_one_problem_on_its_line(text: str, line: int, words: str) -> None:
    found, sentence = only_problem(parse_yaml(text, FILE))
    assert found == line
    assert words in sentence


@pytest.mark.parametrize("text", ["a: {b: x, 5: 1}", "a: {b: 1, c: {5: 6}}", "a: [1,5]", "a: {b: 1, c: }", "a: 1,5"])
def test_a_comma_between_two_things_is_no_decimal_comma(text: str) -> None:
    assert parse_yaml(text, FILE).problems == ()


def test_each_decimal_comma_in_braces_is_told_also_where_two_make_one_key() -> None:
    sentences = [str(problem) for problem in parse_yaml("a: {b: 1,5, c: 2,5}", FILE).problems]
    assert [each.partition("write ")[2] for each in sentences] == ["1.5, with a point.", "2.5, with a point."]


def test_a_bomb_of_aliases_stays_small() -> None:
    source = parse_yaml(BOMB, FILE)
    assert len(source.problems) == 14
    assert source.data == {"a": ["x", "x"]} | {name: [None, None] for name in "bcdefgh"}


@pytest.mark.parametrize(
    ("content", "line", "words"),
    [
        (b"a: 1\nb: \xe9t\xe9", 2, "not UTF-8 text (byte 0xe9)"),
        (b"a: 1\nb: x\0y", 2, "control character (U+0000)"),
        (b"a: 1\n\nb: \x1b[2J", 3, "control character (U+001B)"),
        (b"\xff\xfea\0", 1, "not UTF-8 text"),
        (b"#" * (LARGEST + 1), 1, "larger than 1 MiB"),
    ],
)
def test_bytes_that_are_no_text_are_one_problem(tmp_path: Path, content: bytes, line: int, words: str) -> None:
    path = tmp_path / "exercise.yaml"
    path.write_bytes(content)
    found, sentence = only_problem(read_yaml(path))
    assert found == line
    assert words in sentence


def test_what_is_no_file_is_one_problem(tmp_path: Path) -> None:
    assert "Is a directory" in only_problem(read_yaml(tmp_path))[1]
    assert "missing; write it" in only_problem(read_yaml(tmp_path / "absent.yaml"))[1]


def test_a_byte_order_mark_and_windows_line_ends_do_no_harm(tmp_path: Path) -> None:
    path = tmp_path / "exercise.yaml"
    path.write_bytes(b"\xef\xbb\xbfa: |\r\n  one\r\n  two\r\nb: 2\r\n")
    source = read_yaml(path)
    assert source.problems == ()
    assert source.data == {"a": "one\ntwo\n", "b": 2}
    assert source.line(("b",)) == 4


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("8e-4", 8e-4),
        ("7.98E-4", 7.98e-4),
        ("-.5", -0.5),
        ("13", 13),
        ("+1", 1),
        ("1.", 1.0),
        ("-.inf", -math.inf),
        ("0.7**20", "0.7**20"),
        ("4**-20", "4**-20"),
        ("12:30", "12:30"),
        ("2026-01-01", "2026-01-01"),
        ("no", "no"),
        ("true", True),
        ("~", None),
        ("", None),
        ("'8e-4'", "8e-4"),
        ("9" * 5000, math.inf),
    ],
)
def test_an_unquoted_word_means_what_it_looks_like(text: str, value: object) -> None:
    assert parse_yaml(f"a: {text}", FILE).data == {"a": value}


def test_every_key_and_every_item_knows_its_line() -> None:
    source = parse_yaml("a: 1\nb:\n  - x\n  - {c: 1,\n     d: 2}\n", FILE)
    assert source.line(("a",)) == 1
    assert source.line(("b",)) == 2
    assert source.line(("b", 0)) == 3
    assert source.line(("b", 1, "d")) == 5
    assert source.line(("b", 1, "absent")) == 4
    assert source.line(("absent",)) == 1
    assert str(source.problem(("b", 1, "d"), "Wrong.")) == "exercise.yaml:5: Wrong."


def test_a_file_that_is_missing_is_not_taken_for_one_that_pytest_reads(tmp_path: Path) -> None:
    (tmp_path / "conftest.py").touch()
    assert [each.sentence for each in read_text(tmp_path / "contar.py")[1]] == ["This file is missing; write it."]
    (tmp_path / "contar.py").symlink_to(tmp_path / "nowhere.py")
    assert [each.sentence for each in read_text(tmp_path / "contar.py")[1]] == ["This file is missing; write it."]
    (tmp_path / "contr.py").touch()
    assert "Did you mean 'contr.py'?" in read_text(tmp_path / "contar.py")[1][0].sentence
