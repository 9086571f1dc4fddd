"""What a result depends on, as hashes: with the same key, grading again would tell the same.

It must not know where results are kept.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from functools import lru_cache
from pathlib import Path

from autograder import distribution
from autograder.course import Course, CourseRoot
from autograder.course.tasks import Task
from autograder.course.translation import LANGUAGES, quiz_in
from autograder.folder_walk import files_below
from autograder.grading.submission import Submission

_PACKAGE = Path(__file__).resolve().parents[1]
_ENGINE = ("checks.py", "machine.py", "several_files.py", "course", "grading", "quiz", "sandbox")
#: Parts of an exercise that no verdict depends on: mending a sentence of a statement must not grade a class again.
_WITHOUT_EFFECT = frozenset(
    {"statement.md", *(f"statement.{each}.md" for each in LANGUAGES), "figures.yaml", "accepted", "__pycache__"}
)


@lru_cache(maxsize=1)
def engine_version() -> str:
    """gradecheck's version, and a hash of the sources that grade."""
    return f"{distribution.version() or '0'}+{_of_files(_PACKAGE, [_PACKAGE / part for part in _ENGINE], '.py')[:16]}"


def exercise_digest(course: Course, exercise_id: str) -> str:
    """Hash all that the exercise's verdicts depend on: its files, its solutions, the titles of its beliefs."""
    folders = _folders(course.root, exercise_id)
    wrong = folders[-1] / "misconceptions"
    beliefs = sorted({path.stem.partition("--")[0] for path in wrong.glob("*")})
    if (folders[-1] / "answers.yaml").is_file():  # a drill's traps name any belief of the catalogue
        beliefs = sorted(course.misconceptions)
    titles = [
        f"{belief}={course.misconceptions[belief].title}" for belief in beliefs if belief in course.misconceptions
    ]
    return _hash([_of_files(course.root.root, folders), *titles])


def quiz_digest(course: Course, quiz_id: str) -> str:
    """Return a hash of all that the verdicts on a quiz depend on: its file, and the titles of its beliefs."""
    titles = [f"{belief}={entry.title}" for belief, entry in sorted(course.misconceptions.items())]
    return _hash([_of_files(course.root.root, _quiz_files(course.root, quiz_id)), *titles])


def digest(course: Course, task: Task) -> str:
    """Return a hash of all that a task's verdicts depend on, beside the engine."""
    return quiz_digest(course, task.id) if task.kind == "quiz" else exercise_digest(course, task.id)


def places(root: CourseRoot, task: Task) -> list[Path]:
    """Return the files and folders that decide a task, beside course.yaml and its translations."""
    return _quiz_files(root, task.id) if task.kind == "quiz" else _folders(root, task.id)


def key(submission: Submission, digest: str, how: Iterable[str]) -> str:
    """Hash what one result depends on: the submission, the exercise's digest, the engine, and how it was graded."""
    content = hashlib.sha256(submission.data).hexdigest()
    beside = [part for module in sorted(submission.modules.items()) for part in module]
    return _hash([content, *beside, submission.problem or "", digest, engine_version(), *sorted(how)])


def _folders(root: CourseRoot, exercise_id: str) -> list[Path]:
    return [root.root / "exercises" / exercise_id, *([root.solutions / exercise_id] if root.solutions else [])]


def _quiz_files(root: CourseRoot, quiz_id: str) -> list[Path]:
    return [root.root / "quizzes" / f"{quiz_id}.yaml", *(quiz_in(root.root, quiz_id, each) for each in LANGUAGES)]


def _of_files(root: Path, places: Iterable[Path], suffix: str = "") -> str:
    """Return a hash of files, by their place below `root` and by their content."""
    found: list[Path] = []
    for place in places:
        found += [place] if place.is_file() else (each for each in files_below(place) if each.name.endswith(suffix))
    parts: list[str] = []
    for path in sorted(path for path in found if path.is_file()):
        relative = path.relative_to(root)
        if not _WITHOUT_EFFECT.intersection(relative.parts):
            parts += [relative.as_posix(), hashlib.sha256(path.read_bytes()).hexdigest()]
    return _hash(parts)


def _hash(parts: Iterable[str]) -> str:
    whole = hashlib.sha256()
    for part in parts:
        data = part.encode("utf-8", "surrogatepass")
        whole.update(len(data).to_bytes(8, "big") + data)
    return whole.hexdigest()
