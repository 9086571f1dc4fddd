"""Questions that need autograd beside the program: a module's parameters, and a cell's gradient through time.

The judge believes none of these answers by itself: it compares them with the reference's, asked the same way.
"""

from __future__ import annotations

import sys
from typing import Any

from autograder.sandbox.inside.values import NoSuchName
from autograder.sandbox.wire import WireError


def set_parameters(module: Any, values: dict[str, Any]) -> None:
    """Make arrays or tensors, which nobody else may hold, the parameters of `module`, each with its own dtype.

    Raises NoSuchName for a parameter that isn't there, WireError where a shape differs, and for no module.
    """
    torch = sys.modules["torch"]
    if not hasattr(module, "named_parameters"):
        raise WireError(f"is a {type(module).__name__}, not a torch.nn.Module")
    parameters = dict(module.named_parameters())
    for name, value in values.items():
        if name not in parameters:
            raise NoSuchName(name, list(parameters), type(module).__name__)
        if tuple(parameters[name].shape) != tuple(value.shape):
            shapes = f"{tuple(parameters[name].shape)}, expected {tuple(value.shape)}"
            raise WireError(f"is a module whose parameter {name} has shape {shapes}")
    with torch.no_grad():
        for name, value in values.items():
            parameters[name].data = torch.as_tensor(value)


def state_gradient(cell: Any, sequence: Any, state: Any) -> Any:
    """Gradient of the sum of the last state by the first, after `state = cell(x, state)` for every x in `sequence`.

    A tuple state gives a tuple, one gradient for each part, of the sum of its first part (`h` of `(h, c)`). A part that
    does not reach the end gets zeros.
    """
    first = tuple(part.clone().requires_grad_() for part in (state if isinstance(state, tuple) else (state,)))
    last: Any = first if isinstance(state, tuple) else first[0]
    for x in sequence:
        last = cell(x, last)
        if last is None:  # what the next step would make of it is none of the program's doing
            raise _no_tensor(last)
    gradients = _gradients(_sum(last[0] if isinstance(last, tuple | list) and last else last), first)
    return gradients if isinstance(state, tuple) else gradients[0]


def parameter_gradients(module: Any, arguments: list[Any]) -> dict[str, Any]:
    """Gradient of the sum of `module(*arguments)` by each parameter, by name; zeros where none arrives.

    Where the answer is a tuple, the sum is over all its parts.
    """
    parameters = dict(module.named_parameters())
    answer = module(*arguments)
    end = sum(_sum(part) for part in (answer if isinstance(answer, tuple | list) else (answer,)))
    return dict(zip(parameters, _gradients(end, tuple(parameters.values())), strict=True))


def _sum(answer: Any) -> Any:
    """Raises WireError where there is nothing to differentiate: that sum is not the program's doing."""
    if not isinstance(answer, sys.modules["torch"].Tensor):
        raise _no_tensor(answer)
    return answer.sum()


def _no_tensor(answer: Any) -> WireError:
    kind = "None: nothing is returned" if answer is None else f"a {type(answer).__name__}"
    return WireError(f"is {kind}, where a tensor was expected")


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
