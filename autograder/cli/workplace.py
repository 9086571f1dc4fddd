"""Where a student works on an exercise: `./exercise-04/tanh_jacobian.py`, unless another place is named."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from autograder.course import Exercise
    from autograder.progress import Progress


def usual_folder(exercise_id: str, cwd: Path) -> Path:
    """Return the folder that `start` makes when none is named."""
    return cwd / exercise_id


def started_file(exercise: Exercise, progress: Progress, cwd: Path) -> Path | None:
    """Return the file to grade when none is named: here, else where it was started. None if there is none."""
    recorded = progress.started(exercise.id)
    places = [usual_folder(exercise.id, cwd) / exercise.file, cwd / exercise.file, *([recorded] if recorded else [])]
    return next((place for place in places if place.is_file()), None)
