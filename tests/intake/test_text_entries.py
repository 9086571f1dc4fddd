"""Programs that were typed into a system's text box, as its editor writes them down."""

from __future__ import annotations

import pytest

from autograder.intake.text_entries import text_of

PROGRAM = "def f(x):\n    if x < 1:\n        return 'a  b'\n    return x\n"
ESCAPED = PROGRAM.replace("<", "&lt;").rstrip("\n")
LINES = ESCAPED.replace("    ", "&nbsp; &nbsp; ").split("\n")


@pytest.mark.parametrize(
    "page",
    [
        f"<pre>{ESCAPED}</pre>",
        f"<html><body><pre>\n{ESCAPED}\n</pre></body></html>",
        "<p>" + "<br>".join(LINES) + "</p>",
        "<p>" + "<br />\n".join(LINES) + "</p>",
        "<div>\r\n" + "<br/>\r\n".join(LINES) + "</div>\r\n",
        "".join(f"<p>{line}</p>" for line in LINES),
        "\n".join(f"<div>\n  {line}\n</div>" for line in LINES),
        "<ul>" + "".join(f"<li>{line}</li>\n" for line in LINES) + "</ul>",
        "<style>p {color: red}</style><p>" + "<br>".join(ESCAPED.split("\n")) + "</p>",
        f'<p dir="ltr" style="x">{"<br>".join(LINES)}</p>',
        PROGRAM.replace("\n", "\r\n"),
    ],
)
def test_a_program_that_was_typed_in_is_the_same_whatever_the_editor(page: str) -> None:
    read = text_of(page.encode())
    assert [line.rstrip() for line in read.splitlines()] == PROGRAM.splitlines()


@pytest.mark.parametrize("end", ["\n", "\r\n"])
@pytest.mark.parametrize(
    ("field", "comments", "files"),
    [("Submission Field", "Comments", "Files"), ("Campo de envío", "Comentarios", "Archivos")],
)
def test_of_blackboard_s_file_only_what_was_typed_is_read(end: str, field: str, comments: str, files: str) -> None:
    program = f"{PROGRAM}\n\ntry:\n    pass\nfinally:\n    pass\n"
    head = "Nombre: Ada Ek (ada)\nTarea: HW 4\nFecha: viernes, 10:00\n\n"
    page = f"{head}{field}:\n{program}\n{comments}:\nNada.\n\n{files}:\n\tNada.\n"
    read = text_of(page.replace("\n", end).encode())
    assert [line.rstrip() for line in read.strip().splitlines()] == program.strip().splitlines()


@pytest.mark.parametrize(
    "first",
    ["# Exercise 13: a cell (by hand)", "def sign(x): return abs(x)", "if True: print(1)", "class Odd: x = int(1)"],
)
def test_a_program_that_looks_like_blackboard_s_file_loses_nothing(first: str) -> None:
    program = f"{first}\n\nclass First:\n    pass\n\nclass Second:\n    pass\n\nclass Third:\n    pass\n"
    assert text_of(program.encode()) == program


def test_a_comparison_is_no_tag() -> None:
    program = "def f(x, p, y):\n    return x<p and y>2 or x<br\n"
    assert text_of(program.encode()) == program
