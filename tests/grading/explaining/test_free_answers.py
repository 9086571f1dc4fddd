"""What is said of a function of which many answers are right, as a random start: never that an answer differs."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache

import numpy as np
import pytest

from autograder.course import load_exercise
from autograder.course.discovery import CourseRoot
from autograder.grading.asking import Asked, Outcome
from autograder.grading.explaining.behaviours import free_form
from autograder.grading.explaining.behaviours.claim import Case
from autograder.grading.explaining.behaviours.probe import Probe, Replay
from autograder.grading.explaining.effort import EFFORTS
from autograder.grading.report import Report
from autograder.sandbox.program import Called
from tests.command import REPOSITORY
from tests.grading.judges import FEW_TRIES, Graded

#: An edit of the reference of exercise 11, and all that may be said of it.
EDITS = {
    "one start for every seed": ("default_rng(seed)", "default_rng(1)", ["`seed` has no effect on the answer"]),
    "another start each time": ("default_rng(seed)", "default_rng()", ["the same question gets different answers"]),
    "no matrix": ("    return Q\n", "    return float(d)\n", ["it returns a float and not a numpy array"]),
}
#: Another one, which no number of an answer tells, and what a check makes of it does.
NOT_ORTHOGONAL = ("    return Q\n", "    return 2 * Q\n")
#: Edits whose answers numpy warns of: where a check computes with them, and where a reason is looked for.
WARNED_OF = {
    "overflow": ("    return Q\n", "    return 1e200 * Q\n"),
    "complex numbers": ("    return Q\n", "    return np.linalg.eig(gaussian)[1]\n"),
}


Edited = Callable[[str, str, str], Report]


@pytest.fixture(scope="module")
def edited(graded: Graded) -> Edited:
    """Grade a reference with one change, each once."""

    @cache
    def grade(exercise_id: str, old: str, new: str) -> Report:
        source = reference(exercise_id)
        assert old in source
        # On a busy machine the usual seconds are not enough for a line.
        return graded(exercise_id, source.replace(old, new), EFFORTS["thorough"], known=False)

    return grade


def reference(exercise_id: str) -> str:
    exercise = load_exercise(CourseRoot.at(REPOSITORY), exercise_id)
    assert exercise.reference is not None
    return exercise.reference.read_text(encoding="utf-8")


@pytest.mark.parametrize("name", EDITS)
def test_what_a_start_depends_on_is_told_and_no_number_is_held_against_it(name: str, edited: Edited) -> None:
    old, new, expected = EDITS[name]
    report = edited("exercise-11", old, new)
    assert not report.passed
    said = [each.title for each in report.explanations]
    assert said == [f"orthogonal_init: {title}" for title in expected]


def test_whatever_is_drawn_at_random_is_not_said_to_be_asked_without_chance(graded: Graded) -> None:
    report = graded("exercise-11", reference("exercise-11").replace("default_rng(seed)", "default_rng()"), known=False)
    (said,) = report.explanations
    assert (
        said.text
        == "The same question was put twice, and got two answers. The same arguments should give the same answer."
    )


def test_a_line_is_found_by_what_a_check_makes_of_answers_that_are_free(edited: Edited) -> None:
    (line,) = edited("exercise-11", *NOT_ORTHOGONAL).explanations
    assert line.functions == ["orthogonal_init"]
    assert line.text.endswith("with one operand less there, every check would pass.")


@pytest.mark.parametrize("name", WARNED_OF)
def test_what_numpy_warns_of_while_an_answer_is_judged_is_no_line_on_a_students_screen(
    name: str, graded: Graded, recwarn: pytest.WarningsRecorder
) -> None:
    source = reference("exercise-11").replace(*WARNED_OF[name])
    assert not graded("exercise-11", source, FEW_TRIES, known=False).passed
    assert not recwarn.list


def test_a_line_is_found_by_a_check_that_looks_at_several_answers(edited: Edited) -> None:
    report = edited("exercise-15", "    return x, y\n", "    return x, y.float()\n")
    (line,) = [each for each in report.explanations if each.kind == "line"]
    assert "form_of_a_batch" in line.checks
    assert "with no such call there" in line.text


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        (
            "    return x, y\n",
            "    return x[:, :-1].double(), y.float()[:, None]\n",
            "recall_batch: the first value has another form than a right one",
        ),
        ("    x[:, 1:, 2] = 1.0", "    pass", "recall_batch: the first value is wrong where nothing is left to chance"),
    ],
)
def test_what_is_wrong_whatever_is_drawn_is_told(old: str, new: str, expected: str, edited: Edited) -> None:
    (said,) = [each for each in edited("exercise-15", old, new).explanations if each.functions == ["recall_batch"]]
    assert said.title == expected
    assert said.checks


def test_what_was_drawn_is_not_said_to_leave_nothing_to_chance(edited: Edited) -> None:
    report = edited("exercise-15", "x[torch.arange(batch), 0, y] = 1.0", "x[torch.arange(batch), 0, 1 - y] = 1.0")
    assert not [each for each in report.explanations if "chance" in each.title]


@pytest.mark.parametrize("takes", [True, False])
def test_a_form_is_told_only_where_not_even_what_is_right_passes_in_it(takes: bool) -> None:
    right = Outcome((np.arange(6.0).reshape(2, 3), np.array([0, 1])))
    mine = Outcome((np.arange(6.0).reshape(2, 3), np.array([[1], [1]])))
    case = Case(Asked(lambda program: None, mine), Called("drawn", (), {}), right)

    def unasked(call: Called) -> Outcome:
        raise AssertionError(call)

    replays = [Replay(case.call, lambda value: takes or value[1].ndim == 1)]
    probe = Probe(
        "drawn", "", [case], [], unasked, unasked, unasked, lambda source: pytest.fail(source), replays=replays
    )
    said = [each.title for each in free_form.claims(probe)]
    assert said == ([] if takes else ["the second value has another form than a right one"])


def test_a_line_promises_nothing_of_a_network_that_nobody_has_trained_with_it(edited: Edited) -> None:
    report = edited("exercise-15", "x[torch.arange(batch), 0, y] = 1.0", "x[torch.arange(batch), 0, 1 - y] = 1.0")
    (line,) = [each for each in report.explanations if each.kind == "line"]
    assert line.functions == ["recall_batch"]
    assert "label_is_shown_first" in line.checks
    assert "gru_recalls_over_thirty_steps" not in line.checks


#: A function whose numbers its check takes as an array or as a tensor; the reference returns a tensor.
ARRAYS = """
import numpy as np

def path_lengths(T, architecture):
    if architecture == "recurrent":
        return np.arange({recurrent})
    return np.full(T, {attention})
"""


@pytest.mark.parametrize(("recurrent", "attention"), [("T, 0, -1", 1.0), ("T - 1, -1, -1", 2.0)])
def test_a_form_that_a_check_takes_is_not_told_as_a_mistake(recurrent: str, attention: float, graded: Graded) -> None:
    source = reference("exercise-16") + ARRAYS.format(recurrent=recurrent, attention=attention)
    report = graded("exercise-16", source, known=False)
    assert not report.passed
    assert not [each.title for each in report.explanations if "array" in each.title or "form" in each.title]


def test_a_belief_is_named_though_its_program_answers_in_another_form(graded: Graded) -> None:
    source = reference("exercise-16") + ARRAYS.format(recurrent="T, 0, -1", attention=1.0)
    assert [each.misconception for each in graded("exercise-16", source).explanations] == ["path-counts-the-last-step"]
