"""JSON and JUnit: what other programs read."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import UTC, datetime
from xml.etree import ElementTree

import msgspec
from hypothesis import given
from hypothesis import strategies as st

from autograder.feedback import junit
from autograder.grading.report import CheckResult, Report

WHEN = datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC)


def test_json_has_the_documented_fields_in_their_order(failed: Report) -> None:
    data = json.loads(failed.to_json())
    assert list(data) == [
        "schema", "exercise", "title", "score", "points", "passed", "seconds", "isolation", "submission", "checks",
        "output", "note", "explanations", "kind",
    ]  # fmt: skip
    assert list(data["checks"][0]) == [
        "id", "title", "points", "score", "status", "message", "misconception", "hint", "seconds",
    ]  # fmt: skip
    assert list(data["checks"][2]["misconception"]) == ["id", "title", "explanation"]
    assert data["checks"][0]["misconception"] is None


def test_json_gives_back_the_report(failed: Report) -> None:
    assert Report.from_json(failed.to_json()) == failed


@given(text=st.text(st.characters(codec="utf-8")))
def test_json_is_ascii_and_keeps_the_text(saying: Callable[[str], Report], text: str) -> None:
    written = saying(text).to_json()
    assert written.isascii()
    assert b"\x1b" not in written
    assert json.loads(written)["output"] == text


def _suites(*reports: Report) -> ElementTree.Element:
    return ElementTree.fromstring(junit.render(reports, graded_at=WHEN))


def test_junit_has_a_suite_for_each_report_and_a_case_for_each_check(failed: Report, passed: Report) -> None:
    suites = _suites(failed, passed)
    assert suites.tag == "testsuites"
    first, second = suites
    assert first.attrib == {
        "name": "exercise-04", "errors": "1", "failures": "2", "skipped": "0", "tests": "4", "time": "0.410",
        "timestamp": "2026-01-02T03:04:05+00:00", "hostname": "localhost",
    }  # fmt: skip
    assert [child.tag for child in first] == ["properties", *["testcase"] * 4, "system-out"]
    assert [[child.tag for child in case] for case in first.iter("testcase")] == [
        ["properties"],
        ["properties", "error"],
        ["properties", "failure"],
        ["properties", "failure"],
    ]
    assert second.find(".//failure") is None


def test_a_junit_failure_names_the_belief_first(failed: Report) -> None:
    case = _suites(failed).find(".//testcase[@name='saturated']")
    assert case is not None
    assert case.attrib == {"classname": "exercise-04", "name": "saturated", "time": "0.000"}
    properties = {item.get("name"): item.get("value") for item in case.iter("property")}
    assert properties == {
        "title": "Saturated units", "points": "2", "score": "0", "misconception": "slope-not-squared",
    }  # fmt: skip
    failure = case.find("failure")
    assert failure is not None
    assert failure.get("message") == "Got 1.964."
    assert failure.text is not None
    assert failure.text.startswith("Misconception: Slope of tanh taken as 1 − tanh(z), not 1 − tanh²(z)")
    assert failure.text.endswith("Got 1.964.\n\nHint: Try z = 5.")


def test_a_check_that_was_not_run_is_skipped(failed: Report) -> None:
    check = CheckResult("late", "Too late", 1.0, 0.0, "skipped", "No time was left.")
    skipped = _suites(msgspec.structs.replace(failed, checks=[check])).find(".//skipped")
    assert skipped is not None
    assert (skipped.get("type"), skipped.get("message")) == ("gradecheck.skip", "No time was left.")


@given(text=st.text(st.characters(codec=None)))
def test_junit_is_well_formed_whatever_a_program_says(saying: Callable[[str], Report], text: str) -> None:
    document = ElementTree.fromstring(junit.render([saying(text)], graded_at=WHEN).encode("utf-8"))
    for written in document.itertext():
        assert all(line.isprintable() for line in written.split("\n"))
