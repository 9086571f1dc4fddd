"""What stands beside an exercise's checks: modules that they import by their plain names, each exercise its own.

Two exercises may each have a `samples.py`. While checks of one are read or run, its own modules are the ones that an
import finds; then they are put away, so that no other exercise in this process meets them.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from importlib.machinery import ModuleSpec, PathFinder
from pathlib import Path
from types import ModuleType, TracebackType

#: One that is there already is another exercise's. pytest finds these itself, and rewrites their asserts.
_IN_EVERY_FOLDER = frozenset({"checks", "conftest"})


class Beside:
    """A context in which the modules of one folder can be imported; it may be entered again, but not while entered.

    `programs` are names that aren't found here: the reference is asked behind the wall, and an exercise on queues that
    has a `queue.py` must not put it in the place of Python's own. No bytecode is left in the folder.
    """

    def __init__(self, folder: Path, programs: frozenset[str] = frozenset()) -> None:
        self._folder = folder.absolute()
        self._begins = f"{self._folder}{os.sep}"
        self._left_alone = programs | _IN_EVERY_FOLDER | sys.stdlib_module_names
        self._modules: dict[str, ModuleType] = {}
        self._put_away: dict[str, ModuleType] = {}
        self._known = 0
        self._writes = True

    def find_spec(
        self, fullname: str, path: Sequence[str] | None, target: ModuleType | None = None, /
    ) -> ModuleSpec | None:
        if path is not None or fullname in self._left_alone:
            return None
        return PathFinder.find_spec(fullname, [str(self._folder)])

    def __enter__(self) -> Beside:
        names = {*self._modules, *_IN_EVERY_FOLDER}
        self._put_away = {name: sys.modules.pop(name) for name in names if name in sys.modules}
        sys.modules.update(self._modules)
        sys.meta_path.insert(0, self)
        self._known = len(sys.modules)
        self._writes, sys.dont_write_bytecode = sys.dont_write_bytecode, True
        return self

    def __exit__(
        self, kind: type[BaseException] | None, problem: BaseException | None, traceback: TracebackType | None
    ) -> None:
        sys.dont_write_bytecode = self._writes
        sys.meta_path.remove(self)
        if len(sys.modules) != self._known:  # to look through thousands costs more than many a check
            self._modules = {name: module for name, module in list(sys.modules.items()) if self._holds(module)}
        for name in self._modules:
            sys.modules.pop(name, None)
        sys.modules.update(self._put_away)

    def _holds(self, module: ModuleType) -> bool:
        file = getattr(module, "__file__", None) or next(iter(getattr(module, "__path__", ())), None)
        return isinstance(file, str) and file.startswith(self._begins)
