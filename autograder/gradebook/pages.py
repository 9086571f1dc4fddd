"""Each student's pages, made from what the gradebook holds: reports/STUDENT/exercise-04.html."""

from __future__ import annotations

from pathlib import Path

from autograder.grading.report import Report
from autograder.whole_file import beside


class Pages:
    """The pages below one folder. A page is written whole or not at all."""

    def __init__(self, out: Path) -> None:
        self.out = out

    def path(self, folder: str, exercise: str) -> Path:
        return self.out / "reports" / folder / f"{exercise}.html"

    def prepare(self, folder: str, report: Report) -> Path:
        """Write a report's page beside its place; `publish` moves it there."""
        from autograder.feedback import html

        path = self.path(folder, report.exercise)
        path.parent.mkdir(parents=True, exist_ok=True)
        unfinished = beside(path)
        unfinished.write_text(html.render(report), encoding="utf-8")
        return unfinished

    def publish(self, unfinished: Path, folder: str, exercise: str) -> None:
        unfinished.replace(self.path(folder, exercise))

    def remove(self, folder: str, exercise: str) -> None:
        """For a result without a report."""
        self.path(folder, exercise).unlink(missing_ok=True)
