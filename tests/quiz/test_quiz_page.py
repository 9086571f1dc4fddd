"""A quiz played in a real browser: every kind of question is judged and explained there as in the terminal."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from html import unescape
from itertools import chain, combinations, permutations, product
from pathlib import Path
from random import Random

import axe_playwright_python
import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from autograder.course import Course, CourseRoot, Quiz, load_course, load_quiz
from autograder.course.expressions import NotANumber
from autograder.course.quiz_model import Matching, Multiple, Number, Ordering, ShortText, Single, TrueFalse
from autograder.feedback import markdown
from autograder.quiz import quiz_page
from autograder.quiz.presentation import UNFORESEEN, label_of, number_in_words, verdict_in_words
from autograder.quiz.scoring import Given, judge
from autograder.quiz.variant import Variant, variant
from tests.chromium import browser
from tests.command import REPOSITORY
from tests.quiz.kinds_course import QUIZ, write_course

__all__ = ["browser"]

AXE = Path(axe_playwright_python.__file__).with_name("axe.min.js").read_text(encoding="utf-8")
CHOICES = r"""  - id: loaf
    kind: single
    concept: weight
    ask: 'What does a loaf of $@{500}$ g weigh?'
    choices:
      - {id: half, text: '$0.5$ kg', correct: true, why: 'A thousand grams are a kilogram.'}
      - {id: five, text: '5 kg', misconception: salt-feeds, why: 'That is *ten* loaves.'}
      - {id: none, text: 'Nothing', why: 'Pick it up.', pin: last}
    right: 'Weigh it.'
  - id: flours
    kind: multiple
    concept: flours
    points: 2
    ask: 'Which are flours?'
    choices:
      - {id: rye, text: Rye, correct: true, why: 'It is.', misconception: heat-feeds}
      - {id: spelt, text: Spelt, correct: true, why: 'It is, too.'}
      - {id: sand, text: Sand, why: 'No.', misconception: flat-is-italian}
      - {id: chalk, text: Chalk, why: 'No, neither.', misconception: flat-is-italian}
  - id: minutes
    kind: number
    concept: time
    ask: 'How long does it bake?'
    key: 2*20
    absolute: 0.5
    unit: minutes
    right: 'Twice $@{20}$.'
    traps:
      - {value: 20, exact: true, misconception: salt-feeds, why: 'That is *half* of it.'}
      - {value: 400, misconception: heat-feeds, why: 'Ten times too long.'}
  - id: street
    kind: text
    concept: words
    ask: 'Where is the bakery?'
    key: ['Große Straße', 'ΣΊΣΥΦΟΣ', 'I']
    right: 'It is.'
"""
NUMBERS = "format: 1\ntitle: Numbers\nquestions:\n" + "".join(
    f"  - {{id: n{k}, kind: number, concept: c, ask: 'Which?', key: 1e9+0.5, exact: true, right: r, unit: {unit}}}\n"
    for k, unit in enumerate(["steps", "'%'"] * 25)
)


@dataclass(frozen=True)
class Played:
    """A quiz of a course, and its page in a browser."""

    course: Course
    quiz: Quiz
    page: Page
    address: str

    @property
    def variants(self) -> list[Variant]:
        return [variant(question, quiz_page.SEED, self.quiz.id) for question in self.quiz.questions]

    def section(self, place: int) -> Locator:
        return self.page.locator(".question").nth(place)


def written(course: Course, name: str, folder: Path, page: Page) -> Played:
    """Write the page of a quiz."""
    quiz = load_quiz(course, name)
    file = folder / f"{name}.html"
    file.write_text(quiz_page.render(course, quiz, home="index.html"), encoding="utf-8")
    return Played(course, quiz, page, file.as_uri())


@pytest.fixture(scope="module")
def page(browser: Browser) -> Iterator[Page]:
    """A page on which nothing may go wrong."""
    page = browser.new_page()
    problems: list[str] = []
    page.on("pageerror", lambda error: problems.append(str(error)))
    page.on("console", lambda message: problems.append(message.text))
    page.on("request", lambda request: problems.append(request.url) if not request.url.startswith("file:") else None)
    yield page
    page.close()
    assert problems == []


@pytest.fixture(scope="module")
def kinds(page: Page, tmp_path_factory: pytest.TempPathFactory) -> Played:
    """A quiz of every kind of question."""
    folder = tmp_path_factory.mktemp("kinds")
    course = load_course(CourseRoot.at(write_course(folder, QUIZ + CHOICES)))
    return written(course, "bread", folder, page)


def answers(one: Variant) -> list[Given]:
    """All answers to a question, or so many that every outcome is among them."""
    ids = [choice.id for choice in one.choices]
    match one.question:
        case Single():
            return [(each,) for each in ids]
        case Multiple():
            return list(chain.from_iterable(combinations(ids, size) for size in range(1, len(ids) + 1)))
        case TrueFalse():
            return ["true", "false"]
        case Ordering():
            return [*list(permutations(one.partners))[:24:5], one.partners]
        case Matching():
            every = list(product([piece.id for piece in one.pieces], repeat=len(one.lefts)))
            return [*every[:: len(every) // 9], one.partners]
        case Number():
            traps = [repr(trap.number) for trap in one.traps]
            return [
                repr(one.key),
                *traps,
                "8*5,4",
                f"40,4 {one.question.unit or ''}",
                "1e9",
                "1,000",
                "2²·5",
                "20.0001",
            ]
        case ShortText():
            return [
                *one.words,
                *(trap.text for trap in one.wrong_words),
                " gRosse  STRASSE",
                "σίσυφος",
                "ı",
                "ＣＯ２",
                "x",
            ]
        case _:
            raise AssertionError(one.question)


def give(section: Locator, one: Variant, given: Given) -> None:
    """Answer a question as a hand would."""
    match one.question:
        case Single() | Multiple() | TrueFalse():
            for value in [given] if isinstance(given, str) else given:
                section.locator(f"input[value='{value}']").check()
        case Number() | ShortText():
            section.locator("input").fill(str(given))
        case Ordering():
            for place, id in enumerate(given):
                for _ in range(len(given)):
                    shown = [item.get_attribute("data-id") for item in section.locator(".pieces > li").all()]
                    if shown[place] == id:
                        break
                    section.locator(f".pieces > li[data-id='{id}'] [data-move='-1']").click()
        case Matching():
            for select, id in zip(section.locator("select").all(), given, strict=True):
                select.select_option(id)
    section.locator("button.answer").click()


def plain(source: str) -> str:
    """What a person reads of some HTML."""
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", source)).split())


def of_markdown(text: str) -> str:
    return plain(markdown.to_html(text, under=4))


def texts(places: Locator) -> list[str]:
    return [plain(each.inner_html()) for each in places.all() if each.is_visible()]


def check(played: Played, section: Locator, one: Variant, given: Given) -> float:
    """What the page says of an answer must be what the terminal says of it; return what it earned."""
    judgement = judge(one, given)
    assert plain(section.locator(".outcome").inner_html()) == " ".join(verdict_in_words(one, judgement)), given
    titles = texts(section.locator(".explained .label"))
    wanted = [
        f"Misconception: {of_markdown(played.course.misconceptions[each].title)}" for each in judgement.misconceptions
    ]
    assert set(titles) == set(wanted), given
    said = plain(section.locator(".explained").inner_html())
    assert one.right is None or of_markdown(one.right) in said
    match one.question:
        case Single() | Multiple():
            chosen = frozenset(given)
            order = sorted(one.choices, key=lambda choice: (choice.id not in chosen, not choice.correct))
            several = isinstance(one.question, Multiple)
            assert texts(section.locator(".judged")) == [label_of(choice, chosen, several) for choice in order]
            assert [of_markdown(choice.why) in said for choice in order] == [True] * len(order)
        case Matching():
            wrong = [left for left, own, key in zip(one.lefts, given, one.partners, strict=True) if own != key]
            assert len(texts(section.locator("[data-wrong]"))) == len(wrong)
            reasons = [of_markdown(left.why) for left in wrong if left.why]
            assert texts(section.locator("[data-why]")) == reasons
        case Number() if not judgement.right:
            assert texts(section.locator("p.yours")) == [number_in_words(one, str(given).strip())]
            assert of_markdown(judgement.why or UNFORESEEN) in texts(section.locator("[data-outcome]"))[0]
        case _:
            shown = texts(section.locator("[data-outcome]"))
            assert len(shown) == bool(judgement.why)
            assert not judgement.why or of_markdown(judgement.why) in shown[0]
    return judgement.mark


def test_every_answer_to_every_kind_is_judged_and_explained_as_in_the_terminal(kinds: Played) -> None:
    every = [answers(one) for one in kinds.variants]
    for number in range(max(map(len, every))):
        kinds.page.goto(kinds.address)
        earned = 0.0
        for place, (one, possible) in enumerate(zip(kinds.variants, every, strict=True)):
            given = possible[number % len(possible)]
            give(kinds.section(place), one, given)
            earned += check(kinds, kinds.section(place), one, given)
        score = f"{round(earned, 2):g} of {kinds.quiz.points:g} points"
        assert kinds.page.locator("#so-far").inner_text() == f"{len(every)} of {len(every)} answered · {score}"
        assert kinds.page.locator("#end .score").inner_text() == score


COURSE = load_course(CourseRoot.at(REPOSITORY))


@pytest.mark.parametrize("name", COURSE.quiz_ids)
def test_every_quiz_of_the_course_can_be_played(page: Page, tmp_path: Path, name: str) -> None:
    played = written(COURSE, name, tmp_path, page)
    for round in range(2):
        page.goto(played.address)
        for place, one in enumerate(played.variants):
            possible = answers(one)
            given = possible[(7 * round + place) % len(possible)]
            give(played.section(place), one, given)
            check(played, played.section(place), one, given)


TYPICAL = r"""0,000515|3,500|0,500|12,345,678|1,234.5|1.234,5|5 200|5'200|7.1 x 10^-3|7,1·10⁻³|7.1E−3|0.9¹⁰
(0.5·1.2)^3|√2|√(2)|ln(3)|½|1½|max(1,2)|max(1)|sqrt(0,25)|15 %|7 steps|ρ = 7|~1500|０．２５|٣٫٥|007
0.36.|13 million|2(3)|2 pi|> 5|1/0|1/(1/0)|-2**2|2**-1|9**9**9|(-8)**0.5|round(2.5)|round(0.125, 2)
1_000|1__0|e|pi|log(8, 2)|1e400|40 percent|minutes|1e5 e|5log(2)|2**3**2|--3|(||abs(-3|tanh(.5)|1e-7
0·88|13·05|2·0.5|6.1×10-5|6,1 x 10−5|2*10-4|123456.5|99999.95|0.00001234567|0.36…
0.000 515|0.000 515 250|0.000 51|5.200.000|0.200.000|7.1 E-3|7,1e -3|7 e|π/2|2π
$7.1\cdot 10^{-3}$|2\times3|`0.9**10`|0.9^ {2+1}|\frac{1}{3}|log 2|0.5**2 = 0.25"""


def written_numbers() -> Iterator[str]:
    """Numbers as people write them, and what is nearly one."""
    draws = Random(20)
    yield from TYPICAL.replace("\n", "|").split("|")
    for _ in range(400):
        yield "".join(draws.choice("0123456789.,+-*/^() eExX·×⁻²½%√'") for _ in range(draws.randint(1, 9)))
    for _ in range(300):
        parts = [f"{draws.uniform(0, 2000):.{draws.randint(0, 3)}f}".replace(".", draws.choice(".,")) for _ in range(2)]
        led, ended = draws.choice(["", "x = ", "≈", "-"]), draws.choice(["", " %", " steps", "!"])
        yield led + draws.choice(["*", " / ", "-", "^", " x ", "·"]).join(parts[: draws.randint(1, 2)]) + ended


def test_numbers_are_read_as_in_the_terminal(page: Page, numbers: Played) -> None:
    every = list(written_numbers())
    for start in range(0, len(every), len(numbers.variants)):
        typed = every[start : start + len(numbers.variants)]
        for one, text, said in zip(numbers.variants, typed, read_by(page, numbers, typed), strict=False):
            assert said == number_read(one, " ".join(text.split())), text


def number_read(one: Variant, typed: str) -> str | None:
    try:
        return number_in_words(one, typed) if typed else None
    except NotANumber:
        return None


def read_by(page: Page, numbers: Played, written: list[str]) -> list[str | None]:
    """What the page says of numbers, each typed in answer to a question of its own."""
    page.goto(numbers.address)
    shown = page.evaluate(
        """(written) => written.map((text, place) => {
            const section = document.querySelectorAll(".question")[place];
            section.querySelector("input").value = text;
            section.querySelector("button.answer").click();
            return section.querySelector("p.yours").hidden ? null : section.querySelector("p.yours").textContent;
        })""",
        written,
    )
    assert isinstance(shown, list)
    return shown


@pytest.fixture(scope="module")
def numbers(page: Page, tmp_path_factory: pytest.TempPathFactory) -> Played:
    """A quiz of many numbers, none of which will be right."""
    folder = tmp_path_factory.mktemp("numbers")
    course = load_course(CourseRoot.at(write_course(folder, NUMBERS)))
    return written(course, "bread", folder, page)


def test_what_is_no_answer_is_refused_and_can_be_given_again(kinds: Played) -> None:
    kinds.page.goto(kinds.address)
    forms = {str(kinds.section(place).get_attribute("data-form")): place for place in range(len(kinds.variants))}
    for form in ("choices", "truth", "matching", "text", "number"):
        section = kinds.section(forms[form])
        section.locator("button.answer").click()
        assert section.locator(".refused").inner_text()
        assert not section.locator(".outcome").is_visible()
    section = kinds.section(forms["number"])
    section.locator("input").fill("forty")
    section.locator("input").press("Enter")
    assert "'forty' is not a number" in section.locator(".refused").inner_text()
    section.locator("input").fill("40")
    section.locator("input").press("Enter")
    assert section.locator(".outcome").inner_text().startswith("Right.")


def test_keys_alone_play_it(kinds: Played) -> None:
    page = kinds.page
    page.goto(kinds.address)
    steps = kinds.section(2)
    first = steps.locator(".piece").first.inner_text()
    steps.locator("[data-move='1']").first.focus()
    page.keyboard.press("Enter")
    assert steps.locator(".piece").nth(1).inner_text() == first
    assert page.evaluate("document.activeElement.dataset.move") == "1"  # it went along
    assert "now 2 of 4" in str(steps.locator("[data-moved]").text_content())
    salt = kinds.section(0)
    salt.locator("input").first.focus()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(salt.locator(".outcome")).to_be_focused()
    assert salt.locator(".outcome").inner_text().startswith("Right.")


def test_the_misconceptions_met_are_listed_at_the_end_with_what_to_do(kinds: Played) -> None:
    kinds.page.goto(kinds.address)
    for place, one in enumerate(kinds.variants):
        give(kinds.section(place), one, "true" if isinstance(one.question, TrueFalse) else right(one))
    assert texts(kinds.page.locator("#met li")) == ["Salt taken for food revise: what yeast eats"]
    kinds.page.locator("#again").click()
    expect(kinds.page.locator("#end")).to_be_hidden()


def right(one: Variant) -> Given:
    match one.question:
        case Single() | Multiple():
            return tuple(sorted(one.keys))
        case Number():
            return repr(one.key)
        case ShortText():
            return one.words[0]
        case _:
            return one.partners


def test_without_a_script_all_can_be_read_and_no_control_is_dead(browser: Browser, kinds: Played) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(kinds.address)
    assert not [each for each in page.locator("input, select, button").all() if each.is_visible()]
    section = page.locator(".question").nth(0)
    section.locator(".explained summary").click()
    assert "Misconception: Salt taken for food" in section.inner_text()
    assert "The right answer: false" in section.inner_text()
    context.close()


@pytest.mark.parametrize(("scheme", "width"), [("light", 320), ("dark", 1000)])
def test_axe_finds_nothing_before_and_after(browser: Browser, kinds: Played, scheme: str, width: int) -> None:
    # axe is our own script here: the page's policy would keep it out.
    viewport = {"width": width, "height": 900}
    context = browser.new_context(color_scheme=scheme, viewport=viewport, bypass_csp=True)  # type: ignore[arg-type]
    page = context.new_page()
    page.goto(kinds.address)
    page.evaluate(AXE)
    played = Played(kinds.course, kinds.quiz, page, kinds.address)
    for answered in (False, True):
        if answered:
            for place, one in enumerate(played.variants):
                give(played.section(place), one, answers(one)[-1])
        found = page.evaluate("axe.run(document, {resultTypes: ['violations']})")
        assert [(each["id"], node["html"][:150]) for each in found["violations"] for node in each["nodes"]] == []
        assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0
    context.close()
