"""The figures of classical item analysis, over plain lists of marks. No numpy: `statistics` is enough for a class.

`marks` are one item's, one a student; `rests` are the same students' totals without that item. Where a figure is not
defined (everyone has the same mark, say) it is None. It must not know what an item is, nor how many students are
enough.
"""

from __future__ import annotations

from collections.abc import Sequence
from math import sqrt
from statistics import StatisticsError, correlation, covariance, fmean, variance

#: The share of students in the upper and in the lower group (Kelley, 1939).
EXTREME = 0.27


def facility(marks: Sequence[float], maximum: float) -> float | None:
    """Mean mark over the maximum, 0 to 1: near 1 is easy. Moodle's facility index is this × 100."""
    return fmean(marks) / maximum if marks and maximum > 0 else None


def discrimination(marks: Sequence[float], rests: Sequence[float]) -> float | None:
    """`r_rest`: Pearson's correlation of the item with the rest of the test, −1 to 1.

    The item itself is left out of the total, which would correlate with it (Henrysson, 1963). Moodle's discrimination
    index is this × 100. For marks of 0 and 1 it is the point-biserial correlation.
    """
    try:
        return correlation(marks, rests)
    except StatisticsError:  # fewer than two students, or one of the two is constant
        return None


def discriminative_efficiency(marks: Sequence[float], rests: Sequence[float]) -> float | None:
    """cov(x, rest) / cov(sorted x, sorted rest): how much of the discrimination that these marks allow is there.

    Moodle's, which flags less than 15 %: https://docs.moodle.org/dev/Quiz_statistics_calculations
    """
    if len(marks) < 2:
        return None
    possible = covariance(sorted(marks), sorted(rests))
    return covariance(marks, rests) / possible if possible > 0 else None


def upper_minus_lower(marks: Sequence[float], totals: Sequence[float], maximum: float) -> float | None:
    """`D27`: facility among the best 27 % of students by total, minus that among the worst 27 % (Kelley, 1939).

    Students who tie at the edge of a group share the places that are left in it, so their order doesn't matter.
    """
    size = round(EXTREME * len(marks))
    if size < 1 or maximum <= 0:
        return None
    upper = _mean_of_highest(marks, totals, size)
    return (upper - _mean_of_highest(marks, [-total for total in totals], size)) / maximum


def _mean_of_highest(marks: Sequence[float], totals: Sequence[float], size: int) -> float:
    edge = sorted(totals, reverse=True)[size - 1]
    above = [mark for mark, total in zip(marks, totals, strict=True) if total > edge]
    at_edge = [mark for mark, total in zip(marks, totals, strict=True) if total == edge]
    return (sum(above) + (size - len(above)) * fmean(at_edge)) / size


def alpha(table: Sequence[Sequence[float]]) -> float | None:
    """Cronbach's alpha, k/(k−1) · (1 − Σ s²_i / s²_T), of a table with a row a student and a column an item.

    Cronbach (1951). Variances are the sample's (n − 1). Moodle calls it the coefficient of internal consistency: above
    0.75 satisfactory, below 0.64 not. It can be negative.
    """
    if len(table) < 2 or len(table[0]) < 2:
        return None
    items = len(table[0])
    whole: float = variance([sum(row) for row in table])
    if whole <= 0:
        return None
    parts = sum(float(variance(column)) for column in zip(*table, strict=True))
    return items / (items - 1) * (1 - parts / whole)


def standard_error(totals: Sequence[float], reliability: float | None) -> float | None:
    """SEM, s_T √(1 − α), in points: how far a student's total is from what endless such tests would give."""
    return None if reliability is None or len(totals) < 2 else sqrt(variance(totals) * (1 - reliability))
