"""`gradecheck doctor`: is this machine fit to grade other people's code?"""

from __future__ import annotations

import sys

import click

from autograder.cli.endings import FAILED, PASSED
from autograder.cli.session import Session, with_session
from autograder.language import later, tr

#: What the trial of all layers at once is called.
_TOGETHER = later("all together")


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
            layer = tr(_TOGETHER) if trial.layer == _TOGETHER else trial.layer
            session.say(f"{layer:<14}{tr('holds') if trial.holds else tr('MISSING'):<9}{trial.seen}")
            if not trial.holds:
                session.say(f"{'':<14}{trial.cure}")
        session.say()
        if all(trial.holds for trial in trials):
            session.say(tr("This machine can grade other people's programs."))
        elif sys.platform == "linux":
            session.say(tr("Grade only your own programs here, until every layer holds."))
        else:
            session.say(tr("Grade only your own programs here."))
    return PASSED if all(trial.holds for trial in trials) else FAILED
