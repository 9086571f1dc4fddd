"""Whether what a person or a spreadsheet reads is safe: no sign that steers, no page that runs code, no formula."""

from __future__ import annotations

import csv
import re
import unicodedata
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path

_HIDDEN = "\u061c\u200b\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\ufeff"
_FETCHES = ("iframe", "frame", "object", "embed", "img", "video", "audio", "source", "link", "base")


def steered(text: str) -> list[str]:
    """What a terminal gets that it obeys, or that reorders or hides text."""
    odd = sorted({repr(sign) for sign in text if sign != "\n" and _steers(sign)})
    return [f"the terminal gets {', '.join(odd)}"] if odd else []


def harmful(folder: Path) -> list[str]:
    """What is wrong with the pages, tables and XML below a folder."""
    found: list[str] = []
    for path in sorted(folder.rglob("*.html")):
        found += [f"{path.name} gets {what}" for what in _of_page(path)]
    for path in sorted(folder.rglob("*.csv")):
        found += [f"{path.name} gets {what}" for what in _of_table(path)]
    for path in sorted(folder.rglob("*.xml")):
        ET.parse(path)
    return found


def _of_page(path: Path) -> Iterator[str]:
    page = path.read_text(encoding="utf-8")
    elements = _Elements()
    elements.feed(page)
    # The class page has one script of ours, which its policy names by its hash; no other page has any.
    scripts = 1 if path.name == "class.html" else 0
    if elements.scripts > scripts:
        yield f"{elements.scripts} scripts"
    yield from elements.found
    if "default-src 'none'" not in elements.policy or "script-src 'unsafe" in elements.policy:
        yield f"the policy {elements.policy!r}"
    if any(sign not in "\n\t" and _steers(sign) for sign in page):
        yield "control characters"


def _of_table(path: Path) -> Iterator[str]:
    with path.open(encoding="utf-8", newline="") as file:
        for row in csv.reader(file):
            yield from (f"the formula {cell!r}" for cell in row if cell.startswith(("=", "+", "-", "@", "\t", "\r")))


def _steers(sign: str) -> bool:
    return sign in _HIDDEN or unicodedata.category(sign) in ("Cc", "Cs", "Zl", "Zp")


class _Elements(HTMLParser):
    """Collects what a page of ours never holds: another's script, frame or address."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []
        self.scripts = 0
        self.policy = ""

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        values = dict(attributes)
        self.scripts += tag == "script"
        self.found += [f"<{tag}>"] if tag in _FETCHES else []
        if tag == "meta" and values.get("http-equiv") == "Content-Security-Policy":
            self.policy = values["content"] or ""
        for name, value in attributes:
            if name.startswith("on") or name in ("action", "formaction") or (name != "content" and _leads_away(value)):
                self.found.append(f"{name}={value}")


def _leads_away(value: str | None) -> bool:
    return value is not None and re.match(r"\s*(javascript|data|https?|file):|//", value) is not None
