"""What every model of an authored file is made of: a Struct without unknown keys, that can say what is wrong inside.

It must not know any particular model, nor how data are read.
"""

from __future__ import annotations

from collections.abc import Iterable
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
