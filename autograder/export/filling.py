"""A system's own table, filled with a gradebook's scores: whose row is whose, what changes, and what stays.

Nothing is put where we have no score, and no grade that stood there goes unsaid. It must not know any system's columns.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from autograder.export.scores import cell, is_decided, rows_of
from autograder.feedback.sanitize import listed, one_line
from autograder.gradebook.book import Gradebook
from autograder.gradebook.rows import GradebookTask, Result
from autograder.language import tr, tr_n
from autograder.roster.people import Matching, Person, likenesses, match, person, without_shared_marks
from autograder.roster.sheet import Row, Sheet, number

#: How systems write that a cell holds nothing.
_NOTHING = ("", "-")
#: Students named in a sentence: whoever exports has to see to each of them.
_MOST_NAMED = 20


@dataclass(frozen=True)
class Change:
    """One cell: whose, in which column, what stood there, what is put, or why what stood there stays. Of a grade that
    is replaced, `rise` is by how much it grows, None where what stood there is no number.
    """

    who: str
    column: str
    before: str
    after: str
    kept: str = ""
    is_grade: bool = False
    rise: float | None = None

    @property
    def replaces_grade(self) -> bool:
        return self.is_grade and not self.kept and self.before.strip() not in _NOTHING

    def __str__(self) -> str:
        then = tr("stays: {reason}", reason=self.kept) if self.kept else f"→ {_shown(self.after)}"
        return f"  {one_line(self.who, width=60)}, {one_line(self.column, width=60)}: {_shown(self.before)} {then}"


@dataclass
class Filling:
    """A sheet that is being filled. `columns` says of each column what it is filled with, `notes` who is left out, or
    found by less than a whole id or name.
    """

    sheet: Sheet
    columns: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    changes: list[Change] = field(default_factory=list)
    without: list[str] = field(default_factory=list)

    def grade(self, row: Row, column: int, text: str, who: str, *, sign: str = "", kept: str = "") -> None:
        """Fill a cell with a grade in which `sign` stands before decimals, unless it says the same: `20.00` is 20."""
        standing, ours = number(row[column], sign or "."), number(text, sign or ".")
        if standing is None or standing != ours:
            rise = None if standing is None or ours is None else ours - standing
            self._put(row, column, Change(who, self.sheet.columns[column], row[column], text, kept, True, rise))

    def fill(self, row: Row, column: int, text: str, who: str, *, kept: str = "") -> None:
        """Fill a cell with what is no grade."""
        self._put(row, column, Change(who, self.sheet.columns[column], row[column], text, kept))

    def _put(self, row: Row, column: int, change: Change) -> None:
        """Fill a cell, or note why what stands there is kept."""
        if change.kept or change.before != change.after:
            self.changes.append(change)
        if not change.kept:
            row.write(column, change.after)

    def guard(self, row: Row, column: int) -> None:
        """Keep what a student can have written from being a formula; a bare hyphen is how systems write nothing."""
        if row[column].strip() != "-":
            row.write(column, cell(row[column]))

    def told(self) -> Iterator[str]:
        """Say who isn't found, which grades are replaced, and whose cells were not filled though there is a score."""
        yield from self.notes
        replaced = sorted((each for each in self.changes if each.replaces_grade), key=lambda each: each.rise or 0.0)
        if replaced:
            given = [f"{one_line(each.who, width=60)} {each.before.strip()} → {each.after}" for each in replaced]
            yield tr_n(
                "{n} grade that stood in {sheet} is replaced: {changes}.",
                "{n:,} grades that stood in {sheet} are replaced: {changes}.",
                len(replaced), sheet=self.sheet.path.name, changes=listed(given, width=100, most=_MOST_NAMED),
            )  # fmt: skip
        reasons = defaultdict[str, list[str]](list)
        for change in self.changes:
            if change.kept:
                reasons[change.kept].append(change.who)
        for reason, names in reasons.items():
            yield tr("Not filled, {reason}: {names}.", reason=reason, names=listed(names, most=_MOST_NAMED))

    def described(self) -> Iterator[str]:
        """Yield the lines of a dry run."""
        yield tr("{sheet} would be filled like this; nothing is written.", sheet=self.sheet.path.name) + "\n"
        yield from (f"{line}\n" for line in self.columns)
        yield from (f"{line}\n" for line in (*self.changes, *self.notes))
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
    names = [each.name if each.results else "" for each in students]
    filling.notes += likenesses([(names, matching)], lambda place: _labelled(entries[place]), filling.sheet.path.name)
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
            filling.notes.append(
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
            filling.notes.append(
                tr_n(
                    "{who} can't be told from others in {sheet}, line {lines}: nothing is put.",
                    "{who} can't be told from others in {sheet}, lines {lines}: nothing is put.",
                    len(places), who=who, sheet=sheet, lines=lines,
                )
            )  # fmt: skip
    lost = [name for seeker, name in scored if seeker not in matching.found and seeker not in matching.ambiguous]
    if lost:
        filling.notes.append(
            tr_n(
                "{n} of the gradebook is not in {sheet}: {names}.",
                "{n:,} of the gradebook are not in {sheet}: {names}.",
                len(lost), sheet=sheet, names=listed(lost, most=_MOST_NAMED),
            )
        )  # fmt: skip


def _labelled(entry: Entry) -> str:
    return tr("{who}, line {line}", who=one_line(entry.who, width=60), line=entry.row.number)


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
