"""How a command ends: 0 all passed, 1 something failed, 2 misuse or bad input, 3 the grader itself failed.

A command returns its exit code (None is 0) or raises; here every way of ending becomes a sentence and a code. It must
not know any command.
"""

from __future__ import annotations

import errno
import os
import sys
from collections.abc import Callable, Iterable
from contextlib import suppress
from io import StringIO
from pathlib import Path
from typing import TYPE_CHECKING

import click

from autograder.language import tr
from autograder.misuse import Misuse as Misuse

if TYPE_CHECKING:
    from autograder.course import Problem

PASSED, FAILED, MISUSE, BROKEN = 0, 1, 2, 3
#: What a shell gives a program that Ctrl-C or a closed pipe ends.
STOPPED, READER_GONE = 130, 141
DEBUG = "GRADECHECK_DEBUG"
#: A disk that is full or read-only is no fault of ours.
_DISK = (errno.ENOSPC, errno.EDQUOT, errno.EROFS)


class ReaderGone(Exception):
    """Whoever read our output has closed it (`gradecheck list | head -1`)."""


def exit_code(run: Callable[[], object]) -> int:
    """Run a command to its end, and return the code to exit with. Nothing but SystemExit escapes."""
    try:
        return _ending(run)
    except (ReaderGone, BrokenPipeError):
        # What is left in the buffer must go somewhere, or the interpreter complains while it shuts down.
        with suppress(OSError):
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return READER_GONE


def in_part(left_out: Iterable[Problem]) -> int:
    """Name what can't be read, where all else was shown, and return the code that says whether there is any."""
    code = PASSED
    for problem in left_out:
        click.echo(str(problem), err=True)
        code = MISUSE
    return code


def located(problem: Problem) -> str:
    """Write a problem with its file as seen from here, where that is shorter."""
    return f"{seen_from_here(problem.file)}:{problem.line}: {problem.sentence}"


def seen_from_here(path: Path) -> str:
    """Write a path below this folder as seen from here, and any other in full."""
    here = Path.cwd()
    return str(path.relative_to(here) if path.is_relative_to(here) else path)


def _ending(run: Callable[[], object]) -> int:
    try:
        result = run()
        sys.stdout.flush()
        return result if isinstance(result, int) else PASSED
    except click.Abort:
        click.echo(tr("Stopped."), err=True)
        return STOPPED
    except (click.ClickException, Misuse) as error:
        shown = error if isinstance(error, click.ClickException) else click.ClickException(str(error))
        _show(shown)
        return MISUSE
    except (ReaderGone, BrokenPipeError):
        raise
    except Exception as error:
        return _of_exception(error)


def _show(error: click.ClickException) -> None:
    from autograder.cli.fitting import tell

    written = StringIO()
    error.show(written)
    for sentence in written.getvalue().splitlines():
        tell(sentence, err=True)


def _of_exception(error: Exception) -> int:
    from autograder.course.problems import CourseError

    if os.environ.get(DEBUG) == "1":
        import traceback

        traceback.print_exception(error)
    if isinstance(error, CourseError):
        for problem in error.problems:
            click.echo(located(problem), err=True)
        return MISUSE
    if isinstance(error, OSError) and error.errno in _DISK:
        where = f"{error.filename}: " if error.filename else ""
        again = tr("Make room, or name another folder; then run the same command again.")
        click.echo(f"{tr('Error')}: {where}{error.strerror}. {again}", err=True)
        return MISUSE
    what = " ".join(f"{type(error).__name__}: {error}".split())
    click.echo(tr("gradecheck itself failed ({what}). Your files are as they were.", what=what[:300]), err=True)
    again = tr("Please report it with the output of the same command under {variable}.", variable=f"{DEBUG}=1")
    click.echo(again, err=True)
    return BROKEN
