"""What every rendering of a report says, in the same words: the verdict, the findings, the way it was graded.

It gives plain data and plain sentences; fonts, colours and escaping are the renderers'. It must not import one.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TypeAlias

import msgspec

from autograder.feedback.points import format_number as format_number
from autograder.feedback.points import points as points
from autograder.feedback.points import worth as worth
from autograder.feedback.sanitize import visible
from autograder.grading.report import CheckResult, Explanation, Fault, Report, Status
from autograder.language import later, tr, tr_n
from autograder.several_files import File

STATUS_WORDS: dict[Status, str] = {
    "passed": later("passed"),
    "failed": later("failed"),
    "error": later("error"),
    "timeout": later("timed out"),
    "crashed": later("crashed"),
    "skipped": later("not run"),
}


#: What kind of explanation is given; that of a line says so itself.
LABELS: dict[str, str] = {"belief": later("Misconception"), "behaviour": later("What it does")}
#: Said of a program that a belief is named for: what it does is certain, what its author thought is not.
AS_BELIEVED = later("Your program answers every question as one with this mistake does.")


#: Said of one check's answers, where no explanation is found; the title of a misconception follows.
RESEMBLES = later("Here, if not everywhere, its answers are exactly those of a program with this mistake:")


#: How a sentence names a line of the student's file, and not of what it prints or leaves ("Line 2 that out.txt holds");
#: the line of a notebook's cell has no place for an editor.
_TOLD_LINE = re.compile(
    r"^(?:Line|Línea|La línea) (\d{1,7})\b(?! (?:that|que) )"
    r"|(?<!, )\b(?:line|línea) (\d{1,7}) (?:of your file|de tu archivo)\b"
)
#: A number that a message tells, as it is written; no digit of a name.
_NUMBER = re.compile(r"(?<![\w.])-?\d[\d.]*(e[+-]?\d+)?")
#: Line ends of an answer that is small.
_SMALL = 4
#: A line, where a text is known to name lines of the file alone.
_ANY_LINE = re.compile(r"\b(?:[Ll]ine|[Ll]ínea) (\d{1,7})\b")


#: Checks by their message, and by the other functions that go wrong in them.
_Alike: TypeAlias = dict[tuple[str, tuple[str, ...]], list[CheckResult]]


@dataclass(frozen=True)
class Occasion:
    """What a report is shown with: the command that graded it, how the file is called there, and the report before.

    `previous` is the last report on the same exercise, None where there is none; `next_steps` replace the command named
    last; `takeaway` and `besides` are said after a pass: what the exercise has shown, and what else there is to see.
    """

    file: str = ""
    command: str = ""
    previous: Report | None = None
    next_steps: Sequence[str] = ()
    takeaway: str = ""
    besides: str = ""


@dataclass(frozen=True)
class Case:
    """One message, and the checks that gave it; an empty message was said by the note above already."""

    message: str
    checks: tuple[CheckResult, ...]

    @property
    def answer(self) -> str:
        """What came of what was asked, and what should have; empty where the message doesn't tell."""
        place = self.checks[0].answer
        return visible(self.message[place:].lstrip("\n"), lines=1000) if place else ""

    @property
    def call(self) -> str:
        """What was asked, and what came of it; empty where the message doesn't tell."""
        place = self.checks[0].question
        return visible(self.message[place:].lstrip("\n"), lines=1000) if place else ""

    @property
    def picture(self) -> str:
        """What stands below the first sentence, but for the case itself."""
        _, below = message_parts(self.message[: self.checks[0].question or None], lines=1000)
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


@dataclass(frozen=True)
class Finding:
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
        """What its explanation says, but for a last sentence on an exception that its smallest case tells, too."""
        text = self.explanation.text if self.explanation is not None else ""
        case = min(self.cases, key=size)
        raised = message_parts(case.message, lines=1)[0].partition(": ")[2].removesuffix(".")
        if self.is_belief or case.checks[0].status != "error" or not raised or f": {raised}" not in text:
            return text
        before = text[: text.index(f": {raised}")]
        return before[: before.rfind(". ") + 1]

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


def word(check: CheckResult) -> str:
    """Say a check's status in a word or two."""
    if check.unwritten:
        return tr("not written")
    return tr("instructor") if check.left_to_instructor else tr(STATUS_WORDS[check.status])


def score(check: CheckResult) -> str:
    """Write what a check gave; a dash where only the instructor can tell."""
    return "–" if check.by_instructor else format_number(check.score)


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
    slip beside it. What says why comes first, then wrong answers that nothing explains; of either what costs most
    points, and of two that cost the same the one that is explained.
    """
    alike: dict[str, list[Finding]] = {}
    before: Finding | None = None
    for number, finding in enumerate(_findings(report)):
        if before is not None and before.is_completed_by(finding):
            alike[str(number - 1)].append(finding)
        else:
            alike.setdefault(_kind(finding) or str(number), []).append(finding)
        before = finding
    return sorted(alike.values(), key=lambda each: (not each[0].says_why, -_cost(each), each[0].explanation is None))


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
    said = unloadable(report)  # and a hint is for what was answered wrongly
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


def points_since(report: Report, previous: Report | None) -> str:
    """Write a score in words, after the one of the run before: "1 → 7 of 10 points"."""
    now = points(report.score, report.points)
    if previous is None or previous.points != report.points or previous.submission.sha256 == report.submission.sha256:
        return now
    before = format_number(previous.score)
    return tr("{now}, as before", now=now) if before == format_number(report.score) else f"{before} → {now}"


def flipped(report: Report, previous: Report | None) -> tuple[list[CheckResult], list[CheckResult]]:
    """Return the checks that pass since the run before, and those that no longer do."""
    passed = {check.id: check.status == "passed" for check in previous.checks} if previous is not None else {}
    known = [check for check in report.checks if check.id in passed and not check.left_to_instructor]
    gained = [check for check in known if check.status == "passed" and not passed[check.id]]
    return gained, [check for check in known if check.status != "passed" and passed[check.id]]


def unloadable(report: Report) -> bool:
    """Whether the note says all that there is to say: nothing of the file could be run."""
    here = [check for check in report.checks if not check.left_to_instructor]
    return bool(report.note and here) and all(check.message == report.note for check in here)


def verdict(report: Report) -> str:
    """Say in one sentence how many checks passed."""
    elsewhere = [check for check in report.checks if check.by_instructor]
    ran = [check for check in report.checks if not check.by_instructor]
    here = _nothing_ran(report) if unloadable(report) else _verdict(ran)
    if not elsewhere:
        return here or tr("No checks were run.")
    checks = tr_n("{n} check", "{n} checks", len(elsewhere))
    points = worth(sum(check.points for check in elsewhere))
    if not here:
        return tr("Your instructor runs {checks} worth {points}.", checks=checks, points=points)
    return f"{here} {tr('Your instructor runs the other {checks} worth {points}.', checks=checks, points=points)}"


def _nothing_ran(report: Report) -> str:
    return tr("No checks were run.") if report.not_started else tr("No check could be run.")


def _verdict(checks: Sequence[CheckResult]) -> str:
    total, passed = len(checks), sum(check.status == "passed" for check in checks)
    if not total:
        return ""
    if passed == total:
        return tr_n("The check passed.", "All {n} checks passed.", total)
    return tr_n("{passed} of {n} checks passed.", "{passed} of {n} checks passed.", total, passed=passed)


def message_parts(message: str, *, lines: int) -> tuple[str, str]:
    """Return a message's first sentence and the lines below it (a traceback, a grid), both safe to show."""
    sentence, _, details = visible(message, lines=lines).partition("\n")
    return sentence, details


def common_clause(messages: Sequence[str]) -> str:
    """Return the last clause that all messages' sentences share, "only the diagonal agrees"; empty if none.

    What is said of a part of an answer is nothing without that part, which can be another one in each message.
    """
    sentences = [message_parts(message, lines=1)[0].removesuffix(".") for message in messages]
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
    function, colon, clauses = message_parts(message, lines=1)[0].partition(": ")
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
    texts = [check.message for check in checks] + ([told.title, told.text] if told else [])
    named += [check.line or _told_line(check.message) for check in checks]
    return sorted({line for line in [*named, *_told_lines(texts, program)] if line})


def _told_lines(texts: Iterable[str], program: Sequence[File]) -> Iterator[int]:
    """Yield the lines that texts tell of parts of a program that have names; of a trace the last, where it raised."""
    parts = {file.name: file for file in program if file.name}
    names = "|".join(map(re.escape, sorted(parts, key=len, reverse=True)))
    place = re.compile(rf"(?<![\w.])({names}), (?:line|línea) (\d{{1,7}})\b")
    for text in texts if parts else ():
        for name, line in place.findall(text)[-1:]:
            yield parts[name].first_line + int(line) - 1


def _told_line(text: str) -> int:
    """Return the line of the file that a text tells, 0 if none."""
    told = _TOLD_LINE.search(text.partition("\n")[0])
    return int(told[1] or told[2]) if told else 0


def isolation(report: Report) -> str:
    """Say what the program ran behind; nothing where no program ran."""
    if report.kind != "exercise" or report.not_started:
        return ""
    if "bubblewrap" in report.isolation:
        return tr("Graded behind: {layers}", layers=", ".join(report.isolation))
    if report.isolation:
        layers = ", ".join(report.isolation)
        return tr("Not behind the whole wall, with {layers} only: your own code only", layers=layers)
    return tr("Not behind the wall: your own code only")


def next_step(report: Report, command: str = "") -> str:
    """Name the command to type next; `command` is the one that graded the file."""
    if report.nothing_failed:
        return "gradecheck list"
    if report.kind == "quiz":
        return f"gradecheck quiz {report.exercise}{'' if report.note else ' --review'}"
    left = [check for check in report.checks if check.status not in {"passed", "skipped"}]
    if report.not_started or (left and all(check.unwritten for check in left)):
        return f"gradecheck show {report.exercise}"
    if unloadable(report) or all(check.status in {"error", "skipped"} for check in report.checks):
        return command or f"gradecheck run {report.exercise}"  # once it is mended
    return f"gradecheck hint {report.exercise}"


def placed(text: str, file: str, line: int | None = None) -> str:
    """Begin a message about a line with its place, at which an editor jumps there. Its words can tell the line, too."""
    line = line or (_told_line(text) if file else 0)
    return f"{file}:{line}: {text}" if file and line and text else text
