"""Checks plain data against a model, and puts what is wrong into sentences that name the file and the line.

The models know nothing of files, the source nothing of models; here they meet. Knows no particular model.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, TypeVar

from pydantic import BaseModel, ConfigDict, ValidationError, ValidationInfo, model_validator

from .problems import Problem, nearest
from .source import Plain, Source

PATTERNS: dict[str, str] = {}
"""What each pattern of a model asks for, in words: models add theirs."""

_SHAPES = {
    "string_type": "must be text; put it in quotes",
    "tuple_type": "must be a list",
    "list_type": "must be a list",
    "dict_type": "must be a mapping of keys to values",
    "model_type": "must be a mapping of keys to values",
    "model_attributes_type": "must be a mapping of keys to values",
    "bool_type": "must be true or false",
    "bool_parsing": "must be true or false",
    "finite_number": "must be a finite number",
}


class Authored(BaseModel):
    """Something an author writes: no unknown keys, no later change."""

    model_config = ConfigDict(extra="forbid", frozen=True, allow_inf_nan=False, defer_build=True)

    @model_validator(mode="before")
    @classmethod
    def _remember(cls, value: Any, info: ValidationInfo) -> Any:
        """Notes which model reads which mapping, so that an unknown key can be answered with the nearest known one."""
        if info.context is not None:
            info.context[id(value)] = cls
        return value


Model = TypeVar("Model", bound=Authored)


def validate(model: type[Model], source: Source) -> tuple[Model | None, list[Problem]]:
    """The model that `source` holds (None if it holds none), and every problem of the text and of its meaning."""
    problems = list(source.problems)
    if source.broken:
        return None, problems
    if not isinstance(source.data, dict):
        empty = source.data is None
        found = "This file is empty" if empty else "This file must be a mapping of keys to values"
        return None, problems or [source.problem((), f"{found}; it begins with a line such as 'title: …'.")]
    readers: dict[int, type[BaseModel]] = {}
    try:
        return model.model_validate(source.data, context=readers), problems
    except ValidationError as error:
        told = {problem.line for problem in problems}
        found_here = (_problem(fault, source, readers) for fault in error.errors(include_url=False))
        return None, problems + [problem for problem in found_here if problem.line not in told]


def _problem(fault: Any, source: Source, readers: Mapping[int, type[BaseModel]]) -> Problem:
    location, kind = tuple(fault["loc"]), fault["type"]
    if kind == "extra_forbidden":
        mapping = _mapping_at(source.data, location[:-1])
        return source.problem(location, _unknown_key(str(location[-1]), readers.get(id(mapping))))
    if kind == "missing":
        return source.problem(location, f"The key '{_path(location)}' is missing.")
    return source.problem(location, f"{_subject(location)} {_demand(fault)}.")


def _unknown_key(key: str, reader: type[BaseModel] | None) -> str:
    known = [field.alias or name for name, field in reader.model_fields.items()] if reader else []
    return f"Unknown key {key!r}.{nearest(key, known) or ' Known here: ' + ', '.join(known) + '.'}"


def _mapping_at(data: Plain, location: Iterable[str | int]) -> Plain:
    for part in location:
        if isinstance(data, dict) and part in data:
            data = data[str(part)]
        elif isinstance(data, list) and isinstance(part, int):
            data = data[part]
    return data


def _subject(location: tuple[str | int, ...]) -> str:
    return f"'{_path(location)}'" if location else "This"


def _path(location: tuple[str | int, ...]) -> str:
    text = "".join(f"[{part + 1}]" if isinstance(part, int) else f".{part}" for part in location if part != "[key]")
    return text.lstrip(".")


def _demand(fault: Any) -> str:
    kind, context, given = fault["type"], fault.get("ctx", {}), fault["input"]
    if kind == "value_error":
        return str(context["error"]).rstrip(".")
    if kind in _SHAPES:
        return "is empty; write something, or delete the key" if given is None else _SHAPES[kind]
    if kind == "string_pattern_mismatch" and context["pattern"] in PATTERNS:
        return f"must be {PATTERNS[context['pattern']]}"
    if kind == "literal_error":
        return f"must be {context['expected']}, not {given!r}"
    if kind == "too_short":
        return f"needs at least {context['min_length']} entries, and has {context['actual_length']}"
    return str(fault["msg"]).replace("Input should", "must", 1)
