"""What every model of an authored file is made of: a Struct without unknown keys, that can say what is wrong inside.

It must not know any particular model, nor how data are read.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from typing import TypeAlias

import msgspec

from autograder.course.source import Location, Plain

#: What each pattern of a model asks for, in words: models add theirs.
PATTERNS: dict[str, str] = {}

#: What is wrong inside a model: where, seen from the model, and the rest of a sentence that begins with the place.
Fault: TypeAlias = tuple[Location, str]


class Authored(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """Something an author writes: no unknown keys, no later change.

    Modules of models do without `from __future__ import annotations`: msgspec would have to compile every annotation.
    """

    def faults(self) -> Iterable[Fault]:
        """Return what the types can't say; asked only where every key by itself is right."""
        return ()

    def under(self, keys: Collection[str]) -> Iterator[tuple[Location, str]]:
        """Yield the texts that stand under one of these keys, here or in a part, and where each stands."""
        return ((place, value) for place, key, value in _held(self, (), "") if key in keys and isinstance(value, str))


def _held(value: object, place: Location, key: str) -> Iterator[tuple[Location, str, object]]:
    """Yield what a model holds, down to plain values: where each stands, and the last key of a model on the way."""
    if isinstance(value, Authored):
        for name in value.__struct_fields__:
            yield from _held(getattr(value, name), (*place, name), name)
    elif isinstance(value, dict):
        for name, item in value.items():
            yield from _held(item, (*place, name), key)
    elif isinstance(value, tuple):
        for index, item in enumerate(value):
            yield from _held(item, (*place, index), key)
    else:
        yield place, key, value


class OwnText(str):
    """Text with rules of its own: a subclass says what it is made from."""

    __slots__ = ()

    @classmethod
    def of(cls, value: Plain) -> OwnText:
        """Return the text that an author's value stands for. Raises ValueError with the rest of a sentence."""
        raise NotImplementedError


def convert(kind: type, value: Plain) -> OwnText:
    """`value` as a type that msgspec doesn't know. Raises ValueError with the rest of a sentence."""
    assert issubclass(kind, OwnText)
    return kind.of(value)
