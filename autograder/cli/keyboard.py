"""Reading one line: from a terminal, with a line editor, or from a pipe, where what was read is written back.

Bytes that are no text, lines without end and an input that is closed are all just lines, or the end of them.
"""

from __future__ import annotations

import sys
from contextlib import suppress

_LONGEST = 4096


class Keyboard:
    """Standard input, which may be a person's, a pipe, or closed."""

    def __init__(self) -> None:
        if hasattr(sys.stdin, "reconfigure"):
            sys.stdin.reconfigure(errors="replace")
        self.is_a_person = sys.stdin is not None and sys.stdin.isatty() and sys.stdout.isatty()
        if self.is_a_person:
            with suppress(ImportError):
                import readline  # noqa: F401  (gives input() its arrow keys and history)

    def read_line(self, prompt: str) -> str | None:
        """Return the next line, or None at the end of the input. Raises KeyboardInterrupt."""
        sys.stdout.flush()
        line = _from_person(prompt) if self.is_a_person else _from_pipe(prompt)
        if line is None:
            sys.stdout.write("\n")
            sys.stdout.flush()
        return line


def _from_person(prompt: str) -> str | None:
    try:
        return input(prompt)
    except (EOFError, OSError):
        return None


def _from_pipe(prompt: str) -> str | None:
    sys.stdout.write(prompt)
    sys.stdout.flush()
    line = _bounded_line() if sys.stdin else ""
    if not line:
        return None
    shown = "".join(c if c.isprintable() else "?" for c in line.strip()[:80])
    sys.stdout.write(f"{shown}\n")
    return line


def _bounded_line() -> str:
    """Return one line, the rest of a very long one read and dropped."""
    try:
        line = piece = sys.stdin.readline(_LONGEST)
        while len(piece) == _LONGEST and not piece.endswith("\n"):
            piece = sys.stdin.readline(_LONGEST)
    except (OSError, ValueError):
        return ""
    return line
