"""Which files a sandboxed program may see: the interpreter, the packages that an exercise needs, and the worker's own.

A pure description, without any mounting. Nothing of a course is ever in it: packages are listed by name, never by
their folder, because an installed gradecheck keeps its solutions in the same folder as numpy.
"""

from __future__ import annotations

import os
import site
import sys
import sysconfig
from collections.abc import Sequence
from pathlib import Path

import msgspec

from autograder.machine import ONE_THREAD
from autograder.sandbox.libraries import packages

ENGINE = "/gradecheck/engine"
PACKAGES = "/gradecheck/packages"

_SITE_FOLDERS = ("site-packages", "dist-packages")


class View(msgspec.Struct, frozen=True):
    """Read-only binds (source, destination), folders to hide behind an empty one, and the import path inside."""

    binds: tuple[tuple[Path, str], ...]
    hidden: tuple[str, ...]
    python: Path
    import_path: tuple[str, ...]


def sandboxed(modules: Sequence[str], *, torch: bool) -> View:
    """What bubblewrap shows."""
    system = _interpreter_paths()
    binds = [(path.resolve(), str(path)) for path in system]
    binds += [(source, f"{PACKAGES}/{source.name}") for source in packages(modules, torch=torch)]
    binds += [(source, f"{ENGINE}/autograder/{source.name}") for source in _engine()]
    hidden = tuple(str(folder) for folder in _site_folders() if any(folder.is_relative_to(path) for path in system))
    return View(tuple(binds), hidden, _python(), (ENGINE, *_standard_library(), PACKAGES))


def unsandboxed(modules: Sequence[str], *, torch: bool) -> View:
    """The same files where they lie, for Landlock alone or for no confinement at all."""
    found = packages(modules, torch=torch)
    system = [part for path in _interpreter_paths() for part in _without(path, _site_folders())]
    paths = [*system, *found, *_engine()]
    homes = dict.fromkeys(str(package.parent) for package in found)
    engine = str(Path(__file__).parents[3])
    return View(tuple((path, str(path)) for path in paths), (), _python(), (engine, *_standard_library(), *homes))


def _python() -> Path:
    """The real interpreter, not the virtual environment's link to it."""
    return Path(getattr(sys, "_base_executable", sys.executable)).resolve()


def _standard_library() -> list[str]:
    folder = sysconfig.get_path("stdlib")
    return [folder, f"{folder}/lib-dynload"]


def _interpreter_paths() -> list[Path]:
    """The interpreter, its standard library, and the shared libraries that they load."""
    libraries = [Path(str(sysconfig.get_config_var("LIBDIR") or "/usr/lib"))]
    if libraries[0].is_relative_to("/usr/lib") or libraries[0].is_relative_to("/lib"):
        libraries = []  # shared with the whole system: the folders below are enough
    multiarch = str(sysconfig.get_config_var("MULTIARCH") or "")
    system = [f"/lib/{multiarch}", f"/usr/lib/{multiarch}"] if Path(f"/usr/lib/{multiarch}").is_dir() else ["/usr/lib"]
    paths = [_python(), Path(sysconfig.get_path("stdlib")), *libraries]
    paths += [Path(name) for name in (*system, "/lib64", "/usr/lib64", "/etc/ld.so.cache")]
    paths = [path for path in dict.fromkeys(paths) if path.exists()]
    return [path for path in paths if not any(path != other and path.is_relative_to(other) for other in paths)]


def _site_folders() -> list[Path]:
    """The interpreter's folders of third-party packages: they can hold anything, solutions included."""
    library = Path(sysconfig.get_path("stdlib"))
    places = [parent / name for parent in (library, library.parent / "python3") for name in _SITE_FOLDERS]
    places += [Path(name) for name in site.getsitepackages([sys.base_prefix, sys.base_exec_prefix])]
    return [place for place in dict.fromkeys(places) if place.is_dir()]


def _without(path: Path, folders: list[Path]) -> list[Path]:
    """A path; or, where it holds one of the folders, all that it holds but them (Landlock can't hide a part)."""
    if path in folders:
        return []
    if not any(folder.is_relative_to(path) for folder in folders):
        return [path]
    return [part for child in sorted(path.iterdir()) for part in _without(child, folders)]


def _engine() -> list[Path]:
    """Our own files that run inside: the package's name, this room, and how several files are one text."""
    room = Path(__file__).parents[1]
    return [room.parent / "__init__.py", room.parent / "several_files.py", room]


def thread_environment() -> dict[str, str]:
    """Environment of the zygote: one thread a library, stable hashing, nothing of the user's own."""
    fixed = {"PATH": os.defpath, "LANG": "C.UTF-8", "HOME": "/", "PYTHONHASHSEED": "0"}
    return fixed | ONE_THREAD
