"""A report that `gradecheck run --json` wrote, read back. Its file may have been written by anybody."""

from __future__ import annotations

from pathlib import Path

import msgspec

from autograder.export.bundle import Refused
from autograder.grading.report import Report

_MAX_BYTES = 64 << 20


def read_report(path: Path) -> Report:
    """Return the report. Raises Refused where the file is none."""
    try:
        if path.stat().st_size > _MAX_BYTES:
            raise Refused(f"{path} is larger than 64 MiB: that is no report.")
        return Report.from_json(path.read_bytes())
    except OSError as error:
        raise Refused(f"{path} can't be read: {error.strerror}.") from error
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise Refused(f"{path} is no report of `gradecheck run --json`: {error}.") from error
