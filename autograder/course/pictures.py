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
    return None


def as_address(picture: Path) -> str:
    """Return a picture as an address that holds all of it: `data:image/png;base64,…`. Raises OSError."""
    return f"data:{TYPES[picture.suffix]};base64,{base64.b64encode(picture.read_bytes()).decode()}"
