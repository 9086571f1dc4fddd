"""Which statements of a notebook are graded along with a function or a cell: what they use, as it was defined last."""

from __future__ import annotations

import pytest

from autograder.jupyter.definitions import Part, RanCell, of_cell, of_names


def _lines(parts: list[Part]) -> list[str]:
    """What is graded, each line with its cell."""
    return [f"{part.number}: {line.strip()}" for part in parts for line in part.text.split("\n") if line.strip()]


def _ran(*texts: str) -> list[RanCell]:
    return [RanCell(number, text) for number, text in enumerate(texts, start=1)]


def test_a_function_brings_imports_functions_and_values_that_it_uses_and_nothing_else() -> None:
    cells = _ran("import numpy as np\nimport os", "scale = 3\nother = 4", "def g(a):\n    return np.sin(a) * scale",
                 "print('in between')", "def f(a):\n    return g(a)", "f(1)")  # fmt: skip
    assert _lines(of_names(["f"], cells)) == [
        "1: import numpy as np", "2: scale = 3", "3: def g(a):", "3: return np.sin(a) * scale", "5: def f(a):",
        "5: return g(a)",
    ]  # fmt: skip


def test_lines_stay_where_they_stand_in_their_cell() -> None:
    parts = of_names(["f"], _ran("x = 1\n\n\ndef f():\n    return 2\n\ny = 3"))
    assert parts == [Part(1, "\n\n\ndef f():\n    return 2", ("f",))]


def test_the_last_definition_counts_and_a_value_keeps_what_changed_it() -> None:
    cells = _ran("def f():\n    return xs", "xs = [1]\nxs[0] = 2", "xs += [3]", "def f():\n    return xs, 1")
    assert _lines(of_names(["f"], cells)) == [
        "2: xs = [1]",
        "2: xs[0] = 2",
        "3: xs += [3]",
        "4: def f():",
        "4: return xs, 1",
    ]


def test_a_name_that_is_read_at_once_is_the_one_of_that_moment() -> None:
    cells = _ran("n = 1", "m = n", "n = 2", "def f():\n    return m")
    assert _lines(of_names(["f"], cells)) == ["1: n = 1", "2: m = n", "4: def f():", "4: return m"]


@pytest.mark.parametrize(
    ("cell", "line"),
    [
        ("from math import tanh", "1: from math import tanh"),
        ("from math import *", "1: from math import *"),
        ("try:\n    from math import tanh\nexcept ImportError:\n    tanh = None", "1: from math import tanh"),
        ("class Base:\n    pass", "1: class Base:"),
        ("for k in range(3):\n    pass", "1: for k in range(3):"),
        ("(a, [b, *c]) = 1, (2, 3)", "1: (a, [b, *c]) = 1, (2, 3)"),
    ],
)
def test_whatever_binds_a_name_defines_it(cell: str, line: str) -> None:
    function = "def f(x=0, *, y=lambda: c):\n    class D(Base):\n        z = [tanh(i) for i in (k, a, b)]\n    return D"
    assert line in _lines(of_names(["f"], _ran(cell, function)))


def test_a_function_s_own_names_are_not_the_notebook_s() -> None:
    cells = _ran("h = open('no such file')\nx = 1", "def f(x):\n    h = x\n    return [len for len in h]")
    assert [part.number for part in of_names(["f"], cells)] == [2]


def test_a_decorator_belongs_to_its_function() -> None:
    parts = of_names(["f"], _ran("def twice(g):\n    return g", "@twice\ndef f():\n    return 1"))
    assert _lines(parts)[2:] == ["2: @twice", "2: def f():", "2: return 1"]


def test_what_an_error_stopped_before_it_ran_defines_nothing() -> None:
    cells = [RanCell(1, "def f():\n    return 1"), RanCell(2, "x = 1\n1 / 0\ndef f():\n    return 2", ran=1)]
    assert [part.number for part in of_names(["f"], cells)] == [1]
    assert [part.number for part in of_names(["x"], cells)] == [2]


def test_no_cell_defines_it() -> None:
    assert of_names(["f"], _ran("x = 1", "this is no Python", "")) == []


def test_a_cell_is_graded_whole_with_what_it_uses() -> None:
    own = RanCell(4, "\ndef f(a):\n    return np.tanh(a) + y\nprint(f(0), x)")
    parts = of_cell(own, _ran("import numpy as np", "x = 1\nunused = 2", "y = x"))
    assert _lines(parts[:-1]) == ["1: import numpy as np", "2: x = 1", "3: y = x"]
    assert parts[-1].text == own.text
    assert parts[-1].names == ("f",)


def test_a_cell_s_own_definition_goes_before_an_earlier_one() -> None:
    parts = of_cell(RanCell(2, "def g():\n    return 2\ndef f():\n    return g()"), _ran("def g():\n    return 1"))
    assert [part.number for part in parts] == [2]
