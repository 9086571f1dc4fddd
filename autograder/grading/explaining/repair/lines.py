"""The line of a mistake: finds a repair, confirms it, and says where it is.

Told is the place and what kind of thing to look at, as the fact that it is: with something else there, every check of
that function passes. The edit itself isn't told, and no right answer goes to where the student's code runs.
"""

from __future__ import annotations

import re
import time
from collections import Counter
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import replace
from functools import partial
from itertools import islice
from typing import TypeAlias

from autograder.grading.asking import Asked, Outcome, Unusable, agrees, ask_program, same
from autograder.grading.compare import alike
from autograder.grading.explaining.asking_again import accepted, tried_again
from autograder.grading.explaining.behaviours.answer_parts import parts_of
from autograder.grading.explaining.beliefs import Belief
from autograder.grading.explaining.effort import Effort
from autograder.grading.explaining.evidence import Evidence, Mistake, Part
from autograder.grading.explaining.repair.change import Change, Text, changed
from autograder.grading.explaining.repair.crossed import answers_crossed
from autograder.grading.explaining.repair.halfway import Halfway
from autograder.grading.explaining.repair.inner_values import RightProgram
from autograder.grading.explaining.repair.one_by_one import mending
from autograder.grading.explaining.repair.replay import replayed
from autograder.grading.explaining.repair.search import Question, Repair, Search
from autograder.grading.explaining.used_functions import used_mistakes
from autograder.grading.report import Explanation, Misconception
from autograder.language import series, tr, tr_n
from autograder.machine import crowding
from autograder.sandbox.bench import Came
from autograder.sandbox.cells import at_start, place
from autograder.sandbox.failures import ProgramError, in_words
from autograder.sandbox.program import Program, Remarks
from autograder.several_files import lines_of

#: The beliefs whose programs answer some failed check of a mistake just as the submission does.
Resembled: TypeAlias = Callable[[Evidence, Mistake], Sequence[Belief]]

#: Questions that the versions are asked, those that went wrong first.
_MOST_ASKED = 12
#: Questions to which the known-wrong programs' answers are wanted, and seconds that one may take with all of them.
_OF_KNOWN, _ASKING_KNOWN = 2, 0.3
#: Repairs that are confirmed at most; one that fails passed by chance on the few questions of the search.
_MOST_CONFIRMED = 4
#: Right programs whose values on the way are looked at, and by what the one that is most alike is known.
_MOST_RIGHT = 3
_WORD = re.compile(r"\w+|[^\w\s]+")
#: Seconds of calls that one of them may take, more on a busy machine.
_CONFIRMING = 10.0
#: Draws of the checks' questions that no submission was graded by: three, but a word or two is often right by chance.
_AFRESH = tuple(f"a repair {draw}" for draw in range(8))


def explain_lines(
    evidence: Evidence, mistakes: Sequence[Mistake], resembled: Resembled
) -> Iterator[tuple[Mistake, Explanation]]:
    """Yield a line for each mistake that an edit of the student's own program mends.

    Where one edit leaves nothing but a belief, there were two mistakes: then both are said.
    """
    reference, text = evidence.judge.reference, Text.of(evidence.submission.source)
    if reference is None or text is None:
        return
    mended: list[tuple[Repair, list[Mistake]]] = []
    slow: list[Mistake] = []
    for mistake in sorted(mistakes, key=lambda each: each.of_arguments):
        if evidence.computed_long:  # the search has seconds of its own: what hung before takes none of them
            break
        if mistake.partly or any(_mends_too(evidence, each, mistake, text, reference) for each in mended):
            continue  # no one change mends it, or one that is told already does
        if mistake.of_arguments:  # which its check tells itself
            continue
        if not _questions(reference, mistake.wrong, ()):  # nothing that a bench can ask
            slow.append(mistake)
            continue
        left_out = _otherwise_wrong(mistake)
        found = _repair(evidence, mistake, text, reference, left_out)
        single = found is not None and len(found[0].changes) == 1
        two = _two_mistakes(evidence, mistake, text, resembled) if not single and mistake.refusals is None else []
        if two:
            yield from ((mistake, each) for each in two)
        elif found is not None:
            repair, whole = found
            if whole:
                mended.append((repair, [mistake]))
            else:
                yield mistake, _explanation(repair, evidence, mistake, text, but_one=left_out)
    for repair, those in mended:
        said = _explanation(repair, evidence, _joined(those), text)
        yield from ((mistake, said) for mistake in those)
    for mistake in slow:
        yield from ((mistake, each) for each in _one_by_one(evidence, mistake, text, reference))


def _mends_too(
    evidence: Evidence, mended: tuple[Repair, list[Mistake]], mistake: Mistake, text: Text, reference: Program
) -> bool:
    """Whether what mends some mistakes mends another one with them, as in a function that all use: it is told once."""
    repair, those = mended
    joined = _joined([*those, mistake])
    # Of a function whose answers are free, nobody knows whether those that it gives then are what its check wants.
    if mistake.refusals != those[0].refusals or evidence.is_free(joined):
        return False
    new = mistake if mistake.of_arguments else joined
    if not _confirmed(evidence, new, changed(text.source, repair.splices), reference):
        return False
    those.append(mistake)
    return True


def _joined(mistakes: Sequence[Mistake]) -> Mistake:
    functions = frozenset[str]().union(*(each.functions for each in mistakes))
    return replace(mistakes[0], functions=functions, wrong=[part for each in mistakes for part in each.wrong])


def _otherwise_wrong(mistake: Mistake) -> str:
    """Return the one check, if it is one, that failed otherwise than by a call: something else can be wrong in it."""
    others = [check for check in mistake.checks if check not in mistake.checks_of_calls]
    return others[0] if len(others) == 1 else ""


def _repair(
    evidence: Evidence, mistake: Mistake, text: Text, model: Program, left_out: str = "", effort: Effort | None = None
) -> tuple[Repair, bool] | None:
    """Return a repair, and whether all checks are answered as `model` does with it; `left_out` may go on failing."""
    judge = evidence.judge
    effort = effort or evidence.effort
    known = [each for each in judge.diagnosis.beliefs if effort.pairs and not each.keeps_state]
    # A repair that leaves wrong what a function uses makes up for it, at a line that may be right.
    used = used_mistakes(evidence, mistake.functions, text.tree)
    questions = _questions(model, evidence.about(mistake), known)
    with judge.bench(evidence.submission) as bench:
        functions = sorted(mistake.functions)
        rights = _right_programs(evidence) if effort.pairs and model is judge.reference else []
        search = Search(bench, text, functions, questions, numeric=judge.needs_arrays, effort=effort, rights=rights)
        by_chance: tuple[Repair, bool] | None = None
        for repair in islice(search.repairs(), _MOST_CONFIRMED):
            for but in ((), (left_out,)) if left_out else ((),):

                def holds(repair: Repair, but: Collection[str] = but) -> bool:
                    source = changed(text.source, repair.splices)
                    mends = (_confirmed(evidence, each, source, model, but) for each in (mistake, *used))
                    return all(mends)

                if holds(repair):
                    found = without_needless(repair, holds), not but
                    if _answers_crossed(evidence, mistake, changed(text.source, found[0].splices), model):
                        return found
                    by_chance = by_chance or (replace(found[0], by_chance=True), found[1])
                    break
    return by_chance


def _right_programs(evidence: Evidence) -> list[RightProgram]:
    """The reference and the accepted programs that are most like the submission, each with a worker of its own."""
    judge, own = evidence.judge, Counter(_WORD.findall(evidence.submission.source))
    reference, accepted = judge.right_sources[:1], judge.right_sources[1:]
    accepted = sorted(accepted, key=lambda source: -_likeness(own, Counter(_WORD.findall(source))))
    sources = [*reference, *accepted][:_MOST_RIGHT]
    alone = (replace(evidence.submission, source=source, modules={}) for source in sources)
    return [(partial(judge.bench, each), each.source) for each in alone]


def _likeness(one: Counter[str], other: Counter[str]) -> float:
    """The share of what either text has that both have."""
    return (one & other).total() / max(1, (one | other).total())


def _answers_crossed(evidence: Evidence, mistake: Mistake, source: str, model: Program) -> bool:
    """Whether a changed program answers as the model does what is made of two questions: few are passed by chance."""
    asked = [part.asked for part in evidence.about(mistake)]
    # What comes after the first wrong answer was never asked.
    drawn = (each for check in mistake.checks for each in evidence.drawn_calls(check, ""))
    asked += [replace(each, ask=call.ask, call=call) for each, call in drawn if call.name in mistake.functions]
    with evidence.in_its_place(source, _CONFIRMING) as program:
        return answers_crossed(asked, program, model)


def without_needless(repair: Repair, holds: Callable[[Repair], bool]) -> Repair:
    """Return one change of two where it does alone: on a busy machine the search may have stopped it too early."""
    alone = (Repair((change,)) for change in repair.changes if len(repair.changes) > 1 and not repair.both)
    return next(filter(holds, alone), repair)


def _one_by_one(evidence: Evidence, mistake: Mistake, text: Text, model: Program) -> Iterator[Explanation]:
    """Yield a line whose change mends all failed checks, or else one for each that is mended alone."""
    # What went wrong on either side alone is told check by check already, and a mistake in what it uses there.
    if evidence.computed_long or mistake.refusals is not None or used_mistakes(evidence, mistake.functions, text.tree):
        return
    rights = [tried_again(part.asked.ask, model) for part in mistake.wrong]

    def mended(source: str) -> frozenset[str]:
        return _mended(evidence, mistake, source, rights)

    def unchanged(source: str) -> bool:
        answers = _answers(evidence, mistake, source)
        return all(same(part.asked, answer) for part, answer in zip(mistake.wrong, answers, strict=True))

    # Some may be explained already, and fail still.
    whole = frozenset(check for each in evidence.mistakes if mistake.is_of(each) for check in each.checks)
    found = dict[frozenset[str], Explanation]()
    for change, checks in mending(text, sorted(mistake.functions), mended, unchanged, evidence.effort):
        if checks in found or evidence.computed_long:
            continue
        part = replace(mistake, wrong=[each for each in mistake.wrong if each.check in checks])
        source = changed(text.source, change.splices)
        if _confirmed(evidence, part, source, model, whole - checks):
            found[checks] = _explanation(Repair((change,)), evidence, part, text, in_part=bool(whole - checks))
            if checks == frozenset(mistake.checks):
                yield found[checks]
                return
    told = set[str]()
    for checks in sorted(found, key=len, reverse=True):
        if not checks & told:
            told |= checks
            yield found[checks]


def _mended(evidence: Evidence, mistake: Mistake, source: str, rights: Sequence[Outcome]) -> frozenset[str]:
    """Return the failed checks whose wrong questions a program answers rightly."""
    raising = _Raising(source, evidence.submission.source)
    answers = list(zip(mistake.wrong, _answers(evidence, mistake, source), rights, strict=True))
    wrong = {part.check for part, answer, right in answers if not _is_right(part.asked, answer, right, raising)}
    with_answers = [(part.check, answer) for part, answer, right in answers if right.failure is None]
    if all(answer.failure is not None for _, answer in with_answers):  # who refuses everything refuses what should be
        answered = {check for check, _ in with_answers}
        wrong |= {part.check for part, _, right in answers if right.failure is not None} if answered else set()
    return frozenset(mistake.checks) - wrong


def _answers(evidence: Evidence, mistake: Mistake, source: str) -> list[Outcome]:
    """Return what the program of a source answers to the questions that went wrong."""
    with evidence.variant(source) as program:
        return [tried_again(part.asked.ask, program) for part in mistake.wrong]


# Two mistakes, of which one is a belief


def _two_mistakes(evidence: Evidence, mistake: Mistake, text: Text, resembled: Resembled) -> list[Explanation]:
    """Return a belief and a line, where an edit there turns the program into one that holds just that belief.

    The program's own answers show the belief already, or else the edit could have made it. And what it answers rightly
    the belief does too: an edit that spoils something undoes no mistake. Nor does one that mends nothing: it can turn
    one mistake into another, at a line that is right.
    """
    one_change = replace(evidence.effort, pairs=0)
    # A check that passed may have looked at something else than its calls' answers, so that these can be wrong.
    right = [
        part
        for part in evidence.about(mistake)
        if (part.passed and part.asked.accept is not None) or evidence.is_right(part.asked)
    ]
    found = []
    for belief in resembled(evidence, mistake):
        besides = [part for part in mistake.wrong if not belief.fits(part)]
        unlike = {part.check for part in besides}
        mends = any(belief.is_right(part, evidence) for part in besides)
        if mends and len(unlike) < len(mistake.checks) and all(map(belief.fits, right)):
            repair = _repair(evidence, mistake, text, belief.program, effort=one_change)
            found += [(belief.misconception, repair[0].changes[0], unlike)] if repair else []
    if len(found) != 1:
        return []
    ((misconception, change, unlike),) = found
    return _belief_and_line(misconception, change, mistake, unlike, text)


def _belief_and_line(
    misconception: Misconception, change: Change, mistake: Mistake, unlike: Collection[str], text: Text
) -> list[Explanation]:
    """Return a belief and the line beside it, which is told of the checks that fail `unlike` the belief's program."""
    believed, others = ([check for check in mistake.checks if (check in unlike) is its] for its in (False, True))
    place = _place(change, text.source.decode())
    functions = tr(" and ").join(sorted(mistake.functions))  # others may be mistaken, too
    because = tr(
        "With one change at {place}, your {functions} would do what one with this mistake does. What follows is said"
        " of it with that change.",
        place=place,
        functions=functions,
    )
    said = tr(
        "{change}, {functions} would do just what a program with the misconception in this report does.",
        change=f"{at_start(place)}: {_in_words(change)}",
        functions=functions,
    )
    title = tr("Look at {places}", places=place)
    return [
        Explanation(
            "belief", misconception.title, misconception.explanation, misconception.id, None, believed, because
        ),
        Explanation("line", title, said, line=change.line, checks=others),
    ]


# What is asked of every version


def _questions(model: Program, parts: Sequence[Part], known: Sequence[Belief]) -> list[Question]:
    """Return the calls among what was asked, those that went wrong first, each with what tells the model's answer.

    The first few tell those of the `known` programs, too.
    """
    found: dict[int, Question] = {}
    # Of a module's gradients a version is asked only where its answers are right; they take their time.
    plain = any(part.asked.call is not None and not part.asked.call.gradient and not part.passed for part in parts)
    for part in parts:
        call = part.asked.call
        if len(found) >= _MOST_ASKED:
            break
        # What failed comes once more among all that was asked.
        if call is not None and (id(call) in found or (plain and call.gradient)):
            continue
        if call is None:
            several = ((id(call), question) for call, question in replayed(model, part))
            found |= dict(islice(several, _MOST_ASKED - len(found)))
            continue
        question = _question(model, part.asked, known if len(found) < _OF_KNOWN else ())
        if question is not None:
            found[id(call)] = question
    return list(found.values())


def _question(model: Program, asked: Asked, known: Sequence[Belief]) -> Question | None:
    call = asked.call
    if call is None:
        return None
    right = ask_program(asked.ask, model)
    model.forget()
    if right.failure is not None and not isinstance(right.failure, ProgramError):
        return None
    expected = parts_of(right.value)
    parts = max(1, len(expected))

    def accepts(came: Came) -> tuple[bool, ...]:
        if agrees(replace(asked, outcome=_outcome(came)), right):
            return (True,) * parts
        mine = parts_of(came.value)
        rights = tuple(name in mine and alike(mine[name], part, asked.tolerance) for name, part in expected.items())
        return (False,) * parts if not expected or all(rights) else rights

    watch = bool(asked.keep_arguments) or asked.quiet
    return Question(call, accepts, parts, watch, _halfway(asked, right, known) if known else None)


def _halfway(asked: Asked, right: Outcome, known: Sequence[Belief]) -> Callable[[Came], frozenset[int]]:
    """Return what tells which of the known programs give an answer, as many as can be asked in a little time."""
    until = time.monotonic() + _ASKING_KNOWN * crowding()
    halfway = Halfway(asked, right, [belief.answer(asked.ask) for belief in known if time.monotonic() < until])
    return lambda came: halfway.like(_outcome(came))


def _outcome(came: Came) -> Outcome:
    return Outcome(came.value, came.failure, Remarks(list(came.changed), ["a warning"] if came.warned else []))


# Confirming


def asked_of(evidence: Evidence, mistake: Mistake) -> Iterator[Asked]:
    """Yield all questions of the checks that concern the functions of a mistake, and the same drawn once more."""
    return _everything(evidence, mistake, ())


def _confirmed(evidence: Evidence, mistake: Mistake, source: str, model: Program, but: Collection[str] = ()) -> bool:
    """Return whether a program in a worker of its own answers all as the model does, also what is asked afresh.

    `but`: checks that don't count. Where some questions can't tell, one right answer alone may be hit by chance.
    """
    others, raising = evidence.otherwise_mistaken(mistake), _Raising(source, evidence.submission.source)
    right, cannot_tell = set[str](), False
    with evidence.in_its_place(source, _CONFIRMING) as program:
        for asked in _everything(evidence, mistake, but):
            outcome, expected = _both(model, asked, program)
            unusable = isinstance(outcome.failure, Unusable) or isinstance(expected.failure, Unusable)
            if not unusable and outcome.remarks.names & others:  # they are wrong by themselves
                cannot_tell = True
            elif _is_right(asked, outcome, expected, raising):
                right.add(repr((expected.value, expected.failure)))
            else:
                return False
    return not cannot_tell or len(right) > 1


def _everything(evidence: Evidence, mistake: Mistake, but: Collection[str]) -> Iterator[Asked]:
    """Yield all questions of the checks that concern the functions of a mistake, and the same drawn once more.

    What is right on its other side is to stay so: who refuses everything refuses what should be.
    """
    whole = replace(mistake, refusals=None)
    for examined in evidence.examined:
        concerned = [
            asked
            for asked in examined.asked
            if evidence.concerns(asked, mistake) or (evidence.concerns(asked, whole) and evidence.is_right(asked))
        ]
        if not concerned or examined.result.id in but:
            continue
        # What comes after the first wrong answer was never asked; the check's questions drawn afresh hold it.
        yield from concerned
        for seed in _AFRESH[:3] if mistake.in_numbers else _AFRESH:
            drawn = evidence.drawn(examined.result.id, seed)
            yield from (asked for asked in drawn if evidence.is_on_its_side(asked, mistake))


class _Raising:
    """Where a changed program means to raise an exception: by `raise` or `assert`, or as it did before the change."""

    def __init__(self, source: str, before: str) -> None:
        self._lines = lines_of(source)
        self._before = {line.strip() for line in lines_of(before)}

    def meant(self, failure: ProgramError) -> bool:
        """Whether an exception isn't one that the change stumbles into, as `None @ z` raises a ValueError."""
        number = failure.lines[-1].number if failure.lines else 0
        line = self._lines[number - 1].strip() if 0 < number <= len(self._lines) else ""
        return line in self._before or line.startswith(("raise ", "assert "))


def _both(model: Program, asked: Asked, program: Program) -> tuple[Outcome, Outcome]:
    """What a changed program answers to a question, and the model."""
    try:
        return tried_again(asked.ask, program), tried_again(asked.ask, model)
    finally:
        model.forget()
        program.forget()


def _is_right(asked: Asked, outcome: Outcome, expected: Outcome, raising: _Raising) -> bool:
    """Whether a changed program's answer is as good as the expected one."""
    if isinstance(outcome.failure, Unusable) or isinstance(expected.failure, Unusable):
        return False
    if asked.accept is not None:
        taken = accepted(asked.accept, outcome.value) == accepted(asked.accept, expected.value)
        return outcome.failure is None and taken
    if isinstance(outcome.failure, ProgramError) and not raising.meant(outcome.failure):
        return False
    return agrees(replace(asked, outcome=outcome), expected)


# Telling


def told_of(change: Change, text: Text) -> tuple[str, str]:
    """Return where a change is, and what is otherwise then, as the start of a sentence."""
    where = _place(change, text.source.decode())
    return where, f"{at_start(where)}: {_in_words(change)}"


def _explanation(
    repair: Repair, evidence: Evidence, mistake: Mistake, text: Text, *, but_one: str = "", in_part: bool = False
) -> Explanation:
    """`but_one`: the check that fails still; `in_part`: several may, and the mistake is a part of what is wrong."""
    changes = sorted(repair.changes, key=lambda change: change.line)
    places = [_place(change, text.source.decode()) for change in changes]
    told = [f"{at_start(where)}: {_in_words(change)}" for where, change in zip(places, changes, strict=True)]
    said = _said(told, tr(" and ").join(sorted(mistake.functions)), evidence, mistake, but_one, in_part=in_part)
    if repair.by_chance:
        said = f"{said} {tr('Something else can be wrong besides.')}"
    title = tr("Look at {places}", places=tr(" and ").join(dict.fromkeys(places)))
    concerned = [check for check in mistake.checks if check != but_one]
    return Explanation("line", title, said, line=changes[0].line, checks=concerned, functions=sorted(mistake.functions))


def _said(
    told: Sequence[str], functions: str, evidence: Evidence, mistake: Mistake, but_one: str, *, in_part: bool
) -> str:
    """Say what would be so with a change, or with two."""
    one, *others = told
    changes = tr("{change}, in two places", change=one) if others == [one] else ". ".join(told)
    outcome = _more_checks(functions, mistake) if in_part else _outcome_in_words(functions, evidence, mistake, but_one)
    if len(told) == 1:
        return tr("{change}, {outcome}.", change=changes, outcome=outcome)
    return tr("{changes}. With both, {outcome}.", changes=changes, outcome=outcome)


def _more_checks(functions: str, mistake: Mistake) -> str:
    return tr_n(
        "one more check of {functions} would pass",
        "{n} more checks of {functions} would pass",
        len(mistake.checks),
        functions=functions,
    )


def _outcome_in_words(functions: str, evidence: Evidence, mistake: Mistake, but_one: str) -> str:
    """Say what would be so, as a clause."""
    if mistake.refusals is not None:
        if mistake.refusals:
            return tr("all that {functions} should refuse would be refused", functions=functions)
        return tr("every question of {functions} that has an answer would be answered rightly", functions=functions)
    if but_one:
        checks = tr("every check of {functions} but one", functions=functions)
    elif _shares_checks(evidence, mistake):
        return tr("{functions} would answer every question rightly", functions=functions)
    else:
        # what hangs is no mistake, and fails
        alone = len(evidence.mistakes) == 1 and evidence.failing <= {*mistake.checks}
        checks = tr("every check") if alone else tr("every check of {functions}", functions=functions)
    return tr("{checks} would pass", checks=checks)


def _shares_checks(evidence: Evidence, mistake: Mistake) -> bool:
    """Whether a check would fail still that asks for a mistake's functions: it asks for others that are mistaken, too,
    or fails by something else, such as a call that hangs.
    """
    others, failing = evidence.otherwise_mistaken(mistake), evidence.failing - {*mistake.checks}
    for examined in evidence.examined if others or failing else ():
        check = examined.result.id
        names = {name for asked in examined.asked for name in asked.names}
        names |= {call.name for _, call in evidence.drawn_calls(check, "")}
        if names & mistake.functions and (names & others or check in failing):
            return True
    return False


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
        return series([in_words(place(source, line)) for line in change.lines])
    if change.line == change.last_line:
        return in_words(first)
    of_file, _, number = first.rpartition("line ")
    return in_words(f"{of_file}lines {number}–{int(number) + change.last_line - change.line}")
