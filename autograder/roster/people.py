"""Who is who: people as tables, downloads and gradebooks tell of them, matched by the surest mark that both have.

An id of one system comes first, then ids, logins and e-mail addresses, then a number that is sure only beside its name,
then names: in either order, with and without accents, composed or not, `ue` for `ü`, and as Canvas writes them without
blanks, and last an id whose leading zeros a spreadsheet took, unless names speak against it. What fits two is ambiguous
and listed, never guessed. It must not know where any of it was read.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from autograder.feedback.sanitize import listed
from autograder.language import spoken, tr_n

_UNDECOMPOSED = str.maketrans({"ø": "o", "ł": "l", "đ": "d", "ð": "d", "æ": "ae", "œ": "oe", "ı": "i", "þ": "th"})
#: How letters are spelled where a keyboard or a system lacks them.
_SPELLED_OUT = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "å": "aa", "ø": "oe"})
#: Scripts without blanks: of `王 小明` none is part of the name.
_UNSPACED = ("CJK ", "IDEOGRAPHIC ", "HANGUL ", "HIRAGANA ", "KATAKANA")
_MOST_WORDS = 8
#: Each of those who were found by a likeness is to be looked at.
_MOST_TOLD = 20
#: What some systems leave out of a name, as Moodle does where it names a file.
_APOSTROPHES = str.maketrans("", "", "'’‘`´ʼ")
#: A long number as a spreadsheet shortens it: several have the same then.
_SHORTENED = re.compile(r"\d(?:[.,]\d+)?e\+\d+")
#: An id as spreadsheets keep it a text (`="007"`, `'007`), as Brightspace does (`#007`), and as a number with decimals.
_DRESSED = re.compile(r"""=?"(?P<quoted>[^"]*)"|['#](?P<led>.+)|(?P<whole>\d+)[.,]00?""", re.DOTALL)
#: Systems that show the number of a row in their own database, which is nobody's id elsewhere.
_COUNTED = frozenset({"ilias", "brightspace"})
_NOTHING: frozenset[Hashable] = frozenset({"", ()})


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody, or a group, by all that is told.

    `systems`: ids that one system gave ("canvas", "101"). `marks`: ids, logins, e-mail addresses. `numbers` are
    somebody's only together with a name. `groups`: what a group is called whose hand-in reaches this person; `team`:
    the one of which any member hands in for all. `loose`: in no group, where others are. `rest`: not somebody, but the
    hand-in of all who are in no group. `squeezed`: the name is written without its blanks.
    `handles`: what hand-ins may be called after this person, in the same order for everyone in a table; some are empty.
    """

    names: tuple[str, ...] = ()
    systems: frozenset[tuple[str, str]] = frozenset()
    marks: frozenset[str] = frozenset()
    numbers: frozenset[str] = frozenset()
    groups: frozenset[str] = frozenset()
    team: str = ""
    section: str = ""
    loose: bool = False
    rest: bool = False
    squeezed: bool = False
    handles: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        return self.names[0] if self.names else ""


@dataclass
class Matching:
    """By the place of a seeker: the place of the person whom they are, or the places between which nothing decides.

    A group is `found` at the place of each member, and is one of `groups`. Two kinds of likeness are to be told, for
    two people can share them: `unpadded` are those who were found by an id without its leading zeros, `respelled` by a
    name that is spelled otherwise. Who is in none of these wasn't found.
    """

    found: dict[int, list[int]] = field(default_factory=dict)
    ambiguous: dict[int, list[int]] = field(default_factory=dict)
    groups: set[int] = field(default_factory=set)
    unpadded: set[int] = field(default_factory=set)
    respelled: set[int] = field(default_factory=set)


def person(key: str, name: str, system: str, system_id: str, email: str = "", *, also: Person | None = None) -> Person:
    """A student as a download tells of them, and `also` a roster. Only here is known what a system's id is worth."""
    also = also or Person()
    told = dict.fromkeys((*also.names, name or key))
    # A number is nobody's name, but Moodle puts a team's there, which can be one.
    names = tuple(each for each in told if each and (system == "moodle" or any(map(str.isalpha, each))))
    if system == "moodle":  # its number is of one assignment, and the key is made of name and number
        numbers = frozenset({system_id} - {""})  # the default group alone, whatever it is called, has none
        return replace(also, names=names, marks=also.marks | marks(email), numbers=numbers, rest=not numbers)
    systems = {system: system_id} if system and system_id else {}
    own = frozenset({**dict(also.systems), **systems}.items())
    if system == "canvas":
        squeezed = not also.names and not re.search(r"[\s,]", name)
        return replace(also, names=names, systems=own, marks=also.marks | marks(email), squeezed=squeezed)
    ids = () if system in _COUNTED else (system_id,)
    more, logins = _other_readings(name, key) if system == "ilias" else ((), frozenset())
    return replace(
        also,
        names=(*names, *more),
        systems=own,
        marks=also.marks | marks(email, key, *ids),
        numbers=also.numbers | logins,
    )


def _other_readings(name: str, login: str) -> tuple[tuple[str, ...], frozenset[str]]:
    """The names, and the logins beside them, if a login's first words are the name's: ILIAS has `_` between both."""
    first, *rest = login.split("_")
    at = range(len(rest))
    names = tuple(" ".join((name, first, *rest[:each])) for each in at)
    return names, frozenset("_".join(rest[each:]).casefold() for each in at)


def match(seekers: Sequence[Person], people: Sequence[Person]) -> Matching:
    """Find the people whom the seekers are. Where ids say so, several seekers are one person."""
    result, taken = Matching(), set[int]()
    for level in _LEVELS:
        for place, those in _wanted(level, seekers, people, result).items():
            alone = len(those) == 1 and place not in taken
            for seeker in those:
                if alone or level.sure:
                    taken.add(place)
                    result.found[seeker] = [place]
                    result.ambiguous.pop(seeker, None)
                    if level is _UNPADDED:
                        result.unpadded.add(seeker)
                    elif level in _RESPELLED:
                        result.respelled.add(seeker)
                else:
                    result.ambiguous.setdefault(seeker, [place])
    _reach_groups(seekers, people, result)
    return result


def _wanted(
    level: _Level, seekers: Sequence[Person], people: Sequence[Person], result: Matching
) -> dict[int, list[int]]:
    """Who is found at one level, by whom they are; who fits several is noted as ambiguous."""
    index, wanted = defaultdict[Hashable, list[int]](list), defaultdict[int, list[int]](list)
    left = [at for at in range(len(seekers)) if at not in result.found and (level.sure or at not in result.ambiguous)]
    for place, each in enumerate(people if left else ()):
        for key in set(level.keys(each)) - _NOTHING:
            index[key].append(place)
    for seeker in left if index else ():
        each = seekers[seeker]
        alike = {place for key in set(level.keys(each)) - _NOTHING for place in index.get(key, ())}
        places = [place for place in sorted(alike) if level.fits(each, people[place])]
        if len(places) == 1:
            wanted[places[0]].append(seeker)
        elif places:
            result.ambiguous.setdefault(seeker, places)
    return wanted


def _reach_groups(seekers: Sequence[Person], people: Sequence[Person], result: Matching) -> None:
    """Whoever is nobody's own, and is called as a group is, is that group; what else is a group's is the rest's."""
    members = defaultdict[str, list[int]](list)
    for place, each in enumerate(people):
        for group in {squeeze(name) for name in each.groups} - {""}:
            members[group].append(place)
    for seeker, each in enumerate(seekers):
        if seeker not in result.found and seeker not in result.ambiguous:
            places = next((members[form] for form in map(squeeze, each.names) if form in members), None)
            if places:
                result.found[seeker] = places
                result.groups.add(seeker)
    _tell_from_members(seekers, people, members, result)
    loose = [place for place, each in enumerate(people) if each.loose]
    for seeker, each in enumerate(seekers if loose else ()):
        if each.rest and seeker not in result.found and seeker not in result.ambiguous:
            result.found[seeker] = loose
            result.groups.add(seeker)


def _tell_from_members(
    seekers: Sequence[Person], people: Sequence[Person], members: Mapping[str, list[int]], result: Matching
) -> None:
    """A group can be called as somebody is, perhaps in it: it is the group if all that came in are groups.

    Only Moodle has a number for either. Where it is the person's, or an id is, it is theirs.
    """
    doubtful = dict[int, list[int]]()
    for seeker, (place, *_) in result.found.items():
        one, other = seekers[seeker], people[place]
        apart = one.numbers and other.numbers and not (one.numbers & other.numbers or one.marks & other.marks)
        named = next((members[form] for form in map(squeeze, one.names) if form in members), [place])
        if apart and seeker not in result.groups and named != [place]:
            doubtful[seeker] = named
    numbered = {seeker for seeker in result.found if seekers[seeker].numbers}
    if doubtful and result.groups and numbered <= result.groups | doubtful.keys():
        result.found.update(doubtful)
        result.groups.update(doubtful)
    else:
        for seeker, places in doubtful.items():
            result.ambiguous[seeker] = sorted({*places, *result.found.pop(seeker)})


@dataclass(frozen=True)
class _Level:
    """One kind of likeness: the keys that two share who are alike, and whether a pair that shares one fits."""

    keys: Callable[[Person], Iterable[Hashable]]
    sure: bool = False
    fits: Callable[[Person, Person], bool] = lambda one, other: not _differ(one, other)


def _differ(one: Person, other: Person) -> bool:
    """Whether one system tells the two apart."""
    mine, theirs = dict(one.systems), dict(other.systems)
    return any(system in theirs and theirs[system] != number for system, number in mine.items())


def _numbered(each: Person) -> Iterator[Hashable]:
    # Moodle puts the group by which a download was filtered before each name: `Team A-Ada Lovelace`.
    parts = [name.split("-", _MOST_WORDS) for name in each.names] if each.numbers else []
    behind = ["-".join(several[at:]) for several in parts for at in range(1, len(several))]
    forms = {*map(bare_words, (*each.names, *behind)), *_rotated(each)} - {()}
    for number in {*each.numbers, *each.marks, *_system_numbers(each), *_unpadded(each)}:
        yield from ((number, form) for form in forms)
    for name in map(bare_words, each.names):  # a folder is called `Lovelace, Ada (4711)`
        yield from ((word, tuple(one for one in name if one != word)) for word in name if any(map(str.isdigit, word)))


def _system_numbers(each: Person) -> set[str]:
    return {number for _, number in each.systems}


def _rotated(each: Person) -> Iterator[str]:
    """The ways to write a name without blanks: `Lovelace, Ada` is `lovelaceada` and `adalovelace`."""
    for name in each.names:
        parts = _parted(_bare(name))
        many = 1 if each.squeezed or len(parts) > _MOST_WORDS else len(parts)
        yield from ("".join((*parts[at:], *parts[:at])) for at in range(many))


def _unspaced(each: Person) -> Iterator[str]:
    """Names in a script that has no blanks, without those that a table has between surname and name, in any order."""
    for parts in (_parted(_bare(name)) for name in each.names if is_unspaced(name)):
        yield from ("".join((*parts[at:], *parts[:at])) for at in range(min(len(parts), _MOST_WORDS)))


def is_unspaced(name: str) -> bool:
    """Whether a name is in a script that has no blanks, so that one word of it is a full name."""
    letters = "".join(_parted(_exact(name)))
    return len(letters) > 1 and all(unicodedata.name(each, "").startswith(_UNSPACED) for each in letters)


def _unpadded(each: Person) -> Iterator[Hashable]:
    """Ids of digits alone without their leading zeros: a spreadsheet takes `00123` for a number."""
    return (bare for mark in each.marks if mark.isdecimal() and (bare := mark.lstrip("0")))


def _agree_in_name(one: Person, other: Person) -> bool:
    """Whether what is told of two names can be one: all words of the one are in the other, or one has none."""
    ours, theirs = ({word for name in each.names for word in bare_words(name)} for each in (one, other))
    return ours <= theirs or theirs <= ours


_UNPADDED = _Level(_unpadded, fits=lambda one, other: _agree_in_name(one, other) and not _differ(one, other))
_RESPELLED = (
    _Level(lambda each: map(bare_words, each.names)),
    _Level(lambda each: (bare_words(_exact(name).translate(_SPELLED_OUT)) for name in each.names)),
    _Level(lambda each: (bare_words(name.translate(_APOSTROPHES)) for name in each.names)),
)
_LEVELS = (
    _Level(lambda each: each.systems, sure=True),
    _Level(lambda each: each.marks, sure=True),
    _Level(_numbered),
    _Level(lambda each: map(_exact, each.names)),
    _Level(lambda each: map(words, each.names)),
    *_RESPELLED,
    _Level(_unspaced),
    _Level(_rotated, fits=lambda one, other: one.squeezed != other.squeezed and not _differ(one, other)),
    _Level(
        lambda each: {*each.marks, *_system_numbers(each)},
        fits=lambda one, other: not (one.names and other.names) and not _differ(one, other),
    ),
    _UNPADDED,
)


def words(name: str) -> tuple[str, ...]:
    """A name's words, in whatever order: `Müller, Jörg` is `Jörg Müller`."""
    return tuple(sorted(_parted(_exact(name))))


def bare_words(name: str) -> tuple[str, ...]:
    """The same without accents."""
    return tuple(sorted(_parted(_bare(name))))


def squeeze(name: str) -> str:
    """A name's letters and digits alone: `Team A` is `team-a`."""
    return "".join(_parted(_bare(name)))


def _parted(name: str) -> list[str]:
    """A name's words; signs that some scripts put over or behind a letter are part of it."""
    return "".join(each if unicodedata.category(each)[0] in "LMN" else " " for each in name).split()


def sort_key(name: str) -> str:
    """What names are ordered by, as a reader expects it: é beside e, 9 before 10, ñ behind n where it is a letter."""
    own = _exact(name).replace("ñ", "n\uffff") if spoken() == "es" else name
    return re.sub(r"\d+", lambda digits: digits[0].zfill(12), _bare(own)) + "\0" + _exact(name)


def undressed(mark: str) -> str:
    """An id, login or address without what spreadsheets and systems put around one."""
    match = _DRESSED.fullmatch(mark.strip())
    return (match[match.lastgroup or 0] if match else mark).strip()


def marks(*texts: str) -> frozenset[str]:
    """Ids, logins and addresses as they are compared; a dash for none is no id."""
    written = {unicodedata.normalize("NFC", undressed(mark)).casefold() for mark in texts}
    return frozenset(mark for mark in written if any(map(str.isalnum, mark)) and not is_shortened(mark))


def is_shortened(mark: str) -> bool:
    """Whether an id is a long number as a spreadsheet shortens it (`1.23457E+11`), which is no id any more."""
    return _SHORTENED.fullmatch(mark.strip().casefold()) is not None


def likenesses(
    sought: Sequence[tuple[Sequence[str], Matching]], label: Callable[[int], str], table: str
) -> Iterator[str]:
    """Yield sentences on who was found by a likeness that two people can share, each with the table's `label` of them.

    `sought`: what seekers are called, empty for one of whom nothing is said, and how they were matched.
    """
    for likeness, tell in (("unpadded", _tell_unpadded), ("respelled", _tell_respelled)):
        alike = [
            f"{names[at]} = {label(matching.found[at][0])}"
            for names, matching in sought
            for at in sorted(getattr(matching, likeness))
            if names[at]
        ]
        if alike:
            yield tell([*dict.fromkeys(alike)], table)


def _tell_unpadded(found: Sequence[str], table: str) -> str:
    return tr_n(
        "{n} was found in {table} by an id without its leading zeros, which spreadsheets take away: {names}. Mend the"
        " table if that is somebody else.",
        "{n:,} were found in {table} by ids without their leading zeros, which spreadsheets take away: {names}. Mend"
        " the table if one is somebody else.",
        len(found), table=table, names=listed(found, width=100),
    )  # fmt: skip


def _tell_respelled(found: Sequence[str], table: str) -> str:
    return tr_n(
        "{n} was found in {table} by a name that is spelled otherwise there: {names}. Mend the table if that is"
        " somebody else.",
        "{n:,} were found in {table} by names that are spelled otherwise there: {names}. Mend the table if one is"
        " somebody else.",
        len(found), table=table, names=listed(found, width=100, most=_MOST_TOLD),
    )  # fmt: skip


def without_shared_marks(people: Sequence[Person]) -> list[Person]:
    """The same people without what several have for an id, as a dash for none: it says of nobody who they are."""
    borne = Counter(mark for each in people for mark in each.marks)
    return [replace(each, marks=frozenset(mark for mark in each.marks if borne[mark] == 1)) for each in people]


def _exact(name: str) -> str:
    return " ".join(unicodedata.normalize("NFC", name).casefold().split())


def _bare(name: str) -> str:
    apart = unicodedata.normalize("NFKD", _exact(name))
    return "".join(each for each in apart if not unicodedata.combining(each)).translate(_UNDECOMPOSED)
