"""Asking a quiz: question, answer, explanation, until all are answered or the person stops.

Every answer is kept before it is explained. It must not know how a line is read, nor how anything looks.
"""

from __future__ import annotations

import signal
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager

import msgspec

from autograder.course import Course, Quiz
from autograder.course.quiz_model import HINT, STOP, AnyQuestion
from autograder.language import tr
from autograder.progress import Answered, QuizRecord, Sitting, latest_answers
from autograder.quiz.presentation import Belief, Presentation, Score
from autograder.quiz.scoring import Given, InvalidAnswer, Judgement, judge
from autograder.quiz.typed import Unreadable, read_answer, what_to_type
from autograder.quiz.variant import Variant, variant

#: Shows a prompt and returns the line that was typed; None where there will be no other line.
ReadLine = Callable[[str], str | None]


class Stopped(Exception):
    """The person stopped, or the input came to its end."""


class Conversation(msgspec.Struct):
    """One sitting. `pause`: wait for Enter after an explanation, so that it can be read."""

    course: Course
    quiz: Quiz
    questions: Sequence[AnyQuestion]
    sitting: Sitting
    record: QuizRecord
    read_line: ReadLine
    show: Presentation
    pause: bool = False
    answers: dict[str, Answered] = {}

    def run(self) -> bool:
        """Ask what has no answer yet; return whether the sitting is complete."""
        self.learn_answers()
        self.show.opening(self.quiz, self.questions, answered=len(self.answers))
        try:
            for number, question in enumerate(self.questions, start=1):
                self.learn_answers()
                if question.id not in self.answers:
                    self._ask(question, number)
                    if self.pause and number < len(self.questions):
                        self._wait_for_enter()
        except Stopped:
            return False
        self.record.end(self.sitting)
        return True

    @property
    def score(self) -> Score:
        """What this sitting has earned so far."""
        answers = self.answers.values()
        return Score(sum(answer.mark for answer in answers), sum(answer.points for answer in answers), len(answers))

    def summarize(self) -> None:
        """How it went, and which beliefs to work on."""
        self.show.summary(self.score, sum(answer.seconds for answer in self.answers.values()), self._beliefs())

    def _beliefs(self) -> list[Belief]:
        from autograder.course.practice import Practice

        met = Counter(belief for answer in self.answers.values() for belief in answer.misconceptions)
        practice = Practice(self.course)
        return [
            Belief(belief, times, practice.of(belief, self.quiz.id))
            for belief, times in met.most_common()
            if belief in self.course.misconceptions
        ]

    def learn_answers(self) -> None:
        """Another terminal may have answered questions of this sitting meanwhile."""
        if self.sitting.id is not None:
            asked = {question.id for question in self.questions}
            kept = latest_answers(self.record.answers(self.quiz.id, self.sitting))
            self.answers.update({name: answer for name, answer in kept.items() if name in asked})

    def drawn(self, question: AnyQuestion) -> Variant:
        """Return a question as this sitting asks it."""
        return variant(question, self.sitting.seed, self.quiz.id)

    def _ask(self, question: AnyQuestion, number: int) -> None:
        drawn = self.drawn(question)
        self.show.question(drawn, number, len(self.questions), self.score)
        began = time.monotonic()
        given = self._answer(drawn)
        self.take(drawn, given, time.monotonic() - began)

    def take(self, drawn: Variant, given: Given, seconds: float) -> None:
        """Judge an answer, keep it, and explain every choice. Raises InvalidAnswer where it can't be one."""
        with _undisturbed():
            judgement = judge(drawn, given)
            kept = self._keep(drawn.question, given, judgement, seconds)
        if not kept:
            self.show.say(tr("This question was answered in another terminal meanwhile. That answer stays."))
        self.show.judgement(drawn, given, judgement)

    def _answer(self, drawn: Variant) -> Given:
        hints = 0
        while True:
            self.show.gap()
            what = what_to_type(drawn)
            wanted = tr("{what}, or ? for a hint", what=what) if hints < len(drawn.hints) else what
            typed = self.read_line(f"{wanted}: ")
            if typed is None or typed.strip().lower() in STOP:
                raise Stopped
            if typed.strip().lower() in HINT:
                hints += 1
                self.show.hint(drawn, hints)
                continue
            try:
                return read_answer(typed, drawn)
            except Unreadable as error:
                self.show.say(str(error))

    def _keep(self, question: AnyQuestion, given: Given, judgement: Judgement, seconds: float) -> bool:
        answer = Answered(
            self.quiz.id, self.sitting.id or 0, self.sitting.seed, question.id, given, judgement.mark, judgement.points,
            judgement.misconceptions, seconds,
        )  # fmt: skip
        kept = self.record.add(answer)
        self.answers.setdefault(question.id, answer)
        self.learn_answers()
        return kept

    def _wait_for_enter(self) -> None:
        self.show.gap()
        typed = self.read_line(tr("Enter for the next one, q to stop") + ": ")
        if typed is None or typed.strip().lower() in STOP:
            raise Stopped


def review(quiz: Quiz, answers: dict[str, Answered], seed: int, show: Presentation, only: frozenset[str]) -> None:
    """Show questions with all explanations, as they were met and answered last. `only` are those to show."""
    questions = [question for question in quiz.questions if question.id in only]
    for number, question in enumerate(questions, start=1):
        answer = answers.get(question.id)
        drawn = variant(question, answer.seed if answer else seed, quiz.id)
        show.question(drawn, number, len(questions), None)
        try:
            judgement = judge(drawn, answer.given) if answer else None
        except InvalidAnswer:  # the question has been rewritten since
            answer = judgement = None
        show.judgement(drawn, answer.given if answer else None, judgement)


@contextmanager
def _undisturbed() -> Iterator[None]:
    """Ctrl-C waits until an answer is kept."""
    if sys.platform != "win32":
        before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
        try:
            yield
        finally:
            signal.pthread_sigmask(signal.SIG_SETMASK, before)
        return
    typed: list[int] = []
    handler = signal.signal(signal.SIGINT, lambda number, frame: typed.append(number))
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, handler)
    if typed:
        raise KeyboardInterrupt
