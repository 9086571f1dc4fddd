"""The bytecode of our modules that are imported only where programs run: no process there may write any.

Without it each start would compile them anew, which takes longer than all else that is ours in it.
"""

from __future__ import annotations

import os
import sys
from contextlib import suppress
from importlib.util import cache_from_source
from pathlib import Path

_ROOM = Path(__file__).parent


def leave_bytecode(room: Path = _ROOM) -> None:
    """Compile what has changed since it was compiled, and keep it where Python itself would, if that can be written."""
    if sys.dont_write_bytecode:
        return
    with suppress(OSError):
        for file in room.glob("**/inside/*.py"):
            if not _is_compiled(file):
                import py_compile

                py_compile.compile(str(file))


def _is_compiled(file: Path) -> bool:
    try:
        return os.stat(cache_from_source(file)).st_mtime >= os.stat(file).st_mtime
    except FileNotFoundError:
        return False
