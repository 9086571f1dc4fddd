"""Other right programs for an exercise that is passed: the reference, and the one that is least like what is known.

Nothing of solutions/ may be read before it is sure that the student has passed, and that the course allows it.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from autograder.course.program_files import nodes_of
from autograder.language import tr

if TYPE_CHECKING:
    from autograder.course import Course, Exercise
    from autograder.feedback.html import OtherWay


#: A name short enough for a sentence, such as `np.linalg.norm`.
_DOTTED = r"[\w.]{1,40}"


def there(course: Course, exercise: Exercise) -> bool:
    """Whether there are other ways that a student who has passed may see."""
    reference = exercise.reference
    return course.shows_solutions and exercise.kind != "drill" and reference is not None and reference.exists()


def offered(course: Course, exercise: Exercise, yours: str) -> Sequence[OtherWay]:
    """Return the other ways where a student who has passed may see them, and none elsewhere."""
    return read(exercise, yours) if there(course, exercise) else ()


def read(exercise: Exercise, yours: str) -> list[OtherWay]:
    """Return the reference and, where there is one, a right program in another style; `yours` is the student's."""
    from autograder.feedback.html import OtherWay

    assert exercise.solution is not None
    assert exercise.reference is not None
    source = exercise.program(exercise.reference).source
    ways = [OtherWay(tr("The reference"), source, _differences(source, yours))]
    other = _another_style(exercise, exercise.solution / "accepted", [yours, source])
    if other is not None:
        text = exercise.program(other).source
        title = tr("Another way: {name}", name=other.stem.replace("_", " "))
        ways.append(OtherWay(title, text, _differences(text, yours)))
    return ways


def _differences(source: str, yours: str) -> str:
    """Say in Markdown what a program does that the student's doesn't, and the other way round; empty if nothing."""
    ideas, own = _ideas(source), _ideas(yours)
    new, missing = ideas - own, own - ideas
    if not yours or not new:
        return ""
    said = tr("Here, and not in yours: {names}.", names=", ".join(sorted(new)))
    return said + (" " + tr("In yours alone: {names}.", names=", ".join(sorted(missing))) if missing else "")


def _another_style(exercise: Exercise, folder: Path, known: Sequence[str]) -> Path | None:
    """Return the accepted program that is least like those that are shown already."""
    shown = [_shape(source) for source in known if source]

    from difflib import SequenceMatcher

    def alike(path: Path) -> float:
        shape = _shape(exercise.program(path).source)
        return max((SequenceMatcher(None, shape, other, autojunk=False).ratio() for other in shown), default=0.0)

    return min(exercise.programs(folder), key=alike, default=None)


def _shape(source: str) -> list[str]:
    """A program as the kinds of its parts, without its names and texts."""
    return [type(node).__name__ for node in nodes_of(source)]


def _ideas(source: str) -> set[str]:
    """What a program is made of, in the words that its author typed: the functions that it calls, loops, operators."""
    found = set()
    for node in nodes_of(source):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute | ast.Name):
            found.add(_name(node.func))
        elif isinstance(node, ast.For | ast.While):
            found.add(tr("a loop"))
        elif isinstance(node, ast.BinOp) and isinstance(node.op, ast.MatMult):
            found.add("`@`")
    return found


def _name(function: ast.Attribute | ast.Name) -> str:
    """A function as it is called, as code; a method of what is worked out on the spot, by its own name."""
    text = ast.unparse(function)
    name = function.id if isinstance(function, ast.Name) else function.attr
    return f"`{text if re.fullmatch(_DOTTED, text) else name}`"
