"""The few scripts that a page may run: each is part of the page, and allowed there by its hash alone."""

from __future__ import annotations

import base64
import hashlib
from dataclasses import dataclass
from typing import TYPE_CHECKING

from autograder.feedback import html

if TYPE_CHECKING:
    from markupsafe import Markup


@dataclass(frozen=True)
class Script:
    """A script's text as it stands in the page, and what the page's Content-Security-Policy calls it."""

    source: Markup
    hash: str


def script(name: str) -> Script:
    """One of the scripts beside the templates."""
    from markupsafe import Markup

    loader = html.environment().loader
    assert loader is not None
    source = loader.get_source(html.environment(), name)[0]
    return Script(Markup(source), f"sha256-{base64.b64encode(hashlib.sha256(source.encode()).digest()).decode()}")
