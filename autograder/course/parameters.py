"""Values that are drawn for each student, as authors write them in a quiz or a drill: `{integer: [10, 20]}`.

It must not know how values are drawn: `draws` does that.
"""

from collections.abc import Iterator, Mapping
from typing import Annotated, Any, TypeAlias

from msgspec import Meta, field

from autograder.course.authored import PATTERNS, Authored, Fault, OwnText
from autograder.course.expressions import CONSTANTS, FUNCTIONS, expression_fault
from autograder.course.source import Location, Plain
from autograder.language import later, tr

PARAMETER = r"^[A-Za-z][A-Za-z0-9_]*$"
PATTERNS[PARAMETER] = later("one name of letters, digits and underscores, such as price")
LARGEST = 10**9


class Expression(OwnText):
    """A number worked out: `0.7**20`. A bare number is one too. Whether it holds what it may, its model asks."""

    __slots__ = ()

    @classmethod
    def of(cls, value: Plain) -> "Expression":
        if isinstance(value, str) and value.strip():
            return cls(value)
        if isinstance(value, int | float) and not isinstance(value, bool):
            return cls(repr(value))
        raise ValueError(tr("must be a number or an expression such as 0.7**20"))


class Parameter(Authored, frozen=True, kw_only=True):
    """A value that a question draws for each student, or derives from what it has drawn: one of four forms."""

    choose: Annotated[
        Annotated[tuple[Any, ...], Meta(min_length=2)] | None, Meta(description="One of these numbers, or words.")
    ] = None
    integer: Annotated[
        Annotated[tuple[int, ...], Meta(min_length=2, max_length=2)] | None,
        Meta(description="A whole number between two ends, both included."),
    ] = None
    real: Annotated[
        Annotated[tuple[float, ...], Meta(min_length=2, max_length=2)] | None,
        Meta(description="A number between two ends, rounded to `decimals`."),
    ] = None
    decimals: Annotated[int, Meta(ge=0, le=10, description="How far a real number is rounded.")] = 2
    derived: Annotated[Expression | None, Meta(description="Worked out from the parameters above it.")] = field(
        default=None, name="is"
    )

    def faults(self) -> Iterator[Fault]:
        forms = (self.choose, self.integer, self.real, self.derived)
        if sum(form is not None for form in forms) != 1:
            yield (), tr("needs one of 'choose', 'integer', 'real' and 'is'")
        for name, ends in (("integer", self.integer), ("real", self.real)):
            if ends and not -LARGEST <= ends[0] < ends[1] <= LARGEST:
                yield (name,), tr("needs two ends, the smaller one first, and none beyond a thousand million")
        kinds = {str if isinstance(value, str) else _kind(value) for value in self.choose or ()}
        if not kinds <= {str} and not kinds <= {float}:
            yield ("choose",), tr("must hold numbers alone, or words alone")
        if len(set(map(str, self.choose or ()))) < len(self.choose or ()):
            yield ("choose",), tr("holds a value twice")

    @property
    def is_word(self) -> bool:
        """Whether it stands for a word, which a template can show and an expression can't use."""
        return self.choose is not None and isinstance(self.choose[0], str)


def _kind(value: Any) -> type:
    return float if isinstance(value, int | float) and not isinstance(value, bool) else object


Parameters: TypeAlias = Annotated[
    dict[Annotated[str, Meta(pattern=PARAMETER, max_length=40)], Parameter],
    Meta(description="Values drawn from the student's seed, by name."),
]
Where: TypeAlias = Annotated[
    Annotated[str, Meta(pattern=r"\S")] | None,
    Meta(description="A relation that the drawn values must meet, such as a < b."),
]


def parameter_faults(parameters: Mapping[str, Parameter], where: str | None) -> Iterator[Fault]:
    """Yield what is wrong with parameters and the relation that they must meet."""
    known: set[str] = set()
    for name, parameter in parameters.items():
        place: Location = ("parameters", name)
        if name in FUNCTIONS or name in CONSTANTS:
            yield place, tr("has the name of a function or constant ({name}); choose another", name=name)
        if parameter.derived is not None and (fault := expression_fault(parameter.derived, known)):
            yield (*place, "is"), fault
        known.update(() if parameter.is_word else (name,))
    if where is not None and (fault := expression_fault(where, known, relation=True)):
        yield ("where",), fault


def numbers_of(parameters: Mapping[str, Parameter]) -> frozenset[str]:
    """Return the names of the parameters that stand for numbers."""
    return frozenset(name for name, parameter in parameters.items() if not parameter.is_word)


def words_of(parameters: Mapping[str, Parameter]) -> frozenset[str]:
    """Return the names of the parameters that stand for words."""
    return frozenset(name for name, parameter in parameters.items() if parameter.is_word)
