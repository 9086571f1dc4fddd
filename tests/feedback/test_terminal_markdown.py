"""A paragraph of words, formulas and stressed words is written without the parser, and reads as if it had been used."""

from __future__ import annotations

import io
from collections.abc import Callable

from hypothesis import given, settings
from hypothesis import strategies as st
from markdown_it.tree import SyntaxTreeNode
from rich.console import Console

from autograder.feedback import terminal_markdown
from autograder.feedback.markdown import parser
from autograder.feedback.page import Page

PIECES = [
    *(
        "word ",
        "*so*",
        "*not so*",
        " *is* ",
        "$x$",
        "$0.9^{10}$",
        r"$\rho_t$",
        "a_b",
        "a",
        "é",
        "0",
        "(",
        ")",
        "!",
        "…",
    ),
    *("1. ", "1)", "- ", "--", "+", "#", "=", "===", ":-", "_", "?", ";", "'", '"', "<", "&amp;", "*", "`", "~", "|"),
    *("$", "$$", r"\frac", "[", "]", " ", "  ", "\n", "\n\n", "\t", "\u00a0"),
]


def shown(write: Callable[[Page], None], *, terminal: bool) -> str:
    out = io.StringIO()
    write(Page(Console(file=out, width=60, force_terminal=terminal, color_system="truecolor" if terminal else None)))
    return out.getvalue()


# About one text of ten is simple; the others are written by the parser anyhow.
@settings(max_examples=2000, deadline=None)
@given(st.lists(st.sampled_from(PIECES), max_size=9).map("".join), st.booleans())
def test_a_text_reads_as_the_parser_would_have_it(text: str, terminal: bool) -> None:
    nodes = SyntaxTreeNode(parser().parse(text)).children
    parsed = shown(lambda page: terminal_markdown._blocks(page, nodes, "a) ", "   "), terminal=terminal)
    assert shown(lambda page: terminal_markdown.write(page, text, first="a) ", rest="   "), terminal=terminal) == parsed


def test_simple_is_what_most_questions_are() -> None:
    simple = "Each step keeps $0.9$ of the gradient.\nHow much is *left* after $T$ steps?\n"
    assert (
        terminal_markdown._simple_line(simple)
        == "Each step keeps $0.9$ of the gradient. How much is *left* after $T$ steps?"
    )
    for other in ("- a list", "`code`", "**bold**", "two\n\nparagraphs", "# heading", "a | b", "$$x$$", ""):
        assert terminal_markdown._simple_line(other) is None
