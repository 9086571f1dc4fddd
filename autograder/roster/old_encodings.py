"""In which encoding of before Unicode a file was saved, as far as its letters show; it must not know what is in it.

No byte says it. What does: in a wrong one signs stand inside words, capitals behind small letters, or one alphabet in
another's words; and in the right one most letters are those of one language. Where nothing speaks against Western
Europe's, that is taken, and whoever reads says so.
"""

from __future__ import annotations

import re
import unicodedata
from itertools import pairwise

from autograder.language import later, tr
from autograder.wide_encodings import wide_page

#: What spreadsheets save as "CSV" where nobody asked for UTF-8, the commonest first.
_OLD = {
    "cp1252": later("Windows-1252 (Western Europe)"),
    "cp1250": later("Windows-1250 (Central Europe)"),
    "iso-8859-2": later("Latin-2 (Central Europe)"),
    "cp1251": later("Windows-1251 (Cyrillic)"),
    "cp1253": later("Windows-1253 (Greek)"),
    "cp1254": later("Windows-1254 (Turkish)"),
    "cp1257": later("Windows-1257 (Baltic)"),
    "cp1255": later("Windows-1255 (Hebrew)"),
    "cp1256": later("Windows-1256 (Arabic)"),
    "mac-roman": later("Mac Roman"),
}
#: The same of an East Asian Windows.
_WIDE = {
    "gbk": later("GBK (simplified Chinese)"),
    "big5": later("Big5 (traditional Chinese)"),
    "cp932": later("Shift JIS (Japanese)"),
    "cp949": later("Windows-949 (Korean)"),
}
#: What stands between a table's cells, none of it a byte of a wider sign.
_BETWEEN = re.compile(rb"[\r\n\t,;\"]+")
#: The letters beside A to Z of the languages that are written so.
_WESTERN = (
    "äöüß",
    "àâæçéèêëîïôùûüÿœ",
    "áéíñóúüçàèòï",
    "àáâãçéêíóôõúü",
    "àèéìíîòóùú",
    "åäöæøéü",
    "áðéíóúýþæöø",
    "áéèêëíïóöúü",
    "äåõöšž",
)
_CENTRAL = ("ąćęłńóśźż", "áäčďéěíĺľňóôŕřšťúůýž", "áéíóöőúüű", "čćđšž", "ăâîşţ", "äöüß", "çë")
_LETTERS = {
    "cp1252": _WESTERN,
    "mac-roman": _WESTERN,
    "cp1250": _CENTRAL,
    "iso-8859-2": _CENTRAL,
    "cp1254": ("çğıİöşüâîû",),
    "cp1257": ("ąčęėįšųūž", "āčēģīķļņōŗšūž", "äõöüšž"),
}
_FOREIGN = re.compile(r"[^\W\d_]?[^\x00-\x7f]+[^\W\d_]?")
_BESIDE_LETTERS = re.compile(r"[\w'’-]*(?:\w[^\x00-\x7f]|[^\x00-\x7f]\w)[\w'’-]*")
#: So many accented Latin letters in a row are another alphabet's.
_RUN = 4
#: Signs that count as letters, and that no name has but behind a consonant that stands for it: `Mª` is María.
_RAISED = "ªº"
_ABBREVIATED = re.compile(rf"\b(?![AEIOU])[A-Z][{_RAISED}](?![a-z])")


def decoded(data: bytes) -> tuple[str, str] | None:
    """Return the text and its likeliest encoding; None if it can be in none of these."""
    texts = dict[str, str]()
    for name in _OLD:
        if (text := _read(data, name)) is not None and text not in texts.values():
            texts[name] = text
    wide = wide_page([cell for cell in dict.fromkeys(_BETWEEN.split(data)) if not cell.isascii()])
    if wide and all(map(_oddness, texts.values())) and (text := _read(data, wide)) is not None:
        return text, wide
    if not texts:
        return None
    # Iceland's letters stand where Turkey's do: those that fit both, without an á among them, are Turkey's.
    best = min(texts, key=lambda name: (_oddness(texts[name]), _strangers(name, texts[name]), name != "cp1254"))
    return texts[best], best


def told(name: object, encoding: str, text: str) -> str:
    """Say as what a file was read, with a word by which a person sees whether that is right; nothing if it is new.

    The word is one that the likeliest other encoding spells otherwise, if there is one: `Kovács` is right in both.
    """
    words = _BESIDE_LETTERS.findall(text)
    called = _OLD.get(encoding) or _WIDE.get(encoding)
    if called is None or not words:
        return ""
    other = next(each for each in _OLD if each != encoding)
    telling = (word for word in words if word.encode(encoding, "replace").decode(other, "replace") != word)
    return tr("{name} was read as {encoding}, for it isn't UTF-8. If {word!r} is spelled wrongly, save it as UTF-8.",
              name=name, encoding=tr(called), word=next(telling, words[0]))  # fmt: skip


def _read(data: bytes, name: str) -> str | None:
    try:
        text = data.decode(name)
    except UnicodeDecodeError:
        return None
    return None if "\0" in text else text


def _oddness(text: str) -> int:
    """How many different pieces of the text no language would write so; names of all small letters are one, too."""
    pieces = set(_FOREIGN.findall(_ABBREVIATED.sub(" ", text)))
    others = [letter for piece in pieces for letter in piece if _kind(letter) == "other"]
    small = any(map(str.islower, others)) and not any(map(str.isupper, others))
    return sum(map(_is_odd, pieces)) + small


def _strangers(encoding: str, text: str) -> int:
    """How many different letters aren't of the language that has most of them."""
    foreign = {letter for letter in text if _kind(letter) == "accented"}
    languages = _LETTERS.get(encoding, ("",))
    return min(len(foreign - {*letters, *letters.upper()}) for letters in languages)


def _is_odd(piece: str) -> bool:
    kinds = [_kind(letter) for letter in piece]
    accented = [kind == "accented" for kind in kinds]
    return (
        any(accented[at : at + _RUN] == [True] * _RUN for at in range(len(piece)))
        or {"sign"} < set(kinds)
        or ("other" in kinds and not {"plain", "accented"}.isdisjoint(kinds))
        or any(left.islower() and right.isupper() for left, right in pairwise(piece))
    )


def _kind(letter: str) -> str:
    if letter.isascii():
        return "plain"
    if not letter.isalpha() or letter in _RAISED:
        return "mark" if unicodedata.category(letter)[0] in "PZ" else "sign"
    return "accented" if unicodedata.name(letter, "").startswith("LATIN") else "other"
