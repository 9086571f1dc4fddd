"""What the tests of this folder share."""

from tests.small_course import small_course

__all__ = ["small_course"]
