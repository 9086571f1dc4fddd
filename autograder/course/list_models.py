"""What authors write in the two lists beside a solution: figures that texts quote, and changes that no check can see.

It must not know how an entry is proved.
"""

from collections.abc import Iterator
from typing import Annotated

from msgspec import Meta

from autograder.course.authored import Authored, Fault
from autograder.course.model import Text
from autograder.language import tr


class Figure(Authored, frozen=True, kw_only=True):
    """A number that a text quotes. A power of ten that the text sets apart is scaled away in `expr`."""

    claim: Annotated[Text, Meta(description="The number as it is quoted, with its digits: '0.349', '2.3', '1e-5'.")]
    text: Annotated[Text, Meta(description="Where it is quoted, word for word; line breaks count as blanks.")]
    expr: Annotated[Text | None, Meta(description="A Python expression with math and numpy as np.")] = None
    code: Annotated[Text | None, Meta(description="Lines of Python that assign to `value`, instead of expr.")] = None

    def faults(self) -> Iterator[Fault]:
        if (self.expr is None) == (self.code is None):
            yield (), tr("needs one of 'expr' and 'code'")

    @property
    def computation(self) -> dict[str, str]:
        return {"expr": self.expr} if self.expr is not None else {"code": self.code or ""}


class Equivalent(Authored, frozen=True, kw_only=True):
    """A mutant that no fair check can tell from the reference, and why."""

    mutant: Annotated[Text, Meta(description="Its description, as `gradecheck validate` prints it.")]
    why: Annotated[Text, Meta(description="Why it is as right as the reference, or differs only where none may ask.")]
