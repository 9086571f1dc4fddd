"""Root's sandbox runs as another user: what a private umask keeps from that user is named, with what opens it."""

from __future__ import annotations

from pathlib import Path

import pytest

from autograder.sandbox.layers import SandboxUnavailable
from autograder.sandbox.linux import bubblewrap
from autograder.sandbox.linux.view import View


@pytest.mark.parametrize("private", ["file", "folder", "inside"])
def test_what_nobody_may_read_is_named_with_its_cure(private: str, tmp_path: Path) -> None:
    folder = tmp_path / "package"
    folder.mkdir()
    for path in (file := tmp_path / "python", inside := folder / "module.py", bwrap := tmp_path / "bwrap"):
        path.touch()
        path.chmod(0o755)
    folder.chmod(0o755)
    view = View(((file, "/python"), (folder, "/package")), (), Path("/python"), ())
    assert bubblewrap.staged(view, bwrap)
    closed = {"file": file, "folder": folder, "inside": inside}[private]
    closed.chmod(0o700)
    named = folder if private == "inside" else closed
    with pytest.raises(SandboxUnavailable, match=f"who may not read {named}.*chmod -R a\\+rX {named}$"):
        bubblewrap.staged(view, bwrap)
