"""Every layout that systems export, through the command, from the files to the rows."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest

from tests.command import Command
from tests.handing_in import BELIEF, FILE, RIGHT, right, rows, write, wrong, zipped

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


@pytest.mark.parametrize("name", LAYOUTS)
def test_every_layout_gives_each_student_a_row(name: str, gradecheck: Command, tmp_path: Path) -> None:
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
