"""Which programs may hold a piece of a solution: those whose code can look at nothing but values."""

from __future__ import annotations

import ast

import pytest

from autograder.grading.explaining.repair.plain import is_plain

ORDINARY = [
    "import numpy as np\ndef f(h: np.ndarray) -> np.ndarray:\n    return np.diag(1 - np.tanh(h) ** 2) @ h.T",
    "def f(lst):\n    new = []\n    for i, e in enumerate(lst):\n        if e not in new:\n            new.append(e)\n"
    "    return new",
    "import heapq\nfrom collections import OrderedDict\ndef f(lst, k):\n    return sorted(lst, key=lambda e: -e)[:k]",
    "from torch import nn\nclass Cell(nn.Module):\n    def __init__(self, n):\n        super().__init__()\n"
    "        self.weight = nn.Linear(n, n)\n    def forward(self, x):\n        return self.weight(x).tanh()",
    "def f(x):\n    try:\n        return 1 / x\n    except ZeroDivisionError:\n        raise ValueError(f'{x}')",
    "if __name__ == '__main__':\n    print(1)",
]
PRYING = [
    "import sys",
    "import inspect",
    "import numpy.lib",
    "from numpy import lib",
    "from numpy import empty as new",
    "import numpy as np\na = np.empty(9)",
    "import numpy as np\na = np.lib.stride_tricks.as_strided(b)",
    "import torch\na = torch.as_strided(b, (9,), (1,), 0)",
    "f.__code__.co_consts",
    "g = (1 for _ in [1])\ng.gi_frame",
    "try:\n    f()\nexcept Exception as e:\n    e.__traceback__",
    "try:\n    f()\nexcept Exception as e:\n    pass",
    "eval('1')",
    "e = eval",
    "getattr(f, 'x')",
    "globals()",
    "vars()",
    "print(open('x'))",
    "'{0.__code__}'.format(f)",
    "match f:\n    case object(__code__=c):\n        pass",
    "class A:\n    def __getattr__(self, name):\n        pass",
    "__builtins__",
    "import operator\noperator.attrgetter('__code__')",
    "async def f():\n    pass",
]


@pytest.mark.parametrize("source", ORDINARY)
def test_an_ordinary_program_is_plain(source: str) -> None:
    assert is_plain(source, ast.parse(source))


@pytest.mark.parametrize("source", PRYING)
def test_one_that_could_look_at_code_or_memory_is_not(source: str) -> None:
    assert not is_plain(source, ast.parse(source))
