"""A course whose one exercise and one quiz were begun with `gradecheck new`, and filled in as an author would."""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from pathlib import Path

from tests.command import Command, Finished

EMPTY = """format: 1
title: 'A course'
units:
  - id: first
    title: 'First'
    exercises: []
    quizzes: []
"""
EXERCISE, QUIZ = "leaky-step", "leaks"
SOLUTION, TASK = f"solutions/{EXERCISE}", f"exercises/{EXERCISE}"
EXPLANATION = (
    "You took one away from the half, where it is added.\n\n"
    "Half of 2 is 1, so 2 becomes 2. Yours becomes 0.\n\n"
    "Half of what is there stays, and then comes one more."
)
#: By file, what stands there and what its author puts in its place.
WRITTEN: dict[str, list[tuple[str, str]]] = {
    "course.yaml": [
        ("leaky-step-belief:  # TODO: rename it, and what names it", "one-taken-away:"),
        ("TODO: the belief in one line", "One is taken away, not added"),
        ("TODO: what to revise, in two to five words", "signs"),
        ("leaks-belief:  # TODO: rename it, and what names it", "product-for-power:"),
        ("TODO: the belief in one line", "A product is taken for a power"),
        ("TODO: what to revise, in two to five words", "powers"),
    ],
    f"{TASK}/exercise.yaml": [
        ("TODO: the title in one line", "A leaky step"),
        ("TODO: what the exercise has shown, in one to three sentences", "Half stays."),
        ("TODO: a nudge", "What is left of 2?"),
        ("TODO: where to look", "Look at the half."),
        ("TODO: nearly there, without the answer", "Then one more."),
        ("  # TODO: the arguments of the statement's example", ""),
        ("[0.0, 0.0]  # TODO: what comes of them", "[1.5, 2.0]"),
    ],
    f"{TASK}/statement.md": [
        ("TODO: the title", "A leaky step"),
        ("TODO: why it matters, in two or three sentences.", "Memory leaks."),
        ("y = x", r"y = \frac{x}{2} + 1"),
        ("TODO: the formula above, and what each letter stands for.", "$x$ is the old state."),
        (f"TODO: a worked number; list it in {SOLUTION}/figures.yaml too.", "From 0.25 comes $0.25 / 2 + 1 = 1.125$."),
        ("TODO: what it takes and returns, with shapes, and what it refuses.", "It takes and returns `(n,)`."),
    ],
    f"{TASK}/leaky_step.py": [
        ("TODO: the exercise in one line.", "A leaky step."),
        ("  # TODO: the signature", ""),
        ("TODO: what it returns, with shapes.", "The new state, (n,)."),
    ],
    f"{SOLUTION}/leaky_step.py": [
        ("TODO: how it is done, in one line.", "Half, and one more."),
        ("  # TODO: the signature, as in the stub", ""),
        ("raise NotImplementedError  # TODO: the solution that a teacher would show", "return x / 2 + 1"),
    ],
    f"{SOLUTION}/accepted/another_style.py": [
        ("TODO: the style of this one; it is right too, and gets full points.", "In a loop."),
        (
            "raise NotImplementedError  # TODO: the same, done in a truly different way",
            "return np.array([0.5 * each + 1 for each in x])",
        ),
    ],
    f"{SOLUTION}/misconceptions/leaky-step-belief.py": [
        ("TODO: what the learner thought.", EXPLANATION.split("\n\n")[0]),
        ("TODO: the smallest case in which it breaks, with numbers.", EXPLANATION.split("\n\n")[1]),
        ("TODO: what to think instead, without the solution.", EXPLANATION.split("\n\n")[2]),
        ("raise NotImplementedError  # TODO: the program of one who thinks so", "return x / 2 - 1"),
    ],
    f"{SOLUTION}/checks.py": [
        ("TODO: what holds for any input.", "Half of any state stays."),
        ("  # TODO: the arguments", ""),
        ("TODO: what holds in the case in which a mistake shows best.", "From nothing comes one."),
        ("  # TODO: the arguments", ""),
        ("  # TODO: the arguments", ""),
    ],
    f"{SOLUTION}/figures.yaml": [
        (
            "claim: '0.349', text: 'TODO: 0.349', expr: '0.9**10'",
            "claim: '1.125', text: '= 1.125', expr: '0.25 / 2 + 1'",
        ),
    ],
    f"quizzes/{QUIZ}.yaml": [
        ("TODO: the title in one line", "Leaks"),
        ("leaks-1  # TODO: an id that never changes", "two-steps"),
        ("TODO: the one idea that it tests", "powers"),
        ("TODO: the question", "What is left of 1 after two steps of one half?"),
        ("TODO: the right choice", "a quarter"),
        ("TODO: why it is right", "Half of a half: $@{2 * 0.125}$, twice 0.125."),
        ("leaks-belief", "product-for-power"),
        ("TODO: a wrong choice", "one"),
        ("TODO: what is tempting about it, and what is wrong", "Twice a half is one, but the halves are multiplied."),
        ("leaks-belief", "product-for-power"),
        ("TODO: another one", "nothing"),
        ("TODO: what is tempting about this one, and what is wrong", "Half of something is something."),
        ("TODO: a nudge", "What is left after one?"),
        ("leaks-2  # TODO: an id that never changes", "many-steps"),
        ("TODO: the one idea that it tests", "powers"),
        ("TODO: the question, with", "What is left after"),
        ("  # TODO: the right number", ""),
        ("TODO: why it is", "It is"),
        ("  # TODO: a tempting wrong number", ""),
        ("leaks-belief", "product-for-power"),
        ("TODO: what is tempting about it, and what is wrong", "Factors are multiplied, not added."),
    ],
}


@dataclass(frozen=True)
class Proved:
    """A command, the course that it has proved once, and what it said. `restore` takes back all that came later."""

    command: Command
    first: Finished
    copy: Path

    @property
    def course(self) -> Path:
        return self.command.folder / "course"

    def restore(self) -> None:
        shutil.rmtree(self.command.folder)
        shutil.copytree(self.copy, self.command.folder)


def begin(gradecheck: Command, root: Path) -> tuple[Finished, Finished]:
    """An empty course at `root` with the two scaffolds, and what `new` said of them."""
    (root / "solutions").mkdir(parents=True)
    (root / "course.yaml").write_text(EMPTY)
    exercise = gradecheck("new", "exercise", EXERCISE, course=root)
    return exercise, gradecheck("new", "quiz", QUIZ, course=root)


def begin_and_fill_in(folder: Path) -> Path:
    """The same in a folder, with all that its author writes."""
    begin(Command(folder), folder / "course")
    fill_in(folder / "course")
    return folder / "course"


def fill_in(root: Path) -> None:
    """What an author does with the scaffolds."""
    for name, replacements in WRITTEN.items():
        for old, new in replacements:
            change(root, name, old, new)
    misconceptions = root / SOLUTION / "misconceptions"
    (misconceptions / "leaky-step-belief.py").rename(misconceptions / "one-taken-away.py")


def change(root: Path, name: str, old: str, new: str) -> None:
    """Replace the first `old`, which must be there, in one file."""
    text = (root / name).read_text()
    assert old in text, f"{name} lacks {old!r}"
    (root / name).write_text(text.replace(old, new, 1))


def line_of(root: Path, name: str, part: str) -> int:
    """The first line of a file that holds `part`."""
    lines = (root / name).read_text().splitlines()
    return next(number for number, line in enumerate(lines, start=1) if part in line)
