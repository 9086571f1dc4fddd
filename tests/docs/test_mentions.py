"""What the documents name exists: links, headings, files, commands and flags; and every command is in some document."""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from urllib.parse import urlsplit

import click
import pytest

from autograder.cli import main
from tests.docs.reading import DOCUMENTS, REPOSITORY, inline, steps, tokens

_TREE = ("autograder", "benchmarks", "docs", "exercises", "quizzes", "solutions", "tests")
_PATH = re.compile(rf"(?:{'|'.join(_TREE)})/[\w./*-]*|[\w/*-]+\.(?:py|toml|md)|course\.yaml|Makefile|constraints\.txt")
#: Files that a document speaks of and that are not in the tree, and why.
NOT_THERE = {
    "my_try.py": "a student's own file",
    "tanh_jacobian (1).py": "a file that came again",
    "BELIEF--variant.py": "an example of a name",
    "quizzes/es/NAME.yaml": "an example of a name",
    "leaky-step/leaky_step.py": "made by the commands of the text",
}


@pytest.mark.parametrize("document", DOCUMENTS)
def test_links_lead_somewhere(document: str) -> None:
    wrong = [target for target in _links(document) if not _leads_somewhere(document, target)]
    assert not wrong


@pytest.mark.parametrize("document", DOCUMENTS)
def test_files_named_exist(document: str) -> None:
    named = {token.content for token in inline(document) if token.type == "code_inline"}
    paths = {name for name in named if _PATH.fullmatch(name)} - set(NOT_THERE)
    wrong = sorted(path for path in paths if not _exists(path))
    assert not wrong


@pytest.mark.parametrize("document", DOCUMENTS)
def test_commands_named_exist_with_their_flags(document: str) -> None:
    wrong = [said for said in _said(document) if not _is_command(said)]
    assert not wrong


def test_every_command_is_in_some_document() -> None:
    said = {words[1] for document in DOCUMENTS for each in _said(document) if len(words := _words(each)) > 1}
    context = click.Context(main)
    assert set(main.list_commands(context)) <= said


def test_every_export_is_in_the_instructors_page() -> None:
    text = (REPOSITORY / "docs/instructors.md").read_text(encoding="utf-8")
    context = click.Context(main)
    export = main.get_command(context, "export")
    assert isinstance(export, click.Group)
    assert [name for name in export.list_commands(context) if f"`{name}`" not in text] == []


def _links(document: str) -> Iterator[str]:
    for token in inline(document):
        target = token.attrGet("href") or token.attrGet("src")
        if isinstance(target, str) and not urlsplit(target).scheme:
            yield target


def _leads_somewhere(document: str, target: str) -> bool:
    path, _, heading = target.partition("#")
    file = (REPOSITORY / document).parent / path if path else REPOSITORY / document
    if not file.exists():
        return False
    return not heading or heading in _headings(file.resolve().relative_to(REPOSITORY).as_posix())


def _headings(document: str) -> set[str]:
    """The anchors that a page gets: the words of its headings in lower case, joined by hyphens."""
    found = tokens(document)
    texts = [found[n + 1].content for n, token in enumerate(found) if token.type == "heading_open"]
    return {re.sub(r"\s", "-", re.sub(r"[^\w\s-]", "", text.lower())) for text in texts}


def _exists(name: str) -> bool:
    """Whether the tree has it. A room of the engine may stand without `autograder/`; a word in capitals is any name."""
    if "/" in name:
        name = re.sub(r"\b[A-Z]{2,}\b", "*", name)
        return any(next(folder.glob(name.rstrip("/")), None) for folder in (REPOSITORY, REPOSITORY / "autograder"))
    return (REPOSITORY / name).exists() or name in _file_names()


@cache
def _file_names() -> frozenset[str]:
    return frozenset(file.name for folder in _TREE for file in (REPOSITORY / folder).rglob("*.*"))


def _said(document: str) -> Iterator[str]:
    """Every gradecheck command line of a document, in fences and in running text."""
    for token in inline(document):
        if token.type == "code_inline" and token.content.startswith("gradecheck "):
            yield token.content
    for step in steps(document):
        yield from re.findall(r"(?:^|[|(]\s*|\d=\S+ )(gradecheck [^|)&;>]+)", step.command)


def _words(command: str) -> list[str]:
    return [word for word in shlex.split(command, comments=True) if word != "…"]


def _is_command(said: str) -> bool:
    """Whether the command is there and takes each flag; `--course DIR` and the like may stand before it."""
    command: click.Command = main
    for word in _words(said)[1:]:
        if word.startswith("-") and not any(word.partition("=")[0] in param.opts for param in command.params):
            return word in ("--help", "-h")
        if isinstance(command, click.Group) and not word.startswith("-") and not Path(word).is_dir():
            found = command.get_command(click.Context(command), word)
            if found is None:
                return word.isupper()
            command = found
    return True
