"""What a person types, read as an answer: letters, or a number. What can't be read is answered by a clear sentence."""

from __future__ import annotations

import re
import unicodedata

from autograder.course.expressions import LONGEST, NotANumber
from autograder.course.quiz_model import (
    LONGEST_TEXT,
    Matching,
    Number,
    Ordering,
    ShortText,
    Single,
    TrueFalse,
    spelling,
)
from autograder.language import tr
from autograder.quiz.scoring import Given
from autograder.quiz.variant import Variant

LETTERS = "abcdefghijklmnopqrstuvwxyz"
_SEPARATORS = re.compile(r"[\s,;.)(+&]+")
#: A number with its letter, and what people put between both.
_PAIR = re.compile(r"(\d{1,3})\s*[-:=).>→]*\s*([a-z])(?![a-z])")


#: In every language: who reads Spanish may have an English keyboard, and the other way round.
_TRUE = frozenset({"true", "t", "verdadero", "v", "cierto"})
_FALSE = frozenset({"false", "f", "falso"})


class Unreadable(Exception):
    """What was typed is no answer; the message is a sentence that says what to type."""


def read_answer(typed: str, variant: Variant) -> Given:
    """Return the answer that a line stands for. Raises Unreadable."""
    match variant.question:
        case Number() as question:
            return _number(typed, question.unit)
        case ShortText():
            return _words(typed)
        case TrueFalse():
            return _truth(typed)
        case Ordering():
            return _order(typed, variant)
        case Matching():
            return _matches(typed, variant)
        case _:
            return _letters(typed, variant)


def what_to_type(variant: Variant) -> str:
    """Return the prompt's own words: `Letter a-d`, `Letters a-d`, `Number`, `Number of steps`."""
    match variant.question:
        case Number() as question:
            return tr("Number") if question.unit is None else tr("Number of {unit}", unit=question.unit)
        case ShortText():
            return tr("A word or a few")
        case TrueFalse():
            return tr("true or false")
        case Ordering():
            return tr("Letters a-{last} in their order", last=LETTERS[len(variant.pieces) - 1])
        case Matching():
            return tr("Numbers with letters, such as {example}", example=_example(variant))
        case Single():
            return tr("Letter a-{last}", last=LETTERS[len(variant.choices) - 1])
        case _:
            return tr("Letters a-{last}", last=LETTERS[len(variant.choices) - 1])


def _example(variant: Variant) -> str:
    """Return how a matching is typed, with letters in the order shown."""
    last = len(variant.pieces) - 1
    return " ".join(f"{place}{LETTERS[min(place - 1, last)]}" for place in range(1, len(variant.lefts) + 1))


def _words(typed: str) -> str:
    text = " ".join(typed.split())
    if not text:
        raise Unreadable(tr("Nothing was typed. Type a word or a few and press Enter."))
    if len(text) > LONGEST_TEXT:
        said = tr("That is {length} characters long. Type a word or a few and press Enter.", length=len(text))
        raise Unreadable(said)
    if not all(character.isprintable() for character in text):
        raise Unreadable(tr("An invisible character stands there. Type a word or a few and press Enter."))
    return text


def _truth(typed: str) -> str:
    word = spelling(typed).rstrip(".")
    if word in _TRUE or word in _FALSE:
        return "true" if word in _TRUE else "false"
    raise Unreadable(tr("Type true or false and press Enter."))


def _order(typed: str, variant: Variant) -> tuple[str, ...]:
    offered = LETTERS[: len(variant.pieces)]
    letters = _SEPARATORS.sub("", unicodedata.normalize("NFKC", typed).lower().replace(">", ""))
    if sorted(letters) != sorted(offered):
        wanted = tr("Type each of the letters a to {last} once, in their order, such as {example}.", last=offered[-1],
                    example=offered[::-1])  # fmt: skip
        raise Unreadable(wanted)
    return tuple(variant.pieces[offered.index(letter)].id for letter in letters)


def _matches(typed: str, variant: Variant) -> tuple[str, ...]:
    plain = unicodedata.normalize("NFKC", typed).lower()
    count, offered = len(variant.lefts), LETTERS[: len(variant.pieces)]
    found = _PAIR.findall(plain)
    left = _PAIR.sub("", plain)
    given = {int(number): letter for number, letter in found}
    whole = sorted(given) == list(range(1, count + 1)) == sorted(int(number) for number, _ in found)
    if not whole or _SEPARATORS.sub("", left) or not set(given.values()) <= set(offered):
        said = tr(
            "Type each of the numbers 1 to {count} with its letter (a to {last}), such as {example}.",
            count=count, last=offered[-1], example=_example(variant),
        )  # fmt: skip
        raise Unreadable(said)
    return tuple(variant.pieces[offered.index(given[place])].id for place in range(1, count + 1))


def _letters(typed: str, variant: Variant) -> tuple[str, ...]:
    offered = LETTERS[: len(variant.choices)]
    last = offered[-1]
    plain = unicodedata.normalize("NFKC", typed).lower()  # full-width letters are letters
    letters = list(dict.fromkeys(_SEPARATORS.sub("", re.sub(r"\b(?:and|y)\b", " ", plain))))
    if not letters:
        raise Unreadable(tr("Nothing was typed. Type a letter (a to {last}) and press Enter.", last=last))
    unknown = [letter for letter in letters if letter not in offered]
    if unknown:
        raise Unreadable(_no_letter(unknown[0], last))
    if isinstance(variant.question, Single) and len(letters) > 1:
        raise Unreadable(tr("One choice is right here. Type its letter alone and press Enter."))
    return tuple(variant.choices[offered.index(letter)].id for letter in sorted(letters))


def _no_letter(typed: str, last: str) -> str:
    script = unicodedata.name(typed, "").partition(" ")[0].title()
    if typed.isalpha() and script != "Latin":
        return tr(
            "{typed!r} is a {script} letter. Type one of the Latin letters a to {last} and press Enter.",
            typed=typed, script=script, last=last,
        )  # fmt: skip
    shown = repr(typed) if typed.isprintable() else tr("An invisible character")
    return tr("{shown} is none of the letters a to {last}. Type one of those and press Enter.", shown=shown, last=last)


def _number(typed: str, unit: str | None) -> str:
    text = " ".join(typed.split())
    if not text:
        raise Unreadable(tr("Nothing was typed. Type a number, such as 12 or 0.7**20, and press Enter."))
    if len(text) > LONGEST:
        said = tr(
            "That is {length} characters long. Type a number, such as 12 or 0.7**20, and press Enter.", length=len(text)
        )
        raise Unreadable(said)
    from autograder.course.written_numbers import meanings  # a student who is asked for letters doesn't wait for it

    try:
        meanings(text, unit)
    except NotANumber as error:
        sentence = "".join(c if c.isprintable() else "?" for c in str(error))
        said = f"{sentence[:1].upper()}{sentence[1:]}."
        raise Unreadable(tr("{said} Type a number and press Enter.", said=said)) from None
    return text
