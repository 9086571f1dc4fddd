"""What is made from a gradebook as a whole, beside it: the tables of scores, and the page of the class."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from autograder.gradebook import grades
from autograder.gradebook.book import Gradebook
from autograder.language import tr


def write_tables(gradebook: Gradebook, out: Path, tell: Callable[[str], None]) -> None:
    """Write grades.csv, class.html and, where a policy sums, totals.csv; one of an earlier policy goes.

    Tell what fails: it can be made again.
    """
    from autograder.gradebook import class_page

    tables: dict[str, Callable[[], None]] = {
        "grades.csv": lambda: grades.write(gradebook, out / "grades.csv"),
        "class.html": lambda: class_page.write(gradebook.path, out),
        "totals.csv": lambda: grades.write_totals(gradebook, out / "totals.csv"),
    }
    for name, write in tables.items():
        try:
            write()
        except OSError as error:
            tell(
                tr(
                    "{file} could not be written: {reason}. The gradebook is whole: run the batch again.",
                    file=out / name, reason=error.strerror,
                )
            )  # fmt: skip
        except Exception as error:
            fault = f"{type(error).__name__}: {error}"
            tell(tr("{file} could not be made ({fault}). The gradebook is whole.", file=out / name, fault=fault))
