"""Questions of other systems as a quiz: what we export comes back, what others write is read, the rest has its line."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from autograder.bank import from_gift, from_moodle, quiz_file
from autograder.course import CourseRoot, load_course, load_quiz
from autograder.course.quiz_model import Multiple, Number, QuizFile, ShortText, Single, TrueFalse
from autograder.course.source import parse_yaml
from autograder.course.validation import validate
from autograder.export import gift, moodle_xml
from autograder.export.questions import items
from autograder.export.subcommand import QuizRequest
from tests.command import Command
from tests.quiz.kinds_course import write_course
from tests.small_course import write_course as write_small_course


def quiz_of(text: str) -> QuizFile:
    quiz, problems = validate(QuizFile, parse_yaml(text, Path("quiz.yaml")))
    assert quiz is not None, problems
    assert problems == []
    return quiz


def test_moodle_xml_of_ours_comes_back(tmp_path: Path) -> None:
    course = load_course(CourseRoot.at(write_course(tmp_path)))
    exported = moodle_xml.render("Bread", items(course, load_quiz(course, "bread"), 1, 0))
    found = from_moodle.read(exported.encode())
    assert found.problems == []
    salt, gas, steps, places = quiz_of(quiz_file.write("Bread", found.questions)).questions
    assert isinstance(salt, TrueFalse)
    assert (salt.id, salt.key, salt.right) == ("salt", False, "It lives on sugar; salt slows it down.")
    assert "Dough with much salt rises *less*." in (salt.why or "")
    assert isinstance(gas, ShortText)
    assert (gas.keys, gas.traps[0].value, gas.points) == (("carbon dioxide", "CO2"), "oxygen", 2)
    assert getattr(steps, "items", ())[1:3] == ("Knead", "Let it rise")
    assert [(pair.left, pair.right) for pair in getattr(places, "pairs", ())][1] == ("Injera", "Ethiopia")
    assert salt.hints == ("What happens to dough with much salt?",)


@pytest.mark.parametrize("form", ["gift", "moodle-xml"])
def test_choices_and_numbers_of_ours_come_back(tmp_path: Path, form: str) -> None:
    course = load_course(CourseRoot.at(write_small_course(tmp_path / "course")))
    made = items(course, load_quiz(course, "products"), 1, 0)
    if form == "gift":
        found = from_gift.read(gift.render("Products", made))
    else:
        found = from_moodle.read(moodle_xml.render("Products", made).encode())
    assert found.problems == []
    single, multiple, number = quiz_of(quiz_file.write("Products", found.questions)).questions
    assert isinstance(single, Single)
    assert isinstance(multiple, Multiple)
    assert isinstance(number, Number)
    key = next(choice for choice in single.choices if choice.correct)
    assert (key.text, key.why) == ("$0.49$", "Two factors.")
    assert single.ask == "What is left after two steps of $0.7$?"
    assert len(multiple.keys) == 2
    assert float(number.key) == pytest.approx(made[2].variant.key or 0)
    assert float(number.traps[0].value) == pytest.approx(made[2].variant.traps[0].number)


def test_gift_of_ours_keeps_words_and_pairs(tmp_path: Path) -> None:
    course = load_course(CourseRoot.at(write_course(tmp_path)))
    request = QuizRequest(course, load_quiz(course, "bread"), 1, 0, lambda said: None)
    found = from_gift.read("".join(gift.subcommand.make(request)))
    assert [question.kind for question in found.questions] == ["truefalse", "text", "matching"]
    salt, gas, places = quiz_of(quiz_file.write("Bread", found.questions)).questions
    assert getattr(salt, "key", None) is False
    assert getattr(gas, "keys", ()) == ("carbon dioxide", "CO2")
    assert getattr(places, "pairs", ())[3].right == "Italy"


GIFT = r"""// A bank of somebody's.
$CATEGORY: top/rivers

::Capital:: Which city lies on the Seine? {
  =Paris#Yes, it does.
  ~Rome#That is the Tiber.
  ~%50%Rouen
}

The Danube is {=long =very long} .

Is 3 \= 4\: really\? {FALSE#No, three is less.#Right you are.}

How many legs has a spider? {#8:0}

Roughly, what is a third? {#0.3..0.4}

Write about rivers. {}

Two of these are even. {~%50%2 ~%50%4 ~%-100%5}

Match. {=Po -> Italy =Rhine -> Germany}

Nothing here

One and one are {#2:0}
Two and two are {#4:0}
"""


def test_gift_of_others_is_read_and_each_problem_has_its_line() -> None:
    found = from_gift.read(GIFT)
    kinds = [question.kind for question in found.questions]
    assert kinds == ["single", "text", "truefalse", "number", "number", "multiple", "matching"]
    assert [question.line for question in found.questions] == [4, 10, 12, 14, 16, 20, 22]
    assert found.problems == [
        (4, "'Rouen' gets 50% there, and counts as wrong here."),
        (18, "This question is left out: its answer is an essay."),
        (24, "This question is left out: it has no answers in braces."),
        (
            26,
            "This question is left out: another brace opens after its answers; put an empty line between two"
            " questions, and \\ before a brace.",
        ),
    ]
    quiz = quiz_of(quiz_file.write("Rivers", found.questions))
    first, gap, truth, legs, third, *_ = quiz.questions
    assert isinstance(first, Single)
    assert first.id == "capital"
    assert "The Danube is _____" in gap.ask
    assert (truth.ask, getattr(truth, "key", None), getattr(truth, "why", "")) == (
        "Is 3 = 4: really\\?",
        False,
        "No, three is less.",
    )
    assert isinstance(legs, Number)
    assert legs.tolerance.accepts(8, 8)
    assert not legs.tolerance.accepts(8.1, 8)
    assert isinstance(third, Number)
    assert third.tolerance.accepts(0.31, float(third.key))


def test_several_whole_answers_are_no_single_choice() -> None:
    """Any of them would be right there; here they would be a question without a key, or lose all but one."""
    found = from_gift.read(
        "Name a river. {=Po =Rhine ~Etna}\n\nAn even number? {#=2:0 =4:0}\n\nName a hill. {=Etna =Vesuvius}"
    )
    assert [(question.line, question.kind) for question in found.questions] == [(5, "text")]
    left_out = (
        "This question is left out: {} are each the whole answer, and here one is; where they belong together, give"
        " each its part of the points."
    )
    assert found.problems == [(1, left_out.format("'Po' and 'Rhine'")), (3, left_out.format("'2.0' and '4.0'"))]
    xml = "".join(f'<answer fraction="100"><text>{name}</text></answer>' for name in ("Po", "Rhine"))
    question = f'<quiz>\n<question type="multichoice"><single>true</single>{xml}</question></quiz>'
    assert from_moodle.read(question.encode()).problems == [(2, left_out.format("'Po' and 'Rhine'"))]


@pytest.mark.parametrize(
    ("data", "line", "sentence"),
    [
        (b"<quiz>\n<question>\n</quiz>", 3, "This is not XML: mismatched tag"),
        (b"<other/>", 1, "it has no <quiz>"),
        (b'<!DOCTYPE quiz [<!ENTITY a "b">]>\n<quiz/>', 1, "A document type is declared here"),
        (b"", 1, "This is not XML: no element found"),
    ],
)
def test_what_is_no_moodle_xml_is_refused(data: bytes, line: int, sentence: str) -> None:
    with pytest.raises(from_moodle.NotXml) as refused:
        from_moodle.read(data)
    assert refused.value.line == line
    assert sentence in str(refused.value)


XML = """<quiz>
<question type="essay"><name><text>Long</text></name></question>
<question type="multichoice">
 <name><text>Picture</text></name>
 <questiontext format="html"><text>
 <![CDATA[<p>See <img src="a.png"> and <b>choose</b> \\(x^2\\).</p>]]></text></questiontext>
 <single>true</single>
 <answer fraction="100"><text>Yes</text><feedback><text>It is.</text></feedback></answer>
 <answer fraction="0"><text>No</text></answer>
</question>
</quiz>
"""


def test_the_command_writes_a_quiz_lists_it_and_tells_what_is_left(gradecheck: Command, tmp_path: Path) -> None:
    root = write_course(tmp_path)
    (tmp_path / "bank.xml").write_text(XML)
    done = gradecheck("import", "moodle-xml", tmp_path / "bank.xml", "--id", "taken-over", course=root)
    assert done.code == 0, done.err
    assert f"{tmp_path / 'bank.xml'}:2: This question is left out: a question of the type 'essay'" in done.err
    assert f"{tmp_path / 'bank.xml'}:3: A picture or other medium (<img>) is left out" in done.err
    assert "quizzes/taken-over.yaml, with 1 question." in done.out
    assert "quizzes: [bread, taken-over]" in (root / "course.yaml").read_text()
    written = yaml.safe_load((root / "quizzes" / "taken-over.yaml").read_text())
    assert written["questions"][0]["ask"] == "See and **choose** $x^2$."
    proof = gradecheck("validate", "taken-over", course=root)
    assert "quizzes/taken-over.yaml:6: TODO: the one idea that it tests" in proof.out
    left = (root / "quizzes" / "taken-over.yaml").read_text()
    (root / "quizzes" / "taken-over.yaml").write_text(left.replace("TODO: ", ""))
    assert gradecheck("validate", "taken-over", course=root).code == 0


def test_misuse_writes_nothing(gradecheck: Command, tmp_path: Path) -> None:
    root = write_course(tmp_path)
    (tmp_path / "essay.txt").write_text("Write. {}\n")
    (tmp_path / "latin.txt").write_bytes(b"\xe9 {T}\n")
    before = (root / "course.yaml").read_text()
    for name, said in (
        ("nowhere.txt", "can't be read"),
        ("latin.txt", "is not UTF-8"),
        ("essay.txt", "There is no question"),
    ):
        done = gradecheck("import", "gift", tmp_path / name, course=root)
        assert (done.code, said in done.err) == (2, True), done.err
    (tmp_path / "bread.txt").write_text("Yes? {T}\n")
    assert gradecheck("import", "gift", tmp_path / "bread.txt", course=root).code == 2
    assert (root / "course.yaml").read_text() == before
