"""A torch module behind the wall, and gradients: what a check builds, fills and asks without importing torch.

It must not know how questions are sent.
"""

from __future__ import annotations

from typing import Any

from autograder.language import tr
from autograder.sandbox.failures import lost
from autograder.sandbox.handles import Function
from autograder.sandbox.values import Built, Packing
from autograder.sandbox.wire import ModuleTarget

__tracebackhide__ = True  # pytest shows the line that asked


class Module:
    """A `torch.nn.Module` behind the wall: what builds it, what its parameters and buffers hold, and its mode.

    Gradients are of the sum of the answer's entries, each times its weight: `weights` is ∂loss/∂answer of any loss. It
    has the answer's shape, and is a tuple where that is one; a number counts for all entries, 0 leaves a part out.

    The first question builds it, fills it and asks it in one trip; then it stands, and keeps what its calls left in it.
    Every question raises ProgramFailure, for what failed while it was built too.
    """

    def __init__(self, function: Function, built: Built) -> None:
        self._program, self._name = function._program, function._name
        self._number = self._program.new_number()
        self._generation: int | None = None
        self._built = self._to_send = built

    def __setattr__(self, name: str, value: Any) -> None:
        if not name.startswith("_"):
            raise AttributeError(
                tr("a check can't set {name!r} of a module; set(…) sets what it holds, and its mode", name=name)
            )
        super().__setattr__(name, value)

    def set(
        self,
        parameters: dict[str, Any] | None = None,
        *,
        buffers: dict[str, Any] | None = None,
        training: bool | None = None,
    ) -> None:
        """Give some parameters and buffers other values, or it another mode, from the next question on."""
        more = Built((), parameters or {}, buffers or {}, training)
        self._built, self._to_send = self._built.but(more), self._to_send.but(more)

    @property
    def name(self) -> str:
        """The function that builds it."""
        return self._name

    @property
    def number(self) -> int:
        """What tells it from every other module of its program."""
        return self._number

    @property
    def built(self) -> Built:
        """What it is built with, and all that it was given so far."""
        return self._built

    def __call__(self, *arguments: Any, **keywords: Any) -> Any:
        return self._asked(self._program.call(self, "", arguments, keywords))

    def state_dict(self) -> Any:
        """What its parameters and buffers hold now, by their names, as torch says it."""
        return self._asked(self._program.call(self, "state_dict", (), {}))

    def state_gradient(self, sequence: Any, state: Any, *, weights: Any = None) -> Any:
        """∂(last state)/∂(first state) after `state = module(x, state)` for every x; of a tuple, its first part's."""
        return self._asked(self._program.gradient(self, "state", (sequence, state), weights))

    def parameter_gradients(self, *arguments: Any, weights: Any = None) -> dict[str, Any]:
        """∂`module(*arguments)`/∂parameter, by the parameters' names."""
        gradients: dict[str, Any] = self._asked(self._program.gradient(self, "parameters", arguments, weights))
        return gradients

    def input_gradients(self, *arguments: Any, weights: Any = None) -> tuple[Any, ...]:
        """∂`module(*arguments)`/∂argument, one for each; None for what is no tensor of floating-point numbers."""
        gradients: tuple[Any, ...] = self._asked(self._program.gradient(self, "inputs", arguments, weights))
        return gradients

    def target(self, packing: Packing, generation: int) -> ModuleTarget:
        """This module as a request names it, to the worker of this generation."""
        if self._generation not in (None, generation):
            raise lost()
        self._generation = generation
        return ModuleTarget(self.number, self.name, packing.built(self._to_send))

    def _asked(self, answer: Any) -> Any:
        self._to_send = Built(self._built.arguments, {}, {})  # the rest is in it now
        return answer


def module(
    build: Function,
    *arguments: Any,
    parameters: dict[str, Any] | None = None,
    buffers: dict[str, Any] | None = None,
    training: bool | None = None,
) -> Module:
    """What `build(*arguments)` makes, with these values (arrays or tensors, with their dtype) in it.

    `training`: whether it is in training mode, as a new one is, or in evaluation mode.
    """
    return Module(build, Built(arguments, dict(parameters or {}), dict(buffers or {}), training))


def input_gradients(function: Function, *arguments: Any, weights: Any = None) -> tuple[Any, ...]:
    """∂`function(*arguments)`/∂argument of a function of tensors, one for each; otherwise as for a `Module`.

    Raises TypeError for what is no function of a program, by its name.
    """
    if not isinstance(function, Function):
        raise TypeError("input_gradients takes a function as program.name; a module has a method of that name")
    gradients: tuple[Any, ...] = function._program.gradient(function, "inputs", arguments, weights)
    return gradients
