"""The entries of an argument come back where their places are asked for, or the places where the entries are."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import numpy as np

from autograder.grading.explaining.behaviours.answer_numbers import as_numbers
from autograder.grading.explaining.behaviours.claim import Case, Claim
from autograder.grading.explaining.behaviours.probe import Probe
from autograder.language import tr


def claims(probe: Probe) -> Iterator[Claim]:
    if not probe.repeated:
        return
    said = tr("That is so in every question that was asked.")
    for name, value in probe.inputs(probe.wrong[0].call).items():
        if isinstance(value, list | tuple | str | np.ndarray):
            title = tr("it gives the entries of `{name}`, and not their places", name=name)
            yield Claim(title, said, _is_so(probe, name, lambda answer, right: (answer, right)))
            title = tr("it gives places in `{name}`, and not the entries there", name=name)
            yield Claim(title, said, _is_so(probe, name, lambda answer, right: (right, answer)))


def _is_so(probe: Probe, name: str, ordered: Callable[[Any, Any], tuple[Any, Any]]) -> Callable[[Case], bool | None]:
    """Whether the one that is `ordered` first, of the answer and the right one, holds the entries at the other."""

    def holds(case: Case) -> bool | None:
        if not case.both_answered:
            return False if case.wrong else None
        entries, places = ordered(case.answer.value, case.right.value)
        found = _at(probe.inputs(case.call).get(name), places)
        if found is None:
            return False if case.wrong else None
        if not _same(entries, found):
            return False
        return True if case.wrong and np.size(places) else None

    return holds


def _at(values: Any, places: Any) -> list[Any] | None:
    """Return the entries at some places, from 0; None where they are no places there."""
    numbers = as_numbers(places)
    if numbers is None or numbers.ndim > 1 or not isinstance(values, list | tuple | str | np.ndarray):
        return None
    if not ((numbers >= 0) & (numbers < len(values)) & (numbers % 1 == 0)).all():
        return None
    return [values[int(place)] for place in numbers.ravel()]


def _same(entries: Any, found: list[Any]) -> bool:
    given = [*entries] if isinstance(entries, list | tuple | np.ndarray) else [entries]
    return len(given) == len(found) and all(np.array_equal(*pair) for pair in zip(given, found, strict=True))
