"""The line of a mistake in one entry of an answer, where others are wrong, too: with one change there, it is right.

What the other wrong entries are then nobody asks. It must not know how entries are told apart.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import islice
from typing import Any, TypeAlias

from autograder.grading.asking import Asked, Outcome, agrees, but_for_entries, entries, tried
from autograder.grading.explaining.behaviours.answer_parts import parts_of
from autograder.grading.explaining.evidence import Evidence, Mistake
from autograder.grading.explaining.repair.change import Change, Text, changed
from autograder.grading.explaining.repair.lines import asked_of, told_of
from autograder.grading.explaining.repair.search import Question, Search
from autograder.grading.report import Explanation
from autograder.language import later, tr
from autograder.sandbox.bench import Came
from autograder.sandbox.program import Program, Remarks
from autograder.several_files import lines_of

#: Questions that the versions are asked, those that went wrong first.
_MOST_ASKED = 8
#: Of what a search may cost otherwise, the share of one for an entry.
_SHARE = 0.6
#: Changes that are confirmed at most, and seconds of calls that one may take, more on a busy machine.
_MOST_CONFIRMED, _CONFIRMING = 3, 5.0
#: The line of a change, and how it is told.
_Told: TypeAlias = tuple[int, str]


def explain_entry_lines(evidence: Evidence, mistakes: Sequence[Mistake]) -> Iterator[tuple[Mistake, Explanation]]:
    """Yield a line for each mistake of one entry that one change mends there, with those told of entries before it."""
    reference, text = evidence.judge.reference, Text.of(evidence.submission.source)
    if reference is None or text is None or not evidence.effort.pairs:
        return
    lines, left = _Lines(evidence, text, reference), list[Mistake]()
    for mistake in mistakes:
        if evidence.computed_long:
            return
        said = lines.by_those(mistake) or lines.by_another(mistake)
        if said is not None:
            yield mistake, said
        else:
            left.append(mistake)
    # On a busy machine the search may have stopped too early for what a change told later does, too.
    yield from ((mistake, said) for mistake in left if (said := lines.by_those(mistake)) is not None)


class _Lines:
    """The changes that are told so far, by their places; the program with all of them, and what entries they mend."""

    def __init__(self, evidence: Evidence, text: Text, reference: Program) -> None:
        self._evidence, self._text, self._reference = evidence, text, reference
        self._told: dict[str, _Told] = {}
        self._mended, self._right = text, frozenset[Any]()

    def by_those(self, mistake: Mistake) -> Explanation | None:
        """Say that they mend one entry more, if they do."""
        mended = self._mended.source.decode()
        if not self._told or not _holds(self._evidence, mistake, mended, self._reference):
            return None
        return _right_too(mistake, self._about(mistake), self._told)

    def by_another(self, mistake: Mistake) -> Explanation | None:
        """Say which change mends an entry: one of the program as it is, or else one more."""
        words = later("{change}, {part} would be right in every answer of {functions}.")
        start, change = self._text, _change(self._evidence, mistake, self._text, self._reference)
        if change is None and self._told:  # what is made of another entry may be right with that one
            words = later(
                "{change}, and with what is told of {before}, {part} would be right in every answer of {functions}."
            )
            further = replace(mistake, aside=mistake.aside - self._right)
            start, change = self._mended, _change(self._evidence, further, self._mended, self._reference)
        here = _in_text(change, start, self._text) if change is not None else None
        if change is None or here is None:
            return None
        place, said = told_of(here, self._text)
        explanation = _explanation(place, tr(words, change=said, **self._about(mistake)), here.line, mistake)
        if start is self._mended:  # as the program itself is, until the first change is told
            self._mended, self._right = Text(changed(start.source, change.splices)), self._right | {mistake.entry}
            self._told[place] = here.line, said
        return explanation

    def _about(self, mistake: Mistake) -> dict[str, str]:
        functions, before = tr(" and ").join(sorted(mistake.functions)), tr(" and ").join(self._told)
        return {"part": _part(mistake, self._reference), "functions": functions, "before": before}


def _right_too(mistake: Mistake, about: Mapping[str, str], told: Mapping[str, _Told]) -> Explanation:
    """Say that changes which are told already do for one more entry: one as it was said, for that may come below."""
    (line, said), *others = told.values()
    words = (
        tr("With what is told of {before}, {part} would be right in every answer of {functions}, too.", **about)
        if others
        else tr("{change}, {part} would be right in every answer of {functions}.", change=said, **about)
    )
    return _explanation(about["before"], words, line, mistake)


def _explanation(place: str, words: str, line: int, mistake: Mistake) -> Explanation:
    title = tr("Look at {places}", places=place)
    return Explanation("line", title, words, line=line, checks=mistake.checks_of_calls, scope=mistake.scope)


def _in_text(change: Change, mended: Text, text: Text) -> Change | None:
    """Return a change of a mended text at its line in the student's own, if that shows which one it is."""
    if mended is text:
        return change
    there, here = lines_of(mended.source.decode()), lines_of(text.source.decode())
    same = [number for number, each in enumerate(here, 1) if each.strip() == there[change.line - 1].strip()]
    alone = len(same) == 1 and change.line == change.last_line and len(change.lines) < 2
    return replace(change, line=same[0], last_line=same[0], lines=()) if alone else None


def _change(evidence: Evidence, mistake: Mistake, text: Text, reference: Program) -> Change | None:
    questions = _questions(evidence, mistake, reference)
    usual = evidence.effort
    effort = replace(usual, pairs=0, cpu=_SHARE * usual.cpu, clock=_SHARE * usual.clock)
    judge = evidence.judge
    with judge.bench(replace(evidence.submission, source=text.source.decode())) as bench:
        search = Search(bench, text, sorted(mistake.functions), questions, numeric=judge.needs_arrays, effort=effort)
        for repair in islice(search.repairs(), _MOST_CONFIRMED):
            if _holds(evidence, mistake, changed(text.source, repair.splices), reference):
                return repair.changes[0]
    return None


def _questions(evidence: Evidence, mistake: Mistake, reference: Program) -> list[Question]:
    found: dict[int, Question] = {}
    for part in evidence.about(mistake):
        call = part.asked.call
        if call is None or call.gradient or id(call) in found or len(found) >= _MOST_ASKED:
            continue
        right = tried(call.ask, reference)

        def accepts(came: Came, asked: Asked = part.asked, right: Outcome = right) -> tuple[bool, ...]:
            return (_is_right(asked, Outcome(came.value, came.failure, Remarks()), right, mistake),)

        found[id(call)] = Question(call, accepts)
    return list(found.values())


def _is_right(asked: Asked, mine: Outcome, right: Outcome, mistake: Mistake) -> bool:
    """Whether an answer is right but for the entries that are wrong by themselves."""
    if mine.failure is None and right.failure is None:
        mine = but_for_entries(mine, right, mistake.aside)
    return agrees(replace(asked, outcome=mine, keep_arguments=False, quiet=False), right)


def _holds(evidence: Evidence, mistake: Mistake, source: str, reference: Program) -> bool:
    """Whether a program gives the right entry in all that was asked of these functions, and in the same drawn anew."""
    with evidence.in_its_place(source, _CONFIRMING) as program:
        return all(
            _is_right(asked, tried(asked.call.ask, program), tried(asked.call.ask, reference), mistake)
            for whole in asked_of(evidence, mistake)
            for asked in evidence.parts(whole)
            if asked.call is not None and asked.call.name in mistake.functions
        )


def _part(mistake: Mistake, reference: Program) -> str:
    asked = next(part.asked for part in mistake.wrong if part.asked.call is not None)
    right = tried(asked.ask, reference)
    words: dict[Any, str] = dict(zip(entries(right.value), parts_of(right.value), strict=True))
    return words[mistake.entry]
