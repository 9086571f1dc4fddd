"""The course is proved as its authors prove it: `gradecheck validate` on all of it, once, with full confinement."""

from __future__ import annotations

import json
import os
import subprocess
from pathlib import Path
from typing import Any

import pytest

from autograder.course import CourseRoot, load_course
from tests.command import GRADECHECK, PROOFS, REPOSITORY

pytestmark = pytest.mark.proof

COURSE = load_course(CourseRoot.at(REPOSITORY))
_LONGEST = 1800


@pytest.fixture(scope="module")
def proof(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    folder: Path = tmp_path_factory.mktemp("proof")
    done = subprocess.run(
        [GRADECHECK, "--course", REPOSITORY, "validate", "--json"],
        cwd=folder,
        env={**os.environ, "GRADECHECK_DATA": str(PROOFS)},
        capture_output=True,
        text=True,
        timeout=_LONGEST,
    )
    assert done.returncode in (0, 1), done.stderr
    report: dict[str, Any] = json.loads(done.stdout)
    assert report["passed"] == (done.returncode == 0)
    return report


def test_nothing_is_wrong(proof: dict[str, Any]) -> None:
    assert [f"{each['file']}:{each['line']}: {each['sentence']}" for each in proof["problems"]] == []


def test_nothing_is_weak_and_no_layer_of_confinement_was_missing(proof: dict[str, Any]) -> None:
    assert [f"{each['file']}:{each['line']}: {each['sentence']}" for each in proof["warnings"]] == []


@pytest.mark.parametrize("exercise_id", COURSE.exercise_ids)
def test_every_exercise_is_proved_in_full(proof: dict[str, Any], exercise_id: str) -> None:
    tallies = proof["exercises"][exercise_id]
    counted = {"stub", "reference", "accepted", "known_wrong", "figures"}
    counted |= set() if exercise_id == "exercise-01" else {"mutants"}
    assert counted <= set(tallies)
    assert all(tallies[each]["right"] == tallies[each]["of"] > 0 for each in counted), tallies


@pytest.mark.parametrize("exercise_id", COURSE.exercise_ids)
def test_the_readme_shows_what_was_found(proof: dict[str, Any], exercise_id: str) -> None:
    readme = (REPOSITORY / "README.md").read_text(encoding="utf-8")
    shown = next(line.split()[1:] for line in readme.splitlines() if line.startswith(f"{exercise_id} "))
    tallies = proof["exercises"][exercise_id]
    columns = ("stub", "reference", "accepted", "known_wrong", "mutants", None, "figures")
    found = [f"{tallies[each]['right']}/{tallies[each]['of']}" if each in tallies else "-" for each in columns]
    # Whether a mutant of a training ends in time depends on the machine, and with it which column it counts in.
    compared = {each for each in columns if each} - ({"mutants"} if exercise_id == "exercise-15" else set())
    assert [
        pair for *pair, column in zip(shown, found, columns, strict=True) if column in compared and len(set(pair)) > 1
    ] == []


@pytest.mark.parametrize("quiz_id", COURSE.quiz_ids)
def test_every_question_of_a_quiz_is_sound(proof: dict[str, Any], quiz_id: str) -> None:
    questions = proof["quizzes"][quiz_id]["questions"]
    assert questions["right"] == questions["of"] >= 10
