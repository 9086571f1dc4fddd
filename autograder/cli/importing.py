"""`gradecheck import`: questions of another system as a quiz of this course."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

import click

from autograder.cli.endings import Misuse
from autograder.cli.session import Session, with_session
from autograder.language import tr, tr_n

if TYPE_CHECKING:
    from autograder.bank.foreign_questions import Found


@click.command("import")
@click.argument("form", metavar="FORMAT", type=click.Choice(["gift", "moodle-xml"]))
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--id", "quiz_id", metavar="ID", help="What the quiz is to be called (default: as the file is).")
@click.option("--unit", metavar="UNIT", help="The unit that lists it (default: the last one).")
@with_session
def command(session: Session, form: str, file: Path, quiz_id: str | None, unit: str | None) -> None:
    """Write a quiz of the questions in a GIFT or a Moodle XML file, and list it in course.yaml.

    FORMAT is gift or moodle-xml. What can't be taken over is told with its line in FILE. Where an explanation is
    missing the quiz says TODO: every wrong answer is explained here.

    \b
    Examples:
      gradecheck import gift bank.txt --id review
      gradecheck import moodle-xml questions.xml
    """
    from autograder.bank import quiz_file
    from autograder.bank.foreign_questions import kebab
    from autograder.cli.new import refuse_misuse, unit_of
    from autograder.proof.scaffold import new_quiz_of

    name = quiz_id or kebab(file.stem, ())
    refuse_misuse(session, name, "question")
    found = _read(form, file)
    for line, sentence in found.problems:
        session.warn(f"{file}:{line}: {sentence}")
    if not found.questions:
        raise Misuse(tr("There is no question in {file} that can be asked here. Nothing was written.", file=file))
    text = quiz_file.write(file.stem, found.questions)
    scaffold = new_quiz_of(session.course, name, unit_of(session.course, unit), text)
    count = len(found.questions)
    written = os.path.relpath(scaffold.files[0])
    said = tr_n("Written: {file}, with {n} question.", "Written: {file}, with {n} questions.", count, file=written)
    session.say(said)
    session.say(
        tr_n(
            "{n} line is left to write. See them with: gradecheck validate {quiz}",
            "{n} lines are left to write. See them with: gradecheck validate {quiz}",
            len(scaffold.left), quiz=name,
        )
    )  # fmt: skip


def _read(form: str, file: Path) -> Found:
    from autograder.bank import from_gift, from_moodle

    try:
        data = file.read_bytes()
        return from_gift.read(data.decode("utf-8-sig")) if form == "gift" else from_moodle.read(data)
    except OSError as error:
        raise Misuse(tr("{file} can't be read: {reason}. Check its name.", file=file, reason=error.strerror)) from error
    except UnicodeDecodeError as error:
        raise Misuse(tr("{file} is not UTF-8 text. Save it as UTF-8, then import it again.", file=file)) from error
    except from_moodle.NotXml as error:
        raise Misuse(f"{file}:{error.line}: {error}") from error
