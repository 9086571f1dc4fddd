"""Foreign questions as a quiz of a course, YAML with a TODO wherever an explanation is missing."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from autograder.bank.foreign_questions import Answer, ForeignQuestion, kebab
from autograder.course.written_yaml import Quoted, dump
from autograder.language import later, tr

_WHY = later("what is tempting about it, and what is wrong")
_RIGHT = later("why it is right")


def _left(what: str) -> str:
    """What stands where the author must write."""
    return f"TODO: {tr(what)}"


def write(title: str, questions: Sequence[ForeignQuestion]) -> str:
    """Return the file."""
    taken: list[str] = []
    written = []
    for question in questions:
        taken.append(kebab(question.name, taken))
        written.append({"id": taken[-1], **dict(_question(question))})
    quiz = {"format": 1, "title": title, "questions": written}
    return dump(quiz)


def _question(question: ForeignQuestion) -> Iterator[tuple[str, Any]]:
    yield "kind", question.kind
    yield "concept", _left(later("the one idea that it tests, in two to five words"))
    if question.points != 1:
        yield "points", question.points
    yield "ask", Quoted(question.ask or _left(later("the question")))
    yield from _ANSWERS[question.kind](question)
    if question.right or question.kind not in ("single", "multiple"):
        yield "right", Quoted(question.right or _said_of_key(question) or _left(_RIGHT))
    if question.hints:
        yield "hints", [Quoted(hint) for hint in question.hints]


def _said_of_key(question: ForeignQuestion) -> str:
    return next((answer.feedback for answer in question.answers if answer.right and answer.feedback), "")


def _choices(question: ForeignQuestion) -> Iterator[tuple[str, Any]]:
    taken: list[str] = []
    choices = []
    for answer in question.answers:
        right = answer.share == 1 if question.kind == "single" else answer.right
        taken.append(kebab(answer.text[:30], taken))
        choice: dict[str, Any] = {"id": taken[-1], "text": Quoted(answer.text)}
        choice |= {"correct": True} if right else {}
        choices.append(choice | {"why": Quoted(answer.feedback or _left(_RIGHT if right else _WHY))})
    yield "choices", choices


def _truth(question: ForeignQuestion) -> Iterator[tuple[str, Any]]:
    key = any(answer.right and answer.text.strip().lower() == "true" for answer in question.answers)
    yield "key", key
    wrong = next((answer.feedback for answer in question.answers if not answer.right), "")
    if wrong:
        yield "why", Quoted(wrong)


def _words(question: ForeignQuestion) -> Iterator[tuple[str, Any]]:
    keys = [Quoted(answer.text) for answer in question.answers if answer.share == 1]
    yield "key", keys or [Quoted(_left(later("the key")))]
    yield from _traps(question)


def _number(question: ForeignQuestion) -> Iterator[tuple[str, Any]]:
    key = next((answer for answer in question.answers if answer.share == 1), Answer("0"))
    yield "key", Quoted(key.text)
    if key.tolerance:
        yield "absolute", key.tolerance
    else:
        yield "relative", 1e-9
    yield from _traps(question)


def _traps(question: ForeignQuestion) -> Iterator[tuple[str, Any]]:
    """A wrong answer that was foreseen is a trap, whose belief its author must still name."""
    traps = [
        {"value": Quoted(each.text), "misconception": "todo", "why": Quoted(each.feedback or _left(_WHY))}
        | ({"absolute": each.tolerance} if each.tolerance else {})
        for each in question.answers
        if each.share < 1 and each.text.strip() not in ("", "*")
    ]
    if traps:
        yield "traps", traps


def _pairs(question: ForeignQuestion) -> Iterator[tuple[str, Any]]:
    yield "pairs", [{"left": Quoted(each.text), "right": Quoted(each.partner)} for each in question.answers]


def _items(question: ForeignQuestion) -> Iterator[tuple[str, Any]]:
    yield "items", [Quoted(each.text) for each in question.answers]


_ANSWERS = {
    "single": _choices,
    "multiple": _choices,
    "truefalse": _truth,
    "text": _words,
    "number": _number,
    "matching": _pairs,
    "ordering": _items,
}
