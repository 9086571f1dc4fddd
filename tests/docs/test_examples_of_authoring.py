"""What docs/authoring.md shows in fences that no terminal types is put where it belongs, and holds as the page says."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from autograder.course import CourseRoot, load_exercise
from tests.command import Command
from tests.docs.reading import tokens
from tests.proof.filled import EXERCISE, SOLUTION, TASK, begin_and_fill_in

pytestmark = pytest.mark.docs


def example(begins: str) -> str:
    """The one fence that begins so."""
    (found,) = {
        token.content
        for token in tokens("docs/authoring.md")
        if token.type == "fence" and token.content.startswith(begins)
    }
    return found


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return begin_and_fill_in(tmp_path_factory.mktemp("filled"))


@pytest.fixture
def course(filled: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(filled, tmp_path / "course"))


def proved(course: Path, *options: str) -> list[str]:
    """The sentences of a proof's problems and warnings, but those that count what there is."""
    report = Command(course.parent)("validate", EXERCISE, *options, "--json", course=course).report
    told = [*report["problems"], *report["warnings"]]
    return [each["sentence"] for each in told if not each["sentence"].startswith("Number of ")]


def test_the_check_and_the_figure_hold(course: Path) -> None:
    checks = course / SOLUTION / "checks.py"
    above, _, rest = checks.read_text().partition("@points(1)\ndef test_any_input")
    below = "@points(1)\n" + rest.partition("@points(1)\n")[2]
    checks.write_text(f"{above}{example('@points(1)' + chr(10) + 'def test_any_input')}\n\n{below}")
    (course / SOLUTION / "figures.yaml").write_text(example("- {claim: "))
    assert proved(course) == []


def test_a_change_that_no_check_notices_reads_so_and_is_listed_so(course: Path) -> None:
    reference = course / SOLUTION / "leaky_step.py"
    reference.write_text(reference.read_text().replace("return x / 2 + 1", "return 0.5**1 * x + 1"))
    place, _, sentence = example("solutions/leaky-step/leaky_step.py:7: ").strip().partition(": ")
    assert place == f"{SOLUTION}/leaky_step.py:7"
    told = proved(course)
    assert sentence in told
    (course / SOLUTION / "equivalent-mutants.yaml").write_text(example("- mutant: "))
    assert [each for each in told if each not in proved(course)] == [sentence]


PROGRAM = """import torch


def doubled(x):
    return 2 * x


def joined(words, sign):
    return sign.join(words)


def half(x):
    return x / 2


def adder(n):
    return lambda m: n + m


class Scale(torch.nn.Module):
    def __init__(self, n):
        super().__init__()
        self.weight = torch.nn.Parameter(torch.zeros(n))

    def forward(self, x):
        return self.weight * x
"""


def test_each_form_of_a_public_check_passes(course: Path) -> None:
    stub = re.sub(r"^( +)(return|self.weight|super).*$", r"\1raise NotImplementedError", PROGRAM, flags=re.MULTILINE)
    (course / TASK / "leaky_step.py").write_text(stub)
    spec = (course / TASK / "exercise.yaml").read_text().partition("checks:")[0]
    spec = spec.replace("points: 4", "points: 6").replace("needs: [numpy]", "needs: [torch]")
    (course / TASK / "exercise.yaml").write_text(spec + example("checks:"))
    check = "from autograder.checks import points\n\n\n@points(1)\ndef test_half(agree):\n    'Half.'\n"
    (course / SOLUTION / "checks.py").write_text(f"{check}    agree('half', 3)\n")
    (course / SOLUTION / "leaky_step.py").write_text(PROGRAM)
    done = Command(course.parent)("run", EXERCISE, course / SOLUTION / "leaky_step.py", "--json", course=course)
    statuses = {each["id"]: (each["status"], each["message"]) for each in done.report["checks"]}
    assert statuses == dict.fromkeys(["array", "words", "refused", "made", "module", "half"], ("passed", ""))


def test_pytest_itself_runs_the_checks(course: Path) -> None:
    words = example("pytest solutions/").split()
    assert words[-1] == "--pdb"  # which waits for somebody where something fails
    shutil.copy(course / SOLUTION / "accepted" / "another_style.py", course / "my_try.py")
    done = subprocess.run(
        [sys.executable, "-m", *words[:-1], "-p", "no:cacheprovider"],
        cwd=course,
        capture_output=True,
        text=True,
        timeout=300,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert "3 passed" in done.stdout


def test_a_script_has_a_stub_in_which_nothing_is_defined(course: Path) -> None:
    (course / TASK / "leaky_step.py").write_text(example('"""Reads two whole numbers'))
    spec = course / TASK / "exercise.yaml"
    spec.write_text(spec.read_text().partition("checks:")[0].replace("points: 4", "points: 1"))
    (course / SOLUTION / "checks.py").write_text(
        "from autograder.checks import points\n\n\n@points(1)\ndef test_sum(agree):\n    '''A sum.'''\n"
        "    agree.script(stdin='3 4\\n')\n"
    )
    assert load_exercise(CourseRoot.at(course), EXERCISE).is_script


def test_a_course_says_how_strict_a_proof_is(course: Path) -> None:
    assert any("0.777" in each for each in proved(quoting(course), "--no-mutants"))
    file = course / "course.yaml"
    file.write_text(f"{file.read_text()}\n{example('demands:')}")
    report = Command(course.parent)("validate", EXERCISE, "--json", course=course).report
    assert [each["sentence"][:21] for each in report["warnings"] if "quotes" in each["sentence"]] == [
        "The text quotes 0.777"
    ]
    assert "mutants" not in report["exercises"][EXERCISE]


def quoting(course: Path) -> Path:
    """The same course with a number in a text that nothing computes."""
    file = course / TASK / "statement.md"
    file.write_text(file.read_text().replace("Memory leaks.", "Memory leaks by 0.777 at each step."))
    return course


def test_a_workflow_is_written(course: Path) -> None:
    words = example("gradecheck new ci ").split(maxsplit=1)[1].replace("'", "").split()
    done = Command(course.parent)(*words, course=course)
    assert done.code == 0, done.err
    assert "./engine[bubblewrap]" in next(course.rglob("course.yml")).read_text()
