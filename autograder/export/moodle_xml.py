"""A quiz as Moodle XML: a category, and one for each pool; one question an item, with every explanation.

Of several right choices each ticked one earns its share, and each wrong one that is ticked costs as much: Moodle can't
give marks for what was left. Moodle takes only the shares on its own list, where 100 divided by 1 to 8 are.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from xml.etree import ElementTree
from xml.etree.ElementTree import Element, SubElement

from autograder.course.quiz_model import (
    AnyQuestion,
    Matching,
    Multiple,
    Number,
    Ordering,
    ShortText,
    Single,
    TrueFalse,
)
from autograder.export.questions import RIGHT, Item, Trap, by_category, html, plain_number, title
from autograder.export.subcommand import QuizRequest, of_quiz
from autograder.language import tr

#: Of 100, for 1 to 8 right choices, as Moodle spells them.
SHARES = ("100", "50", "33.33333", "25", "20", "16.66667", "14.28571", "12.5")
_PENALTY = "0.3333333"


def render(quiz_title: str, items: Sequence[Item]) -> str:
    """Return the document."""
    quiz = Element("quiz")
    for path, members in by_category(quiz_title, items):
        category = SubElement(quiz, "question", type="category")
        _text(category, "category", path)
        quiz.extend(_question(item) for item in members)
    ElementTree.indent(quiz, " ")
    return '<?xml version="1.0" encoding="UTF-8"?>\n' + ElementTree.tostring(quiz, encoding="unicode") + "\n"


def share(item: Item, correct: bool) -> str:
    """Return what ticking a choice earns, in percent of the mark."""
    if isinstance(item.question, Single):
        return "100" if correct else "0"
    earned = SHARES[len(item.variant.keys) - 1]
    return earned if correct else f"-{earned}"


def _question(item: Item) -> Element:
    kind, answers = _FORMS[type(item.question)]
    question = Element("question", type=kind)
    _text(question, "name", item.id)
    _html(question, "questiontext", item.ask())
    _html(question, "generalfeedback", item.right())
    SubElement(question, "defaultgrade").text = plain_number(item.question.points)
    SubElement(question, "penalty").text = _PENALTY
    SubElement(question, "hidden").text = "0"
    SubElement(question, "idnumber").text = f"{item.quiz}/{item.id}"
    question.extend(answers(item))
    for hint in item.hints():
        _html(question, "hint", hint)
    tags = SubElement(question, "tags")
    for tag in item.tags:
        _text(tags, "tag", title(tag))
    return question


def _choices(item: Item) -> Iterator[Element]:
    single = isinstance(item.question, Single)
    yield _setting("single", "true" if single else "false")
    yield _setting("shuffleanswers", "false" if item.keeps_order else "true")
    yield _setting("answernumbering", "abc")
    yield from _combined_feedback("")
    for choice in item.variant.choices:
        yield _answer(share(item, choice.correct), item.text(choice), item.why(choice), form="html")


def _numbers(item: Item) -> Iterator[Element]:
    """Yield the right number and the tempting ones; Moodle takes the first that fits, as we do."""
    yield _number(replace(item.key(), feedback=html(tr(RIGHT))), "100")
    for trap in item.traps():
        yield _number(trap, "0")


def _truth(item: Item) -> Iterator[Element]:
    for choice in item.choices:
        feedback = html(tr(RIGHT)) if choice.correct else item.why(choice)
        yield _answer("100" if choice.correct else "0", choice.id, feedback)


def _words(item: Item) -> Iterator[Element]:
    """Yield what counts and what tempts; a star would stand for anything."""
    yield _setting("usecase", "0")
    for word in item.words():
        yield _answer("100" if word.counts else "0", word.text.replace("*", r"\*"), word.feedback)


def _pairs(item: Item) -> Iterator[Element]:
    """Yield each pair; Moodle's right sides are plain text."""
    yield _setting("shuffleanswers", "true")
    yield from _combined_feedback(item.why_of_pairs())
    for left, right in item.pairs():
        pair = Element("subquestion", format="html")
        SubElement(pair, "text").text = left
        _text(pair, "answer", right)
        yield pair


def _ordering(item: Item) -> Iterator[Element]:
    """Yield the items in their right order, for the question type that Moodle has from 4.4 on, a plugin before."""
    settings = {
        "layouttype": "VERTICAL",
        "selecttype": "ALL",
        "selectcount": "0",
        "gradingtype": "ALL_OR_NOTHING",
        "showgrading": "SHOW",
        "numberingstyle": "none",
    }
    for name, value in settings.items():
        yield _setting(name, value)
    yield from _combined_feedback(item.wrong())
    for place, text in enumerate(item.ordered(), start=1):
        answer = Element("answer", fraction=f"{place}.0000000", format="html")
        SubElement(answer, "text").text = text
        yield answer


def _combined_feedback(wrong: str) -> Iterator[Element]:
    yield _html(None, "correctfeedback", "")
    yield _html(None, "partiallycorrectfeedback", wrong)
    yield _html(None, "incorrectfeedback", wrong)


#: The question type of Moodle for each of ours, and what its answers look like.
_FORMS: dict[type[AnyQuestion], tuple[str, Callable[[Item], Iterable[Element]]]] = {
    Single: ("multichoice", _choices),
    Multiple: ("multichoice", _choices),
    Number: ("numerical", _numbers),
    TrueFalse: ("truefalse", _truth),
    ShortText: ("shortanswer", _words),
    Matching: ("matching", _pairs),
    Ordering: ("ordering", _ordering),
}


def _setting(name: str, value: str) -> Element:
    element = Element(name)
    element.text = value
    return element


def _answer(fraction: str, text: str, feedback: str, form: str = "moodle_auto_format") -> Element:
    answer = Element("answer", fraction=fraction, format=form)
    SubElement(answer, "text").text = text
    _html(answer, "feedback", feedback)
    return answer


def _number(trap: Trap, fraction: str) -> Element:
    answer = _answer(fraction, plain_number(trap.number), trap.feedback)
    SubElement(answer, "tolerance").text = plain_number(trap.margin)
    return answer


def _text(parent: Element, name: str, text: str) -> None:
    SubElement(SubElement(parent, name), "text").text = text


def _html(parent: Element | None, name: str, content: str) -> Element:
    element = Element(name, format="html")
    SubElement(element, "text").text = content
    if parent is not None:
        parent.append(element)
    return element


@of_quiz()
def subcommand(request: QuizRequest) -> Iterable[str]:
    """Moodle XML, to be imported into a question bank."""
    request.tell_of_categories()
    return [render(request.quiz.title, request.items)]
