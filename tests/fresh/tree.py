"""A copy of the tree as a clone has it: what git would keep, and no environment, cache or build of ours."""

from __future__ import annotations

import shutil
from collections.abc import Mapping
from pathlib import Path

from tests.command import REPOSITORY

_NOT_CLONED = shutil.ignore_patterns(".git", ".venv", "__pycache__", ".*_cache", ".hypothesis", "dist", "build")


def clone(folder: Path) -> Path:
    """Copies the tree to `folder`, readable by everybody; says where it is."""
    shutil.copytree(REPOSITORY, folder, ignore=_NOT_CLONED, symlinks=True)
    for place in (folder, *folder.rglob("*")):
        if not place.is_symlink():
            place.chmod(place.stat().st_mode | (0o555 if place.is_dir() else 0o444))
    return folder


def pip_environment(environment: Mapping[str, str]) -> dict[str, str]:
    """Of an environment, what tells pip and the network's tools where packages come from."""
    wanted = ("PIP_", "HTTP", "http", "NO_PROXY", "no_proxy", "SSL_", "REQUESTS_")
    return {name: value for name, value in environment.items() if name.startswith(wanted)}
