"""Drills whose numbers are drawn for each student: the same student, the same numbers, wherever the file is graded."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest

from autograder.course import CourseRoot, load_course, load_everything, load_exercise
from autograder.course.drawn import as_drawn, values_of
from autograder.gradebook.book import Gradebook
from autograder.grading.grade import grade
from autograder.grading.report import Report
from autograder.grading.submission import from_bytes
from autograder.proof.drawn_numbers import draw_faults
from autograder.proof.programs import prove_programs
from tests.command import Command
from tests.files import write

COURSE = """format: 1
id: decay
title: 'Decay'
units: [{id: first, title: 'First', exercises: [rest]}]
misconceptions:
  product-for-power: {title: 'A product for a power', concept: 'powers'}
  lost-for-left: {title: 'What is lost for what is left', concept: 'shares'}
"""
EXERCISE = """title: 'What is left'
kind: drill
file: answers.yaml
points: 4
parameters:
  rho: {choose: [0.5, 0.6, 0.7, 0.8]}
  T: {integer: [5, 15]}
  fluid: {choose: [water, oil]}
where: rho**T > 1e-4
takeaway: 'After $@{T}$ steps $@{rho}^{@{T}} = @{rho**T:.3g}$ is left.'
hints: ['How much is left after one step of $@{rho}$?', 'After two?', 'After three?']
"""
KEY = r"""answers:
  left:
    title: 'What is left, $@{rho}^{@{T}}$'
    points: 2
    key: rho**T
    right: 'Each step keeps $@{rho}$: $@{rho**T:.3g}$.'
    traps:
      - {value: rho*T, misconception: product-for-power, why: 'This is $@{rho} \cdot @{T} = @{rho*T}$.'}
      - {value: 1-rho**T, misconception: lost-for-left, why: 'This is what is *lost*.'}
  gone:
    title: 'What is gone'
    points: 1
    key: 1-rho**T
    relative: 0.0001
    right: 'All but what is left.'
    hint: 'How much @{fluid} was there?'
consistency:
  - {id: whole, title: 'All', points: 1, holds: abs(left + gone - rho / rho) < 1e-3, message: 'It is all @{fluid}.'}
"""
FILES = {
    "course.yaml": COURSE,
    "exercises/rest/exercise.yaml": EXERCISE,
    "exercises/rest/statement.md": "# What is left\n\nOf @{fluid}, $@{rho}$ stays in each of $@{T}$ steps.\n",
    "exercises/rest/answers.yaml": "# After @{T} steps of @{rho}\nleft: null\n\n# What is gone\ngone: null\n",
    "solutions/rest/answers.yaml": KEY,
    "solutions/rest/accepted/powers.yaml": "left: '@{rho}^@{T}'\ngone: '1 - @{rho}**@{T}'\n",
    "solutions/rest/misconceptions/product-for-power.yaml": "left: '@{rho}*@{T}'\ngone: '1 - @{rho}**@{T}'\n",
}
#: A seed, what it draws, and one that draws other numbers.
SEED, OTHER = 7, 8


@pytest.fixture
def root(tmp_path: Path) -> CourseRoot:
    return CourseRoot.at(write(tmp_path / "course", FILES))


@pytest.fixture
def grading(root: CourseRoot) -> Callable[[str], Report]:
    """Grade the text of a file."""
    course, exercise = load_course(root), load_exercise(root, "rest")

    def report(text: str) -> Report:
        return next(grade(course, exercise, [from_bytes("answers.yaml", text.encode())]))

    return report


def drawn(root: CourseRoot, seed: int) -> tuple[float, float]:
    values = values_of(load_exercise(root, "rest"), seed)
    return float(values["rho"]), float(values["T"])


def right(root: CourseRoot, seed: int) -> str:
    rho, steps = drawn(root, seed)
    return f"seed: {seed}\nleft: {rho}**{steps:g}\ngone: {1 - rho**steps}\n"


def test_each_is_graded_by_what_was_drawn_for_it(root: CourseRoot, grading: Callable[[str], Report]) -> None:
    assert drawn(root, SEED) != drawn(root, OTHER)
    for seed in (SEED, OTHER):
        report = grading(right(root, seed))
        assert (report.passed, report.score) == (True, 4)
        assert report.draw is not None
        assert (report.draw.seed, report.draw.values) == (seed, values_of(load_exercise(root, "rest"), seed))
        assert Report.from_json(report.to_json()).draw == report.draw
    borrowed = grading(right(root, SEED).replace(f"seed: {SEED}", f"seed: {OTHER}"))
    assert [check.status for check in borrowed.checks] == ["failed", "failed", "passed"]


def test_a_trap_is_explained_with_the_numbers_of_the_student(
    root: CourseRoot, grading: Callable[[str], Report]
) -> None:
    rho, steps = drawn(root, SEED)
    first, second, _ = grading(f"seed: {SEED}\nleft: {rho}*{steps:g}\ngone: 0.123\n").checks
    assert first.misconception is not None
    assert first.misconception.id == "product-for-power"
    assert first.misconception.explanation == rf"This is ${rho} \cdot {steps:g} = {rho * steps:g}$."
    assert first.title == f"What is left, ${rho}^{{{steps:g}}}$"
    assert second.hint is not None
    assert re.fullmatch("How much (water|oil) was there.", second.hint)


@pytest.mark.parametrize(
    "line", ["", "seed: many\n", "seed: -1\n", "seed: 0.5\n", "seed: true\n", f"seed: {2**70}\n", "seed: [1]\n"]
)
def test_without_a_seed_it_says_how_to_get_it_back(grading: Callable[[str], Report], line: str) -> None:
    report = grading(f"{line}left: 0.5\ngone: 0.5\n")
    assert report.score == 0
    assert report.note.startswith("Whose numbers these are isn't known: the line `seed: …` is missing")
    assert "`gradecheck show rest` has it" in report.note
    assert report.checks[0].title == "What is left, $…^{…}$"


def test_the_stub_is_not_started(root: CourseRoot, grading: Callable[[str], Report]) -> None:
    report = grading(as_drawn(load_exercise(root, "rest"), SEED).stub)
    assert report.untouched
    assert report.score == 0


def test_a_drill_that_draws_nothing_may_ask_for_a_seed(root: CourseRoot) -> None:
    folder = root.root / "exercises/rest"
    (folder / "exercise.yaml").write_text(
        "title: 'S'\nkind: drill\nfile: answers.yaml\npoints: 1\ntakeaway: 'T.'\nhints: ['A.', 'B.', '@{C}.']\n"
    )
    (folder / "answers.yaml").write_text("seed:\n")
    (root.root / "solutions/rest/answers.yaml").write_text(
        "answers:\n  seed: {title: '@{Seed}', points: 1, key: 3, right: 'It is.'}\n"
    )
    exercise = load_exercise(root, "rest")
    report = next(grade(load_course(root), exercise, [from_bytes("answers.yaml", b"seed: 3\n")]))
    assert (report.passed, report.checks[0].title, report.draw) == (True, "@{Seed}", None)
    assert as_drawn(exercise, 1) == exercise


def test_a_student_has_the_same_numbers_everywhere(root: CourseRoot, gradecheck: Command) -> None:
    begun = gradecheck("start", "rest", course=root.root)
    assert begun.code == 0, begun.err
    file = gradecheck.folder / "rest" / "answers.yaml"
    seed = int(file.read_text().split()[1])
    rho, steps = drawn(root, seed)
    assert f"# After {steps:g} steps of {rho:g}\n" in file.read_text()
    shown = gradecheck("show", "rest", course=root.root).out
    assert f"{rho:g} stays in each of {steps:g} steps" in shown
    assert f"`seed: {seed}`" in shown
    assert f"after one step of {rho:g}?" in gradecheck("hint", "rest", course=root.root).out
    file.write_text(right(root, seed))
    assert f"After {steps:g} steps" in gradecheck("run", "rest", course=root.root).out
    elsewhere = {"GRADECHECK_DATA": str(gradecheck.folder / "another machine")}
    assert f"`seed: {seed}`" in gradecheck("show", "rest", course=root.root, **elsewhere).out  # the file's own
    file.unlink()
    assert f"`seed: {seed}`" not in gradecheck("show", "rest", course=root.root, **elsewhere).out
    assert f"`seed: {seed}`" in gradecheck("show", "rest", course=root.root).out
    gradecheck("start", "rest", "--notebook", course=root.root)
    assert f"seed: {seed} " in (gradecheck.folder / "rest" / "answers.ipynb").read_text()


def test_a_class_has_each_its_own_key_and_a_shared_seed_is_named(root: CourseRoot, gradecheck: Command) -> None:
    stub = as_drawn(load_exercise(root, "rest"), 11).stub
    handed_in = {"ada": right(root, 1), "ben": right(root, 2), "cyd": right(root, 2) + "# mine\n", "dee": stub}
    for student, text in handed_in.items():
        (gradecheck.folder / "class" / student).mkdir(parents=True)
        (gradecheck.folder / "class" / student / "answers.yaml").write_text(text)
    (gradecheck.folder / "class/ada/answers (1).yaml").write_text(as_drawn(load_exercise(root, "rest"), 1).stub)
    done = gradecheck("batch", "class", "--out", "grades", course=root.root)
    assert done.code == 1, done.err
    with Gradebook.read(gradecheck.folder / "grades") as opened:
        rows = {row.student: (row.status, row.score, row.file) for row in opened.results()}
    graded = dict.fromkeys(("ada", "ben", "cyd"), ("graded", 4, "answers.yaml"))
    assert rows == {**graded, "dee": ("graded", 0, "answers.yaml")}
    said = gradecheck("similar", "grades", course=root.root).out
    assert "rest: ben and cyd: the same numbers (seed 2)" in said
    assert "ada" not in said


def test_a_kit_reads_them_with_the_numbers_in_the_titles(root: CourseRoot, gradecheck: Command) -> None:
    made = gradecheck("export", "student-kit", "--out", "kit", course=root.root)
    assert made.code == 0, made.err
    kit = gradecheck.folder / "kit"
    assert "rho**T'" not in "".join(path.read_text() for path in kit.rglob("answers.yaml"))
    (gradecheck.folder / "answers.yaml").write_text(right(root, SEED))
    rho, steps = drawn(root, SEED)
    read = gradecheck("run", "rest", "answers.yaml", "--all", "--json", course=kit)
    first = read.report["checks"][0]
    assert first["title"] == f"What is left, ${rho}^{{{steps:g}}}$"
    assert first["message"].startswith("left reads as")


def test_in_spanish_the_numbers_have_a_comma(root: CourseRoot, gradecheck: Command) -> None:
    folder = root.root / "exercises/rest"
    (folder / "statement.es.md").write_text("# Lo que queda\n\nDe @{fluid} queda $@{rho}$ en $@{T}$ pasos.\n")
    shown = gradecheck("--language=es", "show", "rest", course=root.root).out
    assert re.search(r"queda 0,\d en \d+ pasos", shown)
    assert "Tus propios números" in shown


def test_it_is_proved_for_several_students(root: CourseRoot) -> None:
    assert load_everything(root).problems == ()
    found = prove_programs(load_course(root), load_exercise(root, "rest"))
    assert found.problems == ()
    assert {role: tally.of for role, tally in found.tallies.items()} == {
        "stub": 2, "reference": 5, "accepted": 5, "known_wrong": 15,
    }  # fmt: skip


@pytest.mark.parametrize(
    ("file", "old", "new", "line", "said"),
    [
        ("solutions/rest/answers.yaml", "{value: rho*T", "{value: rho**(T - floor(T/15))", 8, "counts as the key"),
        ("solutions/rest/answers.yaml", "{value: 1-rho**T", "{value: rho*T + floor(T/15)*0.001", 9, "An earlier trap"),
        ("solutions/rest/answers.yaml", "key: 1-rho**T", "key: 1-rho**T/(T-9)", 13, "divides by 0"),
        ("solutions/rest/answers.yaml", "rho / rho", "T / 5", 18, "doesn't meet this relation"),
        ("exercises/rest/exercise.yaml", "where: rho**T > 1e-4", "where: rho > 1", 9, "met 'where' not once"),
    ],
)
def test_what_is_wrong_with_some_draws_is_named_with_the_values(
    root: CourseRoot, file: str, old: str, new: str, line: int, said: str
) -> None:
    path = root.root / file
    assert old in path.read_text()
    path.write_text(path.read_text().replace(old, new))
    (problem, *_) = draw_faults(load_exercise(root, "rest"))
    assert (problem.file, problem.line) == (path, line)
    assert said in problem.sentence
    shown = "It shows with rho = 0" in problem.sentence
    assert "where" in said or shown is not ("with all of the values that are drawn" in problem.sentence)


@pytest.mark.parametrize(
    ("file", "old", "new", "line", "said"),
    [
        ("exercises/rest/exercise.yaml", "kind: drill\nfile: answers.yaml", "kind: implement\nfile: rest.py", 5, "rng"),
        ("exercises/rest/exercise.yaml", "'What is left'", "'After @{T}'", 1, "has a hole"),
        ("exercises/rest/exercise.yaml", "[5, 15]", "[15, 5]", 7, "the smaller one first"),
        ("exercises/rest/exercise.yaml", "one step of $@{rho}$", "one step of $@{rha}$", 11, "'rha'"),
        ("exercises/rest/statement.md", "$@{T}$ steps", "$@{T+}$ steps", 3, "no expression"),
        ("exercises/rest/answers.yaml", "@{rho}", "@{fluid + 1}", 1, "'fluid'"),
        ("solutions/rest/answers.yaml", "key: rho**T", "key: rha**T", 5, "uses 'rha'; it may hold T, rho, numbers"),
        ("solutions/rest/answers.yaml", "This is what is", "In @{t} steps", 9, "uses 't'"),
        ("solutions/rest/answers.yaml", "rho / rho", "fluid", 18, "uses 'fluid'"),
    ],
)
def test_a_slip_is_named_with_its_line(root: CourseRoot, file: str, old: str, new: str, line: int, said: str) -> None:
    path = root.root / file
    assert old in path.read_text()
    path.write_text(path.read_text().replace(old, new, 1))
    found = [str(problem.sentence) for problem in load_everything(root).problems if problem.line == line]
    assert any(said in sentence for sentence in found), load_everything(root).problems
