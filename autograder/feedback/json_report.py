"""A report as `run --json` prints it: schema 1, in the order of the documentation, for other programs.

The student's text keeps every character. JSON's own escapes make the result pure ASCII, so that it can't steer a
terminal that it is printed on.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import msgspec

from autograder.feedback.sanitize import encodable

if TYPE_CHECKING:
    from autograder.grading.report import Report


def render(report: Report) -> str:
    """Return one JSON object, indented, without a line break at its end."""
    return json.dumps(as_data(report), indent=1)


def as_data(report: Report) -> dict[str, Any]:
    """Return the same as plain data; lone surrogates, which UTF-8 can't hold, are written as Python escapes."""
    fields = msgspec.to_builtins(report)
    for check in fields["checks"]:
        if not check["by_instructor"]:  # said in a student's kit alone
            del check["by_instructor"]
        if not check["answered"]:  # said of a quiz alone
            del check["answered"]
    if not fields["figures"]:  # few checks draw one
        del fields["figures"]
    return {"schema": fields.pop("schema"), **{name: _encodable(value) for name, value in fields.items()}}


def _encodable(value: Any) -> Any:
    if isinstance(value, str):
        return encodable(value)
    if isinstance(value, list):
        return [_encodable(item) for item in value]
    if isinstance(value, dict):
        return {key: _encodable(item) for key, item in value.items()}
    return value
