"""A real Chromium for the tests that look at a page. Where there is none they fail, and say what to install."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, expect, sync_playwright

_NAMES = ("chromium", "chromium-browser", "google-chrome")
#: Milliseconds: Chromium's own are few for a busy machine.
_PATIENCE = 180_000
_CURE = "These tests need Chromium: `apt-get install chromium`, or set CHROMIUM to the path of one that is there."


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """One browser for a module's tests; each opens pages of its own. Playwright can run once at a time only."""
    program = os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, _NAMES)), None)
    if program is None:
        pytest.fail(_CURE)
    with sync_playwright() as playwright:
        # As root Chromium has no sandbox of its own; it is shown pages of these tests alone.
        chromium = playwright.chromium.launch(executable_path=program, args=["--no-sandbox"], timeout=_PATIENCE)
        expect.set_options(timeout=_PATIENCE)
        yield chromium
        chromium.close()
