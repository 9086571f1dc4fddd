"""Points as words and figures: "1.5 of 2 points". It must not know what they are given for."""

from __future__ import annotations

from collections.abc import Callable

from autograder.language import decimal, tr_n


def format_number(value: float) -> str:
    """Write points with two digits at most: 7, 1.5, 0.33."""
    return decimal(f"{value:.2f}".rstrip("0").rstrip("."))


def points(score: float, of: float, *, strong: Callable[[str], str] = str) -> str:
    """Write a score in words: "1.5 of 2 points"; `strong` marks what was scored."""
    numbers = {"score": strong(format_number(score)), "of": format_number(of)}
    return tr_n("{score} of {of} point", "{score} of {of} points", of, **numbers)


def worth(points: float) -> str:
    """Write what something is worth: "1 point", "2.5 points"."""
    return tr_n("{points} point", "{points} points", points, points=format_number(points))
