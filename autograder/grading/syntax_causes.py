"""Why a program isn't Python: what copying, saving or merging brought into its text, and what another Python reads.

Sentences for the student, who reads them below the line that Python stumbled at. Each is a fact about the text. It must
not know what the program is for.
"""

from __future__ import annotations

import re
import sys
import unicodedata
from collections.abc import Sequence

from autograder.course import merge_conflict
from autograder.language import later, tr
from autograder.sandbox.cells import place
from autograder.sandbox.failures import ProgramError, in_words

#: Syntax by the Python that brought it: what this one says of it (a pattern), the line (another), and what it is.
_NEWER = (
    ((3, 12), r"f-string", r"", later("the same quotes, a backslash or a line break inside an f-string's braces")),
    ((3, 12), r"", r"^\s*type\s+\w+\s*(\[.*\])?\s*=", later("a `type` statement")),
    ((3, 12), r"", r"^\s*(async\s+)?(def|class)\s+\w+\s*\[", later("type parameters in brackets")),
    ((3, 13), r"", r"^\s*def\s+\w+\s*\[[^\]]*=", later("defaults of type parameters")),
    ((3, 14), r"", r"""(^|[^\w])t[rR]?["']""", later("a t-string")),
    ((3, 14), r"multiple exception types must be parenthesized", r"", later("several exceptions without parentheses")),
)
#: What only Python 2 reads: what Python says of it (a pattern), the line, in which a NUL marks the place that Python
#: points at (another), and how it is written now.
_OLDER = (
    (r"in call to 'print'", r"", "print(…)"),
    (r"in call to 'exec'", r"", "exec(…)"),
    (r"must be parenthesized", r"^\s*except\s+\0?[\w.]+\s*,\s*[a-z]\w*\s*:", "except ValueError as error:"),
    (r"invalid syntax", r"^\s*raise\s+[\w.]+\s*\0,", "raise ValueError(…)"),
    (r"invalid syntax", r"\0<>", "!="),
    (r"invalid syntax", r"\0`[^`]+`", "repr(…)"),
    (r"invalid syntax", r"\b[uU][rR]\0[\"']", 'r"…"'),
)
_PROMPT = re.compile(r"\s*(?:>>>|\.\.\. |In \[\d*\]:|Out\[\d+\]:|\.{3,}:|Python \d+\.\d+\.\d+ \()")
#: What a document or a phone's keyboard writes where a program has another sign.
_FOR_PRINT = {
    **dict.fromkeys("–—−‐‑‒", "-"), **dict.fromkeys("×✕⋅·∙", "*"), "÷": "/", "≤": "<=", "≥": ">=", "≠": "!=",
    "…": "...", "→": "->", "²": "**2", "³": "**3", **dict.fromkeys("´′‵", "'"), "″": '"', "∗": "*", "∕": "/", "⁄": "/",
}  # fmt: skip
_QUOTES = frozenset("“”„‟‘’‚‛«»‹›＂＇")
_STRANGE = re.compile(r"'(?P<sign>.)' \(U\+|non-printable character U\+(?P<code>[0-9A-F]+)")
_ENTITY = re.compile(r"&(?:lt|gt|amp|quot|nbsp|#\d+);")
_QUOTED = re.compile(r"\"[^\"]*\"|'[^']*'")
_FENCE = re.compile(r"^(?:```|~~~)", re.MULTILINE)
#: How a program begins: what stands above a fence is no text around a program then.
_PROGRAM = re.compile(r"^(?:import |from |def |class |@|[rbuf]?[\"']{3})", re.MULTILINE)
_NUMBERED = re.compile(r"^\s*(\d+)[:.|]?(?:\s|$)")
_MOST_PLACES = 5
_TABBED = re.compile(r"^ *\t[ \t]*(?=\S)")


def cause(raised: ProgramError, source: str) -> str:
    """A sentence on why a syntax error is there and what to do, where the text tells; else nothing.

    `source` is the program's text, of which the error's line is one.
    """
    line = raised.lines[-1].text if raised.lines else ""
    number = raised.lines[-1].number if raised.lines else 0
    known = (
        _conflict(line, number, source), _prompt(line), _numbered(number, source), _fenced(number, source),
        _sign(raised, number, source), _entity(line), _tabs(raised, source), older_syntax(raised), newer_syntax(raised),
    )  # fmt: skip
    return next(filter(None, known), "")


def newer_syntax(raised: ProgramError) -> str:
    """A sentence on a syntax error that a newer Python than ours would perhaps not have found."""
    ours, line = sys.version_info[:2], raised.lines[-1].text if raised.lines else ""
    for since, said, written, what in _NEWER:
        if ours < since and re.search(said, raised.message) and re.search(written, line):
            versions = {"ours": _version(ours), "since": _version(since)}
            return tr(
                "Programs run on Python {ours} here, and {what} came with Python {since}.", what=tr(what), **versions
            )
    return ""


def older_syntax(raised: ProgramError) -> str:
    """A sentence on what only Python 2 reads."""
    line = raised.lines[-1].text if raised.lines else ""
    marked = f"{line[: raised.column - 1]}\0{line[raised.column - 1 :]}"
    for said, written, now in _OLDER:
        if re.search(said, raised.message) and re.search(written, marked):
            ours = _version(sys.version_info[:2])
            return tr("That is Python 2. Programs run on Python {ours} here: write `{now}`.", ours=ours, now=now)
    return ""


def _conflict(line: str, number: int, source: str) -> str:
    if begins := merge_conflict.first_line(source, number):
        return merge_conflict.told(in_words(place(source, begins)))
    return tr("This line is left of a merge conflict of Git: delete it.") if merge_conflict.is_mark(line) else ""


def _prompt(line: str) -> str:
    if not _PROMPT.match(line):
        return ""
    return tr(
        "The prompt of an interactive session was copied, too: leave it out, in every line, and leave out what was"
        " answered."
    )


def _numbered(number: int, source: str) -> str:
    """Of lines that begin with their numbers, as a page or a listing shows them."""
    around = [(at, text) for at, text in _lines(source) if abs(at - number) < 3]
    first = [int(match[1]) - at for at, text in around if (match := _NUMBERED.match(text))]
    if len(first) < 3 or len(first) < len(around) or len(set(first)) != 1:
        return ""
    return tr("The numbers of lines were copied, too: leave them out, in every line.")


def _fenced(number: int, source: str) -> str:
    """Of a program in the middle of Markdown, as a chat or a report shows one."""
    fence = _FENCE.search(source)
    if fence is None:
        return ""
    if _PROGRAM.search(source, 0, fence.start()):
        left = any(at == number and _FENCE.match(text) for at, text in _lines(source))
        return tr("A line with {fence} is Markdown's: delete it.", fence=fence[0]) if left else ""
    at = source.count("\n", 0, fence.start()) + 1
    if number > at:
        return ""
    return tr(
        "This is Markdown around a program: keep only what stands between the lines with {fence}.", fence=fence[0]
    )


def _sign(raised: ProgramError, number: int, source: str) -> str:
    """Of a sign that is for print, or looks like a blank, or like nothing."""
    found = _STRANGE.search(raised.message)
    if found is None:
        return ""
    sign = found["sign"] or chr(int(found["code"], 16))
    if sign in _QUOTES:
        said = tr("These quotation marks are for print: in a program, write straight ones, \" or '.")
    elif found["code"] is not None:
        blank = unicodedata.category(sign) == "Zs"
        said = (
            tr("It looks like a blank, as web pages and documents have it: delete it, and type a blank.")
            if blank
            else tr("It can't be seen, and came in by copying: delete it, or type the line anew.")
        )
    elif written := _written(sign):
        said = tr("`{sign}` is for print: in a program, write `{written}`.", sign=sign, written=written)
    else:
        return ""
    return " ".join(filter(None, [said, _elsewhere(sign, number, source)]))


def _written(sign: str) -> str:
    """What a program has in a sign's place; empty if nothing is known."""
    wide = unicodedata.normalize("NFKC", sign)
    is_meant = not wide.isalnum() or unicodedata.name(sign, "").startswith("FULLWIDTH ")  # `²` is no 2
    return _FOR_PRINT.get(sign, wide if wide != sign and wide.isascii() and is_meant else "")


def _elsewhere(sign: str, number: int, source: str) -> str:
    """Where the same sign is in other lines: they are mended in one go."""
    lines = [at for at, text in _lines(source) if sign in text and at != number]
    if not lines:
        return ""
    return tr("The same sign is elsewhere: {places}.", places=_places(lines, source))


def _entity(line: str) -> str:
    entity = _ENTITY.search(_QUOTED.sub("", line))
    if entity is None:
        return ""
    return tr("`{entity}` is how a web page writes a sign: put the sign itself there.", entity=entity[0])


def _tabs(raised: ProgramError, source: str) -> str:
    """Of tabs among blanks at the start of lines, which look alike."""
    indented = [text for _, text in _lines(source) if text[:1] in (" ", "\t")]
    tabbed = [at for at, text in _lines(source) if _TABBED.match(text)]
    mixed = tabbed and any(text.startswith(" ") and not _TABBED.match(text) for text in indented)
    if not mixed or not re.search(
        r"inconsistent use of tabs|unindent does not match|unexpected indent", raised.message
    ):
        return ""
    return tr(
        "Some lines begin with tabs ({places}) and others with blanks: begin all with blanks. Most editors change that"
        " for the whole file.",
        places=_places(tabbed, source),
    )


def _places(lines: Sequence[int], source: str) -> str:
    """The first few of some lines, in words, and how many more there are."""
    more = [tr("and {n} more", n=len(lines) - _MOST_PLACES)] if len(lines) > _MOST_PLACES else []
    return " ".join([", ".join(in_words(place(source, at)) for at in lines[:_MOST_PLACES]), *more])


def _lines(source: str) -> list[tuple[int, str]]:
    """A text's lines with their numbers, as Python counts them."""
    return list(enumerate(re.split(r"\r\n|\r|\n", source), 1))


def _version(version: tuple[int, ...]) -> str:
    return ".".join(map(str, version))
