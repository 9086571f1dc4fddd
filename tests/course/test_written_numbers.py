"""Numbers as people write them, all over the world: read as meant, or refused with what to write instead."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from autograder.course.expressions import NotANumber
from autograder.course.written_numbers import meanings


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("0,000515", [0.000515]),
        ("12,5", [12.5]),
        ("3,500", [3.5, 3500]),
        ("0,500", [0.5]),
        ("12,345,678", [12345678]),
        ("1,234.5", [1234.5]),
        ("1.234,5", [1234.5]),
        ("5 200", [5200]),
        ("5\u202f200,5", [5200.5]),
        ("5'200", [5200]),
        ("7.1 x 10^-3", [0.0071]),
        ("7.1×10⁻³", [0.0071]),
        ("7,1·10⁻³", [0.0071]),
        ("7.1E−3", [0.0071]),
        ("0.9¹⁰", [0.9**10]),
        ("(0.5·1.2)^3", [0.6**3]),
        ("2⁻¹⁰", [2**-10]),
        ("√2", [math.sqrt(2)]),
        ("ln(3)", [math.log(3)]),
        ("½", [0.5]),
        ("max(1,2)", [2]),
        ("sqrt(0,25)", [0.5]),
        ("15 %", [0.15]),
        ("7 steps", [7]),
        ("T = 7", [7]),
        ("~1500", [1500]),
        ("≈ 0.36", [0.36]),
        ("−0.25", [-0.25]),
        ("０．２５", [0.25]),
        ("٣٫٥", [3.5]),
        ("007", [7]),
        ("0.36.", [0.36]),
        ("0.36…", [0.36]),
        ("0.000 515", [0.000515]),
        ("0,000\u202f515\u202f250", [0.00051525]),
        ("5.200.000", [5_200_000]),
        ("7.1 E-3", [0.0071]),
        ("7,1e -3", [0.0071]),
        ("$7.1\\cdot 10^{-3}$", [0.0071]),
        ("`0.9**10`", [0.9**10]),
        ("π/2", [math.pi / 2]),
        ("0·88", [0.88]),
        ("1 − 0•25", [0.75]),
        ("0·5·3", [1.5]),
        ("13·05", [13.05]),
        ("2·0.5", [1]),
        ("10·88", [880]),
        ("5.0·3", [15]),
    ],
)
def test_what_is_meant_is_read(written: str, meant: list[float]) -> None:
    assert meanings(written) == pytest.approx(meant)


def test_a_per_cent_is_a_hundredth_unless_the_question_counts_them() -> None:
    assert meanings("40 %") == (0.4,)
    assert meanings("40 %", "%") == (40.0,)
    assert meanings("40 percent", "percent") == (40.0,)
    assert meanings("40 epochs", "epochs") == (40.0,)


@pytest.mark.parametrize(
    ("written", "advice"),
    [
        ("13 million", "holds the word 'million': write the number alone, in digits"),
        ("three", "holds the word 'three': write the number alone, in digits"),
        ("2(3)", "write a * there, as in 2*3"),
        ("2 pi", "write a * there, as in 2*3"),
        ("2π", "write a * there, as in 2*3"),
        ("5 10^3", "write a * there, as in 2*3"),
        ("pi 2", "write a * there, as in 2*3"),
        ("e 2", "write a * there, as in 2*3"),
        ("min 1, 2", "'min 1, 2' is not a number or an expression"),
        ("1 1/2", "is a mixed number: write 1 + 1/2"),
        ("1½", "is a mixed number: write 1 + 0.5"),
        ("a) 0.35", "has a letter before it: write the number alone"),
        ("6.1×10-5", "has no sign of a power: write 6.1*10^-5, or 6.1*10-5 for a difference"),
        ("6,1 x 10−5", "has no sign of a power: write 6,1*10^-5, or 6,1*10-5 for a difference"),
        ("log 2", "needs parentheses: write log(2)"),
        ("0.5**2 = 0.25", "is an equation: write one side of it"),
        (r"\frac{1}{3}", "is LaTeX: write it as in a program, as in 2*3**4"),
        ("1.2.3", "write one point, before the decimals"),
        ("> 5", "is a range: write one number"),
        ("", "is not a number or an expression such as 0.7**20"),
        ("348/0", "'348/0' divides by 0"),
        ("sqrt(-1)", "'sqrt(-1)' can't be evaluated"),
    ],
)
def test_what_has_no_meaning_is_told_what_to_write(written: str, advice: str) -> None:
    with pytest.raises(NotANumber) as refused:
        meanings(written)
    assert advice in str(refused.value)


@given(st.floats(1e-6, 1e6), st.sampled_from([".", ",", "٫"]), st.booleans())
def test_every_decimal_sign_and_digit_reads_alike(number: float, sign: str, arabic: bool) -> None:
    text = f"{number:.8f}".replace(".", sign)
    text = text.translate({ord("0") + digit: ord("٠") + digit for digit in range(10)}) if arabic else text
    assert meanings(text)[0] == pytest.approx(number, abs=1e-8)


@given(st.text(alphabet="0123456789.,+-*/^()eExX ×·⁻²³%~=√½'piln\u00a0", max_size=30))
def test_any_text_is_a_number_or_one_sentence(written: str) -> None:
    try:
        numbers = meanings(written)
    except NotANumber as problem:
        assert len(str(problem).splitlines()) == 1  # noqa: PT017 - either outcome is right
    else:
        assert 1 <= len(numbers) <= 2
        assert all(map(math.isfinite, numbers))
