"""A class in which one of ten is hostile or broken, killed with -9 three times: as if nothing had happened."""

from __future__ import annotations

from pathlib import Path

import pytest

from benchmarks import resume
from tests.handing_in import rows

#: `python -m benchmarks.resume` does the same with 3,000.
COUNT = 50


@pytest.mark.outage
def test_a_class_with_hostile_programs_survives_being_killed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GRADECHECK_DATA", str(tmp_path / "data"))
    given = resume.write_class(tmp_path / "in", "exercise-04", COUNT)
    # The last one hangs: the class isn't over before it can be killed.
    next(given.glob(f"student-{COUNT - 1:05}/*")).write_text("import time; time.sleep(1000)\n")
    stood = resume.interrupted(given, tmp_path / "out", "exercise-04", COUNT)
    assert len(stood) == 3
    assert 0 < stood[0] <= stood[1] <= stood[2] < COUNT
    resume.grade(given, tmp_path / "whole", "exercise-04")
    assert list(resume.differences(tmp_path / "out", tmp_path / "whole")) == []
    found = rows(tmp_path / "out")
    assert len(found) == COUNT
    assert {row.status for row in found.values()} == {"graded", "unreadable"}
    hostile = [row for (student, _), row in found.items() if int(student[-5:]) % 10 == 7]
    assert len(hostile) == COUNT // 10
    assert {row.score for row in hostile} == {0.0}
