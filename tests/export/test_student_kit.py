"""The student's kit holds nothing of solutions/, and everything works in it that a student does."""

from __future__ import annotations

import ast
import json
import os
import re
import subprocess
import sys
import tomllib
import zipfile
from collections.abc import Iterator
from itertools import groupby
from pathlib import Path

import pytest
import yaml

from autograder.course import CourseRoot, load_course, load_exercise, load_hidden_checks, load_quiz
from autograder.course.kit import load_listed_checks
from tests.command import REPOSITORY, Command
from tests.small_course import small_course

__all__ = ["small_course"]

SOLUTIONS = REPOSITORY / "solutions"
#: Shorter lines (`return h`, `points: 2`) say nothing.
TELLING = 20
#: Idioms, and the worked example of a statement, which a check repeats.
PUBLIC = {
    "with torch.no_grad():",
    "torch.manual_seed(seed)",
    'example = {"f": (0.5, -1.0, 1.0), "i": (1.0, 2.0, -2.0), "g": (-1.5, 1.0, 0.5), "o": (1.0, -2.0, 2.0)}',
    "for gate, (W, U, b) in example.items():",
}


@pytest.fixture(scope="module")
def kit(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The kit of this course, unpacked."""
    out = tmp_path_factory.mktemp("student") / "kit"
    done = Command(out.parent)("export", "student-kit", "--out", out)
    assert done.code == 0, done.err
    return out


def kit_texts(kit: Path) -> dict[str, str]:
    """The texts of the course in a kit; the engine, which everybody may read, is looked at by itself."""
    names = {path.relative_to(kit).as_posix(): path for path in kit.rglob("*") if path.is_file()}
    return {name: path.read_text(encoding="utf-8") for name, path in names.items() if not is_engine(name)}


def is_engine(name: str) -> bool:
    return name.startswith("autograder/") or name == "gradecheck_course.py"


def secrets(file: Path) -> set[str]:
    """What of a file in solutions/ must never be in a kit: its code and its explanations, line by line.

    Titles of checks are shown by every report, ids of misconceptions by the quizzes that share them.
    """
    text = file.read_text(encoding="utf-8")
    lines = {line.strip() for line in text.splitlines()}
    if file.name == "checks.py":
        titles = [
            (ast.get_docstring(node) or "").partition("\n")[0] for node in ast.walk(ast.parse(text)) if _named(node)
        ]
        lines -= {f'"""{title}"""' for title in titles} | {f'"""{title}' for title in titles}
    if file.name == "answers.yaml":
        key = yaml.safe_load(text)
        titles = [each["title"] for each in (*key["answers"].values(), *key.get("consistency", ()))]
        lines = {line for line in lines if not line.startswith("title:") or not any(title in line for title in titles)}
        lines = {line for line in lines if not line.startswith(("misconception:", "- id:"))}
    if file.name == "answers.es.yaml":
        lines = {line for line in lines if not line.startswith("title:")}
    if file.name.startswith("answers."):  # the names of the answers stand in the stub
        lines = {line for line in lines if not re.fullmatch(r"\w+:", line)}
    return {line for line in lines if len(line) >= TELLING}


def _named(node: ast.AST) -> bool:
    return isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)


def solution_files() -> Iterator[Path]:
    yield from sorted(path for path in SOLUTIONS.rglob("*") if path.suffix in {".py", ".yaml", ".md"})


def test_every_line_of_the_solutions_stays_at_home(kit: Path) -> None:
    texts = kit_texts(kit)
    lines = {line.strip() for text in texts.values() for line in text.splitlines()}
    found = {}
    for exercise, files in groupby(solution_files(), lambda file: file.relative_to(SOLUTIONS).parts[0]):
        stub = texts.get(f"exercises/{exercise}/{load_exercise(CourseRoot.at(kit), exercise).file}", "")
        hidden = lines - {line.strip() for line in stub.splitlines()} - PUBLIC
        found |= {str(file.relative_to(REPOSITORY)): both for file in files if (both := secrets(file) & hidden)}
    assert found == {}


def test_no_file_of_the_solutions_is_in_it(kit: Path) -> None:
    names = set(kit_texts(kit))
    folders = {part for name in names for part in Path(name).parent.parts}
    assert not folders & {"solutions", "accepted", "misconceptions"}
    assert not {Path(name).name for name in names} & {"checks.py", "figures.yaml"}
    contents = {path.read_bytes() for path in kit.rglob("*") if path.is_file()}
    assert not [file for file in solution_files() if file.read_bytes() in contents]


def test_the_catalogue_tells_only_what_quizzes_ask(kit: Path) -> None:
    course = load_course(CourseRoot.at(REPOSITORY))
    named = {
        belief
        for quiz in course.quiz_ids
        for question in load_quiz(course, quiz).questions
        for _, belief in question.beliefs()
    }
    inside = load_course(CourseRoot.at(kit)).misconceptions
    assert set(inside) == named
    assert "slope-not-squared" in course.misconceptions
    text = "\n".join(kit_texts(kit).values())
    for name in set(course.misconceptions) - named:
        assert course.misconceptions[name].title not in text


def test_it_is_the_same_course(kit: Path) -> None:
    whole, course = load_course(CourseRoot.at(REPOSITORY)), load_course(CourseRoot.at(kit))
    assert (course.id, course.title, course.units) == (whole.id, whole.title, whole.units)
    assert course.root.solutions is None
    for exercise_id in course.exercise_ids:
        exercise, original = load_exercise(course.root, exercise_id), load_exercise(whole.root, exercise_id)
        if exercise.kind != "drill":
            hidden = [(check.id, check.title, check.points) for check in load_hidden_checks(original)]
            assert [(check.id, check.title, check.points) for check in load_listed_checks(exercise)] == hidden


def test_the_pages_of_the_course_are_in_it(kit: Path, tmp_path: Path) -> None:
    assert (kit / "pages/pictures.html").read_bytes() == (REPOSITORY / "pages/pictures.html").read_bytes()
    assert Command(tmp_path)("report", course=kit).code == 0
    assert (tmp_path / "gradecheck-report/pictures.html").is_file()


def test_run_says_which_checks_the_instructor_runs(kit: Path, tmp_path: Path) -> None:
    gradecheck = Command(tmp_path)
    file = tmp_path / "tanh_jacobian.py"
    file.write_bytes((SOLUTIONS / "exercise-04" / "tanh_jacobian.py").read_bytes())
    done = gradecheck("run", "exercise-04", file, course=kit)
    assert done.code == 0, done.err
    assert "Your instructor runs the other 8 checks worth 9 points." in " ".join(done.out.split())
    report = gradecheck("run", "exercise-04", file, "--json", course=kit).report
    theirs = [check for check in report["checks"] if check.get("by_instructor")]
    assert {check["status"] for check in theirs} == {"skipped"}
    assert (
        report["score"] == report["points"] == sum(check["points"] for check in report["checks"] if check not in theirs)
    )


def test_a_wrong_file_fails_the_public_check(kit: Path, tmp_path: Path) -> None:
    file = tmp_path / "tanh_jacobian.py"
    file.write_bytes((SOLUTIONS / "exercise-04" / "misconceptions" / "slope-not-squared.py").read_bytes())
    done = Command(tmp_path)("run", "exercise-04", file, "--json", course=kit)
    assert done.code == 1
    assert [check["status"] for check in done.report["checks"]].count("failed") == 1


def test_a_drill_is_read_and_left_to_the_instructor(kit: Path, tmp_path: Path) -> None:
    file = tmp_path / "answers.yaml"
    file.write_text("norm_after_20: 0.7**20\nnorm_exploding: nonsense(\n", encoding="utf-8")
    done = Command(tmp_path)("run", "exercise-01", file, "--json", course=kit)
    statuses = {check["id"]: check["status"] for check in done.report["checks"]}
    assert statuses["norm_after_20"] == "skipped"
    assert statuses["norm_exploding"] == "error"


def test_what_the_instructor_runs_counts_nothing_yet(kit: Path, tmp_path: Path) -> None:
    gradecheck = Command(tmp_path)
    for exercise in ("exercise-01", "exercise-04"):
        assert gradecheck("start", exercise, course=kit).code == 0
    gradecheck("run", "exercise-01", course=kit)
    right = SOLUTIONS / "exercise-04" / "tanh_jacobian.py"
    assert gradecheck("run", "exercise-04", right, course=kit).code == 0
    units = gradecheck("list", "--json", course=kit).report["units"]
    scores = {each["id"]: (each["score"], each["points"]) for unit in units for each in unit["exercises"]}
    assert scores["exercise-01"] == (0, 10)
    assert scores["exercise-04"] == (1, 10)
    for command in (("progress",), ("list",), ("report", "--out", "pages")):
        assert gradecheck(*command, course=kit).code == 0


def test_quizzes_start_and_hints_work_in_it(kit: Path, tmp_path: Path) -> None:
    gradecheck = Command(tmp_path)
    assert gradecheck("hint", "exercise-04", course=kit).code == 0
    assert gradecheck("start", "exercise-04", course=kit).code == 0
    assert (tmp_path / "exercise-04" / "tanh_jacobian.py").is_file()
    assert "products" in gradecheck("list", course=kit).out
    shown = gradecheck("quiz", "products", "--review", course=kit)
    assert shown.code == 0, shown.err
    assert "\n   Right. " in shown.out


def test_a_class_is_not_graded_with_it(kit: Path, tmp_path: Path) -> None:
    (tmp_path / "class").mkdir()
    done = Command(tmp_path)("batch", "class", "--out", "grades", course=kit)
    assert done.code == 2
    assert "kit" in done.err
    for form in ("student-kit", "gradescope-autograder"):
        done = Command(tmp_path)("export", form, "--out", "again.zip", course=kit)
        assert done.code == 2
        assert "has no solutions/" in done.err


def test_a_zip_holds_the_same(small_course: Path, tmp_path: Path) -> None:
    gradecheck = Command(tmp_path)
    for out in ("kit", "kit.zip"):
        assert gradecheck("export", "student-kit", "--out", out, course=small_course).code == 0
    with zipfile.ZipFile(tmp_path / "kit.zip") as archive:
        names = [name for name in archive.namelist() if not is_engine(name)]
        assert {name: archive.read(name).decode() for name in names} == kit_texts(tmp_path / "kit")


def test_a_link_is_refused(small_course: Path, tmp_path: Path) -> None:
    (small_course / "exercises" / "exercise-02" / "figure.txt").symlink_to(small_course / "solutions")
    done = Command(tmp_path)("export", "student-kit", "--out", "kit", course=small_course)
    assert done.code == 2
    assert "is a link" in done.err
    assert not (tmp_path / "kit").exists()


def test_what_is_there_is_not_overwritten(tmp_path: Path) -> None:
    (tmp_path / "kit").mkdir()
    (tmp_path / "kit" / "mine.txt").write_text("mine", encoding="utf-8")
    done = Command(tmp_path)("export", "student-kit", "--out", "kit")
    assert done.code == 2
    assert "is there already" in done.err
    assert [path.name for path in (tmp_path / "kit").iterdir()] == ["mine.txt"]


def test_the_engine_in_it_is_ours_and_nothing_else(kit: Path) -> None:
    theirs = {path.relative_to(kit): path.read_bytes() for path in (kit / "autograder").rglob("*") if path.is_file()}
    ours = {path.relative_to(REPOSITORY): path.read_bytes() for path in (REPOSITORY / "autograder").rglob("*")
            if path.is_file() and "__pycache__" not in path.parts}  # fmt: skip
    assert theirs == ours
    assert (kit / "gradecheck_course.py").read_bytes() == (REPOSITORY / "gradecheck_course.py").read_bytes()


@pytest.mark.fresh
def test_it_is_installed_from_itself_and_then_works_anywhere(kit: Path, tmp_path: Path) -> None:
    """Only our own package is installed here; what it needs is there already."""
    offline = ["--quiet", "--no-deps", "--no-compile", "--target", tmp_path / "site"]
    subprocess.run([sys.executable, "-m", "pip", "install", *offline, kit], check=True, timeout=300)
    assert not list((tmp_path / "site").rglob("solutions"))
    start = "import gradecheck_course; gradecheck_course.main()"
    done = subprocess.run(
        [sys.executable, "-c", start, "run", "exercise-04", SOLUTIONS / "exercise-04" / "tanh_jacobian.py", "--json"],
        cwd=tmp_path, capture_output=True, text=True, timeout=300, check=False,
        env={"PATH": os.environ["PATH"], "PYTHONPATH": str(tmp_path / "site"), "HOME": str(tmp_path)},
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert [check["status"] for check in json.loads(done.stdout)["checks"]].count("passed") == 1


def test_its_project_file_needs_what_ours_needs(kit: Path) -> None:
    theirs, ours = (tomllib.loads((folder / "pyproject.toml").read_text()) for folder in (kit, REPOSITORY))
    same = ("name", "version", "requires-python", "scripts")
    assert [theirs["project"][each] for each in same] == [ours["project"][each] for each in same]
    assert sorted(theirs["project"]["dependencies"]) == sorted(ours["project"]["dependencies"])
    extras = theirs["project"]["optional-dependencies"]
    assert {*extras, "dev"} == {*ours["project"]["optional-dependencies"]}
    assert extras["torch"] == ours["project"]["optional-dependencies"]["torch"]
