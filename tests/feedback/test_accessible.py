"""Every page of ours under axe-core in a real browser: light and dark, on a phone and on a desk, nothing cut off."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import axe_playwright_python
import pytest
from playwright.sync_api import Browser, BrowserContext

from autograder.feedback import course_page, html
from autograder.feedback.course_page import Belief, CourseSoFar, ExerciseSoFar, Named, QuizSoFar, Sum, UnitSoFar
from autograder.gradebook import class_page
from autograder.grading.report import Report
from tests.chromium import browser
from tests.command import REPOSITORY
from tests.gradebooks import write_gradebook

__all__ = ["browser"]

AXE = Path(axe_playwright_python.__file__).with_name("axe.min.js").read_text(encoding="utf-8")
PAGES = ("failed", "passed", "hostile", "measured", "pictures", "course", "class")
EXERCISE = ExerciseSoFar("exercise-01", r"The norm of $W^{20}$", "implement", "norm.py", 3, 3, True, 1)
QUIZ = QuizSoFar("products", "A quiz with a rather long title", 12, 3, 12, 2, 2, ["first"])
COURSE = CourseSoFar(
    course=Named("a-course", r"A course on $\rho^T$", "/course"),
    score=3,
    points=3,
    quizzes=Sum(2, 12),
    units=[UnitSoFar("one", "First", [EXERCISE], []), UnitSoFar("two", "Second", [], [QUIZ])],
)
BELIEFS = [Belief(r"A product $0.7 \cdot 20$ for a power", "powers", 2, ["exercise-01"], ["exercise-02"])]


@pytest.fixture(scope="session")
def pages(
    tmp_path_factory: pytest.TempPathFactory, failed: Report, passed: Report, hostile: Report, measured: Report
) -> Callable[[str], Path]:
    """Where each page lies."""
    folder = tmp_path_factory.mktemp("pages")
    reports = {"failed": failed, "passed": passed, "hostile": hostile, "measured": measured}
    for name, report in reports.items():
        (folder / f"{name}.html").write_text(html.render(report), encoding="utf-8")
    shutil.copy(REPOSITORY / "pages" / "pictures.html", folder)
    course = course_page.render(COURSE, BELIEFS, {"exercise-01": "failed.html"}, {"pictures.html": "Two pictures"})
    (folder / "course.html").write_text(course, encoding="utf-8")
    class_page.write(write_gradebook(folder), folder)
    return lambda name: folder / f"{name}.html"


@pytest.fixture(
    params=[("light", 320), ("light", 1000), ("dark", 320), ("dark", 1000)], ids=lambda each: "-".join(map(str, each))
)
def context(browser: Browser, request: pytest.FixtureRequest) -> Iterator[BrowserContext]:
    scheme, width = request.param
    # axe is our own script here: the pages' policy would keep it out.
    context = browser.new_context(color_scheme=scheme, viewport={"width": width, "height": 900}, bypass_csp=True)
    yield context
    context.close()


@pytest.mark.parametrize("name", PAGES)
def test_axe_finds_nothing(context: BrowserContext, pages: Callable[[str], Path], name: str) -> None:
    page = context.new_page()
    page.goto(pages(name).as_uri())
    page.evaluate(AXE)
    found: dict[str, Any] = page.evaluate("axe.run(document, {resultTypes: ['violations']})")
    said = [f"{each['id']}: {node['html'][:150]}" for each in found["violations"] for node in each["nodes"]]
    assert said == []
    assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0


def test_axe_finds_what_is_wrong(context: BrowserContext) -> None:
    """The check itself can fail."""
    page = context.new_page()
    page.set_content("<html><body><img src='data:,'><p style='color: #ccc; background: #fff'>pale</p></body></html>")
    page.evaluate(AXE)
    found = page.evaluate("axe.run(document, {resultTypes: ['violations']})")
    assert {"image-alt", "color-contrast", "html-has-lang"} <= {each["id"] for each in found["violations"]}
