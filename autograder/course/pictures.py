"""The picture of a question: a file in quizzes/, which a page holds in itself, for it asks nothing of the network.

It must not know where one is shown.
"""

from __future__ import annotations

import base64
from pathlib import Path

from autograder.language import tr

#: What a picture is, by the end of its name, as every browser shows it.
TYPES = {
    ".png": "image/png", ".jpg": "image/jpeg", ".jpeg": "image/jpeg", ".gif": "image/gif", ".svg": "image/svg+xml",
    ".webp": "image/webp",
}  # fmt: skip
#: The first bytes of each kind that has some of its own.
_BEGINNINGS = {".png": b"\x89PNG\r\n\x1a\n", ".jpg": b"\xff\xd8\xff", ".jpeg": b"\xff\xd8\xff", ".gif": b"GIF8"}
_HEAD = 4096  # within which an SVG's own element begins, below a remark
#: A page of a quiz holds all of its pictures, and is read on a phone.
LARGEST = 512 << 10


def folder(root: Path) -> Path:
    """Return where the pictures of a course's questions are."""
    return root / "quizzes"


def fault(picture: Path) -> str | None:
    """Return what is wrong with a picture's file, as the rest of a sentence that begins with its key."""
    if picture.is_symlink():
        return tr("names {name!r}, which is a link; put the file itself there", name=picture.name)
    if not picture.is_file():
        return tr(
            "names {name!r}, and there is no such file in {folder}/", name=picture.name, folder=picture.parent.name
        )
    if picture.stat().st_size > LARGEST:
        return tr(
            "names {name!r}, which is larger than {largest} KiB; make it smaller",
            name=picture.name,
            largest=LARGEST >> 10,
        )
    if not _is_picture(picture):
        return tr(
            "names {name!r}, which is no picture of that kind inside; save it anew, or give it the end of what it is",
            name=picture.name,
        )
    return None


def _is_picture(picture: Path) -> bool:
    """Whether a file begins as one of its kind does."""
    with picture.open("rb") as file:
        data = file.read(_HEAD)
    if picture.suffix == ".svg":
        return b"<svg" in data
    if picture.suffix == ".webp":
        return data[:4] == b"RIFF" and data[8:12] == b"WEBP"
    return data.startswith(_BEGINNINGS[picture.suffix])


def as_address(picture: Path) -> str:
    """Return a picture as an address that holds all of it: `data:image/png;base64,…`. Raises OSError."""
    return f"data:{TYPES[picture.suffix]};base64,{base64.b64encode(picture.read_bytes()).decode()}"
