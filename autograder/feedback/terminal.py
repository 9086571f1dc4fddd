"""A report on a terminal: the score, a line for each check, then each mistake explained, belief before numbers.

Complete without colour, without Unicode and without a terminal. A passed report needs no parser of any kind.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.text import Text

from autograder.feedback import statement, wording
from autograder.feedback.layout import Page
from autograder.feedback.sanitize import one_line, visible

if TYPE_CHECKING:
    from rich.console import Console

    from autograder.grading.report import CheckResult, Report, Status

_STYLES: dict[Status, str] = {
    "passed": "green",
    "failed": "bold red",
    "error": "bold red",
    "timeout": "bold yellow",
    "crashed": "bold red",
    "skipped": "dim",
}
_BELIEF = "bold magenta"
_WIDE = 60  # columns; with fewer, a check's title goes on below its status
_MESSAGE_LINES = 24
_NAMED_CHECKS = 3  # more checks with one message are counted, not named: the list above names them
_WORD_WIDTH = max(map(len, wording.STATUS_WORDS.values()))


def render(
    report: Report, console: Console, *, ascii: bool = False, verbose: bool = False, next_step: str | None = None
) -> None:
    """Print `report`. `verbose` shows messages and output in full; `next_step` replaces the command named last."""
    page = Page(console, ascii=ascii)
    _message(page, report.note, indent="", lines=_MESSAGE_LINES)
    page.blank()
    _headline(page, report)
    page.blank()
    for check in report.checks:
        _check_line(page, check, verbose=verbose)
    for finding in wording.findings(report):
        page.blank()
        _finding(page, finding, lines=400 if verbose else _MESSAGE_LINES)
    _output(page, report, lines=2000 if verbose else 20)
    _ending(page, report, next_step or wording.next_step(report), verbose=verbose)


def _headline(page: Page, report: Report) -> None:
    page.paragraph(statement.title(page, f"{report.exercise}: {report.title}", "bold"))
    score = Text.assemble(
        (wording.points(report.score, report.points), "bold green" if report.passed else "bold"),
        "  ",
        _bar(page, report),
    )
    page.paragraph(score)
    page.paragraph(wording.verdict(report))


def _bar(page: Page, report: Report) -> Text:
    width = 20
    share = report.score / report.points if report.points else 0.0
    full = min(width, max(0, round(width * share)))
    if page.ascii:
        return Text(f"[{'#' * full}{'.' * (width - full)}]")
    return Text.assemble(("█" * full, "green"), ("░" * (width - full), "dim"))


def _check_line(page: Page, check: CheckResult, *, verbose: bool) -> None:
    word = wording.STATUS_WORDS[check.status]
    score = f"{wording.number(check.score)}/{wording.number(check.points)}"
    wide = page.width >= _WIDE
    first = f"  {word:{_WORD_WIDTH}}  {score:>5}  " if wide else f"{word} {score}  "
    title = statement.title(page, check.title)
    if verbose:
        title.append(f" ({check.seconds:.3f} s)", style="dim")
    opening = Text(first)
    opening.highlight_words([word], _STYLES[check.status])
    page.paragraph(title, first=opening, rest=" " * len(first) if wide else "    ")


def _finding(page: Page, finding: wording.Finding, *, lines: int) -> None:
    belief = finding.misconception
    if belief:
        page.underlined(Text("Misconception: ", style=_BELIEF).append_text(statement.title(page, belief.title)))
        statement.write(page, belief.explanation)
        page.blank()
    for case in finding.cases:
        _case(page, case, lines=lines)


def _case(page: Page, case: wording.Case, *, lines: int) -> None:
    if len(case.checks) > _NAMED_CHECKS:
        page.paragraph(Text(f"In {len(case.checks)} checks:", style="bold"))
    else:
        for check in case.checks:
            status = (wording.STATUS_WORDS[check.status], _STYLES[check.status])
            page.paragraph(Text.assemble(status, ": ", statement.title(page, check.title, "bold")), rest="  ")
    _message(page, case.message, indent="  ", lines=lines)
    for hint in case.hints:
        statement.write(page, hint, first="  Hint: ", rest="  ")
    page.blank()


def _message(page: Page, message: str, *, indent: str, lines: int) -> None:
    sentence, details = wording.message_parts(message, lines=lines)
    page.paragraph(sentence, first=indent)
    if details:
        page.verbatim(details, indent=indent + "  ")


def _output(page: Page, report: Report, *, lines: int) -> None:
    output = visible(report.output, lines=lines, width=500)
    if output:
        page.blank()
        page.paragraph(Text("Your program printed:", style="bold"))
        page.verbatim(output, indent="    ")


def _ending(page: Page, report: Report, next_step: str, *, verbose: bool) -> None:
    page.blank()
    if verbose:
        file = report.submission
        page.paragraph(f"File: {one_line(file.name)}, SHA-256 {file.sha256}, graded in {report.seconds:.2f} s")
    if isolation := wording.isolation(report):
        page.paragraph(Text(page.spell(isolation), style="dim"))
    page.paragraph(Text.assemble("Next: ", (page.spell(next_step), "bold")))
