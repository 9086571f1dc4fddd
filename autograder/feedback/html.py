"""A report as one HTML file: readable without a network, a script, a mouse or a wide screen, in light, dark and print.

The template is compiled once and authors' text is rendered once, so that a class of thousands gets a page each.
Whatever comes from the student is escaped by Jinja2 after `sanitize` made it visible.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from autograder.feedback import markdown, mathematics, svgplot, wording
from autograder.feedback.printed import folded
from autograder.feedback.sanitize import one_line
from autograder.language import spoken, tr, tr_n

if TYPE_CHECKING:
    from collections.abc import Callable

    from jinja2 import Environment
    from markupsafe import Markup

    from autograder.grading.report import CheckResult, Report

_OUTPUT_LINES = 400
_MESSAGE_LINES = 120


@dataclass(frozen=True)
class Standing:
    """What a class's gradebook adds to a report: whose it is, when and by what it was graded, and what counts.

    Moments are UTC in ISO 8601, empty where nobody knows; the versions are short hashes.
    """

    name: str
    graded_at: str
    handed_in: str
    attempt: int
    score: float
    points: float
    late: bool
    late_penalty: float
    override: float | None
    reason: str
    fell_from: float | None
    exercise_version: str
    engine: str


def render(
    report: Report, *, next_step: str | None = None, home: str | None = None, standing: Standing | None = None
) -> str:
    """Return the page; `next_step` replaces the command that it names at its end, `home` is a page to go back to.

    `standing` is what a gradebook knows of it.
    """
    template = environment().get_template("report.html")
    return template.render(
        report=report,
        findings=wording.findings(report),
        as_believed=tr(wording.AS_BELIEVED),
        verdict=wording.verdict(report),
        isolation=wording.isolation(report),
        output=folded(report.output, lines=_OUTPUT_LINES),
        next_step=next_step or wording.next_step(report),
        home=home,
        standing=standing,
        when=_when,
    )


@lru_cache(maxsize=1)
def environment() -> Environment:
    """Return Jinja2 with the pages' layout (`page.html`), the filters for authors' and students' text, and escaping."""
    from jinja2 import Environment, FileSystemLoader, StrictUndefined
    from markupsafe import Markup

    jinja = Environment(
        loader=FileSystemLoader(Path(__file__).with_name("templates")),
        autoescape=True,
        auto_reload=False,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    jinja.filters.update(
        markdown=lambda text, under=2: Markup(markdown.to_html(text, under=under)),
        inline=lambda text: Markup(markdown.inline_to_html(text)),
        unicode=mathematics.to_unicode,
        one_line=one_line,
    )
    jinja.globals.update(
        word_for=wording.word,
        score=wording.score,
        number=wording.format_number,
        points=wording.points,
        share=_share,
        plot_of=svgplot.plot,
        rows_of=svgplot.rows,
        describe=svgplot.describe,
        language=spoken,
        tr=_translated(Markup, tr),
        tr_n=_translated(Markup, tr_n),
        strong=lambda text: Markup("<strong>{}</strong>").format(text),
        message_parts=lambda message: wording.message_parts(message, lines=_MESSAGE_LINES),
    )
    return jinja


def _when(moment: str) -> str:
    """Return a moment in UTC as people write it, to the minute."""
    return f"{moment[:16].replace('T', ' ')} UTC"


def _translated(markup: type[Markup], translate: Callable[..., str]) -> Callable[..., Markup]:
    """Return what gives a template a message, whose values are escaped, unless they are markup already."""
    from markupsafe import escape

    return lambda *message, **values: markup(translate(*message, **{name: escape(v) for name, v in values.items()}))


def _share(check: CheckResult) -> int:
    """Return the percentage of a check's points that were scored."""
    return min(100, max(0, round(100 * check.score / check.points)))
