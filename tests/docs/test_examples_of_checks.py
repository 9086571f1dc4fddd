"""The reference and the checks that docs/authoring.md shows are graded as they stand there."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest

from autograder.course import CourseRoot, load_course, load_exercise
from autograder.grading.grade import grading
from autograder.grading.report import Report
from autograder.grading.submission import from_bytes
from tests.docs.reading import tokens
from tests.files import write

pytestmark = pytest.mark.docs

_COURSE = "format: 1\ntitle: 'Shown'\nunits: [{id: first, title: 'First', exercises: [shown]}]\n"
_EXERCISE = """title: 'Shown'
kind: implement
file: shown.py
points: 9
takeaway: 'Now you know.'
hints: ['One.', 'Two.', 'Three.']
"""


def shown_as(what: str) -> str:
    """The Python that stands below a comment of this name."""
    found = list(tokens("docs/authoring.md"))
    place = next(at for at, token in enumerate(found) if token.content.strip() == f"<!-- {what} -->")
    return next(token.content for token in found[place:] if token.type == "fence" and token.info.strip() == "python")


@pytest.fixture(scope="module")
def graded(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Callable[[str], Report]]:
    """Grades programs by one judge."""
    folder = write(
        tmp_path_factory.mktemp("course"),
        {
            "course.yaml": _COURSE,
            "exercises/shown/exercise.yaml": _EXERCISE,
            "exercises/shown/statement.md": "# Shown\n",
            "exercises/shown/shown.py": "def newton(f, df, x):\n    raise NotImplementedError\n",
            "solutions/shown/shown.py": shown_as("reference"),
            "solutions/shown/checks.py": shown_as("checks"),
        },
    )
    root = CourseRoot.at(folder)
    # Which checks fail is asked, and not why.
    with grading(load_course(root), load_exercise(root, "shown"), effort="fast") as grader:
        yield lambda source: grader.grade(from_bytes("shown.py", source.encode()))


def test_every_check_passes_the_reference(graded: Callable[[str], Report]) -> None:
    report = graded(shown_as("reference"))
    assert (report.passed, report.score) == (True, 9)


@pytest.mark.parametrize(
    ("right", "wrong", "failed"),
    [
        ("x - f(x) / df(x)", "x - f(x)", {"root"}),
        ('log(f"called with {x}")', "log(x)", {"decorator"}),
        ("self.cents + other.cents", "self.cents", {"money"}),
        ("self._books.clear()", "pass", {"shelf"}),
        ("self._books.values())", "self._books)", {"shelf"}),
        ("itertools.islice(items, n)", "(x for _, x in zip(range(n + 1), items))", {"lazy"}),
        ("itertools.islice(items, n)", "(x for x, _ in zip(items, range(n)))", {"lazy"}),
        ("n -= 1", "n -= 2", {"generator", "kind"}),
        ("LIMIT = 40", "LIMIT = 41", {"limit"}),
        ("round(100 * float(text))", "text", {"money", "refusal"}),
    ],
)
def test_each_fails_what_is_wrong(graded: Callable[[str], Report], right: str, wrong: str, failed: set[str]) -> None:
    source = shown_as("reference")
    assert right in source
    report = graded(source.replace(right, wrong))
    assert {check.id for check in report.checks if check.status != "passed"} == failed
