"""What stands around a right function, in a program or in a notebook, doesn't cost the function."""

from __future__ import annotations

import re
from collections.abc import Mapping

import numpy as np
import pytest

from autograder.sandbox.cells import cells, joined, place
from autograder.sandbox.failures import ProgramError, ProgramFailure
from autograder.sandbox.linux.zygote import Zygote
from autograder.sandbox.program import Allowance, Program, ProgramProxy
from autograder.sandbox.starter import Budget

TWICE = "def twice(x):\n    return 2 * x\n"

#: name: (program, what its top level raised: type and place).
AROUND: dict[str, tuple[str, list[tuple[str, str]]]] = {
    "nothing": (TWICE, []),
    "a plot": (
        "import matplotlib.pyplot as plt\nfigure, (left, right) = plt.subplots(1, 2)\nleft.plot([1, 2], label='a')\n"
        f"{TWICE}plt.show()\nfor axes in plt.subplots(2, 2)[1]:\n    axes[0].set_title('x')\n",
        [],
    ),
    "a progress bar": (
        f"{TWICE}from tqdm.auto import tqdm, trange\nassert sum(tqdm([1, 2])) + sum(trange(3)) == 6\n",
        [],
    ),
    "Jupyter's export": (
        f"get_ipython().run_line_magic('matplotlib', 'inline')\nget_ipython().system('ls')\n{TWICE}",
        [],
    ),
    "Colab": (f"from google.colab import drive\ndrive.mount('/content')\n{TWICE}", []),
    "display": (f"from IPython.display import display, Markdown\n{TWICE}display(Markdown('# done'))\n", []),
    "exit": (f"{TWICE}exit()\nraise ValueError\n", [("SystemExit", "line 3")]),
    "tests of their own": (f"{TWICE}import unittest\nunittest.main()\n", [("SystemExit", "line 4")]),
    "a keyboard": (
        f"x = int(input('x? '))\n{TWICE}print(twice(x))\n",
        [("EOFError", "line 1"), ("NameError", "line 4")],
    ),
    "a library that isn't here": (f"import pandas as pd\n{TWICE}", [("ModuleNotFoundError", "line 1")]),
    "a wrong call below": (
        f"from __future__ import annotations\n{TWICE}twice()\nlater: Unknown = 1\n",
        [("TypeError", "line 4")],
    ),
}
NOTEBOOKS: dict[str, tuple[list[str], list[tuple[str, str]]]] = {
    "magics": (
        [
            "%matplotlib inline\n%load_ext autoreload",
            f"{TWICE}\n!ls",
            "names = !ls\nlen(names)",
            "%%bash\nls",
            "twice?",
        ],
        [],
    ),
    "no magic at a line's start": (["left = (23 * 5\n        % 7)\nassert left == 3", TWICE], []),
    "timed": ([f"%%time\n{TWICE}", "%time four = twice(2)\nassert four == 4"], []),
    "a failing cell": (
        ["import numpy as np", "1 / 0", TWICE, "a\nb"],
        [("ZeroDivisionError", "code cell 2, line 1"), ("NameError", "code cell 4, line 1")],
    ),
    "a cell that waits": ([f"import asyncio\nawait asyncio.sleep(0)\n{TWICE}"], []),
    "a cell that waits for Jupyter": (
        [f"import asyncio\nawait asyncio.sleep(1)\n{TWICE}"],
        [("RuntimeError", "code cell 1, line 2")],
    ),
    "half a cell": (["for x in range(3", TWICE], [("SyntaxError", "code cell 1, line 1")]),
    "the file itself, and imported": (
        [f"%%writefile ./twice.py\n{TWICE}", "from twice import *\nassert twice(2) == 4"],
        [],
    ),
    "a file that nobody imports": (
        [TWICE, f"%%writefile twice.py\n{TWICE.replace('2', '3')}", "assert twice(2) == 4"],
        [],
    ),
    "a file in Colab's folder": (
        ["%%writefile /content/two.py\nTWO = 2\n", f"from two import TWO\n{TWICE.replace('2', 'TWO')}"],
        [],
    ),
    "a module of its own": (["%%writefile two.py\nTWO = 2\n", f"from two import TWO\n{TWICE.replace('2', 'TWO')}"], []),
}
AROUND |= {f"notebook: {name}": (joined(own), raised) for name, (own, raised) in NOTEBOOKS.items()}


def loaded(zygote: Zygote, source: str, modules: Mapping[str, str] | None = None) -> Program:
    allowance = Allowance(60, 60, Budget(512, 30))
    return Program(zygote, "twice.py", source, allowance, asked=["twice"], modules=modules or {})


@pytest.mark.parametrize("name", AROUND)
def test_what_stands_around_a_function_is_told_and_costs_nothing(name: str, zygote: Zygote) -> None:
    source, raised = AROUND[name]
    program = loaded(zygote, source)
    assert ProgramProxy(program).twice(21) == 42
    assert [(each.type, each.places[0] if each.column == 0 else each.places[-1]) for each in program.stumbles] == raised
    program.close()


@pytest.mark.parametrize(
    "source", ["1 / 0\n" + TWICE.replace("twice", "thrice"), "def twice(x:\n", joined(["def twice(x:", "1 / 0"])]
)
def test_without_what_was_asked_the_first_fault_is_the_answer(source: str, zygote: Zygote) -> None:
    program = loaded(zygote, source)
    with pytest.raises(ProgramError) as failure:
        program.load()
    assert failure.value.places[-1].endswith("line 1")
    program.close()


@pytest.mark.parametrize(
    ("cell", "said"),
    [
        ("n = 1\nwhile n:\nn = 0", "after 'while' statement at code cell 2, line 2"),
        ("n = {\n1: 2\n]", "opening parenthesis '{' at code cell 2, line 1"),
        ("n = 1\nm = '''\n\n", "(detected at code cell 2, line 2)"),
    ],
)
def test_another_line_that_a_syntax_error_names_is_one_of_its_cell(cell: str, said: str, zygote: Zygote) -> None:
    program = loaded(zygote, joined([f"\n\n{TWICE}", cell]))
    assert ProgramProxy(program).twice(21) == 42
    (stumble,) = program.stumbles
    assert said in stumble.message
    assert not re.search(r"(on|at) line", stumble.message)
    program.close()


def test_modules_beside_a_program_are_found_by_name(zygote: Zygote) -> None:
    beside = {"helpers": "from tools.step import two\n", "tools.step": "def two():\n    return 2\n"}
    program = loaded(zygote, "import helpers\n\ndef twice(x):\n    return helpers.two() * x\n", beside)
    assert ProgramProxy(program).twice(21) == 42
    broken = loaded(
        zygote,
        "import helpers\n\ndef twice(x):\n    return helpers.half() * x\n",
        {"helpers": "def half():\n    return 1 / 0\n"},
    )
    with pytest.raises(ProgramFailure) as failure:
        ProgramProxy(broken).twice(1)
    assert isinstance(failure.value, ProgramError)
    assert failure.value.places == ["line 4", "helpers.py, line 2"]
    program.close()
    broken.close()


def test_a_module_never_takes_a_library_from_the_worker(zygote: Zygote) -> None:
    program = loaded(
        zygote,
        "import numpy as np\n\ndef twice(x):\n    return float(2 * np.asarray(x))\n",
        {"numpy": "raise SystemExit\n"},
    )
    assert ProgramProxy(program).twice(21) == 42
    program.close()


def test_the_place_of_a_line_is_its_cell() -> None:
    text = joined(["a = 1\r\nb = 2\r\n", "", "c = 3"])
    assert [(cell.number, cell.text.strip()) for cell in cells(text)] == [(1, "a = 1\nb = 2"), (2, ""), (3, "c = 3")]
    lines = text.splitlines()
    assert place(text, lines.index("b = 2") + 1) == "code cell 1, line 2"
    assert place(text, lines.index("c = 3") + 1) == "code cell 3, line 1"
    assert cells("a = 1\n") == []
    assert place("a = 1\n", 1) == "line 1"


@pytest.mark.parametrize(
    ("written", "what"),
    [
        ("np.array([1.0, 2.0], dtype='>f8')", None),
        ("np.array([1, 2], dtype='>i4').astype('>i8')", None),
        ("np.ma.masked_array([1.0, 2.0], mask=[False, False])", None),
        ("np.ma.masked_array([1.0, 2.0], mask=[False, True])", "masked array of dtype float64"),
        ("np.array([1.0, None])", "ndarray of dtype object"),
        ("np.array([1.0], dtype=np.longdouble)", "ndarray of dtype float128"),
        ("np.array(['a'])", "ndarray of dtype <U1"),
    ],
)
def test_an_array_that_can_not_cross_says_what_it_is(written: str, what: str | None, zygote: Zygote) -> None:
    program = loaded(zygote, f"import numpy as np\n\ndef twice(x):\n    return {written}\n")
    answer = ProgramProxy(program).twice(1)
    if what is None:
        assert isinstance(answer, np.ndarray)
        assert answer.dtype.isnative
        assert answer.tolist() == [1, 2]
    else:
        assert answer._type == what
    program.close()
