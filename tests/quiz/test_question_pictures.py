"""A picture in a question: pages and exports hold it, a terminal says it in words, and `validate` finds it lacking."""

from __future__ import annotations

import base64
import re
from pathlib import Path

import pytest

from autograder.course import CourseRoot, load_everything
from tests.command import Command
from tests.quiz.kinds_course import COURSE

PICTURE = b"\x89PNG\r\n\x1a\n a loaf"
WORDS = "A loaf with @{n} cuts, $n$ of them deep"
QUIZ = f"""format: 1
title: 'Bread'
questions:
  - id: cuts
    kind: truefalse
    concept: what one sees
    parameters: {{n: {{choose: [3, 3.0001]}}}}
    where: n == 3
    ask: 'The loaf is cut.'
    picture: loaf.png
    shows: '{WORDS}'
    key: true
    right: 'It is.'
"""


@pytest.fixture
def course(tmp_path: Path) -> Path:
    root = tmp_path / "course"
    (root / "quizzes").mkdir(parents=True)
    (root / "solutions").mkdir()
    (root / "course.yaml").write_text(COURSE)
    (root / "quizzes/bread.yaml").write_text(QUIZ)
    (root / "quizzes/loaf.png").write_bytes(PICTURE)
    return root


def held(text: str) -> list[bytes]:
    """The pictures that a page or an export holds in itself."""
    return [base64.b64decode(each) for each in re.findall(r"data:image/png;base64,([\w+/=]+)", text)]


def test_a_terminal_says_in_words_what_it_shows(course: Path, gradecheck: Command) -> None:
    asked = gradecheck("quiz", "bread", "--review", course=course)
    assert "In the picture: A loaf with 3 cuts, n of them deep" in asked.out
    assert "En la imagen: A loaf" in gradecheck("--language=es", "quiz", "bread", "--review", course=course).out


def test_pages_exports_and_kits_have_it(course: Path, gradecheck: Command) -> None:
    assert gradecheck("report", "--out", "pages", course=course).code == 0
    page = (gradecheck.folder / "pages/quizzes/bread.html").read_text()
    assert held(page) == [PICTURE]
    assert 'alt="A loaf with 3 cuts, n of them deep"' in page
    assert "img-src data:;" in page
    for form in ("moodle-xml", "gift"):
        exported = gradecheck("export", form, "bread", "--out", form, course=course)
        assert exported.code == 0, exported.err
        assert held((gradecheck.folder / form).read_text().replace("\\", "")) == [PICTURE]
    made = gradecheck("export", "student-kit", "--out", "kit", course=course)
    assert made.code == 0, made.err
    assert (gradecheck.folder / "kit/quizzes/loaf.png").read_bytes() == PICTURE


@pytest.mark.parametrize(
    ("old", "new", "line", "said"),
    [
        ("loaf.png", "roll.png", 10, "names 'roll.png', and there is no such file in quizzes/"),
        ("loaf.png", "../loaf.png", 10, "must be the name of a picture's file"),
        ("loaf.png", "loaf.pdf", 10, "must be the name of a picture's file"),
        (f"    shows: '{WORDS}'\n", "", 4, "needs 'picture' and 'shows' together"),
        ("    picture: loaf.png\n", "", 4, "needs 'picture' and 'shows' together"),
        ("@{n}", "@{m}", 11, "uses 'm'"),
    ],
)
def test_what_is_wrong_with_one_is_named_with_its_line(course: Path, old: str, new: str, line: int, said: str) -> None:
    (course / "quizzes/bread.yaml").write_text(QUIZ.replace(old, new))
    (problem,) = [each for each in load_everything(CourseRoot.at(course)).problems if each.file.name == "bread.yaml"]
    assert problem.line == line
    assert said in problem.sentence


def test_a_link_and_a_huge_one_are_refused(course: Path, tmp_path: Path) -> None:
    place = course / "quizzes/loaf.png"
    place.write_bytes(b"x" * (513 << 10))
    assert "larger than 512 KiB" in load_everything(CourseRoot.at(course)).problems[-1].sentence
    place.write_bytes(b"no picture")
    assert "no picture of that kind inside" in load_everything(CourseRoot.at(course)).problems[-1].sentence
    place.unlink()
    (tmp_path / "secret").write_text("s")
    place.symlink_to(tmp_path / "secret")
    assert "is a link" in load_everything(CourseRoot.at(course)).problems[-1].sentence
