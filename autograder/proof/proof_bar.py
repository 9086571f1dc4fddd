"""What a proof shows while it runs: a bar in a terminal, else a line for every job that is done.

It must not change what is proved or when.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from autograder.language import later, tr, tr_n
from autograder.proof.findings import Findings
from autograder.proof.jobs import Job

if TYPE_CHECKING:
    from rich.console import Console


class Lines:
    """Plain lines, for where there is no terminal."""

    def __init__(self, say: Callable[[str], None]) -> None:
        self._say, self._total, self._done = say, 0, 0

    def begin(self, jobs: Sequence[Job]) -> None:
        self._total = sum(job.steps for job in jobs)

    def step(self, job: Job) -> None:
        """A line for every program would be too many."""

    def end(self, job: Job, findings: Findings) -> None:
        self._done += job.steps
        self._say(tr("{n} of {total}: {said}", n=self._done, total=self._total, said=_outcome(job, findings)))


class Bar:
    """A bar at the bottom of a terminal; what failed is listed above it."""

    def __init__(self, console: Console) -> None:
        from rich.progress import BarColumn, MofNCompleteColumn, Progress, TimeRemainingColumn

        columns = (BarColumn(bar_width=24), MofNCompleteColumn(), TimeRemainingColumn())
        self._progress = Progress(*columns, console=console, transient=True, refresh_per_second=4)
        self._bar = self._progress.add_task("", total=None)
        self._seen: dict[Job, int] = {}

    def begin(self, jobs: Sequence[Job]) -> None:
        self._progress.update(self._bar, total=sum(job.steps for job in jobs))

    def step(self, job: Job) -> None:
        self._seen[job] = self._seen.get(job, 0) + 1
        self._progress.advance(self._bar)

    def end(self, job: Job, findings: Findings) -> None:
        self._progress.advance(self._bar, job.steps - self._seen.get(job, 0))
        if findings.problems:
            self._progress.console.print(_outcome(job, findings))

    def __enter__(self) -> Bar:
        self._progress.start()
        return self

    def __exit__(self, *exception: object) -> None:
        self._progress.stop()


def _outcome(job: Job, findings: Findings) -> str:
    problems = len(findings.problems)
    said = tr("as they must be") if not problems else tr_n("{n} problem", "{n} problems", problems)
    return f"{job.id}, {tr(_JOBS[job.kind])}: {said}."


_JOBS = {
    "questions": later("questions"),
    "programs": later("programs"),
    "figures": later("figures"),
    "mutants": later("mutants"),
    "left_out": later("left_out"),
}
