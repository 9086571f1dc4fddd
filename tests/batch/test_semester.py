"""A semester, as it goes: five assignments, two sections, resubmissions, extensions, a score set by hand, a check that
is changed, a course that is renamed, and a laptop that is lost. In the end the history explains every score.
"""

from __future__ import annotations

import json
import os
import shutil
from datetime import datetime, timedelta
from hashlib import sha256
from math import ceil
from pathlib import Path
from typing import Any

import pytest

from tests.command import Command
from tests.handing_in import write
from tests.small_course import change, write_course

RIGHT, WRONG, HALF = "norm_after_20: 0.000798\n", "norm_after_20: 14\n", "norm_after_20: 0.003\n"
DRILLS = ("exercise-01", "exercise-03", "exercise-04", "exercise-05")
SECTIONS = {"A": ("ada", "bob", "cy"), "B": ("dora", "emil", "fay")}
START = datetime.fromisoformat("2026-11-02T18:00+01:00")
POLICY = """count: best
tasks:
  exercise-01: {due: 2026-11-02T18:00+01:00}
  exercise-03:
    due: 2026-11-09T18:00+01:00
    sections: {B: {due: 2026-11-11T18:00+01:00}}
  exercise-04: {due: 2026-11-16T18:00+01:00}
  exercise-05:
    due: 2026-11-23T18:00+01:00
    extensions: {emil: 2026-11-30T18:00+01:00}
late: {grace: 15min, per: day, take: 10 %, floor: 50 %}
total: {weights: {products: 2}, drop_lowest: 1}
"""


class Semester:
    """The course, what is handed in week by week, and the gradebook."""

    def __init__(self, gradecheck: Command) -> None:
        self.gradecheck, self.folder = gradecheck, gradecheck.folder
        self.course, self.out = _course(self.folder / "course"), self.folder / "grades"
        self.policy = self.folder / "policy.yaml"
        self.policy.write_text(POLICY)

    def week(self, number: int, task: str, works: dict[str, str], late: dict[str, timedelta] | None = None) -> str:
        """Grade what came in by then: an hour before it was due, or so late. Returns what the batch said."""
        due = START + timedelta(weeks=number - 1)
        inbox = self.folder / f"in-{number}"
        shutil.rmtree(inbox, ignore_errors=True)
        for section, students in SECTIONS.items():
            for student in students:
                file = inbox / section / student / ("products.json" if task == "products" else "answers.yaml")
                file.parent.mkdir(parents=True)
                if student in works:
                    write(file.parent, {file.name: works[student]})
                    moment = due + (late or {}).get(student, timedelta(hours=-1))
                    os.utime(file, (moment.timestamp(), moment.timestamp()))
        kind = "--quiz" if task == "products" else "--exercise"
        done = self.gradecheck(
            "batch", inbox, "--out", self.out, kind, task, "--layout", "sections", "--policy", self.policy,
            course=self.course,
        )  # fmt: skip
        assert done.code in (0, 1), done.err
        return done.out

    def history(self, student: str) -> dict[str, Any]:
        done = self.gradecheck("history", self.out, student, "--json", course=self.course)
        assert done.code == 0, done.err
        return done.report

    def said(self, student: str) -> str:
        return self.gradecheck("history", self.out, student, course=self.course).out


def _course(root: Path) -> Path:
    """The small course with three more drills like its first."""
    write_course(root)
    for name in DRILLS[1:]:
        for place in ("exercises", "solutions"):
            shutil.copytree(root / place / "exercise-01", root / place / name)
    change(root, "course.yaml", "exercises: [exercise-01, exercise-02]", f"exercises: [{', '.join(DRILLS)}]")
    return root


def answers(choice: str) -> str:
    listed = [{"question": "two-steps", "answer": [choice], "seed": 1}]
    return json.dumps({"schema": 1, "course": "a-small-course", "quiz": "products", "answers": listed})


@pytest.fixture
def semester(gradecheck: Command) -> Semester:
    return Semester(gradecheck)


def test_every_score_of_a_semester_can_be_explained(semester: Semester) -> None:
    everyone = [student for students in SECTIONS.values() for student in students]
    semester.week(1, "exercise-01", dict.fromkeys(everyone, RIGHT) | {"fay": WRONG})
    # Bob and Emil hand in a day and a bit late; to Emil's section that is before it is due.
    late = {"bob": timedelta(hours=25), "emil": timedelta(hours=25)}
    semester.week(2, "exercise-03", dict.fromkeys(everyone, RIGHT), late)
    semester.week(3, "exercise-04", {"cy": RIGHT, "ada": WRONG, "dora": HALF})
    resubmitted = semester.week(3, "exercise-04", {"cy": WRONG, "ada": RIGHT, "dora": HALF}, {"ada": timedelta(days=9)})
    assert "Lower than before" not in resubmitted  # the best counts, and cy's first stays
    # A week late: Emil has an extension, Fay has none.
    week_late = {"emil": timedelta(days=6), "fay": timedelta(days=6)}
    semester.week(4, "exercise-05", {"emil": RIGHT, "fay": RIGHT, "bob": WRONG}, week_late)
    set_by_hand = semester.gradecheck(
        "override", semester.out, "dora", "exercise-05", "2", "--reason", "Was ill; told me orally",
        course=semester.course,
    )  # fmt: skip
    assert set_by_hand.code == 0, set_by_hand.err
    semester.week(5, "products", {"ada": answers("power"), "bob": answers("sum")})

    # The first drill is worth more, the course has another title, and the laptop is gone: a copy goes on.
    change(semester.course, "solutions/exercise-01/answers.yaml", "points: 2", "points: 4")
    change(semester.course, "exercises/exercise-01/exercise.yaml", "points: 3", "points: 5")
    change(semester.course, "course.yaml", "'A small course'", "'A small course, second printing'")
    restored = semester.folder / "restored"
    restored.mkdir()
    shutil.copy(semester.out / "gradebook.db", restored)
    shutil.rmtree(semester.out)
    semester.out = restored
    said = semester.week(1, "exercise-01", {"ada": RIGHT})
    assert "exercise-01 is worth 5 points, and 3 before" in said
    assert all(f"{student}, exercise-01" in said for student in everyone if student != "ada")

    scores = {student: _explained(semester, student) for student in everyone}
    assert scores == {
        "ada": {"exercise-01": 5, "exercise-03": 3, "exercise-04": 1.5, "exercise-05": None, "products": 1},
        "bob": {"exercise-01": 5, "exercise-03": 2.4, "exercise-04": None, "exercise-05": 0, "products": 0},
        "cy": {"exercise-01": 5, "exercise-03": 3, "exercise-04": 3, "exercise-05": None, "products": None},
        "dora": {"exercise-01": 5, "exercise-03": 3, "exercise-04": 1, "exercise-05": 2, "products": None},
        "emil": {"exercise-01": 5, "exercise-03": 3, "exercise-04": None, "exercise-05": 3, "products": None},
        "fay": {"exercise-01": 0, "exercise-03": 3, "exercise-04": None, "exercise-05": 1.5, "products": None},
    }
    # Shares 1, 1, 0.5, 0 and 0.25 (twice): without the lowest they are worth 3 of 5.
    assert "ada,ada,,A,60.00\n" in (semester.out / "totals.csv").read_text(encoding="utf-8-sig")
    assert "Total: 60.00 % (products weighs 2; without the lowest)" in semester.said("ada")


def _explained(semester: Semester, student: str) -> dict[str, float | None]:
    """A student's scores, None where nothing came; each must follow from what the history says of it."""
    found = semester.history(student)
    text = semester.said(student)
    scores: dict[str, float | None] = {}
    for row in found["now"]:
        task = row["exercise"]
        by_hand = [each for each in found["overrides"] if each["exercise"] == task]
        if by_hand:
            assert row["score"] == by_hand[-1]["score"]
            assert by_hand[-1]["reason"] in text
        elif row["status"] == "missing":
            assert not [each for each in found["results"] if each["exercise"] == task]
        else:
            _follows(semester, student, row, [each for each in found["results"] if each["exercise"] == task])
        scores[task] = None if row["status"] == "missing" else row["score"]
        if scores[task] is not None:
            assert f"Now: {row['score']:g} of {row['points']:g}" in text
    return scores


def _follows(semester: Semester, student: str, row: dict[str, Any], results: list[dict[str, Any]]) -> None:
    """The row is the newest verdict on the best attempt, less what the policy takes off by hand's reckoning."""
    newest = {each["attempt"]: each for each in results}
    worth = {attempt: each["score"] - _penalty(student, each) for attempt, each in newest.items()}
    assert row["score"] == pytest.approx(max(worth.values()))
    counting = newest[row["attempt"]]
    assert worth[row["attempt"]] == pytest.approx(row["score"])
    assert (row["raw"], row["points"], row["sha256"]) == (counting["score"], counting["points"], counting["sha256"])
    asked = semester.gradecheck(
        "history", semester.out, student, row["exercise"], "--json", course=semester.course
    ).report["results"]
    kept = next(each for each in asked if each["id"] == counting["id"])["text"]
    assert sha256(kept.encode()).hexdigest() == row["sha256"]


def _penalty(student: str, result: dict[str, Any]) -> float:
    if result["exercise"] == "products":
        return 0.0
    due = START + timedelta(
        weeks=("exercise-01", "exercise-03", "exercise-04", "exercise-05").index(result["exercise"])
    )
    if result["exercise"] == "exercise-03" and student in SECTIONS["B"]:
        due += timedelta(days=2)
    if (result["exercise"], student) == ("exercise-05", "emil"):
        due += timedelta(weeks=1)
    late = datetime.fromisoformat(result["handed_in"]) - due
    if late <= timedelta(minutes=15):
        return 0.0
    days, points, score = ceil(late / timedelta(days=1)), result["points"], result["score"]
    return min(0.1 * points * days, max(0.0, score - 0.5 * points))
