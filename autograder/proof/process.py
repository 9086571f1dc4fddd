"""One task in a process of its own: told in its first argument, its steps and findings told on standard output.

A line holding a dot is a step; the last line is the findings. Whoever reads them may end: so does this, at a next line.
"""

from __future__ import annotations

import os
import sys

import msgspec

from autograder.proof.findings import encode
from autograder.proof.jobs import Task, perform
from autograder.sandbox.layers import SandboxUnavailable

STEP = b".\n"


def main() -> None:
    """Perform the task of the command line."""
    results = os.dup(1)
    os.dup2(2, 1)  # what an author's check prints must not come among the results
    task = msgspec.json.decode(sys.argv[1], type=Task)
    try:
        findings = perform(task, lambda: _write(results, STEP))
    except SandboxUnavailable as unavailable:
        sys.exit(str(unavailable))
    _write(results, encode(findings) + b"\n")


def _write(descriptor: int, data: bytes) -> None:
    while data:
        data = data[os.write(descriptor, data) :]
