"""A report on paper: one mistake is one page, and what can't be unfolded there isn't missed."""

from __future__ import annotations

import re
from pathlib import Path

import msgspec
import pytest
from playwright.sync_api import Browser

from autograder.feedback import html, statement_page
from autograder.feedback.html import Beside
from autograder.feedback.statement_page import Statement
from autograder.grading.report import CheckResult, Report
from autograder.several_files import File
from tests.chromium import browser

__all__ = ["browser"]

PROGRAM = "import numpy as np\n" + "".join(f"\n\ndef f_{k}(x):\n    return x ** {k}\n" for k in range(30))


@pytest.fixture
def one_mistake(failed: Report, whole: Report) -> Report:
    """A misconception that eleven of twelve checks show."""
    belief = failed.checks[2].misconception
    checks = [
        CheckResult(f"check_{k}", f"The {k}th behaviour of the function, in one line", 1.0, 0.0, "failed",
                    whole.checks[0 if k == 1 else 1].message, belief)
        for k in range(1, 12)
    ]  # fmt: skip
    passed = CheckResult("at_rest", "At rest", 1.0, 1.0, "passed")
    return msgspec.structs.replace(failed, checks=[*checks, passed], points=12.0, score=1.0, output="")


def test_one_mistake_is_one_page(browser: Browser, tmp_path: Path, one_mistake: Report) -> None:
    file = tmp_path / "report.html"
    program = [File("", 1, PROGRAM)]
    file.write_text(html.render(one_mistake, beside=Beside(program=program)), encoding="utf-8")
    page = browser.new_page()
    page.goto(file.as_uri())
    paper = page.pdf(format="A4", prefer_css_page_size=True)
    assert len(re.findall(rb"/Type\s*/Page\b", paper)) == 1
    page.emulate_media(media="print")
    assert page.locator(".colophon").is_visible()
    assert not page.locator(".program").is_visible()
    page.close()


def test_the_total_stands_once_at_the_end(browser: Browser, tmp_path: Path, one_mistake: Report) -> None:
    file = tmp_path / "report.html"
    file.write_text(html.render(one_mistake), encoding="utf-8")
    page = browser.new_page()
    page.goto(file.as_uri())
    page.emulate_media(media="print")
    assert page.locator("tfoot").evaluate("(it) => getComputedStyle(it).display") == "table-row-group"
    page.close()


def test_a_footer_of_links_alone_takes_no_paper(browser: Browser, tmp_path: Path) -> None:
    file = tmp_path / "statement.html"
    statement = Statement(
        id="exercise-04", title="The Jacobian", text="Write it.", hints=[], facts=[], stub="", commands=[], report=""
    )
    file.write_text(statement_page.render(statement, home="index.html"), encoding="utf-8")
    page = browser.new_page()
    page.goto(file.as_uri())
    assert page.locator("footer").is_visible()
    page.emulate_media(media="print")
    assert not page.locator("footer").is_visible()
    page.close()
