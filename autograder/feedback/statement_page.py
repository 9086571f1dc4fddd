"""The statement of an exercise as a page, with its hints folded away and the commands to begin with.

It must not know where the statement comes from.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Statement:
    """What a student reads of an exercise. `text` and `hints` are Markdown, `facts` sentences on what is handed in.

    `stub` is what the work begins from; `report` is the page of the last report, empty where there is none.
    """

    id: str
    title: str
    text: str
    hints: Sequence[str]
    facts: Sequence[str]
    stub: str
    commands: Sequence[str]
    report: str = ""


def render(statement: Statement, *, home: str) -> str:
    """Return the page; `home` is a page to go back to."""
    from autograder.feedback import html

    return html.environment().get_template("statement.html").render(statement=statement, home=home)
