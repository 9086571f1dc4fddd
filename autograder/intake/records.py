"""A student's own progress file as a file of answers to one quiz.

The file is a stranger's; `quiz.progress_file` reads it as one.
"""

from __future__ import annotations

from autograder.grading.submission import Submission, from_bytes
from autograder.language import tr
from autograder.quiz.answers import UnreadableAnswers, encode
from autograder.quiz.progress_file import LARGEST, answer_files

SUFFIX = ".db"
MAX_RECORD = LARGEST


def quizzes_in(data: bytes) -> frozenset[str]:
    """The quizzes to which a progress file holds answers; none if it can't be read."""
    try:
        return frozenset(file.quiz for file in answer_files(data))
    except UnreadableAnswers:
        return frozenset()


def from_progress_file(name: str, data: bytes, quiz: str) -> Submission:
    """The answers to one quiz, as `gradecheck quiz --save` would have written them; whatever the bytes are."""
    try:
        found = [file for file in answer_files(data) if file.quiz == quiz]
    except UnreadableAnswers as problem:
        return Submission(name, data[:0], "", f"{name}: {problem}")
    if not found:
        return Submission(name, data[:0], "", tr("{name} holds no answers to {quiz}.", name=name, quiz=quiz))
    # A record can hold several courses with a quiz of this name: the one that was met last counts.
    return from_bytes(name, encode(found[-1]))
