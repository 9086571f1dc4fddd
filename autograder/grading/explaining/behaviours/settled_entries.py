"""Where many answers are right: entries that every right answer shares, whatever is drawn, are wrong.

What can be drawn otherwise is what another whole number among the arguments changes, as a seed does.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import Any

import numpy as np
import numpy.typing as npt

from autograder.grading.explaining.behaviours.answer_numbers import numbers_of
from autograder.grading.explaining.behaviours.answer_parts import named_parts, with_part
from autograder.grading.explaining.behaviours.claim import Case, Claim, of_calls
from autograder.grading.explaining.behaviours.probe import Probe, Replay
from autograder.language import tr
from autograder.sandbox.program import Called
from autograder.sandbox.values import Tensor

#: Right answers that must share an entry: of two labels that are drawn this many are never alike by chance.
_DRAWS = 24

Mask = npt.NDArray[np.bool_]


def claims(probe: Probe) -> Iterator[Claim]:
    settled = _Settled(probe)
    found: dict[str, list[Case]] = {}
    for replay, case in probe.replayed_cases():
        for name in named_parts(case.right.value):
            wrong = settled.wrong(case, name)
            if wrong is not None and wrong.any() and _is_the_cause(replay, case, name, wrong):
                found.setdefault(name, []).append(case)
    for name, cases in found.items():
        wrong = settled.wrong(cases[0], name)
        assert wrong is not None
        where = tuple(int(each) for each in np.argwhere(wrong)[0])
        mine, right = (numbers_of(named_parts(each.value)[name])[where] for each in (cases[0].answer, cases[0].right))
        title = tr("{part} is wrong where nothing is left to chance", part=name or tr("the answer"))
        text = tr(
            "At {place}, for one, it holds {mine}, and a right answer {right}, whatever is drawn.",
            place=f"[{', '.join(map(str, where))}]",
            mine=f"{mine:g}",
            right=f"{right:g}",
        )
        yield Claim(title, text, partial(_is_so, settled, name), covers=of_calls(cases))


def _is_the_cause(replay: Replay, case: Case, name: str, wrong: Mask) -> bool:
    """Whether a check refuses a right answer with these entries, and takes the submission's without them."""
    mine, right = (named_parts(each.value)[name] for each in (case.answer, case.right))
    spoilt, mended = _put(right, mine, wrong), _put(mine, right, wrong)
    return not replay.takes(with_part(case.right.value, name, spoilt)) and replay.takes(
        with_part(case.answer.value, name, mended)
    )


def _put(value: Any, other: Any, places: Mask) -> Any:
    """An array or a tensor with another's entries in some places."""
    values = numbers_of(value).copy()
    values[places] = numbers_of(other)[places]
    return Tensor(values, value.dtype) if isinstance(value, Tensor) else values


def _is_so(settled: _Settled, name: str, case: Case) -> bool | None:
    if not case.both_answered:
        return None
    wrong = settled.wrong(case, name)
    return None if wrong is None else bool(wrong.any())


class _Settled:
    """The entries that right answers share, for each question that was asked, but for what was drawn."""

    def __init__(self, probe: Probe) -> None:
        self._probe = probe
        self._known: dict[object, dict[str, Mask]] = {}

    def wrong(self, case: Case, name: str) -> Mask | None:
        """The entries of a part that are wrong though nothing is left to chance there; None where that isn't known."""
        mine, right = (named_parts(each.value).get(name) for each in (case.answer, case.right))
        if not (isinstance(mine, np.ndarray | Tensor) and isinstance(right, np.ndarray | Tensor)):
            return None
        values, wanted = numbers_of(mine), numbers_of(right)
        mask = self._masks(case).get(name) if values.shape == wanted.shape else None
        if mask is None:
            return None
        wrong: Mask = mask & ~np.isclose(values, wanted, rtol=1e-4, atol=1e-6)
        return wrong

    def _masks(self, case: Case) -> dict[str, Mask]:
        key = case.call.question or id(case.call)
        if key not in self._known:
            drawn = (self._shared(case, place) for place in range(len(case.call.arguments)))
            self._known[key] = next(filter(None, drawn), {})
        return self._known[key]

    def _shared(self, case: Case, place: int) -> dict[str, Mask]:
        """Which entries all right answers share while one argument changes; none where that is no seed."""
        given = case.call.arguments[place]
        if not isinstance(given, int) or isinstance(given, bool):
            return {}
        masks: dict[str, Mask] = {}
        for step in range(1, _DRAWS + 1):
            arguments = [*case.call.arguments]
            arguments[place] = given + step
            other = self._probe.right(Called(case.call.name, tuple(arguments), case.call.keywords))
            masks = _alike(masks, case.right.value, other.value) if other.failure is None else {}
            if not masks:
                return {}
        return {} if all(mask.all() for mask in masks.values()) else masks


def _alike(masks: dict[str, Mask], value: Any, other: Any) -> dict[str, Mask]:
    """What is alike in two answers of one form, among what is alike so far."""
    found: dict[str, Mask] = {}
    parts, others = named_parts(value), named_parts(other)
    for name, part in parts.items():
        its = others.get(name)
        if not (isinstance(part, np.ndarray | Tensor) and isinstance(its, np.ndarray | Tensor)):
            return {}
        if part.shape != its.shape:
            return {}
        found[name] = (numbers_of(part) == numbers_of(its)) & masks.get(name, np.True_)
    return found
