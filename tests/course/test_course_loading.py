"""Finding a course, loading an exercise, and reading programs without running them."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from autograder.course import (
    CourseError,
    CourseRoot,
    UnknownExercise,
    find_course,
    load_answer_key,
    load_course,
    load_everything,
    load_exercise,
    load_hidden_checks,
    load_misconceptions,
    load_quiz,
)
from autograder.course.discovery import packaged_places
from autograder.course.tasks import course_tasks, in_full
from tests.small_course import change


def test_a_course_is_found_from_a_folder_below_it(small_course: Path) -> None:
    assert find_course(None, {}, small_course / "exercises" / "exercise-01").root == small_course


def test_a_named_course_goes_before_the_environment_and_that_before_the_working_directory(
    small_course: Path, tmp_path: Path
) -> None:
    other = tmp_path / "other"
    shutil.copytree(small_course, other)
    environment = {"GRADECHECK_COURSE": str(other)}
    assert find_course(None, environment, small_course).root == other
    assert find_course(small_course, environment, tmp_path).root == small_course
    assert find_course(Path("course/course.yaml"), environment, tmp_path).root == small_course


@pytest.mark.parametrize(("explicit", "environment"), [("absent", {}), (None, {"GRADECHECK_COURSE": "absent"})])
def test_a_named_folder_without_a_course_is_refused(
    tmp_path: Path, explicit: str | None, environment: dict[str, str]
) -> None:
    with pytest.raises(CourseError, match=r"names a folder without course\.yaml"):
        find_course(Path(explicit) if explicit else None, environment, tmp_path)


def test_without_a_course_around_the_packaged_one_is_taken(tmp_path: Path) -> None:
    assert find_course(None, {}, tmp_path).root in packaged_places()


def test_an_exercise_is_loaded_with_all_that_a_student_meets(small_course: Path) -> None:
    change(small_course, "exercises/exercise-02/exercise.yaml", "[numpy]", "[torch]")
    exercise = load_exercise(CourseRoot.at(small_course), "exercise-02")
    assert (exercise.id, exercise.kind, exercise.file, exercise.points) == ("exercise-02", "implement", "twice.py", 3)
    assert exercise.needs == {"numpy", "torch"}
    assert (exercise.limits.call, exercise.limits.total, exercise.limits.memory) == (2, 10, 512)
    assert exercise.required_names == {"twice"}
    assert exercise.public_checks[0].args == ([1.0, 2.0],)
    assert exercise.public_checks[0].expect == [2.0, 4.0]
    assert exercise.statement.startswith("# Twice")
    assert "NotImplementedError" in exercise.stub
    assert exercise.solution == small_course / "solutions" / "exercise-02"
    assert exercise.reference == small_course / "solutions" / "exercise-02" / "twice.py"


def test_a_drill_asks_for_the_keys_of_its_stub(small_course: Path) -> None:
    exercise = load_exercise(CourseRoot.at(small_course), "exercise-01")
    assert exercise.required_names == {"norm_after_20"}
    assert exercise.needs == frozenset()
    assert load_answer_key(exercise).points == 3


def test_one_exercise_loads_though_another_is_broken(small_course: Path) -> None:
    (small_course / "exercises/exercise-01/exercise.yaml").write_text("[")
    assert load_exercise(CourseRoot.at(small_course), "exercise-02").id == "exercise-02"


def test_all_problems_of_an_exercise_come_at_once_and_in_order(small_course: Path) -> None:
    change(small_course, "exercises/exercise-02/exercise.yaml", "points: 3", "pionts: 3")
    (small_course / "exercises/exercise-02/statement.md").write_text(" \n")
    with pytest.raises(CourseError) as caught:
        load_exercise(CourseRoot.at(small_course), "exercise-02")
    folder = small_course / "exercises/exercise-02"
    assert str(caught.value).splitlines() == [
        f"{folder}/exercise.yaml:5: Unknown key 'pionts'. Did you mean 'points'?",
        f"{folder}/statement.md:1: The statement is empty; write what to do and why.",
    ]


@pytest.mark.parametrize(
    ("asked", "nearest"),
    [
        ("exercise-2", "exercise-02"),
        ("Exercise_1", "exercise-01"),
        ("../exercises/exercise-02", ""),
        ("", ""),
        ("exercise-02\n", ""),
    ],
)
def test_an_unknown_exercise_names_the_nearest(small_course: Path, asked: str, nearest: str) -> None:
    with pytest.raises(UnknownExercise) as caught:
        load_exercise(CourseRoot.at(small_course), asked)
    assert nearest in caught.value.problems[0].sentence


def test_a_students_kit_loads_without_solutions(small_course: Path) -> None:
    shutil.rmtree(small_course / "solutions")
    root = CourseRoot.at(small_course)
    assert root.solutions is None
    everything = load_everything(root)
    assert everything.problems == ()
    assert [exercise.solution for exercise in everything.exercises] == [None, None]
    exercise = load_exercise(root, "exercise-02")
    assert load_misconceptions(exercise, load_course(root)) == []
    assert load_hidden_checks(exercise) == ()
    with pytest.raises(CourseError, match="the drill can't be graded"):
        load_answer_key(load_exercise(root, "exercise-01"))


def test_known_wrong_programs_carry_their_explanation_and_a_variant_shares_it(small_course: Path) -> None:
    root = CourseRoot.at(small_course)
    variant, plain = load_misconceptions(load_exercise(root, "exercise-02"), load_course(root))
    assert plain.id == variant.id == "added-not-doubled"
    assert plain.title == "Two added, not multiplied by two"
    assert plain.explanation == variant.explanation == r"You added two: $1 + 2 = 3$, and $2 \cdot 1 = 2$."
    assert "2.0 + x" in variant.source


def test_hidden_checks_are_read_and_never_run(small_course: Path) -> None:
    (check,) = load_hidden_checks(load_exercise(CourseRoot.at(small_course), "exercise-02"))
    assert (check.id, check.title, check.points, check.line) == ("negative", "Negative numbers double too.", 2.0, 7)


def test_the_id_of_a_course_is_its_own_or_made_from_its_title(small_course: Path) -> None:
    course = load_course(CourseRoot.at(small_course))
    assert (course.id, course.named) == ("a-small-course", True)
    title = "title: 'A small course'"
    change(small_course, "course.yaml", "id: a-small-course\n", "")
    before = load_course(CourseRoot.at(small_course))
    assert (before.named, before.former_ids) == (False, ("a-small-course",))
    change(small_course, "course.yaml", title, "title: 'A: small course'")
    assert load_course(CourseRoot.at(small_course)).id != before.id  # though the letters are the same
    change(small_course, "course.yaml", "title: 'A: small course'", f"id: {before.id}\n{title}")
    course = load_course(CourseRoot.at(small_course))
    assert (course.id, course.named) == (before.id, True)
    assert course.exercise_ids == ("exercise-01", "exercise-02")
    assert course.quiz_ids == ("products",)


def test_what_may_have_come_in_is_known_without_reading_a_quiz(small_course: Path) -> None:
    course = load_course(CourseRoot.at(small_course))
    (quiz,) = (task for task in in_full(course, course_tasks(course)) if task.kind == "quiz")
    assert (quiz.title, quiz.points) == (load_quiz(course, "products").title, load_quiz(course, "products").points)
    (small_course / "quizzes" / "products.yaml").write_text("format: [")
    tasks = course_tasks(course)
    assert [task.file for task in tasks if task.kind == "quiz"] == ["products.json"]
    assert in_full(course, tasks) == [task for task in tasks if task.kind == "exercise"]
