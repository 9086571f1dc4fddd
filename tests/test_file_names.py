"""A file of the engine is found by its name alone, as docs/style.md promises."""

from __future__ import annotations

from collections import defaultdict
from pathlib import Path

from tests.command import REPOSITORY

ENGINE = REPOSITORY / "autograder"


def _may_share_its_name(file: Path) -> bool:
    """Whether it is a command, named after what it shows, the other end of one thing, or a database's migrations."""
    folder = file.parent.relative_to(ENGINE)
    return folder == Path("cli") or folder.name == "inside" or file.name in ("__init__.py", "migrations.py")


def test_no_two_files_of_the_engine_have_one_name() -> None:
    found: dict[str, list[str]] = defaultdict(list)
    for file in sorted(ENGINE.rglob("*.py")):
        if not _may_share_its_name(file):
            found[file.name].append(str(file.relative_to(REPOSITORY)))
    assert len(found) > 300
    assert {name: files for name, files in found.items() if len(files) > 1} == {}
