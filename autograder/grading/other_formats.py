"""What a file is that isn't the text that its name promises: a document, an archive, a web page, told by how it begins.

The sentence goes on after the file's name. It must not know what the file was handed in for.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import AnyStr

from autograder.language import later, tr

_SAVE_AS_TEXT = later("Copy your text into a plain text editor, and save it from there.")
_HAND_IN_SOURCE = later("Hand in the source file itself.")
_UNPACK = later("Unpack it, and hand in the source file that is in it.")
#: What lies in documents that are zips.
_IN_ZIPS = (
    (b"word/", later("is a Word document, not plain text."), _SAVE_AS_TEXT),
    (b"xl/", later("is an Excel workbook, not plain text."), _SAVE_AS_TEXT),
    (b"opendocument", later("is an OpenDocument file, not plain text."), _SAVE_AS_TEXT),
    (b"Index/Document.iwa", later("is a Pages document, not plain text."), _SAVE_AS_TEXT),
)
_ZIP = b"PK\x03\x04"
_PDF = later("is a PDF document, not plain text.")
_BEGINNINGS = (
    (rb"%PDF-", _PDF, _SAVE_AS_TEXT),
    (rb"\xd0\xcf\x11\xe0", later("is a document of Word or another Office program, not text."), _SAVE_AS_TEXT),
    (rb"7z\xbc\xaf|Rar!|\x1f\x8b|BZh\d|\xfd7zXZ", later("is an archive under another name."), _UNPACK),
    (rb"\x89PNG|\xff\xd8\xff|GIF8[79]a|RIFF....WEBP", later("is a picture, not plain text."), _HAND_IN_SOURCE),
    (rb"\x93NUMPY", later("is an array that numpy saved, not plain text."), _HAND_IN_SOURCE),
    (rb"..\r\n[\0-\3]\0\0\0|\x7fELF|MZ.{58}", later("is a compiled program, not its source."), _HAND_IN_SOURCE),
    (rb"\x80[\x02-\x05]", later("is a pickle: objects that a program saved, not its text."), _HAND_IN_SOURCE),
    (rb"bplist00", later("is a web archive or a list of macOS, not plain text."), _HAND_IN_SOURCE),
)
_DOWNLOAD = later("Download the file itself (on GitHub: Download raw file), and hand that in.")
_TEXTS = (
    (r"%PDF-", _PDF, _SAVE_AS_TEXT),
    (r"\{\\rtf", later("is formatted text (RTF), as TextEdit or WordPad saves it."), _SAVE_AS_TEXT),
    (
        r"(?:<!--.{0,500}?-->\s*)?<(?:!doctype html|html|head|body)\b",
        later("is a web page (HTML): the page around a file was saved, not the file."), _DOWNLOAD,
    ),
    (r"<\?xml\b", later("is XML, not plain text."), _HAND_IN_SOURCE),
    (r"version https://git-lfs", later("is only a pointer of Git LFS."), later("`git lfs pull` gets the file itself.")),
    (
        r"(?:\[InternetShortcut\]|(?:URL=)?https?://\S+\s*\Z)",
        later("is only a link, which isn't followed."), _HAND_IN_SOURCE,
    ),
    (
        r"(?:diff --git |(?:---|\+\+\+|Index:) [^\n]*\n(?:[^\n]*\n){0,2}@@ )",
        later("is a patch: only what changed in a file."), _HAND_IN_SOURCE,
    ),
)  # fmt: skip


def of_bytes(data: bytes) -> str | None:
    """What bytes are that can't be read as text, and what to do; None if nothing is known of them."""
    if data.startswith(_ZIP):
        known = ((what, advice) for mark, what, advice in _IN_ZIPS if mark in data)
        what, advice = next(known, (later("is a zip archive under another name."), _UNPACK))
        return f"{tr(what)} {tr(advice)}"
    return _begun(_BEGINNINGS, data[:100].lstrip(b" \r\n\xef\xbb\xbf"), re.DOTALL)


def of_text(text: str) -> str | None:
    """What a text is that can be no program, and what to do; None if it may be one."""
    return _begun(_TEXTS, text[:2000].lstrip("\ufeff \t\r\n"), re.IGNORECASE | re.DOTALL)


def _begun(known: Sequence[tuple[AnyStr, str, str]], start: AnyStr, flags: re.RegexFlag) -> str | None:
    """What begins so, and what to do: of the first pattern that matches."""
    said = (f"{tr(what)} {tr(advice)}" for begins, what, advice in known if re.match(begins, start, flags))
    return next(said, None)
