"""What is known about a submission when its verdicts stand: what it answered, and in which function it went wrong.

Whoever looks for a reason asks here: for the mistakes, for all that was seen of a function, for the exercise's checks
drawn anew, and for the submission once more. It must not know what a reason looks like.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, closing, contextmanager
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np

from autograder.grading.asking import (
    Asked,
    Outcome,
    agrees,
    answering_functions,
    but_for_entries,
    by_numbers,
    entries,
    functions_with_values,
    is_same,
    same,
    shows_answers,
    tried,
)
from autograder.grading.checking import Examined
from autograder.grading.explaining.asking_again import accepted, once, tried_again
from autograder.grading.explaining.effort import EFFORTS, Effort
from autograder.grading.explaining.state import keeps_state
from autograder.grading.submission import Submission
from autograder.grading.unfinished import defined_names, unwritten
from autograder.machine import crowding
from autograder.sandbox.failures import ProgramError, ProgramMissing
from autograder.sandbox.program import Called, Program
from autograder.sandbox.values import Tensor

if TYPE_CHECKING:
    from autograder.grading.judge import Judge  # which holds the known-wrong programs, and so imports this


#: Calls of modules that stand already which are asked of new ones, too.
_MOST_ASKED_AGAIN = 12
#: Seconds that a changed program may take: so many, more on a busy machine, and so many times what the submission took.
_LEAST_OF_VARIANT, _SLOWER = 0.2, 10.0


@dataclass(frozen=True)
class Part:
    """One question of a check, as small as it can be had, with the submission's answer.

    `passed`: the check is, or at least the answer is right, and an exception.
    """

    check: str
    asked: Asked
    passed: bool = False

    def fits(self, other: Outcome) -> bool:
        """Whether a program with this answer can be the submission, for all that this question tells."""
        accept, mine = self.asked.accept, self.asked.outcome
        if self.passed and accept is not None and mine.failure is None and accepted(accept, mine.value):
            return other.failure is None and accepted(accept, other.value)
        if self.passed and isinstance(mine.failure, ProgramError):
            return agrees(self.asked, other)  # where a program is to refuse, the sentence is its author's own
        return same(self.asked, other)


def makes_something_else(asked: Asked) -> bool:
    """Whether a check compares what it makes of the answers, not these as they are."""
    return not asked.name and not shows_answers(asked.outcome)


def _keep_nothing(questions: Sequence[Asked], program: Program) -> bool:
    """Whether a program's modules that were asked again answered as new ones with the same parameters do."""
    again = [(asked, call) for asked in questions for call in asked.asked_again][:_MOST_ASKED_AGAIN]
    return all(same(replace(asked, outcome=Outcome.of(call)), tried(call.ask, program)) for asked, call in again)


@dataclass
class Mistake:
    """What went wrong in some functions, most often in one: the wrong answers, and the checks that they failed.

    `refusals`: whether it is only what went wrong where arguments are to be refused, or only where they aren't.
    `scope`: in words, the calls that it is about alone, for a reason of theirs is known. `of_arguments`: it is that
    arguments are changed, where a check looks at nothing else and the functions go wrong otherwise, too. `entry`: the
    one entry of the answers that it is about, by its key or place; those `aside` are wrong, too, each by itself: in the
    wrong answers right ones stand for them. `partly`: others of its wrong calls have a reason, which isn't theirs.
    """

    functions: frozenset[str]
    wrong: list[Part] = field(default_factory=list)
    refusals: bool | None = None
    scope: str = ""
    of_arguments: bool = False
    entry: Any = None
    aside: frozenset[Any] = frozenset()
    partly: bool = False

    @property
    def checks(self) -> list[str]:
        return list(dict.fromkeys(part.check for part in self.wrong))

    def is_of(self, other: Mistake) -> bool:
        """Whether it is another mistake, or a part of it."""
        return self._which == other._which

    @property
    def _which(self) -> tuple[object, ...]:
        return self.functions, self.refusals, self.of_arguments, self.entry

    def left_by(self, told: Mistake, checks: Sequence[str]) -> list[Mistake]:
        """What is left of it when that part of it is told, and these checks are explained: where no single call is
        known to have gone wrong, each check may fail for a reason of its own.
        """
        wrong = [part for part in self.wrong if part.check not in checks]
        if partly := any(part.asked.call is not None for part in self.wrong):
            known = {id(part) for part in told.wrong}
            wrong = [part for part in wrong if id(part) not in known]
        return [replace(self, wrong=wrong, partly=partly)] if wrong else []

    @property
    def checks_of_calls(self) -> list[str]:
        """The checks in which a call went wrong; all, where none is known to have.

        What is found out about calls says nothing of a check that failed otherwise, as by an attribute.
        """
        return list(dict.fromkeys(part.check for part in self.wrong if part.asked.call is not None)) or self.checks

    @property
    def in_numbers(self) -> bool:
        """Whether some of the wrong answers say more than a word does, or a truth value."""
        answers = (part.asked.outcome for part in self.wrong)
        return self.of_arguments or any(
            each.failure is not None or not _says_little(entries(each.value).get(self.entry, each.value))
            for each in answers
        )


def _says_little(value: Any) -> bool:
    """Whether an answer is a word, a truth value, or labels: whole numbers that are 0 or 1."""
    numbers = value.values if isinstance(value, Tensor) else value
    if isinstance(numbers, np.ndarray) and numbers.dtype.kind in "iub":
        return bool(np.isin(numbers, (0, 1)).all())
    return isinstance(value, str | bool)


class Evidence:
    """All that was seen of one submission; `program` is the one that was graded, with its worker.

    `drawn` gives a check's questions with other random numbers, by a seed, which nobody has been asked yet; with the
    seed "" they are the same for every submission. It gives none where a check looks at answers between its questions.
    `simplified`: the checks of which a simplest bad input is known already, where one of all submissions will do.
    """

    def __init__(
        self,
        judge: Judge,
        submission: Submission,
        program: Program,
        examined: Sequence[Examined],
        drawn: Callable[[str, str], Sequence[Asked]],
        effort: Effort = EFFORTS["usual"],
        simplified: set[str] | None = None,
    ) -> None:
        self.effort = effort
        self._simplified = simplified
        self.judge, self.submission, self.program = judge, submission, program
        self.examined = examined
        self.drawn = drawn
        # On a busy machine a call takes longer by the clock; what is found out may not depend on that.
        self._left = min(effort.calls * crowding(), program.seconds_left)
        self._began, self._share = time.process_time(), 1.0
        self._answers: dict[int, tuple[object, Outcome]] = {}

    @property
    def seconds_left(self) -> float:
        """Seconds of its calls that may still be spent on reasons; none once the judge has computed too long itself.

        Answers can be made so that comparing them takes far longer than giving them.
        """
        return 0.0 if self.computed_long else self._left

    @property
    def computed_long(self) -> bool:
        """Whether the judge has computed as long as it may, whatever is left of the submission's own time."""
        return time.process_time() - self._began >= self.effort.computing * self._share

    @contextmanager
    def within(self, share: float) -> Iterator[None]:
        """Let the judge compute a share of what it may at all, or somewhat more, for a while."""
        self._share = share
        try:
            yield
        finally:
            self._share = 1.0

    def drawn_calls(self, check: str, seed: str) -> list[tuple[Asked, Called]]:
        """The calls in a check's questions, drawn by a seed, each with the reference's answer in it.

        They are asked once for all submissions.
        """
        known = self.judge.drawn_calls
        if (check, seed) not in known:
            known[check, seed] = [each for asked in self.drawn(check, seed) for each in self._calls(asked)]
        return [
            (asked, call)
            for asked, call in known[check, seed]
            if asked.accept is None or (call.gradient and call.name in self._determined)
        ]

    def _calls(self, asked: Asked) -> list[tuple[Asked, Called]]:
        reference = self.judge.reference
        if reference is None:
            return []
        answered = replace(asked, outcome=tried(asked.ask, reference))
        parts = answered.parts(modules_keep_nothing=_keep_nothing([answered], reference))
        asked = by_numbers(asked) if makes_something_else(answered) else asked
        return [(asked, part.call) for part in parts if part.call is not None]

    def wants_simplest(self, check: str) -> bool:
        """Whether the simplest input on which a check goes wrong is to be looked for."""
        return self._simplified is None or check not in self._simplified

    def note_simplest(self, check: str) -> None:
        """Take down that the simplest input of a check was found."""
        if self._simplified is not None:
            self._simplified.add(check)

    def variant(self, source: str) -> AbstractContextManager[Program]:
        """Another program in the submission's place, on what is left of its time.

        One that takes far longer than the submission did for all its checks hangs, most likely.
        """
        longest = _LEAST_OF_VARIANT * crowding() + _SLOWER * self.program.seconds_spent
        return closing(self.judge.program(self._with(source), total=min(self.seconds_left, longest)))

    def in_its_place(self, source: str, seconds: float) -> AbstractContextManager[Program]:
        """Another program in the submission's place, with time of its own: so many seconds, more on a busy machine."""
        return closing(self.judge.program(self._with(source), total=seconds * crowding()))

    def _with(self, source: str) -> Submission:
        return replace(self.submission, source=source)

    @contextmanager
    def once_more(self, *, trace: bool = False) -> Iterator[Program]:
        """The submission in a worker of its own, with no history: what hangs may not cost its time twice."""
        program = self.judge.program(self.submission, trace=trace, total=self.seconds_left)
        try:
            yield program
        finally:
            program.close()
            self.spend(program.seconds_spent)

    @contextmanager
    def graded(self) -> Iterator[Program]:
        """The program that was graded, after all that its checks asked; most often its worker still stands."""
        before = self.program.seconds_spent
        self.program.allow(self.seconds_left)
        try:
            yield self.program
        finally:
            self.spend(self.program.seconds_spent - before)

    def answer(self, drawn: Asked) -> Outcome:
        """What the submission answers to a question of `drawn`: asked once, if it can't answer otherwise later."""

        def ask() -> Outcome:
            if id(drawn.ask) in self._told_already:
                return self._told_already[id(drawn.ask)]
            with self.graded() as program:
                return tried_again(drawn.ask, program)

        return once(self._answers, drawn, ask, steady=not self.remembers)

    @cached_property
    def _told_already(self) -> dict[int, Outcome]:
        """What the submission answered to questions that are the same however they are drawn, by their ids."""
        pairs = self._not_drawn if not self.remembers else ()
        return {id(drawn.ask): asked.outcome for _, _, drawn, asked in pairs if asked.outcome.repeatable}

    @cached_property
    def places(self) -> dict[int, str]:
        """Where each question stands that is the same however it is drawn, by its id."""
        return {id(asked.ask): f"{check} {place} " for check, place, _, asked in self._not_drawn}

    @cached_property
    def _not_drawn(self) -> list[tuple[str, int, Asked, Asked]]:
        """The questions in which nothing is drawn: of which check, in which place, as drawn and as asked."""
        return [
            (examined.result.id, place, drawn, asked)
            for examined in self.examined
            for place, (drawn, asked) in enumerate(
                zip(self.drawn(examined.result.id, ""), examined.asked, strict=False)
            )
            if is_same(drawn.ask, asked.ask)
        ]

    def spend(self, seconds: float) -> None:
        self._left = max(0.0, self._left - seconds)

    @cached_property
    def remembers(self) -> bool:
        """Whether what the submission answers could depend on what it was asked before."""
        return keeps_state(self.submission.source)

    @cached_property
    def unwritten(self) -> frozenset[str]:
        """The functions that are still to be written: nobody's belief, only work to come."""
        exercise = self.judge.exercise
        open_to = unwritten(self.submission.source, exercise.stub, exercise.required_names)
        return frozenset(open_to) - functions_with_values(asked for each in self.examined for asked in each.asked)

    def still_to_be_written(self, asked: Asked) -> str:
        """The function that a question asks for in vain, itself or by one that calls it; empty if it raised something
        else than what a stub does.
        """
        failure = asked.outcome.failure
        stands = failure is None or (isinstance(failure, ProgramMissing) and failure.name in self.unwritten)
        if isinstance(failure, ProgramError) and failure.type == "NotImplementedError":
            if failure.lines and failure.lines[-1].function in self.unwritten:
                return failure.lines[-1].function
            stands = True
        # What answers though the source doesn't define it was made by another function, or by `exec`.
        open_to = self.unwritten if failure is not None else self.unwritten & defined_names(self.submission.source)
        return min(asked.names & open_to, default="") if stands else ""

    @property
    def failing(self) -> set[str]:
        """The checks that didn't pass: also one that took too long, which is no mistake, but no answer either."""
        return {examined.result.id for examined in self.examined if not examined.passed}

    @cached_property
    def mistakes(self) -> list[Mistake]:
        """What went wrong, by the functions it went wrong in; the one that fails most checks first."""
        found: dict[tuple[frozenset[str], bool], Mistake] = {}
        for examined in self.examined:
            if examined.failed and examined.asked:
                for functions, part in self._wrong_parts(examined):
                    new = Mistake(functions, of_arguments=self._stands_apart(part.asked))
                    found.setdefault((functions, new.of_arguments), new).wrong.append(part)
        return sorted(found.values(), key=lambda mistake: -len(mistake.checks))

    def about(self, mistake: Mistake) -> list[Part]:
        """Everything that was seen of the functions of a mistake, what failed first.

        A question about other functions besides counts too, unless one of those is mistaken for its own part.
        """
        parts = [self.apart(part, mistake) for part in self.all_parts if self.concerns(part.asked, mistake)]
        return mistake.wrong + sorted(parts, key=lambda part: part.check not in mistake.checks)

    @cached_property
    def all_parts(self) -> list[Part]:
        """Everything that was seen of the submission."""
        return [
            self.part(examined.result.id, part, examined.passed)
            for examined in self.examined
            for asked in examined.asked
            for part in self.parts(asked)
        ]

    def part(self, check: str, asked: Asked, passed: bool) -> Part:
        """A question of a check that has passed or not; in a failed one, too, an exception may be the right answer."""
        refused = isinstance(asked.outcome.failure, ProgramError)
        return Part(check, asked, passed or (refused and self.is_right(asked)))

    def apart(self, part: Part, mistake: Mistake) -> Part:
        """A question with right entries in the answer for those that are wrong by themselves."""
        reference = self.judge.reference
        if not mistake.aside or part.asked.call is None or reference is None:
            return part
        answer = but_for_entries(part.asked.outcome, tried(part.asked.ask, reference), mistake.aside)
        return replace(part, asked=replace(part.asked, outcome=answer))

    def concerns(self, asked: Asked, mistake: Mistake) -> bool:
        """Whether a question is about the functions of a mistake, and about no other's, and on its side."""
        about = bool(asked.names & mistake.functions) and not asked.names & self.otherwise_mistaken(mistake)
        return about and self.is_on_its_side(asked, mistake)

    def is_on_its_side(self, asked: Asked, mistake: Mistake) -> bool:
        """Whether a question is one to refuse, if the mistake is of such, or one to answer, if it is of those."""
        reference = self.judge.reference
        if self._stands_apart(asked) is not mistake.of_arguments:
            return False
        if mistake.refusals is None or reference is None:
            return True
        return isinstance(tried(asked.ask, reference).failure, ProgramError) is mistake.refusals

    def sides(self, mistake: Mistake) -> list[Mistake]:
        """What went wrong where there is to be an answer, and where there is to be none, as two mistakes.

        None where it went wrong on one side only.
        """
        sides = [replace(mistake, refusals=side) for side in (False, True)]
        for each in sides:
            each.wrong = [part for part in mistake.wrong if self.is_on_its_side(part.asked, each)]
        return sides if all(each.wrong for each in sides) else []

    def otherwise_mistaken(self, mistake: Mistake) -> frozenset[str]:
        """The functions that are mistaken for a part of their own."""
        return frozenset[str]().union(*(each.functions for each in self.mistakes)) - mistake.functions

    def parts(self, asked: Asked) -> list[Asked]:
        """A question taken apart into its calls, where their answers are all that can be right."""
        if asked.accept or self._stands_apart(asked) or not asked.names <= self._determined:
            return [asked]
        return self._taken_apart(asked)

    def _taken_apart(self, asked: Asked) -> list[Asked]:
        """The calls of a question; compared by their numbers where its check takes these in any form."""
        found = asked.parts(modules_keep_nothing=self._modules_keep_nothing)
        if not any(part.name in self._free_in_form for part in found) or not self._leaves_form_free(asked):
            return found
        return [by_numbers(part) if part.name in self._free_in_form else part for part in found]

    @cached_property
    def _free_in_form(self) -> frozenset[str]:
        """The functions of which a check took right numbers in another form than the reference's."""
        passed = (asked for examined in self.examined if examined.passed for asked in examined.asked)
        return frozenset(
            part.name
            for asked in passed
            if asked.accept is None and not asked.name
            for part in asked.parts(modules_keep_nothing=True)
            if part.call is not None and not self.is_right(part) and self.is_right(by_numbers(part))
            if self._leaves_form_free(asked)  # last, for the reference may take long over a whole question
        )

    def _leaves_form_free(self, asked: Asked) -> bool:
        """Whether a check makes something of the answers, such as an array of a list, before it compares: of the
        submission's, or of the reference's, where the submission's has that form already.
        """
        reference = self.judge.reference
        return makes_something_else(asked) or (
            not asked.name
            and reference is not None
            and makes_something_else(replace(asked, outcome=tried(asked.ask, reference)))
        )

    def calls_in(self, part: Part) -> list[Asked]:
        """The calls of a question whose modules keep something, or of whose functions many answers are right.

        Where the reference's modules keep something too, what is right is so of the question as a whole.
        """
        again = any(part.asked.asked_again)
        if part.asked.names <= self._determined and (part.passed or not again):
            return [part.asked]
        if again and not self._reference_keeps_nothing(part.asked):
            return [part.asked]
        return part.asked.parts(modules_keep_nothing=True)

    def is_free(self, mistake: Mistake) -> bool:
        """Whether many answers of its functions are right, as a random start is: none is held against another."""
        return not mistake.functions <= self._determined

    @cached_property
    def _modules_keep_nothing(self) -> bool:
        """Whether the modules that were asked again answered as new ones do."""
        with self.graded() as program:
            return _keep_nothing([asked for examined in self.examined for asked in examined.asked], program)

    def _reference_keeps_nothing(self, asked: Asked) -> bool:
        reference = self.judge.reference
        return reference is not None and _keep_nothing([replace(asked, outcome=tried(asked.ask, reference))], reference)

    @cached_property
    def _determined(self) -> frozenset[str]:
        """The functions whose answers are compared as they are: of others (a random start) each answer may be right."""
        found: set[str] = set()
        for asked in (each for examined in self.examined for each in examined.asked):
            found |= {asked.name} if asked.name else set()
            found |= set() if asked.accept else answering_functions(asked.outcome)
        return frozenset(found)

    def _wrong_parts(self, examined: Examined) -> Iterator[tuple[frozenset[str], Part]]:
        """Those of its last question that the reference answers otherwise, each with the functions that it blames.

        Where that can't be told it is the question as a whole, and all functions that the check asked about are.
        """
        last = examined.agree.last
        if last is None:
            return
        if self._stands_apart(last):
            yield last.names, Part(examined.result.id, last)
            return
        apart = last.names <= self._determined
        parts = self._taken_apart(last) if apart else [last]
        wrong = [part for part in parts if not self.is_right(part)] if len(parts) > 1 else self.parts(last)
        for part in wrong or [last]:
            whole = part is last and part.call is None and not part.name
            functions = frozenset[str]().union(*(asked.names for asked in examined.asked)) if whole else part.names
            yield functions, Part(examined.result.id, part)

    def _stands_apart(self, asked: Asked) -> bool:
        """Whether a question about arguments alone shows that they are changed, where else the answers are wrong."""
        return self._only_changes(asked) and bool(asked.names & self._wrong_otherwise)

    def _only_changes(self, asked: Asked) -> bool:
        about_arguments = asked.keep_arguments == "only" and asked.call is None and asked.outcome.failure is None
        return about_arguments and bool(asked.outcome.value) and not self.is_right(asked)

    @cached_property
    def _wrong_otherwise(self) -> frozenset[str]:
        """The functions that some check found wrong by more than what becomes of their arguments."""
        last = (examined.agree.last for examined in self.examined if examined.failed)
        return frozenset[str]().union(*(each.names for each in last if each and not self._only_changes(each)))

    def is_right(self, asked: Asked) -> bool:
        """Whether the reference answers alike; nothing is, where there is none."""
        reference = self.judge.reference
        return reference is not None and agrees(asked, tried(asked.ask, reference))
