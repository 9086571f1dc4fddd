"""What grading one submission yields: plain data, schema 1.

Whatever shows, stores or exports a result needs this module and nothing else of ours. It must not know how a result
came about: no pytest, no sandbox, no course.
"""

from __future__ import annotations

import json
from typing import Literal

import msgspec

Kind = Literal["exercise", "drill", "quiz"]
Status = Literal["passed", "failed", "error", "timeout", "crashed", "skipped"]
#: What is said of few checks, and left out of the others.
_RARE = ("by_instructor", "answered", "line", "extra", "question", "answer", "resembles", "faults", "unwritten")


class Misconception(msgspec.Struct, frozen=True):
    """What the student believed: the catalogue's id and title, and why it is wrong (Markdown with LaTeX)."""

    id: str
    title: str
    explanation: str


class Fault(msgspec.Struct, frozen=True):
    """What one mistake did wrong in a check that several fail: the functions it is in, the message on it, its status.

    The message is plain text that can quote the student's program. `scope`: that of the explanation whose calls it is
    about; empty for any others.
    """

    functions: list[str]
    message: str
    status: Status
    scope: str = ""


class CheckResult(msgspec.Struct, frozen=True):
    """One check's verdict.

    `title`, `hint` and the misconception are the author's Markdown with LaTeX. `message` is plain text that can quote
    the student's program: whoever shows it must escape it. `seconds` is wall-clock time. `by_instructor`: a student's
    kit hasn't got this check; it is not run here, and the report's points are without it. `answered` is for a quiz's
    question: the ids of the chosen choices, or the number as it was typed. `line` is the line of the file that the
    message is about, 0 if there is none, or if it is a notebook's. `extra`: its points are no part of the report's.
    `question` and `answer` are the characters of the message before which it tells what was asked of the program and
    what came of it; 0 where it doesn't.
    `resembles` is the title of a misconception with which a program would give the same answers here, if not elsewhere:
    that names nobody's belief, and is counted nowhere. `faults` are those of several mistakes that fail the check,
    each in functions of its own; `message` tells them all, and the misconception is the first one's. `unwritten`: the
    function that it asks is still to be written, which is no mistake, and said by the report's note.
    """

    id: str
    title: str
    points: float
    score: float
    status: Status
    message: str = ""
    misconception: Misconception | None = None
    hint: str | None = None
    seconds: float = 0.0
    by_instructor: bool = False
    answered: list[str] = []
    line: int = 0
    extra: bool = False
    question: int = 0
    answer: int = 0
    resembles: str = ""
    faults: list[Fault] = []
    unwritten: bool = False

    @property
    def left_to_instructor(self) -> bool:
        """Whether nothing can be said of it here, good or bad."""
        return self.by_instructor and self.status == "skipped"


class Explanation(msgspec.Struct, frozen=True):
    """Why checks failed, said once for all that it concerns.

    `belief`: a known-wrong program that answers as the submission does, stated as a fact, and the `misconception` of
    its checks too. `behaviour`: what the program does, found by asking it more. `line`: a line of the submission on
    which one other expression would make the checks pass. `title` and `text` are Markdown with LaTeX for a belief and
    plain text, which can quote the student's program, for the others. `line` is 1-based, None where there is none.
    `because` is a plain sentence on what a belief rests on, where the program answers not every question so.
    `functions` are those of the program that it is about, as far as they are known; `scope` says of which of their
    calls alone, or of which entry of their answers, as its title does: "where name is 'tanh'", "in `b`". `uses` are
    functions that these use and that go wrong themselves: to be mended first.
    """

    kind: Literal["belief", "behaviour", "line"]
    title: str
    text: str
    misconception: str | None = None
    line: int | None = None
    checks: list[str] = []
    because: str = ""
    functions: list[str] = []
    scope: str = ""
    uses: list[str] = []

    def explains(self, check: str, fault: Fault | None = None) -> bool:
        """Whether it tells why a check failed; by this fault, if that is one of several."""
        if fault is None or check not in self.checks:
            return check in self.checks
        return fault.scope == self.scope and (not self.functions or {*fault.functions} <= {*self.functions})

    def is_completed_by(self, after: Explanation) -> bool:
        """Whether the two are of one mistake: a belief that would be left without the slip at a line."""
        return (
            bool(self.because)
            and after.kind == "line"
            and (self.functions, self.scope) == (after.functions, after.scope)
        )


class Curve(msgspec.Struct, frozen=True):
    """One measured quantity, step by step: the submission's and the reference's. None where a number can't be drawn.

    `name` is empty where the figure has no other curve.
    """

    name: str
    yours: list[float | None]
    reference: list[float | None]


class Figure(msgspec.Struct, frozen=True):
    """A check's picture of what the program measured. `y` is drawn on a logarithmic scale; `first` is the first step.

    `title`, `x` and `y` are the author's Markdown with LaTeX; the curves' names are the author's plain words.
    """

    check: str
    title: str
    x: str
    y: str
    first: int
    curves: list[Curve]


class SubmissionFile(msgspec.Struct, frozen=True):
    """The graded file: its name as handed in, and the SHA-256 of its bytes in hex."""

    name: str
    sha256: str


class Draw(msgspec.Struct, frozen=True):
    """What a drill drew for a student, by name, and the seed in the file that brings it back."""

    seed: int
    values: dict[str, float | str]


class Report(msgspec.Struct, frozen=True):
    """One submission's result, as `gradecheck run --json` prints it.

    `isolation` lists the layers of confinement that were in force; `output` is what the program printed, cut at 64 KB;
    `note` is one sentence about the file as a whole ("Not started yet: …"), empty if there is nothing to say. `remarks`
    are sentences about what was handed in (which of several files was graded, what its top level raised): plain text
    that can quote the student's program. `explanations` begins with the one that costs most points. `kind` is what was
    handed in to: a program to an exercise, numbers to a drill, answers to a quiz; no program runs for the last two.
    `untouched`: the file is as it was given. `draw`: of a drill whose numbers are drawn.
    """

    exercise: str
    title: str
    score: float
    points: float
    passed: bool
    seconds: float
    isolation: list[str]
    submission: SubmissionFile
    checks: list[CheckResult]
    output: str = ""
    note: str = ""
    figures: list[Figure] = []
    explanations: list[Explanation] = []
    remarks: list[str] = []
    schema: int = 1
    kind: Kind = "exercise"
    untouched: bool = False
    draw: Draw | None = None

    @property
    def misconceptions(self) -> list[Misconception]:
        """Each misconception that it names, once: also one that fails only checks where another costs more."""
        found: dict[str, Misconception] = {}
        for check in self.checks:
            if check.misconception is not None:
                found.setdefault(check.misconception.id, check.misconception)
        for each in self.explanations:
            if each.misconception is not None:
                found.setdefault(each.misconception, Misconception(each.misconception, each.title, each.text))
        return list(found.values())

    @property
    def nothing_failed(self) -> bool:
        """Whether it passed, as far as this place can tell: a kit leaves checks, or all of them, to the instructor."""
        return self.passed or (not self.note and all(check.left_to_instructor for check in self.checks))

    @property
    def not_started(self) -> bool:
        """Whether the file is as it was given; a report that was kept before it said so tells by its note."""
        return self.untouched or self.note.startswith("Not started yet")

    @property
    def never_ran(self) -> bool:
        """Whether nothing could be checked, for the stub as it was given or a file that can't be loaded: every check
        says the same, and none took any time.
        """
        said = {check.message for check in self.checks}
        if self.kind == "quiz" or len(said) != 1 or "" in said or any(check.seconds for check in self.checks):
            return False
        stopped = all(check.status in ("error", "timeout", "crashed") for check in self.checks)
        return said == {self.note} or (self.kind == "exercise" and stopped)

    def to_json(self) -> bytes:
        """Return the report as JSON: schema 1, in the order of the documentation.

        It is ASCII, so that what a student's text holds can't steer a terminal; every character of it comes back.
        """
        fields = msgspec.to_builtins(self)
        for check in fields["checks"]:
            for rare in _RARE:
                if not check[rare]:
                    del check[rare]
        for explanation in fields["explanations"]:
            for rare in ("because", "functions", "uses"):
                if not explanation[rare]:
                    del explanation[rare]
        for rare in ("figures", "remarks", "untouched", "draw"):  # of most hand-ins there is nothing to say
            if not fields[rare]:
                del fields[rare]
        return json.dumps({"schema": fields.pop("schema"), **fields}).encode()

    @classmethod
    def from_json(cls, data: str | bytes) -> Report:
        """Return the report that was written. Raises msgspec.DecodeError, UnicodeDecodeError."""
        return msgspec.json.decode(data, type=cls)
