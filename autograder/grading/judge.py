"""One exercise's programs behind the wall: its reference, its known-wrong programs, and a submission at a time.

Starting a judge starts its zygote, which warms up while the judge's own process goes on importing.
"""

from __future__ import annotations

import math
from collections.abc import Iterable

from autograder.course import Exercise, KnownWrong
from autograder.grading.diagnosis import Diagnosis
from autograder.grading.submission import Submission
from autograder.sandbox.layers import ALL, WITHOUT_BUBBLEWRAP, Layers, SandboxUnavailable
from autograder.sandbox.program import Allowance, Program
from autograder.sandbox.zygote import Budget, Zygote

_OWN_CPU_SECONDS = 3600


class Judge:
    """Use as a context manager: at its end no process of it is left.

    With `fall_back`, a machine without a working bubblewrap is used without it; `fell_back` then says why. Raises
    SandboxUnavailable otherwise.
    """

    def __init__(
        self, exercise: Exercise, known_wrong: Iterable[KnownWrong], *, layers: Layers = ALL, fall_back: bool = False
    ) -> None:
        self.fell_back: str | None = None
        self.layers: list[str] = []
        self._exercise, self._known_wrong, self._fall_back = exercise, list(known_wrong), fall_back
        try:
            self._zygote = self._start(layers)
        except SandboxUnavailable as unavailable:
            self._zygote = self._without_bubblewrap(unavailable)
        self._attach()

    def _start(self, layers: Layers) -> Zygote:
        return Zygote(torch="torch" in self._exercise.needs, layers=layers)

    def _attach(self) -> None:
        """Set up our own programs on the zygote; none of them runs before it is asked."""
        limits = self._exercise.limits
        own = Allowance(call=max(60.0, 2 * limits.call), budget=Budget(int(limits.memory), _OWN_CPU_SECONDS))
        wrong = Allowance(call=limits.call, budget=own.budget)
        path = self._exercise.reference
        source = path.read_text(encoding="utf-8") if path is not None else None
        file = self._exercise.file
        self.reference = None if source is None else Program(self._zygote, file, source, own)
        self.diagnosis = Diagnosis(self._known_wrong, self._zygote, file, wrong)

    def warm_up(self) -> None:
        """Wait until the zygote can fork; fall back here if it turns out that it can't be confined."""
        try:
            self.layers = self._zygote.probe()
        except SandboxUnavailable as unavailable:
            self._zygote.close()
            self._zygote = self._without_bubblewrap(unavailable)
            self._attach()
            self.layers = self._zygote.probe()

    def _without_bubblewrap(self, unavailable: SandboxUnavailable) -> Zygote:
        if not self._fall_back or self.fell_back is not None:
            raise unavailable
        self.fell_back = str(unavailable)
        return self._start(WITHOUT_BUBBLEWRAP)

    def program(self, submission: Submission) -> Program:
        """The submission as a program; nothing of it runs before it is loaded."""
        limits = self._exercise.limits
        allowance = Allowance(limits.call, limits.total, Budget(int(limits.memory), math.ceil(limits.total) + 1))
        return Program(self._zygote, self._exercise.file, submission.source, allowance)

    def close(self) -> None:
        if self.reference is not None:
            self.reference.close()
        self.diagnosis.close()
        self._zygote.close()

    def __enter__(self) -> Judge:
        return self

    def __exit__(self, *exception: object) -> None:
        self.close()
