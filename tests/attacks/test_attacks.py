"""Every hostile submission gets the verdict that it must get, and hurts nobody."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from autograder.gradebook.book import Gradebook
from tests.attacks import users
from tests.attacks.arena import Arena
from tests.attacks.corpus import FAMILIES, Attack, corpus, spot
from tests.attacks.grading import grade_all, grade_class, wrong_with_the_batch

pytestmark = pytest.mark.attack

CORPUS = corpus()
#: The first user grades all of the corpus, others some: they differ in how the wall is put up, not in what it holds.
GRADED = [(name, attack) for name in users.names() for attack in (CORPUS if name == users.names()[0] else spot(CORPUS))]
#: What a student can call themselves, or their folder, where an instructor's terminal, page and spreadsheet show it.
NAMES = [
    '=HYPERLINK("https://evil.example")', "+1+1", "-2+3", "@SUM(1)", "\tada", "\x1b[2J\x1b]0;owned\x07", "\u202eada",
    "<img src=x onerror=alert(1)>", "<script>alert(1)", "ada,10,10", 'ada"\n=1+1', "[bold]ada[/]", "con",
    "x" * 200, os.fsdecode(b"\xff\xfe"), "{{ 7 * 7 }}", "%s%n", "ada'; DROP TABLE results; --", " ada ", "Ada", "ada",
]  # fmt: skip


@pytest.fixture(scope="module", params=users.names())
def arena(request: pytest.FixtureRequest) -> Iterator[Arena]:
    with tempfile.TemporaryDirectory(prefix="attacks-") as folder:
        place = Path(folder)
        place.chmod(0o755)  # unlike pytest's own, open to the ordinary user
        yield Arena(place / "arena", users.user(request.param, place))


@pytest.fixture(scope="module")
def problems(request: pytest.FixtureRequest) -> dict[tuple[str, str], list[str]]:
    """What is wrong with each attack that this session tests, by who graded it and its name."""
    found: dict[tuple[str, str], list[str]] = {}
    asked = [item.callspec.params for item in request.session.items if hasattr(item, "callspec")]
    for name in users.names():
        wanted = [each["attack"] for each in asked if "attack" in each and each["user"] == name]
        with tempfile.TemporaryDirectory(prefix="attacks-") as folder:
            place = Path(folder)
            place.chmod(0o755)
            graded = grade_all(Arena(place / "arena", users.user(name, place)), wanted, alone=spot(CORPUS))
        found |= {(name, attack): problems for attack, problems in graded.items()}
    return found


@pytest.mark.parametrize(("user", "attack"), GRADED, ids=str)
def test_the_attack_is_held(problems: dict[tuple[str, str], list[str]], user: str, attack: Attack) -> None:
    assert problems[user, str(attack)] == [], attack.tries


def test_names_of_students_do_no_harm(arena: Arena) -> None:
    place = arena.folder / "runs/names"
    for name in NAMES:
        arena.honest_file("exercise-04", place / "work/class" / name)
    outcome = grade_class(arena, "exercise-04", place, seconds=30)
    assert wrong_with_the_batch(arena, outcome, place) == []
    with Gradebook.read(place / "data/out/gradebook.db") as gradebook:
        results = list(gradebook.results())
    assert len(results) == len(NAMES)
    assert all(result.passed for result in results)


def test_the_corpus_covers_every_family() -> None:
    counts = {family: sum(attack.family == family for attack in CORPUS) for family in FAMILIES}
    assert sum(counts.values()) >= 60
    assert all(counts.values()), counts


def test_each_attack_is_graded_in_a_class_and_each_family_in_every_way() -> None:
    first, *others = users.names()
    assert [attack for name, attack in GRADED if name == first] == CORPUS
    for name in others:
        assert {attack.family for user, attack in GRADED if user == name} == set(FAMILIES)
