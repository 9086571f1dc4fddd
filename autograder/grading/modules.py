"""The modules that lie beside a program and that it imports: `from helpers import step`.

They are found by the program's text, never by running it. It must not know where files lie.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

#: More modules than a hand-in needs; together they fit into one frame.
_MOST = 20
_IMPORT = re.compile(
    r"(?:^|[;:])[ \t]*(?:from[ \t]+(?P<dots>\.*)(?P<of>[\w.]*)[ \t]+import[ \t]+(?P<what>\([^)]*\)|[^\n#;]+)"
    r"|import[ \t]+(?P<plain>[\w., \t]+))"
    r"|\b(?:import_module|__import__)\([ \t]*[\"'](?P<named>[\w.]+)[\"']",
    re.MULTILINE,
)


def imported(source: str, package: str = "") -> Iterator[str]:
    """The dotted names of what a program may import; `package` is the one that it lies in, for `from . import`."""
    for match in _IMPORT.finditer(source):
        if plain := match["plain"] or match["named"]:
            yield from _names(plain)
            continue
        above = package.rpartition(".")[0] if len(match["dots"]) > 1 else package
        of = ".".join(part for part in (above if match["dots"] else "", match["of"]) if part)
        yield of
        yield from (f"{of}.{name}".lstrip(".") for name in _names(match["what"].strip("()")))


def modules(source: str, text_of: Callable[[str], str | None]) -> dict[str, str]:
    """The texts of the modules that a program imports, and that those import, by their dotted names.

    A package's own text stands under `name.__init__`. `text_of` gives the text of a file by its path below the
    program's folder (`helpers.py`, `tools/__init__.py`), None where there is none.
    """
    found: dict[str, str] = {}
    wanted = list(imported(source))
    seen = set(wanted)
    while wanted and len(found) < _MOST:
        name = wanted.pop(0)
        for path, key in _places(name):
            text = None if key in found else text_of(path)
            if text is not None:
                found[key] = text
                package = key.removesuffix(".__init__") if key.endswith(".__init__") else key.rpartition(".")[0]
                more = [other for other in imported(text, package) if other not in seen]
                seen.update(more)
                wanted += more
    return found


def _places(name: str) -> Iterator[tuple[str, str]]:
    """Where a module's text can be, and the key that it then has: with the packages above it."""
    parts = [part for part in name.split(".") if part]
    for depth in range(1, len(parts) + 1):
        above = parts[:depth]
        yield f"{'/'.join(above)}/__init__.py", ".".join([*above, "__init__"])
        yield f"{'/'.join(above)}.py", ".".join(above)


def _names(text: str) -> Iterator[str]:
    return (part.split()[0] for part in text.split(",") if part.strip())
