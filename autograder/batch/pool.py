"""A pool of judges on this machine: processes that keep one exercise warm, each lent to one caller at a time.

Those of one exercise are forked from one process, which has imported and read all that they share. A judge that dies
is replaced; what killed it is tried once more, then reported as `Broken`. This must not know where submissions come
from or where verdicts go.
"""

from __future__ import annotations

import contextlib
import itertools
import os
import signal
import subprocess
import sys
import tempfile
import threading
from collections.abc import Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from multiprocessing import Pipe
from multiprocessing.reduction import send_handle
from typing import IO, Protocol

from autograder.batch.judging import Begin, Brief, Broken, Ended, Graded, Stop, Verdict, decode_answer, encode
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
        """How many submissions make the next call, at best."""

    @property
    def window(self) -> int:
        """How many calls may wait or run at once."""

    def submit(self, brief: Brief, submissions: Sequence[Submission]) -> Future[list[Verdict]]: ...

    def close(self) -> None:
        """Stop at once, whatever is running."""


class JudgeDied(Exception):
    """The judge ended, or hung, instead of answering; the text says how."""


class ForkServer:
    """The process that a brief's judges are forked from. Starting returns at once."""

    def __init__(self, brief: Brief) -> None:
        self.brief = brief
        self._control, theirs = Pipe()
        self._complaints = tempfile.TemporaryFile()  # noqa: SIM115 - closed with the server
        self._lock = threading.Lock()
        start = (
            f"import sys; sys.path[:] = {sys.path!r}; "
            f"from autograder.batch import fork_server; fork_server.main({theirs.fileno()})"
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
        self._control.send_bytes(encode(brief))

    @property
    def ended(self) -> bool:
        return self._process.poll() is not None

    def ask(self, request: Begin | Stop, *handles: int) -> None:
        """Have it do something; where it has ended, whoever waits for a judge's answer finds that out."""
        with self._lock, contextlib.suppress(OSError):
            self._control.send_bytes(encode(request))
            for handle in handles:
                send_handle(self._control, handle, self._process.pid)

    def last_words(self) -> str:
        """Say how it ended, where a judge's socket was closed without a word."""
        try:
            return _last_words(self._process.wait(timeout=5), self._complaints)
        except subprocess.TimeoutExpired:
            return tr("The judge closed its connection.")

    def stop(self) -> None:
        """End it and every judge of it, at once; a thread that waits for an answer of one gets JudgeDied."""
        self._process.terminate()

    def close(self) -> None:
        """End it and let go of everything; no judge of it may be left."""
        self.stop()
        self._process.wait()
        self._control.close()
        self._complaints.close()


class JudgeProcess:
    """One judge and its socket. Starting returns at once. With a `core` it and its programs stay on that one."""

    _numbers = itertools.count()

    def __init__(self, server: ForkServer, core: int | None = None) -> None:
        self.server, self.core, self.graded = server, core, 0
        self._number = next(self._numbers)
        self._connection, theirs = Pipe()
        self._complaints = tempfile.TemporaryFile()  # noqa: SIM115 - closed with the judge
        with theirs:
            server.ask(Begin(self._number, core), theirs.fileno(), self._complaints.fileno())

    @property
    def ended(self) -> bool:
        """Whether it is known to have ended while nothing was asked of it: only then is there something to read."""
        return self.server.ended or self._connection.poll()

    def ask(self, submission: Submission) -> Verdict:
        """Return the verdict on one submission. Raises JudgeDied."""
        patience = self.server.brief.patience + (0.0 if self.graded else _START_PATIENCE)
        self.graded += 1
        with contextlib.suppress(OSError):  # it may have ended with a last word, which is read below
            self._connection.send_bytes(encode(submission))
        try:
            if not self._connection.poll(patience):
                raise JudgeDied(tr("The judge gave no answer within {seconds:g} s and was stopped.", seconds=patience))
            answer = decode_answer(self._connection.recv_bytes())
        except (EOFError, OSError):
            raise JudgeDied(self.server.last_words()) from None
        if isinstance(answer, Ended):
            raise JudgeDied(_last_words(answer.code, self._complaints))
        return answer

    def close(self) -> None:
        """Kill it, and with it its zygote and every program; nobody may be waiting for its answer."""
        self.server.ask(Stop(self._number))
        self._connection.close()
        self._complaints.close()


def _last_words(code: int, complaints: IO[bytes]) -> str:
    """Say how a process ended, and what it said last."""
    how = tr("exit code {code}", code=code)
    if code < 0:
        how = tr("signal {name}", name=signal.Signals(-code).name)
    complaints.seek(0, os.SEEK_END)
    complaints.seek(max(0, complaints.tell() - 2000))
    said = complaints.read().decode(errors="replace").strip().rpartition("\n")[2]
    return tr("The judge died ({how}).", how=f"{how}: {said[:300]}" if said else how)


class Bench:
    """The judges of this process. Threads may call `grade` at the same time, each gets a judge of its own.

    With `cores`, each judge is kept on one of them, the one that fewest others have.
    """

    def __init__(self, cores: Sequence[int] = ()) -> None:
        self._cores = cores
        self._lock = threading.Lock()
        self._servers: list[ForkServer] = []
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
            for lost in [idle for idle in self._idle if idle.ended]:
                self._idle.remove(lost)
                lost.close()
            judge = next((idle for idle in self._idle if idle.server.brief == brief), None)
            if judge is not None:
                self._idle.remove(judge)
            else:
                if self._idle:
                    self._idle.pop(0).close()
                judge = JudgeProcess(self._server(brief), self._free_core())
            self._busy.add(judge)
            self._close_unused()
        return judge

    def _server(self, brief: Brief) -> ForkServer:
        server = next((each for each in self._servers if each.brief == brief and not each.ended), None)
        if server is None:
            server = ForkServer(brief)
            self._servers.append(server)
        return server

    def _close_unused(self) -> None:
        used = {judge.server for judge in (*self._idle, *self._busy)}
        for server in [each for each in self._servers if each not in used]:
            self._servers.remove(server)
            server.close()

    def _free_core(self) -> int | None:
        taken = [judge.core for judge in (*self._idle, *self._busy)]
        return min(self._cores, key=taken.count, default=None)

    def _give_back(self, judge: JudgeProcess) -> None:
        with self._lock:
            self._busy.discard(judge)
            if not self._closed:
                self._idle.append(judge)
                return
        self._let_go(judge)

    def _let_go(self, judge: JudgeProcess) -> None:
        judge.close()
        with self._lock:
            self._busy.discard(judge)
            if self._closed:
                self._close_unused()

    def close(self) -> None:
        """End every judge, busy ones too."""
        with self._lock:
            self._closed = True
            for server in self._servers:
                server.stop()
            for judge in self._idle:
                judge.close()
            self._idle.clear()
            self._close_unused()


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
