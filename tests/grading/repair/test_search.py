"""Everyday mistakes, each mended by an edit or two at the line where it was made, and what is never called a repair."""

from __future__ import annotations

import ast
import textwrap
from collections.abc import Callable, Iterator, Sequence
from typing import Any

import numpy as np
import pytest

from autograder.grading.compare import difference
from autograder.grading.explaining.effort import Effort
from autograder.grading.explaining.repair import search as search_module
from autograder.grading.explaining.repair.change import Change, Splice, Text, changed
from autograder.grading.explaining.repair.edits import in_order
from autograder.grading.explaining.repair.lines import without_needless
from autograder.grading.explaining.repair.search import Question, Repair, Search, single_changes
from autograder.sandbox.bench import Bench, Came
from autograder.sandbox.linux.zygote import Zygote
from autograder.sandbox.program import Called
from autograder.sandbox.starter import DEFAULT_BUDGET

COUNT = (
    "def count(word, letter):\n    n = 0\n    for each in word:\n        if each == letter:\n            n += 1\n"
    "    return n\n"
)
WORDS = [("banana", "a"), ("", "a"), ("xyz", "a"), ("aa", "a")]


def evaluated(source: str) -> dict[str, Any]:
    names: dict[str, Any] = {}
    exec(source, names)
    return names


def questions(right: str, inputs: Sequence[tuple[Any, ...]]) -> list[Question]:
    (name, function) = [(name, value) for name, value in evaluated(right).items() if getattr(value, "__code__", None)][
        -1
    ]

    def accepting(expected: object) -> Callable[[Came], tuple[bool, ...]]:
        return lambda came: (came.failure is None and difference(came.value, expected) is None,)

    return [Question(Called(name, each), accepting(function(*each))) for each in inputs]


def repaired(
    zygote: Zygote,
    wrong: str,
    right: str,
    inputs: Sequence[tuple[Any, ...]],
    *,
    numeric: bool = False,
) -> Repair | None:
    text, asked = Text(textwrap.dedent(wrong)), questions(right, inputs)
    with Bench(zygote, "program.py", DEFAULT_BUDGET) as bench:
        search = Search(bench, text, [asked[0].call.name], asked, numeric=numeric)
        found = next(search.repairs(), None)
    if found is not None:  # what is called a repair is one, outside of the bench too
        names = evaluated(changed(text.source, found.splices))
        assert all(all(each.accepts(Came(names[each.call.name](*each.call.arguments)))) for each in asked)
    return found


EDITS = {
    "comparison": (COUNT.replace("==", "!="), {4}),
    "constant": (COUNT.replace("n = 0", "n = 1"), {2}),
    "operation": (COUNT.replace("+=", "-="), {5}),
    "name": (COUNT.replace("return n", "return each"), {6}),
    "misspelt name": (COUNT.replace("return n", "return nn"), {6}),
    "return too early": (COUNT.replace("    return n", "        return n"), {6}),
    "no return": (COUNT.replace("    return n\n", ""), {5}),
    "printed": (COUNT.replace("return n", "print(n)"), {6}),
    "set again in the loop": (COUNT.replace("        if", "        n = 0\n        if"), {4}),
    "condition turned": (COUNT.replace("each == letter", "not each == letter"), {4}),
    "loop over too few": (COUNT.replace("in word", "in word[1:]"), {3}),
    "loop over positions": (COUNT.replace("in word", "in range(len(word))"), {3, 4}),
}


@pytest.mark.parametrize("mistake", EDITS)
def test_a_single_edit_is_found_at_its_line(zygote: Zygote, mistake: str) -> None:
    wrong, lines = EDITS[mistake]
    found = repaired(zygote, wrong, COUNT, WORDS)
    assert found is not None
    assert found.changes[0].line in lines
    assert len(found.changes) == 1


CAPPED = (
    "def steps(rate):\n    left = 1.0\n    for n in range(5000):\n        if left < 1e-3:\n            return n\n"
    "        left *= rate\n    return -1\n"
)


def test_a_bound_that_is_too_small_is_found(zygote: Zygote) -> None:
    found = repaired(zygote, CAPPED.replace("5000", "50"), CAPPED, [(0.5,), (0.9,), (0.99,)])
    assert found is not None
    assert [(each.line, each.what) for each in found.changes] == [(3, "with a larger number there")]


def test_a_step_that_is_too_large_is_found(zygote: Zygote) -> None:
    right = "def derivative(x):\n    e = 1e-06\n    return ((x + e) ** 3 - (x - e) ** 3) / (2 * e)\n"
    found = repaired(zygote, right.replace("1e-06", "1e-02"), right, [(1.0,), (2.0,), (-0.5,)])
    assert found is not None
    assert [(each.line, each.what) for each in found.changes] == [(2, "with a smaller number there")]


@pytest.mark.parametrize("typed", ["0.2", "0.52", "0.255", "0.75"])
def test_a_number_that_was_mistyped_is_found_before_two_other_changes(zygote: Zygote, typed: str) -> None:
    right = "def peak(name):\n    peaks = {'a': 0.25, 'b': 1.0}\n    return peaks[name]\n"
    found = repaired(zygote, right.replace("0.25", typed), right, [("a",), ("b",)])
    assert found is not None
    assert [(each.line, each.what) for each in found.changes] == [(2, "with other digits there")]


@pytest.mark.parametrize(("wrong", "right"), [("log10", "log"), ("tan", "tanh"), ("exp2", "exp")])
def test_a_function_that_is_taken_for_its_relative(zygote: Zygote, wrong: str, right: str) -> None:
    program = f"import numpy as np\ndef made(z):\n    return 1 + np.{right}(z) * z\n"
    inputs = [(np.array([0.5, 1.25]),), (np.array([2.5, 0.75, 3.0]),)]
    found = repaired(zygote, program.replace(right, wrong), program, inputs, numeric=True)
    assert found is not None
    assert [(each.line, each.what) for each in found.changes] == [(3, "with another method or function there")]


def test_what_is_changed_in_place_is_not_told_as_an_order(zygote: Zygote) -> None:
    right = "import numpy as np\ndef grown(b):\n    old = b\n    b = b + old * 0.5\n    return old * b\n"
    wrong = right.replace("b = b +", "b +=")
    found = repaired(zygote, wrong, right, [(np.array([0.5, 1.25]),), (np.array([2.5, 3.0]),)], numeric=True)
    assert found is not None
    what = "with a new value there, and the old one not changed in place"
    assert [(each.line, each.what) for each in found.changes] == [(4, what)]


THRESHOLD = """\
import numpy as np
def powers(rates, steps):
    table = rates[:, None] ** steps
    return table * 1.0
"""


@pytest.mark.parametrize(
    ("right", "wrong", "what"),
    [
        # Also of other names nothing would be set, and with the condition exchanged nothing chosen.
        ("    return", "    table[table < 0.01] = 0.0\n    return", "without it"),
        ("table * 1.0", "np.where(table < 0.01, 0.0, table)", "with no such call there"),
    ],
)
def test_what_should_not_be_there_is_told_as_that(zygote: Zygote, right: str, wrong: str, what: str) -> None:
    inputs = [(np.array([0.05, 0.9]), np.array([1.0, 3.0])), (np.array([0.5, 0.02]), np.array([2.0, 4.0]))]
    found = repaired(zygote, THRESHOLD.replace(right, wrong), THRESHOLD, inputs, numeric=True)
    assert found is not None
    assert [(each.line, each.what) for each in found.changes] == [(4, what)]


def test_two_bounds_of_one_call_are_one_mistake(zygote: Zygote) -> None:
    right = "import numpy as np\ndef bounded(z):\n    return np.clip(z, -100, 100) + z\n"
    inputs = [(np.array([-190.0, 3.0, 40.0]),), (np.array([55.0, -20.0]),), (np.array([-1.0, 1.0]),)]
    found = repaired(zygote, right.replace("100", "10"), right, inputs, numeric=True)
    assert found is not None
    assert [(each.line, each.what, len(each.splices)) for each in found.changes] == [
        (3, "with a larger number there", 2)
    ]


def test_a_small_number_is_no_bound(zygote: Zygote) -> None:
    wrong = "def tripled(x):\n    return 3 * x\n"
    assert repaired(zygote, wrong, wrong.replace("3", "300"), [(1,), (2,), (5,)]) is None


SUMS = (
    "def sums(table):\n    found = []\n    for row in table:\n        total = 0\n        for each in row:\n"
    "            total += each\n        found.append(total)\n    return found\n"
)


def test_what_has_to_start_anew_in_each_round_is_found_before_the_loop(zygote: Zygote) -> None:
    wrong = SUMS.replace("        total = 0\n", "").replace("    for row", "    total = 0\n    for row")
    found = repaired(zygote, wrong, SUMS, [([[1, 2], [3]],), ([],), ([[4], [0, 5], [6]],)])
    assert found is not None
    assert [(each.line, each.what) for each in found.changes] == [(3, "inside the loop")]


SLOPE = "import numpy as np\ndef slope(h, W):\n    s = 1 - np.tanh(h) ** 2\n    return s[:, None] * W\n"
STATES = [
    (np.arange(3.0) / 2, np.arange(9.0).reshape(3, 3)),
    (np.array([0.3, -1.0]), np.array([[1.0, 2.0], [3.0, 5.0]])),
]


@pytest.mark.parametrize(
    ("old", "new", "line"),
    [
        ("** 2", "* 2", 3),
        ("1 - ", "1 + ", 3),
        ("** 2", "", 3),
        ("* W", "* W.T", 4),
        ("[:, None]", "", 3),
        ("* W", "@ W", 4),
    ],
)
def test_edits_of_arrays(zygote: Zygote, old: str, new: str, line: int) -> None:
    found = repaired(zygote, SLOPE.replace(old, new), SLOPE, STATES, numeric=True)
    assert found is not None
    assert found.changes[0].line == line


DECADES = "import numpy as np\ndef decades(p):\n    return np.log10(p)\n"


@pytest.mark.parametrize("name", ["log", "log2", "log1p"])
def test_a_logarithm_of_another_base(zygote: Zygote, name: str) -> None:
    cases = [(np.array([0.3, 7.0]),), (np.array([2.0, 0.1, 5.0]),)]
    found = repaired(zygote, DECADES.replace("log10", name), DECADES, cases, numeric=True)
    assert found is not None
    assert found.changes[0].what == "with another method or function there"


GATED = "def gated(z, h, n, U):\n    return (1 - z) * n + z * (U @ h)\n"
GATES = [
    (np.array([0.1, 0.8]), np.array([2.0, -1.0]), np.array([0.5, 3.0]), np.array([[1.0, 2.0], [3.0, 5.0]])),
    (np.array([0.7, 0.4]), np.array([0.3, 4.0]), np.array([-2.0, 1.0]), np.array([[-1.0, 0.5], [2.0, 0.1]])),
]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("(1 - z) * n", "n"),
        ("z * (U @ h)", "(U @ h)"),
        ("z * (U @ h)", "U @ (z * h)"),
        ("z * (U @ h)", "z + (U @ h)"),  # which is another sum, too
        ("(1 - z) * n + z * (U @ h)", "z * n + (1 - z) * (U @ h)"),
        ("(1 - z) * n + z * (U @ h)", "(1 - z) * z + n * (U @ h)"),
    ],
)
def test_a_factor_that_is_missing_or_elsewhere(zygote: Zygote, old: str, new: str) -> None:
    found = repaired(zygote, GATED.replace(old, new), GATED, GATES, numeric=True)
    assert found is not None
    assert (found.changes[0].line, len(found.changes)) == (2, 1)


MARKED = "import numpy as np\ndef marked(x):\n    y = np.zeros_like(x)\n    y[1:, :-1] = x[1:, 1:]\n    return y\n"


@pytest.mark.parametrize("wrong", ["y[:, :-1] = x[:, 1:]", "y[1:, :-1] = x[1:, :-1]", "y[1:, 1:] = x[1:, 1:]"])
def test_a_slice_of_one_of_several_axes(zygote: Zygote, wrong: str) -> None:
    right = "y[1:, :-1] = x[1:, 1:]"
    arrays = [(np.arange(1.0, 13.0).reshape(3, 4),), (np.arange(2.0, 8.0).reshape(2, 3),)]
    found = repaired(zygote, MARKED.replace(right, wrong), MARKED, arrays, numeric=True)
    assert found is not None
    assert {(each.line, each.what) for each in found.changes} == {(4, "with another slice there")}


def test_a_call_that_is_missing_is_one_that_is_made_elsewhere(zygote: Zygote) -> None:
    right = "import numpy as np\ndef steps(a, b, h):\n    g = np.tanh(a * h + b)\n    return np.tanh(b * g + a) * h\n"
    wrong = right.replace("np.tanh(a * h + b)", "a * h + b")
    found = repaired(zygote, wrong, right, NUMBERS, numeric=True)
    assert found is not None
    assert [(each.line, each.what) for each in found.changes] == [(3, "with another call there")]


def test_infinity_is_a_number_like_others(zygote: Zygote) -> None:
    right = "import numpy as np\ndef size(W):\n    return np.linalg.norm(W, 2)\n"
    found = repaired(zygote, right.replace("2)", "np.inf)"), right, [(STATES[0][1],), (STATES[1][1],)], numeric=True)
    assert found is not None
    assert [(each.line, each.what) for each in found.changes] == [(3, "with another value there")]


SQUARED = "import numpy as np\ndef slope(a, b, h):\n    return 1 - np.tanh(a * h + b) ** 2 + a\n"
NUMBERS = [(0.5, -1.0, np.array([2.0, 0.3])), (-0.7, 0.4, np.array([0.1, 1.5])), (1.2, 0.1, np.array([-0.8, 2.5]))]


@pytest.mark.parametrize(
    ("old", "new", "what"),
    [
        ("np.tanh(a * h + b) ** 2", "np.tanh((a * h + b) ** 2)", "other parentheses"),
        ("np.tanh(a * h + b)", "(np.tanh(a * h) + b)", "other parentheses"),
        ("a * h + b) ** 2 + a", "b * h + a) ** 2 + b", "two names exchanged"),
        ("a * h + b", "np.clip(a * h + b, -2, 2)", "no such call"),
        ("a * h + b", "a * h + b - h", "one operand less"),
    ],
)
def test_a_slip_of_a_parenthesis_or_of_two_names(zygote: Zygote, old: str, new: str, what: str) -> None:
    wrong = SQUARED.replace(old, new)
    assert wrong != SQUARED
    found = repaired(zygote, wrong, SQUARED, NUMBERS, numeric=True)
    assert found is not None
    (change,) = found.changes
    assert what in change.what


def test_two_mistakes_are_two_changes(zygote: Zygote) -> None:
    right = "def sign(x):\n    if x < 0:\n        return -1\n    if x == 0:\n        return 0\n    return 1\n"
    wrong = right.replace("-1", "1").replace("return 0", "return x + 5")
    found = repaired(zygote, wrong, right, [(k,) for k in range(-2, 3)])
    assert found is not None
    assert sorted(change.line for change in found.changes) == [3, 5]


def by_parts(right: str, calls: Sequence[tuple[int, int]]) -> list[Question]:
    """Questions to `both`, which answers with a pair."""
    expected = [evaluated(right)["both"](*each) for each in calls]

    def parts(expected: tuple[int, ...]) -> Callable[[Came], tuple[bool, ...]]:
        def accepts(came: Came) -> tuple[bool, ...]:
            mine = came.value if isinstance(came.value, tuple) and len(came.value) == 2 else (None, None)
            return tuple(part == right for part, right in zip(mine, expected, strict=True))

        return accepts

    return [Question(Called("both", each), parts(both), 2) for each, both in zip(calls, expected, strict=True)]


def test_one_of_two_mistakes_shows_in_a_part_of_the_answer(zygote: Zygote) -> None:
    right = "def both(x, y):\n    total = x + y\n    return (total, total * y)\n"
    wrong = right.replace("x + y", "x - y").replace("total * y", "total / y")
    with Bench(zygote, "a.py", DEFAULT_BUDGET) as bench:
        search = Search(bench, Text(wrong), ["both"], by_parts(right, [(1, 2), (5, 4)]))
        found = next(search.repairs())
    assert sorted(change.line for change in found.changes) == [2, 3]
    assert search.tried < 1500


def test_two_changes_that_are_each_a_part_of_the_way_come_before_the_time_is_spent(
    zygote: Zygote, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("autograder.grading.explaining.repair.search._FOR_PAIRS", 1.0)
    right = "def both(x, y):\n    return (x + y, x * y)\n"
    with Bench(zygote, "a.py", DEFAULT_BUDGET) as bench:
        asked = by_parts(right, [(1, 2), (5, 4)])
        search = Search(
            bench, Text(right.replace("*", "//").replace("+", "-")), ["both"], asked, effort=Effort(pairs=0)
        )
        found = next(search.repairs())
    assert sorted(change.what for change in found.changes) == ["with another operation there"] * 2


@pytest.mark.parametrize(
    ("wrong", "what"),
    [
        ("        out[k] = last + x\n", "with its result kept for the next round, too"),
        ("        y = last + x\n        out[k] = 2 * y\n        last = y\n", "with another expression there"),
    ],
)
def test_what_a_loop_should_carry_to_its_next_round(zygote: Zygote, wrong: str, what: str) -> None:
    head, end = "def runs(xs, last):\n    out = [0] * len(xs)\n    for k, x in enumerate(xs):\n", "    return out\n"
    carried = wrong + "        last = out[k]\n"
    found = repaired(zygote, head + wrong + end, head + carried + end, [([1, 2, 5], 3), ([], 0), ([4, -1, 7, 2], 1)])
    assert found is not None
    assert [change.what for change in found.changes] == [what]


def test_two_assignments_that_should_be_one(zygote: Zygote) -> None:
    right = "def count(a, n):\n    b = 1\n    for _ in range(n):\n        a, b = b, a + b\n    return a\n"
    wrong = right.replace("a, b = b, a + b", "a = b\n        b = a + b")
    found = repaired(zygote, wrong, right, [(0, 1), (0, 5), (3, 4)])
    assert found is not None
    assert [(change.what, change.line) for change in found.changes] == [("with both assigned at once", 4)]


def test_a_guard_is_left_out_before_its_condition_is_changed_to_what_never_holds() -> None:
    text = Text("def kept(lines):\n    for line in lines:\n        if not line: continue\n        print(line)\n")
    (function,) = (each for each in text.tree.body if isinstance(each, ast.FunctionDef))
    tried = [changed(text.source, each.splices) for each in in_order(single_changes(text, [function]))]
    without, never = (
        text.source.decode().replace("if not line: continue", new) for new in ("pass", "if not lines: continue")
    )
    assert tried.index(without) < tried.index(never)


def test_a_program_that_is_right_or_past_repair_has_none(zygote: Zygote) -> None:
    assert repaired(zygote, COUNT, COUNT, WORDS) is None
    assert repaired(zygote, "def count(word, letter):\n    return word\n", COUNT, WORDS) is None


def test_a_long_program_has_no_more_changes_than_are_tried(zygote: Zygote, monkeypatch: pytest.MonkeyPatch) -> None:
    many, made = 1200, list[Change]()

    def noted(*arguments: Any, **keywords: Any) -> Iterator[Change]:
        for each in single_changes(*arguments, **keywords):
            made.append(each)
            yield each

    monkeypatch.setattr(search_module, "single_changes", noted)
    body = "    x = 1\n" * many + "    for i in []:\n        x = i\n" * many
    text = Text(f"def f(word):\n{body}    return word\n")
    asked = questions("def f(word):\n    return word + '!'\n", [("a",), ("b",)])
    with Bench(zygote, "program.py", DEFAULT_BUDGET) as bench:
        search = Search(bench, text, ["f"], asked, effort=Effort(cpu=0.2, clock=0.5))
        next(search.repairs(), None)
    assert len(made) == search_module._MOST_SINGLES  # all changes of such a program take half a minute to make


def test_a_function_that_the_asked_one_uses_is_mended_too(zygote: Zygote) -> None:
    wrong = "def square(x):\n    return x + x\ndef count(word, letter):\n    return square(word)\n"
    right = "def count(word, letter):\n    return word * word\n"
    found = repaired(zygote, wrong, right, [(3, 0), (4, 0)])
    assert found is not None
    assert found.changes[0].line == 2


@pytest.mark.parametrize(
    ("wrong", "right", "inputs"),
    [
        ("return set(a) | set(b)", "return set(a) & set(b)", [("abc", "cd"), ("ab", "bc")]),
        ("return a ^ b", "return a**b", [(2, 3), (3, 2)]),
        ("return list(map(float, a + b))", "return list(map(int, a + b))", [("1", "2"), ("3", "4")]),
    ],
)
def test_what_people_take_for_one_another_is_mended(
    zygote: Zygote, wrong: str, right: str, inputs: list[tuple[Any, ...]]
) -> None:
    found = repaired(zygote, f"def f(a, b):\n    {wrong}\n", f"def f(a, b):\n    {right}\n", inputs)
    assert found is not None
    assert found.changes[0].line == 2


LARGEST = (
    "def largest(lst):\n    best = lst[0]\n    for each in lst:\n        if each > best:\n            best = each\n"
    "    return best\n"
)


@pytest.mark.parametrize(
    ("old", "new", "line", "what"),
    [
        ("best = each", "most = each", 5, "with another name on the left"),
        ("> best", "> lst[0]", 4, "with another expression there"),
    ],
)
def test_a_name_that_is_set_and_not_read(zygote: Zygote, old: str, new: str, line: int, what: str) -> None:
    inputs = [([3, 1, 2],), ([1, 5, 6, 2],), ([2, 7, 8, 3],)]
    found = repaired(zygote, LARGEST.replace(old, new), LARGEST, inputs)
    assert found is not None
    assert [(each.line, each.what) for each in found.changes] == [(line, what)]


def test_a_name_that_is_read_is_set_as_it_is() -> None:
    text = Text(LARGEST)
    changes = single_changes(text, [each for each in text.tree.body if isinstance(each, ast.FunctionDef)])
    assert "with another name on the left" not in {change.what for change in changes}


def test_of_two_changes_the_one_that_does_alone_is_left() -> None:
    first, second = (
        Change((Splice(place, place + 1, ""),), "without it", line, line) for place, line in ((0, 1), (9, 2))
    )
    both = Repair((first, second))
    assert without_needless(both, lambda repair: second in repair.changes) == Repair((second,))
    assert without_needless(both, lambda repair: repair == both) == both
    assert without_needless(Repair((first,)), lambda repair: False) == Repair((first,))


def test_a_sorted_copy_is_called_one() -> None:
    text = Text("def last(values):\n    return values[-1]\n")
    changes = single_changes(text, [each for each in text.tree.body if isinstance(each, ast.FunctionDef)])
    said = {change.splices[0].text.strip(): change.what for change in changes if "copy of" in change.what}
    assert said == {
        "values = list(values)": "with a copy of values made before it",
        "values = values.copy()": "with a copy of values made before it",
        "values = sorted(values)": "with a sorted copy of values made before it",
    }


def likeliest(source: str) -> list[str]:
    """The versions of a program with a single change, the likelier first."""
    text = Text(source)
    functions = [each for each in text.tree.body if isinstance(each, ast.FunctionDef)]
    return [changed(text.source, each.splices) for each in in_order([*single_changes(text, functions, numeric=True)])]


def test_the_likelier_of_many_names_and_places_come_first() -> None:
    names = "def f(grad_W, grad_b, size, rows, columns, steps):\n"
    versions = likeliest(f"{names}    for t in range(steps):\n        size += rows[t] @ grad_W * columns[t].norm()\n")
    alike, other, place, function = (
        next(number for number, version in enumerate(versions) if there in version)
        for there in ("@ grad_b *", "@ columns *", "rows[t - 1]", ".sum)()")
    )
    assert max(alike, place, function) < other


LINEAR = "def line(a, b, c, x):\n    {left} = (a, b, c)\n    return first * x * x + second * x + third\n"


@pytest.mark.parametrize("left", ["second, first, third", "third, first, second"])
def test_parts_that_are_given_each_other_s_names(zygote: Zygote, left: str) -> None:
    right = LINEAR.format(left="first, second, third")
    found = repaired(zygote, LINEAR.format(left=left), right, [(1, 2, 3, 5), (2, 7, 4, 3), (0, 1, 0, 2)])
    assert found is not None
    (change,) = found.changes
    assert (change.line, change.what) == (2, "with the names on the left in another order")


SUMMED = """def total(weights, values):
    out = 0.0
    for weight, value in zip(weights, values):
        part = weight * value
        out = out + part
    return out
"""


def test_a_sum_that_is_set_anew_in_each_round_comes_before_all_else() -> None:
    changes = _made(SUMMED.replace("out = out + part", "out = part"))
    assert (changes[0].line, changes[0].what) == (5, "with another assignment there")
    assert "out = out + (part)" in changed_by(changes[0])


def test_what_a_loop_reads_is_no_sum_that_is_set_anew() -> None:
    sums = [
        each for each in _made(SUMMED) if "part = part +" in changed_by(each) or "out = out + (" in changed_by(each)
    ]
    assert sums == []


def test_a_softmax_is_taken_for_what_makes_shares_one_by_one() -> None:
    made = {
        call: {changed_by(each) for each in _made(f"def f(z):\n    return {call}\n")}
        for call in ("torch.sigmoid(z)", "torch.softmax(z, dim=1)", "z.softmax(0)", "math.exp(z, 2)")
    }
    assert "(torch.softmax(z, dim=-1))" in made["torch.sigmoid(z)"]
    assert "(torch.sigmoid(z))" in made["torch.softmax(z, dim=1)"]
    assert "(z.sigmoid())" in made["z.softmax(0)"]
    assert not any("softmax" in each for each in made["math.exp(z, 2)"])


def test_an_index_that_is_one_too_far_comes_before_other_operations() -> None:
    source = "def f(x):\n    out = []\n    for t in range(len(x)):\n        out.append(x[{index}])\n    return out\n"
    first, *_ = _made(source.format(index="t - 1"))
    assert (first.line, changed_by(first), first.what) == (4, "t", "with one operand less there")
    assert not any(change.what == first.what for change in _made(source.format(index="t")))


def _made(source: str) -> list[Change]:
    text = Text(source)
    functions = [each for each in text.tree.body if isinstance(each, ast.FunctionDef)]
    return in_order([*single_changes(text, functions, numeric=True)])


def changed_by(change: Change) -> str:
    return " | ".join(splice.text for splice in change.splices)


STEP = "import numpy as np\ndef step(W, U, h, x):\n    z = W @ h + U @ x\n    g = W.T @ h\n    return np.tanh(z) + g\n"
SOFT = "import numpy as np\ndef shares(s):\n    return np.exp(s) / np.exp(s).sum()\n"
ROWS = "import numpy as np\ndef shares(s):\n    return np.exp(s) / np.sum(np.exp(s), axis=1, keepdims=True)\n"
SCORES = (
    "import numpy as np\ndef cosine_similarity(a, b, axis):\n"
    "    lengths = np.linalg.norm(a, axis=axis) * np.linalg.norm(b)\n"
    "    return (a * b).sum(axis) / lengths\ndef scores(K, q):\n    return (K * q).sum(axis=1) / 2\n"
)
POWERS = "def powers(n):\n    return 1 + n ** 2 + 3 * n ** 3\n"


@pytest.mark.parametrize(
    ("wrong", "right", "inputs", "what", "lines"),
    [
        (STEP.replace("@", "*"), STEP, "step", "with a matrix product there", (3, 4)),
        (STEP.replace("W @ h + U @ x", "W * h + U * x"), STEP, "step", "with a matrix product there", (3,)),
        (SOFT.replace("np.exp(s)", "s"), SOFT, "shares", "with the exponentials of these numbers there", ()),
        (ROWS.replace("np.exp(s)", "s"), ROWS, "rows", "with the exponentials of these numbers there", ()),
        (
            SCORES.replace("(K * q).sum(axis=1)", "cosine_similarity(K, q, axis=1)"),
            SCORES,
            "scores",
            "with the product, not divided by the lengths there",
            (),
        ),
        (POWERS.replace("**", "^"), POWERS, "powers", "with a power there", (2,)),
    ],
)
def test_habits_are_undone_wherever_they_show(
    zygote: Zygote, wrong: str, right: str, inputs: str, what: str, lines: tuple[int, ...]
) -> None:
    rng = np.random.default_rng(1)
    asked: dict[str, list[tuple[Any, ...]]] = {
        "step": [(rng.normal(size=(3, 3)), rng.normal(size=(3, 3)), *rng.normal(size=(2, 3))) for _ in range(3)],
        "shares": [(rng.normal(size=4),) for _ in range(3)],
        "rows": [(rng.normal(size=(2, 4)),) for _ in range(3)],
        "scores": [(rng.normal(size=(4, 3)), rng.normal(size=3)) for _ in range(3)],
        "powers": [(2,), (3,), (7,)],
    }
    found = repaired(zygote, wrong, right, asked[inputs], numeric=inputs != "powers")
    assert found is not None
    assert [(each.what, each.lines) for each in found.changes] == [(what, lines)]


def test_a_right_product_by_entries_is_left_where_another_is_meant(zygote: Zygote) -> None:
    right = STEP.replace("np.tanh(z) + g", "np.tanh(z) * g")
    wrong = right.replace("@", "*")
    rng = np.random.default_rng(2)
    inputs = [(rng.normal(size=(3, 3)), rng.normal(size=(3, 3)), *rng.normal(size=(2, 3))) for _ in range(3)]
    found = repaired(zygote, wrong, right, inputs, numeric=True)
    assert found is not None
    assert found.changes[0].lines == (3, 4)
