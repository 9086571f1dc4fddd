"""The little language in which a public check writes its arguments and its expected value.

A list is a float64 array; a scalar is itself; a mapping with one of `FORMS` builds something else; any other mapping is
a dict of values. Only its grammar lives here. It must not know numpy: the grader builds the arrays.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from autograder.course.problems import nearest
from autograder.course.source import Plain
from autograder.language import tr

DTYPES = ("float32", "float64", "int64", "bool")

#: Every form and its options: `{tensor: [[1, 2]], dtype: float64}`, `{list: [1, 2]}`, `{normal: [5, 3], scale: 8}`,
#: `{uniform: [5], low: 0, high: 1}`, `{eye: 3, scale: 0.7}`, `{zeros: [2, 3]}`. Draws come from the check's own rng.
FORMS: Mapping[str, frozenset[str]] = {
    "tensor": frozenset({"dtype"}),
    "list": frozenset(),
    "normal": frozenset({"scale"}),
    "uniform": frozenset({"low", "high"}),
    "eye": frozenset({"scale"}),
    "zeros": frozenset(),
}


def form_of(value: Mapping[str, Plain]) -> str | None:
    """Return the form that a mapping is written in, or None if it is a dict of values."""
    return next((form for form in FORMS if form in value), None)


def faults(value: Plain) -> Iterator[str]:
    """Yield what is wrong with a value, one sentence each."""
    if isinstance(value, list):
        yield from _array_faults(value)
    elif isinstance(value, dict):
        form = form_of(value)
        if form is None:
            for inner in value.values():
                yield from faults(inner)
        else:
            yield from _form_faults(form, value)


def _form_faults(form: str, value: Mapping[str, Plain]) -> Iterator[str]:
    body, options = value[form], FORMS[form]
    for option in value.keys() - options - {form}:
        yield tr(
            "{{{form}: …}} has no option {option!r}.{nearest}",
            form=form,
            option=option,
            nearest=nearest(option, options),
        )
    if form == "list":
        if not isinstance(body, list):
            yield tr("{{list: …}} needs a list.")
        else:
            for item in body:
                yield from faults(item)
    elif form == "tensor":
        if isinstance(body, list):
            yield from _array_faults(body)
        elif not _is_number(body):
            yield tr("{{tensor: …}} needs a number or a list of numbers.")
    elif form == "eye":
        if not _is_size(body):
            yield tr("{{eye: …}} needs a size, such as 3.")
    elif not (isinstance(body, list) and all(map(_is_size, body))):
        yield tr("{{{form}: …}} needs a shape, such as [2, 3].", form=form)
    if "dtype" in value and value["dtype"] not in DTYPES:
        yield tr("dtype must be one of {dtypes}.", dtypes=", ".join(DTYPES))
    for option in ("scale", "low", "high"):
        if option in value and not _is_number(value[option]):
            yield tr("{option!r} must be a number.", option=option)


def _array_faults(value: list[Plain]) -> Iterator[str]:
    if _shape(value) is None:
        yield tr(
            "A list is an array: numbers only, every row of the same length. For a Python list write {{list: […]}}."
        )


def _shape(value: Plain) -> tuple[int, ...] | None:
    """Return the shape of nested lists of numbers, or None if they are no array."""
    if not isinstance(value, list):
        return () if _is_number(value) else None
    inner = {_shape(item) for item in value}
    if len(inner) > 1 or None in inner:
        return None
    return (len(value), *(inner.pop() or ())) if inner else (0,)


def _is_number(value: Plain) -> bool:
    return isinstance(value, (int, float)) and not isinstance(value, bool)


def _is_size(value: Plain) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and 0 <= value <= 10_000
