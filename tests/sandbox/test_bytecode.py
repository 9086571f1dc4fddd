"""What is imported only where programs run is compiled for it: no process there may write bytecode."""

import os
import shutil
from importlib.util import cache_from_source
from pathlib import Path

import pytest

from autograder.sandbox import bytecode


@pytest.fixture(autouse=True)
def _may_be_written(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.dont_write_bytecode", False)
    monkeypatch.setattr("sys.pycache_prefix", None)


def a_room(tmp_path: Path) -> Path:
    """A room with the modules of ours that run inside, as they come out of a repository."""
    room = Path(bytecode.__file__).parent
    return Path(shutil.copytree(room, tmp_path / "sandbox", ignore=shutil.ignore_patterns("__pycache__")))


def compiled(room: Path) -> dict[str, bool]:
    return {file.name: Path(cache_from_source(file)).exists() for file in room.glob("**/inside/*.py")}


def test_every_module_that_runs_inside_is_compiled(tmp_path: Path) -> None:
    room = a_room(tmp_path)
    bytecode.leave_bytecode(room)
    assert {"worker.py", "zygote.py", "process.py"} <= compiled(room).keys()
    assert all(compiled(room).values())


def test_one_that_has_changed_is_compiled_anew_and_no_other(tmp_path: Path) -> None:
    room = a_room(tmp_path)
    bytecode.leave_bytecode(room)
    changed, other = room / "inside" / "worker.py", room / "inside" / "values.py"
    old = Path(cache_from_source(changed)).read_bytes(), Path(cache_from_source(other)).stat()
    changed.write_text(f"{changed.read_text()}\nx = 1\n")
    later = Path(cache_from_source(changed)).stat().st_mtime + 5
    os.utime(changed, (later, later))
    bytecode.leave_bytecode(room)
    assert Path(cache_from_source(changed)).read_bytes() != old[0]
    assert Path(cache_from_source(other)).stat().st_mtime_ns == old[1].st_mtime_ns


def test_where_nothing_can_be_written_nothing_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    room = a_room(tmp_path)
    tried = []

    def refuse(file: str) -> None:
        tried.append(file)
        raise PermissionError(13, "Permission denied", file)

    monkeypatch.setattr("py_compile.compile", refuse)
    bytecode.leave_bytecode(room)
    assert len(tried) == 1  # each start would try all of them again


def test_who_wants_no_bytecode_gets_none(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.dont_write_bytecode", True)
    room = a_room(tmp_path)
    bytecode.leave_bytecode(room)
    assert not any(compiled(room).values())
