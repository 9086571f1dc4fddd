"""A course small enough to read at a glance, for the tests: one drill, one exercise in numpy, one quiz."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.files import write

FILES = {
    "course.yaml": r"""format: 1
title: 'A small course'
units:
  - id: first
    title: 'First: $\rho^T$'
    exercises: [exercise-01, exercise-02]
    quizzes: [products]
misconceptions:
  product-for-power:
    title: 'A product $0.7 \cdot 20$ taken for a power'
    concept: powers
  added-not-doubled:
    title: 'Two added, not multiplied by two'
    concept: doubling
id: a-small-course
""",
    "quizzes/products.yaml": r"""format: 1
title: 'Products of $\rho$'
questions:
  - id: two-steps
    kind: single
    concept: powers
    ask: 'What is left after two steps of $0.7$?'
    choices:
      - {id: power, correct: true, text: '$@{0.7**2:.2f}$', why: 'Two factors.'}
      - {id: sum, text: '$1.4$', misconception: product-for-power, why: 'That is the sum of two.'}
      - {id: none, text: 'None of these', misconception: added-not-doubled, why: 'The first is right.', pin: last}
    hints: ['What is left after one step?']
  - id: several
    kind: multiple
    concept: powers
    points: 2
    ask: 'Which are below one?'
    choices:
      - {id: half, correct: true, text: '$0.5^3$', why: 'It is $@{0.5**3}$.'}
      - {id: tenth, correct: true, misconception: added-not-doubled, text: '$0.1^2$', why: 'It is $@{0.1**2}$.'}
      - {id: double, misconception: product-for-power, text: '$2^2$', why: 'It is $4$.'}
      - {id: triple, misconception: product-for-power, text: '$3^2$', why: 'It is $9$.'}
  - id: many-steps
    kind: number
    concept: powers
    parameters:
      rho: {choose: [0.6, 0.7, 0.8]}
      T: {integer: [5, 9]}
    ask: 'What is left after $@{T}$ steps of $@{rho}$?'
    key: rho**T
    relative: 0.02
    right: 'It is $@{rho}^@{T} = @{rho**T:.3g}$.'
    traps:
      - {value: rho*T, misconception: product-for-power, why: 'You added $@{T}$ times.'}
""",
    "exercises/exercise-01/exercise.yaml": r"""title: 'Numbers that die'
kind: drill
file: answers.yaml
points: 3
takeaway: 'Powers die fast.'
hints: ['One.', 'Two.', 'Three.']
""",
    "exercises/exercise-01/statement.md": "# Numbers\n\nFind $0.7^{20}$.\n",
    "exercises/exercise-01/answers.yaml": "norm_after_20: null\n",
    "solutions/exercise-01/answers.yaml": r"""answers:
  norm_after_20:
    title: 'The norm of $(0.7 I)^{20}$'
    points: 2
    key: 0.7**20
    right: 'Twenty factors of 0.7.'
    traps:
      - value: 0.7*20
        misconception: product-for-power
        why: 'You added twenty times.'
consistency:
  - id: small
    title: 'It is small'
    points: 1
    holds: norm_after_20 < 0.01
    message: 'It must be below one percent.'
""",
    "exercises/exercise-02/exercise.yaml": r"""title: 'Twice $x$'
kind: implement
file: twice.py
needs: [numpy]
points: 3
limits: {call: 2, total: 10, memory: 512}
quiz: products
takeaway: 'Twice is two times.'
hints:
  - 'What is $2x$?'
  - 'Add it to itself.'
  - 'Multiply.'
checks:
  - id: worked_example
    title: 'The worked example'
    points: 1
    call: twice
    args: [[1.0, 2.0]]
    expect: [2.0, 4.0]
""",
    "exercises/exercise-02/statement.md": "# Twice\n\nWrite `twice(x)`, which is $2x$.\n",
    "exercises/exercise-02/twice.py": 'def twice(x):\n    raise NotImplementedError("Write twice.")\n',
    "solutions/exercise-02/twice.py": "def twice(x):\n    return 2 * x\n",
    "solutions/exercise-02/checks.py": (
        "from autograder.checks import points\n\nraise SystemExit('nobody may import this')\n\n\n"
        '@points(2, hint="Look again.")\ndef test_negative(agree):\n'
        '    """Negative numbers double too.\n\n    More.\n    """\n'
    ),
    "solutions/exercise-02/misconceptions/added-not-doubled.py": (
        'r"""You added two: $1 + 2 = 3$, and $2 \\cdot 1 = 2$."""\n\n\ndef twice(x):\n    return x + 2\n'
    ),
    "solutions/exercise-02/misconceptions/added-not-doubled--late.py": "def twice(x):\n    return 2.0 + x\n",
}


def write_course(root: Path) -> Path:
    """Writes the course into `root`, and says where it is."""
    return write(root, FILES)


def change(root: Path, name: str, old: str, new: str) -> None:
    """Replaces `old`, which must be there, in one file of the course."""
    text = (root / name).read_text(encoding="utf-8")
    assert old in text
    (root / name).write_text(text.replace(old, new, 1), encoding="utf-8")


@pytest.fixture
def small_course(tmp_path: Path) -> Path:
    """The folder of a fresh small course."""
    return write_course(tmp_path / "course")
