"""Programs in plain processes: they end in time, die alone, and share nothing; here on the system that this is."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator

import pytest

from autograder.sandbox.anywhere.processes import Processes
from autograder.sandbox.failures import ProgramCrashed, ProgramError, ProgramFailure, ProgramTimeout
from autograder.sandbox.inside.warmth import Warmth
from autograder.sandbox.program import Allowance, Program, ProgramProxy
from tests.elsewhere import REPOSITORY

SOURCE = """
import os, sys
print("loaded")
kept = []
def keep(x):
    kept.append(x)
    return len(kept)
def hang():
    while True:
        x = 1
def hang_in_c():
    return 10 ** 10 ** 8 % 7
def crash():
    import faulthandler
    faulthandler._sigsegv()
def leave():
    os._exit(3)
def deep():
    return deep()
def say(text):
    print(text)
def ask(function):
    return function(1)
"""
#: Seconds for a question that is answered, on a busy machine.
PATIENT = 300.0


@pytest.fixture(scope="module")
def processes() -> Iterator[Processes]:
    with Processes(Warmth.NUMPY) as started:
        yield started


def program(processes: Processes, source: str = SOURCE, *, trusted: bool = False) -> Program:
    return Program(processes, "program.py", source, Allowance(PATIENT, trusted=trusted))


@pytest.mark.parametrize("trusted", [False, True])
@pytest.mark.parametrize(("name", "line"), [("hang", 10), ("hang_in_c", 12)])
def test_a_program_that_hangs_is_ended_and_its_line_known(
    processes: Processes, name: str, line: int, trusted: bool
) -> None:
    asked = program(processes, trusted=trusted)
    asked.load()
    asked.allow(1.0)
    with pytest.raises(ProgramTimeout) as ended:
        getattr(ProgramProxy(asked), name)()
    assert ended.value.line in (line, line - (name == "hang"))  # a loop is at either of its lines


@pytest.mark.parametrize("trusted", [False, True])
def test_a_program_that_dies_costs_one_question(processes: Processes, trusted: bool) -> None:
    asked = ProgramProxy(program(processes, trusted=trusted))
    with pytest.raises(ProgramCrashed, match=r"segmentation fault.*line 15 of your file"):
        asked.crash()
    with pytest.raises(ProgramCrashed, match="ended its own process"):
        asked.leave()
    with pytest.raises(ProgramError, match="RecursionError"):
        asked.deep()
    assert asked.keep(1) == 1


def test_all_that_was_printed_before_an_answer_is_there(processes: Processes) -> None:
    asked = program(processes)
    for number in range(50):
        ProgramProxy(asked).say(f"line {number}")
    assert asked.output.split("\n") == ["loaded", *(f"line {number}" for number in range(50)), ""]
    asked.close()
    assert asked.output.endswith("line 49\n")


def test_more_is_printed_than_is_kept(processes: Processes) -> None:
    asked = program(processes)
    ProgramProxy(asked).say("x" * 60_000)
    ProgramProxy(asked).say("y" * 60_000)
    assert len(asked.output) == 64 << 10


def test_programs_that_share_a_process_share_nothing_else(processes: Processes) -> None:
    sources = [
        "import numpy, warnings\nname = 'first'\nnumpy.seterr(all='raise')\nnumpy.random.seed(1)\n"
        "def who():\n    import program\n    return program.name, numpy.geterr()['over'], numpy.random.rand()\n",
        "import numpy\nname = 'second'\n"
        "def who():\n    import program\n    return program.name, numpy.geterr()['over'], numpy.random.rand()\n",
    ]
    first, second, alone = (
        ProgramProxy(program(processes, source, trusted=trusted))
        for source, trusted in zip([*sources, sources[1]], (True, True, False), strict=True)
    )
    found, other = [first.who(), first.who()], [second.who(), second.who()]
    assert [each[:2] for each in found] == [("first", "raise")] * 2
    assert [each[:2] for each in other] == [("second", "warn")] * 2
    assert other == [alone.who(), alone.who()]
    assert found[0][2] == pytest.approx(0.417022004702574)


def test_programs_of_one_process_ask_each_other(processes: Processes) -> None:
    first, second = (ProgramProxy(program(processes, trusted=True)) for _ in range(2))
    assert first.ask(lambda one: second.ask(lambda two: first.keep(one + two))) == 1
    assert second.keep(0) == 1


def test_one_that_dies_takes_the_others_of_its_process_along_only_for_a_moment(processes: Processes) -> None:
    first, second = (ProgramProxy(program(processes, trusted=True)) for _ in range(2))
    assert first.keep(1) == 1
    with pytest.raises(ProgramFailure):
        second.leave()
    assert first.keep(1) == 1  # from the start again


def test_a_submission_cannot_see_the_other_programs(processes: Processes) -> None:
    secret = program(processes, "answer = 'the reference'\n", trusted=True)
    secret.load()
    looks = (
        "import gc, sys\ndef look():\n"
        "    return [d for d in gc.get_objects() if isinstance(d, dict) and 'the reference' in d.values()]\n"
        "def has(name):\n    try:\n        __import__(name)\n    except ImportError:\n        return False\n"
        "    return True\n"
    )
    submission = ProgramProxy(program(processes, looks))
    assert submission.look() == []
    assert [submission.has(name) for name in ("numpy", "solutions", "pytest", "click")] == [True, False, False, False]


def test_what_hangs_ends_with_the_judge() -> None:
    judge = (
        "import os\nfrom autograder.sandbox.anywhere.processes import Processes\n"
        "from autograder.sandbox.inside.warmth import Warmth\nfrom autograder.sandbox.program import *\n"
        "asked = Program(Processes(Warmth.NUMPY), 'p.py', 'import os, sys\\ndef hang(me):\\n    me(os.getpid())\\n"
        "    while True:\\n        pass\\n', Allowance(100))\n"
        "ProgramProxy(asked).hang(lambda pid: print(pid, flush=True))\n"
    )
    with subprocess.Popen([sys.executable, "-c", judge], stdout=subprocess.PIPE, cwd=REPOSITORY) as process:
        assert process.stdout is not None
        pid = int(process.stdout.readline())
        process.kill()
    end = time.monotonic() + PATIENT
    while time.monotonic() < end and _is_alive(pid):
        time.sleep(0.05)
    assert not _is_alive(pid)


def _is_alive(pid: int) -> bool:
    if sys.platform == "win32":
        return str(pid) in subprocess.run(["tasklist", "/FI", f"PID eq {pid}"], capture_output=True, text=True).stdout
    try:
        os.kill(pid, signal.SIGCONT)
    except ProcessLookupError:
        return False
    state = subprocess.run(["ps", "-o", "stat=", "-p", str(pid)], capture_output=True, text=True).stdout
    return not state.strip().startswith("Z")


@pytest.mark.parametrize("trusted", [False, True])
def test_scripts_read_and_print_one_after_the_other(processes: Processes, trusted: bool) -> None:
    source = (
        "import sys\nname = input()\n"
        "with open('out.txt', 'w') as file:\n    file.write(open('in.txt').read().upper())\n"
        "print(f'Hello {name}', *sys.argv[1:])\n"
    )
    script = program(processes, source, trusted=trusted)
    for name in ("Ada", "Zoë"):
        printed = script.script(f"{name}\n", ["-v"], {"in.txt": "data"}, ["out.txt"])
        assert (printed.text, dict(printed.left)) == (f"Hello {name} -v\n", {"out.txt": "DATA"})
    after = ProgramProxy(program(processes, trusted=trusted))
    after.say("to the real output")
    assert after.keep(1) == 1
