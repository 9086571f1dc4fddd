"""A torch module answers in one of its modes as it should in the other: it doesn't go by `self.training`."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace

from autograder.grading.explaining.behaviours.claim import Claim
from autograder.grading.explaining.behaviours.probe import Probe
from autograder.language import later, tr
from autograder.sandbox.program import Called

#: By the mode in which it goes wrong; None: in both.
_TITLES = {
    False: later("in evaluation mode it answers as it should in training mode"),
    True: later("in training mode it answers as it should in evaluation mode"),
    None: later("in each mode it answers as it should in the other"),
}
_TEXT = later(
    "`module.train()` and `module.eval()` set `self.training`, by which `forward` can tell the modes apart. Its wrong "
    "answers are the right ones of the other mode."
)


def claims(probe: Probe) -> Iterator[Claim]:
    modes = {_is_training(case.call) for case in probe.wrong if case.call.built is not None}
    if modes:
        mode = modes.pop() if len(modes) == 1 else None
        yield Claim(tr(_TITLES[mode]), tr(_TEXT), probe.answers_another(_in_the_other(mode)))


def _is_training(call: Called) -> bool:
    return call.built is not None and call.built.training is not False


def _in_the_other(mode: bool | None) -> Callable[[Called], Called | None]:
    """The same call in the other mode; None for one that is in another than `mode`."""

    def change(call: Called) -> Called | None:
        if call.built is None or mode not in (None, _is_training(call)):
            return None
        built = replace(call.built, training=not _is_training(call))
        return Called(call.name, call.arguments, call.keywords, built, gradient=call.gradient, weights=call.weights)

    return change
