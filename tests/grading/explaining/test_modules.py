"""What is said of a wrong torch module: its answers, their gradients, its parameters, and what it keeps."""

from __future__ import annotations

import pytest

from autograder.course import load_exercise
from autograder.course.discovery import CourseRoot
from autograder.grading.explaining.effort import EFFORTS
from tests.command import REPOSITORY
from tests.grading.judges import Graded

pytestmark = pytest.mark.reasons

#: An edit of the reference of exercise 12, and what must be said, or must not be.
EDITS = {
    "the state is cut off": (
        "        z = torch",
        "        h = h.detach()\n        z = torch",
        "GRUCell: no gradient reaches the state",
        "any of its parameters",
    ),
    "all is computed without a graph": (
        "        z = torch.sigmoid(",
        "        torch.set_grad_enabled(False)\n        z = torch.sigmoid(",
        "no gradient reaches the state or any of its parameters",
        "isn't complete",
    ),
    "a gate is held constant": (
        "+ self.b_z)",
        "+ self.b_z).detach()",
        "no gradient reaches `W_z`, `U_z` or `b_z`",
        "reaches the state",
    ),
    "a way of the state is cut off": (
        "(r * h) @ self.U_h.T",
        "(r * h.detach()) @ self.U_h.T",
        "the gradient by the state isn't complete",
        "no gradient reaches",
    ),
    "a wrong answer without a gradient": (
        "return (1 - z) * h + z * candidate",
        "return ((1 - z) * h - z * candidate).detach()",
        "",
        "gradient",
    ),
    "something is kept": (
        "return (1 - z) * h + z * candidate",
        "h = getattr(self, 'last', h)\n        self.last = (1 - z) * h + z * candidate\n        return self.last",
        "GRUCell: an answer depends on earlier calls",
        "Look at",
    ),
    "transposed, one kind": (
        ".T + h @ self.U_z.T + self.b_z",
        ".T + h @ self.U_z + self.b_z",
        "it answers as if `U_z` were transposed",
        "Look at",
    ),
    "a parameter's shape is the contract's": (
        "+ self.b_r)",
        "+ torch.sin(3 * self.b_z + 0.3))",
        "GRUCell: `b_r` has no effect on the answer",
        "the values in",
    ),
    "no such parameter": ("self.b_h", "self.bias_h", "has no parameter `b_h`", "Look at"),
}


def test_a_check_that_fails_for_another_reason_hides_no_line(graded: Graded) -> None:
    exercise = load_exercise(CourseRoot.at(REPOSITORY), "exercise-13")
    assert exercise.reference is not None
    source = exercise.reference.read_text(encoding="utf-8")
    source = source.replace("        init.ones_(self.b_f)\n", "").replace("f * c + i * g", "f * h + i * g")
    # On a busy machine the usual seconds of CPU are not enough for a module's line.
    report = graded("exercise-13", source, EFFORTS["thorough"], known=False)
    (explanation,) = report.explanations
    assert explanation.text.endswith("with another name there, every check of LSTMCell but one would pass.")
    assert "forget_bias" not in explanation.checks
    assert "new_cell" in explanation.checks


@pytest.fixture(scope="module")
def said(graded: Graded) -> dict[str, str]:
    exercise = load_exercise(CourseRoot.at(REPOSITORY), "exercise-12")
    assert exercise.reference is not None
    reference = exercise.reference.read_text(encoding="utf-8")
    found = {}
    for name, (old, new, *_) in EDITS.items():
        source = reference.replace(old, new)
        assert source != reference
        report = graded("exercise-12", source, known=False)
        found[name] = " | ".join(f"{each.title}. {each.text}" for each in report.explanations)
    return found


@pytest.mark.parametrize("name", EDITS)
def test_a_wrong_module_is_explained_and_nothing_else_is_said(name: str, said: dict[str, str]) -> None:
    *_, there, not_there = EDITS[name]
    assert there in said[name], said[name]
    assert not_there not in said[name], said[name]


def test_a_cut_is_told_beside_another_dtype(graded: Graded) -> None:
    exercise = load_exercise(CourseRoot.at(REPOSITORY), "exercise-13")
    assert exercise.reference is not None
    source = exercise.reference.read_text(encoding="utf-8").replace(
        "return h_next, c_next", "return torch.tensor(h_next.tolist()), torch.tensor(c_next.tolist())"
    )
    report = graded("exercise-13", source, known=False)
    told = {each.title: each for each in report.explanations}
    cut = told["LSTMCell: no gradient reaches the state or any of its parameters"]
    assert cut.text.startswith("This is only about calls that are answered rightly.")
    assert "`.tolist` at line" in cut.text
    assert not {*cut.checks} & {*told["LSTMCell: the numbers are right, but not their form"].checks}


def test_what_needs_a_missing_parameter_has_that_reason_and_no_other_check_has(graded: Graded) -> None:
    exercise = load_exercise(CourseRoot.at(REPOSITORY), "exercise-12")
    assert exercise.reference is not None
    report = graded("exercise-12", exercise.reference.read_text(encoding="utf-8").replace("self.b_h", "self.bias_h"))
    (told,) = report.explanations
    lacking = {check.id for check in report.checks if "has no parameter b_h" in check.message}
    assert {*told.checks} == lacking
    assert {"gradient_takes_every_path", "every_parameter_learns"} <= lacking
    assert "nine_parameters" not in lacking
