"""`gradecheck list`: the course at a glance. Imports neither numpy, torch, pytest nor jinja2."""

from __future__ import annotations

import sys
from shutil import get_terminal_size
from textwrap import wrap
from typing import Any

import click

from autograder.cli.endings import MISUSE
from autograder.cli.overview import next_step, overview
from autograder.cli.session import Session, with_session


@click.command("list")
@click.option("--json", "as_json", is_flag=True, help="Write one JSON object instead.")
@with_session
def command(session: Session, as_json: bool) -> int:
    """The course at a glance: units, exercises, quizzes, points, and how far you are.

    \b
    Examples:
      gradecheck list
      gradecheck list --json
    """
    found, problems = overview(session)
    if as_json:
        session.write_json(found)
    else:
        _write(session, found)
    for problem in problems:
        click.echo(str(problem), err=True)
    return MISUSE if problems else 0


def _write(session: Session, found: dict[str, Any]) -> None:
    session.say(session.text(found["course"]["title"]))
    session.say(f"{found['score']:g} of {found['points']:g} points")
    rows = [row for unit in found["units"] for row in (*unit["exercises"], *unit["quizzes"])]
    width = max((len(row["id"]) for row in rows), default=0)
    for number, unit in enumerate(found["units"], start=1):
        session.say(f"\nUnit {number}. {session.text(unit['title'])}")
        for row in unit["exercises"]:
            _say_row(session, f"  {row['id']:{width}}  {_standing(row):>13}  {row['kind']:9}  ", row["title"])
        for row in unit["quizzes"]:
            _say_row(session, f"  {row['id']:{width}}  {_standing_of_quiz(row):>13}  quiz       ", row["title"])
    following = next_step(found["units"])
    if following:
        session.say(f"\nNext: {following}")


def _say_row(session: Session, columns: str, title: str) -> None:
    """On a terminal a long title goes on below its own beginning; elsewhere a row is one line."""
    width = max(len(columns) + 12, get_terminal_size().columns) if sys.stdout.isatty() else sys.maxsize
    for line in wrap(session.text(title), width, initial_indent=columns, subsequent_indent=" " * len(columns)):
        session.say(line)


def _standing(row: dict[str, Any]) -> str:
    if row["passed"]:
        return f"passed {row['score']:g}/{row['points']:g}"
    return f"{row['points']:g} points" if row["score"] is None else f"so far {row['score']:g}/{row['points']:g}"


def _standing_of_quiz(row: dict[str, Any]) -> str:
    if not row["answered"]:
        return f"{row['points']:g} points"
    if row["answered"] < row["questions"]:
        return f"begun {row['answered']}/{row['questions']}"
    return f"done {row['score']:g}/{row['points']:g}"
