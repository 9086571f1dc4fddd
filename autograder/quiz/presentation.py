"""A quiz on a terminal, from top to bottom: nothing is redrawn, and nothing is said by colour or by place alone.

`plain` leaves out what is drawn with characters, for a screen reader. It must not know where answers come from.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

import msgspec
from rich.text import Text

from autograder.course import CatalogueEntry, Quiz
from autograder.course.quiz_model import AnyQuestion, Choice, Multiple, Number, Single
from autograder.course.template import format_number
from autograder.course.written_numbers import meanings
from autograder.feedback import terminal_markdown, wording
from autograder.feedback.page import Page
from autograder.quiz.scoring import PARTIAL_CREDIT, Given, Judgement
from autograder.quiz.typed import LETTERS
from autograder.quiz.variant import Variant

_RIGHT, _WRONG, _BELIEF = "bold green", "bold red", "bold magenta"
_INDENT = "   "


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
        self._headline(terminal_markdown.title(self._page, quiz.title, "bold"))
        if quiz.intro and not answered and len(questions) == len(quiz.questions):
            terminal_markdown.write(self._page, quiz.intro)
            self._page.blank()
        hint = " ? shows a hint." if any(question.hints for question in questions) else ""
        self.say(
            f"{_count(len(questions), 'question')}. {_how_to_answer(questions)}{hint}"
            " q stops, and what you answered is kept."
        )
        if answered:
            self.say(f"{_count(answered, 'question')} answered before; you go on with the next one.")

    def question(self, variant: Variant, number: int, asked: int, score: Score | None) -> None:
        """One question and its choices."""
        self._page.blank()
        heading = Text(f"Question {number} of {asked}", style="bold")
        if score and score.answered:
            heading.append(f", so far {wording.points(score.mark, score.points)}", style="not bold")
        self._headline(heading)
        terminal_markdown.write(self._page, variant.ask)
        self._page.blank()
        for letter, choice in zip(LETTERS, variant.choices, strict=False):
            terminal_markdown.write(self._page, choice.text, first=f"  {letter}) ", rest="     ")
        if isinstance(variant.question, Multiple):
            self._page.blank()
            self.say(f"Type the letters of all that are right. {PARTIAL_CREDIT}")

    def hint(self, variant: Variant, number: int) -> None:
        """The hint of that number, or that there is none."""
        if number > len(variant.hints):
            self.say("There is no other hint." if variant.hints else "There is no hint for this question.")
            return
        label = f"Hint {number} of {len(variant.hints)}: "
        terminal_markdown.write(self._page, variant.hints[number - 1], first=label, rest=_INDENT)

    def judgement(self, variant: Variant, given: Given | None, judgement: Judgement | None) -> None:
        """Right or wrong, then why for every choice, those that were made first. Without an answer: why alone."""
        self._page.blank()
        if judgement is not None:
            self._verdict(variant, judgement)
        if isinstance(variant.question, Number):
            self._number(variant, given, judgement)
        else:
            self._choices(variant, frozenset(given or ()) if judgement else None)
        if variant.right is not None and not isinstance(variant.question, Number):
            self._page.blank()
            terminal_markdown.write(self._page, variant.right)

    def _verdict(self, variant: Variant, judgement: Judgement) -> None:
        word, style = ("Right", _RIGHT) if judgement.right else ("Wrong", _WRONG)
        if 0 < judgement.share < 1:
            word, style = "Partly right", "bold yellow"
        text = Text.assemble((f"{word}.", style), f" {wording.points(judgement.mark, judgement.points)}.")
        if judgement.judged_rightly is not None and not judgement.right:
            text.append(f" You judged {judgement.judged_rightly} of {len(variant.choices)} choices rightly.")
        self._page.paragraph(text)

    def _choices(self, variant: Variant, chosen: frozenset[str] | None) -> None:
        several = isinstance(variant.question, Multiple)
        for letter, choice in _in_order_of_interest(variant, chosen or frozenset()):
            self._page.blank()
            label = Text(_label(choice, chosen, several), style=_RIGHT if choice.correct else _WRONG)
            terminal_markdown.write(self._page, choice.text, first=f"{letter}) ", rest=_INDENT)
            first = Text.assemble(_INDENT, label, " ")
            if chosen is not None and choice.misconception and (choice.id in chosen) != choice.correct:
                self._belief(choice.misconception, first)
                first = Text(_INDENT)
            terminal_markdown.write(self._page, choice.why, first=first, rest=_INDENT)

    def _number(self, variant: Variant, given: Given | None, judgement: Judgement | None) -> None:
        assert variant.key is not None
        if judgement is not None and isinstance(given, str) and not judgement.right:
            self._wrong_number(variant, given, judgement)
        unit = getattr(variant.question, "unit", None)
        self._page.blank()
        key = f"{format_number(variant.key, '.6g')}{f' {unit}' if unit else ''}"
        self._page.paragraph(Text.assemble("The right number is ", (self._page.spell(key), _RIGHT), "."))
        if variant.right is not None:
            terminal_markdown.write(self._page, variant.right, first=_INDENT, rest=_INDENT)

    def _wrong_number(self, variant: Variant, given: str, judgement: Judgement) -> None:
        unit = getattr(variant.question, "unit", None)
        value = " or ".join(format_number(number, ".6g") for number in meanings(given, unit))
        same = value == given
        self._page.blank()
        self.say(f"Your number: {given}" + ("" if same else f", which is {value}"))
        if judgement.trap is None:
            self.say("No mistake that this course knows leads to it. Follow the way to the right one:")
            return
        self._belief(judgement.trap.misconception, Text(_INDENT))
        terminal_markdown.write(self._page, judgement.trap.why, first=_INDENT, rest=_INDENT)

    def _belief(self, belief: str, first: Text) -> None:
        title = terminal_markdown.title(self._page, self._catalogue[belief].title)
        label = Text("Misconception: ", style=_BELIEF)
        self._page.paragraph(label.append_text(title), first=first, rest=_INDENT)

    def summary(self, score: Score, seconds: float, beliefs: Sequence[Belief]) -> None:
        """How it went, and which beliefs to work on, where."""
        self._page.blank()
        self._headline(Text("How it went", style="bold"))
        percent = f" ({100 * score.mark / score.points:.0f} %)" if score.points else ""
        answered = _count(score.answered, "question")
        self.say(f"{wording.points(score.mark, score.points)}{percent}, {answered}, {_duration(seconds)}.")
        if not beliefs:
            return
        self._page.blank()
        self.say("Misconceptions met:")
        for belief in beliefs:
            entry = self._catalogue[belief.id]
            bullet = "* " if self._page.ascii or self._plain else "• "
            self._page.paragraph(terminal_markdown.title(self._page, entry.title), first=f"  {bullet}", rest="    ")
            times = "" if belief.questions == 1 else f"in {belief.questions} questions; "
            practise = f"; practise it: {', '.join(belief.practise)}" if belief.practise else ""
            revise = (
                Text(f"{times}revise: ")
                .append_text(terminal_markdown.title(self._page, entry.concept))
                .append(practise)
            )
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

    def blank(self) -> None:
        """A blank line before what comes next."""
        self._page.blank()

    def gap(self) -> None:
        """A blank line before a prompt."""
        self._page.gap()

    def _headline(self, text: Text) -> None:
        self._page.paragraph(text) if self._plain else self._page.underlined(text)


def _how_to_answer(questions: Iterable[AnyQuestion]) -> str:
    kinds = {type(question) for question in questions}
    words = [word for kind, word in ((Single, "a letter"), (Multiple, "several letters")) if kind in kinds]
    words += ["a number"] if Number in kinds else []
    *most, last = words
    asked = " as the question asks" if most else ""
    return f"Type {', '.join(most)}{' or ' if most else ''}{last}{asked}, and press Enter."


def _in_order_of_interest(variant: Variant, chosen: frozenset[str]) -> list[tuple[str, Choice]]:
    """Return the choices that were made, then the right ones, then the others; each with its letter."""
    lettered = list(zip(LETTERS, variant.choices, strict=False))
    return sorted(lettered, key=lambda pair: (pair[1].id not in chosen, not pair[1].correct))


def _label(choice: Choice, chosen: frozenset[str] | None, several: bool) -> str:
    word = "Right" if choice.correct else "Wrong"
    if chosen is None:
        return f"{word}."
    if choice.id in chosen:
        return f"Your choice: {word.lower()}."
    if several and choice.correct:
        return "Right, and you left it out."
    return f"{word}, and you left it out rightly." if several else f"{word}."


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}{'' if number == 1 else 's'}"


def _duration(seconds: float) -> str:
    minutes, rest = divmod(round(seconds), 60)
    return f"{minutes} min {rest:02} s" if minutes else f"{rest} s"
