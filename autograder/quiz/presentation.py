"""A quiz on a terminal, from top to bottom: nothing is redrawn, and nothing is said by colour or by place alone.

`plain` leaves out what is drawn with characters, for a screen reader. It must not know where answers come from.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence

import msgspec
from rich.text import Text

from autograder.course import CatalogueEntry, Quiz
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
)
from autograder.course.template import format_number
from autograder.feedback import terminal_markdown
from autograder.feedback.page import Page
from autograder.feedback.points import points
from autograder.language import decimal, later, tr, tr_n
from autograder.quiz.scoring import PARTIAL_CREDIT, Given, Judgement
from autograder.quiz.typed import LETTERS
from autograder.quiz.variant import Variant

_RIGHT, _WRONG, _BELIEF = "bold green", "bold red", "bold magenta"
_INDENT = "   "
#: Said of a wrong number that nobody foresaw.
UNFORESEEN = later("No mistake that this course knows leads to it. Follow the way to the right one:")


class Score(msgspec.Struct, frozen=True):
    """What was earned so far, of what could have been, and how many questions have their answer."""

    mark: float
    points: float
    answered: int


class Belief(msgspec.Struct, frozen=True):
    """A misconception met: in how many questions, and the exercises that practise it."""

    id: str
    questions: int
    practise: tuple[str, ...]


class Presentation:
    """Writes on `page`; `catalogue` gives the misconceptions their titles."""

    def __init__(self, page: Page, catalogue: Mapping[str, CatalogueEntry], *, plain: bool) -> None:
        self._page, self._catalogue, self._plain = page, catalogue, plain

    def opening(self, quiz: Quiz, questions: Sequence[AnyQuestion], *, answered: int) -> None:
        """The title, what to type, and how far it is already."""
        self._headline(self.title(quiz.title, "bold"))
        if quiz.intro and not answered and len(questions) == len(quiz.questions):
            self.markdown(quiz.intro)
            self._page.blank()
        said = [tr_n("{n} question.", "{n} questions.", len(questions)), _how_to_answer(questions)]
        said += [tr("? shows a hint.")] if any(question.hints for question in questions) else []
        self.say(" ".join([*said, tr("q stops, and what you answered is kept.")]))
        if answered:
            self.say(
                tr_n(
                    "{n} question answered in this attempt; you go on with the next one.",
                    "{n} questions answered in this attempt; you go on with the next one.",
                    answered,
                )
            )

    def question(self, variant: Variant, number: int, asked: int, score: Score | None) -> None:
        """One question and its choices."""
        self._page.blank()
        heading = Text(tr("Question {number} of {asked}", number=number, asked=asked), style="bold")
        if score and score.answered:
            so_far = tr("so far {points}", points=points(score.mark, score.points))
            heading.append(f", {so_far}", style="not bold")
        self._headline(heading)
        self.markdown(variant.ask)
        if variant.shows is not None:
            self._page.blank()
            self.markdown(tr("In the picture: {shows}", shows=variant.shows))
        self._page.blank()
        for letter, choice in zip(LETTERS, variant.choices, strict=False):
            self.markdown(choice.text, first=f"  {letter}) ", rest="     ")
        self._sides(variant)
        if isinstance(variant.question, Multiple):
            self._page.blank()
            self.say(tr("Type the letters of all that are right.") + " " + tr(PARTIAL_CREDIT))

    def _sides(self, variant: Variant) -> None:
        """What is to be ordered; or numbers on the left of a matching, then letters on the right."""
        for number, left in enumerate(variant.lefts, start=1):
            self.markdown(left.text, first=f" {number:2}) ", rest="     ")
        if variant.lefts:
            self._page.blank()
        for letter, piece in zip(LETTERS, variant.pieces, strict=False):
            self.markdown(piece.text, first=f"  {letter}) ", rest="     ")

    def hint(self, variant: Variant, number: int) -> None:
        """The hint of that number, or that there is none."""
        if number > len(variant.hints):
            self.say(tr("There is no other hint.") if variant.hints else tr("There is no hint for this question."))
            return
        label = tr("Hint {number} of {total}", number=number, total=len(variant.hints)) + ": "
        self.markdown(variant.hints[number - 1], first=label, rest=_INDENT)

    def judgement(self, variant: Variant, given: Given | None, judgement: Judgement | None) -> None:
        """Right or wrong, then why for every choice, those that were made first. Without an answer: why alone."""
        self._page.blank()
        if judgement is not None:
            self._verdict(variant, judgement)
        match variant.question:
            case Number():
                self._number(variant, given, judgement)
            case TrueFalse() | ShortText() | Ordering():
                self._one_answer(variant, given, judgement)
            case Matching():
                self._matching(variant, given if judgement else None)
            case _:
                self._choices(variant, frozenset(given or ()) if judgement else None)
                if variant.right is not None:
                    self._page.blank()
                    self.markdown(variant.right)

    def _verdict(self, variant: Variant, judgement: Judgement) -> None:
        style = _RIGHT if judgement.right else "bold yellow" if judgement.share > 0 else _WRONG
        word, rest = verdict_in_words(variant, judgement)
        self._page.paragraph(Text.assemble((word, style), f" {rest}"))

    def _one_answer(self, variant: Variant, given: Given | None, judgement: Judgement | None) -> None:
        """What was answered and what is wrong with it, then what is right and why."""
        if judgement is not None and given is not None and not judgement.right:
            self._page.blank()
            self._labelled(tr("Your answer:"), answer_in_words(variant, given))
            if judgement.misconceptions:
                self._belief(judgement.misconceptions[0], Text(_INDENT))
            if judgement.why:
                self.markdown(judgement.why, first=_INDENT, rest=_INDENT)
        self._page.blank()
        self._labelled(tr("The right answer:"), right_in_words(variant), _RIGHT)
        if variant.right is not None:
            self.markdown(variant.right, first=_INDENT, rest=_INDENT)

    def _labelled(self, label: str, answer: str, style: str = "") -> None:
        self.markdown(answer, first=Text(f"{label} ", style=style), rest=_INDENT)

    def _matching(self, variant: Variant, given: Given | None) -> None:
        """Every pair as it is right; before it, what a wrong one was matched with."""
        texts = {piece.id: piece.text for piece in variant.pieces}
        letters = {piece.id: letter for letter, piece in zip(LETTERS, variant.pieces, strict=False)}
        chosen: tuple[str | None, ...] = tuple(given) if given else (None,) * len(variant.lefts)
        places = zip(variant.lefts, variant.partners, chosen, strict=True)
        for number, (left, key, one) in enumerate(places, start=1):
            self._page.blank()
            self.markdown(left.text, first=f"{number}) ", rest=_INDENT)
            wrong = one is not None and one != key
            if one is not None and wrong:
                label = Text.assemble(_INDENT, (tr("Your choice: wrong."), _WRONG), f" {letters[one]}) ")
                self.markdown(texts[one], first=label, rest=_INDENT)
                if left.misconception:
                    self._belief(left.misconception, Text(_INDENT))
            label = Text.assemble(_INDENT, (tr("Right."), _RIGHT), f" {letters[key]}) ")
            self.markdown(texts[key], first=label, rest=_INDENT)
            if left.why and one != key:
                self.markdown(left.why, first=_INDENT, rest=_INDENT)
        if variant.right is not None:
            self._page.blank()
            self.markdown(variant.right)

    def _choices(self, variant: Variant, chosen: frozenset[str] | None) -> None:
        several = isinstance(variant.question, Multiple)
        for letter, choice in _in_order_of_interest(variant, chosen or frozenset()):
            self._page.blank()
            label = Text(label_of(choice, chosen, several), style=_RIGHT if choice.correct else _WRONG)
            self.markdown(choice.text, first=f"{letter}) ", rest=_INDENT)
            first = Text.assemble(_INDENT, label, " ")
            if chosen is not None and choice.misconception and (choice.id in chosen) != choice.correct:
                self._belief(choice.misconception, first)
                first = Text(_INDENT)
            self.markdown(choice.why, first=first, rest=_INDENT)

    def _number(self, variant: Variant, given: Given | None, judgement: Judgement | None) -> None:
        if judgement is not None and isinstance(given, str) and not judgement.right:
            self._wrong_number(variant, given, judgement)
        self._page.blank()
        key = key_in_words(variant)
        before, _, after = tr("The right number is {key}.", key="\0").partition("\0")
        self._page.paragraph(Text.assemble(before, (self._page.spell(key), _RIGHT), after))
        if variant.right is not None:
            self.markdown(variant.right, first=_INDENT, rest=_INDENT)

    def _wrong_number(self, variant: Variant, given: str, judgement: Judgement) -> None:
        self._page.blank()
        self.say(number_in_words(variant, given))
        if not judgement.misconceptions:
            self.say(tr(UNFORESEEN))
            return
        self._belief(judgement.misconceptions[0], Text(_INDENT))
        self.markdown(judgement.why, first=_INDENT, rest=_INDENT)

    def _belief(self, belief: str, first: Text) -> None:
        title = self.title(self._catalogue[belief].title)
        label = Text(tr("Misconception") + ": ", style=_BELIEF)
        self._page.paragraph(label.append_text(title), first=first, rest=_INDENT)

    def summary(self, score: Score, seconds: float, beliefs: Sequence[Belief]) -> None:
        """How it went, and which beliefs to work on, where."""
        self._page.blank()
        self._headline(Text(tr("How it went"), style="bold"))
        percent = f" ({100 * score.mark / score.points:.0f} %)" if score.points else ""
        answered = tr_n("{n} question", "{n} questions", score.answered)
        self.say(f"{points(score.mark, score.points)}{percent}, {answered}, {_duration(seconds)}.")
        if not beliefs:
            return
        self._page.blank()
        self.say(tr("Misconceptions met:"))
        for belief in beliefs:
            entry = self._catalogue[belief.id]
            bullet = "* " if self._page.ascii or self._plain else "• "
            self._page.paragraph(self.title(entry.title), first=f"  {bullet}", rest="    ")
            times = "" if belief.questions == 1 else tr("in {n} questions", n=belief.questions) + "; "
            practise = f"; {tr('practise it')}: {', '.join(belief.practise)}" if belief.practise else ""
            revise = Text(f"{times}{tr('revise')}: ").append_text(self.title(entry.concept)).append(practise)
            self._page.paragraph(revise, first="    ")

    def next_steps(self, commands: Iterable[tuple[str, str]]) -> None:
        """What to type next, and what for."""
        self._page.blank()
        listed = list(commands)
        width = max((len(what) for what, _ in listed), default=0)
        for what, command in listed:
            self._page.paragraph(Text.assemble(f"{what + ':':{width + 1}} ", (command, "bold")), rest="  ")

    def say(self, sentence: str) -> None:
        """One sentence of our own."""
        self._page.paragraph(sentence)

    def markdown(self, text: str, *, first: str | Text = "", rest: str = "") -> None:
        """An author's Markdown with LaTeX, `first` before its first line and `rest` before the others."""
        terminal_markdown.write(self._page, text, first=first, rest=rest)

    def title(self, markdown: str, style: str = "") -> Text:
        """One line of an author's Markdown, as a part of a paragraph."""
        return terminal_markdown.title(self._page, markdown, style)

    def blank(self) -> None:
        """A blank line before what comes next."""
        self._page.blank()

    def gap(self) -> None:
        """A blank line before a prompt."""
        self._page.gap()

    def _headline(self, text: Text) -> None:
        self._page.paragraph(text) if self._plain else self._page.underlined(text)


#: What is typed for each kind of question, in the order in which it is said.
_TYPED: dict[type[AnyQuestion], str] = {
    Single: later("a letter"),
    Multiple: later("several letters"),
    Number: later("a number"),
    TrueFalse: later("true or false"),
    ShortText: later("a word or a few"),
    Ordering: later("letters in their order"),
    Matching: later("numbers with letters"),
}


def _how_to_answer(questions: Iterable[AnyQuestion]) -> str:
    kinds = {type(question) for question in questions}
    *most, last = [tr(word) for kind, word in _TYPED.items() if kind in kinds]
    if not most:
        return tr("Type {answer}, and press Enter.", answer=last)
    return tr("Type {answers} or {last} as the question asks, and press Enter.", answers=", ".join(most), last=last)


def answer_in_words(variant: Variant, given: Given) -> str:
    """Return an answer as Markdown: the texts of what was chosen, in the order given."""
    match variant.question:
        case TrueFalse():
            return tr(str(given))
        case Ordering():
            return _in_order(variant, given)
        case Matching():
            texts = {piece.id: piece.text for piece in variant.pieces}
            pairs = zip(variant.lefts, given, strict=True)
            return "; ".join(f"{_one_line(left.text)} → {_one_line(texts[one])}" for left, one in pairs)
        case Single() | Multiple():
            return "; ".join(_one_line(choice.text) for choice in variant.choices if choice.id in given)
        case _:
            return as_typed(str(given))


def right_in_words(variant: Variant) -> str:
    """Return the right answer of a question without choices, as Markdown."""
    match variant.question:
        case TrueFalse() as question:
            return tr(later("true") if question.key else later("false"))
        case Ordering():
            return _in_order(variant, variant.partners)
        case Matching():
            return answer_in_words(variant, variant.partners)
        case _:
            return as_typed(variant.words[0])


def number_in_words(variant: Variant, given: str) -> str:
    """Say which number was given, and what it is where it was written otherwise. Raises NotANumber."""
    from autograder.course.written_numbers import meanings

    unit = getattr(variant.question, "unit", None)
    either = tr("{one} or {other}", one="\0", other="\1").partition("\0")[2].partition("\1")[0]
    value = either.join(decimal(format_number(number, ".6g")) for number in meanings(given, unit))
    if value == given:
        return tr("Your number: {given}", given=given)
    return tr("Your number: {given}, which is {value}", given=given, value=value)


def key_in_words(variant: Variant) -> str:
    """Return the right number, with its unit."""
    assert variant.key is not None
    unit = getattr(variant.question, "unit", None)
    return f"{decimal(format_number(variant.key, '.6g'))}{f' {unit}' if unit else ''}"


def verdict_in_words(variant: Variant, judgement: Judgement) -> tuple[str, str]:
    """Return the verdict's first word or two, and the sentences after it: what was earned, and for how much of it."""
    word = tr("Right") if judgement.right else tr("Partly right") if judgement.share > 0 else tr("Wrong")
    said = [f"{points(judgement.mark, judgement.points)}."]
    if judgement.judged_rightly is not None and not judgement.right:
        counted = {"number": judgement.judged_rightly, "total": len(variant.lefts or variant.choices)}
        matched = tr("You matched {number} of {total} rightly.", **counted)
        said.append(matched if variant.lefts else tr("You judged {number} of {total} choices rightly.", **counted))
    return f"{word}.", " ".join(said)


def _in_order(variant: Variant, ids: Iterable[str]) -> str:
    texts = {piece.id: piece.text for piece in variant.pieces}
    return " → ".join(_one_line(texts[one]) for one in ids)


def as_typed(text: str) -> str:
    r"""Return Markdown that shows plain text as it is: `a*b` is no emphasis."""
    return re.sub(r"([\\`*_{}\[\]<>()#+.!|$~-])", r"\\\1", text)


def _one_line(text: str) -> str:
    return " ".join(text.split())


def _in_order_of_interest(variant: Variant, chosen: frozenset[str]) -> list[tuple[str, Choice]]:
    """Return the choices that were made, then the right ones, then the others; each with its letter."""
    lettered = list(zip(LETTERS, variant.choices, strict=False))
    return sorted(lettered, key=lambda pair: (pair[1].id not in chosen, not pair[1].correct))


def label_of(choice: Choice, chosen: frozenset[str] | None, several: bool) -> str:
    right = choice.correct
    if chosen is None:
        return tr("Right.") if right else tr("Wrong.")
    if choice.id in chosen:
        return tr("Your choice: right.") if right else tr("Your choice: wrong.")
    if several and right:
        return tr("Right, and you left it out.")
    if several:
        return tr("Wrong, and you left it out rightly.")
    return tr("Right.") if right else tr("Wrong.")


def _duration(seconds: float) -> str:
    minutes, rest = divmod(round(seconds), 60)
    return f"{minutes} min {rest:02} s" if minutes else f"{rest} s"
