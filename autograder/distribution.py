"""Under which name this package is installed, and how what it lacks is added.

The command is `gradecheck` and the package `autograder`, but both names are other people's in the public index: an
install line of ours names the folder that this came in, and never a name to look up there.
"""

from __future__ import annotations

import sys

from autograder import shell_words
from autograder.language import tr

NAME = "gradecheck-course"


def version() -> str | None:
    """The installed version; None where this is run from its sources without being installed."""
    from importlib import metadata

    try:
        return metadata.version(NAME)
    except metadata.PackageNotFoundError:
        return None


def install(extra: str) -> str:
    """How an optional part is installed: the end of a sentence about what is missing."""
    command = f'{shell_words.program(sys.executable)} -m pip install ".[{extra}]"'
    return tr("in the folder that gradecheck was installed from, type {command}", command=command)
