"""What every `run` and `quiz` imports of a course is quickly made: a dataclass takes forty times a Struct's time."""

import subprocess
import sys

import pytest


@pytest.mark.parametrize("module", ["course.loader", "course.kept_quiz", "feedback.first_screen", "quiz.conversation"])
def test_no_dataclass_is_made(module: str) -> None:
    program = (
        "import dataclasses, importlib; from rich import console; made = []; make = dataclasses._process_class; "
        "dataclasses._process_class = lambda of, *more: made.append(of.__name__) or make(of, *more); "
        f"importlib.import_module('autograder.{module}'); print(*made)"
    )
    run = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert run.stdout.split() == []
