"""Runs cells of a notebook as on another system, and prints what each shows.

Started by `python -m tests.elsewhere.notebook win32`; the cells come as a list in JSON. Nothing is taken away from the
system that this is.
"""

from __future__ import annotations

import json
import sys

from tests.elsewhere import take_away


def main(system: str, cells: list[str]) -> None:
    if system != sys.platform:
        take_away(system)
    from IPython.core.interactiveshell import InteractiveShell
    from IPython.utils.capture import capture_output

    shell = InteractiveShell.instance()
    for cell in ["%load_ext autograder", *cells]:
        with capture_output() as shown:
            shell.run_cell(cell, store_history=True)
        print(shown.stdout, *(output.data.get("text/plain", "") for output in shown.outputs), sep="\n")


if __name__ == "__main__":
    sys.stdout.reconfigure(encoding="utf-8")  # type: ignore[union-attr]
    main(sys.argv[1], json.load(sys.stdin.buffer))
