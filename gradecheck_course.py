"""The command `gradecheck`: starts `autograder.cli`, once it is sure that this `autograder` is the one it came with.

Other packages have that name too. One that comes first on the import path, or was installed over ours, would be run in
its place: it is named instead, before a line of it runs. This must import nothing else of ours.
"""

import atexit
import gc
import sys
from importlib.util import find_spec
from pathlib import Path
from typing import NoReturn

_OURS = Path(__file__).resolve().parent / "autograder" / "__init__.py"


def main() -> None:
    """Run the command line, or say which `autograder` stands in its way and exit with 2."""
    spec = find_spec("autograder")
    found = Path(spec.origin).resolve() if spec is not None and spec.origin is not None else None
    if found is None:
        _refuse("gradecheck's package `autograder` isn't there any more")
    elif found != _OURS or not found.read_bytes().startswith(b'"""gradecheck'):
        _refuse(f"{found.parent} is another package called `autograder`, and stands in the way of gradecheck's")
    # Most of what a short command makes stays to its end, some 60,000 objects of `run`: looked at less often, and not
    # at the end, it's sooner done.
    gc.set_threshold(200_000)
    atexit.register(gc.freeze)
    from autograder.cli import main

    main()


def _refuse(what: str) -> NoReturn:
    print(
        f"{what}. Install gradecheck into an environment of its own: python3 -m venv .venv, then .venv/bin/python -m"
        " pip install . in the folder that it came in.",
        file=sys.stderr,
    )
    sys.exit(2)


if __name__ == "__main__":  # python -P -m gradecheck_course, for whoever knows the interpreter and not the command
    main()
