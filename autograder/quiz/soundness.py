"""Whether a quiz is sound for every student: each question is drawn many times, and looked at as a student would.

What shows without drawing, the loader has refused before. It must not know how a quiz is asked.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import combinations

from autograder.course import Problem, Quiz
from autograder.course.expressions import NotANumber
from autograder.course.quiz_model import AnyQuestion, Number, Single
from autograder.course.source import Location, control_character
from autograder.feedback import mathematics
from autograder.quiz.variant import CannotDraw, Variant, variant

DRAWS = 200
#: How many of them are read through: what is wrong with a text, and not with its numbers, shows in any.
READ = 10
#: A key that is the longest choice in this share of a quiz's questions gives itself away.
OFTEN = 2 / 3


@dataclass(frozen=True)
class Findings:
    """What is wrong with a quiz (`problems`), and what an author should look at (`warnings`)."""

    problems: tuple[Problem, ...]
    warnings: tuple[Problem, ...]


def examine(quiz: Quiz, draws: int = DRAWS) -> Findings:
    """Draws every question `draws` times (once, where nothing is drawn)."""
    problems: list[Problem] = []
    longest: list[AnyQuestion] = []
    singles = 0
    for question in quiz.questions:
        variants, fault = _variants(question, quiz.id, draws if question.parameters else 1)
        faults = dict.fromkeys(fault for one in variants for fault in _faults(one))
        faults |= dict.fromkeys(fault for one in variants[:READ] for fault in _reading_faults(one))
        problems += [quiz.problem(question, place, sentence) for place, sentence in [*fault, *faults]]
        if isinstance(question, Single):
            singles += 1
            longest += [question] if variants and all(map(_key_is_longest, variants)) else []
    return Findings(tuple(sorted(problems)), tuple(_warnings(quiz, longest, singles)))


def _variants(question: AnyQuestion, quiz_id: str, draws: int) -> tuple[list[Variant], list[tuple[Location, str]]]:
    variants: list[Variant] = []
    for seed in range(draws):
        try:
            variants.append(variant(question, seed, quiz_id))
        except CannotDraw as error:
            return variants, [(("where",), f"{str(error).capitalize()}.")]
        except NotANumber as error:
            return variants, [((), f"With some of the values it draws, {error}; narrow 'parameters' or add 'where'.")]
    return variants, []


def _faults(one: Variant) -> Iterator[tuple[Location, str]]:
    """Yield what is wrong with a variant: each sentence is the same for all draws, so that it is reported once."""
    question = one.question
    if isinstance(question, Number):
        yield from _number_faults(one, question)
    else:
        yield from _choice_faults(one, question.choices)


def _reading_faults(one: Variant) -> Iterator[tuple[Location, str]]:
    for place, text in _texts(one):
        yield from ((place, sentence) for sentence in _text_faults(text))


def _texts(one: Variant) -> Iterator[tuple[Location, str]]:
    yield ("ask",), one.ask
    for index, hint in enumerate(one.hints):
        yield ("hints", index), hint
    if one.right is not None:
        yield ("right",), one.right
    for choice in one.choices:
        place = _place(one, choice.id)
        yield (*place, "text"), choice.text
        yield (*place, "why"), choice.why
    for index, trap in enumerate(one.traps):
        yield ("traps", index, "why"), trap.why


def _place(one: Variant, choice_id: str) -> Location:
    written: Iterable[object] = () if isinstance(one.question, Number) else one.question.choices
    ids = [getattr(choice, "id", None) for choice in written]
    return ("choices", ids.index(choice_id))


def _text_faults(text: str) -> Iterator[str]:
    if "@{" in text:
        yield "A hole is left unfilled here."
    if control := control_character(text.replace("\n", " ")):
        yield f"This text holds a control character ({control})."
    if "{}" in _without_mathematics(text):
        yield "An empty '{}' is left here; holes are written '@{name}'."
    yield from (sentence for _, sentence in mathematics.faults(text))


def _without_mathematics(text: str) -> str:
    return re.sub(r"`[^`]*`|\$\$.+?\$\$|\$[^$]+\$", "", text, flags=re.DOTALL)


def _choice_faults(one: Variant, written: Iterable[object]) -> Iterator[tuple[Location, str]]:
    shown = [(choice.id, _as_shown(choice.text)) for choice in one.choices]
    order = [getattr(choice, "id", "") for choice in written]
    for first, second in combinations(sorted(shown, key=lambda choice: order.index(choice[0])), 2):
        if first[1] == second[1]:
            some = " with some of the values that are drawn" if one.values else ""
            sentence = f"The choices {first[0]!r} and {second[0]!r} read the same{some}; narrow them, or add 'where'."
            yield _place(one, second[0]), sentence


def _number_faults(one: Variant, question: Number) -> Iterator[tuple[Location, str]]:
    assert one.key is not None
    some = "with some of the values that are drawn" if one.values else "as written"
    if question.exact and one.key != int(one.key):
        yield ("key",), f"The key is no whole number {some}, and 'exact' asks for one."
    for index, (trap, written) in enumerate(zip(one.traps, question.traps, strict=True)):
        place = ("traps", index, "value")
        if question.tolerance.accepts(trap.number, one.key):
            yield place, f"This trap counts as the key {some}; narrow the tolerance, or add 'where'."
        elif not written.accepts(trap.number, trap.number):
            yield place, f"This trap doesn't accept its own value {some}."
        for earlier, sooner in zip(one.traps[:index], question.traps[:index], strict=True):
            if earlier.misconception != trap.misconception and sooner.accepts(trap.number, earlier.number):
                yield place, f"An earlier trap ({earlier.misconception!r}) takes this value {some}; tell them apart."


def _as_shown(text: str) -> str:
    return " ".join(mathematics.to_unicode(text).casefold().split())


def _key_is_longest(one: Variant) -> bool:
    lengths = {choice.id: len(_as_shown(choice.text)) for choice in one.choices if choice.pin is None}
    key = next(iter(one.keys))
    return key in lengths and all(length < lengths[key] for other, length in lengths.items() if other != key)


def _warnings(quiz: Quiz, longest: list[AnyQuestion], singles: int) -> Iterator[Problem]:
    if singles < 3 or len(longest) < OFTEN * singles:
        return
    sentence = f"The key is the longest choice here, and in {len(longest)} of {singles} questions; lengthen wrong ones."
    for question in longest:
        yield quiz.problem(question, ("choices",), sentence)
