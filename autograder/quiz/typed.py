"""What a person types, read as an answer: letters, or a number. What can't be read is answered by a clear sentence."""

from __future__ import annotations

import re
import unicodedata
from string import ascii_lowercase

from autograder.course.expressions import LONGEST, NotANumber
from autograder.course.quiz_model import Number, Single
from autograder.course.written_numbers import meanings
from autograder.quiz.scoring import Given
from autograder.quiz.variant import Variant

LETTERS = ascii_lowercase
_SEPARATORS = re.compile(r"[\s,;.)(+&]+")


class Unreadable(Exception):
    """What was typed is no answer; the message is a sentence that says what to type."""


def read_answer(typed: str, variant: Variant) -> Given:
    """Return the answer that a line stands for. Raises Unreadable."""
    if isinstance(variant.question, Number):
        return _number(typed, variant.question.unit)
    return _letters(typed, variant)


def what_to_type(variant: Variant) -> str:
    """Return the prompt's own words: `Letter a-d`, `Letters a-d`, `Number`, `Number of steps`."""
    if isinstance(variant.question, Number):
        return "Number" if variant.question.unit is None else f"Number of {variant.question.unit}"
    word = "Letter" if isinstance(variant.question, Single) else "Letters"
    return f"{word} a-{LETTERS[len(variant.choices) - 1]}"


def _letters(typed: str, variant: Variant) -> tuple[str, ...]:
    offered = LETTERS[: len(variant.choices)]
    known = f"a to {offered[-1]}"
    plain = unicodedata.normalize("NFKC", typed).lower()  # full-width letters are letters
    letters = list(dict.fromkeys(_SEPARATORS.sub("", re.sub(r"\band\b", " ", plain))))
    if not letters:
        raise Unreadable(f"Nothing was typed. Type a letter ({known}) and press Enter.")
    unknown = [letter for letter in letters if letter not in offered]
    if unknown:
        script = unicodedata.name(unknown[0], "").partition(" ")[0].title()
        if unknown[0].isalpha() and script != "Latin":
            raise Unreadable(
                f"{unknown[0]!r} is a {script} letter. Type one of the Latin letters {known} and press Enter."
            )
        shown = repr(unknown[0]) if unknown[0].isprintable() else "An invisible character"
        raise Unreadable(f"{shown} is none of the letters {known}. Type one of those and press Enter.")
    if isinstance(variant.question, Single) and len(letters) > 1:
        raise Unreadable("One choice is right here. Type its letter alone and press Enter.")
    return tuple(variant.choices[offered.index(letter)].id for letter in sorted(letters))


def _number(typed: str, unit: str | None) -> str:
    text = " ".join(typed.split())
    if not text:
        raise Unreadable("Nothing was typed. Type a number, such as 12 or 0.7**20, and press Enter.")
    if len(text) > LONGEST:
        raise Unreadable(f"That is {len(text)} characters long. Type a number, such as 12 or 0.7**20, and press Enter.")
    try:
        meanings(text, unit)
    except NotANumber as error:
        sentence = "".join(c if c.isprintable() else "?" for c in str(error))
        raise Unreadable(f"{sentence[:1].upper()}{sentence[1:]}. Type a number and press Enter.") from None
    return text
