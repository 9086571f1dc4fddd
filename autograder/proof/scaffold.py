"""A scaffold for a new exercise or quiz: files that say TODO where their author must write, listed in course.yaml.

The texts are in scaffolds/; what stands between ⟦ and ⟧ there is written in the course's language. What is written here
is accepted by `gradecheck validate` once no TODO is left.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal, cast

from autograder.course import Course, Problem
from autograder.course.source import parse_yaml, read_yaml
from autograder.language import ENGLISH, later, lookup, spoken, tr
from autograder.misuse import Misuse
from autograder.proof.texts import left_to_write

#: What an author may begin with, but a quiz: a function, numbers, a class, a torch module, a script, a measurement.
Kind = Literal["exercise", "drill", "class", "module", "script", "measure"]
_TEXTS = Path(__file__).with_name("scaffolds")
_ENTRY = {"title": later("the belief in one line"), "concept": later("what to revise, in two to five words")}
_SAID = re.compile("⟦(.*?)⟧")


@dataclass(frozen=True)
class Scaffold:
    """What was written: the files, and every line of theirs and of course.yaml that is still to be written."""

    files: tuple[Path, ...]
    left: tuple[Problem, ...]


def new_exercise(course: Course, kind: Kind, exercise_id: str, name: str, unit: str) -> Scaffold:
    """Write exercises/<id> and solutions/<id>; `name` is the function's and the file's. Raises Misuse."""
    task, solution = course.root.root / "exercises" / exercise_id, course.root.root / "solutions" / exercise_id
    belief = f"{exercise_id}-belief"
    places = {"exercise.yaml": task / "exercise.yaml", "statement.md": task / "statement.md"}
    if kind == "drill":
        places |= {"stub.yaml": task / "answers.yaml", "answers.yaml": solution / "answers.yaml"}
    else:
        places |= {
            "stub.py": task / f"{name}.py",
            "reference.py": solution / f"{name}.py",
            "checks.py": solution / "checks.py",
            "accepted.py": solution / "accepted" / "another_style.py",
            "misconception.py": solution / "misconceptions" / f"{belief}.py",
            "figures.yaml": solution / "figures.yaml",
        }
    texts = {path: _text(f"{_folder(kind, text)}/{text}", exercise_id, name, belief) for text, path in places.items()}
    return _write(course, "exercises", exercise_id, unit, belief, texts)


def _folder(kind: Kind, text: str) -> Kind:
    """A kind has of its own what is otherwise than in any exercise."""
    return kind if (_TEXTS / kind / f"{text}.txt").is_file() else "exercise"


def course_file(course_id: str) -> str:
    """Return the course.yaml of a new course, which is in the language spoken."""
    text = _text("course/course.yaml", course_id, "", "")
    named = f"id: {course_id}\n"
    return text if spoken() == ENGLISH else text.replace(named, f"{named}language: {spoken()}\n")


def new_quiz(course: Course, quiz_id: str, unit: str) -> Scaffold:
    """Write quizzes/<id>.yaml. Raises Misuse."""
    belief = f"{quiz_id}-belief"
    texts = {course.root.root / "quizzes" / f"{quiz_id}.yaml": _text("quiz.yaml", quiz_id, "", belief)}
    return _write(course, "quizzes", quiz_id, unit, belief, texts)


def new_quiz_of(course: Course, quiz_id: str, unit: str, text: str) -> Scaffold:
    """Write quizzes/<id>.yaml with a text of its own, and list it. Raises Misuse."""
    return _write(course, "quizzes", quiz_id, unit, None, {course.root.root / "quizzes" / f"{quiz_id}.yaml": text})


def _text(name: str, own_id: str, function: str, belief: str) -> str:
    text = text_of(name)
    class_name = "".join(word.capitalize() for word in function.split("_"))
    for hole, word in {"@ID@": own_id, "@NAME@": function, "@CLASS@": class_name, "@BELIEF@": belief}.items():
        text = text.replace(hole, word)
    return text


def text_of(name: str) -> str:
    """Return a text of scaffolds/ in the language spoken, with its holes as they are."""
    text = (_TEXTS / f"{name}.txt").read_text(encoding="utf-8")
    return _SAID.sub(lambda said: lookup(said[1]), text)


def messages() -> Iterator[str]:
    """Yield all that is looked up for the texts."""
    for path in sorted(_TEXTS.rglob("*.txt")):
        yield from _SAID.findall(path.read_text(encoding="utf-8"))


def write_new(path: Path, text: str, cure: str) -> None:
    """Write a file that isn't there yet, in a folder that may not be either. Raises Misuse, which ends with `cure`."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("x", encoding="utf-8", newline="\n") as file:
            file.write(text)
    except OSError as error:
        reason = error.strerror
        said = tr("{path} can't be written: {reason}. {cure}", path=error.filename or path, reason=reason, cure=cure)
        raise Misuse(said) from error


def _write(course: Course, key: str, own_id: str, unit: str, belief: str | None, texts: Mapping[Path, str]) -> Scaffold:
    for path, text in texts.items():
        cure = tr("Name another id.") if path.exists() else tr("It takes a course that you may write to.")
        write_new(path, text, cure)
    unlisted = list(_list_in_course(course, key, own_id, unit, belief))
    left = [*unlisted, *left_to_write([course.root.file, *texts])]
    return Scaffold(tuple(texts), tuple(left))


def _list_in_course(course: Course, key: str, own_id: str, unit: str, belief: str | None) -> Iterator[Problem]:
    """List it in its unit, and its belief in the catalogue; a problem for each that is left to the author."""
    file, source = course.root.file, read_yaml(course.root.file)
    text, data = file.read_text(encoding="utf-8"), cast(dict[str, Any], source.data)
    index = next(index for index, each in enumerate(course.units) if each.id == unit)
    units = [dict(each) for each in data["units"]]
    units[index][key] = [*units[index].get(key, []), own_id]
    listed = _with_item(text, source.line(("units", index, key)), key, own_id)
    if parse_yaml(listed, file).data == {**data, "units": units}:
        text, data = listed, {**data, "units": units}
    else:
        yield source.problem(("units", index, key), tr("Add {id!r} to the {key} of this unit.", id=own_id, key=key))
    if belief is None:
        file.write_text(text, encoding="utf-8")
        return
    catalogue = {**(data.get("misconceptions") or {}), belief: _entry()}
    extended = _with_belief(text, belief)
    if parse_yaml(extended, file).data == {**data, "misconceptions": catalogue}:
        text = extended
    else:
        said = tr("Add {id!r} to the catalogue, with a title and a concept.", id=belief)
        yield source.problem(("misconceptions",), said)
    file.write_text(text, encoding="utf-8")


def _with_item(text: str, line: int, key: str, item: str) -> str:
    """course.yaml with one more item in the list `key: [a, b]` on a line."""
    lines = text.split("\n")
    lines[line - 1] = re.sub(rf"({key}:\s*\[\s*)([^\[\]]*?)(\s*\])", rf"\1\2, {item}\3", lines[line - 1], count=1)
    lines[line - 1] = lines[line - 1].replace("[, ", "[")
    return "\n".join(lines)


def _entry() -> dict[str, str]:
    return {key: f"TODO: {tr(said)}" for key, said in _ENTRY.items()}


def _with_belief(text: str, belief: str) -> str:
    """course.yaml with one more misconception at its end, where the catalogue stands."""
    heading = [] if re.search(r"^misconceptions:", text, re.MULTILINE) else ["", "misconceptions:"]
    rename = tr("rename it, and what names it")
    entry = [f"  {belief}:  # TODO: {rename}", *(f"    {key}: '{said}'" for key, said in _entry().items())]
    return "\n".join([text.rstrip("\n"), *heading, *entry, ""])
