"""A class made up for measuring: right, wrong, broken and a few slow submissions, every one with bytes of its own.

The same exercise, size and seed give the same class.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
#: Of a hundred. "known wrong" is a belief of the course, "wrong" is wrong in a way that no belief explains.
_KINDS = {"right": 50, "known wrong": 30, "wrong": 5, "broken": 14, "slow": 1}
_SLOW = """

import time as _time
_end = _time.perf_counter() + 0.5
while _time.perf_counter() < _end:
    pass
"""


@dataclass(frozen=True)
class MadeUp:
    """How an exercise's submissions are made: its file, and what makes a right program wrong as no belief does."""

    exercise: str
    file: str
    spoil: str

    @property
    def solution(self) -> Path:
        return ROOT / "solutions" / self.exercise

    @property
    def stub(self) -> str:
        return (ROOT / "exercises" / self.exercise / self.file).read_text()


EXERCISES = {
    "exercise-04": MadeUp(
        "exercise-04",
        "tanh_jacobian.py",
        "\n\n_right = tanh_jacobian\n\n\ndef tanh_jacobian(*given):\n    return 1.01 * _right(*given)\n",
    ),
    "exercise-12": MadeUp(
        "exercise-12",
        "gru_cell.py",
        "\n\n_Right = GRUCell\n\n\nclass GRUCell(_Right):\n    def forward(self, x, h):\n"
        "        return 0.99 * super().forward(x, h)\n",
    ),
}


def submissions(exercise: str, count: int, seed: int = 0) -> Iterator[tuple[str, str]]:
    """`count` students, each with a program."""
    made_up, chance = EXERCISES[exercise], random.Random(f"{exercise} {seed}")
    reference = made_up.solution / made_up.file
    right = [reference.read_text(), *_programs(made_up.solution / "accepted")]
    sources = {
        "right": right,
        "known wrong": _programs(made_up.solution / "misconceptions"),
        "wrong": [program + made_up.spoil for program in right],
        "broken": list(_broken(right[0], made_up.stub)),
        "slow": [program + _SLOW for program in right],
    }
    for number in range(count):
        kind = chance.choices(list(_KINDS), list(_KINDS.values()))[0]
        yield f"student-{number:05}", f"{chance.choice(sources[kind])}\n# student {number}, class {seed}\n"


def write_class(folder: Path, exercise: str, count: int, seed: int = 0) -> Path:
    """A folder of folders with that class in it."""
    for student, source in submissions(exercise, count, seed):
        file = folder / student / EXERCISES[exercise].file
        file.parent.mkdir(parents=True)
        file.write_text(source)
    return folder


def _programs(folder: Path) -> list[str]:
    return [path.read_text() for path in sorted(folder.glob("*.py"))]


def _broken(right: str, stub: str) -> Iterator[str]:
    """What doesn't run: half a file, the stub, no function of that name, an import of what isn't there."""
    yield right[: 2 * len(right) // 3] + "(("
    yield stub.rstrip("\n")
    yield "import numpy as np\n\n\ndef something_else(x):\n    return x\n"
    yield f"import sympy_of_my_own\n{right}"
