"""A pool of judges on this machine: processes that keep one exercise warm, each lent to one caller at a time.

A judge that dies is replaced; what killed it is tried once more, then reported as `Broken`. This must not know where
submissions come from or where verdicts go.
"""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import sys
import tempfile
import threading
from collections.abc import Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from multiprocessing import Pipe
from typing import Protocol

from autograder.batch.judging import Brief, Broken, Graded, Verdict, decode_verdict, encode
from autograder.grading.submission import Submission
from autograder.language import tr
from autograder.machine import ONE_THREAD, usable_cores

#: Submissions after which a judge is replaced, so that nothing that it or its programs keep can grow for ever.
_LIFETIME = 5_000
_START_PATIENCE = 180.0


class Executor(Protocol):
    """Where submissions are graded."""

    @property
    def chunk(self) -> int:
        """How many submissions make one call, at best."""

    @property
    def window(self) -> int:
        """How many calls may wait or run at once."""

    def submit(self, brief: Brief, submissions: Sequence[Submission]) -> Future[list[Verdict]]: ...

    def close(self) -> None:
        """Stop at once, whatever is running."""


class JudgeDied(Exception):
    """The judge ended, or hung, instead of answering; the text says how."""


class JudgeProcess:
    """One judge and its socket. Starting returns at once. With a `core` it and its programs stay on that one."""

    def __init__(self, brief: Brief, core: int | None = None) -> None:
        self.brief, self.core, self.graded = brief, core, 0
        self._connection, theirs = Pipe()
        self._complaints = tempfile.TemporaryFile()  # noqa: SIM115 - closed with the judge
        start = (
            f"import sys; sys.path[:] = {sys.path!r}; "
            f"from autograder.batch import judging; judging.main({theirs.fileno()}, {core})"
        )
        self._process = subprocess.Popen(
            [sys.executable, "-c", start],
            stdin=subprocess.DEVNULL,
            stdout=self._complaints,
            stderr=self._complaints,
            pass_fds=[theirs.fileno()],
            env={**os.environ, **ONE_THREAD},
            start_new_session=True,  # Ctrl-C in the terminal is the batch's business
        )
        theirs.close()
        self._connection.send_bytes(encode(brief))

    def ask(self, submission: Submission) -> Verdict:
        """Return the verdict on one submission. Raises JudgeDied."""
        patience = self.brief.patience + (0.0 if self.graded else _START_PATIENCE)
        self.graded += 1
        with contextlib.suppress(OSError):  # it may have ended with a last word, which is read below
            self._connection.send_bytes(encode(submission))
        try:
            if not self._connection.poll(patience):
                raise JudgeDied(tr("The judge gave no answer within {seconds:g} s and was stopped.", seconds=patience))
            return decode_verdict(self._connection.recv_bytes())
        except (EOFError, OSError):
            raise JudgeDied(self._last_words()) from None

    def _last_words(self) -> str:
        try:
            code = self._process.wait(timeout=5)
        except subprocess.TimeoutExpired:
            return tr("The judge closed its connection.")
        how = tr("exit code {code}", code=code)
        if code < 0:
            how = tr("signal {name}", name=signal.Signals(-code).name)
        self._complaints.seek(0, os.SEEK_END)
        self._complaints.seek(max(0, self._complaints.tell() - 2000))
        said = self._complaints.read().decode(errors="replace").strip().rpartition("\n")[2]
        return tr("The judge died ({how}).", how=f"{how}: {said[:300]}" if said else how)

    def stop(self) -> None:
        """Kill it, and with it its zygote and every program; a thread that waits for its answer gets JudgeDied."""
        self._process.kill()

    def close(self) -> None:
        """End it at once and let go of everything; nobody may be waiting for its answer."""
        self.stop()
        self._process.wait()
        self._connection.close()
        self._complaints.close()


class Bench:
    """The judges of this process. Threads may call `grade` at the same time, each gets a judge of its own.

    With `cores`, each judge is kept on one of them, the one that fewest others have.
    """

    def __init__(self, cores: Sequence[int] = ()) -> None:
        self._cores = cores
        self._lock = threading.Lock()
        self._idle: list[JudgeProcess] = []
        self._busy: set[JudgeProcess] = set()
        self._closed = False

    def grade(self, brief: Brief, submissions: Sequence[Submission]) -> list[Verdict]:
        """Return the verdicts on submissions, in their order."""
        return [self._grade(brief, submission) for submission in submissions]

    def _grade(self, brief: Brief, submission: Submission) -> Verdict:
        death = ""
        for _ in range(2):
            judge = self._take(brief)
            try:
                verdict = judge.ask(submission)
            except JudgeDied as died:
                death = str(died)
                self._let_go(judge)
                continue
            except BaseException:
                self._let_go(judge)
                raise
            if isinstance(verdict, Graded) and judge.graded < _LIFETIME:
                self._give_back(judge)
            else:
                self._let_go(judge)
            return verdict
        return Broken(f"{death} " + tr("It was tried twice."))

    def _take(self, brief: Brief) -> JudgeProcess:
        """Return an idle judge of this exercise, else a new one in the place of an idle one of another."""
        with self._lock:
            if self._closed:
                raise JudgeDied(tr("The batch was stopped."))
            judge = next((idle for idle in self._idle if idle.brief == brief), None)
            replaced = None
            if judge is not None:
                self._idle.remove(judge)
            elif self._idle:
                replaced = self._idle.pop(0)
            if judge is None:
                judge = JudgeProcess(brief, self._free_core())
            self._busy.add(judge)
        if replaced is not None:
            replaced.close()
        return judge

    def _free_core(self) -> int | None:
        taken = [judge.core for judge in (*self._idle, *self._busy)]
        return min(self._cores, key=taken.count, default=None)

    def _give_back(self, judge: JudgeProcess) -> None:
        with self._lock:
            self._busy.discard(judge)
            if not self._closed:
                self._idle.append(judge)
                return
        judge.close()

    def _let_go(self, judge: JudgeProcess) -> None:
        with self._lock:
            self._busy.discard(judge)
        judge.close()

    def close(self) -> None:
        """End every judge, busy ones too."""
        with self._lock:
            self._closed = True
            idle, self._idle = self._idle, []
            busy = list(self._busy)
        for judge in idle:
            judge.close()
        for judge in busy:
            judge.stop()


class LocalPool:
    """`jobs` judges on this machine (by default one a core): one thread each, which only waits."""

    #: A result is kept as soon as its call ends.
    chunk = 1

    def __init__(self, jobs: int | None = None) -> None:
        cores = usable_cores()
        jobs = jobs or len(cores)
        self.window = 2 * jobs
        # A judge and its programs take turns: on one core they find what they need in its caches, where the system
        # would spread them. With fewer judges than cores it must be free to choose those that nobody else uses.
        self._bench = Bench(cores if jobs >= len(cores) else ())
        self._threads = ThreadPoolExecutor(jobs, thread_name_prefix="judge")

    def submit(self, brief: Brief, submissions: Sequence[Submission]) -> Future[list[Verdict]]:
        return self._threads.submit(self._bench.grade, brief, submissions)

    def close(self) -> None:
        self._threads.shutdown(wait=False, cancel_futures=True)
        self._bench.close()
        self._threads.shutdown()
