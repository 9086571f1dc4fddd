"""The libraries that programs may import and that not every installation has. Looking for one doesn't import it."""

from __future__ import annotations

import keyword
import re
import sys
from collections.abc import Iterable
from importlib.util import find_spec
from pathlib import Path

from autograder import shell_words
from autograder.language import tr, tr_n
from autograder.misuse import Misuse

#: PyTorch's own index. The build for Linux in the public one brings CUDA along: 2.8 GB instead of 200 MB.
CPU_BUILDS = "https://download.pytorch.org/whl/cpu"


class LibraryMissing(Misuse):
    """A library that programs need isn't installed; the text says which, and how it is."""


#: What a library that isn't here is called where it is installed from, where that isn't its import name.
_DISTRIBUTIONS = {
    "sklearn": "scikit-learn", "skimage": "scikit-image", "PIL": "pillow", "cv2": "opencv-python-headless",
    "yaml": "PyYAML", "bs4": "beautifulsoup4", "dateutil": "python-dateutil", "Bio": "biopython",
}  # fmt: skip


def installed_as(name: str) -> str:
    """Return what a library, given by its import name, is called where it is installed from.

    An installation says so of what it has, unless several distributions share the name.
    """
    from importlib.metadata import packages_distributions

    owners = set(packages_distributions().get(name, ()))
    return owners.pop() if len(owners) == 1 else _DISTRIBUTIONS.get(name, name)


def require(wanted_by: str, libraries: Iterable[str]) -> None:
    """Raise LibraryMissing for what isn't there; an exercise, say, is named as the one that wants it."""
    missing = sorted(name for name in libraries if not _is_there(name))
    python = shell_words.program(sys.executable)
    if "torch" in missing:
        raise LibraryMissing(
            tr(
                "{exercise} needs PyTorch, which isn't installed beside gradecheck: install it (its build for the CPU,"
                " 200 MB, is enough) with `{command}`.",
                exercise=wanted_by,
                command=f"{python} -m pip install torch --index-url {CPU_BUILDS}",
            )
        )
    if of_python := [name for name in missing if keyword.iskeyword(name) or name in sys.stdlib_module_names]:
        said = tr(
            "{exercise} needs {which}, and nobody can install that: it is a word of Python's, or a module that Python"
            " has on other systems.",
            exercise=wanted_by, which=", ".join(of_python),
        )  # fmt: skip
        raise LibraryMissing(f"{said} " + tr("Nothing was graded."))
    if missing:
        names = " ".join(map(installed_as, missing))
        meant = list(filter(None, map(_imported_as, missing)))
        instead = " " + tr("Did you mean {name!r}?", name=", ".join(meant)) if meant else ""
        raise LibraryMissing(
            tr_n(
                "{exercise} needs {which}, which is not installed beside gradecheck: install {names} with `{command}`."
                " Nothing was graded.",
                "{exercise} needs {which}, which are not installed beside gradecheck: install {names} with `{command}`."
                " Nothing was graded.",
                len(missing), exercise=wanted_by, which=", ".join(missing), names=names,
                command=f"{python} -m pip install {names}",
            ) + instead
        )  # fmt: skip


def _imported_as(name: str) -> str:
    """Return the import name that was surely meant: by another spelling, or by what the library is installed as."""
    from difflib import get_close_matches
    from importlib.metadata import packages_distributions

    here = packages_distributions()
    installed = [(owner, each) for each, owners in here.items() for owner in owners]
    spelt = [(each, each) for each in here] + installed + [(owner, each) for each, owner in _DISTRIBUTIONS.items()]
    same = [each for known, each in spelt if _plain(known) == _plain(name) and each != name]
    return next(iter(same or get_close_matches(name, [*here], 1, 0.8)), "")


def _is_there(name: str) -> bool:
    try:
        spec = find_spec(name)
    except (ImportError, ValueError):
        return False
    return spec is not None and (spec.origin is not None or name != "torch")


#: Top-level modules that every program may see (of IPython what reads a notebook's cells); then those that torch
#: imports besides.
_ALWAYS = ("msgspec", "landlockpy", "IPython", "numpy", "numpy.libs")
_TORCH = (
    "torch", "torchgen", "functorch", "sympy", "mpmath", "networkx", "jinja2", "markupsafe", "fsspec", "filelock",
    "typing_extensions", "packaging", "setuptools",
)  # fmt: skip


def packages(modules: Iterable[str], *, torch: bool) -> list[Path]:
    """Return the files and folders of all that a program may import besides Python's own: of other libraries' `modules`
    too.
    """
    found: list[Path] = []
    for name in _ALWAYS + (_TORCH if torch else ()):
        if name == "numpy.libs":  # shared libraries that the wheel puts beside the package
            beside = found[-1].parent / name
            found += [beside] if beside.is_dir() else []
            continue
        spec = find_spec(name)
        if spec is not None and spec.origin is not None:
            origin = Path(spec.origin)
            found.append(origin.parent if origin.name == "__init__.py" else origin)
    return list(dict.fromkeys([*found, *places(dict.fromkeys(module.partition(".")[0] for module in modules))]))


def places(libraries: Iterable[str]) -> list[Path]:
    """Return the files and folders of libraries, and of what they need: each by its name, never the folder around it.

    Python's own modules have none, for they are everywhere.
    """
    wanted = [name for name in libraries if name not in sys.stdlib_module_names]
    if not wanted:
        return []
    from importlib.metadata import packages_distributions

    owners = packages_distributions()
    found = [place for name in wanted for place in _of_module(name)]
    left, seen = [each for name in wanted for each in owners.get(name, ())], set[str]()
    while left:
        name = left.pop()
        if _plain(name) not in seen:
            seen.add(_plain(name))
            more, needed = _of_distribution(name)
            found += more
            left += needed
    return list(dict.fromkeys(place for place in found if place.exists()))


def _of_module(name: str) -> list[Path]:
    """Return where a module is; also for one that is worked on, which no distribution lists the files of."""
    spec = find_spec(name)
    if spec is None:
        return []
    if spec.submodule_search_locations:
        return [Path(place) for place in spec.submodule_search_locations]
    return [Path(spec.origin)] if spec.origin else []


def _of_distribution(name: str) -> tuple[list[Path], list[str]]:
    """Return what a distribution has put beside others, and the names of what it always needs."""
    from importlib.metadata import PackageNotFoundError, distribution

    try:
        found = distribution(name)
    except PackageNotFoundError:
        return [], []
    tops = {file.parts[0] for file in found.files or () if file.parts[0] not in ("..", "__pycache__", "/")}
    needed = [
        _NAME.match(line) for line in found.requires or () if "extra ==" not in line.replace("extra==", "extra ==")
    ]
    places = [Path(str(found.locate_file(top))) for top in tops if not top.endswith(".pth")]
    return places, [match[0] for match in needed if match]


def _plain(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


_NAME = re.compile(r"[A-Za-z0-9._-]+")


def imported(source: str, libraries: Iterable[str]) -> list[str]:
    """Return the libraries, and those of their modules that a program names in its imports."""
    names = [name for name in libraries if name not in sys.stdlib_module_names]
    found = list(names)
    for line in re.findall(r"^[ \t]*(?:from|import)[ \t]+[^\n#;]+", source, re.MULTILINE):
        word, _, rest = line.strip().partition(" ")
        of, _, what = rest.partition(" import ")
        for part in of.split(",") if word == "import" else [of]:
            module = part.split()[0] if part.split() else ""
            if module.partition(".")[0] in names:
                found.append(module)
                found += [f"{module}.{each.split()[0]}" for each in what.strip("() ").split(",") if each.split()]
    return [name for name in dict.fromkeys(found) if all(part.isidentifier() for part in name.split("."))]
