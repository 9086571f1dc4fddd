"""Running a pytest session inside this process, untouched by the user's own pytest configuration and plugins.

It must not know what the checks check.
"""

from __future__ import annotations

import contextlib
import io
import os
import sys
from collections.abc import Callable, Iterable, Iterator

import pytest

from autograder.course import Exercise
from autograder.grading.judge import Judge
from autograder.grading.plugin import GradingPlugin
from autograder.grading.report import Report
from autograder.grading.submission import Submission

#: Plugins of pytest that a grading session has no use for: they cost time, write files, or touch the process.
_UNUSED = (
    "cacheprovider", "stepwise", "terminal", "junitxml", "pastebin", "nose", "doctest", "unittest", "faulthandler",
    "debugging", "logging", "capture", "setuponly", "setupplan", "warnings", "recwarn", "tmpdir", "monkeypatch",
    "threadexception", "unraisableexception", "subtests", "legacypath",
)  # fmt: skip


class BrokenCourse(Exception):
    """The exercise's own files can't be run; the text names the file."""


def run_checks(
    exercise: Exercise,
    judge: Judge,
    submissions: Iterable[Submission],
    on_report: Callable[[Report], None],
    stop_at_first_failure: bool = False,
) -> None:
    """Grade each submission as it comes and hand on its Report. Raises BrokenCourse, or what stopped the session."""
    plugin = GradingPlugin(exercise, judge, submissions, on_report, stop_at_first_failure)
    printed = io.StringIO()
    with _own_environment(), contextlib.redirect_stderr(printed):
        code = pytest.main(_arguments(exercise), plugins=[plugin])
    if plugin.broken is not None:
        raise plugin.broken
    if plugin.problems or code in (pytest.ExitCode.INTERNAL_ERROR, pytest.ExitCode.USAGE_ERROR):
        raise BrokenCourse("\n".join(plugin.problems) or printed.getvalue().strip())


def _arguments(exercise: Exercise) -> list[str]:
    checks = exercise.solution / "checks.py" if exercise.solution is not None else None
    files = [exercise.folder / "exercise.yaml"]  # always: without a file pytest would collect the working directory
    files += [checks] if checks is not None and checks.is_file() else []
    unused = [part for name in _UNUSED for part in ("-p", f"no:{name}")]
    return [
        *unused, "-c", os.devnull, "--rootdir", str(exercise.folder), "--noconftest", "--import-mode=importlib",
        "--assert=plain", "--disable-plugin-autoload", *map(str, files),
    ]  # fmt: skip


@contextlib.contextmanager
def _own_environment() -> Iterator[None]:
    """No plugin, option or bytecode of the user's enters or leaves the session."""
    hidden = {name: os.environ.pop(name) for name in ("PYTEST_ADDOPTS", "PYTEST_PLUGINS") if name in os.environ}
    writes, sys.dont_write_bytecode = sys.dont_write_bytecode, True
    try:
        yield
    finally:
        sys.dont_write_bytecode = writes
        os.environ.update(hidden)
