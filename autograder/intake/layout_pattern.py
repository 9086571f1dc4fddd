"""A layout that an instructor gives as a pattern of paths: `{section}/{student}/{exercise}/*`, `{student}.py`.

`{student}` must be in it; `{section}`, `{exercise}` and `{attempt}` may be. `*` is what doesn't matter: within a name,
a name of its own, and at the end whatever lies below.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from autograder.intake.files import Entry, IntakeError
from autograder.intake.layout import HandedFile, Layout, Student
from autograder.language import tr

_PIECE = re.compile(r"\{(\w*)\}|(\*+)|([^{}*]+)")
_FIELDS = frozenset({"student", "section", "exercise", "attempt"})


def layout(pattern: str) -> Layout:
    """The layout of a pattern. Raises IntakeError if it is none."""
    parts = [part for part in pattern.split("/") if part]
    _refuse_faults(pattern)
    rest = parts[-1] in ("*", "**")
    names = [re.compile(_expression(part), re.DOTALL) for part in (parts[:-1] if rest else parts)]
    student_at = next(at for at, part in enumerate(parts) if "{student}" in part)

    def place(entry: Entry) -> Iterator[tuple[Student, HandedFile | None]]:
        named = min(len(entry.path), len(names))
        matches = [name.fullmatch(part) for name, part in zip(names, entry.path, strict=False)]
        if named <= student_at or not all(matches):
            return
        found = {key: value for match in matches if match is not None for key, value in match.groupdict().items()}
        complete = len(entry.path) > len(names) if rest else len(entry.path) == len(names)
        if complete or entry.is_folder:
            yield _student(found), _handed(entry, found, student_at, len(names))

    return Layout(tr("paths such as {pattern}", pattern=pattern), place)


def _student(found: dict[str, str]) -> Student:
    section = found.get("section", "")
    return Student(found["student"], found["student"], section=section)


def _handed(entry: Entry, found: dict[str, str], student_at: int, names: int) -> HandedFile:
    """The file, below a folder of its exercise where the pattern tells it."""
    below = entry.path[names:] or entry.path[-1:]
    exercise = (found["exercise"],) if "exercise" in found else ()
    digits = re.sub(r"\D", "", found.get("attempt", ""))
    is_name = student_at == len(entry.path) - 1
    return HandedFile(
        entry, (*exercise, *below), float(digits[:30] or 0), named_for_student=is_name, depth=len(exercise)
    )


def _expression(part: str) -> str:
    written = []
    for field, star, literal in _PIECE.findall(part):
        value = r"\d.*?" if field == "attempt" else ".+?"  # attempts are counted, or dated
        written.append(f"(?P<{field}>{value})" if field else ".*" if star else re.escape(literal))
    return "".join(written)


def _refuse_faults(pattern: str) -> None:
    fields = re.findall(r"\{(\w*)\}", pattern)
    unknown = [field for field in fields if field not in _FIELDS]
    if unknown or re.sub(r"\{\w*\}", "", pattern).strip("{}") != re.sub(r"\{\w*\}", "", pattern):
        raise IntakeError(
            tr(
                "--layout {pattern!r}: between braces stands one of {names}.",
                pattern=pattern,
                names=", ".join(sorted(_FIELDS)),
            )
        )
    if fields.count("student") != 1 or len(set(fields)) < len(fields):
        raise IntakeError(
            tr("--layout {pattern!r} must hold {{student}} once, and nothing else twice.", pattern=pattern)
        )
