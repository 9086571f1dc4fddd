"""`gradecheck stats`: item analysis of quizzes and checks, from a gradebook. Needs no numpy."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from autograder.cli.session import Session, with_session
from autograder.language import decimal, tr, tr_n

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from autograder.course import Quiz
    from autograder.gradebook.book import Gradebook
    from autograder.grading.report import Report
    from autograder.quiz.analysis import Analysis, Item, Option


#: Lines that fit a screen, with the prompt below them.
_SCREEN = 23
#: Below this share of the discrimination that is possible, an item is weak.
_WEAK = 0.15


@dataclass(frozen=True)
class _Analysed:
    """One exercise or quiz: its analysis, how many programs are left out of it because they never ran, and how many of
    the others have another score in the gradebook, set by hand or less for lateness.
    """

    kind: str
    analysis: Analysis
    never_ran: int
    scored_otherwise: int


@click.command("stats")
@click.argument("gradebook", type=click.Path(path_type=Path), required=False)
@click.option("--all", "show_all", is_flag=True, help="Show every question and check, not only a screenful.")
@click.option("--json", "as_json", is_flag=True, help="Write one JSON object instead.")
@with_session
def command(session: Session, gradebook: Path | None, show_all: bool, as_json: bool) -> int:
    """Item analysis: how hard every question and check is, whether it tells students apart, and what distracts.

    GRADEBOOK is what `gradecheck batch` wrote: the file, or the folder that holds gradebook.db (default: this folder).
    First answers count; what was not answered counts as 0. Of fewer than 10 students only counts are shown. Programs
    that never ran are counted apart. Where all doesn't fit a screen, the hardest of each exercise and quiz is shown,
    the beliefs that most hold, and what is worth a look at its wording; --all shows the rest.

    \b
    Examples:
      gradecheck stats grades/
      gradecheck stats grades/gradebook.db --json
    """
    from autograder.gradebook.book import Gradebook
    from autograder.quiz.analysis import ENOUGH

    with Gradebook.read(gradebook or Path()) as opened:
        analyses = list(_analyses(session, opened))
        where = opened.path
    if as_json:
        session.write_json(_json(analyses, where, ENOUGH))
        return 0
    if not analyses:
        session.say(tr("{gradebook} holds no graded answers yet.", gradebook=where))
    lines = list(_page(session, analyses))
    if not show_all and len(lines) > _SCREEN:
        lines = list(_screen(session, analyses))
    for line in lines:
        session.say(line)
    return 0


def _analyses(session: Session, gradebook: Gradebook) -> Iterator[_Analysed]:
    """Yield every task that somebody handed in, in the order of the course."""
    from autograder.quiz.analysis import analyse

    for task in gradebook.tasks():
        seen = Counter[str]()
        analysis = analyse(_ran(gradebook, task.id, seen), _quiz(session, task.id) if task.kind == "quiz" else None)
        if analysis is not None:
            yield _Analysed(task.kind, analysis, seen["never ran"], seen["otherwise"])


def _ran(gradebook: Gradebook, task: str, seen: Counter[str]) -> Iterator[Report]:
    """Yield the reports on what ran, one by one, and count those that never did, and those that don't tell a score."""
    for result, report in gradebook.reports(task):
        if report and result.status == "graded":
            seen["never ran"] += report.never_ran
            if not report.never_ran:
                seen["otherwise"] += abs(result.score - report.score) > 1e-9
                yield report


def _quiz(session: Session, quiz_id: str) -> Quiz | None:
    """Return the quiz, if the course still has it; its figures are given without, too."""
    from autograder.course.loader import read_quiz

    return read_quiz(session.course, quiz_id)[0] if quiz_id in session.course.quiz_ids else None


def _json(analyses: Iterable[_Analysed], where: Path, enough: int) -> dict[str, Any]:
    import msgspec

    tasks: list[dict[str, Any]] = [
        {
            "kind": each.kind,
            **msgspec.to_builtins(each.analysis),
            "never_ran": each.never_ran,
            "scored_otherwise": each.scored_otherwise,
        }
        for each in analyses
    ]
    return {"schema": 1, "gradebook": str(where), "enough": enough, "tasks": tasks}


def _page(session: Session, analyses: Sequence[_Analysed]) -> Iterator[str]:
    """Yield everything, line by line."""
    for each in analyses:
        yield from _task(session, each)
    if analyses:
        yield from _legend(quizzes=any(each.kind == "quiz" for each in analyses))


def _screen(session: Session, analyses: Sequence[_Analysed]) -> Iterator[str]:
    """Yield what an instructor can act on, no longer than a screen."""
    room = _SCREEN - 1
    if len(analyses) > room // 3:
        shown = analyses if len(analyses) <= room else analyses[: room - 1]
        yield from (_in_one_line(each) for each in shown)
        if len(shown) < len(analyses):
            yield tr("And {n} more.", n=len(analyses) - len(shown))
    else:
        for each in analyses:
            head = list(_head(session, each))
            yield from head
            yield from list(_findings(session, each))[: room // len(analyses) - len(head)]
    yield tr("{command} shows every question and check.", command="`gradecheck stats --all`")


def _in_one_line(each: _Analysed) -> str:
    hardest = min(each.analysis.items, key=lambda item: item.facility if item.facility is not None else 2.0)
    line = f"{each.analysis.id}: {_students(each.analysis.n)}"
    if each.analysis.mean is not None:
        line += ", " + _mean(each.analysis)
    if hardest.facility is not None:
        line += "; " + tr("hardest: {item} ({facility:.0%})", item=hardest.id, facility=hardest.facility)
    return line + ("; " + tr_n("{n} never ran", "{n} never ran", each.never_ran) if each.never_ran else "")


def _mean(analysis: Analysis) -> str:
    return tr("mean {mean:.2f} of {points:g}", mean=analysis.mean, points=analysis.points)


def _findings(session: Session, each: _Analysed) -> Iterator[str]:
    """Yield a line for the hardest item, for the beliefs that most hold, and for what its author can mend."""
    items = each.analysis.items
    for item in sorted(items, key=lambda item: 2.0 if item.facility is None else item.facility)[:1]:
        if item.facility is not None and item.facility < 1:
            yield "  " + tr("Hardest: {item}, {facility:.0%} of its points.", item=item.id, facility=item.facility)
    held = Counter[str]()
    for item in items:
        for option in item.options:
            if option.misconception and not option.key:
                held[option.misconception] = max(held[option.misconception], option.count)
    for belief, count in [pair for pair in held.most_common(3) if pair[1]]:
        entry = session.course.misconceptions.get(belief)
        title = f": {session.text(entry.title)}" if entry else ""
        believe = tr_n("{n} of {all} believes {belief}", "{n} of {all} believe {belief}", count,
                       all=each.analysis.n, belief=belief)  # fmt: skip
        yield f"  {believe}{title}"
    for item in items:
        if item.efficiency is not None and item.efficiency < _WEAK:
            said = tr("{item} tells few apart (efficiency {efficiency:.2f}): read its wording again.",
                      item=item.id, efficiency=item.efficiency)  # fmt: skip
            yield f"  {said}"
    for item in items:
        idle = [option.id for option in item.options if option.works is False]
        if idle:
            said = tr_n(
                "{item}: {choices} does no work as a distractor.",
                "{item}: {choices} do no work as a distractor.",
                len(idle), item=item.id, choices=", ".join(idle),
            )  # fmt: skip
            yield f"  {said}"


def _head(session: Session, each: _Analysed) -> Iterator[str]:
    analysis = each.analysis
    yield f"{analysis.id}: {session.text(analysis.title)}"
    ran = "; " + tr_n(
        "{n} more never ran and is left out", "{n} more never ran and are left out", each.never_ran
    )  # fmt: skip
    more = ran if each.never_ran else ""
    if analysis.withheld:
        few = tr("{students}: too few for figures, so only counts are shown", students=_students(analysis.n))
        yield f"  {few}{more}."
    else:
        figures = tr(
            "{mean} points (s {deviation:.2f}), alpha {alpha}, SEM {sem}",
            mean=_mean(analysis), deviation=analysis.deviation,
            alpha=_figure(analysis.alpha), sem=_figure(analysis.sem),
        )  # fmt: skip
        yield f"  {_students(analysis.n)}, {figures}{more}"
        if each.scored_otherwise:
            said = tr_n(
                "Scores by hand and lateness don't count here: {n} has another score in the gradebook.",
                "Scores by hand and lateness don't count here: {n} have another score in the gradebook.",
                each.scored_otherwise,
            )
            yield f"  {said}"


def _students(count: int) -> str:
    return tr_n("{n} student", "{n} students", count)


def _task(session: Session, each: _Analysed) -> Iterator[str]:
    analysis = each.analysis
    yield from _head(session, each)
    if analysis.complete < analysis.n:
        met = tr_n(
            "{n} of them met every item: mean, alpha and SEM are theirs.",
            "{n} of them met every item: mean, alpha and SEM are theirs.",
            analysis.complete,
        )
        yield f"  {met}"
    for item in analysis.items:
        yield from _item(session, item, each.kind)
    yield ""


def _item(session: Session, item: Item, kind: str) -> Iterator[str]:
    yield ""
    yield f"  {item.id}: {session.text(' '.join(item.title.split()))}"
    figures = f"    n {item.n}"
    if kind == "quiz" and item.answered < item.n:
        figures += f" ({tr_n('{n} answered', '{n} answered', item.answered)})"
    if item.facility is not None:
        weak = item.efficiency is not None and item.efficiency < _WEAK
        figures += "  " + tr(
            "facility {facility}  r_rest {discrimination}  efficiency {efficiency}  D27 {d27}",
            facility=_figure(item.facility), discrimination=_figure(item.discrimination),
            efficiency=_figure(item.efficiency), d27=_figure(item.d27),
        )  # fmt: skip
        figures += "  <- " + tr("tells few apart") if weak else ""
    yield figures
    width = max((len(option.id) for option in item.options), default=0)
    for option in item.options:
        yield _option(session, option, width)


def _option(session: Session, option: Option, width: int) -> str:
    mark = "*" if option.key else "-"
    line = f"    {mark} {option.id:{width}} {option.count:5}"
    if option.share is not None:
        line += f" {decimal(f'{option.share:6.1%}')}  r {_figure(option.correlation):>5}"
    entry = session.course.misconceptions.get(option.misconception or "")
    if entry is not None and not option.key:
        line += f"  {session.text(entry.title)}"
    return line + ("  <- " + tr("does no work") if option.works is False else "")


def _figure(value: float | None) -> str:
    return "-" if value is None else decimal(f"{value:.2f}")


def _legend(*, quizzes: bool) -> Iterator[str]:
    yield tr("r_rest and r: correlation with the rest of the test. Efficiency: share of the possible discrimination")
    yield tr("(below 0.15 is weak). D27: facility of the best 27 % minus that of the worst.")
    yield tr("Alpha from 0.75 is satisfactory.")
    if quizzes:
        yield tr("* marks a key. A distractor does no work if fewer than 5 % pick it, or the better students do.")
