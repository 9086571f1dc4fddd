"""What no single call asks, as an object's methods, a generator and a printing program: its line is found, too."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from autograder.course import CourseRoot, load_course, load_exercise
from autograder.grading.explaining.effort import Effort
from autograder.grading.explaining.repair.change import Text
from autograder.grading.explaining.repair.one_by_one import mending
from autograder.grading.grade import grade
from autograder.grading.report import Report
from autograder.grading.submission import from_bytes
from tests.small_course import write_course

Graded = Callable[[str], Report]

ACCOUNT = """class Account:
    def __init__(self, start):
        self.balance = start

    def take(self, amount):
        if amount > self.balance:
            raise ValueError("too much")
        self.balance -= amount
        return amount

    def pay_in(self, amount):
        self.balance += amount


def running(values):
    total = 0
    for value in values:
        total += value
        yield total
"""
_TAKE = ACCOUNT.partition("def take")[2].partition("    def pay_in")[0]
CHECKS = '''from autograder.checks import points


@points(1)
def test_paid(agree, rng):
    """What is paid in is there."""
    start, more = rng.integers(1, 50, size=2).tolist()

    def ask(program):
        account = program.Account(start)
        account.pay_in(more)
        return account.balance

    agree(ask)


@points(1)
def test_all(agree, rng):
    """All can be taken."""
    start = int(rng.integers(1, 50))

    def ask(program):
        account = program.Account(start)
        return account.take(start), account.balance

    agree(ask)


@points(1)
def test_running(agree, rng):
    """Sums so far."""
    values = rng.integers(1, 9, size=4).tolist()
    agree(lambda program: list(program.running(values)))
'''


@pytest.fixture(scope="module")
def graded(tmp_path_factory: pytest.TempPathFactory) -> Graded:
    root = _course(tmp_path_factory.mktemp("course"), "account.py", ACCOUNT, CHECKS)
    return lambda source: _graded(root, "account.py", source)


def _course(folder: Path, file: str, reference: str, checks: str) -> CourseRoot:
    root = write_course(folder)
    exercise, solution = root / "exercises/exercise-02", root / "solutions/exercise-02"
    spec = (exercise / "exercise.yaml").read_text().partition("checks:")[0]
    spec = spec.replace("twice.py", file).replace("points: 3", f"points: {checks.count('@points')}")
    (exercise / "exercise.yaml").write_text(spec)
    (exercise / file).write_text('"""Write it."""\n')
    (solution / file).write_text(reference)
    (solution / "checks.py").write_text(checks)
    for old in (solution / "misconceptions").iterdir():
        old.unlink()
    return CourseRoot.at(root)


def _graded(root: CourseRoot, file: str, source: str) -> Report:
    (report,) = grade(load_course(root), load_exercise(root, "exercise-02"), [from_bytes(file, source.encode())])
    return report


def test_one_change_that_mends_all_is_told(graded: Graded) -> None:
    (said,) = graded(ACCOUNT.replace("        yield total", "    yield total")).explanations
    assert (said.kind, said.line, said.checks) == ("line", 19, ["running"])
    assert said.text == "Line 19: one block further in, every check would pass."


def test_of_two_mistakes_in_one_class_each_is_told_of_its_check(graded: Graded) -> None:
    report = graded(
        ACCOUNT.replace("amount > self", "amount >= self").replace("balance += amount", "balance -= amount")
    )
    found = {tuple(each.checks): (each.line, each.text) for each in report.explanations}
    assert found == {
        ("paid",): (12, "Line 12: with another operation there, one more check of Account would pass."),
        ("all",): (6, "Line 6: with another comparison there, one more check of Account would pass."),
    }


def test_what_is_right_when_asked_alone_is_laid_to_no_line(graded: Graded) -> None:
    kept = "class Account:\n    paid = []\n" + ACCOUNT.partition("\n")[2]
    kept = kept.replace("self.balance += amount", "self.paid.append(amount)\n        self.balance += amount")
    report = graded(kept.replace("return amount", "return amount + sum(self.paid)"))
    assert [check.id for check in report.checks if check.status == "failed"] == ["all"]
    assert [each.title for each in report.explanations] == ["Account: an answer depends on earlier calls"]


def test_the_line_of_a_printing_program_is_told(tmp_path: Path) -> None:
    right = "numbers = [int(each) for each in input().split()]\nprint(sum(numbers))\nprint(max(numbers))\n"
    checks = (
        "from autograder.checks import points\n\n\n@points(1)\ndef test_any(agree, rng):\n"
        '    """Any."""\n    numbers = rng.integers(-50, 50, size=4).tolist()\n'
        '    agree.script(stdin=" ".join(map(str, numbers)) + "\\n")\n'
    )
    root = _course(tmp_path, "total.py", right, checks)
    (said,) = _graded(root, "total.py", right.replace("max(", "min(")).explanations
    assert said.text == "Line 3: with another function there, every check would pass."
    (said,) = _graded(root, "total.py", right.replace("print(max(numbers))", "max(numbers)")).explanations
    assert said.text == "Line 3: with its value printed, every check would pass."
    source = "def show(numbers):\n    sum(numbers)\n\nshow([int(each) for each in input().split()])\n"
    assert _graded(root, "total.py", source).explanations == []  # it prints nothing, and one line mends it by half


def test_a_function_that_a_printing_program_never_calls_is_told(tmp_path: Path) -> None:
    right = "def total():\n    print(sum(map(int, input().split())))\n\n\ntotal()\n"
    checks = (
        "from autograder.checks import points\n\n\n@points(1)\ndef test_any(agree, rng):\n"
        '    """Any."""\n    a, b = rng.integers(-50, 50, size=2).tolist()\n'
        '    agree.script(stdin=f"{a} {b}\\n")\n'
    )
    root = _course(tmp_path, "total.py", right, checks)
    (said,) = _graded(root, "total.py", right.replace("\ntotal()\n", "")).explanations
    assert said.text.startswith("total is defined at line 1, and nothing in the file calls it")
    (said,) = _graded(root, "total.py", right.replace("\ntotal()\n", "\nabs(1)\n")).explanations
    assert said.text == "Lines 1–2: with a call of total below, every check would pass."
    assert _graded(root, "total.py", right.replace("\ntotal()\n", "\ntotal\n").replace("sum", "min")).explanations == []


def test_one_smaller_is_said_of_no_comparison_and_one_entry_of_no_empty_list(tmp_path: Path) -> None:
    right = "def below(xs, limit):\n    return sum(x <= limit for x in xs)\n"
    checks = (
        "from autograder.checks import points\n\n\n@points(1)\ndef test_some(agree, rng):\n"
        '    """Some."""\n    for limit in (3, 6, 5, 4):\n'
        '        agree("below", rng.integers(0, 9, size=9).tolist(), limit)\n\n\n'
        '@points(1)\ndef test_none(agree):\n    """None."""\n    agree("below", [], 4)\n'
    )
    root = _course(tmp_path, "below.py", right, checks)
    (said,) = _graded(root, "below.py", right.replace("<=", "<")).explanations
    assert said.title == "Look at line 2"
    (said,) = _graded(root, "below.py", right.replace("<= limit", "<= limit - 1")).explanations
    assert said.title == "below: it answers as if `argument 2` were one smaller"
    first = "def below(xs, limit):\n    for x in xs:\n        return int(x <= limit)\n"
    said, empty = _graded(root, "below.py", first).explanations
    assert (said.title.partition(": ")[2][:20], said.checks) == ("only the first entry", ["some"])
    assert (empty.title, empty.checks) == ("below: for some arguments it returns nothing", ["none"])


def test_a_method_that_a_class_lacks_is_named(tmp_path: Path) -> None:
    right = "class Row:\n    def __init__(self, xs):\n        self.xs = xs\n\n    def __getitem__(self, i):\n"
    checks = (
        "from autograder.checks import points\n\n\n@points(1)\ndef test_first(agree):\n"
        '    """The first."""\n    agree(lambda program: program.Row([4, 7])[0])\n'
    )
    root = _course(tmp_path, "row.py", right + "        return self.xs[i]\n", checks)
    (tmp_path / "exercises/exercise-02/row.py").write_text("class Row:\n    pass\n")
    (check,) = _graded(root, "row.py", right.partition("\n\n")[0] + "\n").checks
    assert check.message.endswith("A method `__getitem__` in the class Row does that.")


def _said_of_a_row(tmp_path: Path, right: str, wrong: str, asked: str) -> str:
    """What is said of a class Row with a wrong method, where a check asks something of it."""
    checks = (
        "from autograder.checks import points\n\n\n@points(1)\ndef test_it(agree):\n"
        f'    """It."""\n    agree(lambda program: {asked})\n'
    )
    root = _course(tmp_path, "row.py", right, checks)
    (tmp_path / "exercises/exercise-02/row.py").write_text("class Row:\n    pass\n")
    (check,) = _graded(root, "row.py", f"class Row:\n    {wrong}\n").checks
    return check.message


@pytest.mark.parametrize(
    ("wrong", "asked", "said"),
    [
        ("def size():\n        return 3", "program.Row().size()", "does its line begin with `def size(self`?"),
        (
            "def size(self, n):\n        return n",
            "program.Row.size(3)",
            "leave that out, and write a line `@staticmethod` above it.",
        ),
        ("def size(cls, n):\n        return n", "program.Row.size(3)", "only with a line `@classmethod` above it."),
        ("def size(self):\n        return [1] + 2", "program.Row().size()", "`[x]` makes one of a value x, or"),
        ("def size(self):\n        return (1,) + (2)", "program.Row().size()", "It is the comma that does it."),
        ("def size(self):\n        x = []\n        x += 3", "program.Row().size()", "`append` adds one value."),
    ],
)
def test_what_python_says_is_told_in_words_that_help(tmp_path: Path, wrong: str, asked: str, said: str) -> None:
    right = "class Row:\n    @staticmethod\n    def size(n=3):\n        return n\n"
    message = _said_of_a_row(tmp_path, right, wrong, asked)
    assert said in message


@pytest.mark.parametrize(
    ("wrong", "asked"),
    [
        ("def size(self):\n        return 3", "program.Row().size(3)"),  # it begins with self
        ("@staticmethod\n    def size():\n        return 3", "program.Row().size(3)"),
        ("@classmethod\n    def size(cls):\n        return 3", "program.Row.size(3)"),
        ("def size(self, n):\n        return n\n    def go(self):\n        return self.size()", "program.Row().go()"),
        ("def size(self):\n        x = 0\n        x += sum(3)", "program.Row().size()"),
    ],
)
def test_where_self_and_joining_are_not_what_is_wrong_nothing_is_said_of_them(
    tmp_path: Path, wrong: str, asked: str
) -> None:
    right = "class Row:\n    def size(self, n=3):\n        return n\n    go = size\n"
    message = _said_of_a_row(tmp_path, right, wrong, asked.replace("Row.size(", "Row().size("))
    assert "TypeError" in message
    for advice in ("self(", "`def ", "@staticmethod", "append"):
        assert advice not in message


@pytest.mark.parametrize(("typed", "meant"), [("lists", "list"), ("lstt", "lst")])
def test_of_pythons_names_the_one_that_is_nearer_than_an_argument_is_meant(
    tmp_path: Path, typed: str, meant: str
) -> None:
    checks = (
        "from autograder.checks import points\n\n\n@points(1)\ndef test_it(agree):\n"
        '    """It."""\n    agree(\'copied\', [1, 2])\n'
    )
    right = "def copied(lst):\n    return list(lst)\n"
    root = _course(tmp_path, "copied.py", right, checks)
    (tmp_path / "exercises/exercise-02/copied.py").write_text("def copied(lst):\n    pass\n")
    (check,) = _graded(root, "copied.py", right.replace("list(", f"{typed}(")).checks
    assert check.message.endswith(f"Did you mean {meant!r}?")


def test_what_came_back_that_a_check_cant_use_is_told_as_what_it_is(tmp_path: Path) -> None:
    right = "class Row:\n    n = 3\n\n    @classmethod\n    def new(cls):\n        return cls()\n"
    checks = (
        "from autograder.checks import points\n\n\n@points(1)\ndef test_it(agree):\n"
        '    """It."""\n    agree(lambda program: program.Row.new().n)\n'
    )
    root = _course(tmp_path, "row.py", right, checks)
    (check,) = _graded(root, "row.py", right.replace("cls()", "3")).checks
    assert check.message.endswith(
        "can't be used as the right answer can: AttributeError: 'int' object has no attribute 'n'."
    )


@pytest.mark.parametrize(
    ("asked", "method"),
    [("2 * program.Row(3)", "__rmul__"), ("1 < program.Row(3)", "__gt__"), ("-program.Row(3)", "__neg__")],
)
def test_who_stands_on_the_right_lacks_the_method_of_that_side(tmp_path: Path, asked: str, method: str) -> None:
    begins = (
        "class Row:\n    def __init__(self, n):\n        self.n = n\n\n    def __mul__(self, n):\n        return 0\n\n"
    )
    begins += "    def __lt__(self, n):\n        return True\n"
    checks = (
        "from autograder.checks import points\n\n\n@points(1)\ndef test_it(agree):\n"
        f'    """It."""\n    agree(lambda program: {asked})\n'
    )
    right = f"{begins}\n    def {method}(self, *n):\n        return 1\n"
    root = _course(tmp_path, "row.py", right, checks)
    (tmp_path / "exercises/exercise-02/row.py").write_text("class Row:\n    pass\n")
    (check,) = _graded(root, "row.py", begins).checks
    assert check.message.endswith(f"A method `{method}` in the class Row does that.")


def test_what_is_kept_for_all_objects_leaves_the_line_of_another_mistake(graded: Graded) -> None:
    kept = "class Account:\n    paid = []\n" + ACCOUNT.partition("\n")[2]
    kept = kept.replace("self.balance += amount", "self.paid.append(amount)\n        self.balance -= amount")
    report = graded(kept.replace("return amount", "return amount + sum(self.paid)"))
    assert [(each.title, each.checks) for each in report.explanations] == [
        ("Account: an answer depends on earlier calls", ["all"]),
        ("Look at line 14", ["paid"]),
    ]


@pytest.mark.parametrize(
    ("right", "wrong", "line"),
    [
        ("self.balance = start", "balance = start", 3),
        ("self.balance += amount", "balance = self.balance + amount", 12),
        ("amount > self.balance", "amount > balance", 6),
    ],
)
def test_a_name_where_an_attribute_was_meant_is_told(graded: Graded, right: str, wrong: str, line: int) -> None:
    assert [each.line for each in graded(ACCOUNT.replace(right, wrong)).explanations] == [line]


def test_nothing_is_changed_in_a_method_that_nothing_wrong_runs() -> None:
    text, asked = Text(ACCOUNT), list[str]()

    def mended(source: str) -> frozenset[str]:
        asked.append(source)
        return frozenset()

    def unchanged(source: str) -> bool:
        return "raise SystemExit" in source.partition("def take")[2].partition("def pay_in")[0]

    assert not [*mending(text, ["Account"], mended, unchanged, Effort())]
    assert len(asked) > 1
    assert all(source.partition("def take")[2].startswith(_TAKE) for source in asked)


def test_a_method_that_lacks_is_nothing_that_was_kept_from_an_earlier_call(tmp_path: Path) -> None:
    """The objects before it are of this program: nothing is told of another one by what it says of them."""
    right = "class Tree:\n    def __init__(self, value, *children):\n        self.children = children\n\n"
    right += "    def depth(self):\n        return 1 + max((each.depth() for each in self.children), default=0)\n"
    checks = (
        "from autograder.checks import points\n\n\n@points(1)\ndef test_deep(submission):\n"
        '    """It is deep."""\n    assert submission.Tree(1, submission.Tree(2)).depth() == 2\n'
    )
    root = _course(tmp_path, "tree.py", right, checks)
    (tmp_path / "exercises/exercise-02/tree.py").write_text("class Tree:\n    pass\n")
    default = "class Tree:\n    def __init__(self, value, children=[]):\n        self.children = children\n"
    report = _graded(root, "tree.py", default)
    assert report.checks[0].message == "There is no depth. These names are there: children."
    assert report.explanations == []
