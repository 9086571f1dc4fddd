"""A mistake taken apart by the entries of the answers: the values of a dict, or of a tuple, each wrong in its own way.

Two mistakes in one answer fit no reason that is held against the answer as a whole. It must not know what the reasons
are.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from autograder.grading.asking import Asked, Outcome, as_looked_at, entries, tried
from autograder.grading.compare import alike
from autograder.grading.explaining.behaviours.answer_parts import parts_of
from autograder.grading.explaining.evidence import Evidence, Mistake, Part, makes_something_else
from autograder.language import tr


def in_entries(evidence: Evidence, mistake: Mistake) -> list[Mistake]:
    """Return what went wrong in each entry that a failed check looks at, where two or more are wrong.

    None where some wrong answer has no such entries, or a check makes something else of it. Of gradients nobody knows
    which entry spoilt them.
    """
    reference = evidence.judge.reference
    if reference is None or mistake.of_arguments or mistake.entry is not None or evidence.is_free(mistake):
        return []
    whole = {each.result.id: each.agree.last for each in evidence.examined}
    found: dict[Any, list[Part]] = {}
    words: dict[Any, str] = {}
    wrong = set[Any]()
    for part in mistake.wrong:
        if (call := part.asked.call) is None or call.gradient:
            continue
        right, last = tried(part.asked.ask, reference), whole[part.check] or part.asked
        if makes_something_else(last) or not _corresponds(part.asked.outcome, right):
            return []
        words |= zip(entries(right.value), parts_of(right.value), strict=True)
        wrong |= {*_wrong(part.asked, right)}
        for key in _wrong(as_looked_at(part.asked, right, last), right):
            found.setdefault(key, []).append(part)
    alone = {key: replace(mistake, entry=key, aside=frozenset(wrong - {key})) for key in found if len(wrong) > 1}
    return [
        replace(one, wrong=[evidence.apart(part, one) for part in found[key]], scope=tr("in {part}", part=words[key]))
        for key, one in alone.items()
    ]


def _corresponds(mine: Outcome, right: Outcome) -> bool:
    """Whether two answers have entries of the same names, or as many that have a place."""
    kinds = {type(mine.value), type(right.value)}
    return kinds in ({dict}, {tuple}) and entries(mine.value).keys() == entries(right.value).keys()


def _wrong(asked: Asked, right: Outcome) -> Iterator[Any]:
    mine = entries(asked.outcome.value)
    yield from (key for key, value in entries(right.value).items() if not alike(mine[key], value, asked.tolerance))
