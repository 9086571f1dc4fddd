"""Where in the student's own file a wrong answer came from: the first NaN, or the end without `return`.

The question is put once more to a fresh worker that watches its lines. What it says is the program's own word, shown to
nobody but its author; it changes no verdict.
"""

from __future__ import annotations

import ast
import re
from typing import Any

import numpy as np

from autograder.course.program_files import parsed
from autograder.grading.asking import Ask, Outcome, ask_program
from autograder.language import tr
from autograder.sandbox.cells import at_start, place
from autograder.sandbox.failures import in_words
from autograder.sandbox.program import Program
from autograder.sandbox.values import Tensor
from autograder.several_files import lines_of

_RETURN = re.compile(r"return\b")


def worth_it(outcome: Outcome) -> bool:
    """Whether an answer is one whose origin can be told: None, or with a NaN somewhere in it that no check fed in."""
    if outcome.failure is not None:
        return False
    fed = [(call.arguments, call.keywords, call.built, call.weights) for call in outcome.remarks.calls]
    return outcome.value is None or (has_nan(outcome.value) and not has_nan(fed, infinity=True))


def has_nan(value: Any, *, infinity: bool = False) -> bool:
    """Whether a NaN, or an `infinity` where that counts too, is somewhere in a value."""
    if isinstance(value, Tensor):
        value = value.values
    if isinstance(value, list | tuple):
        return any(has_nan(each, infinity=infinity) for each in value)
    if isinstance(value, dict):
        return any(has_nan(each, infinity=infinity) for each in value.values())
    if not isinstance(value, float | complex | np.ndarray | np.generic) or np.asarray(value).dtype.kind not in "fc":
        return False
    return bool(np.isnan(value).any() or (infinity and np.isinf(value).any()))


def origin(ask: Ask, watched: Program, source: str) -> str:
    """One sentence on the line where the answer went wrong; empty where that can't be told."""
    try:
        outcome = ask_program(ask, watched)
    except Exception:  # the check can't use the answer; it says so itself
        return ""
    if outcome.failure is not None:
        return ""
    if outcome.value is None:
        return _end(outcome.remarks.end, source)
    line = outcome.remarks.nan if has_nan(outcome.value) else 0
    text = _line(line, source)
    if not text:
        return ""
    return tr("The first NaN is made at {place} of your file: {text}", place=in_words(place(source, line)), text=text)


def _end(line: int, source: str) -> str:
    text = _line(line, source)
    if not text:
        return ""
    where = in_words(place(source, line))
    if _RETURN.match(text):
        return tr("{place} of your file returns nothing: {text}", place=at_start(where), text=text)
    if _returns(line, source):
        return tr("The last line that ran is {place} of your file: {text}", place=where, text=text)
    return tr(
        "The function ends after {place} of your file, without coming to a `return`: {text}", place=where, text=text
    )


def _returns(line: int, source: str) -> bool:
    """Whether a line is part of a `return`, which began before it, or stands on the line of an `if`."""
    tree = parsed(source)
    if tree is None:
        return True  # nobody knows
    returns = (node for node in ast.walk(tree) if isinstance(node, ast.Return))
    return any(node.lineno <= line <= (node.end_lineno or node.lineno) for node in returns)


def _line(number: int, source: str) -> str:
    lines = lines_of(source)
    return lines[number - 1].strip()[:200] if 0 < number <= len(lines) else ""
