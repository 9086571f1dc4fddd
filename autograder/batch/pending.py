"""What of a task has to be graded: what came in anew, and what is kept where the exercise has changed.

Of all else the result stands, and is only looked at. It must not know how anything is graded.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from autograder.batch import fingerprint
from autograder.batch.recording import Recorder, Sent
from autograder.course import Course, load_quiz
from autograder.course.tasks import Task
from autograder.gradebook.history import Decision
from autograder.grading.submission import Submission
from autograder.intake import HandIn, Student
from autograder.language import tr
from autograder.quiz.answers import check_answers


@dataclass(frozen=True)
class Pending:
    """`digest` hashes all that decides the task, and `how` says what else a result depends on.

    `regrade`: also what hasn't changed. `students`: these alone, and from what is kept if nothing came; None is all.
    """

    course: Course
    task: Task
    recorder: Recorder
    digest: str
    how: Sequence[str] = ()
    regrade: bool = False
    students: frozenset[str] | None = None

    def among(self, hand_ins: Iterable[HandIn]) -> Iterator[tuple[Sent, Submission]]:
        """Yield what has to be graded: what came in, then what is kept of an older exercise; settle the rest."""
        history = self.recorder.gradebook.history
        every = self.recorder.gradebook.policy.count != "latest"
        older = self._older(every)
        kept = {each.student for each in older if each.kept}
        came: dict[str, set[str]] = {}
        gone: set[str] = set()
        for hand_in in hand_ins:
            student, submission = hand_in.student.key, hand_in.submission
            numbers = _numbers(hand_in, history.attempts(student, self.task.id))
            if 0 in numbers and every:
                self.recorder.observer.note(
                    f"{student}, {self.task.id}: "
                    + tr(
                        "an earlier attempt isn't graded, for a later one was when it came. A new folder for --out"
                        " takes all attempts in their order."
                    )
                )
            for each, number in zip(hand_in.earlier, numbers, strict=False):
                if each.submission is not None and number:
                    came.setdefault(student, set()).add(each.submission.file.sha256)
                    yield from self._if_changed(each, each.submission, number, counts=False)
            if hand_in.fault is not None:
                sent = Sent(hand_in, "", "", "", tr("taking it in failed"), self.digest)
                self.recorder.crashed(sent, hand_in.fault)
            elif submission is not None:
                came.setdefault(student, set()).add(submission.file.sha256)
                yield from self._if_changed(hand_in, submission, numbers[-1] if numbers else 0)
            elif student in kept:
                gone.add(student)
                self.recorder.vanished(hand_in)
            else:
                self.recorder.missing(hand_in)
        for decision in older:
            known = came.get(decision.student)
            if known is None or (every and decision.sha256 not in known):
                yield from self._again(decision, counts=decision.student in gone)

    def _older(self, every: bool) -> list[Decision]:
        """Return what an older exercise decided; who is named is graded again in any case, from what is kept."""
        history, task = self.recorder.gradebook.history, self.task.id
        if self.students is not None:
            return [last for name in self.students for last in history.attempts(name, task)[-1:]]
        return [history.decision(each) for each in history.older(task, self.digest, every_attempt=every)]

    def _if_changed(
        self, hand_in: HandIn, submission: Submission, number: int, *, counts: bool = True
    ) -> Iterator[tuple[Sent, Submission]]:
        """Yield a hand-in unless its result stands; `number` is its attempt's, 0 where only the last one came."""
        key = fingerprint.key(submission, self.digest, self.how)
        attempts = self.recorder.gradebook.history.attempts(hand_in.student.key, hand_in.task.id)
        same = [each for each in attempts if number in (0, each.attempt)]
        asked = self.regrade or self.students is not None
        if same and not asked and _stands(same[-1], key):
            if counts:
                self.recorder.unchanged(hand_in, same[-1])
            return
        file = submission.file
        before = [each for each in attempts if number == 0 or each.attempt <= number]
        why = _why(hand_in.task, before[-1] if before else None, file.sha256, self.digest, asked=asked)
        if not before and number > 1:
            why = tr("another file was handed in")
        sent = Sent(hand_in, file.name, file.sha256, key, why, self.digest, counts=counts, attempt=number)
        yield sent, submission

    def _again(self, decision: Decision, *, counts: bool) -> Iterator[tuple[Sent, Submission]]:
        """Yield a kept file that an older exercise has graded, if it is kept."""
        found = self.recorder.gradebook.history.submission(decision)
        if found is None:
            return
        submission, file = found
        if self.task.kind == "quiz":
            submission = check_answers(submission, self.course, load_quiz(self.course, self.task.id))
        hand_in = HandIn(
            Student(decision.student, ""), self.task, submission, decision.late, tuple(decision.remarks),
            handed_in=decision.handed_in, came_as=decision.came_as,
        )  # fmt: skip
        key, asked = fingerprint.key(submission, self.digest, self.how), self.students is not None
        why = _why(self.task, decision, file.sha256, self.digest, asked=asked) + "; " + tr("the kept file was graded")
        yield Sent(hand_in, file.name, file.sha256, key, why, self.digest, decision, counts), submission


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
