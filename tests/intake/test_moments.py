"""When a file was handed in: believed where somebody wrote it down, and never taken from the date of a download."""

from __future__ import annotations

import os
import zipfile
from datetime import UTC, datetime
from pathlib import Path

import pytest

from autograder.course.tasks import Task
from autograder.intake import open_intake
from tests.handing_in import write, zipped

TASK = Task("exercise-04", "exercise", "One", "tanh_jacobian.py", frozenset({"tanh_jacobian"}), 10.0)
TEXT = "def tanh_jacobian():\n    return 1\n"
NOON = datetime(2026, 12, 1, 12, tzinfo=UTC)


def moments(path: Path) -> list[str]:
    with open_intake(path, [TASK]) as intake:
        return [each.handed_in for each in intake.hand_ins(TASK, [TASK])]


def local(moment: datetime) -> str:
    """A moment on this machine's clock, which is what the systems' names are read on."""
    return moment.replace(tzinfo=None).astimezone(UTC).isoformat(timespec="seconds")


def test_a_plain_folder_has_the_date_of_the_file(tmp_path: Path) -> None:
    folder = write(tmp_path / "in", {"ada/tanh_jacobian.py": TEXT, "bob/tanh_jacobian.py": TEXT})
    for student in ("ada", "bob"):
        os.utime(folder / student / "tanh_jacobian.py", (NOON.timestamp(), NOON.timestamp()))
    assert moments(folder) == [NOON.isoformat(timespec="seconds")] * 2


def test_so_has_a_zip_of_one_but_not_the_date_that_means_none(tmp_path: Path) -> None:
    dated = zipfile.ZipInfo("ada/tanh_jacobian.py", (2026, 12, 1, 12, 0, 0))
    undated = zipfile.ZipInfo("bob/tanh_jacobian.py")
    assert moments(zipped(tmp_path / "in.zip", [(dated, TEXT), (undated, TEXT)])) == [local(NOON), ""]


@pytest.mark.parametrize(
    ("files", "wanted"),
    [
        ({"hw_ada_attempt_2026-12-01-12-00-00_tanh_jacobian.py": TEXT}, local(NOON)),
        ({"7-1 - Ada Lovelace - Dec 1, 2026 1200 PM/tanh_jacobian.py": TEXT}, local(NOON)),
        (
            {
                "submitted/ada/exercise-04/tanh_jacobian.py": TEXT,
                "submitted/ada/exercise-04/timestamp.txt": "2026-12-01 12:00:00.250000 UTC",
            },
            NOON.isoformat(timespec="seconds"),
        ),
        *(
            (
                {
                    "HW/Lovelace, Ada(ada)/Adjuntos del envío/tanh_jacobian.py": TEXT,
                    "HW/Lovelace, Ada(ada)/timestamp.txt": stamp,
                },
                NOON.isoformat(timespec="seconds"),
            )
            for stamp in ("20261201120000000", "2026-12-01T12:00:00Z", "2026-12-01T12:00:00.123Z")
        ),
        ({"HW/Lovelace, Ada(ada)/Submission attachment(s)/tanh_jacobian.py": TEXT}, ""),
        ({"lovelaceada_101_9001_tanh_jacobian.py": TEXT}, ""),
        ({"Ada Lovelace_301_assignsubmission_file/tanh_jacobian.py": TEXT}, ""),
    ],
)
def test_each_system_tells_it_in_its_way_or_not_at_all(tmp_path: Path, files: dict[str, str], wanted: str) -> None:
    assert moments(write(tmp_path / "in", files)) == [wanted]


@pytest.mark.parametrize(
    ("told", "wanted"),
    [
        ("2026-12-01 12:00:00.250000000 Z", NOON.isoformat(timespec="seconds")),
        ("2026-12-01 04:00:00 -08:00", NOON.isoformat(timespec="seconds")),
        ("2026-12-01 12:00:00", ""),  # of which time zone nobody knows
        ("2026-12-01", ""),
        ("soon", ""),
    ],
)
def test_gradescope_lists_when_each_came(tmp_path: Path, told: str, wanted: str) -> None:
    listing = f"submission_11:\n  :submitters:\n  - :name: Ann\n    :sid: '7'\n  :created_at: {told}\n"
    zipped(tmp_path / "work.zip", {"tanh_jacobian.py": TEXT})
    for name, work in (("tanh_jacobian.py", TEXT), ("work.zip", (tmp_path / "work.zip").read_bytes())):
        files = {"submission_metadata.yml": listing, f"submission_11/{name}": work}
        assert moments(write(tmp_path / f"of {name}", files)) == [wanted]
