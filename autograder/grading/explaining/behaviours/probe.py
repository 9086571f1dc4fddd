"""What a behaviour is looked for with: the calls that went wrong and right, and whoever can be asked once more.

It must not know where the calls come from, nor what is claimed of them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np

from autograder.grading.asking import Outcome, entries, leaves, same
from autograder.grading.explaining.behaviours.answer_numbers import as_numbers
from autograder.grading.explaining.behaviours.claim import Case
from autograder.grading.tolerance import Array
from autograder.language import tr
from autograder.sandbox.program import Called, Program

Asking = Callable[[Called], Outcome]
#: Answers of the reference that are kept; those to the questions that are the same for all come again and again.
_MOST_KNOWN = 4000


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
    variant: Callable[[str], AbstractContextManager[Program]]
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


def _has_named_entries(value: Any) -> bool:
    return isinstance(value, dict) and all(isinstance(key, str) for key in value)


def _entry(name: str, key: str) -> str:
    return f'{name}["{key}"]'


def numeric_inputs(probe: Probe, call: Called) -> Iterator[tuple[str, Array]]:
    """The inputs that are numbers, each with its values as an array of float."""
    for name, value in probe.inputs(call).items():
        values = as_numbers(value)
        if values is not None:
            yield name, values
