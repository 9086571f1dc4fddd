"""`gradecheck report`: pages from the record alone, whole, linked, and honest about what isn't done."""

from __future__ import annotations

import html
import re
import shutil
import sqlite3
from pathlib import Path

import pytest

from autograder.course import CourseRoot, load_course, load_exercise
from tests.command import REPOSITORY, Command

WRONG = REPOSITORY / "solutions/exercise-04/misconceptions/slope-not-squared.py"
RIGHT = REPOSITORY / "solutions/exercise-04/tanh_jacobian.py"
ROME = "format: 1\ntitle: 'Rome'\nunits:\n  - {id: first, title: 'Roads'}\n"


COURSE = load_course(CourseRoot.at(REPOSITORY))
#: What every index of this course links: its statements, its quizzes, and the page that it brings.
ALWAYS = {
    "pictures.html", *(f"exercises/{name}.html" for name in COURSE.exercise_ids),
    *(f"quizzes/{name}.html" for name in COURSE.quiz_ids),
}  # fmt: skip


def links(page: Path) -> set[str]:
    return set(re.findall(r'href="([^"]+)"', page.read_text(encoding="utf-8")))


def words(page: Path) -> str:
    """What is to be read on a page."""
    source = re.sub(r"<(style|script|annotation)\b.*?</\1>", " ", page.read_text(encoding="utf-8"), flags=re.DOTALL)
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", source)).split())


@pytest.fixture(scope="module")
def of_a_beginner(module_folder: Path) -> Path:
    """The index of who has done nothing yet."""
    done = Command(module_folder)("report")
    assert done.code == 0, done.err
    assert "Open gradecheck-report/index.html" in done.out
    return module_folder / "gradecheck-report" / "index.html"


def test_a_beginner_gets_pages_too(of_a_beginner: Path) -> None:
    index = of_a_beginner
    assert links(index) == ALWAYS
    assert all((index.parent / link).is_file() for link in links(index))
    commands = re.findall(r'<p><code class="command">(.*?)</code></p>', index.read_text())
    assert commands == ["gradecheck show exercise-01", "gradecheck start exercise-01"]
    assert links(index.with_name("pictures.html")) == {"index.html"}


def test_a_course_without_pages_of_its_own_gets_none(tmp_path: Path) -> None:
    (tmp_path / "course.yaml").write_text(ROME, encoding="utf-8")
    done = Command(tmp_path)("report", course=tmp_path)
    assert done.code == 0, done.err
    index = tmp_path / "gradecheck-report" / "index.html"
    assert links(index) == set()
    assert "gradient" not in words(index)


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


def test_what_was_graded_is_linked_and_where_its_report_is_damaged_named(tmp_path: Path) -> None:
    gradecheck = Command(tmp_path)
    gradecheck("run", "exercise-04", RIGHT)
    gradecheck("run", "exercise-04", WRONG)
    gradecheck("report", "--out", "pages")
    index = tmp_path / "pages" / "index.html"
    assert links(index) == {*ALWAYS, "reports/exercise-04.html"}
    text = index.read_text()
    assert "passed" in text
    assert "derivative of tanh; once, in exercise-04" in text
    report = tmp_path / "pages/reports/exercise-04.html"
    assert "What went wrong, and why" in report.read_text()
    assert links(report) == {"../index.html", "../exercises/exercise-04.html"}
    assert links(tmp_path / "pages/exercises/exercise-04.html") == {"../index.html", "../reports/exercise-04.html"}
    files = {str(each.relative_to(tmp_path / "pages")) for each in tmp_path.glob("pages/**/*") if each.is_file()}
    assert files == {"index.html", "reports/exercise-04.html", *ALWAYS}
    with sqlite3.connect(tmp_path / "data" / "progress.db") as record:
        record.execute("UPDATE reports SET report = '{'")
    done = gradecheck("report")
    assert done.code == 0
    assert "The last report on exercise-04 can't be read." in done.err
    assert links(tmp_path / "gradecheck-report" / "index.html") == ALWAYS


def test_a_file_in_the_way_is_misuse(tmp_path: Path) -> None:
    (tmp_path / "pages").write_text("mine")
    done = Command(tmp_path)("report", "--out", "pages")
    assert done.code == 2
    assert "Name another folder with --out." in done.err
    assert (tmp_path / "pages").read_text() == "mine"


def test_a_statement_has_its_hints_folded_and_says_how_to_begin(of_a_beginner: Path) -> None:
    statement = of_a_beginner.with_name("exercises") / "exercise-04.html"
    said = words(statement)
    assert "You hand in tanh_jacobian.py." in said
    assert "gradecheck start exercise-04" in said
    assert statement.read_text(encoding="utf-8").count("<details") == len(COURSE_HINTS) + 1  # and the stub


COURSE_HINTS = load_exercise(COURSE.root, "exercise-04").hints


def test_a_passed_exercise_has_its_takeaway_the_own_program_and_the_other_ways(tmp_path: Path) -> None:
    gradecheck = Command(tmp_path)
    gradecheck("start", "exercise-04")
    file = tmp_path / "exercise-04/tanh_jacobian.py"
    shutil.copy(RIGHT, file)
    gradecheck("run", "exercise-04", "--html", "now.html")
    gradecheck("report")
    later = tmp_path / "gradecheck-report/reports/exercise-04.html"
    for page in (tmp_path / "now.html", later):
        assert all(
            part in words(page) for part in ("What this has shown", "Your program", "The reference", "Another way")
        )
        assert re.search(r"Graded \d{4}-\d\d-\d\d \d\d:\d\d UTC, in", words(page))
    assert re.search(r"gradecheck \S+\+[0-9a-f]{16} exercise-04 version [0-9a-f]{12}", words(tmp_path / "now.html"))
    assert "gradecheck start" not in words(tmp_path / "gradecheck-report/exercises/exercise-04.html")
    file.write_text("# something else by now\n")
    gradecheck("report")
    assert "Your program" not in words(later)
    assert "What this has shown" in words(later)


@pytest.mark.parametrize("shown", ["never", "after-passing"])
def test_solutions_are_on_no_page_before_a_pass_and_on_none_if_the_course_keeps_them(
    tmp_path: Path, shown: str
) -> None:
    course = tmp_path / "course"
    for part in ("exercises/exercise-04", "solutions/exercise-04"):
        shutil.copytree(REPOSITORY / part, course / part)
    text = (REPOSITORY / "course.yaml").read_text(encoding="utf-8")
    units = "units:\n  - {id: one, title: One, exercises: [exercise-04]}\n"
    catalogue = text[text.index("misconceptions:") :]
    (course / "course.yaml").write_text(f"format: 1\ntitle: Short\nsolutions: {shown}\n{units}{catalogue}")
    gradecheck = Command(tmp_path)
    gradecheck("run", "exercise-04", WRONG, "--html", "wrong.html", course=course)
    assert "The reference" not in words(tmp_path / "wrong.html")
    gradecheck("run", "exercise-04", RIGHT, "--html", "right.html", course=course)
    gradecheck("report", course=course)
    later = tmp_path / "gradecheck-report/reports/exercise-04.html"
    for page in (tmp_path / "right.html", later):
        assert ("The reference" in words(page)) == (shown == "after-passing")


def test_what_is_typed_is_code_on_the_page_of_a_drill(tmp_path: Path) -> None:
    done = Command(tmp_path)("report", "--out", "pages", course=REPOSITORY / "examples/second-course")
    assert done.code == 0, done.err
    page = (tmp_path / "pages/exercises/mitades.html").read_text(encoding="utf-8")
    assert re.search(r"empieza por <code>seed: \d+</code>", page)


def test_a_page_in_another_language_stands_in_for_the_courses_own(tmp_path: Path) -> None:
    (tmp_path / "course.yaml").write_text(ROME, encoding="utf-8")
    (tmp_path / "pages").mkdir()
    for name in ("roads", "roads.es", "v1.2"):
        (tmp_path / f"pages/{name}.html").write_text(f"<title>{name}</title>", encoding="utf-8")
    for language, title in (("en", "roads"), ("es", "roads.es")):
        done = Command(tmp_path)(f"--language={language}", "report", "--out", language, course=tmp_path)
        assert done.code == 0, done.err
        assert links(tmp_path / language / "index.html") == {"roads.html", "v1.2.html"}
        assert f"<title>{title}</title>" in (tmp_path / language / "roads.html").read_text(encoding="utf-8")
