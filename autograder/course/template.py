r"""Text with holes: `$0.9^{10} = @{0.9**10:.3f}$`. Finds what is wrong with the holes, and fills them.

Only `@{` opens a hole, so LaTeX braces survive. A number is written as its surroundings ask: in a formula `2.3e-05`
becomes `2.3 \cdot 10^{-5}`, outside it is put between dollars, and in code it stays as it is. It must not know where
the values come from.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from typing import Literal, TypeAlias

import msgspec

from autograder.course.expressions import evaluate, expression_fault
from autograder.language import decimal, tr

Value: TypeAlias = float | str
Surroundings: TypeAlias = Literal["text", "formula", "code"]

_HOLE = re.compile(r"@\{(?P<inside>[^{}]*)\}")
_FORMAT = re.compile(r"\.\d{1,2}[efg%]|d")
_TOKEN = re.compile(r"(?P<fence>^ {0,3}```)|(?P<ticks>`+)|(?P<dollar>\\.|\$\$?)|@\{[^{}]*\}", re.MULTILINE | re.DOTALL)
_POWER_OF_TEN = re.compile(r"(?P<mantissa>-?[\d.]+)e(?P<sign>[+-])0*(?P<exponent>\d+)")
_NOTHING = re.compile(r"-(?=0*\.?0*%?$)")


class Hole(msgspec.Struct, frozen=True):
    """One hole: its text as written, the expression (or a parameter's name) in it, its format and where it stands."""

    written: str
    expression: str
    format: str
    surroundings: Surroundings


def holes(text: str) -> Iterator[Hole]:
    """Yield the holes of a text, from left to right."""
    inside: Surroundings = "text"
    opened = ""
    for match in _TOKEN.finditer(text):
        token = match[0]
        if hole := _HOLE.fullmatch(token):
            expression, _, form = hole["inside"].partition(":")
            yield Hole(token, expression.strip(), form.strip(), inside)
        elif inside == "text" and (match["fence"] or match["ticks"]):
            inside, opened = "code", token.strip()
        elif inside == "code":
            inside = "text" if token.strip() == opened else "code"
        elif match["dollar"] and token in ("$", "$$") and opened in ("", token):
            inside, opened = ("text", "") if inside == "formula" else ("formula", token)
        if inside == "text":
            opened = ""


def template_faults(text: str, numbers: Collection[str], words: Collection[str]) -> Iterator[str]:
    """Yield what is wrong with the holes of a text that may use these names."""
    for hole in holes(text):
        if hole.expression in words:
            fault = tr("gives a word a number's format") if hole.format else None
        elif hole.format and not _FORMAT.fullmatch(hole.format):
            fault = tr("has the unknown format {format!r}; write .3f, .3g, .2e, .0% or none", format=hole.format)
        else:
            fault = expression_fault(hole.expression, numbers)
        if fault:
            yield tr("has the hole {written!r}, which {fault}", written=hole.written, fault=fault)
    rest = _HOLE.sub("", text)
    if "@{" in rest:
        yield tr("opens a hole with '@{{' that has no end")


def fill(text: str, values: Mapping[str, Value], *, plain: bool = False) -> str:
    """`text` with every hole filled; `plain`: all of it is code. Raises NotANumber where an expression has no value."""
    if "@{" not in text:
        return text
    numbers = numbers_in(values)
    filled = [_fill(hole, values, numbers, plain=plain) for hole in holes(text)]
    return _HOLE.sub(lambda _: filled.pop(0), text)


def numbers_in(values: Mapping[str, Value]) -> dict[str, float]:
    """Return what was drawn but words: what expressions may use."""
    return {name: value for name, value in values.items() if not isinstance(value, str)}


def _fill(hole: Hole, values: Mapping[str, Value], numbers: Mapping[str, float], *, plain: bool) -> str:
    word = values.get(hole.expression)
    if isinstance(word, str):
        return word
    surroundings = "code" if plain else hole.surroundings
    return _set(format_number(evaluate(hole.expression, numbers), hole.format), surroundings)


def without_holes(text: str) -> str:
    """Return `text` with an ellipsis for every hole: as it is read where nothing is drawn."""
    return _HOLE.sub("…", text)


def format_number(number: float, form: str = "") -> str:
    """Return a number in plain characters: whole ones without a point, others with up to ten significant digits."""
    if form in ("", "d"):
        text = f"{number:.0f}" if number == int(number) and abs(number) < 1e15 else f"{number:.10g}"
    else:
        text = format(_halves_up(number, form), form)
    return _NOTHING.sub("", text)


def _halves_up(number: float, form: str) -> float:
    """Return the number a hair further from 0, so that `format` rounds as at school: 0.5625 to 0.563, not to 0.562.

    Fifteen digits first: a sum of decimals may end on 0.92749999999999999 for 0.9275. A quiz's page does the same.
    """
    if abs(number) >= 1e300 or (form.endswith("f") and number == int(number)):
        return number  # a hair more is infinity, and of 2**60 each digit is shown
    return float(f"{number:.15g}") * (1 + 2**-52)


def _set(text: str, surroundings: Surroundings) -> str:
    """Return a number as it stands in a formula, in a sentence or in code."""
    if surroundings == "code":
        return text
    latex = _POWER_OF_TEN.sub(_power_of_ten, text).replace("%", r"\,\%")
    if surroundings == "formula" or (latex != text and "%" not in text):
        formula = decimal(latex, "{,}")  # in braces a comma is no pause between two numbers
        return formula if surroundings == "formula" else f"${formula}$"
    return decimal(text.replace("%", " %"))


def _power_of_ten(match: re.Match[str]) -> str:
    sign = "-" if match["sign"] == "-" else ""
    power = f"10^{{{sign}{match['exponent']}}}"
    return power if match["mantissa"] == "1" else rf"{match['mantissa']} \cdot {power}"
