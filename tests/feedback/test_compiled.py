"""Compiled templates are kept between processes, and believed only where they are this user's and of this text."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from pathlib import Path

import pytest
from jinja2 import DictLoader, Environment
from jinja2.environment import Environment as Compiler

from autograder.feedback.compiled import Compiled


def _render(folder: Path, template: str, *further: Path) -> str:
    kept = Compiled(folder, *further)
    environment = Environment(loader=DictLoader({"page": template}), bytecode_cache=kept, autoescape=True)
    return environment.get_template("page").render(name="<Ada>")


def test_a_kept_template_is_not_compiled_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    first = _render(tmp_path / "kept", "Hello {{ name }}")
    monkeypatch.setattr(Compiler, "_compile", None)  # whoever compiles now fails
    assert _render(tmp_path / "kept", "Hello {{ name }}") == first == "Hello &lt;Ada&gt;"


def test_another_text_is_compiled_anew(tmp_path: Path) -> None:
    _render(tmp_path / "kept", "Hello {{ name }}")
    assert _render(tmp_path / "kept", "Bye {{ name }}") == "Bye &lt;Ada&gt;"


def _one_byte_else(content: bytes) -> bytes:
    return content[:73] + bytes([content[73] ^ 255]) + content[74:]


@pytest.mark.parametrize(
    "harm", [lambda content: content[:40], lambda content: b"", _one_byte_else], ids=["cut", "empty", "one byte"]
)
def test_a_damaged_file_is_no_obstacle(tmp_path: Path, harm: Callable[[bytes], bytes]) -> None:
    _render(tmp_path / "kept", "Hello {{ name }}")
    (kept,) = (tmp_path / "kept").iterdir()
    kept.write_bytes(harm(kept.read_bytes()))
    assert _render(tmp_path / "kept", "Hello {{ name }}") == "Hello &lt;Ada&gt;"


def test_nothing_is_believed_where_others_may_write(tmp_path: Path) -> None:
    folder = tmp_path / "kept"
    _render(folder, "Hello {{ name }}")
    (kept,) = folder.iterdir()
    forged = kept.read_bytes()[16:].replace(b"Hello ", b"Forge ")
    kept.write_bytes(hashlib.blake2b(forged, digest_size=16).digest() + forged)
    assert _render(folder, "Hello {{ name }}") == "Forge &lt;Ada&gt;"  # what this user wrote
    folder.chmod(0o777)
    assert _render(folder, "Hello {{ name }}") == "Hello &lt;Ada&gt;"


def test_what_one_folder_does_not_take_another_does(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    open_to_all, own = tmp_path / "open", tmp_path / "own"
    open_to_all.mkdir()
    open_to_all.chmod(0o777)
    _render(open_to_all / "kept", "Hello {{ name }}", own)
    assert not list(open_to_all.iterdir())
    assert len(list(own.iterdir())) == 1
    monkeypatch.setattr(Compiler, "_compile", None)
    assert _render(open_to_all / "kept", "Hello {{ name }}", own) == "Hello &lt;Ada&gt;"
