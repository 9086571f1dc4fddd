"""Everyone in a class, from whichever table an instructor has."""

from __future__ import annotations

from pathlib import Path

import pytest

from autograder.gradebook import grades
from autograder.gradebook.book import Gradebook
from autograder.roster.class_list import read_class
from autograder.roster.people import Person
from autograder.roster.sheet import UnusableSheet
from tests import gradebooks

CANVAS = """\
Student,ID,SIS User ID,SIS Login ID,Section,Essay (7)
,,,,,Manual Posting
    Points Possible,,,,,10.00
"Ek, Bo",101,s1,bo,Mon,
"Ox, Cy",102,s2,cy,Tue,EX
"""
SPLIT = (
    "Nachname;Vorname;ID;Anmeldung;Kurs;Aufsatz (7)\n  Punkte möglich;;;;;10,00\nEk;Bo;101;bo;Mon;\nOx;Cy;102;cy;Tue;\n"
)
MOODLE = """\
Identifiant,"Nom complet",Courriel,Statut,Groupe,Note,"Note maximale",Modifiable,"Remis le","Noté le",Feedback
"Participant 11","Bo Ek",bo@x.example,Remis,"Équipe 1",,"20,00",Oui,"vendredi 1 mai 2026, 17:00",-,
"Participant 12","Cy Ox",cy@x.example,Remis,"Équipe 2",,"20,00",Oui,"vendredi 1 mai 2026, 17:00",-,
"""
PLAIN = "Login;Full Name;Section;Group\nbo;Bo Ek;Mon;red\ncy;Cy Ox;Tue;blue\n"
SURNAMES = "First name,Surname,Email address\nBo,Ek,bo@x.example\nCy,Ox,cy@x.example\n"
GROUPS = "name,canvas_user_id,login_id,sections,group_name\nBo Ek,101,bo,Mon,red\nCy Ox,102,cy,Tue,red\n"
GITHUB = """\
github_username,roster_identifier,points_awarded,points_available,group_name
bo-e,Bo Ek,0,10,red
cy-o,Cy Ox,0,10,red
"""
NUMBERED = "login,name,points,of\nu1,Bo Ek,3,10\nu2,Cy Ox,,10\n"


def read(text: str, folder: Path) -> list[Person]:
    (folder / "class.csv").write_text(text, encoding="utf-8")
    return read_class(folder / "class.csv")


@pytest.mark.parametrize("table", [CANVAS, SPLIT, MOODLE, PLAIN, SURNAMES, GROUPS, GITHUB, NUMBERED])
def test_everyone_is_in_it(table: str, tmp_path: Path) -> None:
    people = read(table, tmp_path)
    assert [sorted(each.name.replace(",", "").split()) for each in people] == [["Bo", "Ek"], ["Cy", "Ox"]]


@pytest.mark.parametrize(
    "table",
    [
        "Last Name,First Name,Email Address,HW\n,,Points,10\n,,Class average,8\nEk,Bo,bo@x,9\nOx,Cy,cy@x,\n",
        "First Name,Last Name,Email Address,HW\nDate,,,5/1\nPoints,,,10\nBo,Ek,bo@x,9\nCy,Ox,cy@x,\n",
        "Name;Login;Note\nBo Ek;bo;3\nCy Ox;cy;4\nDurchschnitt;;3,5\n",
        "Name,Login\nBo Ek,bo\nCy Ox,cy\nTotal: 2,\n",
        "Login,Name,HW\nbo,Bo Ek,3\ncy,Cy Ox,4\n,Average 3.5,\n,Number of students: 2,\n",
        "Login,Name\n# section A\nbo,Bo Ek\n\n# section B, in the evening\ncy,Cy Ox\n",
    ],
)
def test_a_line_about_the_class_is_nobody(table: str, tmp_path: Path) -> None:
    assert [sorted(each.name.replace(",", "").split()) for each in read(table, tmp_path)] == [
        ["Bo", "Ek"],
        ["Cy", "Ox"],
    ]


@pytest.mark.parametrize("table", [CANVAS, SPLIT, PLAIN, GROUPS])
def test_sections_come_along(table: str, tmp_path: Path) -> None:
    assert [each.section for each in read(table, tmp_path)] == ["Mon", "Tue"]


@pytest.mark.parametrize("title", ["Turma", "Groupe TD", "Übungsgruppe", "班级"])
def test_a_class_s_groups_are_sections_where_the_title_says_so(title: str, tmp_path: Path) -> None:
    assert [each.section for each in read(f"login,{title}\nbo,1\ncy,2\n", tmp_path)] == ["1", "2"]


@pytest.mark.parametrize("table", [CANVAS, SPLIT, GROUPS])
def test_ids_of_canvas_are_canvas_s(table: str, tmp_path: Path) -> None:
    assert [each.systems for each in read(table, tmp_path)] == [{("canvas", "101")}, {("canvas", "102")}]


@pytest.mark.parametrize("second", ["102", "1.00E+13"])
def test_in_canvas_s_gradebook_too_a_shortened_id_is_none_and_no_other_column_stands_in(
    second: str, tmp_path: Path
) -> None:
    rows = f'"Ek, Bo",1.00E+13,7,\n"Ox, Cy",{second},8,\n'
    (tmp_path / "class.csv").write_text(f"Student,ID,SIS User ID,Essay (7)\nPoints Possible,,,10\n{rows}")
    people = read_class(tmp_path / "class.csv")
    assert [each.name for each in people] == ["Ek, Bo", "Ox, Cy"]
    assert [dict(each.systems) for each in people] == [{}, {"canvas": second} if second == "102" else {}]
    assert [each.marks for each in people] == [{"7"}, {"8"}]


def test_a_login_that_is_a_word_and_a_number_is_no_participant(tmp_path: Path) -> None:
    assert [each.marks for each in read(NUMBERED, tmp_path)] == [{"u1"}, {"u2"}]
    assert next(each.marks for each in read(GITHUB.replace("bo-e", "user7").replace("cy-o", "user8"), tmp_path)) >= {
        "user7"
    }


def test_teams_are_of_the_column_group(tmp_path: Path) -> None:
    assert [each.team for each in read(PLAIN, tmp_path)] == ["red", "blue"]
    assert all("Équipe" in " ".join(each.groups) for each in read(MOODLE, tmp_path))


def test_the_roster_of_github_classroom_is_a_list(tmp_path: Path) -> None:
    (bo,) = read('"identifier","github_username","github_id","name"\n"Bo Ek","bo-e","77",""\n', tmp_path)
    assert (bo.names, bo.systems) == (("Bo Ek",), {("github", "bo-e")})


@pytest.mark.parametrize("shared", ["1,23457E+11", "1.23457e+11", "-", "n/a"])
def test_an_id_that_a_spreadsheet_shortened_or_that_several_have_is_none(shared: str, tmp_path: Path) -> None:
    people = read(f"id;login;name\n{shared};bo;Bo Ek\n{shared};cy;Cy Ox\n", tmp_path)
    assert [each.marks for each in people] == [{"bo"}, {"cy"}]


def test_an_id_that_a_spreadsheet_shortened_is_told(tmp_path: Path) -> None:
    told: list[object] = []
    (tmp_path / "class.csv").write_text("id;login;name\n1,23457E+11;bo;Bo Ek\n1,23457E+11;cy;Cy Ox\n7;di;Di\n")
    read_class(tmp_path / "class.csv", told.append)
    (said,) = map(str, told)
    assert "class.csv:2: a spreadsheet shortened the id '1,23457E+11', 2 in all, so nobody is found by these." in said


@pytest.mark.parametrize("written", ['"=""007"""', "'007", "#007", '="007"'])
def test_an_id_is_read_without_what_keeps_it_a_text(written: str, tmp_path: Path) -> None:
    (bo,) = read(f"id,name\n{written},Bo Ek\n", tmp_path)
    assert (bo.marks, bo.handles[1]) == ({"007"}, "007")
    assert read("id,name\n7.0,Bo Ek\n", tmp_path)[0].marks == {"7"}
    assert read("id;name\n12,000;Bo Ek\n", tmp_path)[0].marks == {"12,000"}  # it can be twelve thousand


@pytest.mark.parametrize(
    ("head", "names"),
    [
        ("Name;Vorname;Matrikelnummer", ("Ek, Bo",)),
        ("Nachname;Vorname;Benutzername", ("Ek, Bo",)),
        ("Apellido(s);Nombre;Número de ID", ("Ek, Bo",)),
        ("Nom;Prénom;Numéro d'identification", ("Ek, Bo",)),
        ("Surname;Name;Student number", ("Ek, Bo",)),
        ("Nombre completo;Grupo;Correo", ("Ek",)),
        ("Etternavn;Fornavn;Studentnummer", ("Ek, Bo",)),
        ("Nazwisko;Imię;Numer indeksu", ("Ek, Bo",)),
        ("姓;名;学号", ("Ek, Bo",)),
        ("성;이름;학번", ("Ek, Bo",)),
        ("氏名;グループ;学籍番号", ("Ek",)),
        ("Soyadı;Adı;Öğrenci No", ("Ek, Bo",)),
        ("Фамилия;Имя;Адрес электронной почты", ("Ek, Bo",)),
    ],
)
def test_columns_are_known_in_the_languages_of_instructors(head: str, names: tuple[str, ...], tmp_path: Path) -> None:
    (bo,) = read(f"{head}\nEk;Bo;x7\n", tmp_path)
    assert (bo.names, bo.marks) == (names, {"x7"})


def test_the_grades_that_a_batch_writes_are_a_class_list(tmp_path: Path) -> None:
    with Gradebook.read(gradebooks.write_gradebook(tmp_path)) as gradebook:
        grades.write(gradebook, tmp_path / "grades.csv")
        known = {each.student: each.name for each in gradebook.students()}
    people = read_class(tmp_path / "grades.csv")
    assert len(people) == len(known)
    (ada,) = (each for each in people if "ada lovelace_101" in each.marks)
    assert (ada.names, ada.marks) == (("Ada Lovelace",), {"ada lovelace_101", "ada@example.org"})


def test_a_dash_is_no_id_and_a_line_of_dashes_nobody(tmp_path: Path) -> None:
    (tmp_path / "class.csv").write_text("id,login,name\n-,bo,Bo Ek\n-,-,-\n#,,Cy Ox\n")
    assert [(each.name, each.marks) for each in read_class(tmp_path / "class.csv")] == [
        ("Bo Ek", {"bo"}), ("Cy Ox", frozenset()),
    ]  # fmt: skip


def test_a_login_of_a_word_and_a_number_is_somebody_s_at_the_end_too(tmp_path: Path) -> None:
    assert [each.marks for each in read("Login\nsum2\nbo\ntotal3\n", tmp_path)] == [{"sum2"}, {"bo"}, {"total3"}]


def test_an_id_after_a_hash_is_somebody_s_though_nothing_else_is_told(tmp_path: Path) -> None:
    people = read("OrgDefinedId,Username,Name\n#007,,\n#bo,#bo,Bo Ek\n# 12,cy,Cy Ox\n", tmp_path)
    assert [each.marks for each in people] == [{"007"}, {"bo"}, {"12", "cy"}]


@pytest.mark.parametrize(
    ("head", "names"),
    [
        ("Student Name (Last, First);Email (school);Roll No.", ("Ek, Bo",)),
        ("Name [as in the register];Student e-mail;Institutionsnummer", ("Ek, Bo",)),
        ("Name (first);Name (last);Email", ()),  # which is which isn't guessed
    ],
)
def test_what_a_title_adds_in_brackets_hides_no_column(head: str, names: tuple[str, ...], tmp_path: Path) -> None:
    (bo,) = read(f'{head}\n"Ek, Bo";bo@x.example;007\n', tmp_path)
    assert bo.names == names
    assert not names or bo.marks == {"bo@x.example", "007"}


def test_a_line_that_comes_twice_is_one_person(tmp_path: Path) -> None:
    people = read("login,group\nbo,red\nbo,blue\n", tmp_path)
    assert [(each.team, each.groups) for each in people] == [("red", {"red", "blue"})]
    assert read('login,groups\nbo,"red, blue"\n', tmp_path)[0].groups == {"red, blue", "red", "blue"}


def test_who_has_a_line_for_each_section_is_in_all_of_them(tmp_path: Path) -> None:
    """A policy gives them the latest of the sections' dates."""
    people = read("login,section\nbo,A\nbo,B\nbo,A\nbo,\ncy,\ncy,B\ndi,\ndi,\n", tmp_path)
    assert [each.section for each in people] == ["A, B", "B", ""]


@pytest.mark.parametrize(
    "header",
    [
        "Matricola;Cognome;Nome;Gruppo",
        "Número de matrícula;Sobrenome;Nome;Grupo",
        "Studentnummer;Achternaam;Voornaam;Groep",
    ],
)
def test_lists_of_other_languages_are_read(header: str, tmp_path: Path) -> None:
    (bo,) = read(f"{header}\n17;Ek;Bo;red\n", tmp_path)
    assert (bo.name, bo.marks, bo.team) == ("Ek, Bo", {"17"}, "red")


def test_the_table_beside_a_download_of_sakai_is_a_class_list(tmp_path: Path) -> None:
    header = '"Display ID","ID","Last Name","First Name","grade","Submission date","Late submission"'
    table = f'"Homework 4","Points"\n\n{header}\n"ada","u1","Lovelace","Ada","","",""\n"alan","u2","Turing","Alan"\n'
    assert [(each.name, each.marks) for each in read(table, tmp_path)] == [
        ("Lovelace, Ada", {"ada", "u1"}),
        ("Turing, Alan", {"alan", "u2"}),
    ]


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("login,name\nbo,Ek, Bo\n", "class.csv:2: there are more cells than in line 1"),
        ("name\nann\nEk, Bo\n", "class.csv:3: line 1 names one column, name, and there are 2 cells here. Put quotes"),
        ("E-Mail\na@x; b@x\n", "class.csv:2: line 1 names one column, E-Mail, and there are 2 cells here. Put quotes"),
        ("points,grade\n1,2\n", "class.csv:1: there is no column id, login"),
        ("Class of 2026\n\npoints,grade\n1,2\n", "class.csv:3: there is no column id, login"),
        ("login,name\n", "there is nobody in it"),
    ],
)
def test_what_is_no_class_is_refused(text: str, sentence: str, tmp_path: Path) -> None:
    with pytest.raises(UnusableSheet, match=sentence):
        read(text, tmp_path)


def test_a_line_about_the_class_stands_above_or_below_the_students(tmp_path: Path) -> None:
    """Among them it is somebody whose login, or only name, is that word."""
    table = tmp_path / "class.csv"
    table.write_text("login\npoints\nada\nmedia\nsum\nzoe\naverage\ntotal\n")
    assert [sorted(each.marks) for each in read_class(table)] == [["ada"], ["media"], ["sum"], ["zoe"]]
