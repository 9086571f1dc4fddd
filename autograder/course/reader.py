"""Walks data key by key against a model, and puts everything that is wrong into sentences with their places.

msgspec says what a model's types are; the walk is ours, because an author should see every problem at once, not the
first alone. Knows no particular model. Data that are right never come here: `validation` reads those in one go.
"""

from __future__ import annotations

import math
import operator
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any, ClassVar, cast

from msgspec import inspect as types

from autograder.course.authored import PATTERNS, Authored, convert
from autograder.course.problems import Problem, meant
from autograder.course.source import Location, Plain, Source
from autograder.language import tr, tr_n

#: How like a key that is lacking another must be to be taken for it: `kye` is `key`.
_LIKE_A_LACKING_ONE = 0.6


@dataclass
class Reader:
    """Builds what the data describe. Where something is wrong it notes the problem, and what it returns is not used."""

    source: Source
    problems: list[Problem] = field(default_factory=list)

    def model(self, model: type[Authored]) -> Any:
        """Return the model that the whole source holds."""
        return self.read(_type_of(model), self.source.data, ())

    def read(self, kind: types.Type, value: Plain, here: Location) -> Any:
        """`value` as the type `kind` asks for."""
        if isinstance(kind, types.Metadata):
            return self.read(kind.type, value, here)
        return self._READERS[type(kind)](self, kind, value, here)

    def _demand(self, here: Location, demand: str) -> None:
        subject = f"'{dotted(here)}'" if here else "This"
        self.problems.append(self.source.problem(here, f"{subject} {demand}."))

    def _wrong_shape(self, value: Plain, here: Location, demand: str) -> None:
        self._demand(here, tr("is empty; write something, or delete the key") if value is None else demand)

    def _model(self, kind: types.StructType, value: Plain, here: Location) -> Any:
        if not isinstance(value, dict):
            return self._wrong_shape(value, here, tr("must be a mapping of keys to values"))
        before = len(self.problems)
        fields = {own.encode_name: own for own in kind.fields}
        lacking = self._unknown_keys(kind, value, here)
        given: dict[str, Any] = {}
        for name, own in fields.items():
            if name in value:
                given[own.name] = self.read(own.type, value[name], (*here, name))
            elif name in lacking:
                self._missing(here, name)
        if len(self.problems) > before:
            return None
        built = cast(Authored, kind.cls(**given))
        for inside, sentence in built.faults():
            self._demand((*here, *inside), sentence)
        return built

    def _missing(self, here: Location, name: str) -> None:
        said = tr("The key '{dotted}' is missing.", dotted=dotted((*here, name)))
        self.problems.append(self.source.problem(here, said))

    def _unknown_keys(self, kind: types.StructType, value: Mapping[str, Plain], here: Location) -> set[str]:
        """Tell of the keys that aren't known. Return those that must be there, and that none of these is taken for."""
        known = [*([kind.tag_field] if kind.tag_field else []), *(own.encode_name for own in kind.fields)]
        lacking = {own.encode_name for own in kind.fields if own.required} - value.keys()
        for key in (each for each in value if each not in known):
            lacking.discard(self._unknown(key, known, lacking, here))
        return lacking

    def _unknown(self, key: str, known: Iterable[str], lacking: Iterable[str], here: Location) -> str:
        """Tell of a key that isn't known, and return the one that it is taken for, one that is lacking rather."""
        name = meant(key, sorted(lacking), likeness=_LIKE_A_LACKING_ONE) or meant(key, known)
        more = tr("Did you mean {name!r}?", name=name) if name else tr("Known here: {names}.", names=", ".join(known))
        self.problems.append(
            self.source.problem((*here, key), tr("Unknown key {key!r}.{more}", key=key, more=" " + more))
        )
        return name

    def _union(self, kind: types.UnionType, value: Plain, here: Location) -> Any:
        kinds = [one for one in kind.types if not isinstance(one, types.NoneType)]
        if len(kinds) == 1:
            # A key without a value is a slip of the pen, also where the key may be left out altogether.
            allowed = value is None and not isinstance(_bare(kinds[0]), types.StrType | types.FloatType)
            return None if allowed else self.read(kinds[0], value, here)
        models = {one.tag: one for one in kinds if isinstance(one, types.StructType)}
        if not models:  # one text, or a list of them
            fits = [one for one in kinds if isinstance(_bare(one), types.VarTupleType) == isinstance(value, list)]
            return self.read(fits[0], value, here)
        tag = next(iter(models.values())).tag_field or ""
        if not isinstance(value, dict):
            return self._wrong_shape(value, here, tr("must be a mapping of keys to values"))
        if tag not in value:
            return self._without_tag(value, tag, models.values(), here)
        chosen = value[tag]
        if not isinstance(chosen, str) or chosen not in models:
            said = tr("must be {alternatives}, not {chosen!r}", alternatives=_alternatives(models), chosen=chosen)
            return self._demand((*here, tag), said)
        return self._model(models[chosen], value, here)

    def _without_tag(
        self, value: Mapping[str, Plain], tag: str, models: Iterable[types.StructType], here: Location
    ) -> None:
        known = {own.encode_name for model in models for own in model.fields}
        slips = (key for key in value if key not in known and meant(key, [tag], likeness=_LIKE_A_LACKING_ONE))
        if (slip := next(slips, None)) is None:
            self._missing(here, tag)
        else:
            self._unknown(slip, [tag], [tag], here)

    def _list(self, kind: types.VarTupleType, value: Plain, here: Location) -> Any:
        if not isinstance(value, list):
            return self._wrong_shape(value, here, tr("must be a list"))
        self._count(kind, len(value), here)
        return tuple(self.read(kind.item_type, item, (*here, index)) for index, item in enumerate(value))

    def _mapping(self, kind: types.DictType, value: Plain, here: Location) -> Any:
        if not isinstance(value, dict):
            return self._wrong_shape(value, here, tr("must be a mapping of keys to values"))
        self._count(kind, len(value), here)
        for key in value:
            self.read(kind.key_type, key, (*here, key))
        return {key: self.read(kind.value_type, item, (*here, key)) for key, item in value.items()}

    def _count(self, kind: types.VarTupleType | types.DictType, value: int, here: Location) -> None:
        """Demand as many entries as there may be."""
        least, most = kind.min_length, kind.max_length
        if least is not None and value < least:
            said = tr_n(
                "needs at least {n} entry, and has {value}", "needs at least {n} entries, and has {value}",
                least, value=value,
            )  # fmt: skip
            self._demand(here, said)
        if most is not None and value > most:
            self._demand(here, tr("needs at most {most} entries, and has {value}", most=most, value=value))

    def _text(self, kind: types.StrType, value: Plain, here: Location) -> Any:
        if not isinstance(value, str):
            return self._wrong_shape(value, here, tr("must be text; put it in quotes"))
        if kind.pattern is not None and not re.search(kind.pattern, value):
            self._demand(here, tr("must be {what}", what=tr(PATTERNS.get(kind.pattern, kind.pattern))))
        elif kind.max_length is not None and len(value) > kind.max_length:
            said = tr(
                "must have at most {max_length} characters, and has {value}",
                max_length=kind.max_length,
                value=len(value),
            )
            self._demand(here, said)
        return value

    def _own(self, kind: types.CustomType, value: Plain, here: Location) -> Any:
        try:
            return convert(kind.cls, value)
        except ValueError as error:
            return self._wrong_shape(value, here, str(error))

    def _number(self, kind: types.FloatType | types.IntType, value: Plain, here: Location) -> Any:
        number = _number(value)
        if number is None:
            comma = isinstance(value, str) and re.fullmatch("[0-9]+,[0-9]+", value) is not None
            demand = tr("must be a number, with a point before its decimals") if comma else tr("must be a number")
            return self._wrong_shape(value, here, demand)
        if not math.isfinite(number):
            return self._demand(here, tr("must be a finite number"))
        if isinstance(kind, types.IntType) and number != int(number):
            return self._demand(here, tr("must be a whole number"))
        for limit, met, words in _limits(kind):
            if limit is not None and not met(number, limit):
                self._demand(here, tr("must be {compared} {limit:g}", compared=words, limit=limit))
        return int(number) if isinstance(kind, types.IntType) else number

    def _truth(self, _: types.BoolType, value: Plain, here: Location) -> Any:
        return value if isinstance(value, bool) else self._wrong_shape(value, here, tr("must be true or false"))

    def _literal(self, kind: types.LiteralType, value: Plain, here: Location) -> Any:
        if value not in kind.values:
            said = tr("must be {alternatives}, not {value!r}", alternatives=_alternatives(kind.values), value=value)
            return self._demand(here, said)
        return value

    def _anything(self, _: types.AnyType, value: Plain, here: Location) -> Any:
        return value

    _READERS: ClassVar[dict[type, Any]] = {
        types.StructType: _model,
        types.UnionType: _union,
        types.VarTupleType: _list,
        types.DictType: _mapping,
        types.StrType: _text,
        types.CustomType: _own,
        types.FloatType: _number,
        types.IntType: _number,
        types.BoolType: _truth,
        types.LiteralType: _literal,
        types.AnyType: _anything,
    }


@lru_cache(maxsize=32)
def _type_of(model: type[Authored]) -> types.Type:
    return types.type_info(model)


def _limits(
    kind: types.FloatType | types.IntType,
) -> tuple[tuple[float | None, Callable[[float, float], bool], str], ...]:
    return (
        (kind.gt, operator.gt, tr("greater than")),
        (kind.ge, operator.ge, tr("greater than or equal to")),
        (kind.lt, operator.lt, tr("less than")),
        (kind.le, operator.le, tr("less than or equal to")),
    )


def _bare(kind: types.Type) -> types.Type:
    return _bare(kind.type) if isinstance(kind, types.Metadata) else kind


def _number(value: Plain) -> float | None:
    """Return the number that an author wrote, with or without quotes (`8e-4` is text to many YAML readers)."""
    if isinstance(value, bool) or not isinstance(value, int | float | str):
        return None
    try:
        return float(value)
    except (ValueError, OverflowError):
        return None


def _alternatives(words: Iterable[Any]) -> str:
    *most, last = [repr(word) for word in words]
    return tr("{most} or {last}", most=", ".join(most), last=last) if most else last


def dotted(location: Location) -> str:
    return "".join(_steps(location)).lstrip(".")


def _steps(location: Location) -> Iterator[str]:
    for part in location:
        yield f"[{part + 1}]" if isinstance(part, int) else f".{part}"
