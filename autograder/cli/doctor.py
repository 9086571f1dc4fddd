"""`gradecheck doctor`: is this machine fit to grade other people's code?"""

from __future__ import annotations

import sys

import click

from autograder.cli.endings import FAILED, PASSED
from autograder.cli.session import Session, with_session


@click.command("doctor")
@click.option("--json", "as_json", is_flag=True, help="Print the result as JSON.")
@with_session
def command(session: Session, as_json: bool) -> int:
    """Try each layer of confinement for real, and say what is in force and how to mend the rest.

    \b
    Examples:
      gradecheck doctor
      gradecheck doctor --json
    """
    from autograder.sandbox.trial import try_layers

    trials = try_layers()
    if as_json:
        import msgspec

        click.echo(msgspec.json.encode({"schema": 1, "layers": trials}).decode())
    else:
        for trial in trials:
            session.say(f"{trial.layer:<14}{'holds' if trial.holds else 'MISSING':<9}{trial.seen}")
            if not trial.holds:
                session.say(f"{'':<14}{trial.cure}")
        session.say()
        if all(trial.holds for trial in trials):
            session.say("This machine can grade other people's programs.")
        elif sys.platform == "linux":
            session.say("Grade only your own programs here, until every layer holds.")
        else:
            session.say("Grade only your own programs here.")
    return PASSED if all(trial.holds for trial in trials) else FAILED
