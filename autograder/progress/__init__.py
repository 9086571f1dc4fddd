"""The student's own record: hints read, files started, runs, and the misconceptions met, in one SQLite file.

It must not know how anything was graded, and it must never stop a command: where the record can't be kept, one line
says so.
"""

from .record import Best, Met, Progress, open_progress

__all__ = ["Best", "Met", "Progress", "open_progress"]
