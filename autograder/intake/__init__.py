"""From a folder or an archive to hand-ins: who handed in what for which task.

It reads files and runs nothing; nothing is ever written, and no link is followed. It must not know how a submission is
graded or where its result goes.
"""

from autograder.intake.files import IntakeError
from autograder.intake.hand_in import HandIn, Intake, one_hand_in, open_intake
from autograder.intake.layout import Student

__all__ = ["HandIn", "Intake", "IntakeError", "Student", "one_hand_in", "open_intake"]
