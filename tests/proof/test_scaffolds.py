"""Each thing that `gradecheck new` begins, filled in as an author would: `validate` finds nothing more to say."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from autograder.course.discovery import CourseRoot
from autograder.course.loader import load_exercise
from tests.command import Command
from tests.proof.filled import EMPTY

PARAMETERS = "self.W = torch.nn.Parameter(torch.eye(size))\n        self.b = torch.nn.Parameter(torch.ones(size))"
#: By kind, what stands in the files whose work no text can tell: the bodies, in the order in which they are left open.
BODIES = {
    "class": {
        "solutions/piggy-bank/piggy_bank.py": ["self.sum = start", "self.sum += number", "return self.sum"],
        "solutions/piggy-bank/accepted/another_style.py": [
            "self.parts = [start]", "self.parts.append(number)", "return sum(self.parts)",
        ],
        "solutions/piggy-bank/misconceptions/piggy-bank-belief.py": [
            "self.sum = start", "self.sum = number", "return self.sum",
        ],
    },
    "measure": {
        "solutions/decay/decay.py": ["return start / np.arange(1, steps + 1)"],
        "solutions/decay/accepted/another_style.py": ["return np.array([start / (k + 1) for k in range(steps)])"],
        "solutions/decay/misconceptions/decay-belief.py": ["return start / np.arange(2, steps + 2)"],
    },
    "module": {
        "solutions/mixing/mixing.py": [PARAMETERS, "return x @ self.W.T + self.b"],
        "solutions/mixing/accepted/another_style.py": [
            PARAMETERS, "return torch.einsum('ij,...j->...i', self.W, x) + self.b",
        ],
        "solutions/mixing/misconceptions/mixing-belief.py": [PARAMETERS, "return x @ self.W + self.b"],
    },
    "script": {
        "solutions/total/total.py": ["print(sum(int(word) for word in text.split()))"],
        "solutions/total/accepted/another_style.py": [
            "try:\n    print(sum(map(int, input().split())))\nexcept EOFError:\n    print(0)",
        ],
        "solutions/total/misconceptions/total-belief.py": ["print(sum(abs(int(word)) for word in input().split()))"],
    },
    "drill": {},
}  # fmt: skip
IDS = {"class": "piggy-bank", "module": "mixing", "script": "total", "measure": "decay", "drill": "first-numbers"}
KINDS = {"class": "build", "module": "build", "script": "implement", "measure": "measure", "drill": "drill"}
ASKED_FOR = {
    "class": {"PiggyBank"}, "module": {"Mixing"}, "script": set(), "measure": {"decay"}, "drill": {"first", "second"},
}  # fmt: skip


def fill(root: Path, bodies: dict[str, list[str]]) -> None:
    """Write a body for each that is left open, and a word for every other TODO."""
    for path in sorted(path for path in root.rglob("*.*") if path.is_file()):
        text = path.read_text()
        for body in bodies.get(str(path.relative_to(root)), []):
            text = re.sub(r"raise NotImplementedError  # TODO: .*", body, text, count=1)
        text = re.sub(r" +# TODO: .*", "", text)
        path.write_text(re.sub(r"TODO: ", "Here is ", text))


@pytest.mark.parametrize("kind", IDS)
def test_what_is_begun_and_filled_in_is_proved(gradecheck: Command, tmp_path: Path, kind: str) -> None:
    root, name = tmp_path / "course", IDS[kind]
    (root / "solutions").mkdir(parents=True)
    (root / "course.yaml").write_text(EMPTY)
    begun = gradecheck("new", kind, name, course=root)
    assert begun.code == 0, begun.err
    assert f"solutions/{name}/" in begun.out
    assert "TODO: " in begun.out
    fill(root, BODIES[kind])
    (root / "solutions" / name / "figures.yaml").unlink(missing_ok=True)
    finished = gradecheck("validate", "--json", course=root)
    assert (finished.code, finished.report["problems"]) == (0, []), finished.err
    tallies = finished.report["exercises"][name]
    assert tallies["known_wrong"]["right"] == tallies["known_wrong"]["of"] > 0
    exercise = load_exercise(CourseRoot.at(root), name)
    assert exercise.kind == KINDS[kind]
    assert exercise.required_names == ASKED_FOR[kind]


def test_a_script_that_is_given_away_is_pointed_at(gradecheck: Command, tmp_path: Path) -> None:
    root = tmp_path / "course"
    (root / "solutions").mkdir(parents=True)
    (root / "course.yaml").write_text(EMPTY)
    assert gradecheck("new", "script", "total", course=root).code == 0
    fill(root, BODIES["script"])
    stub = root / "exercises" / "total" / "total.py"
    stub.write_text("import sys\n\nprint(sum(int(word) for word in sys.stdin.read().split()))\n")
    done = gradecheck("validate", "total", "--fast", "--no-mutants", "--json", course=root)
    told = [(each["file"], each["sentence"]) for each in done.report["problems"]]
    assert any(
        said.startswith("The stub scores 3 points, and must score none: without any work it passes '")
        for file, said in told
        if file == str(stub)
    )
