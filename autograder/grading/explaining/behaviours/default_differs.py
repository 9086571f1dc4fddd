"""An argument that isn't given is taken to be something else than the stub says; where it is given, all is right."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from itertools import takewhile
from typing import Any

from autograder.grading.explaining.behaviours.claim import Case, Claim, of_wrong
from autograder.grading.explaining.behaviours.probe import Probe
from autograder.language import tr


def claims(probe: Probe) -> Iterator[Claim]:
    given = probe.inputs(probe.wrong[0].call)
    refused = _is_refused(probe.wrong[0])
    for name, value in probe.defaults.items():
        if name not in given and name in probe.parameters:
            how = {"name": name, "value": repr(value)}
            title = tr("where `{name}` isn't given, it takes another value than {value}", **how)
            text = tr("Called with {value} for `{name}` it answers rightly; without, it doesn't.", **how)
            if refused:
                title = tr("it can't be called without `{name}`", **how)
                text = tr(
                    "Called with {value} for `{name}` it answers rightly. Where `{name}` isn't given, it is to be "
                    "{value}: a parameter gets such a value in the `def` line.",
                    **how,
                )
            yield Claim(title, text, _is_right_if_given(probe, name, refused=refused))


def _is_refused(case: Case) -> bool:
    """Whether the definition itself can't take the call: no line of the program has begun to answer."""
    return case.raised is not None and case.raised.type == "TypeError" and not case.raised.lines


def _is_right_if_given(probe: Probe, name: str, *, refused: bool) -> Callable[[Case], bool | None]:
    @of_wrong
    def holds(case: Case) -> bool:
        if _is_refused(case) is not refused:
            return False
        arguments = _with_defaults(probe, case.call.arguments, name)
        if arguments is None or name in probe.inputs(case.call):
            return False
        return case.answered_rightly(probe.again(replace(case.call, arguments=arguments)))

    return holds


def _with_defaults(probe: Probe, arguments: tuple[Any, ...], name: str) -> tuple[Any, ...] | None:
    """The arguments and the defaults of all that come after them, up to one; None where one of those has none."""
    left_out = probe.parameters[len(arguments) :]
    wanted = [*takewhile(lambda each: each != name, left_out), name]
    if name not in left_out or any(each not in probe.defaults for each in wanted):
        return None
    return *arguments, *(probe.defaults[each] for each in wanted)
