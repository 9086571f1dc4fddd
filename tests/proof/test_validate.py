"""`gradecheck validate` on a course that is right, and on copies of it that are spoilt in every way at once."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import time
from pathlib import Path
from typing import Any

import pytest

from autograder.course import CourseError, CourseRoot, load_course, load_exercise
from autograder.course.model import Demands
from autograder.grading.grade import grading
from autograder.grading.submission import from_bytes
from autograder.proof import parallel
from autograder.proof.findings import Findings, Tally, judged
from autograder.proof.jobs import jobs_of
from autograder.proof.left_out import prove_left_out
from autograder.proof.mutants import prove_mutants
from autograder.proof.parallel import findings_of
from autograder.proof.programs import prove_programs
from tests.command import GRADECHECK, REPOSITORY, Command, Finished
from tests.files import write
from tests.proof.filled import EMPTY, EXERCISE, EXPLANATION, QUIZ, SOLUTION, TASK, change, line_of

MISCONCEPTIONS = f"{SOLUTION}/misconceptions"

GIVEN_AWAY = """

@points(1)
def test_typo(agree):
    r"Misspelt."
    agree("leaky_step", np.ones(2), keep_argument=True)


@points(1)
def test_dull(agree):
    r"It accepts everything."
    agree.that(lambda program: program.leaky_step(np.ones(5)), lambda answer: True, "Never said.")


@points(1)
def test_wide(agree):
    r"A minus is missing."
    agree("leaky_step", np.ones(2), atol=1e6)


@pytest.mark.parametrize("n", range(1, 3))
@points(1)
def test_counted(agree, n):
    r"Only running it tells how many there are."
    agree("leaky_step", np.ones(n))
"""


def spoil_programs(course: Path) -> None:
    """A course whose every program gets another verdict than it must get, and one whose checks are too weak."""
    change(course, f"{TASK}/leaky_step.py", "raise NotImplementedError", "return x / 2 + 1  #")
    change(course, f"{SOLUTION}/accepted/another_style.py", "0.5", "0.4")
    change(course, f"{MISCONCEPTIONS}/one-taken-away.py", "x / 2 - 1", "x / 2 - 2")
    shutil.copy(course / SOLUTION / "leaky_step.py", course / MISCONCEPTIONS / "product-for-power.py")
    change(course, f"{MISCONCEPTIONS}/product-for-power.py", '"""', '"""You were right.\n\n')
    change(course, f"{MISCONCEPTIONS}/product-for-power.py", "x / 2 + 1", "1 + x / 2")  # not as the stub has it
    (course / MISCONCEPTIONS / "product-for-power--twice.py").write_text(
        "import random\n\n\ndef leaky_step(x):\n    return x / 2 - random.random()\n", encoding="utf-8"
    )
    change(course, f"{SOLUTION}/leaky_step.py", "return x / 2 + 1", "x = x * 1.0\n    return x / 2 + 1")
    (course / SOLUTION / "equivalent-mutants.yaml").write_text(
        "- {mutant: 'line 7: Add->Sub: x / 2 + 1', why: 'Not that line.'}\n- {mutant: 'line 99: 1->2', why: 'None.'}\n"
    )


def spoil_texts(course: Path) -> None:
    change(course, f"{SOLUTION}/figures.yaml", "'1.125'", "'1.124'")
    change(course, f"{TASK}/statement.md", "Memory leaks.", "Memory leaks by 0.777 at each step.")
    change(course, f"quizzes/{QUIZ}.yaml", "text: 'nothing'", "text: 'a quarter'")
    change(course, f"quizzes/{QUIZ}.yaml", "$@{2 * 0.125}$, twice 0.125.", "0.25, twice 0.125.")
    more = "  never-seen:\n    title: 'Nobody thinks so'\n    concept: nothing\n"
    (course / "course.yaml").write_text((course / "course.yaml").read_text() + more)


def of_mutants(course: Path) -> Findings:
    """What is found of the exercise's mutants, in this process: what is about one job needs no command."""
    root = CourseRoot.at(course)
    return prove_mutants(load_course(root), load_exercise(root, EXERCISE))


def of_programs(course: Path) -> Findings:
    root = CourseRoot.at(course)
    return prove_programs(load_course(root), load_exercise(root, EXERCISE))


@pytest.fixture(scope="module")
def spoilt(right_course: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Finished]:
    folder = tmp_path_factory.mktemp("spoilt")
    course = Path(shutil.copytree(right_course, folder / "course"))
    spoil_programs(course)
    spoil_texts(course)
    return course, Command(folder)("validate", "--json", course=course)


@pytest.mark.parametrize(
    ("file", "part", "sentence"),
    [
        (f"{TASK}/leaky_step.py", "", "The stub scores 4 points, and must score none"),
        (f"{SOLUTION}/accepted/another_style.py", "", "This accepted program gets 2 of 4 points"),
        (f"{MISCONCEPTIONS}/product-for-power--twice.py", "", "but no failed check names 'product-for-power'"),
        (f"{MISCONCEPTIONS}/product-for-power.py", "", "This known-wrong program passes every check"),
        (f"{SOLUTION}/leaky_step.py", "x * 1.0", "No check fails after this change: 'line 7: remove statement"),
        (f"{SOLUTION}/equivalent-mutants.yaml", "line 7", "no such mutant as 'line 7: Add->Sub"),
        (f"{SOLUTION}/equivalent-mutants.yaml", "line 99", "no such mutant as 'line 99: 1->2'"),
        (f"{SOLUTION}/figures.yaml", "1.124", "The text says 1.124, and 1.125 was computed."),
        (f"{TASK}/statement.md", "0.777", "The text quotes 0.777"),
        (f"quizzes/{QUIZ}.yaml", "id: tempting-too", "read the same"),
        (f"quizzes/{QUIZ}.yaml", "0.125", "The text quotes 0.125 as it is"),
        ("course.yaml", "never-seen", "No exercise and no quiz uses 'never-seen'"),
    ],
)
def test_every_fault_is_told_at_its_line(spoilt: tuple[Path, Finished], file: str, part: str, sentence: str) -> None:
    course, done = spoilt
    assert done.code == 1
    told = [
        (problem["line"], problem["sentence"])
        for problem in done.report["problems"]
        if problem["file"] == str(course / file)
    ]
    line = line_of(course, file, part) if part else 1
    assert [where for where, said in told if sentence in said] == [line], told


def test_the_tallies_count_what_is_wrong(spoilt: tuple[Path, Finished]) -> None:
    tallies: dict[str, Any] = spoilt[1].report["exercises"][EXERCISE]
    assert not spoilt[1].report["passed"]
    assert tallies["stub"] == {"right": 2, "of": 3}
    assert tallies["reference"] == {"right": 1, "of": 1}
    assert tallies["accepted"] == {"right": 0, "of": 1}
    assert tallies["known_wrong"]["right"] < tallies["known_wrong"]["of"] == 3
    assert 0 < tallies["mutants"]["right"] < tallies["mutants"]["of"]
    assert spoilt[1].report["quizzes"][QUIZ]["questions"] == {"right": 1, "of": 2}


def test_an_accepted_program_that_is_no_python_keeps_no_other_from_being_proved(
    gradecheck: Command, course: Path
) -> None:
    change(course, f"{SOLUTION}/accepted/another_style.py", "return", "return (")
    change(course, f"{MISCONCEPTIONS}/one-taken-away.py", "x / 2 - 1", "x / 2 + 1")
    done = gradecheck("validate", EXERCISE, "--no-mutants", "--json", course=course)
    told = [(Path(each["file"]).name, each["sentence"]) for each in done.report["problems"]]
    assert [name for name, _ in told] == ["another_style.py", "one-taken-away.py"]
    assert "This is not Python" in told[0][1]
    assert "passes every check" in told[1][1]


def test_known_wrong_programs_that_cant_be_read_keep_no_other_from_being_proved(
    gradecheck: Command, course: Path
) -> None:
    another = course / MISCONCEPTIONS / "one-taken-away--twice.py"
    # It has what is asked for, if under a condition alone.
    another.write_text("import numpy as np\n\nif np.e > 2:\n\n    def leaky_step(x):\n        return x / 2 + 1\n")
    text = (course / MISCONCEPTIONS / "one-taken-away.py").read_text().replace("x / 2 - 1", "x / 2 - 3")
    faulty = {
        "product-for-power": ("return x / 2 - 3", "return (x / 2 - 3", "This is not Python"),
        "said-by-nobody": ('"""', 'text = """', "needs a docstring"),
        # Whoever gives the function another name would be told of this belief.
        "step-misspelt": (
            "def leaky_step",
            "def leeky_step",
            "The stub asks for 'leaky_step', and this known-wrong program doesn't",
        ),
    }
    for name, (written, instead, _) in faulty.items():
        (course / MISCONCEPTIONS / f"{name}.py").write_text(text.replace(written, instead, 1))
    more = [f"  {name}:\n    title: 'One of many'\n    concept: signs\n" for name in list(faulty)[1:]]
    (course / "course.yaml").write_text((course / "course.yaml").read_text() + "".join(more))
    change(course, f"{TASK}/exercise.yaml", "points: 4", "points: 5")  # nor does this
    done = gradecheck("validate", EXERCISE, "--no-mutants", "--left-out", "--json", course=course)
    told = [(Path(each["file"]).name, each["sentence"]) for each in done.report["problems"]]
    assert [name for name, _ in told] == ["exercise.yaml", another.name, *(f"{name}.py" for name in faulty)], told
    assert "passes every check" in told[1][1]
    for (_, sentence), (_, _, said) in zip(told[2:], faulty.values(), strict=True):
        assert said in sentence
    assert done.report["exercises"][EXERCISE]["known_wrong"] == {"right": 1, "of": 2}
    graded = gradecheck("run", EXERCISE, course / MISCONCEPTIONS / "one-taken-away.py", "--json", course=course)
    assert {each["misconception"] for each in graded.report["explanations"]} == {"one-taken-away"}


def test_a_survivor_is_told_and_then_listed_with_its_reason(course: Path) -> None:
    change(course, f"{SOLUTION}/leaky_step.py", "return x / 2 + 1", "x = +x\n    return x / 2 + 1")
    survivor = "line 7: remove statement: x = +x"
    (first,) = judged(of_mutants(course), Demands()).problems
    assert (first.file, first.line) == (course / SOLUTION / "leaky_step.py", 7)
    assert f"No check fails after this change: '{survivor}'" in first.sentence
    listed = f"- mutant: '{survivor}'\n  why: 'A plus changes nothing.'\n"
    (course / SOLUTION / "equivalent-mutants.yaml").write_text(listed)
    second = of_mutants(course)
    assert (second.problems, second.demanded["equivalent_mutants"]) == ((), ())
    assert second.tallies["equivalent"] == Tally(1, 1)
    # An entry that a check kills is stale.
    killed = f"{listed}- mutant: 'line 8: Add->Sub: x / 2 + 1'\n  why: 'No.'\n"
    (course / SOLUTION / "equivalent-mutants.yaml").write_text(killed)
    (stale,) = of_mutants(course).problems
    assert (stale.file, stale.line) == (course / SOLUTION / "equivalent-mutants.yaml", 3)
    assert stale.sentence.startswith("A check fails after")


def test_a_mutant_that_never_ends_costs_a_second_and_no_more(course: Path) -> None:
    loop = "left = 1\n    while left > 0:\n        left -= 1\n    return x / 2 + 1"
    change(course, f"{SOLUTION}/leaky_step.py", "return x / 2 + 1", loop)
    found = of_mutants(course)
    assert found.tallies["mutants"].right > 10
    assert found.problems == ()


def test_the_right_course_has_a_table_and_a_verdict(gradecheck: Command, right_course: Path) -> None:
    done = gradecheck("--ascii", "validate", "--jobs", "1", "--no-mutants", course=right_course)
    assert done.code == 0
    assert done.out.isascii()
    row = next(line for line in done.out.splitlines() if line.startswith(EXERCISE))
    assert row.replace("|", " ").split()[1:5] == ["2/2", "1/1", "1/1", "1/1"]
    assert "Everything holds." in done.out
    assert "Number of hidden checks: 3; aim at 6 or more. (A warning.)" in done.out
    assert f"{QUIZ}, questions: as they must be." in done.err


def test_without_mutants_none_is_counted(gradecheck: Command, right_course: Path) -> None:
    done = gradecheck("validate", EXERCISE, "--no-mutants", "--json", course=right_course)
    assert done.code == 0
    assert "mutants" not in done.report["exercises"][EXERCISE]
    assert not [name for name in done.report["exercises"][EXERCISE] if name.startswith("left_out")]
    assert done.report["quizzes"] == {}


def test_without_its_belief_a_known_wrong_program_is_explained_otherwise(gradecheck: Command, course: Path) -> None:
    (course / MISCONCEPTIONS / "product-for-power.py").write_text(
        f'"""{EXPLANATION}"""\n\n\ndef leaky_step(x):\n    return (x / 2 + 1) * 3\n', encoding="utf-8"
    )
    root = CourseRoot.at(course)
    tallies = prove_left_out(load_course(root), load_exercise(root, EXERCISE)).tallies
    left_out = {name: tally.right for name, tally in tallies.items() if name.startswith("left_out_")}
    assert sum(left_out.values()) == of_programs(course).tallies["known_wrong"].of == 2
    assert (left_out["left_out_belief"], left_out["left_out_nothing"]) == (0, 0)
    assert "are explained by" in gradecheck("validate", EXERCISE, "--no-mutants", "--left-out", course=course).out


def test_files_that_cannot_be_read_are_told_and_the_rest_is_proved(gradecheck: Command, course: Path) -> None:
    change(course, f"{TASK}/exercise.yaml", "kind: implement", "kind: magic")
    (course / MISCONCEPTIONS / "not-in-the-catalogue.py").write_text('"""Text."""\n')
    done = gradecheck("validate", "--json", course=course)
    assert done.code == 1
    assert done.report["exercises"][EXERCISE] == {}
    assert done.report["quizzes"][QUIZ]["questions"] == {"right": 2, "of": 2}
    line = line_of(course, f"{TASK}/exercise.yaml", "magic")
    assert any((p["file"], p["line"]) == (str(course / TASK / "exercise.yaml"), line) for p in done.report["problems"])


def test_a_check_that_breaks_by_itself_is_its_authors_fault(course: Path) -> None:
    change(course, f"{SOLUTION}/checks.py", 'agree("leaky_step", np.zeros(3))', "agree.nothing")
    with pytest.raises(CourseError) as raised:
        of_programs(course)
    (problem,) = raised.value.problems
    line = line_of(course, f"{SOLUTION}/checks.py", "agree.nothing")
    assert (problem.file, problem.line) == (course / SOLUTION / "checks.py", line)
    assert "The check 'special_case' is broken" in problem.sentence
    assert "AttributeError" in problem.sentence


def test_a_student_is_told_that_a_broken_check_is_the_courses_fault(gradecheck: Command, course: Path) -> None:
    change(course, f"{SOLUTION}/checks.py", 'agree("leaky_step", np.zeros(3))', "agree.nothing")
    file = course / MISCONCEPTIONS / "one-taken-away.py"
    done = gradecheck("run", EXERCISE, file, course=course)
    assert done.code == 2
    assert "The course is at fault, and nothing was graded." in done.err
    (row,) = gradecheck("progress", "--json", course=course).report["units"][0]["exercises"]
    assert row["runs"] == 0


def test_a_reference_that_cannot_be_loaded_is_told_once_and_grades_nobody(gradecheck: Command, course: Path) -> None:
    change(
        course, f"{SOLUTION}/leaky_step.py", "def leaky_step", "import a_library_that_nobody_has\n\n\ndef leaky_step"
    )
    line = line_of(course, f"{SOLUTION}/leaky_step.py", "import a_library")
    done = gradecheck("validate", EXERCISE, "--json", course=course)
    (problem,) = done.report["problems"]
    assert (Path(problem["file"]).name, problem["line"]) == ("leaky_step.py", line)
    assert "The reference can't be loaded: ModuleNotFoundError" in problem["sentence"]
    assert problem["sentence"].endswith("A library that programs import is named under 'needs' in exercise.yaml.")
    right = course / SOLUTION / "accepted/another_style.py"
    graded = gradecheck("run", EXERCISE, right, course=course)
    assert (graded.code, problem["sentence"] in " ".join(graded.err.split())) == (2, True)
    file = course / SOLUTION / "leaky_step.py"  # nor one that imports it later
    file.write_text("def leaky_step(x):\n    import a_library_that_nobody_has\n")
    graded = gradecheck("run", EXERCISE, right, course=course)
    assert (graded.code, "No module named 'a_library_that_nobody_has'" in graded.err) == (2, True)


def test_a_reference_slower_than_a_student_may_be_is_told_at_once(gradecheck: Command, course: Path) -> None:
    change(course, f"{SOLUTION}/leaky_step.py", "    return", "    import time\n\n    time.sleep(1)\n    return")
    change(course, f"{TASK}/exercise.yaml", "{call: 2, total: 10,", "{call: 0.25, total: 2,")
    done = gradecheck("validate", EXERCISE, "--json", course=course)
    (problem,) = done.report["problems"]
    assert Path(problem["file"]).name == "leaky_step.py"
    assert "This reference program gets 0 of 4 points" in problem["sentence"]
    assert "It took longer than 0.25 s and was stopped." in problem["sentence"]


def test_checks_that_give_points_away_are_pointed_at(gradecheck: Command, course: Path) -> None:
    change(course, f"{SOLUTION}/checks.py", "import numpy as np", "import numpy as np\nimport pytest")
    # One that gives no answer says nothing of whether there is an answer that the check refuses.
    change(course, f"{MISCONCEPTIONS}/one-taken-away.py", "x / 2 - 1", "x / 2 - (1 if len(x) != 5 else [])")
    with (course / SOLUTION / "checks.py").open("a") as checks:
        checks.write(GIVEN_AWAY)
    done = gradecheck("validate", EXERCISE, "--json", course=course)
    assert done.code == 1
    problems = {(p["line"], p["sentence"].split(":")[0]): p["sentence"] for p in done.report["problems"]}
    line = line_of(course, f"{SOLUTION}/checks.py", "keep_argument=True")
    accident = problems.pop((line, "The reference refuses this question by accident (TypeError"))
    assert accident.endswith("Did you mean 'keep_arguments'?")
    # A stub that is begun raises as that reference does: what agrees by accident is a present to it, too.
    assert problems.pop((1, "The stub scores 1 point, and must score none")).endswith(
        "without any work it passes 'typo'."
    )
    wide = line_of(course, f"{SOLUTION}/checks.py", "atol=1e6")
    assert problems.pop((wide, "With this tolerance 0 counts as the right answer, and so does nearly any number"))
    ((line, _), said), *more = problems.items()
    assert more == []
    assert (line, said) == (
        line_of(course, f"{TASK}/exercise.yaml", "points: 4"),
        "All checks together are worth 9 points; this says 4.",
    )
    never_failed = [w["line"] for w in done.report["warnings"] if "points are a present" in w["sentence"]]
    # The line of its decorator, as pytest counts.
    starts = [line_of(course, f"{SOLUTION}/checks.py", f"def test_{name}") - 1 for name in ("typo", "dull")]
    assert never_failed == starts


BROKEN = """

@points(1)
def test_slip(agree):
    r"A name that isn't there."
    agre("leaky_step", np.ones(2))


@pytest.mark.parametrize("n", [2, 3])
@points(1)
def test_slips(agree, n):
    r"And one in each case."
    agree("leaky_step", np.one(n))


@points(1)
def test_keyword(agree):
    r"Misspelt."
    agree("leaky_step", np.ones(2), keep_argument=True)
"""


def test_all_broken_checks_are_told_at_once(course: Path) -> None:
    change(course, f"{SOLUTION}/checks.py", "import numpy as np", "import numpy as np\nimport pytest")
    with (course / SOLUTION / "checks.py").open("a") as checks:
        checks.write(BROKEN)
    with pytest.raises(CourseError) as raised:
        of_programs(course)
    lines = [line_of(course, f"{SOLUTION}/checks.py", part) for part in ("agre(", "np.one(n)", "keep_argument=True")]
    assert [each.line for each in raised.value.problems] == lines


@pytest.mark.parametrize(
    ("answer", "tolerance", "told"),
    [
        ("2 * np.array([10.0, 12.0])", "atol=2000", "problems"),  # 11 and 13
        ("2 * np.array([10.0, 12.0])", "atol=30", "warnings"),
        ("2 * np.array([10.0, 12.0])", "atol=10", ""),
        ("2 * np.array([10.0, 12.0])", "rtol=1e6", "problems"),
        ("2 * np.array([10.0, 12.0])", "rtol=1", "warnings"),
        ("2 * np.array([10.0, 12.0])", "rtol=0.5", ""),
        ("np.array([2.0])", "atol=1", ""),  # a single 2
        ("np.array([-1.9])", "atol=1", "warnings"),  # 0.05, of which anything below 1 may be right
        ("np.array([-2 + 2e-12])", "atol=1", ""),  # 0 but for rounding
    ],
)
def test_a_tolerance_that_takes_zero_in_all_answers_of_a_check_is_told(
    course: Path, answer: str, tolerance: str, told: str
) -> None:
    asked = f'agree("leaky_step", {answer}, {tolerance})'
    with (course / SOLUTION / "checks.py").open("a") as checks:
        checks.write(f'\n\n@points(1)\ndef test_wide(agree):\n    r"Wide."\n    {asked}\n')
        # An answer may be small by chance: these are 1 and 0.001, and 46 tells them apart.
        checks.write("\n\n@points(1)\ndef test_near(agree):\n    r'Near.'\n    for x in 0.0, -1.998, 90.0:\n")
        checks.write('        agree("leaky_step", np.array([x]), atol=3)\n')
    found = of_programs(course)
    places = {
        kind: [each.line for each in getattr(found, kind) if "0 counts as the right answer" in each.sentence]
        for kind in ("problems", "warnings")
    }
    line = line_of(course, f"{SOLUTION}/checks.py", asked)
    assert places == {kind: [line] if kind == told else [] for kind in ("problems", "warnings")}


def test_whole_numbers_are_compared_exactly_and_no_tolerance_takes_0_for_them(course: Path) -> None:
    with (course / SOLUTION / "checks.py").open("a") as checks:
        checks.write('\n\n@points(1)\ndef test_count(agree):\n    r"How many."\n')
        checks.write("    agree(lambda program: len(program.leaky_step(np.ones(2))), atol=1000)\n")
    found = of_programs(course)
    assert not [each for each in (*found.problems, *found.warnings) if "0 counts" in each.sentence]


def test_a_reference_that_fails_is_told_with_the_place_that_asks(course: Path) -> None:
    with (course / SOLUTION / "checks.py").open("a") as checks:
        checks.write('\n\n@points(1)\ndef test_amiss(submission):\n    r"No."\n    assert False, "Nothing is so"\n')
    (told,) = [each.sentence for each in of_programs(course).problems if "reference program" in each.sentence]
    line = line_of(course, f"{SOLUTION}/checks.py", "def test_amiss")
    assert told.endswith(f"amiss: Nothing is so (Asked at {SOLUTION}/checks.py:{line}: mend the one or the other.)")
    change(course, f"{TASK}/exercise.yaml", "[1.5, 2.0]", "[1.5, 3.0]")
    (told,) = [each.sentence for each in of_programs(course).problems if "reference program" in each.sentence]
    line = line_of(course, f"{TASK}/exercise.yaml", "[1.5, 3.0]")
    assert f"(Asked at {TASK}/exercise.yaml:" in told


@pytest.mark.parametrize(("accepts", "present"), [("(x < 2.75).all()", []), ("True", ["zz_small"])])
def test_a_check_that_fails_who_another_had_failed_before_is_no_present(
    course: Path, accepts: str, present: list[str]
) -> None:
    """`x * 2 + 1` is above 2.75 there, and every other check fails it, too; no known-wrong program is."""
    with (course / SOLUTION / "checks.py").open("a") as checks:
        checks.write(
            "\n\n@points(1)\ndef test_zz_small(agree):\n"
            f'    agree.that(lambda program: program.leaky_step(np.ones(3)), lambda x: {accepts}, "Large.")\n'
        )
    told = [each.sentence for each in of_mutants(course).warnings]
    assert [said.partition("the check '")[2].partition("'")[0] for said in told] == present


def test_what_failed_the_last_mutants_is_asked_the_next_first_and_nothing_after_it(course: Path) -> None:
    root = CourseRoot.at(course)
    exercise = load_exercise(root, EXERCISE)
    with (course / SOLUTION / "checks.py").open("a") as checks:
        checks.write('\n\n@points(1)\ndef test_zz_ones(agree):\n    agree("leaky_step", np.full(3, 0.25))\n')
    wrong = from_bytes(exercise.file, b"def leaky_step(x):\n    return x / 2 + (1 if x[0] != 0.25 else 2)\n")
    worse = from_bytes(exercise.file, b"def leaky_step(x):\n    return x\n")
    with grading(load_course(root), exercise, fall_back=True, stop_at_first_failure=True) as grader:
        ran = [
            [check.id for check in grader.grade(each).checks if check.status != "skipped"]
            for each in (*[wrong] * 8, worse)
        ]
        left = set(grader.never_failed)
        grader.try_never_failed(worse)
    assert len(ran[0]) > 1
    assert ran[0][-1] == "zz_ones"
    assert ran[-1] == ["zz_ones"]
    assert "special_case" in left
    assert {*grader.never_failed} == {"arguments_stay_as_they_were"}


def test_a_question_that_is_another_for_each_program_is_pointed_at(course: Path) -> None:
    asked = "agree(lambda program: program.leaky_step(rng.normal(size=3)))"
    change(course, f"{SOLUTION}/checks.py", 'agree("leaky_step", np.zeros(3))', asked)
    change(course, f"{SOLUTION}/checks.py", "def test_special_case(agree)", "def test_special_case(agree, rng)")
    line = line_of(course, f"{SOLUTION}/checks.py", asked)
    told = [each.sentence for each in of_programs(course).problems if each.line == line]
    assert [said.split(":")[0] for said in told] == ["The reference answers this question otherwise when asked again"]


def test_a_file_that_is_missing_is_told_and_nothing_that_follows(gradecheck: Command, course: Path) -> None:
    (course / TASK / "leaky_step.py").unlink()
    done = gradecheck("validate", EXERCISE, "--json", course=course)
    told = [each["sentence"] for each in done.report["problems"] if each["file"].endswith(f"{TASK}/leaky_step.py")]
    assert told == ["This file is missing; write it."]


def test_a_proof_that_dies_is_no_finding(gradecheck: Command, course: Path) -> None:
    change(course, f"{SOLUTION}/checks.py", "import numpy as np", "import os\n\nos._exit(7)\nimport numpy as np")
    done = gradecheck("validate", EXERCISE, course=course)
    assert done.code == 3
    assert "of leaky-step: exit code 7" in done.err


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [(("leaky-stop",), "Did you mean 'leaky-step'?"), (("--jobs", "0"), "--jobs"), (("--nothing",), "--nothing")],
)
def test_misuse_ends_with_2(gradecheck: Command, right_course: Path, arguments: tuple[str, ...], sentence: str) -> None:
    done = gradecheck("validate", *arguments, course=right_course)
    assert done.code == 2
    assert sentence in done.err


def test_a_students_kit_has_nothing_to_prove(gradecheck: Command, course: Path) -> None:
    shutil.rmtree(course / "solutions")
    done = gradecheck("validate", course=course)
    assert done.code == 2
    assert "no solutions/" in done.err


def test_interrupted_it_leaves_no_process(right_course: Path, tmp_path: Path) -> None:
    mark = f"left-by-{os.getpid()}-{time.monotonic_ns()}"
    process = subprocess.Popen(
        [GRADECHECK, "--course", right_course, "validate"],
        env={**os.environ, "GRADECHECK_DATA": str(tmp_path), "MARK": mark},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
    )
    while len(marked(mark)) < 2:
        assert process.poll() is None
        time.sleep(0.02)
    process.send_signal(signal.SIGINT)
    _, said = process.communicate(timeout=300)
    assert process.returncode == 130
    assert "Traceback" not in said
    deadline = time.monotonic() + 300
    while marked(mark):
        assert time.monotonic() < deadline
        time.sleep(0.1)


def marked(mark: str) -> list[int]:
    """The processes whose environment holds the mark."""
    found = []
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            if mark.encode() in (folder / "environ").read_bytes():
                found.append(int(folder.name))
        except OSError:
            continue
    return found


def test_the_texts_of_the_author_are_proved_whatever_stands_beside_them(gradecheck: Command, tmp_path: Path) -> None:
    """In a course in Spanish, with an English quiz that is right."""
    root = tmp_path / "course"
    shutil.copytree(REPOSITORY / "examples/second-course", root)
    change(root, "quizzes/repaso.yaml", "id: que-cambia", "id: sin-parentesis")
    ended = gradecheck("validate", "repaso", course=root)
    assert ended.code == 1
    assert "quizzes/repaso.yaml:22: 'questions[2].id' es también el id de la pregunta 1" in ended.out


def test_an_exercise_that_is_listed_and_not_there_is_a_problem_and_no_more(gradecheck: Command, tmp_path: Path) -> None:
    (tmp_path / "course/solutions").mkdir(parents=True)
    (tmp_path / "course/course.yaml").write_text(EMPTY.replace("exercises: []", "exercises: [gone]"))
    ended = gradecheck("validate", course=tmp_path / "course")
    assert (ended.code, ended.err) == (1, "")
    assert "course.yaml:6: 'gone' is listed, but there is no exercises/gone/." in ended.out


def test_a_check_that_asks_something_else_each_time_is_pointed_at(course: Path) -> None:
    change(course, f"{SOLUTION}/checks.py", "rng.normal(size=size)", "np.random.normal(size=size)")
    (problem,) = of_programs(course).problems
    assert "The check 'any_input' asks something else each time it is run" in problem.sentence
    assert problem.line == line_of(course, f"{SOLUTION}/checks.py", "def test_any_input") - 1


def test_a_course_that_nobody_stands_in_is_named(tmp_path: Path) -> None:
    (tmp_path / "course.yml").write_text(EMPTY)
    environment = {name: value for name, value in os.environ.items() if name != "GRADECHECK_COURSE"}
    done = subprocess.run(
        [GRADECHECK, "validate", "leaky-step"],
        cwd=tmp_path,
        env=environment,
        capture_output=True,
        text=True,
        timeout=300,
    )
    assert done.returncode == 2
    assert "No course.yaml is here or above, so the course that ships with gradecheck is proved." in done.stderr


def test_two_beliefs_that_answer_alike_are_named_to_each_other(course: Path) -> None:
    twin = course / MISCONCEPTIONS / "product-for-power.py"
    twin.write_text('r"""You took one away from 2: that is 0."""\n\n\ndef leaky_step(x):\n    return -1 + 0.5 * x\n')
    told = {(each.file.stem, each.line): each.sentence for each in of_programs(course).problems}
    for one, other in (("one-taken-away", "product-for-power"), ("product-for-power", "one-taken-away")):
        assert f"This program answers every question as one of '{other}' does" in told[one, 1]


def test_three_beliefs_that_answer_alike_are_all_named(course: Path) -> None:
    texts = {"product-for-power": "-1 + 0.5 * x", "product-for-power--late": "x * 0.5 - 1", "never-seen": "0.5 * x - 1"}
    for name, value in texts.items():
        program = f'r"""You took one away from 2: that is 0."""\n\n\ndef leaky_step(x):\n    return {value}\n'
        (course / MISCONCEPTIONS / f"{name}.py").write_text(program)
    more = "  never-seen:\n    title: 'Nobody thinks so'\n    concept: nothing\n"
    (course / "course.yaml").write_text((course / "course.yaml").read_text() + more)
    others = "'never-seen' and 'product-for-power'"
    told = {(each.file.stem, each.line): each.sentence for each in of_programs(course).problems}
    said = f"This program answers every question as those of {others} do, so none is named"
    assert said in told["one-taken-away", 1]
    assert any("this being never-seen--one-taken-away.py." in sentence for sentence in told.values())


@pytest.mark.parametrize("kind", ["exercises/other", "quizzes/other.yaml"])
def test_what_is_there_and_in_no_unit_is_told_wherever_one_looks(gradecheck: Command, course: Path, kind: str) -> None:
    (course / kind).mkdir() if kind.startswith("exercises") else (course / kind).write_text("format: 1\n")
    listed = kind.partition("/")[0]
    line = line_of(course, "course.yaml", "units:")
    said = f"course.yaml:{line}: {kind} is in no unit: list it under '{listed}' of one"
    asked = gradecheck("validate", "other", course=course)
    assert asked.code == 2
    assert said in asked.err
    beside = gradecheck("validate", QUIZ, course=course)
    assert (beside.code, beside.out.count(said)) == (1, 1)


def test_an_object_that_a_question_gives_is_told_as_one(course: Path) -> None:
    asked = 'agree(lambda program: program.made("leaky"))'
    change(course, f"{SOLUTION}/checks.py", 'agree("leaky_step", np.zeros(3))', asked)
    made = "\n\nclass made:\n    def __init__(self, name):\n        self.name = name\n"
    for program in (course / SOLUTION).rglob("*.py"):
        if program.name != "checks.py":
            program.write_text(program.read_text() + made)
    with pytest.raises(CourseError) as raised:
        of_programs(course)
    line = line_of(course, f"{SOLUTION}/checks.py", asked)
    told = [each.sentence for each in raised.value.problems if each.line == line]
    assert [said.partition(",")[0] for said in told] == ["This question gives an object of type made"]


def test_a_name_that_the_reference_lacks_is_told_once_with_the_nearest(gradecheck: Command, course: Path) -> None:
    change(course, f"{SOLUTION}/checks.py", 'agree("leaky_step", np.zeros(3))', 'agree("leaky_steps", np.zeros(3))')
    done = gradecheck("validate", EXERCISE, "--json", course=course)
    told = [each["sentence"] for each in done.report["problems"]]
    assert told == ["The reference has no 'leaky_steps'. Did you mean 'leaky_step'?"]


def test_checks_that_break_are_told_by_one_job_and_no_other_waits_for_them(course: Path) -> None:
    """What builds on the programs is ended then, or never begins, and says nothing of its own."""
    change(course, f"{SOLUTION}/checks.py", 'agree("leaky_step", np.zeros(3))', "raise ValueError(agree)")
    root = CourseRoot.at(course)
    jobs = jobs_of(load_course(root), [load_exercise(root, EXERCISE)], [], mutants=True, left_out=True)
    found = {job.kind: findings for job, findings in findings_of(jobs, 1, lambda job: None)}
    assert len(jobs) == 4
    assert len(found) == 2
    assert "figures" in found
    ((problem,),) = [findings.problems for kind, findings in found.items() if kind != "figures"]
    assert "The check 'special_case' is broken" in problem.sentence
    alone = [job for job in jobs if job.kind == "mutants"]  # the programs were proved before, say
    assert [findings.broken for _, findings in findings_of(alone, 1, lambda job: None)] == [True]


def test_one_process_does_one_job_after_another(course: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """So what starts programs is started once, and not for each."""
    started: list[parallel._Process] = []
    start = parallel._Process.__init__
    monkeypatch.setattr(parallel._Process, "__init__", lambda self, core: (started.append(self), start(self, core))[1])
    root = CourseRoot.at(course)
    jobs = jobs_of(load_course(root), [load_exercise(root, EXERCISE)], [], mutants=True, left_out=True)
    assert len(dict(findings_of(jobs, 1, lambda job: None))) == 4
    assert len(started) == 1


def test_what_builds_on_an_exercises_programs_begins_after_them(course: Path) -> None:
    """So a check that never ends is waited for once: checks of few programs, and with many mutants, come first, too."""
    many = "_ = [1 + 2 * 3 - 4, 5 + 6 * 7 - 8, 9 + 10 * 11 - 12, 13 + 14 * 15 - 16, 17 + 18 * 19 - 20]"
    change(course, f"{SOLUTION}/leaky_step.py", "return", f"{many}\n    return")
    root = CourseRoot.at(course)
    jobs = jobs_of(load_course(root), [load_exercise(root, EXERCISE)], [], mutants=True, left_out=True)
    size = {job.kind: job.steps for job in jobs}
    assert size["mutants"] > 5 * size["programs"]
    assert jobs[0].kind == "programs"


def test_what_cannot_be_read_may_use_every_belief(gradecheck: Command, right_course: Path, tmp_path: Path) -> None:
    course = Path(shutil.copytree(right_course, tmp_path / "course"))
    more = "  never-seen:\n    title: 'Nobody thinks so'\n    concept: nothing\n"
    (course / "course.yaml").write_text((course / "course.yaml").read_text() + more)
    assert "No exercise and no quiz uses 'never-seen'" in gradecheck("validate", "--fast", course=course).out
    (course / f"quizzes/{QUIZ}.yaml").write_text("format: 1\ntitle: [\n")
    said = gradecheck("validate", "--fast", course=course).out
    assert "This is not YAML" in said
    assert "uses" not in said


def test_a_drill_that_can_draw_nothing_is_a_problem_at_its_line(gradecheck: Command, tmp_path: Path) -> None:
    course = Path(shutil.copytree(REPOSITORY / "examples/second-course", tmp_path / "course"))
    change(course, "exercises/mitades/exercise.yaml", "kind: drill", "kind: drill\nwhere: n < 0")
    done = gradecheck("--language=en", "validate", "mitades", course=course)
    assert done.code == 1
    assert "exercises/mitades/exercise.yaml:3: 1000 draws met 'where' not once; widen the parameters" in done.out


def test_an_expression_without_a_value_is_a_problem_where_nothing_is_drawn(gradecheck: Command, tmp_path: Path) -> None:
    texts = {
        "course.yaml": "format: 1\ntitle: 'C'\nunits: [{id: a, title: 'A', exercises: [dr], quizzes: [qz]}]\n",
        "exercises/dr/exercise.yaml": "title: 'D'\nkind: drill\nfile: answers.yaml\npoints: 1\ntakeaway: 'Now.'\n"
        "hints: ['1', '2', '3']\n",
        "exercises/dr/statement.md": "# D\n",
        "exercises/dr/answers.yaml": "left: null\n",
        "solutions/dr/answers.yaml": "answers:\n  left:\n    title: 'L'\n    points: 1\n    key: 348/0\n"
        "    right: 'It is.'\n",
        "quizzes/qz.yaml": "format: 1\ntitle: 'Q'\nquestions:\n  - id: q\n    kind: number\n    concept: c\n"
        "    ask: 'What?'\n    key: sqrt(0-1)\n    right: 'It is.'\n",
    }
    done = gradecheck("validate", course=write(tmp_path / "course", texts))
    assert done.code == 1, done.err
    assert "solutions/dr/answers.yaml:5: Here '348/0' divides by 0." in done.out
    assert "quizzes/qz.yaml:4: Here 'sqrt(0-1)' can't be evaluated." in done.out
