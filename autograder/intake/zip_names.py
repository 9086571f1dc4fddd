"""The names in a zip: which encoding they are in, where it doesn't say.

Names that are known decide, else only what the bytes of all names show together. What two encodings explain is read
as the format's own, which keeps every name apart from every other, and that is told.
"""

from __future__ import annotations

import re
import struct
import unicodedata
import zipfile
import zlib
from collections.abc import Collection, Iterator, Sequence
from itertools import pairwise

from autograder.wide_encodings import WIDE, wide_page

#: What a zip's names are in that says nothing: the format's own encoding.
OWN = "cp437"
#: The pages of Windows with one byte a letter: Latin ones, the first that fits counts, and others, by their letters.
_LATIN = (OWN, "cp850", "cp1252", "cp852", "cp1250")
_OTHERS = {"cp866": "CYRILLIC ", "cp1251": "CYRILLIC ", "cp737": "GREEK ", "cp1253": "GREEK "}
#: Those whose bytes show little: Turkish, Baltic, Hebrew, Arabic, Thai and Vietnamese Windows.
_TOLD = ("cp857", "cp1254", "cp775", "cp1257", "cp862", "cp1255", "cp1256", "cp874", "cp1258")
_WORD = re.compile(r"[^\W\d_]+")
_SHOUTED = 5
_FEW = 8
_UNICODE_PATH = 0x7075


def page_of(infos: Sequence[zipfile.ZipInfo]) -> str | None:
    """The encoding in which all names that say none can be names; None if there is none, or several that differ."""
    raws = [raw for info in infos if (raw := _unsaid(info)) is not None]
    odd = [raw for raw in raws if not _decoded(raw, "utf-8")]
    for page in _LATIN:
        if all(_is_latin(_decoded(raw, page)) for raw in odd):
            return page
    fitting = [page for page, letters in _OTHERS.items() if all(_is_of(_decoded(raw, page), letters) for raw in raws)]
    return (fitting[0] if len(fitting) == 1 else None) if fitting else wide_page(raws)


def page_of_known(infos: Sequence[zipfile.ZipInfo], known: Collection[str]) -> str | None:
    """The encoding in which more names than in any other hold one that is known; None if there is none."""
    raws = [raw for info in infos if known and (raw := _unsaid(info)) is not None]
    wanted = {form for name in known for form in _forms(name) if not form.isascii()} if raws else set()
    pages = (*_LATIN, *_OTHERS, *WIDE, *_TOLD)
    hits = {page: sum(not wanted.isdisjoint(_forms(_decoded(raw, page))) for raw in raws) for page in pages}
    best = [page for page in pages if hits[page] == max(hits.values()) > 0]
    return best[0] if len(best) == 1 else None


def _forms(name: str) -> Iterator[str]:
    """The words of a name or of a path, and those of a name without the blanks between them, in either order."""
    found = _WORD.findall(unicodedata.normalize("NFC", name).casefold())
    yield from found
    if len(found) < _FEW:
        yield from ("".join(found), "".join(reversed(found)))


def name_of(info: zipfile.ZipInfo, page: str | None) -> str:
    """One entry's name; macOS writes UTF-8 without saying so, Windows its page."""
    raw = _unsaid(info)
    if raw is None:
        return _beside(info) or info.filename
    if page is None:
        name = _decoded(raw, "utf-8") or info.filename
        return name.replace("\\", "＼") if "/" in name else name  # half of a sign, more likely than between folders
    pages = ("utf-8", page) if is_latin(page) else (page, "utf-8")
    return next(filter(None, (_decoded(raw, each) for each in pages)), info.filename)


def is_latin(page: str | None) -> bool:
    """Whether names in this encoding are Latin ones, which need no word."""
    return page in _LATIN


def _unsaid(info: zipfile.ZipInfo) -> bytes | None:
    """The bytes of a name whose encoding isn't said, which zipfile reads as cp437; None where that is no matter."""
    if info.flag_bits & 0x800 or info.filename.isascii() or _beside(info):
        return None
    try:
        return info.filename.encode(OWN)
    except UnicodeEncodeError:  # newer Pythons read it from beside the name, where Info-ZIP writes it again
        return None


def _beside(info: zipfile.ZipInfo) -> str:
    """The name as Info-ZIP and 7-Zip write it once more, in UTF-8; empty where they don't, or where it is another's."""
    at, extra = 0, info.extra
    while at + 4 <= len(extra):
        kind, size = struct.unpack_from("<HH", extra, at)
        field, at = extra[at + 4 : at + 4 + size], at + 4 + size
        if kind == _UNICODE_PATH and len(field) > 5 and field[0] == 1:
            try:
                raw = info.orig_filename.encode("utf-8" if info.flag_bits & 0x800 else OWN)
            except UnicodeEncodeError:
                return ""
            return _decoded(field[5:], "utf-8") if struct.unpack_from("<L", field, 1)[0] == zlib.crc32(raw) else ""
    return ""


def _decoded(raw: bytes, encoding: str) -> str:
    try:
        return raw.decode(encoding)
    except UnicodeDecodeError:
        return ""


def _is_latin(name: str) -> bool:
    """Whether a name is of Latin letters, many of each word plain, and no capital behind a small one, as in `AndrÚ`."""
    foreign = [each for each in name if not each.isascii()]
    words = [[letter.isascii() for letter in word] for word in _WORD.findall(name)]
    return (
        bool(name)
        and all(unicodedata.name(each, "").startswith("LATIN ") for each in foreign)
        and not any(before.islower() and each.isupper() and not each.isascii() for before, each in pairwise(name))
        and all(0 < plain.count(True) >= plain.count(False) - 2 for plain in words)
    )


def _is_of(name: str, letters: str) -> bool:
    """Whether a name's words are plain, or else of these letters alone, as names are written."""
    foreign = [word for word in _WORD.findall(name) if not word.isascii()]
    letter = (unicodedata.name(each, "").startswith(letters) for each in name if not each.isascii())
    return bool(name) and all(letter) and all(_is_cased(word) for word in foreign)


def _is_cased(word: str) -> bool:
    """Whether a word is of small letters but for its first; capitals alone could be bytes of anything where few are."""
    return not any(map(str.isascii, word)) and (word[1:].islower() or (word.isupper() and len(word) >= _SHOUTED))
