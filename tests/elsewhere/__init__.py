"""Another system's Python, played on this one: what macOS or Windows lacks is taken away from our own modules.

Python's own modules and libraries keep all that they need here. The processes that ours start are treated alike. As a
program, `python -m tests.elsewhere win32 run exercise-04` is `gradecheck run exercise-04` on Windows.
"""

from __future__ import annotations

import builtins
import importlib.abc
import importlib.machinery
import subprocess
import sys
import types
from collections.abc import Sequence
from pathlib import Path
from typing import Any

REPOSITORY = Path(__file__).parents[2]
SYSTEMS = ("darwin", "win32")
#: Our own modules, by the name of the package that they are in.
_OURS = ("autograder", "gradecheck_course")

_NO_MODULES: dict[str, tuple[str, ...]] = {
    "darwin": (),
    "win32": (
        "fcntl",
        "grp",
        "pty",
        "pwd",
        "readline",
        "resource",
        "syslog",
        "termios",
        "tty",
        "posix",
        "_posixsubprocess",
    ),
}
_ON_NEITHER = {
    "os": (
        "O_PATH", "O_TMPFILE", "copy_file_range", "eventfd", "getresuid", "getrandom", "memfd_create", "pidfd_open",
        "posix_fadvise", "sched_getaffinity", "sched_setaffinity", "sched_setscheduler", "setns", "setresuid", "splice",
        "unshare",
    ),
    "select": ("epoll",),
    "signal": ("pidfd_send_signal", "sigtimedwait", "sigwaitinfo"),
    "socket": ("SOCK_SEQPACKET", "AF_NETLINK", "AF_VSOCK", "SO_PEERCRED"),
    "resource": ("RLIMIT_MSGQUEUE", "prlimit"),
}  # fmt: skip
_NOT_ON_WINDOWS = {
    "os": (
        "O_CLOEXEC", "O_DIRECTORY", "O_NOFOLLOW", "O_NONBLOCK", "WNOHANG", "chown", "fchdir", "fchmod", "fchown",
        "fork", "forkpty", "getegid", "geteuid", "getgid", "getgroups", "getpgid", "getpgrp", "getsid", "getuid",
        "initgroups", "killpg", "lchown", "mkfifo", "mknod", "openpty", "posix_spawn", "pread", "preadv", "pwrite",
        "pwritev", "readv", "sched_yield", "sendfile", "setegid", "seteuid", "setgid", "setgroups", "setpgid", "setsid",
        "setuid", "statvfs", "sysconf", "tcgetpgrp", "ttyname", "uname", "wait", "wait3", "wait4", "waitid", "writev",
    ),
    "select": ("poll", "kqueue"),
    "signal": (
        "ITIMER_PROF", "ITIMER_REAL", "ITIMER_VIRTUAL", "SIGALRM", "SIGCHLD", "SIGCONT", "SIGHUP", "SIGIO", "SIGKILL",
        "SIGPIPE", "SIGPROF", "SIGQUIT", "SIGSTOP", "SIGTSTP", "SIGTTIN", "SIGTTOU", "SIGUSR1", "SIGUSR2", "SIGVTALRM",
        "SIGWINCH", "SIGXCPU", "SIG_BLOCK", "SIG_SETMASK", "SIG_UNBLOCK", "alarm", "getitimer", "pause", "pthread_kill",
        "pthread_sigmask", "setitimer", "siginterrupt", "sigpending", "sigwait",
    ),
    "socket": ("AF_UNIX", "recv_fds", "send_fds"),
    "faulthandler": ("register", "unregister"),
    "time": ("clock_gettime", "tzset", "pthread_getcpuclockid"),
}  # fmt: skip
#: Of `subprocess.Popen`: what Windows refuses.
_POSIX_ARGUMENTS = ("preexec_fn", "pass_fds", "start_new_session", "user", "group", "extra_groups", "umask")


def take_away(system: str) -> None:
    """Have all modules of ours that are imported from here on believe to be on another system."""
    sys.meta_path.insert(0, _Finder(system))


def preamble(system: str) -> str:
    """What a process of ours has to begin with, for the same."""
    return (
        f"import sys; sys.path.insert(0, {str(REPOSITORY)!r}); import tests.elsewhere; del sys.path[0]; "
        f"tests.elsewhere.take_away({system!r}); "
    )


class _Finder(importlib.abc.MetaPathFinder):
    """Finds our modules, and gives each an `import` of its own."""

    def __init__(self, system: str) -> None:
        lacks: dict[str, set[str]] = {}
        for each in [_ON_NEITHER, *([_NOT_ON_WINDOWS] if system == "win32" else [])]:
            for module, names in each.items():
                lacks.setdefault(module, set()).update(names)
        self._lacks, self._system = lacks, system
        self._made: dict[str, types.ModuleType] = {}
        self.builtins = {**vars(builtins), "__import__": self._import}

    def find_spec(self, name: str, path: Sequence[str] | None = None, target: Any = None) -> Any:
        if name.partition(".")[0] not in _OURS:
            return None
        for finder in sys.meta_path:
            spec = None if finder is self else finder.find_spec(name, path, target)
            if spec is not None:
                if spec.loader is not None:
                    spec.loader = _Loader(spec.loader, self)  # type: ignore[assignment]
                return spec
        return None

    def _import(self, name: str, globals: Any = None, locals: Any = None, fromlist: Any = (), level: int = 0) -> Any:
        if not level and name.partition(".")[0] in _NO_MODULES[self._system]:
            raise ModuleNotFoundError(f"No module named {name!r}", name=name)
        module = builtins.__import__(name, globals, locals, fromlist, level)
        plain = not level and "." not in name
        return self._instead(module) if plain and name in {*self._lacks, "builtins", "sys", "subprocess"} else module

    def _instead(self, module: types.ModuleType) -> types.ModuleType:
        if module.__name__ not in self._made:
            other: dict[str, Any] = {}
            if module is sys:
                other["platform"] = self._system
            if module is subprocess:
                other["Popen"] = _popen(self._system)
            also = self.builtins if module is builtins else {}
            self._made[module.__name__] = _Lacking(module, self._lacks.get(module.__name__, ()), other, also)
        return self._made[module.__name__]


class _Loader(importlib.abc.Loader):
    def __init__(self, loader: Any, finder: _Finder) -> None:
        self._loader, self._finder = loader, finder

    def create_module(self, spec: importlib.machinery.ModuleSpec) -> types.ModuleType | None:
        made: types.ModuleType | None = self._loader.create_module(spec)
        return made

    def exec_module(self, module: types.ModuleType) -> None:
        vars(module)["__builtins__"] = self._finder.builtins
        self._loader.exec_module(module)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._loader, name)


class _Lacking(types.ModuleType):
    """A module without some of its names; what is set in it is set in the real one, and also in `also`."""

    def __init__(self, module: types.ModuleType, lacks: Any, other: dict[str, Any], also: dict[str, Any]) -> None:
        of = module, frozenset(lacks), other, also
        super().__getattribute__("__dict__").update(_of=of, __name__=module.__name__)

    def __getattribute__(self, name: str) -> Any:
        module, lacks, other, _ = super().__getattribute__("__dict__")["_of"]
        if name in lacks:
            raise AttributeError(f"module {module.__name__!r} has no attribute {name!r}")
        return other[name] if name in other else getattr(module, name)

    def __setattr__(self, name: str, value: Any) -> None:
        module, _, _, also = super().__getattribute__("__dict__")["_of"]
        setattr(module, name, value)
        also[name] = value


def _popen(system: str) -> type[subprocess.Popen[Any]]:
    class Popen(subprocess.Popen[Any]):
        """Starts our own processes with what is taken away there; those are the ones that get their source by `-c`."""

        def __init__(self, command: Any, *arguments: Any, **keywords: Any) -> None:
            refused = [name for name in _POSIX_ARGUMENTS if name in keywords]
            if system == "win32" and refused:
                raise ValueError(f"{refused[0]} is not supported on Windows platforms")
            if isinstance(command, list) and "-c" in command:
                at = command.index("-c") + 1
                command = [*command[:at], preamble(system) + command[at], *command[at + 1 :]]
            super().__init__(command, *arguments, **keywords)

    return Popen
