"""What is drawn, typed and scored: for any seed, any text and any answer."""

from __future__ import annotations

import sys
from contextlib import suppress
from decimal import ROUND_HALF_UP, Context, Decimal

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from autograder.course import CourseRoot, Quiz, load_course, load_quiz
from autograder.course.expressions import NotANumber, evaluate
from autograder.course.quiz_model import Multiple
from autograder.course.template import fill, format_number, holes, template_faults
from autograder.quiz.scoring import InvalidAnswer, judge
from autograder.quiz.typed import Unreadable, read_answer
from autograder.quiz.variant import Variant, variant
from tests.small_course import write_course

SEEDS = st.integers(0, 2**63 - 1)
CALM = settings(max_examples=200, deadline=None)


@pytest.fixture(scope="module")
def quiz(tmp_path_factory: pytest.TempPathFactory) -> Quiz:
    root = write_course(tmp_path_factory.mktemp("course"))
    return load_quiz(load_course(CourseRoot.at(root)), "products")


def shown(one: Variant) -> tuple[object, ...]:
    return one.ask, one.hints, one.right, one.choices, one.key, one.traps


@CALM
@given(seed=SEEDS, number=st.integers(0, 2))
def test_the_same_seed_gives_the_same_question(quiz: Quiz, seed: int, number: int) -> None:
    question = quiz.questions[number]
    assert shown(variant(question, seed, quiz.id)) == shown(variant(question, seed, quiz.id))


def test_a_draw_is_the_same_on_every_machine(quiz: Quiz) -> None:
    """Drawn once, and written down: whoever reads an answer file must find the values that were answered to."""
    assert variant(quiz.questions[2], 7, quiz.id).values == {"rho": 0.7, "T": 8.0}
    order = [choice.id for choice in variant(quiz.questions[1], 7, quiz.id).choices]
    assert order == [
        "half",
        "double",
        "triple",
        "tenth",
    ]


def test_other_seeds_give_other_orders_and_values(quiz: Quiz) -> None:
    orders = {tuple(choice.id for choice in variant(quiz.questions[1], seed, quiz.id).choices) for seed in range(200)}
    values = {tuple(variant(quiz.questions[2], seed, quiz.id).values.values()) for seed in range(200)}
    assert len(orders) == 24
    assert len(values) == 3 * 5


@CALM
@given(seed=SEEDS)
def test_none_of_these_stays_last(quiz: Quiz, seed: int) -> None:
    assert variant(quiz.questions[0], seed, quiz.id).choices[-1].id == "none"


@pytest.mark.parametrize(
    ("text", "stays"),
    [
        ("All of the above", True),
        ("none of these.", True),
        ("Both of the other answers", True),
        ("*Todas las anteriores*", True),
        ("Ninguna de las respuestas anteriores", True),
        ("All of the units above the threshold", False),
        ("None of these weights is learnt", False),
    ],
)
def test_a_choice_that_speaks_of_those_above_stays_below_them(quiz: Quiz, text: str, stays: bool) -> None:
    choices = quiz.questions[1].choices  # type: ignore[union-attr]
    speaking = msgspec.structs.replace(choices[0], text=text)
    question = msgspec.structs.replace(quiz.questions[1], choices=(speaking, *choices[1:]))
    last = {variant(question, seed, quiz.id).choices[-1].id for seed in range(40)}
    assert (last == {speaking.id}) is stays
    written = msgspec.structs.replace(question, shuffle=False)
    assert [each.id for each in variant(written, 7, quiz.id).choices] == [each.id for each in written.choices]


@CALM
@given(seed=SEEDS, number=st.integers(0, 2), typed=st.text(max_size=40))
def test_whatever_is_typed_is_an_answer_or_one_clear_sentence(quiz: Quiz, seed: int, number: int, typed: str) -> None:
    one = variant(quiz.questions[number], seed, quiz.id)
    try:
        given_answer = read_answer(typed, one)
    except Unreadable as error:
        sentence = str(error)
    else:
        judgement = judge(one, given_answer)
        assert 0 <= judgement.share <= 1
        assert judgement.mark == judgement.share * one.question.points
        return
    assert sentence.isprintable()
    assert sentence.endswith(".")


@pytest.mark.parametrize(
    ("typed", "letters"),
    [
        ("a", "a"),
        ("A", "a"),
        (" b ) ", "b"),
        ("a,c", "ac"),
        ("c a", "ac"),
        ("acca", "ac"),
        ("a and c", "ac"),
        ("(d)", "d"),
    ],
)
def test_letters_may_be_typed_in_many_ways(quiz: Quiz, typed: str, letters: str) -> None:
    one = variant(quiz.questions[1], 5, quiz.id)
    assert read_answer(typed, one) == tuple(one.choices["abcd".index(letter)].id for letter in letters)


@pytest.mark.parametrize(
    ("number", "typed", "expected"),
    [
        (0, "", "Nothing was typed. Type a letter (a to c) and press Enter."),
        (0, "d", "'d' is none of the letters a to c. Type one of those and press Enter."),
        (0, "ab", "One choice is right here. Type its letter alone and press Enter."),
        (0, "\x1b[A", "An invisible character is none of the letters a to c."),
        (2, "", "Nothing was typed. Type a number, such as 12 or 0.7**20, and press Enter."),
        (2, "9**9**9**9", "'9**9**9**9' can't be evaluated"),
        (2, "1/0", "'1/0' divides by 0"),
        (0, "\u0430", "'\u0430' is a Cyrillic letter. Type one of the Latin letters a to c and press Enter."),
        (2, "__import__('os')", "holds the word 'import': write the number alone, in digits. Type a number"),
        (2, "0x", "is not a number or an expression such as 0.7**20. Type a number"),
        (2, "1+" * 200, "That is 400 characters long. Type a number"),
    ],
)
def test_what_is_no_answer_says_what_to_type(quiz: Quiz, number: int, typed: str, expected: str) -> None:
    with pytest.raises(Unreadable) as caught:
        read_answer(typed, variant(quiz.questions[number], 5, quiz.id))
    assert expected in str(caught.value)


@CALM
@given(seed=SEEDS, picked=st.sets(st.sampled_from(["half", "tenth", "double", "triple"]), min_size=1))
def test_partial_credit_counts_choices_judged_rightly_against_the_others(
    quiz: Quiz, seed: int, picked: set[str]
) -> None:
    question = quiz.questions[1]
    assert isinstance(question, Multiple)
    judgement = judge(variant(question, seed, quiz.id), tuple(sorted(picked)))
    rightly = sum((choice.id in picked) == choice.correct for choice in question.choices)
    assert judgement.share == max(0, rightly - (4 - rightly)) / 4
    assert judgement.right == (picked == {"half", "tenth"})
    held = {"product-for-power"} if picked & {"double", "triple"} else set()
    held |= set() if "tenth" in picked else {"added-not-doubled"}
    assert set(judgement.misconceptions) == held


@CALM
@given(seed=SEEDS, factor=st.floats(0.5, 2))
def test_a_number_is_right_within_its_tolerance_and_a_trap_is_named(quiz: Quiz, seed: int, factor: float) -> None:
    one = variant(quiz.questions[2], seed, quiz.id)
    assert one.key is not None
    rho, steps = one.values["rho"], one.values["T"]
    assert judge(one, f"{rho}**{steps:.0f}").right
    near = judge(one, repr(one.key * factor))
    if abs(abs(factor - 1) - 0.02) > 1e-9:
        assert near.right == (abs(factor - 1) <= 0.02)
    trapped = judge(one, f"{rho}*{steps}")
    assert (trapped.share, trapped.misconceptions) == (0.0, ("product-for-power",))


@pytest.mark.parametrize("given_answer", ["1", (), ("half", "power"), ("none", "sum")])
def test_an_answer_that_a_question_cannot_have_is_invalid(quiz: Quiz, given_answer: object) -> None:
    with pytest.raises(InvalidAnswer):
        judge(variant(quiz.questions[0], 1, quiz.id), given_answer)  # type: ignore[arg-type]


@CALM
@given(st.text(max_size=60))
def test_any_text_is_a_template_or_has_faults(text: str) -> None:
    if not any(template_faults(text, {"rho"}, ())):
        with suppress(NotANumber):
            assert not list(holes(fill(text, {"rho": 0.5})))


@CALM
@given(st.floats(-1e6, 1e6), st.sampled_from(["", ".3g", ".10g", ".2e", ".0%", ".4f"]))
def test_a_number_is_written_so_that_it_can_be_read(number: float, form: str) -> None:
    text = format_number(number, form)
    value = float(text.rstrip("%")) / (100 if text.endswith("%") else 1)
    assert not text.startswith("-0.000") or value != 0
    wide = {"": 1e-9, ".10g": 1e-9, ".3g": 1e-2, ".2e": 1e-2}.get(form, 0)
    assert abs(value - number) <= wide * abs(number) + {".0%": 0.0051, ".4f": 5.1e-5}.get(form, 0)


@CALM
@given(st.integers(-(10**6), 10**6), st.integers(0, 6), st.integers(0, 4))
def test_a_half_is_rounded_as_at_school(units: int, places: int, shown: int) -> None:
    number = Decimal(units).scaleb(-places)
    for noise in (0, 1, -1):
        nearly = float(number) * (1 + noise * 2**-52)
        as_shown = number.quantize(Decimal(1).scaleb(-shown), ROUND_HALF_UP)
        assert format_number(nearly, f".{shown}f") == str(as_shown or abs(as_shown))
        assert Decimal(format_number(nearly, ".2e")) == Context(3, ROUND_HALF_UP).plus(number)
        assert Decimal(format_number(nearly, ".3g")) == Context(3, ROUND_HALF_UP).plus(number)


@pytest.mark.parametrize(
    ("number", "form", "text"),
    [
        (0.75**2, ".3f", "0.563"),
        (0.5**5, ".3g", "0.0313"),
        (39 * 0.95 / 40 + 0.05 / 40, ".3f", "0.928"),
        (0.125, ".0%", "13%"),
        (-2.5, ".0f", "-3"),
        (0.0, ".2e", "0.00e+00"),
        (2.0**60, ".0f", str(2**60)),
        (1.234565e15, ".6g", "1.23457e+15"),
        (sys.float_info.max, ".6g", "1.79769e+308"),
    ],
)
def test_what_a_learner_rounds_up_is_shown_so(number: float, form: str, text: str) -> None:
    assert format_number(number, form) == text


@pytest.mark.parametrize(
    ("text", "filled"),
    [
        ("$0.9^{10} = @{0.9**10:.3f}$", "$0.9^{10} = 0.349$"),
        ("$@{rho}^{30} = @{0.7**30:.2g}$", r"$0.7^{30} = 2.3 \cdot 10^{-5}$"),
        ("about @{0.7**30:.2g} of it", r"about $2.3 \cdot 10^{-5}$ of it"),
        ("`x = @{0.7**30:.2g}`", "`x = 2.3e-05`"),
        ("$@{rho:.0%}$ and @{rho:.0%}", r"$70\,\%$ and 70 %"),
        ("@{10**0*rho*10} @{e:.2f} @{-0.0:.1f}", "7 2.72 0.0"),
        ("```\n@{1e-9:.1e}\n```\n@{2}", "```\n1.0e-09\n```\n2"),
        (r"\$ @{rho} $\frac{1}{@{rho}}$", r"\$ 0.7 $\frac{1}{0.7}$"),
    ],
)
def test_a_hole_is_filled_as_its_surroundings_ask(text: str, filled: str) -> None:
    assert fill(text, {"rho": 0.7}) == filled


@CALM
@given(st.text(alphabet="0123456789.+-*/^() esqrtlogpi,", max_size=30))
def test_an_expression_has_a_finite_value_or_none(text: str) -> None:
    with suppress(NotANumber):
        assert abs(evaluate(text)) < float("inf")
