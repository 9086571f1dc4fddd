"""The cells that ran in this kernel, as Python: what each holds, and how far it came. IPython keeps the texts."""

from __future__ import annotations

import re
from types import TracebackType
from typing import Any

from autograder.course.program_files import is_python
from autograder.jupyter.definitions import RanCell

#: Magics whose cell is Python that runs in the notebook.
_PYTHON = re.compile(r"%%(?:gradecheck|time|capture|prun)\b.*\n?")


class RanCells:
    """The cells of one shell of IPython's. A cell that was stopped by an error counts up to there."""

    def __init__(self, shell: Any) -> None:
        self._shell = shell
        self._ran: dict[int, int] = {}

    def note(self, result: Any) -> None:
        """Remember how far a cell ran. IPython calls it after each."""
        if result.info.store_history and not result.success:
            self._ran[self.current] = self._lines_ran(result)

    @property
    def current(self) -> int:
        """The number of the cell that runs, or ran last, as it stands beside it."""
        return len(self._shell.history_manager.input_hist_raw) - 1

    def run(self, text: str) -> None:
        """Run a cell as any other, so that what it defines is there; one that is no Python isn't run at all."""
        if not is_python(self._as_python(text)):
            self._ran[self.current] = 0
            return
        after = self._shell.execution_count
        self._shell.execution_count = self.current  # a traceback tells the number that stands beside the cell
        try:
            result = self._shell.run_cell(text)
        finally:
            self._shell.execution_count = after
        if isinstance(result.error_in_exec, KeyboardInterrupt):
            raise KeyboardInterrupt
        if not result.success:
            self._ran[self.current] = self._lines_ran(result)

    def up_to(self, last: int) -> list[RanCell]:
        """The cells with the numbers 1 to `last`."""
        texts = self._shell.history_manager.input_hist_raw
        return [self.cell(number, texts[number]) for number in range(1, min(last + 1, len(texts)))]

    def cell(self, number: int, raw: str) -> RanCell:
        """A cell with its lines where they stand."""
        text = _PYTHON.sub("\n", raw, count=1) if _PYTHON.match(raw) else raw
        return RanCell(number, text if is_python(text) else self._as_python(text), self._ran.get(number))

    def _as_python(self, text: str) -> str:
        """What IPython makes of a text with magics in it; it leaves out blank lines at its top."""
        try:
            return "\n" * _blank_lines(text) + str(self._shell.transform_cell(text))
        except SyntaxError:
            return text

    def _lines_ran(self, result: Any) -> int:
        trace: TracebackType | None = getattr(result.error_in_exec, "__traceback__", None)
        while trace is not None and trace.tb_frame.f_globals is not self._shell.user_ns:
            trace = trace.tb_next
        return _blank_lines(result.info.raw_cell) + trace.tb_lineno - 1 if trace is not None else 0


def _blank_lines(text: str) -> int:
    """How many lines at the top are blank."""
    return text[: len(text) - len(text.lstrip())].count("\n")
