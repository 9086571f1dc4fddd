"""`make test` leaves out every marker, and `make test-all` runs what each of them marks."""

from __future__ import annotations

import re
import tomllib

from tests.command import REPOSITORY


def test_make_test_leaves_out_what_is_marked_and_nothing_else() -> None:
    pyproject = tomllib.loads((REPOSITORY / "pyproject.toml").read_text(encoding="utf-8"))
    markers = [each.partition(":")[0] for each in pyproject["tool"]["pytest"]["ini_options"]["markers"]]
    makefile = (REPOSITORY / "Makefile").read_text(encoding="utf-8")
    quick, *full = re.findall(r'-m pytest .*-m "?([^"\n]+)', makefile)
    assert quick == f"not ({' or '.join(sorted(markers))})"
    assert full == ["not attack", "attack"]
