"""Blocks that no call runs, told by versions that end there; and that no mistake is passed over for it."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from autograder.grading.explaining.repair.change import Text
from autograder.grading.explaining.repair.search import Question, Search
from autograder.grading.explaining.repair.unrun import unrun
from autograder.grading.explaining.used_functions import reached
from autograder.sandbox.bench import Bench
from autograder.sandbox.linux.zygote import Zygote
from autograder.sandbox.program import Called
from autograder.sandbox.starter import DEFAULT_BUDGET

PROGRAM = """def far(x):
    return x * 10

def near(x):
    return x + 1

def sized(x):
    if x > 100:
        y = far(x)
        return y
    elif x > 50: return far(x) - 1
    try:
        near(x)
    except Exception:
        return 0
    for _ in []:
        x = near(x)
    return near(x)
"""


def not_run(zygote: Zygote, source: str, inputs: Sequence[int]) -> list[str]:
    text = Text(source)
    functions = list(reached(text.tree, ["sized"]).values())
    with Bench(zygote, "a.py", DEFAULT_BUDGET) as bench:
        (found,) = unrun(bench, text, functions, [Called("sized", (each,)) for each in inputs])  # type: ignore[arg-type]
    return [text.source[start:end].decode() for start, end in found.spans]


def test_blocks_that_no_call_runs_are_told(zygote: Zygote) -> None:
    assert set(not_run(zygote, PROGRAM, [1, 2])) == {
        "y = far(x)\n        return y", "return far(x) - 1", "return 0", "x = near(x)", "return x * 10",
    }  # fmt: skip
    assert set(not_run(zygote, PROGRAM, [1, 60])) == {"y = far(x)\n        return y", "return 0", "x = near(x)"}


def test_what_runs_only_after_another_change_is_changed_with_it(zygote: Zygote) -> None:
    def question(x: int, value: int) -> Question:
        return Question(Called("f", (x,)), lambda came: (came.failure is None and came.value == value,))

    text = Text("def f(x):\n    if x < 0:\n        return 2 * x\n    return 7\n")
    questions = [question(*each) for each in ((1, 3), (2, 4), (3, 5), (0, 7))]
    with Bench(zygote, "a.py", DEFAULT_BUDGET) as bench:
        found = next(Search(bench, text, ["f"], questions).repairs())
    assert sorted(change.line for change in found.changes) == [2, 3]


def test_blocks_are_told_for_each_group_of_calls(zygote: Zygote) -> None:
    text = Text("def f(x):\n    if x < 0:\n        return 2 * x\n    else:\n        return 7\n")
    functions = list(reached(text.tree, ["f"]).values())
    groups = [Called("f", (-1,))], [Called("f", (1,))], []
    with Bench(zygote, "a.py", DEFAULT_BUDGET) as bench:
        found = unrun(bench, text, functions, *groups)  # type: ignore[arg-type]
    told = [[text.source[start:end].decode() for start, end in each.spans] for each in found]
    assert told == [["return 7"], ["return 2 * x"], []]


#: Of two branches, one is right; the changes that could be made there are many.
_BRANCHES = """def f(x):
    if x < 0:
        y = (x * x + 3 * x - 1) * (x + 2) - (x - 3) * (x + 5) * (x - 7) + x * 4
        z = (y * y + 3 * y - 1) * (y + 2) - (y - 3) * (x + 5) * (y - 7) + x * 4
        return z + y * 2 - (x + 1) * (y + 1) * (z + 1)
    return x * 7
"""


def test_what_no_right_call_runs_is_changed_first(zygote: Zygote) -> None:
    def question(x: int, value: int) -> Question:
        return Question(Called("f", (x,)), lambda came: (came.failure is None and came.value == value,))

    def tried(rights: Sequence[Question]) -> int:
        source = _BRANCHES.replace("    return x * 7", "    else:\n        return x * 7")
        with Bench(zygote, "a.py", DEFAULT_BUDGET) as bench:
            search = Search(bench, Text(source), ["f"], [question(1, -1), question(2, -2), *rights])
            assert next(search.repairs()).changes[0].line == 7
            return search.tried

    def right(x: int) -> int:
        there: dict[str, Callable[[int], int]] = {}
        exec(_BRANCHES, there)
        return there["f"](x)

    assert tried([question(x, right(x)) for x in (-1, -2)]) < tried([])
