"""Which of several definitions counts: a notebook that keeps each attempt has many, and one in a cell of text is none.

Only what is sure is said: nothing of a name that is bound otherwise too, or where what holds its last definition failed
or can't be read.
"""

from __future__ import annotations

import ast
import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator

from autograder.course.program_files import parsed
from autograder.grading.notebooks import in_text_cells
from autograder.grading.submission import Submission
from autograder.grading.unfinished import is_empty
from autograder.language import tr
from autograder.sandbox.cells import Cell, cells, place
from autograder.sandbox.failures import ProgramError, in_words
from autograder.several_files import files

_Definition = ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef
#: Lines that only IPython understands, and magics of a whole cell below which no Python of the program stands.
_ITS_LINES = re.compile(r"^[ \t]*(?:[!%?].*|[\w.]+\?{1,2}[ \t]*)$", re.MULTILINE)
_BINDS = r"\b(?:def|class)[ \t]+{0}\b|\b{0}[ \t]*(?::[^=\n]*)?=(?!=)|\bimport\b.*(?:\b{0}\b|\*)"
_OTHER_CELL = re.compile(r"\A\s*%%(?!(?:time|capture|prun)\b)")


def remarks(submission: Submission, names: Collection[str], stumbles: Iterable[ProgramError]) -> list[str]:
    """Say of each of these `names` what stands where it isn't run, and where several definitions are."""
    source = submission.source
    lost = in_text_cells(submission.data) if names and cells(source) else set()
    untold = [name for name in sorted(lost.intersection(names)) if not re.search(_BINDS.format(name), source, re.M)]
    return [
        *(
            tr("{name} is defined in a cell of text, and only code cells are run: make it a code cell.", name=name)
            for name in untold
        ),
        *_several(source, names, stumbles),
    ]


def _several(source: str, names: Collection[str], stumbles: Iterable[ProgramError]) -> list[str]:
    """Say of each of these `names` that has several definitions where the first and the last of them are."""
    pieces = [] if files(source) else cells(source) or [Cell(0, 1, source)]
    trees = [(piece, _tree(piece.text)) for piece in pieces if not _OTHER_CELL.match(piece.text)]
    found: dict[str, list[tuple[Cell, _Definition]]] = defaultdict(list)
    others: set[str] = set()
    for piece, tree in trees:
        if tree is None:
            return []
        for statement in tree.body:
            if isinstance(statement, _Definition) and not statement.decorator_list:
                found[statement.name].append((piece, statement))
            else:
                others.update(_bound(statement))
    failed = [stumble.lines[0].number if stumble.lines else 0 for stumble in stumbles]
    told = sorted(name for name in names if name not in others and "*" not in others)
    return [said for name in told if (said := _remark(source, name, found[name], failed))]


def _remark(source: str, name: str, found: list[tuple[Cell, _Definition]], failed: list[int]) -> str:
    """A remark on one name; nothing where there is only one version of it that anything stands in."""
    written = [each for each in found[:-1] if not is_empty(each[1])] + found[-1:]
    if len({ast.dump(definition) for _, definition in written}) < 2:
        return ""
    (first, one), (last, other) = written[0], written[-1]
    end = last.first_line + last.text.count("\n")
    if any(not line or last.first_line <= line <= end for line in failed):
        return ""
    lines = first.first_line + one.lineno - 1, last.first_line + other.lineno - 1
    begins, ends = (in_words(place(source, line)) for line in lines)
    return tr(
        "{name} is defined {n} times, first at {first}, and last at {last}: the last one counts.",
        name=name, n=len(written), first=begins, last=ends,
    )  # fmt: skip


def _tree(text: str) -> ast.Module | None:
    """A program's or a cell's tree, without lines that only IPython understands; None where it can't be read."""
    return parsed(text) or parsed(_ITS_LINES.sub("", text))


def _bound(statement: ast.stmt) -> Iterator[str]:
    """Yield every name that a statement may bind or delete; `*` for whatever a module has."""
    for node in ast.walk(statement):
        if isinstance(node, ast.Name) and not isinstance(node.ctx, ast.Load):
            yield node.id
        elif isinstance(node, _Definition):
            yield node.name
        elif isinstance(node, ast.Import | ast.ImportFrom):
            yield from (alias.asname or alias.name for alias in node.names)
