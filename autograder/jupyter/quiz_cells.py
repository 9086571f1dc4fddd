"""A quiz in cells: `%quiz products` shows the next question, `%answer 3 b` answers the third.

The number makes that a notebook can be run again from its top: a question has one answer in a sitting, and the first
one stays. Everything is kept in the same record as the terminal's quizzes are. It must not know how a cell is shown.
"""

from __future__ import annotations

import time
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from autograder.cli.quiz import missed_questions, next_steps
from autograder.course.quiz_model import HINT
from autograder.feedback import wording
from autograder.jupyter.commands import in_a_cell
from autograder.jupyter.quiz_markdown import MarkdownPresentation
from autograder.language import tr, tr_n
from autograder.misuse import Misuse
from autograder.progress import Sitting, latest_answers
from autograder.progress.sittings import Part
from autograder.quiz.conversation import Conversation
from autograder.quiz.scoring import judge
from autograder.quiz.typed import Unreadable, read_answer, what_to_type
from autograder.quiz.variant import Variant, variant

if TYPE_CHECKING:
    from autograder.cli.session import Session
    from autograder.course.quiz_model import AnyQuestion
    from autograder.progress import Answered


@dataclass
class QuizCells:
    """The quiz that a notebook has open: its sitting, when each question was shown first, and the hints seen."""

    conversation: Conversation
    show: MarkdownPresentation
    over: bool = False
    shown: dict[str, float] = field(default_factory=dict)
    hints: dict[str, int] = field(default_factory=dict)

    @classmethod
    def begin(cls, session: Session, quiz_id: str, *, missed: bool, again: bool) -> QuizCells:
        """Sit down to a quiz, or go on with it. One that is finished is `over`, unless it is begun again."""
        quiz, record = session.as_asked(session.quiz(quiz_id)), session.progress.quizzes
        latest = latest_answers(record.answers(quiz.id))
        everything = frozenset(question.id for question in quiz.questions)
        chosen = missed_questions(quiz, latest) if missed else everything
        over = not chosen if missed else not again and record.finished(quiz.id, None) and chosen <= latest.keys()
        show = MarkdownPresentation(session.course.misconceptions)
        part: Part = "missed" if missed else "all"
        conversation = Conversation(
            course=session.course,
            quiz=quiz,
            questions=[question for question in quiz.questions if over or question.id in chosen],
            sitting=Sitting(None, quiz.id, record.seed(), part) if over else record.sit(quiz.id, None, part),
            record=record,
            read_line=lambda prompt: None,
            show=show,
            answers={name: answer for name, answer in latest.items() if name in everything} if over else {},
        )
        return cls(conversation, show, over)

    def question(self) -> str:
        """Return the next question as Markdown, or how the quiz went where each has its answer."""
        if self.over:
            return self._over()
        self.conversation.learn_answers()
        answered = self.conversation.answers
        following = next((each for each in self.conversation.questions if each.id not in answered), None)
        if following is None:
            return self._end()
        if not answered and not self.shown:
            self.show.heading(self.conversation.quiz)
        self._ask(following)
        return self.show.taken()

    def _ask(self, question: AnyQuestion) -> None:
        drawn = self.conversation.drawn(question)
        number, total = self._number(question), len(self.conversation.quiz.questions)
        self.shown.setdefault(question.id, time.monotonic())
        self.show.question(drawn, number, total, self.conversation.score)
        self.show.markdown(self._how_to_answer(drawn))

    def _how_to_answer(self, drawn: Variant) -> str:
        number = self._number(drawn.question)
        said = tr("Answer in a new cell: `%answer {number} …`", number=number) + f" ({what_to_type(drawn)})."
        left = self.hints.get(drawn.question.id, 0) < len(drawn.hints)
        return f"{said} " + tr("A hint: `%answer {number} ?`", number=number) if left else said

    def answer(self, typed: str) -> str:
        """Answer a question, which is named by its number; return what is to be said of it. Raises Misuse."""
        question, text = self._meant(typed)
        drawn = self.conversation.drawn(question)
        self.conversation.learn_answers()
        if question.id in self.conversation.answers:
            return self._answered_before(self.conversation.answers[question.id], question)
        if text.lower() in HINT:
            self.hints[question.id] = self.hints.get(question.id, 0) + 1
            self.show.hint(drawn, self.hints[question.id])
            return self.show.taken()
        try:
            given = read_answer(text, drawn)
        except Unreadable as error:
            raise Misuse(str(error)) from None
        began = self.shown.get(question.id)
        self.conversation.take(drawn, given, time.monotonic() - began if began is not None else 0.0)
        left = len(self.conversation.questions) - len(self.conversation.answers)
        if not left:
            return "\n\n".join([self.show.taken(), self._end()])
        self.show.markdown(tr_n("{n} question is left: `%quiz`", "{n} questions are left: `%quiz`", left))
        return self.show.taken()

    def _answered_before(self, answer: Answered, question: AnyQuestion) -> str:
        drawn = variant(question, answer.seed, self.conversation.quiz.id)
        number = self._number(question)
        self.show.say(tr("Question {number} has its answer already, and that one stays.", number=number))
        self.show.judgement(drawn, answer.given, judge(drawn, answer.given))
        return self.show.taken()

    def _meant(self, typed: str) -> tuple[AnyQuestion, str]:
        """The question that is answered, and what was typed of an answer. Raises Misuse."""
        number, _, text = typed.strip().partition(" ")
        questions = self.conversation.quiz.questions
        numbered = number.isascii() and number.isdigit() and bool(text.strip())
        if numbered and not 1 <= int(number) <= len(questions):
            raise Misuse(tr("There is no question {number}: the quiz has 1 to {last}.", number=number[:9],
                            last=len(questions)))  # fmt: skip
        if not numbered:
            answered = self.conversation.answers
            due = next((each for each in self.conversation.questions if each.id not in answered), questions[0])
            example = f"%answer {self._number(due)} {typed.strip() or 'a'}"
            raise Misuse(tr("Write the question's number before the answer, as in {example}", example=example))
        question = questions[int(number) - 1]
        if question not in self.conversation.questions:
            again = f"%quiz {self.conversation.quiz.id}"
            raise Misuse(tr("Question {number} is none of those that you missed. All of them: {command}", number=number,
                            command=again))  # fmt: skip
        return question, text.strip()

    def _number(self, question: AnyQuestion) -> int:
        return self.conversation.quiz.questions.index(question) + 1

    def _end(self) -> str:
        """How it went, and where to go on."""
        self.conversation.record.end(self.conversation.sitting)
        self.conversation.summarize()
        steps = next_steps(self.conversation, complete=True)
        self.show.next_steps((what, in_a_cell(command)) for what, command in steps)
        return self.show.taken()

    def _over(self) -> str:
        """What is to be said of a quiz that is finished, or of which nothing was missed."""
        quiz, answers = self.conversation.quiz, self.conversation.answers
        if len(answers) < len(quiz.questions):
            nothing = tr("You have answered nothing of {quiz} yet.", quiz=quiz.id)
            right = tr("You missed nothing of the {n} that you answered.", n=len(answers))
            self.show.say(right if answers else nothing)
            self.show.next_steps([(tr("Next"), f"%quiz {quiz.id}")])
            return self.show.taken()
        earned = wording.points(self.conversation.score.mark, quiz.points)
        self.show.say(tr("You finished {quiz}: {points}.", quiz=quiz.id, points=earned))
        missed = [(tr("Try again what you missed"), f"%quiz {quiz.id} --missed")]
        self.show.next_steps(
            [
                *(missed if missed_questions(quiz, answers) else []),
                (tr("Read it all"), f"%quiz {quiz.id} --review"),
                (tr("Begin it anew"), f"%quiz {quiz.id} --again"),
            ]
        )
        return self.show.taken()
