"""What is said of a loop that doesn't end: only what its text shows."""

from __future__ import annotations

from pathlib import Path

import pytest

from autograder.checks import Mark
from autograder.grading.checking import Check
from autograder.grading.loops import why_endless

UNASSIGNED = "The loop at line 2 goes on while `{}`, and no line in it assigns {}."
GOES_ON = "The loop at line 2 goes on while `{}`."


@pytest.mark.parametrize(
    ("loop", "said"),
    [
        ("while t < len(b):\n  s = b[t]", UNASSIGNED.format("t < len(b)", "`t` or `b`")),
        ("while t < T:\n  for i in range(9):\n    s += i", UNASSIGNED.format("t < T", "`t` or `T`")),
        ("while True:\n  s = 1", "The loop at line 2 has no condition, and no `break` or `return` in it."),
        ("while 1:\n  if s: break", "The loop at line 2 has no condition: only `break` or `return` ends it."),
        (
            "while True:\n  for i in b:\n    if s: break",
            "The loop at line 2 has no condition, and each `break` in it ends another loop.",
        ),
        (
            "while True:\n  for i in b:\n    if s: return t",
            "The loop at line 2 has no condition: only `break` or `return` ends it.",
        ),
        ("while t < T:\n  t -= 1", GOES_ON.format("t < T")),
        ("while (gap := T - t) > 0:\n  s = 1", GOES_ON.format("(gap := (T - t)) > 0")),
        ("while t[0] < 3:\n  t[0] = 2", GOES_ON.format("t[0] < 3")),
        ("while t.n < 3:\n  t.grow()", GOES_ON.format("t.n < 3")),
        ("while t < 3:\n  np.add(t, 0, out=t)", GOES_ON.format("t < 3")),
        ("while todo.pop():\n  s = 1", GOES_ON.format("todo.pop()")),
        ("while t < 3:\n  t = 1\n  while T:\n    s = 1", GOES_ON.format("t < 3")),
        ("while t < " + " + ".join(["T"] * 40) + ":\n  s = 1", ""),
        ("for t in forever():\n  s = 1", ""),
    ],
)
def test_a_loop_is_told_by_its_text(loop: str, said: str) -> None:
    body = "\n".join(f"  {line}" for line in loop.splitlines())
    assert why_endless(f"def f(t, T, b):\n{body}\n  return t\n", 3) == said


def test_of_a_loop_that_may_end_the_one_around_it_is_told_too() -> None:
    source = "while t > 0:\n  i = 0\n  while i < 1:\n    i += 1\n  t -= 0\n"
    both = "The loop at line 3 goes on while `i < 1`. The loop at line 1 goes on while `t > 0`."
    assert why_endless(source, 4) == both
    assert why_endless(source.replace("i += 1", "s = 1"), 4).count("The loop") == 1


def test_a_name_that_another_function_may_change_is_not_called_unassigned() -> None:
    source = "t = 0\nwhile t < 3:\n  step()\ndef step():\n  global t\n  t = 4\n"
    assert why_endless(source, 3) == GOES_ON.format("t < 3")


def test_what_cannot_be_read_is_left_alone() -> None:
    assert why_endless("while t < 3\n", 1) == ""


def test_a_hint_on_right_and_wrong_is_not_given_for_what_never_ended() -> None:
    check = Check("one", "One.", Mark(1.0, hint="Look again."), Path("checks.py"), 1, lambda trial: None, "")
    hints = {status: check.result(status).hint for status in ("passed", "failed", "error", "timeout", "crashed")}
    assert {status for status, hint in hints.items() if hint} == {"failed", "error"}
