"""What stands in for things that have no place behind the wall: drawing, progress bars, a notebook's display.

They take every call and do nothing, so that a plot below a right function costs no points. They compute nothing, so no
program is right because of them.
"""

from __future__ import annotations

import builtins
import importlib.machinery
import sys
import types
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

#: Libraries that draw or show; what an exercise needs is imported before any program and is the library itself.
_LIBRARIES = (
    "matplotlib", "mpl_toolkits", "matplotlib_inline", "seaborn", "plotly", "bokeh", "altair", "tqdm", "IPython",
    "ipywidgets", "google.colab",
)  # fmt: skip


class Nothing:
    """Takes whatever is done with it, and gives itself."""

    def __init__(self, *arguments: Any, **keywords: Any) -> None:
        self._items: tuple[Nothing, ...] = ()

    def __call__(self, *arguments: Any, **keywords: Any) -> Nothing:
        return Nothing()

    __add__ = __radd__ = __sub__ = __rsub__ = __mul__ = __rmul__ = __truediv__ = __rtruediv__ = __neg__ = __call__

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        return _subplots if name == "subplots" else Nothing()

    def __getitem__(self, key: Any) -> Nothing:
        return self._items[key] if isinstance(key, int) and self._items else Nothing()

    def __setitem__(self, key: Any, value: Any) -> None: ...

    def __iter__(self) -> Iterator[Nothing]:
        return iter(self._items)

    def __len__(self) -> int:
        return len(self._items)

    def __bool__(self) -> bool:
        return True

    def __enter__(self) -> Nothing:
        return self

    def __exit__(self, *exception: object) -> None: ...


def _subplots(nrows: int = 1, ncols: int = 1, **keywords: Any) -> tuple[Nothing, Nothing]:
    """A figure and its axes, as many as there would be: they are often unpacked."""
    return Nothing(), _axes([side for side in (nrows, ncols) if side != 1])


def _axes(sides: Sequence[int]) -> Nothing:
    axes = Nothing()
    if sides:
        axes._items = tuple(_axes(sides[1:]) for _ in range(min(int(sides[0]), 100)))
    return axes


class Progress:
    """A progress bar: what it is wrapped around, and nothing shown."""

    def __init__(self, iterable: Iterable[Any] = (), *arguments: Any, **keywords: Any) -> None:
        self.iterable = iterable
        self.n, self.total = 0, keywords.get("total")

    def __iter__(self) -> Iterator[Any]:
        return iter(self.iterable)

    def __len__(self) -> int:
        return len(self.iterable)  # type: ignore[arg-type]

    def __enter__(self) -> Progress:
        return self

    def __exit__(self, *exception: object) -> None: ...

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        return Nothing()


def _trange(*arguments: int, **keywords: Any) -> Progress:
    return Progress(range(*arguments))


class _StandIn(types.ModuleType):
    """A module that has every name."""

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        if self.__name__.partition(".")[0] == "tqdm":
            return {"trange": _trange}.get(name, Progress)
        return _subplots if name == "subplots" else Nothing()


class _Finder:  # without its base in importlib.abc, whose import takes as long as that of all else in this room
    def find_spec(self, name: str, path: Any = None, target: Any = None) -> importlib.machinery.ModuleSpec | None:
        if not any(f"{name}.".startswith(f"{library}.") for library in _LIBRARIES) and name != "google":
            return None
        above = sys.modules.get(name.partition(".")[0])
        if above is not None and not isinstance(above, _StandIn):
            return None
        return importlib.machinery.ModuleSpec(name, self, is_package=True)  # type: ignore[arg-type]

    def create_module(self, spec: importlib.machinery.ModuleSpec) -> types.ModuleType:
        return _StandIn(spec.name)

    def exec_module(self, module: types.ModuleType) -> None: ...


def install() -> None:
    """Put them where a program looks: before the libraries' own places, and among the built-in names."""
    from autograder.sandbox.inside.notebook import shell

    sys.meta_path.insert(0, _Finder())
    extra: dict[str, Any] = {"get_ipython": lambda: shell, "display": _display, "exit": _exit, "quit": _exit}
    for name, value in extra.items():
        if not hasattr(builtins, name):
            setattr(builtins, name, value)


def _display(*values: Any, **keywords: Any) -> None:
    """A notebook's `display`: plain text will do."""
    for value in values:
        if not isinstance(value, Nothing):
            print(value)


def _exit(code: Any = None) -> None:
    """What Python adds to its names when a person sits in front of it."""
    raise SystemExit(code)
