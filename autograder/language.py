"""The language in which this process speaks to students: English, or the one that a course names in course.yaml.

A message is written in English where it is said, as `tr("{mark} of {points}", mark=…, points=…)`, and looked up in the
catalogues of locale/. What programs read (keys, statuses, ids) is never looked up. It must not know what is said.
"""

from __future__ import annotations

import os
from gettext import GNUTranslations, NullTranslations
from pathlib import Path

#: What --language sets, for this process and those that it starts: it counts more than what a course names.
VARIABLE = "GRADECHECK_LANGUAGE"
_CATALOGUES = Path(__file__).with_name("locale")
ENGLISH = "en"


class _Speaker:
    """Whoever speaks does so in one language at a time, as a process has one locale."""

    def __init__(self) -> None:
        self.language = ENGLISH
        self.translations = NullTranslations()


_speaker = _Speaker()


def speak(language: str) -> None:
    """Speak a course's language from now on, unless another was asked for. One without a catalogue is English."""
    language = os.environ.get(VARIABLE) or language
    if language == _speaker.language:
        return
    file = _CATALOGUES / language / "LC_MESSAGES" / "gradecheck.mo"
    _speaker.language, _speaker.translations = ENGLISH, NullTranslations()
    if file.is_file():
        with file.open("rb") as catalogue:
            _speaker.language, _speaker.translations = language, GNUTranslations(catalogue)


def spoken() -> str:
    """Return the language that is spoken, as HTML's `lang` names it."""
    return _speaker.language


def tr(message: str, /, **values: object) -> str:
    """Return a message in the language spoken, with its values filled in."""
    return _speaker.translations.gettext(message).format(**values)


def tr_n(one: str, many: str, n: float, /, **values: object) -> str:
    """Return the message for `n` things, with `{n}` and its other values filled in; `one` is for exactly one."""
    count = int(n) if n == int(n) else 2  # half a point is counted as several are
    return _speaker.translations.ngettext(one, many, count).format(**{"n": n, **values})


def later(message: str) -> str:
    """Mark a message that is said later, by `tr` of a name: catalogues have it too."""
    return message


def decimal(number: str, comma: str = ",") -> str:
    """Return a number written with a point as a sentence in this language writes it; `comma` is how one is written."""
    return number.replace(".", comma) if _speaker.language == "es" else number


def read_as_written() -> None:
    """Have the texts of a course read as their author wrote them, in no other language, until `speak` is called."""
    _speaker.language = ""
