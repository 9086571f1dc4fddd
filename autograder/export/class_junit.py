"""A gradebook as JUnit XML: a suite for each student and task."""

from __future__ import annotations

from collections.abc import Iterable
from xml.etree import ElementTree

from autograder.export.subcommand import GradebookRequest, of_gradebook
from autograder.feedback import junit
from autograder.feedback.sanitize import one_line
from autograder.gradebook.rows import Result
from autograder.grading.report import Report

_SENTENCES = {"missing": "Nothing was handed in.", "crashed": "The grader itself failed."}


def _suite(result: Result, report: Report | None) -> ElementTree.Element:
    name = f"{result.exercise}.{one_line(result.student)}"
    if report is not None:
        return junit.suite(report, result.graded_at, name=name, standing=_standing(result))
    failed = result.status == "crashed"
    counts = {"errors": str(int(failed)), "failures": "0", "skipped": str(int(not failed)), "tests": "1"}
    about = {"name": name, **counts, "time": "0.000", "timestamp": result.graded_at, "hostname": "localhost"}
    suite = ElementTree.Element("testsuite", about)
    if standing := _standing(result):
        junit.describe(suite, standing)
    case = ElementTree.SubElement(suite, "testcase", classname=name, name=result.exercise, time="0.000")
    fault = ElementTree.SubElement(case, "error" if failed else "skipped", message=_SENTENCES.get(result.status, ""))
    fault.text = "\n".join(one_line(remark, width=1000) for remark in result.remarks)
    if not failed:
        fault.set("type", "gradecheck.skip")
    return suite


def _standing(result: Result) -> dict[str, str | float]:
    """Return what counts where it isn't what the checks came to, and why."""
    if result.override is not None:
        return {"score": result.score, "points": result.points, "override_reason": one_line(result.reason, width=500)}
    return {"score": result.score, "late_penalty": result.late_penalty} if result.late_penalty else {}


@of_gradebook()
def subcommand(request: GradebookRequest) -> Iterable[str]:
    """JUnit XML: a suite for every student and exercise."""
    wanted = {task.id for task in request.tasks}
    rows = request.gradebook.reports()
    return junit.document(_suite(result, report) for result, report in rows if result.exercise in wanted)
