"""One batch: every hand-in is looked up in the gradebook, graded if it or its exercise has changed, and kept at once.

It must not know where the judges are, nor how results are kept and progress is shown.
"""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from concurrent.futures import FIRST_COMPLETED, CancelledError, Future, wait
from dataclasses import dataclass, field, replace

from autograder.batch import fingerprint
from autograder.batch.frozen_course import FrozenCourse
from autograder.batch.judging import ALL_LAYERS, Brief, Broken, Graded, Unfit, Verdict
from autograder.batch.pending import Pending
from autograder.batch.pool import Executor
from autograder.batch.recording import Recorder, Sent, Summary
from autograder.course import Course, Exercise, Quiz, load_exercise, load_hidden_checks, load_quiz
from autograder.course.tasks import Task
from autograder.gradebook.explanation import out_of
from autograder.grading.explaining.effort import Name
from autograder.grading.submission import Submission
from autograder.intake import HandIn, Intake
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

    frozen: FrozenCourse
    executor: Executor
    recorder: Recorder
    terms: Terms = Terms()
    people: Mapping[str, Person] = field(default_factory=dict)
    _calls: dict[Future[list[Verdict]], _Call] = field(default_factory=dict)
    _versions: Mapping[str, str] = field(default_factory=dict)

    @property
    def course(self) -> Course:
        """The copy, which nobody writes to."""
        return self.frozen.course

    def run(self, intake: Intake, tasks: Sequence[Task]) -> Summary:
        """Grade every hand-in of these tasks. Raises BatchStopped, sqlite3.Error; what is done stays done."""
        started, gradebook, summary = time.monotonic(), self.recorder.gradebook, self.recorder.summary
        students = [each for each in intake.students if self.terms.wants(each.key)]
        summary.students = len(students)
        self._versions = {task.id: fingerprint.digest(self.course, task) for task in tasks}
        points = {task.id: task.points for task in gradebook.tasks()}
        course = self.course
        gradebook.describe(course.id, course.title, _positions(course, tasks), self._versions, course.former_ids)
        known = {each.student for each in gradebook.students()}
        summary.new = [each.key for each in students if known and each.key not in known]
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

        for sent, submission in self._pending(task).among(map(checked, hand_ins)):
            self._record(sent, self._answers(quiz, submission))

    def _answers(self, quiz: Quiz, submission: Submission) -> Verdict:
        try:
            return Graded(grade_answers(self.course, quiz, submission).to_json())
        except Exception as fault:  # one file of answers must not cost another's
            return Broken(tr("The grader itself failed ({fault}).", fault=f"{type(fault).__name__}: {fault}"))

    def _exercise(self, task: Task, hand_ins: Iterable[HandIn]) -> None:
        exercise = load_exercise(self.course.root, task.id)
        brief = Brief(
            str(self.course.root.root),
            task.id,
            sandboxed=self.terms.sandboxed,
            patience=_patience(exercise),
            effort=self.terms.effort,
            language=spoken(),
        )
        how = list(ALL_LAYERS if self.terms.sandboxed else ())
        how += [] if self.terms.effort == "usual" else [self.terms.effort]
        how += [] if spoken() == ENGLISH else [spoken()]
        for chunk in self._chunks(self._pending(task, how).among(hand_ins)):
            submissions = [submission for _, submission in chunk]
            self._calls[self.executor.submit(brief, submissions)] = _Call([sent for sent, _ in chunk])
            while len(self._calls) >= self.executor.window:
                self._settle()

    def _chunks(self, items: Iterator[tuple[Sent, Submission]]) -> Iterator[list[tuple[Sent, Submission]]]:
        chunk: list[tuple[Sent, Submission]] = []
        for item in items:
            chunk.append(item)
            sent = item[0]
            # What a row comes to is counted with its last attempt, so those before it must be decided by then.
            if len(chunk) >= self.executor.chunk and (sent.counts or not sent.attempt):
                yield chunk
                chunk = []
        if chunk:
            yield chunk

    def _pending(self, task: Task, how: Sequence[str] = ()) -> Pending:
        version, terms = self._versions[task.id], self.terms
        return Pending(self.course, task, self.recorder, version, how, terms.regrade, terms.students)

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
            sentence = self.frozen.at_origin(verdict.sentence)
            raise BatchStopped(sentence, fault_of_course=verdict.reason == "course")
        if isinstance(verdict, Broken):
            self.recorder.crashed(sent, self.frozen.at_origin(verdict.sentence))
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


def _patience(exercise: Exercise) -> float:
    """Return seconds after which a judge that is silent must have died: far more than the slowest verdict takes.

    To diagnose one failed check can take a minute, and then what was begun is brought to its end.
    """
    checks = len(exercise.public_checks) + len(load_hidden_checks(exercise))
    return 60.0 + (30.0 * exercise.limits.total) + 70.0 * checks


def _positions(course: Course, tasks: Iterable[Task]) -> list[tuple[int, Task]]:
    order = {task: position for position, task in enumerate((*course.exercise_ids, *course.quiz_ids))}
    return [(order.get(task.id, len(order)), task) for task in tasks]


def _verdicts(future: Future[list[Verdict]], count: int) -> list[Verdict]:
    try:
        return future.result()
    except CancelledError:
        said = tr("The cluster let go of what it was grading. Run the same command again to go on.")
        raise BatchStopped(said) from None
    except Exception as error:  # what a cluster's library raises when it gives a task up
        return [Broken(tr("It could not be graded ({fault}).", fault=f"{type(error).__name__}: {error}"))] * count
