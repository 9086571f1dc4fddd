"""The first screen of a report: what matters, in as many lines as the terminal has, and the next command last.

The score and what changed; of the mistakes that have a reason the one that costs most, with its smallest case; more of
them if there is room. The rest is counted, and `terminal.render` shows it. Like that, it is whole in a pipe, and
without colour and Unicode.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import partial
from typing import TYPE_CHECKING

from rich.text import Text

from autograder.feedback import mistakes, terminal, wording
from autograder.feedback.mistakes import Case, Finding
from autograder.feedback.page import Page
from autograder.feedback.wording import Occasion
from autograder.language import tr, tr_n

if TYPE_CHECKING:
    from rich.console import Console

    from autograder.grading.report import Report

#: Lines of a terminal that is as small as they get, and of whatever is none.
HEIGHT = 24
_NOTHING = Occasion()
_NAMED = 1  # check that is named as right or wrong since the last run
_REMARKS = 2  # on the file as a whole
_PRINTED = 4  # lines of what the program printed
_Lines = list[Text]


def render(
    report: Report,
    console: Console,
    *,
    ascii: bool = False,
    height: int = HEIGHT,
    occasion: Occasion = _NOTHING,
) -> None:
    """Print what of `report` fits into `height` lines, of which the last is left to the prompt."""
    page = Page(console, ascii=ascii)
    if wording.unloadable(report):
        _unloadable(page, report, occasion)
        return
    head = page.draft(partial(_head, report=report, occasion=occasion))
    findings = mistakes.mistakes(report)
    taught = page.draft(partial(terminal.takeaway, occasion=occasion))
    end = page.draft(lambda draft: terminal.closing(draft, report, occasion, _more(page, report, occasion, 99)))
    room = max(HEIGHT, height) - 2 - sum(map(page.rows, (head, taught, end))) - bool(taught)
    blocks: list[_Lines] = []
    for before, finding in zip([None, *findings], findings, strict=False):
        heading = page.draft(partial(terminal.unexplained, finding=finding, before=before))
        block = _block(page, finding, occasion.file, room - 1 - page.rows(heading), first=not blocks)
        if block is None:
            break
        blocks.append([*heading, *block])
        room -= page.rows(blocks[-1]) + 1
    left = _not_told(findings, len(blocks))
    extras = _fitting(page, report, room) if not left else []
    page.put(head)
    for block in [*blocks, *extras, taught]:
        page.blank()
        page.put(block)
    page.blank()
    drawn = bool(report.figures and extras)
    terminal.closing(page, report, occasion, _more(page, report, occasion, left, drawn=drawn))


def _not_told(findings: Sequence[Finding], told: int) -> int:
    """Return how many checks the mistakes after those that are `told` fail; one that fails by both isn't counted."""
    seen, more = (
        {check.id for finding in some for case in finding.cases for check in case.checks}
        for some in (findings[:told], findings[told:])
    )
    return len(more - seen) or len(more)


def _fitting(page: Page, report: Report, room: int) -> list[_Lines]:
    """Return what is shown where room is left: the pictures, then what the program printed."""
    chosen = []
    for extra in _extras(page, report):
        if extra and page.rows(extra) < room:
            chosen.append(extra)
            room -= page.rows(extra) + 1
    return chosen


def _unloadable(page: Page, report: Report, occasion: Occasion) -> None:
    """The error and its line, and nothing else."""
    terminal.note(page, report, occasion)
    page.blank()
    score = f"{report.exercise}: {wording.points_since(report, occasion.previous)}. " if report.points else ""
    page.paragraph(score + wording.verdict(report))
    terminal.ending(page, report, occasion)


def _head(page: Page, report: Report, occasion: Occasion) -> None:
    terminal.headline(page, report, occasion)
    terminal.since(page, report, occasion.previous, named=_NAMED)
    for sentence in [report.note, *report.remarks[:_REMARKS]]:
        page.paragraph(wording.placed(wording.message_parts(sentence, lines=1)[0], occasion.file))
    if len(report.remarks) > _REMARKS:
        page.paragraph(tr("{n} more remarks on the file stand in the whole report.", n=len(report.remarks) - _REMARKS))
    if report.kind == "exercise" and "bubblewrap" not in report.isolation:
        page.paragraph(wording.isolation(report))


def _block(page: Page, finding: Finding, file: str, room: int, *, first: bool) -> _Lines | None:
    """Return a mistake with as much of its smallest case as there is room for; the first one whatever the room.

    Where a sentence alone would say that a number is wrong, the number that is right counts more than the end of an
    explanation.
    """
    told = page.draft(lambda draft: terminal.explanation(draft, finding, file)) if finding.explanation else []
    cases = list(_cases(page, finding, file))
    for case in cases[:-1] if _says_little(finding) else cases:
        if page.rows(_joined(told, case)) <= room:
            return _joined(told, case)
    if not first:
        return None
    least = next((place for place, line in enumerate(told) if not line), len(told))
    cut = [(_cut(page, told, room - page.rows(case) - 1), case) for case in cases]
    enough = (_joined(*each) for each in cut if len(each[0]) > least and page.rows(_joined(*each)) <= room)
    return next(enough, None) or _joined(*cut[-1])


def _says_little(finding: Finding) -> bool:
    """Whether the sentence on a mistake's smallest case says no more than that a number isn't right."""
    case = min(finding.cases, key=mistakes.size)
    sentence, _ = wording.message_parts(case.message, lines=1)
    return case.answer.count("\n") == 1 and "; " not in sentence


def _joined(told: _Lines, case: _Lines) -> _Lines:
    return [*told, *([Text()] if told else []), *case]


def _cut(page: Page, told: _Lines, room: int) -> _Lines:
    """Return the beginning of an explanation, up to the end of a paragraph if that is not far."""
    while told and page.rows(told) >= room:
        told = told[:-1]
    blank = next((place for place in range(len(told) - 1, len(told) // 2, -1) if not told[place]), len(told))
    return [*told[:blank], Text("..." if page.ascii else "…")] if told else []


def _cases(page: Page, finding: Finding, file: str) -> Iterator[_Lines]:
    """Yield ever less of a mistake's smallest case: all of it, its call with what came of it, what came of it alone,
    its picture, and its sentence alone.
    """
    common = mistakes.common_clause([case.message for case in finding.cases])
    summary = _summary(finding, common)
    case = min(finding.cases, key=mistakes.size)
    _, details = wording.message_parts(case.message, lines=1000)
    for part in dict.fromkeys([details, case.call or details, case.answer or details, case.picture, ""]):
        yield page.draft(partial(_summed, summary=summary, case=case, file=file, details=part, common=common))


def _summed(page: Page, *, summary: str, case: Case, file: str, details: str, common: str) -> None:
    page.paragraph(summary)
    _case(page, case, file, details, common)


def _case(page: Page, case: Case, file: str, details: str, common: str) -> None:
    """Write a case; the clause that all cases have in `common` was said above it."""
    terminal.case_title(page, case.checks[0])
    sentence, _ = wording.message_parts(wording.placed(case.message, file, case.checks[0].line), lines=1000)
    page.paragraph(re.sub(rf"; {re.escape(common)}(?=[;.])", "", sentence) if common else sentence, first="  ")
    terminal.details(page, details, file, indent="    ")
    terminal.beside(page, case)


def _summary(finding: Finding, common: str) -> str:
    """Say in how many checks a mistake shows, and what these have in `common`."""
    checks = [check for case in finding.cases for check in case.checks]
    if len(checks) < 2:
        return ""
    if common:
        return tr("In {n} checks: {common}.", n=len(checks), common=common)
    return tr("In {n} checks; one of them:", n=len(checks))


def _extras(page: Page, report: Report) -> Iterator[_Lines]:
    for figure in report.figures:
        yield page.draft(partial(terminal.draw, figure=figure))
    if report.output.strip():
        yield page.draft(partial(terminal.printed, report=report, lines=_PRINTED, width=page.width))


def _more(page: Page, report: Report, occasion: Occasion, left: int, *, drawn: bool = False) -> str:
    """Say how to see what is left out: `left` checks that failed, else every check, or a picture not `drawn`."""
    failed = tr_n("{n} more check failed", "{n} more checks failed", left)
    what = "" if report.passed else failed if left else tr("Every check")
    if report.passed and report.figures and not drawn:
        what = tr("What you measured, as a picture")
    if not what:
        return ""
    line = f"{what}: {occasion.command or f'gradecheck run {report.exercise}'} --all"
    return line if len(line) <= page.width else f"{what}: {tr('the same command with --all')}"
