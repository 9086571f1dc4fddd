"""What went wrong in a report, put in order for whoever shows it: what explains it, the cases that show it, what costs
most first.

It gives plain data; words that every rendering shares are `wording`'s. It must not know a renderer.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import TypeAlias

import msgspec

from autograder.feedback import wording
from autograder.feedback.sanitize import visible
from autograder.grading.report import CheckResult, Explanation, Fault, Report
from autograder.language import later, tr, tr_n
from autograder.several_files import File

#: What kind of explanation is given; that of a line says so itself.
LABELS: dict[str, str] = {"belief": later("Misconception"), "behaviour": later("What it does")}
#: Said of a program that a belief is named for: what it does is certain, what its author thought is not.
AS_BELIEVED = later("Your program answers every question as one with this mistake does.")
#: A number that a message tells, as it is written; no digit of a name.
_NUMBER = re.compile(r"(?<![\w.])-?\d[\d.]*(e[+-]?\d+)?")
#: Line ends of an answer that is small.
_SMALL = 4
#: A line, where a text is known to name lines of the file alone.
_ANY_LINE = re.compile(r"\b(?:[Ll]ine|[Ll]ínea) (\d{1,7})\b")
#: Checks by their message, and by the other functions that go wrong in them.
_Alike: TypeAlias = dict[tuple[str, tuple[str, ...]], list[CheckResult]]


class Case(msgspec.Struct, frozen=True):
    """One message, and the checks that gave it; an empty message was said by the note above already."""

    message: str
    checks: tuple[CheckResult, ...]

    @property
    def answer(self) -> str:
        """What came of what was asked, and what should have; empty where the message doesn't tell."""
        return self._from(self.checks[0].answer)

    @property
    def call(self) -> str:
        """What was asked, and what came of it; empty where the message doesn't tell."""
        return self._from(self.checks[0].question)

    def _from(self, place: int) -> str:
        return visible(self.message[place:].lstrip("\n"), lines=1000) if place else ""

    @property
    def picture(self) -> str:
        """What stands below the first sentence, but for the case itself."""
        _, below = wording.message_parts(self.message[: self.checks[0].question or None], lines=1000)
        return below.rstrip()

    @property
    def hints(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(check.hint for check in self.checks if check.hint))

    @property
    def besides(self) -> str:
        """The sentence that other functions go wrong in its checks too, which is a case of its own; empty if none."""
        others = [name for each in self.checks[0].faults for name in each.functions]
        names = tr(" and ").join(others)
        said = tr_n("{names} goes wrong here, too.", "{names} go wrong here, too.", len(others), names=names)
        return said if others else ""

    @property
    def resembles(self) -> str:
        """The misconception's title that one of its checks resembles; empty if none does."""
        return next((check.resembles for check in self.checks if check.resembles), "")


class Finding(msgspec.Struct, frozen=True):
    """One thing that went wrong: its explanation, or None where there is none, and the cases that show it.

    `of_program`: it was found by asking a program, not by one answer alone.
    """

    explanation: Explanation | None
    cases: tuple[Case, ...]
    of_program: bool = False

    @property
    def label(self) -> str:
        """What kind of explanation it is, in a word or two; empty where its title says so."""
        kind = self.explanation.kind if self.explanation is not None else "line"
        return tr(LABELS[kind]) if kind in LABELS else ""

    @property
    def text(self) -> str:
        """What its explanation says, but for the sentence on an exception that its smallest case tells, too."""
        text = self.explanation.text if self.explanation is not None else ""
        case = min(self.cases, key=size)
        raised = wording.message_parts(case.message, lines=1)[0].partition(": ")[2].removesuffix(".")
        if self.is_belief or case.checks[0].status != "error" or not raised or f": {raised}" not in text:
            return text
        before, _, after = text.partition(f": {raised}")
        kept = after.removeprefix(".") if after.startswith(". ") else ""
        return f"{before[: before.rfind('. ') + 1]}{kept}".strip()

    @property
    def rests_on(self) -> str:
        """What a belief that is named rests on, in a sentence; empty for what one answer alone shows."""
        if self.explanation is None or not self.of_program:
            return ""
        return self.explanation.because or tr(AS_BELIEVED)

    @property
    def is_belief(self) -> bool:
        return self.explanation is not None and self.explanation.kind == "belief"

    @property
    def says_why(self) -> bool:
        """Whether it has a reason: an explanation, or where it ended without an answer, as an endless loop does."""
        return self.explanation is not None or self.cases[0].checks[0].status not in ("failed", "skipped")

    def is_completed_by(self, after: Finding) -> bool:
        """Whether the two are one thing: a belief, and the slip beside it."""
        here, there = self.explanation, after.explanation
        return here is not None and there is not None and here.is_completed_by(there)


def findings(report: Report) -> list[Finding]:
    """Group the checks that didn't pass, so that nothing is explained twice; in the order of `groups`."""
    return [finding for alike in groups(report) for finding in alike]


def mistakes(report: Report) -> list[Finding]:
    """Return the findings, with one for all that reads alike and that nothing explains."""
    return [each for alike in groups(report) for each in _joined(alike)]


def _joined(alike: Sequence[Finding]) -> Sequence[Finding]:
    if alike[0].explanation is not None:
        return alike
    return [Finding(None, tuple(case for one in alike for case in one.cases))]


def groups(report: Report) -> list[list[Finding]]:
    """Put together what nothing explains in one function, and else what reads alike or hangs; and a belief with the
    slip beside it. What others use comes before these; what says why comes before wrong answers that nothing explains;
    of either first what costs most points, and of two that cost the same the one that is explained.
    """
    alike: dict[str, list[Finding]] = {}
    before: Finding | None = None
    for number, finding in enumerate(_findings(report)):
        if before is not None and before.is_completed_by(finding):
            alike[str(number - 1)].append(finding)
        else:
            alike.setdefault(_kind(finding) or str(number), []).append(finding)
        before = finding
    return sorted(alike.values(), key=_order)


def _order(alike: Sequence[Finding]) -> tuple[int, bool, float, bool]:
    told = alike[0].explanation
    return len(told.uses) if told else 0, not alike[0].says_why, -_cost(alike), told is None


def _cost(alike: Sequence[Finding]) -> float:
    """Return the points that findings cost together."""
    checks = {check.id: check for finding in alike for case in finding.cases for check in case.checks}
    return sum(check.points - check.score for check in checks.values())


def _kind(finding: Finding) -> str:
    """Return what others say, too, that nothing explains either; empty if nobody does."""
    first = finding.cases[0]
    if finding.explanation is not None:
        return ""
    return "timeout" if first.checks[0].status == "timeout" else kind(first.message)


def _findings(report: Report) -> list[Finding]:
    """All that went wrong, as the report has it: what is explained comes first."""
    explanations = _explanations(report)
    groups: dict[int, _Alike] = {id(each): {} for each in explanations}
    unexplained: _Alike = {}
    for fault, check in _failures(report):
        reason = next((each for each in explanations if each.explains(check.id, fault)), None)
        group = groups[id(reason)] if reason is not None else unexplained
        others = tuple(name for each in check.faults for name in each.functions)
        group.setdefault(("" if check.message == report.note else check.message, others), []).append(check)
    found = [Finding(each, _cases(groups[id(each)]), each in report.explanations) for each in explanations]
    said = wording.unloadable(report)  # and a hint is for what was answered wrongly
    return found + [Finding(None, (each,)) for each in _cases(unexplained) if each.message or (each.hints and not said)]


def _failures(report: Report) -> Iterator[tuple[Fault | None, CheckResult]]:
    """Yield the checks that fail by a mistake; one that several fail once for each, with what that one did alone."""
    for check in report.checks:
        if check.status == "passed" or check.left_to_instructor or check.unwritten:
            continue
        if not check.faults:
            yield None, check
        for number, fault in enumerate(check.faults):
            beside = [*check.faults[:number], *check.faults[number + 1 :]]
            others = [each for each in beside if each.functions != fault.functions]
            alone = msgspec.structs.replace(check, message=fault.message, status=fault.status, faults=others)
            yield fault, msgspec.structs.replace(alone, question=0, answer=0)


def _explanations(report: Report) -> list[Explanation]:
    """The report's own, and the beliefs of a drill or a quiz, whose checks name them alone."""
    named = {each.misconception for each in report.explanations}
    others: dict[str, Explanation] = {}
    for check in report.checks:
        belief = check.misconception
        if belief is not None and belief.id not in named:
            other = Explanation("belief", belief.title, belief.explanation, belief.id)
            others.setdefault(belief.id, other).checks.append(check.id)
    return [*report.explanations, *others.values()]


def _cases(group: _Alike) -> tuple[Case, ...]:
    return tuple(Case(message, tuple(checks)) for (message, _), checks in group.items())


def common_clause(messages: Sequence[str]) -> str:
    """Return the last clause that all messages' sentences share, "only the diagonal agrees"; empty if none.

    What is said of a part of an answer is nothing without that part, which can be another one in each message.
    """
    sentences = [wording.message_parts(message, lines=1)[0].removesuffix(".") for message in messages]
    of_a_part = f": {tr('at {place}', place='[')}"
    if len(sentences) < 2 or any(of_a_part in sentence for sentence in sentences):
        return ""
    clauses = [sentence.split("; ")[1:] for sentence in sentences]
    shared = [clause for clause in clauses[0] if all(clause in other for other in clauses[1:])]
    return shared[-1] if shared else ""


def kind(message: str) -> str:
    """Return what a message says that others of its kind say, too: the function that it is about, else how it begins
    and the last clause, whatever the numbers in it; else nothing.
    """
    function, colon, clauses = wording.message_parts(message, lines=1)[0].partition(": ")
    if function.isidentifier():
        return function
    return f"{function}: {_NUMBER.sub('#', clauses.split('; ')[-1])}" if colon else ""


def size(case: Case) -> tuple[bool, bool, int]:
    """Order cases: what resembles a known mistake first, then the smallest that gives numbers to think through.

    Of those that tell the right answer, too, all small ones are alike: the first is the statement's own example. An
    exception comes before them, for it names the line that raised.
    """
    _, _, details = case.message.partition("\n")
    if case.checks[0].status == "error":
        return not case.resembles, not details, 0
    lines = (case.answer or details).count("\n")
    return not case.resembles, not details, max(_SMALL, lines) if case.answer else _SMALL + lines


def lines(finding: Finding, program: Sequence[File] = ()) -> list[int]:
    """Return the lines of the student's file that a finding is about, as its explanation and its checks tell them.

    What is told of one of several files or cells ("vector.py, line 5") is a line of the whole `program`.
    """
    told = finding.explanation
    named = [told.line or 0] if told else []
    if told is not None and told.kind == "line":  # two changes are told in one text
        named += map(int, _ANY_LINE.findall(told.text))
    checks = [check for case in finding.cases for check in case.checks]
    named += [check.line or wording.told_line(check.message) for check in checks]
    texts = [check.message for check in checks] + ([told.title, told.text] if told else [])
    return sorted({*named, *_told_lines(texts, program)} - {0})


def _told_lines(texts: Iterable[str], program: Sequence[File]) -> Iterator[int]:
    """Yield the lines that texts tell of parts of a program that have names; of a trace the last, where it raised."""
    parts = {file.name: file for file in program if file.name}
    names = "|".join(map(re.escape, sorted(parts, key=len, reverse=True)))
    place = re.compile(rf"(?<![\w.])({names}), (?:line|línea) (\d{{1,7}})\b")
    for text in texts if parts else ():
        for name, line in place.findall(text)[-1:]:
            yield parts[name].first_line + int(line) - 1
