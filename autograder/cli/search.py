"""`gradecheck search`: words in statements, questions and misconceptions. Imports neither numpy, torch nor pytest.

It shows what the student may see anyway: of a question what is asked, of a misconception its title.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

import click

from autograder.cli.endings import FAILED, PASSED
from autograder.cli.session import Session, with_session
from autograder.cli.workplace import as_drawn
from autograder.language import tr

_MOST = 12  # places of a kind


@dataclass(frozen=True)
class _Place:
    """Where words were found: what to call it, the line that holds them, and the command that shows it."""

    name: str
    line: str
    command: str


@click.command("search")
@click.argument("words", nargs=-1, required=True)
@with_session
def command(session: Session, words: tuple[str, ...]) -> int:
    """Find words in statements, quiz questions and misconceptions. All of them must be there, in capitals or
    not.

    Exits with 1 if nothing is found.

    \b
    Examples:
      gradecheck search tanh
      gradecheck search spectral radius
    """
    sought = [word.casefold() for word in words]
    found = False
    assert session.root is not None  # found first: the course's language is spoken from here on
    kinds = ((tr("Exercises"), _statements), (tr("Questions"), _questions), (tr("Misconceptions"), _beliefs))
    for heading, places in kinds:
        hits = list(places(session, sought))
        if hits:
            session.say(("\n" if found else "") + heading)
            found = True
        above = ""
        for place in hits[:_MOST]:
            _write(session, place, headed=place.name == above)
            above = place.name
        if len(hits) > _MOST:
            session.say("  " + tr("and {n} more: add a word to narrow the search", n=len(hits) - _MOST))
    if not found:
        session.say(tr("{words!r} stands nowhere. Try fewer words, or: gradecheck list", words=" ".join(words)))
        return FAILED
    return PASSED


def _write(session: Session, place: _Place, *, headed: bool) -> None:
    """Write where words were found; `headed`: the name stands above already."""
    from autograder.feedback.page import Page

    page = Page(session.console, ascii=session.ascii)
    if not headed:
        page.paragraph(f"{place.name}  ({place.command})" if place.command else place.name, first="  ", rest="    ")
    page.paragraph(session.text(place.line), first="    ")


def _statements(session: Session, words: list[str]) -> Iterator[_Place]:
    for exercise_id in session.course.exercise_ids:
        exercise = as_drawn(session, session.exercise(exercise_id))
        text = f"{exercise.title}\n\n{exercise.statement}"
        if _holds(text, words):
            yield _Place(exercise_id, _passage(text, words), f"gradecheck show {exercise_id}")


def _questions(session: Session, words: list[str]) -> Iterator[_Place]:
    for quiz_id in session.course.quiz_ids:
        for number, question in enumerate(session.as_asked(session.quiz(quiz_id)).questions, 1):
            if _holds(question.ask, words):
                asked = re.sub(r"@\{[^}]*\}", "…", _passage(question.ask, words))  # each student has other numbers
                yield _Place(
                    tr("{quiz}, question {number}", quiz=quiz_id, number=number), asked, f"gradecheck quiz {quiz_id}"
                )


def _beliefs(session: Session, words: list[str]) -> Iterator[_Place]:
    for belief in sorted(session.course.misconceptions.values(), key=lambda belief: belief.concept):
        if _holds(f"{belief.title}\n{belief.concept}", words):
            yield _Place(tr("About {concept}", concept=belief.concept), belief.title, "")


def _holds(text: str, words: list[str]) -> bool:
    folded = text.casefold()
    return all(word in folded for word in words)


def _passage(text: str, words: list[str]) -> str:
    """Return the paragraph with most of the words, on one line, and no longer than a few lines of a terminal."""
    text = re.sub(r"^ *(```|~~~).*$", "", text, flags=re.MULTILINE)  # code stands as it is, without its fence
    paragraphs = [" ".join(each.replace("**", "").split()) for each in re.split(r"\n\s*\n", text) if each.strip()]
    paragraphs = [each for each in paragraphs if each[0] != "|"] or paragraphs  # a table is no sentence
    best = max(paragraphs, key=lambda each: sum(word in each.casefold() for word in words))
    sentences = re.split(r"(?<=[.?!:]) ", best)
    return next((each for each in sentences if words[0] in each.casefold()), best).lstrip("#*- ")
