"""class.html in a real browser: complete without a script, sorted and filtered with it, and deaf to hostile names."""

from __future__ import annotations

import re
import statistics
import subprocess
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st
from playwright.sync_api import Browser, Page

from autograder.course.policy_model import PolicyFile, TotalRule
from autograder.gradebook import class_page
from autograder.gradebook.book import Gradebook
from autograder.gradebook.pages import Pages
from autograder.gradebook.summary import median, summarise, tenth
from autograder.grading.report import Report
from tests import gradebooks
from tests.chromium import browser

__all__ = ["browser"]

Open = Callable[..., Page]


@pytest.fixture(scope="module")
def out(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What a batch leaves behind, with the page of every report but one."""
    out = tmp_path_factory.mktemp("out")
    pages = Pages(out)
    with Gradebook.read(gradebooks.write_gradebook(out)) as gradebook:
        for result, report in gradebook.reports():
            if report is not None and result.student != "fritz":
                pages.write(gradebook, result.student, result.exercise)
    class_page.write(out / "gradebook.db", out)
    return out


@pytest.fixture
def opened(browser: Browser, out: Path) -> Iterator[Open]:
    """Opens class.html; whatever else it asks for, says or runs fails the test."""
    unexpected: list[str] = []
    contexts = []

    def opened(**options: object) -> Page:
        context = browser.new_context(**options)  # type: ignore[arg-type]
        contexts.append(context)
        page = context.new_page()
        address = (out / "class.html").as_uri()
        page.on("request", lambda request: unexpected.append(request.url) if request.url != address else None)
        page.on("console", lambda message: unexpected.append(message.text))
        page.on("pageerror", lambda error: unexpected.append(str(error)))
        page.on("dialog", lambda dialog: (unexpected.append(dialog.message), dialog.dismiss()))
        page.goto(address)
        return page

    yield opened
    for context in contexts:
        context.close()
    assert unexpected == []


def names(page: Page) -> list[str]:
    """The students that are shown, from top to bottom."""
    return page.locator("#students tbody tr:visible th > bdi").all_inner_texts()


EVERYONE = [gradebooks.HOSTILE_NAME, "Ada Lovelace", "Bo", "dora", "emil", "fritz"]


def test_it_is_complete_without_a_script(opened: Open, out: Path) -> None:
    page = opened(java_script_enabled=False)
    assert names(page) == EVERYONE
    assert not page.locator("#tools").is_visible()
    assert page.get_by_role("link", name="Show who").count() == 0
    links = [link.get_attribute("href") or "" for link in page.locator("main a[href^=reports]").all()]
    assert len(set(links)) == 8
    assert all((out / link).is_file() for link in links)
    row = page.locator("#students tbody tr", has_text="Bo_102")
    assert row.locator("td").all_inner_texts()[:4] == ["1", "1", "0 late", "0"]
    assert (
        page.locator("#students tbody tr", has_text="emil")
        .locator("td")
        .nth(1)
        .inner_text()
        .startswith("grader failed")
    )


def test_the_figures_are_those_of_the_gradebook(opened: Open) -> None:
    page = opened(java_script_enabled=False)
    assert page.locator(".facts dd").all_inner_texts() == ["6", "6", "0 of 11", "1"]
    # 0, 0, 0, 0 and 1 of 11 points, and all 11.
    assert page.locator(".histogram text:not(.tick)").all_text_contents() == ["5", "1"]
    rates = page.locator(".rates tbody tr").all_inner_texts()
    assert [rate.split("\t")[1].replace("\xa0", " ") for rate in rates] == [
        "67 % 2 of 3",
        "33 % 1 of 3",
        "33 % 1 of 3",
        "50 % 1 of 2",
        "33 % 1 of 3",
    ]


def test_a_belief_is_counted_over_code_and_quizzes(opened: Open) -> None:
    page = opened(java_script_enabled=False)
    belief = page.locator(".held").first
    assert "Slope of tanh taken as" in belief.locator("h3").inner_text()
    # The hostile student and Bo in code, Bo and fritz in the quiz: three people.
    assert belief.locator(".rate").inner_text().replace("\xa0", " ").strip() == "3 students, 50 %"
    assert "activations (2)" in belief.inner_text()
    assert "exercise-04 (2)" in belief.inner_text()
    assert belief.locator(".example").is_visible()


def test_what_needs_a_look_is_named(opened: Open) -> None:
    page = opened(java_script_enabled=False)
    section = page.locator("section[aria-labelledby=troubles]")
    assert section.locator("h3").all_inner_texts() == [
        "The grader itself failed: 1",
        "Could not be read: 1",
        "Ran out of time: 1",
        "No points: 3",
        "Late: 1",
    ]
    assert page.locator("main section").first.get_attribute("aria-labelledby") == "troubles"
    assert "The judge died (signal SIGKILL)." in section.inner_text()


def test_it_begins_with_what_needs_a_look_and_the_beliefs_of_many(tmp_path: Path) -> None:
    """A stub, a syntax error, a document in place of a program and a worse file are looked at first; what one student
    believes stands with the other beliefs.
    """
    stub = "Not started yet: it is the stub."
    error = "There is a syntax error at line 1: expected ':'.\n    def f()\n           ^"
    broken = gradebooks.jacobian(["error"] * 3, message=error, belief=None)
    untouched = gradebooks.jacobian(["failed"] * 3, message=stub, belief=None)
    with Gradebook.open(tmp_path / "gradebook.db") as gradebook:
        gradebook.describe(gradebooks.COURSE, gradebooks.TITLE, enumerate(gradebooks.TASKS[:2]))
        gradebook.enrol((name, name, "", "", "", section) for name, section in zip("abcdef", "AABBBB", strict=True))
        gradebooks.record(gradebook, "a", _unrun(broken))
        gradebooks.record(gradebook, "b", msgspec.structs.replace(_unrun(untouched), note=stub))
        gradebook.record_missing("c", gradebooks.TASKS[0], ["Nothing fits tanh_jacobian.py. There is essay.docx."])
        gradebooks.record(gradebook, "d", gradebooks.jacobian(["passed"] * 3))
        gradebooks.record(gradebook, "d", gradebooks.jacobian(["passed", "failed", "failed"]))
        gradebooks.record(gradebook, "e", gradebooks.jacobian(["passed", "failed", "passed"]))
        gradebooks.record(gradebook, "f", gradebooks.gru(False))
        gradebook.complete()
        summary = summarise(gradebook)
    assert {trouble: found.count for trouble, found in summary.troubles.items()} == {
        "not loaded": 1, "stub": 1, "unfit": 1, "lower": 1, "zero": 1,
    }  # fmt: skip
    assert summary.tasks["exercise-04"].never_ran == 2
    assert summary.tasks["exercise-04"].checks["check_1"].asked == 2
    assert [belief.id for belief in summary.shared_beliefs()] == ["slope-not-squared"]
    class_page.write(tmp_path / "gradebook.db", tmp_path)
    page = (tmp_path / "class.html").read_text(encoding="utf-8")
    assert '<span class="said">There is a syntax error at line 1: expected &#39;:&#39;.</span>' in page
    order = ["troubles", "beliefs", "scores", "others", "checks", "everyone"]
    assert sorted(order, key=lambda name: page.index(f'<section aria-labelledby="{name}"')) == order
    assert 'data-traits="section-1 zero"' in page.replace("belief-gates-swapped missing ", "")
    assert '<option value="section-1">B</option>' in page


def test_a_score_by_hand_is_a_grade_and_no_file_that_was_handed_in(tmp_path: Path) -> None:
    with Gradebook.open(tmp_path / "gradebook.db") as gradebook:
        gradebook.describe(gradebooks.COURSE, gradebooks.TITLE, enumerate(gradebooks.TASKS[:1]))
        gradebook.enrol((name, name, "", "", "") for name in ("ada", "bo", "cy"))
        gradebooks.record(gradebook, "ada", gradebooks.jacobian(["passed", "failed", "failed"]))
        gradebook.complete()
        gradebook.override("bo", "exercise-04", 5.0, "Shown orally")
        gradebook.enrol([("di", "di", "", "", "")])
        unread = gradebooks.jacobian(["failed"] * 3, message="Not text.", belief=None)
        gradebooks.record(gradebook, "di", unread, status="unreadable")
        gradebook.override("di", "exercise-04", 3.0, "Read on paper")
        summary = summarise(gradebook)
    tally = summary.tasks["exercise-04"]
    assert (summary.students, summary.active, summary.scored, summary.median) == (4, 2, 3, 3.0)
    assert (tally.handed_in, tally.mean) == (2, 3.0)
    class_page.write(tmp_path / "gradebook.db", tmp_path)
    page = (tmp_path / "class.html").read_text(encoding="utf-8")
    assert '<tr data-traits="by-hand missing nothing"><th scope="row"><bdi>bo</bdi>' in page
    assert "1 student of whom nothing was graded is left out." in page
    assert re.search(r"<bdi>di</bdi></th><td>3</td><td>3 <small>by hand</small></td>", page)


def test_whoever_was_late_is_counted_alike_all_over_the_page(tmp_path: Path) -> None:
    """A score set by hand is late as the others are; a result of an older exercise counts nowhere."""
    with Gradebook.open(tmp_path / "gradebook.db") as gradebook:
        gradebook.describe(gradebooks.COURSE, gradebooks.TITLE, enumerate(gradebooks.TASKS[:1]))
        gradebook.enrol((name, name, "", "", "") for name in ("ada", "bo", "cy"))
        for name in ("ada", "bo"):
            gradebooks.record(gradebook, name, gradebooks.jacobian(["passed", "failed", "failed"]), late=True)
        older = msgspec.structs.replace(gradebooks.jacobian(["passed"] * 3), points=7.0)
        gradebooks.record(gradebook, "cy", older, late=True)
        gradebook.override("bo", "exercise-04", 5.0, "Shown orally")
        summary = summarise(gradebook)
    assert (summary.late, summary.troubles["late"].count) == (2, 2)
    class_page.write(tmp_path / "gradebook.db", tmp_path)
    page = (tmp_path / "class.html").read_text(encoding="utf-8")
    assert len(re.findall('data-traits="[^"]*\\blate\\b', page)) == page.count('<small class="late">late</small>') == 2


def test_where_a_policy_weighs_all_totals_of_the_page_are_its_percent(tmp_path: Path) -> None:
    with Gradebook.open(tmp_path / "gradebook.db") as gradebook:
        gradebook.describe(gradebooks.COURSE, gradebooks.TITLE, enumerate(gradebooks.TASKS[:2]))
        gradebook.enrol([("ada", "ada", "", "", "")])
        gradebooks.record(gradebook, "ada", gradebooks.jacobian(["passed", "failed", "failed"]))
        gradebooks.record(gradebook, "ada", gradebooks.gru(True))
        assert (summarise(gradebook).median, summarise(gradebook).points) == (5.0, 10.0)
        gradebook.adopt(PolicyFile(total=TotalRule(weights={"exercise-04": 3.0})))
        summary = summarise(gradebook)
    assert (summary.median, summary.points, summary.shares.index(1)) == (37.5, 100.0, 3)
    class_page.write(tmp_path / "gradebook.db", tmp_path)
    assert '<th scope="row"><bdi>ada</bdi></th><td>37.5</td>' in (tmp_path / "class.html").read_text(encoding="utf-8")


def _unrun(report: Report) -> Report:
    """A report on a program that never ran."""
    checks = [msgspec.structs.replace(check, seconds=0.0) for check in report.checks]
    return msgspec.structs.replace(report, checks=checks)


def test_hostile_names_and_messages_are_text(opened: Open) -> None:
    page = opened()
    text = page.locator("main").inner_text()
    assert gradebooks.HOSTILE_NAME in text
    assert r"</script><script>alert(1)</script> \u202eevil {{ 7 * 7 }}" in text
    assert page.locator("script").count() == 1
    assert page.title() == f"Class report: {gradebooks.TITLE}"


def test_every_column_sorts_both_ways(opened: Open) -> None:
    page = opened()
    total = page.get_by_role("button", name="Total")
    total.click()
    assert names(page)[-2:] == ["Bo", "Ada Lovelace"]
    total.click()
    assert names(page)[:2] == ["Ada Lovelace", "Bo"]
    assert page.locator("#students th[aria-sort=descending]").inner_text().startswith("Total")
    page.get_by_role("button", name="Student").click()
    assert sorted(names(page)) == sorted(EVERYONE)
    assert names(page)[1:] == EVERYONE[1:]


def test_the_filter_finds_names_and_beliefs(opened: Open) -> None:
    page = opened()
    page.get_by_label("Name").fill("love ada")
    assert names(page) == ["Ada Lovelace"]
    assert page.get_by_role("status").inner_text() == "1 of 6 students"
    page.get_by_label("Name").fill("")
    page.get_by_label("Show").select_option(label="who was late")
    assert names(page) == ["Bo"]
    page.get_by_role("link", name="Show who").first.click()
    assert names(page) == [gradebooks.HOSTILE_NAME, "Bo", "fritz"]


@pytest.mark.parametrize("width", [320, 1100])
def test_nothing_is_wider_than_the_screen(opened: Open, width: int) -> None:
    page = opened(viewport={"width": width, "height": 700})
    assert page.evaluate("document.documentElement.scrollWidth") == width


def test_dark_and_print_have_their_own_colours(opened: Open) -> None:
    page = opened(color_scheme="dark")
    paper = "getComputedStyle(document.body).backgroundColor"
    assert page.evaluate(paper) == "rgb(20, 22, 27)"
    page.emulate_media(media="print")
    assert page.evaluate(paper) == "rgb(255, 255, 255)"
    assert not page.locator("#tools").is_visible()


def test_its_memory_does_not_grow_with_the_class(tmp_path: Path) -> None:
    small, large = _peak(tmp_path / "small", 200), _peak(tmp_path / "large", 600)
    assert large < 1.5 * small


_MEASURE = """
import sys, tracemalloc
from pathlib import Path
from autograder.gradebook import class_page

folder = Path(sys.argv[1])
tracemalloc.start()
peaks = []
for _ in range(3):  # what happens once doesn't count: a module is loaded, a table of the interpreter's own grows
    tracemalloc.reset_peak()
    before, _ = tracemalloc.get_traced_memory()
    class_page.write(folder / "gradebook.db", folder)
    peaks.append(tracemalloc.get_traced_memory()[1] - before)
print(min(peaks))
"""


def _peak(folder: Path, students: int) -> int:
    """Bytes at most while the page is written, in a process where nothing else goes on."""
    _write_class(folder, students)
    done = subprocess.run([sys.executable, "-c", _MEASURE, folder], capture_output=True, text=True, check=True)
    assert (folder / "class.html").read_text(encoding="utf-8").count("<tr data-traits") == students
    return int(done.stdout)


def _write_class(folder: Path, students: int) -> None:
    reports = (gradebooks.jacobian(["passed", "failed", "timeout"]), gradebooks.jacobian(["passed"] * 3))
    with Gradebook.open(folder / "gradebook.db") as gradebook:
        gradebook.describe(gradebooks.COURSE, gradebooks.TITLE, enumerate(gradebooks.TASKS))
        gradebook.enrol((f"s{number:05}", f"Student {number}", "", "", "") for number in range(students))
        for number in range(students):
            gradebooks.record(gradebook, f"s{number:05}", reports[number % 2])
        gradebook.complete()


def test_an_empty_gradebook_is_a_page_too(tmp_path: Path) -> None:
    with Gradebook.open(tmp_path / "gradebook.db") as gradebook:
        gradebook.describe(gradebooks.COURSE, gradebooks.TITLE, [])
        assert summarise(gradebook).students == 0
    class_page.write(tmp_path / "gradebook.db", tmp_path)
    assert "Nobody handed in anything." in (tmp_path / "class.html").read_text(encoding="utf-8")


@given(st.lists(st.sampled_from([0.0, 0.5, 1.0, 2.5, 7.0]), min_size=1))
def test_the_median_of_counts_is_that_of_the_numbers(numbers: list[float]) -> None:
    assert median(Counter(numbers)) == statistics.median(numbers)


@given(st.floats(0, 100), st.floats(0.5, 100))
def test_every_score_is_in_a_tenth(score: float, points: float) -> None:
    assert 0 <= tenth(min(score, points), points) <= 9


def test_sums_of_tenths_are_in_the_right_tenth() -> None:
    assert [tenth(0.1 * number, 1.0) for number in range(11)] == [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 9]


def test_a_large_class_has_pages_and_everyone_is_on_one(
    browser: Browser, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """From any page one comes to all others; links to reports hold there too; a page that is left over goes."""
    monkeypatch.setattr(class_page, "MOST_ROWS", 4)
    _write_class(tmp_path, 10)
    (tmp_path / "class").mkdir()
    for name in ("4.html", "my notes.html"):
        (tmp_path / "class" / name).touch()
    with Gradebook.read(tmp_path) as gradebook:
        Pages(tmp_path).write(gradebook, "s00009", "exercise-04")
    class_page.write(tmp_path / "gradebook.db", tmp_path)
    assert sorted(path.name for path in (tmp_path / "class").iterdir()) == ["2.html", "3.html", "my notes.html"]
    page = browser.new_page()
    page.goto((tmp_path / "class.html").as_uri())
    assert "students 1 to 4 of 10" in page.locator("main").inner_text()
    assert names(page) == [f"Student {number}" for number in range(4)]
    page.locator(".pages a", has_text="Student 8 – Student 9").click()
    assert names(page) == ["Student 8", "Student 9"]
    page.locator("#students a").click()
    assert page.url == (tmp_path / "reports/s00009/exercise-04.html").as_uri()
    page.go_back()
    page.locator(".pages a", has_text="Student 4 –").click()
    assert names(page) == [f"Student {number}" for number in range(4, 8)]
    page.get_by_role("link", name="Class report").click()
    assert page.url == (tmp_path / "class.html").as_uri()
    page.close()
    monkeypatch.undo()
    class_page.write(tmp_path / "gradebook.db", tmp_path)
    assert [path.name for path in (tmp_path / "class").iterdir()] == ["my notes.html"]
    assert (tmp_path / "class.html").read_text(encoding="utf-8").count("<tr data-traits") == 10


def test_students_stand_in_the_order_of_their_names(tmp_path: Path) -> None:
    with Gradebook.open(tmp_path / "gradebook.db") as gradebook:
        gradebook.describe(gradebooks.COURSE, gradebooks.TITLE, enumerate(gradebooks.TASKS))
        gradebook.enrol(
            [(key, name, "", "", "") for key, name in (("1", "Zoe"), ("2", "Éva"), ("3", "Eve"), ("é", ""))]
        )
        gradebook.complete()
    class_page.write(tmp_path / "gradebook.db", tmp_path)
    page = (tmp_path / "class.html").read_text(encoding="utf-8")
    places = [page.index(f"<bdi>{name}</bdi>", page.index("<tbody")) for name in ("é", "Éva", "Eve", "Zoe")]
    assert places == sorted(places)


def test_pages_without_names_number_everyone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(class_page, "MOST_ROWS", 4)
    _write_class(tmp_path, 10)
    with Gradebook.open(tmp_path / "gradebook.db") as gradebook:
        gradebook.hide_names(True)
    class_page.write(tmp_path / "gradebook.db", tmp_path)
    pages = [(tmp_path / name).read_text(encoding="utf-8") for name in ("class.html", "class/2.html", "class/3.html")]
    assert not any("s0000" in page for page in pages)
    assert "<bdi>Student 9</bdi> – <bdi>Student 10</bdi>" in pages[0]
    assert [page.count("<tr data-traits") for page in pages] == [4, 4, 2]
    assert all(f"<bdi>Student {number}</bdi></th>" in pages[2] for number in (9, 10))


def test_a_heading_stands_with_what_belongs_to_it_on_paper(opened: Open) -> None:
    page = opened()
    page.emulate_media(media="print")
    for heading in page.locator("main h2").all():
        below = heading.locator("xpath=following-sibling::*")
        assert heading.is_visible() == any(each.is_visible() for each in below.all()), heading.inner_text()
    sheet = "(it) => getComputedStyle(it).page"
    assert (
        page.locator("#everyone").evaluate(sheet) == page.locator("#students").locator("..").evaluate(sheet) == "wide"
    )
