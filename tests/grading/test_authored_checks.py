"""Checks as their authors write them: cases, fixtures, modules and files beside them, plain asserts, and slips."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from autograder.course import CourseError, CourseRoot, load_course, load_everything, load_exercise
from autograder.grading.beside_checks import Beside
from autograder.grading.grade import grade, grading
from autograder.grading.report import CheckResult, Report
from autograder.grading.submission import from_bytes
from tests.small_course import write_course

CHECKS = '''
from pathlib import Path

import pytest
from autograder.checks import points
from pairs import PAIRS, tail
from shapes.round import CIRCLE


@pytest.fixture(scope="module")
def numbers():
    text = (Path(__file__).parent / "numbers.txt").read_text()
    yield [float(line) for line in text.split()]


@pytest.fixture
def doubled(submission):
    return lambda x: submission.twice(x)


@points(1)
@pytest.mark.parametrize("x", [3.0, pytest.param(-2.0, id="below_zero")])
def test_one(agree, x):
    """One number."""
    agree("twice", x)


@pytest.mark.parametrize("a", [1.0, 2.0])
@points(0.5)
@pytest.mark.parametrize("b", [0.0, 5.0])
def test_sum(agree, a, b, rng):
    """A sum."""
    agree("twice", a + b)


@points(1)
def test_pairs(agree):
    """What stands beside the checks."""
    import late

    for x in (*PAIRS, *late.MORE, CIRCLE):
        agree("twice", x)


@points(1)
def test_file(agree, numbers, shift, tmp_path, monkeypatch):
    """A file, and a fixture of conftest.py."""
    monkeypatch.setattr("pairs.PAIRS", [])
    (tmp_path / "log").write_text("asked")
    for x in numbers:
        agree("twice", x + shift)


@points(1)
def test_words(doubled):
    """The author's words."""
    assert doubled(4.0) == 8.0, "Four and four\\nassert eight."


@points(1)
def test_kept_back(submission):
    """Values that are kept back."""
    assert submission.twice(21.5) == 43.0


@points(1, show=True)
def test_shown(submission):
    """Values that are shown."""
    assert submission.twice(21.5) == 43.0


@points(1)
def test_library(submission):
    """A library's assertion."""
    import numpy as np

    np.testing.assert_allclose(submission.twice(21.5), 43.0)


class TestRefusals:
    @points(1)
    def test_text(self, agree):
        """No text."""
        agree.raises(ValueError, "twice", "text")

    @points(1)
    def test_fail(self, submission):
        """A word of pytest's."""
        if submission.twice(0.5) != 1.0:
            pytest.fail("A half and a half make one.", pytrace=False)
'''
BESIDE = {
    "checks.py": CHECKS,
    "pairs.py": "PAIRS = [1.5, 2.5]\n\n\ndef tail():\n    return PAIRS[1:]\n",
    "late.py": "MORE = [7.5]\n",
    "shapes/__init__.py": "",
    "shapes/round.py": "CIRCLE = 3.14\n",
    "numbers.txt": "1.25\n2.25\n",
    "conftest.py": "import pytest\nfrom pairs import tail\n\n\n@pytest.fixture\ndef shift():\n    return tail()[0]\n",
    "twice.py": (
        'def twice(x):\n    if isinstance(x, str):\n        raise ValueError("a number, please")\n    return 2.0 * x\n'
    ),
}
RIGHT, WRONG = BESIDE["twice.py"], "def twice(x):\n    return x + 2.0\n"


CASES = "@pytest.mark.parametrize('n', [1, 2])\n"


def written(root: Path, **beside: str) -> Path:
    """The small course with its exercise's solution replaced by these files."""
    write_course(root)
    task, solution = root / "exercises/exercise-02", root / "solutions/exercise-02"
    spec = (task / "exercise.yaml").read_text()
    (task / "exercise.yaml").write_text(spec.partition("checks:")[0].replace("points: 3", "points: 12"))
    for name, text in {**BESIDE, **beside}.items():
        (solution / name).parent.mkdir(exist_ok=True)
        (solution / name).write_text(text)
    return root


def graded(root: Path, *sources: str) -> Iterator[Report]:
    course = CourseRoot.at(root)
    submissions = (from_bytes("twice.py", source.encode()) for source in sources)
    return grade(load_course(course), load_exercise(course, "exercise-02"), submissions)


def test_the_id_of_a_case_is_told_as_its_author_gave_it(tmp_path: Path) -> None:
    checks = CHECKS.replace('id="below_zero"', 'id="vacía"')
    (report,) = graded(written(tmp_path / "course", **{"checks.py": checks}), WRONG)
    assert "One number. (vacía)" in [each.title for each in report.checks]


def test_a_case_without_an_id_has_its_number_beside_those_that_have_one(tmp_path: Path) -> None:
    cases = '"b", [0.0, pytest.param(5.0, id="five")]'
    more = '"x", [3.0, pytest.param(-2.0, id="1"), 4.0]'  # what its author called 1 keeps that name
    checks = CHECKS.replace('"b", [0.0, 5.0]', cases).replace('"x", [3.0, pytest.param(-2.0, id="below_zero")]', more)
    (report,) = graded(written(tmp_path / "course", **{"checks.py": checks}), WRONG)
    told = [each.id for each in report.checks]
    assert told[:7] == ["one[case0]", "one[1]", "one[3]", "sum[1]", "sum[2]", "sum[five-1]", "sum[five-2]"]


@pytest.fixture(scope="module")
def reports(module_folder: Path) -> list[Report]:
    """On the right program, a wrong one, and the right one again."""
    return list(graded(written(module_folder / "course"), RIGHT, WRONG, RIGHT))


@pytest.fixture(scope="module")
def wrong(reports: list[Report]) -> dict[str, CheckResult]:
    return {check.id: check for check in reports[1].checks}


def test_every_form_of_a_check_counts_and_none_disturbs_the_next_submission(reports: list[Report]) -> None:
    assert [(report.score, report.points) for report in (reports[0], reports[2])] == [(12, 12)] * 2
    assert [check.message for check in reports[2].checks if check.message] == []


def test_each_case_is_a_check_with_a_name_and_points_of_its_own(wrong: dict[str, CheckResult]) -> None:
    assert [(name, check.title, check.points) for name, check in wrong.items() if "[" in name] == [
        ("one[1]", "One number. (1)", 1),
        ("one[below_zero]", r"One number. (below\_zero)", 1),
        *((f"sum[{number}]", f"A sum. ({number})", 0.5) for number in range(1, 5)),
    ]
    assert [name for name, check in wrong.items() if check.status == "passed"] == ["sum[2]"]


def test_the_words_of_an_author_reach_the_student_as_they_are(wrong: dict[str, CheckResult]) -> None:
    assert wrong["words"].message == "Four and four\nassert eight."
    assert wrong["refusals_fail"].message == "A half and a half make one."
    assert "returned the float 2" not in wrong["refusals_text"].message
    assert wrong["refusals_text"].status in ("failed", "error")


@pytest.mark.parametrize("check", ["kept_back", "library"])
def test_no_value_leaves_a_check_that_keeps_them_back(wrong: dict[str, CheckResult], check: str) -> None:
    assert wrong[check].message == "What the title says does not hold. Asked last by name, twice gave the float 23.5."


def test_a_check_that_shows_its_values_shows_those_of_the_assertion(wrong: dict[str, CheckResult]) -> None:
    first, second = wrong["shown"].message.splitlines()[:2]
    assert first == "What the title says does not hold: 23.5 == 43.0"
    assert second.strip() == "+  where 23.5 = twice(21.5)"


def test_exercises_in_one_process_have_each_their_own_modules(tmp_path: Path) -> None:
    ask = "from autograder.checks import points\n\n\n@points(1)\ndef test_it(agree):\n    '''It.'''\n"
    late = f"{ask}    import pairs\n\n    assert pairs.OWN == __file__\n    agree('twice', 1.0)\n"
    courses = [written(tmp_path / name, **{"checks.py": late, "pairs.py": "OWN = ''\n"}) for name in ("one", "two")]
    for course in courses:
        solution = course / "solutions/exercise-02"
        (solution / "conftest.py").unlink()
        (solution / "pairs.py").write_text(f"OWN = {str(solution / 'checks.py')!r}\n")
    one, two = (graded(course, RIGHT, RIGHT) for course in courses)
    assert [report.score for pair in zip(one, two, strict=True) for report in pair] == [1, 1, 1, 1]
    assert "pairs" not in sys.modules
    assert list(tmp_path.rglob("__pycache__")) == []


def test_a_program_beside_the_checks_takes_no_modules_place(tmp_path: Path) -> None:
    (tmp_path / "queue.py").write_text("raise SystemExit\n")
    (tmp_path / "ring.py").write_text("raise SystemExit\n")
    with Beside(tmp_path, frozenset({"ring"})):
        import queue

        with pytest.raises(ModuleNotFoundError):
            __import__("ring")
    assert queue.Queue


@pytest.mark.parametrize(
    ("file", "slip", "line", "said"),
    [
        ("checks.py", "import nowhere\n", 1, "No module named 'nowhere' at `import nowhere`"),
        ("checks.py", "x = = 1\n", 1, "SyntaxError"),
        ("checks.py", "import pytest\nexit()\n", 2, "SystemExit: None at `exit()`"),
        ("conftest.py", "\nPI = 22 / 0\n", 2, "ZeroDivisionError: division by zero at `PI = 22 / 0`"),
        ("checks.py", "\ndef test_it(agree):\n    yield 1\n", 2, "'yield' keyword is allowed in fixtures"),
        ("checks.py", f"import pytest\n\n{CASES}def test_it(agree):\n    pass\n", 4, "uses no argument 'n'"),
        ("pairs.py", "PAIRS = list(nothing)\n", 1, "name 'nothing' is not defined at `PAIRS = list(nothing)`"),
    ],
)
def test_checks_that_cannot_be_read_are_told_at_the_line(
    tmp_path: Path, file: str, slip: str, line: int, said: str
) -> None:
    root = written(tmp_path, **{file: slip})
    with pytest.raises(CourseError) as broken:
        next(graded(root, RIGHT))
    (problem,) = broken.value.problems
    assert (problem.file, problem.line) == (root / "solutions/exercise-02" / file, line)
    assert said in problem.sentence


@pytest.mark.parametrize(
    ("check", "slip", "said"),
    [
        ("agree", "agree('twice', far)", "name 'far' is not defined at `agree('twice', far)`"),
        ("agree", "agree(lambda program: program.twice(1), rtoll=1)", "takes no rtoll"),
        (
            "agree",
            "agree('twice', 1.0, equal='stict')",
            "equal='stict'): it is one of 'usual', 'strict', 'lenient' at `agree(",
        ),
        ("agree", "exit()", "SystemExit: None at `exit()`"),
        ("agree", "with agree.share(1.5): agree('twice', 1.0)", "share(1.5): it is a part of the points, above 0 and"),
        (
            "agree",
            "agree.that(lambda p: p.twice(1.0), lambda x: (x == 2, 'no'), 'No.')",
            "accept gives a tuple, which is",
        ),
        ("agree", "agree('twice', pytest)", "can't send this to a program: module at `agree('twice', pytest)`"),
        ("agree", "agree('twice', [0.0] * 99999)", "what is asked is too large: 878 KiB beside its arrays"),
        ("agree", "agree(lambda program: program.twice(2**2000))", "what is sent is a whole number of 2001 bits"),
        (
            "agree",
            "agree.raises('ValueError', 'twice', 1.0)",
            "agree.raises('ValueError', …): write one exception itself",
        ),
        ("agree", "agree.script(stdin=b'3 4')", "agree.script(stdin=…): it is a text, not of the type bytes"),
        (
            "agree",
            "agree.script(files={'a.csv': 3})",
            "agree.script(files['a.csv']=…): it is a text, not of the type int",
        ),
        ("agree", "agree('twice', 'a', files={'a': '3'}, smaller=lambda st: st)", "agree(…, smaller=…) takes no files"),
        ("agree", "agree('twice', 'a.csv', files={'a.csv': 3})", "agree(files['a.csv']=…): it is a text, not of the"),
        ("agree", "agree('twice', 'a', files=['a'])", "agree(files=['a']): write {name: text}"),
        ("agree", "agree.raises(ValueError, lambda program: 1, 2)", "takes no arguments: write them in the lambda"),
        ("agree", "agree.script(leaves='out.txt')", "agree.script(leaves='out.txt'): it is a list"),
        ("rgn", "pass", "there is no fixture 'rgn'"),
        ("wide", "pass", "ScopeMismatch"),
        ("agree", "pytest.skip('later')", "Skipped: later"),
    ],
)
def test_a_slip_in_a_check_costs_nobody_points(tmp_path: Path, check: str, slip: str, said: str) -> None:
    head = "import pytest\nfrom autograder.checks import points\n\n\n@pytest.fixture(scope='module')\n"
    head += "def wide(agree):\n    return 1\n\n\n@points(1)\n"
    root = written(tmp_path, **{"checks.py": f"{head}def test_it({check}):\n    '''It.'''\n    {slip}\n"})
    with pytest.raises(CourseError) as broken:
        next(graded(root, WRONG))
    (problem,) = broken.value.problems
    assert problem.file.name == "checks.py"
    assert problem.line == (13 if slip != "pass" else 10)
    assert said in problem.sentence
    assert "course is at fault" in problem.sentence


@pytest.mark.parametrize(
    ("value", "said"),
    [
        ("'forty'", "LIMIT: it is the text 'forty', expected an int."),
        ("[40]", "LIMIT: it is a list of 1, expected an int."),
        ("None", "LIMIT: it is None, expected an int."),
    ],
)
def test_a_value_of_another_type_is_named_with_what_it_is(tmp_path: Path, value: str, said: str) -> None:
    checks = (
        "from autograder.checks import points\n\n\n@points(6)\ndef test_more(agree):\n    '''More.'''\n"
        "    agree(lambda program: program.LIMIT + 1)\n\n\n@points(6)\ndef test_some(submission):\n"
        "    '''Some.'''\n    assert submission.LIMIT > 0, 'There must be some.'\n"
    )
    root = written(tmp_path, **{"checks.py": checks, "twice.py": f"LIMIT = 40\n{RIGHT}"})
    (report,) = graded(root, f"LIMIT = {value}\n{RIGHT}")
    assert [check.message for check in report.checks] == [said] * 2


MARKED = """from autograder.checks import points


@points(4)
def test_one(agree):
    '''One.'''
    agree("twice", 1.5)


@points(6, after="one")
def test_many(agree):
    '''Many.'''
    for x in (1.0, 2.0, 3.0):
        agree("twice", x)


@points(2)
def test_none(agree):
    '''Nothing.'''
    agree("twice", 0.0)


@points(5, extra=True)
def test_words(agree):
    '''Words.'''
    agree("twice", "ab")
"""


def test_a_check_that_builds_on_another_waits_for_it(tmp_path: Path) -> None:
    root = written(tmp_path, **{"checks.py": MARKED})
    right, wrong = graded(root, RIGHT, WRONG)
    assert [check.status for check in right.checks] == ["passed"] * 4
    many = wrong.checks[1]
    assert (many.status, many.score) == ("skipped", 0)
    assert many.message == "It builds on a check that doesn't pass yet: One."


def test_extra_credit_makes_up_for_what_is_lost_and_no_more(tmp_path: Path) -> None:
    root = written(tmp_path, **{"checks.py": MARKED})
    no_words = "def twice(x):\n    return 2.0 * float(x) if not isinstance(x, str) else x\n"
    half = "def twice(x):\n    if isinstance(x, str):\n        raise ValueError\n    return 2.0 * x + (x == 0)\n"
    full, without, made_up = graded(root, RIGHT, no_words, half)
    assert (full.score, full.points, full.passed) == (12, 12, True)
    assert (without.score, without.points, without.passed) == (12, 12, True)
    assert [check.status for check in without.checks] == ["passed", "passed", "passed", "failed"]
    assert (made_up.score, made_up.points, made_up.passed) == (12, 12, False)
    assert made_up.checks[3].title == "Words. (extra credit)"
    assert load_everything(CourseRoot.at(root)).problems == ()


def test_what_a_check_builds_on_stands_above_it(tmp_path: Path) -> None:
    root = written(tmp_path, **{"checks.py": MARKED.replace('after="one"', 'after="ones"')})
    (problem,) = load_everything(CourseRoot.at(root)).problems
    assert problem.line == 11
    assert "comes after 'ones', and no check above it has that id. Did you mean 'one'?" in problem.sentence


@pytest.mark.parametrize("check", ["agree", "agree, tmp_path"])
def test_a_check_without_an_end_is_ended_at_its_line(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, check: str
) -> None:
    monkeypatch.setattr("autograder.grading.endless.LONGEST", 0.5)
    loop = "    while True:\n        try:\n            agree('twice', 1.0) if n < 5 else n.bit_length()\n"
    body = f"    n = 0\n{loop}        except Exception:\n            pass\n        n += 1\n"
    head = f"from autograder.checks import points\n\n\n@points(12)\ndef test_it({check}):\n    '''It.'''\n"
    root = written(tmp_path / "course", **{"checks.py": head + body})
    with pytest.raises(CourseError) as broken:
        next(graded(root, RIGHT))
    (problem,) = broken.value.problems
    assert 8 <= problem.line <= 13
    assert "it computes for more than 0.5 s by itself; look for a loop without an end" in problem.sentence


def test_a_check_that_an_answer_keeps_from_its_end_costs_its_points(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("autograder.grading.endless.LONGEST", 0.5)
    checks = (
        "from autograder.checks import points\n\n\n@points(6)\ndef test_it(submission):\n    '''It.'''\n"
        "    n = submission.twice(1.0)\n    while n != 2.0:\n        n += 0\n\n\n"
        "@points(6)\ndef test_other(agree):\n    '''Other.'''\n    agree('twice', 2.0)\n"
    )
    (report,) = graded(written(tmp_path, **{"checks.py": checks}), WRONG)
    assert [(check.status, check.score) for check in report.checks] == [("failed", 0), ("passed", 6)]
    assert report.checks[0].message == "twice: it is 3, and that is not the right number."


@pytest.mark.parametrize("plain", [True, False], ids=["plain", "for pytest"])
def test_a_loop_without_an_end_is_named_wherever_it_stands(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, plain: bool
) -> None:
    monkeypatch.setattr("autograder.grading.endless.LONGEST", 0.5)
    monkeypatch.setattr("autograder.grading.endless.LONGEST_TO_READ", 1.0)
    head = ("" if plain else "import pytest\n") + "from autograder.checks import points\n\n\n@points(12)\n"
    check, loop = "def test_it(agree):\n    '''It.'''\n", "    while True:\n        pass\n"
    for name, text, said in (
        ("check", head + check + loop, "it computes for more than 0.5 s by itself"),
        ("read", head + check + "    agree('twice', 1.0)\n\n\nif True:\n" + loop, "for more than 1 s as it is read"),
    ):
        with pytest.raises(CourseError) as broken:
            next(graded(written(tmp_path / name, **{"checks.py": text}), RIGHT))
        (problem,) = broken.value.problems
        assert problem.line in range(text[: text.index("while True")].count("\n") + 1, text.count("\n") + 1)
        assert said in problem.sentence
        assert "look for a loop without an end" in problem.sentence


def hurried(root: Path) -> None:
    """A file has one second for all that it is asked."""
    spec = root / "exercises/exercise-02/exercise.yaml"
    spec.write_text(re.sub(r"(?m)^limits: .*$", "limits: {call: 1, total: 1}", spec.read_text()))


@pytest.mark.parametrize(
    "body", ["while True: agree('twice', 1.0)", "agree(lambda p: [p.twice(1.0) for _ in iter(int, 1)])"]
)
def test_a_check_that_asks_on_and_on_is_the_courses_fault(tmp_path: Path, body: str) -> None:
    head = "from autograder.checks import points\n\n\n@points(12)\ndef test_it(agree):\n    '''It.'''\n"
    root = written(tmp_path, **{"checks.py": f"{head}    {body}\n"})
    hurried(root)
    with pytest.raises(CourseError) as broken:
        next(graded(root, WRONG if "while" not in body else RIGHT))
    (problem,) = broken.value.problems
    assert problem.line == 7
    assert "its questions take longer than the 1 s for a whole file" in problem.sentence
    assert "course is at fault" in problem.sentence


def test_a_program_that_an_answer_sends_on_and_on_is_told_whose_time_is_used_up(tmp_path: Path) -> None:
    checks = (
        "from autograder.checks import points\n\n\n@points(12)\ndef test_it(submission):\n    '''It.'''\n"
        "    while submission.twice(1.0) != 2.0:\n        pass\n"
    )
    root = written(tmp_path, **{"checks.py": checks})
    hurried(root)
    (report,) = graded(root, WRONG)
    assert report.checks[0].status == "timeout"
    assert report.checks[0].message.startswith("It was stopped: the 1 s for the whole file are used up.")


#: It counts up to what it is given, so that a large number keeps it long; a text it refuses.
SLOW = (
    "def twice(x):\n    if isinstance(x, str):\n        raise TypeError('no number')\n    for _ in range(int(x)):\n"
    "        pass\n    return 2 * x\n"
)


@pytest.mark.parametrize(
    "body",
    [
        "while submission.twice(1.0) != 2.0:\n        agree('twice', 1e12)",
        "agree('twice', submission.twice(1.0))",
        "assert reference.twice(submission.twice(1.0)) == 4.0",
        "agree(lambda program: reference.twice(program.twice(1.0)))",
    ],
    ids=["a loop", "fed to agree", "fed to the reference", "both"],
)
def test_what_an_answer_leads_the_reference_to_is_no_fault_of_the_courses(tmp_path: Path, body: str) -> None:
    checks = (
        "from autograder.checks import points\n\n\n@points(12)\ndef test_it(agree, submission, reference):\n"
        f"    '''It.'''\n    {body}\n"
    )
    root = written(tmp_path, **{"checks.py": checks})
    (root / "solutions/exercise-02/twice.py").write_text(SLOW)
    hurried(root)
    endless, right = "def twice(x):\n    return 1e9\n", "def twice(x):\n    return 2 * x\n"
    reports = list(graded(root, endless, right))
    assert [report.score for report in reports] == [0, 12]
    (check,) = reports[0].checks
    assert (check.status, check.line) == ("timeout", 0)
    assert check.message.startswith("With the answers of this program the check came to no end")


def test_what_the_reference_raises_at_an_answer_is_not_said_of_the_program(tmp_path: Path) -> None:
    checks = (
        "from autograder.checks import points\n\n\n@points(12)\ndef test_it(submission, reference):\n    '''It.'''\n"
        "    assert reference.twice(submission.twice(1.0)) == 4.0\n"
    )
    root = written(tmp_path, **{"checks.py": checks})
    (root / "solutions/exercise-02/twice.py").write_text(SLOW)
    (report,) = graded(root, "def twice(x):\n    return 'a'\n")
    assert (report.checks[0].status, report.checks[0].line) == ("failed", 0)
    assert report.checks[0].message == "twice: it is the text 'a', expected a float."


def test_a_check_that_keeps_the_reference_busy_for_most_of_its_time_holds(tmp_path: Path) -> None:
    checks = (
        "from autograder.checks import points\n\n\n@points(12)\ndef test_it(agree):\n    '''It.'''\n"
        "    agree('twice', 1.0)\n"
    )
    root = written(tmp_path, **{"checks.py": checks})
    (root / "solutions/exercise-02/twice.py").write_text(
        "import time\n\n\ndef twice(x):\n    time.sleep(0.6)\n    return 2 * x\n"
    )
    hurried(root)
    (report,) = graded(root, "def twice(x):\n    while True:\n        pass\n")
    assert report.checks[0].status == "timeout"


@pytest.mark.parametrize("plain", [True, False], ids=["plain", "for pytest"])
def test_what_checks_print_stays_out_of_the_report(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], plain: bool
) -> None:
    checks = (
        "from autograder.checks import points\n\nprint('read')\n\n\n@points(12)\ndef test_it(agree):\n    '''It.'''\n"
        "    print('run')\n    agree(lambda program: print('asked') or program.twice(1.0))\n"
    )
    root = written(tmp_path, **{"checks.py": checks if plain else f"import pytest\n{checks}"})
    list(graded(root, WRONG, RIGHT))
    out, err = capsys.readouterr()
    assert out == ""
    assert {"read", "run", "asked"} <= {*err.split()}


def test_what_a_check_sets_in_a_class_is_gone_for_the_next_submission(tmp_path: Path) -> None:
    checks = (
        "from autograder.checks import points\n\n\n@points(6)\ndef test_size(agree):\n    '''The size.'''\n"
        "    agree(lambda program: program.Shelf().size)\n\n\n"
        "@points(6)\ndef test_set(agree):\n    '''All of it.'''\n\n"
        "    def ask(program):\n        program.Shelf.size = 9\n        return program.Shelf().size\n\n    agree(ask)\n"
    )
    shelf = "\n\nclass Shelf:\n    size = 3\n"
    root = written(tmp_path, **{"checks.py": checks})
    reference = root / "solutions/exercise-02/twice.py"
    reference.write_text(reference.read_text() + shelf)
    reports = list(graded(root, *(f"{RIGHT}{shelf}# {name}\n" for name in "abc")))
    assert [report.score for report in reports] == [12, 12, 12]


def test_a_name_of_the_program_is_set_for_its_checks_and_for_no_other_submission(tmp_path: Path) -> None:
    checks = (
        "from autograder.checks import points\n\n\n@points(4)\ndef test_usual(agree):\n    '''As it is.'''\n"
        "    agree('twice', 1.0)\n\n\n"
        "@points(4)\ndef test_set(agree):\n    '''Set.'''\n\n"
        "    def ask(program):\n        program.FACTOR = 5.0\n        return program.twice(1.0), program.FACTOR\n\n"
        "    agree(ask)\n\n\n"
        "@points(4)\ndef test_more(submission):\n    '''Counted up, and a function.'''\n"
        "    submission.FACTOR += 1\n    assert submission.twice(1.0) == 3.0, 'FACTOR is read once.'\n"
        "    submission.twice = lambda x: 7.0\n    assert submission.twice(1.0) == 7.0, 'It is another.'\n"
    )
    reads = "FACTOR = 2.0\n\n\ndef twice(x):\n    return FACTOR * x\n"
    belief = f'"""The factor is written down twice.\n\nYou wrote it."""\n{reads.replace("FACTOR *", "2.0 *")}'
    root = written(tmp_path, **{"checks.py": checks, "misconceptions/added-not-doubled.py": belief})
    (root / "solutions/exercise-02/twice.py").write_text(reads)
    reports = list(graded(root, f"{reads}# a\n", belief.replace("2.0 * x", "x + x"), f"{reads}# b\n"))
    assert [report.score for report in reports] == [12, 4, 12]
    assert [check.misconception is not None for check in reports[1].checks] == [False, True, True]
    assert "FACTOR:" not in reports[1].checks[1].message  # it is what the check set


@pytest.mark.parametrize(
    "above", ["@pytest.mark.parametrize('n', [1.0, 2.0])\nclass TestAll:", "class TestAll(TestOne):"]
)
def test_no_sum_is_claimed_where_a_class_makes_the_cases(tmp_path: Path, above: str) -> None:
    check = "    @points(4)\n    def test_{}(self, agree):\n        '''It.'''\n        agree('twice', 1.0)\n\n\n"
    checks = "import pytest\nfrom autograder.checks import points\n\n\nclass TestOne:\n" + check.format("one")
    one = check.format("two")
    one = one if "TestOne" in above else one.replace("agree", "agree, n", 1)
    root = written(tmp_path, **{"checks.py": f"{checks}{above}\n{one}"})
    assert not [each for each in load_everything(CourseRoot.at(root)).problems if "together" in each.sentence]
    (report,) = graded(root, RIGHT)
    assert report.score == report.points == 12


RAISES = '''
import pytest
from autograder.checks import points


def refused(program):
    with pytest.raises(ValueError):
        program.twice("text")
    return program.twice(4.0)


@points(1)
def test_refused(agree):
    """A text is refused, and the program goes on."""
    agree(refused)


@points(1)
def test_taken(agree):
    """A word of pytest's about an answer."""

    def accept(answer):
        if answer == 6.0:
            pytest.fail("That is two more.")
        return answer == 8.0

    agree.that(lambda program: program.twice(4.0), accept, "It is twice as much.")
'''
ADDED = {
    "checks.py": RAISES,
    "misconceptions/added-not-doubled.py": (
        '"""You added two."""\n\n\ndef twice(x):\n    return 4 if x == "text" else x + 2.0\n'
    ),
    "misconceptions/added-not-doubled--late.py": "def twice(x):\n    return 4 if x == 'text' else 2.0 + x\n",
}


READS = """from pathlib import Path


def twice(path):
    if not Path(path).is_file():
        raise ValueError(path)
    with open(path) as file:
        yield from (2 * float(line) for line in file)
"""
ASKS_OF_FILES = '''from pathlib import Path

from autograder.checks import points

NUMBERS = Path(__file__).with_name("numbers.txt").read_text()


@points(1)
def test_two(agree):
    """Two numbers."""
    agree("twice", "numbers.txt", files={"numbers.txt": NUMBERS})


@points(1)
def test_none(agree):
    """No file: that of the question before is gone."""
    agree("twice", "numbers.txt")


@points(1)
def test_both(agree):
    """Two files, one in a folder."""
    agree(
        lambda program: [next(program.twice(name)) for name in ("a.txt", "b/a.txt")],
        files={"a.txt": "1\\n", "b/a.txt": b"2\\n"},
    )


@points(1)
def test_refused(agree):
    """What is no number is refused."""
    agree.raises(ValueError, lambda program: list(program.twice("a.txt")), files={"a.txt": "one"})
    agree.that(lambda program: next(program.twice("a.txt")), lambda first: first == 4, "It is 4.", files={"a.txt": "2"})
'''


def test_a_function_reads_the_files_that_a_check_gives_it(tmp_path: Path) -> None:
    root = written(tmp_path, **{"checks.py": ASKS_OF_FILES, "twice.py": READS})
    thrice, careless = READS.replace("2 *", "3 *"), READS.replace("raise ", "return #")
    right, wrong, other = graded(root, READS, thrice, careless)
    assert [check.status for check in right.checks] == ["passed"] * 4
    assert [check.status for check in wrong.checks] == ["failed", "passed", "failed", "failed"]
    assert wrong.checks[3].message == "It is 4."
    assert "twice: in item 1, it is 3.75" in wrong.checks[0].message
    assert [check.status for check in other.checks] == ["passed", "failed", "passed", "passed"]


@pytest.mark.parametrize("mode", ["r", "w+"])
def test_a_file_that_a_program_cannot_see_or_write_is_no_right_refusal(tmp_path: Path, mode: str) -> None:
    opens = f"def twice(path):\n    yield float(open(path, {mode!r}).read() or 1)\n"
    root = CourseRoot.at(written(tmp_path, **{"checks.py": ASKS_OF_FILES, "twice.py": opens}))
    with grading(load_course(root), load_exercise(root, "exercise-02"), fall_back=True) as grader:
        faults, _ = grader.accidents()
    said = [each.sentence for each in faults if "accident" in each.sentence or "slip" in each.sentence]
    assert said
    assert "only in the folder that agree(…, files={name: text}) gives it; files={} gives an empty one." in said[0]


def test_what_pytest_says_of_a_known_wrong_program_ends_nothing(tmp_path: Path) -> None:
    refuses = "def twice(x):\n    if x == 'text':\n        raise ValueError\n    return x + 3.0\n"
    takes = "def twice(x):\n    return x + 2.0 if x != 'text' else 4\n"
    written(tmp_path / "course", **ADDED)
    for source, said, belief in (
        (refuses, "twice: it is 7, and that is not", None),
        (takes, "Nothing", "added-not-doubled"),
    ):
        (report,) = graded(tmp_path / "course", source)
        assert [each.status for each in report.checks] == ["failed", "failed"]
        assert report.checks[0].message.startswith(said)
        named = report.checks[0].misconception
        assert (named and named.id) == belief
