"""What a program printed, made fit to read: each warning once, and what repeats itself line after line said once.

It must not know where it is shown.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from autograder.feedback.sanitize import visible
from autograder.language import tr, tr_n

#: Python's first line of a warning; the line of the program that it quotes stands below it, indented.
_WARNING = re.compile(r"\S.*:\d+: \w*Warning: ")
_LONGEST_BLOCK = 4  # lines that are taken for one when they come again and again


def folded(output: str, *, lines: int, width: int = 500) -> str:
    """Return a program's output, safe to show, in at most `lines` lines; what came again is counted."""
    rows = visible(output, lines=max(lines, len(output)), width=width).split("\n")
    return visible("\n".join(_without_repeats(_each_warning_once(rows))), lines=lines, width=width + 100)


def _each_warning_once(rows: Sequence[str]) -> list[str]:
    """A library warns at every call; what it says is the same."""
    warnings: list[tuple[str, ...]] = []
    kept: list[str | tuple[str, ...]] = []
    place = 0
    while place < len(rows):
        size = 1
        if _WARNING.match(rows[place]):
            size += place + 1 < len(rows) and rows[place + 1].startswith("  ")
            warning = tuple(rows[place : place + size])
            if warning not in warnings:
                kept.append(warning)
            warnings.append(warning)
        else:
            kept.append(rows[place])
        place += size
    times = Counter(warnings)
    return [row for each in kept for row in ([each] if isinstance(each, str) else [*each, *_again(times[each])])]


def _again(times: int) -> list[str]:
    return [f"[… {tr('this warning came {times} times', times=times)} …]"] if times > 1 else []


def _without_repeats(rows: Sequence[str]) -> list[str]:
    """Write a block of lines that follows itself at least twice once, with how often it came."""
    kept: list[str] = []
    place = 0
    while place < len(rows):
        size, times = _repeated(rows, place)
        kept += rows[place : place + size]
        if times > 2:
            said = tr_n(
                "the same line {times} times in all", "the same {n} lines {times} times in all", size, times=times
            )
            kept.append(f"[… {said} …]")
            place += size * times
        else:
            place += size
    return kept


def _repeated(rows: Sequence[str], place: int) -> tuple[int, int]:
    """Return how long the block is that begins here and how often it follows itself: one line, once, if it doesn't."""
    for size in range(1, _LONGEST_BLOCK + 1):
        block, times = rows[place : place + size], 1
        while rows[place + size * times : place + size * (times + 1)] == block:
            times += 1
        if times > 2:
            return size, times
    return 1, 1
