r"""Mathematics for each kind of page: the LaTeX in a text as Unicode, as ASCII, or as MathML.

LaTeX that can't be parsed is shown as it was written. The text comes from the course's authors, never from a student;
this module must not know what the text is about, nor who shows it.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from math_core import LatexToMathML

# Code is left alone; then a formula on its own, one in a line, and a dollar that is money.
_FORMULA = re.compile(
    r"(?P<code>^ {0,3}```.*?^ {0,3}```|(?P<ticks>`+)(?!`).*?(?<!`)(?P=ticks)(?!`))"
    r"|\$\$(?P<display>.+?)\$\$|(?<!\\)\$(?P<inline>(?:\\.|[^$\\])+?)\$|\\\$",
    re.DOTALL | re.MULTILINE,
)
_SCRIPT_IN_PARENTHESES = re.compile(r"([_^])\(([^()]*)\)")


def to_unicode(text: str) -> str:
    """Return Markdown `text` with each `$…$` and `$$…$$` as readable Unicode, and all else as it was."""
    return text if "$" not in text else _FORMULA.sub(lambda match: _replacement(match, formula_to_unicode), text)


def to_ascii(text: str) -> str:
    """Return Markdown `text` with each formula, and every other character too, in ASCII."""
    from autograder.feedback import transliteration

    return transliteration.to_ascii(_FORMULA.sub(lambda match: _replacement(match, formula_to_ascii), text))


def unreadable_formulas(text: str) -> list[str]:
    """Return the formulas of Markdown `text` that can't be parsed, and so would be shown as they were written."""
    from autograder.feedback.formula import UnreadableFormula, typeset

    unreadable = []
    for match in _FORMULA.finditer(text):
        formula = match["display"] or match["inline"]
        try:
            typeset(formula or "")
        except UnreadableFormula:
            unreadable.append(formula)
    return unreadable


@lru_cache(maxsize=2048)
def formula_to_unicode(latex: str) -> str:
    """Return one formula, LaTeX without its dollars, as Unicode text; the rows of an `aligned` are lines."""
    from autograder.feedback.formula import UnreadableFormula, typeset

    try:
        return typeset(latex)
    except UnreadableFormula:
        return latex.strip()


def formula_to_ascii(latex: str) -> str:
    """Return one formula as ASCII text: `h_t = (1 - z_t) (.) h_{t-1}`."""
    from autograder.feedback import transliteration

    return transliteration.to_ascii(_SCRIPT_IN_PARENTHESES.sub(r"\1{\2}", formula_to_unicode(latex)))


@lru_cache(maxsize=2048)
def formula_to_mathml(latex: str, *, display: bool = False) -> str:
    """Return one formula as MathML that carries its LaTeX as an annotation; as `<code>` where it can't be parsed."""
    from math_core import LatexError

    try:
        return _mathml_converter().convert_with_local_state(latex, displaystyle=display)
    except LatexError:
        from html import escape

        return f'<code class="latex">{escape(latex.strip())}</code>'


@lru_cache(maxsize=1)
def _mathml_converter() -> LatexToMathML:
    from math_core import LatexToMathML

    return LatexToMathML(annotation=True, fancy_error=False, allow_unreliable_rendering=True)


def _replacement(match: re.Match[str], show: Callable[[str], str]) -> str:
    if match["code"]:
        return match[0]
    formula = match["display"] or match["inline"]
    return show(formula) if formula else "$"
