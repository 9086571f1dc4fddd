"""A check in plain text, for formats that know neither Markdown nor LaTeX: JUnit, Gradescope, GitHub Classroom.

What is returned is safe to show; escaping for XML or JSON is the format's.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from autograder.feedback import mathematics
from autograder.feedback.sanitize import visible

if TYPE_CHECKING:
    from autograder.grading.report import CheckResult


def text(markdown: str) -> str:
    """Return an author's Markdown with its mathematics as Unicode."""
    return visible(mathematics.to_unicode(markdown))


def explanation(check: CheckResult) -> str:
    """Put the belief before the numbers, as everywhere."""
    belief = check.misconception
    paragraphs = [f"Misconception: {text(belief.title)}", text(belief.explanation)] if belief else []
    paragraphs += [visible(check.message), f"Hint: {text(check.hint)}" if check.hint else ""]
    return "\n\n".join(paragraph for paragraph in paragraphs if paragraph)
