"""For which arguments a function goes wrong, where these are told apart from the others by something simple.

A scope is true of every wrong case and of no right one, among all that were asked.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import partial
from itertools import chain, cycle, islice
from operator import eq
from typing import Any

import numpy as np

from autograder.grading.explaining.behaviours.answer_numbers import as_numbers, like
from autograder.grading.explaining.behaviours.claim import Case, Claim
from autograder.grading.explaining.behaviours.probe import Probe
from autograder.language import tr, tr_n
from autograder.sandbox.program import Called

_MOST_TRIED = 3
#: Cases of either kind from which on a scope is believed.
_LEAST = 2
#: Different questions of either kind from which on a scope by size is: that so many numbers lie apart is no chance.
_LEAST_OF_SIZES = 5
#: From here on a whole number is written with an exponent.
_LARGEST_WRITTEN = 1e15


@dataclass(frozen=True)
class Scope:
    """Some arguments; `text` goes on a sentence, and is empty where they are all.

    `other` makes a call outside of the scope of one inside, if that is easy, and `edge` one that is just inside.
    `name`: the argument that it looks at. `of_words`: whether it is about one word, of which nobody knows another that
    is near.
    """

    text: str
    holds: Callable[[Case], bool]
    other: Callable[[Called], Called] | None = None
    name: str = ""
    of_words: bool = False
    edge: Callable[[Called], Called] | None = None

    def stands(self, probe: Probe, claim: Claim) -> bool:
        """Whether it is the cause, for all that can be told: calls that are changed so as to leave it are answered
        rightly, and others that take the argument of a wrong one wrongly; and the claim holds of the shortest, and at
        the edge, and one of a line where another argument is empty.
        """
        if self.of_words and not probe.within([case for case in probe.cases if self.holds(case)]).repeated:
            return False  # it would only say which question went wrong
        if any(_is_refuted(claim, case) for case in chain(self._shortest(probe), self._at_edge(probe))):
            return False
        if claim.line is not None and any(claim.holds(case) is False for case in self._emptied(probe)):
            return False
        return all(_is_right(probe, *each) is not False for each in self._left(probe)) and all(
            _is_right(probe, *each) is not True for each in self._entered(probe)
        )

    def is_shown(self, probe: Probe) -> bool:
        """Whether one of those calls has an answer: else nothing but chance may tell these arguments from others."""
        tried = chain(self._left(probe), self._entered(probe))
        return not self.text or any(_is_right(probe, *each) is not None for each in tried)

    def _left(self, probe: Probe) -> Iterator[tuple[Case, Called]]:
        """Wrong cases, each with its call changed so as to leave the scope."""
        if self.other is not None:
            yield from ((case, self.other(case.call)) for case in probe.wrong[:_MOST_TRIED])

    def _entered(self, probe: Probe) -> Iterator[tuple[Case, Called]]:
        """Right cases, each with its call changed so as to be in it: with what a wrong one gives for the argument."""
        right = (case for case in probe.cases if not case.wrong and not self.holds(case))
        outside = [case for case in right if self.name in probe.inputs(case.call)]
        for case, wrong in zip(outside[:_MOST_TRIED], cycle(probe.wrong)):
            yield case, probe.with_inputs(case.call, {self.name: probe.inputs(wrong.call)[self.name]})

    def _shortest(self, probe: Probe) -> Iterator[Case]:
        """Wrong calls with as few entries of the argument as the scope allows."""
        for case in probe.wrong[:_MOST_TRIED]:
            shorter = (shortened(probe, case, self.name, count) for count in (1, 2))
            yield from islice((each for each in shorter if each is not None and self.holds(each)), 1)

    def _emptied(self, probe: Probe) -> Iterator[Case]:
        """A wrong call with nothing in another argument: a line that raises may not be come to."""
        for case in probe.wrong[:1] if self.text else ():
            others = (shortened(probe, case, name, 0) for name in probe.inputs(case.call) if name != self.name)
            yield from (each for each in others if each is not None and self.holds(each))

    def _at_edge(self, probe: Probe) -> Iterator[Case]:
        """Wrong calls with the number of the scope that is nearest to those outside: of that nobody has asked."""
        if self.edge is not None:
            nearest = (probe.instead(case, self.edge(case.call)) for case in probe.wrong[:_MOST_TRIED])
            yield from (case for case in nearest if case is not None)


def _is_refuted(claim: Claim, case: Case) -> bool:
    return not case.wrong or claim.holds(case) is False


def shortened(probe: Probe, case: Case, name: str, count: int) -> Case | None:
    """A case asked with the first entries of an argument alone; None where it has no more, or there is no answer."""
    value = probe.inputs(case.call).get(name)
    if length(value) <= count:
        return None
    return probe.instead(case, probe.with_inputs(case.call, {name: _first(value, count)}))


def _is_right(probe: Probe, case: Case, call: Called) -> bool | None:
    """Whether a changed call of a case is answered rightly; None where the reference doesn't answer it."""
    right = probe.rightly(call)
    return None if right.failure is not None else replace(case, right=right).answered_rightly(probe.again(call))


def scopes(probe: Probe) -> Iterator[Scope]:
    """All cases, then those that a simple feature of their arguments tells apart."""
    yield Scope("", lambda case: True)
    wrong, right = probe.wrong, _right(probe)
    if len(right) < _LEAST or not wrong:
        return
    for name, value in probe.inputs(wrong[0].call).items():
        for words, test, leave, *edge in _tests(value):
            feature = _about(probe, name, test)
            if all(map(feature, wrong)) and not any(map(feature, right)):
                yield Scope(
                    tr("where {name} {feature}", name=name, feature=words),
                    feature,
                    _with(probe, name, leave) if leave else None,
                    name,
                    of_words=isinstance(value, str),
                    edge=_with(probe, name, *edge) if edge else None,
                )


def _right(probe: Probe) -> list[Case]:
    """The cases that are right, but for what is rightly refused: that says nothing of which arguments get an answer."""
    refusing = any(case.refusal is not None for case in probe.wrong)
    return [case for case in probe.cases if not case.wrong and (refusing or case.refusal is None)]


def by_size(probe: Probe) -> Iterator[Scope]:
    """Where the right answer is a number beyond all that were answered rightly: a loop that ends too soon, a bound.

    Where it begins to go wrong nobody knows, so both are told: where it surely does, and where it doesn't yet.
    """
    wrong, right = probe.wrong, _right(probe)
    if min(len(right), len(wrong)) >= _LEAST_OF_SIZES:
        yield from _by_size(wrong, right)


def may_be_of_size(probe: Probe) -> bool:
    """Whether wrong and right numbers lie apart among the few that were asked: then it is worth it to ask further."""
    return len(_right(probe)) >= _LEAST and any(_by_size(probe.wrong, _right(probe)))


def _by_size(wrong: Sequence[Case], right: Sequence[Case]) -> Iterator[Scope]:
    if not wrong or not right:
        return
    far, near = ([_number(case) for case in cases] for cases in (wrong, right))
    if any(each is None for each in (*far, *near)):
        return
    beyond, within = [each for each in far if each is not None], [each for each in near if each is not None]
    if min(beyond) > max(within):
        least = _bound(min(beyond), max(within), math.floor)
        there = tr("where the right answer is {number} or above", number=_written(least))
        not_there = tr("not where it is {number} or below", number=_written(_bound(max(within), least, math.ceil)))
        text = f"{there}, {not_there}"
        yield Scope(text, lambda case: _beyond(case, lambda x: x >= least))
    elif max(beyond) < min(within):
        most = _bound(max(beyond), min(within), math.ceil)
        there = tr("where the right answer is {number} or below", number=_written(most))
        not_there = tr("not where it is {number} or above", number=_written(_bound(min(within), most, math.floor)))
        text = f"{there}, {not_there}"
        yield Scope(text, lambda case: _beyond(case, lambda x: x <= most))


def _bound(wrong: float, right: float, rounded: Callable[[Decimal], int]) -> float:
    """The nearest wrong number in few digits, which tell little of a hidden answer, as long as it is a bound still."""
    if wrong.is_integer() or not math.isfinite(wrong):
        return wrong
    for digits in range(1, 17):
        unit = Decimal(1).scaleb(math.floor(math.log10(abs(wrong))) - digits)
        bound = float(rounded(Decimal(wrong) / unit) * unit)
        if (bound - right) * (wrong - right) > 0:
            return bound
    return wrong


def _written(number: float) -> str:
    """A bound in so many digits that it is one."""
    return f"{number:.0f}" if number.is_integer() and abs(number) < _LARGEST_WRITTEN else repr(number)


def _number(case: Case) -> float | None:
    value = case.right.value if case.right.failure is None else None
    return float(value) if isinstance(value, int | float) and not isinstance(value, bool) else None


def _beyond(case: Case, test: Callable[[float], bool]) -> bool:
    number = _number(case)
    return number is not None and test(number)


def by_side_effects(probe: Probe) -> Iterator[Scope]:
    """The cases of which more is wrong than a changed argument or a warning, and the others, if there are of both."""
    only = {id(case): case.right_but_for_side_effects for case in probe.wrong}
    if len({*only.values()}) > 1:
        yield Scope(tr("where the answer itself is wrong"), lambda case: not case.right_but_for_side_effects)
        yield Scope(tr("where the answer itself is right"), lambda case: case.right_but_for_side_effects)


def values(probe: Probe) -> Iterator[Scope]:
    """Each word that some argument is in a wrong case: where it is another one, other things may be wrong."""
    for name in probe.inputs(probe.wrong[0].call):
        found = [probe.inputs(case.call).get(name) for case in probe.wrong]
        for value in dict.fromkeys(each for each in found if isinstance(each, str)):
            text = tr("where {name} {feature}", name=name, feature=tr("is {value!r}", value=value))
            yield Scope(text, _about(probe, name, partial(eq, value)), of_words=True)


def given(probe: Probe) -> Iterator[Scope]:
    """The calls that give an argument which some leave to its default: to those another mistake may show alone."""
    for name in probe.inputs(probe.wrong[0].call):
        given_there = _about(probe, name, lambda value: True)
        if not all(map(given_there, probe.cases)):
            yield Scope(tr("where {name} is given", name=name), given_there)


_Change = Callable[[Any], Any]
#: What is so of an argument, in words; the test of it; what makes it another one of which it isn't so, if easy; and one
#: of which it is just so, if it is about numbers from one on.
_Test = tuple[str, Callable[[Any], bool], _Change | None] | tuple[str, Callable[[Any], bool], _Change, _Change]


def _tests(value: Any) -> Iterator[_Test]:
    if isinstance(value, str | int):
        near = None if isinstance(value, str | bool) else lambda other: other + 1
        yield tr("is {value!r}", value=value), partial(eq, value), near
    if value is None:
        yield tr("is None"), lambda other: other is None, None
    if isinstance(value, str | bool):
        return
    if isinstance(value, int | float):
        yield tr("is 0"), lambda other: other == 0, _number_like(1)
        yield tr("is negative"), lambda other: other < 0, abs, _number_like(-1)
        yield tr("is 0 or below"), lambda other: other <= 0, _number_like(1), _number_like(0)
        yield tr("is above 1"), lambda other: other > 1, _number_like(1), _number_like(2)
        yield tr("is 1 or above"), lambda other: other >= 1, _number_like(0.5), _number_like(1)
        return
    yield from _of_length(value)
    if as_numbers(value) is not None:
        yield from _of_entries(value)


def _number_like(number: float) -> _Change:
    return lambda other: type(other)(number)


def _of_length(value: Any) -> Iterator[_Test]:
    entries = length(value)
    if isinstance(value, dict | set | frozenset):
        yield (tr("isn't empty"), bool, None) if value else (tr("is empty"), lambda other: other == value, None)
        return
    words = {0: tr("is empty"), 1: tr("has one entry along its first axis")}
    if entries in words:
        yield words[entries], lambda other: length(other) == entries, None
    if entries > 1:
        yield tr("has two entries or more"), lambda other: length(other) > 1, lambda other: _first(other, 1)
    if entries > 0:
        yield tr("isn't empty"), lambda other: length(other) > 0, lambda other: _first(other, 0)


def _of_entries(value: Any) -> Iterator[_Test]:
    axes = _ndim(value)
    yield tr_n("has {n} axis", "has {n} axes", axes), lambda other: _ndim(other) == axes, None
    if axes == 2:
        yield tr("isn't square"), lambda other: _ndim(other) == 2 and not _square(other), None
        yield tr("is square"), _square, None
    yield tr("has negative entries"), lambda other: bool((_numbers(other) < 0).any()), _each(np.abs)
    yield tr("is zero throughout"), lambda other: not _numbers(other).any(), _each(lambda values: values + 0.5)
    yield tr("isn't zero throughout"), lambda other: bool(_numbers(other).any()), _each(lambda values: 0 * values)
    yield tr("isn't finite"), lambda other: not np.isfinite(_numbers(other)).all(), _each(np.nan_to_num)


def _each(change: _Change) -> _Change:
    return lambda value: like(value, change(_numbers(value)))


def _first(value: Any, count: int) -> Any:
    return value[:count] if isinstance(value, list | tuple) else like(value, _numbers(value)[:count])


def _with(probe: Probe, name: str, change: _Change) -> Callable[[Called], Called]:
    return lambda call: probe.with_inputs(call, {name: change(probe.inputs(call)[name])})


def _about(probe: Probe, name: str, test: Callable[[Any], bool]) -> Callable[[Case], bool]:
    def feature(case: Case) -> bool:
        inputs = probe.inputs(case.call)
        try:
            return name in inputs and bool(test(inputs[name]))
        except (TypeError, ValueError):
            return False

    return feature


def _numbers(value: Any) -> Any:
    numbers = as_numbers(value)
    return np.zeros(0) if numbers is None else numbers


def length(value: Any) -> int:
    """How many entries an argument has along its first axis; -1 of one that has no axis."""
    return len(value) if isinstance(value, list | tuple) else len(_numbers(value)) if _ndim(value) > 0 else -1


def _ndim(value: Any) -> int:
    numbers = as_numbers(value)
    return -1 if numbers is None else numbers.ndim


def _square(value: Any) -> bool:
    numbers = as_numbers(value)
    return numbers is not None and numbers.ndim == 2 and numbers.shape[0] == numbers.shape[1]
