"""Moodle's grading worksheet as CSV: one assignment, to be uploaded under "Upload grading worksheet".

With the worksheet that Moodle gave, in any language, only its grades and feedback comments are filled in, on its own
scale, and all else stays. Moodle finds a student by `Identifier`, and refuses a grade that was changed since the
worksheet was downloaded. A comment is ours only if it can be read as one; an instructor's is never touched.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from html import unescape

from autograder.export.bundle import Refused
from autograder.export.filling import Entry, Filling, column_of, results_of, scaled_to
from autograder.export.scores import cell, is_decided, points, rows_of, scaled, tell_of_old_scales, write_lines
from autograder.export.subcommand import GradebookRequest, of_gradebook
from autograder.feedback import plain
from autograder.gradebook.book import Gradebook
from autograder.gradebook.rows import GradebookTask, Result
from autograder.language import later, tr
from autograder.roster import moodle_worksheet
from autograder.roster.moodle_worksheet import MoodleWorksheet
from autograder.roster.sheet import Sheet

_COLUMNS = (
    "Identifier",
    "Full name",
    "Email address",
    "Status",
    "Grade",
    "Maximum Grade",
    "Grade can be changed",
    "Last modified (submission)",
    "Last modified (grade)",
    "Feedback comments",
)
#: What a comment of ours begins with, in the language of whoever reads it.
_OPENING = later("To revise: ")


def lines(gradebook: Gradebook, task: GradebookTask, titles: dict[str, str]) -> Iterator[Sequence[str]]:
    """Yield the header, and a line for each student. `titles` are those of the misconceptions, for the comments."""
    yield _COLUMNS
    for student, results in rows_of(gradebook, [task]):
        result = results.get(task.id)
        identifier = f"Participant {student.system_id}" if student.system == "moodle" else ""
        about = (identifier, cell(student.name or student.student), cell(student.email), "")
        grade = (points(result, task.points), f"{task.points:g}", "Yes", "", "-")
        yield (*about, *grade, comment(result, titles) if result is not None else "")


def fill(request: GradebookRequest, filling: Filling, titles: dict[str, str]) -> bytes:
    """Fill Moodle's own worksheet, and return what to upload."""
    task, sheet = request.task, filling.sheet
    worksheet = moodle_worksheet.read(sheet, _named(request, sheet))
    possible = worksheet.maximum or task.points
    filling.columns.append(column_of(task.id, sheet.columns[worksheet.grade], possible))
    if possible != task.points:
        request.tell(scaled_to("Moodle", task, possible))
    entries = [Entry(row, worksheet.name(row), who) for row, who in zip(sheet.rows, worksheet.people, strict=True)]
    for entry, results in results_of(filling, request.gradebook, [task], entries):
        result = results.get(task.id)
        if result is not None:
            text, kept = points(result, possible, worksheet.sign), ""
            if worksheet.is_locked(entry.row):
                kept = tr("for their grade is locked in Moodle, which would skip it")
            elif scaled(result, possible) > possible:
                kept = tr("for Moodle skips what is more than its {possible:g} points", possible=possible)
            filling.grade(entry.row, worksheet.grade, text, entry.who, sign=worksheet.sign, kept=kept)
            if not kept:
                _fill_comment(filling, entry, worksheet, comment(result, titles), titles.values())
        for at in (*worksheet.about, *worksheet.dates[1:-1]):  # Moodle doesn't read these back
            filling.guard(entry.row, at)
    return sheet.encoded()


def comment(result: Result, titles: dict[str, str]) -> str:
    """What is written to a student: the misconceptions to revise."""
    if not is_decided(result) or not result.misconceptions:
        return ""
    return tr(_OPENING) + "; ".join(titles.get(name, name) for name in result.misconceptions) + "."


def is_ours(text: str, titles: Collection[str]) -> bool:
    """Whether a comment is one that we wrote: our opening, and then titles of misconceptions and nothing else.

    Moodle can give it back as HTML.
    """
    bare = " ".join(unescape(re.sub(r"</?(?:p|div|span|br)\b[^>]*>", " ", text)).split())
    known = {" ".join(title.split()) for title in titles}

    def parses(rest: str) -> bool:
        return any(
            rest == f"{title}." or (rest.startswith(f"{title}; ") and parses(rest[len(title) + 2 :])) for title in known
        )

    return any(bare.startswith(each) and parses(bare.removeprefix(each)) for each in (_OPENING, tr(_OPENING)))


def _fill_comment(
    filling: Filling, entry: Entry, worksheet: MoodleWorksheet, text: str, titles: Collection[str]
) -> None:
    column = worksheet.comments
    if column is None or entry.row[column] == text:
        return
    standing = entry.row[column]
    if not standing.strip() or is_ours(standing, titles):
        filling.fill(entry.row, column, text, entry.who)
    elif text:
        kept = tr("for somebody wrote a comment of their own there")
        filling.fill(entry.row, column, text, entry.who, kept=kept)


def _named(request: GradebookRequest, sheet: Sheet) -> int | None:
    """The grade's column, where it was named. Raises Refused if it isn't there."""
    title = request.titles.get(request.task.id)
    at = None if title is None else sheet.find(title)
    if title is not None and (at is None or at + 1 >= len(sheet.columns)):
        said = tr("there is no column {title!r} with the maximum grade beside it.", title=title)
        raise Refused(f"{sheet.where(sheet.header)}: {said}")
    return at


@of_gradebook(
    roster="The grading worksheet as Moodle gave it: only its grades and comments are filled.", fills="moodle"
)
def subcommand(request: GradebookRequest) -> Iterable[str] | bytes:
    """Moodle's grading worksheet, for one assignment.

    The roster can be in any language. Students are found by e-mail address and what other ids it shows, by Identifier
    where the name agrees, then by name; a group's score reaches all its members. Without a score of ours a grade stays,
    and so does every comment that an instructor wrote.
    """
    titles = {name: plain.text(entry.title) for name, entry in request.course.misconceptions.items()}
    tell_of_old_scales(request.gradebook, [request.task], request.tell)
    if request.roster is not None:
        return request.filled(lambda filling: fill(request, filling, titles))
    if request.dry_run or request.titles:
        raise Refused(tr("--dry-run and --column are about a worksheet that Moodle gave: give it with --roster."))
    request.tell(
        tr(
            "Without --roster, Identifier is a number from the last download, which is of that one assignment, and a"
            " team's is the group's. Give the worksheet that Moodle gives with --roster to fill it."
        )
    )
    return write_lines(lines(request.gradebook, request.task, titles))
