"""One answer of a few stands where another would be right: a word, true or false, or nothing at all."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any, TypeAlias

from autograder.grading.asking import leaves
from autograder.grading.explaining.behaviours.claim import Case, Claim
from autograder.grading.explaining.behaviours.probe import Probe
from autograder.language import tr

#: What would be right, and what comes back.
_Swap: TypeAlias = tuple[Any, Any]
_LONGEST = 40


def claims(probe: Probe) -> Iterator[Claim]:
    """Yield what holds wherever the right answer is one of the two: every such question goes wrong."""
    swaps = swapped(probe)
    if len(swaps) > 1 and len(rights := {right for right, _ in swaps}) == 1:
        (right,) = rights
        title = tr("it never answers {right!r} where that is right", right=right)
        yield Claim(title, tr("All its other answers are right, as far as was asked."), _always(swaps))
    if len(swaps) == 1:
        ((right, answer),) = swaps
        title = tr("it answers {answer!r} wherever {right!r} is right", answer=answer, right=right)
        yield Claim(title, tr("All its other answers are right, as far as was asked."), _always(swaps))
    elif len(swaps) == 2 and {right for right, _ in swaps} == {answer for _, answer in swaps}:
        first, second = sorted(repr(right) for right, _ in swaps)
        title = tr("it exchanges {first} and {second}", first=first, second=second)
        yield Claim(title, tr("Each is answered wherever the other is right."), _always(swaps))
    elif 1 < len(swaps) < _questions(probe) and len({right for right, _ in swaps}) == len(
        {answer for _, answer in swaps}
    ) == len(swaps):
        each = [tr("{answer!r} for {right!r}", answer=answer, right=right) for right, answer in sorted(swaps, key=repr)]
        title = tr("it answers by other words than those that are asked for")
        yield Claim(title, tr("It answers {words}.", words=", ".join(each)), _always(swaps))


def _questions(probe: Probe) -> int:
    """Return how many different questions are answered wrongly: where each has a word of its own, there is no rule."""
    return len({case.call.question or id(case.call) for case in probe.wrong})


def swapped(probe: Probe) -> set[_Swap]:
    """Return what was answered for what, if all wrong answers are of few kinds; nothing otherwise."""
    pairs = [_swap(case) for case in probe.wrong]
    found = {pair for pair in pairs if pair is not None}
    return found if None not in pairs and probe.repeated else set()


def _swap(case: Case) -> _Swap | None:
    pair = case.right.value, case.answer.value
    one_of_few = _is_word(pair[0]) and not _is_made_of_an_argument(case)
    return pair if case.both_answered and one_of_few and (_is_word(pair[1]) or pair[1] is None) else None


def _is_made_of_an_argument(case: Case) -> bool:
    """Whether a right text begins as a text that was given does: then it is no one of a few, as a label is."""
    right, given = case.right.value, leaves([*case.call.arguments, *case.call.keywords.values()])
    texts = [each for each in given if isinstance(each, str)] if isinstance(right, str) else []
    return any(
        each and right[: (len(right) + 1) // 2].lower() == each[: (len(right) + 1) // 2].lower() for each in texts
    )


def _is_word(value: Any) -> bool:
    return isinstance(value, bool) or (isinstance(value, str) and 0 < len(value) <= _LONGEST)


def _always(swaps: set[_Swap]) -> Callable[[Case], bool | None]:
    rights = {right for right, _ in swaps}

    def holds(case: Case) -> bool | None:
        if case.wrong:
            return _swap(case) in swaps
        return (
            False if case.right.failure is None and _is_word(case.right.value) and case.right.value in rights else None
        )

    return holds
