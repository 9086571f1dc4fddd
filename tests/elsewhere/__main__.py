"""`gradecheck` as on another system: `python -m tests.elsewhere win32 run exercise-04`."""

from __future__ import annotations

import sys

from tests.elsewhere import take_away

if __name__ == "__main__":
    take_away(sys.argv.pop(1))
    sys.argv[0] = "gradecheck"
    import gradecheck_course

    gradecheck_course.main()
