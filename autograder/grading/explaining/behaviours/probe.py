"""What a behaviour is looked for with: the calls that went wrong and right, and whoever can be asked once more.

A behaviour makes claims about all calls of one function. It must not know where the calls come from.
"""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any

import numpy as np
import numpy.typing as npt

from autograder.course.program_files import parsed
from autograder.grading.asking import Asked, Outcome, agrees, entries, leaves, same
from autograder.grading.compare import alike, nth
from autograder.grading.tolerance import Array, Tolerance, close
from autograder.language import tr
from autograder.sandbox.failures import ProgramError
from autograder.sandbox.handles import Behind
from autograder.sandbox.program import Called, Program
from autograder.sandbox.values import Tensor

Asking = Callable[[Called], Outcome]
#: Answers of the reference that are kept; those to the questions that are the same for all come again and again.
_MOST_KNOWN = 4000


@dataclass(frozen=True)
class Case:
    """One call, what the submission answered, and the right answer. `fresh`: no check has asked this."""

    asked: Asked
    call: Called
    right: Outcome
    fresh: bool = False

    @property
    def answer(self) -> Outcome:
        return self.asked.outcome

    @cached_property
    def wrong(self) -> bool:
        return not agrees(self.asked, self.right)

    @property
    def raised(self) -> ProgramError | None:
        """The exception that the submission raised, if it did."""
        return self.answer.failure if isinstance(self.answer.failure, ProgramError) else None

    @property
    def refusal(self) -> ProgramError | None:
        """The exception that was to be raised, if one was."""
        return self.right.failure if isinstance(self.right.failure, ProgramError) else None

    @property
    def both_answered(self) -> bool:
        return self.answer.failure is None and self.right.failure is None

    def answered_rightly(self, outcome: Outcome) -> bool:
        """Whether another outcome of the same question would have been right."""
        return agrees(replace(self.asked, outcome=outcome), self.right)

    @property
    def right_but_for_side_effects(self) -> bool:
        """Whether only a changed argument or a warning makes it wrong."""
        return agrees(replace(self.asked, keep_arguments=False, quiet=False), self.right)

    def answered_as(self, other: Outcome) -> bool:
        """Whether the submission's answer is this one too."""
        return agrees(self.asked, other)


@dataclass(frozen=True)
class Claim:
    """Something that a function may do. `title` completes "FUNCTION: …"; `text` says more, in sentences.

    `holds` tells of a case: true, false, or None where the case can't tell.
    """

    title: str
    text: str
    holds: Callable[[Case], bool | None]
    line: int | None = None
    #: Whether it is about the numbers that are wrong, and other parts of the answer may be right.
    of_parts: bool = False
    #: Whether its title says that it is about arguments that are to be refused.
    says_refused: bool = False
    #: Whether it says that something is so whatever is asked, which a few questions may show by chance.
    says_always: bool = False
    #: The cases that it is about, if those aren't all, and what they are in words.
    covers: Callable[[Case], bool] | None = None
    scope: str = ""
    #: Whether it is only so of what a check looks at, where that is less than the whole answer.
    of_what_is_seen: bool = False


def of_wrong(is_so: Callable[[Case], bool]) -> Callable[[Case], bool | None]:
    """Whether something is so of every wrong case; a right one can't tell."""
    return lambda case: is_so(case) if case.wrong else None


def of_calls(cases: Sequence[Case]) -> Callable[[Case], bool]:
    """Whether a case is one of these, or another of the same call."""
    calls = {id(case.call) for case in cases}
    return lambda case: id(case.call) in calls


@dataclass(frozen=True)
class Siblings:
    """Parameters whose names have two parts, by the first (`W` of `W_z` and `W_r`) and by the last."""

    by_first: Mapping[str, Sequence[str]]
    by_last: Mapping[str, Sequence[str]]


@dataclass(frozen=True)
class Replay:
    """A call in a check that takes many answers; `takes` tells whether it would take a value for that call's answer."""

    call: Called
    takes: Callable[[Any], bool]


@dataclass
class Probe:
    """One function of a submission. `cases` are its calls, the wrong ones first; `parameters` names what it takes.

    `again` asks the submission, `anew` a process of it that nobody asked before, `right` the reference, whose answers
    are kept in `known`. `variant` sets up a changed source of the submission as a program. `narrowed`: there are other
    cases, which are right, and not all of them refusals: those say nothing of where it answers rightly. `refusals`:
    whether the cases are those to refuse, or those to answer, as what goes wrong in the others is told apart.
    `gradients`: the calls of gradients, where plain ones are wrong and so are its cases. `replays`: the calls in failed
    checks that take many answers. `answered`: of cases to refuse, the calls that get an answer. `of_an_entry`: no
    answers are looked at, but one entry of each. `refuted`: what is known not to be so, by whoever looked, of these
    cases or of more.
    """

    function: str
    source: str
    cases: Sequence[Case]
    parameters: Sequence[str]
    again: Asking
    anew: Asking
    right: Asking
    variant: Callable[[str], Program]
    known: dict[bytes, Outcome] = field(default_factory=dict)
    defaults: Mapping[str, Any] = field(default_factory=dict)
    narrowed: bool = False
    refusals: bool | None = None
    gradients: Sequence[Case] = ()
    replays: Sequence[Replay] = ()
    answered: Sequence[Case] = ()
    of_an_entry: bool = False
    refuted: set[tuple[object, ...]] = field(default_factory=set)

    def of_entry(self, entry: Any) -> Probe:
        """The same for one entry of the answers, as if that were all that is answered."""

        def of(outcome: Outcome) -> Outcome:
            values = entries(outcome.value) if outcome.failure is None else {}
            return replace(outcome, value=values[entry]) if entry in values else outcome

        def alone(case: Case) -> Case:
            asked = replace(case.asked, outcome=of(case.answer), keep_arguments=False, quiet=False)
            return replace(case, asked=asked, right=of(case.right))

        return replace(
            self,
            cases=sorted(map(alone, self.cases), key=lambda case: not case.wrong),
            again=lambda call: of(self.again(call)),
            anew=lambda call: of(self.anew(call)),
            right=lambda call: of(self.rightly(call)),
            known={},  # what is kept of the whole answers is another's
            gradients=(),
            of_an_entry=True,
            refuted=set(),
        )

    def replayed_cases(self) -> Iterator[tuple[Replay, Case]]:
        """The calls that a check can be played again with, those of fewest numbers first."""
        cases = {id(case.call): case for case in self.cases if case.both_answered}
        found = [(replay, cases[id(replay.call)]) for replay in self.replays if id(replay.call) in cases]
        yield from sorted(found, key=lambda each: sum(map(np.size, leaves(each[1].right.value))))

    @property
    def wrong(self) -> list[Case]:
        return [case for case in self.cases if case.wrong]

    @property
    def of_gradients(self) -> bool:
        """Whether it is about gradients, and all plain answers are right."""
        return any(case.call.gradient for case in self.cases)

    @property
    def varied(self) -> bool:
        """Whether there are two different wrong answers, or more."""
        first, *others = self.wrong
        return any(not same(first.asked, other.answer) for other in others)

    @property
    def repeated(self) -> bool:
        """Whether two different questions, or more, are answered wrongly: of one alone no rule can be told."""
        return len({case.call.question or id(case.call) for case in self.wrong}) > 1

    def within(self, cases: Sequence[Case]) -> Probe:
        """The same for some of the cases."""
        kept = set(map(id, cases))
        narrowed = any(id(case) not in kept and case.refusal is None for case in self.cases)
        return replace(self, cases=cases, narrowed=narrowed)

    def inputs(self, call: Called) -> dict[str, Any]:
        """All that goes into a call, by name: its arguments, what the module that it is made of holds, and last the
        entries of an argument that has names for them, as a state dict has.
        """
        names = [
            *self.parameters,
            *(tr("argument {number}", number=k + 1) for k in range(len(self.parameters), len(call.arguments))),
        ]
        inputs = {
            **dict(zip(names, call.arguments, strict=False)),
            **call.keywords,
            **(call.built.values if call.built is not None else {}),
        }
        entries = {
            _entry(name, key): entry
            for name, value in inputs.items()
            if _has_named_entries(value)
            for key, entry in value.items()
        }
        return {**inputs, **entries}

    def is_parameter(self, name: str) -> bool:
        """Whether an input is what a module holds."""
        return any(case.call.built is not None and name in case.call.built.values for case in self.cases)

    def siblings(self, call: Called) -> Siblings:
        """The parameters of the module that a call is made of, as far as their names have two parts: `W_z`, `U_z`."""
        names = [
            name for name in (call.built.parameters if call.built is not None else ()) if name.strip("_").count("_")
        ]
        by_first, by_last = dict[str, list[str]](), dict[str, list[str]]()
        for name in names:
            first, _, last = name.rpartition("_")
            by_first.setdefault(first, []).append(name)
            by_last.setdefault(last, []).append(name)
        return Siblings(by_first, by_last)

    def with_inputs(self, call: Called, changed: Mapping[str, Any]) -> Called:
        """The same call with some of its inputs changed."""
        inputs = {**self.inputs(call), **changed}
        for name, value in inputs.items():
            if name not in changed and _has_named_entries(value):
                inputs[name] = {key: inputs[_entry(name, key)] for key in value}
        names = list(inputs)[: len(call.arguments)]
        return Called(
            call.name,
            tuple(inputs[name] for name in names),
            {name: inputs[name] for name in call.keywords},
            None if call.built is None else call.built.holding(inputs),
            gradient=call.gradient,
            weights=call.weights,
        )

    def rightly(self, call: Called) -> Outcome:
        """What the reference answers, asked once for equal calls."""
        key = call.question
        if key is None:
            return self.right(call)
        if len(self.known) >= _MOST_KNOWN:
            self.known.clear()
        if key not in self.known:
            self.known[key] = self.right(call)
        return self.known[key]

    def instead(self, case: Case, call: Called) -> Case | None:
        """What comes of another call in a case's place; None where there is no answer to it."""
        right = self.rightly(call)
        if right.failure is not None:
            return None
        return Case(replace(case.asked, ask=call.ask, outcome=self.again(call)), call, right, fresh=True)

    def answers_another(
        self, change: Callable[[Called], Called | None], given: Callable[[Outcome], Outcome] = lambda right: right
    ) -> Callable[[Case], bool | None]:
        """Whether a case got the right answer to another question than was asked; None from `change` is none.

        `given` makes of that answer what would be given. What is refused as it should be is no answer.
        """

        def holds(case: Case) -> bool | None:
            if case.refusal is not None and not case.wrong:
                return None
            call = change(case.call)
            if call is None:
                return False if case.wrong else None
            other = given(self.rightly(call))
            if not case.answered_as(other):
                return False
            return True if case.wrong and case.both_answered and other.failure is None else None

        return holds


def answer_is(words: str, holds: Callable[[Case], bool | None], *, of_parts: bool = False) -> Claim:
    """The claim that an answer is something else than asked for, in words that tell what."""
    said = tr("In every question that was asked, the answer is {words}.", words=words)
    return Claim(tr("the answer is {words}", words=words), said, holds, of_parts=of_parts)


def _has_named_entries(value: Any) -> bool:
    return isinstance(value, dict) and all(isinstance(key, str) for key in value)


def _entry(name: str, key: str) -> str:
    return f'{name}["{key}"]'


@dataclass(frozen=True)
class Pair:
    """Numbers of an answer beside the right ones, both as arrays of float, and how far apart they may be."""

    answer: Array
    right: Array
    relative: float
    absolute: float

    @property
    def agrees(self) -> bool:
        """Whether the answer is right."""
        return self._close(self.answer, self.right, 1)

    @property
    def apart(self) -> npt.NDArray[Any] | None:
        """The places, counted through, where the answer is wrong; None where it isn't of the right one's shape."""
        if self.answer.shape != self.right.shape:
            return None
        return np.flatnonzero(~close(self.answer, self.right, self.relative, self.absolute))

    def near(self, values: Array, other: Array) -> bool:
        """Whether two arrays agree; where they come from a computation they may be ten times as far apart."""
        return self._close(values, other, 10)

    def _close(self, values: Array, other: Array, times: float) -> bool:
        return values.shape == other.shape and bool(close(values, other, times * self.relative, self.absolute).all())


def is_changed(change: Callable[[Array], Array | None]) -> Callable[[Case], bool | None]:
    """Whether a case got the right answer changed in this way, in each part of it that is wrong anywhere."""

    def holds(case: Case) -> bool | None:
        pairs = numeric_pairs(case)
        if pairs is None:
            return False if case.wrong else None
        telling = False
        for pair in pairs:
            changed = changed_numbers(pair.right, change)
            if changed is not None and pair.near(pair.answer, changed):
                telling = telling or not pair.near(changed, pair.right)
            elif not pair.near(pair.answer, pair.right) or len(pairs) == 1:
                return False
        return True if telling else None

    return holds


def are_alike(case: Case, answer: Any, right: Any) -> bool:
    """Whether a part of an answer is right, form and all."""
    return alike(answer, right, case.asked.tolerance)


def parts_of(value: Any) -> dict[str, Any]:
    """The parts of an answer that have a name, or at least a place."""
    if isinstance(value, dict):
        return {f"`{name}`": part for name, part in value.items()}
    if isinstance(value, tuple):
        return {nth(number, len(value)): part for number, part in enumerate(value)}
    return {}


def named_parts(value: Any) -> dict[str, Any]:
    """The parts of an answer; the answer itself, without a name, where it has none."""
    return parts_of(value) or {"": value}


def with_part(value: Any, name: str, part: Any) -> Any:
    """An answer with another part in the place of one."""
    parts = {**parts_of(value), name: part}
    if isinstance(value, dict):
        return dict(zip(value, parts.values(), strict=True))
    return type(value)(parts.values()) if isinstance(value, tuple) else part


def numbers_of(value: Any) -> npt.NDArray[Any]:
    """The numbers of an array or a tensor, as they are."""
    return value.values if isinstance(value, Tensor) else np.asarray(value)


def parts_with_wrong_numbers(cases: Sequence[Case]) -> list[str]:
    """Those parts in which a number is wrong anywhere; none where that is all of them, or where there are no parts."""
    names: dict[str, bool] = {}
    for case in cases:
        answer, right = parts_of(case.answer.value), parts_of(case.right.value)
        for name, part in right.items() if case.both_answered else ():
            pairs = _pairs(answer.get(name), part, case.asked.tolerance)
            names[name] = names.get(name, False) or pairs is None or not all(pair.agrees for pair in pairs)
    wrong = [name for name, is_wrong in names.items() if is_wrong]
    return wrong if len(wrong) < len(names) else []


def numeric_pairs(case: Case) -> list[Pair] | None:
    """The numbers of an answer beside the right ones, part by part; None where they don't correspond.

    Whether a part comes in the right form (a list, an array) doesn't matter here.
    """
    return _pairs(case.answer.value, case.right.value, case.asked.tolerance) if case.both_answered else None


def has_several_numbers(cases: Iterable[Case]) -> bool:
    """Whether different numbers should stand where wrong ones do: of 1 for 2 alone nobody knows if it is half of it."""
    found = set[float]()
    for pair in (pair for case in cases for pair in numeric_pairs(case) or ()):
        if pair.answer.shape == pair.right.shape:
            numbers = pair.right[~np.isclose(pair.answer, pair.right)]
            found.update(numbers[:1], numbers[numbers != numbers[:1]][:1])  # np.unique would import numpy.ma
        if len(found) > 1:
            return True
    return False


def only_pair(case: Case) -> Pair | None:
    """The numbers of an answer beside the right ones where both are of one part; None where they aren't."""
    pairs = numeric_pairs(case)
    return pairs[0] if pairs is not None and len(pairs) == 1 else None


def _pairs(answer: Any, right: Any, tolerance: Tolerance) -> list[Pair] | None:
    if isinstance(right, dict):
        if not isinstance(answer, dict) or answer.keys() != right.keys():
            return None
        answer, right = [answer[key] for key in right], list(right.values())
    if isinstance(right, list | tuple):
        if not isinstance(answer, list | tuple) or len(answer) != len(right):
            return None
        found = [_pairs(mine, its, tolerance) for mine, its in zip(answer, right, strict=True)]
        return None if any(each is None for each in found) else [pair for each in found for pair in each or ()]
    values, wanted = as_numbers(answer), as_numbers(right)
    if values is None or wanted is None:
        return None
    dtype = right.dtype if isinstance(right, Tensor) else str(getattr(right, "dtype", "float64"))
    return [Pair(values, wanted, *tolerance.within(dtype))]


def as_numbers(value: Any) -> Array | None:
    """An array of float of a value that is numbers, None of any other."""
    if isinstance(value, Tensor):
        value = value.values
    numbers = isinstance(value, int | float | np.generic | np.ndarray) and not isinstance(value, bool)
    # An object in a list would be asked for its items.
    if not numbers and not (
        isinstance(value, list | tuple) and not any(isinstance(each, Behind) for each in leaves(value))
    ):
        return None
    try:
        array = np.asarray(value)
    except (ValueError, TypeError):
        return None
    if array.dtype.kind not in "iuf":
        return None
    return array.astype(float)


def changed_numbers(right: Array, change: Callable[[Array], Array | None]) -> Array | None:
    """The right numbers changed, None where they can't be."""
    with np.errstate(all="ignore"):
        try:
            changed = change(right)
        except (ValueError, IndexError, TypeError, np.linalg.LinAlgError):
            return None
    return None if changed is None else np.asarray(changed, dtype=float)


def parameter_names(stub: str, name: str) -> list[str]:
    """What a stub calls the positional parameters of a function, or of a class's `forward` or `__call__`."""
    function = _function(stub, name)
    names = [each.arg for each in function.args.args] if function is not None else []
    return names[1:] if function is not None and function.name != name else names


def parameter_defaults(stub: str, name: str) -> dict[str, Any]:
    """The numbers, words and truth values that a stub gives to parameters of the same."""
    function = _function(stub, name)
    if function is None:
        return {}
    given = function.args.defaults
    names = [each.arg for each in function.args.args][-len(given) :]
    return {name: value.value for name, value in zip(names, given, strict=False) if isinstance(value, ast.Constant)}


def _function(stub: str, name: str) -> ast.FunctionDef | None:
    tree = parsed(stub)
    node = next((each for each in tree.body if getattr(each, "name", None) == name), None) if tree else None
    if isinstance(node, ast.ClassDef):
        methods = {each.name: each for each in node.body if isinstance(each, ast.FunctionDef)}
        return methods.get("forward") or methods.get("__call__")
    return node if isinstance(node, ast.FunctionDef) else None


def own_function(tree: ast.Module | None, name: str) -> ast.FunctionDef | None:
    """The function of a name at the top of a program: of several the last, which is the one that stands."""
    found = [node for node in tree.body if isinstance(node, ast.FunctionDef) and node.name == name] if tree else []
    return found[-1] if found else None


def numeric_inputs(probe: Probe, call: Called) -> Iterator[tuple[str, Array]]:
    """The inputs that are numbers, each with its values as an array of float."""
    for name, value in probe.inputs(call).items():
        values = as_numbers(value)
        if values is not None:
            yield name, values


def like(value: Any, values: Array | float) -> Any:
    """An array of float in the form of another input: its type and dtype."""
    if isinstance(value, Tensor):
        return Tensor(np.ascontiguousarray(values, dtype=value.values.dtype), value.dtype)
    if isinstance(value, np.ndarray):
        return np.ascontiguousarray(values, dtype=value.dtype)
    if isinstance(value, np.generic):
        return value.dtype.type(values)
    if isinstance(value, list | tuple):
        return np.asarray(values).tolist()
    return type(value)(values)
