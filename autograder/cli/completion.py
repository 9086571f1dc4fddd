"""`gradecheck completion`: the lines that make a shell complete commands, flags, exercises and quizzes."""

from __future__ import annotations

import click
from click.shell_completion import get_completion_class


@click.command("completion")
@click.argument("shell", type=click.Choice(["bash", "zsh", "fish"]))
@click.pass_context
def command(ctx: click.Context, shell: str) -> None:
    """Prints what a shell must read to complete `gradecheck`.

    \b
    Once and for all:
      bash  echo 'eval "$(gradecheck completion bash)"' >> ~/.bashrc
      zsh   echo 'eval "$(gradecheck completion zsh)"' >> ~/.zshrc
      fish  gradecheck completion fish > ~/.config/fish/completions/gradecheck.fish
    """
    kind = get_completion_class(shell)
    assert kind is not None
    click.echo(kind(ctx.find_root().command, {}, "gradecheck", "_GRADECHECK_COMPLETE").source())
