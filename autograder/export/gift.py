r"""A quiz as GIFT, Moodle's plain-text format, with the explanation of every choice and number.

`~ = # { } :` are escape, and every backslash is doubled: `\n` is a line break there, so `\nabla` would break. The
marks are those of `moodle_xml`. GIFT has neither hints, nor tags, nor points, nor an order that is kept or asked for.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from autograder.course.quiz_model import Matching, Multiple, Number, ShortText, Single, TrueFalse
from autograder.export.moodle_xml import share
from autograder.export.questions import RIGHT, Item, Trap, by_category, html, plain_number
from autograder.export.subcommand import QuizRequest, of_quiz
from autograder.language import tr

_SPECIAL = re.compile(r"[~=#{}:]")


def render(quiz_title: str, items: Sequence[Item]) -> str:
    """Return the document: a category for what all are asked and one for each pool, with a paragraph a question."""
    by_path = by_category(quiz_title, items)
    paragraphs = [each for path, members in by_path for each in (f"$CATEGORY: {path}", *map(_question, members))]
    return "\n\n".join(paragraphs) + "\n"


def escape(text: str) -> str:
    """Return text that GIFT shows as it is, on one line: an empty line would end the question."""
    doubled = text.replace("\\", "\\\\")
    return _SPECIAL.sub(lambda match: f"\\{match[0]}", doubled).replace("\r", "").replace("\n", "\\n")


def _question(item: Item) -> str:
    opening, lines = "{", _choices(item)
    match item.question:
        case Number():
            opening, lines = "{#", _numbers(item)
        case TrueFalse():
            lines = _truth(item)
        case ShortText():
            lines = _words(item)
        case Matching():
            lines = _pairs(item)
    general = f"\n  ####{escape(item.right())}" if item.variant.right else ""
    answers = "\n".join(f"  {line}" for line in lines)
    return f"::{escape(item.id)}::[html]{escape(item.ask())}{opening}\n{answers}{general}\n}}"


def _choices(item: Item) -> Iterator[str]:
    for choice in item.variant.choices:
        if isinstance(item.question, Single):
            mark = "=" if choice.correct else "~"
        else:
            mark = f"~%{share(item, choice.correct)}%"
        yield f"{mark}{escape(item.text(choice))}#{escape(item.why(choice))}"


def _numbers(item: Item) -> Iterator[str]:
    yield _number(replace(item.key(), feedback=html(tr(RIGHT))), "")
    for trap in item.traps():
        yield _number(trap, "%0%")


def _truth(item: Item) -> Iterator[str]:
    """The feedback on a wrong answer comes first."""
    wrong = next(choice for choice in item.choices if not choice.correct)
    key = "FALSE" if wrong.id == "true" else "TRUE"
    yield f"{key}#{escape(item.why(wrong))}#{escape(html(tr(RIGHT)))}"


def _words(item: Item) -> Iterator[str]:
    for word in item.words():
        text = escape(word.text.replace("*", r"\*"))
        yield f"={'' if word.counts else '%0%'}{text}#{escape(word.feedback)}"


def _pairs(item: Item) -> Iterator[str]:
    for left, right in item.pairs():
        yield f"={escape(left)} -> {escape(right)}"


def _number(trap: Trap, weight: str) -> str:
    return f"={weight}{plain_number(trap.number)}:{plain_number(trap.margin)}#{escape(trap.feedback)}"


@of_quiz()
def subcommand(request: QuizRequest) -> Iterable[str]:
    """GIFT, Moodle's plain-text format; without hints, tags, points and orderings."""
    room = request.with_room(Single, Multiple, Number, TrueFalse, ShortText, Matching)
    request.tell_of_categories()
    return [render(request.quiz.title, room)]
