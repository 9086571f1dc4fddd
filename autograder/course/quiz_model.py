"""What authors write in quizzes/<id>.yaml: questions in which every choice and every tempting number is explained.

It must not know how values are drawn, nor how a question is asked: `autograder.quiz` does that.
"""

import re
import unicodedata
from collections.abc import Iterator
from typing import Annotated, Literal, TypeAlias

from msgspec import Meta, field

from autograder.course.authored import PATTERNS, Authored, Fault
from autograder.course.drill_key import Absolute, Exact, Relative, Tolerance, Trap
from autograder.course.expressions import expression_fault
from autograder.course.model import KebabId, Points, Text, Versioned
from autograder.course.parameters import Expression, Parameters, Where, numbers_of, parameter_faults, words_of
from autograder.course.problems import nearest
from autograder.course.source import Location
from autograder.course.template import template_faults
from autograder.language import later, tr

PICTURE = r"^[a-z0-9][a-z0-9_-]*\.(png|jpg|jpeg|gif|svg|webp)$"
#: A choice that speaks of those above it.
_OF_ALL_ABOVE = re.compile(
    r"\W*(?:(?:all|both|any|none|neither) (?:of )?(?:(?:the )?(?:above|(?:other|previous) (?:answer|choice|option)s?)\b"
    r"|(?:these|them)\W*$)|(?:tod[ao]s|ambas|ningun[ao]) (?:de )?l[ao]s (?:\w+ )?anteriores\b)",
    re.IGNORECASE,
)
PATTERNS[PICTURE] = later("the name of a picture's file, such as tree.png or two_stacks.svg")


class Question(Authored, frozen=True, kw_only=True):
    """What every question has."""

    id: Annotated[KebabId, Meta(description="Unique in the quiz and never changed: records and statistics hold it.")]
    concept: Annotated[Text, Meta(description="The one idea that it tests, in two to five words.")]
    ask: Annotated[Text, Meta(description="The question (Markdown with LaTeX and @{holes}).")]
    picture: Annotated[
        Annotated[str, Meta(pattern=PICTURE, max_length=80)] | None,
        Meta(description="A picture to the question: a file in quizzes/, which pages and exports show."),
    ] = None
    shows: Annotated[
        Text | None, Meta(description="What the picture shows, in words: all that one must see to answer.")
    ] = None
    points: Annotated[Points, Meta(description="What it is worth.")] = 1.0
    parameters: Parameters = field(default_factory=dict)
    where: Where = None
    hints: Annotated[tuple[Text, ...], Meta(description="Shown one by one on '?'; none gives the answer.")] = ()
    right: Annotated[Text | None, Meta(description="The explanation in full, shown after any answer.")] = None

    def faults(self) -> Iterator[Fault]:
        if (self.picture is None) != (self.shows is None):
            yield (), tr("needs 'picture' and 'shows' together: a terminal and a screen reader have the words alone")
        yield from parameter_faults(self.parameters, self.where)
        known = numbers_of(self.parameters)
        for place, text in self.texts():
            yield from ((place, fault) for fault in template_faults(text, known, words_of(self.parameters)))
        for place, expression in self.expressions():
            if fault := expression_fault(expression, known):
                yield place, fault

    def markdown(self) -> Iterator[tuple[Location, str]]:
        """Yield every text that is shown, and where it stands."""
        return self.under(_MARKDOWN)

    def texts(self) -> Iterator[tuple[Location, str]]:
        """Yield every text that may have holes, and where it stands."""
        return self.markdown()

    def expressions(self) -> Iterator[tuple[Location, str]]:
        """Yield every number to be worked out, and where it stands."""
        return iter(())

    def beliefs(self) -> Iterator[tuple[Location, str]]:
        """Yield every misconception that it names, and where."""
        return self.under({"misconception"})


#: The keys of what is shown, in a question and in its parts.
_MARKDOWN = frozenset({"ask", "shows", "hints", "right", "text", "why", "items", "left"})
#: The keys of what is typed: of a number, or of a text and of what tempts beside it.
_TYPED = frozenset({"key", "value"})


class Choice(Authored, frozen=True, kw_only=True):
    """One choice. Why it is right, or what is tempting about it and what is wrong, is shown after any answer."""

    id: Annotated[KebabId, Meta(description="Unique in the question and never changed.")]
    text: Annotated[Text, Meta(description="The choice, one line or paragraph (Markdown with LaTeX and @{holes}).")]
    why: Annotated[Text, Meta(description="Why it is right, or what is tempting and what is wrong with it.")]
    correct: Annotated[bool, Meta(description="Whether it is right.")] = False
    misconception: Annotated[
        KebabId | None,
        Meta(
            description="The belief of one who picks it, by its id in the catalogue, if there is one behind it. "
            "On a right choice of several: the belief of one who leaves it out."
        ),
    ] = None
    pin: Annotated[
        Literal["last"] | None,
        Meta(description="Keeps 'None of these' at the end, where 'All of the above' stays without it."),
    ] = None

    @property
    def stays_last(self) -> bool:
        """Whether it stands below the others, in whichever order those are."""
        return self.pin is not None or _OF_ALL_ABOVE.match(self.text) is not None


Choices: TypeAlias = Annotated[
    tuple[Choice, ...],
    Meta(min_length=2, max_length=8, description="Two to eight choices, each explained; three or more tell most."),
]


class _WithChoices(Question, frozen=True, kw_only=True):
    """A question that is answered by letters."""

    choices: Choices
    shuffle: Annotated[bool, Meta(description="Whether the order is drawn. false keeps the written one.")] = True

    def faults(self) -> Iterator[Fault]:
        yield from super().faults()
        seen: set[str] = set()
        for index, choice in enumerate(self.choices):
            if choice.id in seen:
                said = tr("is the id of an earlier choice too ({id!r}); rename one", id=choice.id)
                yield ("choices", index, "id"), said
            seen.add(choice.id)

    @property
    def keys(self) -> frozenset[str]:
        """The ids of the right choices."""
        return frozenset(choice.id for choice in self.choices if choice.correct)


class Single(_WithChoices, frozen=True, kw_only=True, tag_field="kind", tag="single"):
    """One choice is right."""

    def faults(self) -> Iterator[Fault]:
        yield from super().faults()
        if len(self.keys) != 1:
            found = tr("no choice that is") if not self.keys else tr("{keys} choices that are", keys=len(self.keys))
            yield ("choices",), tr("has {found} 'correct: true'; one must be, or the kind is 'multiple'", found=found)
        for index, choice in enumerate(self.choices):
            if choice.correct and choice.misconception is not None:
                yield ("choices", index, "misconception"), tr("stands on the right choice; delete it")


class Multiple(_WithChoices, frozen=True, kw_only=True, tag_field="kind", tag="multiple"):
    """Several choices may be right; at least one is."""

    def faults(self) -> Iterator[Fault]:
        yield from super().faults()
        if not self.keys:
            yield ("choices",), tr("has no choice that is 'correct: true'; at least one must be")


class Number(Question, frozen=True, kw_only=True, tag_field="kind", tag="number"):
    """A number is asked for."""

    key: Annotated[Expression, Meta(description="The right number, as an expression.")]
    relative: Relative = None
    absolute: Absolute = None
    exact: Exact = False
    unit: Annotated[Text | None, Meta(description="What is counted, shown beside the prompt: steps.")] = None
    traps: Annotated[tuple[Trap, ...], Meta(description="Tempting wrong numbers; the first that matches wins.")] = ()

    def faults(self) -> Iterator[Fault]:
        yield from super().faults()
        yield from self.tolerance.faults()
        if self.right is None:
            yield (), tr("has no 'right': say why the number is right")

    @property
    def tolerance(self) -> Tolerance:
        """How near to the key is near enough."""
        return Tolerance(relative=self.relative, absolute=self.absolute, exact=self.exact)

    def expressions(self) -> Iterator[tuple[Location, str]]:
        return self.under(_TYPED)


class _WithBelief(Question, frozen=True, kw_only=True):
    """A question that has one wrong way, or whose wrong ways are explained together."""

    misconception: Annotated[KebabId | None, Meta(description="The belief of one who answers wrongly, by its id.")] = (
        None
    )
    why: Annotated[Text | None, Meta(description="What is wrong with another answer; needed beside a belief.")] = None

    def faults(self) -> Iterator[Fault]:
        yield from super().faults()
        yield from _unexplained(self.right, self.misconception, self.why)


def _unexplained(right: str | None, misconception: str | None, why: str | None) -> Iterator[Fault]:
    if right is None:
        yield (), tr("has no 'right': say why the right answer is right")
    if misconception is not None and why is None:
        yield ("misconception",), tr("stands here without 'why'; say what is wrong with the belief")


class TrueFalse(_WithBelief, frozen=True, kw_only=True, tag_field="kind", tag="truefalse"):
    """A sentence that is true or false."""

    key: Annotated[bool, Meta(description="Whether what 'ask' says is true.")]


Items: TypeAlias = Annotated[
    tuple[Text, ...],
    Meta(
        min_length=2, max_length=12, description="What is to be ordered (Markdown, LaTeX, @{holes}), rightly ordered."
    ),
]


class Ordering(_WithBelief, frozen=True, kw_only=True, tag_field="kind", tag="ordering"):
    """Items to be put in order; every one must be in its place."""

    items: Items


class Pair(Authored, frozen=True, kw_only=True):
    """Two things that belong together."""

    left: Annotated[Text, Meta(description="What is shown with a number (Markdown with LaTeX and @{holes}).")]
    right: Annotated[Text, Meta(description="What belongs to it, shown with a letter; several may share it.")]
    misconception: Annotated[KebabId | None, Meta(description="The belief of one who matches it otherwise.")] = None
    why: Annotated[Text | None, Meta(description="Why they belong together, said to who matches otherwise.")] = None

    def faults(self) -> Iterator[Fault]:
        yield from _unexplained("", self.misconception, self.why)


Pairs: TypeAlias = Annotated[
    tuple[Pair, ...], Meta(min_length=2, max_length=12, description="What belongs together; the letters are shuffled.")
]


class Matching(Question, frozen=True, kw_only=True, tag_field="kind", tag="matching"):
    """Each thing on the left belongs to one on the right; each pair is worth its share."""

    pairs: Pairs

    def faults(self) -> Iterator[Fault]:
        yield from super().faults()
        yield from _unexplained(self.right, None, None)


class TextTrap(Authored, frozen=True, kw_only=True):
    """A tempting wrong answer in words, and the belief that leads to it."""

    value: Annotated[Text, Meta(description="What is typed; capitals and outer blanks don't count.")]
    misconception: Annotated[KebabId, Meta(description="The belief, by its id in the catalogue.")]
    why: Annotated[Text, Meta(description="What was thought, where it breaks, what to think instead.")]


class ShortText(Question, frozen=True, kw_only=True, tag_field="kind", tag="text"):
    """A word or a few are asked for; capitals, and blanks around them, don't count."""

    key: Annotated[
        Text | Annotated[tuple[Text, ...], Meta(min_length=1)],
        Meta(
            description="The right answer, or a list of all that count; the first is shown. Plain text with @{holes}."
        ),
    ]
    traps: Annotated[tuple[TextTrap, ...], Meta(description="Tempting wrong answers.")] = ()

    def faults(self) -> Iterator[Fault]:
        yield from super().faults()
        yield from _unexplained(self.right, None, None)
        for index, key in enumerate(self.keys):
            place: Location = ("key",) if isinstance(self.key, str) else ("key", index)
            if len(key) > LONGEST_TEXT:
                said = tr("has {key} characters; nobody types more than {longest_text}",
                          key=len(key), longest_text=LONGEST_TEXT)  # fmt: skip
                yield place, said
            if spelling(key) in COMMANDS:
                said = tr("is {key!r}, which a student types to stop or for a hint; ask for another word", key=key)
                yield place, said

    @property
    def keys(self) -> tuple[str, ...]:
        """Every answer that counts, as it is written."""
        return (self.key,) if isinstance(self.key, str) else self.key

    def texts(self) -> Iterator[tuple[Location, str]]:
        return self.under(_MARKDOWN | _TYPED)


#: As much as a short text may be.
LONGEST_TEXT = 200
#: What is no answer, whatever the question is.
STOP, HINT = frozenset({"q", "quit", "exit"}), frozenset({"?", "hint"})
COMMANDS = STOP | HINT


def spelling(text: str) -> str:
    """Return what two spellings of one answer share: capitals and blanks around it don't count."""
    return " ".join(unicodedata.normalize("NFKC", text).casefold().split())


AnyQuestion: TypeAlias = Single | Multiple | Number | TrueFalse | ShortText | Ordering | Matching
WithChoices: TypeAlias = Single | Multiple


class Pool(Authored, frozen=True, kw_only=True):
    """Questions of which each student is asked some; the student's seed draws them."""

    choose: Annotated[int, Meta(ge=1, description="How many of them a student is asked.")]
    of: Annotated[
        tuple[KebabId, ...],
        Meta(min_length=2, description="Ids of questions of this quiz; all are worth the same, so that it is fair."),
    ]

    def faults(self) -> Iterator[Fault]:
        if self.choose >= len(self.of):
            said = tr("is {choose}, and the pool has {of} questions; choose fewer, or add some",
                      choose=self.choose, of=len(self.of))  # fmt: skip
            yield ("choose",), said


class QuizFile(Versioned, frozen=True, kw_only=True):
    """quizzes/<id>.yaml: a quiz. Its id is the name of its file."""

    title: Annotated[Text, Meta(description="The quiz's title (Markdown with LaTeX).")]
    intro: Annotated[Text | None, Meta(description="Shown before the first question.")] = None
    questions: Annotated[tuple[AnyQuestion, ...], Meta(min_length=1, description="The questions, in this order.")]
    pools: Annotated[
        tuple[Pool, ...], Meta(description="Groups of questions of which each student is asked some.")
    ] = ()

    def faults(self) -> Iterator[Fault]:
        yield from super().faults()
        first: dict[str, int] = {}
        for index, question in enumerate(self.questions):
            if question.id in first:
                said = tr("is the id of question {first} too; rename one", first=first[question.id] + 1)
                yield ("questions", index, "id"), said
            first.setdefault(question.id, index)
        yield from self._pool_faults()

    def _pool_faults(self) -> Iterator[Fault]:
        worth = {question.id: question.points for question in self.questions}
        taken: set[str] = set()
        for index, pool in enumerate(self.pools):
            for place, name in enumerate(pool.of):
                here: Location = ("pools", index, "of", place)
                if name not in worth:
                    meant = nearest(name, worth).strip()
                    more = f" ({meant})" if meant else ""
                    yield here, tr("is {name!r}, and no question has that id{f}", name=name, f=more)
                elif name in taken:
                    yield here, tr("is {name!r}, which is in a pool already; a question belongs to one", name=name)
                elif worth[name] != worth.get(pool.of[0], worth[name]):
                    points = tr("worth {worth:g}, and {pool!r} is worth {worth2:g}",
                                worth=worth[name], pool=pool.of[0], worth2=worth[pool.of[0]])  # fmt: skip
                    said = tr("is {name!r}, {points}; the questions of a pool must be worth the same",
                              name=name, points=points)  # fmt: skip
                    yield here, said
                taken.add(name)
