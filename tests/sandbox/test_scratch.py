"""The folder in memory: what a program does in it goes as it would in a real one."""

from __future__ import annotations

import glob
import io
import os
import pathlib
import shutil
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from autograder.sandbox.inside.scratch import Folder

FILES = {"a.txt": b"1 2\n3 4\n", "sub/b.txt": "año\n".encode(), "win.txt": b"x\r\ny\r\n", "one.bin": b"\xff\x00"}
NAMES = {"glob": glob, "io": io, "np": np, "os": os, "pathlib": pathlib, "shutil": shutil}

DONE = [
    'open("a.txt").read()',
    'open("a.txt", "rb").read(3)',
    'open("one.bin", "rb", 0).read()',
    'open("one.bin").read()',
    'open("sub/b.txt", encoding="latin-1").read()',
    'open("sub/b.txt", encoding="ascii").read()',
    'open("win.txt").read(), open("win.txt", newline="").read()',
    'open("./sub/../a.txt").readlines()',
    'open(os.path.abspath("a.txt")).read(), pathlib.Path("a.txt").resolve().read_text()',
    'open("a.txt", "rw").read()',
    'open("a.txt", "zz").read()',
    'open("a.txt", "rb", encoding="utf-8")',
    'open("a.txt", "x")',
    'open("a.txt", "w").read()',
    'open("a.txt", "wb").read()',
    'open("a.txt").write("x")',
    'open("a.txt").mode, open("a.txt", "rb").name',
    'open("sub")',
    'open("none.txt")',
    'open("none/x.txt", "w")',
    'open("sub/x.txt", "w").write("x") and open("sub/x.txt").read()',
    '(f := open("a.txt", "a")).seek(0), f.write("zz"), f.close(), open("a.txt").read()',
    '(f := open("a.txt", "a+")).write("zz"), f.seek(0), f.read()',
    '(f := open("a.txt", "r+")).truncate(2), f.close(), open("a.txt").read()',
    '(f := open("a.txt", "r+")).write("9"), f.close(), open("a.txt").read()',
    '(f := open("a.txt", "rb")).seek(-2, 2), f.read()',
    '(f := open("new.txt", "w+")).write("zz"), f.seek(0), f.read()',
    '(f := open("new.txt", "w")).write("zz"), open("new.txt").read(), f.flush(), open("new.txt").read()',
    'sorted(os.listdir()), os.listdir("sub"), sorted(os.listdir(os.getcwd()))',
    'sorted(glob.glob("*.txt")), glob.glob("**/b.txt", recursive=True), glob.glob("none/*")',
    'sorted(map(str, pathlib.Path().rglob("*.txt"))), sorted(map(str, pathlib.Path().iterdir()))',
    '[(where, sorted(inner), sorted(files)) for where, inner, files in sorted(os.walk("."))]',
    'os.path.isdir("sub"), os.path.isfile("sub"), os.path.exists("none"), pathlib.Path("sub").is_dir()',
    'os.path.getsize("a.txt"), os.access("a.txt", os.R_OK), pathlib.Path("a.txt").exists()',
    'os.remove("a.txt"), os.path.exists("a.txt"), sorted(os.listdir())',
    'os.remove("none.txt")',
    'os.rename("a.txt", "z.txt"), sorted(os.listdir()), open("z.txt").read()',
    'os.makedirs("d/e"), open("d/e/x", "w").write("1"), os.listdir("d")',
    'os.mkdir("sub")',
    'os.mkdir("d/e")',
    'shutil.copyfile("a.txt", "c.txt"), open("c.txt").read()',
    'np.loadtxt("a.txt").tolist(), np.genfromtxt("a.txt").tolist()',
    'np.savetxt("o.txt", [1.5]), np.loadtxt("o.txt").tolist(), np.save("o.npy", [2.0]), np.load("o.npy").tolist()',
]


def come_of(done: str, root: str) -> Any:
    """What an expression gives, or the exception that it raises."""
    try:
        return eval(done, dict(NAMES))
    except Exception as raised:
        return type(raised).__name__, str(raised).replace(root, "")


@pytest.mark.parametrize("done", DONE)
def test_a_folder_in_memory_is_like_a_real_one(done: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    real, empty = tmp_path / "real", tmp_path / "empty"
    empty.mkdir()
    for name, data in FILES.items():
        (real / name).parent.mkdir(parents=True, exist_ok=True)
        (real / name).write_bytes(data)
    monkeypatch.chdir(real)
    right = come_of(done, str(real))
    monkeypatch.chdir(empty)
    with Folder(FILES).installed():
        mine = come_of(done, str(empty))
    assert mine == right
    assert not list(empty.iterdir())


def test_two_folders_after_each_other_have_nothing_in_common() -> None:
    for text in (b"1\n", b"2\n"):
        with Folder({"a.txt": text}).installed():
            assert np.loadtxt("a.txt") == float(text)
            assert list(Path().iterdir()) == [Path("a.txt")]
    assert not Path("a.txt").exists()
    with pytest.raises(FileNotFoundError):
        np.loadtxt("a.txt")
