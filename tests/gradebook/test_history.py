"""The history of a gradebook: it only grows, and what counts follows from it, whatever comes in which order."""

from __future__ import annotations

import tempfile
from dataclasses import replace
from pathlib import Path

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from autograder.course.policy_model import PolicyFile
from autograder.gradebook.book import Gradebook, UnknownStudent
from autograder.gradebook.rows import Result
from autograder.grading.submission import from_bytes
from tests.gradebooks import TASKS

#: What is graded, in turn: which of a student's files, its score, and whether the grader failed over it.
decisions = st.lists(st.tuples(st.integers(0, 2), st.integers(0, 6), st.booleans()), min_size=1, max_size=8)


def grade(gradebook: Gradebook, file: int, score: float, crashed: bool = False) -> Result:
    submission = from_bytes("one.py", f"# {file}\n".encode())
    status = "crashed" if crashed else "graded"
    result = Result(
        "ada", "exercise-04", status, 0.0 if crashed else score, 6.0, file="one.py", sha256=submission.file.sha256
    )  # type: ignore[arg-type]
    return gradebook.record(result, None, submission=submission)


def opened(folder: str) -> Gradebook:
    gradebook = Gradebook.open(Path(folder) / "gradebook.db")
    gradebook.describe("course", "Course", [(0, TASKS[0])])
    gradebook.enrol([("ada", "Ada Lovelace", "canvas", "7", "ada@example.org"), ("bo", "Bo", "canvas", "8", "")])
    return gradebook


@settings(max_examples=40, deadline=None)
@given(decisions, st.sampled_from(["latest", "best"]))
def test_nothing_is_lost_and_the_row_is_the_attempt_that_counts(came: list[tuple[int, int, bool]], count: str) -> None:
    with tempfile.TemporaryDirectory() as folder, opened(folder) as gradebook:
        gradebook.adopt(PolicyFile(count=count))  # type: ignore[arg-type]
        for file, score, crashed in came:
            row = grade(gradebook, file, score, crashed)
        kept = gradebook.history.of("ada", "exercise-04")
        assert [(each.score, each.status == "crashed") for each in kept] == [
            (0.0 if crashed else score, crashed) for _, score, crashed in came
        ]
        assert [gradebook.history.text(each) for each in kept] == [f"# {file}\n" for file, _, _ in came]
        # The same file in a row is one attempt, whose newest result stands.
        attempts = [
            each for each, later in zip(came, [*came[1:], None], strict=True) if not later or later[0] != each[0]
        ]
        scores = [0 if crashed else score for _, score, crashed in attempts]
        assert row.attempt <= len(attempts) == kept[-1].attempt
        assert row.score == (scores[-1] if count == "latest" else max(scores))
        assert row == gradebook.result("ada", "exercise-04")


@settings(max_examples=20, deadline=None)
@given(decisions, st.integers(0, 6))
def test_a_score_set_by_hand_stands_whatever_comes_and_ends_when_it_is_taken_back(
    came: list[tuple[int, int, bool]], score: int
) -> None:
    with tempfile.TemporaryDirectory() as folder, opened(folder) as gradebook:
        gradebook.override("ada", "exercise-04", score, "Shown orally")
        for each in came:
            row = grade(gradebook, *each)
            assert (row.score, row.override, row.reason, row.status) == (score, score, "Shown orally", "graded")
        gradebook.override("ada", "exercise-04", None, "")
        after = gradebook.result("ada", "exercise-04")
        assert after is not None
        assert (after.score, after.override) == (after.raw, None)


def test_what_was_handed_in_comes_back_as_it_was(tmp_path: Path) -> None:
    """With what lay beside it; of a notebook that is too large to keep, the program."""
    cells = [{"cell_type": "code", "source": ["x = 1\n"], "outputs": [{"data": "0" * 400_000}], "metadata": {}}]
    large = msgspec.json.encode({"nbformat": 4, "nbformat_minor": 5, "metadata": {}, "cells": cells})
    with opened(str(tmp_path)) as gradebook:
        for name, data, modules in (("one.py", b"import help\r\n", {"help": "y = 2\n"}), ("one.ipynb", large, {})):
            submission = replace(from_bytes(name, data), modules=modules)
            result = Result("ada", "exercise-04", "graded", 1.0, 6.0, file=name, sha256=submission.file.sha256)
            gradebook.record(result, None, submission=submission)
            again = gradebook.history.submission(gradebook.history.of("ada", "exercise-04")[-1])
            assert again is not None
            assert (again[0].source, dict(again[0].modules)) == (submission.source, modules)
            assert again[1] == submission.file


@pytest.mark.parametrize("name", ["ada", "ADA", "7", "Ada@example.org", "ada lovelace", "Lovelace, Ada"])
def test_a_student_is_found_by_what_they_are_called(tmp_path: Path, name: str) -> None:
    with opened(str(tmp_path)) as gradebook:
        assert gradebook.student(name).student == "ada"
        gradebook.enrol([("another", "ada lovelace", "canvas", "7", "ada@example.org"), ("Ada", "", "", "", "")])
        if name == "ada":
            assert gradebook.student(name).student == "ada"
        else:
            with pytest.raises(UnknownStudent, match="is several students"):
                gradebook.student(name)
