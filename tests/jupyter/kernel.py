"""A real kernel: cells run one after the other by nbclient, as Jupyter runs them, with a record of its own."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import nbformat
from nbclient import NotebookClient


@dataclass(frozen=True)
class Output:
    """What one cell showed: what it printed and complained of, and each media type that it displayed, joined."""

    printed: str
    complaint: str
    shown: dict[str, str]

    @property
    def text(self) -> str:
        return self.shown.get("text/plain", "")

    @property
    def html(self) -> str:
        return self.shown.get("text/html", "")


def run_cells(folder: Path, *cells: str) -> list[Output]:
    """Run cells in a fresh kernel that works in `folder`; what an error stops doesn't stop the next cell."""
    notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(cell) for cell in cells])
    return run_notebook(folder, notebook)


def run_notebook(folder: Path, notebook: Any) -> list[Output]:
    """Run a notebook's code cells."""
    place = {"metadata": {"path": str(folder)}}
    client = NotebookClient(notebook, kernel_name="python3", resources=place, allow_errors=True, timeout=300)
    with _record(folder):
        client.execute()
    return [_output(cell.outputs) for cell in notebook.cells if cell.cell_type == "code"]


@contextmanager
def _record(folder: Path) -> Iterator[None]:
    """The kernel inherits where the record is kept."""
    before = os.environ.get("GRADECHECK_DATA")
    os.environ["GRADECHECK_DATA"] = str(folder / "data")
    try:
        yield
    finally:
        if before is None:
            del os.environ["GRADECHECK_DATA"]
        else:
            os.environ["GRADECHECK_DATA"] = before


def _output(outputs: Sequence[Any]) -> Output:
    streams = {"stdout": "", "stderr": ""}
    shown: dict[str, str] = {}
    for each in outputs:
        if each.output_type == "stream":
            streams[each.name] += each.text
        elif each.output_type == "error":
            streams["stderr"] += "\n".join(each.traceback)
        else:
            for kind, text in each.data.items():
                shown[kind] = f"{shown[kind]}\n{text}" if kind in shown else str(text)
    return Output(streams["stdout"], streams["stderr"], shown)
