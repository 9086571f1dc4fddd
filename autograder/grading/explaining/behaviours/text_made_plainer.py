"""A right answer comes of a plainer text: capital letters, punctuation or white space change it, and shouldn't."""

from __future__ import annotations

import string
from collections.abc import Callable, Iterator

from autograder.grading.explaining.behaviours.claim import Case, Claim
from autograder.grading.explaining.behaviours.probe import Probe
from autograder.language import later, tr

_MARKS = str.maketrans("", "", string.punctuation)
#: What is said of a text's feature, and the text without it.
_WITHOUT: dict[tuple[str, str], Callable[[str], str]] = {
    (
        later("capital letters in `{name}` change the answer, and should not"),
        later("Asked with small letters in their place, it answers rightly each time that it was wrong."),
    ): str.lower,
    (
        later("punctuation in `{name}` changes the answer, and should not"),
        later("Asked without it, the function answers rightly each time that it was wrong."),
    ): lambda text: text.translate(_MARKS),
    (
        later("white space in `{name}` changes the answer, and should not"),
        later(
            "Asked with one blank between words and none at the ends, it answers rightly each time that it was wrong."
        ),
    ): lambda text: " ".join(text.split()),
}


def claims(probe: Probe) -> Iterator[Claim]:
    for name, value in probe.inputs(probe.wrong[0].call).items():
        for (title, said), plainer in _WITHOUT.items() if isinstance(value, str) else ():
            yield Claim(tr(title, name=name), tr(said), _cured(probe, name, plainer))


def _cured(probe: Probe, name: str, plainer: Callable[[str], str]) -> Callable[[Case], bool | None]:
    def holds(case: Case) -> bool | None:
        text = probe.inputs(case.call).get(name)
        if not isinstance(text, str) or case.right.failure is not None or plainer(text) == text:
            return False if case.wrong else None
        call = probe.with_inputs(case.call, {name: plainer(text)})
        if not case.answered_rightly(probe.rightly(call)):
            return False  # it should change the answer, here at least
        return case.answered_rightly(probe.again(call)) if case.wrong else None

    return holds
