"""The files of a course must agree: each disagreement is one line that names the place."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from autograder.course import CourseRoot, load_everything
from autograder.course.program_files import read_program, unheard
from tests.small_course import change

E1, E2 = "exercises/exercise-01/", "exercises/exercise-02/"
S1, S2 = "solutions/exercise-01/", "solutions/exercise-02/"


def problems(course: Path) -> list[str]:
    return [str(problem).replace(f"{course}/", "") for problem in load_everything(CourseRoot.at(course)).problems]


def test_a_right_course_has_no_problem(small_course: Path) -> None:
    everything = load_everything(CourseRoot.at(small_course))
    assert everything.problems == ()
    assert [exercise.id for exercise in everything.exercises] == ["exercise-01", "exercise-02"]


@pytest.mark.parametrize(
    ("file", "old", "new", "expected"),
    [
        (
            E2 + "exercise.yaml",
            "points: 3",
            "points: 4",
            E2 + "exercise.yaml:5: All checks together are worth 3 points; this says 4.",
        ),
        (
            E1 + "exercise.yaml",
            "points: 3",
            "points: 4",
            E1 + "exercise.yaml:4: All checks together are worth 3 points; this says 4.",
        ),
        (
            S2 + "checks.py",
            "@points(2",
            "@points(1)\nclass TestAll:\n    @points(1)\n    def test_one(self):\n        '''One.'''\n\n\n@points(2",
            S2 + "checks.py:7: @points above TestAll counts for none of its checks: write it above each of them.",
        ),
        (
            S2 + "checks.py",
            "@points(2",
            "class Checks(unittest.TestCase):\n    def test_one(self):\n        self.fail()\n\n\n@points(2",
            S2 + "checks.py:6: Checks is a unittest.TestCase, and no check of such a class is run",
        ),
        (
            E2 + "exercise.yaml",
            "quiz: products",
            "quiz: product",
            "exercise.yaml:7: No unit lists the quiz 'product'. Did you mean 'products'?",
        ),
        (
            E2 + "exercise.yaml",
            "id: worked_example",
            "id: negative",
            S2 + "checks.py:7: Another check has the id 'negative' already",
        ),
        (E2 + "twice.py", "def twice(x):", "def twice(x:", E2 + "twice.py:1: This is not Python: "),
        (
            E2 + "twice.py",
            "def twice(x):",
            "<<<<<<< HEAD\ndef twice(x):\n=======\ndef twice(y):\n>>>>>>> other",
            E2 + "twice.py:1: A merge conflict of Git begins at line 1: keep",
        ),
        (E2 + "twice.py", "def twice(x):\n    ", "", E2 + "twice.py:1: The stub defines nothing"),
        (
            S2 + "twice.py",
            "def twice",
            "def double",
            S2 + "twice.py:1: The stub asks for 'twice', and this reference doesn't define it.",
        ),
        (S2 + "checks.py", "@points(2", "@points(two", S2 + "checks.py:7: test_negative needs @points(…)"),
        (
            S2 + "checks.py",
            "def test_negative",
            "def negative",
            S2 + "checks.py:7: negative has @points, and only what is called test_… is run: name it test_negative.",
        ),
        (
            S2 + "checks.py",
            "def test_negative",
            "async def test_negative",
            S2 + "checks.py:7: test_negative is async, and no check is awaited: write `def`.",
        ),
        (
            S2 + "checks.py",
            "@points(2",
            "class Checks:\n    @points(1)\n    def test_one(self, agree):\n        pass\n\n\n@points(2",
            S2 + "checks.py:8: test_one is never run: pytest reads only classes that are called Test…",
        ),
        (
            S2 + "checks.py",
            '    More.\n    """\n',
            '    More.\n    """\n    if agree:\n        return agree == 1\n',
            S2 + "checks.py:13: Nobody looks at what test_negative returns: write `assert` in place of `return`.",
        ),
        (
            S2 + "checks.py",
            '    More.\n    """\n',
            '    More.\n    """\n    assert (agree == 1, "One.")\n',
            S2 + "checks.py:12: This assertion always holds, for a tuple is true: write it without the brackets.",
        ),
        (
            S2 + "checks.py",
            '    More.\n    """\n',
            '    More.\n    """\n    with raises(TypeError):\n        agree > 1\n    agree == 1\n',
            S2 + "checks.py:14: Nobody looks at what is compared here: write `assert` in front of it.",
        ),
        (
            E2 + "exercise.yaml",
            "call: twice",
            "call: twise",
            E2 + "exercise.yaml:17: The stub defines no 'twise' to be called. Did you mean 'twice'?",
        ),
        (S2 + "checks.py", '"""Negative', 'pass; """Negative', S2 + "checks.py:7: test_negative needs a docstring"),
        (
            S2 + "checks.py",
            "Negative",
            "\\\\tanh and \\tanh",
            S2 + "checks.py:7: The docstring of test_negative holds a control character (a tab)",
        ),
        (
            S2 + "misconceptions/added-not-doubled.py",
            'r"""You',
            '"""\\tYou',
            "added-not-doubled.py:1: The docstring holds a control character",
        ),
        (
            S2 + "misconceptions/added-not-doubled.py",
            'r"""You',
            'x = r"""You',
            "added-not-doubled.py:1: This known-wrong program needs a docstring",
        ),
        (
            S1 + "answers.yaml",
            "misconception: product",
            "misconception: products",
            "answers.yaml:9: 'products-for-power' is not in the catalogue of course.yaml. Did you mean 'product-for-",
        ),
        (
            E1 + "answers.yaml",
            "norm_after_20",
            "norm_after_21",
            S1 + "answers.yaml:2: The answer 'norm_after_20' is missing in the stub",
        ),
        (
            "course.yaml",
            "[exercise-01, exercise-02]",
            "[exercise-01]",
            "course.yaml:3: exercises/exercise-02 is in no unit",
        ),
        (
            "course.yaml",
            "[exercise-01, exercise-02]",
            "[exercise-01, exercise-02, exercise-03]",
            "course.yaml:6: 'exercise-03' is listed, but there is no exercises/exercise-03/.",
        ),
        (
            "course.yaml",
            "[exercise-01, exercise-02]",
            "[exercise-01, exercise-02, exercise-01]",
            "course.yaml:6: 'exercise-01' is listed a second time",
        ),
        (
            "course.yaml",
            "[products]",
            "[products, gates]",
            "course.yaml:7: 'gates' is listed, but there is no quizzes/gates.yaml.",
        ),
        (
            "course.yaml",
            "misconceptions:\n",
            "  - {id: first, title: 'Again'}\nmisconceptions:\n",
            "course.yaml:8: An earlier unit has the id 'first' too",
        ),
    ],
)
def test_a_disagreement_is_one_line(small_course: Path, file: str, old: str, new: str, expected: str) -> None:
    change(small_course, file, old, new)
    assert any(expected in problem for problem in problems(small_course)), problems(small_course)


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        (
            S2 + "misconceptions/added-not-doubled.py",
            S2 + "misconceptions/added-not-double.py",
            "Did you mean 'added-not-doubled'?",
        ),
        (S2 + "checks.py", S2 + "check.py", S2 + "checks.py:1: This file is missing; write it."),
        (S2 + "twice.py", S2 + "double.py", S2 + "twice.py:1: This file is missing; write it."),
        (E2 + "twice.py", E2 + "double.py", E2 + "twice.py:1: This file is missing; write it."),
        (E2 + "statement.md", E2 + "text.md", E2 + "statement.md:1: This file is missing; write it."),
        (
            S2,
            "solutions/exercise-2",
            "course.yaml:3: solutions/exercise-2 belongs to no exercise; rename the folder. Did you mean",
        ),
        (S2, "solutions/exercise-2", "solutions/exercise-02:1: There is no solution here; write twice.py"),
        (E2 + "exercise.yaml", E2 + "exercise.yml", "missing; exercise.yml is there: rename it to exercise.yaml."),
        (E2 + "statement.md", E2 + "Statement.md", E2 + "statement.md:1: This file is missing; Statement.md is there"),
        (S2 + "checks.py", S2 + "Checks.py", S2 + "checks.py:1: This file is missing; Checks.py is there: rename it"),
        ("quizzes/products.yaml", "quizzes/product.yaml", "course.yaml:3: quizzes/product.yaml is in no unit"),
        (S2 + "misconceptions", S2 + "misconception", "This folder is not read. Did you mean 'misconceptions'?"),
        (
            S2 + "misconceptions/added-not-doubled--late.py",
            S2 + "misconceptions/added-not-doubled--late.txt",
            "late.txt:1: This is not read: each program of misconceptions/ is a file *.py.",
        ),
    ],
)
def test_a_file_under_another_name_is_one_line(small_course: Path, old: str, new: str, expected: str) -> None:
    (small_course / old).rename(small_course / new)
    assert any(expected in problem for problem in problems(small_course)), problems(small_course)


@pytest.mark.parametrize(
    ("name", "right"),
    [
        (E2 + "exercise.es.yml", "exercise.es.yaml"),
        (E2 + "Exercise.yaml", "exercise.yaml"),
        (S2 + "Figures.yml", "figures.yaml"),
        (S2 + "equivalent_mutants.yaml", "equivalent-mutants.yaml"),
        (S2 + "checks.es.yml", "checks.es.yaml"),
        ("quizzes/es/products.yml", "products.yaml"),
        ("course.es.yml", "course.es.yaml"),
    ],
)
def test_what_nobody_reads_for_its_spelling_is_one_line(small_course: Path, name: str, right: str) -> None:
    (small_course / name).parent.mkdir(exist_ok=True)
    (small_course / name).write_text("{}\n")
    assert problems(small_course) == [f"{name}:1: This is not read; its name must be {right}."]


def test_a_helper_of_the_checks_may_be_called_almost_as_a_program(small_course: Path) -> None:
    for name in ("Twice.py", "Checks.py"):
        (small_course / S2 / name).write_text("FACTOR = 2\n")
    assert problems(small_course) == []


@pytest.mark.parametrize(
    "name",
    [
        "course.de.yaml",
        E2 + "exercise.de.yaml",
        E2 + "statement.pt-BR.md",
        E2 + "twice.fr.py",
        S2 + "checks.de.yaml",
        S1 + "answers.de.yaml",
        S2 + "misconceptions/added-not-doubled.de.md",
        "quizzes/de/products.yaml",
    ],
)
def test_a_text_in_a_language_that_is_never_spoken_is_one_line(small_course: Path, name: str) -> None:
    (small_course / name).parent.mkdir(exist_ok=True)
    (small_course / name).write_text("title: 'Ein Text'\n")
    (told,) = problems(small_course)
    assert told.startswith(f"{name}:1: This is not read: nothing is said in '")
    assert "but in en, es alone" in told


def test_a_page_says_how_it_is_listed(small_course: Path) -> None:
    pages = small_course / "pages"
    pages.mkdir()
    (pages / "named.html").write_text("<!doctype html><title>Pictures</title>")
    (pages / "nameless.es.html").write_text("<!doctype html><title> </title><p>Words")
    (pages / "index.html").write_text("<!doctype html><title>Pictures</title>")
    assert problems(small_course) == [
        "pages/index.html:1: This page is left out: index.html is the name of the course's own. Rename it.",
        "pages/nameless.es.html:1: This page has no <title>; write the words by which it is listed.",
    ]


def test_what_an_editor_leaves_beside_a_quiz_is_nothing_to_tell(small_course: Path) -> None:
    for name in ("products.yaml~", "products.yaml.bak", ".products.yaml.swp", ".products.yml", "products.yaml.orig"):
        (small_course / "quizzes" / name).write_text("{}\n")
    assert problems(small_course) == []


def test_the_other_exercises_are_read_though_course_yaml_is_broken(small_course: Path) -> None:
    change(small_course, "course.yaml", "format: 1", "format: [")
    everything = load_everything(CourseRoot.at(small_course))
    assert everything.course is None
    assert len(everything.exercises) == 2
    assert len(everything.problems) == 1


def test_a_deeply_nested_program_is_one_line(small_course: Path) -> None:
    (small_course / S2 / "checks.py").write_text("x = " + "(" * 5000)
    assert any(S2 + "checks.py:1: This is " in problem for problem in problems(small_course))


def test_hidden_folders_are_no_exercises(small_course: Path) -> None:
    (small_course / "exercises/.ipynb_checkpoints").mkdir()
    (small_course / "solutions/__pycache__").mkdir()
    shutil.copytree(small_course / S2, small_course / "solutions/.backup")
    assert problems(small_course) == []


def test_what_is_compared_to_see_what_it_raises_is_no_slip(tmp_path: Path) -> None:
    file = tmp_path / "checks.py"
    file.write_text(
        "def test_refusal(submission):\n    with pytest.warns(UserWarning):\n        submission.a == 1\n"
        "    try:\n        submission.a < submission.b\n    except TypeError:\n        submission.a == 2\n"
    )
    assert [each.line for each in unheard(read_program(file))] == [7]
