"""A class from an instructor's table: everyone in it has a row, under one name over all downloads."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from contextlib import contextmanager
from functools import lru_cache
from pathlib import Path

from autograder.batch.enrolment import Enrolment, enrol
from autograder.course import load_course
from autograder.course.discovery import CourseRoot
from autograder.course.tasks import Task, course_tasks
from autograder.gradebook.book import Gradebook
from autograder.intake import HandIn, Intake, open_intake
from autograder.roster.class_list import read_class
from tests.command import REPOSITORY, Command
from tests.handing_in import FILE, in_old_encoding, right, write, wrong, zipped

CANVAS = """\
Student,ID,SIS Login ID,Section
"Ek, Bo",101,bo,Mon
"Ox, Cy",102,cy,Tue
"Palm, Di",103,di,Tue
"""


@lru_cache(maxsize=1)
def tasks() -> list[Task]:
    return course_tasks(load_course(CourseRoot.at(REPOSITORY)))


@contextmanager
def enrolled(folder: Path, files: dict[str, str], table: str = "") -> Iterator[tuple[Intake, Enrolment]]:
    """One download of a class into the gradebook of `folder`, and whose it is."""
    archive = zipped(folder / "class.zip", files)
    roster = []
    if table:
        (folder / "class.csv").write_text(table, encoding="utf-8")
        roster = read_class(folder / "class.csv")
    with open_intake(archive, tasks()) as intake, Gradebook.open(folder / "gradebook.db") as gradebook:
        enrolment = enrol(intake, gradebook, roster, "class.csv")
        gradebook.enrol((each.key, each.name, each.system, each.system_id, each.email) for each in intake.students)
        gradebook.members.remember(enrolment.people)
        yield intake, enrolment


def keys(folder: Path, files: dict[str, str], table: str = "") -> list[str]:
    with enrolled(folder, files, table) as (intake, _):
        return [each.key for each in intake.students]


def hand_ins(intake: Intake) -> dict[str, HandIn]:
    task = next(task for task in tasks() if task.file == FILE)
    return {each.student.key: each for each in intake.hand_ins(task, [task])}


def test_whoever_is_in_the_roster_has_a_row(tmp_path: Path) -> None:
    files = {f"ekbo_101_9001_{FILE}": right("bo"), f"oxcy_102_9002_{FILE}": wrong("cy")}
    with enrolled(tmp_path, files, CANVAS) as (intake, enrolment):
        found = [(each.key, each.name, each.section, each.system_id) for each in intake.students]
        assert found == [
            ("ekbo_101", "Ek, Bo", "Mon", "101"),
            ("oxcy_102", "Ox, Cy", "Tue", "102"),
            ("palmdi_103", "Palm, Di", "Tue", "103"),
        ]
        assert enrolment.notes == []
        assert [key for key, each in hand_ins(intake).items() if each.submission is None] == ["palmdi_103"]


def test_one_identity_over_downloads_of_every_kind(tmp_path: Path) -> None:
    first = keys(tmp_path, {f"ekbo_101_9001_{FILE}": right("bo")}, CANVAS)
    assert keys(tmp_path, {f"cy/{FILE}": right("cy"), f"Bo Ek/{FILE}": right("bo")}, CANVAS) == first
    # What the roster told is remembered: later downloads need none.
    moodle = {
        f"Di Palm_7_assignsubmission_file/{FILE}": right("di"),
        f"Cy Ox_8_assignsubmission_file/{FILE}": right("cy"),
    }
    assert keys(tmp_path, moodle) == ["oxcy_102", "palmdi_103"]


def test_the_others_are_called_as_those_are_who_handed_in(tmp_path: Path) -> None:
    table = "id,login,name\n7,bo,Bo Ek\n8,cy,Cy Ox\n9,di,Di Palm\n"
    for number, folder in enumerate(("7", "bo", "Bo Ek")):
        (tmp_path / str(number)).mkdir()
        others = (("8", "9"), ("cy", "di"), ("Cy Ox", "Di Palm"))[number]
        assert keys(tmp_path / str(number), {f"{folder}/{FILE}": right("bo")}, table) == sorted([folder, *others])


def test_an_id_whose_zeros_a_spreadsheet_took_is_joined_and_told(tmp_path: Path) -> None:
    table = "id,name\n123,Bo Ek\n124,Cy Ox\n"
    files = {f"{number}/{FILE}": right(number) for number in ("00123", "00124", "00125")}
    with enrolled(tmp_path, files, table) as (intake, enrolment):
        assert [(each.key, each.name) for each in intake.students] == [
            ("00123", "Bo Ek"), ("00124", "Cy Ox"), ("00125", "00125"),
        ]  # fmt: skip
        assert enrolment.notes[0].startswith(
            "2 were found in class.csv by ids without their leading zeros, which spreadsheets take away:"
            " 00123 = Bo Ek (123); 00124 = Cy Ox (124)."
        )
        assert enrolment.notes[1:] == ["1 who handed in is not in class.csv: 00125."]
    # No spreadsheet wrote the name of a folder: another number of zeros is another student.
    assert keys(tmp_path, {f"125/{FILE}": right("125")}) == ["125"]


def test_a_name_that_the_roster_spells_otherwise_is_joined_and_told(tmp_path: Path) -> None:
    table = "id,name\n1,Jörg Mueller\n2,Cy Ox\n"
    with enrolled(tmp_path, {f"{name}/{FILE}": right(name) for name in ("Jörg Müller", "Cy Ox")}, table) as (
        _,
        enrolment,
    ):
        assert enrolment.notes == [
            "1 was found in class.csv by a name that is spelled otherwise there: Jörg Müller = Jörg Mueller (1)."
            " Mend the table if that is somebody else."
        ]


def test_the_sections_of_folders_are_kept(tmp_path: Path) -> None:
    files = {
        f"{section}/{name}/{FILE}": right(name)
        for section, name in (("A", "bo"), ("A", "cy"), ("B", "di"), ("B", "ed"))
    }
    with enrolled(tmp_path, files):
        pass
    with Gradebook.read(tmp_path) as gradebook:
        found = [(each.student, each.section) for each in gradebook.students()]
    assert found == [("bo", "A"), ("cy", "A"), ("di", "B"), ("ed", "B")]


def test_moodle_s_numbers_are_of_one_assignment(tmp_path: Path) -> None:
    one = {
        f"Bo Ek_301_assignsubmission_file/{FILE}": right("b"),
        f"王小明_302_assignsubmission_file/{FILE}": right("c"),
    }
    two = {
        f"Bo Ek_988_assignsubmission_file/{FILE}": right("b"),
        f"王小明_301_assignsubmission_file/{FILE}": right("c"),
    }
    first = keys(tmp_path, one)
    with enrolled(tmp_path, two) as (intake, enrolment):
        assert [each.key for each in intake.students] == first
        assert "2 known by name or address" in enrolment.notes[0]
    other = {f"Bö Ek_401_assignsubmission_file/{FILE}": right("d"), f"Boe Ek_402_assignsubmission_file/{FILE}": ""}
    assert keys(tmp_path, other) == ["Boe Ek_402", "Bö Ek_401"]  # it spells nobody in two ways


def test_who_is_spelled_otherwise_in_a_folder_is_found_and_told(tmp_path: Path) -> None:
    keys(tmp_path, {f"Jörg Groß/{FILE}": right("j")})
    with enrolled(tmp_path, {f"Joerg Gross/{FILE}": right("j")}) as (intake, enrolment):
        assert [each.key for each in intake.students] == ["Jörg Groß"]
        assert "1 known by name or address from what was graded before: Joerg Gross = Jörg Groß." in enrolment.notes[0]


def test_namesakes_of_one_download_stay_two_and_a_worksheet_tells_them_apart(tmp_path: Path) -> None:
    zips = {f"Jan Schmidt_{n}_assignsubmission_file/{FILE}": right(n) for n in ("301", "302")}
    (tmp_path / "without").mkdir()
    assert keys(tmp_path / "without", zips) == ["Jan Schmidt_301", "Jan Schmidt_302"]
    sheet = "Identifier,Name,Email,Status,Grade,Maximum,Can,Submitted,Graded,Comments\n" + "".join(
        f"Participant {n},Jan Schmidt,jan{n}@x.example,Submitted,,10,Yes,-,-,\n" for n in ("301", "302", "303")
    )
    with enrolled(tmp_path, zips, sheet) as (intake, enrolment):
        assert [each.email for each in intake.students if each.key.startswith("Jan Schmidt_")] == [
            "jan301@x.example",
            "jan302@x.example",
        ]
        assert len(intake.students) == 3
        assert enrolment.notes == []


def test_what_fits_two_is_listed_and_graded_under_its_own_name(tmp_path: Path) -> None:
    table = "login,name\njan1,Jan Schmidt\njan2,Jan Schmidt\nbo,Bo Ek\n"
    with enrolled(tmp_path, {f"Jan Schmidt/{FILE}": right("j"), f"xx/{FILE}": right("x")}, table) as (
        intake,
        enrolment,
    ):
        assert [each.key for each in intake.students] == ["Jan Schmidt", "bo", "jan1", "jan2", "xx"]
        assert "as Jan Schmidt (jan1) or Jan Schmidt (jan2), and nothing tells which" in enrolment.notes[0]
        assert enrolment.notes[1] == "1 who handed in is not in class.csv: xx."


def test_two_folders_of_one_person_are_one_hand_in(tmp_path: Path) -> None:
    table = "login,id,name\nbo,7,Bo Ek\n"
    with enrolled(tmp_path, {f"bo/{FILE}": wrong("b"), "7/answers.yaml": "norm_after_20: 1\n"}, table) as (intake, _):
        assert len(intake.students) == 1
        (found,) = hand_ins(intake).values()
        assert found.submission is not None


def test_a_team_s_hand_in_reaches_its_members(tmp_path: Path) -> None:
    table = "name,login,group\nBo Ek,bo,Team A\nCy Ox,cy,Team A\nDi Palm,di,Team B\nEd Roy,ed,Team B\nFi Sol,fi,\n"
    files = {f"ekbo_101_9001_{FILE}": right("bo"), f"Team B_302_assignsubmission_file/{FILE}": wrong("b")}
    with enrolled(tmp_path, {f"ekbo_101_9001_{FILE}": right("bo")}, table) as (intake, _):
        found = hand_ins(intake)
        assert found["cy"].submission == found["ekbo_101"].submission
        assert found["cy"].remarks[-1] == "Handed in by ekbo_101 for Team A."
        assert [key for key, each in found.items() if each.submission is None] == ["di", "ed", "fi"]
    (tmp_path / "moodle").mkdir()
    with enrolled(tmp_path / "moodle", {key: files[key] for key in files if "302" in key}, table) as (intake, _):
        assert [key for key, each in hand_ins(intake).items() if each.submission] == ["di", "ed"]
        assert {each.system for each in intake.students} == {""}  # the group's number is nobody's


def test_moodle_s_default_group_is_all_who_are_in_none_whatever_it_is_called(tmp_path: Path) -> None:
    files = {f"{name}_assignsubmission_file/{FILE}": right(name) for name in ("Team A_302", "Standardgruppe")}
    table = "name,login,group\nBo Ek,bo,Team A\nCy Ox,cy,Team A\nDi Palm,di,Team B\nFi Sol,fi,\nGo Tal,go,\n"
    with enrolled(tmp_path, files, table) as (intake, _):
        texts = {key: each.submission and each.submission.source for key, each in hand_ins(intake).items()}
    of_rest, of_team = right("Standardgruppe"), right("Team A_302")
    assert texts == {"bo": of_team, "cy": of_team, "di": None, "fi": of_rest, "go": of_rest}


def test_namesakes_of_whom_the_gradebook_knows_are_told(tmp_path: Path) -> None:
    """Moodle's numbers are of one assignment: which of two was there before can't be told."""
    assert keys(tmp_path, {f"Ada Ek_1_assignsubmission_file/{FILE}": right("a")}) == ["Ada Ek_1"]
    later = {f"Ada Ek_{number}_assignsubmission_file/{FILE}": right(number) for number in ("7", "8")}
    with enrolled(tmp_path, later) as (intake, enrolment):
        assert [each.key for each in intake.students] == ["Ada Ek_7", "Ada Ek_8"]
        assert len(enrolment.notes) == 1
        assert "graded under a name of its own: Ada Ek_7; Ada Ek_8." in enrolment.notes[0]
    with enrolled(tmp_path, later) as (_, enrolment):  # by now they are known by their own names
        assert enrolment.notes == []


MOODLE = """\
ID,Nom complet,Groupe,Note,Note maximale,Modification (travail),Modification (note),Feedback
Participant 1,Di Palm,{di},,10,"lundi 2 novembre 2026, 10:00",-,
Participant 2,Ed Quin,rouge,,10,"lundi 2 novembre 2026, 10:00",-,
Participant 3,Fi Roe,bleu,,10,"lundi 2 novembre 2026, 10:00",-,
"""


def test_groups_are_remembered_until_another_table_tells(tmp_path: Path) -> None:
    red = {f"rouge_302_assignsubmission_file/{FILE}": right("red")}
    with enrolled(tmp_path, red, MOODLE.format(di="rouge")) as (_, enrolment):
        assert enrolment.notes == []
    with enrolled(tmp_path, red) as (intake, enrolment):
        assert [key for key, each in hand_ins(intake).items() if each.submission] == ["Di Palm", "Ed Quin"]
        assert "1 counted for the members that the last roster told: rouge_302." in enrolment.notes[0]
        assert {each.system for each in intake.students} == {""}
    with enrolled(tmp_path, red, MOODLE.format(di="bleu")) as (intake, _):
        assert [key for key, each in hand_ins(intake).items() if each.submission] == ["Ed Quin"]
    with enrolled(tmp_path, {f"bleu_309_assignsubmission_file/{FILE}": right("blue")}) as (intake, _):
        assert [key for key, each in hand_ins(intake).items() if each.submission] == ["Di Palm", "Fi Roe"]


def test_a_team_is_remembered_for_those_who_did_not_hand_in(tmp_path: Path) -> None:
    table = "login,name,group\nbo,Bo Ek,red\ncy,Cy Ox,red\ndi,Di Palm,blue\n"
    with enrolled(tmp_path, {f"bo/{FILE}": right("b")}, table) as (intake, _):
        assert [key for key, each in hand_ins(intake).items() if each.submission] == ["bo", "cy"]
    with enrolled(tmp_path, {f"cy/{FILE}": right("again")}) as (intake, _):
        found = hand_ins(intake)
        assert found["bo"].submission == found["cy"].submission
        assert found["bo"].remarks[-1] == "Handed in by cy for red."
        assert "di" not in found


def test_in_groups_of_which_most_hand_in_several_nobody_has_another_s_points(tmp_path: Path) -> None:
    """A column `Groupe` can be the hour in which somebody comes to class."""
    table = "login,Groupe\n" + "".join(f"{who},TD{who[0]}\n" for who in ("1a", "1b", "1c", "2a", "2b", "3a", "3b"))
    handed_in = {f"{who}/{FILE}": right(who) for who in ("1a", "1b", "2a", "2b", "3a")}
    with enrolled(tmp_path, handed_in, table) as (intake, _):
        found = hand_ins(intake)
        assert [key for key, each in found.items() if each.submission is None] == ["1c", "3b"]
        assert found["3b"].remarks[-1] == (
            "3a of TD3 handed in, which counts for nobody else: in most groups several handed in."
        )


def test_of_two_who_handed_in_neither_counts_for_their_team(tmp_path: Path) -> None:
    table = "login,group\nbo,red\ncy,red\ndi,red\n"
    with enrolled(tmp_path, {f"bo/{FILE}": right("b"), f"cy/{FILE}": wrong("c")}, table) as (intake, _):
        found = hand_ins(intake)
        assert found["di"].submission is None
        assert "neither counts for all" in found["di"].remarks[-1]
        assert found["bo"].submission != found["cy"].submission


def test_a_gradebook_from_before_rosters_goes_on(tmp_path: Path) -> None:
    with Gradebook.open(tmp_path / "gradebook.db") as gradebook:
        for table in ("member", "identity"):
            gradebook._connection.execute(f"DROP TABLE {table}")
        gradebook._connection.execute("ALTER TABLE override DROP COLUMN points")
        gradebook._connection.execute("PRAGMA user_version = 2")
        gradebook.enrol([("Bo Ek_3", "Bo Ek", "moodle", "3", "")])
    with Gradebook.read(tmp_path) as old:
        assert [each.section for each in old.students()] == [""]
    assert keys(tmp_path, {f"Bo Ek_9_assignsubmission_file/{FILE}": right("b")}) == ["Bo Ek_3"]


def test_names_of_a_zip_are_read_as_who_is_known_is_called(gradecheck: Command, tmp_path: Path) -> None:
    """With the roster, and then without it."""
    in_old_encoding(tmp_path / "s.zip", ["김철수"], "cp949")
    (tmp_path / "class.csv").write_text("name,login\n김 철수,kim\n", encoding="utf-8")
    asked = ("batch", "s.zip", "--out", "out", "--exercise", "exercise-04")
    for more in (("--roster", "class.csv"), ()):
        done = gradecheck(*asked, *more)
        assert done.code == 0, done.err
        assert "1 student, 1 row" in done.out
        assert "garbled" not in done.err


def test_a_batch_with_a_roster(gradecheck: Command, tmp_path: Path) -> None:
    write(tmp_path / "s", {f"bo/{FILE}": right("bo")})
    (tmp_path / "class.csv").write_bytes("login;name;section\r\nbo;Ek, Bo;Mon\r\ncy;Öx, Cy;Tue\r\n".encode("cp1252"))
    asked = ("batch", "s", "--out", "out", "--exercise", "exercise-04", "--roster")
    done = gradecheck(*asked, "class.csv")
    assert done.code == 1, done.err
    with (tmp_path / "out" / "grades.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = [(row["student"], row["status"], row["name"], row["section"]) for row in csv.DictReader(file)]
    assert rows == [("bo", "graded", "Ek, Bo", "Mon"), ("cy", "missing", "Öx, Cy", "Tue")]
    refused = gradecheck(*asked, "nothing.csv")
    assert (refused.code, refused.err) == (2, "Error: nothing.csv can't be read: No such file or directory.\n")
