"""What is explained where a check passes functions, by all that looks for reasons, and what can not be known."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from autograder.course import CourseRoot, load_course, load_exercise
from autograder.grading.grade import grade
from autograder.grading.submission import from_bytes
from tests.files import write

FILES = {
    "course.yaml": """format: 1
title: 'Functions'
units: [{id: first, title: 'First', exercises: [descend]}]
misconceptions:
  uphill: {title: 'Up the hill', concept: 'descent'}
""",
    "exercises/descend/exercise.yaml": """title: 'Descend'
kind: implement
file: descend.py
points: 2
takeaway: 'Now you know.'
hints: ['One.', 'Two.', 'Three.']
""",
    "exercises/descend/statement.md": "# Descend\n",
    "exercises/descend/descend.py": "def descend(slope, x, rate):\n    raise NotImplementedError\n",
    "solutions/descend/descend.py": """def descend(slope, x, rate):
    for _ in range(9):
        x = x - rate * slope(x)
    return x
""",
    "solutions/descend/misconceptions/uphill.py": '''r"""You went up."""


def descend(slope, x, rate):
    for _ in range(9):
        x = x + rate * slope(x)
    return x
''',
    "solutions/descend/checks.py": """import numpy as np
from autograder.checks import points


@points(1)
def test_one(agree, rng):
    r'''One number.'''
    a = float(rng.uniform(1, 2))
    agree("descend", lambda x: 2 * a * x, float(rng.normal()), 0.1)


@points(1)
def test_many(agree, rng):
    r'''Many numbers.'''
    agree("descend", np.sin, rng.normal(size=3), rate=0.5)
""",
}
COUNTING = """from autograder.checks import points


@points(2)
def test_counted(agree):
    r'''Each call counts.'''
    calls = []

    def slope(x):
        calls.append(x)
        return len(calls)

    agree("descend", slope, 1.0, 0.1)
"""


def explained(folder: Path, source: str, **changed: str) -> Any:
    root = CourseRoot.at(write(folder, {**FILES, **changed}))
    exercise = load_exercise(root, "descend")
    (report,) = grade(load_course(root), exercise, [from_bytes("descend.py", source.encode())])
    return report


@pytest.mark.parametrize(
    ("body", "kind", "title"),
    [
        ("    for _ in range(9):\n        x = x - -rate * slope(x)\n    return x\n", "belief", "Up the hill"),
        ("    for _ in range(9):\n        x = x - rate / slope(x)\n    return x\n", "line", "Look at line 3"),
        ("    for _ in range(9):\n        x = x - rate * slope(x)\n", "behaviour", "descend: it returns nothing"),
    ],
)
def test_a_wrong_program_is_explained_by_each_kind(tmp_path: Path, body: str, kind: str, title: str) -> None:
    report = explained(tmp_path, f"def descend(slope, x, rate):\n{body}")
    assert [(each.kind, each.title) for each in report.explanations] == [(kind, title)]


def test_a_function_that_counts_is_never_told_as_chance(tmp_path: Path) -> None:
    source = "def descend(slope, x, rate):\n    return x - rate * slope(x)\n"
    report = explained(tmp_path, source, **{"solutions/descend/checks.py": COUNTING})
    assert not report.passed
    assert not any(each.kind == "behaviour" for each in report.explanations)


REMEMBERS = """from autograder.checks import points


@points(1)
def test_slopes(agree):
    r'''One slope after the other.'''

    def ask(program):
        left = [4.0, 2.0, 1.0, 0.5, 0.0, 0.0, 0.0, 0.0, 0.0]
        return program.descend(lambda x: left.pop(0), 1.0, 0.1), len(left)

    agree(ask)


@points(1)
def test_one(agree, rng):
    r'''One number.'''
    a = float(rng.uniform(1, 2))
    agree("descend", lambda x: 2 * a * x, float(rng.normal()), 0.1)
"""


def test_a_question_that_makes_its_functions_is_asked_as_a_whole(tmp_path: Path) -> None:
    source = FILES["solutions/descend/misconceptions/uphill.py"]
    report = explained(tmp_path, source, **{"solutions/descend/checks.py": REMEMBERS})
    assert [check.misconception and check.misconception.id for check in report.checks] == ["uphill", "uphill"]


TAKING = {
    "exercises/descend/descend.py": "def total(items):\n    raise NotImplementedError\n",
    "solutions/descend/descend.py": "def total(items):\n    return sum(items)\n",
    "solutions/descend/misconceptions/uphill.py": (
        'r"""You took the items twice."""\n\n\ndef total(items):\n    return sum(items) + sum(items)\n'
    ),
    "solutions/descend/checks.py": """from autograder.checks import points


@points(1, show=True)
def test_once(agree, rng):
    r'''The items come once.'''
    agree("total", iter(rng.integers(1, 9, size=3).tolist()))


@points(1)
def test_list(agree, rng):
    r'''A list will do.'''
    agree("total", rng.integers(1, 9, size=3).tolist())
""",
}


@pytest.mark.parametrize(
    ("body", "statuses"),
    [
        ("return sum(items)", ["passed", "passed"]),
        ("return sum(items) + sum(items)", ["passed", "failed"]),
        ("return sum(items) + len(list(items))", ["passed", "failed"]),
        ("return sum(items[k] for k in range(len(items)))", ["error", "passed"]),
        ("next(items)\n    return sum(items)", ["failed", "error"]),
    ],
)
def test_each_program_takes_an_iterator_from_its_beginning(tmp_path: Path, body: str, statuses: list[str]) -> None:
    report = explained(tmp_path, f"def total(items):\n    {body}\n", **TAKING)
    assert [check.status for check in report.checks] == statuses
    if statuses[0] == "failed":
        assert "called with: items = an iterator" in report.checks[0].message
    if "+" in body and body.endswith("sum(items)"):
        assert [each.misconception for each in report.explanations] == ["uphill"]


RAISING = {
    "exercises/descend/descend.py": "def ask(f, x):\n    raise NotImplementedError\n",
    "solutions/descend/descend.py": "def ask(f, x):\n    return f(x) + 1\n",
    "solutions/descend/misconceptions/uphill.py": 'r"""You took off."""\n\n\ndef ask(f, x):\n    return f(x) - 1\n',
    "solutions/descend/checks.py": """import math

from autograder.checks import points


@points(1, show=True)
def test_root(agree, rng):
    r'''A root.'''
    agree("ask", lambda x: math.sqrt(x), float(rng.uniform(1, 2)))


@points(1)
def test_through(agree):
    r'''What the function raises comes through.'''
    def refuse(x):
        raise KeyError(f"no {x}")

    agree("ask", refuse, 2)
""",
}
LENT = "The function that your program was given raised ValueError"


@pytest.mark.parametrize(
    ("body", "said", "explained_by"),
    [
        (
            "return f(-x) + 1",
            LENT,
            "ask: for some arguments the function that it is given raises ValueError, called at line 2",
        ),
        (
            "try:\n        return f(x) + 1\n    except KeyError:\n        return 0",
            "ask: it returned the int 0, expected the KeyError of the function that it was given.",
            "ask: it returns a value where the function that it is given should raise KeyError",
        ),
        (
            "try:\n        return f(x) + 1\n    except KeyError:\n        raise ValueError('none')",
            "ask: it raised ValueError, expected the KeyError of the function that it was given.",
            "Look at line",
        ),
    ],
)
def test_what_a_function_of_the_check_raises_is_told_as_its_own(
    tmp_path: Path, body: str, said: str, explained_by: str
) -> None:
    report = explained(tmp_path, f"def ask(f, x):\n    {body}\n", **RAISING)
    assert any(said in check.message for check in report.checks)
    assert not any("Your program raised ValueError: math" in check.message for check in report.checks)
    assert any(each.title.startswith(explained_by) for each in report.explanations)
    assert not any("refuse" in each.title or "promised" in each.text for each in report.explanations)
