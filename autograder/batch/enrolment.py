"""Who handed in, by the names that the gradebook has for them: one identity over all assignments and downloads.

With a roster everyone in it is enrolled, whether they handed in or not, and a group's hand-in reaches its members. Who
is in no roster is looked for among those whom the gradebook knows: by ids and addresses, and by full names, for the
numbers of Moodle are of one assignment. What fits two people is nobody's but its own.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from autograder.feedback.sanitize import listed, one_line
from autograder.gradebook.book import Gradebook
from autograder.gradebook.rows import GradebookStudent
from autograder.intake import Intake, Student
from autograder.language import tr, tr_n
from autograder.roster.people import Matching, Person, is_unspaced, likenesses, match, person, words


@dataclass
class Enrolment:
    """`who`: by the key of each student of an intake, the students of the gradebook that they are. `others` handed in
    nothing. `people`: by their keys there, what is to be remembered of them. `notes` are sentences for the instructor.
    """

    who: dict[str, list[Student]] = field(default_factory=dict)
    others: list[Student] = field(default_factory=list)
    people: dict[str, Person] = field(default_factory=dict)
    notes: list[str] = field(default_factory=list)


def enrol(intake: Intake, gradebook: Gradebook, roster: Sequence[Person] = (), table: str = "") -> Enrolment:
    """Find out who everyone is, and call the intake's students as the gradebook does. `table` is the roster's name."""
    students, known = intake.students, list(gradebook.students())
    known_of = {each.student: gradebook.members.find(each.student) for each in known}
    enrolment, found = Enrolment(), Matching()
    if roster:
        found = match([_as_person(student) for student in students], roster)
        standing = match([_remembered(each, known_of) for each in known], roster)
        own = standing.found.keys() - standing.groups
        there = {standing.found[at][0]: each for at, each in enumerate(known) if at in own}
        _enrol_roster(enrolment, students, there, roster, found, {each.student for each in known})
        sought = (([each.key for each in students], found), ([each.student for each in known], standing))
        enrolment.notes += likenesses(sought, lambda place: _labelled(roster[place]), table)
        enrolment.notes += _notes(students, roster, found, table)
    strangers = [student for at, student in enumerate(students) if at not in found.found]
    doubtful = {students[at].key for at in found.ambiguous}
    strangers = _enrol_groups(enrolment, strangers, known, known_of)
    _enrol_strangers(enrolment, strangers, doubtful, known, known_of)
    teams = {key: each.team for key, each in (known_of | enrolment.people).items() if each.team}
    _enrol_mates(enrolment, teams, known, known_of)
    intake.enrol(enrolment.who, enrolment.others, teams)
    return enrolment


def _as_person(student: Student) -> Person:
    return person(student.key, student.name, student.system, student.system_id, student.email)


def _remembered(student: GradebookStudent, known_of: Mapping[str, Person]) -> Person:
    about = (student.student, student.name, student.system, student.system_id, student.email)
    return person(*about, also=known_of[student.student])


def _merged(key: str, member: Person, handed: Sequence[Student], known: GradebookStudent | None) -> Student:
    """One student as the gradebook keeps them: a roster's name and section first, then what was told of a hand-in."""
    name, email = member.name, next((mark for mark in sorted(member.marks) if "@" in mark), "")
    systems = [(each.system, each.system_id) for each in handed] + ([(known.system, known.system_id)] if known else [])
    system, number = next((each for each in (*systems, *sorted(member.systems)) if each[0]), ("", ""))
    sections = [member.section, *(each.section for each in handed)]
    if known and not name:
        name = known.name
    name = name or next((each.name for each in handed if each.name), "")
    email = email or next((each.email for each in handed if each.email), known.email if known else "")
    return Student(key, name, system, number, email, next(filter(None, sections), ""))


# With a roster


def _enrol_roster(
    enrolment: Enrolment,
    students: Sequence[Student],
    there: Mapping[int, GradebookStudent],
    roster: Sequence[Person],
    found: Matching,
    keys: set[str],
) -> None:
    """Enrol everyone in the roster; `there` are those of them whom the gradebook knows, `keys` all that it has."""
    own, of_group = defaultdict[int, list[Student]](list), defaultdict[int, list[Student]](list)
    for seeker, places in found.found.items():
        for place in places:
            (of_group if seeker in found.groups else own)[place].append(students[seeker])
    given = {each.student for each in there.values()}
    called = _Names(roster, own, given, keys | {student.key for student in students})
    for place, member in enumerate(roster):
        known = there.get(place)
        key = known.student if known else called.key(member, own[place])
        enrolled = _merged(key, member, own[place], known)
        given.add(key)
        enrolment.people[key] = replace(member, names=member.names[:1], section=enrolled.section)
        for handed in (*own[place], *of_group[place]):
            enrolment.who.setdefault(handed.key, []).append(enrolled)
        if not own[place] and not of_group[place]:
            enrolment.others.append(enrolled)


class _Names:
    """Keys for the members of a roster: that of what they handed in; the others are called as most of those are."""

    def __init__(
        self, roster: Sequence[Person], own: Mapping[int, Sequence[Student]], given: set[str], taken: set[str]
    ) -> None:
        self._given, self._taken = given, taken
        self._handles = Counter(handle for each in roster for handle in set(each.handles))
        used = Counter(
            at
            for place, handed in own.items()
            for at, handle in enumerate(roster[place].handles)
            if handle and any(handle in (each.key, each.name) for each in handed)
        )
        self._usual = used.most_common(1)[0][0] if used else 0

    def key(self, member: Person, handed: Sequence[Student]) -> str:
        """A key that nobody else has; it is to be added to `given`."""
        return next(self._candidates(member, handed))

    def _candidates(self, member: Person, handed: Sequence[Student]) -> Iterator[str]:
        yield from (each.key for each in handed if each.key not in self._given)
        usual = member.handles[self._usual : self._usual + 1]
        yield from (handle for handle in (*usual, *member.handles) if self._is_free(handle))
        name = next(filter(None, member.handles), "") or "student"
        yield from (numbered for number in range(2, 1_000_000) if self._is_free(numbered := f"{name} ({number})"))

    def _is_free(self, handle: str) -> bool:
        return bool(handle) and handle not in self._taken and handle not in self._given and self._handles[handle] < 2


def _notes(students: Sequence[Student], roster: Sequence[Person], found: Matching, table: str) -> Iterator[str]:
    for seeker, places in found.ambiguous.items():
        names = tr(" or ").join(_labelled(roster[place]) for place in places[:3])
        who = one_line(students[seeker].key, width=60)
        if len(places) > 1:
            yield tr("{who} is in {table} as {names}, and nothing tells which: graded under a name of its own.",
                     who=who, table=table, names=names)  # fmt: skip
        else:
            yield tr("{who} is in {table} once, as {names}, and so is another: graded under a name of its own.",
                     who=who, table=table, names=names)  # fmt: skip
    lost = [each.key for at, each in enumerate(students) if at not in found.found and at not in found.ambiguous]
    if lost:
        yield tr_n(
            "{n:,} who handed in is not in {table}: {names}.", "{n:,} who handed in are not in {table}: {names}.",
            len(lost), table=table, names=listed(lost),
        )  # fmt: skip


def _labelled(member: Person) -> str:
    """A member by name, and by what else tells them from a namesake."""
    called = list(dict.fromkeys(one_line(each, width=40) for each in (member.name, *member.handles) if each))
    return f"{called[0]} ({called[1]})" if len(called) > 1 else "".join(called)


# Without


def _enrol_groups(
    enrolment: Enrolment,
    strangers: Sequence[Student],
    known: Sequence[GradebookStudent],
    known_of: Mapping[str, Person],
) -> list[Student]:
    """Enrol the members of what is called as a group of theirs was in the last table; return who isn't one."""
    others = [each for each in known if each.student not in enrolment.people]
    left = [each for each in others if known_of[each.student].groups]
    if not left:
        return [*strangers]
    names = {name for each in others for name in (each.student, each.name)}
    reached = match(
        [_as_person(each) for each in strangers], [Person(groups=known_of[each.student].groups) for each in left]
    )
    rest, groups = list[Student](), list[str]()
    for at, student in enumerate(strangers):
        if at not in reached.groups or names & {student.key, student.name}:
            rest.append(student)
            continue
        groups.append(student.key)
        for member in (left[place] for place in reached.found[at]):
            enrolment.who.setdefault(student.key, []).append(
                _merged(member.student, known_of[member.student], [], member)
            )
    if groups:
        enrolment.notes.append(
            tr(
                "{n:,} counted for the members that the last roster told: {names}. If groups have changed, name the new"
                " table with `--roster`.",
                n=len(groups), names=listed(groups),
            )
        )  # fmt: skip
    return rest


def _enrol_mates(
    enrolment: Enrolment, teams: Mapping[str, str], known: Sequence[GradebookStudent], known_of: Mapping[str, Person]
) -> None:
    """Enrol whoever is in a team of which somebody handed in, for that counts for them too."""
    there = {each.key for students in (*enrolment.who.values(), enrolment.others) for each in students}
    handed = {teams[key] for key in there if key in teams}
    for each in known:
        if each.student not in there and teams.get(each.student) in handed:
            enrolment.others.append(_merged(each.student, known_of[each.student], [], each))


def _enrol_strangers(
    enrolment: Enrolment,
    strangers: Sequence[Student],
    doubtful: set[str],
    known: Sequence[GradebookStudent],
    known_of: Mapping[str, Person],
) -> None:
    """Enrol who is in no roster, as somebody whom the gradebook knows if that is sure enough."""
    left = [each for each in known if each.student not in enrolment.people]
    by_key, found = {each.student: each for each in known}, Matching()
    if left and any(each.key not in by_key for each in strangers):  # else keys tell all, however large the class
        seekers = [_full(_as_person(each)) for each in strangers]
        seekers = [replace(one, names=()) if strangers[at].key in doubtful else one for at, one in enumerate(seekers)]
        found = match(seekers, [_full(_remembered(each, known_of)) for each in left])
    by_name = []
    for at, student in enumerate(strangers):
        alike = left[found.found[at][0]] if at in found.found and at not in found.unpadded else None  # no spreadsheet's
        there = by_key.get(student.key) or (alike if alike and not _spelled_otherwise(student, alike) else None)
        key = there.student if there else student.key
        member = known_of[key] if there else Person()
        enrolled = _merged(key, member, [student], there)
        enrolment.who[student.key] = [enrolled]
        if student.section and key not in enrolment.people:
            enrolment.people[key] = Person(section=student.section)
        if there and student.key != key and not _has_the_id_of(student, there):
            as_before = words(student.name) == words(there.name)
            by_name.append(key if as_before else f"{student.key} = {key}")
    unclear = [strangers[at].key for at in found.ambiguous if strangers[at].key not in doubtful | by_key.keys()]
    enrolment.notes += _told_of_strangers(unclear, by_name)


def _told_of_strangers(unclear: Sequence[str], by_name: Sequence[str]) -> Iterator[str]:
    """Yield what is to be said of people whom no roster tells apart, and of those taken for who was graded before."""
    if unclear:
        yield tr(
            "{n:,} with a name that two have, here or in what was graded before, so each is graded under a name of"
            " its own: {names}. A table with ids tells who they are: `--roster`.",
            n=len(unclear), names=listed(sorted(unclear)),
        )  # fmt: skip
    if by_name:
        yield tr(
            "{n:,} known by name or address from what was graded before: {names}. Where two people share a name,"
            " `--roster` tells them apart.",
            n=len(by_name), names=listed(by_name),
        )  # fmt: skip


def _has_the_id_of(student: Student, known: GradebookStudent) -> bool:
    return bool(student.system) and (student.system, student.system_id) == (known.system, known.system_id)


def _spelled_otherwise(student: Student, known: GradebookStudent) -> bool:
    """Whether Moodle, which always spells somebody in one way and gives each assignment other numbers, has two names:
    Müller and Mueller are two there.
    """
    both = student.system == known.system == "moodle" and not (student.email and student.email == known.email)
    return both and words(student.name) != words(known.name)


def _full(known: Person) -> Person:
    """A person by full names alone: one word is a login as often as a name, and two people's."""
    names = tuple(name for name in known.names if known.squeezed or len(words(name)) > 1 or is_unspaced(name))
    return replace(known, names=names)
