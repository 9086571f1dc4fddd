"""What a proof shows while it runs: a bar in a terminal, else a line for every task that is done.

It must not change what is proved or when.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from autograder.proof.findings import Findings
from autograder.proof.jobs import Task

if TYPE_CHECKING:
    from rich.console import Console


class Lines:
    """Plain lines, for where there is no terminal."""

    def __init__(self, say: Callable[[str], None]) -> None:
        self._say, self._total, self._done = say, 0, 0

    def begin(self, tasks: Sequence[Task]) -> None:
        self._total = sum(task.steps for task in tasks)

    def step(self, task: Task) -> None:
        """A line for every program would be too many."""

    def end(self, task: Task, findings: Findings) -> None:
        self._done += task.steps
        self._say(f"{self._done} of {self._total}: {_outcome(task, findings)}")

    def __enter__(self) -> Lines:
        return self

    def __exit__(self, *exception: object) -> None:
        """Nothing is left to clean up."""


class Bar:
    """A bar at the bottom of a terminal; what failed is told above it."""

    def __init__(self, console: Console) -> None:
        from rich.progress import BarColumn, MofNCompleteColumn, Progress, TimeRemainingColumn

        columns = (BarColumn(bar_width=24), MofNCompleteColumn(), TimeRemainingColumn())
        self._progress = Progress(*columns, console=console, transient=True, refresh_per_second=4)
        self._bar = self._progress.add_task("", total=None)
        self._told: dict[Task, int] = {}

    def begin(self, tasks: Sequence[Task]) -> None:
        self._progress.update(self._bar, total=sum(task.steps for task in tasks))

    def step(self, task: Task) -> None:
        self._told[task] = self._told.get(task, 0) + 1
        self._progress.advance(self._bar)

    def end(self, task: Task, findings: Findings) -> None:
        self._progress.advance(self._bar, task.steps - self._told.get(task, 0))
        if findings.problems:
            self._progress.console.print(_outcome(task, findings))

    def __enter__(self) -> Bar:
        self._progress.start()
        return self

    def __exit__(self, *exception: object) -> None:
        self._progress.stop()


def _outcome(task: Task, findings: Findings) -> str:
    problems = len(findings.problems)
    said = "as they must be" if not problems else f"{problems} {'problem' if problems == 1 else 'problems'}"
    return f"{task.id}, {task.kind}: {said}."
