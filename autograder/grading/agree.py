"""`agree`: ask the submission and the reference the same question, and fail with a sentence where they differ.

Every question and its outcome is kept: the diagnosis puts the same ones to the known-wrong programs.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from functools import partial
from itertools import tee
from numbers import Real
from types import CellType
from typing import Any, Literal, TypeAlias

from autograder.checks import Axes
from autograder.grading.asking import (
    Ask,
    Asked,
    Outcome,
    Unusable,
    agrees,
    as_looked_at,
    ask_program,
    by_numbers,
    disagreement,
    expected_failure,
    held_fast,
    in_numbers_only,
    numbers_differ,
    objects,
    shows_answers,
    tried,
)
from autograder.grading.assertions import title_fails
from autograder.grading.compare import by_place, difference
from autograder.grading.explaining.smallest import Smaller, smallest
from autograder.grading.kinds import type_name
from autograder.grading.messages import sentence
from autograder.grading.showing import Case, describe_call
from autograder.grading.tolerance import EQUAL, Equal, Tolerance
from autograder.language import tr
from autograder.sandbox.failures import ForeignObject, ProgramError, ProgramFailure, ProgramMissing
from autograder.sandbox.handles import Function, is_iterator
from autograder.sandbox.program import Called, Program, ProgramProxy, Remarks
from autograder.sandbox.values import Items, Opaque, Printed

__tracebackhide__ = True  # pytest shows the author's line, not how it was asked

_LONGEST_NAME = 20

Files: TypeAlias = Mapping[str, str | bytes]


class Disagreement(AssertionError):
    """The submission answers otherwise than it should. `case` is what its message ends with, where it is shown."""

    def __init__(self, sentence: str, case: Case | None = None) -> None:
        super().__init__(sentence + (case.text if case is not None else ""))
        self.case = case


class ReferenceFailed(Exception):
    """The reference hung, crashed or lacks a name: no verdict on the submission can come of that."""


class Agree:
    """The fixture `agree` of one check. `asked` holds its questions so far, `drawn` the answers to make figures of.

    Without a submission the questions are only taken down: nobody is asked, and nothing fails.
    """

    def __init__(
        self,
        submission: Program | None,
        reference: Program | None,
        *,
        show: bool = False,
        parameters: Callable[[str], Sequence[str]] = lambda name: (),
    ) -> None:
        """`show`: its messages give inputs and expected value; `parameters` then names what a function takes."""
        self.asked: list[Asked] = []
        self.drawn: list[tuple[Axes, Any, Any]] = []
        self.smaller: Smaller | None = None
        #: What went wrong within shares, each with the part of the check's points that it costs.
        self.faults: list[tuple[float, BaseException]] = []
        self._failed: Asked | None = None
        self._of_objects: list[Asked] = []
        self._has_set = False
        self._submission, self._reference = submission, reference
        self._show, self._parameters = show, parameters

    def __call__(
        self,
        what: str | Ask,
        *arguments: Any,
        keep_arguments: bool | Literal["only"] = False,
        quiet: bool = False,
        rtol: float | None = None,
        atol: float | None = None,
        because: str = "",
        expected: Any = None,
        equal: Equal = "usual",
        smaller: Smaller | None = None,
        figure: Axes | None = None,
        files: Files | None = None,
        **keywords: Any,
    ) -> None:
        """Fail unless submission and reference answer alike.

        `what` is a function's name, with its arguments; or a function of one program, for questions of several calls.
        `keep_arguments`: they must also change the same arguments in place (none, usually); "only": nothing but that
        counts, and that there is an answer. `quiet`: and warn alike.
        `because` is a sentence put before the message. With `expected` the submission must answer that, and the
        reference isn't asked. `equal`: "strict" or "lenient", see `compare.difference`.
        `smaller` draws simple arguments for the same function (see `shrink`): on a difference
        the student is shown the simplest that goes wrong, with its expected value. `figure`: the report draws both
        answers. `files` are texts or bytes that the program can open by these names. Raises AssertionError, or the
        submission's ProgramFailure.
        """
        _demand_known_settings(keep_arguments, rtol, atol, equal)
        if files is not None and smaller is not None:
            raise TypeError(tr("agree(…, smaller=…) takes no files: they would not be those of the simpler arguments"))
        self.smaller = smaller
        ask = _question(what, arguments, keywords, files)
        name = what if isinstance(what, str) and keep_arguments != "only" else ""
        if keep_arguments == "only":
            ask = _answers(ask)
        relative, absolute = (None if size is None else float(size) for size in (rtol, atol))  # arrays know no Fraction
        alone = "" if files is not None else name  # without its files a call is another
        asked = self._put(ask, Tolerance(relative, absolute, equal), keep_arguments, quiet, alone)
        if self._submission is None:
            return
        right = self._right(ask) if expected is None else Outcome(expected)
        if figure is not None:
            self.drawn.append((figure, asked.outcome.value, right.value))
        self._judge(asked, right, name, because, (arguments, keywords) if name else ((), {}))

    @contextmanager
    def share(self, part: float) -> Iterator[None]:
        """What fails in here costs this part of the check's points (0.25, say), and the check goes on."""
        if not 0 < part <= 1:
            raise ValueError(tr("agree.share({part}): it is a part of the points, above 0 and at most 1", part=part))
        before = len(self.asked)
        try:
            yield
        except (AssertionError, ProgramFailure) as fault:
            if not self.faults and len(self.asked) > before:
                self._failed = self.asked[-1]
            self.faults.append((part, fault))

    def settled(self, raised: BaseException | None) -> list[tuple[float, BaseException]]:
        """What went wrong in the check that raised this in the end, with the part of its points that each costs."""
        if raised is not None:
            self.faults, self._failed = [(1.0, raised)], None
        return self.faults

    def record(self, ask: Ask, program: Program) -> Any:
        """Return the answer to a question of the check's own, asked by the fixture `submission`. Raises its failure."""
        outcome = ask_program(ask, program, whole=False)
        self.asked.append(Asked(ask, outcome))
        if outcome.failure is not None:
            raise outcome.failure
        if self._has_set or next(objects(outcome.value), None) is not None:
            self._of_objects.append(self.asked[-1])
        return outcome.value

    def record_set(self, ask: Ask, program: Program) -> None:
        """Keep that the fixture `submission` set something: no later question can be asked without it."""
        self._has_set = True
        self.record(ask, program)

    def tell_as_a_whole(self, ask: Ask, ended: str) -> None:
        """Put the check itself, which `ended` so, in the place of the questions that gave it objects or set something.

        What it did with those is in no question, and of two programs' objects nothing can be compared.
        """
        given = {id(asked) for asked in self._of_objects}
        if not given:
            return
        names = {name for asked in self._of_objects for name in asked.names}
        whole = Asked(ask, Outcome(ended, remarks=Remarks(names=names, besides=True)))
        others = [asked for asked in self.asked if id(asked) not in given]
        last = id(self.last) in given
        self.asked = [*others, whole] if last else [whole, *others]
        self._failed = None if last else self._failed

    @property
    def last(self) -> Asked | None:
        """The question that failed, or else the last; None where nothing was asked."""
        return self._failed or (self.asked[-1] if self.asked else None)

    def simplest(self, submission: Program) -> tuple[Asked, Case] | None:
        """Return the simplest input on which the last question goes wrong, and its case; None if none can be told.

        It goes wrong as the question did, by an answer or by an exception of the same type. `submission` is the program
        once more, for this alone; it is closed.
        """
        last = self.last
        if self.smaller is None or last is None or not last.name or self._reference is None:
            return None

        def ask_with(arguments: tuple[Any, ...]) -> Asked:
            return replace(last, ask=_call(last.name, arguments, {}))

        found = smallest(self.smaller, ask_with, submission, self._reference)
        if found is None:
            return None
        asked = ask_with(found)
        asked = replace(asked, outcome=ask_program(asked.ask, submission))
        right = ask_program(asked.ask, self._reference)
        clause = disagreement(asked, right)
        if clause is None or _raised(asked.outcome) != _raised(last.outcome):
            return None
        case = describe_call(found, {}, self._parameters(last.name), asked.outcome, right)
        told = "\n" + tr("The simplest input found that goes wrong:") + case.asked
        message = "" if asked.outcome.failure is not None else sentence(f"{last.name}: {clause}")
        return asked, replace(case, asked=told, message=message)

    def expect(self, name: str, arguments: tuple[Any, ...], expected: Outcome, tolerance: Tolerance) -> None:
        """Fail unless the submission answers as written down in a public check."""
        asked = self._put(_call(name, arguments, {}), tolerance)
        if self._submission is not None:
            self._judge(asked, expected, name, "", (arguments, {}))

    def raises(
        self, kind: type[Exception], what: str | Ask, *arguments: Any, files: Files | None = None, **keywords: Any
    ) -> None:
        """Fail unless the submission raises `kind` or a subclass of it. No reference is asked; the rest is as ever."""
        if isinstance(kind, str | tuple):
            raise TypeError(tr("agree.raises({kind!r}, …): write one exception itself, such as ValueError", kind=kind))
        name = what if isinstance(what, str) else ""
        alone = "" if files is not None else name
        asked = self._put(_question(what, arguments, keywords, files), name=alone)
        if self._submission is not None:
            refusal = Outcome(failure=ProgramError(kind.__name__, "", [], []))
            self._judge(asked, refusal, name, "", (arguments, keywords))

    def script(
        self,
        stdin: str = "",
        *,
        arguments: Sequence[str] = (),
        files: Files | None = None,
        leaves: Sequence[str] = (),
        because: str = "",
    ) -> None:
        """Fail unless submission and reference, each run from the start as `__main__`, print the same lines.

        `stdin` is what they can read; `arguments` stand in `sys.argv` behind the program's name; `files` are texts that
        they can open by these names, and `leaves` names files that they write, whose lines are compared, too. Blanks at
        the ends of lines and empty lines at the end don't count.
        """
        if not isinstance(stdin, str):
            raise TypeError(_no_text("agree.script", "stdin", stdin))
        _make_sure_of("agree.script", files or {})
        for name, names in {"arguments": arguments, "leaves": leaves}.items():
            if isinstance(names, str):
                raise TypeError(tr("agree.script({name}={given!r}): it is a list", name=name, given=names))
        given = stdin, [str(each) for each in arguments], dict(files or {}), list(leaves)
        ask: Ask = lambda program: program._program.script(*given)  # noqa: E731 - a question, as everywhere
        asked = self._put(ask)
        if self._submission is not None:
            self._judge(asked, self._right(ask), "", because, ((), {}))

    def that(self, ask: Ask, accept: Callable[[Any], bool], sentence: str, *, files: Files | None = None) -> None:
        """Fail with `sentence` unless `accept` says yes to the submission's answer. No reference is asked."""
        outcome = self._put(_question(ask, (), {}, files), accept=accept).outcome
        if outcome.failure is not None:
            raise outcome.failure
        if self._submission is None:
            return
        accepted = accept(outcome.value)
        if isinstance(accepted, tuple):  # as from `lambda x: (x == 1, "…")`: every answer would pass
            raise TypeError(
                tr("agree.that(…): accept gives a tuple, which is true whatever it holds; give True or False")
            )
        assert accepted, sentence

    def _put(self, ask: Ask, *how: Any, **more: Any) -> Asked:
        """Ask the submission, if there is one; `how` and `more` are what else an Asked holds."""
        cells: dict[int, CellType] = {}
        held = held_fast(ask, cells)  # it is asked again when the check is over
        more = {word: held_fast(value, cells) for word, value in more.items()}
        outcome = Outcome() if self._submission is None else tried(ask, self._submission)
        asked = Asked(held, outcome, *how, **more)
        self.asked.append(asked)
        if isinstance(outcome.failure, Unusable):
            words = isinstance(outcome.failure.cause, AssertionError)  # the author's own
            raise outcome.failure.cause if words else outcome.failure
        return asked

    def wrong_call(self, asked: Asked, *, in_form: bool) -> str:
        """The first call in a question, or value, that is another with the reference, in words; empty if there is none.

        `in_form`: only where more than numbers differ, such as a type or a shape; not where numbers differ besides, in
        the right shape, in this call or another, for then nobody knows which of the two the check minds.
        """
        reference = self._reference
        calls = [
            (part, part.call, tried(part.call.ask, reference))
            for part in asked.parts()
            if part.call is not None and reference is not None
        ]
        free = in_form and any(numbers_differ(part, right) for part, _, right in calls)
        for part, call, right in calls:
            part = as_looked_at(part, right, asked)
            clause = disagreement(part, right)
            if isinstance(right.value, Items) and isinstance(part.outcome.value, list | tuple):
                clause = disagreement(by_numbers(part), right) or clause  # what a check goes through may be a list
            in_type = free and (numbers_differ(part, right) or agrees(by_numbers(part), right))
            if clause is not None and not (in_form and in_numbers_only(part, right)) and not in_type:
                return _of_call(call, clause)
        return self._wrong_value(asked)

    def said_of(self, part: Asked) -> str:
        """What is wrong with a call, in words; empty where nothing is, or nobody can tell."""
        if self._reference is None or part.call is None:
            return ""
        right = tried(part.ask, self._reference)
        looked_at = part if self.last is None else as_looked_at(part, right, self.last)
        clause = disagreement(looked_at, right)
        return _of_call(part.call, clause) if clause is not None else ""

    def _wrong_value(self, asked: Asked) -> str:
        """The first of the program's values in a question that is another with the reference, in words."""
        if self._reference is None:
            return ""
        for name, value in asked.outcome.remarks.values.items():
            right = tried(_read(name), self._reference)
            clause = difference(value, right.value, asked.tolerance) if right.failure is None else None
            if clause is not None:
                return f"{name}: {clause}"
        return ""

    def _right(self, ask: Ask) -> Outcome:
        assert self._reference is not None, "agree needs a reference"
        self._reference.lent.thrown = None
        outcome = ask_program(ask, self._reference)
        slip = self._reference.lent.thrown
        if isinstance(slip, NameError | AttributeError | ImportError) and outcome.failure is not None:
            raise slip  # in a function of the check's: two programs that meet it alike agree on nothing
        if isinstance(outcome.failure, ForeignObject):  # which the check gave it: no program's doing
            raise outcome.failure
        if outcome.failure is not None and not _is_meant(outcome.failure):
            raise ReferenceFailed(
                tr("The reference gave no answer: {failure}", failure=outcome.failure)
            ) from outcome.failure
        return outcome

    def _judge(self, asked: Asked, expected: Outcome, name: str, because: str, given: Any) -> None:
        if expected.failure is None and (found := next(objects(expected.value), None)) is not None:
            raise ReferenceFailed(of_object(found))  # nobody's answer agrees with it
        clause = disagreement(asked, expected)
        if clause is None:
            return
        failure = asked.outcome.failure
        if failure is not None and (expected.failure is None or isinstance(failure, ProgramMissing)):
            raise failure
        message = f"{name}: {clause}" if name else self._of_several(asked, clause, expected)
        if asked.keep_arguments and asked.outcome.remarks.changed == expected.remarks.changed:
            message = tr("The arguments were left alone; the answer is what differs.") + f" {message}"
        message = f"{because} {sentence(message)}" if because else sentence(message)
        arguments, keywords = given
        case = (
            describe_call(arguments, keywords, self._parameters(name), asked.outcome, expected) if self._show else None
        )
        raise Disagreement(message, case)

    def _of_several(self, asked: Asked, clause: str, expected: Outcome) -> str:
        """The message on a question that the check made of several calls: of the call that went wrong, if one is told.

        What the check itself put together is never described as if the program had given it.
        """
        if isinstance(asked.outcome.value, Printed):
            of_file = clause.startswith((*asked.outcome.value.left,))  # whose name is written as it is
            return clause if of_file else f"{clause[0].upper()}{clause[1:]}"
        if asked.keep_arguments and asked.outcome.remarks.changed != expected.remarks.changed:
            return f"{clause[0].upper()}{clause[1:]}"
        mine = shows_answers(asked.outcome)
        if found := self.wrong_call(asked, in_form=not mine):
            return found
        if expected.failure is not None and asked.outcome.failure is None and not mine:
            return tr("Nothing was raised, expected {expected}", expected=expected_failure(expected.failure))
        if isinstance(asked.outcome.value, bool | str) and not mine:
            return title_fails(asked)
        return by_place(clause, asked.outcome.value)


class Recorded(ProgramProxy):
    """The fixture `submission`: the program's proxy, whose plain calls are kept for the diagnosis too."""

    _agree: Agree

    def __init__(self, agree: Agree, program: Program) -> None:
        super().__init__(program)
        object.__setattr__(self, "_agree", agree)

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        if not self._program.has_value(name):
            return RecordedFunction(self._agree, self._program, name)
        return self._agree.record(_read(name), self._program)

    def __setattr__(self, name: str, value: Any) -> None:
        self._agree.record_set(lambda program: setattr(program, name, value), self._program)

    def __repr__(self) -> str:
        return "submission"


class RecordedFunction(Function):
    """A function of the submission, by name: calling it asks. Raises ProgramFailure when called."""

    __slots__ = ("_agree",)
    _agree: Agree
    _program: Program

    def __init__(self, agree: Agree, program: Program, name: str) -> None:
        super().__init__(program, name)
        object.__setattr__(self, "_agree", agree)

    def __call__(self, *arguments: Any, **keywords: Any) -> Any:
        return self._agree.record(_call(self._name, arguments, keywords), self._program)

    def __setattr__(self, name: str, value: Any) -> None:
        owner = self._name
        self._agree.record_set(lambda program: setattr(Function(program._program, owner), name, value), self._program)


def of_object(value: object) -> str:
    """What an author is told of a question that gives an object which equals no other program's."""
    kind = value.type if isinstance(value, Opaque) else type_name(value)
    said = tr(
        "This question gives an object of type {type}, which equals no other program's: ask it something within the"
        " question.",
        type=kind,
    )
    if kind not in ("coroutine", "async_generator"):
        return said
    return said + " " + tr("A check awaits nothing: the program does, in a function that calls `asyncio.run`.")


def _demand_known_settings(keep_arguments: object, rtol: float | None, atol: float | None, equal: str) -> None:
    """Raise ValueError, which names what an author wrote, unless each is what `agree` takes."""
    if equal not in EQUAL:
        raise ValueError(f"agree(…, equal={equal!r}): it is one of {', '.join(map(repr, EQUAL))}")
    for word, size in {"rtol": rtol, "atol": atol}.items():
        if size is not None and not (isinstance(size, Real) and 0 <= size < math.inf):
            raise ValueError(tr("agree(…, {word}={size!r}): it is a number, 0 or more", word=word, size=size))
    if keep_arguments not in (False, True, "only"):
        raise ValueError(f'agree(…, keep_arguments={keep_arguments!r}): it is True, False or "only"')


def _is_meant(failure: ProgramFailure) -> bool:
    """Say whether a reference may answer so: it may refuse, but not for want of a library that it imports."""
    if not isinstance(failure, ProgramError):
        return False
    line = failure.lines[-1].text.strip() if failure.lines else ""
    return failure.type != "ModuleNotFoundError" or not line.startswith(("import ", "from "))


def _raised(outcome: Outcome) -> str:
    """What kind of failure it was; empty for an answer."""
    failure = outcome.failure
    return failure.type if isinstance(failure, ProgramError) else type(failure).__name__ if failure is not None else ""


def _of_call(call: Called, clause: str) -> str:
    return f"{call.name}{_named_by(call)}: {clause}"


def _named_by(call: Called) -> str:
    """What tells a call from the others of its question, where that is a name: " for relu"."""
    names = [each for each in (*call.arguments, *call.keywords.values()) if isinstance(each, str)]
    short = [each for each in names if each.isidentifier() and len(each) <= _LONGEST_NAME]
    return " " + tr("for {names}", names=tr(" and ").join(short)) if short else ""


def _read(name: str) -> Ask:
    return lambda program: getattr(program, name)


def _call(name: str, arguments: tuple[Any, ...], keywords: dict[str, Any]) -> Ask:
    again = {id(each): _Again(each) for each in (*arguments, *keywords.values()) if is_iterator(each)}
    if not again:
        return partial(_ask_by_name, name, arguments, keywords)

    def fresh(value: Any) -> Any:
        return again[id(value)].once_more() if id(value) in again else value

    return lambda program: _ask_by_name(
        name, tuple(map(fresh, arguments)), {key: fresh(value) for key, value in keywords.items()}, program
    )


def _ask_by_name(name: str, arguments: tuple[Any, ...], keywords: dict[str, Any], program: ProgramProxy) -> Any:
    return Function(program._program, name)(*arguments, **keywords)


def _question(what: str | Ask, arguments: tuple[Any, ...], keywords: dict[str, Any], files: Files | None) -> Ask:
    """The question to a program, which finds these files under their names."""
    if not isinstance(what, str) and (arguments or keywords):
        given = ", ".join([*keywords] or [tr("arguments")])
        raise TypeError(tr("agree(lambda program: …) takes no {names}: write them in the lambda", names=given))
    ask = _call(what, arguments, keywords) if isinstance(what, str) else what
    if files is None:
        return ask
    _make_sure_of("agree", files)
    kept = dict(files)

    def asked(program: ProgramProxy) -> Any:
        program._program.lay(kept)
        return ask(program)

    return asked


def _make_sure_of(asked: str, files: Files) -> None:
    """Raise TypeError where what is to be read is neither a text nor bytes, or has no name."""
    if not isinstance(files, Mapping):
        raise TypeError(tr("{asked}(files={given!r}): write {{name: text}}", asked=asked, given=files))
    for name, value in files.items():
        if not isinstance(value, str | bytes):
            raise TypeError(_no_text(asked, f"files[{name!r}]", value))


def _no_text(asked: str, name: str, value: object) -> str:
    kind = type(value).__name__
    return tr("{asked}({name}=…): it is a text, not of the type {kind}", asked=asked, name=name, kind=kind)


def _answers(ask: Ask) -> Ask:
    """The question whether there is an answer at all: an empty function, which changes nothing either, has none."""
    return lambda program: ask(program) is not None


class _Again:
    """An iterator that every program is given from its beginning, and that nobody uses up for the next."""

    def __init__(self, iterator: Iterator[Any]) -> None:
        self._kept = iterator

    def once_more(self) -> Iterator[Any]:
        """Return its items, from the first one on."""
        self._kept, given = tee(self._kept)
        return given
