"""LaTeX for each kind of page."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from autograder.feedback import mathematics
from autograder.feedback.transliteration import to_ascii

FORMULAS = [
    (r"h_t = (1 - z_t) \odot h_{t-1}", "hₜ = (1 − zₜ) ⊙ hₜ₋₁", "h_t = (1 - z_t) (.) h_{t-1}"),
    (r"h_t=(1-z_t)\odot h_{t-1}", "hₜ = (1 − zₜ) ⊙ hₜ₋₁", "h_t = (1 - z_t) (.) h_{t-1}"),
    (r"\tilde h_t = \tanh(W_{hh} h_{t-1})", "h̃ₜ = tanh(Wₕₕ hₜ₋₁)", "h~_t = tanh(W_hh h_{t-1})"),
    (r"\lVert J_T \cdots J_1 \rVert \le \rho^T", "‖J_T ⋯ J₁‖ ≤ ρ^T", "||J_T ... J_1|| <= rho^T"),
    (r"\frac{\partial L}{\partial h_t}", "∂L/∂hₜ", "dL/dh_t"),
    (r"\frac{\partial h_t[i]}{\partial h_{t-1}[j]}", "∂hₜ[i]/∂hₜ₋₁[j]", "dh_t[i]/dh_{t-1}[j]"),
    (r"\frac{a}{b}\frac{c}{d}", "a/b · c/d", "a/b * c/d"),
    (r"\tfrac14 = \frac{1}{1 + e^{-z}}", "1/4 = 1/(1 + e⁻ᶻ)", "1/4 = 1/(1 + e^{-z})"),
    (r"\frac{1}{\cosh^2(z)}", "1/cosh²(z)", "1/cosh^2(z)"),
    (r"\operatorname{diag}(1 - \tanh^2(z_t))\, W", "diag(1 − tanh²(zₜ)) W", "diag(1 - tanh^2(z_t)) W"),
    (r"\sqrt{d} + \sqrt{a + b}", "√d + √(a + b)", "sqrt(d) + sqrt(a + b)"),
    (r"\sqrt{0.5}", "√0.5", "sqrt(0.5)"),
    (r"2\pi r", "2πr", "2 pi r"),
    (r"|-x| < \left|\frac{a}{b}\right|", "|−x| < |a/b|", "|-x| < |a/b|"),
    (r"\max_z |\varphi'(z)|", "max_z |φ′(z)|", "max_z |phi'(z)|"),
    (r"\lim_{T \to \infty} 20^{0.7}", "lim_(T→∞) 20^0.7", "lim_{T->inf} 20^0.7"),
    (r"\prod_{t=1}^{T} J_t", "∏ₜ₌₁^T Jₜ", "prod_{t=1}^T J_t"),
    (r"(0.7 I)^T W^\top h", "(0.7I)^T Wᵀ h", "(0.7I)^T W.T h"),
    (r"W_{hh}^{\mathsf T} A^{\mathrm{T}} B^{-\top}", "Wₕₕᵀ Aᵀ B⁻ᵀ", "W_hh.T A.T B^{-T}"),
    (r"J_2 J_1 \partial h_t w x_t 2h_t", "J₂ J₁ ∂hₜ w xₜ 2hₜ", "J_2 J_1 dh_t w x_t 2h_t"),
    (r"1 + \dots + n, \ldots, -m", "1 + … + n, …, −m", "1 + ... + n, ..., -m"),
    (r"\frac{-a}{-2} - \tfrac{a - 1}{2}", "−a/(−2) − (a − 1)/2", "-a/(-2) - (a - 1)/2"),
    (r"\left. x^2 \right|_{x=0}", "x²|ₓ₌₀", "x^2|_{x=0}"),
    (r"\mathbf{W} \mathbb{E} \mathcal{N} \ell", "W𝔼Nℓ", "WENl"),
    (r"\binom{n}{k} 1{,}000", "(n choose k) 1,000", "(n choose k) 1,000"),
    (r"|\det W|^{1/d} - \ln \rho", "|det W|^(1/d) − ln ρ", "|det W|^{1/d} - ln rho"),
    (r"\begin{cases} 1 & x > 0 \\ 0 & \text{else} \end{cases}", "{ 1, x > 0; 0, else }", "{ 1, x > 0; 0, else }"),
    (r"\begin{pmatrix} 1 & -2 \\ 3 & 4 \end{pmatrix}", "[1, −2; 3, 4]", "[1, -2; 3, 4]"),
    (r"\mathrm{max\_norm} / \|g\|_2", "max_norm/‖g‖₂", "max_norm/||g||_2"),
    (r"\mathbb{R}^{d \times n}", "ℝ^(d×n)", "R^{d x n}"),
    (r"x \not= y \text{ if } z \ge 0 .", "x ≠ y if z ≥ 0.", "x != y if z >= 0."),
    (r"(T,)", "(T,)", "(T,)"),
]


@pytest.mark.parametrize(("latex", "unicode", "ascii"), FORMULAS)
def test_a_formula_reads_as_it_is_spoken(latex: str, unicode: str, ascii: str) -> None:
    assert mathematics.formula_to_unicode(latex) == unicode
    assert mathematics.formula_to_ascii(latex) == ascii


@pytest.mark.parametrize(("latex", "unicode", "ascii"), FORMULAS)
def test_a_formula_becomes_mathml_that_keeps_its_latex(latex: str, unicode: str, ascii: str) -> None:
    mathml = mathematics.formula_to_mathml(latex)
    assert mathml.startswith("<math>")
    assert '<annotation encoding="application/x-tex">' in mathml


def test_a_formula_on_its_own_is_a_block() -> None:
    assert mathematics.formula_to_mathml("x", display=True).startswith('<math display="block">')


def test_broken_latex_is_shown_as_it_was_written() -> None:
    assert mathematics.formula_to_unicode(r"\frac{a") == r"\frac{a"
    assert mathematics.formula_to_mathml(r"\macro{a} <") == r'<code class="latex">\macro{a} &lt;</code>'


def test_the_rows_of_an_aligned_formula_are_lines() -> None:
    latex = r"\begin{aligned} a &= b + c \\ &= d \end{aligned}"
    assert mathematics.formula_to_unicode(latex) == "a = b + c\n= d"


def test_text_around_formulas_is_left_alone() -> None:
    text = "costs \\$5, `$x$` is $\\rho^2$ – ‖W‖\n```\n$y$\n```\n$$z_t$$"
    assert mathematics.to_unicode(text) == "costs $5, `$x$` is ρ² – ‖W‖\n```\n$y$\n```\nzₜ"
    assert mathematics.to_ascii(text) == "costs $5, `$x$` is rho^2 - ||W||\n```\n$y$\n```\nz_t"


def test_a_character_without_a_likeness_is_escaped_in_ascii() -> None:
    assert to_ascii("café 中 ∂L ≤ 10⁻⁵ Wₕₕhₜ₋₁") == r"cafe \u4e2d dL <= 10^-5 W_hh h_{t-1}"


@given(st.text())
def test_any_text_can_be_written_in_ascii(text: str) -> None:
    assert to_ascii(text).isascii()


_LATEX = st.lists(
    st.sampled_from([r"\frac", r"\sqrt", r"\tilde", r"\text{a}", r"\left(", r"\not", *r"{}[]_^x2&\'-+=|$%"])
)


@given(_LATEX.map(" ".join))
def test_no_latex_is_too_broken_to_show(latex: str) -> None:
    assert mathematics.formula_to_ascii(latex).isascii()
    assert mathematics.formula_to_mathml(latex)


def test_what_can_not_be_read_is_told_where_it_stands() -> None:
    text = "Half is $\\frac{1}{2}$.\nA power is $2^{n$.\nIt costs \\$5, `$`; and $n"
    assert [text[offset : offset + 3] for offset, _ in mathematics.faults(text)] == ["$2^", "$n"]
    for prices in ("It costs 5$ or 6$.", "It costs $5 or $6.", "Now $5\nor $6."):
        assert [offset for offset, said in mathematics.faults(prices) if "write \\$" in said] == [prices.index("$")]
    assert mathematics.faults("From $5$ to\n$6$, or $ x $.") == []
    assert mathematics.faults("$\\foo$")[0][1] == 'The formula `\\foo` can\'t be read: unknown command "\\foo".'


@pytest.mark.parametrize(
    ("latex", "pieces"),
    [
        (r"a = b, \quad c = d \qquad e", ["a = b, ", " c = d ", " e"]),
        (r"\begin{aligned} a &= b \quad c \\ d &= e \end{aligned}", None),
        (r"\left( a \quad b \right), \quad \text{if } x", [r"\left( a \quad b \right), ", r" \text{if } x"]),
        (r"\text{a \quad b}", None),
        (r"a \quadratic", None),
    ],
)
def test_formulas_beside_one_another_can_stand_below_one_another(latex: str, pieces: list[str] | None) -> None:
    assert mathematics.pieces(latex) == (pieces or [latex])


@pytest.mark.parametrize(
    ("text", "at"),
    [
        (r"So \(x^2\) and \(\frac{1}{2\).", [3, 15]),
        (r"\[ a = b \]", [0]),
        ("Then\n\n\\begin{align}\na &= b\n\\end{align}\n", [6]),
        (r"See \[1\], and \(not\) $x^2$ there, nor `\(x^2\)`, nor $\begin{matrix}1\end{matrix}$.", []),
    ],
)
def test_what_latex_itself_begins_a_formula_with_is_pointed_at(text: str, at: list[int]) -> None:
    found = mathematics.faults(text)
    assert [offset for offset, _ in found] == at
    assert all("begins no formula here: write $…$" in said for _, said in found)
