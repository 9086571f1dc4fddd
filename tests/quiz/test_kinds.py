"""True or false, a word, an order, pairs: asked, judged, explained, kept, proved and handed on."""

from __future__ import annotations

import itertools
import json
from pathlib import Path
from xml.etree import ElementTree

import jsonschema
import pytest
import yaml

from autograder.course import CourseError, CourseRoot, Quiz, load_course, load_quiz
from autograder.course.schema import schema
from autograder.export import anki, gift, jupyterquiz, moodle_xml, qti
from autograder.export.questions import items
from autograder.export.subcommand import QuizRequest
from autograder.grading.report import Report
from autograder.grading.submission import read_submission
from autograder.progress import Answered
from autograder.quiz.answers import check_answers, grade_answers, write_answers
from autograder.quiz.scoring import Given, InvalidAnswer, judge
from autograder.quiz.soundness import examine
from autograder.quiz.typed import LETTERS, Unreadable, read_answer
from autograder.quiz.variant import Variant, variant
from tests.command import Command, Finished
from tests.quiz.kinds_course import QUIZ, write_course

SEED = 3


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return write_course(tmp_path)


def quiz_of(root: Path) -> Quiz:
    return load_quiz(load_course(CourseRoot.at(root)), "bread")


def drawn(root: Path) -> tuple[Variant, ...]:
    quiz = quiz_of(root)
    return tuple(variant(question, SEED, quiz.id) for question in quiz.questions)


def in_order(one: Variant) -> str:
    """What who knows the order types."""
    shown = [piece.id for piece in one.pieces]
    return "".join(LETTERS[shown.index(key)] for key in one.partners)


def matched(one: Variant) -> str:
    """What who knows the pairs types."""
    shown = [piece.id for piece in one.pieces]
    return " ".join(f"{left.id}{LETTERS[shown.index(key)]}" for left, key in zip(one.lefts, one.partners, strict=True))


def sit(root: Path, *lines: str, options: tuple[str, ...] = ("--seed", str(SEED))) -> Finished:
    return Command(root)("quiz", "bread", *options, course=root, typed="".join(f"{line}\n" for line in lines))


def test_who_knows_it_all_gets_all_points(root: Path) -> None:
    _, _, steps, places = drawn(root)
    done = sit(root, "False", "  Carbon  DIOXIDE ", in_order(steps), matched(places))
    assert done.code == 0, done.out + done.err
    assert "10 of 10 points (100 %), 4 questions" in done.out
    assert "Misconception" not in done.out


def test_every_wrong_answer_is_explained(root: Path) -> None:
    _, _, steps, places = drawn(root)
    wrong = {"Baguette": "France", "Injera": "Italy", "Focaccia": "Italy", "Ciabatta": "Italy"}
    letter = {piece.text: LETTERS[place] for place, piece in enumerate(places.pieces)}
    pairs = " ".join(f"{left.id}{letter[wrong[left.text]]}" for left in places.lefts)
    done = sit(root, "t", "oxygen", in_order(steps)[::-1], pairs)
    assert done.code == 1
    text = " ".join(done.out.split())
    for said in (
        "Misconception: Salt taken for food", "Dough with much salt rises", "The right answer: false",
        "Misconception: Yeast taken for a plant", "The right answer: carbon dioxide",
        "Misconception: Heat taken for what makes dough rise",
        "Mix flour and *water* → Knead → Let it rise → Bake",
        "You matched 3 of 4 rightly.", "Misconception: Every flat bread taken for Italian", "flat, and made of *teff*",
        "3 of 10 points",
    ):  # fmt: skip
        assert said in text, said


def test_what_was_missed_is_asked_again_and_all_can_be_read(root: Path) -> None:
    _, _, steps, places = drawn(root)
    done = sit(root, "true", "?", "nitrogen", in_order(steps), matched(places))
    assert "There is no hint for this question." in done.out
    text = " ".join(done.out.split())
    assert "Your answer: nitrogen" in text
    review = sit(root, options=("--review",))
    for said in ("Question 4 of 4", "The right answer: false", "Your answer: true", "Injera", "Yeast breathes out"):
        assert said in review.out, said
    again = sit(root, "false", "co2", options=("--missed",))
    assert "3 of 3 points" in again.out
    assert "Question 1 of" in again.out


def test_a_hint_is_shown_before_an_answer(root: Path) -> None:
    done = sit(root, "?", "false")
    assert "true or false, or ? for a hint: " in done.out
    assert "Hint 1 of 1: What happens to dough with much salt?" in done.out


@pytest.mark.parametrize(
    ("number", "typed"),
    [(0, "perhaps"), (0, ""), (0, "true false"), (1, "  "), (1, "x" * 300), (1, "a\x00b"), (2, "ab"), (2, "aabb"),
     (2, "abcz"), (2, ""), (3, "1a"), (3, "1a 2b 3c 3a"), (3, "1a 2b 3c 9a"), (3, "abc"), (3, "1a 2b 3c 4z"), (3, "")],
)  # fmt: skip
def test_what_is_no_answer_is_said_and_asked_again(root: Path, number: int, typed: str) -> None:
    with pytest.raises(Unreadable, match=r"press Enter|such as"):
        read_answer(typed, drawn(root)[number])


@pytest.mark.parametrize(
    "typed", ["{0}", "{0}.", "1-{1}, 2-{2}, 3-{3}, 4-{4}", "1) {1} 2) {2} 3) {3} 4) {4}", "1{1}2{2}3{3}4{4}"]
)
def test_pairs_are_read_as_people_write_them(root: Path, typed: str) -> None:
    places = drawn(root)[3]
    letters = [pair[1] for pair in matched(places).split()]
    assert judge(places, read_answer(typed.format(matched(places), *letters), places)).right


def test_each_pair_has_its_share_and_all_wrong_is_nothing(root: Path) -> None:
    places = drawn(root)[3]
    marks = {}
    for given in itertools.product(("1", "2", "3"), repeat=4):
        marks[given] = judge(places, given).mark
    assert marks[("1", "2", "3", "3")] == 4
    assert marks[("2", "1", "1", "1")] == 0
    assert marks[("1", "2", "3", "1")] == 3
    assert set(marks.values()) == {0, 1, 2, 3, 4}


@pytest.mark.parametrize(
    ("number", "given"),
    [(0, "yes"), (0, ("true",)), (1, ()), (1, " "), (2, ("1", "2", "3")), (2, "1234"), (2, ("1", "1", "3", "4")),
     (3, ("1", "2", "3")), (3, ("1", "2", "3", "4")), (3, "1a")],
)  # fmt: skip
def test_a_forged_answer_is_refused(root: Path, number: int, given: Given) -> None:
    with pytest.raises(InvalidAnswer):
        judge(drawn(root)[number], given)


def graded(root: Path, *given: Given) -> Report:
    course = load_course(CourseRoot.at(root))
    quiz = load_quiz(course, "bread")
    answers = [
        Answered("bread", 1, SEED, question.id, one, 0.0, 1.0, (), 1.0, "")
        for question, one in zip(quiz.questions, given, strict=False)
    ]
    data = write_answers(course, quiz, SEED, answers, "")
    file = root / "bread.json"
    file.write_bytes(data)
    return grade_answers(course, quiz, check_answers(read_submission(file), course, quiz))


def test_a_file_of_answers_is_graded_as_the_sitting_was(root: Path) -> None:
    report = graded(root, "true", "oxygen", ("2", "1", "3", "4"), ("1", "3", "3", "3"))
    named = [check.misconception.id if check.misconception else None for check in report.checks]
    assert named == ["salt-feeds", "breathes-like-a-plant", "heat-feeds", "flat-is-italian"]
    assert report.score == 3
    assert report.checks[0].message == "Answered: true"
    assert "Knead" in report.checks[2].message
    assert "Injera → Italy" in report.checks[3].message
    assert json.loads((root / "bread.json").read_text())["answers"][2]["answer"] == ["2", "1", "3", "4"]


FAULTS = [
    ("    right: 'It lives on sugar; salt slows it down.'\n", "", "has no 'right'"),
    ("    why: 'Dough with much salt rises *less*.'\n", "", "stands here without 'why'"),
    ("key: false", "key: wrong", "must be true or false"),
    ("misconception: salt-feeds", "misconception: salt-food", "is not in the catalogue"),
    ("[carbon dioxide, CO2]", "[]", "needs at least 1 entry"),
    ("[carbon dioxide, CO2]", "2", "must be text; put it in quotes"),
    ("[carbon dioxide, CO2]", "[carbon dioxide, Exit]", "types to stop or for a hint"),
    ("[carbon dioxide, CO2]", "[carbon dioxide, ' Carbon  dioxide']", "counts already, by an earlier key"),
    ("value: oxygen", "value: co2", "This trap counts as the key"),
    ("      - {value: oxygen,", "      - {value: Oxygen, misconception: salt-feeds, why: x}\n      - {value: oxygen,",
     "An earlier trap ('salt-feeds') takes this answer"),
    ("'Knead', 'Let it rise'", "'Knead', 'knead '", "reads like an earlier one"),
    ("'Knead', 'Let it rise', 'Bake for $@{2*20}$ minutes'", "'Bake for $\\frac{1$ minutes'", "can't be read"),
    ("{left: Ciabatta", "{left: Baguette", "reads like an earlier one"),
    ("right: France", "right: italy", "The right sides read alike"),
    ("items: ['Mix flour and *water*', 'Knead', 'Let it rise', 'Bake for $@{2*20}$ minutes']", "items: [Knead]",
     "needs at least 2 entries"),
]  # fmt: skip


@pytest.mark.parametrize(("old", "new", "expected"), FAULTS)
def test_a_fault_has_its_line(tmp_path: Path, old: str, new: str, expected: str) -> None:
    assert old in QUIZ
    root = write_course(tmp_path, QUIZ.replace(old, new, 1))
    try:
        found = [*examine(quiz_of(root)).problems]
    except CourseError as error:
        found = list(error.problems)
    named = [problem for problem in found if expected in problem.sentence]
    assert named, found
    near = QUIZ.count("\n", 0, QUIZ.index(old)) + 1
    assert abs(named[0].line - near) <= 12


@pytest.mark.parametrize(
    ("items", "alike"), [("`A`', '`a`", 0), ('"A"\', \'"a"', 0), ("A', 'a", 1), ("`a` A', '`a` a", 1)]
)
def test_a_capital_is_a_difference_in_code_and_in_quotes_alone(tmp_path: Path, items: str, alike: int) -> None:
    written = QUIZ.replace("'Knead', 'Let it rise'", f"'{items}'", 1)
    assert len(examine(quiz_of(write_course(tmp_path, written))).problems) == alike


def test_words_that_are_drawn_meet_a_trap_in_one_draw(tmp_path: Path) -> None:
    written = QUIZ.replace(
        "key: [carbon dioxide, CO2]", "parameters: {gas: {choose: [oxygen, helium]}}\n    key: '@{gas}'"
    )
    (problem,) = examine(quiz_of(write_course(tmp_path, written))).problems
    assert problem.sentence.startswith("This trap counts as the key with some of the values that are drawn")
    assert problem.sentence.endswith("It shows with gas = oxygen.")


def test_the_quiz_is_sound_and_its_schema_accepts_it(root: Path) -> None:
    assert examine(quiz_of(root)).problems == ()
    jsonschema.Draft202012Validator(schema("quiz")).validate(yaml.safe_load(QUIZ))


def test_moodle_gets_every_kind(root: Path) -> None:
    quiz = quiz_of(root)
    made = items(load_course(CourseRoot.at(root)), quiz, 1, SEED)
    document = ElementTree.fromstring(moodle_xml.render(quiz.title, made))
    salt, gas, steps, places = document.findall("question")[1:]
    assert [each.get("type") for each in (salt, gas, steps, places)] == [
        "truefalse",
        "shortanswer",
        "ordering",
        "matching",
    ]
    assert [(a.get("fraction"), a.findtext("text")) for a in salt.findall("answer")] == [
        ("0", "true"),
        ("100", "false"),
    ]
    assert "rises" in (salt.findtext("answer/feedback/text") or "")
    counted = [(a.get("fraction"), a.findtext("text")) for a in gas.findall("answer")]
    assert counted == [("100", "carbon dioxide"), ("100", "CO2"), ("0", "oxygen")]
    assert [a.findtext("text") for a in steps.findall("answer")][1:3] == ["Knead", "Let it rise"]
    pairs = [(pair.findtext("text"), pair.findtext("answer/text")) for pair in places.findall("subquestion")]
    assert pairs == [("Baguette", "France"), ("Injera", "Ethiopia"), ("Focaccia", "Italy"), ("Ciabatta", "Italy")]


def test_other_systems_get_what_they_have_room_for(root: Path) -> None:
    course, quiz, told = load_course(CourseRoot.at(root)), quiz_of(root), []
    request = QuizRequest(course, quiz, 1, SEED, told.append)
    (text,) = gift.subcommand.make(request)
    assert "{\n  FALSE#" in text
    assert "  =carbon dioxide#" in text
    assert "  =%0%oxygen#" in text
    assert "  =Injera -> Ethiopia" in text
    assert told == ["steps is left out: this format has no room for a question of the kind 'ordering'."]
    told.clear()
    (notebook,) = jupyterquiz.subcommand.make(request)
    assert [[answer["answer"] for answer in each["answers"]] for each in json.loads(notebook)] == [["True", "False"]]
    assert [sentence.partition(" ")[0] for sentence in told] == ["gas", "steps", "places"]
    told.clear()
    package = {file.path: file.data.decode() for file in qti.subcommand.make(request)}
    (assessment,) = (data for name, data in package.items() if name.endswith("gradecheck_bread.xml"))
    for kind in ("true_false_question", "short_answer_question", "matching_question"):
        assert kind in assessment
    assert [sentence.partition(" ")[0] for sentence in told] == ["steps"]
    fronts = [anki.fields(item) for item in request.items]
    assert "Knead" in fronts[2][2]
    assert "Injera → Ethiopia" in fronts[3][2]
    assert all(field for _, _, answer, why in fronts for field in (answer, why))
