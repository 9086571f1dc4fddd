"""A system's own table, filled with a gradebook's scores: whose row is whose, what changes, and what stays.

Nothing is put where we have no score. It must not know any system's columns.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from autograder.export.scores import cell, is_decided, rows_of
from autograder.feedback.sanitize import listed, one_line
from autograder.gradebook.book import Gradebook, GradebookTask, Result
from autograder.language import tr, tr_n
from autograder.roster.people import Matching, Person, match, person, without_shared_marks
from autograder.roster.sheet import Row, Sheet


@dataclass(frozen=True)
class Change:
    """One cell: whose, in which column, what stood there, what is put, or why what stood there stays."""

    who: str
    column: str
    before: str
    after: str
    kept: str = ""

    def __str__(self) -> str:
        then = tr("stays: {reason}", reason=self.kept) if self.kept else f"→ {_shown(self.after)}"
        return f"  {one_line(self.who, width=60)}, {one_line(self.column, width=60)}: {_shown(self.before)} {then}"


@dataclass
class Filling:
    """A sheet that is being filled. `columns` says of each column what it is filled with, `losses` who is left out."""

    sheet: Sheet
    columns: list[str] = field(default_factory=list)
    losses: list[str] = field(default_factory=list)
    changes: list[Change] = field(default_factory=list)
    without: list[str] = field(default_factory=list)

    def fill(self, row: Row, column: int, text: str, who: str, *, kept: str = "") -> None:
        """Fill a cell, or note why what stands there is kept."""
        title, before = self.sheet.columns[column], row[column]
        if kept:
            self.changes.append(Change(who, title, before, text, kept))
        elif before != text:
            row.write(column, text)
            self.changes.append(Change(who, title, before, text))

    def guard(self, row: Row, column: int) -> None:
        """Keep what a student can have written from being a formula; a bare hyphen is how systems write nothing."""
        if row[column].strip() != "-":
            row.write(column, cell(row[column]))

    def left_out(self) -> Iterator[str]:
        """Say who isn't found, and whose cells were not filled though there is a score, by the reason."""
        yield from self.losses
        reasons = defaultdict[str, list[str]](list)
        for change in self.changes:
            if change.kept:
                reasons[change.kept].append(change.who)
        for reason, names in reasons.items():
            yield tr("Not filled, {reason}: {names}.", reason=reason, names=listed(names))

    def described(self) -> Iterator[str]:
        """Yield the lines of a dry run."""
        yield tr("{sheet} would be filled like this; nothing is written.", sheet=self.sheet.path.name) + "\n"
        yield from (f"{line}\n" for line in self.columns)
        yield from (f"{line}\n" for line in (*self.changes, *self.losses))
        changed = sum(not change.kept for change in self.changes)
        cells = tr_n("{n} cell changes", "{n:,} cells change", changed)
        stay = len(self.changes) - changed
        yield tr("{cells}, {stay:,} stay though there is something to put.", cells=cells, stay=stay) + "\n"
        if self.without:
            names = "; ".join(one_line(name, width=60) for name in self.without)
            yield tr("Nothing to put for {n:,}: {names}.", n=len(self.without), names=names) + "\n"


@dataclass(frozen=True)
class Entry:
    """One row of a sheet: whom it names, and who that is."""

    row: Row
    who: str
    person: Person


@dataclass(frozen=True)
class _Scored:
    """One student of the gradebook, with the results that have a score."""

    name: str
    key: str
    person: Person
    results: dict[str, Result]


def results_of(
    filling: Filling, gradebook: Gradebook, tasks: Sequence[GradebookTask], entries: Sequence[Entry]
) -> Iterator[tuple[Entry, dict[str, Result]]]:
    """Yield each entry with its results. Who isn't found in the sheet, or can't be told from others, is named."""
    students = list(_students(gradebook, tasks))
    people = without_shared_marks([each.person for each in entries])
    matching = match([each.person for each in students], people)
    found: list[dict[str, Result | None]] = [{} for _ in entries]
    shared: list[dict[str, Result | None]] = [{} for _ in entries]
    for seeker, places in matching.found.items():
        for place in places:
            given = shared[place] if seeker in matching.groups else found[place]
            _give(given, students[seeker], entries[place], filling)
    _tell_lost(filling, students, matching, entries)
    for entry, own, of_group in zip(entries, found, shared, strict=True):
        results = {task: result for task, result in (of_group | own).items() if result is not None}
        if not results:
            filling.without.append(entry.who)
        yield entry, results


def _students(gradebook: Gradebook, tasks: Sequence[GradebookTask]) -> Iterator[_Scored]:
    for student, rows in rows_of(gradebook, tasks):
        about = (student.student, student.name, student.system, student.system_id, student.email)
        known = gradebook.members.find(student.student)
        results = {task: result for task, result in rows.items() if is_decided(result)}
        yield _Scored(student.name or student.student, student.student, person(*about, also=known), results)


def _give(given: dict[str, Result | None], student: _Scored, entry: Entry, filling: Filling) -> None:
    """Add one's results; of two for one task neither is taken, for nothing says which is the right one."""
    for task, result in student.results.items():
        other = given.get(task)
        if task not in given:
            given[task] = result
        elif other is not None:
            given[task] = None
            filling.losses.append(
                tr(
                    "{who} has two results for {task} in the gradebook, as {one} and as {other}: nothing is put.",
                    who=one_line(entry.who, width=60),
                    task=task,
                    one=one_line(other.student, width=60),
                    other=one_line(result.student, width=60),
                )
            )


def _tell_lost(filling: Filling, students: Sequence[_Scored], matching: Matching, entries: Sequence[Entry]) -> None:
    sheet = filling.sheet.path.name
    scored = [(seeker, student.name) for seeker, student in enumerate(students) if student.results]
    for seeker, name in scored:
        if seeker in matching.ambiguous:
            key = students[seeker].key  # a namesake has the same name
            who = one_line(name, width=60) + ("" if key == name else f" ({one_line(key, width=60)})")
            places = matching.ambiguous[seeker]
            lines = ", ".join(str(entries[place].row.number) for place in places)
            filling.losses.append(
                tr_n(
                    "{who} can't be told from others in {sheet}, line {lines}: nothing is put.",
                    "{who} can't be told from others in {sheet}, lines {lines}: nothing is put.",
                    len(places), who=who, sheet=sheet, lines=lines,
                )
            )  # fmt: skip
    lost = [name for seeker, name in scored if seeker not in matching.found and seeker not in matching.ambiguous]
    if lost:
        filling.losses.append(
            tr_n(
                "{n} of the gradebook is not in {sheet}: {names}.",
                "{n:,} of the gradebook are not in {sheet}: {names}.",
                len(lost), sheet=sheet, names=listed(lost),
            )
        )  # fmt: skip


def _shown(text: str) -> str:
    return one_line(text, width=60) if text.strip() else tr("(empty)")


def column_of(task: str, title: str, points: float) -> str:
    """Say which column a task fills, and out of how many points."""
    return tr("{task} → {title!r}, out of {points:g} points", task=task, title=title, points=points)


def scaled_to(system: str, task: GradebookTask, possible: float) -> str:
    """Say that a system gives other points than the course."""
    return tr(
        "{task}: scores were scaled from {points:g} to the {possible:g} points of {system}.",
        task=task.id, points=task.points, possible=possible, system=system,
    )  # fmt: skip
