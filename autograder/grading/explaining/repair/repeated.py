"""The same slip made at several places: one kind of edit, made at each place that is like the others.

Three gates with `tanh` for `sigmoid` are one mistake. Each is put together of single edits; what comes of it is not
known here.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise

from autograder.grading.explaining.repair.change import Change, Text
from autograder.grading.explaining.repair.places import Place

_NAME = re.compile(r"[^\W\d]\w*")
#: An edit that costs more isn't one that people make again and again.
_LIKELY = 1.5
_MORE = 0.15
#: With so many places, all but one of them are tried too.
_FEW = range(3, 7)


def repeated(text: Text, edits: Iterable[tuple[Place, Change]]) -> Iterator[Change]:
    """Yield what several single edits of one kind are together: in all places that are alike, and in all but one."""
    groups: dict[tuple[str, ...], list[Change]] = {}
    for place, change in edits:
        if change.effort <= _LIKELY and len(change.splices) == 1:
            groups.setdefault(_kind(text, place, change), []).append(change)
    for alike in groups.values():
        if len(alike) > 1:
            yield from _together(alike)
            if len(alike) in _FEW:
                for left_out in range(len(alike)):
                    yield from _together([*alike[:left_out], *alike[left_out + 1 :]], _MORE)


def _together(changes: Sequence[Change], more: float = 0.0) -> Iterator[Change]:
    ordered = sorted(changes, key=lambda change: change.splices)
    if any(one.overlaps(other) for one, other in pairwise(ordered)):
        return
    lines = tuple(dict.fromkeys(change.line for change in ordered))
    splices = tuple(splice for change in ordered for splice in change.splices)
    effort = max(change.effort for change in ordered) + _MORE + more
    yield Change(splices, ordered[0].what, lines[0], ordered[-1].last_line, effort, lines)


def _kind(text: Text, place: Place, change: Change) -> tuple[str, ...]:
    """What an edit does and where: alike for `U_z.T` made `U_z` and `U_r.T` made `U_r`."""
    operation = type(getattr(place.parent, "op", None)).__name__
    around = type(place.parent).__name__, operation, place.role
    return *around, _shape(text.segment(place.node)), _shape(change.splices[0].text)


def _shape(code: str) -> str:
    return _NAME.sub(lambda match: _stem(match[0]), code)


def _stem(name: str) -> str:
    """A name without what tells it from its siblings: `W_*` of `W_z`, `W*` of `Wz` and of `W1`."""
    if "_" in name.strip("_"):
        return name.rpartition("_")[0] + "_*"
    if len(name) == 2 and name[0].isupper():
        return name[0] + "*"
    return name.rstrip("0123456789") + "*" * name[-1].isdigit()
