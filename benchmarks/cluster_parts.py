"""Where a Dask cluster spends more CPU than this machine's judges do: by kind of process, at the start and later.

Run with `python -m benchmarks.cluster_parts [SUBMISSIONS [EXERCISE]]` (default: 400 exercise-04). A class of one call a
thread, and the whole class, are each graded by `--jobs` and by a cluster. What each process has spent is looked up in
/proc some times a second; what ends between two looks is in the sum alone. Of both classes a start, and a cost for each
further submission, are computed, and from these the size of a class from which on the cluster costs 1.1 times as much.
What scheduler and workers take with nothing to do goes by the clock: it is more on a machine that has others to serve.
"""

from __future__ import annotations

import os
import subprocess
import tempfile
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import click

from benchmarks import measuring
from benchmarks.classes import EXERCISES, write_class
from benchmarks.cluster import ADVISED, CHUNK, SIZES, Cluster, batch_of, begin, quiet, to_its_end

_EVERY, _AIM = 0.03, 1.1
_TICK = os.sysconf("SC_CLK_TCK")
_CLIENT, _SCHEDULER, _WORKER, _SERVER = "the batch's own process", "the scheduler", "Dask's workers", "fork servers"
_JUDGE, _FIRST, _ZYGOTE = "judges", "zygotes that only fork zygotes", "zygotes of judges"
_REFERENCE, _PROGRAM, _ELSE = "references", "other programs", "what ended unseen, and bubblewrap"
_ALL, _IDLE = "in all", "of it what a cluster takes anyway"
_KINDS = (_CLIENT, _SCHEDULER, _WORKER, _SERVER, _JUDGE, _FIRST, _ZYGOTE, _REFERENCE, _PROGRAM, _ELSE)
#: What a fork is, by what it was forked from; and what a process is that has this in its command line.
_FORKED = {_SERVER: _JUDGE, _FIRST: _ZYGOTE, _ZYGOTE: _PROGRAM}
_BEGINS = {"fork_server.main": _SERVER, "zygote.main": _FIRST}


@click.command(help=__doc__)
@click.argument("count", type=click.IntRange(1), default=400)
@click.argument("exercise", type=click.Choice(list(EXERCISES)), default="exercise-04")
@click.option("--as-it-comes", is_flag=True, help="Set up Dask as it comes, and not as docs/instructors.md advises.")
def main(count: int, exercise: str, as_it_comes: bool) -> None:
    with tempfile.TemporaryDirectory() as place:
        for workers, threads in SIZES:
            folder = Path(place) / f"{workers}-{threads}"
            sizes = CHUNK * workers * threads, count
            _Comparison(exercise, sizes, workers, threads, {} if as_it_comes else ADVISED).show(folder)


@dataclass
class _Comparison:
    """A small class and the whole, here and on a cluster."""

    exercise: str
    sizes: tuple[int, int]
    workers: int
    threads: int
    settings: Mapping[str, str]

    def show(self, folder: Path) -> None:
        here, there = [], []
        for size in self.sizes:
            given = write_class(folder / f"class-{size}", self.exercise, size)
            here.append(self._here(given, folder / f"here-{size}"))
            there.append(self._there(given, folder / f"there-{size}"))
        print(f"{self.workers} workers of {self.threads} threads, {self.sizes[1]} submissions to {self.exercise}")
        print(f"{'':36}{'--dask':>30}{'--jobs':>30}")
        print(f"{'CPU s; ms of each submission':36}" + 2 * f"{'count':>7}{'start':>7}{'all':>8}{'each':>8}")
        for kind in (*_KINDS, _ALL, _IDLE):
            print(f"{kind:36}{self._row(there, kind)}{self._row(here, kind)}")
        print(f"{self._sentence(there, here)}\n", flush=True)

    def _here(self, given: Path, out: Path) -> _Spent:
        command = batch_of(given, out, self.exercise, "--jobs", f"{self.workers * self.threads}")
        with measuring.Account() as account:
            environment, silent = {**measuring.ENVIRONMENT, **quiet(out.parent)}, subprocess.DEVNULL
            begun = partial(subprocess.Popen, account.charged(command), stdout=silent, stderr=silent, env=environment)
            return _spent(account, {}, begun)

    def _there(self, given: Path, out: Path) -> _Spent:
        with Cluster(out.with_suffix(".cluster"), self.workers, self.threads, self.settings) as cluster:
            known = {cluster.scheduler.pid: _SCHEDULER} | {worker.pid: _WORKER for worker in cluster.workers}
            idle, started = cluster.standing_cost(), time.monotonic()
            spent = _spent(cluster.account, known, partial(begin, cluster, given, out, self.exercise))
            spent.seconds[_IDLE] = idle * (time.monotonic() - started)
            return spent

    def _row(self, costs: list[_Spent], kind: str) -> str:
        start, each = self._line(costs, kind)
        return f"{costs[1].counts[kind] or '':>7}{start:7.2f}{costs[1].of(kind):8.2f}{1000 * each:8.1f}"

    def _line(self, costs: list[_Spent], kind: str) -> tuple[float, float]:
        """Return CPU seconds of the start, and of each submission."""
        (small, large), (few, whole) = self.sizes, (each.of(kind) for each in costs)
        each = (whole - few) / (large - small)
        return few - small * each, each

    def _sentence(self, there: list[_Spent], here: list[_Spent]) -> str:
        (start, each), local = self._line(there, _ALL), self._line(here, _ALL)
        idle_start, idle_each = self._line(there, _IDLE)
        busy = there[1].of(_ALL) - there[1].of(_IDLE)
        return (
            f"{there[1].of(_ALL) / here[1].of(_ALL):.3f} times the CPU, {self._from((start, each), local)};"
            f" {busy / here[1].of(_ALL):.3f} times without what it takes in any case,"
            f" {self._from((start - idle_start, each - idle_each), local)}"
        )

    def _from(self, line: tuple[float, float], local: tuple[float, float]) -> str:
        """Say from which class on the cluster costs as little as it should."""
        (start, each), (least, least_each) = line, local
        if each >= _AIM * least_each:
            return f"{_AIM} with no class, for each submission costs {each / least_each:.2f} times as much"
        size = max(0.0, (start - _AIM * least) / (_AIM * least_each - each))
        return f"{_AIM} from {size:.0f} submissions on, {size / self.workers / self.threads:.0f} a judge"


@dataclass
class _Spent:
    """CPU seconds of a batch, by kinds of process, and how many processes were seen of each."""

    seconds: dict[str, float]
    counts: Counter[str]

    def of(self, kind: str) -> float:
        if kind == _ELSE:
            return self.seconds[_ALL] - sum(self.seconds[each] for each in _KINDS if each != _ELSE)
        return self.seconds.get(kind, 0.0)


@dataclass(frozen=True)
class _Process:
    """What /proc/PID/stat says: the parent, and CPU seconds of its own and of its ended children."""

    parent: int
    own: float
    ended: float

    @classmethod
    def seen(cls, pid: int) -> _Process:
        """Raises OSError where it is gone."""
        words = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
        user, system, ended_user, ended_system = (int(word) / _TICK for word in words[11:15])
        return cls(int(words[1]), user + system, ended_user + ended_system)


def _spent(
    account: measuring.Account, known: Mapping[int, str], begun: Callable[[], subprocess.Popen[bytes]]
) -> _Spent:
    """Watch a batch from its beginning to its end; what those that are known had spent before isn't its own."""
    before, started = {pid: _Process.seen(pid).own for pid in known}, account.cpu()
    batch = begun()
    watch = _Watch({**known, batch.pid: _CLIENT})
    while os.waitid(os.P_PID, batch.pid, os.WEXITED | os.WNOHANG | os.WNOWAIT) is None:
        watch.look()
        time.sleep(_EVERY)
    watch.look()  # the batch's own last words, too: it isn't buried yet
    to_its_end(batch)
    seconds = watch.seconds()
    for pid, already in before.items():
        seconds[known[pid]] -= already
    seconds[_ALL] = account.cpu() - started
    return _Spent(seconds, watch.counts())


class _Watch:
    """What was seen of some processes and of all below them."""

    def __init__(self, kinds: Mapping[int, str]) -> None:
        self._roots, self._kinds = [*kinds], {**kinds}
        self._own = dict[int, float]()
        #: By zygotes: CPU seconds of all that each forked, and how often each fork was seen.
        self._below: dict[int, float] = defaultdict(float)
        self._forks: dict[int, Counter[int]] = defaultdict(Counter)

    def look(self) -> None:
        now = dict[int, _Process]()
        for pid in (pid for root in self._roots for pid in measuring.below(root)):
            with suppress(OSError):  # it has just ended
                seen = _Process.seen(pid)
                command = Path(f"/proc/{pid}/cmdline").read_bytes().decode(errors="replace")
                if command and pid not in self._roots:  # a fork may just be becoming something else, or ending
                    self._kinds[pid] = _kind(command, self._kinds.get(seen.parent, _ELSE))
                now[pid] = seen
        sums = {pid: each.ended for pid, each in now.items() if self._kinds.get(pid) == _ZYGOTE}
        for pid, each in now.items():
            self._own[pid] = each.own
            if self._kinds.get(pid) == _PROGRAM:
                sums[each.parent] = sums.get(each.parent, 0.0) + each.own
                self._forks[each.parent][pid] += 1
        for zygote, seconds in sums.items():  # when all end at once, those below are the first to be gone
            self._below[zygote] = max(self._below[zygote], seconds)

    def counts(self) -> Counter[str]:
        counts = Counter(self._kinds.values())
        counts[_ZYGOTE] = counts[_REFERENCE] = len(self._forks)  # what is tried on a first worker is none
        return +Counter({kind: count for kind, count in counts.items() if kind not in (_PROGRAM, _ELSE)})

    def seconds(self) -> dict[str, float]:
        seconds = dict.fromkeys(_KINDS, 0.0)
        for pid, own in self._own.items():
            if self._kinds.get(pid, _ELSE) not in (_PROGRAM, _ELSE):
                seconds[self._kinds[pid]] += own
        for forks in self._forks.values():  # the reference's is the one that is kept
            seconds[_REFERENCE] += self._own[forks.most_common(1)[0][0]]
        seconds[_PROGRAM] = sum(self._below.values()) - seconds[_REFERENCE]
        return seconds


def _kind(command: str, above: str) -> str:
    """Say what a process is by its command line, and by the kind of its parent."""
    if "bwrap" in command.partition("\0")[0]:
        return _ELSE
    return _FORKED.get(above) or next((kind for word, kind in _BEGINS.items() if word in command), _ELSE)


if __name__ == "__main__":
    main()
