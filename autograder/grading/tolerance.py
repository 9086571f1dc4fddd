"""When two numbers are near enough to be the same one. It must not know what they are numbers of."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal, TypeAlias, get_args

import numpy as np
import numpy.typing as npt

Array = npt.NDArray[Any]

#: The course's contract: relative and absolute tolerance, by the precision of the expected values.
_DOUBLE = (1e-6, 1e-9)
_SINGLE = (1e-4, 1e-6)
_HALF = (1e-2, 1e-3)
Equal: TypeAlias = Literal["usual", "strict", "lenient"]
EQUAL: tuple[Equal, ...] = get_args(Equal)


@dataclass(frozen=True)
class Tolerance:
    """Relative and absolute tolerance; None leaves it to the precision of the expected values.

    `equal`: how much of a value's type counts; see `difference`.
    """

    relative: float | None = None
    absolute: float | None = None
    equal: Equal = "usual"

    def within(self, expected_dtype: str) -> tuple[float, float]:
        """(rtol, atol) for expected values of this dtype."""
        relative, absolute = _DOUBLE
        if expected_dtype in ("float32", "complex64"):
            relative, absolute = _SINGLE
        elif expected_dtype in ("float16", "bfloat16"):
            relative, absolute = _HALF
        return (
            relative if self.relative is None else self.relative,
            absolute if self.absolute is None else self.absolute,
        )


#: The tolerance of the course's contract.
STANDARD = Tolerance()


def close(values: Array, right: Array, rtol: float, atol: float) -> npt.NDArray[np.bool_]:
    """Which entries of two arrays of one shape are near enough."""
    if values.dtype.kind not in "fc":
        return np.asarray(values == right, dtype=bool)
    with np.errstate(all="ignore"):
        most = atol + rtol * np.abs(right)
        if np.isfinite(most).all():  # and so is the right one, most often; `isclose` takes ten times as long
            return np.asarray(np.abs(values - right) <= most)
        return np.asarray(np.isclose(values, right, rtol=rtol, atol=atol, equal_nan=True))
