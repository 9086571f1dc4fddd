"""The record of a class: nothing that was decided is lost, and whatever became of a score can be told."""

from __future__ import annotations

import csv
import os
import sqlite3
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from autograder.gradebook.migrations import MIGRATIONS, SCHEMA
from tests.command import Command
from tests.handing_in import json_lines, write
from tests.small_course import change, write_course

RIGHT, WRONG = "norm_after_20: 0.000798\n", "norm_after_20: 14\n"
DRILL = ("--exercise", "exercise-01")


@pytest.fixture
def course(tmp_path: Path) -> Path:
    """A course whose drill grades fast."""
    return write_course(tmp_path / "course")


def hand_in(folder: Path, **answers: str) -> Path:
    return write(folder, {f"{student}/answers.yaml": text for student, text in answers.items()})


def heavier(course: Path) -> None:
    """The drill is worth 5 points, where it was worth 3."""
    change(course, "solutions/exercise-01/answers.yaml", "points: 2", "points: 4")
    change(course, "exercises/exercise-01/exercise.yaml", "points: 3", "points: 5")


def table(out: Path) -> dict[str, dict[str, str]]:
    """The rows of grades.csv, by student."""
    with (out / "grades.csv").open(encoding="utf-8-sig", newline="") as file:
        return {row["student"]: row for row in csv.DictReader(file)}


def history(gradecheck: Command, course: Path, *about: str) -> dict[str, Any]:
    done = gradecheck("history", "out", *about, "--json", course=course)
    assert done.code == 0, done.err
    return done.report


def test_every_result_is_kept_with_its_text_and_why_it_was_graded(gradecheck: Command, course: Path) -> None:
    folder = hand_in(gradecheck.folder / "in", ada=RIGHT)
    assert gradecheck("batch", folder, "--out", "out", *DRILL, course=course).code == 0
    hand_in(folder, ada=WRONG)
    worse = gradecheck("batch", folder, "--out", "out", *DRILL, course=course)
    assert "Lower than before: ada, exercise-01: 0 of 3, and 3 of 3 before (another file was handed in)." in worse.out
    gradecheck("batch", folder, "--out", "out", *DRILL, "--regrade", course=course)
    kept = history(gradecheck, course, "ada", "exercise-01")["results"]
    assert [(each["attempt"], each["score"], each["text"], each["why"]) for each in kept] == [
        (1, 3.0, RIGHT, "handed in"),
        (2, 0.0, WRONG, "another file was handed in"),
        (2, 0.0, WRONG, "it was asked for"),
    ]
    assert all(each["course"] and each["engine"] and each["graded_at"] and each["handed_in"] for each in kept)
    said = gradecheck("history", "out", "ada", course=course).out
    assert "3 of 3: attempt 1, answers.yaml" in said
    assert "Now: 0 of 3: attempt 2, for the latest attempt counts." in said
    page = (gradecheck.folder / "out/reports/ada/exercise-01.html").read_text()
    assert "An earlier attempt had 3 of 3." in page


def test_an_unchanged_batch_adds_nothing_to_the_history(gradecheck: Command, course: Path) -> None:
    folder = hand_in(gradecheck.folder / "in", ada=RIGHT)
    for _ in range(2):
        gradecheck("batch", folder, "--out", "out", *DRILL, course=course)
    assert len(history(gradecheck, course)["results"]) == 1


def test_who_is_absent_is_graded_again_by_the_changed_exercise(gradecheck: Command, course: Path) -> None:
    """From the text that was kept, whether their folder is empty or isn't there."""
    folder = hand_in(gradecheck.folder / "in", ada=RIGHT, bob=RIGHT, cy=WRONG)
    gradecheck("batch", folder, "--out", "out", *DRILL, course=course)
    heavier(course)
    for name in ("bob", "cy"):
        (folder / name / "answers.yaml").unlink()
    (folder / "cy").rmdir()
    done = gradecheck("batch", folder, "--out", "out", *DRILL, course=course)
    rows = table(gradecheck.folder / "out")
    assert {name: (row["score"], row["points"]) for name, row in rows.items()} == {
        "ada": ("5", "5"), "bob": ("5", "5"), "cy": ("0", "5"),
    }  # fmt: skip
    assert "Another scale: exercise-01 is worth 5 points, and 3 before." in done.out
    assert (
        "Graded again from the kept file, for the exercise has changed: bob, exercise-01; cy, exercise-01." in done.out
    )
    assert "Handed in before, and not there this time; the earlier result stays: bob, exercise-01." in done.out
    (*_, last) = history(gradecheck, course, "cy")["results"]
    assert (last["why"], last["attempt"]) == ("the exercise was changed; the kept file was graded", 1)


def test_who_was_absent_and_comes_later_is_listed(gradecheck: Command, course: Path) -> None:
    folder = hand_in(gradecheck.folder / "in", ada=RIGHT)
    (folder / "bob").mkdir()
    first = gradecheck("batch", folder, "--out", "out", *DRILL, course=course)
    assert "New in this gradebook" not in first.out
    hand_in(folder, bob=WRONG, cy=RIGHT)
    done = gradecheck("batch", folder, "--out", "out", *DRILL, course=course)
    assert "Missing before, and handed in now: bob, exercise-01: 0 of 3." in done.out
    assert "New in this gradebook: cy." in done.out
    again = gradecheck("batch", folder, "--out", "out", *DRILL, course=course)
    assert "Missing before" not in again.out
    assert "New in this gradebook" not in again.out


def test_an_exercise_of_another_name_is_told_to_count_beside_the_old_one(gradecheck: Command, course: Path) -> None:
    folder = hand_in(gradecheck.folder / "in", ada=RIGHT)
    done = gradecheck("batch", folder, "--out", "out", *DRILL, course=course)
    assert "no longer in the course" not in done.err
    for part in ("exercises", "solutions"):
        (course / part / "exercise-01").rename(course / part / "exercise-09")
    for path in course.rglob("*.yaml"):
        path.write_text(path.read_text(encoding="utf-8").replace("exercise-01", "exercise-09"), encoding="utf-8")
    done = gradecheck("batch", folder, "--out", "out", "--exercise", "exercise-09", course=course)
    assert "exercise-01 is no longer in the course: its results stay, and count in the totals." in done.err
    assert table(gradecheck.folder / "out")["ada"]["score"] == "3"


def test_what_was_not_kept_is_marked_and_never_mixed_with_the_new_scale(gradecheck: Command, course: Path) -> None:
    out = gradecheck.folder / "out"
    folder = hand_in(gradecheck.folder / "in", ada=RIGHT, bob=RIGHT)
    gradecheck("batch", folder, "--out", "out", *DRILL, course=course)
    with sqlite3.connect(out / "gradebook.db") as db:
        db.execute("UPDATE decided SET kept = NULL WHERE student = 'bob'")
    db.close()
    heavier(course)
    (folder / "bob" / "answers.yaml").unlink()
    done = gradecheck("batch", folder, "--out", "out", *DRILL, course=course)
    assert "bob, exercise-01: 3 of 3 by the older exercise" in done.out
    assert (table(out)["bob"]["points"], table(out)["bob"]["outdated"]) == ("3", "yes")
    assert "and it can't be graded again" in gradecheck("history", "out", "bob", course=course).out
    exported = gradecheck("export", "canvas", "out", course=course).out.splitlines()
    assert [line.rpartition(",")[2] for line in exported if line.startswith(("ada", "bob"))] == ["5", ""]


def test_a_score_set_by_hand_outlives_what_is_graded(gradecheck: Command, course: Path) -> None:
    out = gradecheck.folder / "out"
    folder = hand_in(gradecheck.folder / "in", ada=WRONG, bob=RIGHT)
    (folder / "cy").mkdir()
    gradecheck("batch", folder, "--out", "out", *DRILL, course=course)
    for student in ("ada", "cy"):
        done = gradecheck("override", "out", student, "exercise-01", "2.5", "--reason", "Shown <orally>", course=course)
        assert (done.code, done.err) == (0, "")
    gradecheck("batch", folder, "--out", "out", *DRILL, "--regrade", course=course)
    for student in ("ada", "cy"):
        row = table(out)[student]
        shown = (row["score"], row["override"], row["override_reason"], row["status"])
        assert shown == ("2.5", "2.5", "Shown <orally>", "graded")
    assert "Shown &lt;orally&gt;" in (out / "reports/ada/exercise-01.html").read_text()
    assert "Shown &lt;orally&gt;" in (out / "class.html").read_text()
    lines = gradecheck("export", "canvas", "out", course=course).out.splitlines()
    assert sorted(line.rpartition(",")[2] for line in lines[-3:]) == ["2.5", "2.5", "3"]
    assert (
        "set by hand: Shown <orally>. The checks came to 0." in gradecheck("history", "out", "ada", course=course).out
    )
    gradecheck("override", "out", "ada", "exercise-01", "--clear", course=course)
    assert (table(out)["ada"]["score"], table(out)["ada"]["override"]) == ("0", "")
    events = history(gradecheck, course, "ada")["overrides"]
    assert [each["score"] for each in events] == [2.5, None]


def test_an_override_that_makes_no_sense_changes_nothing(gradecheck: Command, course: Path) -> None:
    folder = hand_in(gradecheck.folder / "in", ada=WRONG)
    gradecheck("batch", folder, "--out", "out", *DRILL, course=course)
    for arguments, sentence in (
        (["ada", "exercise-01", "2"], "Say why with --reason"),
        (["ada", "exercise-01", "--reason", "x"], "Give the score, or --clear"),
        (["ada", "exercise-01", "2", "--clear"], "not both"),
        (["ada", "exercise-01", "nan", "--reason", "x"], "is no score"),
        (["ada", "exercise-01", "-1", "--reason", "x"], "-1 is no score"),
        (["ada", "exercise-01", "--reason", "x", "-0,5"], "-0.5 is no score"),
        (["ada", "exercise-01", "1", "--reson", "x"], "No such option '--reson'"),
        (["adda", "exercise-01", "2", "--reason", "x"], "Did you mean 'ada'?"),
        (["ada", "exercise-10", "2", "--reason", "x"], "Did you mean 'exercise-01'?"),
    ):
        done = gradecheck("override", "out", *arguments, course=course)
        assert (done.code, done.out) == (2, ""), arguments
        assert sentence in done.err
    assert history(gradecheck, course)["overrides"] == []


def test_a_score_set_by_hand_keeps_its_scale(gradecheck: Command, course: Path) -> None:
    """What was 1.5 of 3 is no 1.5 of 5, and whoever handed in nothing is missing on today's scale."""
    folder = hand_in(gradecheck.folder / "in", ada=WRONG, bo=RIGHT)
    (folder / "cy").mkdir()
    gradecheck("batch", folder, "--out", "out", *DRILL, course=course)
    gradecheck("override", "out", "ada", "exercise-01", "1,5", "--reason", "A typo", course=course)
    heavier(course)
    (folder / "cy").rmdir()
    told = gradecheck("batch", folder, "--out", "out", *DRILL, course=course)
    clause = "Set by hand when the points were others, and counted as that share: ada, exercise-01: 1.5 of 3."
    assert clause in told.out
    rows = table(gradecheck.folder / "out")
    assert {name: (row["score"], row["points"]) for name, row in rows.items()} == {
        "ada": ("2.5", "5"), "bo": ("5", "5"), "cy": ("0", "5"),
    }  # fmt: skip
    canvas = "Student,ID,SIS Login ID,Section,exercise-01 (7)\nPoints Possible,,,,10\nAda,1,ada,A,\n"
    (gradecheck.folder / "canvas.csv").write_text(canvas)
    shown = gradecheck("export", "canvas", "out", "--roster", "canvas.csv", "--dry-run", course=course).out
    assert "Ada, exercise-01 (7): (empty) → 5\n" in shown
    said = gradecheck("history", "out", "ada", course=course).out
    assert "set by hand to 1.5 of 3: A typo" in said
    assert "Now: 2.5 of 5, set by hand: A typo. The checks came to 0." in said
    gradecheck("override", "out", "ada", "exercise-01", "2", "--reason", "Seen again", course=course)
    assert clause not in gradecheck("batch", folder, "--out", "out", *DRILL, course=course).out
    assert table(gradecheck.folder / "out")["ada"]["score"] == "2"


def test_one_student_is_graded_again_alone(gradecheck: Command, course: Path) -> None:
    folder = hand_in(gradecheck.folder / "in", ada=RIGHT, bob=RIGHT)
    gradecheck("batch", folder, "--out", "out", *DRILL, course=course)
    done = gradecheck("batch", folder, "--out", "out", *DRILL, "--student", "bob", "--json", course=course)
    assert [line["student"] for line in json_lines(done.out)[0]] == ["bob"]
    assert sorted(each["student"] for each in history(gradecheck, course)["results"]) == ["ada", "bob", "bob"]
    (folder / "ada" / "answers.yaml").unlink()
    gradecheck("batch", folder, "--out", "out", *DRILL, "--student", "ada", course=course)
    assert [each["why"] for each in history(gradecheck, course, "ada")["results"]] == [
        "handed in",
        "it was asked for; the kept file was graded",
    ]
    nobody = gradecheck("batch", folder, "--out", "out", *DRILL, "--student", "bobb", course=course)
    assert (nobody.code, "Did you mean 'bob'?" in nobody.err) == (2, True)


def test_a_gradebook_of_before_the_history_begins_one(gradecheck: Command, course: Path) -> None:
    """Its results are the first of it; what they were of wasn't kept."""
    out = gradecheck.folder / "out"
    out.mkdir()
    with sqlite3.connect(out / "gradebook.db") as db:
        for statement in MIGRATIONS[0].split(";"):
            db.execute(statement)
        db.execute(f"PRAGMA application_id = {SCHEMA.application}")
        db.execute("PRAGMA user_version = 1")
        db.execute("INSERT INTO about VALUES ('course', 'a-small-course')")
        db.execute("INSERT INTO task VALUES ('exercise-01', 'exercise', 'Numbers', 'answers.yaml', 3, 0)")
        db.execute("INSERT INTO student VALUES ('ada', 'ada', 'ada', '', '', '', '')")
        db.execute(
            "INSERT INTO result VALUES ('ada', 'exercise-01', 'graded', 2, 3, 0, '[]', 0, '[]', 'answers.yaml', 'ab',"
            " '2026-01-01T00:00:00+00:00', 0.1, 'key', NULL)"
        )
    db.close()
    (only,) = history(gradecheck, course, "ada")["results"]
    assert (only["score"], only["attempt"], only["why"]) == (2.0, 1, "it was graded before a history was kept")
    folder = hand_in(gradecheck.folder / "in", ada=RIGHT)
    assert gradecheck("batch", folder, "--out", "out", *DRILL, course=course).code == 0
    assert [each["score"] for each in history(gradecheck, course, "ada")["results"]] == [2.0, 3.0]


def test_a_mended_title_loses_neither_gradebook_nor_answers(gradecheck: Command, course: Path) -> None:
    """Whether the course has an id, or gets the one that its title had given it."""
    folder = hand_in(gradecheck.folder / "in", ada=RIGHT)
    change(course, "course.yaml", "id: a-small-course\n", "")
    gradecheck("batch", folder, "--out", "out", *DRILL, course=course)
    proved = gradecheck("validate", "--no-mutants", "--json", course=course).report["warnings"]
    (advice,) = [each["sentence"] for each in proved if each["file"].endswith("course.yaml")]
    change(course, "course.yaml", "'A small course'", "'A small course, mended'")
    refused = gradecheck("batch", folder, "--out", "out", *DRILL, course=course)
    assert refused.code == 2
    line = refused.err.partition("write '")[2].partition("'")[0]
    assert line.startswith("id: a-small-course-")
    assert line in advice
    change(course, "course.yaml", "title: ", f"{line}\ntitle: ")
    assert gradecheck("batch", folder, "--out", "out", *DRILL, course=course).code == 0


def test_nobody_else_on_the_machine_reads_a_class(gradecheck: Command, course: Path) -> None:
    folder = hand_in(gradecheck.folder / "in", ada=WRONG)
    gradecheck("batch", folder, "--out", "out", *DRILL, course=course)
    out = gradecheck.folder / "out"
    assert [path for path in (out, *out.rglob("*")) if path.stat().st_mode & 0o007] == []


def at(path: Path, moment: str) -> None:
    """Give a hand-in the date at which it came."""
    seconds = datetime.fromisoformat(moment).timestamp()
    os.utime(path, (seconds, seconds))


POLICY = """count: best
tasks:
  exercise-01:
    due: 2026-12-01T18:00+01:00
    extensions: {bob: 2026-12-09T18:00+01:00, nobody: 2026-12-09T18:00+01:00}
late: {grace: 15min, per: day, take: 10 %, floor: 50 %}
"""


def test_a_policy_beside_the_submissions_makes_grades_of_scores(gradecheck: Command, course: Path) -> None:
    """Nothing is taken off before there is one; then pages, table and history tell what is, and why."""
    out = gradecheck.folder / "out"
    folder = hand_in(gradecheck.folder / "in", ada=RIGHT, bob=RIGHT)
    for student in ("ada", "bob"):
        at(folder / student / "answers.yaml", "2026-12-02T19:00+01:00")
    gradecheck("batch", folder, "--out", "out", *DRILL, course=course)
    assert [(row["score"], row["late"]) for row in table(out).values()] == [("3", ""), ("3", "")]
    (folder / "policy.yaml").write_text(POLICY)
    done = gradecheck("batch", folder, "--out", "out", *DRILL, course=course)
    assert "The policy names what the gradebook doesn't know: the student 'nobody'." in done.err
    rows = table(out)
    assert set(rows) == {"ada", "bob"}
    assert [rows["ada"][name] for name in ("score", "raw_score", "late_penalty", "late")] == ["2.4", "3", "0.6", "yes"]
    assert [rows["bob"][name] for name in ("score", "raw_score", "late_penalty", "late")] == ["3", "3", "0", ""]
    # Two handed in, and one of them has full marks, for lateness took some of the other's.
    assert (
        '<td role="cell" class="number">2</td><td role="cell" class="number">1</td>' in (out / "class.html").read_text()
    )
    assert "0.6 were taken off because it was late" in (out / "reports/ada/exercise-01.html").read_text()
    said = gradecheck("history", "out", "ada", course=course).out
    assert "2.4 of 3: attempt 1, for the best attempt counts. 3 less 0.6 for lateness. It was due 2026-12-01" in said
    hand_in(folder, ada=WRONG)
    gradecheck("batch", folder, "--out", "out", *DRILL, course=course)
    assert (table(out)["ada"]["score"], table(out)["ada"]["attempt"]) == ("2.4", "1")
    nbgrader = gradecheck("export", "nbgrader", "out", course=course).out.splitlines()
    assert nbgrader[1].endswith(",3,0.6,2.4,3")


def test_a_policy_that_is_refused_is_not_said_to_hold(gradecheck: Command, course: Path) -> None:
    place = write(gradecheck.folder / "class", {"policy.yaml": "count: sometimes\n", "ada/tanh_jacobian.py": "x = 1\n"})
    ended = gradecheck("batch", place, "--out", "out", course=course)
    assert ended.code == 2
    assert "policy.yaml:1: " in ended.err
    assert "The policy is that of" not in ended.err


def test_totals_of_an_earlier_policy_go_and_points_that_may_be_meant_as_percent_are_told(
    gradecheck: Command, course: Path
) -> None:
    out = gradecheck.folder / "out"
    folder = hand_in(gradecheck.folder / "in", ada=RIGHT)
    policy = "late: {per: day, take: 1, floor: 50}\ntotal: {weights: {exercise-01: 2}}\n"
    write(folder, {"policy.yaml": policy})
    done = gradecheck("batch", folder, "--out", "out", *DRILL, course=course)
    assert "late.floor of the policy is 50 points, and exercise-01 is worth no more: write '50 %'" in done.err
    assert "late.take" not in done.err
    assert (out / "totals.csv").exists()
    write(folder, {"policy.yaml": "count: best\n"})
    done = gradecheck("batch", folder, "--out", "out", *DRILL, course=course)
    assert not (out / "totals.csv").exists()
    assert "totals.csv" not in done.out
    own = "student,name,email,total\nada,Ada,,3\n"
    (out / "totals.csv").write_text(own)  # a spreadsheet's, which is left alone
    gradecheck("batch", folder, "--out", "out", *DRILL, course=course)
    assert (out / "totals.csv").read_text() == own


def test_a_class_page_can_name_nobody(gradecheck: Command, course: Path) -> None:
    folder = hand_in(gradecheck.folder / "in", quentin=RIGHT, zelda=WRONG, xaver="")
    (folder / "winona").mkdir()
    (folder / "winona" / "winona-smith.docx").write_bytes(b"PK")
    out = gradecheck.folder / "out"
    gradecheck("batch", folder, "--out", "out", *DRILL, "--anonymous", course=course)
    gradecheck("override", "out", "zelda", "exercise-01", "1", "--reason", "as zelda said", course=course)
    page = (out / "class.html").read_text()
    assert not [name for name in ("quentin", "zelda", "xaver", "winona") if name in page]
    assert all(f"Student {number}<" in page for number in range(1, 5))
    gradecheck("batch", folder, "--out", "out", *DRILL, course=course)
    assert "winona" in (out / "class.html").read_text()


def test_a_student_is_forgotten_wholly(gradecheck: Command, course: Path) -> None:
    folder = hand_in(gradecheck.folder / "in", ada=RIGHT, zacharias="norm_after_20: 77.125\n")
    out = gradecheck.folder / "out"
    gradecheck("batch", folder, "--out", "out", *DRILL, course=course)
    gradecheck("override", "out", "zacharias", "exercise-01", "1", "--reason", "He asked so nicely", course=course)
    done = gradecheck("forget", "out", "zacharias", course=course)
    assert (done.code, done.err) == (0, "")
    left = [path for path in out.rglob("*") if path.is_file()]
    assert not [path for path in left if b"zacharias" in path.read_bytes() or b"so nicely" in path.read_bytes()]
    assert not (out / "reports" / "zacharias").exists()
    assert list(table(out)) == ["ada"]
    assert gradecheck("history", "out", "ada", course=course).code == 0
    assert gradecheck("forget", "out", "zacharias", course=course).code == 2
