"""Asking several programs the same question, and telling whether they answered alike.

A question ("ask") is a function of one program. Its outcome is a value or a failure, with what the call did besides.
"""

from __future__ import annotations

import pickle
import sys
from collections.abc import Callable, Collection, Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field, replace
from types import CellType, FunctionType
from typing import Any, Literal

import numpy as np

from autograder.grading.compare import alike, difference
from autograder.grading.kinds import describe, with_article
from autograder.grading.tolerance import STANDARD, Tolerance
from autograder.language import tr
from autograder.sandbox.failures import ProgramError, ProgramFailure, ProgramMissing
from autograder.sandbox.handles import Behind, Exhausted, Function, Handle, is_iterator
from autograder.sandbox.program import Called, Program, ProgramProxy, Remarks
from autograder.sandbox.values import Fields, Items, Named, Opaque, Tensor

Ask = Callable[[ProgramProxy], Any]
__tracebackhide__ = True  # see `agree`


class Unusable(ProgramFailure):
    """A check could not do with an answer what it does with the right one; `raised` is what came of that."""

    def __init__(self, raised: Exception) -> None:
        said = tr("What came back can't be used as the right answer can")
        # Of other exceptions the text can be the check's own.
        self.cause, self.raised = raised, f"{type(raised).__name__}: {raised}"
        its = f": {self.raised}" if isinstance(raised, TypeError | AttributeError) else ""
        super().__init__(f"{said}{its}.")


@dataclass(frozen=True)
class Outcome:
    """What came of one question: `failure` if it is not None, else `value`."""

    value: Any = None
    failure: ProgramFailure | None = None
    remarks: Remarks = field(default_factory=Remarks)
    printed: bool = False

    @property
    def repeatable(self) -> bool:
        """Whether the same question surely gets the same again: a hang can be the machine's."""
        return self.failure is None or isinstance(self.failure, ProgramError | ProgramMissing | Unusable)

    @staticmethod
    def of(called: Called) -> Outcome:
        """What came of one call."""
        return Outcome(called.value, called.failure, Remarks(called.changed, called.warnings, [called], {called.name}))


@dataclass(frozen=True)
class Asked:
    """A question that was put to the submission, how strictly its answer is compared, and what came of it.

    `keep_arguments`: "only" where nothing but the arguments counts.
    `name`: the function, where the question is one call of it. `accept`: whether an answer is a right one, where no
    reference is asked. `call`: the call that it is, where it is a part of a question.
    """

    ask: Ask
    outcome: Outcome
    tolerance: Tolerance = STANDARD
    keep_arguments: bool | Literal["only"] = False
    quiet: bool = False
    name: str = ""
    accept: Callable[[Any], bool] | None = None
    call: Called | None = None

    @property
    def names(self) -> frozenset[str]:
        """The functions and classes of the program that it was about."""
        return frozenset(self.outcome.remarks.names)

    def parts(self, *, modules_keep_nothing: bool = False) -> list[Asked]:
        """The calls that it consists of, each as a question of its own; itself where it can't be taken apart.

        A module that is asked twice may keep something from one call to the next, unless that is known not to be so.
        """
        remarks = self.outcome.remarks
        if remarks.besides or not remarks.calls or any(map(keeps_hold, remarks.calls)):
            return [self]
        if not modules_keep_nothing and any(self.asked_again):
            return [self]
        if any(map(takes_iterators, remarks.calls)) or (not self.name and any(map(_takes_functions, remarks.calls))):
            return [self]  # the question makes them anew each time, with what they remember
        return [
            replace(self, ask=call.ask, outcome=Outcome.of(call), name=call.name, call=call) for call in remarks.calls
        ]

    @property
    def asked_again(self) -> Iterator[Called]:
        """The calls of modules that had been asked before."""
        met = set[int]()
        for call in self.outcome.remarks.calls:
            if call.module is not None and call.module in met:
                yield call
            met |= {call.module} if call.module is not None else set()


def held_fast(function: Any, cells: dict[int, CellType]) -> Any:
    """A check's function that goes on seeing the variables around it as they are now: a loop soon gives them others.

    `cells` are the variables that were held before, so that functions which share one still do.
    """
    if not isinstance(function, FunctionType) or not function.__closure__:
        return function
    around = tuple(_held_cell(cell, cells) for cell in function.__closure__)
    held = FunctionType(function.__code__, function.__globals__, function.__name__, function.__defaults__, around)
    held.__kwdefaults__ = function.__kwdefaults__
    return held


def _held_cell(cell: CellType, cells: dict[int, CellType]) -> CellType:
    if id(cell) not in cells:
        cells[id(cell)] = CellType()
        with suppress(ValueError):  # nothing was assigned to it yet
            cells[id(cell)].cell_contents = held_fast(cell.cell_contents, cells)
    return cells[id(cell)]


def is_same(one: Any, other: Any) -> bool:
    """Whether two questions are one: the same function of a check, with equal values around it."""
    try:
        return _is_same(one, other)
    except (RecursionError, ValueError):  # it is around itself, or a variable has no value yet
        return False


def _is_same(one: Any, other: Any) -> bool:
    if not isinstance(one, FunctionType) or not isinstance(other, FunctionType):
        return (written := _written(one)) is not None and written == _written(other)
    return one.__code__ is other.__code__ and all(map(_is_same, _around(one), _around(other)))


def _around(function: FunctionType) -> list[Any]:
    """What a function has beside its code: its defaults, and the variables around it."""
    cells = function.__closure__ or ()
    return [function.__defaults__, function.__kwdefaults__, *(cell.cell_contents for cell in cells)]


def _written(value: Any) -> bytes | None:
    try:
        return pickle.dumps(value)
    except Exception:  # a generator, or what an object's own way of being pickled raises
        return None


def keeps_hold(call: Called) -> bool:
    """Whether a call takes or gives an object that only one program has."""
    return any(isinstance(leaf, Behind) for leaf in leaves([*call.arguments, call.keywords, call.value]))


def _takes_functions(call: Called) -> bool:
    """Whether a call takes functions of the check's."""
    return any(callable(leaf) and not isinstance(leaf, type) for leaf in leaves([*call.arguments, call.keywords]))


def takes_iterators(call: Called) -> bool:
    """Whether a call takes iterators, which are used up."""
    return any(map(is_iterator, leaves([*call.arguments, call.keywords])))


def ask_program(ask: Ask, program: Program, *, whole: bool = True) -> Outcome:
    """Ask one program. An exception of the ask's own (a check that misuses a value) is passed on.

    `whole`: an object that its items or fields say all of is taken apart, to be compared, and what the ask has set is
    gone afterwards.
    """
    program.remarks = remarks = Remarks()
    before = len(program.output)
    try:
        value = ask(ProgramProxy(program))
        value = taken_apart(value) if whole else value
    except ProgramFailure as failure:
        return Outcome(None, failure, remarks, len(program.output) > before)
    except StopIteration:
        ended = ProgramError("StopIteration", "", ["StopIteration", "Exception", "BaseException"], [])
        return Outcome(None, ended, remarks, len(program.output) > before)
    except BaseException as raised:
        word = own_word(raised)
        if word is None:
            raise
        raise word from None
    finally:
        if whole:
            program.renew()
    return Outcome(value, None, remarks, len(program.output) > before)


def own_word(raised: BaseException) -> AssertionError | None:
    """Return what `pytest.fail` and `pytest.raises` say as an `assert` says it: a program may bring it about, too."""
    pytest = sys.modules.get("pytest")  # who has raised it has imported it
    if pytest is None or not isinstance(raised, pytest.fail.Exception):
        return None
    words = str(raised)
    return AssertionError(tr("Nothing was raised.") if words.startswith("DID NOT RAISE") else words)


#: Items that are taken of a generator which is an answer, and objects that are looked into.
_MOST_TAKEN = 1000
_MOST_INSIDE = 1000
_DEEPEST = 16


def taken_apart(value: Any) -> Any:
    """An answer with what it is told by in the place of its objects: a generator's items, a dataclass's fields.

    Raises ProgramFailure.
    """
    return _TakenApart().of(value) if isinstance(value, Behind | list | tuple | dict | set | frozenset) else value


class _TakenApart:
    def __init__(self) -> None:
        self._left = _MOST_INSIDE

    def of(self, value: Any, depth: int = 0) -> Any:
        if depth > _DEEPEST:
            return value
        if isinstance(value, Function):
            return self.of(value._program.get(None, value._name), depth + 1)
        if isinstance(value, Handle) and (value._items or value._fields) and self._left > 0:
            self._left -= 1
            return self._inside(value, depth + 1)
        if isinstance(value, list | tuple):
            parts = [self.of(part, depth + 1) for part in value]
            same = all(part is old for part, old in zip(parts, value, strict=True))
            if same:
                return value
            return Named(parts, value._type, value._fields) if isinstance(value, Named) else type(value)(parts)
        if isinstance(value, dict):
            keys = [self._key(key, depth + 1) for key in value]
            parts = [self.of(part, depth + 1) for part in value.values()]
            same = all(part is old for part, old in zip([*keys, *parts], [*value, *value.values()], strict=True))
            return value if same else dict(zip(keys, parts, strict=True))
        if isinstance(value, set | frozenset):
            parts = [self._key(part, depth + 1) for part in value]
            same = all(part is old for part, old in zip(parts, value, strict=True))
            return value if same else type(value)(parts)
        return value

    def _key(self, key: Any, depth: int) -> Any:
        """Return a dict's key, or a set's member, taken apart.

        It stays as it is where something of it can be no key, or is an object: a program isn't asked what that equals.
        """
        apart = self.of(key.kept if isinstance(key, Opaque) else key, depth)
        if apart is key or next(objects(apart), None) is not None:
            return key
        try:
            hash(apart)
        except TypeError:
            return key
        return apart

    def _inside(self, value: Handle, depth: int) -> Any:
        if value._fields:
            return Fields(value._type, {name: self.of(getattr(value, name), depth) for name in value._fields})
        iterator, items = value._program.apply("plain", (value,)), list[Any]()
        if not isinstance(iterator, Handle):
            return self.of(iterator, depth)
        while isinstance(iterator, Handle):
            try:
                item = iterator.__next__()
            except Exhausted:
                break
            if len(items) == _MOST_TAKEN:
                return Items(value._type, items, cut=True)
            items.append(self.of(item, depth))
        return Items(value._type, items)


def functions_with_values(questions: Iterable[Asked]) -> frozenset[str]:
    """The functions that gave anything but None: these are written, wherever that stands."""
    calls = (call for asked in questions for call in asked.outcome.remarks.calls)
    return frozenset(call.name for call in calls if call.value is not None and not isinstance(call.value, Behind))


def tried(ask: Ask, program: Program) -> Outcome:
    """Ask one program; an exception of the ask's own tells that its answer is of no use."""
    try:
        return ask_program(ask, program)
    except Exception as raised:
        return Outcome(None, Unusable(raised), program.remarks)


def same(asked: Asked, other: Outcome) -> bool:
    """Whether another program answered exactly as the submission did; an exception counts with its text."""
    mine = asked.outcome
    if isinstance(mine.failure, ProgramError) and isinstance(other.failure, ProgramError):
        return (mine.failure.type, mine.failure.message) == (other.failure.type, other.failure.message)
    if isinstance(mine.failure, Unusable) and isinstance(other.failure, Unusable):
        return mine.failure.raised == other.failure.raised
    return agrees(asked, other)


def agrees(asked: Asked, other: Outcome) -> bool:
    """Whether `disagreement` finds none; quicker where it does, for there is nothing to be said about it."""
    mine = asked.outcome
    if mine.failure is not None or other.failure is not None:
        return _failures_differ(mine, other) is None
    return alike(mine.value, other.value, asked.tolerance) and _side_effects_differ(asked, other) is None


def disagreement(asked: Asked, other: Outcome) -> str | None:
    """One clause on how the submission's outcome differs from the expected one, or None where they agree."""
    mine = asked.outcome
    if mine.failure is not None or other.failure is not None:
        return _failures_differ(mine, other)
    if (clause := _side_effects_differ(asked, other)) is not None:
        return clause
    clause = difference(mine.value, other.value, asked.tolerance)
    if clause is not None and mine.value is None:
        said = tr("it returned None: a path through the function ends without `return`, or returns None")
        printed = tr("and it printed something: a printed result is not a returned one")
        return f"{said}, {printed}" if mine.printed else said
    return clause


def _side_effects_differ(asked: Asked, other: Outcome) -> str | None:
    """One clause on arguments changed and warnings given, as far as the check looks at them."""
    mine = asked.outcome.remarks
    if asked.keep_arguments and mine.changed != other.remarks.changed:
        return tr("it changed {what} in place", what=", ".join(dict.fromkeys(mine.changed)) or tr("nothing"))
    if asked.quiet and bool(mine.warnings) != bool(other.remarks.warnings):
        return tr("numpy warned: {what}", what=", ".join(dict.fromkeys(mine.warnings)) or tr("nothing"))
    return None


def _failures_differ(mine: Outcome, other: Outcome) -> str | None:
    if mine.failure is None:
        assert other.failure is not None
        if isinstance(other.failure, ProgramError) and returned_exception(mine.value):
            kind = returned_exception(mine.value)
            return tr(
                "it returned {what} instead of raising it: write `raise {kind}(…)`", what=with_article(kind), kind=kind
            )
        expected = expected_failure(other.failure)
        return tr("it returned {answer}, expected {expected}", answer=describe(mine.value), expected=expected)
    if other.failure is None:
        return str(mine.failure)
    if isinstance(other.failure, ProgramError) and isinstance(mine.failure, ProgramError):
        # A subclass of the expected exception is as good: the contract names ValueError, not its exact type.
        alike = other.failure.type in (mine.failure.type, *mine.failure.bases)
        expected = expected_failure(other.failure) if other.failure.lent else other.failure.type
        types = {"type": mine.failure.type, "expected": expected}
        if mine.failure.lent and not alike:
            return tr("the function that it was given raised {type}, expected {expected}", **types)
        return None if alike else tr("it raised {type}, expected {expected}", **types)
    if isinstance(other.failure, ProgramMissing) and isinstance(mine.failure, ProgramMissing):
        return None if mine.failure.name == other.failure.name else str(mine.failure)
    if type(mine.failure) is type(other.failure):
        return None
    # A promised refusal: what came of the call says nothing of that.
    promised = tr("It should have raised {expected}.", expected=expected_failure(other.failure))
    return f"{mine.failure} {promised}" if isinstance(other.failure, ProgramError) else str(mine.failure)


def returned_exception(value: Any) -> str:
    """The type of an exception that came back as a value; empty for any other value."""
    kind = value._type if isinstance(value, Handle) else ""
    return kind if kind.endswith(("Error", "Exception")) else ""


def expected_failure(failure: ProgramFailure) -> str:
    """Name what is to be raised, with its article."""
    if isinstance(failure, ProgramError) and failure.lent:
        return tr("the {type} of the function that it was given", type=failure.type)
    return with_article(failure.type) if isinstance(failure, ProgramError) else tr("a failure")


def in_numbers_only(asked: Asked, right: Outcome) -> bool:
    """Whether two answers that differ are alike in type, shape and structure."""
    mine = asked.outcome
    return mine.failure is None and right.failure is None and _form(mine.value) == _form(right.value)


def numbers_differ(asked: Asked, right: Outcome) -> bool:
    """Whether two answers, or entries of one name in them, have numbers in the same shape, but not the same ones."""
    mine = asked.outcome
    if mine.failure is not None or right.failure is not None:
        return False
    tolerance = by_numbers(asked).tolerance
    if isinstance(mine.value, dict) and isinstance(right.value, dict):
        pairs = [(value, right.value[key]) for key, value in mine.value.items() if key in right.value]
    else:
        pairs = [(mine.value, right.value)]
    return any(_shape(one) == _shape(other) is not None and not alike(one, other, tolerance) for one, other in pairs)


def by_numbers(asked: Asked) -> Asked:
    """The same question, its answer compared by its numbers, whatever their type."""
    return replace(asked, tolerance=replace(asked.tolerance, equal="lenient"))


def _shape(value: Any) -> tuple[int, ...] | None:
    """The shape of what holds nothing but numbers; None for anything else."""
    values = value.values if isinstance(value, Tensor) else value
    if any(isinstance(leaf, Behind) for leaf in leaves(values)):  # an object would be asked for its items
        return None
    try:
        array = np.asarray(values)
    except (ValueError, TypeError):
        return None
    return array.shape if array.dtype.kind in "biuf" else None


def _form(value: Any) -> Any:
    if isinstance(value, list | tuple):
        return [_form(item) for item in value]
    if isinstance(value, dict):
        return {key: _form(item) for key, item in value.items()}
    if isinstance(value, np.ndarray | Tensor):
        return type(value).__name__, value.shape, str(value.dtype)
    return float if isinstance(value, int | float | np.number) else type(value)


def answering_functions(outcome: Outcome) -> set[str]:
    """The functions whose answers, or parts of them, stand as they are in what the check made of them."""
    given = {id(leaf) for leaf in leaves(outcome.value)}
    return {call.name for call in outcome.remarks.calls if any(id(leaf) in given for leaf in leaves(call.value))}


def shows_answers(outcome: Outcome) -> bool:
    """Whether all that a check made of some calls are answers of theirs, as they are."""
    answers = {id(leaf) for call in outcome.remarks.calls for leaf in leaves(call.value)}
    return all(id(leaf) in answers for leaf in leaves(outcome.value))


def as_looked_at(part: Asked, right: Outcome, whole: Asked) -> Asked:
    """A call with the right entries in its answer for those that the check which made it doesn't look at.

    Itself where that can't be told, or where what the check looks at is right.
    """
    if part.outcome.failure is not None or right.failure is not None or not shows_answers(whole.outcome):
        return part
    mine, its = part.outcome.value, right.value
    if _holds(whole.outcome.value, mine):
        return part
    shown = {id(leaf) for leaf in leaves(whole.outcome.value)}
    seen = {key for key, value in entries(mine).items() if any(id(leaf) in shown for leaf in leaves(value))}
    unseen = (entries(mine).keys() | entries(its).keys()) - seen
    looked_at = replace(part, outcome=but_for_entries(part.outcome, right, unseen))
    return part if agrees(looked_at, right) else looked_at


def but_for_entries(mine: Outcome, right: Outcome, places: Collection[Any]) -> Outcome:
    """An answer with the right entries in some places; itself where the two have no entries of the same places."""
    value, its = mine.value, right.value
    if mine.failure is not None or right.failure is not None:
        return mine
    own = {place: entry for place, entry in entries(value).items() if place not in places}
    if isinstance(value, dict) and isinstance(its, dict):
        return replace(mine, value={**{key: its[key] for key in its if key in places}, **own})
    if type(value) in (list, tuple) and isinstance(its, list | tuple) and len(value) == len(its):
        return replace(mine, value=type(value)(own.get(place, entry) for place, entry in enumerate(its)))
    return mine


def _holds(value: Any, part: Any) -> bool:
    """Whether something is a value, or stands in it as it is."""
    return value is part or any(_holds(each, part) for each in entries(value).values())


def entries(value: Any) -> dict[Any, Any]:
    """What stands in a dict, a list or a tuple, by its key or its place; nothing in any other value."""
    return value if isinstance(value, dict) else dict(enumerate(value)) if isinstance(value, list | tuple) else {}


_PLAIN = frozenset({int, float, complex, bool, str, bytes, type(None)})


def objects(value: Any) -> Iterator[Behind | Opaque]:
    """Yield what a value holds, as keys too, that stayed behind the wall and so equals nothing."""
    if isinstance(value, Behind | Opaque):
        yield value
    elif isinstance(value, dict):
        yield from objects([*value, *value.values()])
    elif isinstance(value, Fields):
        yield from objects(value.fields)
    elif isinstance(value, Items):
        yield from objects(value.items)
    elif isinstance(value, list | tuple | set | frozenset):
        for each in value:
            if type(each) not in _PLAIN:  # most are, and there may be a million
                yield from objects(each)


def leaves(value: Any) -> Iterator[Any]:
    """The arrays, tensors and other values in lists, tuples and dicts."""
    if isinstance(value, list | tuple):
        for item in value:
            if isinstance(item, list | tuple | dict | set | frozenset):
                yield from leaves(item)
            else:
                yield item
    elif isinstance(value, dict):
        yield from leaves(list(value.values()))
    elif isinstance(value, set | frozenset):
        yield from value
    else:
        yield value
