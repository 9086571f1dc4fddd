"""Every program of an exercise, and what the grader must say of it. Reads files; grades nothing."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from autograder.course import Exercise, Problem, load_answer_key
from autograder.course.source import read_yaml
from autograder.grading.submission import Submission, from_bytes, read_submission

Role = Literal["stub", "reference", "accepted", "known_wrong"]


@dataclass(frozen=True)
class Case:
    """A submission whose verdict is known before it is graded; `belief` is the misconception of a known-wrong one."""

    role: Role
    place: Path
    line: int
    submission: Submission
    belief: str = ""

    def problem(self, sentence: str) -> Problem:
        return Problem(self.place, self.line, sentence)


def cases(exercise: Exercise) -> list[Case]:
    """All cases of an exercise whose solution is here, the stubs and the reference first."""
    assert exercise.solution is not None
    if exercise.kind == "drill":
        return [*_stubs(exercise), *_of_key(exercise), *_of_files(exercise, ".yaml")]
    return [*_stubs(exercise), _case("reference", exercise.solution / exercise.file), *_of_files(exercise, ".py")]


def _stubs(exercise: Exercise) -> Iterator[Case]:
    """The stub as it is, which the grader knows by its text; and one that a student has saved with a remark in it."""
    path = exercise.folder / exercise.file
    yield _case("stub", path)
    yield Case("stub", path, 1, from_bytes(exercise.file, path.read_bytes() + b"\n# begun\n"))


def _case(role: Role, path: Path, belief: str = "") -> Case:
    return Case(role, path, 1, read_submission(path), belief)


def _of_files(exercise: Exercise, suffix: str) -> Iterator[Case]:
    assert exercise.solution is not None
    for path in sorted((exercise.solution / "accepted").glob(f"*{suffix}")):
        yield _case("accepted", path)
    for path in sorted((exercise.solution / "misconceptions").glob(f"*{suffix}")):
        yield _case("known_wrong", path, path.stem.split("--")[0])


def _of_key(exercise: Exercise) -> Iterator[Case]:
    """A drill's key as a submission, and each trap in it: one wrong number, and all others right."""
    assert exercise.solution is not None
    key, source = load_answer_key(exercise), read_yaml(exercise.solution / exercise.file)
    right = {name: answer.key for name, answer in key.answers.items()}
    yield Case("reference", source.path, 1, _answers(exercise, right))
    for name, answer in key.answers.items():
        for index, trap in enumerate(answer.traps):
            line = source.line(("answers", name, "traps", index))
            given = _answers(exercise, {**right, name: trap.value})
            yield Case("known_wrong", source.path, line, given, trap.misconception)


def _answers(exercise: Exercise, expressions: Mapping[str, str]) -> Submission:
    text = "".join(f"{name}: '{expression}'\n" for name, expression in expressions.items())
    return from_bytes(exercise.file, text.encode())
