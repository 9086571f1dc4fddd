"""A part of a notebook graded: written as a notebook of its own, given to `gradecheck run`, its report shown.

Cells keep their numbers and lines, so that a report's "code cell 7, line 3" is where the student looks for it.
"""

from __future__ import annotations

import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from autograder.cli.run import after_pass, previous_report, ways_to_see
from autograder.course.worksheet import SUFFIX, as_json
from autograder.jupyter import commands, frames
from autograder.jupyter.commands import in_a_cell
from autograder.jupyter.definitions import Part
from autograder.misuse import Misuse

if TYPE_CHECKING:
    from autograder.cli.session import Session
    from autograder.course import Exercise
    from autograder.feedback.wording import Occasion
    from autograder.grading.report import Report


def grade_program(
    session: Session, exercise: Exercise, parts: Sequence[Part], said: str, again: str, options: Sequence[str]
) -> frames.Shown:
    """Grade parts of cells; `said` says which they are, `again` is what was typed. Raises Misuse."""
    texts = {part.number: part.text for part in parts}
    source = as_json(("code", texts.get(number, "")) for number in range(1, max(texts) + 1))
    files = {f"cells{SUFFIX}": source, **_beside("\n".join(texts.values()))}
    return _grade(session, exercise, files, said, again, options)


def grade_numbers(
    session: Session, exercise: Exercise, text: str, said: str, again: str, options: Sequence[str]
) -> frames.Shown:
    """Grade a cell that holds a drill's numbers. Raises Misuse."""
    return _grade(session, exercise, {exercise.file: text}, said, again, options)


def _beside(source: str) -> Mapping[str, str]:
    """The files beside the notebook that a program imports, by their names."""
    from autograder.grading.modules import modules
    from autograder.grading.submission import read_submission

    def text_of(name: str) -> str | None:
        return read_submission(Path(name)).source or None if Path(name).is_file() else None

    return {f"{name.replace('.', '/')}.py": text for name, text in modules(source, text_of).items()}


def _grade(
    session: Session, exercise: Exercise, files: Mapping[str, str], said: str, again: str, options: Sequence[str]
) -> frames.Shown:
    """Grade the first of the files, among the others."""
    previous = previous_report(session, exercise)
    with tempfile.TemporaryDirectory(prefix="gradecheck-") as folder:
        for name, text in files.items():
            place = Path(folder, name)
            place.parent.mkdir(parents=True, exist_ok=True)
            place.write_text(text, encoding="utf-8")
        everything = "--all" in options
        arguments = ["run", exercise.id, str(Path(folder, next(iter(files)))), "--json"]
        ended = commands.run([*arguments, *(each for each in options if each != "--all")])
    report = _report(ended)
    if ended.err.strip():
        session.warn(in_a_cell(ended.err.strip()))
    return _shown(_for_a_cell(report), _occasion(session, exercise, report, previous, again), said, everything)


def _report(ended: commands.Ended) -> Report:
    import msgspec

    from autograder.grading.report import Report

    try:
        return Report.from_json(ended.out)
    except msgspec.DecodeError:
        raise Misuse(in_a_cell(ended.err.strip()).removeprefix("Error: ")) from None


def _for_a_cell(report: Report) -> Report:
    """The report with the commands of its note as a cell takes them; checks that could not be run say the same."""
    from msgspec.structs import replace

    note = in_a_cell(report.note)
    checks = [replace(each, message=note) if each.message == report.note else each for each in report.checks]
    return replace(report, note=note, checks=checks)


def _occasion(session: Session, exercise: Exercise, report: Report, previous: Report | None, again: str) -> Occasion:
    from autograder.feedback import wording

    if not report.passed:
        step = in_a_cell(wording.next_step(report, again))
        return wording.Occasion(command=again, previous=previous, next_steps=[step])
    then, ways = list(map(in_a_cell, after_pass(session, exercise))), in_a_cell(ways_to_see(session, exercise))
    return wording.Occasion("", again, previous, then, exercise.takeaway, ways)


def _shown(report: Report, occasion: Occasion, said: str, everything: bool) -> frames.Shown:
    from autograder.feedback import first_screen, html, mathematics, terminal, wording

    show = terminal.render if everything else first_screen.render
    text = frames.drawn(lambda console: show(report, console, occasion=occasion))
    page = html.render(report, beside=html.Beside(next_steps=occasion.next_steps))
    score = f"{wording.points_since(report, occasion.previous)}. " if report.points else ""
    heading = f"{report.exercise}: {mathematics.to_unicode(report.title)}. {score}{wording.verdict(report)}"
    return frames.framed(heading, said, page, f"{text}\n\n{said}" if said else text)
