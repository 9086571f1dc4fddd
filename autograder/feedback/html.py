"""A report as one HTML file: readable without a network, a script, a mouse or a wide screen, in light, dark and print.

The template is compiled once and authors' text is rendered once, so that a class of thousands gets a page each.
Whatever comes from the student is escaped by Jinja2 after `sanitize` made it visible.
"""

from __future__ import annotations

import re
import sys
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from autograder.feedback import details, markdown, mathematics, mistakes, svgplot, wording
from autograder.feedback.printed import folded
from autograder.feedback.sanitize import one_line, visible
from autograder.language import decimal, spoken, tr, tr_n
from autograder.machine import user_folder
from autograder.several_files import File, lines_of

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Sequence

    from jinja2 import Environment
    from markupsafe import Markup

    from autograder.grading.report import CheckResult, Report

_OUTPUT_LINES = 400
_MESSAGE_LINES = 120
_PROGRAM_LINES = 1000
_FUNCTION = re.compile(r"^([A-Za-z_]\w*)(?=: )")
_QUOTED = re.compile(r"`([^`\n]+)`")
_AROUND = 2  # lines shown before and after one to look at


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


@dataclass(frozen=True)
class OtherWay:
    """Another right program: what it is called, its text, and in Markdown what it does that yours doesn't."""

    title: str
    text: str
    differs: str = ""


@dataclass(frozen=True)
class Beside:
    """What is shown beside a report where it is known; nothing of it is needed.

    `program` has its files or cells, or itself without a name. `graded_at` is UTC in ISO 8601, the versions are short
    hashes. `takeaway` (Markdown) and `other_ways` are for a passed report alone. `home` and `statement` are pages to go
    to; `next_steps` replace the command named at the end.
    """

    program: Sequence[File] = ()
    graded_at: str = ""
    engine: str = ""
    exercise_version: str = ""
    takeaway: str = ""
    other_ways: Sequence[OtherWay] = ()
    next_steps: Sequence[str] = ()
    home: str = ""
    statement: str = ""


_NOTHING = Beside()


def render(report: Report, *, beside: Beside = _NOTHING, standing: Standing | None = None) -> str:
    """Return the page; `beside` is what else it shows, `standing` what a class's gradebook knows of the report."""
    template = environment().get_template("report.html")
    findings = mistakes.mistakes(report)
    marked = _marked(report, findings, beside.program) if beside.program else ()
    return template.render(
        report=report,
        beside=beside,
        unloadable=wording.unloadable(report),
        findings=[_Told.of(finding, beside.program) for finding in findings],
        resembles=tr(wording.RESEMBLES),
        verdict=wording.verdict(report),
        isolation=wording.isolation(report),
        output=folded(report.output, lines=_OUTPUT_LINES),
        next_steps=beside.next_steps or [wording.next_step(report)],
        standing=standing,
        parts=details.parts,
        program=[(listing, _rows(listing, marked)) for listing in beside.program],
        other_ways=[(way, _rows(File("", 1, way.text.strip("\n")), ())) for way in beside.other_ways],
    )


@dataclass(frozen=True)
class _Told:
    """A finding as the page tells it: the smallest case, all others, and the lines of the program to look at."""

    finding: mistakes.Finding
    smallest: mistakes.Case
    others: Sequence[mistakes.Case]
    excerpts: Sequence[tuple[File, Sequence[_Row]]]

    @property
    def more(self) -> int:
        """How many checks the other cases are of."""
        return sum(len(case.checks) for case in self.others)

    @classmethod
    def of(cls, finding: mistakes.Finding, program: Sequence[File]) -> _Told:
        first, *others = sorted(finding.cases, key=mistakes.size)
        marked = mistakes.lines(finding, program) if program else ()
        excerpts = [(listing, _rows(listing, marked, around=_AROUND)) for listing in program]
        return cls(finding, first, others, [(listing, rows) for listing, rows in excerpts if rows])


@dataclass(frozen=True)
class _Row:
    """A line of a program: its number, its text, whether to look at it; `apart`: lines before it are left out."""

    number: int
    text: str
    marked: bool
    apart: bool = False


def _marked(report: Report, findings: Sequence[mistakes.Finding], program: Sequence[File]) -> frozenset[int]:
    """Return the lines of the program that the report is about."""
    lines = {line for finding in findings for line in mistakes.lines(finding, program)}
    return frozenset({*lines, *(check.line for check in report.checks)})


def _rows(listing: File, marked: Collection[int], around: int | None = None) -> list[_Row]:
    """Return the lines of a program, or of it those `around` the marked ones."""
    # What breaks a line for a terminal alone has no number of its own.
    program = "\n".join(" ".join(line.splitlines()) for line in lines_of(listing.text))
    texts = visible(program, lines=_PROGRAM_LINES, width=200).split("\n")
    here = {line - listing.first_line for line in marked} & {*range(len(texts))}  # not those of the next file
    places = [
        place for place in range(len(texts)) if around is None or any(abs(place - line) <= around for line in here)
    ]
    return [
        _Row(place + 1, texts[place], place in here, apart=bool(index) and places[index - 1] != place - 1)
        for index, place in enumerate(places)
    ]


@lru_cache(maxsize=1)
def environment() -> Environment:
    """Return Jinja2 with the pages' layout (`page.html`), the filters for authors' and students' text, and escaping."""
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    from autograder.feedback.compiled import Compiled

    here = Path(__file__).with_name("templates")
    beside = [] if sys.dont_write_bytecode else [here / "__pycache__"]  # as Python keeps what it compiles
    jinja = Environment(
        loader=FileSystemLoader(here),
        bytecode_cache=Compiled(*beside, user_folder("cache") / "templates"),
        optimized=False,  # else what a filter of ours makes of a constant would be kept, too
        autoescape=True,
        auto_reload=False,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    _equip(jinja)
    return jinja


def _equip(jinja: Environment) -> None:
    """Give the pages' templates the filters for authors' and students' text, and all else that they call."""
    from markupsafe import Markup

    jinja.filters.update(
        markdown=lambda text, under=2: Markup(markdown.to_html(text, under=under)),
        inline=lambda text: Markup(markdown.inline_to_html(text)),
        unicode=mathematics.to_unicode,
        one_line=one_line,
        coded=_coded,
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
        when=_when,
        decimal=decimal,
        tr=_translated(Markup, tr),
        tr_n=_translated(Markup, tr_n),
        strong=lambda text: Markup("<strong>{}</strong>").format(text),
        message_parts=lambda message: wording.message_parts(message, lines=_MESSAGE_LINES),
        grid_of=lambda grid: Markup(details.grid_to_html(grid)),
        places_of=lambda places: Markup(details.places_to_html(places)),
        arrays_of=lambda arrays: Markup(details.arrays_to_html(arrays)),
    )


def _coded(sentence: str) -> Markup:
    """Return a sentence with its code set as such: what stands in backticks, and a function before a colon."""
    from markupsafe import Markup, escape

    text = _FUNCTION.sub(r"<code>\1</code>", str(escape(sentence)))
    return Markup(_QUOTED.sub(r"<code>\1</code>", text))


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
