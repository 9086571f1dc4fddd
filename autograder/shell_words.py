"""Words as the shell that somebody types at reads them: a POSIX one, or on Windows PowerShell as well as cmd.

It must not know what is typed.
"""

from __future__ import annotations

import re
import shlex
import sys

#: What neither PowerShell nor cmd takes for anything but a part of the word that it stands in.
_PLAIN = re.compile(r"[\w.:\\/+=-]+")


def word(text: str, system: str = sys.platform) -> str:
    """Return a text as one word of a command, quoted where that must be."""
    if system != "win32":
        return shlex.quote(text)
    return text if _PLAIN.fullmatch(text) else f'"{text}"'


def program(path: str, system: str = sys.platform) -> str:
    """Return the path of a program, to stand at the beginning of a command.

    PowerShell takes a quoted word there for a string, and starts nothing; quotes within the word it reads as cmd does.
    """
    if system != "win32":
        return word(path, system)
    return re.sub(r"[^\\/]+", lambda part: word(part[0], system), path)


def split(line: str, system: str = sys.platform) -> list[str]:
    """Return the words of a line. A backslash parts folders on Windows. Raises ValueError if a quote isn't closed."""
    words = shlex.shlex(line, posix=True, punctuation_chars=False)
    words.whitespace_split = True
    words.commenters = ""
    if system == "win32":
        words.escape = ""
    return list(words)
