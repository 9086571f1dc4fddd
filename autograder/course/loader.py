"""From files to the values of `content`: one exercise, or the course around it.

`load_exercise` reads that exercise alone, for `run` must start fast. Nothing here runs anyone's program.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING

import msgspec

from autograder.course.authored import Authored
from autograder.course.content import Course, Exercise, KnownWrong, Quiz
from autograder.course.discovery import CourseRoot
from autograder.course.drill_key import AnswerKey
from autograder.course.model import (
    KEBAB,
    CourseFile,
    ExerciseFile,
    Kind,
)
from autograder.course.problems import CourseError, Problem, nearest, sound
from autograder.course.program_files import (
    HiddenCheck,
    explanation_fault,
    hidden_checks,
    read_program,
    read_programs,
)
from autograder.course.source import Source, parse_yaml, read_text, read_yaml
from autograder.course.translation import completed, explanation_in, in_language, quiz_in, texts_of_checks, translated
from autograder.course.validation import validate
from autograder.language import spoken, tr

if TYPE_CHECKING:
    from autograder.course.parameters import Parameter


class UnknownExercise(CourseError):
    """The course has no exercise of that id; its one problem names the nearest."""


class UnknownQuiz(CourseError):
    """The course has no quiz of that id; its one problem names the nearest."""


class Draft(msgspec.Struct, frozen=True):
    """An exercise on its way: the exercise if it could be read, where its keys stand, and what is wrong."""

    exercise: Exercise | None
    file: Source
    problems: tuple[Problem, ...]


def load_course(root: CourseRoot) -> Course:
    """Read course.yaml. Raises CourseError with all of its problems."""
    course, _, problems = read_course(root)
    return sound(course, problems)


def load_exercise(root: CourseRoot, exercise_id: str) -> Exercise:
    """Read one exercise. Raises CourseError with all of its problems; UnknownExercise if there is none."""
    if not re.match(KEBAB, exercise_id) or not (root.root / "exercises" / exercise_id).is_dir():
        known = load_course(root).exercise_ids
        more = nearest(exercise_id, known) or " " + tr("'gradecheck list' shows them all.")
        said = tr("There is no exercise {name!r}.", name=exercise_id)
        raise UnknownExercise([Problem(root.file, 1, said + more)])
    draft = read_exercise(root, exercise_id)
    return sound(draft.exercise, draft.problems)


def load_quiz(course: Course, quiz_id: str) -> Quiz:
    """Read one quiz. Raises CourseError with all of its problems; UnknownQuiz if there is none."""
    if not re.match(KEBAB, quiz_id) or not _quiz_file(course, quiz_id).is_file():
        more = nearest(quiz_id, course.quiz_ids) or " " + tr("'gradecheck quiz' shows them all.")
        raise UnknownQuiz([Problem(course.root.file, 1, tr("There is no quiz {name!r}.", name=quiz_id) + more)])
    return sound(*read_quiz(course, quiz_id))


def load_misconceptions(exercise: Exercise, course: Course) -> list[KnownWrong]:
    """Return the known-wrong programs by file name; a variant (`ID--variant.py`) shares the explanation of `ID.py`.

    Empty without solutions. One that can't be read is left out: `validate` tells.
    """
    return read_misconceptions(exercise, course)[0]


def load_answer_key(exercise: Exercise) -> AnswerKey:
    """Return a drill's key. Raises CourseError with all of its problems, or if the course has no solutions here."""
    if exercise.solution is None:
        sentence = tr("This course has no solutions/ here, so the drill can't be graded.")
        raise CourseError([Problem(exercise.folder, 1, sentence)])
    source, unreadable = in_language(read_yaml(exercise.solution / exercise.file), spoken())
    key, problems = read_answer_key(source, exercise.draws)
    return sound(key, problems + unreadable)


def load_hidden_checks(exercise: Exercise) -> tuple[HiddenCheck, ...]:
    """Return the hidden checks, read without running checks.py. Empty for a drill and without solutions."""
    if exercise.solution is None or exercise.kind == "drill":
        return ()
    file = exercise.solution / "checks.py"
    checks, problems = hidden_checks(read_program(file))
    texts, unreadable = texts_of_checks(file, spoken())
    if problems or unreadable:
        raise CourseError([*problems, *unreadable])
    titles = {each: text.title for each, text in texts.checks.items() if text.title is not None}
    return tuple(msgspec.structs.replace(check, title=titles.get(check.id, check.title)) for check in checks)


def read_answer_key(source: Source, parameters: Mapping[str, Parameter]) -> tuple[AnswerKey | None, list[Problem]]:
    """Return a drill's key as far as it can be read, and its problems; it may use what the drill draws."""
    from autograder.course.drawn import key_faults

    key, problems = validate(AnswerKey, source)
    faults = list(key_faults(key, parameters)) if key is not None else []
    if faults:
        from autograder.course.reader import dotted

        problems = problems + [source.problem(place, f"'{dotted(place)}' {fault}.") for place, fault in faults]
    return key, problems


def read_course(root: CourseRoot) -> tuple[Course | None, Source, list[Problem]]:
    """course.yaml, as far as it can be read; its source; its problems."""
    original = read_yaml(root.file)
    source, unreadable = in_language(original, spoken())
    file, problems = validate(CourseFile, source)
    problems += unreadable
    if file is None:
        return None, source, problems
    own_id, former = _identity(file.id, str(original.data["title"]) if isinstance(original.data, dict) else file.title)
    course = Course(
        root, own_id, file.title, file.units, MappingProxyType(file.misconceptions or {}), named=file.id is not None,
        former_ids=former, language=file.language, shows_solutions=file.solutions == "after-passing",
        demands=file.demands,
    )  # fmt: skip
    return course, source, problems


def _identity(own_id: str | None, title: str) -> tuple[str, tuple[str, ...]]:
    """Return a course's id, and those that it had before it had one of its own.

    A title gives the id where the author didn't. Its hash keeps titles apart that share their letters, or have none.
    """
    slug = "-".join(re.findall("[a-z0-9]+", title.lower())) or "course"
    by_title = f"{slug}-{hashlib.sha256(title.encode()).hexdigest()[:8]}"
    own = own_id or by_title
    return own, tuple(each for each in (by_title, slug) if each != own)


def read_exercise(root: CourseRoot, exercise_id: str) -> Draft:
    """Return one exercise, as far as it can be read, with every problem of exercise.yaml, statement.md and the stub."""
    folder = root.root / "exercises" / exercise_id
    if not folder.is_dir():
        return Draft(
            None, Source(folder), (Problem(folder, 1, tr("course.yaml lists this exercise; its folder is missing.")),)
        )
    source, unreadable = in_language(read_yaml(folder / "exercise.yaml"), spoken())
    file, problems = validate(ExerciseFile, source)
    problems += unreadable
    statement, wrong = read_text(folder / "statement.md")
    problems += wrong
    if not wrong and not statement.strip():
        problems.append(Problem(folder / "statement.md", 1, tr("The statement is empty; write what to do and why.")))
    if file is None:
        return Draft(None, source, tuple(problems))
    stub, names, wrong = (
        _read_stubs(folder, file.files) if file.files else _read_stub(folder / str(file.file), file.kind)
    )
    exercise = Exercise(
        id=exercise_id,
        title=file.title,
        kind=file.kind,
        file=file.file or exercise_id,
        files=file.files,
        needs=frozenset(file.needs) | ({"numpy"} if "torch" in file.needs else set()),
        points=file.points,
        limits=file.limits,
        quiz=file.quiz,
        takeaway=file.takeaway,
        hints=file.hints,
        public_checks=file.checks,
        statement=statement,
        stub=stub,
        folder=folder,
        solution=root.solutions / exercise_id if root.solutions else None,
        required_names=names,
        draws=file.parameters,
        where=file.where,
    )
    exercise, unreadable = translated(exercise, spoken())
    return Draft(exercise, source, (*problems, *wrong, *unreadable))


def read_misconceptions(exercise: Exercise, course: Course) -> tuple[list[KnownWrong], list[Problem]]:
    """Return the known-wrong programs that can be read, and the problems of the others."""
    known: list[KnownWrong] = []
    problems: list[Problem] = []
    folder = exercise.solution / "misconceptions" if exercise.solution else None
    for path in exercise.programs(folder) if folder else ():
        program, belief = exercise.program(path), path.stem.split("--")[0]
        shares = belief != path.stem and not program.docstring
        first = exercise.program(path.with_name(f"{belief}{path.suffix}")) if shares else program
        entry = course.misconceptions.get(belief)
        if entry is None:
            problems.append(Problem(path, 1, not_in_catalogue(belief, course)))
        problems += program.problems
        fault = None if program.tree is None or first.tree is None else explanation_fault(first)
        lacking = sorted(name for name in exercise.required_names if not program.may_bind(name))
        if fault is None and program.tree and lacking:
            fault = tr("The stub asks for {name!r}, and this known-wrong program doesn't define it.", name=lacking[0])
        if fault:
            problems.append(Problem(path, 1, fault))
        if entry and not program.problems and not fault:
            explanation = explanation_in(first.path, spoken()) or first.docstring
            known.append(KnownWrong(belief, entry.title, explanation, program.source, path))
    return known, problems


def read_quiz(course: Course, quiz_id: str) -> tuple[Quiz | None, list[Problem]]:
    """Return one quiz, as far as it can be read, and every problem that shows without drawing its values."""
    other = quiz_in(course.root.root, quiz_id, spoken())
    return read_quiz_file(course, quiz_id, other if other.is_file() else _quiz_file(course, quiz_id))


def read_quiz_file(course: Course, quiz_id: str, path: Path) -> tuple[Quiz | None, list[Problem]]:
    """Return a quiz as it stands in a file: its own, or one in another language."""
    from autograder.course.pictures import fault, folder
    from autograder.course.quiz_model import QuizFile

    source = quiz_source(course, quiz_id, path)
    file, problems = validate(QuizFile, source)
    if file is None:
        return None, problems
    problems += unknown_beliefs(file, source, course)
    for index, question in enumerate(file.questions):
        wrong = question.picture and fault(folder(course.root.root) / question.picture)
        if wrong:
            place = ("questions", index, "picture")
            problems.append(source.problem(place, f"'questions[{index + 1}].picture' {wrong}."))
    return Quiz(quiz_id, file.title, file.intro, file.questions, source, file.pools), problems


def quiz_source(course: Course, quiz_id: str, path: Path) -> Source:
    """Return what a quiz's file says; one in another language with what it leaves out as the quiz's own has it."""
    own = _quiz_file(course, quiz_id)
    return read_yaml(path) if path == own else completed(read_yaml(own), read_yaml(path))


def _quiz_file(course: Course, quiz_id: str) -> Path:
    return course.root.root / "quizzes" / f"{quiz_id}.yaml"


def unknown_beliefs(model: Authored, source: Source, course: Course) -> Iterator[Problem]:
    """Yield the misconceptions that a quiz or a drill's key names, and the catalogue doesn't have."""
    for place, belief in model.under({"misconception"}):
        if belief not in course.misconceptions:
            yield source.problem(place, not_in_catalogue(belief, course))


def not_in_catalogue(belief: str, course: Course) -> str:
    """Return the sentence about a misconception that course.yaml doesn't list."""
    return tr(
        "{belief!r} is not in the catalogue of course.yaml.{nearest}",
        belief=belief,
        nearest=nearest(belief, course.misconceptions),
    )


def _read_stubs(folder: Path, names: Sequence[str]) -> tuple[str, frozenset[str], list[Problem]]:
    """Return the text of several stubs, the names that they ask for, and their problems."""
    program = read_programs(folder, names)
    problems = list(program.problems)
    if not problems and not program.names:
        sentence = tr("The stubs define nothing, so a submission would have nothing to define.")
        problems.append(Problem(folder / names[0], 1, sentence))
    return program.source, program.names, problems


def _read_stub(path: Path, kind: Kind) -> tuple[str, frozenset[str], list[Problem]]:
    """Return the stub's text, the names that it asks for, and its problems."""
    if path.suffix == ".py":
        program = read_program(path)
        stub, names, problems = program.source, program.names, list(program.problems)
    else:
        stub, problems = read_text(path)
        source = parse_yaml(stub, path)
        problems = problems or list(source.problems)
        names = frozenset(source.data) if isinstance(source.data, dict) else frozenset()
    if not problems and not names and kind != "implement":  # which may be a script
        problems.append(Problem(path, 1, tr("The stub defines nothing, so a submission would have nothing to define.")))
    return stub, names, problems
