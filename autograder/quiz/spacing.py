"""When a question is worth asking again: what was answered, replayed through FSRS, a kept scheduler of repetitions.

Nothing is stored for it: the answers in the record are the reviews. It must not know what a question is.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from autograder.progress import Answered

if TYPE_CHECKING:
    from fsrs import Rating


def due_dates(answers: Iterable[Answered]) -> dict[tuple[str, str], datetime]:
    """Return when each question (quiz and question) that was answered is due again, in UTC. `answers`: oldest first."""
    from fsrs import Card, Scheduler

    # Steps of minutes are for cards that are learnt by heart in one evening; here each answer was explained.
    scheduler = Scheduler(learning_steps=(), relearning_steps=(), enable_fuzzing=False)
    cards: dict[tuple[str, str], Card] = {}
    for answer in answers:
        name = answer.quiz, answer.question
        card = cards.get(name) or Card(card_id=len(cards))
        cards[name], _ = scheduler.review_card(card, _rating(answer), datetime.fromisoformat(answer.at))
    return {name: card.due for name, card in cards.items()}


def end_of_day(now: datetime) -> datetime:
    """Return the midnight that ends the day, where the clock of `now` hangs."""
    return (now + timedelta(days=1)).replace(hour=0, minute=0, second=0, microsecond=0)


def _rating(answer: Answered) -> Rating:
    from fsrs import Rating

    if answer.mark >= answer.points:
        return Rating.Good
    return Rating.Hard if answer.mark > 0 else Rating.Again
