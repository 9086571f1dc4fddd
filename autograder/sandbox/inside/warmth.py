"""What is imported before any program is loaded: numpy, torch, and the libraries that an exercise needs.

It must not know how the process came about.
"""

from __future__ import annotations

import importlib
import os
from collections.abc import Sequence
from enum import IntEnum


class Warmth(IntEnum):
    """How much is imported; each includes those before it.

    torch's compiler takes as long again as torch, and few programs need it.
    """

    NUMPY = 1
    TORCH = 2
    COMPILER = 3


def warm_up(warmth: Warmth, modules: Sequence[str]) -> None:
    """Import all that a worker needs; after it has given up its rights, an import costs more or fails.

    `modules`: those of other libraries.
    """
    import numpy.linalg
    import numpy.random  # noqa: F401

    from autograder.sandbox.inside import standins, worker  # noqa: F401

    if warmth >= Warmth.TORCH:
        import torch

        # A zygote that ever ran a multi-threaded OpenMP region would leave its forked children hanging.
        torch.set_num_threads(1)
        weight = torch.ones(2, 2, requires_grad=True)
        (weight @ weight).sum().backward()  # type: ignore[no-untyped-call]
    if warmth >= Warmth.COMPILER:
        _import_compiler()
    for name in modules:
        _import(name)
    standins.install()


def _import(name: str) -> None:
    """Import a library; what stands below it may be a function of its module, and no module."""
    try:
        importlib.import_module(name)
    except ImportError:
        if "." not in name:
            raise


def _import_compiler() -> None:
    """Import what `torch.optim`, `torch.func` and others import at their first use: torch._dynamo and its settings.

    While it is imported it asks for a temporary folder and makes a cache, though nothing is compiled here; there is no
    writable folder in the sandbox, so it is told of one and the making is left out.
    """
    import tempfile

    import torch

    make, tempfile.tempdir = os.makedirs, "/"
    os.environ["TORCHINDUCTOR_CACHE_DIR"] = "/"
    os.makedirs = lambda *arguments, **keywords: None
    try:
        torch.func.grad(lambda x: x.sum())(torch.ones(1))
        importlib.import_module("torch._inductor.config")  # which `torch.use_deterministic_algorithms` sets
        torch.optim.SGD([torch.ones(1, requires_grad=True)], lr=1.0).step()
        torch.use_deterministic_algorithms(True)
        torch.use_deterministic_algorithms(False)
    finally:
        os.makedirs = make
