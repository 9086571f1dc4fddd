"""Authors' Markdown in HTML and on a terminal."""

from __future__ import annotations

import io
import re
import subprocess
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.console import Console

from autograder.course import CourseRoot, load_course, load_quiz
from autograder.feedback import markdown, terminal_markdown
from autograder.feedback.page import Page
from tests.command import REPOSITORY

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


def on_terminal(text: str, *, ascii: bool, styled: bool = False) -> str:
    console = Console(file=io.StringIO(), width=60, force_terminal=styled, color_system="standard")
    page = Page(console, ascii=ascii)
    terminal_markdown.write(page, text, first="a) ", rest="   ")
    page.paragraph(terminal_markdown.title(page, text))
    return str(console.file.getvalue())  # type: ignore[attr-defined]


def parsed_on_terminal(text: str, *, ascii: bool, styled: bool = False) -> str:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(terminal_markdown, "_SIMPLE", re.compile(r"(?!)"))
        return on_terminal(text, ascii=ascii, styled=styled)


PIECES = [
    "W_hh", "a", " ", "  ", "\n", "$h_t$", r"$\frac{1}{2}$", "$", "$$", "$ x$", "2", ".", "(", ") ", "- ", "1. ", "*",
    "`", "#", "_", "\\", "<b>", "&amp;", "=", "---", "|", "~~", "é", "∂", ":", "\t", "+", '"', "^",
    "*share*", " *two words*", "(*a* ", "é*b*", "*c*,",
]  # fmt: skip


@given(st.lists(st.sampled_from(PIECES), max_size=12).map("".join), st.booleans(), st.booleans())
def test_simple_text_looks_the_same_without_the_parser(text: str, ascii: bool, styled: bool) -> None:
    shown = on_terminal(text, ascii=ascii, styled=styled)
    assert shown == parsed_on_terminal(text, ascii=ascii, styled=styled)


def test_every_text_of_a_quiz_looks_the_same_without_the_parser() -> None:
    course = load_course(CourseRoot.at(REPOSITORY))
    texts = [text for quiz in course.quiz_ids for q in load_quiz(course, quiz).questions for _, text in q.texts()]
    for styled in (False, True):
        shown = [(on_terminal(text, ascii=False, styled=styled), text) for text in texts]
        assert [text for was, text in shown if was != parsed_on_terminal(text, ascii=False, styled=styled)] == []


def test_words_with_emphasis_import_no_parser() -> None:
    start = "import sys; from rich.console import Console; from autograder.feedback import terminal_markdown as m; "
    shown = (
        "m.render('Here the *share* of a step, and (*two words*).', Console()); assert 'markdown_it' not in sys.modules"
    )
    subprocess.run([sys.executable, "-c", start + shown], check=True, capture_output=True)
