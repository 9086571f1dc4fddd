"""Canvas's gradebook as CSV: a column for each task, to be imported in Canvas under Grades.

With the sheet that Canvas exported, the columns of its assignments are filled, on their own scale. Canvas clears what
an empty cell stands for, so a cell without a score of ours keeps what stood there; so does an excuse (`EX`), unless it
is told otherwise. Only the columns that tell who a student is, and those that are filled, are written: what else is in
Canvas stays as it is there.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from autograder.export.bundle import Refused
from autograder.export.filling import Entry, Filling, column_of, results_of, scaled_to
from autograder.export.scores import Tell, cell, points, rows_of, tell_of_old_scales, write_lines
from autograder.export.subcommand import GradebookRequest, of_gradebook
from autograder.feedback import plain
from autograder.feedback.sanitize import listed, one_line
from autograder.gradebook.book import Gradebook
from autograder.gradebook.rows import GradebookStudent, GradebookTask, Result
from autograder.language import tr
from autograder.roster import canvas_gradebook
from autograder.roster.canvas_gradebook import CanvasGradebook
from autograder.roster.people import undressed
from autograder.roster.sheet import Row, decimal_sign, format_number, number

_ABOUT = ("Student", "ID", "SIS User ID", "SIS Login ID", "Section")
_POINTS = "    Points Possible"
#: What Canvas ignores what is uploaded over.
_NOT_ASSIGNED = "n/a"
#: What a column has in place of points that can't be filled: `(read only)`, in the exporting user's language.
_READ_ONLY = "("


@dataclass(frozen=True)
class _Target:
    """One task's column, the points that it gives in Canvas, and how its decimals are written."""

    task: GradebookTask
    column: int
    possible: float
    sign: str


def lines(gradebook: Gradebook, tasks: Sequence[GradebookTask]) -> Iterator[Sequence[str]]:
    """Yield the header, the points possible, and a line for each student; each task is a new assignment."""
    yield (*_ABOUT, *map(_new_title, tasks))
    yield (_POINTS, *[""] * (len(_ABOUT) - 1), *(f"{task.points:g}" for task in tasks))
    for student, results in rows_of(gradebook, tasks):
        canvas = student.system == "canvas"
        if _is_anonymous(student):
            continue
        login = "" if canvas else cell(student.email or student.student)
        about = (cell(student.name or student.student), student.system_id if canvas else "", "", login)
        scores = (points(results.get(task.id), task.points) for task in tasks)
        yield (*about, cell(student.section), *scores)


def _is_anonymous(student: GradebookStudent) -> bool:
    """Whether somebody handed in under Canvas's anonymous id, which its gradebook doesn't know."""
    return student.system == "canvas" and student.name == "anon"


def fill(request: GradebookRequest, filling: Filling, *, excused_too: bool) -> bytes:
    """Fill the columns of Canvas's own gradebook, and return what to upload."""
    canvas = canvas_gradebook.read(filling.sheet)
    canvas.refuse_shortened()
    targets = list(_targets(request, canvas, filling))
    entries = [Entry(row, canvas.name(row), who) for row, who in zip(canvas.students, canvas.people, strict=True)]
    for entry, results in results_of(filling, request.gradebook, [target.task for target in targets], entries):
        for target in targets:
            _fill_cell(filling, entry, target, results.get(target.task.id), excused_too=excused_too)
    for row in canvas.students:
        row.write(canvas.id, undressed(row[canvas.id]))  # a spreadsheet's `101.0` is 101
        for at in (at for at in canvas.about if at < canvas.id or canvas.sheet.columns[at] == "Section"):
            filling.guard(row, at)
    head = [canvas.points_row] if canvas.points_row is not None else []
    return filling.sheet.encoded([*canvas.about, *(target.column for target in targets)], [*head, *canvas.students])


def _fill_cell(filling: Filling, entry: Entry, target: _Target, result: Result | None, *, excused_too: bool) -> None:
    text = points(result, target.possible, target.sign)
    if not text:
        return
    before, kept = entry.row[target.column].strip(), ""
    if before.casefold() == "ex" and not excused_too:
        kept = tr("for Canvas has them excused (`--fill-excused` puts their score)")
    elif before.casefold() == _NOT_ASSIGNED:
        kept = tr("for Canvas has not assigned it to them")
    filling.grade(entry.row, target.column, text, entry.who, sign=target.sign, kept=kept)


# Which column is whose


def _targets(request: GradebookRequest, canvas: CanvasGradebook, filling: Filling) -> Iterator[_Target]:
    """Yield the columns to fill. Raises Refused where one that was asked for isn't there, or can't be filled."""
    found = {task.id: _column(request, task, canvas) for task in request.tasks}
    missing = [task.id for task in request.tasks if found[task.id] is None]
    if missing and not request.new_column:
        _refuse_or_tell(request, canvas, missing, nothing_left=len(missing) == len(found))
    twice = [column for column, tasks in Counter(found.values()).items() if column is not None and tasks > 1]
    if twice:
        title = canvas.sheet.columns[twice[0]]
        raise Refused(tr("{title!r} can't be filled with the scores of two tasks: see --column.", title=title))
    for task in request.tasks:
        column = found[task.id]
        if column is not None:
            target = _existing(task, column, canvas, request.tell)
        elif request.new_column:
            target = _new(task, canvas)
        else:
            continue
        filling.columns.append(_described(target, canvas, is_new=column is None))
        yield target


def _column(request: GradebookRequest, task: GradebookTask, canvas: CanvasGradebook) -> int | None:
    """The assignment of a task: the one that was named for it, else the one of its id or title."""
    named = request.titles.get(task.id)
    title = plain.text(task.title).casefold()
    wanted = {named.casefold()} if named else {task.id, title, f"{task.id}: {title}"}
    columns = canvas.sheet.columns
    fitting = [at for at, each in canvas.assignments() if {each.casefold(), columns[at].casefold()} & wanted]
    if len(fitting) > 1:
        which = tr(" or ").join(repr(columns[at]) for at in fitting)
        said = tr("{task} can be {which}. Say which with --column {task}=TITLE.", task=task.id, which=which)
        raise Refused(f"{canvas.sheet.where(canvas.sheet.header)}: {said}")
    if named and not fitting:
        said = tr("there is no assignment {named!r}. {there}", named=named, there=_there_is(canvas))
        raise Refused(f"{canvas.sheet.where(canvas.sheet.header)}: {said}")
    return fitting[0] if fitting else None


def _refuse_or_tell(
    request: GradebookRequest, canvas: CanvasGradebook, missing: Sequence[str], *, nothing_left: bool
) -> None:
    sentence = tr(
        "{sheet} has no assignment for {names}. {there} Say which it is with `--column '{first}=TITLE'`, or make a new"
        " one with --new-column.",
        sheet=canvas.sheet.path.name, names=", ".join(missing), there=_there_is(canvas), first=missing[0],
    )  # fmt: skip
    if nothing_left or request.exercises:
        raise Refused(sentence)
    request.tell(tr("Left out: {sentence}", sentence=sentence))


def _there_is(canvas: CanvasGradebook) -> str:
    titles = [f"{one_line(title, width=60)!r}" for _, title in canvas.assignments()]
    few = ", ".join(titles[:8]) + (", …" if len(titles) > 8 else "")
    return tr("It has {titles}.", titles=few) if titles else tr("It has no assignments.")


def _existing(task: GradebookTask, column: int, canvas: CanvasGradebook, tell: Tell) -> _Target:
    """A column that Canvas has. Raises Refused if what is uploaded there would not be what is meant."""
    sheet, row = canvas.sheet, canvas.points_row
    cells = [each[at] for at, _ in canvas.assignments() for each in sheet.rows]
    sign = decimal_sign([each[column] for each in sheet.rows]) or decimal_sign(cells)
    text = row[column].strip() if row is not None else ""
    title = sheet.columns[column]
    if text.startswith(_READ_ONLY):
        said = tr("{title!r} is read-only in Canvas, which ignores what is uploaded there.", title=title)
        raise Refused(f"{_where(canvas, row)}: {said}")
    possible = 0.0 if text.casefold() in ("", _NOT_ASSIGNED) else number(text, sign)
    if possible is None or possible < 0:
        if possible is None and number(text, ".") is not None:
            said = tr(
                "Points Possible of {title!r} is {text!r}: write it as 1000 or 1.00, if it is one of these.",
                title=title, text=text,
            )  # fmt: skip
        else:
            said = tr(
                "Points Possible of {title!r} is {text!r}: write it as a number, 0 or more.", title=title, text=text
            )
        raise Refused(f"{_where(canvas, row)}: {said}")
    if possible == 0:
        said = tr("worth {text} points", text=text) if text else tr("without Points Possible")
        tell(
            tr(
                "{task}: {title!r} is {said} in Canvas, so scores are out of the course's {points:g}.",
                task=task.id, title=title, said=said, points=task.points,
            )
        )  # fmt: skip
    elif possible != task.points:
        tell(scaled_to("Canvas", task, possible))
    return _Target(task, column, possible or task.points, sign)


def _where(canvas: CanvasGradebook, row: Row | None) -> str:
    return canvas.sheet.where(row) if row is not None else canvas.sheet.where(canvas.sheet.header)


def _new(task: GradebookTask, canvas: CanvasGradebook) -> _Target:
    """Add a column, which Canvas makes an assignment of."""
    sheet = canvas.sheet
    column = max(len(row) for row in sheet.lines)
    sheet.header.write(column, _new_title(task))
    sheet.columns += [""] * (column - len(sheet.columns)) + [_new_title(task)]
    sign = decimal_sign(row[at] for at, _ in canvas.assignments() for row in sheet.rows)
    if canvas.points_row is not None:
        canvas.points_row.write(column, format_number(task.points, sign))
    return _Target(task, column, task.points, sign)


def _new_title(task: GradebookTask) -> str:
    return f"{task.id}: {plain.text(task.title)}"


def _described(target: _Target, canvas: CanvasGradebook, *, is_new: bool) -> str:
    title = canvas.sheet.columns[target.column]
    if not is_new:
        return column_of(target.task.id, title, target.possible)
    return tr(
        "{task} → the new assignment {title!r}, out of {points:g} points",
        task=target.task.id, title=title, points=target.possible,
    )  # fmt: skip


@of_gradebook(roster="The gradebook as Canvas exported it: its students and assignments are used.", fills="canvas")
def subcommand(request: GradebookRequest) -> Iterable[str] | bytes:
    """Canvas's gradebook CSV, to be imported under Grades.

    An assignment of the roster whose title is an exercise's id or title is filled, on its own scale; --column names it
    where it is called otherwise, and nothing but --new-column makes a new assignment. Students are found by ID, SIS
    User ID, SIS Login ID, e-mail address, then by name. What has no score of ours keeps what stood there, and `EX`
    stays.
    """
    tell_of_old_scales(request.gradebook, request.tasks, request.tell)
    if request.roster is not None:
        return request.filled(lambda filling: fill(request, filling, excused_too=request.fill_excused))
    if request.dry_run or request.titles:
        raise Refused(tr("--dry-run and --column are about a gradebook that Canvas exported: give it with --roster."))
    if not request.new_column:
        request.tell(
            tr(
                "Without --roster every column makes a new assignment in Canvas, and students are found by name or"
                " login. Give the gradebook that Canvas exports with --roster to fill its assignments."
            )
        )
    hidden = [student.student for student in request.gradebook.students() if _is_anonymous(student)]
    if hidden:
        request.tell(tr("Left out, for Canvas's import knows no anonymous ids: {names}.", names=listed(hidden)))
    return write_lines(lines(request.gradebook, request.tasks))
