"""A command that a text tells to type works at the shell of the system that it is typed on."""

from __future__ import annotations

import subprocess
from pathlib import PureWindowsPath

import pytest
from hypothesis import given
from hypothesis import strategies as st

from autograder.shell_words import program, split, word

NAMES = st.text(st.characters(codec="utf-8", exclude_characters="\0\n\r"), min_size=1)


@given(NAMES)
def test_a_line_of_words_is_read_as_these_words(name: str) -> None:
    assert split(f"run {word(name, 'linux')} x", "linux") == ["run", name, "x"]
    windows = name.replace('"', "")  # no file is called so there
    assert split(f"run {word(windows, 'win32')} x", "win32") == ["run", windows, "x"]


@pytest.mark.parametrize("name", ["mein Ordner/größer.py", "it's", "a$b", "(1).py", "-x", "a\\b"])
def test_a_shell_reads_a_word_as_it_is(name: str) -> None:
    printed = subprocess.run(["sh", "-c", f"printf %s {word(name, 'linux')}"], capture_output=True, timeout=300)
    assert printed.stdout.decode() == name


def test_windows_gets_quotes_that_both_its_shells_know_and_keeps_its_backslashes() -> None:
    assert word(str(PureWindowsPath("exercise-04/tanh_jacobian.py")), "win32") == r"exercise-04\tanh_jacobian.py"
    assert word(r"C:\Übungen\mein Blatt (1).py", "win32") == r'"C:\Übungen\mein Blatt (1).py"'
    assert word("", "win32") == '""'
    assert split(r"report --out pages\mine 'my notes'", "win32") == ["report", "--out", r"pages\mine", "my notes"]


def test_a_program_on_windows_does_not_begin_with_a_quote() -> None:
    assert program(r"C:\Users\Max Müller\.venv\Scripts\python.exe", "win32") == (
        r'C:\Users\"Max Müller"\.venv\Scripts\python.exe'
    )
    assert program(r"\\server\kurs\python.exe", "win32") == r"\\server\kurs\python.exe"
    assert program("/home/max müller/bin/python", "linux") == "'/home/max müller/bin/python'"


def test_a_quote_that_is_not_closed_is_said() -> None:
    for system in ("linux", "win32"):
        with pytest.raises(ValueError, match="No closing quotation"):
            split("run 'x", system)
