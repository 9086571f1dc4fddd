"""Naming what a student believed: the known-wrong program that answers every question as the submission did.

A belief is a claim about the program, so all evidence counts: each question about the mistaken functions, in checks
that failed and in checks that passed, and the same checks drawn once more. What fits only some of it is not named.
"""

from __future__ import annotations

import ast
import hashlib
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from functools import cached_property
from itertools import zip_longest

from autograder.course import KnownWrong
from autograder.grading.asking import Ask, Asked, Outcome
from autograder.grading.explaining.asking_again import once, tried_again
from autograder.grading.explaining.evidence import Evidence, Mistake, Part
from autograder.grading.explaining.state import keeps_state
from autograder.grading.explaining.used_functions import reached
from autograder.grading.report import Explanation, Misconception
from autograder.language import tr, tr_n
from autograder.sandbox.failures import ProgramMissing
from autograder.sandbox.program import Program

#: Seconds after which no further belief is asked about one mistake: some train a network for each answer.
_PATIENCE = 60.0
#: Answers that are kept of each belief; the exercise's checks, drawn once, hold fewer.
_MOST_KEPT = 400
#: How often the checks are drawn anew to tell two beliefs apart that fit alike.
_DRAWS = 3


class Belief:
    """A known-wrong program, set up when first asked; `keeps_state`: its answers can depend on earlier questions."""

    def __init__(self, wrong: KnownWrong, set_up: Callable[[str], Program]) -> None:
        self.misconception = Misconception(wrong.id, wrong.title, wrong.explanation)
        self._source, self._set_up = wrong.source, set_up
        self._program: Program | None = None
        self._known: dict[bytes, Outcome] = {}
        self._told: dict[int, tuple[object, Outcome]] = {}

    # Found out when first wanted: a submission that passes need not wait until dozens of sources are parsed.
    @cached_property
    def keeps_state(self) -> bool:
        return keeps_state(self._source)

    @cached_property
    def _defines(self) -> frozenset[str]:
        return _defined(self._source)

    @property
    def program(self) -> Program:
        if self._program is None:
            self._program = self._set_up(self._source)
        return self._program

    def fits(self, part: Part, key: bytes = b"") -> bool:
        """Whether it answers as the submission did.

        It is asked once of each submission's question; with a `key`, which tells the question, only once at all.
        """
        failure = part.asked.outcome.failure
        if isinstance(failure, ProgramMissing) and failure.name in self._defines:
            return False
        outcome = self._told_answer(part.asked) if not key else self._known_answer(part.asked.ask, key)
        return part.fits(outcome)

    def fits_once_more(self, part: Part, key: bytes) -> bool:
        """Whether it fits. A question that everybody is asked alike it may have answered already."""
        known = key in self._known and not self.keeps_state
        return part.fits(self._known[key]) if known else self.fits(part)

    def is_right(self, part: Part, evidence: Evidence) -> bool:
        """Whether it answers as the reference does."""
        return evidence.is_right(replace(part.asked, outcome=self._told_answer(part.asked)))

    def uses(self, functions: frozenset[str], name: str) -> bool:
        """Whether its program has a function of this name that uses one of those; no name is none's."""
        return bool(name) and not functions.isdisjoint(reached(ast.parse(self._source), [name]).keys() - {name})

    def fits_in_order(self, evidence: Evidence, mistake: Mistake) -> bool:
        """Whether a fresh worker of it answers so too, asked all that the submission was asked, in the same order."""
        self.close()
        met = 0
        for examined in evidence.examined:
            for ask in examined.history[met:]:
                self.answer(ask)
            met = len(examined.history) + len(examined.asked)
            passed = examined.passed
            if not all(self._answers_alike(asked, passed, evidence, mistake) for asked in examined.asked):
                return False
        return True

    def _answers_alike(self, asked: Asked, passed: bool, evidence: Evidence, mistake: Mistake) -> bool:
        outcome = self.answer(asked.ask)
        parts = evidence.parts(asked)
        if parts == [asked]:
            return not evidence.concerns(asked, mistake) or evidence.part("", asked, passed).fits(outcome)
        calls = map(Outcome.of, outcome.remarks.calls)
        pairs = zip_longest(parts, calls)
        return all(
            part is not None and call is not None and evidence.part("", part, passed).fits(call)
            for part, call in pairs
            if part is None or evidence.concerns(part, mistake)
        )

    def _told_answer(self, asked: Asked) -> Outcome:
        """What it answers to a question of this submission's, which may be about several mistakes."""
        question = asked.call if asked.call is not None else asked.ask
        return once(self._told, question, lambda: self.answer(asked.ask), steady=not self.keeps_state)

    def _known_answer(self, ask: Ask, key: bytes) -> Outcome:
        if key not in self._known:
            if len(self._known) >= _MOST_KEPT:
                self._known.clear()
            outcome = self.answer(ask)
            if not outcome.repeatable:
                return outcome
            self._known[key] = outcome
        return self._known[key]

    def answer(self, ask: Ask) -> Outcome:
        """Return what its program answers to a question."""
        program = self.program
        try:
            return tried_again(ask, program)
        finally:
            program.forget()

    def forget(self) -> None:
        """Let go of what it answered to one submission's questions."""
        self._told.clear()

    def close(self) -> None:
        if self._program is not None:
            self._program.close()


class Diagnosis:
    """The known-wrong programs of one exercise; their workers start when first asked, and stay.

    `set_up` makes a Program of a source, on a zygote that is warm enough for it: one that may have to be started.
    """

    def __init__(self, known_wrong: Iterable[KnownWrong], set_up: Callable[[str], Program]) -> None:
        self._all = [Belief(wrong, set_up) for wrong in known_wrong]
        self._left_out: tuple[str, ...] = ()

    @property
    def beliefs(self) -> list[Belief]:
        """All of the exercise's but those that are left out."""
        return [belief for belief in self._all if belief.misconception.id not in self._left_out]

    @contextmanager
    def without(self, *misconceptions: str) -> Iterator[None]:
        """Know nothing of some beliefs for a while."""
        self._left_out = misconceptions
        try:
            yield
        finally:
            self._left_out = ()

    def explain(self, evidence: Evidence, mistakes: Sequence[Mistake]) -> Iterator[tuple[Mistake, Explanation]]:
        """The mistakes that are a belief's, each with it; those of one belief have one explanation.

        Of several that fit a mistake it is the one that fits most mistakes; if there are several of those, none is.
        """
        held: dict[tuple[object, ...], tuple[Misconception, list[Mistake]]] = {}
        for mistake, belief in self._named(evidence, mistakes):
            held.setdefault((belief.id, mistake.refusals, mistake.entry), (belief, []))[1].append(mistake)
        for belief, alike in held.values():
            functions = sorted(frozenset[str]().union(*(mistake.functions for mistake in alike)))
            checks = list(dict.fromkeys(check for mistake in alike for check in mistake.checks))
            refusals = alike[0].refusals
            everything = len(alike) == len(evidence.mistakes) and evidence.failing <= {*checks}
            of_arguments = all(mistake.of_arguments for mistake in alike)
            scope = alike[0].scope
            told = everything and refusals is None and not scope
            because = "" if told else _rests_on(functions, refusals, scope, of_arguments)
            said = belief.title, belief.explanation, belief.id, None, checks, because, functions, scope
            explanation = Explanation("belief", *said)
            yield from ((mistake, explanation) for mistake in alike)

    def _named(self, evidence: Evidence, mistakes: Sequence[Mistake]) -> Iterator[tuple[Mistake, Misconception]]:
        fitting = [self._fitting(evidence, mistake) for mistake in mistakes]
        often = Counter(name for found in fitting for name in found)
        named: list[tuple[Mistake, Misconception]] = []
        for mistake, found in zip(mistakes, fitting, strict=True):
            most = max((often[name] for name in found), default=0)
            fit_most = [belief for name, belief in found.items() if often[name] == most]
            named += [(mistake, fit_most[0])] if len(fit_most) == 1 else []
        # Of a word or two much is true by chance: then numbers show it too, or it has to be all that is wrong.
        shown = {belief.id for mistake, belief in named if mistake.in_numbers}
        for mistake, belief in named:
            if mistake.in_numbers or belief.id in shown or often[belief.id] == len(mistakes):
                yield mistake, belief

    def _fitting(self, evidence: Evidence, mistake: Mistake) -> dict[str, Misconception]:
        """The beliefs that fit all that is known of a mistake, by their ids.

        A class's mistakes which none explains may not cost dozens of questions each. So the submission first answers
        the checks as they are drawn for everybody, until no belief is left: what those answer is asked once and kept.
        Programs that keep state are asked all from the start, but only where the submission may keep some, too.
        """
        until = time.monotonic() + _PATIENCE
        remembers = evidence.remembers
        left = [belief for belief in self.beliefs if not (remembers and belief.keeps_state)]
        left = _screened(evidence, mistake, left, "")
        parts = evidence.about(mistake) if left else []
        keys = [question_key(part, evidence.places.get(id(part.asked.ask), "")) for part in parts]
        left = [belief for belief in left if time.monotonic() < until and all(map(belief.fits_once_more, parts, keys))]
        left = [belief for belief in left if _is_right_elsewhere(belief, evidence, mistake)]
        for draw in range(1, _DRAWS + 1):
            if len({belief.misconception.id for belief in left}) > 1:
                left = _screened(evidence, mistake, left, str(draw))
        if remembers:
            left += [
                belief
                for belief in self.beliefs
                if belief.keeps_state and time.monotonic() < until and belief.fits_in_order(evidence, mistake)
            ]
        return {belief.misconception.id: belief.misconception for belief in left}

    def forget(self) -> None:
        """Let go of what one submission was compared by."""
        for belief in self._all:
            belief.forget()

    def close(self) -> None:
        for belief in self._all:
            belief.close()


def _rests_on(functions: Sequence[str], refusals: bool | None, entry: str, of_arguments: bool) -> str:
    """Say of which functions all questions are answered as a belief's program does, where others are mistaken too.

    `entry`: in which entry of the answers alone.
    """
    if not functions:
        return ""
    them = tr(" and ").join(functions)
    if entry:
        return tr(
            "What your {functions} returns {entry} is what one with this mistake returns there.",
            functions=them,
            entry=entry,
        )
    if of_arguments:
        return tr_n(
            "Your {functions} changes the same arguments as one with this mistake does.",
            "Your {functions} change the same arguments as those with this mistake do.",
            len(functions),
            functions=them,
        )
    if refusals is True:
        return tr("Where it should refuse, your {functions} does what one with this mistake does.", functions=them)
    if refusals is False:
        return tr("Where an answer is promised, your {functions} does what one with this mistake does.", functions=them)
    return tr_n(
        "Your {functions} answers every question as one with this mistake does.",
        "Your {functions} answer every question as those with this mistake do.",
        len(functions),
        functions=them,
    )


def _is_right_elsewhere(belief: Belief, evidence: Evidence, mistake: Mistake) -> bool:
    """Whether what else a belief's program gets wrong is wrong in the submission too, and alike.

    Where it is right, the submission may be wrong by another mistake: in a check that passed too, which looks at
    something else than the answer. What is still to come in the submission tells nothing where the belief's program
    uses the mistaken function in it: it goes wrong there for the same reason.
    """
    parts = [part for part in evidence.all_parts if not evidence.concerns(part.asked, mistake)]
    return all(
        belief.uses(mistake.functions, evidence.still_to_be_written(part.asked))
        or belief.fits(part)
        or belief.is_right(part, evidence)
        for part in parts
    )


def _screened(evidence: Evidence, mistake: Mistake, beliefs: list[Belief], seed: str) -> list[Belief]:
    """The beliefs that answer the exercise's checks, drawn by this seed, as the submission does."""
    failed, left = mistake.checks, beliefs
    for examined in sorted(evidence.examined, key=lambda each: each.result.id not in failed):
        about = any(asked.names & mistake.functions for asked in examined.asked)
        for place, asked in enumerate(evidence.drawn(examined.result.id, seed) if about else ()):
            if not left or evidence.seconds_left <= 0:
                return left
            drawn = Part(f"{examined.result.id} {place} {seed}", asked, examined.passed)
            for part in answered(evidence, mistake, drawn):
                key = question_key(part)
                left = [belief for belief in left if belief.fits(part, key)]
    return left


def answered(evidence: Evidence, mistake: Mistake, drawn: Part) -> list[Part]:
    """What the submission answers to a question that it wasn't asked yet, as parts that are about the mistake."""
    outcome = evidence.answer(drawn.asked)
    parts = evidence.parts(replace(drawn.asked, outcome=outcome)) if outcome.repeatable else []
    found = (evidence.part(drawn.check, part, drawn.passed) for part in parts if evidence.concerns(part, mistake))
    return [evidence.apart(part, mistake) for part in found]


def question_key(part: Part, place: str | None = None) -> bytes:
    """What tells a question from every other: what it asks, or the place that it has. Empty where nothing does."""
    if (call := part.asked.call) is not None:
        what = call.question
        return hashlib.blake2b(what).digest() if what is not None else b""
    return (part.check if place is None else place).encode()


def _defined(source: str) -> frozenset[str]:
    """The functions and classes at the top level of a program."""
    return frozenset(node.name for node in ast.parse(source).body if isinstance(node, ast.FunctionDef | ast.ClassDef))
