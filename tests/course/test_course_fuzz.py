"""Whatever an author types: a model, or problems of one line each; never another exception."""

from __future__ import annotations

import tempfile
from pathlib import Path

import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from autograder.course.authored import Authored
from autograder.course.discovery import CourseRoot
from autograder.course.drill_key import AnswerKey
from autograder.course.expressions import expression_fault
from autograder.course.lint import load_everything
from autograder.course.model import CourseFile, ExerciseFile
from autograder.course.quiz_model import QuizFile
from autograder.course.reader import Reader
from autograder.course.source import parse_yaml, read_yaml
from autograder.course.validation import validate
from tests.small_course import FILES, write_course

FILE = Path("exercise.yaml")
VALID: dict[type[Authored], str] = {
    CourseFile: FILES["course.yaml"],
    ExerciseFile: FILES["exercises/exercise-02/exercise.yaml"],
    AnswerKey: FILES["solutions/exercise-01/answers.yaml"],
    QuizFile: FILES["quizzes/products.yaml"],
}
MODELS = st.sampled_from(list(VALID))
SNIPPETS = st.one_of(
    st.text(max_size=8),
    st.sampled_from(
        [
            "'",
            '"',
            "[",
            "]",
            "{",
            "}",
            ":",
            "- ",
            "&a ",
            "*a",
            "!!x ",
            "\t",
            "\n",
            "|",
            ">",
            "? ",
            "null",
            "1e999",
            "--- ",
        ]
    ),
)
SCALARS = st.one_of(st.none(), st.booleans(), st.integers(), st.floats(), st.text(max_size=10))
DATA = st.recursive(
    SCALARS,
    lambda inner: st.one_of(st.lists(inner, max_size=4), st.dictionaries(st.text(max_size=8), inner, max_size=4)),
)
CALM = settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])


def check(model: type[Authored], text: str) -> None:
    source = parse_yaml(text, FILE)
    instance, problems = validate(model, source)
    assert isinstance(instance, model) or problems
    if instance is not None:  # what is read in one go is what the careful reader would have made of it
        reader = Reader(source)
        assert reader.model(model) == instance
        assert reader.problems == []
    for problem in problems:
        assert len(str(problem).splitlines()) == 1
        assert str(problem).isprintable()
        assert problem.line >= 1


@CALM
@given(MODELS, st.text())
def test_any_text(model: type[Authored], text: str) -> None:
    check(model, text)


@CALM
@given(MODELS, st.data())
def test_a_right_file_with_something_typed_into_it(model: type[Authored], data: st.DataObject) -> None:
    text = VALID[model]
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, min(len(text), start + 12)))
    check(model, text[:start] + data.draw(SNIPPETS) + text[end:])


@CALM
@given(MODELS, st.data())
def test_a_right_file_with_another_value_somewhere(model: type[Authored], data: st.DataObject) -> None:
    tree = yaml.safe_load(VALID[model])
    here = tree
    while True:
        key = data.draw(st.sampled_from(sorted(here) if isinstance(here, dict) else range(len(here))))
        if not (isinstance(here[key], dict | list) and here[key]) or data.draw(st.booleans()):
            here[key] = data.draw(DATA)
            break
        here = here[key]
    check(model, yaml.safe_dump(tree, allow_unicode=True))


@CALM
@given(st.binary())
def test_any_bytes(content: bytes) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "answers.yaml")
        path.write_bytes(content)
        assert all(len(str(problem).splitlines()) == 1 for problem in read_yaml(path).problems)


@CALM
@given(st.text(max_size=40))
def test_any_expression(text: str) -> None:
    fault = expression_fault(text)
    assert fault is None or isinstance(fault, str)


@settings(max_examples=60, deadline=None)
@given(st.sampled_from(sorted(FILES)), st.data())
def test_a_course_with_any_file_broken(name: str, data: st.DataObject) -> None:
    with tempfile.TemporaryDirectory() as folder:
        root = write_course(Path(folder))
        text = (root / name).read_bytes()
        start = data.draw(st.integers(0, len(text)))
        (root / name).write_bytes(
            text[:start] + data.draw(st.binary(max_size=8)) + text[start + data.draw(st.integers(0, 8)) :]
        )
        for problem in load_everything(CourseRoot.at(root)).problems:
            assert len(str(problem).splitlines()) == 1
