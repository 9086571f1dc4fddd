"""A warm interpreter that has imported all of gradecheck, and forks a process for each command that is asked of it.

Most of what a short command costs are its imports, and the templates of its pages. A forked command has a process, a
working directory, an environment and outputs of its own, like one that a shell starts. Only what an interpreter reads
at its start can't be given to it. Where tests run side by side, it has one core, as each of them has.
"""

from __future__ import annotations

import atexit
import contextlib
import fcntl
import gc
import importlib
import io
import json
import os
import pkgutil
import select
import selectors
import signal
import socket
import subprocess
import sys
import termios
import threading
from collections.abc import Mapping, Sequence
from pathlib import Path
from tempfile import TemporaryFile
from typing import IO, TYPE_CHECKING

if TYPE_CHECKING:
    from tests.lent import KeptForCommands

_REPOSITORY = Path(__file__).resolve().parents[1]
#: What an interpreter and its libraries read of the environment when they start.
_AT_START = ("PYTHON", "LC_", "LANG", "LD_", "OMP_", "OPENBLAS_", "MKL_", "NUMEXPR_")
#: What isn't imported: what runs behind the wall, and what brings along libraries that few commands need.
_COLD = ("autograder.jupyter", "autograder.pytest_plugin", "autograder.sandbox.", "autograder.batch.dask")
_LIBRARIES = (
    "email.parser", "jinja2", "markdown_it.tree", "math_core", "mdit_py_plugins.dollarmath", "numpy.random",
    "rich.console", "rich.pager", "rich.screen", "rich.styled", "rich.table", "simpleeval",
)  # fmt: skip
_MOST_ASKED = 1 << 17
#: A variable of a command's environment with which it starts a zygote of its own.
OWN_ZYGOTE = "GRADECHECK_TESTS_OWN_ZYGOTE"
_SECONDS_TO_DIE = 30


def _at_start(environment: Mapping[str, str]) -> dict[str, str]:
    """LANGUAGE is none of these: gettext looks at it whenever it looks up a word."""
    return {name: value for name, value in environment.items() if name.startswith(_AT_START) and name != "LANGUAGE"}


class Started:
    """A command that was started, as whoever waits for its end sees it."""

    def __init__(self, reply: socket.socket) -> None:
        self._reply = reply
        self._pid = _number(reply)
        self._code: int | None = None

    def ended(self, seconds: float) -> int | None:
        """Its exit code, or None if it hasn't ended by then."""
        if self._code is None and select.select([self._reply], [], [], seconds)[0]:
            self._code = _number(self._reply)
        return self._code

    def kill(self) -> None:
        """End it, if it hasn't ended."""
        if self.ended(0) is None:
            os.kill(self._pid, signal.SIGKILL)
            self.ended(_SECONDS_TO_DIE)

    def fileno(self) -> int:
        """What can be read once it has ended."""
        return self._reply.fileno()

    def close(self) -> None:
        self._reply.close()


class WarmInterpreter:
    """The interpreter, as whoever asks it sees it. It starts when first asked, and ends with this process."""

    def __init__(self) -> None:
        self._control: socket.socket | None = None
        self._environment: dict[str, str] | None = None

    def can_give(self, environment: Mapping[str, str]) -> bool:
        """Return whether a forked command can have this environment."""
        own = _at_start(os.environ) if self._environment is None else self._environment
        return sys.platform == "linux" and _at_start(environment) == own

    def run(
        self, arguments: Sequence[str], folder: Path, environment: Mapping[str, str], typed: str, seconds: float
    ) -> subprocess.CompletedProcess[str]:
        """Run one command to its end. Raises TimeoutExpired."""
        with TemporaryFile() as given, TemporaryFile() as out, TemporaryFile() as err:
            given.write(typed.encode())
            given.seek(0)
            standard = [each.fileno() for each in (given, out, err)]
            with contextlib.closing(self.start(arguments, folder, environment, standard)) as started:
                code = started.ended(seconds)
                if code is None:
                    started.kill()
                    raise subprocess.TimeoutExpired(list(arguments), seconds)
            return subprocess.CompletedProcess(list(arguments), code, _text(out), _text(err))

    def start(
        self,
        arguments: Sequence[str],
        folder: Path,
        environment: Mapping[str, str],
        standard: Sequence[int],
        *,
        at_terminal: bool = False,
    ) -> Started:
        """Start one command with these standard input, output and errors; `at_terminal`, as the terminal's own."""
        ours, theirs = socket.socketpair()
        asked = json.dumps([list(arguments), str(folder), dict(environment), at_terminal]).encode()
        assert len(asked) < _MOST_ASKED
        with theirs:
            socket.send_fds(self._running(), [asked], [*standard, theirs.fileno()])
        return Started(ours)

    def _running(self) -> socket.socket:
        if self._control is None:
            self._control, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
            self._environment = _at_start(os.environ)  # not before: conftest.py takes from it what this module finds
            with theirs:
                command = [sys.executable, "-P", __file__, str(theirs.fileno())]
                subprocess.Popen(command, cwd=_REPOSITORY, stdin=subprocess.DEVNULL, pass_fds=[theirs.fileno()])
        return self._control


def _number(reply: socket.socket) -> int:
    received = reply.recv(4)
    assert len(received) == 4, "The warm interpreter has ended."
    return int.from_bytes(received, "little", signed=True)


def _text(file: IO[bytes]) -> str:
    file.seek(0)
    return io.TextIOWrapper(io.BytesIO(file.read())).read()


def _serve(control: socket.socket) -> None:
    """Fork a process for each command, and tell how it ended, until nobody is there to ask."""
    from tests.lent import KeptForCommands

    _prepare()
    _take_one_core()
    gc.collect()
    gc.freeze()
    zygotes, running = KeptForCommands(), dict[int, tuple[int, int]]()
    with selectors.DefaultSelector() as watched:
        watched.register(control, selectors.EVENT_READ)
        watched.register(zygotes.wanted, selectors.EVENT_READ)
        while True:
            for ready, _ in watched.select():
                if ready.fileobj is control:
                    asked, descriptors, _, _ = socket.recv_fds(control, _MOST_ASKED, 4)
                    if not asked:
                        return
                    zygotes.before_a_command()
                    process, told = _started(asked, descriptors, None if running else zygotes)
                    running[process] = told
                    watched.register(process, selectors.EVENT_READ)
                elif ready.fileobj is zygotes.wanted:
                    if (warming := zygotes.keep_what_is_wanted()) is not None:
                        watched.register(warming, selectors.EVENT_READ)
                else:
                    watched.unregister(ready.fd)
                    if not zygotes.is_warm(ready.fd):
                        os.close(ready.fd)
                        if _tell_its_end(*running.pop(ready.fd)) < 0:
                            zygotes.end_all()


def _prepare() -> None:
    """Import what commands import, and compile the templates of their pages."""
    import autograder
    from tests.unhurried import lend_time

    lend_time()
    for module in pkgutil.walk_packages(autograder.__path__, "autograder."):
        if not f"{module.name}.".startswith(_COLD):
            importlib.import_module(module.name)
    for name in ("gradecheck_course", "autograder.sandbox.linux.zygote", *_LIBRARIES):
        importlib.import_module(name)
    from autograder.feedback import html

    templates = html.environment()
    templates.bytecode_cache = None  # those that the user's own commands have kept are none of the tests' business
    for template in templates.list_templates(extensions=["html"]):
        templates.get_template(template)


def _take_one_core() -> None:
    """Have commands start one judge, not one a core: each imports all anew, and another test has the other core."""
    if worker := os.environ.get("PYTEST_XDIST_WORKER", "").removeprefix("gw"):
        cores = sorted(os.sched_getaffinity(0))
        os.sched_setaffinity(0, {cores[int(worker) % len(cores)]})


def _started(asked: bytes, descriptors: list[int], zygotes: KeptForCommands | None) -> tuple[int, tuple[int, int]]:
    """Start one command in a process of its own; return what tells its end, and its pid with whom to tell it."""
    *standard, reply = descriptors
    if (pid := os.fork()) == 0:
        os.close(reply)
        os._exit(_command(asked, standard, zygotes))
    for descriptor in standard:
        os.close(descriptor)
    os.write(reply, pid.to_bytes(4, "little", signed=True))
    return os.pidfd_open(pid), (pid, reply)


def _tell_its_end(pid: int, reply: int) -> int:
    _, status = os.waitpid(pid, 0)
    code = os.waitstatus_to_exitcode(status)
    with contextlib.suppress(BrokenPipeError):  # nobody waited so long
        os.write(reply, code.to_bytes(4, "little", signed=True))
    os.close(reply)
    return code


def _command(asked: bytes, standard: list[int], zygotes: KeptForCommands | None) -> int:
    """Return the exit code of a command: 0 to 255. No other may ask its zygotes meanwhile."""
    import gradecheck_course
    from tests.lent import lending

    arguments, folder, environment, at_terminal = json.loads(asked)
    for place, descriptor in enumerate(standard):
        os.dup2(descriptor, place)
        os.close(descriptor)
    if at_terminal:
        _take_terminal()
    os.environ.clear()
    os.environ.update(environment)
    os.chdir(folder)
    sys.argv = arguments
    for name, place, mode in (("stdin", 0, "r"), ("stdout", 1, "w"), ("stderr", 2, "w")):
        old = getattr(sys, name)
        new = open(place, mode, encoding=old.encoding, errors=old.errors, closefd=False)  # noqa: SIM115
        setattr(sys, name, new)
        setattr(sys, f"__{name}__", new)
    try:
        own = zygotes is None or environment.get(OWN_ZYGOTE)
        with contextlib.nullcontext() if own else lending(zygotes.find, zygotes.path):
            gradecheck_course.main()
        code = 0
    except SystemExit as ended:
        code = ended.code if isinstance(ended.code, int) else 0 if ended.code is None else 1
    threading._shutdown()  # type: ignore[attr-defined]
    atexit._run_exitfuncs()
    sys.stdout.flush()
    sys.stderr.flush()
    return code & 0xFF


def _take_terminal() -> None:
    """Make the terminal at standard input this process's own."""
    os.setsid()
    fcntl.ioctl(0, termios.TIOCSCTTY, 0)
    signal.signal(signal.SIGINT, signal.default_int_handler)  # in the background, a shell has its tests ignore it


if __name__ == "__main__":
    sys.path.insert(0, str(_REPOSITORY))
    _serve(socket.socket(fileno=int(sys.argv[1])))
