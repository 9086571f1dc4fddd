"""Why an answer can't cross the wall, in words: behind it a reason is an id with numbers, here it has a sentence.

What arrives was written by a stranger: it chooses among these reasons, and fills their holes. It must not know who
reads them.
"""

from __future__ import annotations

from collections.abc import Mapping

from autograder.language import later, tr
from autograder.sandbox.wire import CannotCross, Reason

#: What completes "its answer …".
CLAUSES: dict[Reason, str] = {
    "header": later("is too large: {size} KiB beside its arrays; at most {most} may cross"),
    "arrays": later("is too large: its arrays are {size} MiB; at most {most} may cross"),
    "array": later("is too large: an array of {size} MiB; at most {most} may cross"),
    "whole-number": later("is a whole number of {size} bits; at most {most} may cross"),
    "text": later("is a text of {size} characters; at most {most} may cross"),
    "printed": later("is a text that is too long: it printed more than {most} KiB"),
    "bytes": later("is a bytes object of {size} bytes; at most {most} may cross"),
    "dict": later("is a dict of {size} entries; at most {most} may cross"),
    "set": later("is a set of {size} items; at most {most} may cross"),
    "depth": later("is nested deeper than {most} levels, or contains itself"),
    "written": later("is a {type} that is too large, or of a kind of its own"),
    "no-module": later("is a {type}, not a torch.nn.Module"),
    "parameter-shape": later("is a module whose parameter {name} has shape {shape}, expected {expected}"),
    "buffer-shape": later("is a module whose buffer {name} has shape {shape}, expected {expected}"),
    "one-tensor": later("is one tensor, where a tuple of {expected} was expected"),
    "parts-for-one": later("is a {type} of {parts} parts, where one tensor was expected"),
    "parts": later("is a {type} of {parts} parts, expected {expected}"),
    "shape": later("has shape {shape}, expected {expected}"),
    "none": later("is None: nothing is returned, where a tensor was expected"),
    "no-tensor": later("is a {type}, where a tensor was expected"),
}
#: What stands in the place of the text of an exception, or is that of one that the engine raises in a program.
_TEXTS = (
    later("(its text could not be read)"),
    later("(it could not be read)"),
    later("this function can be called while a question is answered, and not between questions"),
    later("a cell that isn't plain Python needs IPython to be read, which isn't installed here"),
)


def clause(reason: Reason, values: Mapping[str, int | str]) -> str:
    """Return what completes "its answer …". Raises KeyError where a value isn't there."""
    return tr(CLAUSES[reason], **values)


def unsendable(what: str, problem: CannotCross) -> TypeError:
    """Return what is raised in a check whose author sends what can't cross."""
    return TypeError(f"{tr(what)} {clause(problem.reason, problem.values)}")


def text(message: str) -> str:
    """Return the text of an exception: in the language spoken where it is the engine's own."""
    return tr(message) if message in _TEXTS else message
