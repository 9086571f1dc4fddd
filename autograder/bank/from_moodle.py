"""Moodle XML, as a question bank is exported."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import partial
from xml.parsers import expat

from autograder.bank.foreign_questions import Answer, ForeignQuestion, Found, Kind, Tell, markdown, number_in
from autograder.language import tr

_KINDS: dict[str, Kind] = {
    "truefalse": "truefalse", "shortanswer": "text", "numerical": "number", "matching": "matching",
    "ordering": "ordering",
}  # fmt: skip


@dataclass
class _Element:
    name: str
    attributes: dict[str, str]
    line: int
    children: list[_Element] = field(default_factory=list)
    text: str = ""

    def all(self, name: str) -> Iterator[_Element]:
        return (child for child in self.children if child.name == name)

    def find(self, *names: str) -> str:
        """Return the text at a path of names, empty where there is none."""
        here: _Element | None = self
        for name in names:
            here = next(here.all(name), None) if here else None
        return here.text if here else ""


class NotXml(Exception):
    """The file can't be read; the message is a sentence, `line` says where."""

    def __init__(self, line: int, sentence: str) -> None:
        super().__init__(sentence)
        self.line = line


def read(data: bytes) -> Found:
    """Return the questions of a Moodle XML file, and what of it can't be taken over. Raises NotXml."""
    found = Found()
    for element in _tree(data).all("question"):
        kind = element.attributes.get("type", "")
        if kind != "category":
            found.take(element.line, partial(_question, element, kind))
    return found


def _tree(data: bytes) -> _Element:
    parser = expat.ParserCreate()
    root = _Element("", {}, 1)
    opened = [root]

    def start(name: str, attributes: dict[str, str]) -> None:
        element = _Element(name, attributes, parser.CurrentLineNumber)
        opened[-1].children.append(element)
        opened.append(element)

    def characters(text: str) -> None:
        opened[-1].text += text

    def doctype(*_: object) -> None:
        said = tr("A document type is declared here, which no Moodle writes. Take it out.")
        raise NotXml(parser.CurrentLineNumber, said)

    parser.StartElementHandler, parser.CharacterDataHandler = start, characters
    parser.EndElementHandler, parser.StartDoctypeDeclHandler = lambda name: opened.pop(), doctype
    try:
        parser.Parse(data, True)
    except expat.ExpatError as error:
        reason = expat.errors.messages[error.code]
        said = tr("This is not XML: {reason}. Export the questions anew as Moodle XML.", reason=reason)
        raise NotXml(error.lineno, said) from None
    quiz = next(root.all("quiz"), None)
    if quiz is None:
        raise NotXml(1, tr("This is not Moodle XML: it has no <quiz>. Export the questions as Moodle XML."))
    return quiz


def _question(element: _Element, kind: str, tell: Tell) -> ForeignQuestion:
    """Raises ValueError where it isn't one that can be asked here."""
    if kind == "multichoice":
        ours: Kind = "single" if element.find("single").strip() in ("true", "1") else "multiple"
    elif kind in _KINDS:
        ours = _KINDS[kind]
    else:
        raise ValueError(tr("a question of the type {kind!r} can't be asked here", kind=kind))

    def words(*path: str) -> str:
        return markdown(element.find(*path), tell)

    answers = list(_pairs(element, tell) if ours == "matching" else _answers(element, ours, tell))
    question = ForeignQuestion(
        element.line,
        ours,
        element.find("name", "text").strip(),
        words("questiontext", "text"),
        answers,
        words("generalfeedback", "text"),
        [markdown(hint.find("text"), tell) for hint in element.all("hint") if hint.find("text").strip()],
        number_in(element.find("defaultgrade") or "1"),
    )
    question.hold_to_one_key(tell)
    return question


def _answers(element: _Element, kind: Kind, tell: Tell) -> Iterator[Answer]:
    for answer in element.all("answer"):
        share, text = number_in(answer.attributes.get("fraction", "0")) / 100, answer.find("text").strip()
        if kind == "text":
            if "*" in text.replace(r"\*", ""):
                tell(tr("The star in {text!r} stands for any text in Moodle, and for a star here.", text=text))
            text = text.replace(r"\*", "*")
        elif kind in ("single", "multiple", "ordering"):
            text = markdown(text, tell)
        feedback = markdown(answer.find("feedback", "text"), tell)
        yield Answer(text, share, feedback, number_in(answer.find("tolerance") or "0"))


def _pairs(element: _Element, tell: Tell) -> Iterator[Answer]:
    for pair in element.all("subquestion"):
        left, right = markdown(pair.find("text"), tell), pair.find("answer", "text").strip()
        if left:
            yield Answer(left, 1.0, partner=right)
        else:
            tell(tr("The answer {right!r} belongs to nothing, and is left out.", right=right))
