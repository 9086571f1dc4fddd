"""`gradecheck history`: every result that was ever decided, and how the score that counts came about."""

from __future__ import annotations

from heapq import merge
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from autograder.cli.session import Session, with_session
from autograder.language import decimal, tr

if TYPE_CHECKING:
    from collections.abc import Iterator

    from autograder.gradebook.book import Gradebook
    from autograder.gradebook.history import Decision, Override
    from autograder.gradebook.rows import Result


@click.command("history")
@click.argument("gradebook", type=click.Path(path_type=Path))
@click.argument("student", required=False)
@click.argument("task", required=False)
@click.option("--json", "as_json", is_flag=True, help="Write one JSON object instead; of one task, with its programs.")
@with_session
def command(session: Session, gradebook: Path, student: str | None, task: str | None, as_json: bool) -> None:
    """Every result that was ever decided: file, score, when, by which version, and why it was graded again.

    GRADEBOOK is what `gradecheck batch --out DIR` made. STUDENT is an id, e-mail or name as in grades.csv. After a
    student's results comes what counts now, and why.

    \b
    Examples:
      gradecheck history grades
      gradecheck history grades ada
      gradecheck history grades ada exercise-04 --json
    """
    from autograder.gradebook.book import Gradebook

    with Gradebook.read(gradebook) as opened:
        key = None if student is None else opened.student(student).student
        if task is not None:
            opened.task(task)
        if as_json:
            session.write_json(_json(opened, key, task))
        elif key is None:
            _write_all(session, opened)
        else:
            _write(session, opened, key, task)


def _json(gradebook: Gradebook, student: str | None, task: str | None) -> dict[str, Any]:
    import msgspec

    history = gradebook.history
    results = []
    for decision in history.all(student, task):
        entry = msgspec.to_builtins(decision)
        entry["course"] = entry.pop("version")
        del entry["kept"], entry["key"]
        if task is not None:
            entry["text"] = history.text(decision)
        results.append(entry)
    overrides = [msgspec.to_builtins(each) for each in history.overrides(student, task)]
    now = [msgspec.to_builtins(row) for row in _rows(gradebook, student, task)]
    return {"schema": 1, "gradebook": str(gradebook.path), "results": results, "overrides": overrides, "now": now}


def _rows(gradebook: Gradebook, student: str | None, task: str | None) -> Iterator[Result]:
    if student is None:
        yield from gradebook.results(task)
        return
    for each in gradebook.tasks():
        row = gradebook.result(student, each.id) if task in (None, each.id) else None
        if row is not None:
            yield row


def _write_all(session: Session, gradebook: Gradebook) -> None:
    """Write a line for each result and override, the oldest first."""
    none = True
    for at, whose, said in _events(gradebook):
        none = False
        session.say(f"{_moment(at)}  {whose}: {said}")
    if none:
        session.say(tr("{gradebook} holds no result yet.", gradebook=gradebook.path))


def _events(
    gradebook: Gradebook, student: str | None = None, task: str | None = None
) -> Iterator[tuple[str, str, str]]:
    """Yield when something was decided (of one student, for one task), about whom and what, and what it was."""
    from autograder.feedback.sanitize import one_line

    def told(event: Decision | Override, at: str, said: str) -> tuple[str, str, str]:
        return at, f"{one_line(event.student)}, {event.exercise}", said

    history = gradebook.history
    results = (told(each, each.graded_at, _of_result(each)) for each in history.all(student, task))
    overrides = (told(each, each.at, _of_override(each)) for each in history.overrides(student, task))
    yield from merge(results, overrides, key=lambda event: event[0])


def _write(session: Session, gradebook: Gradebook, student: str, task: str | None) -> None:
    """Write the results of one student, task by task, each with what counts now."""
    from autograder.feedback.sanitize import one_line
    from autograder.gradebook.explanation import explain

    person = gradebook.enrolled(student)
    session.say(
        one_line(person.name or student) + (f" ({one_line(student)})" if person.name not in ("", student) else "")
    )
    for row in _rows(gradebook, student, task):
        session.say(f"\n{row.exercise}")
        for at, _, said in _events(gradebook, student, row.exercise):
            session.say(f"  {_moment(at)}  {said}")
        session.say("  " + tr("Now: {explanation}", explanation=explain(gradebook, row)))
    if task is None:
        from autograder.gradebook.explanation import explain_total

        said = explain_total(gradebook, student)
        if said:
            session.say("\n" + tr("Total: {explanation}", explanation=said))
    else:
        session.say(tr("With --json it shows the programs, too."))


def _of_result(decision: Decision) -> str:
    from autograder.feedback.sanitize import one_line
    from autograder.gradebook.explanation import STATUSES, out_of

    graded = decision.status == "graded"
    score = out_of(decision.score, decision.points) if graded else tr(STATUSES[decision.status])
    file = f"{one_line(decision.file)} {decision.sha256[:12]}" if decision.file else tr("no file")
    file = tr("{file} of {moment}", file=file, moment=_moment(decision.handed_in)) if decision.handed_in else file
    late = ", " + tr("late by the system's word") if decision.late else ""
    versions = [f"gradecheck {decision.engine}"] if decision.engine else []
    versions += [tr("version {version}", version=decision.version[:12])] if decision.version else []
    by = "; " + tr("by {versions}", versions=", ".join(versions)) if versions else ""
    attempt = tr("attempt {number}", number=decision.attempt)
    return f"{score}: {attempt}, {file}{late}; {one_line(decision.why, width=200)}{by}"


def _of_override(override: Override) -> str:
    from autograder.feedback.sanitize import one_line
    from autograder.gradebook.explanation import out_of

    reason = one_line(override.reason, width=500)
    if override.score is None:
        return tr("the score set by hand was taken back") + (f": {reason}" if reason else "")
    score = decimal(f"{override.score:g}") if override.points is None else out_of(override.score, override.points)
    return tr("set by hand to {score}: {reason}", score=score, reason=reason)


def _moment(at: str) -> str:
    return at[:16].replace("T", " ")
