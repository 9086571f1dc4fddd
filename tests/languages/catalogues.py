"""The catalogues of the languages that gradecheck speaks: what is said, what is translated, what is read.

    python -m tests.languages.catalogues

collects what is said, keeps what is translated of it, and compiles. What is new has an empty translation then.
"""

from __future__ import annotations

import ast
import io
from collections.abc import Iterator
from datetime import UTC, datetime
from importlib import import_module
from pathlib import Path

import click
from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract, extract_from_dir
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

from autograder.cli import COMMANDS, help_texts, main
from autograder.jupyter import magics
from autograder.proof import scaffold
from tests.command import REPOSITORY

PACKAGE = REPOSITORY / "autograder"
LANGUAGES = ("es",)
_KEYWORDS = {"tr": None, "tr_n": (1, 2), "later": None}
#: What click says of a command line stands in these of its files.
_OF_CLICK = ("core.py", "decorators.py", "exceptions.py", "formatting.py", "parser.py", "types.py")
_HEADER = """\
# What gradecheck says to students. `make catalogues` adds what is new. The reader is addressed in the singular ("tú").
msgid ""
msgstr ""
"Project-Id-Version: gradecheck\\n"
"Language: {language}\\n"
"Plural-Forms: nplurals=2; plural=(n != 1);\\n"
"MIME-Version: 1.0\\n"
"Content-Type: text/plain; charset=utf-8\\n"
"Content-Transfer-Encoding: 8bit\\n"

"""


def said() -> Catalog:
    """Return all messages of the sources."""
    found = Catalog(charset="utf-8", fuzzy=False)
    for path in sorted(PACKAGE.rglob("*.py")):
        for call in calls(path):
            count = 2 if _name(call) == "tr_n" else 1
            words = [each.value for each in call.args[:count] if isinstance(each, ast.Constant)]
            if len(words) == count:
                found.add(tuple(words) if count == 2 else words[0])
    for _, _, message, *_ in extract_from_dir(PACKAGE, [("feedback/templates/**.html", "jinja2")], keywords=_KEYWORDS):
        found.add(message)
    for name in _OF_CLICK:
        with (Path(click.__file__).parent / name).open("rb") as source:
            for _, message, *_ in extract("python", source, keywords={"_": None, "ngettext": (1, 2)}):
                found.add(message)
    found.add("required")  # click looks it up by a name
    for command in commands():
        for text in help_texts.messages(command):
            found.add(text)
    for text in scaffold.messages():
        found.add(text)
    return found


def commands() -> Iterator[click.Command]:
    """Yield every command, and those of its groups."""
    yield main
    for name, (module, _) in COMMANDS.items():
        command = import_module(f"autograder.cli.{module}").command
        yield command
        if isinstance(command, click.Group):
            context = click.Context(command, info_name=name)
            yield from filter(None, (command.get_command(context, each) for each in command.list_commands(context)))
    yield from magics.DESCRIBED


def calls(path: Path) -> Iterator[ast.Call]:
    """Yield where a Python file says something, or keeps it to be said later; in f-strings too."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Call) and _name(node) in _KEYWORDS:
            yield node


def _name(call: ast.Call) -> str:
    return call.func.id if isinstance(call.func, ast.Name) else ""


def place(language: str, kind: str) -> Path:
    """Return where a catalogue is: `kind` is po, which people write, or mo, which gettext reads."""
    return PACKAGE / "locale" / language / "LC_MESSAGES" / f"gradecheck.{kind}"


def translated(language: str) -> Catalog:
    """Return what is translated."""
    with place(language, "po").open("rb") as file:
        return read_po(file)


def compiled(catalogue: Catalog) -> bytes:
    """Return a catalogue as gettext reads it."""
    catalogue.creation_date = catalogue.revision_date = datetime(2000, 1, 1, tzinfo=UTC)  # the same bytes every day
    buffer = io.BytesIO()
    write_mo(buffer, catalogue)
    return buffer.getvalue()


def renewed(language: str) -> Catalog:
    """Return the catalogue of what is said now, with the translations that there are."""
    before, new = translated(language), Catalog(charset="utf-8", fuzzy=False)
    for message in messages(said()):
        known = before.get(message.id if isinstance(message.id, str) else message.id[0])
        same = known is not None and known.id == message.id
        new.add(message.id, known.string if same and known else "", flags=message.flags)
    return new


def messages(catalogue: Catalog) -> Iterator[Message]:
    """Yield the messages of a catalogue, without its header."""
    return (message for message in catalogue if message.id)


def _write(language: str) -> None:
    buffer = io.BytesIO()
    write_po(buffer, renewed(language), width=120, sort_output=True, omit_header=True)
    place(language, "po").write_text(_HEADER.format(language=language) + buffer.getvalue().decode().lstrip("\n"))
    place(language, "mo").write_bytes(compiled(translated(language)))


if __name__ == "__main__":
    for each in LANGUAGES:
        _write(each)
