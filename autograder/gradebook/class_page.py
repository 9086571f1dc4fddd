"""class.html: how a class did, on one page for its instructor, made from the gradebook alone.

A class that no browser could show at once has its other students on pages of their own, class/2.html and on, each with
the way to all of them. The gradebook is walked to count, to find where pages begin, and for the table, whose rows go to
the file as they are read: memory stays flat. Whatever comes from students is made visible by `sanitize` and escaped by
Jinja2. A page may run one script of ours, by its hash, and is complete without it.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from urllib.parse import quote

from autograder.feedback import html, wording
from autograder.feedback.page_scripts import script
from autograder.feedback.sanitize import one_line
from autograder.gradebook.book import Gradebook
from autograder.gradebook.rows import GradebookStudent, GradebookTask, Result
from autograder.gradebook.summary import ClassSummary, Place, Trouble, summarise, total_of
from autograder.language import later, tr, tr_n
from autograder.roster.people import sort_key
from autograder.whole_file import hide_from_others, replacing

_EXAMPLE_LINES = 12
_MOST_BEHAVIOURS = 30
#: Students on one page: what a browser still sorts at once.
MOST_ROWS = 10_000
_FOLDER, _OWN_PAGE = "class", re.compile(r"\d+\.html")
#: What each kind of trouble is called, and what it means for the instructor.
_TROUBLES: dict[Trouble, tuple[str, str]] = {
    "crashed": (
        later("The grader itself failed"),
        later("Nothing was decided about these: grade them again, or look yourself."),
    ),
    "outdated": (
        later("Graded by an older exercise"),
        later("It has changed, and the file wasn't kept. No score of these counts until it is handed in again."),
    ),
    "unreadable": (later("Could not be read"), later("Each of these counts as 0 points, and the student is told why.")),
    "unfit": (
        later("Something came, but not the file that is asked for"),
        later("A document, a link, a file of another name or of another task: ask for it."),
    ),
    "not loaded": (
        later("Could not be loaded"),
        later("A syntax error, or an error at the top level: no check was run."),
    ),
    "timeout": (
        later("Ran out of time"),
        later("In at least one check there was no answer within the exercise's limits."),
    ),
    "program crashed": (later("Crashed"), later("In at least one check the program ended instead of answering.")),
    "stub": (later("The stub as it was given"), later("Handed in, and nothing is written in it.")),
    "zero": (later("No points"), later("It ran, and no check gave a point.")),
    "lower": (
        later("Lower than before"),
        later("An earlier result was better; `gradecheck history` tells what happened."),
    ),
    "late": (later("Late"), later("By the due date of the policy, or by the system's word.")),
    "several files": (later("Several files fit"), later("One of them counts; the student's page says which.")),
}


def write(gradebook_path: Path, out: Path) -> None:
    """Write `out`/class.html and, of a large class, what belongs to it in `out`/class/. Each file is whole at every
    moment. Raises UnusableGradebook or OSError.
    """
    with Gradebook.read(gradebook_path) as gradebook:
        summary, names = summarise(gradebook), _Names(gradebook, out)
        sections, parts = _roll(gradebook, names)
        rows = _rows(gradebook, summary, names, sections)
        for part in parts:
            path = out / part.place
            if path.parent != out and not path.parent.is_dir():
                path.parent.mkdir()
                hide_from_others(path.parent)
            own = rows if part is parts[-1] else islice(rows, MOST_ROWS)  # a batch may just be adding students
            with replacing(path, private=True) as unfinished, unfinished.open("w", encoding="utf-8") as file:
                file.writelines(_render(summary, names, sections, parts, part, own))
    _forget_pages(out / _FOLDER, {Path(part.place).name for part in parts[1:]})


def _forget_pages(folder: Path, wanted: set[str]) -> None:
    """Delete the pages of a class that was larger."""
    if folder.is_dir():
        for path in folder.iterdir():
            if path.name not in wanted and _OWN_PAGE.fullmatch(path.name):
                path.unlink()
        with suppress(OSError):  # it still holds a page, or something of the instructor's
            folder.rmdir()


def _render(
    summary: ClassSummary,
    names: _Names,
    sections: Sequence[str],
    parts: Sequence[_Part],
    part: _Part,
    rows: Iterator[_TableRow],
) -> Iterator[str]:
    """Return one of the pages, part by part."""
    first = part is parts[0]
    names.base = "" if first else "../"
    stream = (
        html.environment()
        .get_template("class.html" if first else "class_rest.html")
        .stream(
            summary=summary,
            tasks=list(summary.tasks.values()),
            beliefs=summary.held(),
            shared=summary.shared_beliefs(),
            sections=sections,
            weighed=summary.weighed,
            behaviours=summary.shared_behaviours()[:_MOST_BEHAVIOURS],
            shares=_bars(summary),
            troubles=[
                (*map(tr, _TROUBLES[kind]), summary.troubles[kind]) for kind in _TROUBLES if kind in summary.troubles
            ],
            rows=rows,
            parts=parts,
            part=part,
            base=names.base,
            anonymous=names.hidden,
            short=_short_names([tally.task for tally in summary.tasks.values()]),
            script=script("class.js"),
            name=names.name,
            link=names.link,
            excerpt=lambda message: wording.message_parts(message, lines=_EXAMPLE_LINES),
            percent=_percent,
            count=_students,
            nbsp="\N{NO-BREAK SPACE}",
        )
    )
    stream.enable_buffering(200)
    return stream


# What the template asks for


class _Names:
    """What students are called on the page, where their reports are, and the order in which they stand.

    `out` is the folder that holds reports/: a page that isn't there is not linked. `base` leads there from a page.
    """

    base = ""

    def __init__(self, gradebook: Gradebook, out: Path) -> None:
        self._gradebook, self._out, secret = gradebook, out, gradebook.hidden_by

        def order(student: GradebookStudent) -> str:
            if secret:
                return hashlib.sha256(f"{secret}{student.student}".encode()).hexdigest()
            return sort_key(student.name or student.student)

        self.hidden = bool(secret)
        self.keys = [key for _, key in sorted((order(student), student.student) for student in gradebook.students())]
        self._numbers = {key: number for number, key in enumerate(self.keys, start=1)}

    def name(self, student: GradebookStudent) -> str:
        if self.hidden:
            return tr("Student {n}", n=self._numbers[student.student])
        return one_line(student.name or student.student, width=120)

    def link(self, place: Place) -> str:
        page = Path("reports") / place.student.folder / f"{place.task.id}.html"
        return self.base + quote(page.as_posix()) if not self.hidden and (self._out / page).is_file() else ""

    def everyone(self) -> Iterator[tuple[GradebookStudent, list[Result]]]:
        """Yield each student with their rows, in the order of their names, or of their numbers."""
        for key in self.keys:
            yield self._gradebook.enrolled(key), self._gradebook.results_of(key)


@dataclass(frozen=True)
class _Part:
    """One page: its place in the folder, which students of the class it has, counted from 1, and their names."""

    place: str
    start: int
    end: int
    first: str
    last: str


def _roll(gradebook: Gradebook, names: _Names) -> tuple[list[str], list[_Part]]:
    """Return the sections of the class, and its pages, of which there is always one."""
    sections, parts = {student.section for student in gradebook.students()} - {""}, []
    for at in range(0, max(1, len(names.keys)), MOST_ROWS):
        own = names.keys[at : at + MOST_ROWS]
        called = [names.name(gradebook.enrolled(key)) for key in (own[0], own[-1])] if own else ["", ""]
        place = f"{_FOLDER}/{at // MOST_ROWS + 1}.html" if at else "class.html"
        parts.append(_Part(place, at + 1, at + len(own), *(one_line(each, width=60) for each in called)))
    return sorted(sections), parts


@dataclass(frozen=True)
class _Bar:
    """One bar of the distribution: from what to what percent, how many students, and its height from 0 to 1."""

    low: int
    high: int
    students: int
    height: float


@dataclass(frozen=True)
class _Cell:
    """One student's result for one task: what is shown, the number to sort by, and where its report is."""

    text: str
    value: float
    link: str = ""
    late: bool = False
    by_hand: bool = False

    @property
    def sorts(self) -> bool:
        """Whether the number to sort by isn't what is shown."""
        return self.text != wording.format_number(self.value)


_MISSING = _Cell("–", -1.0)


@dataclass(frozen=True)
class _TableRow:
    """One student. `traits` are what the filter offers: late, missing, …, the section, and the beliefs held."""

    name: str
    key: str
    score: float
    cells: Sequence[_Cell]
    traits: str
    remarks: Sequence[str]


def _bars(summary: ClassSummary) -> list[_Bar]:
    most = max(1, *summary.shares)
    width = 100 // len(summary.shares)
    return [
        _Bar(place * width, (place + 1) * width, number, number / most) for place, number in enumerate(summary.shares)
    ]


def _rows(gradebook: Gradebook, summary: ClassSummary, names: _Names, sections: Sequence[str]) -> Iterator[_TableRow]:
    tasks = [tally.task for tally in summary.tasks.values()]
    for student, rows in names.everyone():
        results = {result.exercise: result for result in rows}
        cells = [_cell(Place(student, task), results.get(task.id), names) for task in tasks]
        key = student.name and student.name != student.student and not names.hidden
        traits = _traits(list(results.values()))
        traits |= {f"section-{sections.index(student.section)}"} if student.section in sections else set()
        yield _TableRow(
            name=names.name(student),
            key=one_line(student.student) if key else "",
            score=total_of(rows, gradebook.policy),
            cells=cells,
            traits=" ".join(sorted(traits)),
            remarks=[] if names.hidden else list(_remarks(results, tasks)),
        )


def _cell(place: Place, result: Result | None, names: _Names) -> _Cell:
    if result is None or result.status == "missing":
        return _MISSING
    if result.status == "crashed":
        return _Cell(tr("grader failed"), -0.5)
    by_hand = result.override is not None
    unread = result.status == "unreadable" and not by_hand
    text = tr("unreadable") if unread else wording.format_number(result.score)
    if result.outdated:
        return _Cell(
            tr("{score} of {of}, older", score=text, of=wording.format_number(result.points)),
            -0.5,
            link=names.link(place),
        )
    return _Cell(text, result.score, link=names.link(place), late=result.late, by_hand=by_hand)


def _traits(results: Sequence[Result]) -> set[str]:
    traits = {f"belief-{belief}" for result in results for belief in result.misconceptions}
    traits |= {result.status for result in results if result.came_in and result.status != "graded"}
    traits |= {"missing" for result in results if not result.came_in}
    traits |= {"zero" for result in results if result.status == "graded" and not result.score}
    traits |= {"lower" for result in results if result.fell_from is not None}
    traits |= {"by-hand" for result in results if result.override is not None}
    traits |= {"late" for result in results if result.late and not result.outdated}
    if not any(result.came_in for result in results):
        traits.add("nothing")
    return traits


def _remarks(results: dict[str, Result], tasks: Sequence[GradebookTask]) -> Iterator[str]:
    for task in tasks:
        result = results.get(task.id)
        for remark in _said(result) if result else ():
            yield f"{task.id}: {one_line(remark, width=300)}" if len(tasks) > 1 else one_line(remark, width=300)


def _said(result: Result) -> Iterator[str]:
    if result.override is not None:
        score = wording.format_number(result.override)
        yield tr("Set by hand to {score}: {reason}", score=score, reason=result.reason)
    if result.late_penalty:
        lost, raw = wording.format_number(result.late_penalty), wording.format_number(result.raw or 0.0)
        yield tr("{lost} of {raw} taken off for lateness.", lost=lost, raw=raw)
    if result.fell_from is not None:
        yield tr("{score} before.", score=wording.format_number(result.fell_from))
    yield from result.remarks


def _short_names(tasks: Sequence[GradebookTask]) -> dict[str, str]:
    """`04` for `exercise-04`, where all exercises begin alike: many columns must fit on a sheet of paper."""
    exercises = [task.id for task in tasks if task.kind == "exercise"]
    starts = {name.rpartition("-")[0] for name in exercises}
    start = starts.pop() if len(starts) == 1 and len(exercises) > 1 else ""
    return {task.id: task.id.removeprefix(f"{start}-") if start else task.id for task in tasks}


def _percent(part: float, whole: float) -> int:
    """Return a whole percentage; 0 and 100 are kept for none and all."""
    share = 100 * part / whole if whole else 0.0
    return round(share) if share in (0, 100) else min(99, max(1, round(share)))


def _students(number: int) -> str:
    return tr_n("{count} student", "{count} students", number, count=f"{number:,}")
