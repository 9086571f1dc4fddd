"""A gradebook as JUnit XML: a suite for each student and task, written one by one, so that memory stays flat."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from xml.etree import ElementTree

from autograder.feedback import junit
from autograder.feedback.sanitize import one_line
from autograder.gradebook.book import Gradebook, GradebookTask, Result
from autograder.grading.report import Report

_SENTENCES = {"missing": "Nothing was handed in.", "crashed": "The grader itself failed."}


def parts(gradebook: Gradebook, tasks: Sequence[GradebookTask]) -> Iterator[str]:
    """The document, part by part."""
    wanted = {task.id for task in tasks}
    yield '<?xml version="1.0" encoding="utf-8"?>\n<testsuites name="gradecheck">\n'
    for result, report in gradebook.reports():
        if result.exercise in wanted:
            suite = _suite(result, report)
            ElementTree.indent(suite, " ", level=1)
            yield " " + ElementTree.tostring(suite, encoding="unicode") + "\n"
    yield "</testsuites>\n"


def _suite(result: Result, report: Report | None) -> ElementTree.Element:
    name = f"{result.exercise}.{one_line(result.student)}"
    if report is not None:
        return junit.suite(report, result.graded_at, name=name)
    failed = result.status == "crashed"
    counts = {"errors": str(int(failed)), "failures": "0", "skipped": str(int(not failed)), "tests": "1"}
    about = {"name": name, **counts, "time": "0.000", "timestamp": result.graded_at, "hostname": "localhost"}
    suite = ElementTree.Element("testsuite", about)
    case = ElementTree.SubElement(suite, "testcase", classname=name, name=result.exercise, time="0.000")
    fault = ElementTree.SubElement(case, "error" if failed else "skipped", message=_SENTENCES.get(result.status, ""))
    fault.text = "\n".join(one_line(remark, width=1000) for remark in result.remarks)
    if not failed:
        fault.set("type", "gradecheck.skip")
    return suite
