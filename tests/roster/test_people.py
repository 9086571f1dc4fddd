"""Who is who: by ids first, then by names however they are written; what fits two is nobody's."""

from __future__ import annotations

import tracemalloc
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from autograder.language import speaking
from autograder.roster.people import Person, marks, match, person, sort_key

names = st.lists(st.text(st.characters(categories=("Lu", "Ll")), min_size=2, max_size=8), min_size=2, max_size=3)


def named(*names: str) -> list[Person]:
    return [Person((name,)) for name in names]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Jörg Müller", "Müller, Jörg"),
        ("Jörg Müller", unicodedata.normalize("NFD", "Jörg Müller")),
        ("Jorg Muller", "Müller, Jörg"),
        ("Anna_O'Brien", "O’Brien, Anna"),
        ("Piet van der Berg", "van der Berg, Piet"),
        ("SØREN KIERKEGAARD", "Kierkegaard, Soren"),
        ("Jörg Müller", "Mueller, Joerg"),
        ("王小明", "王, 小明"),
        ("김철수", "철수 김"),
        ("Søren Ågård", "Aagaard, Soeren"),
    ],
)
def test_a_name_is_one_name_however_it_is_written(one: str, other: str) -> None:
    assert match(named(one), named("Schmidt, Jan", other)).found == {0: [1]}


@pytest.mark.parametrize(
    ("one", "other", "respelled"),
    [
        ("Jörg Müller", "Müller, Jörg", False),
        ("JÖRG MÜLLER", unicodedata.normalize("NFD", "Jörg Müller"), False),
        ("Jörg Müller", "Jörg Mueller", True),
        ("Jörg Müller", "Muller, Jorg", True),
        ("Sean O'Brien", "OBrien, Sean", True),
        ("Sean O'Brien", "O Brien, Sean", False),
    ],
)
def test_a_name_that_is_spelled_otherwise_is_found_and_can_be_told(one: str, other: str, respelled: bool) -> None:
    matching = match(named(one), named("Schmidt, Jan", other))
    assert (matching.found, matching.respelled) == ({0: [1]}, {0} if respelled else set())


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Lina", "Li, Na"),
        ("王小明", "王, 小"),
        ("Ada", "Lovelace, Ada"),
        ("Ada M. Lovelace", "Lovelace, Ada"),
        ("किरण कुमार", "करुण कमर"),
    ],
)
def test_names_that_only_resemble_each_other_are_two(one: str, other: str) -> None:
    assert match(named(one), named(other)).found == {}


@given(names)
def test_a_name_squeezed_by_canvas_is_found(parts: list[str]) -> None:
    *first, last = parts
    squeezed = person("key", "".join((last, *first)).lower(), "canvas", "7")
    assert match([squeezed], named(f"{last}, {' '.join(first)}")).found == {0: [0]}


def test_accents_tell_two_apart() -> None:
    found = match(named("Jose Pena", "José Peña"), named("Peña, José", "Pena, Jose"))
    assert found.found == {0: [1], 1: [0]}


def test_what_fits_two_is_ambiguous_also_when_one_of_them_is_known() -> None:
    people = [
        Person(("Schmidt, Jan",), marks=marks("jan1@x.example")),
        Person(("Schmidt, Jan",), marks=marks("jan2@x.example")),
    ]
    seekers = [person("jan1", "Jan Schmidt", "", "", "JAN1@x.example"), person("Jan Schmidt", "Jan Schmidt", "", "")]
    found = match(seekers, people)
    assert found.found == {0: [0]}
    assert found.ambiguous == {1: [0, 1]}


def test_an_exact_name_comes_before_the_same_words_in_another_order() -> None:
    assert match(named("Ali Hassan"), named("Hassan Ali", "Ali Hassan")).found == {0: [1]}
    assert match(named("Ali Hassan"), named("Hassan, Ali", "Ali, Hassan")).ambiguous == {0: [0, 1]}


def test_one_system_tells_namesakes_apart() -> None:
    there = Person(("Schmidt, Jan",), frozenset({("canvas", "202")}))
    assert match([person("schmidtjan_101", "schmidtjan", "canvas", "101")], [there]).found == {}
    assert match([person("schmidtjan_202", "schmidtjan", "canvas", "202")], [there]).found == {0: [0]}


def test_a_number_of_moodle_counts_only_beside_its_name() -> None:
    told = (("Jan Schmidt", "301"), ("Jan Schmidt", "302"), ("Bo Ek", "303"))
    rows = [Person((name,), numbers=frozenset({number})) for name, number in told]
    asked = (("Jan Schmidt", "302"), ("Bo Ek", "301"), ("Cy Ox", "303"))
    seekers = [person(f"{name}_{number}", name, "moodle", number) for name, number in asked]
    assert match(seekers, rows).found == {0: [1], 1: [2]}


def test_the_group_by_which_moodle_filtered_stands_before_a_name_of_that_number_alone() -> None:
    rows = [Person(("Paul Ek",), numbers=frozenset({"301"})), Person(("Bo Ox",), numbers=frozenset({"302"}))]
    asked = (("Team-A-Paul Ek", "301"), ("Team-A-Bo Ox", "303"), ("Jean-Paul Ek", "304"))
    seekers = [person(f"{name}_{number}", name, "moodle", number) for name, number in asked]
    assert match(seekers, rows).found == {0: [0]}


def test_a_name_of_hyphens_alone_takes_no_memory() -> None:
    tracemalloc.start()
    try:
        match([person("-", "-" * 60_000, "moodle", "301")], [Person(("Paul Ek",), numbers=frozenset({"301"}))])
        assert tracemalloc.get_traced_memory()[1] < 16 << 20
    finally:
        tracemalloc.stop()


@pytest.mark.parametrize(
    ("seekers", "found", "unpadded"),
    [
        (["00123"], {0: [0]}, {0}),
        (["0077"], {0: [1]}, {0}),
        (["123"], {0: [0]}, set()),
        (["00123", "123"], {1: [0]}, set()),
        (["00123", "0123"], {}, set()),
        (["00200"], {}, set()),
        (["000"], {}, set()),
    ],
)
def test_an_id_whose_zeros_a_spreadsheet_took_is_found_if_it_is_one_person_s(
    seekers: list[str], found: dict[int, list[int]], unpadded: set[int]
) -> None:
    table = [Person(("Ek, Bo",), marks=marks("123")), Person(marks=marks("77"))]
    table += [Person(marks=marks("200")), Person(marks=marks("0200")), Person(marks=marks("0"))]
    matching = match([person(key, "", "", "") for key in seekers], table)
    assert (matching.found, matching.unpadded) == (found, unpadded)


@pytest.mark.parametrize(
    ("name", "found"), [("Bo Ek", True), ("Bo J. Ek", True), ("Ek", True), ("Cy Ox", False), ("Bo Ox", False)]
)
def test_names_can_speak_against_an_id_without_its_zeros(name: str, found: bool) -> None:
    seeker = person("00123", name, "gradescope", "00123")
    assert bool(match([seeker], [Person(("Ek, Bo",), marks=marks("123"))]).found) == found
    namesakes = [Person(("Ek, Bo",), marks=marks("123")), Person(("Ek, Bo",), marks=marks("456"))]
    assert match([person("00123", "Bo Ek", "gradescope", "00123")], namesakes).found == {0: [0]}


def test_a_group_called_as_a_member_is_the_group_where_all_that_came_are_groups() -> None:
    def numbered(name: str, number: str, group: str = "") -> Person:
        return Person((name,), numbers=frozenset({number}), groups=frozenset({group} - {""}))

    ada, alan, emmy = (
        numbered("Ada L", "301", "Ada L"),
        numbered("Alan T", "302", "Ada L"),
        numbered("Emmy N", "303", "Reds"),
    )
    team, reds = numbered("Ada L", "955"), numbered("Reds", "956")
    teams = match([team, reds], [ada, alan, emmy])
    assert (teams.found, teams.groups, teams.ambiguous) == ({0: [0, 1], 1: [2]}, {0, 1}, {})
    # Where nothing else says that groups handed in, and where people did, it is neither's.
    for others in ([], [numbered("Emmy N", "303")]):
        assert match([team, *others], [ada, alan, emmy]).ambiguous == {0: [0, 1]}
    # Where her number stands on it, it is hers, and so it is where the group is she alone.
    assert match([numbered("Ada L", "301"), reds], [ada, alan, emmy]).found == {0: [0], 1: [2]}
    assert match([team], [ada, emmy]).found == {0: [0]}


@pytest.mark.parametrize("key", ["Schmidt, Anna (4712)", "4712_Anna Schmidt", "anna-schmidt-4712"])
def test_an_id_in_a_name_tells_namesakes_apart_and_is_no_guess(key: str) -> None:
    classmates = [Person(("Anna Schmidt",), marks=marks("4711")), Person(("Anna Schmidt",), marks=marks("4712"))]
    assert match([person(key, key, "", "")], classmates).found == {0: [1]}
    assert match([person(key, key, "", "")], classmates[:1]).found == {}


@pytest.mark.parametrize(
    ("key", "name", "there"),
    [("Gabriel_gabo", "Márquez García", ("García Márquez, Gabriel", "gabo")), ("bo_ek", "Bo Ek", ("Ek, Bo", "bo_ek"))],
)
def test_ilias_has_one_sign_in_names_and_between_them(key: str, name: str, there: tuple[str, str]) -> None:
    seeker = person(key, name, "ilias", "7")
    people = [Person((there[0],), marks=marks(there[1])), Person(("Bo Ek bo",), marks=marks("ek2"))]
    assert match([seeker], people).found == {0: [0]}


def test_a_group_reaches_its_members_and_no_one_else() -> None:
    rows = [
        Person(("Ada L",), numbers=frozenset({"301"}), groups=frozenset({"Team A"})),
        Person(("Alan T",), numbers=frozenset({"302"}), groups=frozenset({"Team B"})),
        Person(("Grace H",), numbers=frozenset({"303"}), groups=frozenset({"team-a"})),
    ]
    found = match([person("Team A_302", "Team A", "moodle", "302")], rows)
    assert found.found == {0: [0, 2]}
    assert found.groups == {0}


def test_several_who_are_one_by_their_ids_are_one() -> None:
    row = Person(("Ada L",), frozenset({("canvas", "7")}), marks("ada"))
    found = match([person("la_7", "la", "canvas", "7"), person("ada", "", "", "")], [row])
    assert found.found == {0: [0], 1: [0]}
    assert match(named("Ada L", "L Ada"), [row]).found == {0: [0]}  # the exact one; the other is not guessed


def test_names_are_ordered_as_a_reader_expects() -> None:
    usual = ["Álvarez, Ana", "alvarez, Bo", "Edith", "Éva", "Eve", "O'Brien", "Oda", "Øre", "Ört", "s9", "s10", "Zoë"]
    assert sorted({*usual}, key=sort_key) == usual
    with speaking("es"):
        assert sorted(["Nuñez", "Nuzo", "Núnez"], key=sort_key) == ["Núnez", "Nuñez", "Nuzo"]
