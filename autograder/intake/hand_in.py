"""One student's hand-in for one task, and the iterator over all: one file is read at a time, when asked for."""

from __future__ import annotations

import re
import sys
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import islice
from pathlib import Path, PurePath

from autograder import shell_words
from autograder.course.tasks import Task
from autograder.feedback.sanitize import listed, one_line
from autograder.grading.modules import imported, modules
from autograder.grading.notebooks import SUFFIX as NOTEBOOK
from autograder.grading.submission import MAX_BYTES, Submission, from_bytes, of_files
from autograder.intake import plain_folder
from autograder.intake.detection import SYSTEMS, chosen, detect, is_of_a_system
from autograder.intake.files import Entry, FolderTree, IntakeError, Tree, Unreadable
from autograder.intake.layout import HandedFile, Layout, Student
from autograder.intake.matching import Match, Matcher, describe_paths, label, module_path
from autograder.intake.moments import handed_in
from autograder.intake.nested import Inside, refuse_class, refuse_classes, unreadable, within_archives
from autograder.intake.packed import CLASS, open_archive
from autograder.intake.text_entries import MAX_BYTES as MAX_TYPED
from autograder.intake.text_entries import text_of
from autograder.intake.wrapping import unwrapped
from autograder.language import later, tr

#: Names by which a person sees that an archive is a class's.
_TELLING = 3


@dataclass(frozen=True)
class HandIn:
    """What one student handed in for one task: None if nothing; a submission with a `problem` can't be graded.

    `remarks` are sentences about how it was found. `fault`: taking it in failed on our own account. `handed_in` is when
    (UTC, ISO 8601), empty where nobody knows; `came_as` is where the file, or its archive, lay. `earlier` are those of
    the student's attempts before it that lay there too, the first one first.
    """

    student: Student
    task: Task
    submission: Submission | None
    late: bool = False
    remarks: tuple[str, ...] = ()
    fault: str | None = None
    handed_in: str = ""
    came_as: str = ""
    earlier: tuple[HandIn, ...] = ()


class Intake:
    """Everything that was handed in. `layout` says how it was read, `notes` what was left out of it."""

    def __init__(self, tree: Tree, tasks: Sequence[Task], layout: Layout) -> None:
        self._tree, self._tasks = tree, list(tasks)
        self.layout = layout.name
        self._students: dict[str, Student] = {}
        self._files: dict[str, list[HandedFile]] = {}
        self._teams: dict[str, str] = {}
        self._handed: tuple[str, dict[str, list[str]]] = ("", {})  # for one task, as it is asked once a student
        strays = [entry for entry in tree.entries if not self._place(layout.place(entry))]
        strays = [stray for stray in strays if len(stray.path) == 1 and stray.path[0] not in layout.own_files]
        self.notes = [*tree.notes, *layout.notes]
        if any(not stray.is_folder for stray in strays):
            names = describe_paths([stray.path for stray in strays if not stray.is_folder])
            self.notes.append(tr("Left out, for nothing shows that it is a student's: {names}.", names=names))

    @property
    def students(self) -> list[Student]:
        """Everyone, in the order of their names."""
        return [self._students[key] for key in sorted(self._students)]

    def _place(self, placed: Iterable[tuple[Student, HandedFile | None]]) -> bool:
        is_someones = False
        for student, handed in placed:
            is_someones = True
            self._students.setdefault(student.key, student)
            files = self._files.setdefault(student.key, [])
            if handed is not None and handed.path and not handed.entry.is_folder:
                files.append(replace(handed, system=student.system))
        return is_someones

    def came_in(self) -> list[Task]:
        """The tasks for which anyone handed in anything."""
        left = list(self._tasks)
        for key in sorted(self._students):
            belongings = self._belongings(key, self._tasks)
            left = [task for task in left if not belongings.holds(task)]
            if not left:
                break
        return [task for task in self._tasks if task not in left]

    def hand_ins(self, task: Task, sought: Sequence[Task]) -> Iterator[HandIn]:
        """One for every student, in the order of their names; `sought` are all tasks of this batch."""
        for key in sorted(self._students):
            if key in self._teams and not self._files[key]:
                yield self._of_the_team(key, task, sought)
            else:
                yield self._with_attempts(key, self._students[key], task, sought)

    def _with_attempts(self, key: str, student: Student, task: Task, sought: Sequence[Task]) -> HandIn:
        """What was handed in under a key, and what counted after each attempt before the last one."""
        files, matcher = self._files[key], Matcher(self._tasks, sought)
        attempts = sorted({file.attempt for file in files if file.tells_attempt})
        until = ([file for file in files if file.attempt <= attempt] for attempt in attempts[:-1])
        before = [_Belongings(each, matcher).hand_in(student, task) for each in until]
        return _attempts(before, _Belongings(files, matcher).hand_in(student, task))

    def enrol(self, who: Mapping[str, Sequence[Student]], others: Iterable[Student], teams: Mapping[str, str]) -> None:
        """Call students otherwise: what one handed in is then of each whom `who` names for their key.

        `others` handed in nothing; for whoever is in one of `teams` the one counts of its members who did.
        """
        files, students = dict[str, list[HandedFile]](), {each.key: each for each in others}
        for key, student in self._students.items():
            for each in who.get(key, [student]):
                students[each.key] = each
                files.setdefault(each.key, []).extend(self._files[key])
        self._students, self._teams = students, dict(teams)
        self._files = {key: files.get(key, []) for key in students}

    def _of_the_team(self, key: str, task: Task, sought: Sequence[Task]) -> HandIn:
        """What the one member of a team handed in who did, for another who didn't."""
        team, student = self._teams[key], self._students[key]
        teams = self._handed_in_teams(task, sought)
        handed = teams.get(team, [])
        if len(handed) == 1 and not _are_teams(list(teams.values())):
            said = tr(
                "{handed} of {team} handed in, which counts for nobody else: in most groups several handed in.",
                handed=one_line(handed[0]), team=one_line(team),
            )  # fmt: skip
            own = self._with_attempts(key, student, task, sought)
            return replace(own, remarks=(*own.remarks, said))
        theirs = self._with_attempts(handed[0] if len(handed) == 1 else key, student, task, sought)
        said = (
            tr("Handed in by {handed} for {team}.", handed=one_line(handed[0]), team=one_line(team)) if handed else ""
        )
        if len(handed) > 1:
            names = describe_paths([(mate,) for mate in handed])
            said = tr("Of {team} {names} handed in, so neither counts for all.", team=one_line(team), names=names)
        return replace(theirs, remarks=(*theirs.remarks, said)) if said else theirs

    def _handed_in_teams(self, task: Task, sought: Sequence[Task]) -> Mapping[str, list[str]]:
        """By each team: who of it handed in for a task, one of those who have the same files from a system."""
        if self._handed[0] != task.id:
            handed: dict[str, dict[tuple[Entry, ...], str]] = {}
            for mate in sorted(self._teams.keys() & self._files.keys(), reverse=True):
                if self._belongings(mate, sought).holds(task):
                    files = tuple(file.entry for file in self._files[mate])
                    handed.setdefault(self._teams[mate], {})[files] = mate
            self._handed = (task.id, {team: sorted(mates.values()) for team, mates in handed.items()})
        return self._handed[1]

    def _belongings(self, key: str, sought: Sequence[Task]) -> _Belongings:
        return _Belongings(self._files[key], Matcher(self._tasks, sought))

    def has_finished(self, student: Student, task: Task) -> bool:
        """Whether there is a student's whole answer to a task."""
        match = self._belongings(student.key, [task]).find(task)
        return match is not None and match.finished

    def close(self) -> None:
        self._tree.close()

    def __enter__(self) -> Intake:
        return self

    def __exit__(self, *exception: object) -> None:
        self.close()


def _are_teams(handed: Sequence[Sequence[str]]) -> bool:
    """Whether groups hand in together: not where of most several members did. `handed`: of each group who did."""
    return sum(len(each) > 1 for each in handed) <= sum(len(each) == 1 for each in handed)


def _attempts(before: Sequence[HandIn], last: HandIn) -> HandIn:
    """The last hand-in with those before it; a file that counted already is of when it first came."""
    earlier: list[HandIn] = []
    for each in before:
        if each.submission is not None and not (earlier and _same_file(each, earlier[-1])):
            earlier.append(each)
    if earlier and _same_file(last, earlier[-1]):
        last = replace(last, handed_in=earlier.pop().handed_in)
    return replace(last, earlier=tuple(earlier))


def _same_file(one: HandIn, other: HandIn) -> bool:
    files = [each.submission.file.sha256 for each in (one, other) if each.submission is not None]
    return len(files) == 2 and files[0] == files[1]


class _Belongings:
    """All that one student handed in; zips are opened when what lies open doesn't do."""

    def __init__(self, files: Sequence[HandedFile], matcher: Matcher) -> None:
        self._files, self._matcher = files, matcher

    @cached_property
    def _inside(self) -> Inside:
        return within_archives(self._files)

    def find(self, task: Task) -> Match | None:
        """The file that counts: one that lies open, unless a zip holds one that has come further.

        Of a task of several files it is each of them, as one submission.
        """
        return self._find_all(task) if task.files else self._find(task, frozenset())

    def _find_all(self, task: Task) -> Match | None:
        found: dict[str, Match] = {}
        for part in task.parts:
            others = {name for name in task.files if name != part.file}
            match = self._find(part, others | {taken.file.path[-1] for taken in found.values() if taken.file.path})
            if match is not None:
                found[part.file] = self._with_modules(match)
        return _together(found, task) if found else None

    def _find(self, task: Task, taken: Collection[str]) -> Match | None:
        """The file that counts, of those whose names aren't taken by other files of the same task."""

        def left(files: Sequence[HandedFile]) -> list[HandedFile]:
            return [file for file in files if not (file.path and file.path[-1] in taken)]

        open_match = self._matcher.match(left(self._files), task)
        if (open_match is not None and open_match.finished) or not self._inside.files:
            return open_match
        match = self._matcher.match(left([*self._files, *self._inside.files]), task)
        if match is None or match.file.archive is None:
            return match
        return replace(match, remarks=(*match.remarks, *self._inside.remarks))

    def holds(self, task: Task) -> bool:
        """Whether there is anything for a task; what can't be looked into is told when it is graded."""
        try:
            return self.find(task) is not None
        except Exception:
            return False

    def hand_in(self, student: Student, task: Task) -> HandIn:
        """What there is for a task. One student's files never cost another anything: whatever they do, this returns."""
        try:
            return self._hand_in(student, task)
        except Exception as fault:
            said = f"{type(fault).__name__}: {one_line(str(fault), width=300)}"
            sentence = tr("Taking it in failed ({fault}).", fault=said)
            return HandIn(student, task, None, fault=sentence)

    def _hand_in(self, student: Student, task: Task) -> HandIn:
        match = self.find(task)
        if match is not None:
            match = match if task.files else self._with_modules(match)
            handed, place = match.file, "/".join((match.file.archive or match.file).entry.path)
            return HandIn(
                student, task, match.submission, handed.late, match.remarks,
                handed_in=handed_in(handed, self._files), came_as=place,
            )  # fmt: skip
        meant = unreadable(self._files, self._inside)
        if meant is not None:
            file, problem = meant
            unread = Submission(label(file), b"", "", problem)
            place = "/".join(file.entry.path)
            return HandIn(student, task, unread, file.late, handed_in=handed_in(file, self._files), came_as=place)
        return HandIn(student, task, None, remarks=(self._nothing(task),))

    def _nothing(self, task: Task) -> str:
        """What to say where nothing fits a task."""
        typed = [file for file in self._files if file.typed and text_of(file.entry.read(MAX_TYPED)).strip()]
        if any(file.path[-1].startswith("link.") for file in typed):
            return tr("A link was handed in, which isn't followed: {file} itself is needed.", file=task.file)
        if any(file.path[-1].startswith("media.") for file in typed):
            return tr("A recording was handed in: {file} itself is needed.", file=task.file)
        if typed:
            return tr(
                "Text was typed in instead of a file, and it isn't {file}: it defines nothing that is asked for.",
                file=task.file,
            )
        others = [file.path for file in self._matcher.left_over(self._files, task)]
        found = tr("There is {files}.", files=describe_paths(others)) if others else ""
        told = (tr(advice) for name, advice in _UNFIT if any(name.search(path[-1]) for path in others))
        return " ".join(filter(None, (tr("Nothing fits {file}.", file=task.file), found, next(told, ""))))

    def _with_modules(self, match: Match) -> Match:
        """The match with what its program imports of what was handed in, and with what it can't import told."""
        file, source = match.file, match.submission.source
        others = [
            each for each in (*self._files, *self._inside.files) if each.archive is file.archive and each is not file
        ]
        library = _Library(file.path[:-1], others)
        beside = modules(source, library.text_of)
        known = _LIBRARIES | {name.partition(".")[0] for name in beside}
        unused = library.unused([name for name in imported(source) if name.partition(".")[0] not in known])
        remarks = match.remarks
        if unused:
            said = tr(
                "Not imported: {names}. {file} finds a `.py` file in its own folder, by its exact name.",
                names=describe_paths(unused), file=label(file),
            )  # fmt: skip
            remarks = (*remarks, said)
        return replace(match, submission=replace(match.submission, modules=beside, remarks=remarks), remarks=remarks)


#: What a file elsewhere never stands in for.
_LIBRARIES = sys.stdlib_module_names | {"numpy", "torch"}


class _Library:
    """What a student's program can import of their other files: what lies in its folder, or is alone of its name.

    Editors and `sys.path` let a program find modules elsewhere.
    """

    def __init__(self, folder: tuple[str, ...], files: Sequence[HandedFile]) -> None:
        latest = sorted(files, key=lambda file: (file.attempt, file.modified))
        self._folder, self._files = folder, {module_path(file): file for file in latest}

    def text_of(self, path: str) -> str | None:
        file = self._file((*path.split("/"),))
        try:
            return None if file is None else from_bytes(label(file), file.entry.read(MAX_BYTES)).source or None
        except Unreadable:
            return None

    def _file(self, path: tuple[str, ...]) -> HandedFile | None:
        beside = self._files.get((*self._folder, *path))
        if beside is not None or path[0].removesuffix(".py") in _LIBRARIES:
            return beside
        alike = [file for place, file in self._files.items() if place[-len(path) :] == path]
        return alike[0] if len(alike) == 1 else None

    def unused(self, wanted: Sequence[str]) -> list[tuple[str, ...]]:
        """The files that are called, but for capitals, as a part of these modules that weren't found."""
        names = {part for name in wanted for part in name.casefold().split(".")}
        return [
            file.path
            for place, file in sorted(self._files.items())
            if (name := PurePath(place[-1])).suffix in (".py", NOTEBOOK) and name.stem.casefold() in names
        ]


#: Names of files that hold a program, perhaps, and aren't read; and what to do.
_UNFIT = (
    (
        re.compile(r"~$|\.(?:bak|orig|save|old|sw[op])$|^#.*#$", re.IGNORECASE),
        later("That is an editor's backup, of an earlier state: the file itself is needed."),
    ),
    (
        re.compile(r"\.(?:qmd|rmd|docx?|odt|rtf|pages|pdf|html?)$", re.IGNORECASE),
        later("That is a document: the program in it is needed as a file of its own, or as a notebook."),
    ),
)  # fmt: skip


def _together(found: Mapping[str, Match], task: Task) -> Match:
    """The files of one task as one match, whether or not all are there."""
    submission = of_files(task.file, {name: match.submission for name, match in found.items()}, task.files)
    first = next(iter(found.values()))
    finished = len(found) == len(task.files) and all(match.finished for match in found.values())
    remarks = tuple(dict.fromkeys(remark for match in found.values() for remark in match.remarks))
    return Match(first.file, replace(submission, remarks=remarks), finished, remarks)


def open_intake(path: Path, tasks: Sequence[Task], layout: str | None = None, known: Collection[str] = ()) -> Intake:
    """The hand-ins in a folder or an archive; `tasks` are all of the course. Raises IntakeError.

    `layout`: the name of one, or a pattern; without it the layout is found. `known` is what people in the class are
    called.
    """
    tree = _tree(path, known)
    if not tree.entries:
        raise _holds_nobody(path, tree.notes)
    if layout is None or layout in SYSTEMS:  # a pattern, or `plain`, is about what was named itself
        tree = unwrapped(tree, tasks, archive=path.is_file())
    if layout is None and not is_of_a_system(tree, tasks):
        refuse_classes(tree, tasks)
    intake = Intake(tree, tasks, detect(tree, tasks, known) if layout is None else chosen(layout, tree, tasks))
    if not intake.students:
        intake.close()
        raise _holds_nobody(path, intake.notes)
    return intake


def _holds_nobody(path: Path, notes: Sequence[str]) -> IntakeError:
    """Return what to raise where nobody's work is found; `notes` tell what lies there and was left out."""
    if not notes:
        said = tr("{path} holds nobody's submission. It should hold a folder or a file for each student.", path=path)
        return IntakeError(said)
    return IntakeError(" ".join((tr("{path} holds nobody's submission.", path=path), *notes)))


def one_hand_in(place: Path, task: Task, tasks: Sequence[Task]) -> tuple[HandIn, list[str]]:
    """What lies in a folder or an archive for one task, all of it one student's, and what was left out of it.

    Raises IntakeError; also for the download of a class. One's own folder may hold several clones, as a class's does.
    """
    tree = _tree(place, ())
    try:
        if place.is_file():
            refuse_class(tree, tasks, place.name)
            _refuse_several(tree, task, tasks, place)
        files = [HandedFile(entry, entry.path) for entry in tree.entries if not entry.is_folder]
        found = _Belongings(files, Matcher(tasks, [task])).hand_in(Student(tree.name, tree.name), task)
        return found, tree.notes
    finally:
        tree.close()


def _refuse_several(tree: Tree, task: Task, tasks: Sequence[Task], place: Path) -> None:
    """Raise IntakeError where an archive has finished work side by side, as a class's has: none of it is the one."""
    inside = unwrapped(tree, tasks, archive=True)
    intake = Intake(inside, tasks, plain_folder.recognise(inside, tasks))
    finished = (each.name for each in intake.students if intake.has_finished(each, task))
    names = list(islice(finished, _TELLING + 1))
    if len(names) > 1:
        raise IntakeError(
            tr(
                "{file} holds {task} more than once, side by side: {names}. If these are students, grade them with"
                " `{command}`; if all is yours, unpack it, and name the file to grade.",
                file=place.name, task=task.file,
                names=listed(names[:_TELLING]) + ("; …" if len(names) > _TELLING else ""),
                command=f"gradecheck batch {shell_words.word(str(place))} --out grades",
            )
        )  # fmt: skip


def _tree(path: Path, known: Collection[str]) -> Tree:
    if path.is_dir():
        return FolderTree(path)
    if not path.is_file():
        raise IntakeError(tr("There is no folder or archive {path}. Check its name.", path=path))
    try:
        tree = open_archive(path.open("rb"), path.name, CLASS, known)
    except OSError as error:
        raise IntakeError(tr("{path} can't be read: {reason}.", path=path, reason=error.strerror)) from None
    tree.name = path.stem.removesuffix(".tar")  # as the folder in it is called, if there is one
    return tree
