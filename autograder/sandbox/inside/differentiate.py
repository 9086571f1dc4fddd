"""Questions that need autograd beside the program: a module's parameters, and a cell's gradient through time.

The judge believes none of these answers by itself: it compares them with the reference's, asked the same way.
"""

from __future__ import annotations

import sys
from typing import Any


def set_parameters(module: Any, values: dict[str, Any]) -> tuple[str, list[str]] | None:
    """Copy arrays or tensors into the parameters of `module`, and give each the dtype of its value.

    Returns the first name that is missing, with the names that there are; None when all were set. Raises ValueError
    where a shape differs.
    """
    torch = sys.modules["torch"]
    parameters = dict(module.named_parameters())
    for name, value in values.items():
        if name not in parameters:
            return name, list(parameters)
        if tuple(parameters[name].shape) != tuple(value.shape):
            raise ValueError(
                f"parameter {name} has shape {tuple(parameters[name].shape)}, expected {tuple(value.shape)}"
            )
    with torch.no_grad():
        for name, value in values.items():
            parameters[name].data = torch.as_tensor(value).clone()
    return None


def state_gradient(cell: Any, sequence: Any, state: Any) -> Any:
    """Gradient of the sum of the last state by the first, after `state = cell(x, state)` for every x in `sequence`.

    A tuple state gives a tuple, one gradient for each part, of the sum of its first part (`h` of `(h, c)`). A part that
    does not reach the end gets zeros.
    """
    torch = sys.modules["torch"]
    first = tuple(part.clone().requires_grad_() for part in (state if isinstance(state, tuple) else (state,)))
    last: Any = first if isinstance(state, tuple) else first[0]
    for x in sequence:
        last = cell(x, last)
    end = (last[0] if isinstance(last, tuple) else last).sum()
    if not end.requires_grad:
        gradients = tuple(torch.zeros_like(part) for part in first)
    else:
        reached = torch.autograd.grad(end, first, allow_unused=True)
        gradients = tuple(
            torch.zeros_like(part) if gradient is None else gradient
            for part, gradient in zip(first, reached, strict=True)
        )
    return gradients if isinstance(state, tuple) else gradients[0]
