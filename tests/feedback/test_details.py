"""What stands below a sentence: grids become colours, arrays are set as such, and all else stays as it is."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from autograder.feedback.details import (
    Arrays,
    Grid,
    Lines,
    Places,
    Pointed,
    Sentence,
    arrays_to_html,
    grid_to_html,
    number,
    parts,
    places_to_html,
)
from autograder.grading.report import Report
from autograder.sandbox.alarm import at_most


def details_of(report: Report, check: int) -> tuple[str, str]:
    sentence, _, details = report.checks[check].message.partition("\n")
    return sentence, details


def test_a_grid_of_marks_is_read_and_said_in_words(whole: Report) -> None:
    (grid,) = parts(*details_of(whole, 1))
    assert isinstance(grid, Grid)
    assert grid.rows == [[".", "x"], ["s", "."]]
    said = grid_to_html(grid)
    assert "2 right, 1 wrong, 1 right but for the sign" in said
    assert said.count('class="wrong">×') == said.count('class="sign">±') == 1


def test_a_grid_of_the_answer_that_is_shown_is_laid_over_it(whole: Report) -> None:
    called, answers = parts(*details_of(whole, 0))
    assert isinstance(called, Arrays)
    assert [array.name for array in called.arrays] == ["h", "W"]
    assert called.arrays[0].rows == [["0.5", "−1"]]
    assert isinstance(answers, Arrays)
    mine, right = answers.arrays
    assert mine.marks == [[".", "x"], ["s", "."]]
    assert mine.rows[0] == ["0.786448", "−1.6·10⁻⁵"]
    assert right.rows[1] == ["0.16799", "0.335979"]
    said = arrays_to_html(answers)
    assert said.count('<span class="unseen">wrong: </span>') == 2
    assert "it gave</span> · 2 right, 1 wrong, 1 right but for the sign" in said


def test_where_no_entry_agrees_each_is_marked() -> None:
    (answers,) = parts("f: 2 of 2 entries differ; no entry agrees.", "it gave: [1., 2.]\nexpected: [3., 4.]")
    assert isinstance(answers, Arrays)
    assert [array.marks for array in answers.arrays] == [[["x", "x"]], ()]


def test_nothing_is_marked_where_nobody_can_tell() -> None:
    (answers,) = parts("f: 1 of 2 entries differ.", "it gave: tensor([1., 2.])\nexpected: tensor([1., 4.])")
    assert isinstance(answers, Arrays)
    assert [array.marks for array in answers.arrays] == [(), ()]


def test_what_is_no_array_stays_as_it_was_written() -> None:
    text = "  line 7, in f\n    return x\n[[[1.]]]\n0 1\nx .\nit gave: None"
    (lines,) = parts("f: it returned None.", text)
    assert lines == Lines(text)
    assert not Lines("  line 7, in f\n    return x").is_aligned
    assert all(Lines(each).is_aligned for each in (text, "row 0      x  x", "it gave: [[1., 2.],\n  [3., 4.]]"))


def test_whatever_came_stands_beside_what_should_have() -> None:
    (answers,) = parts("f: it returned None.", "it gave: None\nexpected: 0.125")
    assert isinstance(answers, Arrays)
    assert [(array.name, array.rows, array.text) for array in answers.arrays] == [
        ("it gave", (), "None"), ("expected", (), "0.125"),
    ]  # fmt: skip
    assert '<pre class="folded">\nNone</pre>' in arrays_to_html(answers)
    assert '<p class="value">0.125</p>' in arrays_to_html(answers)


def test_a_call_that_fits_one_line_has_its_arguments_apart() -> None:
    (called,) = parts("f: it differs.", "called with: name = 'tanh', z = [1., -2.], state = (1, 2)")
    assert isinstance(called, Arrays)
    assert [(array.name, array.rows or array.text) for array in called.arrays] == [
        ("name", "'tanh'"), ("z", [["1", "−2"]]), ("state", "(1, 2)"),
    ]  # fmt: skip


def test_an_array_of_three_axes_is_its_matrices() -> None:
    text = "called with:\nJ = [[[1., 0.],\n      [0., 2.]],\n\n     [[3., 0.],\n      [0., 4.]]]"
    (called,) = parts("f: it differs.", text)
    assert isinstance(called, Arrays)
    assert called.arrays[0].layers == [[["1", "0"], ["0", "2"]], [["3", "0"], ["0", "4"]]]
    assert arrays_to_html(called).count('<table class="matrix"') == 2


def test_a_sentence_among_the_lines_is_prose_and_a_caret_marks_its_sign() -> None:
    assert parts("f: it differs.", "  line 7, in f\nThe simplest input found that goes wrong:\n  x") == [
        Lines("  line 7, in f"), Sentence("The simplest input found that goes wrong:"), Lines("  x"),
    ]  # fmt: skip
    assert parts("It can't be read.", "    s = (1\n        ^") == [Pointed("s = ", "(", "1")]
    assert parts("It can't be read.", "    s = 1 +\n           ^") == [Pointed("s = 1 +", "", "")]


def test_numbers_are_set_as_numbers() -> None:
    assert [number(each) for each in ("1.6e+02", "-3.", "1e-07", "nan", "-2.5e-10")] == [
        "1.6·10²", "−3", "1·10⁻⁷", "nan", "−2.5·10⁻¹⁰",
    ]  # fmt: skip


@given(st.text(st.sampled_from("01 .xs\n[]-e,=it gave:expcd")))
def test_whatever_stands_there_every_line_is_kept_or_set(text: str) -> None:
    kept = [part.text for part in parts("f: no entry agrees.", text) if isinstance(part, Lines | Sentence)]
    assert all(line in text.split("\n") for block in kept for line in block.split("\n"))


@pytest.mark.parametrize(
    "written", ["[" + "1" * 4000 + "x]", "[1.e5 " * 4000, "[[1, 2], " * 4000, "A " * 20_000, "1." * 4000 + "]"]
)
def test_whatever_a_program_writes_the_page_is_done_soon(written: str) -> None:
    """A text that can be split in many ways isn't tried in all of them: the bound is a thousand times what it takes."""
    with at_most(20.0, TimeoutError):
        found = parts("", f"it gave: {written}\nexpected: [1., 2.]\n{written}")
    assert found


def test_a_long_row_is_folded_with_its_marks() -> None:
    heading, marks = (" ".join(f"{sign:>2}" for sign in signs) for signs in (range(12), "...........x"))
    row = ", ".join(map(str, range(12)))
    (answers,) = parts(
        "f: 1 of 12 entries differ.", f"{heading}\n{marks}\nx wrong, . right\nit gave: [{row}]\nexpected: [{row}]"
    )
    assert isinstance(answers, Arrays)
    assert answers.arrays[0].marks == [[*"...........x"]]
    said = arrays_to_html(answers)
    assert said.count('<p class="matrix folded">') == 2
    assert said.count("<td") == said.count('tabindex="0"') == 0
    assert '<span class="wrong"><span class="unseen">wrong: </span>11</span>' in said


def test_what_was_left_out_of_a_large_array_is_no_entry() -> None:
    text = "[[0., 1., ..., 9.],\n {0} [1., 2., ..., 8.],\n {0} ...,\n {0} [2., 3., ..., 7.]]"
    (answers,) = parts("f: no entry agrees.", f"it gave: {text.format(' ' * 8)}\nexpected: {text.format(' ' * 9)}")
    assert isinstance(answers, Arrays)
    mine = answers.arrays[0]
    assert mine.rows == [["0", "1", "⋯", "9"], ["1", "2", "⋯", "8"], ["⋮"] * 4, ["2", "3", "⋯", "7"]]
    assert not mine.marks  # nobody has seen those that were left out
    layers = "called with:\nJ = [[[1., 0.]],\n\n     ...,\n\n     [[3., 0.]]]"
    (called,) = parts("f: it differs.", layers)
    assert isinstance(called, Arrays)
    assert called.arrays[0].text == "[[[1., 0.]],\n\n ...,\n\n [[3., 0.]]]"


def test_what_stands_below_one_another_does_so_without_its_name() -> None:
    text = "called with:\nstate = {'h': [1.],\n         'c': [2.]}\n3.0"
    (called, rest) = parts("f: it differs.", text)
    assert isinstance(called, Arrays)
    assert called.arrays[0].text == "{'h': [1.],\n 'c': [2.]}"
    assert rest == Lines("3.0")


def test_entries_of_two_large_arrays_are_a_table() -> None:
    lines = "  [4, 9]: it gave -1e-07, expected 5.14\n  [5, 10]: it gave nan, expected 1+2j"
    sentence, entries = parts("f: 2 of 144 entries differ.", f"The entries that differ most:\n{lines}")
    assert sentence == Sentence("The entries that differ most:")
    assert entries == Places([("[4, 9]", "-1e-07", "5.14"), ("[5, 10]", "nan", "1+2j")])
    said = places_to_html(entries)
    assert "<code>[4, 9]</code></th><td>−1·10⁻⁷</td><td>5.14</td>" in said
    assert "<td>nan</td><td>1+2j</td>" in said
