"""The pages that a course brings: which they are in the language spoken, and how each is called.

It must not know what else a student's pages are.
"""

from __future__ import annotations

import html
import re
from pathlib import Path

from autograder.language import LANGUAGES, spoken

#: In a course: pages of its own, each one file.
PAGES = "pages"
#: The name of the page that lists all others, which a course's own can't have.
INDEX = "index.html"


def pages(root: Path) -> dict[str, Path]:
    """Return the pages of a course by their names; `NAME.es.html` is NAME.html where Spanish is spoken."""
    found: dict[str, Path] = {}
    for path in sorted((root / PAGES).glob("*.html")):
        stem, _, language = path.stem.rpartition(".")
        if not stem or language not in LANGUAGES:
            found.setdefault(path.name, path)
        elif language == spoken():
            found[f"{stem}.html"] = path
    return found


def title(page: str) -> str:
    """Return what stands in a page's <title>; empty where it has none."""
    found = re.search(r"<title[^>]*>(.*?)</title>", page, re.IGNORECASE | re.DOTALL)
    return " ".join(html.unescape(found[1]).split()) if found else ""
