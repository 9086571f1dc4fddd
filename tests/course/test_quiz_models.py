"""Quizzes: what the loader and the examination refuse, with file and line, and what they warn of."""

from __future__ import annotations

from pathlib import Path

import jsonschema
import pytest
import yaml

from autograder.course import CourseError, CourseRoot, UnknownQuiz, load_course, load_quiz
from autograder.course.schema import schema
from autograder.quiz.soundness import examine
from tests.small_course import FILES, change, write_course

QUIZ = "quizzes/products.yaml"


def problems(course: Path) -> list[str]:
    """What is wrong with the quiz of the small course: of its text, or, if that is right, of what it draws."""
    try:
        quiz = load_quiz(load_course(CourseRoot.at(course)), "products")
    except CourseError as error:
        return [str(problem).removeprefix(f"{course}/") for problem in error.problems]
    return [str(problem).removeprefix(f"{course}/") for problem in examine(quiz).problems]


def warnings(course: Path) -> list[str]:
    quiz = load_quiz(load_course(CourseRoot.at(course)), "products")
    return [str(problem).removeprefix(f"{course}/") for problem in examine(quiz).warnings]


def line_of(text: str) -> int:
    """The line of the unchanged quiz on which `text` begins."""
    written = FILES[QUIZ]
    assert text in written
    return written.count("\n", 0, written.index(text)) + 1


def test_the_small_quiz_is_sound(small_course: Path) -> None:
    assert problems(small_course) == []
    assert warnings(small_course) == []


REFUSED = [
    ("correct: true, text: '$@{0.7**2", "text: '$@{0.7**2", "has no choice that is 'correct: true'"),
    ("{id: power, correct: true,", "{id: power, misconception: product-for-power,", "has no choice that is 'correct"),
    ("{id: sum, text: '$1.4$', misconception: product-for-power", "{id: sum, text: '$1.4$', correct: true", "has 2"),
    (", why: 'That is the sum of two.'", "", "The key 'questions[1].choices[2].why' is missing."),
    ("why: 'That is the sum of two.'", "why: ' '", "'questions[1].choices[2].why' must be more than blanks."),
    ("text: '$1.4$', misconception: product-for-power", "text: '$1.4$'", ""),
    ("misconception: product-for-power, why: 'That", "misconception: product-for-powers, why: 'That",
     "'product-for-powers' is not in the catalogue of course.yaml. Did you mean 'product-for-power'?"),
    ("{id: sum, text: '$1.4$'", "{id: power, text: '$1.4$'", "is the id of an earlier choice too ('power')"),
    ("{id: sum, text: '$1.4$'", "{id: sum, text: '$0.49$'", "The choices 'power' and 'sum' read the same; narrow them"),
    ("{id: sum, text: '$1.4$'", "{id: sum, text: ' $ 0.49 $ '", "The choices 'power' and 'sum' read the same"),
    ("pin: last", "pin: first", "must be 'last', not 'first'"),
    ("  - id: several", "  - id: two-steps", "'questions[2].id' is the id of question 1 too; rename one."),
    ("{id: half, correct: true, text", "{id: half, misconception: product-for-power, text", ""),
    ("  - id: many-steps\n    kind: number", "  - id: many-steps\n    kind: numbers",
     "'questions[3].kind' must be 'single', 'multiple', 'number', 'truefalse', 'text', 'ordering' or 'matching', not"),
    ("    key: rho**T", "    key: rho**S", "'questions[3].key' uses 'S'"),
    ("    key: rho**T", "    key: T % 26", "'questions[3].key' uses 'T % 26'; it may hold T, rho,"),
    ("    key: rho**T", "    key: rho**", "'questions[3].key' is no expression: 'rho**'"),
    ("    key: rho**T", "    key: rho*T", "This trap counts as the key with all of the values that are drawn; narrow"),
    ("    key: rho**T", "    key: log(rho-0.6)", "With some of the values it draws, 'log(rho-0.6)' can't be evaluated"),
    ("    key: rho**T", "    key: rho**T\n    absolute: 0.1", "has several of 'relative', 'absolute' and 'exact'"),
    ("    relative: 0.02", "    exact: true", "The key is no whole number with all of the values that are drawn, and"),
    ("    right: 'It is $@{rho}^@{T} = @{rho**T:.3g}$.'\n", "", "has no 'right': say why the number is right"),
    ("What is left after $@{T}$ steps", "What is left after $@{S}$ steps", "uses 'S'; it may hold T, rho,"),
    ("What is left after $@{T}$ steps", "What is left after $@{T$ steps", "opens a hole with '@{' that has no end"),
    ("What is left after $@{T}$ steps", "What is left after {} steps", "An empty '{}' is left here; holes are written"),
    ("@{rho**T:.3g}", "@{rho**T:3g}", "has the unknown format '3g'; write .3f, .3g, .2e, .0% or none"),
    ("@{rho**T:.3g}", "@{rho**(1000*T):.1e}", "A number here is so small that it reads as 0; write its power"),
    ("integer: [5, 9]", "integer: [9, 5]", "needs two ends, the smaller one first"),
    ("integer: [5, 9]", "integer: [5, 9], real: [0, 1]", "needs one of 'choose', 'integer', 'real' and 'is'"),
    ("choose: [0.6, 0.7, 0.8]", "choose: [0.6, 0.6]", "'questions[3].parameters.rho.choose' holds a value twice."),
    ("choose: [0.6, 0.7, 0.8]", "choose: [0.6, high]", "must hold numbers alone, or words alone"),
    ("      T: {integer", "      pi: {integer", "has the name of a function or constant (pi); choose another"),
    ("    key: rho**T", "    where: rho > 1\n    key: rho**T", "1000 draws met 'where' not once; widen the parameters"),
    ("    key: rho**T", "    where: rho\n    key: rho**", "'questions[3].key' is no expression"),
    ("ask: 'Which are below one?'", 'ask: "\\tanh"', "This text holds a control character (a tab); in double quotes"),
    ("ask: 'Which are below one?'", "ask: 'Which \x1b[31m are'", "A control character (U+001B) stands here"),
    ("ask: 'Which are below one?'", "ask: '$\\frac{1$'", "The formula `\\frac{1` can't be read: expected clos"),
    ("format: 1", "format: 2", "'format' is 2, and this gradecheck reads format 1"),
]  # fmt: skip


@pytest.mark.parametrize(("old", "new", "expected"), REFUSED)
def test_a_fault_is_refused_with_its_place(small_course: Path, old: str, new: str, expected: str) -> None:
    change(small_course, QUIZ, old, new)
    if not expected:  # one of several keys less is no fault, nor is a wrong choice without a belief
        assert problems(small_course) == []
        return
    found = problems(small_course)
    named = [problem for problem in found if expected in problem]
    assert named, found
    file, line, _ = named[0].split(":", 2)
    assert file == QUIZ
    question = FILES[QUIZ].count("\n  - id:", 0, FILES[QUIZ].index(old) + 4)
    starts = [line_of(f"  - id: {name}") for name in ("two-steps", "several", "many-steps")] + [1000]
    if question:
        assert starts[question - 1] <= int(line) < starts[question] + 2, named


def test_the_line_is_that_of_the_fault(small_course: Path) -> None:
    change(small_course, QUIZ, "{id: triple, misconception: product-for-power,", "{id: double,")
    (problem,) = problems(small_course)
    line = line_of("      - {id: triple")
    assert problem.startswith(f"{QUIZ}:{line}: 'questions[2].choices[4].id' is the id of an earlier choice too")


def test_every_trap_is_told_apart_from_earlier_ones(small_course: Path) -> None:
    more = "      - {value: rho*T*1.001, misconception: added-not-doubled, why: 'x'}\n"
    with (small_course / QUIZ).open("a") as file:
        file.write(more)
    assert any(
        "An earlier trap ('product-for-power') takes this value" in problem for problem in problems(small_course)
    )


def test_a_collision_in_one_draw_of_many_is_found(small_course: Path) -> None:
    change(
        small_course,
        QUIZ,
        "    ask: 'Which are below one?'",
        "    parameters: {n: {integer: [1, 40]}}\n    ask: 'Which are below one?'",
    )
    change(small_course, QUIZ, "text: '$2^2$'", "text: '$@{n}$'")
    change(small_course, QUIZ, "text: '$3^2$'", "text: '$17$'")
    (problem,) = problems(small_course)
    assert "'double' and 'triple' read the same with some of the values" in problem
    assert problem.endswith("It shows with n = 17.")


def test_an_unknown_quiz_names_the_nearest(small_course: Path) -> None:
    with pytest.raises(UnknownQuiz, match=r"There is no quiz 'product'\. Did you mean 'products'\?"):
        load_quiz(load_course(CourseRoot.at(small_course)), "product")


def test_a_key_that_is_always_the_longest_is_warned_of(tmp_path: Path) -> None:
    course = write_course(tmp_path)
    question = """  - id: long-{0}
    kind: single
    concept: length
    ask: 'Which {0}?'
    choices:
      - {{id: key, correct: true, text: 'This is the right one, as its length tells', why: 'x'}}
      - {{id: short, text: 'Short', misconception: product-for-power, why: 'x'}}
      - {{id: brief, text: 'Brief', misconception: product-for-power, why: 'x'}}
"""
    with (course / QUIZ).open("a") as file:
        file.writelines(question.format(number) for number in range(3))
    found = warnings(course)
    assert len(found) == 4
    assert "The key is the longest choice here, and in 4 of 4 questions; lengthen wrong ones." in found[0]
    assert problems(course) == []


def test_the_json_schema_accepts_the_quiz_and_refuses_more() -> None:
    described = schema("quiz")
    jsonschema.Draft202012Validator.check_schema(described)
    written = yaml.safe_load(FILES[QUIZ])
    jsonschema.validate(written, described)
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate({**written, "surplus": 1}, described)
