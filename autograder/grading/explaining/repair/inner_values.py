"""The values that right programs have on the way to their answers, and which changes bring about one of them.

Of two mistakes on one path neither change makes an answer better; but each makes right what is computed where it is.
What an expression is worth is asked by a version that notes it; the right programs are asked in workers of their own,
and nothing of theirs goes to where the student's code runs. It must not know how a change is told.
"""

from __future__ import annotations

import ast
import re
from collections import Counter
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import chain, islice
from typing import TypeAlias

import numpy as np

from autograder.grading.asking import leaves
from autograder.grading.explaining.behaviours.answer_numbers import as_numbers
from autograder.grading.explaining.repair.change import Change, Splice, Text, changed
from autograder.grading.explaining.used_functions import functions_of, reached
from autograder.grading.tolerance import Array
from autograder.sandbox.bench import Bench, Came
from autograder.sandbox.program import Called

#: Calls in which a value has to be a right one: of one alone, two different things may be alike.
_CALLS = 2
#: Expressions that are asked for in one program, and changes that are tried in those that aren't right.
_MOST_SPOTS, _MOST_TRIED = 120, 400
#: Right programs that have a value which is taken for right wherever it is.
_SURE = 2
#: Changes that are kept of those with which the same expression is right.
_MOST_ALIKE = 2
#: How far apart, relatively, values can be that are alike: those of float32 are.
_NEAR = 1e-3
#: Versions in one trip to the worker, and seconds of CPU that one of a right program gets.
_BATCH, _SECONDS = 192, 0.1
_COMPUTED = ast.BinOp | ast.Call | ast.UnaryOp
_READ = ast.Subscript | ast.Attribute | ast.Name
#: Expressions that one version notes, and those that do something by themselves: each is noted by one of its own.
_TOGETHER = 16
_DOES_SOMETHING = re.compile(
    r":=|\b(next|input|print|yield|await)\b|\brand|rng|\w_\("
    r"|\.(pop|append|insert|extend|remove|sort|reverse|clear|update|add|discard|setdefault|popleft|backward|step)\("
)
#: What ends a version: it answers with what it noted on its way. What is noted is no part of the way itself.
_NOTING = """

_noted_values, _noting_ended, _noting_now = [], set(), []


def _note_value(place, make):
    if _noting_now or place in _noting_ended or len(_noted_values[place]) >= 40:
        return
    _noting_now.append(place)
    try:
        value = make()
        _noted_values[place].append(
            value.detach().clone() if hasattr(value, "detach") else __import__("copy").copy(value)
        )
    except Exception:
        _noting_ended.add(place)
    finally:
        _noting_now.clear()


def _answering_with_notes(function):
    def call(*arguments, **keywords):
        _noted_values[:] = [[] for _ in range(COUNT)]
        _noting_ended.clear()
        try:
            function(*arguments, **keywords)
        except Exception:
            pass
        return _noted_values

    return call


if isinstance(NAME, type):
    for _method in ("forward", "__call__"):
        if _method in vars(NAME):
            setattr(NAME, _method, _answering_with_notes(getattr(NAME, _method)))
            break
else:
    NAME = _answering_with_notes(NAME)
"""

#: Bytes of a source, and what they become.
_Replaced: TypeAlias = tuple[int, int, str]
#: A worker for versions of a right program, with its source.
RightProgram: TypeAlias = tuple[Callable[[], Bench], str]
#: The numbers of an expression when it is first evaluated in each call, and whenever it is.
_Values: TypeAlias = tuple[list[Array], list[Array]]


@dataclass(frozen=True)
class _Spot:
    """An expression: bytes `start` to `end` of a source. `noting` puts another statement before its own."""

    start: int
    end: int
    text: str
    is_computed: bool
    noting: Callable[[str], Splice]

    def holds(self, change: Change) -> bool:
        return all(self.start <= splice.start and splice.end <= self.end for splice in change.splices)

    def is_around(self, other: _Spot) -> bool:
        return self.start <= other.start and other.end <= self.end and self.text != other.text

    def has_within(self, change: Change) -> bool:
        return self.holds(change) and all(
            (splice.start, splice.end) != (self.start, self.end) for splice in change.splices
        )

    def changed(self, change: Change) -> str:
        moved = [Splice(each.start - self.start, each.end - self.start, each.text) for each in change.splices]
        return changed(self.text.encode(), moved)


@dataclass(frozen=True)
class Towards:
    """What leads towards a right program: `changes` that make right what an expression is worth, the likelier first,
    and the expressions that are right as they are.
    """

    changes: Sequence[Change] = ()
    settled: Sequence[_Spot] = ()

    def leaves_open(self, change: Change) -> bool:
        """Whether a change is of something that isn't known to be right."""
        return not any(spot.has_within(change) for spot in self.settled)


def towards(rights: Rights, bench: Bench, text: Text, changes: Sequence[Change], *, in_doubt: bool = False) -> Towards:
    """Return which changes bring an expression to the value that one of a right program has in the same calls.

    `in_doubt`: also expressions that have such a value already, if one right program alone has it: `1 - h`, which is a
    factor of `(1 - h) * (1 + h)`, is no slope.
    """
    if not rights.any:
        return Towards()
    noted = _Noted(bench, text, rights.calls)
    asked = [(spot, came, rights.like(came)) for spot, came in noted.as_they_are()]
    met = frozenset[int]().union(*(rights.like(came, first=True) for _, came, _ in asked))
    # What is only read may be right in another place, and wrong where it is.
    computed = [(spot, came, like) for spot, came, like in asked if spot.is_computed]
    settled = Towards((), [spot for spot, _, like in computed if like])
    wrong = [spot for spot, came, like in computed if not like and _may_be_wrong(came)]
    found, alike = list[Change](), Counter[_Spot]()

    def look(spots: Sequence[_Spot], changes: Sequence[Change], holds: Callable[[frozenset[int]], bool]) -> None:
        holding = ((spot, change) for change in changes for spot in spots if spot.holds(change))
        tries = [*islice(holding, _MOST_TRIED)] if met and not found else []
        answers = noted.values([(spot, spot.changed(change)) for spot, change in tries])
        for (spot, change), (_, came) in zip(tries, answers, strict=False):
            # What has the value of another expression, which is right already, only leaves out the rest.
            if alike[spot] < _MOST_ALIKE and change not in found and holds(rights.like(came, first=True) - met):
                alike[spot] += 1
                found.append(change)

    still_open = [*filter(settled.leaves_open, changes)]
    for spots in _smallest(wrong), _largest(wrong):
        look(spots, still_open, bool)
    if in_doubt:
        look([spot for spot, _, like in computed if like and not rights.agree_on(like)], changes, rights.agree_on)
    return replace(settled, changes=found)


def _smallest(spots: Sequence[_Spot]) -> list[_Spot]:
    return [spot for spot in spots if not any(spot.is_around(other) for other in spots)]


def _largest(spots: Sequence[_Spot]) -> list[_Spot]:
    return [spot for spot in spots if not any(other.is_around(spot) for other in spots)]


def _telling(calls: Sequence[Called]) -> list[Called]:
    """Return the calls with most numbers among their arguments, plain ones: in a single number much is alike, and what
    is made of sizes may be so where these are the same.
    """
    names = {call.name for call in calls}
    plain = [call for call in calls if not call.gradient and len(names) == 1]
    largest = sorted(plain, key=lambda call: -sum(_sizes(call)))
    others = sorted(largest[1:], key=lambda call: _sizes(call) == _sizes(largest[0]))
    return [*largest[:1], *others[: _CALLS - 1]]


def _sizes(call: Called) -> list[int]:
    return [*map(_size, call.arguments)]


def _size(value: object) -> int:
    numbers = [as_numbers(leaf) for leaf in leaves(value)]
    return sum(each.size for each in numbers if each is not None)


class _Noted:
    """What the expressions of a program are worth in some calls of it."""

    def __init__(self, bench: Bench, text: Text, calls: Sequence[Called]) -> None:
        self._bench, self._text, self._calls = bench, text, calls
        functions = functions_of(reached(text.tree, [calls[0].name]).values())
        self.spots = [*islice(chain.from_iterable(_spots(text, each) for each in functions), _MOST_SPOTS)]
        self._end = _NOTING.replace("NAME", calls[0].name)

    def as_they_are(self) -> Iterator[tuple[_Spot, Sequence[Came]]]:
        return self.values([(spot, spot.text) for spot in self.spots])

    def values(self, asked: Sequence[tuple[_Spot, str]]) -> Iterator[tuple[_Spot, Sequence[Came]]]:
        """Yield what comes of expressions, each put in a spot's place."""
        source, together = self._text.source.decode(), [*_together(asked)]
        for start in range(0, len(together), _BATCH):
            part = together[start : start + _BATCH]
            if self._bench.lost:
                return
            came = self._bench.answers(source, [self._version(each) for each in part], self._calls)
            for some, answers in zip(part, came, strict=False):
                yield from ((spot, _of_place(answers, place)) for place, (spot, _) in enumerate(some))
            if len(came) < len(part):
                return

    def _version(self, some: Sequence[tuple[_Spot, str]]) -> list[_Replaced]:
        texts: dict[int, str] = {}
        for place, (spot, expression) in enumerate(some):
            noting = spot.noting(f"_note_value({place}, lambda: ({expression}))")
            texts[noting.start] = texts.get(noting.start, "") + noting.text
        end = len(self._text.source)
        noting_all = [(start, start, text) for start, text in sorted(texts.items())]
        return [*noting_all, (end, end, self._end.replace("COUNT", str(len(some))))]


def _together(asked: Sequence[tuple[_Spot, str]]) -> Iterator[list[tuple[_Spot, str]]]:
    """Yield what is noted by one version each, in the same order."""
    some: list[tuple[_Spot, str]] = []
    for each in asked:
        alone = _DOES_SOMETHING.search(each[1]) is not None
        if some and (alone or len(some) >= _TOGETHER):
            yield some
            some = []
        if alone:
            yield [each]
        else:
            some.append(each)
    if some:
        yield some


def _of_place(answers: Sequence[Came], place: int) -> list[Came]:
    """What was noted in one place, in each call."""
    return [
        replace(each, value=each.value[place]) if isinstance(each.value, list) and len(each.value) > place else each
        for each in answers
    ]


class Rights:
    """What the expressions of right programs are worth in the calls that tell most."""

    def __init__(self, programs: Sequence[RightProgram], calls: Sequence[Called]) -> None:
        self.calls = _telling(calls)
        self._values: list[_Values] = []
        #: Whose each of them is.
        self._programs: list[int] = []
        self._known: dict[tuple[object, ...], frozenset[int]] = {}
        self._kept: list[Sequence[Came]] = []
        for number, (open_bench, source) in enumerate(programs if len(self.calls) == _CALLS else ()):
            with open_bench() as bench:
                bench.seconds = _SECONDS
                noted = _Noted(bench, Text(source), self.calls)
                came = [each for _, each in noted.as_they_are()]
            values = (_values(each, turned=turned) for turned in (False, True) for each in came)
            self._values += [each for each in values if each is not None]
            self._programs += [number] * (len(self._values) - len(self._programs))
        self._sums = np.array([[np.abs(part[0]).sum() for part in each] for each in self._values]).reshape(-1, 2)

    @property
    def any(self) -> bool:
        return bool(self._values)

    def agree_on(self, like: Collection[int]) -> bool:
        """Whether more than one right program has a value, if there are more."""
        return len({self._programs[place] for place in like}) >= min(_SURE, len({*self._programs}))

    def like(self, came: Sequence[Came], *, first: bool = False) -> frozenset[int]:
        """Which right expressions are worth just that in all calls; `first`: or when they are first evaluated."""
        key = first, *map(id, came)
        if key not in self._known:
            self._kept.append(came)  # so that no other gets its number
            orders = [_values(came), _values(came, turned=True)]
            whole = [self._like(each, 1) for each in orders if each is not None]
            begun = [self._like(each, 0) for each in orders[:1] if each is not None and first and not any(whole)]
            self._known[key] = frozenset[int]().union(*whole, *begun)
        return self._known[key]

    def _like(self, values: _Values, which: int) -> frozenset[int]:
        total = np.abs(values[which][0]).sum()
        near = np.flatnonzero(np.abs(self._sums[:, which] - total) <= _NEAR * total)
        return frozenset(
            int(place)
            for place in near
            if all(_alike(one, other) for one, other in zip(values[which], self._values[place][which], strict=True))
        )


def _alike(one: Array, other: Array) -> bool:
    return one.shape == other.shape and bool(np.allclose(one, other, rtol=_NEAR, atol=1e-6))


def _values(came: Sequence[Came], *, turned: bool = False) -> _Values | None:
    """The numbers in each call, whatever their shape; None where there are none that tell something.

    `turned`: as if a loop had made them in the other order.
    """
    first, whole = list[Array](), list[Array]()
    for each in came:
        notes = each.value if isinstance(each.value, list) else []
        numbers = [as_numbers(note) for note in (notes[::-1] if turned else notes)]
        parts = [part.ravel() for part in numbers if part is not None]
        if not parts or len(parts) < len(notes) or not all(np.isfinite(part).all() for part in parts):
            return None
        first.append(parts[0])
        whole.append(np.concatenate(parts))
    telling = all((each != np.round(each)).any() for each in (*first, *whole))
    return (first, whole) if len(whole) == _CALLS and telling else None


def _may_be_wrong(came: Sequence[Came]) -> bool:
    """Whether an expression that isn't right may be wrong: it raises something, or is a number of its own."""
    return len(came) == _CALLS and (any(each.value == [] for each in came) or _values(came) is not None)


def _spots(text: Text, function: ast.FunctionDef) -> Iterator[_Spot]:
    """Yield the expressions that a function computes."""
    for statement in _statements(function.body) if function.name != "__init__" else ():

        def noting(statement_before: str, statement: ast.stmt = statement) -> Splice:
            return text.before(statement, statement_before)

        for node in _own(statement):
            if isinstance(node, _COMPUTED | _READ) and not isinstance(getattr(node, "ctx", None), ast.Store | ast.Del):
                yield _Spot(text.start(node), text.end(node), text.segment(node), isinstance(node, _COMPUTED), noting)


def _statements(block: Sequence[ast.stmt]) -> Iterator[ast.stmt]:
    for statement in block:
        if not isinstance(statement, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            yield statement
            for part in ("body", "orelse", "finalbody"):
                yield from _statements(getattr(statement, part, []))


def _own(node: ast.AST) -> Iterator[ast.expr]:
    """Yield the expressions of a statement, but not of those within it; of a call its function is none."""
    for name, value in ast.iter_fields(node):
        for child in value if isinstance(value, list) else [value]:
            if isinstance(child, ast.expr) and name != "func":
                yield child
            if isinstance(child, ast.expr | ast.keyword):
                yield from _own(child)
