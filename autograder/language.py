"""The language in which this process speaks to students: English, or the one that a course names in course.yaml.

A message is written in English where it is said, as `tr("{mark} of {points}", mark=…, points=…)`, and looked up in the
catalogues of locale/. What programs read (keys, statuses, ids) is never looked up. It must not know what is said.
"""

from __future__ import annotations

import gettext
import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from gettext import GNUTranslations, NullTranslations
from pathlib import Path

#: What --language sets, for this process and those that it starts: it counts more than what a course names.
VARIABLE = "GRADECHECK_LANGUAGE"
#: What this process was given for other libraries, until a language is spoken here.
_AS_FOUND = os.environ.get("LANGUAGE")
_RAISED = str.maketrans("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹")
_CATALOGUES = Path(__file__).with_name("locale")
_DOMAIN = "gradecheck"
ENGLISH = "en"
#: What is spoken, and what a course may be in.
LANGUAGES = (ENGLISH, "es")


class _Speaker:
    """Whoever speaks does so in one language at a time, as a process has one locale."""

    def __init__(self) -> None:
        self.language = ENGLISH
        self.translations = NullTranslations()
        self.as_written = False


_speaker = _Speaker()


def speak(language: str) -> None:
    """Speak a course's language from now on, unless another was asked for. One without a catalogue is English."""
    _speak(os.environ.get(VARIABLE) or language)


@contextmanager
def speaking(language: str) -> Iterator[None]:
    """Speak a language for a while, whatever was asked for: to write a file that is in that language."""
    before = _speaker.language
    _speak(language)
    try:
        yield
    finally:
        _speak(before)


def _speak(language: str) -> None:
    if language == _speaker.language:
        return
    file = _CATALOGUES / language / "LC_MESSAGES" / f"{_DOMAIN}.mo"
    _speaker.language, _speaker.translations = ENGLISH, NullTranslations()
    if file.is_file():
        with file.open("rb") as catalogue:
            _speaker.language, _speaker.translations = language, GNUTranslations(catalogue)
    _have_libraries_speak()


def _have_libraries_speak() -> None:
    """Let click, which looks its words up in the process's own domain, find them in our catalogue."""
    if _speaker.language == ENGLISH:
        gettext.textdomain("messages")
        os.environ.pop("LANGUAGE", None)
        if _AS_FOUND is not None:
            os.environ["LANGUAGE"] = _AS_FOUND
        return
    gettext.bindtextdomain(_DOMAIN, _CATALOGUES)
    gettext.textdomain(_DOMAIN)
    os.environ["LANGUAGE"] = _speaker.language


def spoken() -> str:
    """Return the language that is spoken, as HTML's `lang` names it, and in which texts of a course are read.

    Empty where they are read as they were written.
    """
    return "" if _speaker.as_written else _speaker.language


def tr(message: str, /, **values: object) -> str:
    """Return a message in the language spoken, with its values filled in."""
    return _speaker.translations.gettext(message).format(**_written(values))


def lookup(text: str) -> str:
    """Return a text that is said as it is, such as a paragraph of --help, in the language spoken."""
    return _speaker.translations.gettext(text) if text else ""


def tr_n(one: str, many: str, n: float, /, **values: object) -> str:
    """Return the message for `n` things, with `{n}` and its other values filled in; `one` is for exactly one."""
    count = int(n) if n == int(n) else 2  # half a point is counted as several are
    return _speaker.translations.ngettext(one, many, count).format(**_written({"n": n, **values}))


class _Number(float):
    """A number that a message writes with digits of its own: "{size:.2g}" gets a decimal comma where one is written,
    and "{share:.0%}" a blank before the sign.
    """

    def __format__(self, form: str) -> str:
        written = decimal(super().__format__(form))
        return written.replace("%", "\u00a0%") if decimal(".") == "," else written


class _Count(int):
    """A whole number: "{n:,}" sets its thousands apart by a blank where a comma is the decimal sign."""

    def __format__(self, form: str) -> str:
        return super().__format__(form).replace(",", "\u00a0" if decimal(".") == "," else ",")


def _written(values: dict[str, object]) -> dict[str, object]:
    if _speaker.language == ENGLISH:
        return values
    return {name: _in_words(value) for name, value in values.items()}


def _in_words(value: object) -> object:
    if isinstance(value, float):
        return _Number(value)
    return _Count(value) if isinstance(value, int) and not isinstance(value, bool) else value


def series(names: Sequence[str], before_last: str = "") -> str:
    """Return names as people list them: `a, b and c`, or with another word in place of " and "."""
    *others, last = names
    return ", ".join(others) + (before_last or tr(" and ")) + last if others else last


def later(message: str) -> str:
    """Mark a message that is said later, by `tr` of a name: catalogues have it too."""
    return message


def decimal(number: str, comma: str = ",") -> str:
    """Return a number written with a point as a sentence in this language writes it; `comma` is how one is written."""
    return number.replace(".", comma) if _speaker.language == "es" else number


def read_as_written() -> None:
    """Have the texts of a course read as their author wrote them, in no other language, as long as this process runs.

    What is said of them is in the language spoken.
    """
    _speaker.as_written = True


def in_turn(steps: Sequence[str]) -> str:
    """Return one step, or two to be taken one after the other, in a line; nothing for none."""
    first, *others = steps or [""]
    return tr("{first}, then {second}", first=first, second=in_turn(others)) if others else first


def power_of_ten(exponent: int) -> str:
    """Return a power of ten as it is set: 10⁻³."""
    return "10" + str(exponent).translate(_RAISED)
