"""The same checks without a wall: every program runs in this one process. What grading can't do without.

It asks with our own `agree` and compares as we do; nothing is confined, timed, diagnosed or kept. For our own programs
only. `python -m benchmarks.bare exercise-04 FOLDER` grades a folder of folders in one warm process; under pytest, this
file grades the one program that GRADECHECK_BARE names (`exercise-04:FILE`).
"""

from __future__ import annotations

import hashlib
import importlib.util
import inspect
import os
import sys
import types
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from autograder.checks import ProgramError, ProgramFailure
from autograder.course import CourseRoot, load_exercise
from autograder.grading.agree import Agree
from autograder.grading.checking import Trial
from autograder.grading.public_checks import public_checks
from autograder.sandbox.failures import ProgramMissing
from autograder.sandbox.handles import Function, Handle
from autograder.sandbox.inside import differentiate
from autograder.sandbox.inside.values import NoSuchName
from autograder.sandbox.module import Module
from autograder.sandbox.program import Program, ProgramProxy, Remarks
from autograder.sandbox.values import Tensor, dtype_name
from autograder.sandbox.wire import BuiltNode, By

ROOT = Path(__file__).resolve().parents[1]
Check = Callable[["BareProgram"], None]


class BareProgram(Program):
    """A program in this process, with the face of `sandbox.program.Program`, and nothing else of it."""

    output = ""
    _altered = False  # nothing that a check sets is undone here

    def __init__(self, file: str, source: str) -> None:
        self.remarks, self.lent = Remarks(), types.SimpleNamespace(thrown=None)  # type: ignore[assignment]
        self._objects: list[Any] = []
        self._modules: dict[Module, Any] = {}
        self._module = types.ModuleType(file.removesuffix(".py"))
        exec(compile(source, file, "exec"), self._module.__dict__)

    def call(
        self, target: Handle | Module | None, name: str, arguments: tuple[Any, ...], keywords: dict[str, Any]
    ) -> Any:
        owner = self._owner(target)
        if name and not hasattr(owner, name):
            raise ProgramMissing(name, [])
        given = [self._enter(value) for value in arguments]
        before = [np.array(value) for value in given if isinstance(value, np.ndarray)]
        value = self._tried(
            lambda: (getattr(owner, name) if name else owner)(
                *given, **{key: self._enter(value) for key, value in keywords.items()}
            )
        )
        after = [value for value in given if isinstance(value, np.ndarray)]
        self.remarks.changed += [
            "an argument" for old, new in zip(before, after, strict=True) if old.tobytes() != new.tobytes()
        ]
        return self._leave(value)

    def has_value(self, name: str) -> bool:
        return hasattr(self._module, name) and not callable(getattr(self._module, name))

    def value(self, name: str) -> Any:
        return self.get(None, name)

    def get(self, target: Handle | None, name: str) -> Any:
        return self._leave(self._tried(lambda: getattr(self._owner(target), name)))

    def set(self, target: Handle, name: str, value: Any) -> None:
        self._tried(lambda: setattr(self._owner(target), name, self._enter(value)))

    def new_number(self) -> int:
        return 0

    def gradient(self, target: Module | Function, by: By, arguments: tuple[Any, ...], weights: Any) -> Any:
        owner = self._torch_module(target) if isinstance(target, Module) else getattr(self._module, target._name)
        entered = [self._enter(argument) for argument in arguments]
        return self._leave(self._tried(lambda: differentiate.gradient(by, owner, entered, self._enter(weights))))

    def _owner(self, target: Handle | Module | None) -> Any:
        if isinstance(target, Module):
            return self._torch_module(target)
        return self._module if target is None else self._objects[target._number]

    def _torch_module(self, module: Module) -> Any:
        asked = module._to_send
        if module not in self._modules:
            self._modules[module] = self._tried(lambda: getattr(self._module, module._name)(*asked.arguments))
        parameters, buffers = (
            {name: self._enter(value) for name, value in values.items()} for values in (asked.parameters, asked.buffers)
        )
        ready = BuiltNode([], parameters, buffers, asked.training)
        self._tried(lambda: differentiate.prepare(self._modules[module], ready))
        return self._modules[module]

    def _tried(self, call: Callable[[], Any]) -> Any:
        try:
            return call()
        except NoSuchName as missing:
            raise ProgramMissing(missing.name, missing.found, missing.module, buffer=missing.buffer) from None
        except Exception as error:
            bases = [base.__name__ for base in type(error).__mro__]
            raise ProgramError(type(error).__name__, str(error), bases, []) from None

    def _enter(self, value: Any) -> Any:
        if isinstance(value, Tensor):
            return sys.modules["torch"].as_tensor(value.values.copy())
        if isinstance(value, np.ndarray):
            return value.copy()
        if isinstance(value, Handle):
            return self._owner(value)
        if isinstance(value, list | tuple):
            return type(value)(self._enter(item) for item in value)
        return value

    def _leave(self, value: Any) -> Any:
        torch = sys.modules.get("torch")
        if torch is not None and isinstance(value, torch.Tensor):
            array = value.detach().numpy()
            return Tensor(array, dtype_name(array.dtype))
        if isinstance(value, list | tuple):
            return type(value)(self._leave(item) for item in value)
        if isinstance(value, dict):
            return {key: self._leave(item) for key, item in value.items()}
        if value is None or isinstance(value, bool | int | float | complex | str | np.ndarray | np.generic):
            return value
        self._objects.append(value)
        number, kind = len(self._objects) - 1, type(value).__name__
        return Handle(self, 0, number, kind, [], items=False)  # type: ignore[arg-type]


class Bare:
    """One exercise's checks, collected once."""

    def __init__(self, exercise_id: str) -> None:
        self._exercise = load_exercise(CourseRoot.at(ROOT), exercise_id)
        if "torch" in self._exercise.needs:
            import torch

            torch.set_num_threads(1)
        assert self._exercise.reference is not None
        right = self._exercise.reference.read_text()
        self._reference = self.load(right)
        self.checks = dict(self._collected())
        if self.grade(right) < len(self.checks):  # a program that fails costs less than one that is compared
            print("The bare loop is broken: the reference fails here.", file=sys.stderr)
            raise SystemExit(2)  # 1 is what a class with wrong programs ends with

    def load(self, source: str) -> BareProgram:
        return BareProgram(self._exercise.file, source)

    def grade(self, source: str) -> int:
        """How many checks pass."""
        try:
            program = self.load(source)
        except (Exception, SystemExit):
            return 0
        return sum(self._passes(check, program) for check in self.checks.values())

    def _passes(self, check: Check, program: BareProgram) -> bool:
        try:
            check(program)
        except (ProgramFailure, AssertionError, AttributeError, TypeError):
            return False
        return True

    def _collected(self) -> Iterator[tuple[str, Check]]:
        for public in public_checks(self._exercise):
            yield public.id, lambda program, run=public.run: run(self._trial(program))
        spec = importlib.util.spec_from_file_location("checks", ROOT / "solutions" / self._exercise.id / "checks.py")
        assert spec is not None
        assert spec.loader is not None
        module = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(module)
        for name, function in vars(module).items():
            if name.startswith("test_"):
                yield name, lambda program, function=function: self._hidden(function, program)

    def _hidden(self, function: Any, program: BareProgram) -> None:
        seed = list(hashlib.sha256(f"{function.__name__}{id(program)}".encode()).digest())
        given = {
            "agree": self._agree(program),
            "submission": ProgramProxy(program),  # type: ignore[arg-type]
            "reference": ProgramProxy(self._reference),  # type: ignore[arg-type]
            "rng": np.random.default_rng(seed),
        }
        function(**{name: given[name] for name in inspect.signature(function).parameters})

    def _trial(self, program: BareProgram) -> Trial:
        return Trial(self._agree(program), program, self._reference, "bare")

    def _agree(self, program: BareProgram) -> Agree:
        return Agree(program, self._reference, show=False)  # type: ignore[arg-type]


_named = os.environ.get("GRADECHECK_BARE", "")
if _named:
    _bare = Bare(_named.partition(":")[0])
    _program = _bare.load(Path(_named.partition(":")[2]).read_text())

    @pytest.mark.parametrize("check", _bare.checks)
    def test_submission(check: str) -> None:
        _bare.checks[check](_program)


if __name__ == "__main__":
    bare = Bare(sys.argv[1])
    files = sorted(Path(sys.argv[2]).glob("*/*.py"))
    passed = [bare.grade(file.read_text()) == len(bare.checks) for file in files]
    print(f"{len(passed)} graded, {sum(passed)} passed")
