"""Every layout that systems export: who handed in what; and, through the command, from the files to the rows."""

from __future__ import annotations

import html
from collections.abc import Mapping
from pathlib import Path

import pytest

from autograder.course.tasks import Task
from autograder.intake import HandIn, IntakeError, open_intake
from tests.command import Command
from tests.handing_in import BELIEF, FILE, RIGHT, WRONG, right, rows, write, wrong, zipped

TASK = Task("exercise-04", "exercise", "Tanh", FILE, frozenset({"tanh_jacobian"}), 10.0)
GRADESCOPE = """---
submission_101:
  :submitters:
  - :name: Ada Lovelace
    :sid: '1815'
    :email: ada@example.org
  :created_at: 2026-11-01 10:00:00.000000000 Z
submission_102:
  :submitters:
  - :name: Bo
    :sid: '1816'
    :email: bo@example.org
  - :name: Cy
    :sid: '1817'
    :email: cy@example.org
submission_103:
  :submitters:
  - :name: Ada Lovelace
    :sid: '1815'
    :email: ada@example.org
"""


def as_page(program: str) -> str:
    """A program as it comes out of a text box: a paragraph a line, indented by blanks that don't break."""
    lines = (html.escape(line).replace("    ", "&nbsp;&nbsp; &nbsp;") for line in program.splitlines())
    return "".join(f"<p>{line or '<br>'}</p>\n" for line in lines)


#: name: (files, what the layout is called, student: "right", "wrong", "late" (and right) or "missing").
LAYOUTS: dict[str, tuple[dict[str, str], str, dict[str, str]]] = {
    "a folder of folders": (
        {f"ada/{FILE}": right("ada"), f"bo/{FILE}": wrong("bo"), "cy/notes.txt": "nothing yet"},
        "folders and files named after students",
        {"ada": "right", "bo": "wrong", "cy": "missing"},
    ),
    "a folder of files": (
        {"ada.py": right("ada"), "bo_tanh_jacobian.py": wrong("bo"), "exercise-04-cy.py": right("cy")},
        "folders and files named after students",
        {"ada": "right", "bo": "wrong", "cy": "right"},
    ),
    "files of all kinds": (
        {
            "ada.txt": right("ada"),
            "bo.py.txt": wrong("bo"),
            "cy": right("cy"),
            "slides.pdf": "%PDF",
            "notes.txt": "Mine.",
        },
        "folders and files named after students",
        {"ada": "right", "bo": "wrong", "cy": "right"},
    ),
    "Teams": (
        {
            f"Submitted files/Ada L/HW/Version 1/{FILE}": wrong("ada, first"),
            f"Submitted files/Ada L/HW/Version 10/{FILE}": right("ada, again"),
            f"Submitted files/Ada L/HW/Version 9/{FILE}": wrong("ada, second"),
            f"Submitted files/Bo Ek/HW/Version 1/{FILE}": wrong("bo"),
            f"Working files/Bo Ek/HW/{FILE}": right("bo, a draft"),
        },
        "folders and files named after students",
        {"Ada L": "right", "Bo Ek": "wrong"},
    ),
    "exercises with students in them": (
        {f"exercise-04/ada/{FILE}": right("ada"), "exercise-04/bo.py": wrong("bo")},
        "folders named after exercises, with students in them",
        {"ada": "right", "bo": "wrong"},
    ),
    "GitHub Classroom": (
        {
            f"exercise-04-ada-l/{FILE}": right("ada"),
            f"exercise-04-bo/{FILE}": wrong("bo"),
            "exercise-04-cy/README.md": "",
        },
        "GitHub Classroom, assignment exercise-04",
        {"ada-l": "right", "bo": "wrong", "cy": "missing"},
    ),
    "nbgrader": (
        {f"submitted/ada/exercise-04/{FILE}": right("ada"), f"submitted/bo/exercise-04/{FILE}": wrong("bo")},
        "nbgrader",
        {"ada": "right", "bo": "wrong"},
    ),
    "Canvas": (
        {
            f"lovelaceada_1815_9001_{FILE}": wrong("ada, first"),
            "lovelaceada_1815_9003_tanh_jacobian-1.py": right("ada, again"),
            f"bo_LATE_1816_9002_{FILE}": right("bo"),
        },
        "Canvas",
        {"lovelaceada_1815": "right", "bo_1816": "late"},
    ),
    "Canvas, anonymous": (
        {f"anon_77_9001_{FILE}": wrong("ada"), f"LATE_anon_78_9002_{FILE}": right("bo")},
        "Canvas",
        {"anon_77": "wrong", "anon_78": "late"},
    ),
    "Moodle": (
        {
            f"Ada Lovelace_11_assignsubmission_file/{FILE}": right("ada"),
            f"Bo Ek_12_assignsubmission_file_/{FILE}": wrong("bo"),
            "Cy Ox_13_assignsubmission_onlinetext/onlinetext.html": "<p>Sorry</p>",
        },
        "Moodle",
        {"Ada Lovelace_11": "right", "Bo Ek_12": "wrong", "Cy Ox_13": "missing"},
    ),
    "Moodle, flat": (
        {
            f"Ada Lovelace_11_assignsubmission_file_{FILE}": right("ada"),
            f"Bo Ek_12_assignsubmission_file_{FILE}": wrong("bo"),
        },
        "Moodle",
        {"Ada Lovelace_11": "right", "Bo Ek_12": "wrong"},
    ),
    "Moodle, blind": (
        {f"Participant_11_assignsubmission_file/{FILE}": right("ada")},
        "Moodle",
        {"Participant_11": "right"},
    ),
    "sections": (
        {
            f"section-A/ada/{FILE}": right("ada"),
            f"section-A/bo/{FILE}": wrong("bo"),
            f"section-B/cy/{FILE}": right("cy"),
        },
        "sections with students in them",
        {"ada": "right", "bo": "wrong", "cy": "right"},
    ),
    "a class in two folders": (
        {f"homework/all/{student}/{FILE}": right(student) for student in ("ada", "bo", "cy")},
        "sections with students in them",
        {"ada": "right", "bo": "right", "cy": "right"},
    ),
    "Canvas, typed in": (
        {
            f"lovelaceada_1815_9001_{FILE}": right("ada"),
            f"ek_1816_9002_{FILE}": wrong("bo"),
            "cy_LATE_1817_text.html": f"<html><body>{as_page(right('cy'))}</body></html>",
            "dora_1818_text.html": "<p>I was ill.</p>",
            "emil_1819_link.html": '<a href="https://example.org/work.py">my work</a>',
        },
        "Canvas",
        {
            "lovelaceada_1815": "right",
            "ek_1816": "wrong",
            "cy_1817": "late",
            "dora_1818": "missing",
            "emil_1819": "missing",
        },
    ),
    "Moodle, teams": (
        {
            f"Team A_302_assignsubmission_file/{FILE}": right("ada"),
            f"Default group_assignsubmission_file/{FILE}": wrong("bo"),
            "Cy Ox_13_assignsubmission_onlinetext/onlinetext.html": as_page(right("cy")),
        },
        "Moodle",
        {"Team A_302": "right", "Default group": "wrong", "Cy Ox_13": "right"},
    ),
    "Blackboard": (
        {
            f"HW 4_ada_attempt_2026-11-01-10-00-00_{FILE}": wrong("ada, first"),
            f"HW 4_ada_attempt_2026-11-02-10-00-00_{FILE}": right("ada, again"),
            "HW 4_ada_attempt_2026-11-02-10-00-00.txt": "Name: Ada\nSubmission Field:\n\nComments:\n",
            f"HW 4_bo_attempt_2026-11-01-10-00-00_{FILE}": wrong("bo"),
            "HW 4_cy_attempt_2026-11-01-10-00-00.txt": f"Name: Cy\nSubmission Field:\n{right('cy')}\nComments:\n",
        },
        "Blackboard",
        {"ada": "right", "bo": "wrong", "cy": "right"},
    ),
    "Blackboard, in Spanish": (
        {
            f"Tarea_4_ada_intento_2026-11-01-10-00-00_{FILE}": wrong("ada, first"),
            f"Tarea_4_ada_intento_2026-11-02-10-00-00_{FILE}": right("ada, again"),
            "Tarea_4_ada_intento_2026-11-02-10-00-00.txt": "Nombre: Ada (ada)\n",
            f"Tarea_4_bo_intento_2026-11-01-10-00-00_{FILE}": wrong("bo"),
        },
        "Blackboard",
        {"ada": "right", "bo": "wrong"},
    ),
    "Brightspace": (
        {
            f"11-22 - Ada Lovelace - Nov 9, 2026 1015 AM/{FILE}": wrong("ada, first"),
            f"11-22 - Ada Lovelace - Nov 10, 2026 915 PM/{FILE}": right("ada, again"),
            f"12-22 - Bo Ek - Nov 9, 2026 1015 AM/{FILE}": wrong("bo"),
            "index.html": "",
        },
        "Brightspace",
        {"Ada Lovelace_11": "right", "Bo Ek_12": "wrong"},
    ),
    "Sakai": (
        {
            f"HW 4/Lovelace, Ada(ada)/Submission attachment(s)/{FILE}": right("ada"),
            "HW 4/Lovelace, Ada(ada)/timestamp.txt": "20261101",
            f"HW 4/Ek, Bo(bo)/Submission attachment(s)/{FILE}": wrong("bo"),
            f"HW 4/Ek, Bo(bo)/Feedback Attachment(s)/{FILE}": right("their teacher"),
            "HW 4/Ox, Cy(cy)/Ox, Cy(cy)_submissionText.html": as_page(right("cy")),
            "HW 4/Todd, Dora(dora)/timestamp.txt": "",
            "HW 4/grades.csv": "",
        },
        "Sakai",
        {"ada": "right", "bo": "wrong", "cy": "right", "dora": "missing"},
    ),
    "Sakai, without folders": (
        {
            f"HW 4/Lovelace, Ada(ada)_Submission attachment(s)_{FILE}": right("ada"),
            f"HW 4/Ek, Bo(bo)_Submission attachment(s)_{FILE}": wrong("bo"),
            "HW 4/Ek, Bo(bo)_comments.txt": "see me",
            "HW 4/Ox, Cy(cy)_submissionText.html": as_page(right("cy")),
            "HW 4/grades.csv": "",
        },
        "Sakai",
        {"ada": "right", "bo": "wrong", "cy": "right"},
    ),
    "Sakai, in German": (
        {
            f"HW 4/Lovelace, Ada(ada)/Anhänge zur Einreichung/{FILE}": right("ada"),
            "HW 4/Lovelace, Ada(ada)/timestamp.txt": "20261101",
            f"HW 4/Ek, Bo(bo)/Anhänge zur Einreichung/{FILE}": wrong("bo"),
            f"HW 4/Ek, Bo(bo)/Rückmeldung - Anhänge/{FILE}": right("their teacher"),
            "HW 4/Ek, Bo(bo)/timestamp.txt": "20261101",
            "HW 4/Ox, Cy(cy)/Ox, Cy(cy)_submissionText.html": as_page(right("cy")),
            "HW 4/Ox, Cy(cy)/timestamp.txt": "20261101",
            "HW 4/grades.csv": "",
        },
        "Sakai",
        {"ada": "right", "bo": "wrong", "cy": "right"},
    ),
    "ILIAS": (
        {
            f"Lovelace_Ada_ada_1234/{FILE}": right("ada"),
            f"Ek_Bo_bo_ek_1235/{FILE}": wrong("bo"),
            f"de_la_Cruz_Ana_cruz_1236/{FILE}": right("ana"),
        },
        "ILIAS",
        {"ada": "right", "bo_ek": "wrong", "cruz": "right"},
    ),
    "Gradescope": (
        {
            "submission_metadata.yml": GRADESCOPE,
            f"submission_101/{FILE}": wrong("ada, first"),
            f"submission_102/{FILE}": wrong("bo and cy"),
            f"submission_103/src/{FILE}": right("ada, again"),
        },
        "Gradescope",
        {"1815": "right", "1816": "wrong", "1817": "wrong"},
    ),
}


def check_rows(out: Path, expected: Mapping[str, str]) -> None:
    found = rows(out)
    assert {student for student, _ in found} == set(expected)
    for student, what in expected.items():
        row = found[student, "exercise-04"]
        assert row.status == ("missing" if what == "missing" else "graded")
        assert row.score == (10.0 if what in ("right", "late") else 0.0) or what == "wrong"
        assert row.beliefs == ((BELIEF,) if what == "wrong" else ())
        assert row.late == (what == "late")


def code(source: str) -> str:
    """The lines of a program, without the blank ones that a text box adds."""
    return "\n".join(line.rstrip() for line in source.splitlines() if line.strip())


def what(hand_in: HandIn) -> str:
    """What a student handed in, by the words of LAYOUTS."""
    if hand_in.submission is None:
        return "missing"
    assert hand_in.submission.problem is None
    given = code(hand_in.submission.source)
    (kind,) = (kind for kind, program in (("right", RIGHT), ("wrong", WRONG)) if given.startswith(code(program)))
    return "late" if hand_in.late else kind


@pytest.mark.parametrize("name", LAYOUTS)
def test_every_layout_tells_who_handed_in_what(name: str, tmp_path: Path) -> None:
    files, layout, expected = LAYOUTS[name]
    with open_intake(write(tmp_path / "in", files), [TASK]) as intake:
        assert intake.layout == layout
        assert {each.student.key: what(each) for each in intake.hand_ins(TASK, [TASK])} == expected


@pytest.mark.parametrize("name", ["a folder of folders", "Canvas, typed in", "Moodle, teams", "Gradescope"])
def test_what_a_layout_tells_becomes_a_row_for_each_student(name: str, gradecheck: Command, tmp_path: Path) -> None:
    files, layout, expected = LAYOUTS[name]
    done = gradecheck("batch", write(tmp_path / "in", files), "--out", "out", "--exercise", "exercise-04")
    assert done.code == (0 if set(expected.values()) <= {"right", "late"} else 1), done.err
    assert f"Read as {layout}.\n" in done.err
    check_rows(tmp_path / "out", expected)


@pytest.mark.parametrize("wrapping", ["", "submissions/"])
def test_a_zip_is_read_like_the_folder_it_was_made_of(wrapping: str, gradecheck: Command, tmp_path: Path) -> None:
    files, layout, expected = LAYOUTS["Moodle"]
    archive = zipped(tmp_path / "class.zip", {wrapping + name: content for name, content in files.items()})
    done = gradecheck("batch", archive, "--out", "out", "--exercise", "exercise-04")
    assert f"Read as {layout}.\n" in done.err
    check_rows(tmp_path / "out", expected)


def test_without_a_name_all_is_graded_that_came_in(gradecheck: Command, tmp_path: Path) -> None:
    """Two exercises in each student's folder, one of them a drill, whose numbers stand in YAML."""
    files = {
        f"ada/exercise-04/{FILE}": RIGHT,
        "ada/exercise-01/answers.yaml": "norm_after_20: 0.000798\n",
        f"bo/{FILE}": RIGHT,
    }
    done = gradecheck("batch", write(tmp_path / "in", files), "--out", "out")
    found = rows(tmp_path / "out")
    assert done.code == 1
    assert {key: row.status for key, row in found.items()} == {
        ("ada", "exercise-01"): "graded",
        ("ada", "exercise-04"): "graded",
        ("bo", "exercise-01"): "missing",
        ("bo", "exercise-04"): "graded",
    }
    assert 0 < found["ada", "exercise-01"].score < found["ada", "exercise-04"].score


#: pattern: (files, student: section).
PATTERNS: dict[str, tuple[list[str], dict[str, str]]] = {
    "{student}/*": ([f"submitted/hw/{FILE}", f"submission_1/{FILE}"], {"submission_1": "", "submitted": ""}),
    "{section}/{student}/{exercise}/*": (
        [f"A/ada/exercise-04/{FILE}", f"B/bo/exercise-04/deep/{FILE}"],
        {"ada": "A", "bo": "B"},
    ),
    "*/{student}/*": ([f"A/ada/{FILE}", f"B/bo/{FILE}"], {"ada": "", "bo": ""}),
    "hw4-{student}-{attempt}.py": (["hw4-ada-1.py", "hw4-ada-2.py", "hw4-bo-x-9.py"], {"ada": "", "bo-x": ""}),
}


@pytest.mark.parametrize("pattern", PATTERNS)
def test_a_pattern_says_where_the_student_stands(pattern: str, tmp_path: Path) -> None:
    paths, expected = PATTERNS[pattern]
    write(tmp_path, {path: f"{RIGHT}# {path}\n" for path in paths} | {"notes.txt": ""})
    with open_intake(tmp_path, [TASK], pattern) as intake:
        assert {student.key: student.section for student in intake.students} == expected
        found = {each.student.key: each.submission for each in intake.hand_ins(TASK, [TASK])}
        assert any("notes.txt" in note for note in intake.notes)
    for student, submission in found.items():
        assert submission is not None
        assert submission.source.endswith(f"# {[path for path in paths if student in path][-1]}\n")


@pytest.mark.parametrize(
    ("layout", "sentence"),
    [
        ("canvas", "Nothing in class is named as canvas names it."),
        ("canvass", "There is no layout 'canvass'. It is one of plain, sections, github-classroom"),
        ("{studnt}/*", "between braces stands one of attempt, exercise, section, student"),
        ("{section}/*", "must hold {student} once"),
        (None, "Is ada one student, or are first and second students in it? Say --layout plain for the first"),
    ],
)
def test_a_layout_that_can_not_be_is_asked_about(layout: str | None, sentence: str, tmp_path: Path) -> None:
    write(tmp_path / "class", {f"ada/first/{FILE}": RIGHT, f"ada/second/{FILE}": RIGHT})
    with pytest.raises(IntakeError) as asked:
        open_intake(tmp_path / "class", [TASK], layout)
    assert sentence in str(asked.value)


@pytest.mark.parametrize(("layout", "students"), [("plain", ["ada"]), ("sections", ["first", "second"])])
def test_the_answer_is_taken(layout: str, students: list[str], tmp_path: Path) -> None:
    write(tmp_path, {f"ada/first/{FILE}": RIGHT, f"ada/second/{FILE}": RIGHT})
    with open_intake(tmp_path, [TASK], layout) as intake:
        assert [student.key for student in intake.students] == students


def test_logins_with_underscores_stay_apart(tmp_path: Path) -> None:
    files = [f"HW_4_{login}_attempt_2026-11-01-10-00-00_{FILE}" for login in ("j_smith", "k_smith", "o.neil")]
    write(tmp_path, dict.fromkeys(files, RIGHT))
    with open_intake(tmp_path, [TASK]) as intake:
        assert [student.key for student in intake.students] == ["j_smith", "k_smith", "o.neil"]


def test_a_file_is_named_after_a_student_with_any_sign_between_the_names(tmp_path: Path) -> None:
    """Google Classroom writes ` - ` there."""
    write(tmp_path, dict.fromkeys([f"Ada Lovelace - {FILE}", f"Zoé D'Arc_{FILE}", f"Bo-Ek__{FILE}"], RIGHT))
    with open_intake(tmp_path, [TASK]) as intake:
        assert [student.key for student in intake.students] == ["Ada Lovelace", "Bo-Ek", "Zoé D'Arc"]


@pytest.mark.parametrize(
    ("folders", "asked"),
    [(("hw-04-ada", "hw-04-b-o"), "hw-04-"), (("ada", "b-o"), ""), (("student-01", "student-02"), "")],
)
def test_clones_without_their_git_folder_are_asked_about(folders: tuple[str, ...], asked: str, tmp_path: Path) -> None:
    write(tmp_path / "class", {f"{folder}/{FILE}": RIGHT for folder in folders})
    with open_intake(tmp_path / "class", [TASK]) as intake:
        assert len(intake.students) == 2
        said = [note for note in intake.notes if "--layout github-classroom" in note]
        assert said == [note for note in said if f"begin with {asked}." in note]
        assert len(said) == bool(asked)


def test_clones_without_their_git_folder_are_read_where_that_is_said(tmp_path: Path) -> None:
    write(tmp_path / "class", {f"hw-4-{user}/{FILE}": RIGHT for user in ("ada", "b-o")})
    with open_intake(tmp_path / "class", [TASK]) as intake:
        assert [student.key for student in intake.students] == ["hw-4-ada", "hw-4-b-o"]
    with open_intake(tmp_path / "class", [TASK], "github-classroom") as intake:
        assert [(student.key, student.system) for student in intake.students] == [("ada", "github"), ("b-o", "github")]


def test_folders_that_all_students_have_make_no_sections(tmp_path: Path) -> None:
    names = [f"{student}/{folder}/{FILE}" for student in ("ada", "bo") for folder in ("old", "new")]
    write(tmp_path, dict.fromkeys(names, RIGHT))
    with open_intake(tmp_path, [TASK]) as intake:
        assert [student.key for student in intake.students] == ["ada", "bo"]


@pytest.mark.parametrize(
    ("files", "asked"),
    [
        (["A/ada.py", "A/bo.py", "B/cy.py", "B/di.py"], True),
        (["A/ada.zip", "A/bo.tar.gz", "B/cy.zip"], True),
        (["A/main.py", "A/util.py", "B/main.py", "B/util.py"], False),
        (["A/tanh_jacobian_v2.py", "A/a.py", "B/m.py", "B/u.py"], False),
        (["A/a.py", "A/u.py", "B/b.py", "C/c.py"], False),
    ],
)
def test_files_that_may_be_people_s_in_sections_are_asked_about(files: list[str], asked: bool, tmp_path: Path) -> None:
    write(tmp_path, {file: f"{RIGHT}# {file}" for file in files})
    if asked:
        with pytest.raises(IntakeError, match=r"Is A one student, or are .*--layout sections for the second"):
            open_intake(tmp_path, [TASK])
    with open_intake(tmp_path, [TASK], "sections" if asked else None) as intake:
        assert len(intake.students) == (len(files) if asked else len({file[0] for file in files}))


@pytest.mark.parametrize(
    ("known", "students"),
    [
        (["Bo", "B", "A"], None),
        (["ada", "Zoe"], ["ada", "bo", "cy", "di"]),
        (["a", "Zoe"], ["A", "B"]),
        (["Zoe", "1"], None),
    ],
)
def test_who_is_known_tells_sections_from_students(
    known: list[str], students: list[str] | None, tmp_path: Path
) -> None:
    write(tmp_path, {file: f"{RIGHT}# {file}" for file in ("A/ada.py", "A/bo.py", "B/cy.py", "B/di.py")})
    if students is None:
        with pytest.raises(IntakeError, match="Is A one student"):
            open_intake(tmp_path, [TASK], known=known)
        return
    with open_intake(tmp_path, [TASK], known=known) as intake:
        assert [student.key for student in intake.students] == students


def test_a_table_beside_the_folder_of_a_system_is_no_other_layout(tmp_path: Path) -> None:
    folders = ("Lovelace_Ada_ada_1234", "Ek_Bo_bo_1235")
    files = {f"HW 4/Abgaben/{folder}/{FILE}": f"{RIGHT}# {folder}\n" for folder in folders}
    with open_intake(zipped(tmp_path / "in.zip", {**files, "HW 4/status.xlsx": ""}), [TASK]) as intake:
        assert intake.layout == "ILIAS"
        assert [student.key for student in intake.students] == ["ada", "bo"]


def test_one_name_in_two_sections_is_two_students(tmp_path: Path) -> None:
    names = ["A/ada", "A/bo", "A/cy", "A/dora", "B/ada", "B/emil", "B/fritz"]
    write(tmp_path, {f"{name}/{FILE}": f"{RIGHT}# {name}\n" for name in names})
    with open_intake(tmp_path, [TASK]) as intake:
        assert [student.key for student in intake.students if student.name == "ada"] == ["ada (A)", "ada (B)"]


def test_where_some_names_are_in_several_folders_it_is_asked_whose_they_are(tmp_path: Path) -> None:
    """Two sections with a namesake, or two students who keep what is old: nothing tells."""
    names = ["A/ada", "A/bo", "B/ada", "B/cy"]
    write(tmp_path, {f"{name}/{FILE}": f"{RIGHT}# {name}\n" for name in names})
    with pytest.raises(IntakeError, match=r"Is A one student, or are ada and bo students in it\? Say --layout plain"):
        open_intake(tmp_path, [TASK])
    with open_intake(tmp_path, [TASK], "sections") as intake:
        assert [student.key for student in intake.students] == ["ada (A)", "ada (B)", "bo", "cy"]


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("9 de noviembre de 2026 2315", "10 de noviembre de 2026 115"),
        ("Nov 3, 2026 1115 AM", "Nov 3, 2026 115 PM"),
        ("noviembre 3, 2026 9:15 p. m.", "noviembre 3, 2026 10:15 p. m."),
        ("3 nov., 2026 1115 p.m.", "4 nov., 2026 1215 a.m."),
        ("30 juin 2026 9 h 15", "1 juillet 2026 8 h 15"),
        ("31. März 2026 0915", "1. April 2026 0915"),
        ("28 de fevereiro de 2026 0915", "1 de março de 2026 0915"),
        ("31 juli 2026 0915", "1 augustus 2026 0915"),
        ("31 luglio 2026 0915", "1 agosto 2026 0915"),
        ("31 maj 2026 0915", "1 juni 2026 0915"),
        ("31 Ağustos 2026 0915", "1 Eylül 2026 0915"),
        ("2026年9月30日 1015", "2026年10月3日 915"),
        ("2026年11月3日 上午1115", "2026年11月3日 下午115"),
        ("2026년 11월 3일 오전 11:15", "2026년 11월 3일 오후 1:15"),
    ],
)
def test_the_later_attempt_counts_in_whatever_language_brightspace_writes(
    first: str, second: str, tmp_path: Path
) -> None:
    write(tmp_path, {f"12-34 - Ada Ek - {when}/{FILE}": f"{RIGHT}# {when}\n" for when in (second, first)})
    with open_intake(tmp_path, [TASK]) as intake:
        (ada,) = intake.hand_ins(TASK, [TASK])
    assert ada.submission is not None
    assert second in ada.submission.source
    assert len(ada.earlier) == 1


@pytest.mark.parametrize(
    ("name", "key"),
    [(f"ek_101_9001_{FILE}", "ek_101"), (f"Bo Ek_301_assignsubmission_file/{FILE}", "Bo Ek_301"),
     (f"hw_ek_attempt_2026-05-01-10-00-00_{FILE}", "ek")],
)  # fmt: skip
def test_what_an_instructor_keeps_beside_hand_ins_makes_no_other_layout(name: str, key: str, tmp_path: Path) -> None:
    write(tmp_path, {name: RIGHT, "grades.csv": "a,b", "README.md": "Mine.", "roster.XLSX": "x", "todo.txt": "x"})
    with open_intake(tmp_path, [TASK]) as intake:
        assert [student.key for student in intake.students] == [key]
        assert intake.notes == [
            "Left out, for nothing shows that it is a student's: README.md, grades.csv, roster.XLSX, todo.txt."
        ]


@pytest.mark.parametrize("name", ["ada.rar", "ada.7z", "ada.tar.gz", "ada (1).tgz"])
def test_an_archive_is_its_student_s_whether_or_not_it_can_be_read(name: str, tmp_path: Path) -> None:
    write(tmp_path, {name: "Rar!", "bo.py": RIGHT})
    with open_intake(tmp_path, [TASK]) as intake:
        ada, _ = intake.hand_ins(TASK, [TASK])
    assert ada.student.key == "ada"
    assert ada.submission is not None
    assert name in str(ada.submission.problem)


def test_a_few_names_make_no_layout(tmp_path: Path) -> None:
    """A student's own folder can have any name: more than half must fit."""
    names = [f"ada/{FILE}", f"bo/{FILE}", f"submission_1/{FILE}", f"submitted/{FILE}", "x_1_2_notes.txt"]
    write(tmp_path, dict.fromkeys(names, RIGHT) | {names[-1]: "Mine."})
    with open_intake(tmp_path, [TASK]) as intake:
        assert [student.key for student in intake.students] == ["ada", "bo", "submission_1", "submitted"]


def test_a_recording_is_called_one(tmp_path: Path) -> None:
    write(tmp_path, {f"ek_101_9001_{FILE}": RIGHT, "ox_102_media.html": "<video src='x'></video>"})
    with open_intake(tmp_path, [TASK]) as intake:
        said = {each.student.key: each.remarks for each in intake.hand_ins(TASK, [TASK])}
    assert said["ox_102"] == (f"A recording was handed in: {FILE} itself is needed.",)


def test_a_folder_that_is_named_as_a_hand_in_is_no_file_beside_what_lies_in_it(tmp_path: Path) -> None:
    write(tmp_path / "class", {f"ada_101_9001_{FILE}/{FILE}": right("ada"), f"bo_102_9002_{FILE}": wrong("bo")})
    with open_intake(tmp_path / "class", [TASK], "canvas") as intake:
        ada = next(iter(intake.hand_ins(TASK, [TASK])))
    assert ada.submission is not None
    assert ada.submission.problem is None
    assert not any("files fit" in remark for remark in ada.remarks), ada.remarks
