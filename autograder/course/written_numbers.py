"""Numbers as people write them, read as what is meant: `0,000798`, `6.1 x 10^-5`, `1.5²⁰`, `12 %`, `1 000`, `~3325`.

One reader for drills and quizzes. What has two meanings has both (`2,200` is 2.2 to one half of the world and 2200 to
the other); what has none is refused with what to write instead. The text is a stranger's. Authors' keys and traps are
written in the stricter grammar of `expressions`, into which all this is turned.
"""

from __future__ import annotations

import re
import unicodedata

from autograder.course.expressions import CONSTANTS, FUNCTIONS, LONGEST, NotANumber, evaluate
from autograder.language import tr

_RAISED = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻", "0123456789+-")
_POWER = re.compile("[⁺⁻]?[⁰¹²³⁴⁵⁶⁷⁸⁹]+")
_SIGNS = str.maketrans(
    dict.fromkeys("−–—‐‑‒﹣", "-") | dict.fromkeys("×·⋅∙•∗✕✖", "*") | dict.fromkeys("÷∕⁄", "/")
    | {"٫": ".", "٬": ",", "٪": "%", "…": "...", "π": "pi", "$": "", "`": ""}
    | dict.fromkeys("\u2061\u200b\u2060\ufeff\u061c\u200e\u200f", "")
)  # fmt: skip
#: A point at half height, as in `0·88` and `13·05`: no factor is a nought, and none begins with one.
_RAISED_POINT = re.compile(r"(?<![\d.,])(0(?=[·⋅∙•]\d)|\d+(?=[·⋅∙•]0\d*(?![\d.,·⋅∙•])))[·⋅∙•]")
_BLANK = " \u00a0\u2007\u2009\u202f"
_GROUPED = re.compile(rf"(?<![\d.,])\d{{1,3}}(?:[{_BLANK}'’]\d{{3}})+(?!\d)")
_DECIMALS = re.compile(rf"\d[.,]\d{{3}}(?:[{_BLANK}]\d{{3}})+(?!\d)")
_TIMES = re.compile(
    r"\\(?:cdot|times)(?![a-zA-Z])|(?<=[\d.)])(?:\s+[xXхХ]\s+(?=[\d(+-])|\s*[xXхХ]\s*(?=10\s*(?:\^|\*\*)))"
)
#: A power that lost its height where it was copied: `6.1×10-5` is nobody's difference.
_LOST = re.compile(r"^\s*([-+−–]?\d[\d.,]*)\s*[xXхХ×·⋅∙]\s*10\s*([-+−–])\s*(\d+)\s*$")
_EXPONENT = re.compile(r"(?<=\d)(?:\s+[eE]\s*|[eE]\s+)(?=[+-]?\d)")
_BRACED = re.compile(r"\^\s*\{([^{}]*)\}")
_ROOT = re.compile(r"√\s*(\d+(?:\.\d+)?|(?=\())")
_LED = re.compile(
    r"^(?:[^\W\d_][\w]*\s*(?:=|≈|~|:)|[=≈~≃≅]|(?:about|approx\.?|ca\.?|circa|roughly|unos|unas|casi|aprox\.?)\s)\s*",
    re.IGNORECASE,
)
_COUNTED = re.compile(
    r"(?<=[\d.)])\s*(steps?|layers?|factors?|times|units?|pasos?|capas?|factore?s?|veces|vez|unidad(?:es)?)\.?$",
    re.IGNORECASE,
)
_PER_CENT = re.compile(r"\s*(?:%|percent|per cent|por ciento)$", re.IGNORECASE)
_WORD = re.compile(r"[^\W\d_]{2,}")
_ZEROS = re.compile(r"(?<![\w.,])0+(?=\d)")
_COMMA = re.compile(r"(?<![\d.,])(\d+),(\d+)(?![\d.,])")
_THOUSANDS = re.compile(r"(?<![\d.,])\d{1,3}(?:,\d{3})+\.\d+(?![\d,])|(?<![\d.,])\d{1,3}(?:,\d{3}){2,}(?![\d.,])")
_ARGUMENTS = re.compile(r"\b(?:min|max|round)\s*\(")
_POINTS = re.compile(r"(?<![\d.,])\d{1,3}(?:\.\d{3})+,\d+(?![\d.])|(?<![\d.,])[1-9]\d{0,2}(?:\.\d{3}){2,}(?![\d.,])")


def as_data() -> dict[str, object]:
    """Return what this reader goes by, for a reader in JavaScript: its patterns in that dialect, and its tables."""
    patterns = {
        "power": _POWER, "grouped": _GROUPED, "decimals": _DECIMALS, "times": _TIMES, "exponent": _EXPONENT,
        "braced": _BRACED, "root": _ROOT, "led": _LED, "counted": _COUNTED, "perCent": _PER_CENT, "zeros": _ZEROS,
        "comma": _COMMA, "thousands": _THOUSANDS, "points": _POINTS, "arguments": _ARGUMENTS, "lost": _LOST,
        "raisedPoint": _RAISED_POINT,
    }  # fmt: skip
    return {
        "longest": LONGEST,
        "constants": CONSTANTS,
        "signs": {chr(code): sign for code, sign in _SIGNS.items()},
        "raised": {chr(code): chr(sign) for code, sign in _RAISED.items()},
        "patterns": {name: _in_javascript(pattern) for name, pattern in patterns.items()},
    }


def _in_javascript(pattern: re.Pattern[str]) -> tuple[str, str]:
    """Return a pattern's text and flags: there, a word is made of English letters, and no class holds another."""
    text = pattern.pattern.replace(r"[^\W\d_]", r"\p{L}").replace(r"\w", r"\p{L}\p{N}_")
    return text, "giu" if pattern.flags & re.IGNORECASE else "gu"


def meanings(written: str, unit: str | None = None) -> tuple[float, ...]:
    """What a written number can mean: one number, or two where a comma has two meanings. Raises NotANumber.

    `unit`: what the question itself puts behind the number.
    """
    if len(written) > LONGEST:
        raise NotANumber(tr("an expression of {length} characters is too long", length=len(written)))
    if lost := _LOST.match(written):
        power, difference = (f"{lost[1]}*10{sign}{lost[2].translate(_SIGNS)}{lost[3]}" for sign in ("^", ""))
        shown = repr(written)
        raise NotANumber(
            tr(
                "{shown} has no sign of a power: write {power}, or {difference} for a difference",
                shown=shown,
                power=power,
                difference=difference,
            )
        )
    text, scale = _bare(written, unit)
    found: dict[float, None] = {}
    for spelling in _spellings(text):
        try:
            found[evaluate(spelling) * scale] = None
        except NotANumber as problem:
            refused = problem
    if not found:
        raise NotANumber(_advice(written, text) or str(refused).replace(repr(text), repr(written)))
    return tuple(found)


def _bare(written: str, unit: str | None) -> tuple[str, float]:
    """The number itself in ASCII, without what stands before and behind it, and what it is to be multiplied by."""
    text = _LED.sub("", _plain(written)).strip().rstrip(";,.").strip()
    if unit and text.casefold().endswith(unit.casefold()):
        text = text[: -len(unit)].rstrip()
    in_per_cent = unit is not None and _PER_CENT.search(f" {unit}") is not None
    without = _PER_CENT.sub("", text)
    if without != text:
        return without, 1.0 if in_per_cent else 0.01
    return _COUNTED.sub("", text), 1.0


def _plain(written: str) -> str:
    """The same in ASCII as far as it has a spelling there: digits of every script, signs, powers, roots."""
    text = _RAISED_POINT.sub(r"\1.", written)
    text = _POWER.sub(lambda match: f"**({match[0].translate(_RAISED)})", text)
    text = "".join(map(_character, unicodedata.normalize("NFC", text))).translate(_SIGNS)
    text = _ROOT.sub(lambda match: f"sqrt({match[1]})" if match[1] else "sqrt", text)
    text = _DECIMALS.sub(lambda match: re.sub(r"\s", "", match[0]), text)
    text = _GROUPED.sub(lambda match: re.sub(r"\D", "", match[0]), text)
    text = _EXPONENT.sub("e", _BRACED.sub(r"^(\1)", text))
    return _ZEROS.sub("", _TIMES.sub("*", text)).strip()


def _character(character: str) -> str:
    if character.isascii():
        return character
    digit = unicodedata.decimal(character, None)
    if digit is not None:
        return str(digit)
    if unicodedata.category(character) == "No" and (value := unicodedata.numeric(character, None)) is not None:
        return f"({value!r})"
    wide = unicodedata.normalize("NFKC", character)
    return wide if len(wide) == 1 and wide.isascii() else character


def _spellings(text: str) -> list[str]:
    """The expressions that a text can stand for, according to what its commas and points are."""
    text = _THOUSANDS.sub(lambda match: match[0].replace(",", ""), text)
    text = _POINTS.sub(lambda match: match[0].replace(".", "").replace(",", "."), text)
    if not _COMMA.search(text) or _several_arguments(text):
        return [text]
    as_point = _COMMA.sub(r"\1.\2", text)
    as_group = _COMMA.sub(lambda match: f"{match[1]}{match[2]}" if _is_group(match) else f"{match[1]}.{match[2]}", text)
    return [as_point, as_group]


def _is_group(match: re.Match[str]) -> bool:
    """Whether a comma can stand between thousands: `2,200`, and never `0,220` or `2,20`."""
    return len(match[2]) == 3 and len(match[1]) <= 3 and not match[1].startswith("0")


def _several_arguments(text: str) -> bool:
    """Whether commas stand between a function's arguments, as in `max(1,2)`: then it is a number as it is."""
    if _ARGUMENTS.search(text) is None:
        return False
    try:
        evaluate(text)
    except NotANumber:
        return False
    return True


def _advice(written: str, text: str) -> str:
    """What to write instead, where that can be told."""
    shown = repr(written if len(written) <= 60 else f"{written[:57]}...")
    if "\\" in text:
        return tr("{shown} is LaTeX: write it as in a program, as in 2*3**4", shown=shown)
    words = [word for word in _WORD.findall(text) if word not in FUNCTIONS and word not in CONSTANTS]
    if words:
        return tr("{shown} holds the word {word!r}: write the number alone, in digits", shown=shown, word=words[0][:40])
    called = re.search(r"\b([a-z]+)\s+(\d[\d.]*)(?![\d.]|\s*,)", text)
    if called and called[1] in FUNCTIONS:
        return tr("{shown} needs parentheses: write {call}", shown=shown, call=f"{called[1]}({called[2]})")
    if re.search(r"=|≈", text):
        return tr("{shown} is an equation: write one side of it", shown=shown)
    if mixed := re.fullmatch(r"(\d+)\s*(?:\((0\.\d+)\)|\s(\d+\s*/\s*\d+))", text):
        return tr("{shown} is a mixed number: write {sum}", shown=shown, sum=f"{mixed[1]} + {mixed[2] or mixed[3]}")
    if re.fullmatch(r"[a-z]\)\s*[-+.\d].*", text):
        return tr("{shown} has a letter before it: write the number alone", shown=shown)
    if re.search(r"\d\s*\(|\)\s*[\d(]|\d\s+\d|\d\s*(?:pi|e|sqrt)\b|\b(?:pi|e)\s+\d", text):
        return tr("{shown} needs a sign between its parts: write a * there, as in 2*3", shown=shown)
    if re.fullmatch(r"\d+(?:[.,]\d+){2,}", text):
        return tr("{shown} has several points or commas: write one point, before the decimals", shown=shown)
    if text.startswith(("<", ">", "≤", "≥", "±")) or "±" in text:
        return tr("{shown} is a range: write one number", shown=shown)
    return ""
