"""What a cell shows: a page in a frame of its own, Markdown, and the same as plain text where neither is shown.

A frame keeps the notebook's styles and scripts from a report, and a report's text from the notebook. It must not know
what it shows.
"""

from __future__ import annotations

import io
from collections.abc import Callable
from html import escape
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from rich.console import Console

#: What a cell shows, by media type.
Shown = dict[str, str]
_WIDTH = 88
#: The heading stands outside the frame: it is all that is left where frames are taken out, as in an untrusted notebook.
_FRAME = """\
<p><strong>{heading}</strong><br>{below}</p>
<div style="height:36rem;resize:vertical;overflow:hidden;border:1px solid #8885;border-radius:4px">
<iframe title="{heading}" srcdoc="{page}" sandbox="" style="width:100%;height:100%;border:0"></iframe>
</div>"""


def framed(heading: str, below: str, page: str, text: str) -> Shown:
    """Return a page in a frame that runs no script, below a heading and a line; `text` is all of it in plain text."""
    frame = _FRAME.format(heading=escape(heading), below=escape(below), page=escape(page))
    return {"text/html": frame, "text/plain": text}


def markdown(text: str) -> Shown:
    """Return Markdown with LaTeX, which Jupyter sets, and the same in plain text."""
    from autograder.feedback import terminal_markdown

    return {"text/markdown": text, "text/plain": drawn(lambda console: terminal_markdown.render(text, console))}


def drawn(write: Callable[[Console], object]) -> str:
    """Return what is written on a console that is no terminal: plain text, as a pipe gets it."""
    from rich.console import Console

    text = io.StringIO()
    write(
        Console(
            file=text, width=_WIDTH, markup=False, emoji=False, highlight=False, force_terminal=False,
            force_jupyter=False,
        )
    )  # fmt: skip
    return text.getvalue().rstrip("\n")
