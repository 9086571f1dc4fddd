"""A student's text can't steer a terminal, reorder a line or fill a screen."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from autograder.feedback.sanitize import listed, one_line, visible


def test_terminal_sequences_are_dropped_and_the_rest_is_escaped() -> None:
    assert visible("\x1b[1;31mred\x1b[0m \x1b]0;title\x07!") == "red !"
    assert visible("a\x07 \x9b2J \u202eb \u200b \ud800 \x1b[") == r"a\x07 \x9b2J \u202eb \u200b \ud800 \x1b["


def test_indentation_and_lines_are_kept() -> None:
    assert visible("x:\r\n\t y\n\n  z\u2028w\n\n") == "x:\n     y\n\n  z\nw"


def test_letters_of_every_language_are_kept() -> None:
    assert visible("naïve ρ 中文 👍 h̃") == "naïve ρ 中文 👍 h̃"


def test_what_is_left_out_is_said_in_words() -> None:
    shown = visible("\n".join(map(str, range(1000))), lines=10).split("\n")
    assert shown == ["0", "1", "2", "3", "4", "5", "[… 991 lines left out …]", "997", "998", "999"]
    assert visible("x" * 50, width=10) == "xxxxxxxxxx [… 40 characters left out]"


def test_a_pile_of_accents_is_thinned() -> None:
    assert visible("z" + "\u0335" * 500) == "z" + "\u0335" * 3


def test_a_name_is_one_line() -> None:
    assert one_line("a\nb\x1b[2J.py") == "a b.py"


def test_a_name_that_is_cut_says_so() -> None:
    assert one_line("x" * 60, width=60) == "x" * 60
    assert one_line("x" * 61, width=60) == "x" * 59 + "…"
    assert listed(["short", "a longer one"], width=8) == "short; a longe…"


@given(st.text(st.characters(codec=None)), st.integers(1, 5), st.integers(1, 20))
def test_any_text_becomes_visible_and_bounded(text: str, lines: int, width: int) -> None:
    shown = visible(text, lines=lines, width=width)
    rows = shown.split("\n")
    assert all(row.isprintable() for row in rows)
    assert len(rows) <= lines + 1
    shown.encode("utf-8")
