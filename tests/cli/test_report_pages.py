"""`gradecheck report`: pages from the record alone, whole, linked, and honest about what isn't done."""

from __future__ import annotations

import re
import sqlite3
from pathlib import Path

from tests.command import REPOSITORY, Command

WRONG = REPOSITORY / "solutions/exercise-04/misconceptions/slope-not-squared.py"
RIGHT = REPOSITORY / "solutions/exercise-04/tanh_jacobian.py"
ROME = "format: 1\ntitle: 'Rome'\nunits:\n  - {id: first, title: 'Roads'}\n"


def links(page: Path) -> set[str]:
    return set(re.findall(r'href="([^"]+)"', page.read_text(encoding="utf-8")))


def test_a_beginner_gets_pages_too(tmp_path: Path) -> None:
    done = Command(tmp_path)("report")
    assert done.code == 0, done.err
    index = tmp_path / "gradecheck-report" / "index.html"
    assert "Open gradecheck-report/index.html" in done.out
    assert links(index) == {"pictures.html"}
    assert "gradecheck start exercise-01" in index.read_text()
    assert links(index.with_name("pictures.html")) == {"index.html"}


def test_a_course_without_pages_of_its_own_gets_none(tmp_path: Path) -> None:
    (tmp_path / "course.yaml").write_text(ROME, encoding="utf-8")
    done = Command(tmp_path)("report", course=tmp_path)
    assert done.code == 0, done.err
    index = tmp_path / "gradecheck-report" / "index.html"
    assert links(index) == set()
    assert "gradient" not in index.read_text(encoding="utf-8")


def test_pages_of_a_course_are_copied_and_listed_by_their_titles(tmp_path: Path) -> None:
    (tmp_path / "course.yaml").write_text(ROME, encoding="utf-8")
    (tmp_path / "pages").mkdir()
    (tmp_path / "pages/roads.html").write_text("<title>Roads &amp; bridges</title><p>Via Appia", encoding="utf-8")
    (tmp_path / "pages/untitled.html").write_text("<p>Ostia", encoding="utf-8")
    (tmp_path / "pages/index.html").write_text("<p>In the way", encoding="utf-8")
    (tmp_path / "pages/broken.html").write_bytes(b"\xff\xfe")
    done = Command(tmp_path)("report", course=tmp_path)
    assert done.code == 0, done.err
    index = tmp_path / "gradecheck-report" / "index.html"
    assert links(index) == {"roads.html", "untitled.html"}
    assert ">Roads &amp; bridges</a>" in index.read_text(encoding="utf-8")
    assert index.with_name("roads.html").read_bytes() == (tmp_path / "pages/roads.html").read_bytes()
    assert "index.html is left out" in done.err
    assert "broken.html can't be read" in done.err


def test_what_was_graded_is_linked_with_its_last_report_and_its_misconceptions(tmp_path: Path) -> None:
    gradecheck = Command(tmp_path)
    gradecheck("run", "exercise-04", RIGHT)
    gradecheck("run", "exercise-04", WRONG)
    gradecheck("report", "--out", "pages")
    index = tmp_path / "pages" / "index.html"
    assert links(index) == {"pictures.html", "reports/exercise-04.html"}
    text = index.read_text()
    assert "passed" in text
    assert "derivative of tanh; once, in exercise-04" in text
    report = tmp_path / "pages/reports/exercise-04.html"
    assert "What went wrong, and why" in report.read_text()
    assert links(report) == {"../index.html"}
    assert {each.name for each in tmp_path.glob("pages/**/*") if each.is_file()} == {
        "index.html", "pictures.html", "exercise-04.html",
    }  # fmt: skip


def test_a_damaged_report_is_named_and_the_others_are_kept(tmp_path: Path) -> None:
    gradecheck = Command(tmp_path)
    gradecheck("run", "exercise-04", RIGHT)
    with sqlite3.connect(tmp_path / "data" / "progress.db") as record:
        record.execute("UPDATE reports SET report = '{'")
    done = gradecheck("report")
    assert done.code == 0
    assert "The last report on exercise-04 can't be read." in done.err
    assert links(tmp_path / "gradecheck-report" / "index.html") == {"pictures.html"}


def test_a_file_in_the_way_is_misuse(tmp_path: Path) -> None:
    (tmp_path / "pages").write_text("mine")
    done = Command(tmp_path)("report", "--out", "pages")
    assert done.code == 2
    assert "Name another folder with --out." in done.err
    assert (tmp_path / "pages").read_text() == "mine"
