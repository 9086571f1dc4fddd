"""Each student's pages, made from what the gradebook holds: reports/STUDENT/exercise-04.html."""

from __future__ import annotations

from pathlib import Path

from autograder.feedback.html import Standing
from autograder.gradebook.book import Gradebook
from autograder.gradebook.rows import GradebookStudent, Result
from autograder.whole_file import hide_from_others, replacing


class Pages:
    """The pages below one folder. A page is written whole or not at all."""

    def __init__(self, out: Path) -> None:
        self.out = out

    def path(self, folder: str, exercise: str) -> Path:
        return self.out / "reports" / folder / f"{exercise}.html"

    def write(self, gradebook: Gradebook, student: str, exercise: str) -> None:
        """Write the page of a row as it stands; a row without a report has none. Raises OSError."""
        path = self.path(gradebook.enrolled(student).folder, exercise)
        text = page(gradebook, student, exercise)
        if text is None:
            path.unlink(missing_ok=True)
            return
        for folder in (path.parent.parent, path.parent):
            if not folder.is_dir():
                folder.mkdir(parents=True, exist_ok=True)
                hide_from_others(folder)
        with replacing(path, private=True) as unfinished:
            unfinished.write_text(text, encoding="utf-8")


def page(gradebook: Gradebook, student: str, exercise: str) -> str | None:
    """Return the page of a row as it stands; None for a row without a report."""
    from autograder.feedback import html

    result, report = gradebook.result(student, exercise), gradebook.report(student, exercise)
    if result is None or report is None:
        return None
    return html.render(report, standing=_standing(gradebook.enrolled(student), result))


def _standing(student: GradebookStudent, result: Result) -> Standing:
    return Standing(
        name=student.name or student.student, graded_at=result.graded_at, handed_in=result.handed_in,
        attempt=result.attempt, score=result.score, points=result.points, late=result.late,
        late_penalty=result.late_penalty, override=result.override, reason=result.reason, fell_from=result.fell_from,
        exercise_version=result.version[:12], engine=result.engine,
    )  # fmt: skip
