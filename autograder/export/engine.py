"""Our own package as files to hand out: its sources, what it needs, and a project file that installs it from a folder.

What it needs is read from its installation. It must not know into what it is packed.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, metadata, requires
from pathlib import Path

import autograder
from autograder import distribution
from autograder.export.bundle import BundledFile, Refused, tree
from autograder.language import tr

_PACKAGE = Path(autograder.__file__).parent
_LAUNCHER = "gradecheck_course.py"
_REQUIREMENT = re.compile(r"(?P<name>[A-Za-z0-9._-]+)(?P<versions>[^;]*)(?:;(?P<marker>.*))?")
_EXTRA = re.compile(r"(?:\band\s+)?\bextra\s*==\s*['\"](?P<name>[^'\"]+)['\"]")
_PROJECT = """\
[build-system]
requires = ["hatchling>=1.27"]
build-backend = "hatchling.build"

[project]
name = {name}
version = {version}
description = {summary}
requires-python = {python}
dependencies = {needed}

[project.optional-dependencies]
{optional}

[project.scripts]
gradecheck = "gradecheck_course:main"

[tool.hatch.build]
ignore-vcs = true

[tool.hatch.build.targets.wheel]
packages = ["autograder", "{launcher}"]

[tool.hatch.build.targets.wheel.force-include]
{course}
"""


@dataclass(frozen=True)
class Requirement:
    """One package that ours needs: where `marker` holds, and only with `extra` if there is one."""

    name: str
    versions: str
    marker: str
    extra: str

    def __str__(self) -> str:
        return f"{self.name}{self.versions}" + (f"; {self.marker}" if self.marker else "")


def package(below: str) -> Iterator[BundledFile]:
    """Our package; an installed one has the course that ships with it beside its code, which stays out."""
    packed = tree(_PACKAGE, f"{below}autograder")
    return (file for file in packed if not file.path.startswith(f"{below}autograder/_course/"))


def project(course: Iterable[str]) -> Iterator[BundledFile]:
    """What makes a folder with our package, and these files and folders of a course, one that pip installs."""
    yield BundledFile(_LAUNCHER, (_PACKAGE.parent / _LAUNCHER).read_bytes())
    needed = requirements()
    extras = sorted({each.extra for each in needed} - {"", "dev"})
    about = metadata(distribution.NAME)
    text = _PROJECT.format(
        name=json.dumps(distribution.NAME),
        version=json.dumps(about["Version"]),
        summary=json.dumps("A course, and gradecheck, which grades it"),
        python=json.dumps(about["Requires-Python"]),
        needed=_array(needed, ""),
        optional="\n".join(f"{extra} = {_array(needed, extra)}" for extra in extras),
        launcher=_LAUNCHER,
        course="\n".join(f'"{part}" = "autograder/_course/{part}"' for part in course),
    )
    yield BundledFile.of_text("pyproject.toml", text)


def requirements() -> list[Requirement]:
    """All that our installation declares. Raises Refused where it isn't installed."""
    try:
        declared = requires(distribution.NAME) or []
    except PackageNotFoundError as error:
        said = tr("gradecheck isn't installed here: `pip install .` in its checkout, then try again.")
        raise Refused(said) from error
    return [_parsed(line) for line in declared]


def _parsed(line: str) -> Requirement:
    found = _REQUIREMENT.fullmatch(line)
    assert found is not None, line
    marker = found["marker"] or ""
    extra = _EXTRA.search(marker)
    return Requirement(
        found["name"], found["versions"].strip(), _EXTRA.sub("", marker).strip(), extra["name"] if extra else ""
    )


def _array(requirements: Iterable[Requirement], extra: str) -> str:
    return json.dumps([str(each) for each in requirements if each.extra == extra])
