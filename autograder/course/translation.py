"""A course's texts in another language, beside its own: statement.es.md, exercise.es.yaml and quizzes/es/NAME.yaml.

What isn't there is read in the course's own language. It must not know which language is spoken.
"""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

from msgspec import Meta

from autograder.course.authored import Authored
from autograder.course.model import Text
from autograder.course.problems import Problem
from autograder.course.quiz_model import Matching, Multiple, Ordering, Question, QuizFile, ShortText, Single
from autograder.course.source import Source, read_text, read_yaml
from autograder.course.validation import validate

if TYPE_CHECKING:
    from autograder.course.loader import Exercise

#: The languages that a translation may be in.
LANGUAGES = ("en", "es")


class ExerciseTexts(Authored, frozen=True, kw_only=True):
    """exercise.LANGUAGE.yaml: an exercise's texts in another language. What is left out is as in exercise.yaml."""

    title: Annotated[Text | None, Meta(description="The exercise's title (Markdown with LaTeX).")] = None
    takeaway: Annotated[Text | None, Meta(description="Shown when everything passed.")] = None
    hints: Annotated[tuple[Text, ...] | None, Meta(description="As many as in exercise.yaml, one for each.")] = None


def translated(exercise: "Exercise", language: str) -> tuple["Exercise", list[Problem]]:
    """Return an exercise with the texts that stand beside its own in a language, and what is wrong with them."""
    problems: list[Problem] = []
    statement, texts = statement_in(exercise.folder, language), exercise.folder / f"exercise.{language}.yaml"
    if statement.is_file():
        text, problems = read_text(statement)
        if not problems and not text.strip():
            problems = [Problem(statement, 1, "The statement is empty; write it, or delete the file.")]
        exercise = replace(exercise, statement=text or exercise.statement)
    if texts.is_file():
        source = read_yaml(texts)
        found, wrong = validate(ExerciseTexts, source)
        problems += wrong
        if found and found.hints is not None and len(found.hints) != len(exercise.hints):
            said = (
                f"exercise.yaml has {len(exercise.hints)} hints, and this has {len(found.hints)}; write one for each."
            )
            problems.append(source.problem(("hints",), said))
        elif found:
            given = {name: value for name in found.__struct_fields__ if (value := getattr(found, name)) is not None}
            exercise = replace(exercise, **given)
    return exercise, problems


def statement_in(folder: Path, language: str) -> Path:
    """Return where an exercise's statement in a language is, if it has one."""
    return folder / f"statement.{language}.md"


def quiz_in(root: Path, quiz_id: str, language: str) -> Path:
    """Return where a quiz in a language is, if it has one."""
    return root / "quizzes" / language / f"{quiz_id}.yaml"


def differences(original: QuizFile, other: QuizFile, source: Source) -> Iterator[Problem]:
    """Yield where a translated quiz isn't the same quiz: its answers must be judged by either file."""
    if [question.id for question in original.questions] != [question.id for question in other.questions]:
        yield source.problem(("questions",), "The ids of the questions, or their order, aren't those of the original.")
        return
    if original.pools != other.pools:
        yield source.problem(("pools",), "The pools aren't those of the original.")
    for index, (one, two) in enumerate(zip(original.questions, other.questions, strict=True)):
        if _judged_by(one) != _judged_by(two):
            said = "What this question is judged by isn't as in the original: only its texts may be otherwise."
            yield source.problem(("questions", index), said)


def _judged_by(question: Question) -> tuple[object, ...]:
    """All of a question but its texts, which a translation may write anew; a text that is typed is one, too."""
    held = {name: getattr(question, name) for name in question.__struct_fields__}
    for name in ("concept", "ask", "hints", "right", "why", "unit"):
        held.pop(name, None)
    if isinstance(question, Single | Multiple):
        held["choices"] = [(each.id, each.correct, each.misconception, each.pin) for each in question.choices]
    elif isinstance(question, Ordering):
        held["items"] = len(question.items)
    elif isinstance(question, Matching):
        held["pairs"] = [each.misconception for each in question.pairs]
    elif isinstance(question, ShortText):
        held["key"], held["traps"] = None, [each.misconception for each in question.traps]
    elif "traps" in held:
        held["traps"] = [(each.value, each.misconception) for each in held["traps"]]
    return type(question), tuple(sorted(held.items(), key=lambda item: item[0]))
