"""`gradecheck schema`: JSON Schema of the files that authors write."""

from __future__ import annotations

import json

import click

from autograder.course.schema import MODELS, schema


@click.command("schema")
@click.argument("kind", type=click.Choice(list(MODELS)))
def command(kind: str) -> None:
    """JSON Schema of a kind of file, for editors.

    \b
    Example, with a first line in exercise.yaml that many editors understand:
      gradecheck schema exercise > exercise.schema.json
      # yaml-language-server: $schema=../../exercise.schema.json
    """
    click.echo(json.dumps(schema(kind), indent=2))
