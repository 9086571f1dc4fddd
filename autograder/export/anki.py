"""A quiz as an Anki deck: the question and its choices in front, the right ones and every explanation behind.

Model, deck and notes have ids that never change, so that importing a newer deck renews the notes and keeps what Anki
knows of the learner. Needs the package genanki.
"""

from __future__ import annotations

import hashlib
import io
import re
from collections.abc import Sequence
from html import escape
from string import ascii_lowercase

from autograder import distribution
from autograder.course.quiz_model import Matching, Multiple, Number, Ordering, ShortText, TrueFalse
from autograder.course.template import format_number
from autograder.export.bundle import Refused
from autograder.export.questions import Item, inline, title
from autograder.export.subcommand import QuizRequest, of_quiz
from autograder.language import decimal, later, tr

_MODEL = 1_751_640_001
_FIELDS = ("Question", "Choices", "Answer", "Explanations")
_FRONT = "<div>{{Question}}</div>{{Choices}}"
_BACK = "{{FrontSide}}<hr id=answer><div><strong>{{Answer}}</strong></div>{{Explanations}}"
_CSS = ".card { font: 18px/1.5 sans-serif; max-width: 40em; margin: 0 auto; } ol { list-style: lower-alpha; }"
#: The moment that is written into the deck: the same questions give the same notes.
_WHEN = 1_735_689_600.0


def package(quiz_id: str, quiz_title: str, items: Sequence[Item]) -> bytes:
    """Return the deck as a file that Anki imports. Raises Refused where genanki is missing."""
    try:
        import genanki
    except ModuleNotFoundError as error:
        raise Refused(tr("Anki decks need the package genanki: {cure}.", cure=distribution.install("anki"))) from error
    templates = [{"name": "Question", "qfmt": _FRONT, "afmt": _BACK}]
    model = genanki.Model(_MODEL, "gradecheck", [{"name": name} for name in _FIELDS], templates, css=_CSS)
    deck = genanki.Deck(_number("deck", quiz_id), f"gradecheck::{title(quiz_title).replace('::', ':')}")
    for item in items:
        guid = genanki.guid_for("gradecheck", quiz_id, item.id)
        deck.add_note(genanki.Note(model, list(fields(item)), tags=[quiz_id, *map(_tag, item.tags)], guid=guid))
    written = io.BytesIO()
    genanki.Package(deck).write_to_file(written, timestamp=_WHEN)
    return written.getvalue()


def fields(item: Item) -> tuple[str, str, str, str]:
    """Question, choices, answer and explanations of one note, as HTML."""
    if isinstance(item.question, Number):
        unit = f" {inline(item.question.unit)}" if item.question.unit else ""
        traps = "".join(f"<p>{_read(trap.number)}:</p>\n{trap.feedback}\n" for trap in item.traps())
        return item.ask(), "", f"{_read(item.key().number)}{unit}", f"{item.right()}\n{traps}"
    if isinstance(item.question, ShortText):
        traps = "".join(f"<p>{escape(word.text)}:</p>\n{word.feedback}\n" for word in item.words() if not word.counts)
        return item.ask(), "", escape(tr(later(" or ")).join(item.variant.words)), f"{item.right()}\n{traps}"
    if isinstance(item.question, Ordering):
        shown = "".join(f"<li>{inline(piece.text.strip())}</li>\n" for piece in item.variant.pieces)
        right = "".join(f"<li>{text}</li>\n" for text in item.ordered())
        numbered = f'<ol style="list-style: decimal">\n{right}</ol>'
        return item.ask(), f"<ul>\n{shown}</ul>", numbered, f"{item.right()}\n{item.wrong()}"
    if isinstance(item.question, Matching):
        sides = "".join(f"<li>{left}</li>\n" for left, _ in item.pairs())
        texts = {piece.id: inline(piece.text.strip()) for piece in item.variant.pieces}
        rights = "".join(f"<li>{text}</li>\n" for text in texts.values())
        matched = zip(item.pairs(), item.variant.partners, strict=True)
        pairs = "".join(f"<p>{left} → {texts[one]}</p>\n" for (left, _), one in matched)
        return item.ask(), f"<ul>\n{sides}</ul><ol>\n{rights}</ol>", pairs, f"{item.right()}\n{item.why_of_pairs()}"
    choices = item.choices
    letters = [letter for letter, choice in zip(ascii_lowercase, choices, strict=False) if choice.correct]
    listed = "".join(f"<li>{item.text(choice)}</li>\n" for choice in choices)
    why = "".join(f"<li>{item.why(choice)}</li>\n" for choice in choices)
    several = f"<p>{tr('Several may be right.')}</p>\n" if isinstance(item.question, Multiple) else ""
    right = "" if isinstance(item.question, TrueFalse) else item.right()  # it stands with the right one already
    return item.ask() + several, f"<ol>\n{listed}</ol>", ", ".join(letters), f"<ol>\n{why}</ol>\n{right}"


def _read(number: float) -> str:
    """Write a number as the quiz does: it is read here, and not computed with."""
    return decimal(format_number(number, ".6g"))


def _number(*names: str) -> int:
    """Return a number that never changes, as Anki's ids: from 2^30 to 2^31."""
    digest = hashlib.sha256("\0".join(("gradecheck", *names)).encode()).digest()
    return (1 << 30) + int.from_bytes(digest[:4], "big") % (1 << 30)


def _tag(text: str) -> str:
    """Anki's tags have no blanks."""
    return re.sub(r"\s+", "-", title(text))


@of_quiz("file")
def subcommand(request: QuizRequest) -> bytes:
    """An Anki deck (.apkg); needs the package genanki, gradecheck's extra `anki`."""
    request.tell_of_no_pools()
    return package(request.quiz.id, request.quiz.title, request.items)
