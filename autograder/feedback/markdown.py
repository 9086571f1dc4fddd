"""Markdown with LaTeX, as the course's authors write it, parsed once for every renderer, and shown as HTML.

Raw HTML is text here, and pictures are links: a page of ours asks the network for nothing. It must not be given a
student's text, which is never Markdown.
"""

from __future__ import annotations

import re
from functools import lru_cache
from html import escape
from itertools import pairwise
from typing import TYPE_CHECKING

from autograder.feedback.mathematics import faults as mathematics_faults
from autograder.feedback.mathematics import formula_to_mathml, without_formulas
from autograder.feedback.mathematics import pieces as mathematics_pieces
from autograder.language import tr

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from markdown_it import MarkdownIt
    from markdown_it.rules_block import StateBlock
    from markdown_it.token import Token


_CLOSING = re.compile(r"[.,;:!?)\]’”\"'%-]+")
# A formula on its own may be wider than a phone: it can be scrolled, with the keyboard too.
_MATHEMATICS = {
    "math_inline": '<span class="inline{wide}">{}</span>',
    "math_inline_double": '<span class="formula" tabindex="0">{}</span>',
    "math_block": '<div class="formula" tabindex="0">{}</div>\n',
}


#: A formula of more signs than a phone is wide stands on a line of its own there.
_WIDEST = 20
_TAG = re.compile(r"<annotation.*?</annotation>|<[^>]*>|&#?\w+;", re.DOTALL)

#: A picture in Markdown or HTML: none is shown, for a page asks nothing of the network.
_PICTURE = re.compile(r"!\[[^\]\n]*\](?:\([^)\n]*\)|\[[^\]\n]*\])|<img\b[^>\n]*>?", re.IGNORECASE)


def faults(text: str) -> list[tuple[int, str]]:
    """Return what no page can show of Markdown `text`: formulas and pictures, as offsets with sentences for authors."""
    pictures = [
        (
            match.start(),
            tr(
                "No page shows the picture `{match}`: say in words what it shows, or make a page of it in pages/.",
                match=match[0][:60],
            ),
        )
        for match in _PICTURE.finditer(without_formulas(text))
    ]
    return sorted([*mathematics_faults(text), *pictures])


@lru_cache(maxsize=1)
def parser() -> MarkdownIt:
    """Return the one parser: CommonMark with tables and dollar mathematics, without raw HTML and pictures."""
    from markdown_it import MarkdownIt
    from mdit_py_plugins.dollarmath import dollarmath_plugin

    markdown = MarkdownIt("commonmark", {"html": False}).enable("table").disable("image")
    dollarmath_plugin(markdown, allow_labels=False, double_inline=True)
    markdown.block.ruler.at("math_block", _formula_block, {"alt": ["paragraph", "blockquote"]})
    for kind, template in _MATHEMATICS.items():
        markdown.add_render_rule(kind, _mathematics(template, display=kind != "math_inline"))
    return markdown


@lru_cache(maxsize=4096)
def to_html(markdown: str, *, under: int = 0) -> str:
    """Return blocks of HTML; the text's own headings come right below level `under` of the page."""
    tokens = parser().parse(markdown)
    _lower_headings(tokens, under)
    _scope_table_headings(tokens)
    return _rendered(tokens)


@lru_cache(maxsize=4096)
def inline_to_html(markdown: str) -> str:
    """Return one line's HTML, for a title: no paragraph around it."""
    return _rendered(parser().parseInline(markdown))


def _rendered(tokens: list[Token]) -> str:
    for token in tokens:
        _keep_punctuation(token.children or [])
    html: str = parser().renderer.render(tokens, parser().options, {})
    return html


def _formula_block(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """A line of `$$` ends a paragraph, as a fence of code does: authors rarely leave a blank line before it."""
    from mdit_py_plugins.dollarmath.index import math_block_dollar

    if silent:  # only asked whether a formula begins here; the plugin's rule would write it
        return state.src.startswith("$$", state.bMarks[start] + state.tShift[start])
    return math_block_dollar(allow_labels=False)(state, start, end, silent)


def _mathematics(template: str, *, display: bool) -> Callable[..., str]:
    def render(renderer: object, tokens: Sequence[Token], index: int, options: object, environment: object) -> str:
        latex = tokens[index].content
        pieces = mathematics_pieces(latex) if display else [latex]
        formula = "".join(formula_to_mathml(piece, display=display) for piece in pieces)
        signs = len(_TAG.sub("", formula)) + formula.count("<mo")  # an operator has space around it
        wide = " wide" if signs > _WIDEST and not display else ""
        return template.format(formula + escape(tokens[index].meta.get("after", "")), wide=wide)

    return render


def _keep_punctuation(tokens: Sequence[Token]) -> None:
    """A browser may break a line after a formula: what closes it (a comma, a bracket) is kept on its line."""
    for formula, text in pairwise(tokens):
        closing = _CLOSING.match(text.content) if formula.type == "math_inline" and text.type == "text" else None
        if closing:
            formula.meta["after"] = closing[0]
            text.content = text.content[closing.end() :]


def _lower_headings(tokens: Sequence[Token], under: int) -> None:
    headings = [token for token in tokens if token.type in {"heading_open", "heading_close"}]
    highest = min((int(token.tag[1]) for token in headings), default=1)
    for token in headings:
        token.tag = f"h{min(6, int(token.tag[1]) - highest + 1 + under)}"


def _scope_table_headings(tokens: Sequence[Token]) -> None:
    """A table's headings are of its columns; on a phone it can be scrolled, with the keyboard too."""
    for token in tokens:
        if token.type == "th_open":
            token.attrSet("scope", "col")
        elif token.type == "table_open":
            token.attrSet("tabindex", "0")
