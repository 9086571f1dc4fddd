"""Templates as they were compiled by another process, in a folder that only this user can write to.

Compiling them takes longer than a dozen pages. It must not know what the templates say.
"""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path
from pickle import UnpicklingError

from jinja2.bccache import Bucket, BytecodeCache

from autograder import private_folder


class Compiled(BytecodeCache):
    """What Jinja2 keeps in `folder`: it compares each template's source, and the interpreter, before it believes it."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def load_bytecode(self, bucket: Bucket) -> None:
        with suppress(OSError, EOFError, UnpicklingError):  # it is compiled, then
            bucket.bytecode_from_string(private_folder.read(self._folder, bucket.key))

    def dump_bytecode(self, bucket: Bucket) -> None:
        with suppress(OSError):  # it is compiled anew next time
            private_folder.write(self._folder, bucket.key, bucket.bytecode_to_string())
