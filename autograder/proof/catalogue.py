"""The proof of the catalogue: every misconception in it is used. The loader has refused those that it lacks."""

from __future__ import annotations

from collections.abc import Iterator

from autograder.course import Course, Everything, Exercise, Problem, load_answer_key
from autograder.course.source import read_yaml


def unused_misconceptions(course: Course, everything: Everything) -> Iterator[Problem]:
    """A problem for each entry that no known-wrong program, no trap and no quiz names."""
    used = {belief for exercise in everything.exercises for belief in _of_exercise(exercise)}
    used |= {belief for quiz in everything.quizzes for question in quiz.questions for _, belief in question.beliefs()}
    source = read_yaml(course.root.file)
    for belief in course.misconceptions:
        if belief not in used:
            sentence = f"No exercise and no quiz uses {belief!r}: write what shows it, or delete it."
            yield source.problem(("misconceptions", belief), sentence)


def _of_exercise(exercise: Exercise) -> Iterator[str]:
    if exercise.solution is None:
        return
    for path in exercise.solution.glob("misconceptions/*.*"):
        yield path.stem.split("--")[0]
    if exercise.kind == "drill":
        yield from (
            trap.misconception for answer in load_answer_key(exercise).answers.values() for trap in answer.traps
        )
