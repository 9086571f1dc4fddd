r"""Quizzes in the forms of five systems: each choice keeps its explanation, mathematics stands in `\(…\)`."""

from __future__ import annotations

import html
import json
import re
import sqlite3
import zipfile
from collections.abc import Iterator
from decimal import ROUND_HALF_EVEN, Decimal
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from autograder.course import Course, CourseRoot, Quiz, load_course, load_quiz
from autograder.course.quiz_model import Multiple, Number, Single
from autograder.export import anki, gift, jupyterquiz, moodle_xml, qti
from autograder.export.questions import Item, items, plain_number
from tests.command import REPOSITORY, Command
from tests.export import golden
from tests.quiz import kinds_course
from tests.small_course import change, write_course

SCHEMAS = Path(__file__).with_name("schemas")
QTI = f"{{{qti.QTI}}}"
COURSE = load_course(CourseRoot.at(REPOSITORY))
#: What breaks formats: markup, money, every special character of GIFT, a formula on its own, code.
AWKWARD = r"""|
      What is $\nabla_h L$ after *two* steps of $0.7$, if $a < b \& c$?
      [x](y) costs \$5; ~ = # { } : and <b>not bold</b>

      $$
      \frac{1}{2} \neq \begin{pmatrix} 1 & 2 \end{pmatrix}
      $$

      ```python
      x = {"a": 1}  # <script>alert(1)</script>

      print(x)
      ```
"""


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Course:
    """The small course, with a question that holds everything awkward."""
    root = write_course(tmp_path_factory.mktemp("small"))
    change(root, "quizzes/products.yaml", "'What is left after two steps of $0.7$?'", AWKWARD)
    return load_course(CourseRoot.at(root))


@pytest.fixture(scope="module")
def few(small: Course) -> list[Item]:
    """Its items, the parametrised question drawn twice."""
    return items(small, load_quiz(small, "products"), 2, 0)


@pytest.fixture(params=COURSE.quiz_ids)
def quiz(request: pytest.FixtureRequest) -> Quiz:
    """Each quiz of the real course."""
    return load_quiz(COURSE, request.param)


def valid(schema: str, text: str) -> Any:
    """The document's root; fails where the schema isn't met."""
    root = etree.fromstring(text.encode())
    etree.XMLSchema(etree.parse(SCHEMAS / schema)).assertValid(root)
    return root


def shown(item: Item) -> list[str]:
    """Every text of an item that a system must keep, as HTML."""
    if isinstance(item.question, Number):
        return [item.ask(), item.key().feedback, *(trap.feedback for trap in item.traps())]
    choices = [text for choice in item.variant.choices for text in (item.text(choice), item.why(choice))]
    return [item.ask(), *choices]


def wrong_feedbacks(item: Item) -> Iterator[tuple[str, str]]:
    """The title of each wrong answer's misconception, as HTML, and its feedback."""
    from autograder.export.questions import inline

    if isinstance(item.question, Number):
        beliefs = [trap.misconception for trap in item.question.traps]
        yield from zip(map(_title(inline), beliefs), (trap.feedback for trap in item.traps()), strict=True)
    else:
        for choice in item.variant.choices:
            if not choice.correct:
                yield _title(inline)(choice.misconception), item.why(choice)


def _title(inline: Any) -> Any:
    return lambda belief: inline(COURSE.misconceptions[belief].title)


# What all formats share


def test_every_wrong_answer_names_its_misconception(quiz: Quiz) -> None:
    for item in items(COURSE, quiz, 3, 0):
        found = list(wrong_feedbacks(item))
        assert found or isinstance(item.question, Multiple)
        for title, feedback in found:
            assert feedback.startswith(f"<p><strong>Misconception:</strong> {title}</p>\n<p>")


class _Words(HTMLParser):
    """The text of a page outside of code."""

    def __init__(self, source: str) -> None:
        super().__init__()
        self.words, self.tags = "", [""]
        self.feed(source)

    def handle_starttag(self, tag: str, attrs: object) -> None:
        self.tags.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.tags.pop() == tag

    def handle_data(self, data: str) -> None:
        self.words += data if "code" not in self.tags else ""


def test_mathematics_is_what_was_written(quiz: Quiz) -> None:
    formulas = 0
    for item in items(COURSE, quiz, 2, 0):
        written = [item.variant.ask, *(choice.text for choice in item.variant.choices)]
        made = [item.ask(), *(item.text(choice) for choice in item.variant.choices)]
        for markdown, page in zip(written, made, strict=True):
            words = _Words(page).words
            found = [
                re.sub(r"\s+", " ", a or b).strip() for a, b in re.findall(r"\\\((.*?)\\\)|\\\[(.*?)\\\]", words, re.S)
            ]
            spans = re.sub(r"```.*?```|`[^`]*`", "", markdown, flags=re.S)
            inside = re.findall(r"(?<!\\)\$\$(.+?)\$\$|(?<!\\)\$(.+?)(?<!\\)\$", spans, re.S)
            assert found == [re.sub(r"\s+", " ", a or b).strip() for a, b in inside]
            assert "@{" not in words
            formulas += len(found)
    assert formulas


def test_drawn_variants_differ_and_come_back(quiz: Quiz) -> None:
    first, again, other = (items(COURSE, quiz, 3, seed) for seed in (0, 0, 1000))
    assert [item.variant for item in first] == [item.variant for item in again]
    assert [item.id for item in first] == list(dict.fromkeys(item.id for item in first))
    drawn = [item for item in first if item.id != item.question.id]
    for question in {item.question.id for item in drawn}:
        values = [tuple(item.variant.values.items()) for item in drawn if item.question.id == question]
        assert len(values) == len(set(values)) >= 2
    if drawn:
        assert [item.variant.values for item in first] != [item.variant.values for item in other]


@given(st.floats(-1e12, 1e12))
def test_numbers_are_written_without_an_exponent(number: float) -> None:
    text = plain_number(number)
    assert re.fullmatch(r"-?\d+(\.\d+)?", text)
    assert float(text) == pytest.approx(number, rel=1e-14)


# Moodle XML


def test_moodle_xml_is_as_it_was(few: list[Item]) -> None:
    golden.check("quiz.moodle.xml", moodle_xml.render(r"Products of $\rho$ / more", few))


def test_moodle_xml_meets_its_schema(quiz: Quiz) -> None:
    made = items(COURSE, quiz, 3, 0)
    root = valid("moodle.xsd", moodle_xml.render(quiz.title, made))
    questions = root.findall("question")[1:]
    assert [question.findtext("name/text") for question in questions] == [item.id for item in made]
    for item, question in zip(made, questions, strict=True):
        assert all(answer.findtext("feedback/text") for answer in question.findall("answer"))
        earned = [float(answer.get("fraction")) for answer in question.findall("answer")]
        assert sum(share for share in earned if share > 0) == pytest.approx(100, abs=1e-3)
        assert question.find("questiontext/text").text == item.ask()
        if item.keeps_order:
            assert question.findtext("shuffleanswers") == "false"


def test_moodle_takes_the_key_and_its_tolerance(few: list[Item]) -> None:
    item = few[-1]
    assert isinstance(item.question, Number)
    answers = valid("moodle.xsd", moodle_xml.render("x", [item])).findall("question/answer")
    key, margin = float(answers[0].findtext("text")), float(answers[0].findtext("tolerance"))
    assert item.question.tolerance.accepts(key + 0.999 * margin, item.variant.key)
    assert not item.question.tolerance.accepts(key + 1.001 * margin, item.variant.key)
    assert [answer.get("fraction") for answer in answers] == ["100", "0"]


# GIFT


def test_gift_is_as_it_was(few: list[Item]) -> None:
    golden.check("quiz.gift.txt", gift.render(r"Products of $\rho$ / more", few))


def gift_reads(text: str) -> str:
    r"""What Moodle makes of an escaped text: first of `\\`, then of the rest."""
    return re.sub(r"\\(.)", lambda match: "\n" if match[1] == "n" else match[1], text, flags=re.S)


@given(st.text(st.characters(exclude_characters="\r", exclude_categories=["Cs"])))
def test_gift_gives_back_every_text(text: str) -> None:
    escaped = gift.escape(text)
    assert gift_reads(escaped) == text
    assert "\n" not in escaped
    assert not re.search(r"(?<!\\)(?:\\\\)*[~=#{}:]", escaped)


def test_gift_keeps_every_text(quiz: Quiz) -> None:
    made = items(COURSE, quiz, 2, 0)
    category, *questions = gift.render(quiz.title, made).strip().split("\n\n")
    assert category.startswith("$CATEGORY: $course$/top/")
    assert len(questions) == len(made)
    for item, question in zip(made, questions, strict=True):
        parts = re.split(r"(?<!\\)(?:\\\\)*(?:::|\[html\]|[~=#{}]|%-?[\d.]+%)", question)
        read = {gift_reads(part).strip() for part in parts}
        assert {text.strip() for text in shown(item)} <= read
        assert len(re.findall(r"(?<!\\)(?:\\\\)*[{}]", question)) == 2


# QTI


def test_qti_is_as_it_was(few: list[Item]) -> None:
    files = {file.path: file.data.decode() for file in qti.files("products", r"Products of $\rho$", "Intro.", few)}
    assert list(files) == [
        "imsmanifest.xml",
        "gradecheck_products/assessment_meta.xml",
        "gradecheck_products/gradecheck_products.xml",
    ]
    golden.check("quiz.qti.txt", "".join(f"=== {path}\n{text}" for path, text in files.items()))


def test_qti_meets_its_schema_and_displays_what_it_has(quiz: Quiz) -> None:
    made = items(COURSE, quiz, 2, 0)
    files = {file.path: file.data.decode() for file in qti.files(quiz.id, quiz.title, quiz.intro, made)}
    root = valid("qti.xsd", files[f"gradecheck_{quiz.id}/gradecheck_{quiz.id}.xml"])
    found = root.findall(f".//{QTI}item")
    assert len(found) == len(made)
    for item in found:
        displayed = [element.get("linkrefid") for element in item.iter(f"{QTI}displayfeedback")]
        assert sorted(displayed) == sorted(element.get("ident") for element in item.findall(f"{QTI}itemfeedback"))
        labels = {element.get("ident") for element in item.iter(f"{QTI}response_label")}
        named = {element.text for element in item.iter(f"{QTI}varequal")}
        assert named <= labels or labels == {"answer1"}
        assert len([element for element in item.iter(f"{QTI}setvar") if element.text == "100"]) == 1
    for item, element in zip(made, found, strict=True):
        texts = "".join(element.itertext())
        assert all(text in texts for text in shown(item))
    manifest = etree.fromstring(files["imsmanifest.xml"].encode())
    assert {file.get("href") for file in manifest.iter(f"{{{qti.PACKAGE}}}file")} == set(files) - {"imsmanifest.xml"}


def test_qti_asks_for_numbers_of_which_canvas_keeps_enough(quiz: Quiz) -> None:
    made = [item for item in items(COURSE, quiz, 3, 0) if isinstance(item.question, Number)]
    files = {file.path: file.data for file in qti.files(quiz.id, quiz.title, quiz.intro, made)}
    found = etree.fromstring(files[f"gradecheck_{quiz.id}/gradecheck_{quiz.id}.xml"]).findall(f".//{QTI}item")
    for item, element in zip(made, found, strict=True):
        moved = re.search(r"Give 10<sup>(\d+)</sup> times your answer", "".join(element.itertext()))
        answer = Decimal(plain_number(item.key().number)).scaleb(int(moved[1]) if moved else 0)
        typed = answer.quantize(Decimal("0.0001"), ROUND_HALF_EVEN)
        low, high = (Decimal(element.findtext(f".//{QTI}{bound}") or "") for bound in ("vargte", "varlte"))
        assert low <= typed <= high
        assert (moved is None) == (abs(round(item.key().number, 4) - item.key().number) <= item.key().margin)


def test_qti_tells_which_questions_ask_for_a_power_of_ten(gradecheck: Command, tmp_path: Path) -> None:
    done = gradecheck("export", "qti", "activations", "--out", tmp_path / "q.zip")
    assert "Canvas keeps four decimals of a number, too few for ceiling-of-sigmoids-1, " in done.err
    assert gradecheck("export", "qti", "products", "--out", tmp_path / "p.zip").err == ""


TEXT2QTI = """Quiz title: Same

Title: one
1. What is left?
a) Sum
... Not that.
*b) Power
... That.

Title: two
2. Which are?
[*] First
... Yes.
[ ] Second
... No.
[*] Third
... Yes.

Title: three
3. How much?
... In full.
- Not so.
= 0.2401 +- 0.0048
"""


def test_qti_has_the_form_that_text2qti_gives_it(few: list[Item], tmp_path: Path) -> None:
    """Single, several and number: the same elements with the same attributes, whatever their ids and texts are."""
    from text2qti.config import Config
    from text2qti.qti import QTI as Text2Qti
    from text2qti.quiz import Quiz as TheirQuiz

    Text2Qti(TheirQuiz(TEXT2QTI, config=Config())).save(tmp_path / "theirs.zip")
    with zipfile.ZipFile(tmp_path / "theirs.zip") as archive:
        name = next(name for name in archive.namelist() if re.fullmatch(r".*/text2qti_assessment_\w+\.xml", name))
        theirs = etree.fromstring(archive.read(name)).findall(f".//{QTI}item")
    files = {file.path: file.data for file in qti.files("q", "Q", None, few[:3])}
    ours = etree.fromstring(files["gradecheck_q/gradecheck_q.xml"]).findall(f".//{QTI}item")
    for mine, their in zip(ours, theirs, strict=True):
        assert forms(mine) == forms(their)


def forms(item: Any) -> set[str]:
    """Each path in an item with the attributes that mean something to Canvas; the labels and kind of its metadata."""
    found = set()
    for element in item.iter():
        path = "/".join([*(above.tag for above in reversed(list(element.iterancestors()))), element.tag])
        path = path.replace(QTI, "").partition("section/")[2]
        own = {name: value for name, value in element.attrib.items() if name not in ("ident", "linkrefid", "title")}
        own |= {"respident": "response1"} if "respident" in own else {}
        found.add(f"{path} {sorted(own.items())}")
        if element.tag == f"{QTI}fieldlabel":
            entry = element.getnext().text if element.text == "question_type" else ""
            found.add(f"{element.text}={entry}")
    return found


# jupyterquiz


def test_jupyterquiz_is_as_it_was(few: list[Item]) -> None:
    golden.check("quiz.jupyterquiz.json", jupyterquiz.render(few))


def test_jupyterquiz_meets_its_schema(quiz: Quiz) -> None:
    made = items(COURSE, quiz, 2, 0)
    text = jupyterquiz.render(made)
    schema = json.loads((SCHEMAS / "jupyterquiz.json").read_text(encoding="utf-8"))
    jsonschema.validate(json.loads(text), schema, cls=jsonschema.Draft202012Validator)
    assert "$" not in text  # it would open a formula
    for item, question in zip(made, json.loads(text), strict=True):
        texts = {part for answer in question["answers"] for part in (answer.get("answer"), answer["feedback"])}
        texts.add(question["question"])
        assert {html.unescape(text) for text in shown(item)} <= {html.unescape(text) for text in texts if text}
        if isinstance(item.question, Number):
            key = question["answers"][0]
            low, high = key.get("range", (key.get("value"), float("inf")))
            assert low <= item.variant.key < high
        else:
            right = [answer for answer in question["answers"] if answer["correct"]]
            assert len(right) == len(item.variant.keys)
            assert (len(right) == 1) or not isinstance(item.question, Single)


# Anki


def notes(deck: Path, folder: Path) -> list[dict[str, Any]]:
    """The notes of a deck, read from its database."""
    with zipfile.ZipFile(deck) as archive:
        archive.extract("collection.anki2", folder)
    connection = sqlite3.connect(folder / "collection.anki2")
    rows = connection.execute("SELECT guid, mid, tags, flds FROM notes ORDER BY id").fetchall()
    cards = connection.execute("SELECT count(*), count(DISTINCT did), min(did) FROM cards").fetchone()
    connection.close()
    assert cards[:2] == (len(rows), 1)
    return [
        {"guid": guid, "model": model, "deck": cards[2], "tags": tags.split(), "fields": fields.split("\x1f")}
        for guid, model, tags, fields in rows
    ]


def test_anki_is_as_it_was(few: list[Item], tmp_path: Path) -> None:
    (tmp_path / "deck.apkg").write_bytes(anki.package("products", r"Products of $\rho$", few))
    read = notes(tmp_path / "deck.apkg", tmp_path)
    assert [tuple(note["fields"]) for note in read] == [anki.fields(item) for item in few]
    golden.check("quiz.anki.json", json.dumps(read, indent=1, ensure_ascii=False) + "\n")


def test_anki_is_written_to_be_read(tmp_path: Path) -> None:
    tiny = """  - id: tiny
    kind: number
    concept: crumbs
    ask: 'How much is left?'
    key: 3*0.1**30
    right: 'Hardly any.'
"""
    asked = kinds_course.QUIZ.replace("Injera, right: Ethiopia", "Injera, right: '$E_t$'") + tiny
    course = load_course(CourseRoot.at(kinds_course.write_course(tmp_path, asked)))
    quiz = load_quiz(course, "bread")
    backs = {item.id: anki.fields(item)[2:] for item in items(course, quiz, 1, 0)}
    assert backs["tiny"][0] == "3e-30"
    assert "<p>Injera → \\(E_t\\)</p>" in backs["places"][0]
    assert backs["salt"][1].count("It lives on sugar") == 1


def test_anki_knows_the_notes_again(quiz: Quiz, tmp_path: Path) -> None:
    made = items(COURSE, quiz, 2, 0)
    for name in ("one", "two"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "deck.apkg").write_bytes(anki.package(quiz.id, quiz.title, made))
    one, two = (notes(tmp_path / name / "deck.apkg", tmp_path / name) for name in ("one", "two"))
    assert one == two
    assert len({note["guid"] for note in one}) == len(made)
    for item, note in zip(made, one, strict=True):
        fields = "".join(note["fields"])
        assert all(text in fields for text in shown(item))


# The command


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["gift", "product"], "There is no quiz 'product'"),
        (["qti", "products", "--out", "quiz.xml"], "name a file that ends with .zip"),
        (["moodle-xml", "products", "--variants", "0"], "0 is not in the range"),
        (["anki", "products", "--out", "no/folder/deck.apkg"], "can't be written: No such file or directory"),
        (["anki", "products"], "Missing option '--out'"),
    ],
)
def test_misuse_is_said_in_one_line(tmp_path: Path, arguments: list[str], sentence: str) -> None:
    done = Command(tmp_path)("export", *arguments)
    assert done.code == 2
    assert sentence in done.err
    assert "Traceback" not in done.err


def test_every_format_is_written_by_the_command(tmp_path: Path) -> None:
    gradecheck = Command(tmp_path)
    for form, name in (("qti", "q.zip"), ("anki", "q.apkg"), ("jupyterquiz", "q.json"), ("gift", "q.txt")):
        done = gradecheck("export", form, "products", "--variants", "4", "--seed", "7", "--out", name)
        assert done.code == 0, done.err
        assert (tmp_path / name).stat().st_size > 5000
    printed = gradecheck("export", "moodle-xml", "products", "--variants", "4", "--seed", "7")
    made = items(COURSE, load_quiz(COURSE, "products"), 4, 7)
    assert printed.out == moodle_xml.render(load_quiz(COURSE, "products").title, made)
