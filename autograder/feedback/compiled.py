"""Templates as they were compiled by another process, in folders that only this user can write to.

Compiling them takes longer than a dozen pages. It must not know what the templates say.
"""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path
from pickle import UnpicklingError

from jinja2.bccache import Bucket, BytecodeCache

from autograder import private_folder


class Compiled(BytecodeCache):
    """What Jinja2 keeps in the first of `folders` that takes it, or has it.

    It compares each template's source, and the interpreter, before it believes it.
    """

    def __init__(self, *folders: Path) -> None:
        self._folders = folders

    def load_bytecode(self, bucket: Bucket) -> None:
        for folder in self._folders:
            with suppress(OSError, EOFError, UnpicklingError):  # it is compiled, then
                bucket.bytecode_from_string(private_folder.read(folder, bucket.key))
            if bucket.code is not None:
                return

    def dump_bytecode(self, bucket: Bucket) -> None:
        for folder in self._folders:
            with suppress(OSError):  # it is compiled anew next time
                private_folder.write(folder, bucket.key, bucket.bytecode_to_string())
                return
