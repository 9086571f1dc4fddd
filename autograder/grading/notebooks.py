"""A notebook as a program: its code cells, one after the other.

A notebook is JSON, of which two fields a cell are wanted; so it is read by its fields, and what a validator would
refuse (a version written `4.0`, an output of no known kind) costs nobody their work. It is a stranger's: its size was
bounded before, and nothing of it is run here. What only IPython understands stays in: whoever runs a cell reads it. Our
own magics are left out, for they grade the program and are none of it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NoReturn

import msgspec

from autograder.course import merge_conflict
from autograder.language import tr
from autograder.sandbox.cells import joined
from autograder.sandbox.failures import in_words

SUFFIX = ".ipynb"
#: Pictures are kept in a notebook as text: a few dozen make more than this.
MAX_BYTES = 64 << 20
#: Our magics: a line that is nothing else, and the one above a cell of the program.
_OURS = re.compile(
    r"\A%%gradecheck\b.*|^%(?:gradecheck|hint|quiz|answer)\b.*|^%(?:re)?load_ext[ \t]+autograder[ \t]*$", re.MULTILINE
)

#: What a language is called in a notebook's metadata.
_LANGUAGE = re.compile(r"[\w+#.-]{1,20}")
#: A cell that writes a file of Python, and what a cell defines.
_WRITES = re.compile(r"\A\s*%%(?:write)?file[ \t]+(?:\./)?(?P<module>[^\W\d]\w*)\.py[ \t]*$", re.MULTILINE)
_FENCED = re.compile(r"^ {0,3}(```|~~~).*?(?:^ {0,3}\1|\Z)", re.MULTILINE | re.DOTALL)
_DEFINES = re.compile(r"^(?:async[ \t]+)?(?:def|class)[ \t]+(\w+)", re.MULTILINE)


class NoProgram(Exception):
    """There is no program in these bytes. The text goes on after the file's name, as one sentence."""


class _Cell(msgspec.Struct):
    cell_type: str = ""
    source: str | list[str] = ""
    input: str | list[str] = ""  # before version 4

    @property
    def text(self) -> str:
        text = self.source or self.input
        return text if isinstance(text, str) else "".join(text)


class _Worksheet(msgspec.Struct):
    cells: list[_Cell] = []


class _Kernel(msgspec.Struct):
    name: str | None = None
    language: str | None = None


class _Metadata(msgspec.Struct):
    kernelspec: _Kernel | None = None
    language_info: _Kernel | None = None

    @property
    def language(self) -> str:
        """The language of the cells, as far as one is told."""
        info, kernel = self.language_info or _Kernel(), self.kernelspec or _Kernel()
        told = info.name or kernel.language or ""
        return told if _LANGUAGE.fullmatch(told) else ""


class _Notebook(msgspec.Struct):
    cells: list[_Cell] = []
    worksheets: list[_Worksheet] = []  # before version 4
    metadata: _Metadata | None = None


def in_text_cells(data: bytes) -> set[str]:
    """What a notebook defines in cells of text, which nobody runs; an example in a block of Markdown is none."""
    try:
        notebook = _read(data.removeprefix(b"\xef\xbb\xbf"))
    except (msgspec.MsgspecError, ValueError, RecursionError, MemoryError):
        return set()
    texts = [cell.text for cell in notebook.cells if cell.cell_type in ("markdown", "raw")]
    return {name for text in texts for name in _DEFINES.findall(_FENCED.sub("", text))}


def program(data: bytes) -> str:
    """The text of a notebook's code cells. Raises NoProgram."""
    try:
        notebook = _read(data.removeprefix(b"\xef\xbb\xbf"))
    except (msgspec.MsgspecError, ValueError, RecursionError, MemoryError):
        if begins := merge_conflict.first_line(data.decode("utf-8", "replace")):
            told = merge_conflict.told(in_words(f"line {begins}"))
            raise NoProgram(tr("is not a notebook that can be read.") + f" {told}") from None
        raise NoProgram(tr("is not a notebook that can be read. Export it as .py and hand that in.")) from None
    cells = [*notebook.cells, *(cell for sheet in notebook.worksheets for cell in sheet.cells)]
    texts = [cell.text.encode("utf-8", "replace").decode() for cell in cells if cell.cell_type == "code"]
    code = _with_written([_OURS.sub("", text) for text in texts])
    language = (notebook.metadata or _Metadata()).language
    if not any(cell.strip() for cell in code):
        _refuse_empty(cells)
    if language and "python" not in language.casefold() and not any(map(_DEFINES.search, code)):
        raise NoProgram(tr("is a notebook in {language}. Write it in Python.", language=language))
    return joined(code)


def _refuse_empty(cells: Sequence[_Cell]) -> NoReturn:
    """Raise NoProgram for cells of which none has code, and say if it stands where nobody runs it."""
    if any(_DEFINES.search(cell.text) for cell in cells if cell.cell_type != "code"):
        said = tr("has its program in cells of text, which are not run. Make code cells of them.")
    elif any(cell.cell_type == "code" for cell in cells):
        said = tr("has nothing in its code cells. Write your program in them, then hand it in again.")
    else:
        said = tr("has no code cells. Write your program in it, then hand it in again.")
    raise NoProgram(said)


def _with_written(cells: list[str]) -> list[str]:
    """The cells, each that writes what no other imports or defines as if it were run: that file is the program."""
    read = []
    for at, cell in enumerate(cells):
        written, others = _WRITES.match(cell), [*cells[:at], *cells[at + 1 :]]
        if written:
            used = re.compile(rf"\b(?:import|from)[ \t]+{written['module']}\b")
            defined = {name for other in others for name in _DEFINES.findall(other)}
            if defined.isdisjoint(_DEFINES.findall(cell)) and not any(map(used.search, others)):
                cell = _WRITES.sub("", cell)
        read.append(cell)
    return read


def is_program(data: bytes) -> bool:
    """Whether bytes under a notebook's name are a program's: something is defined at the start of a line."""
    return not data.lstrip().startswith((b"{", b"[")) and _DEFINES.search(data.decode("utf-8", "replace")) is not None


def looks_so(data: bytes) -> bool:
    """Whether bytes are a notebook's under another name: the start of a JSON object, and a field that each has."""
    return (
        data.removeprefix(b"\xef\xbb\xbf").lstrip().startswith(b"{")
        and re.search(rb'"(?:cell_type|nbformat)"\s*:', data) is not None
    )


def _read(data: bytes) -> _Notebook:
    try:
        return msgspec.json.decode(data, type=_Notebook)
    except msgspec.ValidationError:
        raise
    except msgspec.DecodeError:  # half an emoji is no text to msgspec, and is one to Python's own reader
        import json

        return msgspec.convert(json.loads(data), type=_Notebook)
