"""The oldest pytest that gradecheck allows runs checks as the installed one does; it comes from the package index."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests.command import REPOSITORY

FORMS = "every_form or each_case or words or value"


@pytest.mark.fresh
def test_the_oldest_pytest_runs_every_form_of_a_check(tmp_path: Path) -> None:
    bound = re.search(r'"pytest>=([\d.]+)"', (REPOSITORY / "pyproject.toml").read_text())
    assert bound is not None
    oldest = f"pytest=={bound[1]}.0"
    install = [sys.executable, "-m", "pip", "install", "--quiet", "--no-deps", "--target", tmp_path, oldest]
    subprocess.run(install, check=True)
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "tests/grading/test_authored_checks.py", "-k", FORMS],
        cwd=REPOSITORY,
        env={**os.environ, "PYTHONPATH": os.pathsep.join([str(tmp_path), os.environ.get("PYTHONPATH", "")])},
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stdout[-3000:]
    assert "11 passed" in done.stdout
