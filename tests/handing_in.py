"""What students hand in, and what the gradebook says of it then."""

from __future__ import annotations

import json
import zipfile
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import msgspec

from autograder.course import CourseRoot, load_exercise
from autograder.gradebook.book import Gradebook
from autograder.gradebook.rows import Result
from tests.command import REPOSITORY
from tests.files import write as write

_SOLUTION = REPOSITORY / "solutions" / "exercise-04"
FILE = "tanh_jacobian.py"
STUB = (REPOSITORY / "exercises" / "exercise-04" / FILE).read_text()
RIGHT = (_SOLUTION / FILE).read_text()
BELIEF = "jacobian-transposed"
WRONG = (_SOLUTION / "misconceptions" / f"{BELIEF}.py").read_text()
HALF = RIGHT[: 2 * len(RIGHT) // 3] + "(("
DRILL = "answers.yaml"
DRILL_ANSWERS = "norm_after_20: 0.000798\n"


def right(student: str) -> str:
    """A right program with bytes of its own."""
    return f"{RIGHT}\n# {student}\n"


def wrong(student: str) -> str:
    """A program that shows `BELIEF`, with bytes of its own."""
    return f"{WRONG}\n# {student}\n"


def begun(exercise_id: str, belief: str, function: str) -> str:
    """A program that shows a belief, of which this function is written and the stub's others are still to come."""
    exercise = load_exercise(CourseRoot.at(REPOSITORY), exercise_id)
    wrong = REPOSITORY / "solutions" / exercise_id / "misconceptions" / f"{belief}.py"
    others = (name for name in exercise.required_names if name != function)
    open_ends = [f"def {name}(*arguments):\n    raise NotImplementedError\n" for name in others]
    return "\n\n".join([wrong.read_text(encoding="utf-8"), *open_ends])


def zipped(path: Path, files: Mapping[str, str | bytes] | Iterable[tuple[str | zipfile.ZipInfo, str | bytes]]) -> Path:
    """A zip of files, in their order."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items() if isinstance(files, Mapping) else files:
            archive.writestr(name, content)
    return path


def in_old_encoding(path: Path, names: Sequence[str], encoding: str) -> Path:
    """A zip of a class whose folders' names are in an encoding that it doesn't tell."""
    raws = [f"{name}/{FILE}".encode(encoding) for name in names]
    places = ["#" * (len(raw) - 1) + chr(65 + at) for at, raw in enumerate(raws)]
    data = zipped(path, dict.fromkeys(places, RIGHT)).read_bytes()
    for place, raw in zip(places, raws, strict=True):
        data = data.replace(place.encode(), raw)
    path.write_bytes(data)
    return path


@dataclass(frozen=True)
class Row:
    """What a row of the gradebook comes to, without moments and durations."""

    status: str
    score: float
    beliefs: tuple[str, ...]
    late: bool
    remarks: str
    file: str


def rows(out: Path) -> dict[tuple[str, str], Row]:
    """Every row, by student and exercise."""
    return {(result.student, result.exercise): _row(result) for result in results(out)}


def results(out: Path) -> list[Result]:
    """Every row as it is kept."""
    with Gradebook.read(out / "gradebook.db") as gradebook:
        return list(gradebook.results())


def _row(result: Result) -> Row:
    remarks = " ".join(result.remarks)
    return Row(result.status, result.score, tuple(result.misconceptions), result.late, remarks, result.file)


def contents(out: Path) -> list[dict[str, Any]]:
    """Everything that a gradebook says, without when and how long: equal for equal submissions."""
    with Gradebook.read(out / "gradebook.db") as gradebook:
        said = []
        for result, report in gradebook.reports():
            row: dict[str, Any] = msgspec.structs.asdict(result) | {"graded_at": "", "seconds": 0.0, "handed_in": ""}
            row["report"] = None if report is None else _timeless(msgspec.to_builtins(report))
            said.append(row)
        return said


def _timeless(report: dict[str, Any]) -> dict[str, Any]:
    checks = [check | {"seconds": 0.0} for check in report["checks"]]
    return report | {"seconds": 0.0, "checks": checks}


def json_lines(text: str) -> tuple[list[dict[str, Any]], dict[str, Any]]:
    """The lines of `batch --json`: the results, and the summary, which comes last."""
    lines = [json.loads(line) for line in text.splitlines()]
    assert all(line["schema"] == 1 for line in lines)
    assert [line["type"] for line in lines] == ["result"] * (len(lines) - 1) + ["summary"]
    return lines[:-1], lines[-1]
