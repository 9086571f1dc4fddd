"""The line of a mistake: finds a repair, confirms it, and says where it is.

Told is the place and what kind of thing to look at, as the fact that it is: with something else there, every check of
that function passes. The edit itself isn't told, and no right answer goes to where the student's code runs.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from autograder.grading.asking import Asked, Outcome, agrees, ask_program
from autograder.grading.explaining.evidence import Evidence, Mistake, Part
from autograder.grading.explaining.repair.change import Change, Text, changed
from autograder.grading.explaining.repair.search import Question, Repair, Search
from autograder.grading.report import Explanation
from autograder.language import tr
from autograder.sandbox.bench import BenchCall, Came
from autograder.sandbox.cells import at_start, place
from autograder.sandbox.failures import ProgramError, in_words
from autograder.sandbox.program import Program, Remarks

if TYPE_CHECKING:
    from autograder.grading.judge import Judge

#: Questions that the versions are asked, those that went wrong first.
_MOST_ASKED = 12
#: Repairs that are confirmed at most; one that fails passed by chance on the few questions of the search.
_MOST_CONFIRMED = 4
#: Seconds of calls that one of them may take.
_CONFIRMING = 10.0
#: Draws of the checks' questions that no submission was graded by: one, but a word or two is often right by chance.
_AFRESH = tuple(f"a repair {draw}" for draw in range(8))


def explain_lines(evidence: Evidence, mistakes: Sequence[Mistake]) -> Iterator[tuple[Mistake, Explanation]]:
    """Yield a line for each mistake that an edit of the student's own program mends."""
    try:
        text = Text(evidence.submission.source)
    except (SyntaxError, ValueError, RecursionError):
        return
    for mistake in mistakes:
        if evidence.seconds_left <= 0:
            return
        left_out = _otherwise_wrong(mistake)
        found = _repair(evidence, mistake, text, left_out)
        if found is not None:
            repair, whole = found
            alone = len(evidence.mistakes) == 1
            yield mistake, _explanation(repair, mistake, text, alone=alone, but_one="" if whole else left_out)


def _otherwise_wrong(mistake: Mistake) -> str:
    """Return the one check, if it is one, that failed otherwise than by a call: something else can be wrong in it."""
    others = [check for check in mistake.checks if check not in mistake.checks_of_calls]
    return others[0] if len(others) == 1 else ""


def _repair(evidence: Evidence, mistake: Mistake, text: Text, left_out: str) -> tuple[Repair, bool] | None:
    """Return a repair, and whether all checks pass with it; `left_out` is one which may go on failing."""
    judge = evidence.judge
    questions = _questions(judge, evidence.about(mistake))
    if judge.reference is None or not questions:
        return None
    with judge.bench(evidence.submission) as bench:
        functions = sorted(mistake.functions)
        search = Search(bench, text, functions, questions, numeric=judge.needs_arrays, effort=evidence.effort)
        for tries, repair in enumerate(search.repairs()):
            source = changed(text.source, repair.splices)
            if _confirmed(evidence, mistake, source):
                return repair, True
            if left_out and _confirmed(evidence, mistake, source, left_out):
                return repair, False
            if tries + 1 >= _MOST_CONFIRMED:
                break
    return None


# What is asked of every version


def _questions(judge: Judge, parts: Sequence[Part]) -> list[Question]:
    """Return the calls among what was asked, those that went wrong first, each with what tells a right answer."""
    found: dict[int, Question] = {}
    # Of a module's gradients a version is asked only where its answers are right; they take their time.
    plain = any(part.asked.call is not None and not part.asked.call.gradient and not part.passed for part in parts)
    for part in parts:
        if plain and part.asked.call is not None and part.asked.call.gradient:
            continue
        question = _question(judge, part.asked)
        if question is not None and id(part.asked.call) not in found and len(found) < _MOST_ASKED:
            found[id(part.asked.call)] = question
    return list(found.values())


def _question(judge: Judge, asked: Asked) -> Question | None:
    call = asked.call
    if call is None or judge.reference is None:
        return None
    right = ask_program(asked.ask, judge.reference)
    judge.reference.forget()
    if right.failure is not None and not isinstance(right.failure, ProgramError):
        return None

    def accepts(came: Came) -> bool:
        return agrees(replace(asked, outcome=_outcome(came)), right)

    watch = asked.keep_arguments or asked.quiet
    bench_call = BenchCall(call.name, call.arguments, call.keywords, call.built, call.gradient, call.weights)
    return Question(bench_call, accepts, watch)


def _outcome(came: Came) -> Outcome:
    return Outcome(came.value, came.failure, Remarks(list(came.changed), ["a warning"] if came.warned else []))


# Confirming


def _confirmed(evidence: Evidence, mistake: Mistake, source: str, but: str = "") -> bool:
    """Return whether a program in a worker of its own answers all rightly, what was asked and what is asked afresh.

    `but`: a check that doesn't count.
    """
    submission = replace(evidence.submission, source=source)
    program = evidence.judge.program(submission, total=_CONFIRMING)
    try:
        return all(_right(evidence.judge, asked, program) for asked in _everything(evidence, mistake, but))
    finally:
        program.close()


def _everything(evidence: Evidence, mistake: Mistake, but: str) -> Iterator[Asked]:
    """Yield all questions of the checks that concern the functions of a mistake, and the same drawn once more."""
    for examined in evidence.examined:
        concerned = [asked for asked in examined.asked if asked.names & mistake.functions]
        if not concerned or examined.result.id == but:
            continue
        # What comes after the first wrong answer was never asked; the check's questions drawn afresh hold it.
        yield from concerned
        for seed in _AFRESH[:1] if mistake.in_numbers else _AFRESH:
            yield from evidence.drawn(examined.result.id, seed)


def _right(judge: Judge, asked: Asked, program: Program) -> bool:
    assert judge.reference is not None
    try:
        outcome = ask_program(asked.ask, program)
        if asked.accept is not None:
            return outcome.failure is None and bool(asked.accept(outcome.value))
        return agrees(replace(asked, outcome=outcome), ask_program(asked.ask, judge.reference))
    except Exception:  # the check can't use this answer
        return False
    finally:
        judge.reference.forget()
        program.forget()


# Telling


def _explanation(repair: Repair, mistake: Mistake, text: Text, *, alone: bool, but_one: str) -> Explanation:
    changes = sorted(repair.changes, key=lambda change: change.line)
    functions = tr(" and ").join(sorted(mistake.functions))
    checks = tr("every check") if alone else tr("every check of {functions}", functions=functions)
    if but_one:
        checks = tr("every check of {functions} but one", functions=functions)
    places = [_place(change, text.source.decode()) for change in changes]
    told = [f"{at_start(where)}: {_in_words(change)}" for where, change in zip(places, changes, strict=True)]
    if len(told) == 1:
        said = tr("{change}, {checks} would pass.", change=told[0], checks=checks)
    else:
        said = tr("{changes}. With both, {checks} would pass.", changes=". ".join(told), checks=checks)
    title = tr("Look at {places}", places=tr(" and ").join(dict.fromkeys(places)))
    return Explanation("line", title, said, line=changes[0].line, checks=_concerned(mistake, but_one))


def _concerned(mistake: Mistake, but_one: str) -> list[str]:
    return [check for check in mistake.checks if check != but_one]


def _in_words(change: Change) -> str:
    """Say what is otherwise after a change, in the language that is spoken."""
    whole = tr(change.what)
    there = re.fullmatch(r"with (.*) there", whole)
    if not there:
        return whole
    several = len(change.lines) > 1
    what = tr(there[1])
    return tr("with {what} in each of them", what=what) if several else tr("with {what} there", what=what)


def _place(change: Change, source: str) -> str:
    first = place(source, change.line)
    if len(change.lines) > 1:
        *others, last = (in_words(place(source, line)) for line in change.lines)
        return ", ".join(others) + tr(" and ") + last
    if change.line == change.last_line:
        return in_words(first)
    of_file, _, number = first.rpartition("line ")
    return in_words(f"{of_file}lines {number}–{int(number) + change.last_line - change.line}")
