"""A report on a terminal, in a pipe, in ASCII."""

from __future__ import annotations

import io
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.console import Console

from autograder.feedback import html, terminal
from autograder.feedback.wording import Occasion
from autograder.grading.report import CheckResult, Explanation, Report

GOLDEN = Path(__file__).with_name("golden")
Printed = Callable[..., str]


@pytest.mark.parametrize(
    ("golden", "width", "ascii"), [("failed-80.txt", 80, False), ("failed-40-ascii.txt", 40, True)]
)
def test_a_failed_report_reads_as_agreed(
    failed: Report, printed: Printed, golden: str, width: int, ascii: bool
) -> None:
    assert printed(failed, width=width, ascii=ascii) == (GOLDEN / golden).read_text(encoding="utf-8")


def test_the_belief_comes_before_the_numbers_and_is_explained_once(failed: Report, printed: Printed) -> None:
    shown = printed(failed)
    assert shown.index("Misconception:") < shown.index("1/cosh²(z)") < shown.index("Got 1.964.")
    assert shown.count("Misconception:") == 1


def test_a_pipe_gets_no_control_codes(failed: Report, hostile: Report, printed: Printed) -> None:
    assert all(line.isprintable() for report in (failed, hostile) for line in printed(report).split("\n"))


def test_a_terminal_without_unicode_gets_ascii_unasked(hostile: Report) -> None:
    raw = io.BytesIO()
    console = Console(file=io.TextIOWrapper(raw, encoding="ascii", write_through=True), width=80)
    terminal.render(hostile, console)
    assert b"Misconception: Slope of tanh taken as 1 - tanh(z), not 1 - tanh^2(z)" in raw.getvalue()


def test_a_students_text_is_not_markup(hostile: Report, printed: Printed) -> None:
    assert "[bold]x[/bold] :smile:" in printed(hostile, width=200)


def test_a_note_comes_first_and_is_said_once(failed: Report, printed: Printed) -> None:
    note = "Not started yet: write tanh_jacobian."
    checks = [msgspec.structs.replace(check, score=0.0, status="failed", message=note, misconception=None, hint=None)
              for check in failed.checks]  # fmt: skip
    shown = printed(msgspec.structs.replace(failed, note=note, checks=checks, output=""))
    assert shown.startswith(note)
    assert shown.count(note) == 1
    assert "No checks were run." in shown
    assert not any(check.title in shown for check in failed.checks)  # nothing can be said of them
    assert shown.endswith("Next: gradecheck show exercise-04\n")


def test_a_file_that_can_not_be_read_is_graded_again_once_it_is_saved_anew(failed: Report, printed: Printed) -> None:
    note = "tanh_jacobian.py is not UTF-8 text: see line 2. Save it as UTF-8, then run again."
    checks = [CheckResult(f"c{i}", f"Check {i}", 1.0, 0.0, "failed", note, hint=f"Hint {i}") for i in range(3)]
    report = msgspec.structs.replace(failed, note=note, checks=checks, explanations=[], output="")
    shown = printed(report)
    assert "No check could be run." in shown
    assert "Hint 0" not in shown + html.render(report)
    assert shown.endswith("Next: gradecheck run exercise-04\n")


def test_one_reason_for_many_checks_is_given_once(failed: Report, printed: Printed) -> None:
    message = "tanh_jacobian.py can't be read: '(' was never closed, line 12.\n    slope = 1 - np.tanh(z ** 2\n"
    checks = [CheckResult(f"c{i}", f"Check {i}", 1.0, 0.0, "error", message) for i in range(7)]
    shown = printed(msgspec.structs.replace(failed, checks=checks))
    assert shown.count("never closed") == 1
    assert "In 7 checks; one of them:\nerror: Check 0\n  tanh_jacobian.py" in shown
    assert "\n        slope = 1 - np.tanh(z ** 2\n" in shown
    assert shown.endswith("Next: gradecheck run exercise-04\n")


def test_what_is_not_written_is_no_mistake(failed: Report, printed: Printed) -> None:
    open_check = CheckResult("open", "The norm", 1.0, 0.0, "error", "norm isn't written yet.", unwritten=True)
    note = "1 of 2 written: norm is still to come."
    report = msgspec.structs.replace(failed, note=note, checks=[*failed.checks, open_check])
    shown = printed(report)
    assert "  not written    0/1  The norm\n" in shown
    assert shown.count("The norm") == 1
    assert "written yet" not in html.render(report)
    begun = msgspec.structs.replace(report, checks=[failed.checks[0], open_check])
    assert printed(begun).endswith("Next: gradecheck show exercise-04\n")
    assert shown.endswith("Next: gradecheck hint exercise-04\n")


def test_an_exception_is_told_once_and_a_line_to_look_at_says_so_itself(failed: Report, printed: Printed) -> None:
    raised = "Your program raised NameError: name 'slop' is not defined\n  line 7, in f\n    return slop"
    checks = [
        CheckResult("one", "One", 1.0, 0.0, "error", raised),
        CheckResult("two", "Two", 1.0, 0.0, "failed", "No."),
    ]
    why = [
        Explanation(
            "behaviour", "f: it raises NameError at line 7",
            "This is said of calls where n is 1. Line 7 raises NameError: name 'slop' is not defined.", line=7,
            checks=["one"],
        ),
        Explanation("line", "Look at line 9", "Line 9: with 1 there, every check would pass.", line=9, checks=["two"]),
    ]  # fmt: skip
    report = msgspec.structs.replace(failed, checks=checks, explanations=why)
    for shown in (printed(report), html.render(report)):
        assert shown.count("slop&#39; is not defined") + shown.count("slop' is not defined") == 1
        assert "This is said of calls where n is 1." in shown
        assert "Where to look" not in shown
    assert "\nLook at line 9\n──────────────\n" in printed(report)


def test_a_takeaway_stands_apart(passed: Report, printed: Printed) -> None:
    shown = printed(passed, occasion=Occasion(takeaway="Slopes shrink."))
    assert "\n\nSlopes shrink.\n\nNext: " in shown


def test_a_note_with_code_keeps_its_lines(failed: Report, printed: Printed) -> None:
    note = "a.py has a syntax error at line 1.\n    def f(:\n          ^"
    assert printed(msgspec.structs.replace(failed, note=note)).startswith(f"{note.splitlines()[0]}\n      def f(:\n")


def test_the_end_says_how_it_was_graded_and_what_to_do(passed: Report, printed: Printed) -> None:
    bare = msgspec.structs.replace(passed, isolation=[])
    drill = msgspec.structs.replace(bare, kind="drill")
    assert printed(passed).endswith("Graded behind: bubblewrap, landlock\nNext: gradecheck list\n")
    assert "Not behind the wall: your own code only\n" in printed(bare)
    assert "Graded" not in printed(drill)


def test_a_quiz_speaks_of_no_program_and_sends_nobody_to_a_command_that_is_not_for_it(
    failed: Report, printed: Printed
) -> None:
    quiz = msgspec.structs.replace(failed, exercise="products", isolation=[], kind="quiz")
    assert "Graded" not in printed(quiz)
    assert printed(quiz).endswith("Next: gradecheck quiz products --review\n")


def test_the_caller_may_name_the_next_step(passed: Report) -> None:
    console = Console(file=io.StringIO(), width=80)
    terminal.render(passed, console, occasion=Occasion(next_steps=["gradecheck quiz jacobians"]))
    assert console.file.getvalue().endswith("Next: gradecheck quiz jacobians\n")  # type: ignore[attr-defined]


def test_long_output_is_bounded_unless_all_is_asked_for(failed: Report, printed: Printed) -> None:
    chatty = msgspec.structs.replace(failed, output="\n".join(f"line {i}" for i in range(1000)))
    assert "[… 981 lines left out …]" in printed(chatty)
    verbose = printed(chatty, verbose=True)
    assert "    line 500\n" in verbose
    assert "File: tanh_jacobian.py, SHA-256 9f86d081, graded in 0.41 s" in verbose


def test_a_passed_report_imports_no_parser() -> None:
    program = """
import io, sys
from rich.console import Console
from autograder.feedback import terminal
from autograder.grading.report import CheckResult, Report, SubmissionFile
check = CheckResult("shape", "The result has shape (d, d), W_hh too", 1.0, 1.0, "passed")
report = Report("exercise-04", "One step", 1.0, 1.0, True, 0.1, ["landlock"], SubmissionFile("a.py", "0"), [check])
terminal.render(report, Console(file=io.StringIO()))
print(sorted({"jinja2", "markdown_it", "math_core", "numpy", "torch", "pytest"} & set(sys.modules)))
"""
    run = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True, cwd=Path.cwd())
    assert run.stdout == "[]\n"


@given(text=st.text(st.characters(codec=None)))
def test_whatever_a_program_says_the_page_stays_plain(
    saying: Callable[[str], Report], printed: Printed, text: str
) -> None:
    assert all(line.isprintable() for line in printed(saying(text)).split("\n"))
    ascii = printed(saying(text), ascii=True)
    assert ascii.isascii()
    assert all(line.isprintable() for line in ascii.split("\n"))
