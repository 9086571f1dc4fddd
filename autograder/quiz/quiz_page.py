"""A quiz as a page that can be played: what every answer earns is worked out here, and the page's script looks it up.

So no rule of scoring stands in the script: it has the outcomes of all answers, the tolerances of numbers, and the
patterns by which typed numbers are read. Without a script the questions are there, with every explanation behind them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import compress, product
from typing import Any

from autograder.course import Course, Quiz, pictures
from autograder.course.expressions import NotANumber
from autograder.course.practice import Practice
from autograder.course.quiz_model import Matching, Multiple, Number, Ordering, ShortText, TrueFalse, spelling
from autograder.course.template import format_number
from autograder.course.written_numbers import as_data
from autograder.feedback import wording
from autograder.language import decimal, tr
from autograder.quiz.pools import as_asked
from autograder.quiz.presentation import (
    UNFORESEEN,
    key_in_words,
    label_of,
    right_in_words,
    verdict_in_words,
)
from autograder.quiz.scoring import PARTIAL_CREDIT, Given, InvalidAnswer, judge
from autograder.quiz.typed import LETTERS
from autograder.quiz.variant import CannotDraw, Variant, variant

Json = dict[str, Any]
#: Which variants the pages have: the same for everybody, and other ones than those by which statistics are made.
SEED = 20


def render(course: Course, quiz: Quiz, *, home: str = "", seed: int = SEED) -> str:
    """Return the page of a quiz, with as many questions of its pools as a student is asked.

    Raises CannotDraw, NotANumber where a question can't be drawn.
    """
    from autograder.feedback import html, page_scripts

    quiz = as_asked(quiz, seed)
    items = [_Item(course, variant(question, seed, quiz.id)) for question in quiz.questions]
    practice = Practice(course)
    beliefs = list(dict.fromkeys(belief for item in items for belief in item.beliefs))
    return (
        html.environment()
        .get_template("quiz.html")
        .render(
            quiz=quiz,
            items=items,
            letters=LETTERS,
            beliefs=[_Met.of(practice, quiz, belief) for belief in beliefs],
            partial_credit=tr(PARTIAL_CREDIT),
            says=_says(quiz, items),
            script=page_scripts.script("quiz.js"),
            home=home,
        )
    )


def pages(course: Course, quizzes: Iterable[Quiz], *, home: str) -> Iterator[tuple[str, str]]:
    """Yield the id and the page of each quiz; one that can't be drawn, which `validate` points at, has none."""
    for quiz in quizzes:
        try:
            yield quiz.id, render(course, quiz, home=home)
        except (CannotDraw, NotANumber):
            continue


@dataclass(frozen=True)
class _Met:
    """A misconception that an answer can show: its title, what to revise, and where to practise it."""

    id: str
    title: str
    concept: str
    practise: Sequence[str]

    @classmethod
    def of(cls, practice: Practice, quiz: Quiz, belief: str) -> _Met:
        entry = practice.course.misconceptions[belief]
        return cls(belief, entry.title, entry.concept, practice.of(belief, quiz.id))


@dataclass(frozen=True)
class _Item:
    """A question as the page shows it."""

    course: Course
    variant: Variant

    @property
    def form(self) -> str:
        """How it is answered: one of "choices", "truth", "number", "text", "ordering", "matching"."""
        forms = {Number: "number", ShortText: "text", TrueFalse: "truth", Ordering: "ordering", Matching: "matching"}
        return forms.get(type(self.variant.question), "choices")

    @property
    def picture(self) -> str:
        """The picture to the question as an address that holds all of it; empty where there is none."""
        name = self.variant.question.picture
        return "" if name is None else pictures.as_address(pictures.folder(self.course.root.root) / name)

    @property
    def several(self) -> bool:
        """Whether several choices may be made."""
        return isinstance(self.variant.question, Multiple)

    @property
    def beliefs(self) -> list[str]:
        """The misconceptions of the course that an answer can show."""
        named = (belief for _, belief in self.variant.question.beliefs())
        return [belief for belief in dict.fromkeys(named) if belief in self.course.misconceptions]

    def title(self, belief: str | None) -> str:
        """Return the title of a misconception, empty where there is none."""
        entry = self.course.misconceptions.get(belief or "")
        return entry.title if entry else ""

    @property
    def labels(self) -> list[tuple[str, str, str]]:
        """What is said of each choice: without an answer, where it was left, and where it was chosen."""
        return [
            (
                label_of(choice, None, self.several),
                label_of(choice, frozenset(), self.several),
                label_of(choice, frozenset({choice.id}), self.several),
            )
            for choice in self.variant.choices
        ]

    @property
    def right(self) -> str:
        """The right answer of a question without choices, as Markdown."""
        return right_in_words(self.variant)

    @property
    def key(self) -> str:
        """The right number, with its unit."""
        return key_in_words(self.variant)

    @property
    def wrong_ways(self) -> list[tuple[str, str, str]]:
        """What is said of wrong answers, from outcome 1 on: what was answered, the misconception, what is wrong."""
        question = self.variant.question
        if isinstance(question, Number):
            traps = [
                (decimal(format_number(trap.number, ".6g")), self.title(trap.misconception), trap.why)
                for trap in self.variant.traps
            ]
            return [*traps, ("", "", tr(UNFORESEEN))]
        if isinstance(question, ShortText):
            return [(trap.text, self.title(trap.misconception), trap.why) for trap in self.variant.wrong_words]
        if isinstance(question, TrueFalse | Ordering):
            return [("", self.title(question.misconception), self.variant.why or "")]
        return []

    @property
    def places(self) -> list[tuple[int, str]]:
        """For each left side of a matching: the place and the text of what is right."""
        ids = [piece.id for piece in self.variant.pieces]
        return [(ids.index(key), self.variant.pieces[ids.index(key)].text) for key in self.variant.partners]

    @property
    def rule(self) -> Json:
        """What the script goes by: the outcomes, and which answer has which."""
        return _RULES[self.form](self.variant)


def _outcome(variant: Variant, given: Given) -> Json:
    """Return what an answer earns, in words, and the misconceptions that it shows."""
    judgement = judge(variant, given)
    word, rest = verdict_in_words(variant, judgement)
    return {"mark": judgement.mark, "word": word, "rest": rest, "beliefs": judgement.misconceptions}


def _unforeseen(variant: Variant) -> Json:
    """Return the outcome of a wrong answer that nobody foresaw."""
    earned = f"{wording.points(0, variant.question.points)}."
    return {"mark": 0.0, "word": f"{tr('Wrong')}.", "rest": earned, "beliefs": []}


def _choices(variant: Variant) -> Json:
    """Return the outcome of every set of choices, by the sum of their powers of two; None where it is no answer."""
    ids = [choice.id for choice in variant.choices]
    outcomes: list[Json] = []
    table: list[int | None] = []
    for chosen in product((False, True), repeat=len(ids)):  # the last choice counts 1
        try:
            outcome = _outcome(variant, tuple(compress(ids, chosen)))
        except InvalidAnswer:
            table.append(None)
            continue
        if outcome not in outcomes:
            outcomes.append(outcome)
        table.append(outcomes.index(outcome))
    return {"outcomes": outcomes, "table": table}


def _truth(variant: Variant) -> Json:
    key = isinstance(variant.question, TrueFalse) and variant.question.key
    return {"outcomes": [_outcome(variant, given) for given in ("true", "false")], "key": str(key).lower()}


def _number(variant: Variant) -> Json:
    question = variant.question
    assert isinstance(question, Number)
    assert variant.key is not None
    near: list[tuple[float, float]] = [(variant.key, question.tolerance.within(variant.key))]
    near += [(t.number, own.within(t.number)) for t, own in zip(variant.traps, question.traps, strict=True)]
    right = _outcome(variant, repr(variant.key))
    wrong = _unforeseen(variant)
    outcomes = [right, *({**wrong, "beliefs": [trap.misconception]} for trap in variant.traps)]
    return {"outcomes": [*outcomes, wrong], "near": near, "unit": question.unit}


def _text(variant: Variant) -> Json:
    answers = [variant.words[0], *(trap.text for trap in variant.wrong_words)]
    outcomes = [_outcome(variant, answer) for answer in answers]
    spellings = {spelling(trap.text): place for place, trap in enumerate(variant.wrong_words, start=1)}
    spellings |= {spelling(word): 0 for word in variant.words}
    return {"outcomes": [*outcomes, _unforeseen(variant)], "spellings": spellings, "folds": _folds()}


@lru_cache(maxsize=1)
def _folds() -> dict[str, str]:
    """Return the letters whose case JavaScript can't do away with as Python does, letter by letter."""
    odd = (chr(code) for code in range(0x80, 0x1E944))
    return {
        letter: letter.casefold()
        for letter in odd
        if letter.casefold() != "".join(each.lower() for each in letter.upper()) and letter.isprintable()
    }


def _ordering(variant: Variant) -> Json:
    return {"outcomes": [_outcome(variant, variant.partners), _outcome(variant, variant.partners[::-1])],
            "key": variant.partners}  # fmt: skip


def _matching(variant: Variant) -> Json:
    """Return an outcome for each number of pairs that are right, from none on."""
    ids = [piece.id for piece in variant.pieces]
    wrong = [next((one for one in ids if one != key), key) for key in variant.partners]
    count = len(variant.partners)
    outcomes = [_outcome(variant, (*variant.partners[:right], *wrong[right:])) for right in range(count + 1)]
    return {"outcomes": [{**outcome, "beliefs": []} for outcome in outcomes], "key": variant.partners}


_RULES: dict[str, Callable[[Variant], Json]] = {
    "choices": _choices, "truth": _truth, "number": _number, "text": _text, "ordering": _ordering,
    "matching": _matching,
}  # fmt: skip


def _says(quiz: Quiz, items: Sequence[_Item]) -> Json:
    """Return the sentences that the script fills in, with their holes, and how it reads numbers if it has to."""
    numbers = any(item.form == "number" for item in items)
    not_read = tr("{text} is not a number or an expression such as 0.7**20", text="{text}")
    return {
        "comma": decimal("."),
        "numbers": as_data() if numbers else None,
        "soFar": tr("{answered} of {n} answered", answered="{answered}", n=len(items)),
        "score": wording.points(0, quiz.points).replace(wording.format_number(0), "{score}", 1),
        "choose": tr("Choose an answer first."),
        "words": tr("Nothing was typed. Type a word or a few and press Enter."),
        "nothing": tr("Nothing was typed. Type a number, such as 12 or 0.7**20, and press Enter."),
        "notRead": tr("{said} Type a number and press Enter.", said=f"{not_read}."),
        "plain": tr("Your number: {given}", given="{given}"),
        "worked": tr("Your number: {given}, which is {value}", given="{given}", value="{value}"),
        "either": tr("{one} or {other}", one="{one}", other="{other}"),
        "moved": tr("{item}: now {place} of {n}", item="{item}", place="{place}", n="{n}"),
    }
