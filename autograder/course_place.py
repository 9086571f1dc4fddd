"""Where a course may be, and which language it names: what must be known before a word is said, `--help` included.

It imports nothing that takes time, and knows nothing of what else stands in course.yaml.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from pathlib import Path

from autograder.language import ENGLISH

MARK = "course.yaml"
VARIABLE = "GRADECHECK_COURSE"


def named(explicit: Path | None, environment: Mapping[str, str], cwd: Path) -> tuple[Path, str] | None:
    """Return the folder that --course or GRADECHECK_COURSE names, and which of them does; None where neither does."""
    if explicit is not None:
        place, said_by = explicit, "--course"
    elif environment.get(VARIABLE):
        place, said_by = Path(environment[VARIABLE]), VARIABLE
    else:
        return None
    place = cwd / place
    return (place.parent if place.name == MARK else place), said_by


def around(cwd: Path) -> Iterator[Path]:
    """Yield the folders in which a course is looked for where none is named: those above `cwd`, then the packaged."""
    yield from (cwd, *cwd.parents, *packaged_places())


def packaged_places() -> tuple[Path, Path]:
    """Return where the course that ships with the package can be: in the wheel, and in a checkout."""
    package = Path(__file__).resolve().parent
    return package / "_course", package.parent


def language_of(file: Path) -> str:
    """Return the language that course.yaml names, without reading the rest of it; English where that can't be told."""
    try:
        text = file.read_text(encoding="utf-8", errors="replace")
    except OSError:
        return ENGLISH
    found = re.search(r"^language:[ \t]*['\"]?([a-z]{2})\b", text, re.MULTILINE)
    return found[1] if found else ENGLISH


def language_around(explicit: Path | None, environment: Mapping[str, str], cwd: Path) -> str:
    """Return the language of the course that is named or around `cwd`; English where there is none."""
    chosen = named(explicit, environment, cwd)
    folders = [chosen[0]] if chosen is not None else around(cwd)
    file = next((folder / MARK for folder in folders if (folder / MARK).is_file()), None)
    return language_of(file) if file is not None else ENGLISH
