"""What a course has in another language, what it lacks, and where a translation no longer says what the original does.

A text that is missing is read in the course's own language: that is counted, and no problem. A text that has other
formulas or other numbers than its original is one. It must not know how either is shown.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from autograder.course import Course, Exercise, Problem, Quiz
from autograder.course.program_files import hidden_checks, hints_of_checks, nodes_of, read_program
from autograder.course.reader import dotted
from autograder.course.source import read_text, read_yaml
from autograder.course.translation import LANGUAGES, TEXTS, beside, quiz_in, texts_in, texts_of_checks
from autograder.grading.submission import is_stub
from autograder.language import tr
from autograder.proof.texts import StudentText

#: Of a quiz these are texts, too.
_OF_QUIZ = TEXTS | {"ask", "shows", "intro", "text", "unit", "items", "left"}
_CODE = re.compile(r"```.*?```|`[^`\n]*`", re.DOTALL)
_FORMULA = re.compile(r"\$\$(.*?)\$\$|\$([^$]*)\$", re.DOTALL)
_NUMBER = re.compile(r"(?<![\w.,@])\d+(?:[.,]\d+)*")
#: Whole numbers up to here are words in one language and digits in the other.
_SPELT = 20


@dataclass(frozen=True)
class Lack:
    """A file of texts in another language, and what it lacks: its keys, or nothing where the whole file is missing."""

    file: Path
    keys: tuple[str, ...] = ()


@dataclass(frozen=True)
class Coverage:
    """How many of how many texts there are in a language; which subjects have nothing at all, and what is lacking."""

    language: str
    translated: int
    texts: int
    untouched: tuple[str, ...]
    lacking: tuple[Lack, ...]


@dataclass(frozen=True)
class _Text:
    """A text of the course and its translation, which is None where there is none, with the place of that."""

    key: str
    original: str
    other: str | None
    file: Path
    line: int = 1


def translations(
    course: Course, exercises: Collection[Exercise], quizzes: Collection[Quiz]
) -> tuple[tuple[Coverage, ...], list[Problem]]:
    """Return for each language in which the course has a text what it has, and every text that has drifted."""
    coverages, problems = [], []
    own = course.language
    for language in (each for each in LANGUAGES if each != own):
        subjects = {course.root.file.name: list(_of_yaml(course.root.file, language))}
        subjects |= {each.id: list(_of_exercise(each, language)) for each in exercises}
        subjects |= {each.id: list(_of_quiz(course, each, language)) for each in quizzes}
        texts = [text for several in subjects.values() for text in several]
        if any(text.other is not None for text in texts):
            coverages.append(_coverage(language, subjects))
        problems += [problem for text in texts for problem in _drift(text)]
        problems += [problem for each in exercises for problem in _stale(each, language)]
    return tuple(coverages), problems


def _coverage(language: str, subjects: Mapping[str, Collection[_Text]]) -> Coverage:
    missing: dict[Path, list[str]] = {}
    untouched = [name for name, texts in subjects.items() if texts and all(text.other is None for text in texts)]
    for name, texts in subjects.items():
        for text in texts if name not in untouched else ():
            if text.other is None:
                missing.setdefault(text.file, []).append(text.key)
    lacking = tuple(Lack(file, tuple(keys) if file.is_file() else ()) for file, keys in missing.items())
    everything = [text for texts in subjects.values() for text in texts]
    translated = sum(text.other is not None for text in everything)
    return Coverage(language, translated, len(everything), tuple(untouched), lacking)


def _of_exercise(exercise: Exercise, language: str) -> Iterator[_Text]:
    yield _of_file(exercise.folder / "statement.md", language)
    for name in exercise.given:
        yield replace(_of_file(exercise.folder / name, language), original="")  # `_stale` compares stubs
    yield from _of_yaml(exercise.folder / "exercise.yaml", language)
    if exercise.solution is None:
        return
    if exercise.kind == "drill":
        yield from _of_yaml(exercise.solution / exercise.file, language)
        return
    yield from _of_checks(exercise.solution / "checks.py", language)
    for path in exercise.programs(exercise.solution / "misconceptions"):
        if explanation := exercise.program(path).docstring:
            text = _of_file(path, language, ".md")
            yield replace(text, original=explanation)


def _of_quiz(course: Course, quiz: Quiz, language: str) -> Iterator[_Text]:
    original = course.root.root / "quizzes" / f"{quiz.id}.yaml"
    yield from _pairs(original, quiz_in(course.root.root, quiz.id, language), _OF_QUIZ)


def _of_file(path: Path, language: str, suffix: str = "") -> _Text:
    """Return a file that is one text."""
    place = beside(path, language, suffix)
    other = read_text(place)[0] if place.is_file() else None
    return _Text("", "" if path.is_dir() else read_text(path)[0], other, place)


def _of_yaml(path: Path, language: str) -> Iterator[_Text]:
    yield from _pairs(path, beside(path, language), TEXTS)


def _pairs(path: Path, place: Path, keys: Collection[str]) -> Iterator[_Text]:
    others = texts_in(read_yaml(place), keys) if place.is_file() else {}
    for name, (_, text) in texts_in(read_yaml(path), keys).items():
        line, other = others.get(name, (1, None))
        yield _Text(dotted(name), text, other, place, line)


def _of_checks(checks: Path, language: str) -> Iterator[_Text]:
    place, program = beside(checks, language, ".yaml"), read_program(checks)
    source = read_yaml(place) if place.is_file() else None
    texts = texts_of_checks(checks, language)[0].checks
    own = [(check.id, "title", check.title) for check in hidden_checks(program)[0]]
    own += [(check, "hint", hint) for check, _, hint in hints_of_checks(program)]
    for check, key, text in own:
        other = getattr(texts[check], key) if check in texts else None
        line = source.line(("checks", check)) if source is not None else 1
        yield _Text(f"checks.{check}.{key}", text, other, place, line)


def _stale(exercise: Exercise, language: str) -> Iterator[Problem]:
    """Yield where a stub in another language is another program, and sentences that no check says any more."""
    for name in exercise.given:
        own, place = exercise.folder / name, beside(exercise.folder / name, language)
        if place.is_file() and not _is_same_stub(own, place):
            said = tr("This isn't {name} with other remarks: comments and docstrings alone may differ.", name=name)
            yield Problem(place, 1, said)
    checks = exercise.solution / "checks.py" if exercise.solution is not None else None
    if checks is None or not checks.is_file():
        return
    source = read_yaml(beside(checks, language, ".yaml"))
    constants = [node.value for node in nodes_of(read_program(checks).source) if isinstance(node, ast.Constant)]
    for sentence in texts_of_checks(checks, language)[0].sentences:
        if not any(isinstance(each, str) and sentence in each for each in constants):
            said = tr("No check says this sentence: write it as checks.py has it.")
            yield source.problem(("sentences", sentence), said)


def _is_same_stub(own: Path, other: Path) -> bool:
    if own.suffix == ".yaml":
        return read_yaml(own).data == read_yaml(other).data
    return is_stub(read_text(other)[0], read_text(own)[0])


def _drift(text: _Text) -> Iterator[Problem]:
    """Yield in what a translation differs from its original; nothing where it doesn't, or there is none."""
    if text.other is None or not text.original:
        return
    what = tr("The translation of {key}", key=text.key) if text.key else tr("This translation")
    for kind, found in ((tr("formula"), _formulas), (tr("number"), _numbers)):
        here, there = found(text.other), found(text.original)
        lost = [each for each in there if each not in here]
        if extra := [each for each in here if each not in there]:
            instead = tr(", which has {lost}", lost=lost[0]) if lost else ""
            said = tr(
                "{what} has the {kind} {extra}, and the original has not{instead}. Bring it up to date.",
                what=what,
                kind=kind,
                extra=extra[0],
                instead=instead,
            )
            yield Problem(text.file, StudentText(text.file, text.line, text.other).line_of(here[extra[0]]), said)
            return
        if lost:
            said = tr(
                "{what} lacks the {kind} {lost} of the original. Bring it up to date.",
                what=what,
                kind=kind,
                lost=lost[0],
            )
            yield Problem(text.file, text.line, said)
            return


def _formulas(text: str) -> dict[str, int]:
    """The formulas of a text as each language has them, and where each begins: without blanks, with a decimal point,
    and what ends a line.
    """
    found = dict[str, int]()
    for match in _FORMULA.finditer(_CODE.sub(_blank, text)):
        bare = re.sub(r"\s|(?<!\\)\\[,;:! ]", "", (match[1] or match[2] or "").replace("{,}", ".")).rstrip(".,;")
        found.setdefault(f"${bare}$", match.start())
    return found


def _numbers(text: str) -> dict[str, int]:
    """The numbers of a text outside its formulas and its code, with a decimal point, and where each begins."""
    prose = re.sub(r"@\{[^}]*\}", _blank, _FORMULA.sub(_blank, _CODE.sub(_blank, text)))
    found = dict[str, int]()
    for match in _NUMBER.finditer(prose):
        number = match[0].replace(",", ".")
        if not (number.isdigit() and int(number) <= _SPELT):
            found.setdefault(number, match.start())
    return found


def _blank(match: re.Match[str]) -> str:
    return " " * len(match[0])
