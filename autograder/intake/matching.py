"""Which of a student's files is graded for a task, and what to say of the others.

Finished work beats a beginning, a beginning the untouched stub, and that an empty file, whatever their names. Among
equals a file with the task's name comes before one that is known by its folder or by what it defines, and then the
newest counts. All of it is seen in the files' text and never by running them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import IntEnum
from functools import lru_cache
from pathlib import PurePath

from autograder.course.drawn import SEED
from autograder.course.tasks import Task
from autograder.feedback.sanitize import listed
from autograder.grading.modules import imported
from autograder.grading.notebooks import SUFFIX as NOTEBOOK
from autograder.grading.submission import Submission, from_bytes, is_stub
from autograder.grading.submission import largest as largest_program
from autograder.intake import records
from autograder.intake.file_spelling import canonical, copy_number, without_copy_suffix, without_number
from autograder.intake.files import Unreadable, describe_path
from autograder.intake.layout import HandedFile
from autograder.intake.records import from_progress_file
from autograder.intake.text_entries import MAX_BYTES as MAX_TYPED
from autograder.intake.text_entries import text_of
from autograder.language import later, tr

_SUFFIXES = {".py": (".py", ".pyw", NOTEBOOK), ".yaml": (".yaml", ".yml"), ".json": (".json", records.SUFFIX)}
TEXTS = (".txt", "")
_CODE = re.compile(r"^(?:(?:async[ \t]+)?def|class)[ \t]+(\w+)|^(\w+)[ \t]*(?::[^=\n]*)?=(?!=)", re.MULTILINE)
_NUMBERS = re.compile(r"^[\"']?(\w+)[\"']?[ \t]*:[ \t]*+(?!(?:null|~)?[ \t]*(?:#|$))", re.MULTILINE | re.IGNORECASE)
_ANSWERS = re.compile(r'"quiz"\s*:\s*"([\w-]{1,100})"')
_DEFINITIONS = {
    ".py": _CODE, ".pyw": _CODE, NOTEBOOK: _CODE, ".yaml": _NUMBERS, ".yml": _NUMBERS,
    ".json": _ANSWERS, records.SUFFIX: _ANSWERS,
}  # fmt: skip
_VERSION = re.compile(r"versi(?:on|ón|one|e|ão) (\d{1,4})", re.IGNORECASE)
_MOST_NAMED = 5
_WIDEST = 120
#: Seconds between two files that count as saved together: a zip tells dates to two seconds, a clone has one for all.
_TOGETHER = 2.0


class _Fit(IntEnum):
    """How well a name fits; the last two say that it doesn't."""

    EXACT, RESPELLED, COPIED, BY_ID, BY_FOLDER, NOT_AT_ALL = range(6)


class _State(IntEnum):
    """How far the work in a file has come, as its text shows."""

    FINISHED, BEGUN, STUB, UNREADABLE = range(4)


_CONDITIONS = {
    _State.BEGUN: later("unfinished"),
    _State.STUB: later("the stub as it was given"),
    _State.UNREADABLE: later("not readable"),
}


@dataclass(frozen=True, slots=True)
class Match:
    """The file that counts for a task, what it holds, and what should be said about that."""

    file: HandedFile
    submission: Submission
    finished: bool
    remarks: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Candidate:
    file: HandedFile
    fit: _Fit
    submission: Submission
    defined: frozenset[str]
    state: _State


@dataclass
class Matcher:
    """Matches one student's files. `tasks` are all of the course, `sought` those of this batch."""

    tasks: Sequence[Task]
    sought: Sequence[Task]
    _read: dict[tuple[int, str], tuple[HandedFile, Submission]] = field(default_factory=dict)  # keeps the id alive

    def match(self, files: Sequence[HandedFile], task: Task) -> Match | None:
        """The file for a task; None if nothing fits. A remark says where it is another task's program."""
        found = self._best(files, task)
        if found is None or found.finished:
            return found
        told = of_another(found.submission.source, task, self.tasks)
        return replace(found, remarks=(*found.remarks, told)) if told else found

    def _best(self, files: Sequence[HandedFile], task: Task) -> Match | None:
        files = [file for file in files if _is_for(file, task) or _is_text(file, task)]
        fits = {id(file): _fit(file, task) for file in files}
        files = [file for file in files if not self._elsewhere(file, fits[id(file)], task)]
        found = [self._candidate(file, fits, task) for file in files if _is_for(file, task)]
        if not any(each.state < _State.STUB for each in found):
            texts = (self._candidate(file, fits, task) for file in files if _is_text(file, task))
            found += [each for each in texts if task.names & each.defined]
        named = [each for each in found if each.fit < _Fit.BY_FOLDER]
        if any(each.state is _State.FINISHED for each in named):
            return _match([*named, *self._rivals(found, task)], task)
        fitting = [each for each in found if self._fits(each, task)]
        only = len(self.sought) == len(found) == 1 and task.kind == "exercise" and not found[0].file.typed
        if not fitting and only:
            return _match(found, task, tr("it is the only program handed in"))
        return _match(_without_helpers(fitting), task) if fitting else None

    def _candidate(self, file: HandedFile, fits: Mapping[int, _Fit], task: Task) -> _Candidate:
        submission = self.read(file, task)
        is_told = suffix_of(file) in _DEFINITIONS and not file.typed
        defined = defined_names(suffix_of(file) if is_told else task.suffix, submission)
        return _Candidate(file, fits[id(file)], submission, defined, _state(submission, defined, task))

    def _rivals(self, found: Sequence[_Candidate], task: Task) -> list[_Candidate]:
        """Finished work under other names, but what is imported: the task's name wins, and these are told."""
        others = [each for each in _without_helpers(found) if each.fit >= _Fit.BY_FOLDER and not each.file.typed]
        return [each for each in others if each.state is _State.FINISHED and self._fits(each, task)]

    def read(self, file: HandedFile, task: Task) -> Submission:
        """What a file holds, as a submission to a task; read once."""
        key = id(file), task.id if suffix_of(file) == records.SUFFIX else ""
        if key not in self._read:
            self._read[key] = file, _read(file, task)
        return self._read[key][1]

    def _elsewhere(self, file: HandedFile, fit: _Fit, task: Task) -> bool:
        """Whether the file is another task's: by its name where ours fits worse, else by its folder."""
        for other in self.tasks:
            if other.id == task.id:
                continue
            same_name = canonical(other.stem) == canonical(task.stem)
            if _in_folder_of(file, other) and (same_name or fit > _Fit.BY_ID):
                return True
            rivals = fit > _Fit.EXACT and not same_name and other.suffix == task.suffix
            if rivals and _fit(file, other) < min(fit, _Fit.BY_FOLDER):
                return True
        return False

    def left_over(self, files: Sequence[HandedFile], task: Task) -> list[HandedFile]:
        """The files that aren't, by name or folder, of another task of this batch."""
        batch = Matcher(self.sought, self.sought)
        others = [other for other in self.sought if other.id != task.id]
        return [
            file
            for file in files
            if not batch._elsewhere(file, _fit(file, task), task)
            and not any(_is_for(file, other) and _fit(file, other) < _Fit.BY_FOLDER for other in others)
        ]

    def _fits(self, each: _Candidate, task: Task) -> bool:
        """Whether a file is meant for the task: by its name, by its folder, or by what it defines."""
        if each.fit < _Fit.BY_FOLDER:
            return True
        others = (other for other in self.tasks if other.id != task.id)
        if not task.names <= each.defined and any(other.names and other.names <= each.defined for other in others):
            return False
        return each.fit is _Fit.BY_FOLDER or bool(task.names & each.defined)


def of_another(source: str, task: Task, tasks: Iterable[Task]) -> str:
    """Say whose program it is that defines nothing of what its task asks for, and all of another's; else nothing."""
    defined = _defined_in(".py", source)
    others = [other for other in tasks if other.suffix == ".py" and other.names and other.names <= defined]
    if task.suffix != ".py" or task.names & defined or not others:
        return ""
    other = max(others, key=lambda each: len(each.names))
    names = tr(" and ").join(sorted(other.names))
    return tr("The file defines {names}, which {other} asks for: it may be that one's.", names=names, other=other.id)


def accepted_suffixes(task: Task) -> tuple[str, ...]:
    """The suffixes of files that a task can be handed in as."""
    return _SUFFIXES.get(task.suffix, (task.suffix,))


def suffix_of(file: HandedFile) -> str:
    """The suffix that tells what the file is; `.txt` is what browsers and mail put after it."""
    return _name(file).suffix.lower()


def label(file: HandedFile) -> str:
    """The name of a file for a sentence."""
    return describe_path((file.path or file.entry.path)[-1:])


def module_path(file: HandedFile) -> tuple[str, ...]:
    """The path of a file that others import, without what a system or a browser put behind its name."""
    name = _name(file)
    return (*file.path[:-1], f"{without_number(without_copy_suffix(name.stem))}{name.suffix.lower()}")


def describe_paths(paths: Iterable[tuple[str, ...]]) -> str:
    """The names of files, for a sentence."""
    return listed([describe_path(path) for path in paths], width=_WIDEST, between=", ", most=5)


def _match(fitting: Sequence[_Candidate], task: Task, why: str = "") -> Match:
    """The candidate that counts: by how far it has come, by its name, by attempt, by `(n)`, by date."""
    foremost = min(_rank(each, task) for each in fitting)
    left = _of_last_version([each for each in fitting if _rank(each, task) == foremost])
    newest = max(each.file.modified for each in left)
    best = min(
        (each for each in left if each.file.modified >= newest - _TOGETHER), key=lambda each: _preference(each, task)
    )
    names = ", ".join(sorted(task.names & best.defined))
    is_quiz = task.kind == "quiz"
    why = why or (tr("it holds answers to {names}", names=names) if is_quiz else tr("it defines {names}", names=names))
    remarks = (*_how_found(best, task, why), *_beside(best, fitting, task), *best.submission.remarks)
    return Match(best.file, best.submission, best.state is _State.FINISHED, remarks)


def _rank(each: _Candidate, task: Task) -> tuple[object, ...]:
    return (each.state, each.fit >= _Fit.BY_FOLDER, -each.file.attempt, -_count(each.file, task))


def _of_last_version(left: list[_Candidate]) -> list[_Candidate]:
    """Those in the last of the folders `Version 1`, `Version 2` where all lie in one: Teams keeps attempts so."""
    found = [[int(n[1]) for part in each.file.path[:-1] if (n := _VERSION.fullmatch(part))] for each in left]
    return [each for each, own in zip(left, found, strict=True) if own == max(found)] if all(found) else left


def _count(file: HandedFile, task: Task) -> int:
    """The number that a system or a browser gave to what came again; that of its zip counts too."""
    stem = _name(file).stem
    own = 0 if canonical(stem) in (canonical(task.stem), canonical(task.id)) else copy_number(stem)
    return own if file.archive is None else max(own, copy_number(_name(file.archive).stem))


def _preference(each: _Candidate, task: Task) -> tuple[object, ...]:
    """Sorts what was saved at the same time: the best name first, then the file nearest to where it should lie."""
    place = (not _in_folder_of(each.file, task), len(each.file.path))
    return (each.fit, suffix_of(each.file) == NOTEBOOK, *place, each.file.path)


def _how_found(best: _Candidate, task: Task, why: str) -> Iterator[str]:
    file = best.file
    if best.fit >= _Fit.BY_FOLDER and not file.named_for_student:
        because = f": {why}" if task.names & best.defined or best.fit is _Fit.NOT_AT_ALL else ""
        yield tr(
            "{file} was taken for {task}{because}.", file=describe_path(file.path[-1:]), task=task.file, because=because
        )
    elif _Fit.EXACT < best.fit < _Fit.BY_FOLDER:
        yield tr("{file} was taken for {task}.", file=describe_path(file.path[-1:]), task=task.file)
    elif best.fit is _Fit.EXACT and file.path[file.depth : -1] and not _in_folder_of(file, task):
        yield tr("{file} was taken: it lies in a folder.", file=describe_path(file.path))


def _beside(best: _Candidate, fitting: Sequence[_Candidate], task: Task) -> Iterator[str]:
    """Which file counts where several fit, and what the others are."""
    others = [each for each in fitting if each is not best]
    earlier = [each for each in others if each.file.tells_attempt and each.file.attempt < best.file.attempt]
    others = [each for each in others if each not in earlier]
    if earlier:
        yield tr("An earlier attempt has {files}.", files=describe_paths([each.file.path for each in earlier]))
    if others:
        said = [f"{describe_path(each.file.path)}{_condition(each)}" for each in others]
        yield tr(
            "{n} files fit {task}; {file} counts.",
            n=len(others) + 1,
            task=task.file,
            file=describe_path(best.file.path),
        )
        yield tr("Not graded: {names}.", names=listed(said, width=_WIDEST, between=", ", most=_MOST_NAMED))


def _condition(each: _Candidate) -> str:
    return f" ({tr(_CONDITIONS[each.state])})" if each.state in _CONDITIONS else ""


def _without_helpers(fitting: Sequence[_Candidate]) -> list[_Candidate]:
    """Without those that another one imports: they are graded with it."""
    helpers = {name.partition(".")[0] for each in fitting for name in imported(each.submission.source)}
    return [each for each in fitting if _name(each.file).stem not in helpers] or list(fitting)


def _state(submission: Submission, defined: frozenset[str], task: Task) -> _State:
    if submission.problem is not None:
        return _State.UNREADABLE
    if task.stub and is_stub(submission.source, task.stub):
        return _State.STUB
    if task.names <= defined:
        return _State.FINISHED
    return _State.STUB if task.suffix == ".yaml" and not defined - {SEED} else _State.BEGUN


def _is_for(file: HandedFile, task: Task) -> bool:
    """Whether a file is of a task's kind, or what was typed in its place."""
    return suffix_of(file) in accepted_suffixes(task) or (file.typed and _typable(task))


def _is_text(file: HandedFile, task: Task) -> bool:
    """Whether a file can be a program that an editor saved as plain text: that, only what it defines can tell."""
    return suffix_of(file) in TEXTS and not file.typed and _typable(task)


def _typable(task: Task) -> bool:
    """Whether a task's file can be typed into a text box."""
    return task.suffix in (".py", ".yaml")


def defined_names(suffix: str, submission: Submission) -> frozenset[str]:
    """The names that a file defines at its top level, by its text alone: it may be broken, or hostile to parsers."""
    if submission.problem is not None or suffix not in _DEFINITIONS:
        return frozenset()
    return _defined_in(suffix, submission.source)


def _defined_in(suffix: str, text: str) -> frozenset[str]:
    return frozenset(name for match in _DEFINITIONS[suffix].finditer(text) for name in match.groups() if name)


def _read(file: HandedFile, task: Task) -> Submission:
    name, suffix = label(file), suffix_of(file)
    try:
        if file.typed:
            return from_bytes(name, text_of(file.entry.read(MAX_TYPED)).encode("utf-8", "replace"))
        data = file.entry.read(largest(suffix))
    except Unreadable as problem:
        return Submission(name, b"", "", str(problem))
    return from_progress_file(name, data, task.id) if suffix == records.SUFFIX else from_bytes(name, data)


def largest(suffix: str) -> int:
    """How many bytes of a file with this suffix are read."""
    return records.MAX_RECORD if suffix == records.SUFFIX else largest_program(suffix)


def _name(file: HandedFile) -> PurePath:
    return _bare(file.path[-1] if file.path else "")


@lru_cache(maxsize=256)
def _bare(last: str) -> PurePath:
    """A name without the `.txt` behind it; it is asked for once for each task of the course."""
    name = PurePath(last)
    bare = PurePath(without_copy_suffix(name.stem))
    return bare if name.suffix.lower() == ".txt" and bare.suffix.lower() in _DEFINITIONS else name


def _fit(file: HandedFile, task: Task) -> _Fit:
    stem = _name(file).stem
    if file.typed:
        return _Fit.NOT_AT_ALL
    if file.path[-1] == task.file:
        return _Fit.EXACT
    wanted = canonical(task.stem)
    bare = without_copy_suffix(stem)
    if canonical(stem) == wanted:
        return _Fit.RESPELLED
    if wanted in (canonical(bare), canonical(without_number(bare))):
        return _Fit.COPIED
    if canonical(task.id) in (canonical(bare), canonical(stem)):
        return _Fit.BY_ID
    return _Fit.BY_FOLDER if _in_folder_of(file, task) else _Fit.NOT_AT_ALL


def _in_folder_of(file: HandedFile, task: Task) -> bool:
    return any(canonical(part) == canonical(task.id) for part in file.path[:-1])
