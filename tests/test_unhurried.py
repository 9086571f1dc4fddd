"""What chance could give to one test and not to the next, all have: seconds to look for reasons, and a language."""

from __future__ import annotations

import inspect

import pytest

from autograder import language
from autograder.grading.explaining.effort import EFFORTS, Effort
from autograder.grading.grader import Grader


def test_who_grades_here_has_more_seconds_and_no_more_tries() -> None:
    lent, usual = inspect.signature(Grader).parameters["effort"].default, Effort()
    assert lent == EFFORTS["usual"]
    assert min(lent.cpu / usual.cpu, lent.clock / usual.clock, lent.computing / usual.computing) >= 4
    assert (lent.singles, lent.pairs) == (usual.singles, usual.pairs)


@pytest.mark.parametrize("time", ["first", "second"])
def test_nobody_hears_what_the_test_before_spoke(time: str) -> None:
    assert language.spoken() == "en"
    language.speak("es")
    language.read_as_written()
