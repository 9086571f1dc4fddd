"""What a batch shows while it runs: a bar in a terminal, else a line now and then; one line a problem in both.

All of it goes to standard error; standard output is for results. It must not change what is graded or when.
"""

from __future__ import annotations

import json
import time
from collections import deque
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

import msgspec

from autograder.feedback.sanitize import one_line
from autograder.gradebook.explanation import STATUSES
from autograder.gradebook.rows import Result
from autograder.language import decimal, tr

if TYPE_CHECKING:
    from rich.console import Console

#: Seconds of grading after which a submission is called slow, between two lines, and over which the rate is taken.
_SLOW, _BETWEEN_LINES, _RECENTLY = 5.0, 10.0, 30.0


def problem_line(result: Result, note: str) -> str | None:
    """Return what the instructor should know of a row, in one line; None if there is nothing to say."""
    said = [note] if note else []
    if result.status != "graded" and not said and not result.remarks:
        said.append(f"{tr(STATUSES[result.status])}.")
    said += [tr("Handed in late.")] if result.late else []
    sentences = [*said, *result.remarks]
    if not sentences:
        return None
    where = f"{one_line(result.student, width=60)}, {result.exercise}"
    status = "" if result.status == "graded" else f"{tr(STATUSES[result.status])}: "
    return f"{where}: {status}{one_line(' '.join(' '.join(sentences).split()), width=600)}"


class Pace:
    """How many rows are done, how fast it went lately, and how long the rest will take."""

    def __init__(self, total: int, clock: Callable[[], float] = time.monotonic) -> None:
        self.total, self.done, self._clock = total, 0, clock
        self._recent: deque[tuple[float, int]] = deque([(clock(), 0)])

    def step(self) -> None:
        self.done += 1
        now = self._clock()
        if now - self._recent[-1][0] >= 1.0:
            self._recent.append((now, self.done))
            while len(self._recent) > 2 and now - self._recent[0][0] > _RECENTLY:
                self._recent.popleft()

    def __str__(self) -> str:
        start, done = self._recent[0]
        seconds = self._clock() - start
        rate = (self.done - done) / seconds if seconds > 0 else 0.0
        text = tr("{done:,} of {total:,}", done=self.done, total=self.total)
        if rate <= 0:
            return text
        left = _duration((self.total - self.done) / rate)
        return f"{text}, " + tr("{rate:,} a minute, {duration} left", rate=round(60 * rate), duration=left)


class Lines:
    """Plain lines, for where there is no terminal."""

    def __init__(self, total: int, say: Callable[[str], None]) -> None:
        self._pace, self._say = Pace(total), say
        self._last = time.monotonic()

    def note(self, sentence: str) -> None:
        self._say(one_line(sentence, width=600))

    def row(self, result: Result, note: str) -> None:
        self._pace.step()
        line = problem_line(result, note)
        if line is not None:
            self._say(line)

    def unchanged(self, result: Result) -> None:
        self._pace.step()

    def working(self, slowest: Sequence[tuple[str, str, float]]) -> None:
        if time.monotonic() - self._last >= _BETWEEN_LINES:
            self._last = time.monotonic()
            self._say(f"{self._pace}{_slow(slowest)}.")


class Bar(Lines):
    """A bar at the bottom of a terminal; lines scroll above it."""

    def __init__(self, total: int, console: Console, spelt: Callable[[str], str]) -> None:
        from rich.progress import BarColumn, Progress, TextColumn

        super().__init__(total, self._print)
        self._spelt = spelt
        columns = (BarColumn(bar_width=24), TextColumn("{task.fields[pace]}", markup=False))
        self._progress = Progress(*columns, console=console, transient=True, refresh_per_second=4)
        self._bar = self._progress.add_task("", total=total, pace="")

    def working(self, slowest: Sequence[tuple[str, str, float]]) -> None:
        pace = self._spelt(f"{self._pace}{_slow(slowest)}")
        self._progress.update(self._bar, completed=self._pace.done, pace=pace)

    def _print(self, line: str) -> None:
        self._progress.console.print(self._spelt(line), markup=False, highlight=False, emoji=False)

    def __enter__(self) -> Bar:
        self._progress.start()
        return self

    def __exit__(self, *exception: object) -> None:
        self._progress.stop()


def _slow(slowest: Sequence[tuple[str, str, float]]) -> str:
    slow = [(student, exercise, seconds) for student, exercise, seconds in slowest if seconds >= _SLOW]
    if not slow:
        return ""
    student, exercise, seconds = slow[0]
    first = f"{one_line(student, width=40)} ({exercise}, {seconds:.0f} s)"
    if len(slow) == 1:
        return "; " + tr("slow: {first}", first=first)
    return "; " + tr("slow: {first} and {n} more", first=first, n=len(slow) - 1)


def _duration(seconds: float) -> str:
    if seconds < 90:
        return f"{seconds:.0f} s"
    return f"{seconds / 60:.0f} min" if seconds < 5400 else decimal(f"{seconds / 3600:.1f} h")


class JsonLines:
    """One JSON object a line for every row that is graded, besides what `display` shows."""

    def __init__(self, display: Lines, write: Callable[[str], None]) -> None:
        self._display, self._write = display, write
        self.note, self.unchanged, self.working = display.note, display.unchanged, display.working

    def row(self, result: Result, note: str) -> None:
        # JSON's own escapes keep a student's name from steering a terminal.
        self._write(json.dumps({"schema": 1, "type": "result", **msgspec.structs.asdict(result), "note": note}))
        self._display.row(result, note)
