"""A question of another system, whatever file it came from, and what was wrong with the file on the way."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Literal

from autograder.language import tr

Kind = Literal["single", "multiple", "truefalse", "text", "number", "matching", "ordering"]


@dataclass
class Answer:
    """One answer that was foreseen: a choice, a text, a number, an item; `share` of the points from -1 to 1."""

    text: str
    share: float = 0.0
    feedback: str = ""
    tolerance: float = 0.0
    partner: str = ""

    @property
    def right(self) -> bool:
        return self.share > 0


@dataclass
class ForeignQuestion:
    """A question as Markdown; `line` is where it begins in its file."""

    line: int
    kind: Kind
    name: str
    ask: str
    answers: list[Answer] = field(default_factory=list)
    right: str = ""
    hints: list[str] = field(default_factory=list)
    points: float = 1.0

    def hold_to_one_key(self, tell: Tell) -> None:
        """Tell of each answer whose part of the points is lost where one answer is the right one.

        Raises ValueError, whose text ends a sentence, where several are. Of texts any number may be.
        """
        if self.kind not in ("single", "number", "text"):
            return
        keys = [answer.text for answer in self.answers if answer.share == 1]
        if len(keys) > 1 and self.kind != "text":
            both = tr(" and ").join(map(repr, keys))
            raise ValueError(
                tr(
                    "{answers} are each the whole answer, and here one is; where they belong together, give each its"
                    " part of the points",
                    answers=both,
                )
            )
        for answer in self.answers:
            if 0 < answer.share < 1:
                part = f"{answer.share:.0%}"
                tell(tr("{answer!r} gets {part} there, and counts as wrong here.", answer=answer.text, part=part))


@dataclass
class Found:
    """What a file holds: questions, and what of it can't be taken over, each with its line."""

    questions: list[ForeignQuestion] = field(default_factory=list)
    problems: list[tuple[int, str]] = field(default_factory=list)

    def take(self, line: int, read: Callable[[Tell], ForeignQuestion]) -> None:
        """Take the question that begins at a line, with what is lost of it; or say why it is left out."""
        try:
            self.questions.append(read(lambda said: self.problems.append((line, said))))
        except ValueError as reason:
            self.problems.append((line, tr("This question is left out: {reason}.", reason=reason)))


#: Whoever notices that something is left out says so here.
Tell = Callable[[str], None]

_WRAPPED = {"b": "**", "strong": "**", "i": "*", "em": "*", "code": "`", "tt": "`"}
_BLOCKS = frozenset({"p", "div", "ul", "ol", "table", "tr", "h1", "h2", "h3", "h4", "pre", "blockquote"})


def markdown(text: str, tell: Tell, *, html: bool = True) -> str:
    r"""Return Markdown with `$…$` for a text that is HTML, or plain, with `\(…\)` or `$$…$$`."""
    if html:
        reader = _Html(tell)
        reader.feed(text)
        reader.close()
        text = "".join(reader.parts)
    text = re.sub(r"\\\((.+?)\\\)", lambda found: f"${found[1].strip()}$", text, flags=re.DOTALL)
    text = re.sub(r"\\\[(.+?)\\\]", lambda found: f"$${found[1].strip()}$$", text, flags=re.DOTALL)
    lines = [re.sub(r"[ \t]+", " ", line).strip() for line in text.replace("\r", "").split("\n")]
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()


class _Html(HTMLParser):
    """Takes text, emphasis, code, lists and paragraphs; tells of pictures, tables and other media."""

    def __init__(self, tell: Tell) -> None:
        super().__init__(convert_charrefs=True)
        self.parts: list[str] = []
        self._tell, self._unseen = tell, 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in ("script", "style"):
            self._unseen += 1
        elif tag in ("img", "video", "audio", "object", "iframe"):
            self._tell(
                tr(
                    "A picture or other medium (<{tag}>) is left out: no page shows it. Say in words what it shows.",
                    tag=tag,
                )
            )
        elif tag == "table":
            self._tell(tr("A table becomes lines of text: look whether it can still be read."))
        if tag in _BLOCKS:
            self.parts.append("\n\n")
        elif tag in ("br", "li"):
            self.parts.append("\n- " if tag == "li" else "\n")
        elif tag in ("td", "th"):
            self.parts.append(" ")
        self.parts.append(_WRAPPED.get(tag, ""))

    def handle_endtag(self, tag: str) -> None:
        self._unseen -= tag in ("script", "style") and self._unseen > 0
        self.parts.append(_WRAPPED.get(tag, "\n\n" if tag in _BLOCKS else ""))

    def handle_data(self, data: str) -> None:
        if not self._unseen:
            self.parts.append(data.replace("\n", " "))


def number_in(text: str) -> float:
    """Return the number that a file gives. Raises ValueError, whose text ends a sentence, where it is none."""
    try:
        return float(text)
    except ValueError:
        raise ValueError(tr("{text!r} is no number", text=text.strip())) from None


def kebab(name: str, taken: Iterable[str]) -> str:
    """Return an id for what is called so, which no other has."""
    words = re.findall("[a-z0-9]+", name.lower())
    base = "-".join(words)[:60].strip("-")
    base = base if base and base[0].isalpha() else f"q-{base}".strip("-")
    return next(each for each in (base, *(f"{base}-{number}" for number in range(2, 10_000))) if each not in set(taken))
