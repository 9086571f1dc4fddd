"""A report as annotations of GitHub Actions: each mistake at its line, in the diff of whoever handed in.

One workflow command a line. What a student's program says is escaped, so that it can't give the runner a command.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from autograder.feedback import mathematics, mistakes, wording
from autograder.feedback.sanitize import visible

if TYPE_CHECKING:
    from autograder.grading.report import Report

_LINES = 20
#: Where an author broke a line within a paragraph: it is one line there.
_SOFT_BREAK = re.compile(r"(?<!\n)\n(?!\s|[-*+|>#]|\d+\.)")


def lines(report: Report, file: str) -> Iterator[str]:
    """Yield an annotation for each mistake, in the order of the report, and one with the score."""
    if wording.unloadable(report):
        yield _annotation("error", report.title, report.note, file, report.checks[0].line)
    else:
        for finding in mistakes.findings(report):
            yield _of(finding, file)
    score = f"{wording.points(report.score, report.points)}. {wording.verdict(report)}"
    if report.note and not wording.unloadable(report):
        score += f" {report.note}"
    yield _annotation("notice", f"{report.exercise}: {report.title}", score, file)


def _of(finding: mistakes.Finding, file: str) -> str:
    first = finding.cases[0]
    line = next((check.line for case in finding.cases for check in case.checks if check.line), 0)
    if finding.explanation is None:
        return _annotation("error", first.checks[0].title, first.message or "\n".join(first.hints), file, line)
    why = finding.explanation
    text = mathematics.to_unicode(_SOFT_BREAK.sub(" ", why.text)) if finding.is_belief else why.text
    return _annotation("error", ": ".join(filter(None, [finding.label, why.title])), text, file, why.line or line)


def _annotation(level: str, title: str, text: str, file: str, line: int = 0) -> str:
    place = f",line={line}" if line else ""
    heading = _property(mathematics.to_unicode(visible(title, lines=1)))
    where = _property(visible(file, lines=1))
    return f"::{level} file={where}{place},title={heading}::{_data(visible(text.strip(), lines=_LINES))}"


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
