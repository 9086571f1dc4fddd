"""What an upload changes in Canvas and Moodle, by their own importers' rules: our scores, and nothing else."""

from __future__ import annotations

import contextlib
import csv
import dataclasses
import io
from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from autograder.course import Course, load_course
from autograder.course.discovery import CourseRoot
from autograder.export import canvas, github_classroom, moodle, nbgrader
from autograder.export.bundle import Refused
from autograder.export.subcommand import GradebookRequest, Subcommand
from autograder.gradebook.book import Gradebook
from autograder.misuse import Misuse
from autograder.roster.class_list import read_class
from autograder.roster.people import Person, marks
from autograder.roster.sheet import UnusableSheet, read_sheet
from tests import gradebooks
from tests.command import REPOSITORY
from tests.export.importers import Canvas, Moodle, canvas_number, nbgrader_rows

JACOBIAN, GRU = "exercise-04", "exercise-12"
#: By key: name, system, number there, and the checks of exercise-04 that pass; of whom it is None nothing came.
CLASS: dict[str, tuple[str, str, str, list[Any] | None]] = {
    "ekbo_101": ("ekbo", "canvas", "101", ["passed", "passed", "passed"]),
    "oxcy_102": ("oxcy", "canvas", "102", ["passed", "failed", "failed"]),
    "palmdi_103": ("palmdi", "canvas", "103", None),
    "Müller, Jörg": ("Müller, Jörg", "", "", ["passed", "passed", "failed"]),
    "Team A_7": ("Team A", "moodle", "7", ["passed", "passed", "passed"]),
    "Zo Yu_12": ("Zo Yu", "moodle", "12", ["failed", "failed", "failed"]),
}
SCORES = {"101": 6.0, "102": 1.0, "104": 3.0}


@lru_cache(maxsize=1)
def course() -> Course:
    return load_course(CourseRoot.at(REPOSITORY))


@pytest.fixture(scope="module")
def graded(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("graded")
    with Gradebook.open(folder / "gradebook.db") as gradebook:
        gradebook.describe(gradebooks.COURSE, gradebooks.TITLE, [(0, gradebooks.TASKS[0])])
        gradebook.enrol((key, name, system, number, "") for key, (name, system, number, _) in CLASS.items())
        for key, (_, _, _, statuses) in CLASS.items():
            if statuses is not None:
                gradebooks.record(gradebook, key, gradebooks.jacobian(statuses))
        gradebook.complete()
    return folder


def filled(
    subcommand: Subcommand,
    path: Path,
    sheet: bytes | str | None = None,
    exercises: Sequence[str] = (JACOBIAN,),
    **given: Any,
) -> tuple[bytes, str]:
    """What an export comes to, and what it told."""
    told: list[str] = []
    if sheet is not None:
        given["roster"] = path / "sheet.csv"
        given["roster"].write_bytes(sheet if isinstance(sheet, bytes) else sheet.encode())
    with GradebookRequest(course, path, exercises, told.append, **given) as request:
        made = subcommand.make(request)
        return made if isinstance(made, bytes) else "".join(map(str, made)).encode(), "\n".join(told)


# Canvas

standing = st.sampled_from(["", "EX", "ex", "N/A", "0.00", "7.50", "12.00"])
people = [("Ek, Bo", "101"), ("Ox, Cy", "102"), ("Palm, Di", "103"), ("Müller, Jörg", "104"), ("Nobody, Known", "105")]


def canvas_sheet(
    cells: list[tuple[str, str]], delimiter: str, sign: str, possible: str, mark: bytes, end: str
) -> bytes:
    buffer = io.StringIO()
    table = csv.writer(buffer, delimiter=delimiter, lineterminator=end)
    table.writerow(["Student", "ID", "SIS Login ID", "Section", f"{JACOBIAN} (9)", "Essay (8)", "Final Score"])
    table.writerow(["", "", "", "", "Manual Posting", "", ""])
    table.writerow(["    Points Possible", "", "", "", possible.replace(".", sign), f"10{sign}00", "(read only)"])
    for (name, number), (ours, essay) in zip(people, cells, strict=True):
        table.writerow(
            [name, number, f"u{number}", "A", ours.replace(".", sign), essay.replace(".", sign), f"8{sign}25"]
        )
    return mark + buffer.getvalue().encode()


@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)
@given(
    st.lists(st.tuples(standing, standing), min_size=len(people), max_size=len(people)),
    st.sampled_from([(",", "."), (",", ","), (";", ",")]),
    st.sampled_from(["6.00", "12.00", "20.00", "", "0.00"]),
    st.sampled_from([b"", b"\xef\xbb\xbf"]),
    st.sampled_from(["\n", "\r\n"]),
)
def test_canvas_takes_our_scores_and_nothing_else(
    graded: Path, cells: list[tuple[str, str]], signs: tuple[str, str], possible: str, mark: bytes, end: str
) -> None:
    sheet = canvas_sheet(cells, *signs, possible, mark, end)
    upload, told = filled(canvas.subcommand, graded, sheet)
    before, after = Canvas.exported(sheet), Canvas.exported(sheet)
    after.upload(upload)
    assert (after.new, after.unknown) == ([], [])
    assert upload.startswith(mark)
    assert upload.count(end.encode()) == upload.count(b"\n") == len(people) + 2
    share = float(possible or 0) / 6 or 1
    for (student, title), cell in before.cells.items():
        now = after.cells[student, title]
        if title.startswith(JACOBIAN) and student in SCORES and cell.upper() not in ("EX", "N/A"):
            assert canvas_number(now) == pytest.approx(SCORES[student] * share, abs=0.005)
        else:
            assert now == cell
    changed = [number for _, number in people if not _same_bytes(sheet, upload, graded, number)]
    assert set(changed) <= {
        number for (number, title), cell in before.cells.items() if after.cells[number, title] != cell
    }
    assert ("excused" in told) == any(cells[at][0].upper() == "EX" for at in (0, 1, 3))


def _same_bytes(sheet: bytes, upload: bytes, folder: Path, number: str) -> bool:
    """Whether one student's cells are written in an upload as in the sheet, as far as it has the columns."""
    rows = []
    for data in (sheet, upload):
        (folder / "compared.csv").write_bytes(data)
        table = read_sheet(folder / "compared.csv")
        (row,) = (row for row in table.rows if row[1] == number)
        rows.append(dict(zip(table.columns, row.written, strict=True)))
    return all(rows[0][column] == cell for column, cell in rows[1].items())


@pytest.mark.parametrize("subcommand", [canvas.subcommand, moodle.subcommand])
def test_two_tables_pasted_below_each_other_are_one(graded: Path, subcommand: Subcommand) -> None:
    """No header of the second is a student, for us or for who reads the upload."""
    whole = canvas_sheet([("", "")] * len(people), ",", ".", "12.00", b"", "\n")
    if subcommand is moodle.subcommand:
        whole = worksheet(MOODLE_HEAD, "Participant ", [""] * 5, [""] * 5, "6.00", b"")
    head, *rest = whole.splitlines(keepends=True)
    once, _ = filled(subcommand, graded, whole)
    pasted, told = filled(subcommand, graded, b"".join([head, *rest[:4], head, *rest[4:]]))
    assert pasted == once
    assert "sheet.csv:6: the header stands here once more; this line is left out." in told


def test_an_excuse_falls_only_if_that_is_said(graded: Path) -> None:
    sheet = canvas_sheet([("EX", ""), ("N/A", ""), ("EX", ""), ("", ""), ("EX", "")], ",", ".", "6.00", b"", "\n")
    now = Canvas.exported(sheet)
    now.upload(filled(canvas.subcommand, graded, sheet, fill_excused=True)[0])
    assert [now.cells[number, f"{JACOBIAN} (9)"] for _, number in people] == ["6", "N/A", "EX", "3", "EX"]


def test_a_title_of_the_instructor_s_is_named_or_new_or_refused(graded: Path) -> None:
    sheet = "Student;ID;HW 4: tanh (9)\nPoints Possible;;20,00\nEk, Bo;101;\n"
    with pytest.raises(Refused, match=r"has no assignment for exercise-04\. It has 'HW 4: tanh'"):
        filled(canvas.subcommand, graded, sheet)
    upload, _ = filled(canvas.subcommand, graded, sheet, column=[f"{JACOBIAN}=HW 4: tanh"])
    assert upload.decode().splitlines()[-1] == "Ek, Bo;101;20"
    upload, _ = filled(canvas.subcommand, graded, sheet, new_column=True)
    now = Canvas.exported(sheet.encode())
    now.upload(upload)
    assert now.new == ["exercise-04: The Jacobian of one tanh step"]
    with pytest.raises(Refused, match=r"there is no assignment 'HW 5'\. It has 'HW 4: tanh'"):
        filled(canvas.subcommand, graded, sheet, column=[f"{JACOBIAN}=HW 5"])
    with pytest.raises(Refused, match="--column names two columns for exercise-04: leave one"):
        filled(canvas.subcommand, graded, sheet, column=[f"{JACOBIAN}=HW 4: tanh", f"{JACOBIAN}=HW 5"])


@pytest.mark.parametrize("others", ["1.00E+13", "102"])
def test_a_sheet_whose_ids_a_spreadsheet_shortened_is_refused(graded: Path, others: str) -> None:
    """Canvas looks for `1.00E+13` first, and takes no other mark if it finds somebody."""
    sheet = (
        f'Student,ID,SIS Login ID,{JACOBIAN} (9)\nPoints Possible,,,6\n"Ek, Bo",1.00E+13,bo,\n"Ox, Cy",{others},cy,\n'
    )
    with pytest.raises(UnusableSheet, match=r"sheet\.csv:3: the ID is '1\.00E\+13', as a spreadsheet shortens"):
        filled(canvas.subcommand, graded, sheet)


@pytest.mark.parametrize(
    ("possible", "sentence"),
    [
        ("(read only)", "sheet.csv:2: 'exercise-04 .9.' is read-only in Canvas"),
        ("(schreibgeschützt)", "sheet.csv:2: 'exercise-04 .9.' is read-only in Canvas"),
        ("1,000", "sheet.csv:2: Points Possible of 'exercise-04 .9.' is '1,000': write it as 1000 or 1.00"),
        ("ten", "is 'ten': write it as a number, 0 or more"),
        ("-5", "is '-5': write it as a number, 0 or more"),
    ],
)
def test_points_that_cannot_be_read_are_refused_with_their_row(graded: Path, possible: str, sentence: str) -> None:
    sheet = f'Student,ID,{JACOBIAN} (9)\nPoints Possible,,"{possible}"\n"Ek, Bo",101,\n'
    with pytest.raises(Refused, match=sentence):
        filled(canvas.subcommand, graded, sheet)


@pytest.mark.parametrize("possible", ["", "0", "n/a"])
def test_without_points_possible_the_course_s_scale_holds_and_is_told(graded: Path, possible: str) -> None:
    sheet = f"LastName,FirstName,ID,{JACOBIAN} (9)\nPoints Possible,,,{possible}\nEk,Bo,101,\n"
    upload, told = filled(canvas.subcommand, graded, sheet)
    assert upload.decode().splitlines()[-1] == "Ek,Bo,101,6"
    assert "scores are out of the course's 6" in told


def test_the_points_stand_above_the_students_whatever_they_are_called(graded: Path) -> None:
    sheet = f'Student,ID,SIS User ID,{JACOBIAN} (9)\n  Mögliche Punkte,,,12\n"Ek, Bo",101,s1,\n"Student, Test",,,\n'
    upload, _ = filled(canvas.subcommand, graded, sheet)
    assert upload.decode().splitlines()[1:] == ["  Mögliche Punkte,,,12", '"Ek, Bo",101,s1,12']


def test_a_dry_run_tells_every_change_and_writes_none(graded: Path) -> None:
    cells = [("3.00", ""), ("EX", ""), ("7.50", ""), ("3", ""), ("", "")]
    text = filled(canvas.subcommand, graded, canvas_sheet(cells, ",", ".", "6.00", b"", "\n"), dry_run=True)[0].decode()
    assert "  Ek, Bo, exercise-04 (9): 3.00 → 6\n" in text
    assert "  Ox, Cy, exercise-04 (9): EX stays: for Canvas has them excused" in text
    assert "1 cell changes, 1 stay" in text
    assert "Nothing to put for 2: Palm, Di; Nobody, Known." in text
    assert "Müller" not in text  # 3 is 3.00


def test_scores_of_an_older_exercise_have_no_cell_and_are_named(tmp_path: Path) -> None:
    with Gradebook.open(tmp_path / "gradebook.db") as gradebook:
        gradebook.describe(gradebooks.COURSE, gradebooks.TITLE, [(0, gradebooks.TASKS[0])])
        gradebook.enrol([("bob", "", "", "", "")])
        gradebooks.record(gradebook, "bob", gradebooks.jacobian(["passed"] * 3))
        heavier = dataclasses.replace(gradebooks.TASKS[0], points=8.0)
        gradebook.describe(gradebooks.COURSE, gradebooks.TITLE, [(0, heavier)])
    for subcommand in (canvas.subcommand, nbgrader.subcommand, github_classroom.subcommand):
        made, told = filled(subcommand, tmp_path)
        assert b",6" not in made.splitlines()[-1]
        assert "left out, for they were graded by an older version of it: bob." in told


def test_every_grade_that_is_replaced_is_named_the_lowered_ones_first(graded: Path) -> None:
    cells = [("5.50", ""), ("4", ""), ("EX", ""), ("3.00", ""), ("2", "")]
    sheet = canvas_sheet(cells, ",", ".", "6.00", b"", "\n")
    upload, told = filled(canvas.subcommand, graded, sheet)
    assert "2 grades that stood in sheet.csv are replaced: Ox, Cy 4 → 1; Ek, Bo 5.50 → 6.\n" in f"{told}\n"
    again = filled(canvas.subcommand, graded, upload)
    assert again == (upload, told.partition("2 grades")[0].rstrip())


def test_a_hyphen_is_no_grade_that_is_replaced(graded: Path) -> None:
    sheet = worksheet(MOODLE_HEAD, "Participant ", ["-"] * len(MEMBERS), [""] * len(MEMBERS), "6.00", b"")
    upload, told = filled(moodle.subcommand, graded, sheet)
    assert b",6,6.00," in upload
    assert "replaced" not in told


# Moodle

MOODLE_HEAD = (
    "Identifier",
    "Full name",
    "Email",
    "Status",
    "Group",
    "Grade",
    "Maximum",
    "Can be changed",
    "Submitted",
    "Graded",
    "Comments",
)
GERMAN_HEAD = (
    "ID",
    "Vollständiger Name",
    "E-Mail",
    "Status",
    "Gruppe",
    "Bewertung",
    "Bestwertung",
    "Änderbar",
    "Abgabe",
    "Bewertet",
    "Feedback",
)
MEMBERS = [
    ("5", "Ada L", "Team A"),
    ("6", "Alan T", "Team A"),
    ("7", "Grace H", "Team B"),
    ("12", "Yu, Zo", ""),
    ("13", "Jorg Muller", ""),
]
SLOPE = "Slope of tanh taken as 1 − tanh(z), not 1 − tanh²(z)"
comments = st.sampled_from(
    ["", "See me.", f"To revise: {SLOPE}.", f"To revise: {SLOPE}. And see me.", "To revise: everything."]
)


def worksheet(
    head: Sequence[str], word: str, grades: Sequence[str], said: Sequence[str], maximum: str, mark: bytes
) -> bytes:
    buffer = io.StringIO()
    table = csv.writer(buffer, lineterminator="\n")
    table.writerow(head)
    for (number, name, group), grade, comment in zip(MEMBERS, grades, said, strict=True):
        date = "1. Mai 2026, 17:00"
        table.writerow(
            [f"{word}{number}", name, f"u{number}@x.example", "-", group, grade, maximum, "Ja", date, "-", comment]
        )
    return mark + buffer.getvalue().encode()


@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)
@given(
    st.sampled_from([(MOODLE_HEAD, "Participant ", "."), (GERMAN_HEAD, "Teilnehmer/in", ",")]),
    st.lists(st.sampled_from(["", "0.00", "7.25"]), min_size=5, max_size=5),
    st.lists(comments, min_size=5, max_size=5),
    st.sampled_from(["6.00", "20.00", "100.00"]),
    st.sampled_from([b"", b"\xef\xbb\xbf"]),
)
def test_moodle_takes_our_scores_and_no_comment_of_an_instructor_is_touched(
    graded: Path,
    language: tuple[Sequence[str], str, str],
    grades: list[str],
    said: list[str],
    maximum: str,
    mark: bytes,
) -> None:
    head, word, sign = language
    grades = [min(grade, maximum, key=lambda text: float(text or 0)).replace(".", sign) for grade in grades]
    sheet = worksheet(head, word, grades, said, maximum.replace(".", sign), mark)
    upload, _ = filled(moodle.subcommand, graded, sheet)
    now = Moodle(float(maximum), sign)
    now.upload(upload)
    assert now.refused == []
    share = float(maximum) / 6
    ours = {"5": 6 * share, "6": 6 * share, "12": 0.0, "13": 3 * share}  # Team A's number 7 is Grace's of Team B
    for at, (number, _, _) in enumerate(MEMBERS):
        kept = float(grades[at].replace(sign, ".")) if grades[at] else None
        assert now.grades.get(number) == pytest.approx(ours.get(number, kept), abs=0.005)
        standing = said[at]
        is_ours = standing in ("", f"To revise: {SLOPE}.")
        revise = f"To revise: {SLOPE}." if number in ("12", "13") else ""
        assert now.comments[number] == (revise if number in ours and is_ours else standing)
    untouched = [line.split(b",")[:4] for line in sheet.splitlines()]
    assert [line.split(b",")[:4] for line in upload.splitlines()] == untouched


@pytest.mark.parametrize(
    ("yes", "no"), [("Yes", "No"), ("Ja", "Nein"), ("Oui", "Non"), ("Да", "Нет"), ("はい", "いいえ")]
)
def test_what_moodle_would_skip_stays_and_is_named(graded: Path, yes: str, no: str) -> None:
    """A locked grade, also where the state of the marking stands before the word, and one above the maximum."""
    head = (
        "ID",
        "Name",
        "Mail",
        "Status",
        "Grade",
        "Max",
        "State",
        "Changeable",
        "Submitted",
        "Text",
        "Graded",
        "Said",
    )
    date = "Friday, 1 May 2026, 5:00 PM"
    rows = [
        ("Participant 12", "Zo Yu", "", "-", "5,00", "6,00", "Released", no, date, "=1+1", date, ""),
        ("Participant 13", "Jorg Muller", "", "-", "", "6,00", "Not marked", yes, date, "", "-", ""),
    ]
    buffer = io.StringIO()
    csv.writer(buffer, delimiter=";", lineterminator="\n").writerows([head, *rows])
    upload, told = filled(moodle.subcommand, graded, buffer.getvalue())
    made = list(csv.reader(io.StringIO(upload.decode()), delimiter=";"))
    assert made[1] == ["'=1+1" if cell == "=1+1" else cell for cell in rows[0]]
    assert (made[2][4], made[2][11]) == ("3", f"To revise: {SLOPE}.")
    assert "Not filled, for their grade is locked in Moodle, which would skip it: Zo Yu." in told
    resaved = f"ID;Name;Status;Grade;Max;Changeable;Submitted;Graded;Said\nP 12;Zo Yu;-;5,00;6,00;{no};1.5.26;-;\n"
    assert filled(moodle.subcommand, graded, resaved)[0].decode() == resaved


def test_a_score_above_moodle_s_maximum_stays_and_is_named(tmp_path: Path) -> None:
    with Gradebook.open(tmp_path / "gradebook.db") as gradebook:
        gradebook.describe(gradebooks.COURSE, gradebooks.TITLE, [(0, gradebooks.TASKS[0])])
        gradebook.enrol([("Bo Ek_5", "Bo Ek", "moodle", "5", "")])
        gradebook.complete()
        gradebook.override("Bo Ek_5", JACOBIAN, 7.0, "A bonus")
    sheet = "Identifier,Name,Status,Grade,Maximum,Can,Submitted,Graded,Said\nParticipant 5,Bo Ek,-,,6.00,Yes,-,-,\n"
    upload, told = filled(moodle.subcommand, tmp_path, sheet)
    assert upload.decode() == sheet
    assert "Not filled, for Moodle skips what is more than its 6 points: Bo Ek." in told


def test_a_comment_is_ours_only_if_all_of_it_is() -> None:
    titles = ["Rows and columns; exchanged", "Slope < 0"]
    for ours in (
        "To revise: Slope < 0.",
        "To revise: Rows and columns; exchanged; Slope < 0.",
        "<p>To revise: Slope &lt; 0.</p>",
    ):
        assert moodle.is_ours(ours, titles)
    for other in ("", "To revise: ", "To revise: Slope < 0. See me.", "Slope < 0.", "to revise: your life."):
        assert not moodle.is_ours(other, titles)


@pytest.mark.parametrize(
    ("rows", "sentence"),
    [
        (
            'Participant 5,Ada L,A,"Poor, Good",Yes,-,-,\nParticipant 6,Alan T,,"Poor, Good",Yes,-,-,\n',
            "can't be found",
        ),
        (
            'Participant 5,Ada L,Poor,"Poor\nGood",Yes,-,-,\n',
            "sheet.csv:2: this assignment is graded on a scale .Poor, Good.",
        ),
        (
            'Participant 5,Ada L,Poor,"Poor, Good",Yes,-,-,\n',
            "sheet.csv:2: this assignment is graded on a scale .Poor, Good.",
        ),
        ("Participant 5,Ada L,ten,10,Yes,-,-,\n", "can't be found"),
        ("5,Ada L,,10,Yes,-,-,\n", "sheet.csv:2: this is no grading worksheet of Moodle: its first cell is '5'"),
        ("", "there is nobody"),
    ],
)
def test_a_worksheet_that_cannot_be_filled_is_refused_with_the_reason(graded: Path, rows: str, sentence: str) -> None:
    head = "Identifier,Full name,Grade,Maximum Grade,Can be changed,Submitted,Graded,Comments\n"
    with pytest.raises(UnusableSheet, match=sentence):
        filled(moodle.subcommand, graded, head + rows)


# GitHub Classroom and nbgrader


def test_a_group_on_github_is_all_its_members(tmp_path: Path) -> None:
    with Gradebook.open(tmp_path / "gradebook.db") as gradebook:
        gradebook.describe(gradebooks.COURSE, gradebooks.TITLE, [(0, gradebooks.TASKS[0])])
        gradebook.enrol([("the-gates", "the-gates", "github", "the-gates", "")])
        gradebooks.record(gradebook, "the-gates", gradebooks.jacobian(["passed"] * 3))
    sheet = "github_username,roster_identifier,points_awarded,points_available,group_name\n" + "".join(
        f"{user},{user}@x.example,,12,{group}\n"
        for user, group in (("a", "The Gates"), ("b", "The Gates"), ("c", "Others"))
    )
    upload, _ = filled(github_classroom.subcommand, tmp_path, sheet)
    assert [line.split(",")[2] for line in upload.decode().splitlines()[1:]] == ["12", "12", ""]


def test_points_available_stay_as_they_are_and_the_scale_is_told(graded: Path) -> None:
    """An empty cell of the instructor's table has no score of ours; where others of it tell a maximum, it is theirs."""
    head, row = "github_username,roster_identifier,points_awarded,points_available\n", 'ekbo,"Ek, Bo",,{0}\n'
    for cell, then in (("", ""), ("0", "6")):  # 6 of 0 would be nonsense
        made, told = filled(github_classroom.subcommand, graded, head + row.format(cell))
        assert made.decode() == head + f'ekbo,"Ek, Bo",6,{then}\n'
        assert "exercise-04: sheet.csv tells no points available, so scores are out of the course's 6." in told
    made, told = filled(github_classroom.subcommand, graded, f"{head}{row.format('')}nobody,nobody,,12\n")
    assert made.decode() == f'{head}ekbo,"Ek, Bo",12,\nnobody,nobody,,12\n'
    assert "exercise-04: scores were scaled from 6 to the 12 points of GitHub Classroom." in told


def test_nbgrader_has_a_line_for_every_student_and_assignment(graded: Path) -> None:
    made, _ = filled(nbgrader.subcommand, graded)
    rows = list(csv.DictReader(io.StringIO(made.decode())))
    scores = {
        (key, JACOBIAN): {3: 6.0, 2: 3.0, 1: 1.0, 0: 0.0}[list(statuses or []).count("passed")]
        for key, (*_, statuses) in CLASS.items()
    }
    told = [(row["assignment"], row["student_id"], float(row["score"]), float(row["max_score"])) for row in rows]
    assert sorted(told) == sorted(nbgrader_rows(scores, {JACOBIAN: 6.0}))
    assert all(row["raw_score"] == row["score"] and row["late_submission_penalty"] == "0" for row in rows)
    assert [row["student_id"] for row in rows if not row["timestamp"]] == ["palmdi_103"]


def test_what_a_roster_told_finds_a_student_in_another_system_s_table(tmp_path: Path) -> None:
    with Gradebook.open(tmp_path / "gradebook.db") as gradebook:
        gradebook.describe(gradebooks.COURSE, gradebooks.TITLE, [(0, gradebooks.TASKS[0])])
        gradebook.enrol([("u17", "", "", "", "")])
        gradebook.members.remember({"u17": Person(("Ek, Bo",), frozenset({("canvas", "101")}), marks("bo@x.example"))})
        gradebooks.record(gradebook, "u17", gradebooks.jacobian(["passed"] * 3))
    upload, _ = filled(canvas.subcommand, tmp_path, f"Student,ID,{JACOBIAN} (9)\nPoints Possible,,6\nX,101,\nY,102,\n")
    assert upload.decode().splitlines()[2:] == ["X,101,6", "Y,102,"]


def test_a_team_can_be_called_by_a_number_and_an_id_is_no_team(tmp_path: Path) -> None:
    with Gradebook.open(tmp_path / "gradebook.db") as gradebook:
        gradebook.describe(gradebooks.COURSE, gradebooks.TITLE, [(0, gradebooks.TASKS[0])])
        gradebook.enrol((f"{name}_7{name}", name, "moodle", f"7{name}", "") for name in ("1", "2", "3"))
        for name, statuses in (("1", ["passed"] * 3), ("2", ["failed"] * 3), ("3", ["failed"] * 3)):
            gradebooks.record(gradebook, f"{name}_7{name}", gradebooks.jacobian(statuses))
    head = "Identifier,Full name,ID number,Status,Group,Grade,Maximum Grade,Can be changed,Submitted,Graded,Comments\n"
    people = [("31", "Ada L", "3", "1"), ("32", "Bo E", "2", "1"), ("33", "Cy O", "1", "2")]
    rows = "".join(f"Participant {n},{name},{own},Submitted,{team},,6.00,Yes,-,-,\n" for n, name, own, team in people)
    upload, told = filled(moodle.subcommand, tmp_path, head + rows)
    assert [line.split(",")[5] for line in upload.decode().splitlines()[1:]] == ["6", "6", "0"]
    assert "1 of the gradebook is not in sheet.csv: 3." in told


def test_where_moodle_hides_names_the_number_alone_is_who_it_is(tmp_path: Path) -> None:
    with Gradebook.open(tmp_path / "gradebook.db") as gradebook:
        gradebook.describe(gradebooks.COURSE, gradebooks.TITLE, [(0, gradebooks.TASKS[0])])
        gradebook.enrol([(f"Participant_{n}", "Participant", "moodle", n, "") for n in ("31", "32")])
        gradebooks.record(gradebook, "Participant_32", gradebooks.jacobian(["passed"] * 3))
    head = "Identifier,Status,Grade,Maximum Grade,Can be changed,Submitted,Graded,Comments\n"
    rows = "".join(f"Participant {n},Submitted,,6.00,Yes,-,-,\n" for n in ("31", "32", "33"))
    upload, told = filled(moodle.subcommand, tmp_path, head + rows)
    assert [line.split(",")[2] for line in upload.decode().splitlines()[1:]] == ["", "6", ""]
    assert told == ""


@pytest.mark.parametrize("shared", ["1.23457E+11", "n/a"])
def test_an_id_that_says_of_nobody_who_they_are_puts_no_score_in_another_s_row(shared: str, tmp_path: Path) -> None:
    """Excel shortens long ids: all have the same one then, and Canvas's sheet can be of one section alone."""
    (tmp_path / "class.csv").write_text(f"id,name\n{shared},Ada Ek\n{shared},Bo Ox\n")
    with Gradebook.open(tmp_path / "gradebook.db") as gradebook:
        gradebook.describe(gradebooks.COURSE, gradebooks.TITLE, [(0, gradebooks.TASKS[0])])
        gradebook.enrol([("Bo Ox", "Bo Ox", "", "", "")])
        gradebook.members.remember({"Bo Ox": read_class(tmp_path / "class.csv")[1]})
        gradebooks.record(gradebook, "Bo Ox", gradebooks.jacobian(["passed"] * 3))
    head = f"Student,ID,SIS User ID,{JACOBIAN} (9)\nPoints Possible,,,6\n"
    ada, bo = f'"Ek, Ada",1,{shared},', f'"Ox, Bo",2,{shared},'
    alone, told = filled(canvas.subcommand, tmp_path, f"{head}{ada}\n")
    assert alone.decode().splitlines()[2:] == [ada]
    assert "1 of the gradebook is not in sheet.csv: Bo Ox." in told
    both, _ = filled(canvas.subcommand, tmp_path, f"{head}{ada}\n{bo}\n")
    assert both.decode().splitlines()[2:] == [ada, f"{bo}6"]


def test_an_id_whose_zeros_a_spreadsheet_took_is_filled_and_told(tmp_path: Path) -> None:
    with Gradebook.open(tmp_path / "gradebook.db") as gradebook:
        gradebook.describe(gradebooks.COURSE, gradebooks.TITLE, [(0, gradebooks.TASKS[0])])
        gradebook.enrol([("00123", "", "", "", "")])
        gradebooks.record(gradebook, "00123", gradebooks.jacobian(["passed"] * 3))
    sheet = f'Student,ID,SIS User ID,{JACOBIAN} (9)\nPoints Possible,,,6\n"Ek, Bo",1,123,\n"Ox, Cy",2,124,\n'
    upload, told = filled(canvas.subcommand, tmp_path, sheet)
    assert upload.decode().splitlines()[2:] == ['"Ek, Bo",1,123,6', '"Ox, Cy",2,124,']
    assert "1 was found in sheet.csv by an id without its leading zeros" in told
    assert "00123 = Ek, Bo, line 3." in told


@pytest.mark.parametrize("rest", ["", '"Student, Test",,,\n'])
def test_a_gradebook_of_nobody_is_called_that(graded: Path, rest: str) -> None:
    sheet = f"Student,ID,SIS Login ID,{JACOBIAN} (9)\n    Points Possible,,,12\n{rest}"
    with pytest.raises(UnusableSheet, match="there is nobody in this gradebook"):
        filled(canvas.subcommand, graded, sheet)


def test_the_points_are_found_where_a_program_filled_the_empty_cells(graded: Path) -> None:
    sheet = f"Student,ID,SIS Login ID,{JACOBIAN} (9)\n    Points Possible,nan,nan,12\nEk Bo,101,nan,\n"
    upload, told = filled(canvas.subcommand, graded, sheet)
    assert upload.decode().splitlines()[2:] == ["Ek Bo,101,nan,12"]
    assert "scaled from 6 to the 12 points" in told


@pytest.mark.parametrize("dressed", ["{}.0", "{}.00", '"{},0"', "'{}"])
def test_an_id_that_a_spreadsheet_wrote_with_decimals_or_as_text_is_the_same_id(graded: Path, dressed: str) -> None:
    """Names tell nothing here; Canvas gets its own ids back."""
    rows = "".join(f"Somebody {n},{dressed.format(n)},u{n},\n" for n in (101, 102))
    sheet = f"Student,ID,SIS Login ID,{JACOBIAN} (9)\n    Points Possible,,,6\n{rows}"
    upload, _ = filled(canvas.subcommand, graded, sheet)
    assert upload.decode().splitlines()[2:] == ["Somebody 101,101,u101,6", "Somebody 102,102,u102,1"]


def test_a_row_that_is_found_by_a_name_spelled_otherwise_is_filled_and_told(tmp_path: Path) -> None:
    with Gradebook.open(tmp_path / "gradebook.db") as gradebook:
        gradebook.describe(gradebooks.COURSE, gradebooks.TITLE, [(0, gradebooks.TASKS[0])])
        gradebook.enrol(
            [(f"{name}_{n}", name, "moodle", n, "") for n, name in (("31", "Jörg Müller"), ("32", "Ada Ek"))]
        )
        for key in ("Jörg Müller_31", "Ada Ek_32"):
            gradebooks.record(gradebook, key, gradebooks.jacobian(["passed"] * 3))
    head = "Identifier,Name,Status,Grade,Maximum Grade,Can be changed,Submitted,Graded,Comments\n"
    rows = [
        f"Participant {n},{name},Submitted,,6.00,Yes,-,-," for n, name in (("51", "Jörg Mueller"), ("52", "Ada Ek"))
    ]
    upload, told = filled(moodle.subcommand, tmp_path, head + "\n".join(rows) + "\n")
    assert [line.split(",")[3] for line in upload.decode().splitlines()[1:]] == ["6", "6"]
    assert (
        "1 was found in sheet.csv by a name that is spelled otherwise there: Jörg Müller = Jörg Mueller, line 2."
        in told
    )
    assert "Ada Ek =" not in told


def test_namesakes_whom_the_table_cannot_tell_apart_are_told_by_their_ids(tmp_path: Path) -> None:
    with Gradebook.open(tmp_path / "gradebook.db") as gradebook:
        gradebook.describe(gradebooks.COURSE, gradebooks.TITLE, [(0, gradebooks.TASKS[0])])
        gradebook.enrol((f"s{number}", "Bo Ek", "gradescope", f"s{number}", "") for number in (1, 2))
        for key in ("s1", "s2"):
            gradebooks.record(gradebook, key, gradebooks.jacobian(["passed"] * 3))
    sheet = f'Student,ID,SIS Login ID,{JACOBIAN} (9)\nPoints Possible,,,6\n"Ek, Bo",101,a,\n"Ek, Bo",102,b,\n'
    upload, told = filled(canvas.subcommand, tmp_path, sheet)
    assert upload.decode().splitlines()[2:] == ['"Ek, Bo",101,a,', '"Ek, Bo",102,b,']
    for key in ("s1", "s2"):
        assert f"Bo Ek ({key}) can't be told from others in sheet.csv, lines 3, 4: nothing is put." in told


def test_of_two_results_of_one_person_neither_is_taken(tmp_path: Path) -> None:
    with Gradebook.open(tmp_path / "gradebook.db") as gradebook:
        gradebook.describe(gradebooks.COURSE, gradebooks.TITLE, [(0, gradebooks.TASKS[0])])
        gradebook.enrol([("ekbo_101", "ekbo", "canvas", "101", ""), ("bo", "", "", "", ""), ("u1", "", "", "", "")])
        for key, statuses in (("ekbo_101", ["passed"] * 3), ("bo", ["failed"] * 3), ("u1", ["failed"] * 3)):
            gradebooks.record(gradebook, key, gradebooks.jacobian(statuses))
    sheet = f'Student,ID,SIS User ID,SIS Login ID,{JACOBIAN} (9)\nPoints Possible,,,,6\n"Ek, Bo",101,u1,bo,2\n'
    upload, told = filled(canvas.subcommand, tmp_path, sheet)
    assert upload.decode().splitlines()[-1] == '"Ek, Bo",101,u1,bo,2'
    assert "Ek, Bo has two results for exercise-04 in the gradebook" in told


names = ["", "-", "ID", "Student", "Identifier", "Participant 5", "exercise-04 (9)", "Points Possible", "Ek, Bo"]
words = st.sampled_from([*names, "101", "20,00", "EX", "17:00 on 1 May"])


@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)
@given(st.lists(st.lists(words | st.text(max_size=4), max_size=8), max_size=6), st.sampled_from(",;\t"))
def test_whatever_a_table_is_it_is_filled_or_refused_in_a_sentence(
    graded: Path, rows: list[list[str]], delimiter: str
) -> None:
    buffer = io.StringIO()
    csv.writer(buffer, delimiter=delimiter).writerows(rows)
    sheet = buffer.getvalue().encode("utf-8", "replace")
    for subcommand in (canvas.subcommand, moodle.subcommand, github_classroom.subcommand):
        with contextlib.suppress(Misuse):
            assert filled(subcommand, graded, sheet)[0]
        with contextlib.suppress(Misuse):
            assert b"nothing is written" in filled(subcommand, graded, sheet, dry_run=True)[0]
    (graded / "sheet.csv").write_bytes(sheet)
    with contextlib.suppress(Misuse):
        assert read_class(graded / "sheet.csv")


def test_without_a_roster_nobody_is_uploaded_under_an_anonymous_id(tmp_path: Path) -> None:
    with Gradebook.open(tmp_path / "gradebook.db") as gradebook:
        gradebook.describe(gradebooks.COURSE, gradebooks.TITLE, [(0, gradebooks.TASKS[0])])
        gradebook.enrol([("anon_x7", "anon", "canvas", "x7", ""), ("ekbo_101", "ekbo", "canvas", "101", "")])
        for key in ("anon_x7", "ekbo_101"):
            gradebooks.record(gradebook, key, gradebooks.jacobian(["passed"] * 3))
    made, told = filled(canvas.subcommand, tmp_path)
    assert [line.split(",")[1] for line in made.decode().splitlines()[2:]] == ["101"]
    assert "Left out, for Canvas's import knows no anonymous ids: anon_x7." in told
