r"""A quiz as other systems take it: questions with their values drawn, and texts as HTML with mathematics in `\(…\)`.

A question without parameters is one item; one with parameters gives several, each drawn from the next seed. It must not
know any system's format.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from html import escape
from pathlib import Path
from types import MethodType
from typing import TYPE_CHECKING

from autograder.course.model import CatalogueEntry
from autograder.course.pictures import as_address, folder
from autograder.course.quiz_model import Choice, Multiple, Number, Ordering, Single, TrueFalse
from autograder.export.bundle import Refused
from autograder.feedback import markdown, mathematics
from autograder.feedback.sanitize import visible
from autograder.language import later, tr
from autograder.quiz.variant import Variant, variant

if TYPE_CHECKING:
    from collections.abc import Sequence

    from markdown_it.renderer import RendererHTML
    from markdown_it.token import Token

    from autograder.course import Course, Quiz
    from autograder.course.quiz_model import AnyQuestion, Pool

#: Draws that are tried for each variant wanted; a question may have fewer different ones than that.
_TRIES = 50
_DELIMITERS = {"math_inline": r"\({}\)", "math_inline_double": r"\[{}\]", "math_block": "<p>\\[{}\\]</p>\n"}


@dataclass(frozen=True)
class Item:
    """One question to be imported. `id` is unique in the quiz and the same in every export with the same seed."""

    id: str
    quiz: str
    variant: Variant
    catalogue: Mapping[str, CatalogueEntry]
    pool: Pool | None = None
    pictures: Path | None = None

    @property
    def question(self) -> AnyQuestion:
        return self.variant.question

    @property
    def keeps_order(self) -> bool:
        """Whether the system must not shuffle the choices: one is pinned, or their order means something."""
        question = self.question
        return isinstance(question, Single | Multiple) and (
            not question.shuffle or any(choice.stays_last for choice in question.choices)
        )

    @property
    def tags(self) -> list[str]:
        """What it tests, and the misconceptions that it finds."""
        return [self.question.concept, *dict.fromkeys(belief for _, belief in self.question.beliefs())]

    def ask(self) -> str:
        """Return the question as HTML, with its picture; a number's unit is named after it."""
        unit = self.question.unit if isinstance(self.question, Number) else None
        return html(self.variant.ask) + self._picture() + (html(tr("Answer in {unit}.", unit=unit)) if unit else "")

    def _picture(self) -> str:
        if self.question.picture is None or self.pictures is None:
            return ""
        address, words = as_address(self.pictures / self.question.picture), title(self.variant.shows or "")
        return f'<p><img src="{address}" alt="{escape(words)}"></p>'

    @property
    def choices(self) -> tuple[Choice, ...]:
        """The choices in the order drawn; a sentence that is true or false has two."""
        question = self.question
        if not isinstance(question, TrueFalse):
            return self.variant.choices
        right, wrong = self.variant.right or "", self.variant.why or self.variant.right or ""
        return tuple(
            Choice(
                id=name,
                text=tr(text),
                correct=question.key == (name == "true"),
                why=right if question.key == (name == "true") else wrong,
                misconception=None if question.key == (name == "true") else question.misconception,
            )
            for name, text in (("true", later("True")), ("false", later("False")))
        )

    def text(self, choice: Choice) -> str:
        """Return a choice as HTML, without a paragraph around it if it is one."""
        return (
            html(choice.text) if "\n\n" in choice.text.strip() or "```" in choice.text else inline(choice.text.strip())
        )

    def why(self, choice: Choice) -> str:
        """Return the feedback on a choice: the name of its misconception, then why."""
        return self._feedback(None if choice.correct else choice.misconception, choice.why)

    def traps(self) -> Iterator[Trap]:
        """Yield the tempting wrong numbers, in the order in which they are tried."""
        if isinstance(self.question, Number):
            for drawn, written in zip(self.variant.traps, self.question.traps, strict=True):
                yield Trap(drawn.number, written.within(drawn.number), self._feedback(drawn.misconception, drawn.why))

    def words(self) -> Iterator[Word]:
        """Yield the texts that count, then the tempting wrong ones."""
        for word in self.variant.words:
            yield Word(word, True, html(tr(RIGHT)))
        for wrong in self.variant.wrong_words:
            yield Word(wrong.text, False, self._feedback(wrong.misconception, wrong.why))

    def wrong(self) -> str:
        """Return what is said of a wrong order, as HTML; empty where nothing is."""
        if not isinstance(self.question, Ordering) or not self.variant.why:
            return ""
        return self._feedback(self.question.misconception, self.variant.why)

    def ordered(self) -> list[str]:
        """Return the items of an ordering in their right order, as HTML."""
        texts = {piece.id: piece.text for piece in self.variant.pieces}
        return [inline(texts[one].strip()) for one in self.variant.partners]

    def pairs(self) -> list[tuple[str, str]]:
        """Return the left sides of a matching as HTML, each with its right side in plain text."""
        texts = {piece.id: piece.text for piece in self.variant.pieces}
        sides = zip(self.variant.lefts, self.variant.partners, strict=True)
        return [(inline(left.text.strip()), title(texts[one])) for left, one in sides]

    def why_of_pairs(self) -> str:
        """Return what is said of pairs that were matched otherwise, as HTML: no system says it of one alone."""
        said = (self._feedback(left.misconception, left.why) for left in self.variant.lefts if left.why)
        return "\n".join(said)

    def key(self) -> Trap:
        """Return the right number, with what is said of it."""
        question = self.question
        assert isinstance(question, Number)
        assert self.variant.key is not None
        number = self.variant.key
        return Trap(number, question.tolerance.within(number), html(self.variant.right or ""))

    def right(self) -> str:
        """Return the explanation in full, as HTML; empty where there is none."""
        return html(self.variant.right) if self.variant.right else ""

    def hints(self) -> list[str]:
        return [html(hint) for hint in self.variant.hints]

    def _feedback(self, belief: str | None, why: str) -> str:
        if belief is None:
            return html(why)
        label = f"<strong>{tr('Misconception')}:</strong>"
        return f"<p>{label} {inline(self.catalogue[belief].title)}</p>\n{html(why)}"


@dataclass(frozen=True)
class Trap:
    """A number that is foreseen, the deviation that still counts as it, and its feedback as HTML."""

    number: float
    margin: float
    feedback: str


@dataclass(frozen=True)
class Word:
    """A text that is foreseen, whether it counts, and its feedback as HTML."""

    text: str
    counts: bool
    feedback: str


#: Said of a right answer where why it is right stands in feedback that everybody sees.
RIGHT = later("Right.")


def items(course: Course, quiz: Quiz, variants: int, seed: int) -> list[Item]:
    """Return every question of the quiz; one whose values are drawn, `variants` times or as often as it can be.

    One of a pool is drawn once, so that nobody meets it twice.
    """
    made = []
    for question in quiz.questions:
        is_drawn = any(parameter.derived is None for parameter in question.parameters.values())
        pool = quiz.pool(question.id)
        drawn = list(_different(question, quiz.id, variants if is_drawn and pool is None else 1, seed))
        for number, one in enumerate(drawn, start=1):
            name = f"{question.id}-{number}" if is_drawn else question.id
            made.append(Item(name, quiz.id, one, course.misconceptions, pool, folder(course.root.root)))
    if len({item.id for item in made}) < len(made):
        said = tr("{quiz}: a question's id is that of another one's variant. Rename it.", quiz=quiz.id)
        raise Refused(said)
    return made


def in_pools(items: Sequence[Item]) -> list[tuple[Pool | None, list[Item]]]:
    """Return the items in their order, but those of one pool together, where its first one stands."""
    together: dict[tuple[str, ...], tuple[Pool | None, list[Item]]] = {}
    for item in items:
        key = item.pool.of if item.pool else (item.id,)
        together.setdefault(key, (item.pool, []))[1].append(item)
    return list(together.values())


def by_category(quiz_title: str, items: Sequence[Item]) -> list[tuple[str, list[Item]]]:
    """Return the items by their category in Moodle's question bank: what all are asked, then each pool by itself."""
    path = f"$course$/top/{title(quiz_title).replace('/', '//')}"
    pools = [(pool, members) for pool, members in in_pools(items) if pool is not None]
    named = ((f"{path}/Pool {number}", members) for number, (_, members) in enumerate(pools, start=1))
    return [(path, [item for item in items if item.pool is None]), *named]


def _different(question: AnyQuestion, quiz_id: str, wanted: int, seed: int) -> Iterator[Variant]:
    seen = set()
    for offset in range(wanted * _TRIES):
        one = variant(question, seed + offset, quiz_id)
        values = tuple(sorted(one.values.items()))
        if values not in seen:
            seen.add(values)
            yield one
        if len(seen) == wanted:
            return


def shifted(number: float, places: int) -> float:
    """Return a number with its decimal sign moved to the right, exactly."""
    return float(Decimal(f"{number:.15g}").scaleb(places))


def plain_number(number: float) -> str:
    """Return a number as every system reads it: without an exponent, with at most 15 significant digits."""
    return format(Decimal(f"{number:.15g}"), "f")


def title(text: str) -> str:
    """Return one line for a title: mathematics as Unicode, for it is shown where none is set."""
    return visible(mathematics.to_unicode(text))


def html(text: str) -> str:
    r"""Markdown as HTML, in which mathematics stands between `\(` and `\)`, as MathJax reads it."""
    rendered: str = _renderer().render(markdown.parser().parse(text), markdown.parser().options, {})
    return rendered.rstrip("\n")


def inline(text: str) -> str:
    """Return one line of Markdown, without a paragraph around it."""
    rendered: str = _renderer().render(markdown.parser().parseInline(text), markdown.parser().options, {})
    return rendered


@lru_cache(maxsize=1)
def _renderer() -> RendererHTML:
    from markdown_it.renderer import RendererHTML

    renderer = RendererHTML()
    for kind_of_token, form in _DELIMITERS.items():
        renderer.rules[kind_of_token] = MethodType(_mathematics(form), renderer)
    return renderer


def _mathematics(form: str) -> Callable[..., str]:
    def render(_: RendererHTML, tokens: Sequence[Token], index: int, options: object, environment: object) -> str:
        return form.format(escape(tokens[index].content.strip(), quote=False))

    return render
