"""Whatever gradecheck says to students has its words in every language that a course may name."""

from __future__ import annotations

import ast
import io
from gettext import GNUTranslations
from string import Formatter
from typing import get_args, get_type_hints

import pytest

from autograder.course.model import CourseFile
from tests.languages.catalogues import LANGUAGES, PACKAGE, calls, compiled, messages, place, said, translated


def spellings(message: str | tuple[str, ...] | list[str]) -> list[str]:
    return [message] if isinstance(message, str) else list(message)


def holes(text: str) -> set[str]:
    """The values that a message names, with how each is formatted."""
    parts = Formatter().parse(text)
    return {f"{name}!{kind or ''}:{form}" for _, name, form, kind in parts if name is not None}


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_message_is_translated_and_nothing_else(language: str) -> None:
    known = {str(message.id): message for message in messages(translated(language))}
    wanted = {str(message.id): message for message in messages(said())}
    assert len(wanted) > 400
    assert sorted(wanted.keys() - known.keys()) == [], "run `make catalogues` and translate what is new"
    assert sorted(known.keys() - wanted.keys()) == [], "run `make catalogues`"
    empty = [name for name, message in known.items() if not all(spellings(message.string))]
    assert empty == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_translation_names_the_same_values(language: str) -> None:
    for message in messages(translated(language)):
        originals = list(map(holes, spellings(message.id)))
        texts = spellings(message.string)
        assert holes(texts[-1]) == originals[-1], message.id
        assert holes(texts[0]) <= originals[0] | originals[-1], message.id
        assert len(texts) == len(spellings(message.id))


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_is_read_is_what_is_written(language: str) -> None:
    read, written = (
        GNUTranslations(io.BytesIO(data))._catalog  # type: ignore[attr-defined]
        for data in (place(language, "mo").read_bytes(), compiled(translated(language)))
    )
    assert read | {"": ""} == written | {"": ""}, "run `make catalogues`"


def test_a_course_may_name_these_languages_and_no_other() -> None:
    assert set(get_args(get_type_hints(CourseFile)["language"])) == {"en", *LANGUAGES}


def test_messages_are_written_out_where_they_are_said() -> None:
    """Else they aren't collected. A message that is kept in a table is marked there, by `later`."""
    everything = [(path, call) for path in sorted(PACKAGE.rglob("*.py")) for call in calls(path)]
    for path, call in everything:
        assert isinstance(call.func, ast.Name)
        count = 2 if call.func.id == "tr_n" else 1
        for argument in call.args[:count]:
            written = [argument.body, argument.orelse] if isinstance(argument, ast.IfExp) else [argument]
            for each in written:
                literal = isinstance(each, ast.Constant) and isinstance(each.value, str)
                kept = isinstance(each, ast.Name | ast.Subscript | ast.Attribute | ast.Call) and call.func.id == "tr"
                assert literal or kept, f"{path}:{call.lineno}"
