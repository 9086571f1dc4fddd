"""The search for a repair: which changes are tried, in which order, and how many.

First single edits, the likelier first; then pairs, of which one alone answers more questions rightly than before. Every
version runs on a bench behind the wall; whoever asked confirms what comes out. It must not know how it is told.
"""

from __future__ import annotations

import ast
import time
from collections import Counter
from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import chain, combinations, islice
from typing import TypeAlias

from autograder.grading.explaining.effort import EFFORTS, Effort
from autograder.grading.explaining.repair.change import Change, Splice, Text, changed
from autograder.grading.explaining.repair.edits import expression_edits, in_order
from autograder.grading.explaining.repair.inner_values import RightProgram, Rights, Towards, towards
from autograder.grading.explaining.repair.names import Names
from autograder.grading.explaining.repair.statements import shared_by_objects, statement_edits
from autograder.grading.explaining.repair.unrun import Unrun, unrun
from autograder.grading.explaining.used_functions import functions_of, reached
from autograder.machine import crowding
from autograder.sandbox.bench import Bench, Came
from autograder.sandbox.program import Called

_FIRST_BATCH, _LARGEST_BATCH = 24, 192
#: Seconds of CPU that a version gets: so many times what the program itself takes, and within these.
_SLOWER, _SHORTEST, _LONGEST = 10.0, 0.004, 0.1
#: Seconds of CPU for a question that every version can be asked, however fast the others are.
_QUICK = 0.001
#: What a version costs that ran out of its time, in versions.
_HANG = 20
#: Of two changes that mend a program together, one may show in the second question alone.
_SCREEN = 2
_MOST_STARTS = 8
#: What sets an object up is less often wrong than what computes with it: so much more effort.
_LATER = 1.0
#: What no call runs that is answered rightly is more often wrong than what some do: so much less effort.
_SOONER = 0.5
#: Calls that are answered rightly of which is asked what they run.
_MOST_RIGHT = 4
#: Single changes that are made at all, more than any effort tries: of a long program there are millions.
_MOST_SINGLES = 50_000
_MOST_ALIKE = 3
#: Likely changes that are tried before what is computed on the way is looked at.
_FIRST_SINGLES = 400
#: Changes that make something right with which any other is tried, and with which it is looked for what is wrong then.
_MOST_TOWARDS, _MOST_FURTHER = 4, 2
#: The likeliest changes, with which those are tried first.
_FIRST_FURTHER = 150
_MOST_HALFWAY = 4
_MOST_JOINED = 12
#: The share of the time in which two changes are tried that are each a part of the way, before any others.
_FOR_PAIRS = 0.25
#: The effort up to which a change is likely, and pairs of such that are tried before the others.
_LIKELY = 1.5
_FIRST_PAIRS = 700

#: Known-wrong programs, by their places among those that were asked.
_Programs: TypeAlias = frozenset[int]


@dataclass(frozen=True)
class Question:
    """A call, and which parts of an answer to it are right: of two mistakes, one may show in some of them alone.

    `parts`: how many it has. `watch`: that depends on changed arguments or warnings too. `halfway`: the known-wrong
    programs that give an answer, which is wrong and not the program's own.
    """

    call: Called
    accepts: Callable[[Came], tuple[bool, ...]]
    parts: int = 1
    watch: bool = False
    halfway: Callable[[Came], _Programs] | None = None


@dataclass(frozen=True)
class Repair:
    """One change, or two, with which every question is answered rightly; `by_chance`: not what is made of them.

    `both`: what they are together, where the second is a change of what the first has made.
    """

    changes: tuple[Change, ...]
    by_chance: bool = False
    both: tuple[Splice, ...] = ()

    @property
    def splices(self) -> tuple[Splice, ...]:
        return self.both or tuple(sorted(splice for change in self.changes for splice in change.splices))


#: Some changes together, and which questions the program with them answers rightly.
_Result: TypeAlias = tuple[tuple[Change, ...], tuple[bool, ...]]


class Search:
    """Looks for a repair of one program. `functions`: those that the questions ask for."""

    def __init__(
        self,
        bench: Bench,
        text: Text,
        functions: Sequence[str],
        questions: Sequence[Question],
        *,
        numeric: bool = False,
        effort: Effort = EFFORTS["usual"],
        rights: Sequence[RightProgram] = (),
    ) -> None:
        self._bench, self._text, self._numeric, self._rights = bench, text, numeric, rights
        self._source, self._names = text.source.decode(), functions
        self._values: Rights | None = None
        self._functions = list(functions_of(reached(text.tree, functions).values()))
        self._questions = list(questions)
        self._effort = effort
        #: How many questions every version is asked. Arrays take their time; and there most mistakes spoil all answers.
        self._screen = _SCREEN if numeric else len(self._questions)
        self._watch = any(question.watch for question in questions)
        self._left = 0
        self._ends, self._began = time.process_time() + self._effort.cpu, time.monotonic()
        self._before: tuple[bool, ...] = ()
        #: Changes that answer more questions rightly and none less, with what they answer.
        self._better: list[tuple[Change, tuple[bool, ...]]] = []
        #: Changes that leave a mistake which is known, with it; and by what they put where.
        self._halfway: list[tuple[Change, _Programs]] = []
        self._known: dict[tuple[Splice, ...], _Programs] = {}
        self.tried, self._joined = 0, 0

    def repairs(self) -> Iterator[Repair]:
        """Yield repairs as they are found, the smallest kind first; it goes on while whoever asks isn't content."""
        self._before = self._as_it_is()
        if not self._before or all(self._before):
            return
        not_run, run_by_none_right = self._not_run()
        self._functions = [each for each in self._functions if not not_run.holds(self._text, each)]
        every = islice(single_changes(self._text, self._functions, numeric=self._numeric), _MOST_SINGLES)
        changes = in_order([_sooner(each) if each in run_by_none_right else each for each in every])
        # What doesn't run yet may do so after another change.
        singles, second = _parted(changes, lambda change: change not in not_run)
        likely, others = _parted(singles, lambda change: change.effort <= _LIKELY)
        self._left = self._effort.singles
        first, rest = likely[:_FIRST_SINGLES], likely[_FIRST_SINGLES:]
        yield from self._alone(first)
        found = self._towards(singles)
        yield from self._alone(found.changes)
        self._left = self._effort.pairs
        yield from self._towards_twice(found, [change for change in likely if found.leaves_open(change)])
        self._left = self._effort.singles - len(first)
        # What is right already is seldom mended by a change within it.
        still_open, settled = _parted(rest, found.leaves_open)
        yield from self._alone(still_open)
        # Where one change mends a part, another likely one is likelier to mend the rest than an unlikely one the whole.
        self._left = min(_FIRST_PAIRS, self._effort.pairs) if self._better or self._halfway else 0
        yield from self._paired(likely)
        self._left = self._effort.singles - len(first) - len(still_open)
        yield from self._alone([*filter(found.leaves_open, others), *settled])
        yield from self._alone([change for change in others if not found.leaves_open(change)])
        self._left = self._effort.pairs
        yield from self._paired([*singles, *second])

    def _not_run(self) -> tuple[Unrun, Unrun]:
        """Return the blocks that no call runs which is answered wrongly, and those that none runs which is rightly."""
        rights, calls = iter(self._before), dict[bool, list[Called]]({False: [], True: []})
        for question in self._questions:
            calls[all([*islice(rights, question.parts)])].append(question.call)
        wrong, right = unrun(self._bench, self._text, self._functions, calls[False], calls[True][:_MOST_RIGHT])
        return wrong, right

    def _as_it_is(self) -> tuple[bool, ...]:
        """Return what the program itself answers to the questions that are kept.

        What takes it long isn't asked of its versions, as long as a wrong answer is left among the others; how long
        those take is the measure for its versions.
        """
        self._bench.seconds = _LONGEST
        tried = []
        for question in self._questions:
            tried.append((question, *self._once(question)))
            if self._out_of_time:  # a program that hangs by itself does so in every version too
                return ()
        quick = max(_QUICK, _SLOWER * min(seconds for _, _, seconds in tried))
        # A busy machine makes any call slow for once: what was slow is measured again before it is left out.
        tried = [each if each[2] <= quick else (each[0], *self._once(each[0])) for each in tried]
        kept = [each for each in tried if each[2] <= quick]
        if all(all(right) for _, right, _ in kept):
            kept = tried
        self._questions = [question for question, _, _ in kept]
        self._bench.seconds = min(_LONGEST, max(_SHORTEST, _SLOWER * sum(seconds for _, _, seconds in kept)))
        return tuple(part for _, right, _ in kept for part in right)

    def _once(self, question: Question) -> tuple[tuple[bool, ...], float]:
        """Return what the program itself answers rightly of it, and the seconds of CPU that it takes for that."""
        before = self._bench.spent
        found = self._right([()], [question])
        return found[0] if found else (False,) * question.parts, self._bench.spent - before

    def _alone(self, changes: Sequence[Change]) -> Iterator[Repair]:
        for results in self._results([(change,) for change in changes]):
            self._better += [(change, right) for (change,), right in results if self._improves(right)]
            known = [(change, self._known.get(tuple(sorted(change.splices)))) for (change,), _ in results]
            self._halfway += [(change, each) for change, each in known if each]
            found = [change for (change,), right in results if all(right)]
            yield from (Repair((change,)) for change in sorted(found, key=lambda each: each.effort))
            if self._late and self._joined < (met := len(self._better) + len(self._halfway)):
                self._joined = met
                yield from self._paired(())

    def _paired(self, changes: Sequence[Change]) -> Iterator[Repair]:
        """Try two changes: one of those that are a part of the way, with another such, then with any other."""
        better = [change for change, _ in (*self._halfway[:_MOST_JOINED], *self._better[:_MOST_JOINED])]
        for start in islice(self._starts(), _MOST_STARTS):
            yield from self._pairs((start, other) for other in [*better, *changes])

    def _towards(self, changes: Sequence[Change]) -> Towards:
        """Return which changes make right what is computed on the way to a wrong answer."""
        rights = iter(self._before)
        parted = [(question.call, all([*islice(rights, question.parts)])) for question in self._questions]
        calls = [call for call, right in parted if not right]
        if not self._rights or self._out_of_time:
            return Towards()
        self._values = Rights(self._rights, calls)
        return towards(self._values, self._bench, self._text, changes)

    def _towards_twice(self, found: Towards, changes: Sequence[Change]) -> Iterator[Repair]:
        """Try two changes of which one makes something right: with another such, in the same expression, with any."""
        yield from self._few_pairs([*combinations(found.changes[:_MOST_JOINED], 2)])
        starts = found.changes[:_MOST_TOWARDS]
        soon, changes = changes[:_FIRST_FURTHER], changes[_FIRST_FURTHER:]
        yield from self._pairs((start, other) for start in starts[:_MOST_FURTHER] for other in soon)
        for start in starts[:_MOST_FURTHER]:
            yield from self._further(start)
        yield from self._pairs((start, other) for start in starts[_MOST_FURTHER:] for other in soon)
        for first in range(0, len(changes), _FIRST_BATCH):
            some = changes[first : first + _FIRST_BATCH]
            yield from self._pairs((start, other) for start in starts for other in some)

    def _further(self, change: Change) -> Iterator[Repair]:
        """Try a change with those of what it is in, and with those that make something right with it."""
        if self._values is None or len(change.splices) != 1 or self._out_of_time:
            return
        (splice,) = change.splices
        text = Text(changed(self._text.source, change.splices))
        end = splice.start + len(splice.text.encode())
        functions = functions_of(reached(text.tree, self._names).values())
        every = islice(single_changes(text, functions, numeric=self._numeric), _MOST_SINGLES)
        others = [each for each in in_order([*every]) if each.effort <= _LIKELY]
        around = [each for each in others if any(one.start <= splice.start and end <= one.end for one in each.splices)]
        found = towards(self._values, self._bench, text, others, in_doubt=True)
        yield from self._both(change, text, found.changes, few=True)
        yield from self._both(change, text, around)

    def _both(self, change: Change, text: Text, others: Sequence[Change], *, few: bool = False) -> Iterator[Repair]:
        """Try what some changes of a changed text make of it; a few of which much is hoped, however late it is."""
        sources = [changed(text.source, each.splices).encode() for each in others]
        before, (splice,) = self._text.source, change.splices
        told = [each.told_before(splice, before) for each in others]
        both = {_joined(before, source): each for source, each in zip(sources, told, strict=True)}
        pairs = [(each,) for each in both]
        late = few and pairs and not self._bench.lost
        answered = self._answered([each.splices for each in both]) if late else []
        for results in [[*zip(pairs, answered, strict=False)]] if late else self._results(pairs):
            yield from (Repair((change, both[each]), both=each.splices) for (each,), right in results if all(right))

    def _pairs(self, pairs: Iterable[tuple[Change, Change]]) -> Iterator[Repair]:
        for results in self._results([pair for pair in pairs if not pair[0].overlaps(pair[1])]):
            yield from (Repair(pair) for pair, right in results if all(right))

    def _few_pairs(self, pairs: Sequence[tuple[Change, Change]]) -> Iterator[Repair]:
        """Try pairs of which much is hoped, however late it is."""
        apart = [pair for pair in pairs if not pair[0].overlaps(pair[1])]
        answered = self._answered([Repair(pair).splices for pair in apart]) if apart and not self._bench.lost else []
        yield from (Repair(pair) for pair, right in zip(apart, answered, strict=False) if all(right))

    def _starts(self) -> Iterator[Change]:
        """Yield the changes that leave a known mistake and those that answer most; of all that do the same, a few."""
        yield from islice(_varied(self._halfway), _MOST_HALFWAY)
        better = sorted(self._better, key=lambda each: (-sum(each[1]), each[0].effort))
        yield from _varied(better)

    def _improves(self, right: tuple[bool, ...]) -> bool:
        return (
            not all(right)
            and sum(right) > sum(self._before)
            and all(now or not before for now, before in zip(right, self._before, strict=True))
        )

    def _results(self, changes: Sequence[tuple[Change, ...]]) -> Iterator[list[_Result]]:
        """Yield which questions are answered rightly with each, batch by batch, as long as there is effort left."""
        size, start = _FIRST_BATCH, 0
        while start < len(changes) and self._left > 0 and not self._out_of_time:
            batch = changes[start : start + min(size, self._left)]
            found = self._answered([tuple(sorted(s for change in each for s in change.splices)) for each in batch])
            yield list(zip(batch, found, strict=False))
            start, size = start + (len(found) or len(batch)), min(2 * size, _LARGEST_BATCH)

    @property
    def _out_of_time(self) -> bool:
        spent = time.process_time() + self._bench.spent > self._ends
        return self._bench.lost or spent or time.monotonic() - self._began > self._effort.clock * crowding()

    @property
    def _late(self) -> bool:
        """Whether so much time is spent that little is left for two changes."""
        return time.process_time() + self._bench.spent > self._ends - _FOR_PAIRS * self._effort.cpu

    def _answered(self, versions: Sequence[Sequence[Splice]]) -> list[tuple[bool, ...]]:
        """Return what each version answers rightly; those after the screen are asked of who does better in it."""
        screen, rest = self._questions[: self._screen], self._questions[self._screen :]
        first = self._right(versions, screen)
        if not rest:
            return first
        before = sum(self._before[: len(first[0])]) if first else 0
        passed = [index for index, right in enumerate(first) if all(right) or sum(right) > before]
        others = self._right([versions[index] for index in passed], rest) if passed else []
        no = (False,) * sum(question.parts for question in rest)
        more = dict(zip(passed, others, strict=False))
        return [(*right, *more.get(index, no)) for index, right in enumerate(first)]

    def _right(self, versions: Sequence[Sequence[Splice]], questions: Sequence[Question]) -> list[tuple[bool, ...]]:
        """Return which parts of which questions each version answers rightly; what came too late counts as not.

        It ends early where a check computes so long with their answers that no time would be left for others.
        """
        calls, results = [question.call for question in questions], list[tuple[bool, ...]]()
        # Versions share their answers: each is judged once.
        known: list[dict[int, tuple[bool, ...]]] = [{} for _ in questions]
        half: list[dict[int, _Programs]] = [{} for _ in questions]
        texts = [[(splice.start, splice.end, splice.text) for splice in version] for version in versions]
        answered = self._bench.answers(self._source, texts, calls, watch=self._watch)
        until = time.process_time() + self._effort.cpu
        for version, came in zip(versions, answered, strict=False):
            if results and time.process_time() > until:
                break
            self.tried += 1
            self._left -= _HANG if len(came) < len(calls) else 1
            for question, answers, each in zip(questions, known, came, strict=False):
                if id(each) not in answers:
                    answers[id(each)] = question.accepts(each)
            right = [part for answers, each in zip(known, came, strict=False) for part in answers[id(each)]]
            late = sum(question.parts for question in questions[len(came) :])
            results.append((*right, *([False] * late)))
            if not late and (programs := _known(questions, half, came)):
                self._known[tuple(version)] = programs
        return results


def _joined(before: bytes, after: bytes) -> Change:
    """All that is otherwise in a text, as one change."""
    start = _alike_from_start(before, after)
    tail = _alike_from_start(before[start:][::-1], after[start:][::-1])
    text = after[start : len(after) - tail].decode(errors="replace")
    return Change((Splice(start, len(before) - tail, text),), "", 0, 0)


def _alike_from_start(one: bytes, other: bytes) -> int:
    pairs = enumerate(zip(one, other, strict=False))
    return next((place for place, (each, its) in pairs if each != its), min(len(one), len(other)))


def single_changes(text: Text, functions: Iterable[ast.FunctionDef], *, numeric: bool = False) -> Iterator[Change]:
    """Yield every single edit of some functions of a program."""
    functions = list(functions)
    yield from shared_by_objects(text, functions)
    for function in functions:
        names = Names(text.tree, function)
        edits = chain(
            expression_edits(text, function, names, numeric=numeric),
            statement_edits(text, function, names, numeric=numeric),
        )
        later = _LATER if function.name == "__init__" and len(functions) > 1 else 0.0
        yield from (replace(edit, effort=edit.effort + later) for edit in edits)


def _sooner(change: Change) -> Change:
    return replace(change, effort=change.effort - _SOONER)


def _parted(changes: Iterable[Change], first: Callable[[Change], bool]) -> tuple[list[Change], list[Change]]:
    """Return the changes of which something is so, and the others."""
    parts: tuple[list[Change], list[Change]] = [], []
    for change in changes:
        parts[not first(change)].append(change)
    return parts


def _varied(changes: Iterable[tuple[Change, Hashable]]) -> Iterator[Change]:
    """Yield changes, but not too many of which the same comes."""
    alike: Counter[Hashable] = Counter()
    for change, what in changes:
        alike[what] += 1
        if alike[what] <= _MOST_ALIKE:
            yield change


def _known(questions: Sequence[Question], met: Sequence[dict[int, _Programs]], came: Sequence[Came]) -> _Programs:
    """Return the known-wrong programs that give all these answers; `met` keeps whose each answer is."""
    left: list[_Programs] = []
    for question, known, each in zip(questions, met, came, strict=True):
        if question.halfway is not None:
            if id(each) not in known:
                known[id(each)] = question.halfway(each)
            left.append(known[id(each)])
    return frozenset[int]().union(*left).intersection(*left)
