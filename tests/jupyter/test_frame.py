"""A report in its frame, in a real browser: it is shown, it runs nothing, and no style crosses it."""

from __future__ import annotations

from pathlib import Path

from playwright.sync_api import Browser

from autograder.jupyter.frames import framed
from tests.chromium import browser

__all__ = ["browser"]

PAGE = """<!DOCTYPE html><title>report</title>
<p id="said">it's &lt;b&gt;said&lt;/b&gt; "here"</p>
<script>parent.document.body.id = "changed"; document.getElementById("said").textContent = "changed"</script>"""


def test_a_page_is_shown_and_kept_to_itself(browser: Browser, tmp_path: Path) -> None:
    shown = framed('4 of "10" <b>points</b>', "Graded: f [1].", PAGE, "as text")
    assert shown["text/plain"] == "as text"
    file = tmp_path / "cell.html"
    file.write_text(f"<!DOCTYPE html><meta charset=utf-8><style>p {{ color: red }}</style><body>{shown['text/html']}")
    page = browser.new_page()
    page.goto(file.as_uri())
    assert page.locator("strong").inner_text() == '4 of "10" <b>points</b>'
    said = page.frame_locator("iframe").locator("#said")
    assert said.inner_text() == 'it\'s <b>said</b> "here"'
    assert said.evaluate("each => getComputedStyle(each).color") == "rgb(0, 0, 0)"
    assert page.locator("body").get_attribute("id") is None
    assert page.locator("iframe").get_attribute("title") == '4 of "10" <b>points</b>'
    page.close()
