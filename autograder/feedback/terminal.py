"""The whole report on a terminal: the score, a line for each check, then each mistake explained, belief before numbers.

`first_screen` shows what of it counts most, made of the parts that are public here. Complete without colour, without
Unicode and without a terminal. A passed report needs no parser of any kind.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.text import Text

from autograder.feedback import mathematics, mistakes, terminal_markdown, wording
from autograder.feedback.page import Page
from autograder.feedback.printed import folded
from autograder.feedback.sanitize import one_line
from autograder.feedback.wording import Occasion
from autograder.language import in_turn, tr

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
_WIDEST_TEXT = 1000  # characters of an explanation that quotes the student's program
_DETAILED = 3  # findings without a known belief; of more than these `--verbose` shows the details too
_ALL = 1000
_NONE = Occasion()
_NAMED_CHECKS = 3  # more checks with one message are counted, not named: the list above names them


def render(
    report: Report, console: Console, *, ascii: bool = False, verbose: bool = False, occasion: Occasion = _NONE
) -> None:
    """Print all of `report`. `verbose` shows messages and output in full."""
    page = Page(console, ascii=ascii)
    note(page, report, occasion)
    page.blank()
    headline(page, report, occasion)
    loaded = not wording.unloadable(report)
    if loaded:
        since(page, report, occasion.previous, named=_ALL)
    for remark in report.remarks:
        _message(page, wording.placed(remark, occasion.file), indent="", lines=_MESSAGE_LINES)
    page.blank()
    if loaded:
        _checks(page, report, verbose=verbose)
    findings = mistakes.findings(report)
    for place, finding in enumerate(findings):
        page.blank()
        unexplained(page, finding, findings[place - 1] if place else None)
        brief = not verbose and place >= _DETAILED and not finding.is_belief
        _finding(page, finding, occasion.file, lines=400 if verbose else 0 if brief else _MESSAGE_LINES)
    for figure in report.figures:
        page.blank()
        draw(page, figure)
    printed(page, report, lines=2000 if verbose else 20)
    page.blank()
    if verbose:
        file = report.submission
        about = {"file": one_line(file.name), "sha256": file.sha256, "seconds": f"{report.seconds:.2f}"}
        page.paragraph(tr("File: {file}, SHA-256 {sha256}, graded in {seconds} s", **about))
    if isolation := wording.isolation(report):
        page.paragraph(Text(page.spell(isolation), style="dim"))
    ending(page, report, occasion)


def note(page: Page, report: Report, occasion: Occasion) -> None:
    """Write the sentence about the file as a whole, with its place where it is about a line."""
    line = report.checks[0].line if wording.unloadable(report) else 0
    _message(page, wording.placed(report.note, occasion.file, line), indent="", lines=_MESSAGE_LINES)


def headline(page: Page, report: Report, occasion: Occasion) -> None:
    """Write what was graded, its score, and how many checks passed: in two lines where they fit."""
    page.paragraph(terminal_markdown.title(page, f"{report.exercise}: {report.title}", "bold"))
    verdict = page.spell(wording.verdict(report))
    if not report.points:  # a student's kit may leave every check to the instructor
        page.paragraph(verdict)
        return
    score = page.spell(wording.points_since(report, occasion.previous))
    line = Text.assemble((score, "bold green" if report.passed else "bold"), "  ", _bar(page, report))
    if line.cell_len + 2 + len(verdict) <= page.width:
        page.paragraph(line.append(f"  {verdict}"))
    else:
        page.paragraph(line)
        page.paragraph(verdict)


def since(page: Page, report: Report, previous: Report | None, *, named: int) -> None:
    """Write which checks pass since the last run and which no longer do; of more than `named` the rest is counted."""
    for words, checks in zip((tr("Now right"), tr("Now wrong")), wording.flipped(report, previous), strict=True):
        if checks:
            titles = [terminal_markdown.title(page, check.title.rstrip(".")) for check in checks[:named]]
            more = [Text(tr("{n} more", n=len(checks) - named))] if len(checks) > named else []
            page.paragraph(Text("; ").join([*titles, *more]), first=f"{words}: ", rest="  ")


def ending(page: Page, report: Report, occasion: Occasion) -> None:
    """Write what a passed exercise has shown, what else there is to see, and the command to type next."""
    if occasion.takeaway:
        page.blank()
        takeaway(page, occasion)
        page.blank()
    closing(page, report, occasion)


def takeaway(page: Page, occasion: Occasion) -> None:
    """Write what a passed exercise has shown."""
    if occasion.takeaway:
        terminal_markdown.write(page, occasion.takeaway)


def closing(page: Page, report: Report, occasion: Occasion, more: str = "") -> None:
    """Write what `more` there is to see, and the command to type next."""
    page.paragraph(more)
    page.paragraph(occasion.besides)
    step = in_turn(occasion.next_steps or [wording.next_step(report, occasion.command)])
    page.paragraph(Text.assemble(f"{tr('Next')}: ", (page.spell(step), "bold")))


def _bar(page: Page, report: Report) -> Text:
    width = 20
    share = report.score / report.points if report.points else 0.0
    full = min(width, max(0, round(width * share)))
    if page.ascii:
        return Text(f"[{'#' * full}{'.' * (width - full)}]")
    return Text.assemble(("█" * full, "green"), ("░" * (width - full), "dim"))


def _checks(page: Page, report: Report, *, verbose: bool) -> None:
    """Write a line for each check."""
    known = [len(tr(word)) for word in wording.STATUS_WORDS.values()]
    words = max([*known, *(len(wording.word(check)) for check in report.checks)])
    scores = [page.spell(f"{wording.score(each)}/{wording.format_number(each.points)}") for each in report.checks]
    widest = max(map(len, scores), default=0)
    for check, score in zip(report.checks, scores, strict=True):
        word, wide = wording.word(check), page.width >= _WIDE
        opening = Text(f"  {word:{words}}  {score:>{widest}}  " if wide else f"{word} {score}  ")
        opening.highlight_words([word], _STYLES[check.status])
        title = terminal_markdown.title(page, check.title)
        if verbose:
            title.append(f" ({check.seconds:.3f} s)", style="dim")
        page.paragraph(title, first=opening, rest=" " * len(opening) if wide else "    ")


def _finding(page: Page, finding: mistakes.Finding, file: str, *, lines: int) -> None:
    explanation(page, finding, file)
    for case in finding.cases:
        _case(page, case, file, lines=lines)


def unexplained(page: Page, finding: mistakes.Finding, before: mistakes.Finding | None) -> None:
    """Write a heading where what follows is of no explanation, so that it isn't read as a case of the one `before`."""
    if finding.explanation is None and before is not None and before.explanation is not None:
        page.underlined(Text(tr("What else went wrong")))
        page.blank()


def explanation(page: Page, finding: mistakes.Finding, file: str) -> None:
    """Write its title and text: Markdown for a belief; the others can quote the student's program."""
    explanation = finding.explanation
    if explanation is None:
        return
    label = Text(f"{finding.label}: " if finding.label else "", style=_BELIEF)
    if finding.is_belief:
        page.underlined(label.append_text(terminal_markdown.title(page, explanation.title)))
        page.paragraph(finding.rests_on)
        terminal_markdown.write(page, explanation.text)
    else:
        page.underlined(label.append(page.spell(one_line(explanation.title))))
        text = wording.placed(finding.text, file, explanation.line)
        page.paragraph(page.spell(one_line(text, width=_WIDEST_TEXT)))
    page.blank()


def _case(page: Page, case: mistakes.Case, file: str, *, lines: int) -> None:
    many = len(case.checks) > _NAMED_CHECKS
    if many:
        page.paragraph(tr("In {n} checks; one of them:", n=len(case.checks)))
    for check in case.checks[:1] if many else case.checks:
        case_title(page, check)
    message = wording.placed(case.message, file, case.checks[0].line)
    _message(page, message, indent="  ", lines=lines, file=file)
    beside(page, case)
    page.blank()


def case_title(page: Page, check: CheckResult) -> None:
    """Write how a check ended, and what it is about."""
    status = (wording.word(check), _STYLES[check.status])
    page.paragraph(Text.assemble(status, ": ", terminal_markdown.title(page, check.title, "bold")), rest="  ")


def beside(page: Page, case: mistakes.Case) -> None:
    """Write what is said besides, which known mistake its answers look like, if they do, and its author's hints."""
    page.paragraph(case.besides, first="  ")
    if case.resembles:
        page.paragraph(terminal_markdown.title(page, case.resembles), first=f"  {tr(wording.RESEMBLES)} ", rest="  ")
    for hint in case.hints:
        terminal_markdown.write(page, hint, first=f"  {tr('Hint')}: ", rest="  ")


def _message(page: Page, message: str, *, indent: str, lines: int, file: str = "") -> None:
    sentence, below = wording.message_parts(message, lines=lines or _MESSAGE_LINES)
    page.paragraph(sentence, first=indent)
    if lines:
        details(page, below, file, indent=indent + "  ")


def details(page: Page, text: str, file: str, *, indent: str) -> None:
    """Write the lines below a message as they are; a sentence among them that is too long is wrapped."""
    for line in text.split("\n") if text else ():
        placed = wording.placed(line, file)
        if placed[:1].isspace() or len(indent) + len(placed) <= page.width or " " not in placed:
            page.verbatim(placed, indent=indent)
        else:
            page.paragraph(placed, first=indent, rest=indent + "  ")


def draw(page: Page, figure: Figure) -> None:
    """Write a picture, and what it shows in words."""
    from autograder.feedback import svgplot, textplot

    spell = mathematics.to_ascii if page.ascii else mathematics.to_unicode
    page.paragraph(terminal_markdown.title(page, figure.title, "bold"))
    page.paragraph(Text(tr("{y} against {x}:", y=spell(figure.y), x=spell(figure.x))))
    page.verbatim("\n".join(textplot.lines(figure, page.width, ascii=page.ascii)), indent="")
    page.paragraph(svgplot.describe(figure))


def printed(page: Page, report: Report, *, lines: int, width: int = 500) -> None:
    """Write what the program printed, in at most `lines` lines."""
    output = folded(report.output, lines=lines, width=width)
    if output:
        page.blank()
        page.paragraph(Text(tr("Your program printed:"), style="bold"))
        page.verbatim(output, indent="    ")
