"""Reports as JUnit XML, as pytest writes it: a suite for each report, a case for each check.

A misconception is named in the failure and in a property. The machine's name is left out: it is nobody's business.
"""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING
from xml.etree import ElementTree

from autograder.feedback import plain, wording
from autograder.feedback.sanitize import one_line, visible

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from xml.etree.ElementTree import Element

    from autograder.grading.report import CheckResult, Report

_FAULTS = {"failed": "failure", "error": "error", "timeout": "error", "crashed": "error", "skipped": "skipped"}


def render(reports: Iterable[Report], *, graded_at: datetime | None = None) -> str:
    """Return the XML document; `graded_at` (now, if not given) is every suite's timestamp."""
    timestamp = (graded_at or datetime.now(UTC)).isoformat(timespec="seconds")
    return "".join(document(suite(report, timestamp) for report in reports))


def document(suites: Iterable[Element]) -> Iterator[str]:
    """Return the XML document part by part, so that memory stays flat however many suites there are."""
    yield '<?xml version="1.0" encoding="utf-8"?>\n<testsuites name="gradecheck">\n'
    for each in suites:
        ElementTree.indent(each, " ", level=1)
        yield " " + ElementTree.tostring(each, encoding="unicode") + "\n"
    yield "</testsuites>\n"


def suite(report: Report, timestamp: str, *, name: str = "", standing: dict[str, str | float] | None = None) -> Element:
    """Return one report's suite; `name` (the exercise's id, if not given) tells apart those of a class.

    `standing` are properties for what a class's gradebook makes of the report.
    """
    faults = [_FAULTS.get(check.status) for check in report.checks]
    element = ElementTree.Element(
        "testsuite",
        name=name or report.exercise,
        errors=str(faults.count("error")),
        failures=str(faults.count("failure")),
        skipped=str(faults.count("skipped")),
        tests=str(len(faults)),
        time=f"{report.seconds:.3f}",
        timestamp=timestamp,
        hostname="localhost",
    )
    score: dict[str, str | float] = {
        "points": report.points,
        "score": report.score,
        "submission": one_line(report.submission.name),
    }
    score |= standing or {}
    describe(element, {**score, "sha256": one_line(report.submission.sha256), "note": visible(report.note)})
    element.extend(_case(name or report.exercise, check) for check in report.checks)
    if output := visible(report.output, lines=2000):
        ElementTree.SubElement(element, "system-out").text = output
    return element


def _case(exercise: str, check: CheckResult) -> Element:
    case = ElementTree.Element("testcase", classname=exercise, name=check.id, time=f"{check.seconds:.3f}")
    belief = check.misconception
    describe(
        case,
        {
            "title": plain.text(check.title),
            "points": check.points,
            "score": check.score,
            "misconception": belief.id if belief else "",
        },
    )
    fault = _FAULTS.get(check.status)
    if fault:
        sentence, _ = wording.message_parts(check.message, lines=1000)
        element = ElementTree.SubElement(case, fault, message=sentence or wording.STATUS_WORDS[check.status])
        element.text = plain.explanation(check)
        if fault == "skipped":
            element.set("type", "gradecheck.skip")
    return case


def describe(parent: Element, properties: dict[str, str | float]) -> None:
    """Write the properties of a suite or a case, without those that are empty."""
    written = {name: value for name, value in properties.items() if value != ""}
    listing = ElementTree.SubElement(parent, "properties")
    for name, value in written.items():
        ElementTree.SubElement(listing, "property", name=name, value=value if isinstance(value, str) else f"{value:g}")
