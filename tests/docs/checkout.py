"""A folder in which every command of the documents can be run: the course, and a class that handed in exercise-04.

Four students: Ada is right, Emmy wrong and late, Alan's folder is empty, Grace's file is no text. The same files lie
there in each layout that the documents speak of.
"""

from __future__ import annotations

import shutil
import zipfile
from pathlib import Path

from tests.docs.reading import REPOSITORY
from tests.proof.filled import SOLUTION, WRITTEN

_FILE = "tanh_jacobian.py"
_RIGHT = REPOSITORY / "solutions" / "exercise-04" / _FILE
_WRONG = REPOSITORY / "docs" / "sample" / _FILE
_EDITOR = f"""#!/bin/sh
# Stands for a person with an editor: the stub is filled in wrongly, and what is wrong is then put right.
if grep -q NotImplementedError "$1"; then cp '{_WRONG}' "$1"; else cp '{_RIGHT}' "$1"; fi
"""
_ROSTER = """Student,ID,SIS User ID,SIS Login ID,Section,exercise-04 (77)
    Points Possible,,,,,10
"Lovelace, Ada",101,S1,ada,A,
"Noether, Emmy",102,S2,emmy,A,
"""
_WORKSHEET = (
    "Identifier,Full name,Email address,Status,Grade,Maximum Grade,Grade can be changed,"
    "Last modified (submission),Last modified (grade),Feedback comments\n"
    "Participant 101,Ada Lovelace,ada@example.org,Submitted,,10.00,Yes,-,-,\n"
    "Participant 102,Emmy Noether,emmy@example.org,Submitted,,10.00,Yes,-,-,\n"
)


def check_out(folder: Path) -> Path:
    """Puts course, class and editor into `folder`, and says where it is."""
    for name in ("exercises", "solutions", "quizzes", "docs/sample"):
        shutil.copytree(REPOSITORY / name, folder / name, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(REPOSITORY / "course.yaml", folder)
    _hand_in(folder)
    editor = folder / "editor"
    editor.write_text(_EDITOR, encoding="utf-8")
    editor.chmod(0o755)
    (folder / "canvas.csv").write_text(_ROSTER, encoding="utf-8")
    (folder / "worksheet.csv").write_text(_WORKSHEET, encoding="utf-8")
    return folder


def write_what_is_left(course: Path) -> None:
    """What an author does after `gradecheck new`: every TODO that is there is filled in."""
    for name, replacements in WRITTEN.items():
        file = course / name
        for old, new in replacements if file.is_file() else ():
            file.write_text(file.read_text(encoding="utf-8").replace(old, new, 1), encoding="utf-8")
    belief = course / SOLUTION / "misconceptions" / "leaky-step-belief.py"
    if belief.is_file():
        belief.rename(belief.with_name("one-taken-away.py"))


def _hand_in(folder: Path) -> None:
    submissions = folder / "submissions"
    for student in ("ada", "alan", "emmy", "grace"):
        (submissions / student).mkdir(parents=True)
    shutil.copy(_RIGHT, submissions / "ada" / _FILE)
    shutil.copy(_WRONG, submissions / "emmy" / "tanh_jacobian (1).py")
    (submissions / "grace" / _FILE).write_bytes(b"\x00\x01\x02")
    with zipfile.ZipFile(folder / "submissions.zip", "w") as archive:
        archive.write(_RIGHT, f"lovelaceada_101_9001_{_FILE}")
        archive.write(_WRONG, f"noetheremmy_LATE_102_9002_{_FILE}")
    with zipfile.ZipFile(folder / "moodle.zip", "w") as archive:
        archive.write(_RIGHT, f"Ada Lovelace_101_assignsubmission_file/{_FILE}")
        archive.write(_WRONG, f"Emmy Noether_102_assignsubmission_file/{_FILE}")
