"""Which of several files is graded, and what is said of the others: the work, never the stub, and the newest of it."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path

import pytest

from autograder.course import CourseRoot, load_course
from autograder.course.tasks import Task, course_tasks
from autograder.intake import HandIn, open_intake
from autograder.several_files import joined
from tests.command import REPOSITORY
from tests.handing_in import FILE, RIGHT, STUB, write, zipped
from tests.notebooks import notebook

TASKS = course_tasks(load_course(CourseRoot.at(REPOSITORY)))
TASK = next(task for task in TASKS if task.id == "exercise-04")
DRILL = next(task for task in TASKS if task.id == "exercise-01")
OLD = RIGHT + "# an older one\n"


def handed_in(folder: Path, files: Mapping[str, str | bytes], task: Task = TASK) -> HandIn:
    """Ann's hand-in. Each file is an hour newer than the one before it."""
    write(folder, files)
    for hour, name in enumerate(files):
        os.utime(folder / name, (1_700_000_000 + 3600 * hour,) * 2)
    with open_intake(folder, TASKS, layout="plain") as intake:
        (found,) = intake.hand_ins(task, [task])
    return found


@pytest.mark.parametrize(
    ("files", "counts", "said"),
    [
        ({f"ann/{FILE}": STUB, "ann/mine.py": RIGHT}, "mine.py", f"{FILE} (the stub as it was given)"),
        ({"ann/mine.py": RIGHT, f"ann/{FILE}": STUB}, "mine.py", f"{FILE} (the stub as it was given)"),
        (
            {f"ann/{FILE}": f"# Ann\n\n{STUB}", "ann/tanh_jacobian.ipynb": notebook(RIGHT)},
            "tanh_jacobian.ipynb",
            "stub",
        ),
        ({f"ann/{FILE}": "", "ann/old/final.py": RIGHT}, "final.py", f"{FILE} (not readable)"),
        ({f"ann/{FILE}": b"\0\1", "ann/answer.ipynb": notebook("import numpy", RIGHT)}, "answer.ipynb", "not readable"),
        ({f"ann/{FILE}": OLD, "ann/tanh_jacobian (1).py": RIGHT}, "tanh_jacobian (1).py", f"Not graded: {FILE}."),
        (
            {"ann/tanh_jacobian (2).py": RIGHT, "ann/tanh_jacobian (1).py": OLD},
            "tanh_jacobian (2).py",
            "jacobian (1).py",
        ),
        ({f"ann/{FILE}": OLD, "ann/tanh_jacobian - Kopie.py": RIGHT}, "tanh_jacobian - Kopie.py", f"graded: {FILE}."),
        ({f"ann/{FILE}": OLD, "ann/Copia de tanh_jacobian.py": RIGHT}, "Copia de tanh_jacobian.py", f"graded: {FILE}."),
        ({f"ann/new/{FILE}": OLD, f"ann/old/{FILE}": RIGHT}, FILE, f"old/{FILE} counts. Not graded: new/{FILE}."),
        ({f"ann/{FILE}": RIGHT, "ann/tanh_jacobian_v2.py": OLD}, FILE, "Not graded: tanh_jacobian_v2.py."),
        ({f"ann/{FILE} (1).txt": RIGHT}, f"{FILE} (1).txt", f"{FILE} (1).txt was taken for {FILE}."),
        ({"ann/tanh_jacobian.txt": RIGHT}, "tanh_jacobian.txt", f"tanh_jacobian.txt was taken for {FILE}."),
        ({f"ann/{FILE}": STUB, "ann/homework": RIGHT}, "homework", "it defines tanh_jacobian"),
        ({f"ann/{FILE}": RIGHT + "# own\n", "ann/tanh_jacobian.txt": OLD}, FILE, ""),
        ({f"ann/{FILE}": RIGHT, "ann/tanh_jacobian (1).py": STUB}, FILE, "(1).py (the stub as it was given)"),
        ({"ann/tanh_jacobian.ipynb": notebook(OLD), f"ann/{FILE}": RIGHT}, FILE, "Not graded: tanh_jacobian.ipynb."),
    ],
)
def test_the_work_is_graded_and_the_rest_is_named(
    files: dict[str, str | bytes], counts: str, said: str, tmp_path: Path
) -> None:
    found = handed_in(tmp_path / "in", files)
    assert found.submission is not None
    assert found.submission.problem is None
    assert found.submission.name == counts
    assert "an older one" not in found.submission.source
    assert said in " ".join(found.remarks)
    assert found.submission.remarks == found.remarks


def test_a_text_that_is_no_program_is_named_and_not_graded(tmp_path: Path) -> None:
    found = handed_in(tmp_path / "in", {"ann/tanh_jacobian.txt": "I could not do it.\n", "ann/LICENSE": "Free.\n"})
    assert found.submission is None
    assert "There is LICENSE, tanh_jacobian.txt." in " ".join(found.remarks)


def test_what_lies_highest_is_found_however_much_lies_beside_it(tmp_path: Path) -> None:
    libraries = {f"ann/anaconda/lib/{n}.py": "" for n in range(2100)}
    found = handed_in(tmp_path, {**libraries, f"ann/work/{FILE}": RIGHT})
    assert found.submission is not None
    assert found.submission.source == RIGHT


def test_a_zip_is_opened_where_the_stub_alone_lies_open(tmp_path: Path) -> None:
    zipped(tmp_path / "work.zip", {"homework/tanh_jacobian.py": RIGHT})
    found = handed_in(tmp_path / "in", {f"ann/{FILE}": STUB, "ann/work.zip": (tmp_path / "work.zip").read_bytes()})
    assert found.submission is not None
    assert found.submission.source == RIGHT
    assert "the stub as it was given" in " ".join(found.remarks)


def test_the_only_program_is_told_to_be_another_exercises(tmp_path: Path) -> None:
    other = next(task for task in TASKS if task.id == "exercise-05")
    found = handed_in(tmp_path, {"ann/homework.py": RIGHT}, other)
    assert "The file defines tanh_jacobian, which exercise-04 asks for" in found.remarks[-1]
    found = handed_in(tmp_path / "named", {f"ann/{other.file}": RIGHT}, other)
    assert "The file defines tanh_jacobian, which exercise-04 asks for" in found.remarks[-1]
    found = handed_in(tmp_path / "begun", {"ann/homework.py": f"{RIGHT}\ndef norm_bound(): ...\n"}, other)
    assert not any("asks for" in each for each in found.remarks)


def test_a_drill_that_is_filled_in_beats_an_empty_one(tmp_path: Path) -> None:
    files = {"ann/mine.yaml": DRILL.stub.replace("null", "0.5"), "ann/answers.yaml": DRILL.stub}
    found = handed_in(tmp_path / "in", files, DRILL)
    assert found.submission is not None
    assert found.submission.name == "mine.yaml"


@pytest.mark.parametrize("folder", ["ann/", "ann/week 4/"])
def test_modules_that_it_imports_come_along(folder: str, tmp_path: Path) -> None:
    program = f"from helpers import step\nfrom tools import deep\n{RIGHT}"
    files = {
        f"{folder}{FILE}": program,
        f"{folder}helpers.py": RIGHT,
        f"{folder}tools/__init__.py": "",
        f"{folder}tools/deep.py": "DEEP = 1\n",
        f"{folder}other.py": "raise SystemExit\n",
        "bo/helpers.py": "another's",
    }
    write(tmp_path / "in", files)
    with open_intake(tmp_path / "in", TASKS) as intake:
        found = next(each for each in intake.hand_ins(TASK, [TASK]) if each.student.key == "ann")
    assert found.submission is not None
    assert found.submission.name == FILE
    assert found.submission.modules == {"helpers": RIGHT, "tools.deep": "DEEP = 1\n"}


@pytest.mark.parametrize(
    ("program", "files", "wanted"),
    [
        ("from src.step import go", {"src/step.py": "X = 1\n"}, {"src.step": "X = 1\n"}),  # an editor's content root
        ("import sys; sys.path.append('lib')\nimport step", {"lib/step.py": "X = 1\n"}, {"step": "X = 1\n"}),
        ("import importlib\nstep = importlib.import_module('step')", {"src/step.py": "X = 1\n"}, {"step": "X = 1\n"}),
        ("try: import step\nexcept ImportError: pass", {"src/step.py": "X = 1\n"}, {"step": "X = 1\n"}),
        ("import random, numpy", {"lib/random.py": "X = 1\n", "numpy.py": "X = 1\n"}, {}),
    ],
)
def test_modules_are_found_where_editors_and_paths_find_them(
    program: str, files: dict[str, str], wanted: dict[str, str], tmp_path: Path
) -> None:
    write(tmp_path / "in" / "ann", {f"src/{FILE}": f"{program}\n{RIGHT}", **files})
    with open_intake(tmp_path / "in", TASKS, layout="plain") as intake:
        (found,) = intake.hand_ins(TASK, [TASK])
    assert found.submission is not None
    assert found.submission.modules == wanted
    assert not any("Not imported" in each for each in found.remarks)


@pytest.mark.parametrize(
    ("files", "named"),
    [
        ({"step.ipynb": notebook("X = 1")}, "step.ipynb"),
        ({"old/step.py": "X = 1\n", "new/step.py": "X = 2\n"}, "new/step.py, old/step.py"),
        ({"Step.py": "X = 1\n"}, "Step.py"),
    ],
)
def test_what_a_program_cannot_import_of_what_came_in_is_told_to_the_student(
    files: dict[str, str], named: str, tmp_path: Path
) -> None:
    write(tmp_path / "in" / "ann", {FILE: f"from step import X\n{RIGHT}", **files})
    with open_intake(tmp_path / "in", TASKS, layout="plain") as intake:
        (found,) = intake.hand_ins(TASK, [TASK])
    assert found.submission is not None
    assert found.submission.modules == {}
    assert found.submission.remarks[-1].startswith(f"Not imported: {named}. ")


def test_what_several_files_of_one_task_import_comes_along(tmp_path: Path) -> None:
    stub = joined({"area.py": "def area(x): ...\n", "volume.py": "def volume(x): ...\n"})
    task = Task(
        "solids", "exercise", "Solids", "solids", frozenset({"area", "volume"}), 1.0, stub, ("area.py", "volume.py")
    )
    files = {
        "area.py": "from tools import twice\ndef area(x): return twice(x)\n",
        "volume.py": "import area\ndef volume(x): return area.area(x)\n",
        "tools.py": "def twice(x): return 2 * x\n",
    }
    write(tmp_path / "in" / "ann", files)
    with open_intake(tmp_path / "in", [task], layout="plain") as intake:
        (found,) = intake.hand_ins(task, [task])
    assert found.submission is not None
    assert found.submission.problem is None
    assert found.submission.modules == {"tools": files["tools.py"]}


def test_a_file_of_another_task_of_the_batch_is_not_told_where_one_is_missing(tmp_path: Path) -> None:
    own = {f"ann/{FILE}": RIGHT, "bob/exercise-04/mine.py": RIGHT, f"cho/{FILE}": RIGHT, "cho/data.bin": "?"}
    write(tmp_path, own)
    other = next(task for task in TASKS if task.id == "exercise-09")
    with open_intake(tmp_path, TASKS, layout="plain") as intake:
        both = [hand_in.remarks for hand_in in intake.hand_ins(other, [TASK, other])]
        alone = [hand_in.remarks for hand_in in intake.hand_ins(other, [other])]
        quiz = next(task for task in TASKS if task.kind == "quiz")
        (of_quiz, *_) = [hand_in.remarks for hand_in in intake.hand_ins(quiz, [TASK, quiz])]
    nothing = f"Nothing fits {other.file}."
    assert both == [(nothing,), (nothing,), (f"{nothing} There is data.bin.",)]
    assert alone[0] == (f"{nothing} There is {FILE}.",)
    assert of_quiz == (f"Nothing fits {quiz.file}.",)  # a file of another kind
