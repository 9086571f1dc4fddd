"""One exercise's programs behind the wall: its reference, its known-wrong programs, and a submission at a time.

Starting a judge starts what starts programs, which warms up while the judge's own process goes on importing.
"""

from __future__ import annotations

import math
import re
import sys
from collections.abc import Callable, Iterable
from functools import cached_property
from typing import TYPE_CHECKING, Any, TypedDict

from autograder.language import tr
from autograder.sandbox.inside.warmth import Warmth
from autograder.sandbox.layers import ALL, CURES, NONE, WITHOUT_BUBBLEWRAP, Layers, SandboxUnavailable
from autograder.sandbox.libraries import imported, require
from autograder.sandbox.starter import Budget, Starter, Starters, start

if TYPE_CHECKING:  # numpy comes with these: it is imported here while what starts programs imports it there
    from autograder.course import Exercise, KnownWrong
    from autograder.grading.asking import Asked, Outcome
    from autograder.grading.explaining.beliefs import Diagnosis
    from autograder.grading.submission import Submission
    from autograder.sandbox.bench import Bench
    from autograder.sandbox.program import Allowance, Called, Program

_OWN_CPU_SECONDS = 3600
#: For all versions of one submission.
_BENCH_CPU_SECONDS = 20
#: Words in a torch program that can lead into torch's compiler; it is cheaper to warm it up in vain than to miss it.
_NEEDS_COMPILER = re.compile(
    r"\b(optim|func|functorch|vmap|compile|jit|export|testing|_dynamo|_inductor|use_deterministic_algorithms)\b"
)


class Wall(TypedDict, total=False):
    """With `fall_back`, for a student's own code, a machine without a working bubblewrap is used without it, and a
    system that can't have the wall without any; SandboxUnavailable is raised otherwise.

    `on_missing` is told, before any program is graded, of each layer that was wanted and isn't in force: why, and what
    cures it. `many`: a class is graded, and not one submission. `starters` lends what starts programs.
    """

    layers: Layers
    fall_back: bool
    on_missing: Callable[[str], None]
    many: bool
    starters: Starters | None


class Judge:
    """Use as a context manager: at its end no process of it is left. See Wall. Raises LibraryMissing."""

    def __init__(
        self,
        exercise: Exercise,
        known_wrong: Iterable[KnownWrong],
        *,
        layers: Layers = ALL,
        fall_back: bool = False,
        on_missing: Callable[[str], None] = lambda sentence: None,
        many: bool = False,
        starters: Starters | None = None,
    ) -> None:
        require(exercise.id, exercise.needs)
        if fall_back and sys.platform != "linux":  # nothing is missing that could be mended
            layers = NONE
        self._fell_back: str | None = None
        self._asked_for, self._on_missing, self._many = layers, on_missing, many
        self.layers: list[str] = []
        self.exercise, self._known_wrong = exercise, known_wrong
        #: What explanations ask for every submission alike, with the reference's answers: it is asked once.
        self.drawn_calls: dict[tuple[str, str], list[tuple[Asked, Called]]] = {}
        self.known_answers: dict[bytes, Outcome] = {}
        self._wanted, self._fall_back = layers, fall_back
        self._reference_source = _source_of(exercise)
        others = exercise.needs - {"numpy", "torch"}
        self._modules = imported(f"{self._reference_source or ''}\n{exercise.stub}", sorted(others))
        self._start = start if starters is None else starters.start
        self._starters: dict[Warmth, Starter] = {}
        self._own_warmth = self._warmth_for(self._reference_source or "")
        try:
            self._starter(self._own_warmth)
        except SandboxUnavailable as unavailable:
            self._do_without_bubblewrap(unavailable)
        try:
            self._attach()
            if many:  # before any of a class is graded, it is sure that all known-wrong programs can be read
                self.diagnosis  # noqa: B018
        except BaseException:
            self._close_starters()
            raise

    def _starter(self, warmth: Warmth) -> Starter:
        """What starts programs of this warmth, itself started when first wanted."""
        if warmth not in self._starters:
            self._starters[warmth] = self._start(warmth, layers=self._wanted, modules=self._modules, many=self._many)
        return self._starters[warmth]

    def _warmth_for(self, source: str) -> Warmth:
        if "torch" not in self.exercise.needs:
            return Warmth.NUMPY
        return Warmth.COMPILER if _NEEDS_COMPILER.search(source) else Warmth.TORCH

    def _attach(self) -> None:
        """Set up our own programs; none of them runs before it is asked."""
        from autograder.sandbox.program import Allowance

        limits, source = self.exercise.limits, self._reference_source
        own = Allowance(call=max(60.0, 2 * limits.call), budget=self._own_budget, trusted=True)
        self.reference = None if source is None else self._program(source, own)

    @cached_property
    def diagnosis(self) -> Diagnosis:
        """The known-wrong programs, read when first wanted. Raises CourseError where one can't be read."""
        from autograder.grading.explaining.beliefs import Diagnosis
        from autograder.sandbox.program import Allowance

        wrong = Allowance(call=self.exercise.limits.call, budget=self._own_budget, trusted=True, shares=True)
        return Diagnosis(self._known_wrong, lambda source: self._program(source, wrong))

    @property
    def _own_budget(self) -> Budget:
        return Budget(int(self.exercise.limits.memory), _OWN_CPU_SECONDS)

    def forget(self) -> None:
        """Let go of all that our own programs were asked about one submission."""
        if self.reference is not None:
            self.reference.forget()
        if "diagnosis" in vars(self):
            self.diagnosis.forget()

    def warm_up(self) -> None:
        """Wait until programs can be started; fall back here if it turns out that they can't be confined."""
        try:
            self.layers = self._in_force()
        except SandboxUnavailable as unavailable:
            self._do_without_bubblewrap(unavailable)
            self._attach()
            self.layers = self._in_force()
        for layer in self._asked_for.missing(self.layers):
            said = self._fell_back if layer == "bubblewrap" else None
            self._on_missing(said or f"{tr('{layer} is not in force.', layer=layer)} {tr(CURES[layer])}")

    def _in_force(self) -> list[str]:
        """The layers that a worker really has: the reference's, which is asked soon, else one's for this alone.

        Of a class, judges may be forked from this process: what it has started, all of them would talk to.
        """
        if self.reference is not None and not self._many:
            return self.reference.prepare()
        return self._starter(self._own_warmth).probe()

    def branch(self) -> None:
        """Be a judge of its own in a process that was forked from this one's, before any program was asked."""
        for starter in self._starters.values():
            starter.branch()

    def _do_without_bubblewrap(self, unavailable: SandboxUnavailable) -> None:
        if not self._fall_back or self._fell_back is not None:
            raise unavailable
        self._fell_back, self._wanted = str(unavailable), WITHOUT_BUBBLEWRAP
        self._close_starters()
        self._starter(self._own_warmth)

    def program(self, submission: Submission, *, trace: bool = False, total: float | None = None) -> Program:
        """The submission as a program; nothing of it runs before it is loaded.

        `trace`: watched line by line. `total`: seconds for all calls, if they are not the exercise's.
        """
        from autograder.sandbox.program import Allowance

        limits = self.exercise.limits
        total = limits.total if total is None else total
        allowance = Allowance(limits.call, total, Budget(int(limits.memory), math.ceil(total) + 1))
        asked, modules = self.exercise.required_names, submission.modules
        return self._program(submission.source, allowance, trace=trace, asked=asked, modules=modules)

    def bench(self, submission: Submission) -> Bench:
        """Return where many versions of a submission are tried."""
        from autograder.sandbox.bench import Bench

        starter = self._starter(max(self._own_warmth, self._warmth_for(submission.source)))
        return Bench(starter, self._filename, Budget(int(self.exercise.limits.memory), _BENCH_CPU_SECONDS))

    @cached_property
    def right_sources(self) -> list[str]:
        """The sources of the reference and of the accepted programs, where one is a file."""
        solution = self.exercise.solution
        if solution is None or self.exercise.files or self._reference_source is None:
            return []
        accepted = self.exercise.programs(solution / "accepted")
        return [self._reference_source, *(self.exercise.program(path).source for path in accepted)]

    @property
    def needs_arrays(self) -> bool:
        """Whether the reference computes with numpy or torch."""
        return re.search(r"^\s*(import|from) (numpy|torch)\b", self._reference_source or "", re.MULTILINE) is not None

    def _program(self, source: str, allowance: Allowance, **how: Any) -> Program:
        """A program on a starter that is warm enough for it: the reference's, unless it needs more."""
        from autograder.sandbox.program import Program

        starter = self._starter(max(self._own_warmth, self._warmth_for(source)))
        return Program(starter, self._filename, source, allowance, **how)

    @property
    def _filename(self) -> str:
        """The name that a program goes by; that of several files is of none of them."""
        return "submission.py" if self.exercise.files else self.exercise.file

    def close(self) -> None:
        if self.reference is not None:
            self.reference.close()
        if "diagnosis" in vars(self):
            self.diagnosis.close()
        self._close_starters()

    def _close_starters(self) -> None:
        while self._starters:
            self._starters.popitem()[1].close()

    def __enter__(self) -> Judge:
        return self

    def __exit__(self, *exception: object) -> None:
        self.close()


def _source_of(exercise: Exercise) -> str | None:
    return exercise.program(exercise.reference).source if exercise.reference is not None else None
