r"""Mathematics for each kind of page: the LaTeX in a text as MathML, and that as Unicode or ASCII.

One parser, math-core, reads LaTeX for all of them. What it can't read is shown as it was written. The text comes from
the course's authors, never from a student; this module must not know what the text is about, nor who shows it.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import lru_cache
from typing import TYPE_CHECKING

from autograder.language import tr

if TYPE_CHECKING:
    from math_core import LatexToMathML

# Code is left alone; then a formula on its own, one in a line, and a dollar that is money.
_FORMULA = (
    r"(?ms)(?P<code>^ {0,3}```.*?^ {0,3}```|(?P<ticks>`+)(?!`).*?(?<!`)(?P=ticks)(?!`))"
    r"|\$\$(?P<display>.+?)\$\$|(?<!\\)\$(?P<inline>(?:\\.|[^$\\])+?)\$|\\\$"
)
_LONGEST = 2000
_WIDE_SPACE = re.compile(r"\\(?P<name>begin|end|left|right|quad|qquad)(?![A-Za-z])|\\.|[{}]", re.DOTALL)
_OPENING, _CLOSING = {"begin", "left", "{"}, {"end", "right", "}"}
_PRIME = re.compile("<mo>([′″‴⁗])</mo>")
_NOT_IN_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def to_unicode(text: str) -> str:
    """Return Markdown `text` with each `$…$` and `$$…$$` as readable Unicode, and all else as it was."""
    return text if "$" not in text else re.sub(_FORMULA, lambda match: _replacement(match, formula_to_unicode), text)


def to_ascii(text: str) -> str:
    """Return Markdown `text` with each formula, and every other character too, in ASCII."""
    from autograder.feedback import transliteration

    return transliteration.to_ascii(re.sub(_FORMULA, lambda match: _replacement(match, formula_to_ascii), text))


class UnreadableFormula(ValueError):
    """LaTeX that can't be parsed: `reason` says why in a few words, `position` is where, in characters."""

    def __init__(self, reason: str, position: int) -> None:
        super().__init__(reason)
        self.reason = reason
        self.position = position


#: What LaTeX itself begins a formula with; Markdown's escaped brackets hold no signs of mathematics.
_INSIDE = r"(?:(?!\\[)\]]).){0,300}?"
_OTHER_SIGNS = re.compile(
    rf"(?P<sign>\\begin)\{{\w+\*?\}}|(?<!\\)(?P<open>\\[(\[])(?={_INSIDE}(?:\\[a-zA-Z]|[\^=]){_INSIDE}\\[)\]])",
    re.DOTALL,
)


def faults(text: str) -> list[tuple[int, str]]:
    """Return where mathematics in Markdown `text` can't be read, as offsets, each with a sentence for its author."""
    found, left = [], text
    for match in re.finditer(_FORMULA, text):
        left = left[: match.start()] + " " * len(match[0]) + left[match.end() :]
        inline, formula = match["inline"] or "", match["display"] or match["inline"] or ""
        if inline[:1].isspace() != inline[-1:].isspace():  # as between the signs of two prices
            said = tr(
                "The formula `{formula}` begins or ends with a blank, as what stands between two prices does: write \\$"
                " for a dollar sign, and no blank within a formula's dollars.",
                formula=inline,
            )
            found.append((match.start(), " ".join(said.split())))
            continue
        try:
            mathml_of(formula)
        except UnreadableFormula as unreadable:
            reason = unreadable.reason.rstrip(".")
            reason = f"{reason[:1].lower()}{reason[1:]}"
            said = tr("The formula `{formula}` can't be read: {reason}.", formula=formula, reason=reason)
            found.append((match.start(), " ".join(said.split())))
    for match in _OTHER_SIGNS.finditer(left):
        said = tr(
            "`{sign}` begins no formula here: write $…$, or $$…$$ on lines of its own.",
            sign=match["sign"] or match["open"],
        )
        found.append((match.start(), said))
    if "$" in left:
        found.append((left.index("$"), tr("A formula opens here and never closes; write \\$ for a dollar sign.")))
    return sorted(found)


def without_formulas(text: str) -> str:
    """Return Markdown `text` with blanks in the place of its code and mathematics, so that offsets stay."""
    return re.sub(_FORMULA, lambda match: re.sub(r"[^\n]", " ", match[0]), text)


@lru_cache(maxsize=2048)
def formula_to_unicode(latex: str) -> str:
    """Return one formula, LaTeX without its dollars, as Unicode text; the rows of an `aligned` are lines."""
    from autograder.feedback import formula

    try:
        return formula.text_of(mathml_of(latex))
    except (UnreadableFormula, RecursionError):
        return latex.strip()


def formula_to_ascii(latex: str) -> str:
    """Return one formula as ASCII text: `h_t = (1 - z_t) (.) h_{t-1}`."""
    from autograder.feedback import transliteration

    return transliteration.to_ascii(re.sub(r"([_^])\(([^()]*)\)", r"\1{\2}", formula_to_unicode(latex)))


@lru_cache(maxsize=2048)
def formula_to_mathml(latex: str, *, display: bool = False) -> str:
    """Return one formula as MathML that carries its LaTeX as an annotation; as `<code>` where it can't be parsed.

    A prime is marked as one: it is a small sign already, which a page doesn't make smaller still.
    """
    try:
        return _PRIME.sub(r'<mo class="prime" lspace="0" rspace="0">\1</mo>', mathml_of(latex, display=display))
    except UnreadableFormula:
        from html import escape

        return f'<code class="latex">{escape(latex.strip())}</code>'


def pieces(latex: str) -> list[str]:
    """Return the formulas of which one consists that a wide space stands between; a page may put each on a line."""
    found, depth, start = [], 0, 0
    for sign in _WIDE_SPACE.finditer(latex):
        name = sign["name"] or sign[0]
        depth += (name in _OPENING) - (name in _CLOSING)
        if sign["name"] in {"quad", "qquad"} and not depth:
            found.append(latex[start : sign.start()])
            start = sign.end()
    found = [each for each in (*found, latex[start:]) if each.strip()]
    try:
        return found if all(map(mathml_of, found)) else [latex]
    except UnreadableFormula:  # it is one after all: the space stands in a row, or in something else that is open
        return [latex]


def mathml_of(latex: str, *, display: bool = False) -> str:
    """Return one formula as MathML. Raises UnreadableFormula."""
    from math_core import LatexError

    if len(latex) > _LONGEST:  # math-core reads what is nested by calling itself, until the stack is used up
        raise UnreadableFormula(tr("A formula may have {longest} characters.", longest=_LONGEST), _LONGEST)
    if unseen := _NOT_IN_XML.search(latex):
        raise UnreadableFormula(tr("A control character stands here."), unseen.start())
    try:
        return _converter().convert_with_local_state(latex, displaystyle=display)
    except LatexError as error:
        position, _, reason = str(error).partition(": ")
        raise UnreadableFormula(reason, int(position)) from error


@lru_cache(maxsize=1)
def _converter() -> LatexToMathML:
    from math_core import LatexToMathML

    return LatexToMathML(annotation=True, fancy_error=False, allow_unreliable_rendering=True)


def _replacement(match: re.Match[str], show: Callable[[str], str]) -> str:
    if match["code"]:
        return match[0]
    formula = match["display"] or match["inline"]
    return show(formula) if formula else "$"
