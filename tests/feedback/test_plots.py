"""Figures in a report: their scales and words, as SVG in a page, as characters on a terminal, as data."""

from __future__ import annotations

import json
from collections.abc import Callable
from html.parser import HTMLParser

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from autograder.feedback import html, svgplot, textplot
from autograder.grading.report import Curve, Figure, Report

Printed = Callable[..., str]
VANISHING = [10.0 ** (0.25 * step - 6) for step in range(25)]  # from a millionth to one
VALUES = st.lists(st.none() | st.floats(1e-60, 1e60), min_size=1, max_size=60)


def figure(*curves: Curve, title: str = "How much arrives", first: int = 1) -> Figure:
    return Figure("profile", title, "$t$", r"$\lVert \partial L / \partial h_t \rVert$", first, list(curves))


@pytest.fixture(scope="module")
def wrong() -> Figure:
    """A profile the wrong way round."""
    return figure(Curve("", VANISHING[::-1], VANISHING))


def test_equal_factors_lie_on_a_straight_line(wrong: Figure) -> None:
    ((yours, reference),) = svgplot.plot(wrong).pairs
    assert [y for _, y in yours.points] == [y for _, y in reference.points][::-1]
    rises = [y - before for (_, before), (_, y) in zip(reference.points, reference.points[1:], strict=False)]
    assert rises == pytest.approx([0.25 / 6] * 24)


def test_ticks_name_powers_of_ten_and_steps(wrong: Figure) -> None:
    plot = svgplot.plot(wrong)
    assert [tick.label for tick in plot.y_ticks] == ["10⁻⁶", "10⁻⁵", "10⁻⁴", "10⁻³", "10⁻²", "10⁻¹", "10⁰"]
    assert [tick.label for tick in plot.x_ticks] == ["1", "5", "10", "15", "20", "25"]
    assert plot.x_ticks[-1].at == 1.0


@given(VALUES, VALUES, st.integers(0, 3))
def test_whatever_is_measured_fits_its_frame(yours: list[float | None], right: list[float | None], first: int) -> None:
    drawn = figure(Curve("GRU", yours, [*right, 1.0]), first=first)
    plot = svgplot.plot(drawn)
    for line in (line for pair in plot.pairs for line in pair):
        assert all(-1e-9 <= place <= 1 + 1e-9 for point in line.points for place in point)
    assert 2 <= len(plot.y_ticks) <= 8
    assert all(0 <= tick.at <= 1 + 1e-9 for tick in (*plot.x_ticks, *plot.y_ticks))
    lines = list(textplot.lines(drawn, 60, ascii=True))
    assert all(line.isascii() and len(line) <= 60 for line in lines[:-1])
    assert sum(value is not None for value in yours) == len(plot.pairs[0][0].points)


def test_a_missing_number_is_a_gap() -> None:
    ((yours, _),) = svgplot.plot(figure(Curve("", [1.0, None, 2.0, 3.0], [1.0] * 4))).pairs
    assert [len(piece) for piece in yours.pieces] == [1, 2]


def test_the_words_say_whether_the_two_agree(wrong: Figure) -> None:
    assert svgplot.describe(wrong) == (
        "Yours goes from 1 at t = 1 to 1·10⁻⁶ at t = 25; the reference's goes from 1·10⁻⁶ at t = 1 to 1 at t = 25."
    )
    same = figure(Curve("GRU", [0.5, 1.0], [0.5, 1.0]), Curve("RNN", [None, None], [0.1, 1.0]))
    assert svgplot.describe(same) == (
        "GRU: yours and the reference's are the same, from 0.5 at t = 1 to 1 at t = 2. RNN: yours goes nowhere, for it "
        "has no positive number; the reference's goes from 0.1 at t = 1 to 1 at t = 2. "
        "A logarithmic axis has room for positive numbers alone. Numbers that aren't drawn: 2 of yours, 0 of the "
        "reference's."
    )


@pytest.mark.parametrize(("label", "place"), [("epoch", "epoch 0"), ("lag $k$", "lag k = 0"), (r"$\tau_i$", "τᵢ = 0")])
def test_the_words_call_a_place_what_its_axis_calls_it(label: str, place: str) -> None:
    drawn = msgspec.structs.replace(figure(Curve("", [0.5, 1.0], [0.5, 1.0]), first=0), x=label)
    assert f"from 0.5 at {place} to 1 at {place[:-1]}1." in svgplot.describe(drawn)


def test_a_terminal_shows_both_curves(measured: Report, printed: Printed) -> None:
    shown = printed(measured)
    assert "‖∂L/∂hₜ‖ against t:" in shown
    rows = [
        line.partition("┤")[2] or line.partition("│")[2] for line in shown.split("\n") if "┤" in line or "│" in line
    ]
    assert rows[0].startswith("■")  # of three that meet, the last is seen
    assert rows[0].endswith("▲")  # the last of the LSTM's has no number
    assert rows[-1].startswith("○")
    assert rows[-1].endswith("●")
    assert "● RNN, yours   ○ RNN, reference" in shown


def test_a_terminal_without_unicode_gets_the_plot_in_ascii(measured: Report, printed: Printed) -> None:
    shown = printed(measured, width=60, ascii=True)
    assert shown.isascii()
    assert "10^-6 +." in shown
    assert "||dL/dh_t|| against t:" in shown


class Tags(HTMLParser):
    """The tags of a page, and the words in them."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.ids: dict[str, str] = {}
        self.words: dict[str, list[str]] = {}
        self.attributes: dict[str, list[dict[str, str | None]]] = {}
        self.feed(page)

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        self.attributes.setdefault(tag, []).append(dict(attributes))
        self.open.append(tag)

    def handle_data(self, data: str) -> None:
        self.words.setdefault(self.open[-1] if self.open else "", []).append(data)


def test_a_page_holds_the_figure_its_words_and_its_numbers(measured: Report) -> None:
    page = Tags(html.render(measured))
    picture = next(each for each in page.attributes["svg"] if each.get("role") == "img")
    named = [each["id"] for each in page.attributes["title"][1:] + page.attributes["desc"]]
    assert str(picture["aria-labelledby"]).split() == named
    assert svgplot.describe(measured.figures[0]) in page.words["desc"]
    lines = [each["d"] for each in page.attributes["path"] if each.get("class") in ("yours", "reference")]
    assert len(lines) == 6 + 6  # and six in the legend
    assert all(lines)
    assert len(page.attributes["circle"]) == 25 + 1
    table = [word for word in page.words["td"] if word.strip()]
    assert {"1", "1·10⁻⁶", "0.0178", "–"} <= set(table)


def test_a_page_without_a_figure_has_nothing_of_it(failed: Report) -> None:
    page = html.render(failed)
    assert "What you measured" not in page
    assert "<figure" not in page
    assert "--second" not in page


def test_an_authors_title_cannot_break_the_picture(failed: Report) -> None:
    hostile = figure(Curve("<b>", [1.0], [1.0]), title='</title><script>"x" & $a < b$')
    page = html.render(msgspec.structs.replace(failed, figures=[hostile]))
    assert "<script>" not in page
    assert "<b>" not in page


def test_json_gives_the_numbers_and_leaves_out_what_is_empty(measured: Report, failed: Report) -> None:
    curves = json.loads(measured.to_json())["figures"][0]["curves"]
    assert curves[0]["reference"] == VANISHING
    assert curves[2]["yours"][-1] is None
    assert "figures" not in json.loads(failed.to_json())
