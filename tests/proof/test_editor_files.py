"""`gradecheck new editor` and `new course`: what VS Code is told, tried on what gradecheck says."""

from __future__ import annotations

import json
import re
import subprocess
import sys
import tempfile
from pathlib import Path

import jsonschema
import pytest
import yaml

from autograder.proof import editor
from tests.command import REPOSITORY, Command

BROKEN = "import numpy as np\n\n\ndef tanh_jacobian(h_prev, x, W_hh, W_xh, b):\n    return np.tahn(h_prev)\n"


def _task(number: int) -> dict:  # type: ignore[type-arg]
    tasks = json.loads(dict(editor.files(author=True))[".vscode/tasks.json"])["tasks"]
    return tasks[number]


def _run(task: dict, workspace: Path, file: Path) -> str:  # type: ignore[type-arg]
    """What a task prints, with the editor's variables filled in."""
    values = {
        "${command:python.interpreterPath}": sys.executable,
        "${workspaceFolder}": str(workspace),
        "${file}": str(file),
    }
    filled = [values.get(word, word) for word in (task["command"], *task["args"])]
    done = subprocess.run(
        filled, cwd=values[task["options"]["cwd"]], capture_output=True, text=True, timeout=300,
        env={"PATH": "/usr/bin:/bin", "GRADECHECK_DATA": str(workspace / "data"), "GRADECHECK_COURSE": str(REPOSITORY),
             "LANG": "C.UTF-8"},
    )  # fmt: skip
    return done.stdout + done.stderr


def _matched(task: dict, printed: str) -> list[tuple[str, int, str]]:  # type: ignore[type-arg]
    pattern = task["problemMatcher"]["pattern"]
    found = [re.match(pattern["regexp"], line) for line in printed.splitlines()]
    keys = pattern["file"], pattern["line"], pattern["message"]
    return [(each[keys[0]], int(each[keys[1]]), each[keys[2]]) for each in found if each]


@pytest.mark.parametrize("folder", ["exercise-04", "my work"])
def test_a_mistake_in_the_open_file_is_a_problem_of_the_editor(folder: str, tmp_path: Path) -> None:
    (tmp_path / folder).mkdir()
    file = tmp_path / folder / "tanh_jacobian.py"
    file.write_text(BROKEN)
    (tmp_path / "random.py").write_text("raise SystemExit('no part of the grader')\n")
    problems = _matched(_task(0), _run(_task(0), tmp_path, file))
    assert problems
    assert {(place, line) for place, line, _ in problems} == {(f"{folder}/tanh_jacobian.py", 5)}
    assert any("AttributeError" in message for _, _, message in problems)


def test_a_file_elsewhere_is_told_by_its_whole_path(tmp_path: Path) -> None:
    with tempfile.TemporaryDirectory() as elsewhere:  # a path that fits into a line
        file = Path(elsewhere) / "tanh_jacobian.py"
        file.write_text("def tanh_jacobian(:\n")
        ((place, line, message), *_) = _matched(_task(0), _run(_task(0), tmp_path, file))
    assert (place, line) == (str(file), 1)
    assert "syntax error" in message


def test_a_sound_report_is_no_problem(tmp_path: Path) -> None:
    right = REPOSITORY / "solutions/exercise-04/tanh_jacobian.py"
    assert _matched(_task(0), _run(_task(0), tmp_path, right)) == []


def test_what_validate_finds_is_a_problem_too(small_course: Path, tmp_path: Path) -> None:
    (small_course / "quizzes/products.yaml").write_text("format: 1\ntitle: 'Products'\n")
    done = Command(small_course)("validate", "products", course=small_course)
    assert ("quizzes/products.yaml", 1) in {(place, line) for place, line, _ in _matched(_task(1), done.out)}


def test_a_new_course_can_be_filled_and_its_files_have_their_schemas(gradecheck: Command, tmp_path: Path) -> None:
    done = gradecheck("new", "course", "leaky-memories")
    assert done.code == 0, done.err
    assert "leaky-memories/course.yaml:4: TODO: the title" in done.out
    course = tmp_path / "leaky-memories"
    assert gradecheck("new", "exercise", "leaky-step", course=course).code == 0
    assert gradecheck("new", "quiz", "review", course=course).code == 0
    schemas = json.loads((course / ".vscode/settings.json").read_text())["yaml.schemas"]
    of_file = {
        file: course / schema for schema, globs in schemas.items() for each in globs for file in course.glob(each)
    }
    assert {file.relative_to(course).as_posix() for file in of_file} == {
        "course.yaml", "exercises/leaky-step/exercise.yaml", "quizzes/review.yaml", "solutions/leaky-step/figures.yaml"
    }  # fmt: skip
    for file, schema in of_file.items():
        jsonschema.validate(yaml.safe_load(file.read_text()), json.loads(schema.read_text()))


def test_nothing_of_an_editor_s_is_overwritten(small_course: Path) -> None:
    (small_course / ".vscode").mkdir()
    (small_course / ".vscode/settings.json").write_text("{}")
    done = Command(small_course)("new", "editor", course=small_course)
    assert done.code == 2
    assert ".vscode/settings.json is there already" in done.err
    assert [path.name for path in (small_course / ".vscode").iterdir()] == ["settings.json"]
    assert "is there already" in Command(small_course.parent)("new", "course", small_course.name).err
