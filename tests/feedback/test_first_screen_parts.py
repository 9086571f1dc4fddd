"""The first screen of a report: its height, what changed since the run before, and what is left to `--all`."""

from __future__ import annotations

import io
from collections.abc import Callable

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.console import Console

from autograder.feedback import annotations, first_screen, mistakes, terminal
from autograder.feedback.printed import folded
from autograder.feedback.wording import Occasion, placed
from autograder.grading.report import CheckResult, Explanation, Fault, Report, SubmissionFile


def shown(report: Report, *, height: int = 24, ascii: bool = False, **occasion: object) -> str:
    console = Console(file=io.StringIO(), width=80)
    first_screen.render(report, console, height=height, ascii=ascii, occasion=Occasion(**occasion))  # type: ignore[arg-type]
    return console.file.getvalue()  # type: ignore[attr-defined,no-any-return]


def before(report: Report, **statuses: str) -> Report:
    """The same report on another file, in which some checks ended otherwise."""
    checks = [msgspec.structs.replace(check, status=statuses.get(check.id, check.status)) for check in report.checks]
    return msgspec.structs.replace(report, score=0.0, checks=checks, submission=SubmissionFile("a.py", "another"))


def test_it_says_what_changed_since_the_run_before(failed: Report) -> None:
    previous = before(failed, worked_example="failed", saturated="passed")
    screen = shown(failed, previous=previous)
    assert "0 → 1.5 of 6 points" in screen
    assert "Now right: The worked example\n" in screen
    assert "Now wrong: Saturated units\n" in screen


def test_what_all_cases_have_in_common_is_said_once(failed: Report) -> None:
    said = "f: largest difference {} at [0], relative 1; no entry agrees."
    checks = [CheckResult(f"c{n}", f"Check {n}", 1.0, 0.0, "failed", said.format(n)) for n in (1, 2)]
    screen = shown(msgspec.structs.replace(failed, checks=checks, explanations=[], note=""))
    assert "In 2 checks: no entry agrees.\n" in screen
    assert "  f: largest difference 1 at [0], relative 1.\n" in screen


def test_what_follows_an_exception_that_its_case_tells_is_said_still(failed: Report) -> None:
    raised = "TypeError: argument of type 'NoneType' is not iterable"
    checks = [CheckResult("c", "Check", 1.0, 0.0, "error", f"Your program raised {raised}\n  line 8, in f\n    if x:")]
    reason = Explanation("behaviour", "f: it raises", f"It is so. Line 8 raises {raised}. `x.append(1)` is None.")
    reason = msgspec.structs.replace(reason, checks=["c"])
    screen = shown(msgspec.structs.replace(failed, checks=checks, explanations=[reason], note=""))
    assert "It is so. `x.append(1)` is None.\n" in screen
    assert screen.count("is not iterable") == 1


def test_the_same_file_once_more_changes_nothing(failed: Report) -> None:
    previous = msgspec.structs.replace(before(failed), submission=failed.submission)
    assert "→" not in shown(failed, previous=previous)
    assert "as before" not in shown(failed, previous=previous)


def test_the_same_score_of_another_file_is_said_to_be_the_same(failed: Report) -> None:
    previous = msgspec.structs.replace(before(failed), score=1.5)
    assert "1.5 of 6 points, as before" in shown(failed, previous=previous)


@given(lines=st.integers(0, 60), findings=st.integers(1, 9), height=st.integers(10, 70), words=st.integers(1, 400))
def test_whatever_is_to_be_said_it_fits_and_ends_with_the_command(
    failed: Report, lines: int, findings: int, height: int, words: int
) -> None:
    message = "It differs.\n" + "\n".join(f"row {row}" for row in range(lines))
    checks = [CheckResult(f"c{n}", f"Check {n}", 1.0, 0.0, "failed", f"{n}: {message}") for n in range(findings)]
    why = [Explanation("belief", "A belief", "word " * words, "it", None, ["c0"])]
    report = msgspec.structs.replace(failed, checks=checks, explanations=why, output="printed\n" * 50)
    screen = shown(report, height=height, command="gradecheck run exercise-04 a.py")
    rows = screen.splitlines()
    assert len(rows) < max(24, height)
    assert rows[-1] == "Next: gradecheck hint exercise-04"
    assert "Misconception: A belief" in rows
    left = (
        findings - screen.count("Misconception: ") - (screen.count("failed: Check") - screen.count("failed: Check 0"))
    )
    said = f"{left} more {'check' if left == 1 else 'checks'} failed: gradecheck run exercise-04 a.py --all"
    assert (said in rows) == (left > 0)


def test_a_check_that_two_mistakes_fail_is_told_with_each_and_counted_once(failed: Report) -> None:
    said = {name: f"{name}: it is 5, and that is not the right number." for name in "fgh"}
    faults = [Fault([name], said[name], "failed") for name in "fgh"]
    checks = [CheckResult(f"c{name}", name, 1.0, 0.0, "failed", said[name]) for name in "fg"]
    checks.append(CheckResult("all", "All", 1.0, 0.0, "failed", "\n".join(said.values()), faults=faults))
    why = [
        Explanation("belief", f"Of {name}", "Not so.", f"of-{name}", checks=[f"c{name}", "all"], functions=[name])
        for name in "fg"
    ]
    report = msgspec.structs.replace(failed, checks=checks, explanations=why, output="")
    of_f, of_g, of_h = mistakes.findings(report)
    assert [(case.message, case.besides) for case in of_f.cases] == [
        (said["f"], ""),
        (said["f"], "g and h go wrong here, too."),
    ]
    assert [case.besides for case in of_g.cases] == ["", "f and h go wrong here, too."]
    assert (of_h.explanation, [case.message for case in of_h.cases]) == (None, [said["h"]])
    assert "1 more check failed: gradecheck run exercise-04 --all\n" in shown(report)
    screen = shown(report, height=40)
    assert screen.count("In 2 checks; one of them:") == 2
    assert "failed: All\n  h: it is 5, and that is not the right number.\n  f and g go wrong here, too.\n" in screen


def test_what_is_explained_comes_first_and_of_that_what_costs_most(failed: Report) -> None:
    def check(name: str, message: str, points: float = 1.0) -> CheckResult:
        return CheckResult(name, name, points, 0.0, "failed", message)

    because = "With one change it would."
    why = [
        Explanation("belief", "Of f", "Not so.", "of-f", None, ["f1"], because, ["f"]),
        Explanation("line", "Look at line 3", "Line 3: look.", line=3, checks=["f2"], functions=["f"]),
        Explanation("belief", "Of g", "Not so.", "of-g", None, ["g"], because, ["g"]),
    ]
    checks = [check("f1", "f: a; it is 1."), check("f2", "f: b; it is 2."), check("g", "g: it is 3.", 1.5)]
    checks += [check(f"h{n}", f"h: it is {n}.", 0.9) for n in range(2)]
    found = mistakes.findings(msgspec.structs.replace(failed, checks=checks, explanations=why))
    assert [[each.id for case in finding.cases for each in case.checks] for finding in found] == [
        ["f1"], ["f2"], ["g"], ["h0"], ["h1"],
    ]  # fmt: skip


def test_an_endless_loop_has_its_reason_with_it(failed: Report) -> None:
    hang = CheckResult("hang", "Hang", 2.0, 0.0, "timeout", "f: It took longer than 2 s.")
    wrong = CheckResult("wrong", "Wrong", 3.0, 0.0, "failed", "h: it is 1.")
    held = CheckResult("held", "Held", 1.0, 0.0, "failed", "g: it is 2.")
    why = [Explanation("belief", "Of g", "Not so.", "of-g", None, ["held"], "It does.", ["g"])]
    report = msgspec.structs.replace(failed, checks=[wrong, held, hang], explanations=why)
    assert [finding.cases[0].checks[0].id for finding in mistakes.findings(report)] == ["hang", "held", "wrong"]


def test_what_nothing_explains_is_not_read_as_a_case_of_what_is_explained(failed: Report) -> None:
    wrong = CheckResult("wrong", "Wrong", 3.0, 0.0, "failed", "h: it is 1.")
    held = CheckResult("held", "Held", 1.0, 0.0, "failed", "g: it is 2.")
    why = [Explanation("behaviour", "g: it is so", "So it is.", None, None, ["held"], "", ["g"])]
    report = msgspec.structs.replace(failed, checks=[wrong, held], explanations=why)
    console = Console(file=io.StringIO(), width=80)
    terminal.render(report, console)
    for screen in (shown(report), console.file.getvalue()):  # type: ignore[attr-defined]
        assert screen.index("failed: Held") < screen.index("What else went wrong\n────") < screen.index("failed: Wrong")
    alone = msgspec.structs.replace(failed, checks=[wrong], explanations=[])
    assert "What else went wrong" not in shown(alone)


def test_many_remarks_leave_room_for_what_counts(failed: Report) -> None:
    remarks = [f"{name} was left out: it is no part of the exercise." for name in "abcdefghijklmnop"]
    screen = shown(msgspec.structs.replace(failed, remarks=remarks))
    assert len(screen.splitlines()) < 24
    assert "Misconception: Slope of tanh" in screen
    assert "14 more remarks on the file stand in the whole report." in screen


def test_a_picture_is_drawn_where_there_is_room_and_named_where_there_is_none(measured: Report) -> None:
    passed = msgspec.structs.replace(measured, passed=True, checks=measured.checks[:1], output="")
    low, high = (shown(passed, height=height, command="gradecheck run 9") for height in (24, 50))
    assert "What you measured, as a picture: gradecheck run 9 --all\n" in low
    assert "yours   ○ RNN, reference" in high
    assert "as a picture" not in high


def test_the_rest_is_counted(failed: Report) -> None:
    checks = [CheckResult(f"c{n}", f"Check {n}", 1.0, 0.0, "failed", f"It differs by {n}.\n" + "row\n" * 9)
              for n in range(9)]  # fmt: skip
    screen = shown(msgspec.structs.replace(failed, checks=checks), command="gradecheck run exercise-04")
    assert "\n6 more checks failed: gradecheck run exercise-04 --all\n" in screen


def test_what_many_checks_have_in_common_is_said_of_all_and_the_smallest_is_shown(failed: Report) -> None:
    def message(size: int) -> str:
        return f"f: it differs at [{size}]; only the diagonal agrees." + "\nx . x" * size

    checks = [CheckResult(f"c{n}", f"Size {n}", 1.0, 0.0, "failed", message(n)) for n in (5, 2, 4)]
    why = [Explanation("behaviour", "The axes", "They are exchanged.", None, None, [each.id for each in checks])]
    screen = shown(msgspec.structs.replace(failed, checks=checks, explanations=why))
    assert "In 3 checks: only the diagonal agrees.\nfailed: Size 2\n" in screen
    assert "Size 4" not in screen


def test_what_is_said_of_a_part_of_an_answer_is_not_said_of_all_without_that_part(failed: Report) -> None:
    parts = {"one": '["h0"]', "other": '["b"]'}
    checks = [
        CheckResult(name, f"The {name}", 1.0, 0.0, "failed", f"f: at {part}, it differs; no entry agrees.")
        for name, part in parts.items()
    ]
    why = [Explanation("behaviour", "The axes", "They are exchanged.", None, None, [*parts])]
    screen = shown(msgspec.structs.replace(failed, checks=checks, explanations=why))
    assert "In 2 checks; one of them:\n" in screen
    assert 'f: at ["h0"], it differs; no entry agrees.' in screen


def test_of_the_cases_of_one_mistake_an_exception_is_shown_for_it_quotes_a_line(failed: Report) -> None:
    number = "f: it is 1, expected 2.\n  it gave: 1\n  expected: 2"
    raised = "Your program raised ValueError.\n    line 5, in f\n      a + b"
    checks = [
        CheckResult("number", "A number", 1.0, 0.0, "failed", number, answer=number.index("\n")),
        CheckResult("raised", "Another size", 1.0, 0.0, "error", raised, line=5),
    ]
    why = [Explanation("line", "Look at line 5", "Line 5: with an axis, all pass.", None, 5, ["number", "raised"])]
    screen = shown(msgspec.structs.replace(failed, checks=checks, explanations=why))
    assert "\nerror: Another size\n" in screen
    assert "a + b" in screen
    assert "A number" not in screen


def test_a_message_about_a_line_begins_with_its_place(failed: Report) -> None:
    checks = [CheckResult("c", "A check", 1.0, 0.0, "error", "Your program raised IndexError.", line=7)]
    why = [Explanation("line", "Look at line 5", "Line 5: with a plus there, all pass.", None, 5, ["c"])]
    screen = shown(msgspec.structs.replace(failed, checks=checks, explanations=why), file="ex/a.py")
    assert "\nex/a.py:5: with a plus there" in screen
    assert "\n  ex/a.py:7: Your program raised IndexError." in screen


@pytest.mark.parametrize(
    ("sentence", "place"),
    [
        ("Line 3 raised KeyError.", "a.py:3: "),
        ("The first NaN is made at line 12 of your file: x / 0", "a.py:12: "),
        ("It was at code cell 2, line 3 of your file.", ""),
        ("It says 'line 4'.", ""),
    ],
)
def test_only_a_line_of_the_file_itself_is_a_place(failed: Report, sentence: str, place: str) -> None:
    report = msgspec.structs.replace(failed, remarks=[sentence])
    assert f"\n{place}{sentence}\n" in shown(report, file="a.py")


def test_a_warning_that_comes_again_stands_once() -> None:
    warning = "a.py:3: UserWarning: The .grad attribute is read.\n  print(h.grad)\n"
    text = folded(f"{warning}one\n{warning}two\n{warning}", lines=20)
    assert text.count("UserWarning") == 1
    assert text.splitlines()[2:] == ["[… this warning came 3 times …]", "one", "two"]


def test_lines_that_repeat_themselves_are_counted_and_others_kept() -> None:
    assert folded("a\nb\n" * 30 + "c\nc\n", lines=20) == "a\nb\n[… the same 2 lines 30 times in all …]\nc\nc"
    assert folded("1\n2\n3\n", lines=20) == "1\n2\n3"


def test_an_annotation_stands_at_its_line_and_gives_the_runner_no_command(failed: Report) -> None:
    checks = [CheckResult("c", "100 %: a, b", 1.0, 0.0, "error", "It said\n::error::gone %0A", line=7)]
    lines = [*annotations.lines(msgspec.structs.replace(failed, checks=checks), "ex/a.py")]
    assert lines[0] == "::error file=ex/a.py,line=7,title=100 %25%3A a%2C b::It said%0A::error::gone %250A"
    assert lines[-1].startswith("::notice file=ex/a.py,title=exercise-04%3A The Jacobian")
    assert len(lines) == 2


def test_an_annotation_keeps_paragraphs_and_no_line_that_an_author_broke(failed: Report) -> None:
    why = Explanation(
        "belief", "A belief", "One sentence\ngoes on.\n\n- a point\n- another", "a-belief", None, ["shape"]
    )
    checks = [CheckResult("shape", "Shape", 1.0, 0.0, "failed", "f: no.")]
    first, _ = annotations.lines(msgspec.structs.replace(failed, checks=checks, explanations=[why]), "a.py")
    assert first.endswith("::One sentence goes on.%0A%0A- a point%0A- another")


@given(text=st.text(st.characters(codec=None)))
def test_whatever_a_program_says_the_screen_and_the_annotations_stay_plain(
    saying: Callable[[str], Report], text: str
) -> None:
    said = saying(text)
    for report in (said, msgspec.structs.replace(said, note="", remarks=[text])):
        assert all(line.isprintable() for line in shown(report).split("\n"))
        assert shown(report, ascii=True).replace("\n", "").isascii()
        lines = [*annotations.lines(report, text)]
        assert all(line.isprintable() and line.startswith("::") for line in lines)


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("Line 5 raised TypeError: no.", 5),
        ("La línea 5 lanzó TypeError: no.", 5),
        ('Line 2 that Out.txt holds is "3", expected "2".', 0),
        ('Line 2 that it prints is "3", expected "2".', 0),
        ('La línea 2 que imprime es "3", se esperaba "2".', 0),
    ],
)
def test_a_line_of_what_is_printed_is_no_line_of_the_file(text: str, line: int) -> None:
    assert placed(text, "mine.py") == (f"mine.py:{line}: {text}" if line else text)
