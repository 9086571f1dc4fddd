"""GIFT, Moodle's plain-text format: questions between empty lines, answers in braces.

A backslash before one of `~ = # { } : \\` makes that plain, and before an `n` it is a line break.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import partial

from autograder.bank.foreign_questions import Answer, ForeignQuestion, Found, Kind, Tell, markdown, number_in
from autograder.language import tr

#: Makes Markdown of a part of the file.
Words = Callable[[str], str]
_TITLE = re.compile(r"\s*::(.*?)::", re.DOTALL)
_FORM = re.compile(r"\s*\[(html|moodle|plain|markdown)\]")
_WEIGHT = re.compile(r"\s*%(-?[\d.]+)%")
_TRUE = re.compile(r"\s*(T|F|TRUE|FALSE)\b", re.IGNORECASE)
#: Stand for what was escaped while the text is taken apart: code points that no text has.
_ESCAPED = {each: chr(0xE000 + place) for place, each in enumerate("~=#{}:\\\n")}
_PLAIN = str.maketrans({mark: each for each, mark in _ESCAPED.items()})


def read(text: str) -> Found:
    """Return the questions of a GIFT file, and what of it can't be taken over."""
    found = Found()
    for line, block in _blocks(text):
        found.take(line, partial(_question, line, _marked(block)))
    return found


def _blocks(text: str) -> Iterator[tuple[int, str]]:
    """Yield each question with its line; comments and categories are none."""
    lines: list[str] = []
    begins = 1
    for number, line in enumerate([*text.replace("\r\n", "\n").split("\n"), ""], start=1):
        if line.lstrip().startswith("//") or line.startswith("$CATEGORY:"):
            continue
        if line.strip():
            begins = number if not lines else begins
            lines.append(line)
        elif lines:
            yield begins, "\n".join(lines)
            lines = []


def _marked(text: str) -> str:
    marked = re.sub(r"\\n", _ESCAPED["\n"], re.sub(r"\\\\", _ESCAPED["\\"], text))
    return re.sub(r"\\([~=#{}:])", lambda found: _ESCAPED[found[1]], marked)


def _plain(text: str) -> str:
    return text.translate(_PLAIN)


def _question(line: int, text: str, tell: Tell) -> ForeignQuestion:
    """Raises ValueError where it isn't one that can be asked here."""
    title = _TITLE.match(text)
    text = text[title.end() :] if title else text
    form = _FORM.match(text)
    text = text[form.end() :] if form else text
    before, brace, rest = text.partition("{")
    inside, closed, after = rest.partition("}")
    if not brace or not closed:
        raise ValueError(tr("it has no answers in braces"))
    if "{" in after:  # the next question's: its answers would be lost in this one's words
        raise ValueError(
            tr("another brace opens after its answers; put an empty line between two questions, and \\ before a brace")
        )
    html = form is not None and form[1] == "html"

    def words(part: str) -> str:
        return markdown(_plain(part).strip(), tell, html=html)

    body, _, general = inside.partition("####")
    stem = words(f"{before} _____ {after}" if after.strip() else before)
    name = _plain(title[1]).strip() if title else stem[:60]
    kind, answers = _answers(body, words)
    question = ForeignQuestion(line, kind, name, stem, answers, words(general))
    question.hold_to_one_key(tell)
    return question


def _answers(body: str, words: Words) -> tuple[Kind, list[Answer]]:
    if not body.strip():
        raise ValueError(tr("its answer is an essay"))
    if (truth := _TRUE.match(body)) and not re.search(r"[~=]", body):
        return _truth(truth[1], body, words)
    if body.lstrip().startswith("#"):
        return "number", [_number(part, words) for part in _parts(body.lstrip()[1:])]
    parts = _parts(body)
    right = [part for sign, part in parts if sign == "="]
    if right and all("->" in part for part in right):
        return "matching", [_pair(part, words) for part in right]
    answers = [_choice(sign, part, words) for sign, part in parts]
    if all(sign == "=" for sign, _ in parts):
        for answer in answers:
            answer.text = answer.text.strip()
        return "text", answers
    return ("single" if any(sign == "=" for sign, _ in parts) else "multiple"), answers


def _truth(word: str, body: str, words: Words) -> tuple[Kind, list[Answer]]:
    wrong, _, _right = body.partition("#")[2].partition("#")
    key = word.upper().startswith("T")
    answers = [Answer("true", float(key)), Answer("false", float(not key))]
    answers[1 if key else 0].feedback = words(wrong)
    return "truefalse", answers


def _parts(body: str) -> list[tuple[str, str]]:
    """Part the answers at `=` and `~`; one without a sign is the first number."""
    found = re.findall(r"([=~])([^=~]*)", body)
    return found or [("=", body)]


def _weighed(sign: str, part: str) -> tuple[float, str]:
    weight = _WEIGHT.match(part)
    if weight:
        return number_in(weight[1]) / 100, part[weight.end() :]
    return (1.0 if sign == "=" else 0.0), part


def _choice(sign: str, part: str, words: Words) -> Answer:
    share, rest = _weighed(sign, part)
    text, _, feedback = rest.partition("#")
    return Answer(words(text), share, words(feedback))


def _pair(part: str, words: Words) -> Answer:
    left, _, right = part.partition("->")
    return Answer(words(left), 1.0, partner=words(right.partition("#")[0]))


def _number(signed: tuple[str, str], words: Words) -> Answer:
    share, rest = _weighed(*signed)
    text, _, feedback = rest.partition("#")
    low, between, high = text.partition("..")
    if between:
        ends = number_in(low), number_in(high)
        middle, tolerance = sum(ends) / 2, abs(ends[1] - ends[0]) / 2
    else:
        number, _, margin = text.partition(":")
        middle, tolerance = number_in(number), number_in(margin or "0")
    return Answer(repr(middle), share, words(feedback), tolerance)
