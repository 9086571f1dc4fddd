"""A course's texts in another language, beside its own: which file holds which, and how they cover the original's.

| beside | stands | with |
|---|---|---|
| course.yaml, exercise.yaml, a drill's answers.yaml | NAME.es.yaml | the same keys down to texts, and nothing else |
| statement.md | statement.es.md | all of it |
| a stub | NAME.es.py, or answers.es.yaml | all of it, with other remarks |
| checks.py | checks.es.yaml | a title and a hint by the check's id, and sentences |
| a known-wrong program | BELIEF.es.md | its explanation |
| quizzes/NAME.yaml | quizzes/es/NAME.yaml | the same quiz with other texts |

What isn't there is read in the course's own language. It must not know which language is spoken.
"""

from collections.abc import Collection, Iterator, Mapping
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Annotated

from msgspec import Meta, field
from msgspec.structs import replace

from autograder.course.authored import Authored
from autograder.course.model import SnakeId, Text
from autograder.course.problems import Problem, nearest
from autograder.course.source import Location, Plain, Source, read_text, read_yaml
from autograder.course.validation import validate
from autograder.language import LANGUAGES as LANGUAGES
from autograder.language import tr
from autograder.several_files import joined

if TYPE_CHECKING:
    from autograder.course.content import Exercise
    from autograder.course.quiz_model import Question, QuizFile

#: The keys of course.yaml, exercise.yaml and a drill's key whose values students read.
TEXTS = frozenset({"title", "concept", "takeaway", "hints", "hint", "right", "why", "message"})


class CheckTexts(Authored, frozen=True, kw_only=True):
    """What students read of a hidden check."""

    title: Annotated[Text | None, Meta(description="The check's title: its docstring's first line.")] = None
    hint: Annotated[Text | None, Meta(description="The hint that `@points` gives it.")] = None


class ExerciseTexts(Authored, frozen=True, kw_only=True):
    """exercise.LANGUAGE.yaml: an exercise's texts in another language. What is left out is as in exercise.yaml."""

    title: Annotated[Text | None, Meta(description="The exercise's title (Markdown with LaTeX).")] = None
    takeaway: Annotated[Text | None, Meta(description="Shown when everything passed.")] = None
    hints: Annotated[tuple[Text, ...] | None, Meta(description="As many as in exercise.yaml, one for each.")] = None
    checks: Annotated[dict[SnakeId, CheckTexts] | None, Meta(description="Public checks, by their ids.")] = None


class ChecksTexts(Authored, frozen=True, kw_only=True):
    """checks.LANGUAGE.yaml: what students read of checks.py, in another language."""

    checks: Annotated[
        dict[str, CheckTexts], Meta(description="By the check's id, its function's name without test_.")
    ] = field(default_factory=dict)
    sentences: Annotated[
        dict[str, Text], Meta(description="Sentences that checks say, such as `because=`: the original, a colon, this.")
    ] = field(default_factory=dict)


def beside(path: Path, language: str, suffix: str = "") -> Path:
    """Return where the texts of a file stand in a language, whether they are there or not."""
    return path.with_name(f"{path.stem}.{language}{suffix or path.suffix}")


def in_language(source: Source, language: str) -> tuple[Source, list[Problem]]:
    """Return an authored YAML file with the texts that stand beside it, and what is wrong with those.

    Lines stay the original's.
    """
    place = beside(source.path, language)
    if source.broken or not place.is_file():
        return source, []
    other = read_yaml(place)
    problems = list(other.problems)
    if problems or other.data is None:
        return source, problems
    laid = _Laid(source.path.name, other, problems)
    return replace(source, data=laid.over(source.data, other.data, ())), problems


class _Laid:
    """Texts in another language over a file's own: a list of things with ids may be a mapping by these ids."""

    def __init__(self, name: str, other: Source, problems: list[Problem]) -> None:
        self.name, self.other, self.problems = name, other, problems

    def over(self, own: Plain, new: Plain, here: Location, *, text: bool = False) -> Plain:
        """Return `own` with the texts of `new` in it."""
        if isinstance(own, dict) and isinstance(new, dict):
            return {
                **own,
                **{key: self._value(own, key, new[key], (*here, key)) for key in new if self._has(own, key, here)},
            }
        if isinstance(own, list) and isinstance(new, dict) and own and _id(own[0]):
            places = {_id(item): place for place, item in enumerate(own)}
            laid = list(own)
            for key in (key for key in new if self._has(places, key, here)):
                laid[places[key]] = self.over(own[places[key]], new[key], (*here, key))
            return laid
        if isinstance(own, list) and isinstance(new, list):
            if len(own) == len(new):
                return [
                    self.over(*pair, (*here, place), text=text) for place, pair in enumerate(zip(own, new, strict=True))
                ]
            what = here[-1] if here else "items"
            return self._wrong(
                own,
                here,
                tr(
                    "{name} has {own} {what}, and this has {new}; write one for each.",
                    name=self.name,
                    own=len(own),
                    what=what,
                    new=len(new),
                ),
            )
        if text and isinstance(own, str):
            return new if isinstance(new, str) and new.strip() else self._wrong(own, here, tr("This must be a text."))
        return own if own == new else self._wrong(own, here, tr("Only texts are written anew here; delete this."))

    def _value(self, own: Mapping[str, Plain], key: str, new: Plain, here: Location) -> Plain:
        return self.over(own[key], new, here, text=key in TEXTS)

    def _has(self, own: Mapping[str, object], key: str, here: Location) -> bool:
        if key not in own:
            self._wrong(
                None,
                (*here, key),
                tr(
                    "Unknown key {key!r}: {name} has none here.{nearest}",
                    key=key,
                    name=self.name,
                    nearest=nearest(key, own),
                ),
            )
        return key in own

    def _wrong(self, own: Plain, here: Location, sentence: str) -> Plain:
        self.problems.append(self.other.problem(here, sentence))
        return own


def _id(item: Plain) -> str:
    """The id of a thing in a list, empty where it has none."""
    return str(item["id"]) if isinstance(item, dict) and "id" in item else ""


def texts_in(source: Source, keys: Collection[str]) -> dict[Location, tuple[int, str]]:
    """Return every text of a YAML file with its line, by where it stands: ids count in place of numbers.

    Texts are the values of these `keys`.
    """
    found: dict[Location, tuple[int, str]] = {}

    def inside(value: Plain, here: Location, name: Location, *, text: bool) -> None:
        if text and isinstance(value, str):
            found[name] = source.line(here), value
        elif isinstance(value, list):
            for place, item in enumerate(value):
                inside(item, (*here, place), (*name, _id(item) or place), text=text)
        elif isinstance(value, dict):
            for key, item in value.items():
                inside(item, (*here, key), (*name, key), text=key in keys)

    inside(source.data, (), (), text=False)
    return found


def translated(exercise: "Exercise", language: str) -> tuple["Exercise", list[Problem]]:
    """Return an exercise with the statement and the stub that stand beside its own, and what is wrong with them."""
    problems: list[Problem] = []
    place = beside(exercise.folder / "statement.md", language)
    if place.is_file():
        text, problems = read_text(place)
        if not problems and not text.strip():
            problems = [Problem(place, 1, tr("The statement is empty; write it, or delete the file."))]
        exercise = replace(exercise, statement=text or exercise.statement)
    given = exercise.given
    others = {name: file for name in given if (file := beside(exercise.folder / name, language)).is_file()}
    for name, file in others.items():
        given[name], wrong = read_text(file)
        problems += wrong
    if others and not problems:
        exercise = replace(exercise, stub=joined(given) if exercise.files else given[exercise.file])
    return exercise, problems


def texts_of_checks(checks: Path, language: str) -> tuple[ChecksTexts, list[Problem]]:
    """Return what stands beside a checks.py in a language, and what is wrong with it. Nothing there: nothing in it."""
    place = beside(checks, language, ".yaml")
    if not place.is_file():
        return ChecksTexts(), []
    found, problems = validate(ChecksTexts, read_yaml(place))
    return found or ChecksTexts(), problems


def explanation_in(program: Path, language: str) -> str:
    """Return the explanation of a known-wrong program in a language; empty where there is none."""
    place = beside(program, language, ".md")
    return read_text(place)[0].strip() if place.is_file() else ""


def quiz_in(root: Path, quiz_id: str, language: str) -> Path:
    """Return where a quiz in a language is, if it has one."""
    return root / "quizzes" / language / f"{quiz_id}.yaml"


def completed(original: Source, other: Source) -> Source:
    """Return a file in another language with what it leaves out as its original has it.

    Things with ids are told by these, wherever they stand; lines are those of the file, as far as it has one.
    """
    if original.broken or other.broken:
        return other
    lines, problems = dict[Location, int](), list(other.problems)

    def laid(own: Plain, new: Plain, here: Location, there: Location) -> Plain:
        lines[here] = other.line(there)
        if isinstance(new, dict):
            had = own if isinstance(own, dict) else {}
            return {**had, **{key: laid(had.get(key), new[key], (*here, key), (*there, key)) for key in new}}
        if not isinstance(new, list):
            return new
        result = list(own) if isinstance(own, list) and (len(own) == len(new) or _have_ids(own, new)) else []
        places = {_id(item): place for place, item in enumerate(result)} if _have_ids(result, new) else {}
        for at, item in enumerate(new):
            if places and _id(item) not in places:
                near = nearest(_id(item), places)
                said = tr("The original has no {id!r} here.{nearest}", id=_id(item), nearest=near)
                problems.append(other.problem((*there, at), said))
                continue
            place = places[_id(item)] if places else min(at, len(result))
            before = result[place] if place < len(result) else None
            result[place : place + 1] = [laid(before, item, (*here, place), (*there, at))]
        return result

    data = laid(original.data, other.data, (), ())
    return replace(other, data=data, lines=MappingProxyType(lines), problems=tuple(problems))


def _have_ids(*lists: list[Plain]) -> bool:
    return all(each and all(map(_id, each)) for each in lists)


def differences(original: "QuizFile", other: "QuizFile", source: Source) -> Iterator[Problem]:
    """Yield where a translated quiz isn't the same quiz: its answers must be judged by either file."""
    if [question.id for question in original.questions] != [question.id for question in other.questions]:
        said = tr("The ids of the questions, or their order, aren't those of the original.")
        yield source.problem(("questions",), said)
        return
    if original.pools != other.pools:
        yield source.problem(("pools",), tr("The pools aren't those of the original."))
    for index, (one, two) in enumerate(zip(original.questions, other.questions, strict=True)):
        if _judged_by(one) != _judged_by(two):
            said = tr("What this question is judged by isn't as in the original: only its texts may be otherwise.")
            yield source.problem(("questions", index), said)


def _judged_by(question: "Question") -> tuple[object, ...]:
    """All of a question but its texts, which a translation may write anew; a text that is typed is one, too."""
    from autograder.course.quiz_model import Matching, Multiple, Ordering, ShortText, Single

    held = {name: getattr(question, name) for name in question.__struct_fields__}
    for name in ("concept", "ask", "hints", "right", "why", "unit", "picture", "shows"):
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
