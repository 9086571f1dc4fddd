"""What every rendering of a report says, in the same words: the verdict, the score, the way it was graded, what next.

It gives plain data and plain sentences; fonts, colours and escaping are the renderers'. It must not import one.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

import msgspec

from autograder.feedback.points import format_number as format_number
from autograder.feedback.points import points as points
from autograder.feedback.points import worth as worth
from autograder.feedback.sanitize import visible
from autograder.grading.report import CheckResult, Report, Status
from autograder.language import later, tr, tr_n

STATUS_WORDS: dict[Status, str] = {
    "passed": later("passed"),
    "failed": later("failed"),
    "error": later("error"),
    "timeout": later("timed out"),
    "crashed": later("crashed"),
    "skipped": later("not run"),
}


#: Said of one check's answers, where no explanation is found; the title of a misconception follows.
RESEMBLES = later("Here, if not everywhere, its answers are exactly those of a program with this mistake:")


#: How a sentence names a line of the student's file, and not of what it prints or leaves ("Line 2 that out.txt holds");
#: the line of a notebook's cell has no place for an editor.
_TOLD_LINE = re.compile(
    r"^(?:Line|Línea|La línea) (\d{1,7})\b(?! (?:that|que) )"
    r"|(?<!, )\b(?:line|línea) (\d{1,7}) (?:of your file|de tu archivo)\b"
)


class Occasion(msgspec.Struct, frozen=True):
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


def word(check: CheckResult) -> str:
    """Say a check's status in a word or two."""
    if check.unwritten:
        return tr("not written")
    return tr("instructor") if check.left_to_instructor else tr(STATUS_WORDS[check.status])


def score(check: CheckResult) -> str:
    """Write what a check gave; a dash where only the instructor can tell."""
    return "–" if check.by_instructor else format_number(check.score)


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
    return tr_n("{passed} of {n} check passed.", "{passed} of {n} checks passed.", total, passed=passed)


def message_parts(message: str, *, lines: int) -> tuple[str, str]:
    """Return a message's first sentence and the lines below it (a traceback, a grid), both safe to show."""
    sentence, _, details = visible(message, lines=lines).partition("\n")
    return sentence, details


def told_line(text: str) -> int:
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
    """Begin a message about a line with its place, at which an editor jumps there, and tell that but once."""
    line = line or (told_line(text) if file else 0)
    if not (file and line and text):
        return text
    return f"{file}:{line}: {text.removeprefix(tr('Line {line}: {reason}', line=line, reason=''))}"
