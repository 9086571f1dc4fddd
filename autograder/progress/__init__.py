"""The student's own record: hints read, files started, runs, answers and the misconceptions met, in one SQLite file.

It must not know how anything was graded, and it must never stop a command: where the record can't be kept, one line
says so.
"""

from autograder.progress.record import Best, Met, Progress, open_progress
from autograder.progress.sittings import Answered, QuizRecord, Sitting, Standing, first_answers, latest_answers

__all__ = [
    "Answered",
    "Best",
    "Met",
    "Progress",
    "QuizRecord",
    "Sitting",
    "Standing",
    "first_answers",
    "latest_answers",
    "open_progress",
]
