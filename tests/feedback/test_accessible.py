"""Every page of ours under axe-core in a real browser: light and dark, on a phone and on a desk, nothing cut off."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import axe_playwright_python
import msgspec
import pytest
from playwright.sync_api import Browser, BrowserContext, Page

from autograder.feedback import course_page, html, statement_page
from autograder.feedback.course_page import Belief, CourseSoFar, ExerciseSoFar, Named, Places, QuizSoFar, Sum, UnitSoFar
from autograder.feedback.html import Beside, OtherWay
from autograder.feedback.statement_page import Statement
from autograder.gradebook import class_page
from autograder.grading.report import Report
from autograder.several_files import File
from tests.chromium import browser
from tests.command import REPOSITORY
from tests.gradebooks import write_gradebook

__all__ = ["browser"]

#: Prose that one has to scroll to read: formulas, tables and code may be wider than a phone, sentences not.
SIDEWAYS = """[...document.querySelectorAll("p, li, dd, h1, h2, h3, h4, label")]
    .filter((it) => it.scrollWidth > it.clientWidth + 1 && getComputedStyle(it).overflowX !== "visible")
    .filter((it) => !it.matches(".unseen")).map((it) => it.textContent.trim().slice(0, 60))"""
AXE = Path(axe_playwright_python.__file__).with_name("axe.min.js").read_text(encoding="utf-8")
PAGES = (
    "failed", "passed", "hostile", "measured", "pictures", "course", "class", "statement", "program", "celebrated",
    "large",
)  # fmt: skip
PROGRAM = "import numpy as np\n\n\ndef tanh_jacobian(h_prev, W):\n    return np.diag(1 - np.tanh(W @ h_prev)) @ W\n"
BESIDE = Beside(program=[File("", 1, PROGRAM)], graded_at="2026-11-21T12:00:00+00:00", engine="1.0+abc")
_ROW, _PLACES = ", ".join(["0.333333"] * 12), " ".join(f"{place:2}" for place in range(12))
LARGE = (
    f"f: 1 of 12 entries differ.\n{_PLACES}\n{'  .' * 11}  x\nx wrong, . right\nit gave: [{_ROW}]\nexpected: [{_ROW}]",
    "g: 2 of 144 entries differ.\nThe entries that differ most:\n"
    "  [4, 9]: it gave -5.14286, expected 5.14286\n  [11, 10]: it gave -1.23457e-08, expected 7.14286",
)
TEXT = r"""# The Jacobian

Write $J_t = \operatorname{diag}(1 - \tanh^2(z_t)) W_{hh}$.

## Try it

| a | b |
|---|---|
| 1 | 2 |
"""
STATEMENT = Statement(
    id="exercise-04", title="The Jacobian", hints=["Look at $z$.", "Then at $1 - \\tanh^2 z$."], stub=PROGRAM,
    text=TEXT,
    facts=["10 points."], commands=["gradecheck start exercise-04"], report="failed.html",
)  # fmt: skip
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
    tmp_path_factory: pytest.TempPathFactory,
    failed: Report,
    passed: Report,
    hostile: Report,
    measured: Report,
    whole: Report,
) -> Callable[[str], Path]:
    """Where each page lies."""
    folder = tmp_path_factory.mktemp("pages")
    reports = {"failed": failed, "passed": passed, "hostile": hostile, "measured": measured}
    for name, report in reports.items():
        (folder / f"{name}.html").write_text(html.render(report), encoding="utf-8")
    shutil.copy(REPOSITORY / "pages" / "pictures.html", folder)
    places = Places(
        statements={"exercise-01": "statement.html"}, quizzes={"products": "quiz.html"},
        reports={"exercise-01": "failed.html"}, pages={"pictures.html": "Two pictures"},
    )  # fmt: skip
    (folder / "course.html").write_text(course_page.render(COURSE, BELIEFS, places), encoding="utf-8")
    (folder / "statement.html").write_text(statement_page.render(STATEMENT, home="course.html"), encoding="utf-8")
    (folder / "program.html").write_text(html.render(whole, beside=BESIDE), encoding="utf-8")
    ways = replace(BESIDE, takeaway="Slopes *shrink*.", other_ways=[OtherWay("The reference", PROGRAM, "Here: @.")])
    (folder / "celebrated.html").write_text(html.render(passed, beside=ways), encoding="utf-8")
    checks = [msgspec.structs.replace(failed.checks[2], message=message) for message in LARGE]
    (folder / "large.html").write_text(html.render(msgspec.structs.replace(failed, checks=checks)), encoding="utf-8")
    class_page.write(write_gradebook(folder), folder)
    return lambda name: folder / f"{name}.html"


@pytest.fixture(params=[320, 1000])
def context(browser: Browser, request: pytest.FixtureRequest) -> Iterator[BrowserContext]:
    # axe is our own script here: the pages' policy would keep it out.
    context = browser.new_context(viewport={"width": request.param, "height": 900}, bypass_csp=True)
    yield context
    context.close()


def violations(page: Page) -> list[str]:
    """What axe finds in a page as it is shown now."""
    found: dict[str, Any] = page.evaluate("axe.run(document, {resultTypes: ['violations']})")
    return [f"{each['id']}: {node['html'][:150]}" for each in found["violations"] for node in each["nodes"]]


@pytest.mark.parametrize("name", PAGES)
def test_axe_finds_nothing(context: BrowserContext, pages: Callable[[str], Path], name: str) -> None:
    page = context.new_page()
    page.goto(pages(name).as_uri())
    page.evaluate(AXE)
    page.emulate_media(color_scheme="light")
    light = violations(page)
    page.emulate_media(color_scheme="dark")
    assert (light, violations(page)) == ([], [])
    page.evaluate("document.querySelectorAll('details').forEach((each) => { each.open = true })")
    assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0
    assert page.evaluate(SIDEWAYS) == []


def test_what_can_be_folded_needs_no_scrolling(context: BrowserContext, failed: Report, tmp_path: Path) -> None:
    code = "slope = 1 - np.tanh(z) ** 2 + 0 * np.tanh(z) + 0 * ("
    note = (
        f"There is a syntax error at line 6: '(' was never closed.\n    {code}np.tanh(z)\n    {' ' * (len(code) - 1)}^"
    )
    told = "f: it differs.\n  line 7, in f\n    return a_long_name(of_several, arguments, that_go, on_and_on)\n"
    told += "The simplest input found that goes wrong:\ncalled with: name = 'sigmoid', parts = ([1.], [2.], [3.], [4.])"
    row = "[-0.123, 0.456, -0.789, 0.321, -0.654]"
    told += f", W = [{row}, {row}]"
    checks = [msgspec.structs.replace(failed.checks[1], message=told)]
    report = msgspec.structs.replace(failed, note=note, checks=checks)
    four = r", \quad ".join(rf"{gate} = \sigma(W_{gate} x + U_{gate} h + b_{gate})" for gate in "figo")
    statement = replace(STATEMENT, text=f"$${four}$$")
    for name, text in (("report", html.render(report)), ("statement", statement_page.render(statement, home=""))):
        page = context.new_page()
        (tmp_path / f"{name}.html").write_text(text, encoding="utf-8")
        page.goto((tmp_path / f"{name}.html").as_uri())
        boxes = page.locator("pre.folded, .formula, .array")
        assert boxes.count()
        assert page.locator(".matrix[style] td").count() == (10 if name == "report" else 0)
        assert boxes.evaluate_all("all => all.filter((it) => it.scrollWidth > it.clientWidth + 1).length") == 0
    assert context.pages[0].locator("mark.here").inner_text() == "("
    assert context.pages[1].locator(".formula math").count() == 4


def test_axe_finds_what_is_wrong(browser: Browser) -> None:
    """The check itself can fail, also by the colours of the dark alone."""
    page = browser.new_page()
    pale = "<style>p {color: #000} @media (prefers-color-scheme: dark) {p {color: #ccc}}</style>"
    page.set_content(f"<html><body>{pale}<img src='data:,'><p style='background: #fff'>pale</p></body></html>")
    page.evaluate(AXE)
    for scheme, colours in (("light", set()), ("dark", {"color-contrast"})):
        page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
        found = {each.partition(":")[0] for each in violations(page)}
        assert {"image-alt", "html-has-lang"} <= found
        assert found & {"color-contrast"} == colours
    page.close()
