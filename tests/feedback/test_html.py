"""The HTML report: one file, no script, no network, in order for a screen reader, readable in every light."""

from __future__ import annotations

import re
from collections.abc import Callable
from html.parser import HTMLParser
from itertools import pairwise
from pathlib import Path

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from autograder.feedback import html
from autograder.feedback.html import Beside, OtherWay
from autograder.grading.report import CheckResult, Report
from autograder.grading.submission import listings
from autograder.language import speaking
from autograder.sandbox.cells import joined
from autograder.several_files import File, files
from autograder.several_files import joined as several

CSS = Path(html.__file__).with_name("templates") / "page.css"


class Page(HTMLParser):
    def __init__(self, source: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.attributes: list[tuple[str, str, str | None]] = []
        self.words = ""
        self.feed(source)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.attributes += [(tag, name, value) for name, value in attrs]

    def handle_data(self, data: str) -> None:
        self.words += data


def test_it_stands_alone(failed: Report, hostile: Report) -> None:
    for report in (failed, hostile):
        source = html.render(report)
        page = Page(source)
        assert not {"script", "link", "img", "iframe", "object", "form"} & set(page.tags)
        assert not [a for a in page.attributes if a[1].startswith("on") or a[1] in {"src", "href"}]
        assert "url(" not in source
        assert ("meta", "content", "default-src 'none'; style-src 'unsafe-inline'") in page.attributes


def test_hostile_text_is_shown_and_does_nothing(hostile: Report) -> None:
    source = html.render(hostile)
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in source
    assert "&lt;img src=x onerror=alert(1)&gt;" in source
    assert "{{ 7 * 7 }}" in source
    assert r"\u202eevil" in source


def test_mathematics_is_mathml(failed: Report) -> None:
    source = html.render(failed)
    assert '<math display="block"><semantics>' in source
    assert "<title>exercise-04: 1.5 of 6 points" in source


def test_a_screen_reader_finds_its_way(failed: Report) -> None:
    page = Page(html.render(failed))
    levels = [int(tag[1]) for tag in page.tags if re.fullmatch("h[1-6]", tag)]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(deeper - level <= 1 for level, deeper in pairwise(levels))
    assert [page.tags.count(tag) for tag in ("header", "main", "footer", "title", "caption")] == [1] * 5
    assert ("html", "lang", "en") in page.attributes
    scopes = [value for tag, name, value in page.attributes if (tag, name) == ("th", "scope")]
    assert scopes == ["col"] * 3 + ["row"] * (len(failed.checks) + 1)
    identifiers = [value for _, name, value in page.attributes if name == "id"]
    labels = [value for _, name, value in page.attributes if name == "aria-labelledby"]
    assert sorted(identifiers) == sorted(set(identifiers)) == sorted(label for label in labels if label)


def test_status_is_said_in_words(failed: Report) -> None:
    words = Page(html.render(failed)).words
    assert all(word in words for word in ("passed", "failed", "error", "2 points", "1 of 4 checks passed."))


def test_the_belief_comes_before_the_numbers(failed: Report) -> None:
    words = Page(html.render(failed)).words
    assert words.index("Misconception") < words.index("larger") < words.index("Got 1.964.") < words.index("All checks")


def test_a_traceback_keeps_its_indentation(failed: Report) -> None:
    assert '<pre tabindex="0">\n      col  0  1\nrow 0      x  x</pre>' in html.render(failed)
    note = "a.py has a syntax error at line 1.\n    def f(:"
    assert '<pre class="folded">\n    def f(:</pre>' in html.render(msgspec.structs.replace(failed, note=note))


def test_a_passed_report_has_nothing_to_explain(passed: Report) -> None:
    words = Page(html.render(passed)).words
    assert "What went wrong" not in words
    assert "The check passed." in words
    assert "Graded behind: bubblewrap, landlock." in words


def test_a_check_without_points_does_no_harm(failed: Report) -> None:
    check = msgspec.structs.replace(failed.checks[0], points=0.0, score=0.0)
    assert "0&nbsp;/&nbsp;0" in html.render(msgspec.structs.replace(failed, checks=[check]))


@settings(deadline=None)  # the first one has the template compiled
@given(text=st.text(st.characters(codec=None)))
def test_whatever_a_program_says_adds_no_element(saying: Callable[[str], Report], text: str) -> None:
    source = html.render(saying(text))
    # With nothing said, the file counts as one that could be loaded, and its checks are listed.
    tame = Page("".join(html.render(saying(each)) for each in ("One sentence.\n  a line below", "")))
    page = Page(source)
    assert set(page.tags) <= set(tame.tags)
    assert {name for _, name, _ in page.attributes} <= {name for _, name, _ in tame.attributes}
    assert all(line.isprintable() for line in source.replace("\u00a0", " ").split("\n"))


def marked(source: str) -> list[str]:
    """The lines that a page marks, each as often as it stands there."""
    return re.findall(r'<mark class="row[^"]*" data-n="(\d+)">', source)


def test_the_lines_in_question_are_marked_in_an_excerpt_and_in_the_program(whole: Report) -> None:
    program = File("", 1, "".join(f"line_{number} = {number}\n" for number in range(1, 21)))
    source = html.render(whole, beside=Beside(program=[program]))
    assert marked(source) == ["5", "5"]
    excerpt = source[source.index('id="findings"') : source.index('id="program"')]
    assert re.findall(r'data-n="(\d+)"', excerpt) == ["3", "4", "5", "6", "7"]


def test_a_line_has_the_number_that_python_gives_it(whole: Report) -> None:
    program = File("", 1, "".join(f"\f\nline_{number} = 1  # a\u2028b\n" for number in range(1, 5)))
    source = html.render(whole, beside=Beside(program=[program]))
    excerpt = source[source.index('id="findings"') : source.index('id="program"')]
    rows = re.findall(r'data-n="(\d+)"[^>]*>(?:<[^>]*>)*([^<]*)', excerpt)
    assert [number for number, text in rows if "line_" in text] == ["4", "6"]
    assert "line_2 = 1  # a b" in excerpt


def test_a_line_of_a_cell_is_marked_where_the_student_knows_it(whole: Report) -> None:
    cells = listings(joined(["import numpy as np\n\n", "def f(x):\n    return x\n"]))
    assert [(cell.name, cell.first_line) for cell in cells] == [("code cell 1", 2), ("code cell 2", 4)]
    source = html.render(whole, beside=Beside(program=cells))  # line 5 of the whole
    assert marked(source) == ["2", "2"]
    assert "code cell 2" in source


def test_the_line_that_raised_is_marked_in_its_file_of_several(failed: Report) -> None:
    message = "Your program raised ZeroDivisionError\n    solver.py, line 3, in f\n    vector.py, line 2, in dot\n"
    checks = [CheckResult("slow", "A slow one", 1.0, 0.0, "error", message)]
    program = files(several({"vector.py": "def dot(a):\n    return a / 0\n", "solver.py": "import vector\n\n1\n2\n"}))
    source = html.render(msgspec.structs.replace(failed, checks=checks), beside=Beside(program=program))
    assert marked(source) == ["2", "2"]
    excerpt = source[source.index('id="findings"') : source.index('id="program"')]
    assert re.findall(r'data-n="(\d+)"', excerpt) == ["1", "2"]


def test_a_check_that_was_stopped_marks_its_line(failed: Report) -> None:
    checks = [
        CheckResult("slow", "A slow one", 1.0, 0.0, "timeout", "It took longer than 2 s and was stopped.", line=2)
    ]
    report = msgspec.structs.replace(failed, checks=checks)
    assert marked(html.render(report, beside=Beside(program=[File("", 1, "a = 1\nwhile a:\n    pass\n")]))) == [
        "2",
        "2",
    ]


def test_one_loop_that_stops_every_check_is_told_once(failed: Report) -> None:
    said = ["It took longer than 2 s and was stopped. It was at line 2 of your file.",
            "It took longer than 0.25 s and was stopped. It was at line 2 again."]  # fmt: skip
    checks = [CheckResult(f"check_{k}", f"Check {k}", 1.0, 0.0, "timeout", said[k > 0]) for k in range(3)]
    page = html.render(msgspec.structs.replace(failed, checks=checks))
    assert page.count("<article>") == 1
    assert page.count(said[0]) == page.count(said[1]) == 1
    assert page.index(said[0]) < page.index("2 more cases") < page.index(said[1])


def test_where_no_program_ran_no_wall_is_named(failed: Report) -> None:
    assert "Graded behind: bubblewrap" in html.render(failed)
    note = "Not started yet: it is the stub as it was given."
    checks = [CheckResult("one", "One", 1.0, 0.0, "skipped", note)]
    assert "bubblewrap" not in html.render(msgspec.structs.replace(failed, checks=checks, note=note, score=0.0))


def test_a_file_that_cannot_be_loaded_has_its_error_and_no_list_of_checks(failed: Report) -> None:
    note = "There is a syntax error at line 1: expected ':'.\n    def f()\n           ^"
    checks = [CheckResult(check.id, check.title, 1.0, 0.0, "error", note, line=1) for check in failed.checks]
    report = msgspec.structs.replace(failed, note=note, checks=checks)
    source = html.render(report, beside=Beside(program=[File("", 1, "def f()\n    return 1\n")]))
    assert marked(source) == ["1"]
    words = Page(source).words
    assert "All checks" not in words
    assert "No check could be run." in words
    assert "checks passed" not in words


def test_each_command_that_is_next_can_be_copied_as_it_stands(passed: Report) -> None:
    source = html.render(passed, beside=Beside(next_steps=["gradecheck quiz gates", "gradecheck start exercise-13"]))
    found = re.findall(r'<p><code class="command">(.*?)</code></p>', source)
    assert found == ["gradecheck quiz gates", "gradecheck start exercise-13"]


def test_names_are_set_as_code(failed: Report, passed: Report) -> None:
    checks = [CheckResult("a", "One of two.", 1.0, 0.0, "failed", "gram: `A` has no effect on <the> answer.")]
    source = html.render(msgspec.structs.replace(failed, checks=checks))
    assert "<p><code>gram</code>: <code>A</code> has no effect on &lt;the&gt; answer.</p>" in source
    assert "One of two<" in source
    way = OtherWay("The reference", "x = 1\n", "Here, and not in yours: `np.diag`, a loop.")
    source = html.render(passed, beside=Beside(other_ways=[way]))
    assert "Here, and not in yours: <code>np.diag</code>, a loop." in source


def test_a_hostile_program_is_shown_and_does_nothing(whole: Report) -> None:
    program = File("</code><script>alert(1)</script>", 1, "x = '</mark><img src=x>'\n" * 6)
    source = html.render(whole, beside=Beside(program=[program]))
    assert not {"script", "img"} & set(Page(source).tags)


def test_its_seconds_have_the_comma_of_its_language(failed: Report) -> None:
    with speaking("es"):
        assert "en 0,41 s" in html.render(failed)


def test_it_says_what_was_graded_when_and_by_what(failed: Report) -> None:
    beside = Beside(graded_at="2026-11-21T12:30:59+00:00", engine="1.0+abc", exercise_version="0123456789ab")
    words = " ".join(Page(html.render(failed, beside=beside)).words.split())
    said = "File tanh_jacobian.py SHA-256 9f86d081 Graded 2026-11-21 12:30 UTC, in 0.41 s gradecheck 1.0+abc"
    assert said.replace(" ", "") in words.replace(" ", "")
    assert "version 0123456789ab" in words


def _colours(block: str) -> dict[str, str]:
    return dict(re.findall(r"--([a-z]+): (#[0-9a-f]{3,6});", block))


def _luminance(colour: str) -> float:
    digits = colour[1:] if len(colour) == 7 else "".join(2 * digit for digit in colour[1:])
    parts = [int(digits[i : i + 2], 16) / 255 for i in (0, 2, 4)]
    red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


@pytest.mark.parametrize("theme", ["light", "dark", "print"])
def test_every_text_has_aa_contrast(theme: str) -> None:
    """WCAG 2.2, 1.4.3: 4.5 to 1 for text."""
    light, dark, paper = (_colours(block) for block in re.findall(r":root \{(.*?)\}", CSS.read_text(), re.DOTALL))
    colours = {"light": light, "dark": light | dark, "print": light | paper}[theme]
    for text in ("ink", "soft", "accent", "good", "bad"):
        for ground in ("paper", "sheet", "tint"):
            lighter, darker = sorted((_luminance(colours[text]), _luminance(colours[ground])), reverse=True)
            assert (lighter + 0.05) / (darker + 0.05) >= 4.5, (theme, text, ground)
