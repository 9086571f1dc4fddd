"""What beginners write in a first course, of texts, lists, rows and objects: each kind is told what is so of it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from autograder.course import CourseRoot, load_exercise
from autograder.grading.grader import Grader
from autograder.grading.judge import Judge
from autograder.grading.submission import from_bytes
from tests.small_course import write_course

REFERENCE = """import numpy as np


def words(text):
    counts = {}
    for word in text.lower().split():
        word = word.strip(".,!?")
        counts[word] = counts.get(word, 0) + 1
    return counts


def shift(text, k):
    moved = ""
    for letter in text:
        if "a" <= letter <= "z":
            moved += chr((ord(letter) - ord("a") + k) % 26 + ord("a"))
        else:
            moved += letter
    return moved


def top_k(lst, k):
    return sorted(lst, reverse=True)[:k]


def flatten(tree):
    flat = []
    for each in tree:
        if isinstance(each, list):
            flat += flatten(each)
        else:
            flat.append(each)
    return flat


def total(rows, key, column):
    sums = {}
    for row in rows:
        sums[row[key]] = sums.get(row[key], 0) + row[column]
    return sums


def best(rows, column):
    return sorted(rows, key=lambda row: row[column], reverse=True)


def far(x, limit):
    return np.flatnonzero(np.abs(x) > limit)


def days(month):
    return 30 if month in (4, 6, 9, 11) else 31


def search(x, seq):
    for place, each in enumerate(seq):
        if x <= each:
            return place
    return len(seq)


def asks(text):
    return text.endswith("?")


def prices(table, names):
    return [table.get(name, 0) for name in names]


def longest(words=None):
    return max(map(len, words or [""]))


def unique(lst):
    found = []
    for each in lst:
        if each not in found:
            found.append(each)
    return found


def held(amounts):
    account = Account()
    for amount in amounts:
        account.deposit(amount)
    return account.last()


class Account:
    def __init__(self, balance=0):
        self.balance = balance
        self.history = []

    def deposit(self, amount):
        self.balance += amount
        self.history.append(amount)

    def withdraw(self, amount):
        self.balance -= amount
        return self.balance

    def last(self):
        return self.history[-1]
"""
CHECKS = '''import numpy as np
from autograder.checks import points

ROWS = [{"city": "Rome", "year": 20, "sold": 5}, {"city": "Oslo", "year": 21, "sold": 8},
        {"city": "Rome", "year": 22, "sold": 5}, {"city": "Bern", "year": 23, "sold": 8}]


@points(1)
def test_words(agree):
    """Words."""
    for text in ("a b a", "The cat saw the Cat", "Stop! Stop, he said. Stop?"):
        agree("words", text)


@points(1)
def test_shift(agree, rng):
    """Letters."""
    for k in (1, 3, 30):
        agree("shift", "".join(rng.choice(list("abyzBC 7"), size=8)) + "z", k)


@points(1)
def test_top(agree):
    """The largest."""
    agree("top_k", [9, 9, 4, 9, 7, 9, 3], 5)
    agree("top_k", [4, 5, 2, 3], 4)
    agree("top_k", [4, 5, 2, 6], 2)


@points(1)
def test_flat(agree):
    """Flat."""
    agree("flatten", [1, [2, [3, 4]], [], 5])
    agree("flatten", [[1], 2, [[3]]])


@points(1)
def test_total(agree):
    """Sums."""
    agree("total", ROWS, "city", "sold")
    agree("total", ROWS, "year", "sold")


@points(1)
def test_best(agree):
    """The best first."""
    agree("best", ROWS, "sold")
    agree("best", ROWS, "year")


@points(1)
def test_far(agree, rng):
    """Places."""
    agree("far", rng.normal(size=9), 0.5)
    agree("far", rng.normal(size=6), 0.3)


@points(1)
def test_days(agree):
    """Days."""
    for month in range(1, 13):
        agree("days", month)


@points(1)
def test_search(agree):
    """Places in order."""
    for x, seq in ((42, [1, 5, 10]), (5, [1, 5, 10]), (-5, [1, 5, 10]), (9, [-5, -1, 3, 5, 7, 10])):
        agree("search", x, seq)


@points(1)
def test_asks(agree):
    """Questions."""
    for text in ("Is it?", "Yes? No", "Well? Now", "it is"):
        agree("asks", text)


@points(1)
def test_prices(agree):
    """Entries."""
    agree("prices", {"a": 1, "b": 2}, ["a", "c"])
    agree("prices", {"a": 1, "b": 2}, ["d", "b"])


@points(1)
def test_longest(agree):
    """Words, if any."""
    agree("longest", ["a", "bcd"])
    agree("longest", ["ab"])
    agree("longest", None)


@points(1)
def test_unique(agree):
    """Each once."""
    agree("unique", [1, 1, 1, 2, 3])


@points(1)
def test_unique_others(agree):
    """Each once."""
    agree("unique", [1, 5, 1, 1, 3, 2])


@points(1)
def test_unique_few(agree):
    """Each once."""
    agree("unique", [3, 4, 5, 1, 3])


@points(1)
def test_unique_none(agree):
    """None of none."""
    agree("unique", [])


@points(1)
def test_held(agree):
    """What came last."""
    agree("held", [1, 2])
    agree("held", [3])


@points(1)
def test_account(agree):
    """Money."""

    def ask(program):
        one, other = program.Account(10), program.Account()
        one.deposit(5)
        other.deposit(1)
        other.deposit(2)
        return one.withdraw(3), one.history, other.history, other.last(), len(other.history)

    agree(ask)
'''


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], str]:
    """What is said of the reference with something else at its end."""
    root = write_course(tmp_path_factory.mktemp("course"))
    exercise, solution = root / "exercises/exercise-02", root / "solutions/exercise-02"
    spec = (exercise / "exercise.yaml").read_text().partition("checks:")[0]
    spec = spec.replace("twice.py", "subjects.py").replace("points: 3", f"points: {CHECKS.count('@points')}")
    (exercise / "exercise.yaml").write_text(spec)
    names: tuple[str, ...] = (
        "words(text)",
        "shift(text, k)",
        "top_k(lst, k)",
        "flatten(tree)",
        "total(rows, key, column)",
    )
    names += ("best(rows, column)", "far(x, limit)", "days(month)", "search(x, seq)")
    names += ("asks(text)", "prices(table, names)", "longest(words=None)", "unique(lst)", "held(amounts)")
    stub = "".join(f"def {each}:\n    raise NotImplementedError\n" for each in names)
    (exercise / "subjects.py").write_text(f"{stub}class Account:\n    pass\n")
    (solution / "subjects.py").write_text(REFERENCE)
    (solution / "checks.py").write_text(CHECKS)
    for old in (solution / "misconceptions").iterdir():
        old.unlink()
    return lambda source: _told(root, source)


def _told(root: Path, source: str) -> str:
    with Judge(load_exercise(CourseRoot.at(root), "exercise-02"), []) as judge:
        report = Grader(judge.exercise, judge).grade(from_bytes("subjects.py", source.encode()))
    assert not report.passed
    return " | ".join(f"{each.title}. {each.text}" for each in report.explanations)


def changed(old: str, new: str) -> str:
    assert old in REFERENCE
    return REFERENCE.replace(old, new)


def added(source: str) -> str:
    return f"{REFERENCE}\n\n{source}\n"


TOLD = {
    "an argument that comes back, and an exception": (
        added("def unique(lst):\n    lst[-1]\n    return lst"),
        "unique: the answer is its argument `lst`, unchanged, where it answers at all.",
    ),
    "an exception of one check, and wrong answers": (
        added("def unique(lst):\n    return [each * len(lst) + lst[0] * 3 - 1 for each in lst[::-1]] or lst[9]"),
        "unique: for some arguments it raises IndexError at line",
    ),
    "a change that mends all lists that were asked": (
        added(
            "def unique(lst):\n    for k in range(len(lst)):\n        if lst[k] in lst[:k]:\n"
            "            return lst[:k] + lst[k + 1 :]\n    return lst"
        ),
        "with another value there, every check would pass. Something else can be wrong besides.",
    ),
    "an exception elsewhere": (
        added("def top_k(lst, k):\n    if k > 2:\n        return lst[99]\n    return lst.nothing"),
        "With other arguments it raises AttributeError at line",
    ),
    "a change that mends what was asked, and no more": (
        added(
            "def search(x, seq):\n    end = len(seq)\n"
            "    return end if x > seq[-1] else end - 1 if x == 9 else 2 if x == 5 else 0"
        ),
        "with another value there, every check would pass. Something else can be wrong besides.",
    ),
    "capital letters": (changed("text.lower().split", "text.split"), "capital letters in `text` change the answer"),
    "punctuation": (changed('word.strip(".,!?")', 'word.strip(",")'), "punctuation in `text` changes the answer"),
    "a result that is lost": (
        changed("    for word in text.lower()", "    text.lower()\n    for word in text"),
        "with its result kept",
    ),
    "letters for words": (changed("text.lower().split()", "text.lower()"), "another thing to loop over"),
    "a text in another key": (changed("% 26", "% 25"), "with another value there"),
    "no else": (
        changed("        else:\n            moved += letter\n    return", "    return"),
        "with an else below it",
    ),
    "nothing where an entry should be": (
        added("def top_k(lst, k):\n    return [lst.remove(each) for each in sorted(lst)[-k:]]"),
        "None stands in its answer. `lst.remove(each)` at line",
    ),
    "a method that isn't called": (
        added("def top_k(lst, k):\n    taken = lst.copy\n    return [taken.pop() for _ in range(k)]"),
        "`lst.copy` at line",
    ),
    "a method of its own that isn't called": (
        changed("self.history[-1]", "self.history[self.size - 1]").replace("history", "values")
        + "\n    def size(self):\n        return len(self.values)\n",
        "`self.size` at line",
    ),
    "None that a case of its own mends": (
        added("def longest(words=None):\n    if len(words) == 2:\n        return max(map(len, words))\n    return 2"),
        "for words where it is empty or None",
    ),
    "None for an argument": (
        changed('words or [""]', "words"),
        "where words is None",
    ),
    "places in a tuple, with a comma elsewhere": (
        added("def far(x, limit):\n    shape = (9,)\n    return np.where(np.abs(x) > limit)"),
        "`np.where` gives a tuple",
    ),
    "nothing at times": (
        added("def top_k(lst, k):\n    if k < 3:\n        return sorted(lst)[:k]\n    if k > 4:\n        lst[k]"),
        "for some arguments it returns nothing",
    ),
    "nothing, ever": (
        added("def top_k(lst, k):\n    sorted(lst)[-k:]\n    print(lst)"),
        "None comes back: the function has no `return` with a value behind it.",
    ),
    "an order that is turned": (
        changed("row: row[column], reverse=True", "row: row[column]"),
        "with another order there",
    ),
    "ties that are turned": (changed("row[column], reverse=True)", "row[column])[::-1]"), "with another order there"),
    "a call whose result is lost": (changed("flat += flatten(each)", "flatten(each)"), "with its result used"),
    "a word without effect": (changed("+ row[column]", "+ 1"), "total: `column` has no effect on the answer"),
    "entries for places": (
        changed("np.flatnonzero(np.abs(x) > limit)", "x[np.abs(x) > limit]"),
        "far: it gives the entries of `x`, and not their places",
    ),
    "places in a tuple": (
        changed("np.flatnonzero(np.abs(x) > limit)", "np.where(np.abs(x) > limit)"),
        "`np.where` gives a tuple",
    ),
    "a comparison that is always true": (
        changed("month in (4, 6, 9, 11)", "month == 4 or 6 or 9 or 11"),
        "with a comparison with each value there, every check would pass.",
    ),
    "what is None in a loop": (
        added(
            "def unique(lst):\n    return [each for each in lst.copy()] if not lst else _all(lst)\n\n\n"
            "def _all(lst):\n    found = []\n    for each in lst.reverse():\n        found.append(each)\n"
            "    return found"
        ),
        "`lst.reverse()` at line",
    ),
    "what is None and asked for more": (
        added(
            "def unique(lst):\n    found = []\n    for each in lst:\n        found.append(each).sort()\n"
            "    return found"
        ),
        "`found.append(each)` at line",
    ),
    "an attribute of the class": (
        changed("class Account:\n", "class Account:\n    history = []\n").replace("        self.history = []\n", ""),
        "with one for each object, and not one for all, every check would pass.",
    ),
    "a default that all share": (
        changed("balance=0):", "balance=0, history=[]):").replace("self.history = []", "self.history = history"),
        "with a new `[]` for each call, and not one for all, every check would pass.",
    ),
    "a sign on the wrong side": (changed("-= amount", "=- amount"), "with another assignment there"),
    "another attribute": (changed("return self.balance", "return amount"), "with another value to return"),
    "taken out and not looked at": (changed("self.history[-1]", "self.history.pop()"), "an index in place of the call"),
    "put at the other end": (changed("self.history.append(", "self.history.insert(0, "), "another method or function"),
}


@pytest.mark.parametrize("kind", TOLD)
def test_each_kind_is_told(kind: str, told: Callable[[str], str]) -> None:
    source, said = TOLD[kind]
    assert said in told(source)


NOT_TOLD = {
    "an argument that comes back at times": (
        added("def unique(lst):\n    lst[-1]\n    return lst if len(lst) != 5 else lst[:2]"),
        "where it answers at all",
    ),
    "a change that mends every list": (
        added(
            "def unique(lst):\n    found = []\n    for each in lst:\n        if each in found:\n"
            "            found.append(each)\n    return found"
        ),
        "Something else can be wrong besides",
    ),
    "a text of its own for each is no vocabulary": (
        added("def shift(text, k):\n    return ''.join(chr(ord(each) + k + 9) for each in text)"),
        "other words",
    ),
    "no comma where there is none": (
        changed("np.flatnonzero(np.abs(x) > limit)", "np.nonzero(np.abs(x) > limit)"),
        "comma",
    ),
    "marks that aren't all": (changed('word.strip(".,!?")', 'word.strip(".")[:2]'), "punctuation"),
    "a mark that should count": (changed('text.endswith("?")', '"?" in text'), "punctuation"),
    "a None of another call": (
        changed("    return [table.get(name, 0)", "    a = []\n    b = [a.append(0)]\n    return [table.get(name)"),
        "None stands in its answer",
    ),
    "a None that the call is made of": (
        added(
            "def unique(lst):\n    found = None if lst else []\n    for each in lst:\n        found.append(each)\n"
            "    return found"
        ),
        "changes what it is called on",
    ),
    "a None that is raised for another call": (
        added("def prices(table, names):\n    a = names.sort()\n    return [table.get('z')[0], a]"),
        "`names.sort()`",
    ),
    "a function that isn't called": (
        changed("self.history[-1]", "self.history[len - 1]").replace("history", "values"),
        "without calling it",
    ),
    "a method of which an exception speaks": (
        added("def flatten(tree):\n    kept = tree.copy\n    raise ValueError(f'no method, {kept is None}')"),
        "without calling it",
    ),
    "an order that counts": (changed("np.flatnonzero(np.abs(x) > limit)", "np.argsort(x)[:3]"), "`x` have no effect"),
    "brackets elsewhere": (
        added("def days(month):\n    kept = [30]\n    return list(kept if month in (4, 6, 9, 11) else (31,))"),
        "Square brackets",
    ),
    "no answer elsewhere": (
        added(
            "def top_k(lst, k):\n    if k == 5:\n        return None\n    while k == 4:\n        pass\n"
            "    return sorted(lst, reverse=True)[:k]"
        ),
        "Other arguments",
    ),
    "a None that is meant": (
        added("def top_k(lst, k):\n    lst.sort()\n    return [None, lst.append(1)][:k]"),
        "None stands in its answer",
    ),
    "an entry that counts for a few answers": (
        added(
            "def search(x, seq):\n    for i, each in enumerate(seq):\n        if x >= each:\n            return i\n"
            "    return len(seq) - 1"
        ),
        "has no effect",
    ),
    "an entry in another order": (
        changed("np.flatnonzero(np.abs(x) > limit)", "x[::-1][np.abs(x) > limit]"),
        "entries of `x`",
    ),
    "a change that mends by chance": (
        added(
            "def search(x, seq):\n    return 3 if x == 42 else 1 if x == 6 else 0 if x == -5 else 5 if x == 9 else 7"
        ),
        "would pass. |",
    ),
}


def test_each_line_that_raises_is_told(told: Callable[[str], str]) -> None:
    nowhere = "def unique(lst):\n    for each in lst:\n        found.append(each)\n    return found"
    assert told(added(nowhere)).count("unique: for some arguments it raises NameError at line") == 2
    both = "def unique(lst):\n    if lst:\n        return None\n    return lst[0]"
    said = told(added(both))
    assert "unique: for some arguments it raises IndexError at line" in said
    assert "unique: for some arguments it returns nothing." in said


@pytest.mark.parametrize("kind", NOT_TOLD)
def test_what_only_looks_so_is_not_told(kind: str, told: Callable[[str], str]) -> None:
    source, said = NOT_TOLD[kind]
    assert said not in f"{told(source)} |"
