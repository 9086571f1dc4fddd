"""Whether the files of a course agree with each other: everything, and every problem at once.

Reads all of it and runs nothing: that a reference is right and a known-wrong program wrong is for `validate` to prove.
"""

from __future__ import annotations

import glob
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from autograder.course.content import Course, Exercise, Quiz
from autograder.course.course_pages import INDEX, PAGES, title
from autograder.course.discovery import MARK, CourseRoot
from autograder.course.drawn import hole_faults
from autograder.course.loader import (
    Draft,
    not_in_catalogue,
    quiz_source,
    read_answer_key,
    read_course,
    read_exercise,
    read_misconceptions,
    read_quiz,
    read_quiz_file,
    unknown_beliefs,
)
from autograder.course.problems import Problem, nearest, other_spelling
from autograder.course.program_files import HiddenCheck, hidden_checks, read_program, unheard
from autograder.course.quiz_model import QuizFile
from autograder.course.reader import dotted
from autograder.course.source import Source, read_text, read_yaml
from autograder.course.translation import (
    LANGUAGES,
    TEXTS,
    beside,
    differences,
    in_language,
    texts_in,
    texts_of_checks,
    translated,
)
from autograder.course.validation import validate
from autograder.language import tr, tr_n


@dataclass(frozen=True)
class Everything:
    """The whole course: what could be read well enough to be graded, and every problem, sorted.

    `course` is None if course.yaml could not be read.
    """

    course: Course | None
    exercises: tuple[Exercise, ...]
    quizzes: tuple[Quiz, ...]
    problems: tuple[Problem, ...]


def load_everything(root: CourseRoot) -> Everything:
    """Read the whole course, and check that its files agree. Never raises for what an author wrote."""
    course, source, problems = read_course(root)
    folders = _folders(root, "exercises")
    drafts = [read_exercise(root, name) for name in folders]
    problems += [problem for draft in drafts for problem in draft.problems]
    if course:
        problems += _listing_faults(course, source, folders)
        problems += _misnamed(root, drafts)
        problems += _in_no_language(root, drafts)
        problems += _page_faults(root)
        for draft in drafts:
            problems += _exercise_faults(course, draft)
    obstacles = [list(_obstacles(course, draft)) if course else [] for draft in drafts]
    problems += [problem for several in obstacles for problem in several]
    sound = (
        draft.exercise for draft, several in zip(drafts, obstacles, strict=True) if not several and not draft.problems
    )
    quizzes = []
    if course:
        for name in _quiz_names(root):
            quiz, faults = read_quiz(course, name)
            problems += faults
            quizzes += [quiz] if quiz and not faults else []
        problems += _translation_faults(course, [draft.exercise for draft in drafts if draft.exercise])
    return Everything(course, tuple(filter(None, sound)), tuple(quizzes), tuple(sorted(set(problems))))


def _translation_faults(course: Course, exercises: Iterable[Exercise]) -> Iterator[Problem]:
    """Yield what is wrong with texts in another language, and quizzes that aren't the same in both."""
    for language in LANGUAGES:
        yield from in_language(read_yaml(course.root.file), language)[1]
        for exercise in exercises:
            yield from _exercise_in(exercise, language)
        for path in sorted((course.root.root / "quizzes" / language).glob("*.yaml")):
            original = course.root.root / "quizzes" / path.name
            if not original.is_file():
                said = tr("There is no quizzes/{name} of which this would be the translation.", name=path.name)
                yield Problem(path, 1, said)
                continue
            yield from read_quiz_file(course, path.stem, path)[1]
            source = quiz_source(course, path.stem, path)
            files = [validate(QuizFile, each)[0] for each in (read_yaml(original), source)]
            if files[0] and files[1]:
                yield from differences(files[0], files[1], source)


def _exercise_in(exercise: Exercise, language: str) -> Iterator[Problem]:
    """Yield what is wrong with the texts of an exercise in another language."""
    yield from translated(exercise, language)[1]
    yield from in_language(read_yaml(exercise.folder / "exercise.yaml"), language)[1]
    if exercise.solution is None:
        return
    if exercise.kind == "drill":
        yield from in_language(read_yaml(exercise.solution / exercise.file), language)[1]
        return
    checks = exercise.solution / "checks.py"
    texts, problems = texts_of_checks(checks, language)
    yield from problems
    known = {check.id for check in hidden_checks(read_program(checks))[0]}
    other = read_yaml(beside(checks, language, ".yaml")) if texts.checks else Source(checks)
    for each in texts.checks:
        if each not in known:
            said = tr("checks.py has no check {each!r}.{nearest}", each=each, nearest=nearest(each, known))
            yield other.problem(("checks", each), said)
    for path in sorted((exercise.solution / "misconceptions").glob(f"*.{language}.md")):
        belief = path.name.removesuffix(f".{language}.md")
        if not any((path.parent / f"{belief}{suffix}").exists() for suffix in (".py", "")):
            said = tr("There is no known-wrong program {belief!r} whose explanation this would be.", belief=belief)
            yield Problem(path, 1, said)


def _quiz_names(root: CourseRoot) -> list[str]:
    return sorted(path.stem for path in (root.root / "quizzes").glob("*.yaml"))


#: Files of a solution that nobody misses where they stand under another name.
_OPTIONAL = ("figures.yaml", "equivalent-mutants.yaml", *(f"checks.{language}.yaml" for language in LANGUAGES))


def _misnamed(root: CourseRoot, drafts: Iterable[Draft]) -> Iterator[Problem]:
    """Yield the files that nobody reads, as their names are spelt otherwise than those that may stand there."""
    yield from _spelt_otherwise(root.root, [MARK])
    for draft in drafts:
        given = [*draft.exercise.given] if draft.exercise else []
        yield from _spelt_otherwise(draft.file.path.parent, ["exercise.yaml", "statement.md", *given])
        if draft.exercise and draft.exercise.solution:
            for problem in _spelt_otherwise(draft.exercise.solution, ["checks.py", *_OPTIONAL, *given]):
                # Beside the program that it resembles it is a helper's, as checks import one.
                if problem.file.suffix != ".py":
                    yield problem
    for folder in (root.root / "quizzes", *(root.root / "quizzes" / language for language in LANGUAGES)):
        for path in sorted(folder.glob("[!.]*")):
            if path.suffix != ".yaml" and path.suffix.lower() in (".yaml", ".yml"):
                yield _not_read(path, f"{path.stem}.yaml")


def _spelt_otherwise(folder: Path, names: Iterable[str]) -> Iterator[Problem]:
    """Yield a folder's files that differ from one of these names, or a translation's, in its spelling alone.

    Of one that must be there and isn't, whoever reads it tells.
    """
    rights = {name: (name, *(beside(Path(name), language).name for language in LANGUAGES)) for name in names}
    read = {right for several in rights.values() for right in several}
    there = {path.name for path in folder.iterdir()} if folder.is_dir() else set[str]()
    files = sorted(there - read)
    for name, several in rights.items():
        for right in several:
            told = right == name and name not in _OPTIONAL and name not in there
            if (other := other_spelling(right, files)) and not told:
                yield _not_read(folder / other, right)


#: What stands before a file's ending where it is in another language: `de`, `pt-BR`.
_TAG = re.compile(r"[a-z]{2}([-_][a-zA-Z]{2})?")


def _in_no_language(root: CourseRoot, drafts: Iterable[Draft]) -> Iterator[Problem]:
    """Yield the texts in a language that is never spoken: whoever wrote them thinks that somebody reads them."""
    for path in _beside_originals(root, drafts):
        *_, tag, _ = path.name.rsplit(".", 2)
        if path.parent.parent.name == "quizzes":
            tag = path.parent.name
        if _TAG.fullmatch(tag) and tag not in LANGUAGES:
            said = tr(
                "This is not read: nothing is said in {tag!r}, but in {languages} alone. Delete it, or write it in one"
                " of these.",
                tag=tag,
                languages=", ".join(LANGUAGES),
            )
            yield Problem(path, 1, said)


def _beside_originals(root: CourseRoot, drafts: Iterable[Draft]) -> Iterator[Path]:
    """Yield the files that are called as an original is, with a word before the ending; and all quizzes in folders."""
    originals = [root.file]
    for draft in drafts:
        originals += [draft.file.path, draft.file.path.with_name("statement.md")]
        if draft.exercise:
            originals += [draft.file.path.with_name(name) for name in draft.exercise.given]
        if draft.exercise and (solution := draft.exercise.solution):
            originals += [solution / "checks.yaml", solution / "answers.yaml"]
            originals += [each.with_suffix(".md") for each in (solution / "misconceptions").glob("*")]
    for original in sorted({*originals}):
        yield from sorted(original.parent.glob(f"{glob.escape(original.stem)}.*{original.suffix}"))
    yield from sorted((root.root / "quizzes").glob("*/*.yaml"))


def _page_faults(root: CourseRoot) -> Iterator[Problem]:
    """Yield the pages of the course that `report` can't list, or not by a title."""
    for path in sorted((root.root / PAGES).glob("*.html")):
        if path.name == INDEX:
            said = tr("This page is left out: {index} is the name of the course's own. Rename it.", index=INDEX)
            yield Problem(path, 1, said)
        elif not title(path.read_text("utf-8", "replace")):
            yield Problem(path, 1, tr("This page has no <title>; write the words by which it is listed."))


def _not_read(path: Path, name: str) -> Problem:
    return Problem(path, 1, tr("This is not read; its name must be {name}.", name=name))


def _folders(root: CourseRoot, kind: str) -> list[str]:
    folder = root.root / kind
    if not folder.is_dir():
        return []
    return sorted(path.name for path in folder.iterdir() if path.is_dir() and path.name[0] not in "._")


def _listing_faults(course: Course, source: Source, folders: list[str]) -> Iterator[Problem]:
    """Yield what the units list against what is on disk; ids that are listed twice."""
    root = course.root
    quizzes = _quiz_names(root)
    units: set[str] = set()
    listed: set[tuple[str, str]] = set()
    for position, unit in enumerate(course.units):
        if unit.id in units:
            said = tr("An earlier unit has the id {id!r} too; rename one.", id=unit.id)
            yield source.problem(("units", position, "id"), said)
        units.add(unit.id)
        for kind, ids, there in (("exercises", unit.exercises, folders), ("quizzes", unit.quizzes, quizzes)):
            loose = set(there).difference(course.exercise_ids, course.quiz_ids)
            for index, name in enumerate(ids):
                place = ("units", position, kind, index)
                if (kind, name) in listed:
                    yield source.problem(place, tr("{name!r} is listed a second time; delete one.", name=name))
                elif name not in there:
                    what = f"{kind}/{name}" + (".yaml" if kind == "quizzes" else "/")
                    said = tr(
                        "{name!r} is listed, but there is no {what}.{nearest}",
                        name=name,
                        what=what,
                        nearest=nearest(name, loose),
                    )
                    yield source.problem(place, said)
                listed.add((kind, name))
    for kind, there in (("exercises", folders), ("quizzes", quizzes)):
        for name in there:
            if (kind, name) not in listed:
                yield unlisted(source, kind, f"{kind}/{name}" + (".yaml" if kind == "quizzes" else ""))
    for name in _folders(root, "solutions"):
        if name not in folders:
            sentence = tr(
                "solutions/{name} belongs to no exercise; rename the folder.{nearest}",
                name=name,
                nearest=nearest(name, folders),
            )
            yield source.problem(("units",), sentence)


def unlisted(source: Source, kind: str, place: str) -> Problem:
    """Return the problem of an exercise's folder, or a quiz's file, that no unit of course.yaml (`source`) lists."""
    said = tr("{place} is in no unit: list it under '{kind}' of one, or delete it.", place=place, kind=kind)
    return source.problem(("units",), said)


def _obstacles(course: Course, draft: Draft) -> Iterator[Problem]:
    """Yield what keeps an exercise from being graded, beside what is wrong with the draft itself."""
    exercise, file = draft.exercise, draft.file
    if exercise is None or exercise.solution is None:
        return
    if not exercise.solution.is_dir():
        said = tr("There is no solution here; write {wanted} and what checks it.", wanted=exercise.wanted)
        yield Problem(exercise.solution, 1, said)
    elif exercise.kind == "drill":
        yield from _key_faults(exercise, course)
    else:
        stub = [problem for problem in draft.problems if problem.file.name in exercise.given]
        yield from () if stub else _call_faults(exercise, file)
        yield from _reference_faults(exercise)
        yield from _check_faults(exercise, file)


def _reference_faults(exercise: Exercise) -> Iterator[Problem]:
    assert exercise.reference is not None
    reference = exercise.program(exercise.reference)
    yield from reference.problems
    lacking = sorted(name for name in exercise.required_names if not reference.may_bind(name))
    for name in lacking if reference.tree else ():
        said = tr("The stub asks for {name!r}, and this reference doesn't define it.", name=name)
        yield Problem(reference.path, 1, said)


def _check_faults(exercise: Exercise, file: Source) -> Iterator[Problem]:
    """Yield what is wrong with checks.py by itself, and where it doesn't fit the public checks or the stub."""
    assert exercise.solution is not None
    written = read_program(exercise.solution / "checks.py")
    checks, problems = hidden_checks(written)
    yield from problems
    stubs = [exercise.folder / name for name in exercise.files or [exercise.file]]
    readable = all(each.is_file() and read_program(each).tree is not None for each in stubs)
    if exercise.is_script and ".script(" not in written.source and readable:
        sentence = tr(
            "The stub defines nothing, and no check runs it as a script: write `agree.script(…)`, or a function."
        )
        yield Problem(stubs[0], 1, sentence)
    yield from _id_faults(exercise, file, ((check.id, check.line) for check in checks))
    yield from _order_faults(exercise, checks, written.path)


def _exercise_faults(course: Course, draft: Draft) -> Iterator[Problem]:
    """Yield what is wrong with an exercise beside its obstacles: whatever it is, the rest can be proved."""
    exercise, file = draft.exercise, draft.file
    if exercise is None:
        return
    if exercise.quiz is not None and exercise.quiz not in course.quiz_ids:
        known = nearest(exercise.quiz, course.quiz_ids)
        yield file.problem(("quiz",), tr("No unit lists the quiz {quiz!r}.{known}", quiz=exercise.quiz, known=known))
    if exercise.solution is None:
        yield from _id_faults(exercise, file, ())
    elif exercise.solution.is_dir():
        yield from _unread(exercise, exercise.solution)
        yield from (_drill_faults if exercise.kind == "drill" else _program_faults)(exercise, course, file)


def _program_faults(exercise: Exercise, course: Course, file: Source) -> Iterator[Problem]:
    assert exercise.solution is not None
    for path in exercise.programs(exercise.solution / "accepted"):
        yield from exercise.program(path).problems
    yield from read_misconceptions(exercise, course)[1]
    written = read_program(exercise.solution / "checks.py")
    yield from unheard(written)
    checks, problems = hidden_checks(written)
    hidden = [check.total for check in checks]
    if not problems and None not in hidden:  # what only running the checks can tell, the proof compares
        yield from _sum_faults(
            exercise, file, sum(filter(None, hidden), sum(each.points for each in exercise.public_checks))
        )


def _id_faults(exercise: Exercise, file: Source, hidden: Iterable[tuple[str, int]]) -> Iterator[Problem]:
    """Yield ids of checks that are used twice, in exercise.yaml, in checks.py or in both."""
    seen: set[str] = set()
    for index, check in enumerate(exercise.public_checks):
        if check.id in seen:
            said = tr("The check id {id!r} is used twice; rename one.", id=check.id)
            yield file.problem(("checks", index, "id"), said)
        seen.add(check.id)
    for name, line in hidden:
        if name in seen and exercise.solution:
            sentence = tr("Another check has the id {name!r} already; rename test_{name}.", name=name)
            yield Problem(exercise.solution / "checks.py", line, sentence)
        seen.add(name)


#: The folders of a solution whose programs are graded.
_PROGRAMS = ("accepted", "misconceptions")


def _unread(exercise: Exercise, solution: Path) -> Iterator[Problem]:
    """Yield what would be left out of the proof unseen: a program in another form, a folder under another name."""
    form = (
        tr("a folder with all of its files")
        if exercise.files
        else tr("a file *{suffix}", suffix=Path(exercise.file).suffix)
    )
    for folder in (solution / name for name in _PROGRAMS):
        read = set(exercise.programs(folder))
        for path in sorted(folder.glob("[!._]*")):
            if path not in read and path.suffix != ".md":
                said = tr("This is not read: each program of {name}/ is {form}.", name=folder.name, form=form)
                yield Problem(path, 1, said)
    for path in sorted(solution.glob("[!._]*/")):
        if path.name not in _PROGRAMS and (meant := nearest(path.name, _PROGRAMS)):
            yield Problem(path, 1, tr("This folder is not read.{meant}", meant=meant))


def _call_faults(exercise: Exercise, file: Source) -> Iterator[Problem]:
    """Yield the public checks that call what the stub doesn't define."""
    for index, check in enumerate(exercise.public_checks):
        if check.call not in exercise.required_names:
            sentence = tr(
                "The stub defines no {call!r} to be called.{nearest}",
                call=check.call,
                nearest=nearest(check.call, exercise.required_names),
            )
            yield file.problem(("checks", index, "call"), sentence)


def _order_faults(exercise: Exercise, checks: Iterable[HiddenCheck], path: Path) -> Iterator[Problem]:
    """Yield the checks that build on one that doesn't stand above them."""
    above = [check.id for check in exercise.public_checks]
    for check in checks:
        for name in check.after:
            if name not in above:
                sentence = tr(
                    "The check {id!r} comes after {name!r}, and no check above it has that id.", id=check.id, name=name
                )
                yield Problem(path, check.line, sentence + nearest(name, above))
        above.append(check.id)


def _sum_faults(exercise: Exercise, file: Source, total: float) -> Iterator[Problem]:
    if abs(total - exercise.points) > 1e-9:
        yield wrong_sum(exercise, file, total)


def wrong_sum(exercise: Exercise, file: Source, total: float) -> Problem:
    """Return the problem that the checks aren't worth what `file`, the exercise's, says."""
    sentence = tr_n(
        "All checks together are worth {n:g} point; this says {points:g}.",
        "All checks together are worth {n:g} points; this says {points:g}.",
        total,
        points=exercise.points,
    )
    return file.problem(("points",), sentence)


def _drill_faults(exercise: Exercise, course: Course, file: Source) -> Iterator[Problem]:
    assert exercise.solution is not None
    for path in sorted(exercise.solution.glob("misconceptions/*.yaml")):
        if path.stem not in course.misconceptions:
            yield Problem(path, 1, not_in_catalogue(path.stem, course))
    key, _ = read_answer_key(read_yaml(exercise.solution / exercise.file), exercise.draws)
    if key is not None:
        yield from _sum_faults(exercise, file, key.points)


def _key_faults(exercise: Exercise, course: Course) -> Iterator[Problem]:
    assert exercise.solution is not None
    source = read_yaml(exercise.solution / exercise.file)
    key, problems = read_answer_key(source, exercise.draws)
    yield from problems
    if key is None:
        return
    yield from _hole_faults(exercise)
    for name in exercise.required_names ^ key.answers.keys():
        missing_in = tr("the stub") if name in key.answers else tr("this key")
        said = tr("The answer {name!r} is missing in {missing_in}; add it.", name=name, missing_in=missing_in)
        yield source.problem(("answers", name), said)
    yield from unknown_beliefs(key, source, course)


def _hole_faults(exercise: Exercise) -> Iterator[Problem]:
    """Yield what is wrong with the holes in the texts of a drill that draws its numbers, in whichever language."""
    if not exercise.draws:
        return
    stub = Path(exercise.file)
    for pattern in ("statement*.md", f"{stub.stem}*{stub.suffix}"):
        for path in sorted(exercise.folder.glob(pattern)):
            for line, fault in hole_faults(read_text(path)[0], exercise.draws):
                yield Problem(path, line + 1, tr("This line {fault}.", fault=fault))
    assert exercise.solution is not None
    for folder, pattern in ((exercise.folder, "exercise*.yaml"), (exercise.solution, f"{stub.stem}*{stub.suffix}")):
        for path in sorted(folder.glob(pattern)):
            for place, (line, text) in texts_in(read_yaml(path), TEXTS).items():
                for _, fault in hole_faults(text, exercise.draws):
                    yield Problem(path, line, f"'{dotted(place)}' {fault}.")
