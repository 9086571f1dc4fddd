"""A student's answers as one file, and a file of answers as a Report.

What is in a file is a stranger's: its size and every part of it are bounded, and no mark in it is believed. The answers
are judged again, on the same variants, which the seed beside each brings back. The first answer to a question counts.
It must not know where files come from, nor who keeps the Report.
"""

from __future__ import annotations

import time
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import replace
from functools import lru_cache
from typing import Annotated, TypeAlias

import msgspec
from msgspec import Meta

from autograder.course import Course, Quiz
from autograder.course.expressions import NotANumber
from autograder.course.quiz_model import AnyQuestion, TrueFalse
from autograder.grading.report import CheckResult, Misconception, Report
from autograder.grading.submission import Submission
from autograder.language import tr, tr_n
from autograder.progress import Answered
from autograder.quiz.pools import as_asked
from autograder.quiz.scoring import Given, InvalidAnswer, Judgement, judge
from autograder.quiz.variant import CannotDraw, Variant, variant

#: No file of answers needs more bytes.
LARGEST = 1 << 20

Short: TypeAlias = Annotated[str, Meta(max_length=120)]
Seed: TypeAlias = Annotated[int, Meta(ge=0, le=2**63 - 1)]


class RecordedAnswer(msgspec.Struct, frozen=True, rename={"given": "answer"}):
    """One answer: ids of the chosen choices, or a number as it was typed; `attempt` counts from 1."""

    question: Short
    given: Annotated[tuple[Short, ...], Meta(max_length=26)] | Annotated[str, Meta(max_length=300)]
    seed: Seed
    attempt: Annotated[int, Meta(ge=1, le=1_000_000)] = 1
    seconds: float = 0.0
    at: Short = ""


class AnswerFile(msgspec.Struct, frozen=True):
    """A file of answers, schema 1. `at` is UTC in ISO 8601, `student` is a name that anyone may add."""

    schema: int
    course: Short
    quiz: Short
    answers: Annotated[tuple[RecordedAnswer, ...], Meta(max_length=5000)]
    seed: Seed = 0
    student: Annotated[str, Meta(max_length=200)] | None = None
    saved_at: Short = ""


class UnreadableAnswers(Exception):
    """The file holds no answers that can be read; the message is a sentence."""


def write_answers(course: Course, quiz: Quiz, seed: int, answers: Iterable[Answered], saved_at: str) -> bytes:
    """Return the file of answers (JSON, schema 1), the oldest answer first."""
    attempts: dict[str, int] = {}
    recorded = []
    for answer in answers:
        attempts[answer.question] = attempts.get(answer.question, 0) + 1
        recorded.append(
            RecordedAnswer(
                question=answer.question,
                given=answer.given,
                seed=answer.seed,
                attempt=attempts[answer.question],
                seconds=answer.seconds,
                at=answer.at,
            )
        )
    return encode(AnswerFile(1, course.id, quiz.id, tuple(recorded), seed=seed, saved_at=saved_at))


def encode(file: AnswerFile) -> bytes:
    """Return the bytes of a file of answers."""
    return msgspec.json.format(msgspec.json.encode(file), indent=1) + b"\n"


def read_answers(data: bytes) -> AnswerFile:
    """Return the answers in a file. Raises UnreadableAnswers."""
    if len(data) > LARGEST:
        raise UnreadableAnswers(tr("This file is too large for the answers to a quiz."))
    try:
        file = msgspec.json.decode(data.removeprefix(b"\xef\xbb\xbf"), type=AnswerFile)
    except msgspec.ValidationError as error:
        raise UnreadableAnswers(
            tr(
                "This is no file of answers ({reason}). Hand in the file that 'gradecheck quiz --save' writes.",
                reason=_plain(error),
            )
        ) from None
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        said = tr("This is not JSON. Hand in the file that 'gradecheck quiz --save' writes.")
        raise UnreadableAnswers(said) from None
    if file.schema != 1:
        said = tr("This file has schema {number}, and this gradecheck reads 1; update gradecheck.", number=file.schema)
        raise UnreadableAnswers(said)
    return file


def check_answers(submission: Submission, course: Course, quiz: Quiz) -> Submission:
    """Return the submission, with a `problem` if it is no file of answers, or of a course that can't be this one."""
    try:
        if submission.problem is None:
            file = read_answers(submission.data)
            if file.quiz == quiz.id and not _may_be_ours(course, quiz, file):
                raise UnreadableAnswers(_of_another(course, file))
    except UnreadableAnswers as problem:
        return replace(submission, problem=f"{submission.name}: {problem}")
    return submission


def grade_answers(course: Course, quiz: Quiz, submission: Submission) -> Report:
    """Return the report on a checked file of answers: one check a question, by the first answer to each.

    Of a pool those questions count that belong to the file's seed, whichever were answered.
    """
    began = time.monotonic()
    note, first, remarks, seed = submission.problem or "", dict[str, RecordedAnswer](), list[str](), 0
    if not note:
        file = read_answers(submission.data)
        note, seed = _not_ours(quiz, file), file.seed
        first = {} if note else _first_answers(file)
        remarks = [] if note or _names(course, file) else [_taken_for_ours(course, file)]
    asked = as_asked(quiz, seed).questions
    remarks += _answered_besides(quiz, asked, first)
    checks = [_check(course, quiz, question, first.get(question.id), note) for question in asked]
    score = sum(check.score for check in checks)
    return Report(
        exercise=quiz.id,
        title=quiz.title,
        score=score,
        points=quiz.points,
        passed=all(check.status == "passed" for check in checks),
        seconds=round(time.monotonic() - began, 4),
        isolation=[],
        submission=submission.file,
        checks=checks,
        note=note,
        remarks=remarks,
        kind="quiz",
    )


def _first_answers(file: AnswerFile) -> dict[str, RecordedAnswer]:
    first: dict[str, RecordedAnswer] = {}
    for answer in file.answers:
        if answer.question not in first or answer.attempt < first[answer.question].attempt:
            first[answer.question] = answer
    return first


def _answered_besides(quiz: Quiz, asked: Collection[AnyQuestion], first: Mapping[str, RecordedAnswer]) -> Iterator[str]:
    """Say how many answers are to questions of a pool that this student isn't asked."""
    known, own = {each.id for each in quiz.questions}, {each.id for each in asked}
    if besides := [name for name in first if name in known - own]:
        yield tr_n(
            "{n} answer is to a question of a pool that wasn't drawn for this student; it doesn't count.",
            "{n} answers are to questions of a pool that weren't drawn for this student; they don't count.",
            len(besides),
        )  # fmt: skip


def _names(course: Course, file: AnswerFile) -> bool:
    return file.course in (course.id, *course.former_ids)


def _may_be_ours(course: Course, quiz: Quiz, file: AnswerFile) -> bool:
    """Return whether a file names this course, or asks what this quiz asks: a mended title gives another id."""
    known = {question.id for question in quiz.questions}
    return _names(course, file) or (bool(file.answers) and known.issuperset(each.question for each in file.answers))


def _of_another(course: Course, file: AnswerFile) -> str:
    return tr(
        "These are answers of the course {other!r}, not of {course!r}, and to other questions.",
        other=_plain(file.course), course=course.id,
    )  # fmt: skip


def _taken_for_ours(course: Course, file: AnswerFile) -> str:
    return tr(
        "The answers name the course {other!r}, and this is {course!r}. They were scored, for all of their questions"
        " are of this quiz.",
        other=_plain(file.course), course=course.id,
    )  # fmt: skip


def _not_ours(quiz: Quiz, file: AnswerFile) -> str:
    if file.quiz != quiz.id:
        return tr("These are answers to the quiz {other!r}, not to {quiz!r}.", other=_plain(file.quiz), quiz=quiz.id)
    return "" if file.answers else tr("There are no answers in this file.")


def _check(course: Course, quiz: Quiz, question: AnyQuestion, answer: RecordedAnswer | None, note: str) -> CheckResult:
    drawn = _drawn(quiz, question, answer)
    title = " ".join((drawn.ask if drawn else question.ask).split())
    unanswered = CheckResult(question.id, title, question.points, 0.0, "skipped", message=note or tr("Not answered."))
    if answer is None or drawn is None:
        return unanswered
    try:
        judgement = judge(drawn, answer.given)
    except InvalidAnswer as error:
        return msgspec.structs.replace(unanswered, status="error", message=_plain(error))
    return msgspec.structs.replace(
        unanswered,
        score=judgement.mark,
        status="passed" if judgement.right else "failed",
        message="" if judgement.right else _in_words(drawn, answer.given),
        misconception=_misconception(course, drawn, answer.given, judgement),
        hint=_without_belief(drawn, answer.given, judgement),
        seconds=min(max(answer.seconds, 0.0), 86400.0),
        answered=[answer.given] if isinstance(answer.given, str) else list(answer.given),
    )


def _drawn(quiz: Quiz, question: AnyQuestion, answer: RecordedAnswer | None) -> Variant | None:
    """Return the variant that was answered; a seed that no student is given can draw values that it can't have."""
    try:
        return variant(question, answer.seed if answer else 0, quiz.id)
    except (CannotDraw, NotANumber):
        return None


def _in_words(drawn: Variant, given: Given) -> str:
    from autograder.quiz.presentation import answer_in_words  # what is only taken in is shown on no terminal

    typed = isinstance(given, str) and not isinstance(drawn.question, TrueFalse)
    return tr("Answered: {answer}", answer=_plain(given) if typed else _readable(answer_in_words(drawn, given)))


@lru_cache(maxsize=1024)
def _readable(text: str) -> str:
    """Return an author's text in one line without LaTeX: a message is shown as it is."""
    from autograder.feedback import mathematics

    return " ".join((mathematics.to_unicode(text) if "$" in text else text).split())


def _misconception(course: Course, drawn: Variant, given: Given, judgement: Judgement) -> Misconception | None:
    """Return the first belief that the answer shows, with the words that explain it."""
    if not judgement.misconceptions:
        return None
    belief = judgement.misconceptions[0]
    why = judgement.why or next(why for named, why, wrong in _explained(drawn, given) if wrong and named == belief)
    return Misconception(belief, course.misconceptions[belief].title, why)


def _without_belief(drawn: Variant, given: Given, judgement: Judgement) -> str | None:
    """Return what is wrong with an answer behind which the course names no belief; None where nothing is said."""
    if judgement.right or judgement.misconceptions:
        return None
    whys = [why for _, why, wrong in _explained(drawn, given) if wrong]
    return judgement.why or "\n\n".join(whys) or None


def _explained(drawn: Variant, given: Given) -> Iterator[tuple[str | None, str, bool]]:
    """Yield the belief behind each choice or pair, its explanation, and whether it was answered wrongly."""
    for choice in drawn.choices:
        yield choice.misconception, choice.why, (choice.id in given) != choice.correct
    if drawn.lefts:
        for left, one, key in zip(drawn.lefts, given, drawn.partners, strict=True):
            if left.why:
                yield left.misconception, left.why, one != key


def _plain(text: object) -> str:
    line = " ".join(str(text).rstrip(".").split())
    return "".join(c if c.isprintable() else "?" for c in line)[:200]
