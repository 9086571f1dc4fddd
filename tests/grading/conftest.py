"""What tests of grading share: judges that stay warm."""

from tests.grading.judges import graded

__all__ = ["graded"]
