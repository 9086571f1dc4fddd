"""Trying each layer of confinement for real, in a throw-away child, and saying what cures a missing one."""

from __future__ import annotations

import sys
from dataclasses import dataclass

from autograder.language import later, tr
from autograder.sandbox.failures import ProgramFailure, ProgramTimeout
from autograder.sandbox.inside.warmth import Warmth
from autograder.sandbox.layers import ALL, CURES, NONE, Layers, SandboxUnavailable
from autograder.sandbox.program import Allowance, Program, ProgramProxy
from autograder.sandbox.starter import NO_WALL, Budget, start


@dataclass(frozen=True)
class Trial:
    """What came of trying one layer: does it hold, what was seen, and what to do if it doesn't."""

    layer: str
    holds: bool
    seen: str
    cure: str = ""


#: What each layer alone must stop: a probe that answers nothing or raises there, and answers where nothing confines it.
_PROBES = {
    "bubblewrap": (
        Layers(landlock=False, seccomp=False, rlimits=False),
        "import os\ndef probe():\n"
        "    return [name for name in ('/etc/passwd', '/var/tmp', '/proc/self') if os.path.exists(name)]\n",
        later("no file of this machine can be seen"),
    ),
    "landlock": (
        Layers(bubblewrap=False, seccomp=False, rlimits=False),
        "import os\ndef probe():\n    try:\n        return os.listdir('/')\n"
        "    except PermissionError:\n        return []\n",
        later("files outside its own are refused"),
    ),
    "seccomp": (
        Layers(bubblewrap=False, landlock=False, rlimits=False),
        "import socket\ndef probe():\n    try:\n        return [socket.socket().family.name]\n"
        "    except PermissionError:\n        return []\n",
        later("sockets are refused"),
    ),
    "rlimits": (
        Layers(bubblewrap=False, landlock=False, seccomp=False),
        "def probe():\n    try:\n        return [len(bytes(2 << 30))]\n    except MemoryError:\n        return []\n",
        later("2 GiB of memory are refused"),
    ),
}


def try_layers() -> list[Trial]:
    """Try each layer alone, then all together; where there can be none, the process that a program has to itself."""
    if sys.platform != "linux":
        return [_try_process(), Trial("the wall", False, tr("it needs Linux"), tr(NO_WALL))]
    return [*(_try(layer) for layer in _PROBES), _try_together()]


def _try(layer: str) -> Trial:
    layers, source, stopped = _PROBES[layer]
    try:
        with start(Warmth.NUMPY, layers=layers) as starter:
            program = Program(starter, "probe.py", source, Allowance(10, 10, Budget(256, 10)))
            let_through = ProgramProxy(program).probe()
            in_force = layer in program.layers
    except SandboxUnavailable as problem:
        return Trial(layer, False, problem.reason, problem.cure or tr(CURES[layer]))
    except (ProgramFailure, OSError) as problem:
        return Trial(layer, False, str(problem), tr(CURES[layer]))
    if let_through or not in_force:
        passed = tr("it let through: {what}", what=let_through) if let_through else ""
        return Trial(layer, False, passed or tr("it could not be put in force"), tr(CURES[layer]))
    return Trial(layer, True, tr(stopped))


def _try_process() -> Trial:
    source = "def probe():\n    return 1\ndef hang():\n    while True:\n        pass\n"
    try:
        with start(Warmth.NUMPY, layers=NONE) as starter:
            program = ProgramProxy(Program(starter, "probe.py", source, Allowance(1.0)))
            answer = program.probe()
            program.hang()
    except ProgramTimeout:
        return Trial("own programs", answer == 1, tr("one ran in a process of its own, and was ended when it hung"))
    except (ProgramFailure, SandboxUnavailable, OSError) as problem:
        return Trial("own programs", False, str(problem), tr("Close other programs, then try again."))
    return Trial("own programs", False, tr("one that hung was not ended"), tr("Report it."))


def _try_together() -> Trial:
    try:
        with start(Warmth.NUMPY, layers=ALL) as starter:
            in_force = starter.probe()
    except SandboxUnavailable as problem:
        return Trial("all together", False, problem.reason, tr("Mend the layers above first."))
    if missing := ALL.missing(in_force):
        lacking = tr("without {layers}", layers=", ".join(missing))
        return Trial("all together", False, lacking, tr("Mend the layers above first."))
    return Trial("all together", True, tr("all are in force at once"))
