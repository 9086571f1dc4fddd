"""Authors' Markdown in HTML and on a terminal."""

from __future__ import annotations

import io

from hypothesis import given
from hypothesis import strategies as st
from markdown_it.tree import SyntaxTreeNode
from rich.console import Console

from autograder.feedback import markdown, terminal_markdown
from autograder.feedback.markdown import parser

STATEMENT = r"""# One step of $h_t$

Backpropagation carries a *gradient* back. With `W_hh` it is
$$
\frac{\partial h_t}{\partial h_{t-1}} = \operatorname{diag}(s)\, W_{hh} .
$$
Then:

1. take $s$;
2. scale the **rows**:
   - not the columns.

| bias | decades |
|---|---:|
| $b_f$ | 0.301 |

```python
J = s[:, None] * W_hh  # $not$ mathematics
```

> A quoted [link](https://example.org).
"""

ON_A_TERMINAL = """\
One step of hₜ
──────────────

Backpropagation carries a *gradient* back. With `W_hh`
it is

    ∂hₜ/∂hₜ₋₁ = diag(s) Wₕₕ.

Then:

1. take s;
2. scale the rows:
   • not the columns.

bias  decades
─────────────
b_f   0.301

    J = s[:, None] * W_hh  # $not$ mathematics

│ A quoted link.
"""


def _shown(text: str, *, width: int = 56, ascii: bool = False) -> str:
    out = io.StringIO()
    terminal_markdown.render(text, Console(file=out, width=width), ascii=ascii)
    return out.getvalue()


def test_a_statement_is_readable_in_a_pipe() -> None:
    assert _shown(STATEMENT) == ON_A_TERMINAL


def test_a_statement_is_complete_in_ascii() -> None:
    shown = _shown(STATEMENT, ascii=True)
    assert shown.isascii()
    assert "    dh_t/dh_{t-1} = diag(s) W_hh." in shown
    assert "   * not the columns." in shown


def test_a_table_too_wide_for_the_terminal_is_written_row_by_row() -> None:
    table = "| the first heading | the second |\n|---|---|\n| a cell of words | more words |\n"
    assert _shown(table, width=24) == "the first heading: a\n  cell of words\nthe second: more words\n"


def test_html_has_mathml_and_no_markup_of_the_authors() -> None:
    html = markdown.to_html(STATEMENT + "\n<b>bold</b> ![picture](https://example.org/x.png)\n", under=3)
    assert html.startswith("<h4>One step of")
    assert html.count("<math") == 4
    assert '<div class="formula" tabindex="0"><math display="block">' in html
    assert "# $not$ mathematics" in html
    assert '<th scope="col">bias</th>' in html
    assert "&lt;b&gt;bold" in html
    assert "<img" not in html


def test_punctuation_stays_with_the_formula_before_it() -> None:
    html = markdown.inline_to_html("take $s$, then")
    assert "</math>,</span> then" in html


@given(st.text("ab1 $`*_[]()#>|-\\{}^&<\n", max_size=60))
def test_any_markdown_can_be_shown(text: str) -> None:
    assert _shown(text, width=30, ascii=True).isascii()
    assert "<script" not in markdown.to_html(text)


@given(st.text("ab1 .,:;_-'()=+#\"é", max_size=40))
def test_words_need_no_parser(text: str) -> None:
    if terminal_markdown._WORDS.fullmatch(text):
        (paragraph,) = SyntaxTreeNode(parser().parse(text)).children
        assert paragraph.type == "paragraph"
        assert [token.type for token in paragraph.children[0].token.children or []] == ["text"]
        assert paragraph.children[0].token.content == text
