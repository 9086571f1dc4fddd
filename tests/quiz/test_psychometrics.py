"""Item analysis: the figures equal scipy's and pingouin's, and what they mean holds for any class."""

from __future__ import annotations

import tracemalloc
from collections.abc import Sequence

import msgspec
import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from autograder.course import CourseRoot, Quiz, load_course, load_quiz
from autograder.grading.report import CheckResult, Misconception, Report, SubmissionFile
from autograder.quiz import psychometrics as ours
from autograder.quiz.analysis import ENOUGH, analyse
from tests.small_course import write_course

CALM = settings(max_examples=150, deadline=None)
MARKS = st.sampled_from([0.0, 0.25, 0.5, 1.0])
TABLES = st.integers(2, 6).flatmap(
    lambda items: st.lists(st.lists(MARKS, min_size=items, max_size=items), min_size=3, max_size=40)
)


def alpha_of_pingouin(table: list[list[float]]) -> float:
    import pandas
    import pingouin  # with all that it brings: a fifth of what collecting the tests took

    return float(pingouin.cronbach_alpha(pandas.DataFrame(table))[0])


def correlation_of_scipy(kind: str, one: Sequence[float], other: Sequence[float]) -> float:
    import scipy.stats

    return float(getattr(scipy.stats, kind)(one, other).statistic)


@CALM
@given(TABLES)
def test_alpha_equals_pingouins_and_sem_follows_from_it(table: list[list[float]]) -> None:
    totals = [sum(row) for row in table]
    found = ours.alpha(table)
    if np.var(totals) < 1e-12:
        assert found is None
        return
    expected = alpha_of_pingouin(table)
    assert found == pytest.approx(expected)
    error = ours.standard_error(totals, found)
    assert error == pytest.approx(np.std(totals, ddof=1) * np.sqrt(1 - expected))


@CALM
@given(TABLES)
def test_discrimination_equals_pearsons_correlation_with_the_rest(table: list[list[float]]) -> None:
    marks = [row[0] for row in table]
    rests = [sum(row[1:]) for row in table]
    found = ours.discrimination(marks, rests)
    if len(set(marks)) == 1 or len(set(rests)) == 1:
        assert found is None
    else:
        assert found == pytest.approx(correlation_of_scipy("pearsonr", marks, rests), abs=1e-9)


@CALM
@given(st.lists(st.tuples(st.booleans(), st.integers(0, 20)), min_size=3, max_size=50))
def test_discrimination_of_right_and_wrong_equals_the_point_biserial(pairs: list[tuple[bool, int]]) -> None:
    marks, rests = [float(mark) for mark, _ in pairs], [float(rest) for _, rest in pairs]
    assume(len(set(marks)) > 1 and len(set(rests)) > 1)
    oracle = correlation_of_scipy("pointbiserialr", [mark == 1 for mark in marks], rests)
    assert ours.discrimination(marks, rests) == pytest.approx(oracle, abs=1e-9)


@CALM
@given(TABLES)
def test_efficiency_is_a_ratio_of_covariances_and_at_most_one(table: list[list[float]]) -> None:
    marks, rests = [row[0] for row in table], [sum(row[1:]) for row in table]
    found = ours.discriminative_efficiency(marks, rests)
    possible = np.cov(np.sort(marks), np.sort(rests))[0, 1]
    if possible < 1e-12:
        assert found is None
    else:
        assert found == pytest.approx(np.cov(marks, rests)[0, 1] / possible)
        assert found <= 1 + 1e-9


@CALM
@given(TABLES, st.randoms(use_true_random=False))
def test_d27_does_not_depend_on_the_order_of_students(table: list[list[float]], random: object) -> None:
    before = ours.upper_minus_lower([row[0] for row in table], [sum(row) for row in table], 1.0)
    random.shuffle(table)  # type: ignore[attr-defined]
    after = ours.upper_minus_lower([row[0] for row in table], [sum(row) for row in table], 1.0)
    assert before == (None if after is None else pytest.approx(after))
    assert before is None or -1 <= before <= 1


def test_d27_of_a_class_without_ties() -> None:
    totals = list(range(100))
    marks = [float(total % 3 == 0) for total in totals]
    upper, lower = np.mean(marks[-27:]), np.mean(marks[:27])
    assert ours.upper_minus_lower(marks, totals, 1.0) == pytest.approx(upper - lower)


def test_facility_is_the_mean_share() -> None:
    assert ours.facility([2.0, 1.0, 0.0, 1.0], 2.0) == 0.5


@pytest.fixture(scope="module")
def quiz(tmp_path_factory: pytest.TempPathFactory) -> Quiz:
    return load_quiz(load_course(CourseRoot.at(write_course(tmp_path_factory.mktemp("course")))), "products")


def report(first: str, number: bool, *, answered: bool = True) -> Report:
    """One student: a choice of the first question, and whether the number was right."""
    belief = Misconception("product-for-power", "A product", "Why.")
    checks = [
        CheckResult("two-steps", "?", 1.0, float(first == "power"), "passed" if first == "power" else "failed",
                    misconception=belief if first == "sum" else None, answered=[first]),
        CheckResult("several", "?", 2.0, 1.0, "failed", answered=["half"]) if answered
        else CheckResult("several", "?", 2.0, 0.0, "skipped"),
        CheckResult("many-steps", "?", 1.0, float(number), "passed" if number else "failed",
                    misconception=None if number else belief, answered=["1"]),
    ]  # fmt: skip
    score = sum(check.score for check in checks)
    return Report("products", "Products", score, 4.0, score == 4, 0.1, [], SubmissionFile("a", "0"), checks)


def class_of(students: int) -> list[Report]:
    picks = ["power", "power", "sum", "none", "power"]
    return [
        report(picks[each % 5], picks[each % 5] == "power" and each % 7 != 0, answered=each % 4 != 0)
        for each in range(students)
    ]


def test_a_class_is_analysed_question_by_question(quiz: Quiz) -> None:
    reports = class_of(40)
    found = analyse(reports, quiz)
    assert found is not None
    table = np.array([[check.score for check in each.checks] for each in reports])
    assert (found.n, found.complete, found.withheld) == (40, 40, False)
    assert found.mean == pytest.approx(table.sum(axis=1).mean())
    assert found.alpha == pytest.approx(alpha_of_pingouin(table.tolist()))
    for column, item in enumerate(found.items):
        rest = table.sum(axis=1) - table[:, column]
        assert item.facility == pytest.approx(table[:, column].mean() / item.points)
        assert item.discrimination == pytest.approx(correlation_of_scipy("pearsonr", table[:, column], rest))
    assert [item.answered for item in found.items] == [40, 30, 40]
    assert [item.title for item in found.items] == ["powers"] * 3


def test_every_distractor_has_its_share_and_correlation(quiz: Quiz) -> None:
    reports = class_of(40)
    found = analyse(reports, quiz)
    assert found is not None
    power, summed, none = found.items[0].options
    assert [(each.id, each.count, each.key) for each in (power, summed, none)] == [
        ("power", 24, True), ("sum", 8, False), ("none", 8, False),
    ]  # fmt: skip
    assert (summed.misconception, summed.share) == ("product-for-power", 0.2)
    picked = [each.checks[0].answered == ["sum"] for each in reports]
    rests = [each.score - each.checks[0].score for each in reports]
    assert summed.correlation == pytest.approx(correlation_of_scipy("pointbiserialr", picked, rests))
    assert (power.works, summed.works) == (None, True)
    (typed,) = found.items[2].options  # a number, which nobody offered to choose
    assert (typed.id, typed.count, typed.works) == ("product-for-power", 20, None)


def test_a_distractor_that_nobody_takes_or_that_the_best_take_does_no_work(quiz: Quiz) -> None:
    reports = [report("power", False) for _ in range(20)] + [report("sum", True) for _ in range(20)]
    found = analyse(reports, quiz)
    assert found is not None
    _, summed, none = found.items[0].options
    assert (none.count, none.works) == (0, False)
    assert summed.correlation == pytest.approx(1.0)
    assert summed.works is False


@pytest.mark.parametrize("students", [1, ENOUGH - 1])
def test_too_few_students_have_counts_and_no_figures(quiz: Quiz, students: int) -> None:
    found = analyse(class_of(students), quiz)
    assert found is not None
    assert (found.n, found.withheld) == (students, True)
    assert (found.mean, found.deviation, found.alpha, found.sem) == (None,) * 4
    for item in found.items:
        assert (item.facility, item.discrimination, item.efficiency, item.d27) == (None,) * 4
        for option in item.options:
            assert (option.share, option.correlation, option.works) == (None,) * 3
    assert sum(option.count for option in found.items[0].options) == students


def test_nobody_is_no_analysis(quiz: Quiz) -> None:
    assert analyse([], quiz) is None


def test_a_class_in_which_all_do_alike_has_no_correlations(quiz: Quiz) -> None:
    found = analyse([report("power", True)] * 12, quiz)
    assert found is not None
    assert found.alpha is None
    assert [item.facility for item in found.items] == [1.0, 0.5, 1.0]
    assert {item.discrimination for item in found.items} == {None}


def test_checks_that_were_added_later_count_for_those_who_met_them() -> None:
    old = [
        msgspec.structs.replace(one, checks=one.checks[:2], score=sum(check.score for check in one.checks[:2]))
        for one in class_of(12)
    ]
    found = analyse([*old, *class_of(15)])
    assert found is not None
    assert (found.n, found.complete) == (27, 15)
    assert [item.n for item in found.items] == [27, 27, 15]


def test_memory_hardly_grows_with_the_class(quiz: Quiz) -> None:
    """What thousands did alike is kept once: a student costs some numbers, and not the words of a report."""
    few, many = _peak(500, quiz), _peak(2500, quiz)
    assert (many - few) / 2000 < 400


def _peak(students: int, quiz: Quiz) -> int:
    """Bytes at most while a class of long reports, read one by one, is analysed."""
    tracemalloc.start()
    try:
        found = analyse((_wordy(each) for each in range(students)), quiz)
        assert found is not None
        assert found.n == students
        return tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()


def _wordy(number: int) -> Report:
    one = report("sum" if number % 3 else "power", number % 2 == 0)
    words = [msgspec.structs.replace(check, message=f"{number} {'words ' * 500}") for check in one.checks]
    return msgspec.structs.replace(one, checks=words)
