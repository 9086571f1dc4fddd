"""`gradecheck forget`: everything that a gradebook holds of one student, deleted for good."""

from __future__ import annotations

import shutil
from pathlib import Path

import click

from autograder.cli.session import Session, with_session
from autograder.language import tr


@click.command("forget")
@click.argument("gradebook", type=click.Path(path_type=Path))
@click.argument("student")
@with_session
def command(session: Session, gradebook: Path, student: str) -> None:
    """Delete all that a gradebook holds of a student: results, history, programs, pages. It can't be undone.

    GRADEBOOK is what `gradecheck batch --out DIR` made. STUDENT is an id, e-mail or name as in grades.csv. What was
    handed in, and what was exported, lies elsewhere and stays.

    \b
    Example:
      gradecheck forget grades ada
    """
    from autograder.gradebook.book import Gradebook
    from autograder.gradebook.tables import write_tables

    with Gradebook.change(gradebook) as opened:
        person, out = opened.student(student), opened.path.parent
        opened.forget(person.student)
        shutil.rmtree(out / "reports" / person.folder, ignore_errors=True)
        write_tables(opened, out, session.warn)
    said = tr("{student} is no longer in {gradebook}, nor are their pages in {folder}.",
              student=person.student, gradebook=opened.path, folder=out / "reports")  # fmt: skip
    session.say(said)
    session.say(tr("Delete what they handed in, and exports and copies of the gradebook, where you keep them."))
