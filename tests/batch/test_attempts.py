"""Several attempts of one student in one download: each is graded, and the policy says which one counts."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from autograder.batch.pending import number_attempts
from tests.batch.test_record import DRILL, RIGHT, WRONG, history, table
from tests.command import Command
from tests.handing_in import write
from tests.small_course import write_course

FIRST, SECOND, THIRD = (f"2026-11-0{day}-10-00-00" for day in (1, 3, 5))
BETWEEN = "tasks: {exercise-01: {due: 2026-11-02T12:00+00:00}}\n"


@pytest.fixture
def course(tmp_path: Path) -> Path:
    return write_course(tmp_path / "course")


def download(folder: Path, **attempts: dict[str, str]) -> Path:
    """What Blackboard gives: each student's answers by the moment of the attempt."""
    files = {
        f"Drill_{student}_attempt_{when}_answers.yaml": text
        for student, theirs in attempts.items()
        for when, text in theirs.items()
    }
    return write(folder, files)


def decided(gradecheck: Command, course: Path, student: str) -> list[tuple[Any, ...]]:
    results = history(gradecheck, course, student, "exercise-01")["results"]
    return sorted((each["attempt"], each["score"], each["handed_in"][:10]) for each in results)


@pytest.mark.parametrize(
    ("policy", "scores"),
    [
        ("count: latest\n", {"ada": "0", "bo": "3"}),
        ("count: best\n", {"ada": "3", "bo": "3"}),
        ("count: last-before-due\n" + BETWEEN, {"ada": "3", "bo": "0"}),
    ],
)
def test_the_policy_chooses_among_all_attempts_of_a_download(
    gradecheck: Command, course: Path, policy: str, scores: dict[str, str]
) -> None:
    folder = download(
        gradecheck.folder / "in", ada={FIRST: RIGHT, SECOND: WRONG}, bo={FIRST: WRONG, SECOND: RIGHT, THIRD: RIGHT}
    )
    write(gradecheck.folder, {"policy.yaml": policy})
    told = gradecheck("batch", folder, "--out", "out", *DRILL, "--policy", "policy.yaml", course=course)
    assert {name: row["score"] for name, row in table(gradecheck.folder / "out").items()} == scores
    assert f"2 students, 2 rows: 2 graded; {list(scores.values()).count('3')} passed." in told.out
    assert decided(gradecheck, course, "ada") == [(1, 3.0, "2026-11-01"), (2, 0.0, "2026-11-03")]
    # The same file again is the same attempt, of when it first came.
    assert decided(gradecheck, course, "bo") == [(1, 0.0, "2026-11-01"), (2, 3.0, "2026-11-03")]
    whys = [each["why"] for each in history(gradecheck, course, "ada", "exercise-01")["results"]]
    assert whys == ["handed in", "another file was handed in"]
    again = gradecheck("batch", folder, "--out", "out", *DRILL, course=course)
    assert "2 stood as they were." in again.out
    assert len(decided(gradecheck, course, "ada")) == 2


def test_attempts_go_on_where_the_last_download_ended(gradecheck: Command, course: Path) -> None:
    """Also where a student goes back to an older file: that is an attempt of its own."""
    folder = download(gradecheck.folder / "in", ada={FIRST: RIGHT})
    gradecheck("batch", folder, "--out", "out", *DRILL, course=course)
    download(folder, ada={SECOND: WRONG, THIRD: RIGHT})
    gradecheck("batch", folder, "--out", "out", *DRILL, "--regrade", course=course)
    assert decided(gradecheck, course, "ada") == [
        (1, 3.0, "2026-11-01"), (1, 3.0, "2026-11-01"), (2, 0.0, "2026-11-03"), (3, 3.0, "2026-11-05"),
    ]  # fmt: skip


def test_an_attempt_that_comes_too_late_to_have_a_place_is_told(gradecheck: Command, course: Path) -> None:
    folder = download(gradecheck.folder / "in", ada={SECOND: WRONG})
    gradecheck("batch", folder, "--out", "out", *DRILL, course=course)
    download(folder, ada={FIRST: RIGHT})
    write(folder, {"policy.yaml": "count: best\n"})
    told = gradecheck("batch", folder, "--out", "out", *DRILL, course=course)
    assert "ada, exercise-01: an earlier attempt isn't graded, for a later one was when it came." in told.err
    gradecheck("batch", folder, "--out", "out2", *DRILL, course=course)
    assert table(gradecheck.folder / "out2")["ada"]["score"] == "3"


def test_attempts_keep_their_order_where_a_batch_ended_between_them() -> None:
    """The later one may be decided when the power goes; a file that was gone back to is an attempt of its own."""
    assert number_attempts("ab", []) == [1, 2]
    assert number_attempts("ab", [(2, "b")]) == [1, 2]
    assert number_attempts("abc", [(1, "a"), (3, "c")]) == [1, 2, 3]
    assert number_attempts("aba", [(1, "a")]) == [1, 2, 3]
    assert number_attempts("cd", [(1, "a"), (2, "b")]) == [3, 4]
    assert number_attempts("ab", [(1, "b")]) == [0, 1]


@given(st.lists(st.sampled_from("abc"), max_size=6), st.lists(st.tuples(st.integers(1, 9), st.sampled_from("abcd"))))
def test_a_later_attempt_has_a_higher_number_and_none_has_two(files: list[str], known: list[tuple[int, str]]) -> None:
    ordered = sorted(dict(known).items())
    numbers = number_attempts(files, ordered)
    placed = [number for number in numbers if number]
    assert placed == sorted(set(placed))
    assert all(dict(ordered).get(number, each) == each for each, number in zip(files, numbers, strict=True))
