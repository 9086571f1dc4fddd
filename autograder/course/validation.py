"""Checks plain data against a model, and puts what is wrong into sentences that name the file and the line.

The models know nothing of files, the source nothing of models; here they meet. Knows no particular model. Right data
are read by msgspec in one go; only where something is wrong does `reader` walk them, slowly, to say everything at once.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from typing import Any, TypeVar, cast

import msgspec

from autograder.course.authored import Authored, Fault, convert
from autograder.course.problems import Problem
from autograder.course.source import Plain, Source
from autograder.language import tr

Model = TypeVar("Model", bound=Authored)


def validate(model: type[Model], source: Source) -> tuple[Model | None, list[Problem]]:
    """Return the model that `source` holds, None if it holds none, and every problem of its text and meaning."""
    problems = list(source.problems)
    if source.broken:
        return None, problems
    if not isinstance(source.data, dict):
        empty = source.data is None
        found = tr("This file is empty") if empty else tr("This file must be a mapping of keys to values")
        return None, problems or [
            source.problem(
                (), tr("{found}; it begins with a line such as '{key}: …'.", found=found, key=_first_key(model))
            )
        ]
    quick = _read_at_once(model, source.data)
    if quick is not None:
        return quick, problems
    from autograder.course.reader import Reader

    reader = Reader(source)
    instance = reader.model(model)
    if not reader.problems:
        return cast(Model, instance), problems
    reported = {problem.line for problem in problems}
    return None, problems + [problem for problem in reader.problems if problem.line not in reported]


def _first_key(model: type[Model]) -> str:
    """Return the first key that a file of this model must have, or can have if it must have none."""
    keys = msgspec.structs.fields(model)
    return next((each for each in keys if each.required), keys[0]).encode_name


def _read_at_once(model: type[Model], data: Plain) -> Model | None:
    """Return the model that right data hold. None where anything is wrong, or empty, or for the reader to judge."""
    if not _ordinary(data):
        return None
    try:
        instance = msgspec.convert(data, model, dec_hook=convert)
    except msgspec.ValidationError:
        return None
    return None if any(_faults(instance)) else instance


def _ordinary(data: Plain) -> bool:
    """Return whether nothing is empty and every number finite: what msgspec would let pass and the reader refuses."""
    if isinstance(data, dict):
        return all(map(_ordinary, data.values()))
    if isinstance(data, list):
        return all(map(_ordinary, data))
    return data is not None and not (isinstance(data, float) and not math.isfinite(data))


def _faults(value: Any) -> Iterator[Fault]:
    """Yield what every model inside a value says of itself."""
    if isinstance(value, Authored):
        yield from value.faults()
        for name in value.__struct_fields__:
            yield from _faults(getattr(value, name))
    elif isinstance(value, tuple):
        for item in value:
            yield from _faults(item)
    elif isinstance(value, dict):
        yield from _faults(tuple(value.values()))
