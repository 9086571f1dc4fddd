"""`gradecheck run` end to end: what a student gets for right, wrong, broken and hostile files."""

from __future__ import annotations

import contextlib
import ctypes
import json
import os
import re
import time
import xml.etree.ElementTree as ET
from collections.abc import Callable, Collection, Iterator
from itertools import count
from pathlib import Path
from typing import Any

import msgspec
import pytest

from autograder.course import CourseRoot, load_course, load_exercise
from autograder.grading.grade import grade
from autograder.grading.report import Report
from autograder.grading.submission import from_bytes
from tests.command import REPOSITORY, Command
from tests.warm import OWN_ZYGOTE

FIELDS = {"schema", "exercise", "title", "score", "points", "passed", "seconds", "isolation", "submission"}
FIELDS |= {"checks", "output"}
ISOLATION = ["bubblewrap", "landlock", "seccomp", "rlimits"]
HEAD = "import numpy as np\ndef tanh_jacobian(h_prev, x, W_hh, W_xh, b):\n"
Graded = Callable[[str | bytes], dict[str, Any]]


#: Of prctl: whose children end is mine to know, however far below me they are.
_SET_CHILD_SUBREAPER = 36


def workers_alive() -> dict[int, str]:
    """Sandbox processes whose parents have ended, of all that this process has started since: their command lines."""
    found = {}
    for folder in Path("/proc").glob("[0-9]*"):
        with contextlib.suppress(OSError):
            parent = int((folder / "stat").read_text().rpartition(")")[2].split()[1])
            command = (folder / "cmdline").read_bytes().replace(b"\0", b" ").decode(errors="replace")
            if parent == os.getpid() and "autograder.sandbox.linux.inside" in command:
                found[int(folder.name)] = command
    return found


def left_since(before: Collection[int]) -> list[str]:
    """What of the sandbox runs still, a while after its command has ended: a killed process takes its time to go."""
    end = time.monotonic() + 300
    while (
        left := {pid: said for pid, said in workers_alive().items() if pid not in before}
    ) and time.monotonic() < end:
        time.sleep(0.02)
    return list(left.values())


def messages(report: dict[str, Any]) -> set[str]:
    return {check["message"] for check in report["checks"]}


@pytest.fixture(scope="module")
def graded() -> Iterator[Graded]:
    """Grades sources for exercise-04 by one judge, as one after the other is handed in; returns the JSON reports."""
    root, sources = CourseRoot.at(REPOSITORY), list[bytes]()
    exercise = load_exercise(root, "exercise-04")
    handed_in = (from_bytes(exercise.file, sources.pop()) for _ in count())
    reports = grade(load_course(root), exercise, handed_in)

    def next_report(source: str | bytes) -> dict[str, Any]:
        sources.append(source if isinstance(source, bytes) else source.encode())
        report: dict[str, Any] = json.loads(next(reports).to_json())
        assert report["isolation"] == ISOLATION
        return report

    yield next_report
    reports.close()


def test_a_right_program_passes_with_the_fields_that_others_script_against(
    gradecheck: Command, right_jacobian: str
) -> None:
    report = gradecheck.grade("exercise-04", right_jacobian)
    assert report.keys() >= FIELDS
    assert report["isolation"] == ISOLATION
    assert report["score"] == report["points"] == 10
    assert {check["status"] for check in report["checks"]} == {"passed"}
    msgspec.convert(report, Report)


def test_a_known_mistake_is_named_and_explained(gradecheck: Command) -> None:
    source = HEAD + "    return (1 - np.tanh(W_hh @ h_prev + W_xh @ x + b))[:, None] * W_hh\n"
    report = gradecheck.grade("exercise-04", source)
    named = {check["misconception"]["id"] for check in report["checks"] if check["status"] != "passed"}
    assert named == {"slope-not-squared"}
    explanation = report["checks"][0]["misconception"]["explanation"]
    assert "1.762" in explanation


def test_an_unknown_mistake_is_not_given_a_name(graded: Graded) -> None:
    report = graded(HEAD + "    return np.full((len(b), len(b)), 0.123456)\n")
    assert all(check["misconception"] is None for check in report["checks"])
    assert not report["passed"]


def test_the_stub_is_not_started(graded: Graded) -> None:
    report = graded((REPOSITORY / "exercises/exercise-04/tanh_jacobian.py").read_text())
    assert report["score"] == 0
    assert all(message.startswith("Not started yet") for message in messages(report))


def test_a_stub_with_a_name_on_top_is_not_started(graded: Graded) -> None:
    stub = (REPOSITORY / "exercises/exercise-04/tanh_jacobian.py").read_text()
    report = graded(f"# Ada Lovelace\n\n{stub}\n# not yet\n")
    assert all(message.startswith("Not started yet: your program is the stub") for message in messages(report))


@pytest.mark.parametrize(
    ("line", "advice"),
    [
        (">>> import numpy as np\n", "The prompt of an interactive session was copied"),
        ("Python 3.11.4 (main, Jun  7 2023) [GCC 12.3]\n", "The prompt of an interactive session was copied"),
        ("name = “tanh”\n", "write straight ones"),
        ("slope = 1 – 0\n", "`–` is for print: in a program, write `-`."),
        ("both = (1， 2)\n", "`，` is for print: in a program, write `,`."),
        ("one = １\n", "`１` is for print: in a program, write `1`."),
        ("x\u00a0= 1\n", "It looks like a blank"),
        ("x\u200b = 1\n", "It can't be seen"),
        ("if 1 &lt; 2: pass\n", "`&lt;` is how a web page writes a sign"),
        ("```python\n", "This is Markdown around a program"),
        ("1: x = 2\n2: def f():\n3:     pass\n4:\n", "The numbers of lines were copied"),
        ('print "hello"\n', "That is Python 2. Programs run on"),
        ("if 1 <> 2: pass\n", "write `!=`"),
        ('raise ValueError, "no"\n', "write `raise ValueError(…)`"),
        ("def f(:\n", ""),
        ('print("<>" "`x`" "&lt;"))\n', ""),
        ('improt numpy\n"""\n```python\n"""\n', ""),
    ],
)
def test_a_syntax_error_that_was_pasted_says_so(graded: Graded, line: str, advice: str) -> None:
    (message,) = messages(graded(line + HEAD))
    assert "syntax error at line 1" in message
    assert advice in message.replace("\n", " ")
    if not advice:
        assert message.rstrip().endswith("^")


def test_a_sign_that_looks_like_a_blank_is_told_wherever_it_is(graded: Graded) -> None:
    (message,) = messages(graded("x\u00a0= 1\ny = 2\nz\u00a0= 3\n" + HEAD))
    assert "The same sign is elsewhere: line 3." in message


def test_a_merge_conflict_is_told_from_a_prompt_by_where_it_begins(graded: Graded) -> None:
    conflict = "<<<<<<< HEAD\nstep = 1\n=======\nstep = 2\n>>>>>>> 1234abc (mend it)\n"
    (message,) = messages(graded(f"import numpy\n{conflict}{HEAD}"))
    assert "A merge conflict of Git begins at line 2: keep one of its two versions" in message
    assert "interactive session" not in message


def test_a_conflict_in_quotes_is_none_and_a_fence_at_the_end_is_no_python_2(graded: Graded) -> None:
    shown = 'SHOWN = """\n<<<<<<< HEAD\n=======\n>>>>>>> b\n"""\n'
    (message,) = messages(graded(f"{shown}def f(:\n{HEAD}"))
    assert message.rstrip().endswith("^")
    (message,) = messages(graded(f"import numpy\n{HEAD}    return 1\n```\n"))
    assert "A line with ``` is Markdown's: delete it." in message
    assert "Python 2" not in message
    (message,) = messages(graded("import numpy\nx = `3`\n" + HEAD))
    assert "That is Python 2" in message


def test_tabs_among_blanks_are_told_by_their_lines(graded: Graded) -> None:
    (message,) = messages(graded("def f(x):\n    if x:\n\tx = 1\n    return x\n" + HEAD))
    assert "Some lines begin with tabs (line 3) and others with blanks" in message


def test_a_name_of_python_2_says_what_it_is_called_now(graded: Graded) -> None:
    (message, *_) = messages(graded(HEAD + "    return [h_prev[i] for i in xrange(3)]\n"))
    assert "That name is of Python 2: write `range`." in message


def test_a_program_that_colab_exported_is_graded_without_what_only_a_notebook_reads(graded: Graded) -> None:
    right = (REPOSITORY / "solutions/exercise-04/tanh_jacobian.py").read_text()
    report = graded("!pip install numpy\n%matplotlib inline\n" + right)
    assert report["passed"], messages(report)
    (message,) = messages(graded("!pip install numpy\n" + right + "\nx = (\n"))
    assert f"syntax error at line {right.count(chr(10)) + 3}" in message


@pytest.mark.parametrize(
    ("answer", "line"),
    [
        ("np.diag(b) @ W_hh", "import numpy as np"),
        ("W_hh * math.tanh(1)", "import math"),
        ("W_hh @ slopes", ""),
        ("W_hh * time", ""),  # a name of a module, and not used as one
    ],
)
def test_a_name_that_an_import_makes_is_told_with_its_line(graded: Graded, answer: str, line: str) -> None:
    head = HEAD.replace("import numpy as np\n", "")
    told = [message.rpartition("\n")[2] for message in messages(graded(f"{head}    return {answer}\n"))]
    assert all(said.endswith("at the top of your file makes this name.") == bool(line) for said in told)
    assert all(said.strip().startswith(f"`{line}`") for said in told if line)


@pytest.mark.parametrize("power", ["np.tanh(W_hh) ^ 2", "2.5 ^ 2"])
def test_a_power_that_is_none_in_python_is_told(graded: Graded, power: str) -> None:
    report = graded(HEAD + f"    return W_hh * ({power})\n")
    assert all("write `**`" in message for message in messages(report))


def test_what_is_not_written_yet_is_no_belief(gradecheck: Command) -> None:
    head, forward, _ = (REPOSITORY / "solutions/exercise-12/gru_cell.py").read_text().partition("        # x @ W.T is")
    report = gradecheck.grade("exercise-12", head + "        raise NotImplementedError\n", "gru_cell.py")
    assert forward
    passed, *unwritten = sorted(report["checks"], key=lambda check: check["status"] != "passed")
    assert passed["id"] == "nine_parameters"
    assert all("isn't written yet" in check["message"] for check in unwritten)
    assert all(check["misconception"] is None for check in unwritten)
    assert all(check["unwritten"] and "line" not in check for check in unwritten)


@pytest.mark.parametrize("body", ["raise NotImplementedError('later')", "pass", "..."])
def test_a_function_that_is_still_to_come_hides_no_mistake_beside_it(gradecheck: Command, body: str) -> None:
    source = f"import numpy as np\ndef jacobian_product(jacobians):\n    {body}\n"
    source += "def norm_bound(W_hh, steps, slope=1.0):\n    return (slope * np.linalg.norm(W_hh)) ** steps\n"
    (gradecheck.folder / "jacobian_product.py").write_text(source)
    report = gradecheck("run", "exercise-05", "jacobian_product.py", "--json").report
    assert report["note"] == "1 of 2 written: jacobian_product is still to come."
    mistaken = [check for check in report["checks"] if check["status"] != "passed" and "unwritten" not in check]
    assert {check["misconception"]["id"] for check in mistaken} == {"frobenius-for-spectral"}
    assert not [check for check in mistaken if "jacobian_product" in check["message"]]
    shown = gradecheck("run", "exercise-05", "jacobian_product.py").out
    assert re.search(r"In [56] checks; one of them:\nfailed: The bound of the statement\n", shown)
    assert shown.count("jacobian_product is") == 1


@pytest.mark.parametrize(
    "source",
    [
        "if np.pi > 3:\n    def tanh_jacobian(*given):\n        return WRONG\n"
        "else:\n    def tanh_jacobian(*given): ...\n",
        "def answering(f):\n    return lambda *given: WRONG\n@answering\ndef tanh_jacobian(*given): ...\n",
        "def tanh_jacobian(*given):\n    pass\nglobals()['tanh_jacobian'] = lambda *given: WRONG\n",
    ],
)
def test_what_answers_is_written_wherever_that_stands(gradecheck: Command, source: str) -> None:
    report = gradecheck.grade("exercise-04", "import numpy as np\nWRONG = np.ones((2, 3))\n" + source)
    assert not report.get("note")
    assert not any("isn't written" in message for message in messages(report))
    assert report["explanations"]


def test_an_empty_definition_below_a_written_one_is_told_with_its_line(gradecheck: Command) -> None:
    right = (REPOSITORY / "solutions/exercise-04/tanh_jacobian.py").read_text()
    stub = 'def tanh_jacobian(*given):\n    raise NotImplementedError("Write tanh_jacobian: replace this line.")\n'
    said = f"Line {right.count(chr(10)) + 1} defines tanh_jacobian once more, with nothing in it, and of two the last"
    report = gradecheck.grade("exercise-04", right + stub)
    assert said in report["note"]
    assert all(message.startswith(said) for message in messages(report))


def test_no_input_is_simple_where_a_name_is_missing(gradecheck: Command) -> None:
    for body, has_one in (("slop * z", False), ("[][z.ndim]", True)):
        source = f"import numpy as np\ndef derivative(name, z):\n    return {body}\n"
        report = gradecheck.grade("exercise-03", source, "activations.py")
        assert any("raised " in message for message in messages(report))
        assert any("simplest input" in message for message in messages(report)) is has_one


def test_a_syntax_error_shows_the_line_and_a_caret(graded: Graded) -> None:
    report = graded("import numpy as np\ndef tanh_jacobian(h_prev, x:\n    return 1\n")
    (message,) = messages(report)
    assert "syntax error at line 2" in message
    code, caret = message.splitlines()[-2:]
    assert code.strip() == "def tanh_jacobian(h_prev, x:"
    assert caret.strip() == "^"


@pytest.mark.parametrize("name", ["tanh_jacobain", "jacobian_of_tanh", "JacobianTanh"])
def test_a_misspelt_function_names_what_was_expected_and_what_was_found(graded: Graded, name: str) -> None:
    report = graded(f"def {name}(h_prev, x, W_hh, W_xh, b):\n    return W_hh\n")
    (message,) = messages(report)
    assert "no function or class named tanh_jacobian" in message
    assert f"It has {name}: rename it." in message


def test_a_function_of_another_name_is_taken_for_no_other(graded: Graded) -> None:
    report = graded("def slope_of_tanh(z):\n    return z\n")
    assert report["note"] == (
        "0 of 1 written: tanh_jacobian is still to come. So far, your file defines slope_of_tanh."
    )


@pytest.mark.parametrize(("product", "told"), [("W_xh * h_prev", True), ("W_hh * x", True), ("x + h_prev", False)])
def test_a_product_by_entries_that_does_not_fit_is_told_from_one_of_matrices(
    graded: Graded, product: str, told: bool
) -> None:
    report = graded(f"def tanh_jacobian(h_prev, x, W_hh, W_xh, b):\n    return {product}\n")
    raised = [each for each in messages(report) if "could not be broadcast" in each]
    assert raised
    assert all(("the product of matrices, or of a matrix and a vector, is `@`." in each) is told for each in raised)


def test_a_method_of_a_helper_class_is_not_told_to_move(graded: Graded) -> None:
    report = graded("class Layer:\n    def tanh_jacobian(self, z):\n        return z\n")
    assert report["note"] == (
        "Line 2: tanh_jacobian is a method of Layer; the checks call a function of that name, at the left margin."
    )


BOX = """class Box:
    def {name}(self):
        return 1
def tanh_jacobian(h_prev, x, W_hh, W_xh, b):
    return {answer}
"""


@pytest.mark.parametrize("name", ["_len_", "__len_", "_len__", "_init_", "_matmul_"])
def test_a_method_that_nearly_has_the_name_of_one_that_python_calls_is_told(graded: Graded, name: str) -> None:
    whole = f"__{name.strip('_')}__"
    assert graded(BOX.format(name=name, answer="W_hh"))["note"] == (
        f"Line 2: Python calls `{whole}`, with two underscores on each side; `{name}` is an ordinary method."
    )


@pytest.mark.parametrize("name", ["__len__", "_add", "len", "_length_", "_missing_", "__len", "_repr_html_"])
def test_a_method_that_is_meant_so_is_not(graded: Graded, name: str) -> None:
    assert not graded(BOX.format(name=name, answer="W_hh"))["note"]


def test_a_right_program_is_not_told_of_its_methods_names(graded: Graded) -> None:
    right = "(1 - np.tanh(W_hh @ h_prev + W_xh @ x + b) ** 2)[:, None] * W_hh"
    report = graded("import numpy as np\n" + BOX.format(name="_len_", answer=right))
    assert report["score"] == report["points"]
    assert not report["note"]


@pytest.mark.parametrize("around", ["class Cell", "def main()"])
def test_a_function_inside_of_something_else_is_told_and_not_said_to_be_missing(graded: Graded, around: str) -> None:
    report = graded(f"{around}:\n    def tanh_jacobian(h_prev, x, W_hh, W_xh, b):\n        return W_hh\n")
    inside = around.split()[1].rstrip("()")
    assert report["note"] == (
        f"Line 2: tanh_jacobian is defined inside {inside}, where nobody can call it by its name. Move it to the left"
        " margin."
    )
    assert all(check["status"] != "passed" and "unwritten" not in check for check in report["checks"])


@pytest.mark.parametrize(
    "bound",
    [
        "def make():\n    def tanh_jacobian(*a):\n        return 1\n    return tanh_jacobian\ntanh_jacobian = make()\n",
        "def make():\n    global tanh_jacobian\n    def tanh_jacobian(*a):\n        return 1\nmake()\n",
        "def make():\n    def inner(*a):\n        return 1\n    globals()['tanh_jacobian'] = inner\nmake()\n",
        "if True:\n    def tanh_jacobian(*a):\n        return 1\n",
        "try:\n    import absent\nexcept ImportError:\n    def tanh_jacobian(*a):\n        return 1\n",
        "try:\n    from itertools import tanh_jacobian\nexcept ImportError:\n    tanh_jacobian = lambda *a: 1\n",
        "def make():\n    def tanh_jacobian(*a):\n        return 1\n    return locals()\nglobals().update(make())\n",
        "import sys\ndef make():\n    def tanh_jacobian(*a):\n        return 1\n"
        "    sys.modules[__name__].tanh_jacobian = tanh_jacobian\nmake()\n",
        "def export(f):\n    globals()[f.__name__] = f\n    return f\nclass Cell:\n    @export\n"
        "    def tanh_jacobian(*a):\n        return 1\n",
        "exec('def tanh_jacobian(*a):\\n    return 1')\n",
    ],
)
def test_what_is_there_when_the_file_has_run_is_neither_missing_nor_in_a_wrong_place(
    graded: Graded, bound: str
) -> None:
    report = graded(bound)
    assert not report["note"]
    assert "it is the int 1" in report["checks"][0]["message"]


def test_a_helper_that_stands_inside_another_function_as_well_is_in_its_place(graded: Graded) -> None:
    source = f"def outer():\n    def tanh_jacobian():\n        return 1\n{HEAD}    return W_hh\n"
    assert not graded(source)["note"]


def test_an_exception_shows_only_the_students_own_lines(graded: Graded) -> None:
    report = graded(HEAD + "    return inner(W_hh)\ndef inner(W):\n    return W['a']\n")
    message = report["checks"][0]["message"]
    assert "IndexError" in message
    assert "line 3, in tanh_jacobian" in message
    assert "line 5, in inner" in message
    assert "autograder" not in message
    assert {check["status"] for check in report["checks"]} == {"error"}


@pytest.mark.parametrize(("name", "asked"), [("Whh", "Did you mean 'W_hh'?"), ("recurrent", "")])
def test_a_name_near_an_argument_is_asked_for(graded: Graded, name: str, asked: str) -> None:
    message = graded(HEAD + f"    return {name}\n")["checks"][0]["message"]
    assert f"name '{name}' is not defined" in message
    assert message.endswith(asked or f"return {name}")


def test_an_argument_of_the_stub_that_a_program_names_otherwise_is_told(graded: Graded) -> None:
    """Here by a letter of another alphabet."""
    message = graded(HEAD.replace("W_hh", "W_\u043dh") + "    return W_hh\n")["checks"][0]["message"]
    assert "W_hh is an argument of tanh_jacobian. Your `def` line has none that is spelled so" in message
    assert "Did you mean" not in message


def test_returning_none_after_printing_is_told_apart(graded: Graded) -> None:
    report = graded(HEAD + "    print(W_hh)\n")
    assert "a printed result is not a returned one" in report["checks"][0]["message"]


@pytest.fixture
def takes_orphans() -> Iterator[None]:
    """What a command leaves behind becomes a child of this process: for one test, as the next may look at its own."""
    ctypes.CDLL(None).prctl(_SET_CHILD_SUBREAPER, 1)
    yield
    ctypes.CDLL(None).prctl(_SET_CHILD_SUBREAPER, 0)


@pytest.mark.usefixtures("takes_orphans")
@pytest.mark.parametrize(
    ("source", "status", "word"),
    [
        ("while True: pass\n", "timeout", "line 1"),  # on one line, so that it can be stopped on no other
        (HEAD + "    while True:\n        pass\n", "timeout", "line"),
        ("import os\nos._exit(0)\n", "crashed", "ended"),
        (HEAD + "    import os\n    os._exit(0)\n", "crashed", "ended"),
        (HEAD + "    import ctypes\n    ctypes.string_at(0)\n", "crashed", "segmentation fault"),
        (
            "class Yes:\n    def __eq__(self, other): return True\n    __array_ufunc__ = None\n"
            + HEAD.replace("import numpy as np\n", "")
            + "    return Yes()\n",
            "failed",
            "an object of type Yes",
        ),
    ],
    ids=["hangs-at-import", "hangs-in-a-call", "exits-at-import", "exits-in-a-call", "segfault", "equal-to-everything"],
)
def test_a_hostile_file_gets_a_clear_failing_report_and_leaves_no_process(
    gradecheck: Command, source: str, status: str, word: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(OWN_ZYGOTE, "yes")
    before = workers_alive()
    report = gradecheck.grade("exercise-04", source)
    assert report["score"] == 0
    assert {check["status"] for check in report["checks"]} <= {status, "skipped"}
    assert word in report["checks"][0]["message"]
    assert report["seconds"] < 60  # its limit is 10 for all checks; the rest is a slow machine's own
    assert not left_since(before)


def test_what_the_program_prints_is_kept_and_cut(graded: Graded, right_jacobian: str) -> None:
    report = graded("print('hello')\nprint('x' * 10**6)\n" + right_jacobian)
    assert report["passed"]
    assert report["output"].startswith("hello\n")
    assert len(report["output"]) == 64 << 10


@pytest.mark.parametrize(
    ("data", "word"),
    [
        (b"", "is empty"),
        (b"\0\0", "NUL"),
        (b"x = 1\ny = \0\n", "the first in line 2"),
        (b"x = '\xe9'\n", "not UTF-8"),
        (b"#" * (2 << 20), "larger than"),
    ],
)
def test_a_file_that_is_no_program_still_gives_a_full_report(graded: Graded, data: bytes, word: str) -> None:
    report = graded(data)
    assert len(report["checks"]) == 9
    assert all(word in message for message in messages(report))


def test_a_program_under_a_notebook_s_name_is_one(right_jacobian: str) -> None:
    assert from_bytes("tanh_jacobian.ipynb", right_jacobian.encode()).source == right_jacobian
    assert "is not a notebook" in str(from_bytes("a.ipynb", b"<<<<<<< HEAD\n{}").problem)


def test_what_could_not_be_loaded_is_called_by_the_kind_of_its_file(graded: Graded) -> None:
    cell = {"cell_type": "code", "source": "def tanh_jacobian(h: np.ndarray):\n    return h\n"}
    (message,) = messages(graded(json.dumps({"cells": [cell]})))
    assert message.startswith("tanh_jacobian.ipynb could not be loaded: ")
    (message,) = messages(graded(cell["source"]))
    assert message.startswith("tanh_jacobian.py could not be loaded: ")


def test_a_report_tells_of_several_versions_only_where_something_is_wrong(graded: Graded, right_jacobian: str) -> None:
    wrong = HEAD + "    return W_hh\n"
    told = graded(right_jacobian + wrong)["remarks"]
    assert len(told) == 1
    assert told[0].startswith("tanh_jacobian is defined 2 times, first at line ")
    assert "remarks" not in graded(wrong + right_jacobian)


def test_a_right_program_in_another_encoding_passes_if_it_says_so(graded: Graded, right_jacobian: str) -> None:
    latin = b"# -*- coding: latin-1 -*-\n# d\xe9riv\xe9e\n" + right_jacobian.encode("latin-1", "replace")
    assert graded(latin)["passed"]
    assert graded(b"\xef\xbb\xbf" + right_jacobian.encode())["passed"]


def test_the_same_file_gets_the_same_verdict_and_messages_again(gradecheck: Command) -> None:
    source = HEAD + "    return W_hh + 0.25\n"
    first, second = (gradecheck.grade("exercise-04", source) for _ in range(2))
    assert messages(first) == messages(second)


def test_who_hangs_twice_at_a_line_is_waited_for_there_no_more_and_all_else_is_still_asked(
    gradecheck: Command, right_jacobian: str
) -> None:
    hanging = right_jacobian.replace("    return ", "    while len(b) == 4: pass\n    return ")
    report = gradecheck.grade("exercise-04", hanging)
    timed_out = [check for check in report["checks"] if check["status"] == "timeout"]
    assert {check["status"] for check in report["checks"]} == {"passed", "timeout"}
    assert all("longer than 2 s" in check["message"] for check in timed_out[:2])
    assert len(timed_out) > 2
    assert "goes on while `len(b) == 4`, and no line in it assigns `b`." in timed_out[0]["message"]
    assert all("again, where earlier calls had run out of time" in check["message"] for check in timed_out[2:])
    last_in_time = max(place for place, check in enumerate(report["checks"]) if check["status"] == "passed")
    assert last_in_time > report["checks"].index(timed_out[1])  # asked, and right, after it had hung twice
    assert {check["line"] for check in timed_out} == {hanging[: hanging.index("while len")].count("\n") + 1}


def test_the_users_own_pytest_settings_change_nothing(gradecheck: Command, right_jacobian: str) -> None:
    folder = gradecheck.folder
    (folder / "pytest.ini").write_text("[pytest]\naddopts = --nonsense\n")
    (folder / "conftest.py").write_text("raise SystemExit('conftest was loaded')\n")
    (folder / "numpy.py").write_text("raise SystemExit('a file beside the submission was loaded')\n")
    (folder / "tanh_jacobian.py").write_text(right_jacobian)
    done = gradecheck(
        "run", "exercise-04", "tanh_jacobian.py", "--json", PYTEST_ADDOPTS="--nonsense", PYTEST_PLUGINS="x"
    )
    assert done.code == 0, done.err
    left = {path.name for path in folder.iterdir()}
    assert left == {"pytest.ini", "conftest.py", "numpy.py", "tanh_jacobian.py", "data"}


def test_html_and_junit_are_written_beside_the_report(gradecheck: Command) -> None:
    sample = REPOSITORY / "docs/sample/tanh_jacobian.py"
    done = gradecheck("run", "exercise-04", sample, "--html", "r.html", "--junit", "r.xml")
    assert done.code == 1, done.err
    assert "<math" in (gradecheck.folder / "r.html").read_text()
    suite = ET.parse(gradecheck.folder / "r.xml").getroot().find("testsuite")
    assert suite is not None
    assert (suite.get("tests"), suite.get("failures")) == ("9", "8")


def test_a_missing_file_is_misuse_with_one_clear_line(gradecheck: Command) -> None:
    done = gradecheck("run", "exercise-04", "nowhere.py")
    assert done.code == 2
    assert "There is no file nowhere.py" in done.err


def test_a_drill_reads_numbers_as_people_write_them_and_names_the_trap(gradecheck: Command) -> None:
    report = gradecheck.grade(
        "exercise-01",
        "norm_after_20: 7.98E-4\nnorm_exploding: 1.5^20\nsteps_to_one_percent: 13.0\n"
        "rho_for_half_at_100: 0.5**(1/100)\nsigmoid_ceiling_20: 4**-20\n",
    )
    assert report["passed"], report
    wrong = gradecheck.grade("exercise-01", "norm_after_20: 0.7*20\n")
    first = wrong["checks"][0]
    assert first["status"] == "failed"
    assert first["misconception"] is not None
