"""Watching one call line by line: where the first NaN came up, and after which line a function ended without a value.

Slow, and only asked for when a call is put again to explain what it did. It must not know what is right.
"""

from __future__ import annotations

import contextlib
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from types import FrameType
from typing import Any

import numpy as np

_MOST_ELEMENTS = 1 << 20


@dataclass
class Seen:
    """Line numbers in the program's file; 0 where there is none.

    `nan` is the line that made the first NaN (not one that came in as an argument), unless that was gone again where it
    was made: the answer's is another one then, and nobody saw where it came from. `end` the last line that ran in
    the called function, if it returned None.
    """

    nan: int = 0
    end: int = 0


@contextlib.contextmanager
def tracing(filename: str) -> Iterator[Seen]:
    """Watch whatever runs inside of the program named `filename`."""
    tracer = _Tracer(filename)
    sys.settrace(tracer.enter)
    try:
        yield tracer.seen
    finally:
        sys.settrace(None)


@dataclass
class _Tracer:
    filename: str
    seen: Seen = field(default_factory=Seen)
    _depth: int = 0
    _made_nan: _Call | None = None

    def enter(self, frame: FrameType, event: str, argument: Any) -> Any:
        """Follow a call, if it is one of the program's own functions."""
        if frame.f_code.co_filename != self.filename:
            return None
        self._depth += 1
        return _Call(self, frame).step

    def looks_into(self, call: _Call) -> bool:
        """Whether a NaN among a call's variables, or none, would say anything new."""
        return self._made_nan is None or (self._made_nan is call and self.seen.nan > 0)

    def note(self, call: _Call, line: int, *, nan: bool) -> None:
        """Note whether a NaN is among a call's variables after a line."""
        if nan and self._made_nan is None:
            self.seen.nan, self._made_nan = line, call
        elif not nan and self._made_nan is call:
            self.seen.nan = 0

    def leave(self, line: int, value: Any) -> None:
        self._depth -= 1
        if self._depth == 0:
            self.seen.end = line if value is None else 0


class _Call:
    """One call of a function: after each line its variables are looked through."""

    def __init__(self, tracer: _Tracer, frame: FrameType) -> None:
        self._tracer = tracer
        self._line = frame.f_lineno
        self._came_in = {name for name, value in frame.f_locals.items() if _has_nan(value)}

    def step(self, frame: FrameType, event: str, argument: Any) -> Any:
        if event in ("line", "return") and self._tracer.looks_into(self):
            values = [value for name, value in frame.f_locals.items() if name not in self._came_in]
            self._tracer.note(self, self._line, nan=any(map(_has_nan, [*values, argument])))
        if event == "return":
            self._tracer.leave(frame.f_lineno, argument)
        self._line = frame.f_lineno
        return self.step


def _has_nan(value: Any) -> bool:
    if isinstance(value, float | complex | np.floating | np.complexfloating):
        return bool(value != value)
    if isinstance(value, np.ndarray):
        return value.dtype.kind in "fc" and value.size <= _MOST_ELEMENTS and bool(np.isnan(value).any())
    if isinstance(value, list | tuple):
        return any(map(_has_nan, value[:1000]))
    if isinstance(value, dict):
        return any(map(_has_nan, list(value.values())[:1000]))
    torch = sys.modules.get("torch")
    if torch is not None and isinstance(value, torch.Tensor):
        return value.is_floating_point() and value.numel() <= _MOST_ELEMENTS and bool(torch.isnan(value).any())
    return False
