"""What a class's Reports tell about a quiz or an exercise: every question or check, every distractor and belief.

Reports are of first attempts, one a student. What was not answered, or could not be run, counts as 0. Below ENOUGH
students every figure is withheld (None), and only counts are given: a figure of so few is chance. It must not know
where the Reports are kept, nor how the figures are shown.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from statistics import fmean, stdev

import msgspec

from autograder.course import Quiz
from autograder.course.quiz_model import AnyQuestion, Multiple, Single, WithChoices
from autograder.grading.report import CheckResult, Report
from autograder.quiz import psychometrics as figures

ENOUGH = 10
#: A distractor that a smaller share of students picks does no work.
IDLE = 0.05


class Option(msgspec.Struct, frozen=True):
    """What students answered: a choice, or a belief that a wrong number or program showed.

    `correlation` is that of picking it with the rest of the test: positive for a distractor means that the better
    students pick it. `works` is None for a key, for the belief that a number or a program shows, which nobody offered
    to choose, and where nothing can be said.
    """

    id: str
    count: int
    key: bool = False
    misconception: str | None = None
    share: float | None = None
    correlation: float | None = None
    works: bool | None = None


class Item(msgspec.Struct, frozen=True):
    """One question or check: `n` students met it, `answered` of them answered. Figures as in `psychometrics`."""

    id: str
    title: str
    points: float
    n: int
    answered: int
    facility: float | None
    discrimination: float | None
    efficiency: float | None
    d27: float | None
    options: tuple[Option, ...]


class Analysis(msgspec.Struct, frozen=True):
    """One quiz or exercise as `n` students did it; mean, deviation (n − 1) and `sem` in points.

    `complete` students met every item: over them `alpha` and what follows from it are taken. Where students are asked
    some questions of pools, they met as many as are asked, and there is no alpha.
    """

    id: str
    title: str
    points: float
    n: int
    complete: int
    withheld: bool
    mean: float | None
    deviation: float | None
    alpha: float | None
    sem: float | None
    items: tuple[Item, ...]


def analyse(reports: Iterable[Report], quiz: Quiz | None = None) -> Analysis | None:
    """Return the analysis of one task's Reports, None where there are none. `quiz` tells which choices there were."""
    newest, answers = _answers(reports, quiz)
    if newest is None:
        return None
    columns = list(dict.fromkeys(name for report in answers for name in report))
    pooled = quiz is not None and bool(quiz.pools)
    whole = [report for report in answers if len(report) == (len(answers[-1]) if pooled else len(columns))]
    totals = [sum(check.score for check in report.values()) for report in whole]
    enough = len(whole) >= ENOUGH
    table = [] if pooled else [[report[name].score for name in columns] for report in whole]
    reliability = figures.alpha(table) if enough and table else None
    return Analysis(
        id=newest.exercise,
        title=newest.title,
        points=newest.points,
        n=len(answers),
        complete=len(whole),
        withheld=not enough,
        mean=fmean(totals) if enough else None,
        deviation=stdev(totals) if enough else None,
        alpha=reliability,
        sem=figures.standard_error(totals, reliability),
        items=tuple(_item(name, answers, quiz) for name in columns),
    )


_Answers = dict[str, CheckResult]


def _answers(reports: Iterable[Report], quiz: Quiz | None) -> tuple[Report | None, list[_Answers]]:
    """Return the last report, and what each says of its checks, by their ids.

    Of a million students thousands did the same: that is kept once, and without the words, so that memory hardly grows.
    """
    choices = {question.id for question in quiz.questions if isinstance(question, Single | Multiple)} if quiz else set()
    kept, answers, newest = dict[object, _Answers](), list[_Answers](), None
    for report in reports:
        newest = report
        key = tuple(
            (
                check.id, check.title, check.points, check.score, check.status,
                check.misconception and check.misconception.id, *(check.answered if check.id in choices else ()),
            )
            for check in report.checks
        )  # fmt: skip
        if key not in kept:
            kept[key] = {check.id: _without_words(check, answered=check.id in choices) for check in report.checks}
        answers.append(kept[key])
    return newest, answers


def _without_words(check: CheckResult, *, answered: bool) -> CheckResult:
    belief = check.misconception and msgspec.structs.replace(check.misconception, explanation="")
    listed = check.answered if answered else []
    return msgspec.structs.replace(check, message="", hint=None, misconception=belief, answered=listed)


def _item(name: str, answers: Sequence[dict[str, CheckResult]], quiz: Quiz | None) -> Item:
    """Return one question or check, over the students who met it: a course may have changed meanwhile."""
    met = [report for report in answers if name in report]
    checks = [report[name] for report in met]
    marks = [check.score for check in checks]
    totals = [sum(check.score for check in report.values()) for report in met]
    rests = [total - mark for total, mark in zip(totals, marks, strict=True)]
    points = checks[-1].points
    enough = len(met) >= ENOUGH
    question = quiz.question(name) if quiz else None
    return Item(
        id=name,
        title=question.concept if question else checks[-1].title,
        points=points,
        n=len(met),
        answered=sum(check.status != "skipped" for check in checks),
        facility=figures.facility(marks, points) if enough else None,
        discrimination=figures.discrimination(marks, rests) if enough else None,
        efficiency=figures.discriminative_efficiency(marks, rests) if enough else None,
        d27=figures.upper_minus_lower(marks, totals, points) if enough else None,
        options=tuple(_options(checks, rests, question)),
    )


def _options(checks: Sequence[CheckResult], rests: Sequence[float], question: AnyQuestion | None) -> Iterable[Option]:
    if isinstance(question, Single | Multiple):
        return _choices(checks, rests, question)
    return _beliefs(checks, rests)


def _choices(checks: Sequence[CheckResult], rests: Sequence[float], question: WithChoices) -> Iterable[Option]:
    for choice in question.choices:
        picked = [choice.id in check.answered for check in checks]
        option = _option(choice.id, picked, rests, choice.misconception, key=choice.correct)
        if option.share is None or choice.correct:
            yield option
        else:
            positive = option.correlation is not None and option.correlation > 0
            yield msgspec.structs.replace(option, works=option.share >= IDLE and not positive)


def _beliefs(checks: Sequence[CheckResult], rests: Sequence[float]) -> Iterable[Option]:
    """Return the known beliefs, most frequent first, then what was wrong in another way."""
    shown = [_belief(check) for check in checks]
    for belief, _ in Counter(belief for belief in shown if belief).most_common():
        yield _option(belief, [one == belief for one in shown], rests, belief)
    other = [belief == "" for belief in shown]
    if any(other):
        yield _option("other", other, rests, None)


def _belief(check: CheckResult) -> str | None:
    """Return the belief that a wrong answer shows, empty if none is known; None if it is right, or there is none."""
    if check.status in ("passed", "skipped"):
        return None
    return check.misconception.id if check.misconception else ""


def _option(
    name: str, picked: Sequence[bool], rests: Sequence[float], misconception: str | None, *, key: bool = False
) -> Option:
    count, enough = sum(picked), len(picked) >= ENOUGH
    share = count / len(picked) if enough else None
    relation = figures.discrimination([float(one) for one in picked], rests) if enough else None
    return Option(name, count, key, misconception, share, relation)
