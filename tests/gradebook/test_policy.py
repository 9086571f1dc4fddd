"""What a policy makes of results, as arithmetic: fair whatever the numbers are."""

from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from autograder.course import CourseError
from autograder.course.authored import convert
from autograder.course.policy_model import Amount, Duration, LateRule, Moment, PolicyFile
from autograder.gradebook.policy import (
    NO_POLICY,
    Lateness,
    choose,
    due,
    lateness,
    load_policy,
    namesakes,
    penalty,
    strangers,
    total,
)

DUE = datetime(2026, 12, 1, 17, tzinfo=UTC)
TASKS = ("exercise-01", "exercise-02", "products")
percents = st.integers(0, 100).map(lambda number: Amount(f"{number} %"))
rules = st.builds(
    LateRule,
    per=st.sampled_from(["day", "hour"]),
    take=percents,
    grace=st.none() | st.integers(0, 90).map(lambda number: Duration(f"{number}min")),
    floor=st.none() | percents,
)
by_seconds = st.floats(0, 1e7).map(lambda late: Lateness(late > 0, late))
scores = st.floats(0, 10)


@dataclass(frozen=True)
class Handed:
    """An attempt, `minutes` after the due date; None where nobody knows."""

    attempt: int
    score: float
    minutes: float | None = -60
    late: bool = False
    status: str = "graded"
    points: float = 10.0

    @property
    def handed_in(self) -> str:
        return "" if self.minutes is None else (DUE + timedelta(minutes=self.minutes)).isoformat()


@dataclass(frozen=True)
class Somebody:
    student: str = "ada_7"
    name: str = "Ada Lovelace"
    system_id: str = "7"
    email: str = "ada@example.org"
    section: str = "A"


def written(tmp_path: Path, text: str) -> PolicyFile:
    (tmp_path / "policy.yaml").write_text(text)
    return load_policy(tmp_path / "policy.yaml", TASKS)


@given(scores, by_seconds, rules)
def test_a_penalty_takes_at_most_what_there_is_and_never_reaches_below_the_floor(
    score: float, late: Lateness, rule: LateRule
) -> None:
    off = penalty(score, 10.0, late, rule)
    assert 0 <= off <= score
    assert score - off >= min(score, rule.least(10.0)) - 1e-9


@given(scores, by_seconds, by_seconds, rules)
def test_who_is_later_never_loses_less(score: float, one: Lateness, other: Lateness, rule: LateRule) -> None:
    sooner, later = sorted((one, other), key=lambda late: late.seconds or 0.0)
    assert penalty(score, 10.0, sooner, rule) <= penalty(score, 10.0, later, rule)


@given(scores, scores, by_seconds, rules)
def test_lateness_never_turns_two_scores_round(one: float, other: float, late: Lateness, rule: LateRule) -> None:
    worse, better = sorted((one, other))
    assert worse - penalty(worse, 10, late, rule) <= better - penalty(better, 10, late, rule) + 1e-9


@given(scores, by_seconds)
def test_without_a_rule_nothing_is_taken_off(score: float, late: Lateness) -> None:
    assert penalty(score, 10.0, late, None) == 0


@pytest.mark.parametrize(
    ("minutes", "off"), [(0, 0.0), (15, 0.0), (15.1, 1.0), (24 * 60, 1.0), (24 * 60 + 1, 2.0), (10 * 24 * 60, 5.0)]
)
def test_each_begun_day_costs_after_the_grace(minutes: float, off: float) -> None:
    rule = LateRule(per="day", take=Amount("10 %"), grace=Duration("15min"), floor=Amount("50 %"))
    late = lateness(Handed(1, 10, minutes), DUE, rule)
    assert penalty(10.0, 10.0, late, rule) == pytest.approx(off)
    assert late.late == (off > 0)


@pytest.fixture
def berlin(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """This process's clock shows Berlin's time, which needs no table of time zones."""
    monkeypatch.setenv("TZ", "CET-1CEST,M3.5.0,M10.5.0/3")
    time.tzset()
    yield
    monkeypatch.undo()
    time.tzset()


@pytest.mark.usefixtures("berlin")
@pytest.mark.parametrize(
    ("due_at", "handed_in", "days", "hours"),
    [
        ("2026-10-24T18:00+02:00", "2026-10-25T17:59+01:00", 1, 25),
        ("2026-10-24T18:00+02:00", "2026-10-25T18:01+01:00", 2, 26),
        ("2026-10-24T16:00Z", "2026-10-26T16:59Z", 2, 49),
        ("2026-10-25T02:50+02:00", "2026-10-25T02:10+01:00", 1, 1),
        ("2027-03-27T18:00+01:00", "2027-03-28T18:01+02:00", 2, 24),
        ("2026-11-24T18:00+01:00", "2026-11-25T18:00+01:00", 1, 24),
    ],
)
def test_a_day_ends_when_the_clock_shows_the_due_time_again_and_an_hour_is_an_hour(
    due_at: str, handed_in: str, days: int, hours: int
) -> None:
    due_then = datetime.fromisoformat(due_at)
    attempt = Handed(1, 100, (datetime.fromisoformat(handed_in) - DUE).total_seconds() / 60)
    for per, begun in (("day", days), ("hour", hours)):
        rule = LateRule(per=per, take=Amount("1"))
        assert penalty(100.0, 100.0, lateness(attempt, due_then, rule), rule) == begun


def test_by_how_much_nobody_knows_costs_nothing_and_is_late_all_the_same() -> None:
    rule = LateRule(per="day", take=Amount("1"))
    late = lateness(Handed(1, 10, None, late=True), DUE, rule)
    assert (late.late, late.seconds) == (True, None)
    assert penalty(10, 10, late, rule) == 0


def test_a_due_date_that_is_known_outdoes_what_the_system_says() -> None:
    """Its LATE may be from before an extension."""
    assert not lateness(Handed(1, 10, -5, late=True), DUE, None).late
    assert lateness(Handed(1, 10, -5, late=True), None, None).late


attempts = st.lists(
    st.builds(
        Handed,
        attempt=st.integers(1, 9),
        score=scores,
        minutes=st.integers(-9999, 9999),
        status=st.sampled_from(["graded", "graded", "unreadable", "crashed"]),
    ),
    min_size=1,
    unique_by=lambda each: each.attempt,
)


@given(attempts)
def test_the_latest_counts_unless_another_is_asked_for(listed: list[Handed]) -> None:
    assert listed[choose(listed, NO_POLICY, DUE)].attempt == max(each.attempt for each in listed)


@given(attempts, st.none() | rules)
def test_the_best_is_never_below_any_other_that_was_decided(listed: list[Handed], rule: LateRule | None) -> None:
    policy = PolicyFile(count="best", late=rule)

    def worth(each: Handed) -> float:
        return each.score - penalty(each.score, each.points, lateness(each, DUE, rule), rule)

    best = listed[choose(listed, policy, DUE)]
    decided = [each for each in listed if each.status != "crashed"]
    assert best in (decided or listed)
    assert all(worth(best) >= worth(each) - 1e-9 for each in decided)


@given(attempts)
def test_the_last_before_the_due_date_is_in_time_if_any_is(listed: list[Handed]) -> None:
    chosen = listed[choose(listed, PolicyFile(count="last-before-due"), DUE)]
    decided = [each for each in listed if each.status != "crashed"] or listed
    in_time = [each for each in decided if each.minutes is not None and each.minutes <= 0]
    assert chosen.attempt == max(each.attempt for each in in_time or decided)


shares = st.lists(st.tuples(st.sampled_from(TASKS), st.floats(0, 1)), min_size=1, unique_by=lambda each: each[0])


@given(shares, st.integers(0, 3), st.dictionaries(st.sampled_from(TASKS), st.floats(0.1, 5)))
def test_a_total_lies_between_the_shares_and_dropping_never_lowers_it(
    listed: list[tuple[str, float]], drop: int, weights: dict[str, float]
) -> None:
    def of(drop: int) -> float:
        rule = {"weights": weights, "drop_lowest": drop}
        found = total(listed, _policy({"total": rule}))
        assert found is not None
        return found

    assert min(each for _, each in listed) - 1e-9 <= of(drop) <= max(each for _, each in listed) + 1e-9
    assert of(drop) >= of(0) - 1e-9


def _policy(data: dict[str, object]) -> PolicyFile:
    import msgspec

    return msgspec.convert(data, PolicyFile, dec_hook=convert)


def test_an_extension_outdoes_the_section_and_that_outdoes_the_rest(tmp_path: Path) -> None:
    policy = written(
        tmp_path,
        "tasks:\n  exercise-01:\n    due: 2026-12-01T18:00+01:00\n    sections: {B: {due: 2026-12-02T18:00+01:00}}\n"
        "    extensions: {ADA@example.org: 2026-12-05 18:00:00+01:00}\n",
    )
    assert due(policy, "exercise-01", Somebody()) == DUE + timedelta(days=4)
    assert due(policy, "exercise-01", Somebody(email="", section="b")) == DUE + timedelta(days=1)
    assert due(policy, "exercise-01", Somebody(email="", section="C")) == DUE
    assert due(policy, "exercise-02", Somebody()) is None


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("count: best-of\n", "policy.yaml:1: 'count' must be 'best', 'last-before-due' or 'latest'"),
        ("late: {per: day, take: ten}\n", "policy.yaml:1: 'late.take' is no amount; write '10 %'"),
        (
            "late: {per: day, take: 150 %}\n",
            "policy.yaml:1: 'late.take' is no amount; write '10 %' of the points, at most",
        ),
        ("late:\n  per: day\n  take: -1\n", "policy.yaml:3: 'late.take' is no amount"),
        ("late: {per: day, take: 1, grace: soon}\n", "'late.grace' is no length of time"),
        ("tasks:\n  exercise-01: {due: 2026-12-01}\n", "policy.yaml:2: 'tasks.exercise-01.due' is no date and time"),
        (
            "tasks:\n  exercise-10: {}\n",
            "policy.yaml:2: The course has no exercise or quiz 'exercise-10'. Did you mean",
        ),
        ("# to come\n", "policy.yaml:1: This file is empty; it begins with a line such as 'count: …'."),
        ("total: {weights: {products: 1,5}}\n", "policy.yaml:1: In braces a comma ends the value 1; write 1.5,"),
        ("total:\n  weights:\n    products: 1,5\n", "must be a number, with a point before its decimals."),
        ("total:\n  weights:\n    quiz: 2\n", "policy.yaml:3: The course has no exercise or quiz 'quiz'."),
        ("count: last-before-due\n", "no task has a due date"),
    ],
)
def test_what_is_wrong_in_a_policy_is_told_with_its_line(tmp_path: Path, text: str, problem: str) -> None:
    with pytest.raises(CourseError) as refused:
        written(tmp_path, text)
    assert problem in str(refused.value)


def test_amounts_and_lengths_of_time() -> None:
    assert Amount.of("12.5 %").points(8.0) == 1.0
    assert Amount.of(2).points(8.0) == 2.0
    assert [Duration.of(text).seconds() for text in ("15min", "2 h", "1 day", "90s", "5 minutes")] == [
        900, 7200, 86400, 90, 300,
    ]  # fmt: skip
    assert Moment.of("2026-12-01T18:00+01:00").moment() == DUE


SECTIONS = "tasks:\n  exercise-01:\n    due: 2026-12-01T18:00+01:00\n    sections:\n"


def test_who_is_in_several_sections_has_the_latest_of_their_dates(tmp_path: Path) -> None:
    later = "      Group A: {due: 2026-12-02T18:00+01:00}\n      Lundi\u0301: {due: 2026-12-03T18:00+01:00}\n"
    policy = written(tmp_path, SECTIONS + later)
    told = {"Group A": 1, "Group A and Group B": 1, "Group B, group a, and Lund\u00ed": 2, "Group AB": 0, "Group": 0}
    for section, days in told.items():
        assert due(policy, "exercise-01", Somebody(section=section)) == DUE + timedelta(days=days), section
    assert strangers(policy, [Somebody(section="Group A and Lund\u00ed")]) == []
    assert strangers(policy, [Somebody(section="Group A")]) == ["the section 'Lundi\u0301'"]


def test_a_section_whose_name_has_an_and_in_it_is_one(tmp_path: Path) -> None:
    policy = written(tmp_path, SECTIONS + "      Rock and Roll: {due: 2026-12-02T18:00+01:00}\n")
    assert due(policy, "exercise-01", Somebody(section="Rock and Roll")) == DUE + timedelta(days=1)
    assert due(policy, "exercise-01", Somebody(section="Rock")) == DUE


def test_an_extension_by_a_name_that_two_share_is_told(tmp_path: Path) -> None:
    policy = written(tmp_path, "tasks: {exercise-01: {extensions: {Jo\u0308 Ek: 2026-12-08T18:00+01:00, "
                     "'9': 2026-12-08T18:00+01:00}}}\n")  # fmt: skip
    people = [Somebody(f"ek_{number}", "J\u00f6 Ek", number, "") for number in ("8", "9")]
    assert namesakes(policy, people) == ["'Jo\u0308 Ek' is ek_8, ek_9"]
    assert (namesakes(policy, people[1:]), strangers(policy, people)) == ([], [])
