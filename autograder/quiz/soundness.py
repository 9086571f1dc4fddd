"""Whether a quiz is sound for every student: each question is drawn many times, and looked at as a student would.

What shows without drawing, the loader has refused before. It must not know how a quiz is asked.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from math import factorial

from autograder.course import Problem, Quiz
from autograder.course.drill_key import Tolerance
from autograder.course.drill_key import Trap as WrittenTrap
from autograder.course.expressions import NotANumber
from autograder.course.quiz_model import (
    AnyQuestion,
    Choice,
    Matching,
    Multiple,
    Number,
    Ordering,
    ShortText,
    Single,
    TrueFalse,
    spelling,
)
from autograder.course.source import Location, control_character
from autograder.course.template import Value, fill, format_number
from autograder.feedback import markdown, mathematics
from autograder.language import tr
from autograder.quiz.variant import CannotDraw, Variant, variant

DRAWS = 200
#: How many of them are read through: what is wrong with a text, and not with its numbers, shows in any.
READ = 10
#: What a format such as .1e makes of a product that is too small for a float, in either language's decimals.
_UNDERFLOW = re.compile(r"(?<![\d.,}])0(?:(?:\.|\{,\})0+)? \\cdot 10\^\{0\}")
#: A key that is the longest choice in this share of a quiz's questions gives itself away.
OFTEN = 2 / 3


@dataclass(frozen=True)
class Findings:
    """What is wrong with a quiz (`problems`), and what an author should look at (`warnings`)."""

    problems: tuple[Problem, ...]
    warnings: tuple[Problem, ...]


def examine(quiz: Quiz) -> Findings:
    """Draw every question many times (once, where nothing is drawn)."""
    problems: list[Problem] = []
    longest: list[AnyQuestion] = []
    singles = 0
    for question in quiz.questions:
        variants, fault = _variants(question, quiz.id, DRAWS if question.parameters else 1)
        drawn: dict[tuple[Location, str], list[Variant]] = {}
        for one in variants:
            for found in _faults(one):
                drawn.setdefault(found, []).append(one)
        faults = {
            (place, with_draws(sentence, [one.values for one in ones], len(variants))): None
            for (place, sentence), ones in drawn.items()
        }
        faults |= dict.fromkeys(fault for one in variants[:READ] for fault in _reading_faults(one))
        problems += [quiz.problem(question, place, sentence) for place, sentence in [*fault, *faults]]
        if isinstance(question, Single):
            singles += 1
            longest += [question] if variants and all(map(_key_is_longest, variants)) else []
    for place, text in (("title", quiz.title), ("intro", quiz.intro or "")):
        problems += [quiz.source.problem((place,), sentence) for _, sentence in markdown.faults(text)]
    warnings = [*_warnings(quiz, longest, singles), *_unlike(quiz)]
    return Findings(tuple(sorted(problems)), tuple(warnings))


def _variants(question: AnyQuestion, quiz_id: str, draws: int) -> tuple[list[Variant], list[tuple[Location, str]]]:
    variants: list[Variant] = []
    for seed in range(draws):
        try:
            variants.append(variant(question, seed, quiz_id))
        except CannotDraw as error:
            return variants, [(("where",), f"{str(error).capitalize()}.")]
        except NotANumber as error:
            if not question.parameters:
                return variants, [((), tr("Here {error}.", error=error))]
            return variants, [
                ((), tr("With some of the values it draws, {error}; narrow 'parameters' or add 'where'.", error=error))
            ]
    return variants, []


def _faults(one: Variant) -> Iterator[tuple[Location, str]]:
    """Yield what is wrong with a variant: each sentence is the same for all draws, so that it is reported once."""
    some = f" {_DRAWS}" if one.values else ""
    match one.question:
        case Number() as question:
            yield from _number_faults(one, question)
        case ShortText() as question:
            yield from _word_faults(one, question, some)
        case Ordering():
            pieces = sorted(one.pieces, key=lambda piece: int(piece.id))
            yield from _alike("items", [piece.text for piece in pieces], some)
        case Matching():
            yield from _alike("pairs", [left.text for left in one.lefts], some)
            if len({_as_shown(piece.text) for piece in one.pieces}) < max(2, len(one.pieces)):
                said = tr(
                    "The right sides read alike{some}; let at least two of them differ, and none nearly.", some=some
                )
                yield ("pairs",), said
        case TrueFalse():
            pass  # of two answers one is right, whatever is drawn
        case Single() | Multiple() as question:
            yield from _choice_faults(one, question.choices, some)


def _reading_faults(one: Variant) -> Iterator[tuple[Location, str]]:
    for place, text in one.question.markdown():
        yield from ((place, sentence) for sentence in _text_faults(fill(text, one.values)))


def _place(one: Variant, choice_id: str) -> Location:
    assert isinstance(one.question, Single | Multiple)
    return ("choices", [choice.id for choice in one.question.choices].index(choice_id))


def _text_faults(text: str) -> Iterator[str]:
    if "@{" in text:
        yield tr("A hole is left unfilled here.")
    if _UNDERFLOW.search(text):
        yield tr("A number here is so small that it reads as 0; write its power of ten by a logarithm.")
    if control := control_character(text.replace("\n", " ")):
        yield tr("This text holds a control character ({control}).", control=control)
    if "{}" in _without_mathematics(text):
        yield tr("An empty '{{}}' is left here; holes are written '@{{name}}'.")
    yield from (sentence for _, sentence in markdown.faults(text))


def _without_mathematics(text: str) -> str:
    return re.sub(r"`[^`]*`|\$\$.+?\$\$|\$[^$]+\$", "", text, flags=re.DOTALL)


def _choice_faults(one: Variant, written: Sequence[Choice], some: str) -> Iterator[tuple[Location, str]]:
    shown = {choice.id: _as_shown(choice.text) for choice in one.choices}
    for first, second in combinations([choice.id for choice in written], 2):
        if shown[first] == shown[second]:
            sentence = tr("The choices {first!r} and {second!r} read the same{some}; narrow them, or add 'where'.",
                          first=first, second=second, some=some)  # fmt: skip
            yield _place(one, second), sentence


#: Stands in a sentence on a fault for how many of the draws have it, until all are drawn.
_DRAWS = "\0"


def with_draws(sentence: str, found: Sequence[Mapping[str, Value]], draws: int) -> str:
    """Return a sentence on a fault that was `found` with these values of so many draws: with the first, or with all."""
    if len(found) < draws:
        return with_values(sentence.replace(_DRAWS, tr("with some of the values that are drawn")), found[0])
    return sentence.replace(_DRAWS, tr("with all of the values that are drawn"))


def with_values(sentence: str, values: Mapping[str, Value]) -> str:
    """Return a sentence with the values with which it shows first, where some are drawn."""
    if not values:
        return sentence
    each = (f"{name} = {value if isinstance(value, str) else format_number(value)}" for name, value in values.items())
    return tr("{sentence} It shows with {values}.", sentence=sentence, values=", ".join(each))


def _alike(key: str, texts: Sequence[str], some: str) -> Iterator[tuple[Location, str]]:
    shown = [_as_shown(text) for text in texts]
    for place, text in enumerate(shown):
        if text in shown[:place]:
            said = tr("This reads like an earlier one{some}, so nobody can tell them apart; change one.", some=some)
            yield (key, place), said


def _word_faults(one: Variant, question: ShortText, some: str) -> Iterator[tuple[Location, str]]:
    keys = [spelling(key) for key in one.words]
    for index, key in enumerate(keys):
        place: Location = ("key",) if isinstance(question.key, str) else ("key", index)
        if key in keys[:index]:
            yield place, tr("This counts already, by an earlier key{some}; delete it.", some=some)
        if "$" in key and "$" not in question.keys[index]:
            said = tr("A hole gives a formula here{some}, which nobody types; give it a format such as .3f.", some=some)
            yield place, said
    for index, trap in enumerate(one.wrong_words):
        place = ("traps", index, "value")
        if spelling(trap.text) in keys:
            yield place, tr("This trap counts as the key{some}; delete one of them.", some=some)
        for earlier in one.wrong_words[:index]:
            if spelling(trap.text) == spelling(earlier.text):
                said = tr("An earlier trap ({misconception!r}) takes this answer{some}; delete one.",
                          misconception=earlier.misconception, some=some)  # fmt: skip
                yield place, said


def _number_faults(one: Variant, question: Number) -> Iterator[tuple[Location, str]]:
    assert one.key is not None
    numbers = [trap.number for trap in one.traps]
    yield from number_faults(question.tolerance, one.key, question.traps, numbers, drawn=bool(one.values))


def number_faults(
    tolerance: Tolerance, key: float, traps: Sequence[WrittenTrap], numbers: Sequence[float], *, drawn: bool
) -> Iterator[tuple[Location, str]]:
    """Yield what is wrong with a key and its traps, whose `numbers` these are: each must tell its own from all.

    `with_draws` finishes the sentences of those that are `drawn`.
    """
    some = _DRAWS if drawn else tr("as written")
    if tolerance.exact and key != int(key):
        yield ("key",), tr("The key is no whole number {some}, and 'exact' asks for one.", some=some)
    for index, (trap, number) in enumerate(zip(traps, numbers, strict=True)):
        place = ("traps", index, "value")
        if tolerance.accepts(number, key):
            yield place, tr("This trap counts as the key {some}; narrow the tolerance, or add 'where'.", some=some)
        elif not trap.accepts(number, number):
            yield place, tr("This trap doesn't accept its own value {some}.", some=some)
        for earlier, other in zip(traps[:index], numbers[:index], strict=True):
            if earlier.misconception != trap.misconception and earlier.accepts(number, other):
                said = tr("An earlier trap ({misconception!r}) takes this value {some}; tell them apart.",
                          misconception=earlier.misconception, some=some)  # fmt: skip
                yield place, said


#: Code, and what is quoted: here a capital is another letter.
_TO_THE_LETTER = re.compile(r"""(`[^`]*`|"[^"]*")""")


def _as_shown(text: str) -> str:
    """Return a text as it is compared with others: beyond code and quotes, a capital is no difference."""
    parts = _TO_THE_LETTER.split(mathematics.to_unicode(text))
    return " ".join("".join(part if place % 2 else part.casefold() for place, part in enumerate(parts)).split())


def _key_is_longest(one: Variant) -> bool:
    lengths = {choice.id: len(_as_shown(choice.text)) for choice in one.choices if not choice.stays_last}
    key = next(iter(one.keys))
    return key in lengths and all(length < lengths[key] for other, length in lengths.items() if other != key)


#: Of a pool's questions, this much more of the points by guessing in one than in another is no longer fair.
_LUCKIER = 0.25


def _unlike(quiz: Quiz) -> Iterator[Problem]:
    """Yield a warning for each pool in which whoever guesses has more luck with one question than with another."""
    for index, pool in enumerate(quiz.pools):
        chances = {name: _by_guessing(question) for name in pool.of if (question := quiz.question(name)) is not None}
        least, most = min(chances, key=chances.__getitem__), max(chances, key=chances.__getitem__)
        if chances[most] - chances[least] >= _LUCKIER:
            sentence = tr(
                "Who guesses earns {more:.0%} of {most!r} and {less:.0%} of {least!r}: draw among questions that are as"
                " hard, of one kind.",
                more=chances[most],
                most=most,
                less=chances[least],
                least=least,
            )
            yield quiz.source.problem(("pools", index), sentence)


def _by_guessing(question: AnyQuestion) -> float:
    """Return the share of the points that a blind guess earns, about."""
    match question:
        case TrueFalse():
            return 1 / 2
        case Single():
            return 1 / len(question.choices)
        case Matching():
            return 1 / len({pair.right for pair in question.pairs})
        case Ordering():
            return 1 / factorial(len(question.items))
        case _:
            return 0.0


def _warnings(quiz: Quiz, longest: list[AnyQuestion], singles: int) -> Iterator[Problem]:
    if singles < 3 or len(longest) < OFTEN * singles:
        return
    sentence = tr(
        "The key is the longest choice here, and in {longest} of {singles} questions; lengthen wrong ones.",
        longest=len(longest),
        singles=singles,
    )
    for question in longest:
        yield quiz.problem(question, ("choices",), sentence)
