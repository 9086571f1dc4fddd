"""What a check holds of a program: its names, and objects that stay behind the wall, used as one uses one's own.

Every operation is a question to the program, and raises ProgramFailure. It must not know how questions are sent.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import lru_cache
from typing import Any, Protocol

from autograder.language import tr
from autograder.sandbox.failures import ProgramError, ProgramRefused
from autograder.sandbox.wire import By

#: Items that a loop takes of one object; who loops over an endless one would wait for ever.
MOST_ITEMS = 10_000
#: What may be asked of a function that is only read by a check: what `functools.wraps` copies.
_READABLE = frozenset({"__name__", "__qualname__", "__doc__", "__wrapped__", "__dict__", "__module__"})


class Asker(Protocol):
    """The program, as far as its objects ask it."""

    def call(self, target: Any, name: str, arguments: tuple[Any, ...], keywords: dict[str, Any]) -> Any: ...

    def get(self, target: Any, name: str) -> Any: ...

    def set(self, target: Any, name: str, value: Any) -> None: ...

    def apply(self, operation: str, operands: tuple[Any, ...]) -> Any: ...

    def gradient(self, target: Any, by: By, arguments: tuple[Any, ...], weights: Any) -> Any: ...

    def new_number(self) -> int: ...


class Exhausted(ProgramError, StopIteration):
    """There is no next item."""


def _asks(operation: str) -> Callable[..., Any]:
    def ask(self: Behind, *operands: Any) -> Any:
        return self._program.apply(operation, (self, *operands))

    return ask


def _both(operation: str) -> tuple[Callable[..., Any], Callable[..., Any]]:
    """An operator with the object on the left, and on the right."""

    def swapped(self: Behind, other: Any) -> Any:
        return self._program.apply(operation, (other, self))

    return _asks(operation), swapped


def _gives(operation: str, kind: type) -> Callable[..., Any]:
    """An operation whose result Python wants to be of one type."""

    def ask(self: Behind, *operands: Any) -> Any:
        value = self._program.apply(operation, (self, *operands))
        if type(value) is not kind or (isinstance(value, int) and operation == "len" and not 0 <= value < 2**63):
            raise ProgramRefused(tr("Its answer is none that {operation}(…) can give.", operation=operation))
        return value

    return ask


def is_iterator(value: Any) -> bool:
    """Say whether it is an iterator of the check's, which gives its items once, one by one: a generator, say."""
    return hasattr(type(value), "__next__") and not isinstance(value, Behind)


class Behind:
    """Something behind the wall, with Python's data model. `_program` is whom it belongs to."""

    __slots__ = ()
    _program: Asker
    # numpy leaves `array + v` to v then.
    __array_ufunc__ = None

    __add__, __radd__ = _both("add")
    __sub__, __rsub__ = _both("sub")
    __mul__, __rmul__ = _both("mul")
    __truediv__, __rtruediv__ = _both("truediv")
    __floordiv__, __rfloordiv__ = _both("floordiv")
    __mod__, __rmod__ = _both("mod")
    __divmod__, __rdivmod__ = _both("divmod")
    __matmul__, __rmatmul__ = _both("matmul")
    __and__, __rand__ = _both("and_")
    __or__, __ror__ = _both("or_")
    __xor__, __rxor__ = _both("xor")
    __lshift__, __rlshift__ = _both("lshift")
    __rshift__, __rrshift__ = _both("rshift")
    __pow__, __rpow__ = _both("pow")
    __iadd__, __isub__, __imul__ = _asks("iadd"), _asks("isub"), _asks("imul")
    __itruediv__, __ifloordiv__, __imod__ = _asks("itruediv"), _asks("ifloordiv"), _asks("imod")
    __ipow__, __imatmul__ = _asks("ipow"), _asks("imatmul")
    __iand__, __ior__, __ixor__ = _asks("iand"), _asks("ior"), _asks("ixor")
    __ilshift__, __irshift__ = _asks("ilshift"), _asks("irshift")
    __lt__, __le__, __gt__, __ge__ = _asks("lt"), _asks("le"), _asks("gt"), _asks("ge")
    __eq__, __ne__ = _asks("eq"), _asks("ne")
    __neg__, __pos__, __invert__, __abs__ = _asks("neg"), _asks("pos"), _asks("invert"), _asks("abs")
    __getitem__, __setitem__, __delitem__ = _asks("getitem"), _asks("setitem"), _asks("delitem")
    __round__, __reversed__, __enter__ = _asks("round"), _asks("reversed"), _asks("enter")
    __len__, __hash__, __index__ = _gives("len", int), _gives("hash", int), _gives("index", int)
    __int__, __float__, __complex__ = _gives("int", int), _gives("float", float), _gives("complex", complex)
    __bool__, __contains__ = _gives("bool", bool), _gives("contains", bool)
    __str__, __repr__, __format__ = _gives("str", str), _gives("repr", str), _gives("format", str)

    def __init_subclass__(cls) -> None:
        # What stands there is the program's own, and not what is said of this class.
        cls.__doc__ = property(lambda self: self._program.get(self, "__doc__"))  # type: ignore[assignment]

    def __copy__(self) -> Any:
        return self._program.apply("copy", (self,))

    def __deepcopy__(self, memo: object) -> Any:
        return self._program.apply("deepcopy", (self,))

    def __instancecheck__(self, instance: Any) -> bool:
        return self._program.apply("isinstance", (instance, self)) is True

    def __subclasscheck__(self, subclass: Any) -> bool:
        return self._program.apply("issubclass", (subclass, self)) is True

    def __iter__(self) -> Iterator[Any]:
        iterator = self._program.apply("iter", (self,))
        if not isinstance(iterator, Behind):
            raise ProgramRefused(tr("Its answer is none that {operation}(…) can give.", operation="iter"))
        for _ in range(MOST_ITEMS):
            try:
                item = iterator.__next__()
            except Exhausted:
                return
            yield item
        raise ProgramRefused(tr("It gave {n} items and went on.", n=MOST_ITEMS))

    def __next__(self) -> Any:
        try:
            return self._program.apply("next", (self,))
        except ProgramError as end:
            if end.type != "StopIteration":
                raise
            raise Exhausted(end.type, end.message, end.bases, end.lines, end.column, end.places) from None

    def __exit__(self, kind: type | None, problem: BaseException | None, trace: object) -> bool:
        if problem is None:
            return bool(self._program.apply("exit", (self,)))
        return self._program.apply("exit", (self, *described(problem))) is True

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__") and name not in _READABLE:
            raise AttributeError(name)
        return self._program.get(self, name)

    def __setattr__(self, name: str, value: Any) -> None:
        if name.startswith("__"):
            raise AttributeError(tr("a check can't set {name!r} of an object", name=name))
        self._program.set(self, name, value)

    def __delattr__(self, name: str) -> None:
        if name.startswith("__"):
            raise AttributeError(tr("a check can't delete {name!r} of an object", name=name))
        self._program.apply("delattr", (self, name))


def described(problem: BaseException) -> tuple[str, list[str], str]:
    """The type of an exception, the built-in ones that it derives from, and its text."""
    if isinstance(problem, ProgramError):
        return problem.type, problem.bases, problem.message
    bases = [each.__name__ for each in type(problem).__mro__ if each.__module__ == "builtins" and each is not object]
    only = problem.args[0] if len(problem.args) == 1 else None
    return type(problem).__name__, bases, only if isinstance(only, str) else str(problem)


class Function(Behind):
    """A function, class or other thing of a program, by its name: calling it asks."""

    __slots__ = ("_name", "_program")
    _name: str

    def __init__(self, program: Asker, name: str) -> None:
        object.__setattr__(self, "_program", program)
        object.__setattr__(self, "_name", name)

    def __call__(self, *arguments: Any, **keywords: Any) -> Any:
        return self._program.call(None, self._name, arguments, keywords)

    def __repr__(self) -> str:
        return self._name  # as a check's author reads it where an assertion fails


class Handle(Behind):
    """An object that stays behind the wall.

    `_type` names its type, `_fields` and `_items` tell what says all of it; see `wire.HandleNode`.
    """

    __slots__ = ("_fields", "_generation", "_items", "_number", "_program", "_type")
    _generation: int
    _number: int
    _type: str
    _fields: list[str]
    _items: bool

    def __new__(cls, program: Asker, generation: int, number: int, type: str, *rest: Any, **more: Any) -> Handle:
        return object.__new__(_named(type))

    def __init__(
        self, program: Asker, generation: int, number: int, type: str, fields: list[str], *, items: bool
    ) -> None:
        own = {"program": program, "generation": generation, "number": number, "type": type, "fields": fields}
        for name, value in [*own.items(), ("items", items)]:
            object.__setattr__(self, f"_{name}", value)

    def __call__(self, *arguments: Any, **keywords: Any) -> Any:
        return self._program.call(self, "", arguments, keywords)


@lru_cache(maxsize=256)
def _named(name: str) -> type[Handle]:
    """A class of that name for handles, so that a check may ask for `type(v).__name__`, and compare two types."""
    return type(name, (Handle,), {"__slots__": ()}) if name.isidentifier() else Handle
