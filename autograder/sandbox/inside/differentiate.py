"""Questions that need torch beside the program: a module's parameters, buffers and mode, and gradients of an answer.

The judge believes none of these answers by itself: it compares them with the reference's, asked the same way.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from typing import Any

import numpy as np

from autograder.sandbox.inside.values import NoSuchName
from autograder.sandbox.wire import BuiltNode, By, CannotCross, Reason


def prepare(module: Any, built: BuiltNode) -> None:
    """Give the parameters and buffers of `module` their values, each with its own dtype, and set its mode.

    The values are arrays or tensors that nobody else may hold. Raises NoSuchName for a name that isn't there,
    CannotCross where a shape differs, and for no module.
    """
    if not hasattr(module, "named_parameters"):
        raise CannotCross("no-module", type=type(module).__name__)
    parameters, buffers = dict(module.named_parameters()), dict(module.named_buffers())
    _check(module, built.parameters, parameters, buffer=False)
    _check(module, built.buffers, buffers, buffer=True)
    torch = sys.modules["torch"]
    with torch.no_grad():
        for name, value in built.parameters.items():
            parameters[name].data = torch.as_tensor(value)
        for name, value in built.buffers.items():
            buffers[name].data = torch.as_tensor(value)
    if built.training is not None:
        module.train(built.training)


def _check(module: Any, values: dict[str, Any], found: dict[str, Any], *, buffer: bool) -> None:
    """Raises NoSuchName, CannotCross."""
    for name, value in values.items():
        if name not in found:
            raise NoSuchName(name, list(found), type(module).__name__, buffer=buffer)
        shape, expected = tuple(found[name].shape), tuple(np.shape(value))
        if shape != expected:
            reason: Reason = "buffer-shape" if buffer else "parameter-shape"
            raise CannotCross(reason, name=name, shape=str(shape), expected=str(expected))


def gradient(by: By, function: Any, arguments: Sequence[Any], weights: Any) -> Any:
    """Gradient of the sum of an answer's entries, each times its weight: ∂loss/∂answer for any loss.

    `weights` has the shape of the answer, and is a tuple where that is one; a number counts for all entries, None is 1.
    By the state it is the last state that counts, after `state = function(x, state)` for every x. Raises CannotCross
    where there is nothing to differentiate, or the weights don't fit.
    """
    if by == "state":
        sequence, state = arguments
        return _by_state(function, sequence, state, weights)
    if by == "parameters":
        return _by_parameters(function, arguments, weights)
    return _by_inputs(function, arguments, weights)


def _by_state(cell: Any, sequence: Any, state: Any, weights: Any) -> Any:
    """A tuple state gives a tuple, one gradient for each part, without weights of the sum of its first part.

    That is `h` of `(h, c)`. A part that does not reach the end gets zeros.
    """
    first = tuple(part.clone().requires_grad_() for part in (state if isinstance(state, tuple) else (state,)))
    last: Any = first if isinstance(state, tuple) else first[0]
    for x in sequence:
        last = cell(x, last)
        if last is None:  # what the next step would make of it is none of the program's doing
            raise _no_tensor(last)
    if weights is None and isinstance(last, tuple | list) and last:
        last = last[0]
    gradients = _gradients(_loss(last, weights), first)
    return gradients if isinstance(state, tuple) else gradients[0]


def _by_parameters(module: Any, arguments: Sequence[Any], weights: Any) -> dict[str, Any]:
    """By the parameters' names; zeros where none arrives."""
    parameters = dict(module.named_parameters())
    loss = _loss(module(*arguments), weights)
    return dict(zip(parameters, _gradients(loss, tuple(parameters.values())), strict=True))


def _by_inputs(function: Any, arguments: Sequence[Any], weights: Any) -> tuple[Any, ...]:
    """One for each argument, zeros where none arrives; a tuple or list gives one of gradients, no such tensor None."""
    starts: list[Any] = []

    def begun(value: Any) -> Any:
        starts.append(value.clone().requires_grad_())
        return starts[-1].clone()  # which may be changed in place, as the argument of a plain call may

    loss = _loss(function(*(_in_tensors(begun, each) for each in arguments)), weights)
    found = iter(_gradients(loss, tuple(starts)))
    return tuple(_in_tensors(lambda _: next(found), each, other=lambda _: None) for each in arguments)


def _in_tensors(change: Callable[[Any], Any], value: Any, other: Callable[[Any], Any] = lambda value: value) -> Any:
    """A value with its tensors of floating-point numbers changed in order, and in tuples and lists those."""
    if isinstance(value, sys.modules["torch"].Tensor) and value.is_floating_point():
        return change(value)
    if isinstance(value, tuple | list):
        parts = [_in_tensors(change, part, other) for part in value]
        return type(value)(parts) if type(value) in (tuple, list) else type(value)(*parts)
    return other(value)


def _loss(answer: Any, weights: Any) -> Any:
    """The weighted sum of an answer's entries; where it is a tuple, over all its parts. Raises CannotCross."""
    if not isinstance(answer, tuple | list):
        if isinstance(weights, tuple | list):
            raise CannotCross("one-tensor", expected=len(weights))
        return _weighted(answer, weights)
    if weights is None or isinstance(weights, int | float):
        weights = [weights] * len(answer)
    if not isinstance(weights, tuple | list):
        raise CannotCross("parts-for-one", type=type(answer).__name__, parts=len(answer))
    if len(weights) != len(answer):
        raise CannotCross("parts", type=type(answer).__name__, parts=len(answer), expected=len(weights))
    counting = [_weighted(*each) for each in zip(answer, weights, strict=True) if not _is_left_out(each[1])]
    return sum(counting[1:], counting[0]) if counting else sys.modules["torch"].zeros(())


def _is_left_out(weights: Any) -> bool:
    return isinstance(weights, int | float) and weights == 0


def _weighted(answer: Any, weights: Any) -> Any:
    torch = sys.modules["torch"]
    if not isinstance(answer, torch.Tensor):
        raise _no_tensor(answer)
    if weights is None:
        return answer.sum()
    if isinstance(weights, int | float):
        return weights * answer.sum()
    weights = torch.as_tensor(weights)
    if answer.shape != weights.shape:
        raise CannotCross("shape", shape=str(tuple(answer.shape)), expected=str(tuple(weights.shape)))
    return (answer * weights.to(answer.dtype)).sum()


def _no_tensor(answer: Any) -> CannotCross:
    return CannotCross("none") if answer is None else CannotCross("no-tensor", type=type(answer).__name__)


def _gradients(end: Any, starts: tuple[Any, ...]) -> tuple[Any, ...]:
    """∂end/∂start for each of `starts`, zeros for one from which no way leads to the end."""
    torch = sys.modules["torch"]
    if not end.requires_grad or not starts:
        return tuple(torch.zeros_like(start) for start in starts)
    reached = torch.autograd.grad(end, starts, allow_unused=True)
    return tuple(
        torch.zeros_like(start) if gradient is None else gradient
        for start, gradient in zip(starts, reached, strict=True)
    )
