"""The project's documents as a test reads them: the commands in their fences, and what they quote.

A `console` fence holds `$ command` lines, each followed by what it prints; a `bash` fence holds commands alone. A line
that is only `…` stands for lines left out, and `…` within a line for a part of it; seconds may differ. A command exits
with 0 unless `# exits with 1` follows it. What stands below `$ cat > FILE` is typed, not printed.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from markdown_it import MarkdownIt
from markdown_it.token import Token

from tests.command import REPOSITORY

DOCUMENTS = sorted(
    file.relative_to(REPOSITORY).as_posix()
    for pattern in ("README.md", "CONTRIBUTING.md", "CHANGELOG.md", "docs/*.md")
    for file in REPOSITORY.glob(pattern)
)

_EXIT = re.compile(r"\s+#.*\bexits with (\d+)\b.*$")
_PROMPT = re.compile(r"^(?:Letters? \S+|Number)[^:]*: (.*)$")
_LEFT_OUT = "…"


@dataclass(frozen=True)
class Step:
    """One command of a document: where it stands, what it must print, and with which code it must exit."""

    place: str
    command: str
    quoted: tuple[str, ...]
    code: int

    @property
    def writes(self) -> bool:
        """Whether what stands below the command is typed into a file."""
        return self.command.startswith("cat > ")

    @property
    def typed(self) -> str:
        """What a person types: a file's lines, or an answer for every prompt of a quoted quiz."""
        if self.writes:
            return "".join(f"{line}\n" for line in self.quoted)
        answers = [found[1] for line in self.quoted if (found := _PROMPT.match(line))]
        return "".join(f"{answer}\n" for answer in answers)


@cache
def tokens(document: str) -> tuple[Token, ...]:
    """The document's Markdown, parsed."""
    parser = MarkdownIt("commonmark").enable("table")
    return tuple(parser.parse((REPOSITORY / document).read_text(encoding="utf-8")))


def inline(document: str) -> Iterator[Token]:
    """Every piece of running text, code and link outside the fences."""
    for token in tokens(document):
        yield from token.children or ()


def steps(document: str) -> list[Step]:
    """The commands of a document, in the order of the text."""
    return [
        step
        for token in tokens(document)
        if token.type == "fence" and token.info.strip() in ("console", "bash") and token.map
        for step in _steps(f"{document}:{token.map[0] + 1}", token.content.splitlines(), token.info.strip())
    ]


def _steps(place: str, lines: Sequence[str], kind: str) -> Iterator[Step]:
    commands: list[tuple[str, list[str]]] = []
    continued = False
    for line in lines:
        if continued:
            commands[-1] = (f"{commands[-1][0][:-1]}{line.strip()}", [])
        elif kind == "console" and not line.startswith("$ "):
            assert commands, f"{place}: a console block begins with `$ command`"
            commands[-1][1].append(line)
        elif line.strip() and not line.startswith("#"):
            commands.append((line.removeprefix("$ "), []))
        continued = bool(commands) and not commands[-1][1] and commands[-1][0].endswith("\\")
    for command, quoted in commands:
        claim = _EXIT.search(command)
        yield Step(place, command[: claim.start()] if claim else command, tuple(quoted), int(claim[1]) if claim else 0)


def has_commands(document: str) -> bool:
    """Whether it has a fence of commands."""
    return any(token.type == "fence" and token.info.strip() in ("console", "bash") for token in tokens(document))


def unprinted(quoted: Iterable[str], printed: Sequence[str]) -> str | None:
    """The first quoted line that isn't printed where it must be, or None. Lines follow each other unless left out."""
    rest = [line.rstrip() for line in printed if line.strip()]
    wanted = [line.rstrip() for line in quoted if line.strip()]
    free = False
    for line in wanted:
        if line.strip() == _LEFT_OUT:
            free = True
            continue
        pattern = _pattern(line)
        place = next((n for n, each in enumerate(rest if free else rest[:1]) if pattern.fullmatch(each)), None)
        if place is None:
            return line
        rest, free = rest[place + 1 :], False
    return None if free or not rest or not wanted else f"(the end; but {rest[0]!r} is printed too)"


def _pattern(line: str) -> re.Pattern[str]:
    """What a printed line must look like: as quoted, but for what is left out, and for how long something took."""
    exact = ".*".join(re.escape(part) for part in line.split(_LEFT_OUT))
    return re.compile(re.sub(r"\b\d+(?:\\\.\d+)?(?=\\ s\b)", r"[\\d.]+", exact))
