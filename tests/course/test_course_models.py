"""The models of authored files: what is refused, in which words, and what editors are told."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import jsonschema
import pytest
import yaml

from autograder.course.authored import Authored
from autograder.course.drill_key import AnswerKey
from autograder.course.expressions import expression_fault
from autograder.course.loader import read_answer_key
from autograder.course.model import CourseFile, ExerciseFile
from autograder.course.schema import MODELS, schema
from autograder.course.source import parse_yaml
from autograder.course.validation import validate
from tests.small_course import FILES

EXERCISE = FILES["exercises/exercise-02/exercise.yaml"]
DRILL = FILES["exercises/exercise-01/exercise.yaml"]
COURSE = FILES["course.yaml"]
KEY = FILES["solutions/exercise-01/answers.yaml"]


def problems(model: type[Authored], text: str) -> list[str]:
    return [str(problem) for problem in validate(model, parse_yaml(text, Path("f.yaml")))[1]]


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("title: 'Twice", "titel: 'Twice", "f.yaml:1: Unknown key 'titel'. Did you mean 'title'?"),
        ("    call: twice", "    cal: twice", "f.yaml:17: Unknown key 'cal'. Did you mean 'call'?"),
        ("memory: 512", "memroy: 512", "f.yaml:6: Unknown key 'memroy'. Did you mean 'memory'?"),
        ("memory: 512", "zebra: 512", "f.yaml:6: Unknown key 'zebra'. Known here: call, total, memory."),
        ("kind: implement\n", "", "f.yaml:1: The key 'kind' is missing."),
        ("    call: twice", "    lacl: twice", "f.yaml:17: Unknown key 'lacl'. Known here: id, title,"),
        (
            "kind: implement",
            "kind: essay",
            "f.yaml:2: 'kind' must be 'build', 'drill', 'implement' or 'measure', not 'essay'.",
        ),
        ("points: 3", "points: many", "f.yaml:5: 'points' must be a number."),
        ("points: 3", "points: true", "f.yaml:5: 'points' must be a number."),
        ("points: 3", "points: .nan", "f.yaml:5: 'points' must be a finite number."),
        ("points: 3", "points: 0", "f.yaml:5: 'points' must be greater than 0."),
        ("title: 'Twice $x$'", "title: 12", "f.yaml:1: 'title' must be text; put it in quotes."),
        ("title: 'Twice $x$'", "title:", "f.yaml:1: 'title' is empty; write something, or delete the key."),
        ("title: 'Twice $x$'", "title: '  '", "f.yaml:1: 'title' must be more than blanks."),
        ("  - 'Multiply.'\n", "", "f.yaml:9: 'hints' needs at least 3 entries, and has 2."),
        ("{call: 2, total: 10, memory: 512}", "{call: 20, total: 10}", "f.yaml:6: 'limits' gives one call more time"),
        ("memory: 512", "memory: 1", "f.yaml:6: 'limits.memory' must be greater than or equal to 16."),
        ("file: twice.py", "file: ../twice.py", "f.yaml:3: 'file' must be a plain file name, such as"),
        ("file: twice.py", "file: checks.py", "f.yaml:1: This names 'checks.py', which the course itself uses"),
        ("file: twice.py", "file: twice.yaml", "f.yaml:1: This has the kind 'implement' and the file 'twice.yaml'"),
        ("needs: [numpy]", "needs: numpy", "f.yaml:4: 'needs' must be a list."),
        ("[[1.0, 2.0]]", "[[1.0, [2.0]]]", "f.yaml:18: 'checks[1].args' is wrong in argument 1: A list is an array"),
        ("[[1.0, 2.0]]", "[{normal: 3}]", "argument 1: {normal: …} needs a shape, such as [2, 3]."),
        ("[[1.0, 2.0]]", "[{eye: 3, scal: 2}]", "{eye: …} has no option 'scal'. Did you mean 'scale'?"),
        (
            "    expect: [",
            "    raises: ValueError\n    expect: [",
            "f.yaml:14: 'checks[1]' has both 'expect' and 'raises'",
        ),
        (
            "  - id: worked_example",
            "  - id: Worked",
            "f.yaml:14: 'checks[1].id' must be lower-case words joined by underscores",
        ),
        ("    expect: [", "    then: [{eye: 3, scal: 2}]\n    expect: [", "{eye: …} has no option 'scal'."),
        ("    expect: [", "    parameters: {w: 1}\n    expect: [", "has 'parameters' without 'then'; say what"),
    ],
)
def test_a_fault_in_an_exercise_is_named_with_its_line(old: str, new: str, expected: str) -> None:
    assert old in EXERCISE
    assert any(expected in problem for problem in problems(ExerciseFile, EXERCISE.replace(old, new, 1)))


def test_all_faults_are_told_at_once() -> None:
    text = EXERCISE.replace("title:", "titel:", 1).replace("points: 3", "points: x").replace("quiz:", "quizz:")
    assert len(problems(ExerciseFile, text)) == 3  # a key that is lacking is told where it is misspelt


def test_a_fault_of_the_text_is_not_told_twice() -> None:
    assert problems(ExerciseFile, EXERCISE.replace("'Twice $x$'", '"\\twice"')) == [
        "f.yaml:1: This text holds a control character (a tab); in double quotes a backslash starts an escape, "
        "as in \\alpha or \\tau: use single quotes, or |."
    ]


def test_a_drill_has_no_checks_and_no_needs() -> None:
    assert "it has no 'checks' and no 'needs'" in problems(ExerciseFile, DRILL + "needs: [numpy]\n")[0]


@pytest.mark.parametrize("number", ["8e-1", "'8e-1'", "0.8", ".8"])
def test_a_number_may_be_written_in_any_way(number: str) -> None:
    exercise, faults = validate(
        ExerciseFile, parse_yaml(EXERCISE.replace("call: 2", f"call: {number}", 1), Path("f.yaml"))
    )
    assert not faults
    assert exercise is not None
    assert exercise.limits.call == 0.8


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", "f.yaml:1: This file is empty; it begins with a line such as 'format: …'."),
        ("- a", "f.yaml:1: This file must be a mapping of keys to values"),
        (COURSE.replace("format: 1", "format: 2"), "f.yaml:1: 'format' is 2, and this gradecheck reads format 1"),
        (
            COURSE.replace("  product-for", "  Product_for"),
            "f.yaml:9: 'misconceptions.Product_for-power' must be lower-case",
        ),
        (COURSE.replace("    concept: powers", "    concpt: powers"), "f.yaml:11: Unknown key 'concpt'. Did you mean"),
    ],
)
def test_a_fault_in_the_course_is_named_with_its_line(text: str, expected: str) -> None:
    assert any(expected in problem for problem in problems(CourseFile, text))


def test_a_catalogue_of_comments_alone_is_empty() -> None:
    text = COURSE[: COURSE.index("  product-for-power")] + "  # exercise-01\n"
    assert problems(CourseFile, text) == []


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("key: 0.7**20", "key: 0.7**", "f.yaml:5: 'answers.norm_after_20.key' is no expression: '0.7**'"),
        ("key: 0.7**20", "key: __import__('os')", "f.yaml:5: 'answers.norm_after_20.key' uses"),
        (
            "key: 0.7**20",
            "key: 0,7",
            "f.yaml:5: 'answers.norm_after_20.key' has a comma in '0,7': write a decimal point",
        ),
        (
            "points: 2",
            "points: 2\n    exact: true\n    relative: 0.1",
            "has several of 'relative', 'absolute' and 'exact'",
        ),
        ("holds: norm_after_20", "holds: norm_after_2", "f.yaml:15: 'consistency[1].holds' uses 'norm_after_2'"),
        (
            "- id: small",
            "- id: norm_after_20",
            "f.yaml:12: 'consistency[1].id' is the id of an answer too ('norm_after_20'); rename one.",
        ),
    ],
)
def test_a_fault_in_an_answer_key_is_named(old: str, new: str, expected: str) -> None:
    assert old in KEY
    _, found = read_answer_key(parse_yaml(KEY.replace(old, new, 1), Path("f.yaml")), {})
    assert any(expected in str(problem) for problem in found)


@pytest.mark.parametrize(
    "text", ["0.7**20", "0.7^20", "4**-20", "0.5**(1/100)", "8e-4", "ceil(log(0.01)/log(0.7))", "-pi", "2*e", " 1 + 2 "]
)
def test_an_expression_may_hold(text: str) -> None:
    assert expression_fault(text) is None


@pytest.mark.parametrize(
    "text", ["a", "1 < 2", "[1]", "(1).real", "log", "lambda: 1", "'a'", "True", "1j", "f(1)", "(" * 250, ""]
)
def test_an_expression_may_not_hold(text: str) -> None:
    assert expression_fault(text) is not None


@pytest.mark.parametrize(
    ("tolerance", "accepted", "refused"),
    [
        ({}, 10.099, 10.11),
        ({"relative": 0.5}, 5.0, 4.9),
        ({"absolute": 0.25}, 10.25, 10.3),
        ({"exact": True}, 10.0, 10.001),
        ({}, 10.0, float("nan")),
        ({}, 10.0, float("inf")),
    ],
)
def test_a_tolerance_says_how_near_is_near_enough(tolerance: dict[str, Any], accepted: float, refused: float) -> None:
    written = yaml.safe_dump({"answers": {"x": {"title": "x", "points": 1, "key": 10, "right": "x", **tolerance}}})
    key, faults = validate(AnswerKey, parse_yaml(written, Path("f.yaml")))
    assert key is not None, faults
    answer = key.answers["x"]
    assert answer.key == "10"
    assert answer.accepts(accepted, 10.0)
    assert not answer.accepts(refused, 10.0)


@pytest.mark.parametrize(
    ("kind", "text"), [("course", COURSE), ("exercise", EXERCISE), ("exercise", DRILL), ("answers", KEY)]
)
def test_the_json_schema_accepts_what_the_loader_accepts(kind: str, text: str) -> None:
    described = schema(kind)
    jsonschema.Draft202012Validator.check_schema(described)
    jsonschema.validate(yaml.safe_load(text), described)
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate({**yaml.safe_load(text), "surplus": 1}, described)


@pytest.mark.parametrize("kind", sorted(MODELS))
def test_every_key_is_documented(kind: str) -> None:
    described = schema(kind)
    for part in (described.get("items", described), *described["$defs"].values()):
        assert part["description"]
        for name, field in part.get("properties", {}).items():
            assert field.get("description"), f"{part['title']}.{name}"


@pytest.mark.parametrize(
    ("kind", "right", "wrong"),
    [
        ("figures", "- {claim: '0.25', text: 'is 0.25', expr: '1/4'}\n", "- {claim: '0.25', exp: '1/4'}\n"),
        ("equivalent-mutants", "- {mutant: 'line 7: x', why: 'It is.'}\n", "mutant: 'line 7: x'\n"),
    ],
)
def test_a_list_has_a_schema_too(kind: str, right: str, wrong: str) -> None:
    jsonschema.validate(yaml.safe_load(right), schema(kind))
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(yaml.safe_load(wrong), schema(kind))
