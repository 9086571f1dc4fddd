"""A quiz as a student sits it: from a pipe, stopped anywhere, gone on with, in two terminals, and killed."""

from __future__ import annotations

import json
import os
import signal
import sqlite3
import subprocess
import sys
import time
from pathlib import Path

import pytest

from autograder.course import CourseRoot, load_course, load_quiz
from autograder.quiz.variant import variant
from tests.command import GRADECHECK, Command, Finished

SEED = 7


@pytest.fixture
def sit(tmp_path: Path, small_course: Path) -> Sit:
    return Sit(tmp_path, small_course)


class Sit:
    """Types lines into `gradecheck quiz products` of the small course; seed 7 unless told."""

    def __init__(self, folder: Path, course: Path) -> None:
        self.folder, self.course = folder, course
        quiz = load_quiz(load_course(CourseRoot.at(course)), "products")
        self.first, self.several, self.number = (variant(question, SEED, quiz.id) for question in quiz.questions)

    def __call__(self, typed: str, *options: str, seed: bool = True, **environment: str) -> Finished:
        arguments = self.command(*options, seed=seed)[3:]
        return Command(self.folder)(*arguments, course=self.course, typed=typed, **environment)

    def command(self, *options: str, seed: bool = True) -> list[str | Path]:
        chosen = ["--seed", str(SEED)] if seed else []
        return [GRADECHECK, "--course", self.course, "quiz", "products", *chosen, *options]

    def environment(self, **more: str) -> dict[str, str]:
        return {**os.environ, "GRADECHECK_DATA": str(self.folder / "data"), **more}

    def letters(self, *choices: str) -> str:
        """The letters of choices, of the first question or the second."""
        one = self.first if choices[0] in {choice.id for choice in self.first.choices} else self.several
        return "".join(letter for letter, choice in zip("abcdef", one.choices, strict=False) if choice.id in choices)

    @property
    def all_right(self) -> str:
        return f"{self.letters('power')}\n{self.letters('half', 'tenth')}\n{self.number.key}\n"

    def answers(self) -> list[tuple[str, float]]:
        with sqlite3.connect(self.folder / "data" / "progress.db") as db:
            assert db.execute("PRAGMA integrity_check").fetchone() == ("ok",)
            return db.execute("SELECT question, mark FROM answers ORDER BY id").fetchall()


def test_all_right_is_exit_0_and_full_points(sit: Sit) -> None:
    done = sit(sit.all_right)
    assert done.code == 0, done.err
    assert done.err == ""
    assert "4 of 4 points (100 %), 3 questions" in done.out
    assert "Misconception" not in done.out
    assert sit.answers() == [("two-steps", 1.0), ("several", 2.0), ("many-steps", 1.0)]


def test_every_choice_is_explained_the_chosen_one_first(sit: Sit) -> None:
    done = sit(sit.letters("sum") + "\n")
    told = done.out[done.out.index("Wrong. 0 of 1 point.") :]
    said = [told.index(why) for why in ("That is the sum of two.", "Two factors.", "The first is right.")]
    assert said == sorted(said)
    assert "Your choice: wrong. Misconception: A product 0.7 · 20 taken for a power" in told


def test_a_wrong_number_is_explained_by_its_trap(sit: Sit) -> None:
    rho, steps = sit.number.values["rho"], sit.number.values["T"]
    done = sit(f"{sit.letters('power')}\n{sit.letters('half', 'tenth')}\n{rho}*{steps:.0f}\n")
    assert f"Your number: {rho}*{steps:.0f}, which is {rho * steps:.6g}" in done.out  # type: ignore[operator]
    assert f"You added {steps:.0f} times." in done.out
    assert f"The right number is {sit.number.key:.6g}." in done.out
    assert done.code == 1


def test_partial_credit_is_said_before_and_after(sit: Sit) -> None:
    done = sit(f"{sit.letters('power')}\n{sit.letters('half')}\n")
    assert "Each choice that you judge rightly counts for you, each other one against you." in " ".join(
        done.out.split()
    )
    assert "Partly right. 1 of 2 points. You judged 3 of 4 choices rightly." in done.out


def test_the_summary_names_beliefs_and_what_practises_them(sit: Sit) -> None:
    done = sit(f"{sit.letters('sum')}\n{sit.letters('half', 'double')}\nq\n")
    summary = " ".join(done.out[done.out.index("Misconceptions met:") :].split())
    assert "A product 0.7 · 20 taken for a power in 2 questions; revise: powers; practise it: exercise-01" in summary
    assert "Two added, not multiplied by two revise: doubling; practise it: exercise-02" in summary
    assert "Your answers are kept. 1 question is left." in summary


def test_the_next_call_goes_on(sit: Sit) -> None:
    first, second, third = sit.all_right.splitlines(keepends=True)
    assert sit(first).code == 1
    done = sit(second, seed=False)
    assert "1 question answered in this attempt; you go on with the next one." in done.out
    assert "Question 2 of 3, so far 1 of 1 point" in done.out
    assert sit(third).code == 0
    assert "Question 1 of 3" in sit("q\n").out


def test_missed_asks_only_what_was_missed(sit: Sit) -> None:
    sit(f"{sit.letters('sum')}\n{sit.letters('half', 'tenth')}\n{sit.number.key}\n")
    done = sit(sit.letters("power") + "\n", "--missed")
    assert done.code == 0
    assert "1 question. Type a letter, and press Enter." in done.out
    assert "many-steps" not in done.out
    assert "You missed nothing of the 3 that you answered." in sit("", "--missed").out


def test_review_shows_all_and_asks_nothing(sit: Sit) -> None:
    sit(f"{sit.letters('sum')}\nq\n")
    done = sit("", "--review")
    assert done.code == 0
    assert "Your choice: wrong." in done.out
    for why in ("Two factors.", "It is 4.", f"The right number is {sit.number.key:.6g}."):
        assert why in done.out
    assert "Letter" not in done.out.replace("Letters", "")
    assert len(sit.answers()) == 1


def test_hints_come_one_by_one(sit: Sit) -> None:
    done = sit("?\n?\nq\n")
    assert "Hint 1 of 1: What is left after one step?" in done.out
    assert "There is no other hint." in done.out


@pytest.mark.parametrize("typed", ["", "\n\n", "\0\0\n", "\x1b[A\n", "ab\nab\n", "9" * 100_000 + "\n", "é\n", "q"])
def test_no_input_stops_or_breaks_it(sit: Sit, typed: str) -> None:
    done = sit(typed)
    assert done.code == 1
    assert done.err == ""
    assert "3 questions are left." in done.out
    assert "\x1b" not in done.out
    assert "\0" not in done.out


def test_a_slip_in_a_number_writes_no_warning_of_pythons(sit: Sit) -> None:
    done = sit("".join(sit.all_right.splitlines(keepends=True)[:2]) + "5log(2)\n1if 2 else 3\nq\n")
    assert done.err == ""
    assert "'5log(2)' is not a number or an expression" in " ".join(done.out.split())


def test_bytes_that_are_no_text_do_not_break_it(sit: Sit) -> None:
    done = subprocess.run(
        sit.command(), input=b"\xff\xfe\n\x80a\n", capture_output=True, env=sit.environment(), timeout=300
    )
    assert (done.returncode, done.stderr) == (1, b"")


def test_a_closed_input_is_the_end(sit: Sit) -> None:
    command = " ".join(map(str, sit.command())) + " <&-"
    done = subprocess.run(command, shell=True, capture_output=True, text=True, env=sit.environment(), timeout=300)
    assert (done.returncode, done.stderr) == (1, "")


def test_plain_and_ascii_write_what_they_promise(sit: Sit) -> None:
    plain = sit(sit.letters("sum") + "\nq\n", "--plain", FORCE_COLOR="1")
    assert "\x1b" not in plain.out
    assert "─" not in plain.out
    done = Command(sit.folder)("--ascii", *sit.command()[3:], course=sit.course, typed="q\n")
    assert done.out.isascii()
    assert "Products of rho" in done.out


def test_saved_answers_come_with_every_attempt(sit: Sit, tmp_path: Path) -> None:
    sit(f"{sit.letters('sum')}\n{sit.letters('half', 'tenth')}\n{sit.number.key}\n")
    sit(sit.letters("power") + "\n", "--missed")
    done = sit("", "--save", str(tmp_path / "mine.json"), seed=False)
    assert done.code == 0
    assert "Your answers to 3 of 3 questions are in" in done.out
    saved = json.loads((tmp_path / "mine.json").read_text())
    assert (saved["schema"], saved["quiz"]) == (1, "products")
    assert [(each["question"], each["attempt"], each["seed"]) for each in saved["answers"]] == [
        ("two-steps", 1, SEED), ("several", 1, SEED), ("many-steps", 1, SEED), ("two-steps", 2, SEED),
    ]  # fmt: skip
    assert "mark" not in (tmp_path / "mine.json").read_text()


def test_a_file_that_cannot_be_written_is_misuse_and_loses_nothing(sit: Sit, tmp_path: Path) -> None:
    done = sit(sit.all_right, "--save", str(tmp_path / "none" / "mine.json"))
    assert done.code == 2
    assert "can't be written" in done.err
    assert len(sit.answers()) == 3


def test_a_record_that_cannot_be_kept_stops_nothing(sit: Sit, tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    done = sit(sit.all_right, "--save", str(tmp_path / "mine.json"), GRADECHECK_DATA=str(tmp_path / "file"))
    assert done.code == 0
    assert len(done.err.splitlines()) == 1
    assert done.err.startswith("Your progress isn't being recorded: ")
    assert len(json.loads((tmp_path / "mine.json").read_text())["answers"]) == 3


def read_until(process: subprocess.Popen[bytes], ending: bytes) -> bytes:
    assert process.stdout
    seen = b""
    while not seen.endswith(ending):
        piece = os.read(process.stdout.fileno(), 4096)
        assert piece, seen
        seen += piece
    return seen


def begun(sit: Sit, *options: str) -> subprocess.Popen[bytes]:
    """A sitting that waits at its first prompt."""
    process = subprocess.Popen(
        sit.command(*options), stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
        env=sit.environment(),
    )  # fmt: skip
    read_until(process, b": ")
    return process


def type_into(process: subprocess.Popen[bytes], line: str) -> None:
    assert process.stdin
    process.stdin.write(f"{line}\n".encode())
    process.stdin.flush()


def test_an_interrupt_keeps_what_was_answered(sit: Sit) -> None:
    process = begun(sit)
    type_into(process, sit.letters("sum"))
    read_until(process, b"Letters a-d: ")
    process.send_signal(signal.SIGINT)
    out, err = process.communicate(timeout=300)
    assert process.returncode == 130
    assert err == b""
    assert b"Your answers are kept. 2 questions are left." in out
    assert b"Go on: gradecheck quiz products" in out
    assert sit.answers() == [("two-steps", 0.0)]


def test_an_interrupt_at_the_very_beginning_is_quiet(sit: Sit) -> None:
    process = begun(sit)
    process.send_signal(signal.SIGINT)
    out, err = process.communicate(timeout=300)
    assert (process.returncode, err) == (130, b"")
    assert b"3 questions are left." in out


@pytest.mark.parametrize("delay", [0.0, 0.001, 0.003, 0.01, 0.03])
def test_a_kill_at_any_moment_loses_no_explained_answer(sit: Sit, delay: float) -> None:
    process = begun(sit)
    type_into(process, sit.letters("power"))
    read_until(process, b"Letters a-d: ")
    type_into(process, sit.letters("half", "tenth"))
    time.sleep(delay)
    process.kill()
    out, _ = process.communicate(timeout=300)
    kept = sit.answers()
    assert kept[0] == ("two-steps", 1.0)
    assert len(kept) == 2 or b"Right." not in out
    rest = sit.all_right.splitlines(keepends=True)[len(kept) :]
    assert sit("".join(rest)).code == 0
    assert sit.answers() == [("two-steps", 1.0), ("several", 2.0), ("many-steps", 1.0)]


def test_two_terminals_share_a_sitting_and_the_first_answer_stays(sit: Sit) -> None:
    one, other = begun(sit), begun(sit)
    type_into(one, sit.letters("power"))
    read_until(one, b"Letters a-d: ")
    type_into(other, sit.letters("sum"))
    told = read_until(other, b"Letters a-d: ")
    assert b"This question was answered in another terminal meanwhile. That answer stays." in told
    type_into(other, sit.letters("half", "tenth"))
    read_until(other, b": ")
    for process, line in ((one, sit.letters("half")), (other, str(sit.number.key))):
        type_into(process, line)
    out, err = other.communicate(timeout=300)
    assert (other.returncode, err) == (0, b"")
    assert b"4 of 4 points" in out
    one.communicate(timeout=300)
    assert sit.answers() == [("two-steps", 1.0), ("several", 2.0), ("many-steps", 1.0)]


def test_quiz_imports_nothing_heavy(sit: Sit) -> None:
    program = """
import sys
sys.argv[0] = "gradecheck"
from autograder.cli import main
try:
    main()
except SystemExit as end:
    heavy = {"numpy", "torch", "pytest", "jinja2", "pydantic", "scipy"} & set(sys.modules)
    print(sorted(heavy), end.code, file=sys.stderr)
"""
    done = subprocess.run(
        [sys.executable, "-c", program, *sit.command()[1:]], input=sit.all_right, capture_output=True, text=True,
        env=sit.environment(), timeout=300,
    )  # fmt: skip
    assert done.stderr == "[] 0\n"


def test_without_a_name_the_quizzes_are_listed(gradecheck: Command, small_course: Path) -> None:
    done = gradecheck("quiz", course=small_course)
    assert done.code == 0
    assert "products    3 questions  not begun  Products of ρ" in done.out
    assert done.out.endswith("\nTake one: gradecheck quiz products\n")


def test_a_misspelt_name_is_misuse(gradecheck: Command, small_course: Path) -> None:
    done = gradecheck("quiz", "product", course=small_course)
    assert (done.code, done.out) == (2, "")
    assert done.err == "Error: There is no quiz 'product'. Did you mean 'products'?\n"
