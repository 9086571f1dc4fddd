"""The modules that were handed in beside a program, by their texts: `import helpers` finds them before all others."""

from __future__ import annotations

import importlib.machinery
import linecache
import sys
import types
from collections.abc import Mapping
from typing import Any

from autograder.several_files import lines_of

_texts: dict[str, str] = {}


def install(texts: Mapping[str, str]) -> None:
    """Make modules importable; the text of a package stands under `name.__init__`."""
    _texts.update(texts)
    if _texts:
        _listen()


def module_of(path: str) -> str:
    """The name by which a program imports a file that it writes where it runs; empty if there is none."""
    name = path.strip("\"'").removeprefix("/content/").removeprefix("./")  # Colab's own folder
    stem = name.removesuffix(".py")
    return stem if stem != name and stem.isidentifier() else ""


def add(name: str, text: str) -> None:
    """A module that the program itself writes, as a notebook's `%%writefile helpers.py` does."""
    _texts[name] = text
    _listen()


def filename(name: str) -> str:
    """The name under which a module's lines are told: `tools/step.py`."""
    return f"{name.replace('.', '/')}.py"


def is_beside(file: str) -> bool:
    """Whether a file's name is that of one of these modules."""
    return file.removesuffix(".py").replace("/", ".") in _texts


class _Finder:  # see standins.py on its base
    def find_spec(self, name: str, path: Any = None, target: Any = None) -> importlib.machinery.ModuleSpec | None:
        is_package = f"{name}.__init__" in _texts or any(key.startswith(f"{name}.") for key in _texts)
        if name not in _texts and not is_package:
            return None
        return importlib.machinery.ModuleSpec(name, self, is_package=is_package)  # type: ignore[arg-type]

    def create_module(self, spec: importlib.machinery.ModuleSpec) -> types.ModuleType | None:
        return None

    def exec_module(self, module: types.ModuleType) -> None:
        name = module.__name__
        key = f"{name}.__init__" if f"{name}.__init__" in _texts else name
        text, file = _texts.get(key, ""), filename(key)
        module.__file__ = file
        linecache.cache[file] = (len(text), None, lines_of(text), file)
        exec(compile(text, file, "exec", dont_inherit=True), module.__dict__)


_finder = _Finder()


def _listen() -> None:
    if _finder not in sys.meta_path:
        sys.meta_path.insert(0, _finder)
