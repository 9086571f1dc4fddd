"""Pools: each student is asked some of their questions, the same ones always, and everybody for the same points."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path
from xml.etree import ElementTree

import msgspec
import pytest

from autograder.course import CourseError, CourseRoot, Quiz, load_course, load_quiz
from autograder.export import gift, moodle_xml, qti
from autograder.export.questions import items
from autograder.grading.report import Report
from autograder.grading.submission import Submission
from autograder.quiz import quiz_page
from autograder.quiz.analysis import analyse
from autograder.quiz.answers import check_answers, grade_answers
from autograder.quiz.pools import as_asked
from autograder.quiz.soundness import examine
from autograder.quiz.variant import variant
from tests.command import Command
from tests.quiz.kinds_course import write_course

QUESTION = """  - id: {name}
    kind: number
    points: 2
    concept: sums
    ask: 'How much is {name}?'
    parameters: {{n: {{integer: [3, 90]}}}}
    key: n
    right: 'It is $@{{n}}$.'
"""
POOLED = (
    "format: 1\ntitle: 'Bread'\nquestions:\n"
    "  - {id: all, kind: truefalse, concept: c, ask: 'Is it so?', key: true, right: 'It is.', why: 'It is.'}\n"
    + "".join(QUESTION.format(name=name) for name in ("one", "two", "three", "four"))
    + "pools:\n  - {choose: 2, of: [one, two, three, four]}\n"
)
UNUSED = re.compile(r"^misconceptions:.*", re.DOTALL | re.MULTILINE)


@pytest.fixture
def root(tmp_path: Path) -> Path:
    root = write_course(tmp_path, POOLED)
    file = root / "course.yaml"
    file.write_text(UNUSED.sub("", file.read_text()))
    return root


@pytest.fixture
def quiz(root: Path) -> Quiz:
    return load_quiz(load_course(CourseRoot.at(root)), "bread")


def names(quiz: Quiz, seed: int) -> list[str]:
    return [question.id for question in as_asked(quiz, seed).questions]


def test_every_student_is_asked_as_many_for_the_same_points(quiz: Quiz) -> None:
    assert quiz.points == 5
    drawn = Counter[str]()
    for seed in range(600):
        own = as_asked(quiz, seed)
        assert own.points == quiz.points
        assert names(quiz, seed) == names(quiz, seed)
        assert len(own.questions) == 3
        drawn.update(question.id for question in own.questions)
    assert drawn.pop("all") == 600
    assert all(220 < times < 380 for times in drawn.values()), drawn


def test_a_question_that_is_added_changes_few_draws(root: Path, quiz: Quiz) -> None:
    longer = POOLED.replace("pools:", QUESTION.format(name="five") + "pools:").replace("four]", "four, five]")
    (root / "quizzes/bread.yaml").write_text(longer)
    more = load_quiz(load_course(CourseRoot.at(root)), "bread")
    kept = [set(names(quiz, seed)) == set(names(more, seed)) for seed in range(300)]
    assert 0.5 < sum(kept) / len(kept) < 0.7  # of five, the new one isn't among two in three of five draws


def test_a_student_meets_the_same_ones_and_hands_them_in(gradecheck: Command, root: Path, tmp_path: Path) -> None:
    listed = gradecheck("quiz", course=root)
    assert "3 questions" in listed.out
    first = gradecheck("quiz", "bread", "--review", course=root)
    other_numbers = gradecheck("quiz", "bread", "--review", "--seed", "5", course=root)
    asked = re.findall(r"How much is (\w+)\?", first.out)
    assert asked == re.findall(r"How much is (\w+)\?", other_numbers.out)
    assert len(asked) == 2
    saved = gradecheck("quiz", "bread", "--save", "bread.json", course=root)
    assert saved.code == 1
    (tmp_path / "class/ann").mkdir(parents=True)
    (tmp_path / "bread.json").rename(tmp_path / "class/ann/bread.json")
    gradecheck("batch", "class", "--out", "out", course=root)
    assert "ann,bread,0,5," in (tmp_path / "out/grades.csv").read_text(encoding="utf-8-sig")


def graded(root: Path, quiz: Quiz, seed: int, answered: list[str]) -> Report:
    course = load_course(CourseRoot.at(root))
    answers = []
    for name in answered:
        question = quiz.question(name)
        assert question is not None

        key = variant(question, seed, "bread").key
        answers.append({"question": name, "answer": "true" if key is None else repr(key), "seed": seed})
    file = {"schema": 1, "course": course.id, "quiz": "bread", "seed": seed, "answers": answers}
    submission = Submission("bread.json", msgspec.json.encode(file), "")
    return grade_answers(course, quiz, check_answers(submission, course, quiz))


def test_only_the_questions_of_the_draw_count(root: Path, quiz: Quiz) -> None:
    own = names(quiz, 7)
    others = [name for name in ("one", "two", "three", "four") if name not in own]
    full = graded(root, quiz, 7, own)
    assert (full.score, full.points, full.passed, full.remarks) == (5, 5, True, [])
    elsewhere = graded(root, quiz, 7, ["all", own[1], *others])
    assert (elsewhere.score, elsewhere.points, elsewhere.passed) == (3, 5, False)
    assert [check.id for check in elsewhere.checks] == own
    assert "2 answers are to questions of a pool" in elsewhere.remarks[0]


def test_figures_of_a_class_are_given_though_nobody_met_all(root: Path, quiz: Quiz) -> None:
    reports = [graded(root, quiz, seed, names(quiz, seed)[: 1 + seed % 3]) for seed in range(30)]
    found = analyse(reports, quiz)
    assert found is not None
    assert (found.n, found.complete, found.withheld, found.alpha) == (30, 30, False, None)
    assert found.mean == pytest.approx(sum(report.score for report in reports) / 30)
    assert sum(item.n for item in found.items) == 90


@pytest.mark.parametrize(
    ("old", "new", "line", "sentence"),
    [
        ("choose: 2", "choose: 4", "pools:", "is 4, and the pool has 4 questions; choose fewer, or add some."),
        ("two, three", "two, thre", "pools:", "is 'thre', and no question has that id (Did you mean 'three'?)."),
        ("three, four]", "three, one]", "pools:", "is 'one', which is in a pool already; a question belongs to one."),
        ("points: 2", "points: 3", "pools:", "worth 2, and 'one' is worth 3; the questions of a pool must be worth"),
    ],
)
def test_a_pool_that_would_be_unfair_is_told_at_its_line(
    root: Path, old: str, new: str, line: str, sentence: str
) -> None:
    file = root / "quizzes/bread.yaml"
    text = file.read_text().replace(old, new, 1)
    file.write_text(text)
    with pytest.raises(CourseError) as told:
        load_quiz(load_course(CourseRoot.at(root)), "bread")
    at = text.splitlines().index(line) + 2
    assert any(problem.line == at and sentence in problem.sentence for problem in told.value.problems)


def test_questions_that_reward_guessing_otherwise_are_pointed_at(root: Path, quiz: Quiz) -> None:
    assert examine(quiz).warnings == ()
    text = POOLED.replace("id: all,", "id: all, points: 2,").replace("one, two, three, four]", "all, one, two]")
    (root / "quizzes/bread.yaml").write_text(text)
    (warning,) = examine(load_quiz(load_course(CourseRoot.at(root)), "bread")).warnings
    assert "Who guesses earns 50% of 'all' and 0% of 'one'" in warning.sentence


def test_a_translation_has_the_same_pools(gradecheck: Command, root: Path) -> None:
    (root / "quizzes/es").mkdir()
    (root / "quizzes/es/bread.yaml").write_text(POOLED.replace("choose: 2", "choose: 3"))
    ended = gradecheck("validate", "bread", course=root)
    assert ended.code == 1
    assert "quizzes/es/bread.yaml:" in ended.out
    assert "The pools aren't those of the original." in ended.out


def test_formats_with_room_for_pools_have_them(gradecheck: Command, root: Path, quiz: Quiz) -> None:
    made = items(load_course(CourseRoot.at(root)), quiz, 3, 0)
    assert len(made) == 5  # a question of a pool is drawn once
    document = ElementTree.fromstring(moodle_xml.render(quiz.title, made))
    paths = [each.text for each in document.findall("question/category/text")]
    assert paths == ["$course$/top/Bread", "$course$/top/Bread/Pool 1"]
    assert [each.get("type") for each in document] == ["category", "truefalse", "category", *["numerical"] * 4]
    assert gift.render(quiz.title, made).count("$CATEGORY: ") == 2
    files = {file.path: file.data.decode() for file in qti.files(quiz.id, quiz.title, None, made)}
    assert "<points_possible>5</points_possible>" in files["gradecheck_bread/assessment_meta.xml"]
    root_section = ElementTree.fromstring(files["gradecheck_bread/gradecheck_bread.xml"]).find(
        "{*}assessment/{*}section"
    )
    assert root_section is not None
    (group,) = root_section.findall("{*}section")
    assert group.findtext("{*}selection_ordering/{*}selection/{*}selection_number") == "2"
    assert group.findtext(".//{*}points_per_item") == "2"
    assert len(group.findall("{*}item")) == 4
    assert "add 2 random questions of it" in gradecheck("export", "moodle-xml", "bread", course=root).err
    assert (
        "it asks all of one, two, three, four, not 2" in gradecheck("export", "jupyterquiz", "bread", course=root).err
    )


def test_a_page_asks_as_many_questions_as_a_student_is_asked(root: Path) -> None:
    course = load_course(CourseRoot.at(root))
    page = quiz_page.render(course, load_quiz(course, "bread"))
    assert page.count('class="question"') == 3
    assert "{score} of 5 points" in page
