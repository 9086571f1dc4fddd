"""A student's kit: exercises/, quizzes/ and pages/ as they are, course.yaml, which checks only the instructor runs, and
the engine, which is installed from the kit itself.

Of solutions/ it takes nothing but each check's title and points, which every report shows anyway. Of the catalogue it
takes what the quizzes name: the other titles say what a known-wrong program gets wrong, and so what is right.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from autograder.course import CourseError, Problem, load_course, load_exercise, load_hidden_checks, load_quiz, pictures
from autograder.course.kit import listing
from autograder.course.model import INSTRUCTOR_FILE
from autograder.course.translation import LANGUAGES, beside, quiz_in
from autograder.course.written_yaml import Quoted, dump
from autograder.export import engine
from autograder.export.bundle import BundledFile, Refused, tree
from autograder.export.subcommand import KitRequest, of_course
from autograder.language import later, speaking, tr
from autograder.sandbox.libraries import CPU_BUILDS, installed_as

if TYPE_CHECKING:
    from autograder.course import Course, Exercise

_README = later("""\
# {title}

gradecheck, which grades it, is in this folder. It needs Python 3.11 or newer (`python3 --version`). Here, once:

    python3 -m venv .venv
    .venv/bin/python -m pip install '.[bubblewrap]'

On Windows, here and below, `py` stands for `python3`, and `.venv\\Scripts` for `.venv/bin`:

    py -m venv .venv
    .venv\\Scripts\\python -m pip install .
{torch}
Then, in this folder:

    source .venv/bin/activate       in every new terminal (Windows: .venv\\Scripts\\activate)
    gradecheck list                 what there is to do
    gradecheck show {first}     what is asked, and which libraries you may import
    gradecheck start {first}    puts a file where you work; with --notebook, a notebook
    gradecheck run {first}      grades it
    gradecheck hint {first}     if you are stuck
    gradecheck quiz                 the quizzes; every choice is explained

Here `gradecheck run` grades the public checks: the examples of each statement. The others are run by your instructor.
`gradecheck run` lists them with their titles and points, and leaves them out of the score that it shows.
""")
_TORCH = later("""
These need PyTorch too: {exercises}. Its build for the CPU is enough (200 MB):

    .venv/bin/python -m pip install torch --index-url {cpu_builds}
""")
_OTHERS = later("""
Some exercises need other libraries:

    .venv/bin/python -m pip install {names}
""")
#: What an installed engine takes along, so that it works in any folder.
_PARTS = ("course.yaml", "exercises", "quizzes")
_COURSE = later("# The course as students have it. `gradecheck export student-kit` wrote this file.\n")
_LISTING = later("# Checks that your instructor runs. `gradecheck export student-kit` wrote this file.\n")


def files(course: Course) -> Iterator[BundledFile]:
    """Yield every file of the kit. Raises CourseError where the course is incomplete, Refused where it holds links."""
    if course.root.solutions is None:
        said = tr(
            "{course} has no solutions/: it is a student's kit already. Name the course itself.",
            course=course.root.root,
        )
        raise Refused(said)
    yield from engine.package("")
    yield from engine.project(part for part in _PARTS if (course.root.root / part).exists())
    own: dict[str, Any] = {}
    with speaking(course.language):
        course = load_course(course.root)
        first = course.exercise_ids[0] if course.exercise_ids else "EXERCISE"
        libraries = _libraries(course)
        yield BundledFile.of_text("README.md", tr(_README, title=course.title, first=first, torch=libraries))
        own["course.yaml"] = _course(course)
        yield BundledFile.of_text("course.yaml", tr(_COURSE) + dump(own["course.yaml"]))
        for exercise_id in course.exercise_ids:
            exercise = load_exercise(course.root, exercise_id)
            place = f"exercises/{exercise_id}"
            written = {
                f"{place}/{INSTRUCTOR_FILE}",
                *(f"{place}/{beside(Path(INSTRUCTOR_FILE), each)}" for each in LANGUAGES),
            }
            yield from (file for file in tree(exercise.folder, place) if file.path not in written)
            own[f"{place}/{INSTRUCTOR_FILE}"] = _listing(exercise)
            yield BundledFile.of_text(
                f"{place}/{INSTRUCTOR_FILE}", tr(_LISTING) + dump(own[f"{place}/{INSTRUCTOR_FILE}"])
            )
    for quiz_id in course.quiz_ids:
        yield _public(course.root.root / "quizzes" / f"{quiz_id}.yaml", f"quizzes/{quiz_id}.yaml")
    for picture in sorted(_pictures(course)):
        yield _public(pictures.folder(course.root.root) / picture, f"quizzes/{picture}")
    for page in sorted((course.root.root / "pages").glob("*.html")):
        yield _public(page, f"pages/{page.name}")
    for language in LANGUAGES:
        if language != course.language:
            yield from _translated(course, language, own)


def _translated(course: Course, language: str, own: Mapping[str, Any]) -> Iterator[BundledFile]:
    """Yield what the course has in another language of the files that are written for a kit, and its quizzes."""
    with speaking(language):
        other = {"course.yaml": _course(load_course(course.root))}
        for exercise_id in course.exercise_ids:
            exercise = load_exercise(course.root, exercise_id)
            other[f"exercises/{exercise_id}/{INSTRUCTOR_FILE}"] = _listing(exercise)
    for name, content in other.items():
        texts = _otherwise(own[name], {**content, "language": own[name].get("language")})
        if texts is not None:
            yield BundledFile.of_text(beside(Path(name), language).as_posix(), dump(texts))
    for quiz_id in course.quiz_ids:
        path = quiz_in(course.root.root, quiz_id, language)
        if path.is_file():
            yield _public(path, f"quizzes/{language}/{quiz_id}.yaml")


def _otherwise(own: Any, other: Any) -> Any:
    """Return what of `other` isn't as in `own`, things with ids by their ids; None where nothing is."""
    if isinstance(own, dict):
        parts = {key: _otherwise(own[key], other[key]) for key in own if key in other}
    elif isinstance(own, list):
        if not own or not isinstance(own[0], dict):
            return None
        parts = {one["id"]: _otherwise(one, two) for one, two in zip(own, other, strict=True)}
    else:
        return other if other != own else None
    return {key: part for key, part in parts.items() if part is not None} or None


def _libraries(course: Course) -> str:
    """How PyTorch is installed, and other libraries, if an exercise needs them."""
    needs = {each: load_exercise(course.root, each).needs for each in course.exercise_ids}
    needing = [each for each, libraries in needs.items() if "torch" in libraries]
    others = {name for libraries in needs.values() for name in libraries} - {"torch", "numpy"}
    torch = tr(_TORCH, exercises=", ".join(needing), cpu_builds=CPU_BUILDS) if needing else ""
    return torch + (tr(_OTHERS, names=" ".join(map(installed_as, sorted(others)))) if others else "")


def _pictures(course: Course) -> set[str]:
    """The pictures of all questions, in whichever language they are asked."""
    found: set[str] = set()
    for language in LANGUAGES:
        with speaking(language):
            asked = (question for quiz_id in course.quiz_ids for question in load_quiz(course, quiz_id).questions)
            found.update(question.picture for question in asked if question.picture is not None)
    return found


def _public(path: Path, name: str) -> BundledFile:
    if path.is_symlink():
        raise Refused(tr("{path} is a link: what it leads to may be secret. Put the file itself there.", path=path))
    try:
        return BundledFile(name, path.read_bytes())
    except OSError as error:
        said = tr("This file can't be read: {reason}.", reason=error.strerror)
        raise CourseError([Problem(path, 1, said)]) from error


def _course(course: Course) -> dict[str, Any]:
    quizzes = [load_quiz(course, quiz) for quiz in course.quiz_ids]
    named = {belief for quiz in quizzes for question in quiz.questions for _, belief in question.beliefs()}
    units = [
        {"id": unit.id, "title": Quoted(unit.title), "exercises": list(unit.exercises), "quizzes": list(unit.quizzes)}
        for unit in course.units
    ]
    catalogue = {
        name: {"title": Quoted(entry.title), "concept": Quoted(entry.concept)}
        for name, entry in course.misconceptions.items()
        if name in named
    }
    return {
        "format": 1,
        "id": course.id,
        "language": course.language,
        "title": Quoted(course.title),
        "units": units,
        "misconceptions": catalogue,
    }


def _listing(exercise: Exercise) -> dict[str, Any]:
    listed = listing(exercise, _totals(exercise))
    checks = [{"id": each.id, "title": Quoted(each.title), "points": _plain(each.points)} for each in listed.checks]
    return {"format": listed.format, "checks": checks}


def _totals(exercise: Exercise) -> Mapping[str, float]:
    """Return what parametrized checks are worth, if that must be found out by running checks.py."""
    if exercise.solution is None or all(check.total is not None for check in load_hidden_checks(exercise)):
        return {}
    from autograder.grading.collecting import HiddenChecks

    return HiddenChecks(exercise.solution / "checks.py").totals()


def _plain(points: float) -> float | int:
    return int(points) if points == int(points) else points


@of_course("files")
def subcommand(request: KitRequest) -> Iterable[BundledFile]:
    """What students get: statements, stubs, hints, public examples and quizzes, and nothing of solutions/."""
    return files(request.course)
