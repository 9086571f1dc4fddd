"""What a function never reads is put where it may belong."""

from __future__ import annotations

import ast
import textwrap

import pytest

from autograder.grading.explaining.repair.change import Text, changed
from autograder.grading.explaining.repair.forgotten import forgotten
from autograder.grading.explaining.repair.names import Names


def put_in(source: str) -> set[str]:
    """What comes of the last function of a source, by its statements."""
    text = Text(textwrap.dedent(source))
    function = [node for node in ast.walk(text.tree) if isinstance(node, ast.FunctionDef)][-1]
    changes = [*forgotten(text, function, Names(text.tree, function))]
    return {ast.unparse(ast.parse(changed(text.source, each.splices))).splitlines()[-1].strip() for each in changes}


@pytest.mark.parametrize(
    ("source", "wanted"),
    [
        ("def f(W, x, b):\n    return W @ x", "return W @ x + b"),
        ("def f(scale, x):\n    return x", "return x * scale"),
        ("def f(q, K):\n    return K @ K[-1]", "return K @ q"),
        ("def f(g):\n    carried = 0\n    return g[0]", "return g[0] + carried"),
        (
            """
            class Cell:
                def __init__(self, d):
                    self.W_h, self.b_h = d
                def forward(self, x):
                    return x @ self.W_h.T
            """,
            "return x @ self.W_h.T + self.b_h",
        ),
        (
            """
            class Cell:
                def forward(self, x):
                    f = x @ self.W_f + self.b_f
                    return f * (x @ self.W_o)
            """,
            "return f * (x @ self.W_o + self.b_o)",
        ),
    ],
)
def test_what_is_never_read_is_put_in(source: str, wanted: str) -> None:
    assert wanted in put_in(source)


def test_nothing_is_put_in_where_all_is_read() -> None:
    assert put_in("def f(W, x, b):\n    return W @ x + b") == set()
    assert put_in("def f(x, _unused):\n    return x") == set()
