"""One file never costs another student anything: a class of three, in which one hands in whatever chance makes."""

from __future__ import annotations

import io
import random
import zipfile
from pathlib import Path

import pytest

from autograder.course import CourseRoot, load_course
from autograder.course.tasks import course_tasks
from autograder.intake import Intake, open_intake
from tests.command import REPOSITORY, Command
from tests.handing_in import FILE, RIGHT, right, rows, write
from tests.notebooks import notebook

TASKS = course_tasks(load_course(CourseRoot.at(REPOSITORY)))
#: What chance puts into a file, beside single bytes: what has stopped graders before.
_SPLINTERS = [
    b"\\ud83d", b"\\udc00", b"\0", b"\xff\xfe", b"\xef\xbb\xbf", b"4.0", b"null", b"[" * 300, b"]", b'"', b"%",
    b"%%bash\n", b"!ls\n", b"# coding: idna\n", b"\r", b"\x0c", b"PK\x05\x06", b"../../", b"9" * 400, b"exit()\n",
    b"(", b"\n\tx\n", b"import helpers\n",
]  # fmt: skip


def archive() -> bytes:
    """A zip of a right program and another file."""
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as zipped:
        zipped.writestr(f"work/{FILE}", RIGHT)
        zipped.writestr("work/helpers.py", "STEP = 1\n")
    return written.getvalue()


WHOLE: dict[str, bytes] = {
    "tanh_jacobian.ipynb": notebook("%matplotlib inline", RIGHT, outputs=[{"text": "½ 😀"}]).encode(),
    "work.zip": archive(),
    FILE: RIGHT.encode(),
    "answers.yaml": b"norm_after_20: 0.7**20\nfirst: [1, 2]\n",
    "products.json": b'{"schema": 1, "course": "c", "quiz": "products", "answers": []}',
}


def mutated(data: bytes, chance: random.Random) -> bytes:
    """The same with a few places cut, doubled, flipped or splintered."""
    for _ in range(chance.randint(1, 4)):
        at = chance.randrange(len(data) + 1)
        length = chance.randint(1, 40)
        changed = [
            data[:at] + data[at + length :],
            data[:at] + data[at : at + length] * 2 + data[at + length :],
            data[:at] + chance.choice(_SPLINTERS) + data[at:],
            data[:at] + chance.randbytes(chance.randint(1, 4)) + data[at + 1 :],
        ]
        data = chance.choice(changed)
    return data


def taken_in(intake: Intake) -> None:
    """Everyone's hand-in for every task is a hand-in, and never a fault of ours."""
    for task in TASKS:
        for found in intake.hand_ins(task, TASKS):
            assert found.fault is None
            assert found.submission is None or found.submission.source.encode().decode() == found.submission.source


@pytest.mark.parametrize("name", WHOLE)
def test_whatever_comes_is_taken_in(name: str, tmp_path: Path) -> None:
    chance = random.Random(name)
    write(tmp_path, {f"s{number}/{name}": mutated(WHOLE[name], chance) for number in range(60)})
    with open_intake(tmp_path, TASKS) as intake:
        assert len(intake.students) == 60
        taken_in(intake)


def test_its_neighbours_keep_their_points(gradecheck: Command, tmp_path: Path) -> None:
    chance = random.Random("a class")
    odd = {f"bo-{number}/{name}": mutated(WHOLE[name], chance) for number in range(6) for name in list(WHOLE)[:3]}
    files = {f"ann/{FILE}": right("ann"), **odd, "cy/tanh_jacobian.ipynb": notebook(right("cy"))}
    done = gradecheck("batch", write(tmp_path / "in", files), "--out", "out", "--exercise", "exercise-04")
    found = rows(tmp_path / "out")
    assert done.code == 1, done.err
    assert len(found) == 8
    assert found["ann", "exercise-04"].score == found["cy", "exercise-04"].score == 10
    assert {row.status for row in found.values()} <= {"graded", "unreadable"}


def test_a_fault_of_ours_costs_one_row(small_course: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from autograder.intake import hand_in

    def fails(source: str, *rest: object) -> dict[str, str]:
        if "trip" in source:
            raise ZeroDivisionError("on purpose")
        return {}

    monkeypatch.setattr(hand_in, "modules", fails)
    write(tmp_path / "in", {"ann/twice.py": "def twice(x): ...\n", "bo/twice.py": "def twice(x): trip\n"})
    tasks = course_tasks(load_course(CourseRoot.at(small_course)))
    task = next(task for task in tasks if task.file == "twice.py")
    with open_intake(tmp_path / "in", tasks) as intake:
        ann, bo = intake.hand_ins(task, tasks)
    assert ann.submission is not None
    assert ann.fault is None
    assert bo.submission is None
    assert bo.fault == "Taking it in failed (ZeroDivisionError: on purpose)."
