"""One batch: every hand-in is looked up in the gradebook, graded if it or its exercise has changed, and kept at once.

It must not know where the judges are, nor how results are kept and progress is shown.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import FIRST_COMPLETED, CancelledError, Future, wait
from dataclasses import dataclass, field, replace
from pathlib import Path

from autograder.batch import fingerprint
from autograder.batch.judging import ALL_LAYERS, Brief, Broken, Graded, Unfit, Verdict
from autograder.batch.pool import Executor
from autograder.batch.recording import Recorder, Sent, Summary
from autograder.course import Course, Exercise, Quiz, load_exercise, load_hidden_checks, load_quiz
from autograder.course.tasks import Task
from autograder.gradebook import grades
from autograder.gradebook.book import Gradebook
from autograder.gradebook.explanation import out_of
from autograder.gradebook.history import Decision
from autograder.grading.explaining.effort import Name
from autograder.grading.submission import Submission
from autograder.intake import HandIn, Intake, Student
from autograder.language import ENGLISH, spoken, tr
from autograder.quiz.answers import check_answers, grade_answers
from autograder.roster.people import Person

_TICK = 0.5


class BatchStopped(Exception):
    """Nothing more can be graded; what was graded is kept. The text says why and what to do."""

    def __init__(self, sentence: str, fault_of_course: bool = False) -> None:
        super().__init__(sentence)
        self.fault_of_course = fault_of_course


@dataclass(frozen=True)
class Terms:
    """How to grade: behind every layer or not, also what hasn't changed or not, everybody or these `students` alone.

    `effort`: how long reasons are looked for.
    """

    sandboxed: bool = True
    regrade: bool = False
    students: frozenset[str] | None = None
    effort: Name = "usual"

    def wants(self, student: str) -> bool:
        """Return whether a student is to be graded."""
        return self.students is None or student in self.students


@dataclass
class _Call:
    """One call of the executor, and since when it has been running."""

    sent: list[Sent]
    since: float | None = None


@dataclass
class Batch:
    """Grades an intake into a gradebook; `people`: what is known of its students, by their keys."""

    course: Course
    executor: Executor
    recorder: Recorder
    terms: Terms = Terms()
    people: Mapping[str, Person] = field(default_factory=dict)
    _calls: dict[Future[list[Verdict]], _Call] = field(default_factory=dict)

    def run(self, intake: Intake, tasks: Sequence[Task]) -> Summary:
        """Grade every hand-in of these tasks. Raises BatchStopped, sqlite3.Error; what is done stays done."""
        started, gradebook, summary = time.monotonic(), self.recorder.gradebook, self.recorder.summary
        students = [each for each in intake.students if self.terms.wants(each.key)]
        summary.students = len(students)
        versions = {task.id: fingerprint.digest(self.course, task) for task in tasks}
        points = {task.id: task.points for task in gradebook.tasks()}
        course = self.course
        gradebook.describe(course.id, course.title, _positions(course, tasks), versions, course.former_ids)
        gradebook.enrol(
            (each.key, each.name, each.system, each.system_id, each.email, each.section) for each in students
        )
        self.recorder.gradebook.members.remember(self.people)
        for task in tasks:
            if points.get(task.id, task.points) != task.points:
                now, before = task.points, points[task.id]
                summary.rescaled.append(
                    tr("{task} is worth {now:g} points, and {before:g} before", task=task.id, now=now, before=before)
                )
            self._task(task, (each for each in intake.hand_ins(task, tasks) if self.terms.wants(each.student.key)))
        while self._calls:
            self._settle()
        gradebook.complete()
        for task in tasks:
            self._look_back(task)
        summary.seconds = round(time.monotonic() - started, 3)
        return summary

    def _look_back(self, task: Task) -> None:
        """Note what can't be told from one row: results of an older exercise, and a due date without dates."""
        summary, gradebook = self.recorder.summary, self.recorder.gradebook
        is_due = task.id in gradebook.policy.tasks
        for student, by_hand in {each.student: each for each in gradebook.history.overrides(task=task.id)}.items():
            if by_hand.score is not None and by_hand.points not in (None, task.points):
                summary.by_hand.append(f"{student}, {task.id}: {out_of(by_hand.score, by_hand.points or 0.0)}")
        for result in gradebook.results(task.id):
            if result.outdated:
                old = out_of(result.score, result.points)
                by = tr("by the older exercise") if task.kind == "exercise" else tr("by the older quiz")
                summary.outdated.append(f"{result.student}, {task.id}: {old} {by}")
            summary.undated += is_due and result.status == "graded" and not result.handed_in and bool(result.attempt)

    def _task(self, task: Task, hand_ins: Iterable[HandIn]) -> None:
        if task.kind == "quiz":
            self._quiz(task, hand_ins)
        else:
            self._exercise(task, hand_ins)

    def _quiz(self, task: Task, hand_ins: Iterable[HandIn]) -> None:
        quiz = load_quiz(self.course, task.id)

        def checked(each: HandIn) -> HandIn:
            answers = each.submission and check_answers(each.submission, self.course, quiz)
            return replace(each, submission=answers, earlier=tuple(map(checked, each.earlier)))

        for sent, submission in self._changed(
            task, map(checked, hand_ins), fingerprint.quiz_digest(self.course, task.id), ()
        ):
            self._record(sent, self._answers(quiz, submission))

    def _answers(self, quiz: Quiz, submission: Submission) -> Verdict:
        try:
            return Graded(grade_answers(self.course, quiz, submission).to_json())
        except Exception as fault:  # one file of answers must not cost another's
            return Broken(tr("The grader itself failed ({fault}).", fault=f"{type(fault).__name__}: {fault}"))

    def _exercise(self, task: Task, hand_ins: Iterable[HandIn]) -> None:
        exercise = load_exercise(self.course.root, task.id)
        brief = Brief(
            str(self.course.root.root.resolve()),
            task.id,
            sandboxed=self.terms.sandboxed,
            patience=_patience(exercise),
            effort=self.terms.effort,
            language=spoken(),
        )
        digest = fingerprint.exercise_digest(self.course, task.id)
        how = list(ALL_LAYERS if self.terms.sandboxed else ())
        how += [] if self.terms.effort == "usual" else [self.terms.effort]
        how += [] if spoken() == ENGLISH else [spoken()]
        for chunk in _chunks(self._changed(task, hand_ins, digest, how), self.executor.chunk):
            submissions = [submission for _, submission in chunk]
            self._calls[self.executor.submit(brief, submissions)] = _Call([sent for sent, _ in chunk])
            while len(self._calls) >= self.executor.window:
                self._settle()

    def _changed(
        self, task: Task, hand_ins: Iterable[HandIn], digest: str, how: Sequence[str]
    ) -> Iterator[tuple[Sent, Submission]]:
        """Yield what has to be graded: what came in, then what is kept of an older exercise; settle the rest."""
        history = self.recorder.gradebook.history
        every = self.recorder.gradebook.policy.count != "latest"
        if self.terms.students is None:
            older = [history.decision(each) for each in history.older(task.id, digest, every_attempt=every)]
        else:  # who is named is graded again in any case, from what is kept if nothing came
            older = [last for name in self.terms.students for last in history.attempts(name, task.id)[-1:]]
        kept = {each.student for each in older if each.kept}
        came: dict[str, set[str]] = {}
        gone: set[str] = set()
        for hand_in in hand_ins:
            student, submission = hand_in.student.key, hand_in.submission
            numbers = _numbers(hand_in, history.attempts(student, task.id))
            if 0 in numbers and every:
                self.recorder.observer.note(
                    f"{student}, {task.id}: "
                    + tr(
                        "an earlier attempt isn't graded, for a later one was when it came. A new folder for --out"
                        " takes all attempts in their order."
                    )
                )
            for each, number in zip(hand_in.earlier, numbers, strict=False):
                if each.submission is not None and number:
                    came.setdefault(student, set()).add(each.submission.file.sha256)
                    yield from self._if_changed(each, each.submission, digest, how, number, counts=False)
            if hand_in.fault is not None:
                self.recorder.crashed(
                    Sent(hand_in, "", "", False, "", tr("taking it in failed"), digest), hand_in.fault
                )
            elif submission is not None:
                came.setdefault(student, set()).add(submission.file.sha256)
                yield from self._if_changed(hand_in, submission, digest, how, numbers[-1] if numbers else 0)
            elif student in kept:
                gone.add(student)
                self.recorder.vanished(hand_in)
            else:
                self.recorder.missing(hand_in)
        for decision in older:
            known = came.get(decision.student)
            if known is None or (every and decision.sha256 not in known):
                yield from self._again(task, decision, digest, how, counts=decision.student in gone)

    def _if_changed(
        self, hand_in: HandIn, submission: Submission, digest: str, how: Sequence[str], number: int, *,
        counts: bool = True,
    ) -> Iterator[tuple[Sent, Submission]]:  # fmt: skip
        """Yield a hand-in unless its result stands; `number` is its attempt's, 0 where only the last one came."""
        key = fingerprint.key(submission, digest, how)
        attempts = self.recorder.gradebook.history.attempts(hand_in.student.key, hand_in.task.id)
        same = [each for each in attempts if number in (0, each.attempt)]
        asked = self.terms.regrade or self.terms.students is not None
        if same and not asked and _stands(same[-1], key):
            if counts:
                self.recorder.unchanged(hand_in, same[-1])
            return
        file = submission.file
        before = [each for each in attempts if number == 0 or each.attempt <= number]
        why = _why(hand_in.task, before[-1] if before else None, file.sha256, digest, asked=asked)
        if not before and number > 1:
            why = tr("another file was handed in")
        unreadable = submission.problem is not None
        sent = Sent(hand_in, file.name, file.sha256, unreadable, key, why, digest, counts=counts, attempt=number)
        yield sent, submission

    def _again(
        self, task: Task, decision: Decision, digest: str, how: Sequence[str], *, counts: bool
    ) -> Iterator[tuple[Sent, Submission]]:
        """Yield a kept file that an older exercise has graded, if it is kept."""
        found = self.recorder.gradebook.history.submission(decision)
        if found is None:
            return
        submission, file = found
        if task.kind == "quiz":
            submission = check_answers(submission, self.course, load_quiz(self.course, task.id))
        student = Student(decision.student, "")
        remarks = tuple(decision.remarks)
        hand_in = HandIn(
            student, task, submission, decision.late, remarks, handed_in=decision.handed_in, came_as=decision.came_as
        )
        key = fingerprint.key(submission, digest, how)
        asked = self.terms.students is not None
        why = _why(task, decision, file.sha256, digest, asked=asked) + "; " + tr("the kept file was graded")
        unreadable = submission.problem is not None
        yield Sent(hand_in, file.name, file.sha256, unreadable, key, why, digest, decision, counts), submission

    def _settle(self) -> None:
        """Wait a moment, and keep what has been graded."""
        done, _ = wait(self._calls, timeout=_TICK, return_when=FIRST_COMPLETED)
        for future in done:
            call = self._calls.pop(future)
            for sent, verdict in zip(call.sent, _verdicts(future, len(call.sent)), strict=True):
                self._record(sent, verdict)
        self._report_slowest()

    def _record(self, sent: Sent, verdict: Verdict) -> None:
        if isinstance(verdict, Unfit):
            raise BatchStopped(verdict.sentence, fault_of_course=verdict.reason == "course")
        if isinstance(verdict, Broken):
            self.recorder.crashed(sent, verdict.sentence)
        else:
            self.recorder.graded(sent, verdict.report)

    def _report_slowest(self) -> None:
        now = time.monotonic()
        slowest = []
        for future, call in self._calls.items():
            if call.since is None and future.running():
                call.since = now
            if call.since is not None:
                slowest += [
                    (sent.hand_in.student.key, sent.hand_in.task.id, now - call.since) for sent in call.sent[:1]
                ]
        self.recorder.observer.working(sorted(slowest, key=lambda each: -each[2]))


def write_tables(gradebook: Gradebook, out: Path, tell: Callable[[str], None]) -> None:
    """What is made from the gradebook as a whole: grades.csv and class.html. Whatever fails can be made again."""
    from autograder.gradebook import class_page

    tables: dict[str, Callable[[], None]] = {
        "grades.csv": lambda: grades.write(gradebook, out / "grades.csv"),
        "class.html": lambda: class_page.write(gradebook.path, out),
    }
    if gradebook.policy.total is not None:
        tables["totals.csv"] = lambda: grades.write_totals(gradebook, out / "totals.csv")
    for name, write in tables.items():
        try:
            write()
        except OSError as error:
            tell(
                tr(
                    "{file} could not be written: {reason}. The gradebook is whole: run the batch again.",
                    file=out / name, reason=error.strerror,
                )
            )  # fmt: skip
        except Exception as error:
            fault = f"{type(error).__name__}: {error}"
            tell(tr("{file} could not be made ({fault}). The gradebook is whole.", file=out / name, fault=fault))


def _patience(exercise: Exercise) -> float:
    """Return seconds after which a judge that is silent must have died: far more than the slowest verdict takes.

    To diagnose one failed check can take a minute, and then what was begun is brought to its end.
    """
    checks = len(exercise.public_checks) + len(load_hidden_checks(exercise))
    return 60.0 + (30.0 * exercise.limits.total) + 70.0 * checks


def _positions(course: Course, tasks: Iterable[Task]) -> list[tuple[int, Task]]:
    order = {task: position for position, task in enumerate((*course.exercise_ids, *course.quiz_ids))}
    return [(order.get(task.id, len(order)), task) for task in tasks]


def number_attempts(files: Sequence[str], known: Sequence[tuple[int, str]]) -> list[int]:
    """Return the numbers of attempts that lie in one download, 0 where one can't be put into its place any more.

    `files` are their hashes, `known` the numbers and hashes of the attempts that were decided, each in its order.
    """
    numbers, left = [0] * len(files), list(known)
    for place, sha256 in enumerate(files):
        at = next((at for at, (_, other) in enumerate(left) if other == sha256), None)
        if at is not None:
            numbers[place] = left[at][0]
            del left[: at + 1]
    taken = {number for number, _ in known}
    last = max((place for place, number in enumerate(numbers) if number), default=-1)
    for place in range(last + 1, len(files)):  # new ones
        numbers[place] = max(taken, default=0) + place - last
    for place in range(last - 1, -1, -1):  # a batch that was ended may have decided a later one first
        before = numbers[place + 1] - 1
        if not numbers[place] and before > 0 and before not in taken:
            numbers[place] = before
    return numbers


def _numbers(hand_in: HandIn, known: Sequence[Decision]) -> list[int]:
    """Return the numbers of a hand-in's attempts; none without earlier ones: another file is then the next attempt."""
    if not hand_in.earlier:
        return []
    files = [each.submission.file.sha256 for each in (*hand_in.earlier, hand_in) if each.submission is not None]
    return number_attempts(files, [(each.attempt, each.sha256) for each in known])


def _why(task: Task, last: Decision | None, sha256: str, version: str, *, asked: bool) -> str:
    """Return why a file is graded, as a clause."""
    if last is None:
        return tr("handed in")
    changed = tr("the exercise was changed") if task.kind == "exercise" else tr("the quiz was changed")
    reasons = {
        tr("another file was handed in"): last.sha256 != sha256,
        changed: bool(last.version) and last.version != version,
        tr("gradecheck was changed"): bool(last.engine) and last.engine != fingerprint.engine_version(),
        tr("the grader had failed over it"): last.status == "crashed",
        tr("it was asked for"): asked,
    }
    said = [reason for reason, holds in reasons.items() if holds]
    return tr(", and ").join(said) or tr("what lies beside the file, or its confinement, has changed")


def _stands(standing: Decision, key: str) -> bool:
    """Return whether a result needs no grading; a crash, the grader's own fault, is tried again."""
    return standing.key == key and standing.status != "crashed"


def _verdicts(future: Future[list[Verdict]], count: int) -> list[Verdict]:
    try:
        return future.result()
    except CancelledError:
        said = tr("The cluster let go of what it was grading. Run the same command again to go on.")
        raise BatchStopped(said) from None
    except Exception as error:  # what a cluster's library raises when it gives a task up
        return [Broken(tr("It could not be graded ({fault}).", fault=f"{type(error).__name__}: {error}"))] * count


def _chunks(items: Iterator[tuple[Sent, Submission]], size: int) -> Iterator[list[tuple[Sent, Submission]]]:
    chunk: list[tuple[Sent, Submission]] = []
    for item in items:
        chunk.append(item)
        sent = item[0]
        # What a row comes to is counted with its last attempt, so those before it must be decided by then.
        if len(chunk) >= size and (sent.counts or not sent.attempt):
            yield chunk
            chunk = []
    if chunk:
        yield chunk
