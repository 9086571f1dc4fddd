"""What was typed into a system's text box instead of being handed in as a file: a page of HTML, or Blackboard's `.txt`.

Students paste programs there. The text is a stranger's, and so is its HTML.
"""

from __future__ import annotations

import re
from html.parser import HTMLParser
from textwrap import dedent

#: No text box takes more.
MAX_BYTES = 1 << 20
_LINES = frozenset({"p", "div", "br", "li", "tr", "pre", "h1", "h2", "h3", "h4", "blockquote"})
#: A whole tag of a page: `x<p and y>q` is a program's.
_TAG = re.compile(
    r"""<(?:p|div|br|pre|span|html|body|ul|ol|table|h[1-4]|blockquote)(?:\s+[\w:-]+\s*=\s*(?:"[^"]*"|'[^']*'))*\s*/?>""",
    re.IGNORECASE,
)
_FIELD = re.compile(r"^Submission Field:\s*\n(?P<typed>.*?)(?:^Comments:|^Files:|\Z)", re.MULTILINE | re.DOTALL)
#: The same in another language: whose it is with the login, lines about it, a heading; and how further headings look.
#: A program can have such lines, but seldom begins with one that has a capital letter first and no sign of Python's.
_HEAD = re.compile(
    r"(?![a-z])[^\W\d_][^\n:()#'\"=]*:[^\n=]*\([^\n()]+\) *\n"
    r"(?:[^\n:]+:[^\n]*\n)*\n+[^\W\d_][^\n:()]*: *\n"
)
_HEADING = re.compile(r"\n\n[^\W\d_][^\n:()]*: *(?=\n|\Z)")


def text_of(data: bytes) -> str:
    """The text that was typed in, a line for each that the page shows."""
    page = data.decode("utf-8-sig", "replace")
    if match := _FIELD.search(page):
        page = match["typed"].replace("There is no student submission text data for this assignment.", "")
    else:
        page = _between_headings(page)
    if not _TAG.search(page):
        return page
    reader = _Reader()
    reader.feed(page)
    reader.close()
    # What a page is indented by as a whole, its editor put there.
    return dedent("".join(reader.parts).replace("\u00a0", " ")).strip("\n") + "\n"


def _between_headings(page: str) -> str:
    """What stands in Blackboard's file before its last two headings, comments and files; any other page as it is."""
    text = page.replace("\r\n", "\n")
    head = _HEAD.match(text)
    headings = [match.start() for match in _HEADING.finditer(text, head.end() - 1)] if head else []
    return text[head.end() : headings[-2]] if head and len(headings) > 1 else page


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.parts: list[str] = []
        self._preformatted = self._hidden = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._preformatted += tag == "pre"
        self._hidden += tag in ("script", "style", "title")
        if tag in _LINES:
            self._break()

    def handle_endtag(self, tag: str) -> None:
        self._preformatted -= tag == "pre" and self._preformatted > 0
        self._hidden -= tag in ("script", "style", "title") and self._hidden > 0
        if tag in _LINES and tag != "br":
            self._break()

    def handle_data(self, data: str) -> None:
        if self._hidden:
            return
        if self._preformatted:
            self.parts.append(data)
            return
        flowing = data.replace("\r", "")
        if not self.parts or self.parts[-1].endswith("\n"):
            flowing = flowing.lstrip("\n")  # a line of the page's own source, and no blank
        flowing = flowing.replace("\n", " ")
        if flowing.strip(" \t"):
            self.parts.append(flowing)

    def _break(self) -> None:
        if self.parts and not self.parts[-1].endswith("\n"):
            self.parts.append("\n")
