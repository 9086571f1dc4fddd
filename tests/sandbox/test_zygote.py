"""What workers share by being forked from one zygote, and what becomes of a zygote that can't go on."""

from __future__ import annotations

import ctypes
import json
import mmap
import os
import signal
import subprocess
import sys
import threading
import time
from contextlib import closing
from pathlib import Path

import numpy as np
import pytest

from autograder.sandbox.failures import ProgramTimeout
from autograder.sandbox.inside.warmth import Warmth
from autograder.sandbox.layers import ALL, SandboxUnavailable
from autograder.sandbox.linux.inside.zygote import _FEW, _HUGE, _MADV_COLLAPSE
from autograder.sandbox.linux.zygote import Zygote
from autograder.sandbox.program import Allowance, Program, ProgramProxy
from autograder.sandbox.starter import DEFAULT_BUDGET, Budget, Starters
from autograder.sandbox.worker import Worker
from tests.lent import Kept, Kind

SPINS = (
    "import threading\n"
    "def spin():\n    while True:\n        pass\n"
    "threading.Thread(target=spin, daemon=True).start()\n"
    "def answer():\n    return 1\n"
)
#: Seconds that a signal may take to arrive on a busy machine.
PATIENCE = 300.0


def pid_of(worker: Worker) -> int:
    """A worker's pid here, which its pidfd names."""
    assert worker._connection.process.handle is not None
    told = Path(f"/proc/self/fdinfo/{worker._connection.process.handle}").read_text()
    (pid,) = (line.split()[1] for line in told.splitlines() if line.startswith("Pid:"))
    return int(pid)


def stat_of(pid: int) -> list[str]:
    """The fields of /proc/PID/stat from the third on: state, parent, …"""
    return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()


def stands_still(pid: int) -> bool:
    """Whether each of its threads is stopped: a signal doesn't reach all at once."""
    return {file.read_text().rpartition(")")[2].split()[0] for file in Path(f"/proc/{pid}/task").glob("*/stat")} == {
        "T"
    }


def pid_of_zygote(zygote: Zygote) -> int:
    worker = zygote.spawn(DEFAULT_BUDGET)
    parent = stat_of(pid_of(worker))[1]
    worker.close()
    return int(parent)


@pytest.mark.parametrize("warmth", list(Warmth))
def test_workers_share_no_memory_that_can_be_written(kept_zygotes: Kept, warmth: Warmth) -> None:
    zygote = kept_zygotes.find(Kind(warmth))
    maps = Path(f"/proc/{pid_of_zygote(zygote)}/maps").read_text().splitlines()
    assert maps
    assert [line for line in maps if line.split()[1].endswith("s")] == []


def test_nothing_runs_off_the_clock(zygote: Zygote) -> None:
    program = Program(zygote, "spins.py", SPINS, Allowance(60, 60, Budget(256, 60)))
    assert ProgramProxy(program).answer() == 1
    assert program._worker is not None
    pid = pid_of(program._worker)
    end = time.monotonic() + PATIENCE
    while not stands_still(pid) and time.monotonic() < end:
        time.sleep(0.01)
    used = stat_of(pid)[11:13]  # user and system time
    time.sleep(0.3)
    assert stat_of(pid)[11:13] == used
    assert ProgramProxy(program).answer() == 1
    program.close()


def test_a_drip_of_trace_bytes_does_not_keep_the_judge(zygote: Zygote) -> None:
    source = (Path(__file__).parents[1] / "attacks/submissions/hang/drips_its_trace.py").read_text()
    started = time.monotonic()
    for _ in range(2):
        program = Program(zygote, "tanh_jacobian.py", source, Allowance(0.2, 0.2))
        with pytest.raises(ProgramTimeout):
            ProgramProxy(program).tanh_jacobian(1, 2, 3, 4, 5)
        program.close()
    assert time.monotonic() - started < PATIENCE


def test_a_zygote_that_has_died_is_told_of_in_a_sentence() -> None:
    with Zygote(Warmth.NUMPY, layers=ALL) as zygote:
        os.kill(pid_of_zygote(zygote), signal.SIGKILL)
        with pytest.raises(SandboxUnavailable, match="Run the command again"):
            zygote.spawn(DEFAULT_BUDGET)


def test_programs_of_several_zygotes_can_be_asked_at_once() -> None:
    answers: list[int] = []

    def ask(number: int) -> None:
        with Zygote(Warmth.NUMPY, layers=ALL) as zygote:
            program = Program(zygote, "number.py", f"def number():\n    return {number}\n", Allowance(60.0))
            answers.append(ProgramProxy(program).number())

    threads = [threading.Thread(target=ask, args=(number,)) for number in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(answers) == [0, 1, 2]


NAMESPACES = ("user", "pid", "ipc", "net")
#: Takes all the threads that it may have, and tells how many it got.
CROWDS = """
import threading
threading.stack_size(1 << 16)
taken = threading.Event()
def crowd():
    for number in range(1000):
        try:
            threading.Thread(target=taken.wait, daemon=True).start()
        except RuntimeError:
            return number
"""


def test_judges_that_are_forked_have_zygotes_of_their_own(zygote: Zygote) -> None:
    """Apart by namespaces, so that neither sees the other's programs, and with as many threads as one alone."""
    with branched(zygote) as one, branched(zygote) as other:
        apart = [json.loads(one.said()), json.loads(other.said())]
        for name in NAMESPACES:
            assert len({namespaces_of(pid_of_zygote(zygote))[name], *(each["namespaces"][name] for each in apart)}) == 3
        assert [each["threads"] for each in apart] == [apart[0]["threads"]] * 2
        assert apart[0]["threads"] > 40
        assert [each["layers"] for each in apart] == [zygote.probe()] * 2
        assert [each["power"] for each in apart] == [0, 0]
    assert Program(zygote, "f.py", "def f():\n    return 1\n", Allowance(60.0)).call(None, "f", (), {}) == 1


def test_the_programs_of_a_judge_end_with_it_and_no_others(zygote: Zygote) -> None:
    with branched(zygote) as one, branched(zygote) as other:
        gone, kept = json.loads(one.said())["worker"], json.loads(other.said())["worker"]
        one.kill()
        end = time.monotonic() + PATIENCE
        while Path(f"/proc/{gone}").exists() and time.monotonic() < end:
            time.sleep(0.02)
        assert not Path(f"/proc/{gone}").exists()
        assert Path(f"/proc/{kept}").exists()


def test_a_judge_starts_a_zygote_where_it_can_have_none_of_its_own() -> None:
    with Zygote(Warmth.NUMPY, layers=ALL) as zygote:
        os.kill(pid_of_zygote(zygote), signal.SIGKILL)
        with branched(zygote) as one:
            assert json.loads(one.said())["layers"] == ["bubblewrap", "landlock", "seccomp", "rlimits"]


def test_one_that_is_kept_is_lent_to_the_next_judge_without_the_programs_of_the_last() -> None:
    with Starters() as starters:
        found = []
        for _ in range(2):
            with starters.start(Warmth.NUMPY) as lent:
                worker, shared = lent.spawn(DEFAULT_BUDGET), lent.spawn(DEFAULT_BUDGET, shares=True)
                found.append(stat_of(pid_of(worker))[1])
                assert not shared.closed
                worker.close()
            assert shared.closed
        assert found[0] == found[1]


def namespaces_of(pid: int) -> dict[str, str]:
    return {name: str(Path(f"/proc/{pid}/ns/{name}").readlink()) for name in NAMESPACES}


class Branched:
    """A process that was forked from this one, with a zygote of its own; it tells of one crowding worker, and waits."""

    def __init__(self, zygote: Zygote) -> None:
        self._reading, writing = os.pipe()
        self._pid = os.fork()
        if self._pid == 0:
            try:
                os.write(writing, json.dumps(self._tell(zygote)).encode())
                os.close(writing)
                time.sleep(PATIENCE)
            finally:
                os._exit(1)
        os.close(writing)

    def _tell(self, zygote: Zygote) -> dict[str, object]:
        zygote.branch()
        program = Program(zygote, "crowds.py", CROWDS, Allowance(PATIENCE, PATIENCE))
        threads = program.call(None, "crowd", (), {})
        assert program._worker is not None
        worker = pid_of(program._worker)
        status = Path(f"/proc/{stat_of(worker)[1]}/status").read_text().splitlines()
        power = sum(int(line.split()[1], 16) for line in status if line.startswith("Cap"))
        told = {"worker": worker, "threads": threads, "layers": program.layers, "power": power}
        return {**told, "namespaces": namespaces_of(worker)}

    def said(self) -> bytes:
        """What it tells, once it does."""
        with open(self._reading, "rb", closefd=False) as told:
            return told.read()

    def kill(self) -> None:
        os.kill(self._pid, signal.SIGKILL)

    def close(self) -> None:
        self.kill()
        os.waitpid(self._pid, 0)
        os.close(self._reading)


def branched(zygote: Zygote) -> closing[Branched]:
    return closing(Branched(zygote))


@pytest.mark.parametrize("many", [False, True])
def test_a_zygote_forks_on_after_its_heap_went_to_huge_pages(kept_zygotes: Kept, many: bool) -> None:
    # Torch's heap is large; whether numpy's small one holds a whole aligned huge page is chance (the kernel's layout).
    zygote = kept_zygotes.find(Kind(Warmth.TORCH, many=many))
    for number in range(1 if many else 2 * _FEW):
        program = Program(zygote, "sum.py", "import numpy\ndef total(a):\n    return a.sum()\n", Allowance(60.0))
        assert ProgramProxy(program).total(np.ones(number)) == number
        program.close()
    rolled_up = Path(f"/proc/{pid_of_zygote(zygote)}/smaps_rollup").read_text()
    (huge,) = (int(line.split()[1]) for line in rolled_up.splitlines() if line.startswith("AnonHugePages:"))
    assert huge > 0 or not has_huge_pages()


def has_huge_pages() -> bool:
    """Whether this kernel makes a huge page at once: from 6.1 on, and where memory isn't too scattered for one."""
    memory = mmap.mmap(-1, 2 * _HUGE, flags=mmap.MAP_PRIVATE | mmap.MAP_ANONYMOUS)
    memory.write(b"x" * len(memory))
    start = ctypes.addressof(ctypes.c_char.from_buffer(memory))
    whole = ctypes.c_void_p(start + -start % _HUGE)
    return ctypes.CDLL(None).madvise(whole, ctypes.c_size_t(_HUGE), _MADV_COLLAPSE) == 0


def test_nobody_waits_until_the_kernel_has_taken_a_zygote_down(monkeypatch: pytest.MonkeyPatch) -> None:
    zygote, taken_down, asked = Zygote(Warmth.NUMPY), threading.Event(), threading.Event()
    process = zygote._process
    wait = process.wait

    def slow(timeout: float | None = None) -> int:
        asked.set()
        taken_down.wait()
        return wait(timeout)

    monkeypatch.setattr(process, "wait", slow)
    zygote.close()  # which would never return if it waited
    assert process.returncode is None
    taken_down.set()
    assert asked.wait(PATIENCE)
    assert wait(PATIENCE) == -signal.SIGKILL


def test_a_prepared_program_is_loaded_in_the_worker_that_told_its_layers(zygote: Zygote) -> None:
    program = Program(
        zygote, "submission.py", "import os\n\ndef pid():\n    return os.getpid()\n", Allowance(trusted=True)
    )
    layers, worker = program.prepare(), program._worker
    assert layers == zygote.probe()
    first = ProgramProxy(program).pid()
    assert program._worker is worker
    assert ProgramProxy(program).pid() == first
    program.close()
    assert ProgramProxy(program).pid() != first  # asked again, it begins with a worker of its own
    program.close()


def alone(program: str) -> str:
    """What a program prints in an interpreter that has imported nothing."""
    start = f"import sys; sys.path[:] = {sys.path!r}; {program}"
    return subprocess.run([sys.executable, "-S", "-c", start], capture_output=True, text=True, check=True).stdout


def test_what_a_zygote_can_do_without_is_not_imported() -> None:
    warm = "from autograder.sandbox.inside.warmth import Warmth, warm_up; warm_up(Warmth.NUMPY, []); "
    assert alone(warm + "print(*{'importlib.abc', 'importlib.resources'} & {*sys.modules})") == "\n"


def test_landlock_is_prepared_without_starting_a_program() -> None:
    prepare = (
        "import ctypes.util, subprocess; find, subprocess.Popen = ctypes.util.find_library, None; "
        "from autograder.sandbox.linux.inside.confinement import Confinement, Confiner; "
        "Confiner(Confinement(['/usr'], None, rlimits=False)); print(ctypes.util.find_library is find)"
    )
    assert alone(prepare) == "True\n"
