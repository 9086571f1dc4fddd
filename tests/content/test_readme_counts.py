"""The README's table counts what lies here: told at once, and not only by the proof of the whole course."""

from __future__ import annotations

import pytest

from autograder.course import CourseRoot, load_course, load_exercise
from autograder.course.list_models import Figure
from autograder.proof.texts import FIGURES, read_list
from tests.command import REPOSITORY

COURSE = load_course(CourseRoot.at(REPOSITORY))


@pytest.mark.parametrize("exercise_id", COURSE.exercise_ids)
def test_figures_and_accepted_programs(exercise_id: str) -> None:
    readme = (REPOSITORY / "README.md").read_text(encoding="utf-8")
    _, _, _, accepted, *_, figures = next(
        line.split() for line in readme.splitlines() if line.startswith(f"{exercise_id} ")
    )
    exercise = load_exercise(COURSE.root, exercise_id)
    assert exercise.solution is not None
    programs = [*exercise.programs(exercise.solution / "accepted")]
    listed, _ = read_list(Figure, exercise.solution / FIGURES)
    assert (accepted, figures) == (f"{len(programs)}/{len(programs)}", f"{len(listed)}/{len(listed)}")
