"""What was proved before is proved again only once something has changed that the proof rests on."""

from __future__ import annotations

from pathlib import Path

import pytest

from autograder.course import CourseRoot
from autograder.language import speaking
from autograder.proof.findings import Findings, Tally
from autograder.proof.jobs import Job
from autograder.proof.kept_findings import Kept
from tests.command import Command, Finished
from tests.proof.filled import EXERCISE, QUIZ, SOLUTION, TASK, Proved, change


@pytest.fixture
def gradecheck(proved: Proved) -> Command:
    return proved.command


@pytest.fixture
def course(proved: Proved) -> Path:
    """It has been proved once, mutants and all."""
    proved.restore()
    assert proved.first.report["unchanged"] == []
    kinds = {(EXERCISE, kind) for kind in ("programs", "mutants", "figures")}
    assert steps(proved.first) == kinds | {(QUIZ, "questions")}
    return proved.course


def steps(done: Finished) -> set[tuple[str, str]]:
    """What was proved just now: each job has a line."""
    lines = [line.partition(": ")[2].split(", ") for line in done.err.splitlines() if " of " in line]
    return {(parts[0], parts[1].partition(":")[0]) for parts in lines}


def test_what_is_unchanged_is_not_proved_again_and_shown_all_the_same(gradecheck: Command, course: Path) -> None:
    shown = gradecheck("validate", course=course)
    assert steps(shown) == set()
    assert "2 of 2 had been proved before, and are unchanged. --again for all." in shown.out
    again = gradecheck("validate", "--again", "--json", course=course)
    assert again.report["unchanged"] == []
    assert len(steps(again)) == 4
    kept = gradecheck("validate", "--json", course=course).report
    assert kept["unchanged"] == [EXERCISE, QUIZ]
    for part in ("exercises", "quizzes", "problems", "warnings"):
        assert kept[part] == again.report[part]


@pytest.mark.parametrize(
    ("file", "old", "new", "again"),
    [
        (f"{SOLUTION}/checks.py", "From nothing comes one.", "Nothing becomes one.", {EXERCISE}),
        (f"{TASK}/statement.md", "Memory leaks.", "Memories leak.", {EXERCISE}),
        (f"quizzes/{QUIZ}.yaml", "Half of something is something.", "Half is something.", {QUIZ}),
        ("course.yaml", "'A course'", "'Another course'", {EXERCISE, QUIZ}),
    ],
)
def test_a_change_is_proved(gradecheck: Command, course: Path, file: str, old: str, new: str, again: set[str]) -> None:
    change(course, file, old, new)
    done = gradecheck("validate", "--no-mutants", "--json", course=course)
    assert {subject for subject, _ in steps(done)} == again
    assert set(done.report["unchanged"]) == {EXERCISE, QUIZ} - again


def test_a_problem_is_found_anew_each_time(gradecheck: Command, course: Path) -> None:
    change(course, f"{SOLUTION}/accepted/another_style.py", "0.5", "0.4")
    for _ in range(2):
        done = gradecheck("validate", "--no-mutants", "--json", course=course)
        assert done.code == 1
        assert (EXERCISE, "programs") in steps(done)
        assert "This accepted program gets" in done.report["problems"][0]["sentence"]
        assert done.report["unchanged"] == [QUIZ]


@pytest.mark.parametrize("content", [b"", b"{", b'{"key": 1, "findings": []}', b"\xff"])
def test_a_damaged_note_is_no_proof(gradecheck: Command, course: Path, content: bytes) -> None:
    (note,) = (gradecheck.folder / "data" / "proofs").rglob(f"{QUIZ}-questions.json")
    note.write_bytes(content)
    done = gradecheck("validate", "--json", course=course)
    assert (done.code, steps(done)) == (0, {(QUIZ, "questions")})


def test_without_a_place_to_keep_it_all_is_proved(course: Path, gradecheck: Command) -> None:
    (gradecheck.folder / "file").write_text("no folder")
    for _ in range(2):
        done = gradecheck("validate", QUIZ, "--json", course=course, GRADECHECK_DATA=str(gradecheck.folder / "file"))
        assert (done.code, done.report["unchanged"]) == (0, [])


def test_a_file_that_belongs_to_no_exercise_is_looked_at_again(gradecheck: Command, course: Path) -> None:
    """The whole of an unchanged course is kept, too: each of its files counts."""
    assert gradecheck("validate", course=course).code == 0
    (course / "course.es.yaml").write_text("title: 'Un curso de 2,5 horas'\n")
    done = gradecheck("validate", "--json", course=course)
    assert steps(done) == set()
    assert "has the number 2.5" in done.report["problems"][0]["sentence"]


def test_what_is_changed_and_put_back_while_it_is_proved_is_not_kept(course: Path, tmp_path: Path) -> None:
    """The files hold what they held, and what was found may be of what they held in between."""
    root, job = CourseRoot.at(course), Job(str(course), QUIZ, "questions", 1)
    for put_back in (False, True):
        kept = Kept(tmp_path / "kept", root)
        assert kept.findings(job) is None
        assert kept.whole("all", Findings) is None
        if not put_back:
            change(course, f"quizzes/{QUIZ}.yaml", "Half", "All")
            change(course, f"quizzes/{QUIZ}.yaml", "All", "Half")
        kept.keep(job, Findings())
        kept.keep_whole("all", Findings())
        assert (Kept(tmp_path / "kept", root).findings(job) is None) is not put_back


def test_what_was_found_in_one_language_is_not_said_in_another(course: Path, tmp_path: Path) -> None:
    job = Job(str(course), QUIZ, "questions", 1)

    def found(language: str) -> Findings | None:
        with speaking(language):
            kept = Kept(tmp_path / "kept", CourseRoot.at(course))
            before = kept.findings(job)
            kept.keep(job, Findings(tallies={language: Tally(1, 1)}))
            return before

    assert found("en") is None
    assert found("en") == Findings(tallies={"en": Tally(1, 1)})
    assert found("es") is None


def test_a_file_that_cannot_be_read_ends_nothing(course: Path, tmp_path: Path) -> None:
    """As one that is removed between two looks at it, while a whole course is checked out anew."""
    (course / TASK / "data.bin").symlink_to("/proc/self/mem")
    kept = Kept(tmp_path / "kept", CourseRoot.at(course))
    assert (kept.findings(Job(str(course), EXERCISE, "programs", 1)), kept.whole("all", Findings)) == (None, None)
