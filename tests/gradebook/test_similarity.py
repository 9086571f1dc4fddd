"""What programs of a class share: found though names are changed, and never what everybody may have."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from autograder.gradebook import similar_page
from autograder.gradebook.book import Gradebook
from autograder.gradebook.rows import Result
from autograder.gradebook.similarity import Pair, Program, similar_pairs
from autograder.grading.submission import from_bytes
from tests.command import REPOSITORY, Command
from tests.gradebooks import TASKS
from tests.handing_in import FILE, RIGHT, STUB

ODD = '''import numpy as np


def tanh_jacobian(h, x, W_hh, W_xh, b):
    """{note}"""
    {z} = np.asarray(b, dtype=float).copy()
    for {i} in range(len(h) - 1, -1, -1):
        {z} = {z} + np.array([W_hh[row][{i}] * h[{i}] for row in range(len(b))])
    {z} = sum((W_xh[:, {i}] * x[{i}] for {i} in reversed(range(len(x)))), start={z})
    return np.vstack([(1 - np.tanh({z}[{i}]) ** 2) * W_hh[{i}] for {i} in range(len(b))])
'''
ADA = ODD.format(note="Mine.", z="z", i="k")
BOB = "# written by bob\n" + ODD.format(note="My own <b>work</b>.", z="total", i="position")
OTHERS = [
    "import numpy as np\n\n\ndef tanh_jacobian(h, x, W_hh, W_xh, b):\n    return np.eye(len(h))\n",
    "import math\n\n\ndef tanh_jacobian(h, x, W_hh, W_xh, b):\n    a = W_hh @ h\n    a = a + W_xh @ x + b\n"
    "    out = []\n    for j, v in enumerate(a):\n        out.append([w / math.cosh(v) ** 2 for w in W_hh[j]])\n"
    "    return out\n",
]


def test_a_copy_with_other_names_is_found_and_nothing_else() -> None:
    others = [Program(f"other-{number}", text) for number, text in enumerate(OTHERS)]
    rights = [Program(f"right-{number}", RIGHT) for number in range(3)]
    (pair,) = similar_pairs([Program("ada", ADA), Program("bob", BOB), *others, *rights], [STUB, RIGHT])
    assert (pair.first.student, pair.second.student, pair.identical, pair.others) == ("ada", "bob", False, 0)
    assert min(pair.shares) > 0.8
    shared = "".join(BOB[start:end] for start, end in pair.spans[1])
    assert "reversed(range(len(x)))" in shared


def test_what_many_have_is_nobodys() -> None:
    """Twelve alike are no pairs: they may have it from the lecture; but the same file is told."""
    class_ = [Program(f"s{number:02}", ADA.replace("Mine.", f"By {number}.")) for number in range(12)]
    assert similar_pairs(class_, [STUB]) == []
    same = [*class_, Program("x", ADA.replace("Mine.", "By 3."))]
    assert [(pair.first.student, pair.second.student) for pair in similar_pairs(same, [STUB])] == [("s03", "x")]


_SHARES = """
import sys
from autograder.gradebook.similarity import Program, similar_pairs
(pair,) = similar_pairs([Program(str(place), text) for place, text in enumerate(sys.argv[1:])], [])
print(*map(float, pair.shares), pair.spans)
"""


def test_every_run_tells_the_same() -> None:
    half = ADA.partition("return")[0] + "return [z * W_hh[k][k] + np.sqrt(x[0] * h[1] - b[k] / 7) for k in range(9)]\n"
    said = {
        subprocess.run(
            [sys.executable, "-c", _SHARES, half, BOB],
            env={**os.environ, "PYTHONHASHSEED": seed}, cwd=REPOSITORY, capture_output=True, text=True, check=True,
        ).stdout
        for seed in "123"
    }  # fmt: skip
    assert len(said) == 1


def test_pairs_are_told_and_shown_side_by_side(gradecheck: Command) -> None:
    path = gradecheck.folder / "out" / "gradebook.db"
    with Gradebook.open(path) as gradebook:
        gradebook.describe("vanishing-gradients-from-a-number-to-a-gate", "Course", enumerate(TASKS[:1]))
        texts = {"ada": ADA, "bob": BOB, "cy": OTHERS[0], "dora": OTHERS[1], "emil": RIGHT, "fay": RIGHT}
        gradebook.enrol((name, name.title(), "", "", "") for name in texts)
        for name, text in texts.items():
            submission = from_bytes(FILE, text.encode())
            result = Result(name, "exercise-04", "graded", 6.0, 6.0, file=FILE, sha256=submission.file.sha256)
            gradebook.record(result, None, submission=submission)
    done = gradecheck("similar", "out", "--html", "similar.html")
    assert (done.code, done.err) == (0, "")
    (line,) = done.out.splitlines()
    assert line.startswith("exercise-04: ada and bob: ")
    assert line.endswith(" of what is their own, in nobody else's.")
    page = Path(gradecheck.folder / "similar.html").read_text()
    assert "<bdi>Ada</bdi> and <bdi>Bob</bdi>" in page
    assert "My own &lt;b&gt;work&lt;/b&gt;." in page
    assert "<mark>" in page
    assert "Emil" not in page
    everybodys = Pair(*(Program(name, RIGHT) for name in ("emil", "fay")), (0.0, 0.0), ((), ()), 0, True)
    said = similar_page.render([("exercise-04", "Title", [everybodys])], {"emil": "Emil", "fay": "Fay"})
    assert "The same file. The class, the stub or a right program has all of it.</p>" in said
