"""A report on a terminal: the score, a line for each check, then each mistake explained, belief before numbers.

Complete without colour, without Unicode and without a terminal. A passed report needs no parser of any kind.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.text import Text

from autograder.feedback import mathematics, svgplot, terminal_markdown, textplot, wording
from autograder.feedback.page import Page
from autograder.feedback.sanitize import one_line, visible

if TYPE_CHECKING:
    from rich.console import Console

    from autograder.grading.report import CheckResult, Figure, Report, Status

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
_WORD_WIDTH = max(map(len, wording.STATUS_WORDS.values()))
_WIDEST_TEXT = 1000  # characters of an explanation that quotes the student's program
_DETAILED = 3  # findings without a known belief; of more than these `--verbose` shows the details too
_NAMED_CHECKS = 3  # more checks with one message are counted, not named: the list above names them


def render(
    report: Report, console: Console, *, ascii: bool = False, verbose: bool = False, next_step: str | None = None
) -> None:
    """Print `report`. `verbose` shows messages and output in full; `next_step` replaces the command named last."""
    page = Page(console, ascii=ascii)
    _message(page, report.note, indent="", lines=_MESSAGE_LINES)
    page.blank()
    _headline(page, report)
    page.blank()
    width = max(_WORD_WIDTH, *(len(wording.word(check)) for check in report.checks), 0)
    for check in report.checks:
        _check_line(page, check, width, verbose=verbose)
    for place, finding in enumerate(wording.findings(report)):
        page.blank()
        brief = not verbose and place >= _DETAILED and not finding.is_belief
        _finding(page, finding, lines=400 if verbose else 0 if brief else _MESSAGE_LINES)
    for figure in report.figures:
        page.blank()
        _figure(page, figure)
    _output(page, report, lines=2000 if verbose else 20)
    _ending(page, report, next_step or wording.next_step(report), verbose=verbose)


def _headline(page: Page, report: Report) -> None:
    page.paragraph(terminal_markdown.title(page, f"{report.exercise}: {report.title}", "bold"))
    score = Text.assemble(
        (wording.points(report.score, report.points), "bold green" if report.passed else "bold"),
        "  ",
        _bar(page, report),
    )
    if report.points:  # a student's kit may leave every check to the instructor
        page.paragraph(score)
    page.paragraph(wording.verdict(report))
    for remark in report.remarks:
        _message(page, remark, indent="", lines=_MESSAGE_LINES)


def _bar(page: Page, report: Report) -> Text:
    width = 20
    share = report.score / report.points if report.points else 0.0
    full = min(width, max(0, round(width * share)))
    if page.ascii:
        return Text(f"[{'#' * full}{'.' * (width - full)}]")
    return Text.assemble(("█" * full, "green"), ("░" * (width - full), "dim"))


def _check_line(page: Page, check: CheckResult, width: int, *, verbose: bool) -> None:
    word, score = wording.word(check), page.spell(f"{wording.score(check)}/{wording.format_number(check.points)}")
    wide = page.width >= _WIDE
    first = f"  {word:{width}}  {score:>5}  " if wide else f"{word} {score}  "
    title = terminal_markdown.title(page, check.title)
    if verbose:
        title.append(f" ({check.seconds:.3f} s)", style="dim")
    opening = Text(first)
    opening.highlight_words([word], _STYLES[check.status])
    page.paragraph(title, first=opening, rest=" " * len(first) if wide else "    ")


def _finding(page: Page, finding: wording.Finding, *, lines: int) -> None:
    _explanation(page, finding)
    for case in finding.cases:
        _case(page, case, lines=lines)


def _explanation(page: Page, finding: wording.Finding) -> None:
    """Its title and text: Markdown for a belief, and words that can quote the student's program for the others."""
    explanation = finding.explanation
    if explanation is None:
        return
    label = Text(f"{finding.label}: ", style=_BELIEF)
    if finding.is_belief:
        page.underlined(label.append_text(terminal_markdown.title(page, explanation.title)))
        if finding.of_program:
            page.paragraph(wording.AS_BELIEVED)
        terminal_markdown.write(page, explanation.text)
    else:
        page.underlined(label.append(page.spell(one_line(explanation.title))))
        page.paragraph(page.spell(one_line(explanation.text, width=_WIDEST_TEXT)))
    page.blank()


def _case(page: Page, case: wording.Case, *, lines: int) -> None:
    if len(case.checks) > _NAMED_CHECKS:
        page.paragraph(Text(f"In {len(case.checks)} checks:", style="bold"))
    else:
        for check in case.checks:
            status = (wording.word(check), _STYLES[check.status])
            page.paragraph(Text.assemble(status, ": ", terminal_markdown.title(page, check.title, "bold")), rest="  ")
    _message(page, case.message, indent="  ", lines=lines)
    for hint in case.hints:
        terminal_markdown.write(page, hint, first="  Hint: ", rest="  ")
    page.blank()


def _message(page: Page, message: str, *, indent: str, lines: int) -> None:
    sentence, details = wording.message_parts(message, lines=lines or _MESSAGE_LINES)
    page.paragraph(sentence, first=indent)
    if details and lines:
        page.verbatim(details, indent=indent + "  ")


def _figure(page: Page, figure: Figure) -> None:
    spell = mathematics.to_ascii if page.ascii else mathematics.to_unicode
    page.paragraph(terminal_markdown.title(page, figure.title, "bold"))
    page.paragraph(Text(f"{spell(figure.y)} against {spell(figure.x)}:"))
    page.verbatim("\n".join(textplot.lines(figure, page.width, ascii=page.ascii)), indent="")
    page.paragraph(svgplot.describe(figure))


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
