"""A quiz as Moodle XML: one category, one question an item, with the explanation of every choice and number.

Of several right choices each ticked one earns its share, and each wrong one that is ticked costs as much: Moodle can't
give marks for what was left. Moodle takes only the shares on its own list, where 100 divided by 1 to 8 are.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from xml.etree import ElementTree
from xml.etree.ElementTree import Element, SubElement

from autograder.course.quiz_model import Multiple, Single
from autograder.export.questions import Item, Trap, plain_number, title
from autograder.export.subcommand import QuizRequest, of_quiz

#: Of 100, for 1 to 8 right choices, as Moodle spells them.
SHARES = ("100", "50", "33.33333", "25", "20", "16.66667", "14.28571", "12.5")
#: Said of a right number: why it is right stands in the general feedback, which everybody sees.
RIGHT = "<p>Right.</p>"
_PENALTY = "0.3333333"


def render(quiz_title: str, items: Sequence[Item]) -> str:
    """Return the document."""
    quiz = Element("quiz")
    category = SubElement(quiz, "question", type="category")
    _text(category, "category", f"$course$/top/{title(quiz_title).replace('/', '//')}")
    quiz.extend(_question(item) for item in items)
    ElementTree.indent(quiz, " ")
    return '<?xml version="1.0" encoding="UTF-8"?>\n' + ElementTree.tostring(quiz, encoding="unicode") + "\n"


def share(item: Item, correct: bool) -> str:
    """Return what ticking a choice earns, in percent of the mark."""
    if isinstance(item.question, Single):
        return "100" if correct else "0"
    earned = SHARES[len(item.variant.keys) - 1]
    return earned if correct else f"-{earned}"


def _question(item: Item) -> Element:
    numerical = not isinstance(item.question, Single | Multiple)
    question = Element("question", type="numerical" if numerical else "multichoice")
    _text(question, "name", item.id)
    _html(question, "questiontext", item.ask())
    _html(question, "generalfeedback", item.right())
    SubElement(question, "defaultgrade").text = plain_number(item.question.points)
    SubElement(question, "penalty").text = _PENALTY
    SubElement(question, "hidden").text = "0"
    SubElement(question, "idnumber").text = f"{item.quiz}/{item.id}"
    question.extend(_numbers(item) if numerical else _choices(item))
    for hint in item.hints():
        _html(question, "hint", hint)
    tags = SubElement(question, "tags")
    for tag in item.tags:
        _text(tags, "tag", title(tag))
    return question


def _choices(item: Item) -> Iterator[Element]:
    single = isinstance(item.question, Single)
    for name, text in (
        ("single", "true" if single else "false"),
        ("shuffleanswers", "false" if item.keeps_order else "true"),
        ("answernumbering", "abc"),
    ):
        element = Element(name)
        element.text = text
        yield element
    for name in ("correctfeedback", "partiallycorrectfeedback", "incorrectfeedback"):
        yield _html(None, name, "")
    for choice in item.variant.choices:
        answer = Element("answer", fraction=share(item, choice.correct), format="html")
        SubElement(answer, "text").text = item.text(choice)
        _html(answer, "feedback", item.why(choice))
        yield answer


def _numbers(item: Item) -> Iterator[Element]:
    """Yield the right number and the tempting ones; Moodle takes the first that fits, as we do."""
    yield _number(replace(item.key(), feedback=RIGHT), "100")
    for trap in item.traps():
        yield _number(trap, "0")


def _number(trap: Trap, fraction: str) -> Element:
    answer = Element("answer", fraction=fraction, format="moodle_auto_format")
    SubElement(answer, "text").text = plain_number(trap.number)
    _html(answer, "feedback", trap.feedback)
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
    return [render(request.quiz.title, request.items)]
