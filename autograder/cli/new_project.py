"""`gradecheck new course|ci|editor`: what stands around exercises and quizzes, written once and never overwritten."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from autograder.cli.endings import Misuse
from autograder.course.discovery import MARK, misspelt, packaged_places, repository_of
from autograder.course.model import KEBAB
from autograder.language import tr

if TYPE_CHECKING:
    from autograder.cli.session import Session
    from autograder.course import Course, Problem
    from autograder.proof.workflows import Audience

#: The file that stands where gradecheck itself can be installed from: a checkout, or a student's kit.
_ENGINE = "gradecheck_course.py"


def new_course(session: Session, new_id: str) -> None:
    """Write a folder with course.yaml, solutions/ and the editor's files, and say what is left."""
    from autograder.proof import editor
    from autograder.proof.scaffold import course_file
    from autograder.proof.texts import left_to_write

    refuse_id(new_id, "leaky-memories")
    folder = Path(new_id)
    if folder.exists():
        raise Misuse(tr("{folder} is there already. Choose another id, or go into it and add to it.", folder=folder))
    texts = {folder / MARK: course_file(new_id), folder / "solutions" / "README.md": _solutions()}
    _write(session, texts | {folder / name: text for name, text in editor.files(author=True)})
    say_left_to_do(session, left_to_write([folder / MARK]))
    session.say("\n" + tr("Then: cd {folder}, and gradecheck new exercise ID", folder=new_id))


def refuse_id(new_id: str, example: str) -> None:
    """Raise Misuse where this can't be an id."""
    if not re.match(KEBAB, new_id):
        said = tr("{id!r} is no id: write lower-case words joined by hyphens, such as {example}.",
                  id=new_id, example=example)  # fmt: skip
        raise Misuse(said)


def say_left_to_do(session: Session, left: Iterable[Problem]) -> None:
    """Name the lines of new files that are still to be written."""
    session.say("\n" + tr("Left to do:"))
    for problem in left:
        session.say(f"{os.path.relpath(problem.file)}:{problem.line}: {problem.sentence}")


def _solutions() -> str:
    said = tr("References, checks and known-wrong programs: what students must not see.")
    return f"# {tr('Solutions')}\n\n{said}\n"


def new_ci(session: Session, audience: Audience, install: str | None) -> None:
    """Write a workflow, and say what it does."""
    from autograder.proof.workflows import place, workflow

    course = session.course
    refuse_other_course(session)
    if audience == "course" and course.root.solutions is None:
        said = tr("This is a student's kit: what is graded in it is written by `gradecheck new ci --for students`.")
        raise Misuse(said)
    if audience == "students" and course.root.solutions is not None:
        raise Misuse(
            tr(
                "This course has its solutions/ here, which must never be in a student's repository. Make the kit with"
                " `gradecheck export student-kit --out kit`, and in kit/ run `gradecheck new ci --for students`."
            )
        )
    path = place(course, audience)
    _write(session, {path: workflow(course, audience, install or _engine_of(course))})
    if audience == "course":
        session.say(tr("It validates the course at each push to GitHub."))
    else:
        session.say(
            tr("Put this folder into the students' repositories, as GitHub Classroom's template: each push is graded.")
        )


def new_editor(session: Session) -> None:
    """Write VS Code's files into the course's folder."""
    from autograder.proof import editor

    refuse_other_course(session)
    root = session.root
    texts = {root.root / name: text for name, text in editor.files(author=root.solutions is not None)}
    _write(session, texts)
    session.say(
        tr("VS Code has a task that grades the open file (Terminal, Run Task), with each mistake among its problems.")
    )
    if root.solutions is not None:
        session.say(tr("Its YAML extension checks and completes the course's files."))


def _engine_of(course: Course) -> str:
    """What pip installs gradecheck from, as seen from the repository's folder. Raises Misuse."""
    repository = repository_of(course.root.root)
    for folder in dict.fromkeys([course.root.root, repository]):
        if (folder / _ENGINE).is_file():
            return f"./{folder.relative_to(repository).as_posix()}[bubblewrap]".replace("./.[", ".[")
    raise Misuse(
        tr(
            "Say what the workflow installs gradecheck from, with --install: a folder of this repository or an address,"
            " as in --install 'gradecheck-course[bubblewrap] @ git+https://…'. The name alone is not on the public"
            " index."
        )
    )


def refuse_other_course(session: Session) -> None:
    """Raise Misuse where the course that is found is nobody's own."""
    if session.root.by_fallback or session.root.root == packaged_places()[0]:
        said = tr("There is no course here but the one that ships with gradecheck.")
        there = misspelt(Path.cwd()) or tr("Go into the folder of yours, or name it with --course DIR.")
        raise Misuse(f"{said} {there}")


def _write(session: Session, texts: Mapping[Path, str]) -> None:
    """Write new files, all or, where one is there already, none."""
    from autograder.proof.scaffold import write_new

    _refuse_existing(texts)
    for path, text in texts.items():
        write_new(path, text, tr("Nothing that was there has changed."))
        session.say(tr("Written: {file}", file=os.path.relpath(path)))


def _refuse_existing(paths: Iterable[Path]) -> None:
    there = next((path for path in paths if os.path.lexists(path)), None)
    if there is not None:
        file = os.path.relpath(there)
        raise Misuse(tr("{file} is there already. Move it away to have it written; nothing was.", file=file))
