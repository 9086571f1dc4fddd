"""Evaluates an author's own expressions, as a program of its own: nothing of them enters gradecheck's process.

Reads a JSON list of `{"expr": …}` or `{"code": …}` and writes a JSON list of `{"value": …}` or `{"error": …}`. It must
not import anything of gradecheck's.
"""

from __future__ import annotations

import contextlib
import json
import math
import sys
from typing import Any


def evaluate(figure: dict[str, str]) -> dict[str, Any]:
    """Return the value of an expression, or the `value` that code assigns: a number or a text."""
    import numpy as np

    names: dict[str, Any] = {"np": np, "math": math}
    try:
        with contextlib.redirect_stdout(sys.stderr):
            if "expr" in figure:
                value = eval(figure["expr"], names)
            else:
                exec(figure["code"], names)
                value = names["value"]
        return {"value": value if isinstance(value, str | int) else float(value)}
    except Exception as error:
        return {"error": f"{type(error).__name__}: {error}"}


if __name__ == "__main__":
    json.dump([evaluate(figure) for figure in json.load(sys.stdin)], sys.stdout)
