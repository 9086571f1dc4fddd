"""The libraries that programs may import and that not every installation has. Looking for one doesn't import it."""

from __future__ import annotations

import shlex
import sys
from collections.abc import Iterable
from importlib.util import find_spec

from autograder.misuse import Misuse

#: PyTorch's own index. The build for Linux in the public one brings CUDA along: 2.8 GB instead of 200 MB.
CPU_BUILDS = "https://download.pytorch.org/whl/cpu"


class LibraryMissing(Misuse):
    """A library that programs need isn't installed; the text says which, and how it is."""


def require(wanted_by: str, libraries: Iterable[str]) -> None:
    """Raise LibraryMissing for what isn't there; an exercise, say, is named as the one that wants it."""
    if "torch" not in libraries:
        return
    spec = find_spec("torch")
    if spec is None or spec.origin is None:
        raise LibraryMissing(
            f"{wanted_by} needs PyTorch, which isn't installed beside gradecheck: install it (its build for the CPU, "
            f"200 MB, is enough) with `{shlex.quote(sys.executable)} -m pip install torch --index-url {CPU_BUILDS}`."
        )
